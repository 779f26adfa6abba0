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

my $scratch = shift @ARGV;
sub content { open my $in, '<:raw', "$scratch/$_[0]" or die "$_[0]: $!"; local $/; return <$in> }

# Dies of what does not agree in the answers kept under a number.
sub check {
	my ($number, %status) = @_;
	my $all = JSON::PP->new->utf8->decode(content("$number.json"));
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

	my $tap = TAP::Parser->new({ tap => content("$number.tap") });
	$tap->run;
	die 'TAP: ' . join '; ', $tap->parse_errors if $tap->parse_errors;
	die 'TAP: version' if $tap->version != 13;
	die 'TAP: failed' if $tap->failed != ($counts{violation} // 0);
	die 'TAP: skipped' if $tap->skipped != ($counts{undecidable} // 0);
	die 'TAP: plan' if ($tap->tests_run // 0) != $total;

	my $lines = () = content("$number.text") =~ /^(?:clean|violation|undecidable) /mg;
	die "text: $lines lines for $total" if $lines != $total;
}

# A line for each: its number, the three exit statuses, and what it is called.
my $failed = 0;
while (<STDIN>) {
	chomp;
	my ($number, $text, $json, $tap, $name) = split / /, $_, 5;
	if ($json eq 'none') {
		print "ok $number - $name: nothing to judge\n";
	} elsif (eval { check($number, text => $text, json => $json, tap => $tap); 1 }) {
		print "ok $number - $name\n";
	} else {
		$failed = 1;
		print "not ok $number - $name\n# $@";
	}
}
print "1..$.\n";
exit $failed;
PERL

head -c 400 "$srcdir/captures/dns-well.pcap" >"$scratch/damaged.pcap"
count=0
for kind in tcp dns; do
	for file in "$srcdir"/captures/*.pcap* "$scratch/damaged.pcap"; do
		count=$((count + 1))
		answer=$scratch/$count
		"$peel" --verify "$kind" "$file" >"$answer.text" 2>/dev/null
		text=$?
		# Under sanitizers beginning is most of the work: nothing is told in one form only.
		if [ "${sanitized:-no}" = yes ] && [ $text -eq 3 ] && ! grep -q ^undecidable "$answer.text"; then
			json=none tap=none
		else
			"$peel" --verify "$kind" -T json "$file" >"$answer.json" 2>/dev/null
			json=$?
			"$peel" --verify "$kind" --format tap "$file" >"$answer.tap" 2>/dev/null
			tap=$?
		fi
		echo "$count $text $json $tap --verify $kind ${file##*/}"
	done
done >"$scratch/statuses"
perl "$scratch/check.pl" "$scratch" <"$scratch/statuses"
