#!/bin/sh
# Names the files that clang-format would change: to be read, not a failure.
cd "${srcdir:-$(dirname "$0")/..}" || exit 1
command -v clang-format >/dev/null || exit 0
find src dissectors tests include -name '*.[ch]' | sort | while read -r file; do
	clang-format "$file" | cmp -s - "$file" || echo "clang-format would change: $file"
done
