#!/bin/sh
# Names the files that clang-format would change, of those that differ from the trunk: to be read,
# not a failure.  With --all of all files; with --count, as in make check, says how many these are.
cd "${srcdir:-$(dirname "$0")/..}" || exit 1
command -v clang-format >/dev/null || exit 0
all=$(find src dissectors tests include -name '*.[ch]' ! -path dissectors/table.c | sort)
case ${1:-} in
--all | --count) files=$all ;;
*)
	trunk=$(git merge-base HEAD '@{upstream}' 2>/dev/null) || trunk=HEAD
	files=$(git diff --name-only --diff-filter=d "$trunk" -- $all; git ls-files -o --exclude-standard -- $all)
	[ -n "$files" ] || exit 0
	;;
esac
# shellcheck disable=SC2086
changed=$(clang-format --dry-run --ferror-limit=1 -Werror $files 2>&1 |
	sed -n 's/^\([^ :]*\.[ch]\):[0-9]*:.*/\1/p' | sort -u)
if [ "${1:-}" = --count ]; then
	echo "clang-format would change $(echo $changed | wc -w) of $(echo $files | wc -w) files"
else
	printf '%s\n' $changed
fi
