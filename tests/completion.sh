#!/bin/bash
# Completion of the command line in a bash that someone types into: each line gets a Tab.
set -u
builddir=$(pwd)
cd "${srcdir:-$(dirname "$0")/..}" || exit 1

if ! command -v tmux >/dev/null; then
	echo '1..0 # SKIP tmux is missing'
	exit 0
fi

work=$(mktemp -d)
server="peel-completion-$$"
trap 'tmux -L "$server" kill-server 2>/dev/null; rm -rf "$work"' EXIT
mkdir "$work/some captures" && : >"$work/secrets.txt"

# What is typed, and what the line is after Tab; | ends it, as a blank may be its last.
cases=(
	"peel -T fields -e frame.numb"               "peel -T fields -e frame.number |"
	"peel -Y tcp.srcpo"                          "peel -Y tcp.srcport|"
	"peel -Y tcp.srcport==tcp.dstpo"             "peel -Y tcp.srcport==tcp.dstport|"
	"peel -Y 'ip.ttl == 1 && tcp.srcpo"          "peel -Y 'ip.ttl == 1 && tcp.srcport|"
	"peel -Y \"ip.ttl==1 && tcp.srcpo"           "peel -Y \"ip.ttl==1 && tcp.srcport|"
	"peel --display-filter=tcp.srcpo"            "peel --display-filter=tcp.srcport|"
	"peel -f tcp.srcpo"                          "peel -f tcp.srcpo|"
	"peel -O tcp,sys"                            "peel -O tcp,syslog |"
	"peel --only-protocols=tcp,sys"              "peel --only-protocols=tcp,syslog |"
	"peel -j 'tcp udp.srcpo"                     "peel -j 'tcp udp.srcport' |"
	"peel --theme=da"                            "peel --theme=dark |"
	"peel -z io,p"                               "peel -z io,phs |"
	"peel -o tcp.check"                          "peel -o tcp.check_checksum:|"
	"peel -o tcp.check_checksum:T"               "peel -o tcp.check_checksum:TRUE |"
	"peel -o tls.keylog_file:secr"               "peel -o tls.keylog_file:secrets.txt |"
	"peel -a dur"                                "peel -a duration:|"
	"peel -b printname:secr"                     "peel -b printname:secrets.txt |"
	"peel -E hea"                                "peel -E header=|"
	"peel -d tcp.po"                             "peel -d tcp.port==|"
	"peel -d tcp.port==80,tft"                   "peel -d tcp.port==80,tftp |"
	"peel -i an"                                 "peel -i any |"
	"peel -r secr"                               "peel -r secrets.txt |"
	"peel -r some"                               "peel -r some\\ captures/|"
	"peel --keylog=secr"                         "peel --keylog=secrets.txt |"
	"peel secr"                                  "peel secrets.txt |"
	"peel --export-objects http,so"              "peel --export-objects http,some\\ captures/|"
	"peel --export-objects 'http,so"             "peel --export-objects 'http,some captures/'|"
	"peel --selected"                            "peel --selected-frame |"
	"peel --read-file=secr"                      "peel --read-file=secrets.txt |"
)
echo "1..$((${#cases[@]} / 2))"

cp "$builddir/peel" "$work/peel" || exit 1
cat >"$work/rc" <<END
PS1='> ' PATH=$work:\$PATH
bind 'set bell-style none'
. '$builddir/completion/peel'
END
tmux -L "$server" -f /dev/null new-session -d -x 100 -y 200 \
	"cd '$work' && env -u LC_ALL LC_CTYPE=C.UTF-8 TERM=xterm HISTFILE= bash --noprofile --rcfile rc -i"

# Waits until the screen has a line that is this one; 1: it has not within 20 s.
wait_for()
{
	for ((tries = 0; tries < 400; tries++)); do
		tmux -L "$server" capture-pane -p 2>/dev/null | grep -qxF -- "$1" && return 0
		sleep 0.05
	done
	return 1
}

failed=0
wait_for '>'
for ((at = 0; at < ${#cases[@]}; at += 2)); do
	# ^A # makes it a comment.
	tmux -L "$server" send-keys -l -- "${cases[at]}"
	tmux -L "$server" send-keys Tab
	tmux -L "$server" send-keys -l '|'
	tmux -L "$server" send-keys C-a '#' Enter
	if wait_for "> #${cases[at + 1]}"; then
		echo "ok $((at / 2 + 1)) - ${cases[at]}"
	else
		echo "not ok $((at / 2 + 1)) - ${cases[at]}"
		tmux -L "$server" capture-pane -p | grep . | tail -3 | sed 's/^/# |/'
		failed=1
	fi
done
exit $failed
