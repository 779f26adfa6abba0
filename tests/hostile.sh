#!/bin/sh
# Whatever peel prints of captures/hostile.pcapng, or of hostile words on its command line: no control
# character but the ends of lines and tabs, nothing that turns the direction of writing, and UTF-8.
set -u
peel=${PEEL:-$PWD/peel}
srcdir=$(cd "${srcdir:-$(dirname "$0")/..}" && pwd)
hostile=$srcdir/captures/hostile.pcapng
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export LC_ALL=C.UTF-8 TZ=UTC HOME="$scratch"
words=$(printf '\033[31mred\302\2332J\342\200\256\007')
c1=$(printf '\302[\200-\237]')
turning=$(printf '\342\200[\216\217\252-\256]|\342\201[\246-\251]')
count=0
failed=0

# What is wrong with $scratch/said; nothing: it is harmless.
harm()
{
	[ "$(LC_ALL=C tr -d '\t\n\r\040-\176\200-\377' <"$scratch/said" | wc -c)" -eq 0 ] ||
		echo "control characters"
	! LC_ALL=C grep -qE "$c1" "$scratch/said" || echo "control characters of C1"
	! LC_ALL=C grep -qE "$turning" "$scratch/said" || echo "marks that turn text"
	iconv -f UTF-8 -t UTF-8 <"$scratch/said" >/dev/null 2>&1 || echo "no UTF-8"
}

verdict()
{
	count=$((count + 1))
	wrong=$(harm)
	if [ -z "$wrong" ] && [ -s "$scratch/said" ]; then
		echo "ok $count - $1"
		return
	fi
	failed=1
	echo "not ok $count - $1"
	echo "${wrong:-nothing was printed}" | sed 's/^/# /'
}

# One case: all that it prints, on both.
try()
{
	name=$1
	shift
	timeout 60 "$peel" "$@" >"$scratch/said" 2>&1 </dev/null
	verdict "$name"
}

try lines -r "$hostile"
try 'lines with names' -N nmt -r "$hostile"
try trees -V -x -N nmt -r "$hostile"
try 'masked trees' -V --redact -r "$hostile"
for form in json jsonraw ek pdml psml text tabs; do
	try "$form" -T $form -V -r "$hostile"
done

# All fields at once are too many for a line; what a packet lacks is empty.
"$peel" -G fields | awk -F'\t' '$1 == "F" { printf "-e %s ", $3; if (++n % 1000 == 0) print "" } END { print "" }' \
	>"$scratch/fields"
: >"$scratch/all"
while read -r some; do
	# shellcheck disable=SC2086
	"$peel" -n -r "$hostile" -T fields $some >>"$scratch/all" 2>&1 </dev/null
done <"$scratch/fields"
mv "$scratch/all" "$scratch/said"
verdict 'every field'

"$peel" -z help | sed 's/ .*//; s/[[|].*//' | grep -v follow | sort -u >"$scratch/taps"
: >"$scratch/all"
while read -r tap; do
	case $tap in
	io,stat,*) tap=io,stat,1 ;;
	esac
	timeout 60 "$peel" -q -r "$hostile" -z "$tap" >>"$scratch/all" 2>&1 </dev/null
done <"$scratch/taps"
mv "$scratch/all" "$scratch/said"
verdict 'every statistic'

for how in ascii hex yaml utf-8 ebcdic; do
	: >"$scratch/all"
	for stream in tcp,0 tcp,1 tcp,2 tcp,3 tcp,5 tcp,7 udp,0 udp,3 http,0; do
		timeout 60 "$peel" -q -r "$hostile" -z "follow,${stream%,*},$how,${stream#*,}" \
			>>"$scratch/all" 2>&1 </dev/null
	done
	mv "$scratch/all" "$scratch/said"
	verdict "followed as $how"
done

: >"$scratch/all"
for packet in 1 2 8 11 24 27 31 35; do
	timeout 60 "$peel" --explain $packet "$hostile" >>"$scratch/all" 2>&1 </dev/null
done
mv "$scratch/all" "$scratch/said"
verdict explained
try ladder --ladder 0 -r "$hostile"
try 'a verdict on TCP' --verify tcp "$hostile"
try 'a verdict on DNS' --verify dns "$hostile"
try 'a verdict as TAP' --verify dns --format tap "$hostile"

cp "$hostile" "$scratch/$words.pcapng"
try 'the name of a file' --verify tcp "$scratch/$words.pcapng"
try 'no such file' "$scratch/${words}x"
try 'no such filter' -r "$hostile" -Y "$words"
try 'no such option' "--$words"
try 'no such field' -r "$hostile" -T fields -e "$words"
try 'no such form' -r "$hostile" -T "$words"
try 'no such statistic' -r "$hostile" -z "$words"
try 'no such preference' -r "$hostile" -o "$words:1"
try 'no such interface' -i "$words"
try 'no such protocol' -r "$hostile" -d "$words"
try 'no such folder' -r "$hostile" -w "/nonexistent/$words"
echo "1..$count"
exit $failed
