#!/bin/bash
# Asks tshark what it prints for the commands of tests/formats/*.txt and writes that below them.
# record.sh FILE...: in a file, "$ OPTIONS" is a command. As in tests/filters, tshark reads twice (-2)
# and verifies checksums, as peel does; lines of JSON are cut at their members, so that -T ek has some.
set -u
cd "$(dirname "$0")/../.." || exit 1
export TZ=UTC LC_ALL=C.UTF-8
options=(-n -2 -o ip.check_checksum:TRUE -o tcp.check_checksum:TRUE -o udp.check_checksum:TRUE --enable-heuristic bt_utp_udp)

# Members of one name, which -T ek leaves apart.
merge()
{
	python3 -c '
import json, sys
def merge(pairs):
    merged = {}
    for key, value in pairs:
        if key in merged:
            value = [v for x in (merged[key], value) for v in (x if isinstance(x, list) else [x])]
        merged[key] = value
    return merged
for line in sys.stdin.buffer:
    print(json.dumps(json.loads(line, object_pairs_hook=merge), ensure_ascii=False, separators=(",", ":")))'
}

ask()
{
	local words=()

	eval "words=($1)"
	case $1 in
	*'-T json'*) words+=(--no-duplicate-keys) ;;
	esac
	tshark "${options[@]}" "${words[@]}" 2>/dev/null </dev/null |
		case $1 in
		*'-T ek'*) merge ;;
		*) cat ;;
		esac | tests/formats/plain.sh
}

record()
{
	local line

	grep -e '^# ' -e '^\$ ' "$1" | while IFS= read -r line; do
		printf '%s\n' "$line"
		case $line in
		'$ '*) ask "${line#'$ '}" ;;
		esac
	done
}

tshark --version | head -1 >&2
for file; do
	record "$file" >"$file.new" && mv "$file.new" "$file"
done
