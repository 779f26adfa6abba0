/* key_bar_view.c - the last line: the keys most worth knowing here.
 *
 * While a sequence is being typed it shows how it may go on. */
#include <string.h>

#include "statistics_requests.h"
#include "stream_faces.h"
#include "ui/app.h"
#include "ui/app_capture.h"
#include "waterfall.h"

static const struct {
	enum action action;
	const char *label;
	unsigned places; /* enum place; 0: wherever it means something */
} worth_knowing[] = {
	{ ACTION_HELP, "Help" },
	{ ACTION_CLOSE, "Quit" },
	{ ACTION_NEXT_FACE, "Text, graphs" },
	{ ACTION_NEXT_PANE, "Pane" },
	{ ACTION_OPEN, "Open" },
	{ ACTION_RIGHT, "Move", IN_GRAPH },
	{ ACTION_ADD_CURVE, "Add" },
	{ ACTION_ZOOM_IN, "Zoom", IN_GRAPH },
	{ ACTION_SHORTER_INTERVAL, "Interval" },
	{ ACTION_GRAPH_UNIT, "Unit" },
	{ ACTION_LOGARITHMIC, "Log" },
	{ ACTION_NEXT, "Curve", IN_GRAPH },
	{ ACTION_TOGGLE_CURVE, "Hide" },
	{ ACTION_REMOVE_CURVE, "Remove" },
	{ ACTION_FILTER, "Filter" },
	{ ACTION_STREAM, "Stream" },
	{ ACTION_FILTER_ROW, "Filter" },
	{ ACTION_FIND_PACKET, "Find" },
	{ ACTION_READING, "Unpack" },
	{ ACTION_NEXT_INNER, "Next within" },
	{ ACTION_VARIANT, "" },
	{ ACTION_NEXT_EVENT, "Next event" },
	{ ACTION_NEXT_STREAM, "Next stream" },
	{ ACTION_FOLD, "Fold" },
	{ ACTION_ZOOM_IN, "Zoom", IN_STREAM },
	{ ACTION_FIND, "Find" },
	{ ACTION_DIRECTION, "Direction" },
	{ ACTION_SAVE_STREAM, "Save text" },
	{ ACTION_ABSOLUTE, "Rel/abs" },
	{ ACTION_MARK, "Mark", IN_STREAM },
	{ ACTION_COPY_TEXT, "Copy", IN_STREAM },
	{ ACTION_STOP_CAPTURE, "Stop" },
	{ ACTION_RESTART, "Again" },
	{ ACTION_COMMAND, "Commands", IN_PACKETS },
	{ ACTION_ZOOM, "Zoom" },
	{ ACTION_GO_TO, "Go to" },
	{ ACTION_TIME_FORMAT, "Time" },
	{ ACTION_SELECT, "Select" },
	{ ACTION_EDIT_FILTER, "Capture filter" },
	{ ACTION_REFRESH, "Refresh" },
	{ ACTION_NEXT_IN_CONVERSATION, "Next in conv" },
	{ ACTION_NEXT_PROBLEM, "Next problem" },
	{ ACTION_EXPERT, "Findings" },
	{ ACTION_NEXT_TYPE, "Type", IN_STATISTICS },
	{ ACTION_GROUP, "Group" },
	{ ACTION_UNANSWERED, "Unanswered" },
	{ ACTION_FAILED, "Failed" },
	{ ACTION_CONVERSATIONS, "Convs" },
	{ ACTION_SORT, "Sort" },
	{ ACTION_REVERSE, "Reverse" },
	{ ACTION_WATERFALL, "Waterfall" },
	{ ACTION_LIMIT, "Limit" },
	{ ACTION_ENDPOINTS, "Ends" },
	{ ACTION_HIERARCHY, "Hierarchy" },
	{ ACTION_LOOKUPS, "DNS" },
	{ ACTION_REQUESTS, "HTTP" },
	{ ACTION_IO_GRAPH, "Graph" },
	{ ACTION_LEASES, "DHCP" },
	{ ACTION_ARP, "ARP" },
	{ ACTION_ERRORS, "Errors" },
	{ ACTION_WARNINGS, "Warnings" },
	{ ACTION_NOTES, "Notes" },
	{ ACTION_CHATS, "Chats" },
	{ ACTION_LINKED, "Linked" },
	{ ACTION_NEXT_BUFFER, "Bytes" },
	{ ACTION_FOLLOW, "Follow" },
	{ ACTION_SAVE, "Save" },
	{ ACTION_OPEN_FILE, "File" },
	{ ACTION_COMMAND, "Commands", ANYWHERE & ~(unsigned)IN_PACKETS },
	{ ACTION_EXPAND_ALL, "Open all" },
};

/* In which faces of a stream an action does something; not listed: in all. */
static bool face_has(enum stream_face face, enum action action)
{
	switch (action) {
	case ACTION_FOLD:
	case ACTION_ABSOLUTE:
		return face == FACE_LADDER;
	case ACTION_FIND:
	case ACTION_READING:
	case ACTION_NEXT_INNER:
		return face == FACE_TEXT;
	case ACTION_MARK:
	case ACTION_COPY_TEXT:
		return face == FACE_LADDER || face == FACE_TEXT;
	case ACTION_VARIANT:
	case ACTION_DIRECTION:
		return face == FACE_TEXT || face == FACE_GRAPH;
	case ACTION_ZOOM_IN:
		return face == FACE_GRAPH;
	case ACTION_NEXT_EVENT:
		return face != FACE_SUMMARY;
	default:
		return true;
	}
}

static bool has_types(enum statistics_tab tab)
{
	return tab == TAB_CONVERSATIONS || tab == TAB_ENDPOINTS || tab == TAB_DNS ||
	       tab == TAB_ARP || tab == TAB_ARP_ADDRESSES;
}

static bool is_useful(const struct app *app, enum action action)
{
	if (app->stream.open && !face_has(app->stream.face, action))
		return false;
	if (app->stream.open && action == ACTION_READING)
		return stream_has_readings(&app->stream);
	if (app->stream.open && action == ACTION_NEXT_INNER)
		return stream_has_inners(&app->stream);
	if (action == ACTION_WATERFALL)
		return has_waterfall(&app->statistics);
	if (action == ACTION_NEXT_TYPE && app->place == IN_STATISTICS)
		return has_types(app->statistics.tab);
	if (app->place == IN_STATISTICS && (action == ACTION_ZOOM || action == ACTION_FILTER_ROW))
		return app->statistics.tab == TAB_DNS;
	if (app->place == IN_STATISTICS && action == ACTION_STREAM)
		return app->statistics.tab == TAB_CONVERSATIONS &&
		       traffic_has_ports(app->statistics.layer);
	if (action == ACTION_GROUP)
		return requests_of(&app->statistics) != NULL;
	if (action == ACTION_UNANSWERED || action == ACTION_FAILED)
		return is_table_of_requests(app->statistics.tab);
	if (action == ACTION_STOP_CAPTURE || action == ACTION_FOLLOW)
		return app_is_live(app);
	if (action == ACTION_RESTART)
		return app->live && !app_is_live(app);
	if (action == ACTION_EXPERT)
		return app->session && !app->expert_open && !app->stream.open &&
		       !app->statistics.open;
	if (action == ACTION_NEXT_BUFFER)
		return app->packet.d && app->packet.d->buffer_count > 1;
	return action_table[action].places & app->place;
}

static const char *label_of(const struct app *app, unsigned n)
{
	enum action action = worth_knowing[n].action;
	bool above = app->help_open || app->sheet.kind;
	bool leaves_view = action == ACTION_CLOSE &&
			   (above || app->expert_open || app->stream.open || app->statistics.open);

	if (above)
		return leaves_view ? "Back" : worth_knowing[n].label;
	if (app->statistics.open && action == ACTION_OPEN)
		return app->place == IN_GRAPH || (app->statistics.tab == TAB_DNS &&
						  app->statistics.lookup.shown)
			       ? "Packet"
		       : app->statistics.tab == TAB_DNS ? "Lookup"
							: "Filter";
	if (app->statistics.open && action == ACTION_NEXT_TYPE && app->statistics.tab == TAB_DNS)
		return "Query/reply";
	if (app->stream.open && action == ACTION_OPEN)
		return "Packet";
	if (app->stream.face == FACE_TEXT && action == ACTION_NEXT_EVENT)
		return "Next match";
	if (action == ACTION_VARIANT)
		return app->stream.face == FACE_TEXT ? "Hex, ..." : "Next graph";
	return leaves_view ? "Back" : worth_knowing[n].label;
}

static int put_key(struct canvas *canvas, int column, const char *key, const char *label)
{
	int columns = text_columns(key) + text_columns(label) + 1;

	if (column + columns > canvas->area.columns)
		return -1;
	column += canvas_text(canvas, 0, column, -1, STYLE_KEY, key);
	return column + 1 + canvas_text(canvas, 0, column + 1, -1, STYLE_STATUS, label) + 2;
}

/* Where the next label goes that takes so many columns: on this row, or the one below. */
static void wrap(int *row, int *column, int wanted, int columns)
{
	if (*column > 1 && *column + wanted > columns) {
		*column = 1;
		++*row;
	}
}

/* What of a sequence is under the mouse: the key, KEY_NONE for none. */
struct continuation {
	int row, column;
	uint32_t key;
};

/* How a sequence may go on, on as many rows as that takes; without a canvas only counts them. */
static int flow_continuations(const struct app *app, int columns, struct canvas *canvas,
			      struct continuation *at)
{
	const struct key_map *map = &app->user.keys;
	int row = 0, column = 1;

	for (unsigned i = 0; i <= map->binding_count; i++) {
		const struct binding *b = &map->bindings[i];
		bool last = i == map->binding_count;
		char name[KEY_NAME_ROOM] = "Esc";

		if (!last && (!(b->places & app->place) || b->length <= map->typed_count ||
			      memcmp(b->keys, map->typed, map->typed_count * sizeof map->typed[0])))
			continue;
		if (!last)
			key_name(b->keys[map->typed_count], name);
		const char *help = last ? "cancel" : action_table[b->action].help;
		int wanted = text_columns(name) + 1 + text_columns(help);

		wrap(&row, &column, wanted, columns);
		if (at && row == at->row && at->column >= column && at->column < column + wanted)
			at->key = last ? KEY_ESCAPE : b->keys[map->typed_count];
		if (canvas) {
			canvas_text(canvas, row, column, -1, STYLE_KEY, name);
			canvas_text(canvas, row, column + text_columns(name) + 1, -1, STYLE_STATUS,
				    help);
		}
		column += wanted + 2;
	}
	return row + 1;
}

int key_rows_wanted(const struct app *app, int columns)
{
	bool waits = app->user.keys.typed_count && !app->prompt && !app->bar.open;

	return waits ? flow_continuations(app, columns, NULL, NULL) : 1;
}

struct key_label {
	const char *key, *label;
};

enum { TYPING_KEYS = 6 };

static void draw_typing_keys(struct canvas *canvas, const struct key_label keys[TYPING_KEYS])
{
	int column = 1;

	for (unsigned i = 0; i < TYPING_KEYS && keys[i].key && column > 0; i++)
		column = put_key(canvas, column, keys[i].key, keys[i].label);
}

/* Letters are text while one of these asks for it. */
static const struct key_label filter_keys[TYPING_KEYS] = {
	{ "Enter", "Apply" }, { "Esc", "Leave" },      { "Tab", "Complete" },
	{ "Down", "Choose" }, { "Up", "Used before" }, { "^R", "Search" }
};
static const struct key_label prompt_keys[PROMPTS][TYPING_KEYS] = {
	[PROMPT_GO_TO] = { { "Enter", "Go" }, { "Esc", "Cancel" }, { "^U", "Clear" } },
	[PROMPT_COMMAND] = { { "Enter", "Run" },
			     { "Esc", "Cancel" },
			     { "Tab", "Complete" },
			     { "Down", "Choose" },
			     { "^U", "Clear" } },
	[PROMPT_COMMENT] = { { "Enter", "Keep" }, { "Esc", "Cancel" }, { "^U", "Clear" } },
	[PROMPT_COLUMN] = { { "Enter", "Add" },
			    { "Esc", "Cancel" },
			    { "Tab", "Complete" },
			    { "^U", "Clear" } },
	[PROMPT_COLUMN_TITLE] = { { "Enter", "Keep" }, { "Esc", "Cancel" }, { "^U", "Clear" } },
	[PROMPT_CURVE] = { { "Enter", "Draw" }, { "Esc", "Cancel" }, { "^U", "Clear" } },
	[PROMPT_OPEN] = { { "Enter", "Open" },
			  { "Esc", "Cancel" },
			  { "Tab", "Complete" },
			  { "^U", "Clear" } },
	[PROMPT_OPEN_TAB] = { { "Enter", "Open" },
			      { "Esc", "Cancel" },
			      { "Tab", "Complete" },
			      { "^U", "Clear" } },
	[PROMPT_MERGE] = { { "Enter", "Merge" },
			   { "Esc", "Cancel" },
			   { "Tab", "Complete" },
			   { "^U", "Clear" } },
	[PROMPT_SAVE] = { { "Enter", "Save" },
			  { "Esc", "Cancel" },
			  { "Tab", "Complete" },
			  { "Down", "Other packets" },
			  { "^U", "Clear" } },
	[PROMPT_FIND] = { { "Enter", "Find" }, { "Esc", "Cancel" }, { "^U", "Clear" } },
	[PROMPT_FIND_PACKET] = { { "Enter", "Find" },
				 { "Esc", "Cancel" },
				 { "Tab", "Another kind" },
				 { "^U", "Clear" } },
	[PROMPT_SAVE_STREAM] = { { "Enter", "Save" },
				 { "Esc", "Cancel" },
				 { "Tab", "Complete" },
				 { "^U", "Clear" } },
	[PROMPT_EXPORT] = { { "Enter", "Save" },
			    { "Esc", "Cancel" },
			    { "Tab", "Complete" },
			    { "^U", "Clear" } },
};

/* With the name of its key; false: it means nothing here. */
static bool is_shown(const struct app *app, unsigned n, char name[KEYS_ROOM])
{
	if (!is_useful(app, worth_knowing[n].action) ||
	    (worth_knowing[n].places && !(worth_knowing[n].places & app->place)))
		return false;
	key_map_names(&app->user.keys, worth_knowing[n].action, app->place, 1, name);
	return name[0];
}

static void draw(struct view *view, struct app *app, struct canvas *canvas)
{
	int column = 1;

	(void)view;
	if (app->prompt || app->bar.open) {
		draw_typing_keys(canvas, app->prompt ? prompt_keys[app->prompt] : filter_keys);
		return;
	}
	if (app->user.keys.typed_count) {
		for (int row = 0; row < canvas->area.rows; row++)
			canvas_blank(canvas, row, 0, STYLE_NORMAL);
		flow_continuations(app, canvas->area.columns, canvas, NULL);
		return;
	}
	for (unsigned i = 0; i < sizeof worth_knowing / sizeof worth_knowing[0] && column > 0;
	     i++) {
		char name[KEYS_ROOM];

		if (is_shown(app, i, name))
			column = put_key(canvas, column, name, label_of(app, i));
	}
}

/* Each key with its label is a button. */
static void click(struct view *view, struct app *app, const struct mouse *mouse)
{
	int column = 1;

	if (mouse->kind != MOUSE_PRESS || app->prompt || app->bar.open)
		return;
	if (app->user.keys.typed_count) {
		struct continuation at = { mouse->row, mouse->column, KEY_NONE };

		flow_continuations(app, view->area.columns, NULL, &at);
		if (at.key)
			app_event(app, &(struct event){ .key = at.key });
		return;
	}
	for (unsigned i = 0; i < sizeof worth_knowing / sizeof worth_knowing[0]; i++) {
		char name[KEYS_ROOM];

		if (!is_shown(app, i, name))
			continue;
		int end = column + text_columns(name) + 1 + text_columns(label_of(app, i));

		if (end > view->area.columns)
			return;
		if (mouse->column >= column && mouse->column < end) {
			app_do(app, worth_knowing[i].action);
			return;
		}
		column = end + 2;
	}
}

const struct view_class key_bar_view = { .name = "key-bar", .draw = draw, .click = click };
