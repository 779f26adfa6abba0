#!/bin/sh
# Runs every fuzzer once over the captures, key logs, the recorded filters, command lines and inputs
# that once broke something (tests/fuzz/found).
set -u
srcdir=${srcdir:-$(dirname "$0")/../..}
set -- "$srcdir"/captures/*.pcap* "$srcdir"/captures/*.keys "$srcdir"/tests/filters/*.txt \
	"$srcdir"/tests/fuzz/command-lines.txt "$srcdir"/tests/fuzz/found/*
inputs=
for input; do
	[ ! -f "$input" ] || inputs="$inputs $input"
done
programs=
for program in tests/fuzz/fuzz_*; do
	[ ! -f "$program" ] || [ ! -x "$program" ] || programs="$programs $program"
done
if [ -z "$inputs" ] || [ -z "$programs" ]; then
	echo '1..0 # SKIP no captures'
	exit 0
fi
echo 1..$(echo "$programs" | wc -w)
for program in $programs; do
	# shellcheck disable=SC2086
	if output=$(timeout 300 "$program" $inputs 2>&1); then
		echo "ok - $(basename "$program") survives the captures"
	else
		echo "not ok - $(basename "$program") survives the captures"
		echo "$output" | tail -30 | sed 's/^/# /'
	fi
done
