#!/bin/sh
# --verify on every capture: JSON that JSON::PP takes, TAP that TAP::Parser takes, and both, the text
# and the exit status say the same. (Automake needs Perl, so these parsers are there.)
set -u
peel=${PEEL:-$PWD/peel}
srcdir=$(cd "${srcdir:-$(dirname "$0")/..}" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export LC_ALL=C.UTF-8 TZ=UTC

if ! perl -MJSON::PP -MTAP::Parser -e 1 2>/dev/null; then
	echo '1..0 # SKIP Perl without JSON::PP or TAP::Parser'
	exit 0
fi

cat >"$scratch/check.pl" <<'PERL'
use strict;
use JSON::PP;
use TAP::Parser;

my ($scratch, %status) = (shift @ARGV);
sub content { open my $in, '<:raw', "$scratch/$_[0]" or die "$_[0]: $!"; local $/; return <$in> }
for (qw(text json tap)) { $status{$_} = shift @ARGV }

my $all = JSON::PP->new->utf8->decode(content('json'));
my (%counts, $packets);
for my $subject (@{ $all->{subjects} }) {
	$counts{ $subject->{verdict} }++;
	my $worst = 'clean';
	for my $finding (@{ $subject->{findings} }) {
		my $as = $finding->{counts_as};
		$worst = $as if $as eq 'violation' || ($as eq 'undecidable' && $worst eq 'clean');
		for (@{ $finding->{packets} }) { die "packet $_" if $_ < 1 }
	}
	die "lookup $subject->{number} is $subject->{verdict}, its findings $worst"
		if $worst ne $subject->{verdict};
}
my $total = @{ $all->{subjects} };
for (qw(clean violation undecidable)) {
	die "summary: $_" if ($counts{$_} // 0) != $all->{summary}{$_};
}
die 'summary: subjects' if $total != $all->{summary}{subjects};

my $expected = $all->{problem} ? 2 : $counts{violation} ? 1 : $counts{undecidable} || !$total ? 3 : 0;
for (qw(text json tap)) { die "$_ exits with $status{$_}, not $expected" if $status{$_} != $expected }

my $tap = TAP::Parser->new({ tap => content('tap') });
$tap->run;
die 'TAP: ' . join '; ', $tap->parse_errors if $tap->parse_errors;
die 'TAP: version' if $tap->version != 13;
die 'TAP: failed' if $tap->failed != ($counts{violation} // 0);
die 'TAP: skipped' if $tap->skipped != ($counts{undecidable} // 0);
die 'TAP: plan' if ($tap->tests_run // 0) != $total;

my $lines = () = content('text') =~ /^(?:clean|violation|undecidable) /mg;
die "text: $lines lines for $total" if $lines != $total;
PERL

head -c 400 "$srcdir/captures/dns-well.pcap" >"$scratch/damaged.pcap"
count=0
failed=0
for kind in tcp dns; do
	for file in "$srcdir"/captures/*.pcap* "$scratch/damaged.pcap"; do
		count=$((count + 1))
		name="--verify $kind $(basename "$file")"
		"$peel" --verify "$kind" "$file" >"$scratch/text" 2>/dev/null
		text=$?
		# Under sanitizers beginning is most of the work: nothing is told in one form only.
		if [ "${sanitized:-no}" = yes ] && [ $text -eq 3 ] && ! grep -q ^undecidable "$scratch/text"; then
			echo "ok $count - $name: nothing to judge"
			continue
		fi
		"$peel" --verify "$kind" -T json "$file" >"$scratch/json" 2>/dev/null
		json=$?
		"$peel" --verify "$kind" --format tap "$file" >"$scratch/tap" 2>/dev/null
		tap=$?
		if perl "$scratch/check.pl" "$scratch" $text $json $tap >"$scratch/said" 2>&1; then
			echo "ok $count - $name"
		else
			failed=1
			echo "not ok $count - $name"
			sed 's/^/# /' "$scratch/said"
		fi
	done
done
echo "1..$count"
exit $failed
