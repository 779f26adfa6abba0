#!/bin/sh
# Places to look at, not failures: files over 500 lines, functions over 60.
cd "${srcdir:-$(dirname "$0")/..}" || exit 1
find src dissectors tests include -name '*.[ch]' | sort | xargs awk '
	FNR == 1 && last { report_file() }
	FNR == 1 { last = FILENAME; heading = ""; start = 0 }
	{ lines[FILENAME] = FNR }
	/^[a-z].*\(/ { heading = $0 }
	/^\{/ { start = FNR }
	/^\}/ && start {
		name = heading
		sub(/\(.*/, "", name)
		sub(/.*[ *]/, "", name)
		if (FNR - start - 1 > 60)
			printf "long function: %s:%d %s, %d lines\n", FILENAME, start, name, FNR - start - 1
		start = 0
	}
	function report_file() {
		if (lines[last] > 500)
			printf "long file: %s, %d lines\n", last, lines[last]
	}
	END { report_file() }'
