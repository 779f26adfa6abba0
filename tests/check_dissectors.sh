#!/bin/sh
# The places of a protocol agree (list, source, capture, golden file), and no dissector keeps
# state, allocates or prints.  Make passes $dissector_sources and $sanitized.
set -u
srcdir=${srcdir:-$(dirname "$0")/..}
built=$PWD
dissector_sources=${dissector_sources-$(sed -n 's/^dissector_sources *+= *//p' "$srcdir/dissectors/list.mk" | tr '\n' ' ')}

# Dissectors that another's capture shows, as there is no traffic of theirs alone.
shown_by='
lcp ppp
ipcp ppp
pap ppp
chap ppp
slarp chdlc
data-text-lines json
bt-tracker-http bt-tracker
image-gif json
image-jfif json
http3 quic
media json
mime_multipart json
png json
urlencoded-form json
xml json
'

failed=0
count=0
verdict()
{
	count=$((count + 1))
	if [ -z "$1" ]; then
		echo "ok $count - $2"
	else
		failed=1
		echo "not ok $count - $2"
		printf '%s\n' "$1" | sed 's/^/# /'
	fi
}

lists_agree()
{
	for file in "$srcdir"/dissectors/*.c; do
		[ -f "$file" ] || continue
		file=dissectors/$(basename "$file")
		case " $dissector_sources " in
		*" $file "*) ;;
		*) [ "$file" = dissectors/table.c ] || echo "$file is not in dissectors/list.mk" ;;
		esac
	done
}

shown_and_tested()
{
	for file in $(cd "$srcdir" && grep -l '^const struct dissector [a-z0-9_]*_dissector' $dissector_sources); do
		name=${file##*/}
		name=${name%.c}
		case $shown_by in
		*"
$name "*)
			name=${shown_by#*"
$name "}
			name=${name%%"
"*}
			;;
		esac
		set -- "$srcdir/captures/$name".pcap*
		[ -f "$1" ] || echo "$file: captures/$name.pcap is missing"
		[ -f "$srcdir/tests/golden/$name.txt" ] ||
			echo "$file: tests/golden/$name.txt is missing"
	done
}

objects()
{
	for file in $dissector_sources; do echo "$built/${file%.c}.o"; done
}

# .data.rel.ro holds constant tables of pointers; everything else writable must be empty.
keeps_no_state()
{
	size -A $(objects) | awk '
		/ :$/ { file = $1 }
		/^\.(data|bss|tdata|tbss)/ && !/^\.data\.rel\.ro/ && $2 > 0 {
			print file ": " $2 " bytes in " $1 }'
}

calls_nothing_forbidden()
{
	nm -uA $(objects) | awk '
		$NF ~ /^(__)?(malloc|calloc|realloc|free|strdup|v?f?printf|puts|fputs|putchar|fopen|exit|abort|time|rand)(_chk)?$/ {
			print $1 " calls " $NF }'
}

echo 1..4
verdict "$(lists_agree)" 'every dissector is listed'
verdict "$(shown_and_tested)" 'every dissector has a capture and a golden file'
if [ "${sanitized:-no}" = yes ]; then
	verdict '' 'dissectors keep no state # SKIP sanitizers add data'
else
	verdict "$(keeps_no_state)" 'dissectors keep no state'
fi
verdict "$(calls_nothing_forbidden)" 'dissectors neither allocate nor print'
exit $failed
