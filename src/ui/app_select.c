/* app_select.c - moving among packets: rows, conversations, problems, links, and back. */
#include <string.h>

#include "dissect/registry.h"
#include "state/learned.h"
#include "ui/app.h"
#include "ui/app_rows.h"
#include "ui/app_statistics.h"

static void find_links(struct app *app)
{
	const struct dissection *d = app->packet.d;

	app->link_count = 0;
	for (node_id i = 0; d && i < d->node_count && app->link_count < LINKS; i++)
		if (registry_field(d->nodes[i].field)->type == FIELD_FRAME &&
		    d->nodes[i].value.number != app->selected &&
		    d->nodes[i].value.number <= UINT32_MAX &&
		    !app_is_linked(app, (uint32_t)d->nodes[i].value.number))
			app->links[app->link_count++] = (uint32_t)d->nodes[i].value.number;
}

void app_show_packet(struct app *app, uint32_t packet)
{
	struct packet_focus *focus = &app->packet;
	bool same = packet == app->selected && focus->d;
	unsigned buffer = focus->buffer;
	uint32_t byte = focus->byte;

	app->selected = packet;
	if (!view_port_dissect(&app->packet_port, packet,
			       WANT_FIELDS | WANT_LABELS | WANT_COLUMNS)) {
		focus_on(focus, NULL);
		app->link_count = app->repeat_count = 0;
		app->acknowledged_by = 0;
		app_message(app, MESSAGE_WARNING,
			    "Packet %u cannot be read again: the file was changed.", packet);
		return;
	}
	focus_on(focus, &app->packet_port.d);
	if (same && buffer < focus->d->buffer_count && byte < focus->d->buffers[buffer].length) {
		focus->buffer = buffer;
		focus->byte = byte;
	}
	find_links(app);
	app_find_acknowledgment(app);
}

void app_select_row(struct app *app, uint32_t row)
{
	uint32_t count = app_row_count(app);

	if (!count)
		return;
	if (row >= count)
		row = count - 1;
	app->dirty = true;
	app->filter_anchor = 0;
	uint32_t packet = app_packet_in_row(app, row);

	if (packet != app->selected)
		app_show_packet(app, packet);
}

/* Where we are now can be come back to. */
static void keep_place(struct app *app)
{
	if (!app->selected)
		return;
	if (app->place_at == PLACES_KEPT - 1) {
		memmove(app->places, app->places + 1, (PLACES_KEPT - 1) * sizeof app->places[0]);
		app->place_at--;
	}
	app->places[app->place_at++] = app->selected;
	app->place_count = app->place_at;
}

/* To a packet that is there, if it is shown. */
static bool show_if_passes(struct app *app, uint32_t packet)
{
	uint32_t row = app_row_of_packet(app, packet);

	if (row == UINT32_MAX) {
		char keys[KEYS_ROOM];

		key_map_names(&app->user.keys, ACTION_TOGGLE_FILTER, IN_PACKETS, 1, keys);
		app_message(app, MESSAGE_NOTE, "Packet %u is hidden by the filter: %s shows all.",
			    packet, keys);
		return false;
	}
	app_select_row(app, row);
	return true;
}

static void jump(struct app *app, uint32_t packet)
{
	if (packet == app->selected)
		return;
	uint32_t from = app->selected;

	if (app_row_of_packet(app, packet) != UINT32_MAX && from)
		keep_place(app);
	app->following = false;
	show_if_passes(app, packet);
}

bool app_go_to(struct app *app, uint32_t packet)
{
	uint32_t count = app_packet_count(app);

	if (!packet || packet > count) {
		app_message(app, MESSAGE_WARNING, "There is no packet %u: the last is %u%s.",
			    packet, count, app->scan_state == SCAN_DONE ? "" : " so far");
		return false;
	}
	jump(app, packet);
	return true;
}

static bool go_back(struct app *app)
{
	if (!app->place_at)
		return false;
	if (app->place_at == app->place_count)
		app->places[app->place_at] = app->selected;
	show_if_passes(app, app->places[--app->place_at]);
	return true;
}

static bool go_forward(struct app *app)
{
	if (app->place_at >= app->place_count)
		return false;
	show_if_passes(app, app->places[++app->place_at]);
	return true;
}

static bool is_shown(const struct app *app, uint32_t packet)
{
	return app_row_of_packet(app, packet) != UINT32_MAX;
}

/* 0: none. */
static uint32_t next_in_conversation(const struct app *app, uint32_t packet)
{
	uint32_t conversation = app_conversation(app, packet);

	for (uint32_t n = packet + 1; conversation && n <= app_packet_count(app); n++)
		if (app_conversation(app, n) == conversation && is_shown(app, n))
			return n;
	return 0;
}

static uint32_t previous_in_conversation(const struct app *app, uint32_t packet)
{
	do
		packet = app_previous_in_conversation(app, packet);
	while (packet && !is_shown(app, packet));
	return packet;
}

static bool has_problem(const struct app *app, uint32_t packet)
{
	return app_severity(app, packet) >= EXPERT_NOTE;
}

static uint32_t problem_from(const struct app *app, bool forward)
{
	uint32_t count = app_packet_count(app);

	for (uint32_t n = app->selected; n && n <= count;) {
		n += forward ? 1 : UINT32_MAX;
		if (n && n <= count && has_problem(app, n) && is_shown(app, n))
			return n;
	}
	return 0;
}

/* The next of the packets that the selected one names, or the first. */
static uint32_t linked(const struct app *app)
{
	for (unsigned i = 0; i < app->link_count; i++)
		if (app->links[i] && app->links[i] <= app_packet_count(app))
			return app->links[i];
	return app->acknowledged_by;
}

static void jump_or_say(struct app *app, uint32_t packet, const char *why_not)
{
	if (packet)
		jump(app, packet);
	else
		app_message(app, MESSAGE_NOTE, "%s", why_not);
}

bool app_act_on_selection(struct app *app, enum action action, uint32_t count)
{
	uint32_t times = count ? count : 1;
	uint32_t row = app_selected_row(app);
	uint32_t rows = app_row_count(app);

	if (!rows || !app->selected)
		return false;
	if (row == UINT32_MAX)
		row = 0;
	switch (action) {
	case ACTION_FIRST:
		return app_go_to(app, count ? count : app_packet_in_row(app, 0)) || true;
	case ACTION_LAST:
		return app_go_to(app, count ? count : app_packet_in_row(app, rows - 1)) || true;
	case ACTION_NEXT_PACKET:
		app_select_row(app, times < rows - row ? row + times : rows - 1);
		return true;
	case ACTION_PREVIOUS_PACKET:
		app->following = false;
		app_select_row(app, times < row ? row - times : 0);
		return true;
	case ACTION_NEXT_IN_CONVERSATION:
		jump_or_say(app, next_in_conversation(app, app->selected),
			    "This is the last packet of its conversation.");
		return true;
	case ACTION_PREVIOUS_IN_CONVERSATION:
		jump_or_say(app, previous_in_conversation(app, app->selected),
			    "This is the first packet of its conversation.");
		return true;
	case ACTION_NEXT_PROBLEM:
		jump_or_say(app, problem_from(app, true), "No problem after this packet.");
		return true;
	case ACTION_PREVIOUS_PROBLEM:
		jump_or_say(app, problem_from(app, false), "No problem before this packet.");
		return true;
	case ACTION_LINKED:
		jump_or_say(app, linked(app), "This packet names no other.");
		return true;
	case ACTION_BACK:
		return go_back(app) || true;
	case ACTION_FORWARD:
		return go_forward(app) || true;
	default:
		return false;
	}
}
