#!/bin/sh
# Types the keys in tests/screens/*.txt and docs/tour.md, and compares the screens in them with what
# peel draws on an emulated terminal (terminal/replay_screens.c tells the format).
# screens.sh [FILE...]           checks these files, or all of them; speaks TAP
# screens.sh --accept FILE...    writes the screens of now into the files: read them then
# A line "    ? COMMAND" says what a machine needs, or the file is skipped.
# Each file has a folder of its own to write in, with the captures beside. PEEL names another peel.
set -u
builddir=$PWD
srcdir=$(cd "${srcdir:-$(dirname "$0")/..}" && pwd)
replay=$builddir/tests/terminal/replay_screens
if [ ! -x "$replay" ]; then
	echo '1..0 # SKIP libvterm is missing'
	exit 0
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/bin"
ln -s "${PEEL:-$builddir/peel}" "$scratch/bin/peel"
unset LC_ALL NO_COLOR COLORFGBG XDG_CONFIG_HOME XDG_STATE_HOME XDG_CACHE_HOME TMUX
export TZ=UTC LANG=C.UTF-8 TERM=xterm-256color PATH="$scratch/bin:$PATH"

# In a folder and a home that are empty but for the captures.
replay_here()
{
	rm -rf "$scratch/work" "$scratch/home"
	mkdir "$scratch/work" "$scratch/home"
	ln -s "$srcdir/captures" "$scratch/work/captures"
	(cd "$scratch/work" && HOME="$scratch/home" timeout 300 "$replay" "$@" >"$scratch/now" </dev/null)
}

is_possible()
{
	sed -n 's/^    ? //p' "$1" | sh >/dev/null 2>&1
}

accept=
if [ "${1:-}" = --accept ]; then
	accept=--accept
	shift
	[ $# -gt 0 ] || { echo 'screens.sh: --accept which files?' >&2; exit 2; }
fi
[ $# -gt 0 ] || set -- $(ls "$srcdir"/tests/screens/*.txt "$srcdir"/docs/tour.md 2>/dev/null)
[ -n "$accept" ] || echo "1..$#"
failed=0
for file; do
	file=$(realpath "$file")
	name=$(basename "$file")
	if ! is_possible "$file"; then
		echo "ok - screens of $name # SKIP not on this machine"
		continue
	fi
	replay_here $accept "$file"
	status=$?
	if [ -n "$accept" ]; then
		cat "$scratch/now" >"$file"
	elif [ $status -eq 0 ] && diff -U 40 --label "$name, accepted" --label "$name, now" "$file" \
		"$scratch/now" >"$scratch/difference"; then
		echo "ok - screens of $name"
	else
		failed=1
		echo "not ok - screens of $name"
		sed 's/^/# /' "$scratch/difference"
	fi
done
exit $failed
