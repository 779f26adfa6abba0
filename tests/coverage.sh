#!/bin/sh
# After make check in a build with --enable-coverage: which share of the lines of each source ran.
set -u
find src dissectors -name '*.gcno' | sort | while read -r notes; do
	gcov -n "$notes" 2>/dev/null | awk -v source="${notes%.gcno}.c" '
		/^File/ { wanted = index($0, source) }
		/^Lines executed/ && wanted {
			split($0, part, /[:% ]+/)
			print part[3], part[5], source
			exit
		}'
done | awk '{ ran += $1 * $2 / 100; lines += $2; printf "%6.1f %%  %5d lines  %s\n", $1, $2, $3 }
	END { if (lines) printf "%6.1f %%  %5d lines  in all\n", 100 * ran / lines, lines }'
