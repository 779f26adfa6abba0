#!/bin/sh
# Names the files that clang-format would change: to be read, not a failure.  With --count, as in
# make check, says only how many.
cd "${srcdir:-$(dirname "$0")/..}" || exit 1
command -v clang-format >/dev/null || exit 0
files=$(find src dissectors tests include -name '*.[ch]' ! -path dissectors/table.c | sort)
# shellcheck disable=SC2086
changed=$(clang-format --dry-run --ferror-limit=1 -Werror $files 2>&1 |
	sed -n 's/^\([^ :]*\.[ch]\):[0-9]*:.*/\1/p' | sort -u)
if [ "${1:-}" = --count ]; then
	echo "clang-format would change $(echo $changed | wc -w) of $(echo $files | wc -w) files"
else
	printf '%s\n' $changed
fi
