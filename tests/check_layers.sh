#!/bin/sh
# Includes may only look down: a layer sees itself and what is named behind it here.
set -u
cd "${srcdir:-$(dirname "$0")/..}" || exit 1

allowed_in()
{
	case $1 in
	base) echo base ;;
	capture) echo base capture ;;
	dissect) echo base dissect ;;
	state) echo base capture dissect state ;;
	filter) echo base capture dissect state filter ;;
	dissectors) echo base capture dissect state dissectors ;;
	session) echo base capture dissect state filter session ;;
	print) echo base capture dissect state filter session print ;;
	cli) echo base capture dissect state filter session print cli ;;
	ui) echo base capture dissect state filter session print ui ;;
	esac
}

# System headers that only one place may include: header, then where.
only_in='
pcap\.h|pcap/ ^src/capture/
(n?curses|panel)[a-z]*\.h|ncursesw?/ ^src/ui/curses_(canvas|styles)\.[ch]:
pthread\.h|threads\.h ^src/session/
'

faults=$(mktemp)
trap 'rm -f "$faults"' EXIT
for layer in base capture dissect state filter dissectors session print cli ui; do
	pattern=$(allowed_in $layer | tr ' ' '|')
	grep -rnE '^[[:space:]]*#[[:space:]]*include[[:space:]]+"[^"]*/' --include='*.[ch]' \
		$(ls -d "src/$layer" "include/$layer" "$layer" 2>/dev/null) 2>/dev/null |
		grep -vE "include[[:space:]]+\"($pattern)/" >>"$faults"
done
printf '%s' "$only_in" | while read -r header place; do
	[ -z "$header" ] || grep -rnE "^[[:space:]]*#[[:space:]]*include[[:space:]]+<($header)" \
		--include='*.[ch]' src include dissectors | grep -vE "$place" >>"$faults"
done

echo 1..1
if [ -s "$faults" ]; then
	echo 'not ok - includes only look down'
	sed 's/^/# /' "$faults"
	exit 1
fi
echo 'ok - includes only look down'
