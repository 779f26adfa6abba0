#!/bin/sh
# Compares what peel prints in each format with what tshark printed (tests/formats/*.txt, recorded by
# record.sh there): at least 95 of 100 lines have to be alike. Speaks TAP. PEEL names another peel.
# formats.sh -v [FILE...] shows the lines that differ; docs/differences.md says why they do.
# Under sanitizers it takes some commands of each file, and it is only asked whether they end well.
set -u
peel=${PEEL:-$PWD/peel}
srcdir=$(cd "${srcdir:-$(dirname "$0")/..}" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export TZ=UTC LC_ALL=C.UTF-8
verbose=0
[ "${1:-}" != -v ] || { verbose=1; shift; }
[ $# -gt 0 ] || set -- "$srcdir"/tests/formats/*.txt

commands=1000000
[ "${sanitized:-no}" = no ] || commands=8

# The commands of a file, with what peel prints now below them; those that crashed are named in $scratch/crashed.
replay()
{
	grep -e '^# ' -e '^\$ ' "$1" | head -n "$commands" | (cd "$srcdir" && while IFS= read -r line; do
		printf '%s\n' "$line"
		case $line in
		'$ '*)
			eval "timeout 60 \"\$peel\" -n -2 -o tcp.check_checksum:TRUE -o udp.check_checksum:TRUE ${line#'$ '}" 2>&1 </dev/null
			status=$?
			[ $status -le 3 ] || echo "exit $status: ${line#'$ '}" >>"$scratch/crashed"
			;;
		esac
	done) | sh "$srcdir/tests/formats/plain.sh"
}

echo "1..$#"
failed=0
for file; do
	name=$(basename "$file" .txt)
	: >"$scratch/crashed"
	replay "$file" >"$scratch/now"
	if [ -s "$scratch/crashed" ]; then
		echo "not ok - $name"
		{ cat "$scratch/crashed" && grep -A20 'Sanitizer\|runtime error:' "$scratch/now"; } | sed 's/^/# /'
		failed=1
		continue
	fi
	if [ "${sanitized:-no}" = yes ]; then
		echo "ok - $name ends well"
		continue
	fi
	diff -a "$file" "$scratch/now" >"$scratch/difference"
	verdict=$(awk -v theirs="$(wc -l <"$file")" -v ours="$(wc -l <"$scratch/now")" '
		/^</ { missing++ }
		END {
			longer = (theirs > ours) ? theirs : ours
			share = 100 * (theirs - missing) / longer
			word = (share >= 95) ? "ok" : "not-ok"
			printf("%s %.2f %% of %d lines", word, share, longer)
		}' "$scratch/difference")
	case $verdict in
	ok*) echo "ok - $name: ${verdict#ok }" ;;
	*)
		echo "not ok - $name: ${verdict#not-ok }"
		failed=1
		verbose=1
		;;
	esac
	[ $verbose -eq 0 ] || sed 's/^/# /' "$scratch/difference" | head -200
done
exit $failed
