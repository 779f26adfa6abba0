#!/bin/sh
# The program on a real terminal: tmux types and reads, and each step waits for a text to
# appear, never for a time to pass.
set -u
builddir=$(pwd)
cd "${srcdir:-$(dirname "$0")/..}" || exit 1
srcdir=$(pwd)

if ! command -v tmux >/dev/null; then
	echo '1..0 # SKIP tmux is missing'
	exit 0
fi

work=$(mktemp -d)
server=none
count=0
failed=0

in_tmux()
{
	tmux -L "$server" -f /dev/null "$@"
}

trap 'in_tmux kill-server 2>/dev/null; rm -rf "$work"' EXIT
echo 1..29

verdict()
{
	count=$((count + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $count - $2"
	else
		echo "not ok $count - $2"
		in_tmux capture-pane -p 2>/dev/null | sed 's/^/# |/'
		failed=1
	fi
}

# Waits until the screen matches the basic regular expression; 1: it did not within 20 s.
wait_for()
{
	tries=0
	while [ $tries -lt 400 ]; do
		in_tmux capture-pane -p 2>/dev/null | grep -q -- "$1" && return 0
		tries=$((tries + 1))
		sleep 0.05
	done
	return 1
}

expect()
{
	wait_for "$1"
	verdict $? "$2"
}

# Runs peel in a terminal of COLUMNS x ROWS; what it leaves behind is shown after it.
start()
{
	columns=$1
	rows=$2
	shift 2
	# Each begins without what the one before remembered.
	rm -rf "$work/.local"
	# A server of its own: the last one may still be on its way out.
	in_tmux kill-server 2>/dev/null
	server="peel-test-$$-$count"
	in_tmux new-session -d -x "$columns" -y "$rows" "cd '$work'; stty -a | sed 's/columns.*//' >before;
		env -u LC_ALL LC_CTYPE=C.UTF-8 TERM=xterm-256color HOME='$work' XDG_CACHE_HOME='$work' $*;
		echo EXIT=\$?; stty -a | sed 's/columns.*//' >after; cmp before after && echo SAME-TTY; cat"
	in_tmux set -g status off >/dev/null
	in_tmux resize-window -x "$columns" -y "$rows" 2>/dev/null
}

peel="'$builddir/peel'"
udp="'$srcdir/captures/udp.pcap'"

start 80 24 "$peel" "$udp"
expect '▌ *1 ' 'opens a capture'
expect '0000  ' 'shows its bytes'
in_tmux send-keys j
expect 'Details ─ #2 ' 'moves down'
in_tmux send-keys Tab Down
expect '▌.*Ethernet' 'moves in the details'
in_tmux send-keys '?'
expect 'Help · packet-details' 'shows help'
in_tmux send-keys Escape
expect 'Details ─ #2 ' 'closes it with a lone Esc'
in_tmux resize-window -x 120 -y 36
expect '^ #2 of ' 'is taller after a resize'
in_tmux resize-window -x 10 -y 3
expect '^20x5' 'says when there is no room'
in_tmux resize-window -x 80 -y 24
expect 'Details ─ #2 ' 'comes back as it was'
in_tmux send-keys q
expect 'EXIT=0' 'quits with status 0'
expect 'SAME-TTY' 'leaves the terminal as it found it'

start 80 24 "$peel" "$udp"
wait_for '▌ *1 '
pid=$(in_tmux list-panes -F '#{pane_pid}')
child=$(ps -o pid= --ppid "$pid" | tr -d ' ' | tail -1)
kill -TERM "$child"
expect 'SAME-TTY' 'gives the terminal back when it is killed'

start 80 24 "$peel" -Y "'ip.addr == 10.0.0.0/33'" "$udp"
expect '^               ^~~~~~~~~~~$' 'shows where a filter is wrong that it is to begin with'
expect 'EXIT=2' 'with status 2'

head -c 100 "$srcdir/captures/udp.pcap" >"$work/cut.pcap"
start 80 24 "$peel" cut.pcap
expect 'cut off' 'shows a file that is cut off'
expect 'ends inside' 'and says where'
in_tmux send-keys q
expect 'EXIT=0' 'with status 0'

start 80 24 "cat $udp | $peel -r -"
expect '▌ *1 ' 'reads a capture from a pipe, and keys from the terminal'
in_tmux send-keys q
wait_for 'EXIT=0'

start 80 24 "$peel" missing.pcap
expect 'EXIT=2' 'ends with status 2 when there is no such file'

start 80 24 "NO_COLOR=1 LC_CTYPE=C $peel $udp"
expect '>  *1 ' 'speaks ASCII where the locale does'
in_tmux send-keys q
wait_for 'EXIT=0'

start 80 24 "$peel"
expect 'Capture on' 'shows the start screen when run alone'

# A network of our own, in which there is nothing but what we send.
cat >"$work/live.sh" <<END
ip link set lo up
(read -r go <go; ping -q -c 3 -i 0.2 127.0.0.1 >/dev/null) &
echo \$\$ >pid
# A sanitizer would tell of the crash in the place of peel.
export ASAN_OPTIONS="\$ASAN_OPTIONS:handle_segv=0"
exec '$builddir/peel' -i lo -f icmp
END
mkfifo "$work/go"
if unshare -rn sh -c 'ip link set lo up && ping -q -c 1 127.0.0.1' >/dev/null 2>&1; then
	start 80 24 unshare -rn sh live.sh
	expect 'Listening on lo for icmp. No packets yet' 'listens before there is a packet'
	echo >"$work/go"
	expect '▌ *6 ' 'follows what comes in'
	expect 'LIVE lo  6 pkts  lost 0' 'counts it, and what was lost'
	in_tmux send-keys C-e
	expect 'STOPPED lo  6 pkts' 'stops'
	in_tmux send-keys q
	expect 'Keep the 6 packets captured on lo?' 'asks whether to keep them'
	in_tmux send-keys d
	expect 'EXIT=0' 'discards them'
	[ -z "$(find "$work" -name '*.pcapng')" ]
	verdict $? 'and leaves no file behind'
	start 80 24 unshare -rn sh live.sh
	wait_for 'Listening on lo'
	echo >"$work/go"
	wait_for 'LIVE lo  6 pkts'
	kill -SEGV "$(cat "$work/pid")"
	expect 'packets are in /' 'keeps them when it crashes, and says where'
else
	for what in listens follows counts stops asks discards 'leaves no file' keeps; do
		count=$((count + 1))
		echo "ok $count - $what # SKIP no network namespace, ip or ping"
	done
fi
exit $failed
