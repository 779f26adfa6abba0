#!/bin/bash
# Asks tshark which packets pass each filter of tests/filters/*.txt and writes that into the files.
# record.sh FILE...: in a file, "capture PATH" says of which capture the rows after it are; a row
# is the packets that pass, as "1,3-5", "none" or "error", a tab, and the filter. "?" is not known yet.
# tshark reads twice (-2), as peel does, and verifies checksums, as peel does.
set -u
cd "$(dirname "$0")/../.." || exit 1
export TZ=UTC LC_ALL=C.UTF-8
options=(-n -2 -o ip.check_checksum:TRUE -o tcp.check_checksum:TRUE -o udp.check_checksum:TRUE)

# 1 2 3 5 -> 1-3,5
ranges()
{
	awk '
	function put() { printf "%s%s", n++ ? "," : "", from == to ? from : from "-" to }
	NR > 1 && $1 == to + 1 { to = $1; next }
	NR > 1 { put() }
	{ from = to = $1 }
	END { if (NR) put(); else printf "none" }'
}

# What tshark says of a filter.
ask()
{
	local numbers status
	numbers=$(tshark "${options[@]}" -r "$capture" -Y "$1" -T fields -e frame.number 2>/dev/null)
	status=$?
	case $status in
	0) printf '%s' "${numbers:+$numbers$'\n'}" | ranges ;;
	2) printf error ;;
	*) printf crash ;;
	esac
}

record()
{
	local line filter

	if head -1 "$1" | grep -q "^# Not recorded"; then
		cat "$1"
		return
	fi
	while IFS= read -r line; do
		case $line in
		'capture '*) capture=${line#capture }; printf '%s\n' "$line" ;;
		*$'\t'*) filter=${line#*$'\t'}; printf '%s\t%s\n' "$(ask "$filter")" "$filter" ;;
		*) printf '%s\n' "$line" ;;
		esac
	done <"$1"
}

tshark --version | head -1 >&2
for file; do
	record "$file" >"$file.new" && mv "$file.new" "$file"
done
