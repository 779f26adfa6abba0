/* test_actions.c - every action of the action table, by its key: what was not on the screen before,
 * and is after.  An action without a row here fails the test. */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/typed_app.h"
#include "support/unit_test.h"
#include "ui/app_capture.h"
#include "ui/app_filter.h"
#include "ui/app_marks.h"

enum { TALL = 36, WIDE = 120, PATH_ROOM = 500, TRIES = 2000 };

struct trial {
	enum action action;
	const char *before; /* typed first; the screen must not show `seen` then, but `gone` */
	const char *keys;   /* of the action, and what it asks for */
	const char *seen, *gone;
	const char *copied;  /* the clipboard begins with this */
	size_t flag;	     /* a bool in app that becomes true */
	const char *capture; /* NULL: the tour; "": the start screen */
};

#define FLAG(name) .flag = offsetof(struct app, name)

/* Packet 40 of the tour is an HTTP request, 42 its response, 37 to 46 their connection. */
static const struct trial trials[] = {
	{ ACTION_NEXT, "", "j", "Details ─ #2 " },
	{ ACTION_PREVIOUS, "j j", "Up", "Details ─ #2 " },
	{ ACTION_LEFT, "Tab Tab 6l", "h", "offset 0x5 " },
	{ ACTION_RIGHT, "Tab Tab", "l", "offset 0x1 " },
	{ ACTION_PAGE_DOWN, "", "PageDown", "Details ─ #15 " },
	{ ACTION_PAGE_UP, "60G", "PageUp", "Details ─ #46 " },
	{ ACTION_HALF_DOWN, "", "^D", "Details ─ #8 " },
	{ ACTION_HALF_UP, "60G", "^U", "Details ─ #53 " },
	{ ACTION_FIRST, "60G", "gg", "Details ─ #1 " },
	{ ACTION_LAST, "", "G", "Details ─ #238 " },
	{ ACTION_GO_TO, "", "^G 77 Enter", "Details ─ #77 " },
	{ ACTION_NEXT_PACKET, "Tab", "J", "Details ─ #2 " },
	{ ACTION_PREVIOUS_PACKET, "60G Tab", "F7", "Details ─ #59 " },
	{ ACTION_NEXT_IN_CONVERSATION, "29G", ".", "Details ─ #30 " },
	{ ACTION_PREVIOUS_IN_CONVERSATION, "40G", ",", "Details ─ #39 " },
	{ ACTION_NEXT_PROBLEM, "", "]", "Details ─ #131 " },
	{ ACTION_PREVIOUS_PROBLEM, "G", "[", "Details ─ #131 " },
	{ ACTION_LINKED, "40G", "%", "Details ─ #42 " },
	{ ACTION_BACK, "^G 77 Enter ^G 9 Enter", "<", "Details ─ #77 " },
	{ ACTION_FORWARD, "^G 77 Enter ^G 9 Enter <", "Alt-Right", "Details ─ #9 " },
	{ ACTION_FIND_PACKET, "", "^F HEAD Enter", "Details ─ #40 " },
	{ ACTION_FIND_VALUE, "40G Tab Down Down Right Down", "*",
	  "\"ip.version == 4\": hit 31 of " },
	{ ACTION_NEXT_MATCH, "^F Echo Enter", "n", "Details ─ #62 " },
	{ ACTION_PREVIOUS_MATCH, "^F Echo Enter n", "N", "Details ─ #61 " },
	{ ACTION_MARK, "", "Space", "●" },
	{ ACTION_RANGE, "40G", "v j j",
	  "3 rows, #40 to #42: yr copies, Space marks them, Esc ends it" },
	{ ACTION_RANGE, "40G Tab Tab", "v l l", "3 bytes, 0x0 to 0x2: yr copies, Esc ends it" },
	{ ACTION_RANGE, "40G v j", "v", NULL, "2 rows" },
	{ ACTION_MARK, "40G v j j", "Space", "3 packets are marked." },
	{ ACTION_LEAVE, "40G v j", "Esc", NULL, "2 rows" },
	{ ACTION_NEXT_MARK, "Space 60G Space gg", "}", "Details ─ #60 " },
	{ ACTION_PREVIOUS_MARK, "60G Space 90G", "{", "Details ─ #60 " },
	{ ACTION_NAME_PLACE, "", "ma", "'a comes back to packet 1." },
	{ ACTION_GO_TO_PLACE, "60G ma gg", "'a", "Details ─ #60 " },
	{ ACTION_REFERENCE, "60G", "T", "*REF*" },
	{ ACTION_IGNORE, "40G", "i", "<Ignored>" },
	{ ACTION_IGNORE, "40G i", "i", "Packet 40 is not ignored any more.", "<Ignored>" },
	{ ACTION_OPEN, "40G Tab", "Enter", "Encapsulation type" },
	{ ACTION_EXPAND, "40G Tab", "l", "Encapsulation type" },
	{ ACTION_COLLAPSE, "40G Tab l", "h", NULL, "Encapsulation type" },
	{ ACTION_EXPAND_TREE, "40G Tab", "Shift-Right", "Interface name: tour-1" },
	{ ACTION_COLLAPSE_TREE, "40G Tab Shift-Right", "Shift-Left", NULL, "Interface name" },
	{ ACTION_EXPAND_ALL, "40G", "+", "Interface name: tour-1" },
	{ ACTION_COLLAPSE_ALL, "40G +", "-", NULL, "Interface name: tour-1" },
	{ ACTION_PARENT, "40G Tab l j", "Backspace", "frame · bytes 0–156" },
	{ ACTION_NEXT_BUFFER, "105G", "b", "Bytes ─ Reassembled" },
	{ ACTION_COPY_ROW, "40G", "yy", "Sent the row", .copied = "40 4.009865" },
	{ ACTION_COPY_VALUE, "40G Tab Down", "yv", "Sent the value", .copied = "Ethernet II" },
	{ ACTION_COPY_NAME, "40G Tab Down", "yn", "Sent the name", .copied = "eth" },
	{ ACTION_COPY_FILTER, "40G Tab Down", "yf", "Sent the filter", .copied = "eth" },
	{ ACTION_COPY_SUBTREE, "40G Tab Down", "yd", "Sent the subtree", .copied = "Ethernet II" },
	{ ACTION_COPY_TREE, "40G", "yt", "Sent the details", .copied = "Frame 40" },
	{ ACTION_COPY_HEX, "40G", "yh", "Sent bytes as hexadecimal", .copied = "0200000000010200" },
	{ ACTION_COPY_DUMP, "40G", "yx", "Sent a hex dump", .copied = "0000  02 00 00" },
	{ ACTION_COPY_TEXT, "40G Tab End", "yp", "Sent bytes as text", .copied = "HEAD /index" },
	{ ACTION_COPY_C, "40G", "yc", "Sent bytes as a C array", .copied = "{ 0x02, 0x00" },
	{ ACTION_COPY_BASE64, "40G Tab End", "yb", "Sent bytes as Base64",
	  .copied = "SEVBRCAvaW5kZXguaHRtbCBIVFRQ" },
	{ ACTION_COPY_JSON, "40G", "yj", "Sent the packet as JSON", .copied = "[\n  {\n" },
	{ ACTION_COPY_RANGE, "9G v j", "yr", "Sent what was chosen",
	  .copied = "9 2.000282 02:00:00:00:00:0a → ff:ff:ff:ff:ff:ff ARP 42 Who has 198.51.100.1? "
		    "Tell 198.51.100.10\n10 2.0" },
	{ ACTION_COPY_RANGE, "9G Tab Tab 6l v 5l", "yr", "(12 B)", .copied = "02000000000a" },
	{ ACTION_COPY_C, "9G Tab Tab 6l v l", "yc", "(14 B)", .copied = "{ 0x02, 0x00 }" },
	{ ACTION_COPY_RANGE, "9G", "yr", "There is nothing to copy here." },
	{ ACTION_COPY_TABLE, "gc", "Y", "Sent the table", .copied = "A,B,Packets,Bytes," },
	{ ACTION_COPY_JSON, "gc", "yj", "Sent the table",
	  .copied = "[\n  {\"A\": \"198.51.100.10\", \"B\": \"203.0.113.10\", "
		    "\"Packets\": 125, \"Bytes\": 30631, " },
	{ ACTION_COPY_JSON, "gp", "yj", "Sent the table",
	  .copied = "[\n  {\"Protocol\": \"Packet comments\", \"Packets\": 24, \"%\": \"10.1 %\", "
		    "\"Bytes\": 1984, \"% bytes\": \"4.7 %\", \"Bit/s\": 453},\n" },
	{ ACTION_COPY_ROW, "gc", "yy", "Sent the row",
	  .copied = "198.51.100.10\t203.0.113.10\t125\t30631" },
	{ ACTION_COPY_FILTER, "gc", "yf", "Sent the filter", .copied = "ip.addr == 198.51.100.10" },
	{ ACTION_COPY_TABLE, "gi", "Y", "Sent the table",
	  .copied = "Start,all packets,tcp.analysis.flags,dns\n0,3,0,0\n0.1,0,0,0\n0.2,1,0,0\n" },
	{ ACTION_COPY_SIDES, "40G s Tab", "Y", "Sent what was said (both sides)",
	  .copied = "HEAD /index.html HTTP/1.1\nHost: " },
	{ ACTION_COPY_SIDES, "40G s Tab d d", "Y", "Sent what was said (server only)",
	  .copied = "HTTP/1.1 200 OK\nServer: nginx" },
	{ ACTION_COPY_SIDES, "40G s", "Y", "Sent what was said", .copied = "HEAD /index.html" },
	{ ACTION_COPY_ROW, "40G s", "yy", "Sent the line",
	  .copied = "40 4.009865 +0.31 ms  │ ━ 91 B  seq 1–91" },
	{ ACTION_COPY_VALUE, "40G s", "yv", "Sent the line",
	  .copied = "91 B  seq 1–91 ack 1 PSH  HEAD /index.html HTTP/1.1" },
	{ ACTION_COPY_FILTER, "40G s", "yf", "Sent the filter", .copied = "tcp.stream == 1" },
	{ ACTION_COPY_HEX, "40G s", "yh", "Sent the data of #40", .copied = "48454144202f" },
	{ ACTION_COPY_TEXT, "40G s", "yp", "Sent the data of #40 (86 B)",
	  .copied = "HEAD /index.html HTTP/1.1\n" },
	{ ACTION_COPY_TEXT, "21G s j j j", "yp",
	  "Sent the data of #24 and what follows it (3.0 kB)" },
	{ ACTION_COPY_TEXT, "37G s", "yp", "There is nothing to copy here." },
	{ ACTION_COPY_TEXT, "40G s Tab j", "yp", "Sent the client's turn (86 B)",
	  .copied = "HEAD /index.html HTTP/1.1\n" },
	{ ACTION_COPY_DUMP, "42G s Tab", "yx", "Sent the server's turn",
	  .copied = "0000  48 54 54 50" },
	{ ACTION_COPY_ROW, "40G s Tab", "yy", "Sent the line",
	  .copied = "HEAD /index.html HTTP/1.1" },
	{ ACTION_COPY_ROW, "40G s Tab Tab", "yy", "Sent the line",
	  .copied = "✓ Handshake complete in 0.04 ms" },
	{ ACTION_MARK, "40G s", "Space", "●   40" },
	{ ACTION_MARK, "40G s Tab", "Space", "─● client → server" },
	{ ACTION_MARK, "40G s Space k", "Space", "#40 is not marked any more.", "●   40" },
	{ ACTION_NEXT_MARK, "9G Space 44G Space 40G s", "}", "#44 from client" },
	{ ACTION_PREVIOUS_MARK, "9G Space 38G Space 40G s", "{", "#38 from server" },
	{ ACTION_NEXT_MARK, "9G Space 44G Space 40G s Tab", "}", "from packet #44: Enter" },
	{ ACTION_NEXT_MARK, "9G Space 40G s", "}", "No marked packet of this stream after" },
	{ ACTION_NAME_PLACE, "40G s", "ma", "'a comes back to packet 40." },
	{ ACTION_GO_TO_PLACE, "40G s ma G", "'a", "▌   40" },
	{ ACTION_GO_TO_PLACE, "9G ma 40G s", "'a", "Details ─ #9 " },
	{ ACTION_FILTER_CONVERSATION, "40G s", "fc", "Filter: tcp.stream == 1" },
	{ ACTION_FIND, "40G s", "/ nginx Enter", "#42: Enter" },
	{ ACTION_NEXT_PANE, "", "Tab", NULL, "▸  No." },
	{ ACTION_PREVIOUS_PANE, "Tab", "Shift-Tab", "▸  No." },
	{ ACTION_PANE_BELOW, "40G", "^Wj", NULL, "▸  No." },
	{ ACTION_PANE_ABOVE, "40G Tab", "^Wk", "▸  No." },
	{ ACTION_PANE_LEFT, "40G Tab", "^Wh", "There is no pane on that side." },
	{ ACTION_PANE_RIGHT, "40G Tab", "^Wl", "There is no pane on that side." },
	{ ACTION_TALLER, "40G", "^W+", "Seq=1 Ack=92 Win" },
	{ ACTION_SMALLER, "40G Tab", "^W-", "Seq=1 Ack=92 Win" },
	{ ACTION_USUAL_PANES, "40G ^W+", "^W=", NULL, "Seq=1 Ack=92 Win" },
	{ ACTION_ZOOM, "", "z", NULL, "Details ─" },
	{ ACTION_LAYOUT, "| |", "|", "├── Details ─" },
	{ ACTION_EXPERT, "", "gx", "[Findings]" },
	{ ACTION_CONVERSATIONS, "", "gc", "── Conversations ─" },
	{ ACTION_ENDPOINTS, "", "ge", "── Endpoints ─" },
	{ ACTION_HIERARCHY, "", "gp", "── Hierarchy ─" },
	{ ACTION_LOOKUPS, "", "gd", "── DNS ─" },
	{ ACTION_REQUESTS, "", "gh", "── HTTP ─" },
	{ ACTION_LEASES, "", "gl", "── DHCP leases ─" },
	{ ACTION_ARP, "", "ga", "── ARP ─" },
	{ ACTION_IO_GRAPH, "", "gi", "── I/O graph ─" },
	{ ACTION_NEXT_TYPE, "gc", "Tab", "[IPv6]" },
	{ ACTION_PREVIOUS_TYPE, "gc", "Shift-Tab", "[Ethernet]" },
	{ ACTION_SORT, "gc", "o", NULL, "by Bytes ▼" },
	{ ACTION_REVERSE, "gc", "O", "by Bytes ▲" },
	{ ACTION_WATERFALL, "gh", "w", "HEAD www.example.test/index.html" },
	{ ACTION_FILTER_ROW, "gd", "f", "Filter: frame.number in {11, 12}" },
	{ ACTION_FILTER_ROW, "gc", "f", "Filter: ip.addr == 198.51.100.10" },
	{ ACTION_OPEN, "gd", "Enter", "Details ─ #12 " },
	{ ACTION_GO_TO_ROW, "gh", "p", "Details ─ #40 " },
	{ ACTION_GO_TO_ROW, "60G ga", "p", "Details ─ #1 " },
	{ ACTION_GO_TO_ROW, "gc", "p", "There is no single packet" },
	{ ACTION_NEXT_TYPE, "gd", "T", "Flags 0x0120 of the query 0xf7bc" },
	{ ACTION_ZOOM, "gd", "z", NULL, "── DNS ─" },
	{ ACTION_ZOOM, "gc", "z", "Only a lookup has more to show" },
	{ ACTION_LEAVE, "gd z", "Esc", "── DNS ─" },
	{ ACTION_STREAM, "gc T T", "s", "[Ladder]" },
	{ ACTION_STREAM, "gh", "s", "Stream 1 " },
	{ ACTION_STREAM, "gp", "s", "Only conversations of TCP" },
	{ ACTION_GROUP, "gd", "r", "── DNS by server ─" },
	{ ACTION_GROUP, "gd r", "r", "── DNS by name ─" },
	{ ACTION_GROUP, "gd r r", "r", "── DNS ─" },
	{ ACTION_GROUP, "gh", "r", "── HTTP by host ─" },
	{ ACTION_GROUP, "gc", "r", "Only requests have groups" },
	{ ACTION_OPEN, "gd r r", "Enter", "Filter: dns.qry.name == " },
	{ ACTION_OPEN, "gd r", "Enter", "Filter: dns && ip.addr == 203.0.113.10" },
	{ ACTION_UNANSWERED, "gd", "a", "unanswered only · 2 rows", .capture = "dns-well.pcap" },
	{ ACTION_FAILED, "gd", "e", "failed only · 3 rows", .capture = "dns-well.pcap" },
	{ ACTION_COPY_TABLE, "gd 7j", "Y", "Sent the table", .capture = "dns-well.pcap",
	  .copied = "Query,Reply,Time,Client,Server,ID,Type,Name,Result,Took\n1,2,0.000," },
	{ ACTION_COPY_TABLE, "ge", "Y", "Sent the table",
	  .copied = "Address,Packets,Bytes,Sent,Received,First,Duration\n198.51" },
	{ ACTION_LIMIT, "/ dns Enter gc", "L", "filtered · 1 row" },
	{ ACTION_ERRORS, "gx", "e", NULL, "Bad checksum", .capture = "verify-tcp-data.pcap" },
	{ ACTION_WARNINGS, "gx", "w", "18 warnings (hidden)", NULL,
	  .capture = "verify-tcp-data.pcap" },
	{ ACTION_NOTES, "gx", "n", NULL, "Duplicate ACK", .capture = "verify-tcp-data.pcap" },
	{ ACTION_CHATS, "gx", "c", NULL, "Connection finish", .capture = "verify-tcp-data.pcap" },
	{ ACTION_NEXT, "gi", "j", "▌2 tcp.analysis.flags" },
	{ ACTION_LEFT, "40G gi", "h", "3.9 s: 0 packets, 0 B" },
	{ ACTION_RIGHT, "gi l", "l", " 0.2 s: 1 packet, " },
	{ ACTION_LAST, "gi", "G", "35.0 s to 35.1 s" },
	{ ACTION_PAGE_DOWN, "gi", "PageDown", "8.7 s to 8.8 s" },
	{ ACTION_OPEN, "gi n", "Enter", "Details ─ #4 " },
	{ ACTION_NEXT_BUSY, "gi j j", "n", "#11 is the first of 10 (dns)" },
	{ ACTION_PREVIOUS_BUSY, "G gi j j", "N", "#223 is the first of 2 (dns)" },
	{ ACTION_ADD_CURVE, "gi", "a icmp Enter", "▌4 icmp 0" },
	{ ACTION_ADD_CURVE, "gi", "a icmp. Enter", "Curve of: icmp." },
	{ ACTION_REMOVE_CURVE, "gi j", "d", "▌2 dns 0", "tcp.analysis.flags" },
	{ ACTION_TOGGLE_CURVE, "gi", "Space", "▌1 all packets (hidden)" },
	{ ACTION_GRAPH_UNIT, "gi", "y", "─ bytes in 100 ms ─" },
	{ ACTION_LOGARITHMIC, "gi", "L", "100 ms ─ log ─" },
	{ ACTION_SHORTER_INTERVAL, "gi", "<", "packets in 50 ms" },
	{ ACTION_LONGER_INTERVAL, "gi", ">", "packets in 200 ms" },
	{ ACTION_ZOOM_IN, "gi", "+", " 16 s", " 30 s" },
	{ ACTION_ZOOM_OUT, "gi +", "-", " 30 s" },
	{ ACTION_CLOSE, "gi", "q", "[Packets]" },
	{ ACTION_STREAM, "40G", "s", "[Ladder]" },
	{ ACTION_NEXT_FACE, "40G s", "Tab", "[Text]" },
	{ ACTION_PREVIOUS_FACE, "40G s", "Shift-Tab", "[Graph]" },
	{ ACTION_NEXT_STREAM, "40G s", "Right", "Stream 2 " },
	{ ACTION_PREVIOUS_STREAM, "40G s", "h", "Stream 0 " },
	{ ACTION_NEXT_EVENT, "40G s", "n", "▌   44" },
	{ ACTION_PREVIOUS_EVENT, "40G s", "N", "▌   39" },
	{ ACTION_FOLD, "21G s", "c", "all segments", "runs folded" },
	{ ACTION_ABSOLUTE, "40G s", "r", "· absolute ─" },
	{ ACTION_DIRECTION, "40G s Tab", "d", NULL, "both sides" },
	{ ACTION_VARIANT, "40G s Tab", "x", "48 45 41 44" },
	{ ACTION_READING, "51G s Tab", "u", "\"name\": \"peel", NULL, .capture = "json.pcap" },
	{ ACTION_READING, "40G s Tab u", "u", "as sent" },
	{ ACTION_READING, "s Tab", "u", "Nothing in this stream is packed", .capture = "tcp.pcap" },
	{ ACTION_READING, "8G s Tab", "u", "Nothing could be decrypted", .capture = "tls.pcap" },
	{ ACTION_PREVIOUS_INNER, "40G s Tab", "(", "Only HTTP/2, HTTP/3 and QUIC have streams" },
	{ ACTION_NEXT_FACE, "4G s", "Tab", "▏AUTH SSL", .capture = "ftp-tls.pcapng" },
	{ ACTION_READING, "6G s Tab", "u u u", "HTTP/2 frames stream 1", .capture = "http2.pcap" },
	{ ACTION_NEXT_INNER, "40G s Tab", ")", "Only HTTP/2, HTTP/3 and QUIC have streams" },
#if defined HAVE_NGHTTP3 && defined HAVE_GCRYPT
	{ ACTION_READING, "3G s", "u", "HTTP/3 stream 0 (1/4)", .capture = "http3.pcapng" },
	{ ACTION_READING, "3G s Tab", "u u", "QUIC decrypted stream 0", .capture = "http3.pcapng" },
	{ ACTION_NEXT_INNER, "3G s Tab", ")", ":path: /packed/?q=1", .capture = "http3.pcapng" },
	{ ACTION_NEXT_INNER, "3G s Tab ) ) )", ")", "the last stream within",
	  .capture = "http3.pcapng" },
	{ ACTION_PREVIOUS_INNER, "8G s Tab", "(", ":path: /two.txt", .capture = "http3.pcapng" },
	{ ACTION_PREVIOUS_INNER, "3G s Tab", "(", "the first stream within",
	  .capture = "http3.pcapng" },
#endif
	{ ACTION_ZOOM_IN, "21G s Shift-Tab", "+", "3.64 ms" },
	{ ACTION_ZOOM_OUT, "21G s Shift-Tab +", "-", NULL, "3.64 ms" },
	{ ACTION_FIND, "40G s Tab", "/ nginx Enter", "#42: Enter" },
	{ ACTION_SAVE_STREAM, "40G s", "S", "Save what was said as:" },
	{ ACTION_FILTER, "", "/ dns", "✓ 12 of 238 packets" },
	{ ACTION_TOGGLE_FILTER, "/ dns Enter", "\\", "displayed 238 of 238", NULL },
	{ ACTION_CLEAR_FILTER, "/ dns Enter", "X", "Filter: none", "Filter: dns" },
	{ ACTION_OLDER_FILTER, "/ dns Enter / ^U arp Enter", "u", "Filter: dns" },
	{ ACTION_NEWER_FILTER, "/ dns Enter / ^U arp Enter u", "U", "Filter: arp" },
	{ ACTION_FILTER_FIELD, "40G Tab End", "fs", "Filter: http" },
	{ ACTION_FILTER_NOT, "40G Tab End", "fn", "Filter: !" },
	{ ACTION_FILTER_AND, "/ ip Enter 40G Tab End", "fa", "Filter: (ip) && " },
	{ ACTION_FILTER_OR, "/ ip Enter 40G Tab End", "fo", "Filter: (ip) || " },
	{ ACTION_FILTER_AND_NOT, "/ ip Enter 40G Tab End", "fA", "Filter: (ip) && !" },
	{ ACTION_FILTER_OR_NOT, "/ ip Enter 40G Tab End", "fO", "Filter: (ip) || !" },
	{ ACTION_FILTER_CONVERSATION, "40G", "fc", "Filter: tcp.stream == 1" },
	{ ACTION_FILTER_SOURCE, "40G", "fx", "Filter: ip.src == 198.51.100.10" },
	{ ACTION_FILTER_DESTINATION, "40G", "fd", "Filter: ip.dst == 203.0.113.10" },
	{ ACTION_FIELD_COLUMN, "40G Tab End", "fk", "Len Hypertext Trans" },
	{ ACTION_COLUMNS, "", "c", "─ Columns ─" },
	{ ACTION_NEXT_COLUMN, "", ") H", "▸      Time No." },
	{ ACTION_PREVIOUS_COLUMN, ") )", "( H", "▸      Time No." },
	{ ACTION_COLUMN_LEFT, ")", "H", "▸      Time No." },
	{ ACTION_COLUMN_RIGHT, ") )", "L", "Time Destination       Source" },
	{ ACTION_SORT_COLUMN, ") ) ) ) )", "a", "Len ▲" },
	{ ACTION_COLUMN_NARROWER, ") )", "^W<", "Source           Destination" },
	{ ACTION_COLUMN_WIDER, ") )", "^W>", "Source             Destination" },
	{ ACTION_ADD_ROW, "c", "+ http.host Enter", "http.host" },
	{ ACTION_ROW_UP, "c j", "K", "▸      Time No." },
	{ ACTION_ROW_DOWN, "c", "J", "▸      Time No." },
	{ ACTION_ROW_NARROWER, "c j j", "<", "Source           Destination" },
	{ ACTION_ROW_WIDER, "c j j", ">", "Source             Destination" },
	{ ACTION_SORT_ROW, "c j j", "a a", "Source ▼" },
	{ ACTION_ROW_FITS, "c j j > >", "w", NULL, "Source              Destination" },
	{ ACTION_ROW_NUMBERS, "c j j", "n", "Source, not named" },
	{ ACTION_FILTER_PREPARE, "40G Tab End", "fp", "Filter: http" },
	{ ACTION_COLOUR_FIELD, "40G Tab End", "fl", "have a colour of their own" },
	{ ACTION_COLOUR_CONVERSATION, "40G", "Alt-3", "│3  39" },
	{ ACTION_COLOUR_CONVERSATION, "40G", "fC", "Packets with tcp.stream == 1 have colour 1" },
	{ ACTION_COLOUR_CONVERSATION, "40G fC", "fC",
	  "Packets with tcp.stream == 1 have colour 2" },
	{ ACTION_COLOUR_CONVERSATION, "40G 3fC", "Alt-3", "no colour of their own any more" },
	{ ACTION_PLAIN_CONVERSATIONS, "40G Alt-4", "Alt-0", "No conversation has a colour" },
	{ ACTION_DECODE_AS, "40G", "D", "Decode as" },
	{ ACTION_LAST_FILTER, "", "r", "No filter is remembered" },
	{ ACTION_FLAGS, "11G", "gF", "Flags 0x0120 of the query 0xf7bc" },
	{ ACTION_INFO, "", "gI", "Encapsulation" },
	{ ACTION_HASH, "gI", "H",
	  "SHA-256 "
	  "0bfafef57a0b98a8125113de2115d92ec9501c4d87350de957dc865678beabdc",
	  .capture = "dns-lost.pcapng" },
	{ ACTION_OBJECTS, "", "E", "Objects" },
	{ ACTION_COMMENT, "9G", "; seen Enter", "Packet 9 has a comment" },
	{ ACTION_TIME_FORMAT, "", "t", "Δ before" },
	{ ACTION_NAMES, "", "gn gn", "Addresses and ports are shown as they are." },
	{ ACTION_NAME_SOURCES, "", "gN", "┌─ Names ─" },
	{ ACTION_COLOURS, "", "C", "colours off" },
	{ ACTION_REDRAW, "", "^L", FLAG(redraw) },
	{ ACTION_MOUSE, "", "F12", "The mouse is the terminal's." },
	{ ACTION_FOLLOW, "", "F", "Following new packets." },
	{ ACTION_GO_ON, "", "gr", "Nothing was stopped." },
	{ ACTION_FREEZE, "", "p", "○ FROZEN  +0 new, p shows them" },
	{ ACTION_STOP_CAPTURE, "", "^E", "No capture is going on." },
	{ ACTION_RESTART, "40G", "^R", "tour.pcapng is read again." },
	{ ACTION_RESTORE, "", "r", "no session is remembered", .capture = "" },
	{ ACTION_REFRESH, "", "F5", " lo ", .capture = "" },
	{ ACTION_SELECT, "", "Space", "✓", .capture = "" },
	{ ACTION_EDIT_FILTER, "", "/ port", "port", .capture = "" },
	{ ACTION_SAVE, "", "^S", "Save all 238 as:" },
	{ ACTION_OPEN_FILE, "", "^O", "Open file:" },
	{ ACTION_OPEN_TAB, "", "O", "Open beside:" },
	{ ACTION_MERGE, "", "gm", "Merge with:" },
	{ ACTION_NEXT_TAB, "", "gt", "No other file is open" },
	{ ACTION_PREVIOUS_TAB, "", "gT", "No other file is open" },
	{ ACTION_COMMAND, "", ": stream", "▌Follow the stream" },
	{ ACTION_MESSAGES, ": nope Enter", "g:", "┌─ Messages ─" },
	{ ACTION_OPTIONS, "", "go", "Options" },
	{ ACTION_GO_TO_ROW, "E", "p", "Details ─ #54 " },
	{ ACTION_REMOVE_ROW, "40G D Enter j Enter D", "d",
	  "TCP port 80 is decoded as peel finds it.", "TCP port 80               Echo" },
	{ ACTION_TOGGLE_ROW, "go", "Space", "▌time          delta" },
	{ ACTION_SAVE_ROWS, "E", "S", "Save into the folder:" },
	{ ACTION_HELP, "", "?", "Help · packet-list" },
	{ ACTION_SEARCH_HELP, "?", "/ stream", "Follow the stream", "Next packet, from any pane" },
	{ ACTION_OPEN, "? / conversations", "Enter", "── Conversations ─" },
	{ ACTION_SEARCH_HELP, "?", "/ fold", "only in: stream" },
	{ ACTION_SUSPEND, "", "^Z", FLAG(suspend) },
	{ ACTION_CANCEL, "", "^C", "^C again quits" },
	{ ACTION_CLOSE, "gx", "q", "[Packets]" },
	{ ACTION_LEAVE, "gx", "Esc", "[Packets]" },
	{ ACTION_QUIT, "gx", "Q", FLAG(quit) },
};

enum { TRIALS = sizeof trials / sizeof trials[0] };

static bool is_counting(void)
{
	struct filter_food food = app_filter_food(&app);

	return app_preview_time(&app) != INT64_MAX ||
	       (app.bar.preview.filter && !packet_filter_is_done(&app.bar.preview, &food));
}

/* Until what runs behind the screen has caught up. */
static void finish(void)
{
	if (app.session && app.scan_state == SCAN_MORE)
		read_all();
	for (unsigned i = 0;
	     i < TRIES && (is_counting() || app_is_filtering(&app) || app_is_finding(&app) ||
			   app_digest_time(&app) != INT64_MAX);
	     i++) {
		poll(NULL, 0, 5);
		app.now = app_clock();
		app_filter_news(&app);
		app_tick(&app);
	}
	draw();
}

/* One key after the other has taken its effect. */
static void type_slowly(const char *keys)
{
	char all[200], *rest = all;

	snprintf(all, sizeof all, "%s", keys);
	for (char *key = strsep(&rest, " "); key; key = strsep(&rest, " ")) {
		type(key);
		finish();
	}
}

static void begin(const struct trial *t)
{
	static struct ui_options none;
	char path[PATH_ROOM];
	const char *srcdir = getenv("srcdir");

	if (t->capture && !*t->capture) {
		screen = memory_screen(TALL, WIDE);
		app_init(&app, &none);
		app_start_screen(&app);
		/* Or there would be nothing to find. */
		if (t->action == ACTION_REFRESH)
			app.interfaces.count = 0;
	} else {
		snprintf(path, sizeof path, "%s/captures/%s", srcdir ? srcdir : ".",
			 t->capture ? t->capture : "tour.pcapng");
		begin_app(path);
		screen_resize(&screen, TALL, WIDE);
	}
	draw();
	type_slowly(t->before);
}

/* Is what is typed first one of the action's keys? */
static bool begins_with_its_key(const struct trial *t)
{
	const char *keys = action_table[t->action].keys;

	while (*keys) {
		size_t n = strcspn(keys, " ");

		if (!strncmp(keys, t->keys, n))
			return true;
		keys += n + (keys[n] == ' ');
	}
	return false;
}

static bool flag_of(const struct trial *t)
{
	return *(const bool *)((const char *)&app + t->flag);
}

static const char *fault_before(const struct trial *t)
{
	if (!begins_with_its_key(t))
		return "is not tried by one of its keys";
	if (!t->seen && !t->gone && !t->copied && !t->flag)
		return "has nothing that would show";
	if (t->seen && screen_find(&screen, t->seen) >= 0)
		return "is not needed for what should be seen";
	if (t->gone && screen_find(&screen, t->gone) < 0)
		return "does not begin where it should";
	return t->flag && flag_of(t) ? "is not needed for its flag" : NULL;
}

static const char *fault_after(const struct trial *t)
{
	if (t->seen && screen_find(&screen, t->seen) < 0)
		return "does not show what it should";
	if (t->gone && screen_find(&screen, t->gone) >= 0)
		return "leaves what should be gone";
	if (t->copied &&
	    (!app.user.copied || strncmp(app.user.copied, t->copied, strlen(t->copied)) != 0))
		return "does not copy what it should";
	return t->flag && !flag_of(t) ? "does not set its flag" : NULL;
}

static void every_action_changes_what_it_says(void **state)
{
	(void)state;
	unsigned faults = 0;

	for (const struct trial *t = trials; t < trials + TRIALS; t++) {
		begin(t);
		const char *fault = fault_before(t);

		if (!fault) {
			type_slowly(t->keys);
			fault = fault_after(t);
		}
		if (fault) {
			faults++;
			fprintf(stderr, "# %s %s:\n", action_table[t->action].name, fault);
			screen_print(&screen);
			if (t->copied)
				fprintf(stderr, "# copied: %s\n",
					app.user.copied ? app.user.copied : "nothing");
		}
		end_app();
	}
	assert_int_equal(faults, 0);
}

static void every_action_is_tried(void **state)
{
	(void)state;
	bool tried[ACTION_COUNT] = { [ACTION_NONE] = true };
	unsigned missing = 0;

	for (unsigned i = 0; i < TRIALS; i++)
		tried[trials[i].action] = true;
	for (unsigned i = 0; i < ACTION_COUNT; i++) {
		if (tried[i])
			continue;
		missing++;
		fprintf(stderr, "# no trial of %s\n", action_table[i].name);
	}
	assert_int_equal(missing, 0);
}

UNIT_TESTS(test_actions)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_action_changes_what_it_says),
		cmocka_unit_test(every_action_is_tried),
	};

	static char home[] = "/tmp/peel-actions-XXXXXX";
	char command[PATH_ROOM];

	/* Nothing of the user's is read or written. */
	if (!mkdtemp(home))
		return 1;
	setenv("HOME", home, 1);
	unsetenv("XDG_CONFIG_HOME");
	unsetenv("XDG_STATE_HOME");
	setenv("TZ", "UTC", 1);
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	snprintf(command, sizeof command, "rm -rf %s", home);
	return system(command) ? 1 : failed;
}
