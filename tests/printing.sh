#!/bin/sh
# What several threads print together is what one prints, and JSON of it is JSON.
set -u
peel=${PEEL:-$PWD/peel}
srcdir=$(cd "${srcdir:-$(dirname "$0")/..}" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export LC_ALL=C.UTF-8 TZ=UTC

if [ "$(nproc 2>/dev/null)" -lt 2 ] || ! taskset -c 0 true 2>/dev/null; then
	echo '1..0 # SKIP one processor, or no taskset'
	exit 0
fi
one=$(taskset -pc $$ | sed 's/.*: //; s/[-,].*//')

# More packets than one thread prints alone.
"$peel" --merge "$srcdir"/captures/*.pcap* -w "$scratch/many.pcapng"

count=0
failed=0

# tell NAME: of the last command
tell()
{
	local status=$?
	count=$((count + 1))
	if [ $status -eq 0 ]; then
		echo "ok $count - $1"
	else
		failed=1
		echo "not ok $count - $1"
	fi
}

# PDML says when it was printed.
compare()
{
	{
		"$peel" -n -r "$scratch/many.pcapng" "$@" || echo "exit $?"
	} 2>"$scratch/said" | sed '/^<pdml /d' >"$scratch/several"
	{
		taskset -c "$one" "$peel" -n -r "$scratch/many.pcapng" "$@" || echo "exit $?"
	} 2>>"$scratch/said" | sed '/^<pdml /d' >"$scratch/one"
	[ ! -s "$scratch/said" ] && [ -s "$scratch/one" ] && cmp "$scratch/one" "$scratch/several"
	tell "$*"
}

[ "$("$peel" -r "$scratch/many.pcapng" --count)" -gt 4000 ]
tell 'many packets'
compare -V
compare -x -V
compare -2
compare -2 -t dd -T tabs
compare -2 -T psml
compare -T json
compare -T jsonraw
compare -T pdml
compare -T ek
compare -T json -e frame.number -e http.response_in
compare -T fields -E header=y -e frame.number -e frame.time_delta_displayed -e http.response_in
compare -2 -R tcp -T json
compare -2 -o 'gui.column.format:"No","%m","Bytes","%B"'
compare -Y tcp -V
compare -Y 'tcp or udp' -t dd
compare -Y tcp -T fields -e frame.number -e frame.time_delta_displayed -e tcp.stream

"$peel" -n -r "$scratch/many.pcapng" -T json >"$scratch/json"
if perl -MJSON::PP -e 1 2>/dev/null; then
	perl -MJSON::PP -e 'local $/; exit(@{ JSON::PP->new->utf8->decode(<STDIN>) } < 4000)' \
		<"$scratch/json"
	tell 'is JSON'
fi
"$peel" -n -r "$scratch/many.pcapng" -T json 2>"$scratch/said" >/dev/full
[ $? -eq 2 ] && [ "$(cat "$scratch/said")" = \
	'peel: cannot write standard output: No space left on device' ]
tell 'a full disk is told once'
echo "1..$count"
exit $failed
