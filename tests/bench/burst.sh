#!/bin/sh
# What peel and tcpdump lose of the same bursts of small packets, side by side on a veth pair in a network
# of its own: 200,000 packets a second in the mean, if the machine can send so many.
set -u
builddir=$PWD
work=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ "${1:-}" != inside ]; then
	# tcpdump changes its user before it writes, which only root may.
	as=-n
	[ "$(id -u)" -eq 0 ] || as=-rn
	unshare $as "$0" inside || {
		echo "burst.sh: needs network namespaces" >&2
		exit 2
	}
	exit
fi
ip link add a0 type veth peer name b0 && ip link set a0 up && ip link set b0 up || exit 2
export LC_ALL=C

records()
{
	"$builddir/peel" -n -r "$1" -T fields -e frame.number 2>/dev/null | wc -l
}

worst=0
for shape in '200 1' '2000 10' '20000 100'; do
	tcpdump -Z root -i b0 -w "$work/tcpdump" udp 2>"$work/told" &
	tcpdump=$!
	"$builddir/peel" -i b0 -f udp -w "$work/peel" >/dev/null 2>&1 &
	peel=$!
	sleep 1.5
	# shellcheck disable=SC2086
	sent=$("$builddir/tests/bench/burst" a0 $shape 400000)
	sleep 2.5
	kill -INT $tcpdump $peel
	wait $tcpdump $peel
	ours=$(records "$work/peel")
	theirs=$(records "$work/tcpdump")
	echo "bursts of ${shape% *} every ${shape#* } ms: $sent; peel has $ours, tcpdump $theirs"
	[ "$ours" -ge "$theirs" ] || worst=1
done
exit $worst
