/* view_tabs.c - the views as tabs in the title line: all where there is room, else the open one. */
#include "ui/view_tabs.h"

#include <stdio.h>

#include "ui/app.h"
#include "ui/app_statistics.h"
#include "ui/app_stream.h"

enum { NAMES_LONG, NAMES_SHORT, NAME_LENGTHS };

/* What a click does: ACTION_NONE leaves the others for the packets.  `tab`: of statistics. */
static const struct {
	const char *names[NAME_LENGTHS];
	enum action action;
	int tab;
	bool is_usual; /* it has its place though it is not open */
} views[VIEW_TABS] = {
	{ { "Packets", "Packets" }, ACTION_NONE, -1, true },
	{ { "Stream", "Stream" }, ACTION_STREAM, -1, true },
	{ { "Conversations", "Convs" }, ACTION_CONVERSATIONS, TAB_CONVERSATIONS, true },
	{ { "Endpoints", "Ends" }, ACTION_ENDPOINTS, TAB_ENDPOINTS, true },
	{ { "DNS", "DNS" }, ACTION_LOOKUPS, TAB_DNS, true },
	{ { "HTTP", "HTTP" }, ACTION_REQUESTS, TAB_HTTP, true },
	{ { "Hierarchy", "Hierarchy" }, ACTION_HIERARCHY, TAB_HIERARCHY, true },
	{ { "I/O graph", "I/O" }, ACTION_IO_GRAPH, TAB_GRAPH, true },
	{ { "Leases", "Leases" }, ACTION_LEASES, TAB_LEASES, false },
	{ { "ARP", "ARP" }, ACTION_ARP, TAB_ARP, false },
	{ { "Findings", "Findings" }, ACTION_EXPERT, -1, true },
};

/* Other tables of the same. */
static enum statistics_tab main_tab(enum statistics_tab tab)
{
	switch (tab) {
	case TAB_DNS_SERVERS:
	case TAB_DNS_NAMES:
		return TAB_DNS;
	case TAB_HTTP_HOSTS:
		return TAB_HTTP;
	case TAB_ARP_ADDRESSES:
		return TAB_ARP;
	default:
		return tab;
	}
}

static bool is_open(const struct app *app, unsigned n)
{
	if (app->stream.open)
		return views[n].action == ACTION_STREAM;
	if (app->statistics.open)
		return views[n].tab == (int)main_tab(app->statistics.tab);
	return views[n].action == (app->expert_open ? ACTION_EXPERT : ACTION_NONE);
}

static bool is_listed(const struct app *app, unsigned n, bool only_open)
{
	return is_open(app, n) || (views[n].is_usual && !only_open);
}

static int columns_of(const struct app *app, int length, bool only_open)
{
	int columns = 0;

	for (unsigned n = 0; n < VIEW_TABS; n++)
		if (is_listed(app, n, only_open))
			columns += text_columns(views[n].names[length]) + 2;
	return columns;
}

int view_tabs_draw(struct app *app, struct canvas *canvas, int at, int end_of_all, int end_of_one)
{
	int length =
		at + columns_of(app, NAMES_LONG, false) <= end_of_all ? NAMES_LONG : NAMES_SHORT;
	bool only_open = app->user.plain || at + columns_of(app, length, false) > end_of_all;
	char text[40];

	if (only_open && at + columns_of(app, NAMES_LONG, true) <= end_of_one)
		length = NAMES_LONG;
	if (only_open && at + columns_of(app, length, true) > end_of_one)
		return at - 2;
	for (unsigned n = 0; n < VIEW_TABS; n++) {
		bool open = is_open(app, n);

		if (!is_listed(app, n, only_open))
			continue;
		snprintf(text, sizeof text, open ? "[%s]" : " %s ", views[n].names[length]);
		app->view_tabs[n].from = at;
		at += canvas_text(canvas, 0, at, -1, open ? STYLE_TITLE : STYLE_TITLE_TEXT, text);
		app->view_tabs[n].to = at;
	}
	return at;
}

static void close_all(struct app *app)
{
	app_stream_close(app);
	if (app->statistics.open)
		app_statistics_end(app);
	app->statistics.open = false;
	app->expert_open = false;
	app->dirty = true;
}

void view_tabs_click(struct app *app, int column)
{
	for (unsigned n = 0; n < VIEW_TABS; n++) {
		if (column < app->view_tabs[n].from || column >= app->view_tabs[n].to ||
		    is_open(app, n))
			continue;
		close_all(app);
		if (views[n].action != ACTION_NONE)
			app_act(app, views[n].action, 0);
		return;
	}
}
