/* action.h - everything that can be done, in one list: keys, help and the command line come from
 * it. */
#ifndef UI_ACTION_H
#define UI_ACTION_H

#include <stddef.h>

/* Where an action means something: the pane that has the focus. */
enum place {
	IN_LIST = 1,
	IN_DETAILS = 2,
	IN_BYTES = 4,
	IN_START = 8,
	IN_HELP = 16,
	IN_EXPERT = 32,
	IN_STREAM = 64,
	IN_STATISTICS = 128,
	IN_SHEET = 256, /* a list over the screen */
	IN_GRAPH = 512,
	IN_PACKETS = IN_LIST | IN_DETAILS | IN_BYTES,
	IN_COUNTS = IN_STATISTICS | IN_GRAPH, /* what was counted */
	ANYWHERE = IN_PACKETS | IN_START | IN_HELP | IN_EXPERT | IN_STREAM | IN_COUNTS | IN_SHEET,
};

/*      ACTION(identifier, "config-name", "default keys", places, GROUP, "what help says")
 * Keys are separated by blanks; a key of several characters, such as gg, is typed one by one. */
/* clang-format off */
#define ACTIONS(ACTION) \
	ACTION(NEXT, "next", "j Down", ANYWHERE, MOVE, "Next row") \
	ACTION(PREVIOUS, "previous", "k Up", ANYWHERE, MOVE, "Row before") \
	ACTION(LEFT, "left", "h Left", IN_BYTES | IN_GRAPH, MOVE, "Byte or interval before") \
	ACTION(RIGHT, "right", "l Right", IN_BYTES | IN_GRAPH, MOVE, "Next byte or interval") \
	ACTION(PAGE_DOWN, "page-down", "PageDown", ANYWHERE, MOVE, "Down one page") \
	ACTION(PAGE_UP, "page-up", "PageUp", ANYWHERE, MOVE, "Up one page") \
	ACTION(HALF_DOWN, "half-page-down", "^D", ANYWHERE, MOVE, "Down half a page") \
	ACTION(HALF_UP, "half-page-up", "^U", ANYWHERE, MOVE, "Up half a page") \
	ACTION(FIRST, "first", "gg Home Ctrl-Home", ANYWHERE, MOVE, "First row; 12gg: packet 12") \
	ACTION(LAST, "last", "G End Ctrl-End", ANYWHERE, MOVE, "Last row; 12G: packet 12") \
	ACTION(GO_TO, "go-to", "^G", IN_PACKETS, MOVE, "Go to packet...") \
	ACTION(NEXT_PACKET, "next-packet", "J Ctrl-Down F8", IN_PACKETS, PACKET, \
	       "Next packet, from any pane") \
	ACTION(PREVIOUS_PACKET, "previous-packet", "K Ctrl-Up F7", IN_PACKETS, PACKET, \
	       "Packet before, from any pane") \
	ACTION(NEXT_IN_CONVERSATION, "next-in-conversation", ".", IN_PACKETS, PACKET, \
	       "Next in the conversation") \
	ACTION(PREVIOUS_IN_CONVERSATION, "previous-in-conversation", ",", IN_PACKETS, PACKET, \
	       "Before in the conversation") \
	ACTION(NEXT_PROBLEM, "next-problem", "]", IN_PACKETS | IN_STREAM, PACKET, "Next problem") \
	ACTION(PREVIOUS_PROBLEM, "previous-problem", "[", IN_PACKETS | IN_STREAM, PACKET, \
	       "Problem before") \
	ACTION(LINKED, "linked", "%", IN_PACKETS | IN_STREAM, PACKET, \
	       "Linked packet: reply, what acknowledges") \
	ACTION(BACK, "back", "< Alt-Left", IN_PACKETS, PACKET, "Back to where you were") \
	ACTION(FORWARD, "forward", "> Alt-Right", IN_PACKETS, PACKET, "Forward again") \
	ACTION(FIND_PACKET, "find-packet", "^F", IN_PACKETS, PACKET, "Find text, bytes, a filter...") \
	ACTION(FIND_VALUE, "find-value", "*", IN_PACKETS, PACKET, "Find this value again") \
	ACTION(NEXT_MATCH, "next-match", "n ^N", IN_PACKETS, PACKET, "Next match") \
	ACTION(PREVIOUS_MATCH, "previous-match", "N ^B", IN_PACKETS, PACKET, "Match before") \
	ACTION(MARK, "mark", "Space", IN_PACKETS | IN_STREAM, PACKET, "Mark, or not") \
	ACTION(RANGE, "range", "v", IN_PACKETS, PACKET, "Choose several rows or bytes, or end that") \
	ACTION(NEXT_MARK, "next-mark", "}", IN_PACKETS | IN_STREAM, PACKET, "Next marked") \
	ACTION(PREVIOUS_MARK, "previous-mark", "{", IN_PACKETS | IN_STREAM, PACKET, "Marked before") \
	ACTION(NAME_PLACE, "name-place", "m", IN_PACKETS | IN_STREAM, PACKET, "Name this packet: ma") \
	ACTION(GO_TO_PLACE, "go-to-place", "'", IN_PACKETS | IN_STREAM, PACKET, "To a named packet: 'a") \
	ACTION(COMMENT, "comment", ";", IN_PACKETS, PACKET, "Comment on this packet...") \
	ACTION(REFERENCE, "reference", "T ^T", IN_PACKETS, PACKET, "Time counts from here on") \
	ACTION(IGNORE, "ignore", "i", IN_PACKETS, PACKET, "As if this packet were not there, or not") \
	ACTION(OPEN, "open", "Enter", ANYWHERE, FIELD, "Open: details, subtree, link") \
	ACTION(EXPAND, "expand", "l Right", IN_LIST | IN_DETAILS | IN_EXPERT, FIELD, \
	       "Open the subtree") \
	ACTION(COLLAPSE, "collapse", "h Left", IN_LIST | IN_DETAILS | IN_EXPERT, FIELD, \
	       "Close the subtree") \
	ACTION(EXPAND_TREE, "expand-subtree", "Shift-Right", IN_DETAILS, FIELD, \
	       "Open the whole subtree") \
	ACTION(COLLAPSE_TREE, "collapse-subtree", "Shift-Left", IN_DETAILS, FIELD, \
	       "Close the whole subtree") \
	ACTION(EXPAND_ALL, "expand-all", "+ Ctrl-Right", IN_PACKETS, FIELD, "Open all subtrees") \
	ACTION(COLLAPSE_ALL, "collapse-all", "- Ctrl-Left", IN_PACKETS, FIELD, \
	       "Close all subtrees") \
	ACTION(PARENT, "parent", "Backspace", IN_DETAILS | IN_BYTES, FIELD, "To the field around") \
	ACTION(NEXT_BUFFER, "next-buffer", "b", IN_PACKETS, FIELD, \
	       "Next bytes: frame, reassembled") \
	ACTION(COPY_ROW, "copy-row", "yy", IN_PACKETS | IN_STREAM | IN_STATISTICS, COPY, \
	       "Copy the row") \
	ACTION(COPY_VALUE, "copy-value", "yv", IN_PACKETS | IN_STREAM, COPY, "Copy the field's value") \
	ACTION(COPY_NAME, "copy-name", "yn", IN_PACKETS, COPY, "Copy the field's name") \
	ACTION(COPY_FILTER, "copy-filter", "yf", IN_PACKETS | IN_STREAM | IN_STATISTICS, COPY, \
	       "Copy the field as a filter") \
	ACTION(COPY_SUBTREE, "copy-subtree", "yd", IN_PACKETS, COPY, "Copy the subtree") \
	ACTION(COPY_TREE, "copy-details", "yt", IN_PACKETS, COPY, "Copy all details") \
	ACTION(COPY_HEX, "copy-hex", "yh", IN_PACKETS | IN_STREAM, COPY, "Copy bytes: digits") \
	ACTION(COPY_DUMP, "copy-dump", "yx", IN_PACKETS | IN_STREAM, COPY, "Copy bytes: hex dump") \
	ACTION(COPY_TEXT, "copy-text", "yp", IN_PACKETS | IN_STREAM, COPY, "Copy bytes: text") \
	ACTION(COPY_C, "copy-c", "yc", IN_PACKETS | IN_STREAM, COPY, "Copy bytes: C array") \
	ACTION(COPY_BASE64, "copy-base64", "yb", IN_PACKETS | IN_STREAM, COPY, \
	       "Copy bytes: Base64") \
	ACTION(COPY_JSON, "copy-json", "yj", IN_PACKETS | IN_STATISTICS, COPY, \
	       "Copy the packet or table: JSON") \
	ACTION(COPY_RANGE, "copy-range", "yr", IN_PACKETS, COPY, "Copy the chosen rows or bytes (v)") \
	ACTION(COPY_TABLE, "copy-table", "Y", IN_COUNTS, COPY, "Copy the table: CSV") \
	ACTION(COPY_SIDES, "copy-said", "Y", IN_STREAM, COPY, "Copy what both sides said, or one") \
	ACTION(NEXT_PANE, "next-pane", "Tab", IN_PACKETS | IN_START, SCREEN, "Next pane") \
	ACTION(PREVIOUS_PANE, "previous-pane", "Shift-Tab", IN_PACKETS | IN_START, SCREEN, \
	       "Pane before") \
	ACTION(PANE_LEFT, "pane-left", "^Wh", IN_PACKETS, SCREEN, "To the pane at the left") \
	ACTION(PANE_BELOW, "pane-below", "^Wj", IN_PACKETS, SCREEN, "To the pane below") \
	ACTION(PANE_ABOVE, "pane-above", "^Wk", IN_PACKETS, SCREEN, "To the pane above") \
	ACTION(PANE_RIGHT, "pane-right", "^Wl", IN_PACKETS, SCREEN, "To the pane at the right") \
	ACTION(TALLER, "pane-larger", "^W+", IN_PACKETS, SCREEN, "This pane larger") \
	ACTION(SMALLER, "pane-smaller", "^W-", IN_PACKETS, SCREEN, "This pane smaller") \
	ACTION(USUAL_PANES, "panes-usual", "^W=", IN_PACKETS, SCREEN, "Panes as large as is usual") \
	ACTION(ZOOM, "zoom", "z", IN_PACKETS | IN_STATISTICS, SCREEN, "This pane alone, or all") \
	ACTION(LAYOUT, "layout", "|", IN_PACKETS, SCREEN, "Other layout of the panes") \
	ACTION(EXPERT, "findings", "gx", IN_PACKETS | IN_EXPERT, SCREEN, \
	       "Findings: errors, warnings...") \
	ACTION(CONVERSATIONS, "conversations", "gc", IN_PACKETS | IN_COUNTS, SCREEN, \
	       "Conversations") \
	ACTION(ENDPOINTS, "endpoints", "ge", IN_PACKETS | IN_COUNTS, SCREEN, "Endpoints") \
	ACTION(HIERARCHY, "hierarchy", "gp", IN_PACKETS | IN_COUNTS, SCREEN, \
	       "Protocol hierarchy") \
	ACTION(LOOKUPS, "lookups", "gd", IN_PACKETS | IN_COUNTS, SCREEN, "DNS lookups") \
	ACTION(REQUESTS, "requests", "gh", IN_PACKETS | IN_COUNTS, SCREEN, "HTTP requests") \
	ACTION(LEASES, "leases", "gl", IN_PACKETS | IN_COUNTS, SCREEN, "DHCP leases") \
	ACTION(ARP, "arp", "ga", IN_PACKETS | IN_COUNTS, SCREEN, "ARP: who asked, who had") \
	ACTION(IO_GRAPH, "io-graph", "gi", IN_PACKETS | IN_COUNTS, SCREEN, "I/O graph") \
	ACTION(NEXT_TYPE, "next-type", "T Tab", IN_STATISTICS, SCREEN, "Next type of address, table or message") \
	ACTION(PREVIOUS_TYPE, "previous-type", "Shift-Tab", IN_STATISTICS, SCREEN, \
	       "Type of address or table before") \
	ACTION(SORT, "sort", "o", IN_STATISTICS, SCREEN, "Sort by the next column") \
	ACTION(REVERSE, "reverse", "O", IN_STATISTICS, SCREEN, "Sort the other way round") \
	ACTION(WATERFALL, "waterfall", "w", IN_STATISTICS, SCREEN, "Requests as bars over time, or a table") \
	ACTION(FILTER_ROW, "filter-row", "f", IN_STATISTICS, FILTER, "The packets of the row") \
	ACTION(GROUP, "group", "r", IN_STATISTICS, SCREEN, "Requests by server, name, host") \
	ACTION(UNANSWERED, "unanswered", "a", IN_STATISTICS, SCREEN, "Only unanswered requests, or all") \
	ACTION(FAILED, "failed", "e", IN_STATISTICS, SCREEN, "Only failed requests, or all") \
	ACTION(LIMIT, "limit", "L", IN_STATISTICS, SCREEN, "Only what passes the filter, or all") \
	ACTION(ERRORS, "errors", "e", IN_EXPERT, SCREEN, "Errors on or off") \
	ACTION(WARNINGS, "warnings", "w", IN_EXPERT, SCREEN, "Warnings on or off") \
	ACTION(NOTES, "notes", "n", IN_EXPERT, SCREEN, "Notes on or off") \
	ACTION(CHATS, "chats", "c", IN_EXPERT, SCREEN, "Chats, comments on or off") \
	ACTION(STREAM, "stream", "s", IN_PACKETS | IN_EXPERT | IN_STATISTICS, SCREEN, \
	       "Follow the stream: ladder, text, graphs") \
	ACTION(NEXT_FACE, "next-face", "Tab", IN_STREAM, STREAM, "Ladder, text, summary, graph") \
	ACTION(PREVIOUS_FACE, "previous-face", "Shift-Tab", IN_STREAM, STREAM, "The face before") \
	ACTION(NEXT_STREAM, "next-stream", "Right l", IN_STREAM, STREAM, "Next stream") \
	ACTION(PREVIOUS_STREAM, "previous-stream", "Left h", IN_STREAM, STREAM, "Stream before") \
	ACTION(NEXT_EVENT, "next-event", "n", IN_STREAM, STREAM, "Next event; in text: next match") \
	ACTION(PREVIOUS_EVENT, "previous-event", "N", IN_STREAM, STREAM, \
	       "Event before; in text: match before") \
	ACTION(NEXT_BUSY, "next-busy", "n", IN_GRAPH, GRAPH, "Next interval with packets of the curve") \
	ACTION(PREVIOUS_BUSY, "previous-busy", "N", IN_GRAPH, GRAPH, "Interval with packets before") \
	ACTION(ADD_CURVE, "add-curve", "a", IN_GRAPH, GRAPH, "Another curve: a display filter...") \
	ACTION(REMOVE_CURVE, "remove-curve", "d Delete", IN_GRAPH, GRAPH, "Remove the curve") \
	ACTION(TOGGLE_CURVE, "toggle-curve", "Space", IN_GRAPH, GRAPH, "Hide the curve, or show it") \
	ACTION(GRAPH_UNIT, "graph-unit", "y", IN_GRAPH, GRAPH, "Packets, bytes or bits a second") \
	ACTION(LOGARITHMIC, "logarithmic", "L", IN_GRAPH, GRAPH, "Logarithmic, or not") \
	ACTION(SHORTER_INTERVAL, "shorter-interval", "<", IN_GRAPH, GRAPH, "Shorter intervals") \
	ACTION(LONGER_INTERVAL, "longer-interval", ">", IN_GRAPH, GRAPH, "Longer intervals") \
	ACTION(FOLD, "fold", "c", IN_STREAM, STREAM, "Fold runs of data, or show all") \
	ACTION(ABSOLUTE, "absolute-numbers", "r", IN_STREAM, STREAM, \
	       "Numbers relative or as they are") \
	ACTION(DIRECTION, "direction", "d", IN_STREAM, STREAM, "Both sides, client, server") \
	ACTION(VARIANT, "variant", "x v", IN_STREAM, STREAM, "Text, hex, UTF-16, Base64...; other graph") \
	ACTION(READING, "reading", "u", IN_STREAM, STREAM, \
	       "Text: as sent, decrypted, unpacked") \
	ACTION(NEXT_INNER, "next-stream-within", ")", IN_STREAM, STREAM, \
	       "Text: next stream of HTTP/2, QUIC") \
	ACTION(PREVIOUS_INNER, "previous-stream-within", "(", IN_STREAM, STREAM, \
	       "Text: stream of HTTP/2, QUIC before") \
	ACTION(ZOOM_IN, "zoom-in", "+ =", IN_STREAM | IN_GRAPH, GRAPH, "Graph: half the time, around here") \
	ACTION(ZOOM_OUT, "zoom-out", "-", IN_STREAM | IN_GRAPH, GRAPH, "Graph: twice the time") \
	ACTION(FIND, "find", "/", IN_STREAM, STREAM, "Search in what was said...") \
	ACTION(SAVE_STREAM, "save-stream", "S", IN_STREAM, STREAM, "Save what was said...") \
	ACTION(FILTER, "filter", "/ ^_", IN_PACKETS, FILTER, "Display filter...") \
	ACTION(TOGGLE_FILTER, "toggle-filter", "\\", IN_PACKETS, FILTER, "Filter off, or on again") \
	ACTION(CLEAR_FILTER, "clear-filter", "X", IN_PACKETS, FILTER, "No filter") \
	ACTION(OLDER_FILTER, "older-filter", "u", IN_PACKETS, FILTER, "The filter before") \
	ACTION(NEWER_FILTER, "newer-filter", "U", IN_PACKETS, FILTER, "The filter after that") \
	ACTION(LAST_FILTER, "last-filter", "r", IN_PACKETS, FILTER, "The filter of the last time") \
	ACTION(FILTER_FIELD, "filter-field", "fs", IN_PACKETS, FILTER, "The selected field") \
	ACTION(FILTER_NOT, "filter-not", "fn", IN_PACKETS, FILTER, "Not the selected field") \
	ACTION(FILTER_AND, "filter-and", "fa", IN_PACKETS, FILTER, "And the field") \
	ACTION(FILTER_OR, "filter-or", "fo", IN_PACKETS, FILTER, "Or the field") \
	ACTION(FILTER_AND_NOT, "filter-and-not", "fA", IN_PACKETS, FILTER, "And not the field") \
	ACTION(FILTER_OR_NOT, "filter-or-not", "fO", IN_PACKETS, FILTER, "Or not the field") \
	ACTION(FILTER_CONVERSATION, "filter-conversation", "fc", IN_PACKETS | IN_STREAM, FILTER, \
	       "This conversation") \
	ACTION(FILTER_SOURCE, "filter-source", "fx", IN_PACKETS, FILTER, "This source") \
	ACTION(FILTER_DESTINATION, "filter-destination", "fd", IN_PACKETS, FILTER, \
	       "This destination") \
	ACTION(FILTER_PREPARE, "filter-prepare", "fp", IN_PACKETS, FILTER, "Put into the bar") \
	ACTION(COLOUR_FIELD, "colour-field", "fl", IN_PACKETS, FILTER, "Colour packets like this") \
	ACTION(COLOUR_CONVERSATION, "colour-conversation", \
	       "fC Alt-1 Alt-2 Alt-3 Alt-4 Alt-5 Alt-6 Alt-7 Alt-8 Alt-9", IN_PACKETS, FILTER, \
	       "Colour this conversation; 3fC: as the third") \
	ACTION(PLAIN_CONVERSATIONS, "plain-conversation", "Alt-0", IN_PACKETS, FILTER, \
	       "No conversation has a colour of its own") \
	ACTION(FIELD_COLUMN, "field-column", "fk", IN_PACKETS, COLUMN, "A column for the field, or none") \
	ACTION(COLUMNS, "columns", "c", IN_PACKETS, COLUMN, "Columns: show, move, size, add...") \
	ACTION(NEXT_COLUMN, "next-column", ")", IN_PACKETS, COLUMN, "Choose the next column") \
	ACTION(PREVIOUS_COLUMN, "previous-column", "(", IN_PACKETS, COLUMN, \
	       "Choose the column before") \
	ACTION(COLUMN_LEFT, "column-left", "H", IN_PACKETS, COLUMN, "Move it to the left") \
	ACTION(COLUMN_RIGHT, "column-right", "L", IN_PACKETS, COLUMN, "Move it to the right") \
	ACTION(SORT_COLUMN, "sort-column", "a", IN_PACKETS, COLUMN, \
	       "Sort by it: rising, falling, not at all") \
	ACTION(COLUMN_NARROWER, "column-narrower", "^W<", IN_PACKETS, COLUMN, "Narrower column") \
	ACTION(COLUMN_WIDER, "column-wider", "^W>", IN_PACKETS, COLUMN, "Wider column") \
	ACTION(DECODE_AS, "decode-as", "D", IN_PACKETS, PACKET, "Decode as another protocol...") \
	ACTION(FLAGS, "dns-flags", "gF", IN_PACKETS, PACKET, "Flags of DNS, bit by bit") \
	ACTION(INFO, "capture-info", "gI", IN_PACKETS, FILE, "The capture: times, interfaces, quality") \
	ACTION(OBJECTS, "objects", "E", IN_PACKETS, FILE, "Export objects: files inside...") \
	ACTION(TIME_FORMAT, "time-format", "t", IN_PACKETS, SCREEN, "Other time format") \
	ACTION(NAMES, "names", "gn", IN_PACKETS, SCREEN, "Names of hosts and ports, or not") \
	ACTION(NAME_SOURCES, "name-sources", "gN", IN_PACKETS, SCREEN, "Names: which, from where...") \
	ACTION(COLOURS, "colours", "C", IN_PACKETS, SCREEN, "Row colours on or off") \
	ACTION(REDRAW, "redraw", "^L", ANYWHERE, SCREEN, "Draw the screen anew") \
	ACTION(MOUSE, "mouse", "F12", ANYWHERE, SCREEN, "Mouse on or off") \
	ACTION(FOLLOW, "follow", "F", IN_PACKETS, CAPTURE, "Follow new packets") \
	ACTION(GO_ON, "go-on", "gr F5", IN_PACKETS | IN_EXPERT | IN_STREAM | IN_COUNTS | IN_SHEET, \
	       CAPTURE, "Go on with what was stopped: reading, a filter...") \
	ACTION(FREEZE, "freeze", "p", IN_PACKETS, CAPTURE, "Freeze the view, or show what came since") \
	ACTION(STOP_CAPTURE, "stop-capture", "^E", IN_PACKETS, CAPTURE, \
	       "Stop the capture; then: capture anew") \
	ACTION(RESTART, "restart", "^R", IN_PACKETS, CAPTURE, "Capture anew; a file: read it again") \
	ACTION(REFRESH, "refresh", "F5", IN_START, CAPTURE, "Look for interfaces again") \
	ACTION(RESTORE, "restore", "r", IN_START, CAPTURE, "The last session: its file, as it was left") \
	ACTION(SELECT, "select", "Space", IN_START, CAPTURE, "Select several interfaces") \
	ACTION(EDIT_FILTER, "capture-filter", "/", IN_START, CAPTURE, "Type a capture filter") \
	ACTION(SAVE, "save", "^S W", IN_PACKETS, FILE, "Save the packets...") \
	ACTION(OPEN_FILE, "open-file", "^O o", IN_PACKETS | IN_START, FILE, "Open a file...") \
	ACTION(OPEN_TAB, "open-tab", "O", IN_PACKETS | IN_START, FILE, "Open a file beside this one...") \
	ACTION(MERGE, "merge", "gm", IN_PACKETS, FILE, "Merge with a file, by time...") \
	ACTION(NEXT_TAB, "next-tab", "gt Ctrl-PageDown", ANYWHERE & ~IN_HELP, FILE, \
	       "The next tab; 2gt: the second") \
	ACTION(PREVIOUS_TAB, "previous-tab", "gT Ctrl-PageUp", ANYWHERE & ~IN_HELP, FILE, \
	       "The tab before") \
	ACTION(COMMAND, "command", ": ^P", ANYWHERE & ~IN_HELP, FILE, "Choose from all, or a command") \
	ACTION(MESSAGES, "messages", "g:", ANYWHERE & ~IN_HELP, FILE, "Messages so far") \
	ACTION(OPTIONS, "options", "go", ANYWHERE & ~IN_HELP, FILE, "Options: what can be set") \
	ACTION(GO_TO_ROW, "go-to-row", "p", IN_SHEET | IN_STATISTICS, FILE, \
	       "To the packet of the row; columns: next profile") \
	ACTION(REMOVE_ROW, "remove-row", "Delete d", IN_SHEET | IN_START, FILE, "Remove the row") \
	ACTION(TOGGLE_ROW, "toggle-row", "Space", IN_SHEET, FILE, "On or off, or the next value") \
	ACTION(ADD_ROW, "add-row", "+", IN_SHEET, FILE, "Add a row...") \
	ACTION(ROW_UP, "row-up", "K", IN_SHEET, FILE, "Move the row up") \
	ACTION(ROW_DOWN, "row-down", "J", IN_SHEET, FILE, "Move the row down") \
	ACTION(ROW_NARROWER, "row-narrower", "< h Left", IN_SHEET, FILE, "Columns: narrower") \
	ACTION(ROW_WIDER, "row-wider", "> l Right", IN_SHEET, FILE, "Columns: wider") \
	ACTION(SORT_ROW, "sort-row", "a", IN_SHEET, FILE, "Columns: sort by it") \
	ACTION(ROW_FITS, "row-fits", "w", IN_SHEET, FILE, "Columns: as wide as its values") \
	ACTION(ROW_NUMBERS, "row-numbers", "n", IN_SHEET, FILE, "Columns: numbers or names") \
	ACTION(HASH, "hash", "H", IN_SHEET, FILE, "The capture's SHA-256") \
	ACTION(SAVE_ROWS, "save-rows", "S ^S", IN_SHEET, FILE, "Save all rows") \
	ACTION(HELP, "help", "? F1", ANYWHERE, FILE, "Keys of this pane") \
	ACTION(SEARCH_HELP, "search-help", "/", IN_HELP, FILE, "Search in the keys of all places") \
	ACTION(SUSPEND, "suspend", "^Z", ANYWHERE, FILE, "To the shell; fg comes back") \
	ACTION(CANCEL, "cancel", "^C", ANYWHERE, FILE, "Cancel; twice: quit") \
	ACTION(CLOSE, "close", "q", ANYWHERE, FILE, "Leave this view, or peel") \
	ACTION(LEAVE, "leave", "Esc", ANYWHERE, FILE, "Leave this view") \
	ACTION(QUIT, "quit", "Q ZZ ^Q", ANYWHERE, FILE, "Quit peel")
/* clang-format on */

enum action {
	ACTION_NONE,
#define ACTION_ID(id, ...) ACTION_##id,
	ACTIONS(ACTION_ID)
#undef ACTION_ID
	ACTION_COUNT,
};

enum action_group {
	GROUP_MOVE,
	GROUP_PACKET,
	GROUP_FIELD,
	GROUP_STREAM,
	GROUP_GRAPH,
	GROUP_FILTER,
	GROUP_COLUMN,
	GROUP_COPY,
	GROUP_SCREEN,
	GROUP_CAPTURE,
	GROUP_FILE,
	GROUP_COUNT,
};

struct action_entry {
	const char *name, *keys;
	unsigned places; /* enum place */
	enum action_group group;
	const char *help;
};

extern const struct action_entry action_table[ACTION_COUNT];
extern const char *const action_group_names[GROUP_COUNT];

/* ACTION_NONE: there is no such action. */
enum action action_named(const char *name, size_t length);

#endif
