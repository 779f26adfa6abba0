#!/bin/bash
# What peel costs, as ratios within this run: make bench. CPU seconds, median of five runs.
# PACKETS=10000000 make bench takes more packets. Peers run on the first 100,000; an absent one
# is skipped. BENCH_FOLDER keeps the captures. Exits 1 if a ratio does not hold.
set -u
srcdir=${srcdir:-$(dirname "$0")/../..}
packets=${PACKETS:-1000000}
peer_packets=$((packets < 100000 ? packets : 100000))
runs=${RUNS:-5}
bench=$PWD/tests/bench
peel=${PEEL:-$PWD/peel}
folder=${BENCH_FOLDER:-$(mktemp -d)}
[ -n "${BENCH_FOLDER:-}" ] || trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder"
export LC_ALL=C.UTF-8 TZ=UTC
broken=0

# cpu COMMAND...: seconds; peak: KiB
cpu()
{
	"$bench/measure" "$runs" "$@" 2>/dev/null | cut -d ' ' -f 1
}

# The same where the exit status is an answer, not a failure.
cpu_of_verdicts()
{
	cpu sh -c '"$@"; case $? in 0 | 1 | 3) ;; *) exit 2 ;; esac' sh "$@"
}

calculate()
{
	awk "BEGIN { printf \"%.2f\", $1 }"
}

# report NAME VALUE (at-most|at-least) LIMIT
report()
{
	local verdict=holds
	if [ -z "$2" ] || ! awk "BEGIN { exit !($2 $([ "$3" = at-most ] && echo '<=' || echo '>=') $4) }"; then
		verdict='DOES NOT HOLD'
		broken=1
	fi
	printf '%-58s %9s   %-8s %6s   %s\n' "$1" "${2:-?}" "$3" "$4" "$verdict"
}

# compare NAME PEEL-SECONDS PEER-SECONDS LIMIT: how many times more packets per second
compare()
{
	report "$1" "$(calculate "$3 / $2")" at-least "$4"
}

bench_peer()
{
	local name=$1 file=$2 limit=$3 ours=$4 theirs
	shift 4
	if ! command -v "$1" >/dev/null; then
		echo "$name: skipped, $1 is not installed"
		return
	fi
	theirs=$(cpu "$@")
	compare "$name" "$ours" "$theirs" "$limit"
}

# bench_capture NAME FIRST-PASS-LIMIT
bench_capture()
{
	local name=$1 file=$folder/$1.pcap small=$folder/$1-small.pcap
	local floor first list cost peak screen tiny_first
	floor=$(cpu "$bench/floor" "$file")
	cost=$("$bench/measure" "$runs" "$peel" -n -q -r "$file")
	first=${cost% *}
	peak=${cost#* }
	printf '\n%s: %s packets, %s MB; the floor takes %s s, the first pass %s s\n' "$name" \
		"$packets" "$(($(stat -c %s "$file") / 1000000))" "$floor" "$first"
	report "$name: first pass, times the floor" "$(calculate "$first / $floor")" at-most "$2"
	report "$name: peak memory over 40 MB, bytes per packet" \
		"$(calculate "($peak * 1024 - 40e6) / $packets")" at-most 64

	list=$(cpu "$peel" -n -r "$small")
	echo "$name: one line for each of $peer_packets packets takes $list s"
	bench_peer "$name: lines per second, times tcpdump -nn" "$small" 3 "$list" \
		tcpdump -nn -r "$small"
	bench_peer "$name: lines per second, times tshark -n" "$small" 30 "$list" \
		tshark -n -r "$small"

	# 30 times is the aim; the first pass alone takes longer than that allows.
	cost=$(cpu_of_verdicts "$peel" -q --verify tcp "$small")
	bench_peer "$name: verdicts on TCP per second, times tshark -z conv,tcp" "$small" 10 "$cost" \
		tshark -n -q -r "$small" -z conv,tcp
	cost=$(cpu_of_verdicts "$peel" -q --verify tcp "$file")
	report "$name: verdicts on TCP, times the first pass" "$(calculate "$cost / $first")" at-most 2

	tiny_first=$(cpu "$peel" -n -q -r "$folder/$name-tiny.pcap")
	report "$name: first pass per packet, times that at 10,000" \
		"$(calculate "($first / $packets) / ($tiny_first / 10000)")" at-most 1.3
	screen=$("$bench/measure" "$runs" -s 'Ethernet' "$peel" -n "$file" | cut -d ' ' -f 1)
	report "$name: ms until the screen shows a packet" "$(calculate "${screen:-9} * 1000")" at-most 100
	bench_filter "$name" "$first"
	bench_formats "$name"
}

# Seconds of the clock that a command takes.
clock()
{
	local TIMEFORMAT=%R run
	for ((run = 0; run < runs; run++)); do
		{ time "$@" >/dev/null 2>&1; } 2>&1
	done | sort -n | sed -n "$((runs / 2 + 1))p"
}

# bench_filter NAME FIRST-PASS-SECONDS: a field that is compared in each packet, and few pass.
bench_filter()
{
	local name=$1 file=$folder/$1.pcap small=$folder/$1-small.pcap
	local filter='tcp.window_size_value == 1 or dns.id == 1' whole alone theirs one
	whole=$(cpu "$peel" -n -r "$small" -Y "$filter")
	bench_peer "$name: filtered per second, times tshark -Y" "$small" 50 "$whole" \
		tshark -n -r "$small" -Y "$filter"
	# What the scan takes is not the filter's.
	alone=$(calculate "$(cpu "$peel" -n -r "$file" -Y "$filter") - $2")
	if command -v tshark >/dev/null; then
		theirs=$(cpu tshark -n -r "$small" -Y "$filter")
		compare "$name: filtered per second after the scan, times tshark -Y" "$alone" \
			"$(calculate "$theirs * $packets / $peer_packets")" 150
	fi
	if [ "$(nproc)" -ge 2 ]; then
		one=$(clock taskset -c 0 "$peel" -n -r "$file" -Y "$filter")
		report "$name: filtered on two cores, times one" \
			"$(calculate "$one / $(clock taskset -c 0,1 "$peel" -n -r "$file" -Y "$filter")")" \
			at-least 1.2
	fi
}

# bench_formats NAME: tshark's other outputs.
bench_formats()
{
	local small=$folder/$1-small.pcap fields='-e frame.number -e ip.src -e ip.dst -e tcp.len -e udp.port'
	# shellcheck disable=SC2086
	bench_peer "$1: -T fields per second, times tshark" "$small" 30 \
		"$(cpu "$peel" -n -r "$small" -T fields $fields)" \
		tshark -n -r "$small" -T fields $fields
	bench_peer "$1: -T json per second, times tshark" "$small" 30 \
		"$(cpu "$peel" -n -r "$small" -T json)" tshark -n -r "$small" -T json
}

# Following a stream of 100 MB.
bench_follow()
{
	local file=$folder/stream.pcap times cost
	"$bench/make_traffic" stream 72000 >"$file" || return
	times=$("$bench/first_turns" "$file")
	printf '\nstream: all turns of %s MB are there after %s ms\n' \
		"$(($(stat -c %s "$file") / 1000000))" "${times#* }"
	report "stream: ms until its first 64 KiB can be drawn" "${times% *}" at-most 100
	cost=$(cpu "$peel" -q -r "$file" -z follow,tcp,raw,0)
	bench_peer "stream: followed per second, times tshark" "$file" 2 "$cost" \
		tshark -n -q -r "$file" -z follow,tcp,raw,0
}

make_captures()
{
	local name=$1
	shift
	"$bench/make_traffic" "$name" "$packets" "$@" >"$folder/$name.pcap" &&
		"$bench/make_traffic" "$name" "$peer_packets" "$@" >"$folder/$name-small.pcap" &&
		"$bench/make_traffic" "$name" 10000 "$@" >"$folder/$name-tiny.pcap"
}

bench_follow
make_captures lower && bench_capture lower 4
if make_captures full "$srcdir"/captures/*.pcap*; then
	bench_capture full 8
fi
exit $broken
