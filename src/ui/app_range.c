/* app_range.c - chooses several rows, or bytes, for copying and marking. */
#include <stdio.h>

#include "ui/app.h"
#include "ui/app_rows.h"
#include "ui/app_save.h"
#include "ui/quantity.h"

static void in_order(uint32_t *first, uint32_t *last)
{
	uint32_t from = *first;

	if (from <= *last)
		return;
	*first = *last;
	*last = from;
}

bool app_range_of_rows(const struct app *app, uint32_t *first, uint32_t *last)
{
	if (app->range.kind != RANGE_ROWS)
		return false;
	*first = app_row_of_packet(app, app->range.packet);
	*last = app_selected_row(app);
	if (*first == UINT32_MAX || *last == UINT32_MAX)
		return false;
	in_order(first, last);
	return true;
}

bool app_range_of_bytes(const struct app *app, uint32_t *first, uint32_t *last)
{
	const struct packet_focus *focus = &app->packet;

	if (app->range.kind != RANGE_BYTES || app->range.packet != app->selected || !focus->d ||
	    app->range.buffer != focus->buffer || focus->buffer >= focus->d->buffer_count)
		return false;
	*first = app->range.byte;
	*last = focus->byte;
	in_order(first, last);
	return *last < focus->d->buffers[focus->buffer].length;
}

void app_choose_bytes(struct app *app, uint32_t from)
{
	app->range = (struct range){ RANGE_BYTES, app->selected, app->packet.buffer, from };
}

void app_range_text(const struct app *app, char *text, size_t room)
{
	char copy[KEYS_ROOM], mark[KEYS_ROOM], count[QUANTITY_ROOM];
	uint32_t first, last;

	text[0] = '\0';
	key_map_names(&app->user.keys, ACTION_COPY_RANGE, IN_PACKETS, 1, copy);
	key_map_names(&app->user.keys, ACTION_MARK, IN_PACKETS, 1, mark);
	if (app_range_of_rows(app, &first, &last))
		snprintf(text, room, "%s row%s, #%u to #%u: %s copies, %s marks them, Esc ends it",
			 count_text(last - first + 1, count), first == last ? "" : "s",
			 app_packet_in_row(app, first), app_packet_in_row(app, last), copy, mark);
	else if (app_range_of_bytes(app, &first, &last))
		snprintf(text, room, "%s byte%s, 0x%x to 0x%x: %s copies, Esc ends it",
			 count_text(last - first + 1, count), first == last ? "" : "s", first, last,
			 copy);
}

static void begin(struct app *app)
{
	if (app->range.kind != RANGE_NONE)
		app->range.kind = RANGE_NONE;
	else if (app->focus == PANE_BYTES && app->packet.d)
		app_choose_bytes(app, app->packet.byte);
	else if (app->selected)
		app->range = (struct range){ .kind = RANGE_ROWS, .packet = app->selected };
}

static void mark_all(struct app *app, uint32_t first, uint32_t last)
{
	for (uint32_t row = first; row <= last; row++) {
		uint32_t packet = app_packet_in_row(app, row);

		if (packet && !packet_set_has(&app->marked, packet))
			packet_set_toggle(&app->marked, packet);
	}
	app->range.kind = RANGE_NONE;
	app_message(app, MESSAGE_NOTE, "%u packet%s marked.", last - first + 1,
		    first == last ? " is" : "s are");
}

bool app_act_on_range(struct app *app, enum action action)
{
	uint32_t first, last;

	if (action == ACTION_RANGE) {
		begin(app);
		return true;
	}
	if (action != ACTION_MARK || !app_range_of_rows(app, &first, &last))
		return false;
	mark_all(app, first, last);
	return true;
}
