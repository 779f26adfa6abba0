#!/bin/sh
# Replays the `$ peel ...` lines of tests/golden/*.txt and compares everything they print.
# golden.sh [NAME.txt...]           checks these files, or all of them; speaks TAP
# golden.sh --accept NAME.txt...    writes what peel prints now into the files: read them then
# A heading "needs LIBRARY" says that a peel without it has nothing to show; "needs /FILE", a system.
# Commands run in the source tree; what they write belongs in $TMPDIR. PEEL names another peel.
set -u
peel=${PEEL:-$PWD/peel}
srcdir=$(cd "${srcdir:-$(dirname "$0")/..}" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/bin" "$scratch/tmp"
ln -s "$peel" "$scratch/bin/peel"
export TZ=UTC LC_ALL=C.UTF-8 PEEL_GEOIP= TMPDIR="$scratch/tmp" PATH="$scratch/bin:$PATH"

# A shell that prints a line as it is.
printing()
{
	printf '%s\n' "IFS= read -r line <<'LINE'" "$1" LINE 'printf "%s\n" "$line"'
}

# A file's commands, each with a line behind what it prints that says how it ended (\001 is in no output);
# lines above the first command stay.
commands_of()
{
	heading=1
	while IFS= read -r line || [ -n "$line" ]; do
		case $line in
		'$ peel' | '$ peel '* | '$ '*'| peel '* | '$ '[A-Z]*=*' peel '*)
			heading=0
			printing "$line"
			printf '%s\n' "( ${line#'$ '}" ') 2>&1 </dev/null; printf "\001end %d\n" $?'
			;;
		*)
			[ $heading -eq 0 ] || printing "$line"
			;;
		esac
	done <"$1"
}

# All of them in one shell: beginning programs is most of the work.
replay()
{
	rm -rf "$scratch/tmp" && mkdir "$scratch/tmp"
	commands_of "$1" >"$scratch/commands"
	(cd "$srcdir" && timeout 300 sh "$scratch/commands") | awk '
		{ at = index($0, "\001end ") }
		!at { print; next }
		at > 1 { print substr($0, 1, at - 1) }
		substr($0, at + 5) != "0" { print "[exit " substr($0, at + 5) "]" }'
}

# What the file needs and is not there: a library, or a file; nothing: it has all.
lacks()
{
	needed=$(sed -n 's/^needs //p;/^\$ /q' "$1")
	case $needed in
	'') ;;
	/*) [ -r "$needed" ] || echo "$needed" ;;
	*) peel --version | sed -n "s/^  without \($needed\)\$/\1/p" ;;
	esac
}

accept=0
if [ "${1:-}" = --accept ]; then
	accept=1
	shift
	[ $# -gt 0 ] || { echo 'golden.sh: --accept which files?' >&2; exit 2; }
fi
[ $# -gt 0 ] || set -- "$srcdir"/tests/golden/*.txt
if [ ! -f "$1" ]; then
	echo '1..0 # SKIP no golden files'
	exit 0
fi

[ $accept -eq 1 ] || echo "1..$#"
failed=0
for file; do
	name=$(basename "$file" .txt)
	missing=$(lacks "$file")
	if [ -n "$missing" ]; then
		echo "ok - golden $name # SKIP there is no $missing"
		continue
	fi
	replay "$file" >"$scratch/now"
	if [ $accept -eq 1 ]; then
		cat "$scratch/now" >"$file"
	elif diff -u --label "$name, accepted" --label "$name, now" "$file" "$scratch/now" \
		>"$scratch/difference"; then
		echo "ok - golden $name"
	else
		failed=1
		echo "not ok - golden $name"
		sed 's/^/# /' "$scratch/difference"
	fi
done
exit $failed
