/* app_marks.c - packets that were marked, places with names, and where time starts anew. */
#include "ui/app_marks.h"

#include <ctype.h>
#include <stdio.h>

#include "stream_faces.h"
#include "ui/app_rows.h"

/* To a packet; 0: there is none to go to. */
static void go(struct app *app, uint32_t packet, const char *why_not)
{
	if (packet)
		app_go_to(app, packet);
	else
		app_message(app, MESSAGE_NOTE, "%s", why_not);
}

static void toggle_mark(struct app *app)
{
	uint32_t row = app_selected_row(app);

	packet_set_toggle(&app->marked, app->selected);
	/* On to the next, so that several are marked by holding the key. */
	if (row != UINT32_MAX && row + 1 < app_row_count(app))
		app_select_row(app, row + 1);
}

static void toggle_reference(struct app *app)
{
	bool is_one = packet_set_toggle(&app->references, app->selected);

	app->measured_from = app->measured_to = 0;
	app_message(app, MESSAGE_NOTE,
		    is_one ? "Time counts from packet %u on."
			   : "Packet %u is no reference any more.",
		    app->selected);
}

void app_ask_comment(struct app *app)
{
	const struct dissection *d = app->packet.d;
	char text[LINE_ROOM];

	snprintf(text, sizeof text, "%s", d && d->packet.has_comment ? d->packet.notes->comments : "");
	/* The line is one line. */
	for (char *p = text; *p; p++)
		if (*p == '\n' || *p == '\r' || *p == '\t')
			*p = ' ';
	app_ask(app, PROMPT_COMMENT, text);
}

void app_comment(struct app *app, const char *text)
{
	uint32_t packet = app->selected;

	if (!packet)
		return;
	if (!comments_set(app->comments, packet, text)) {
		app_message(app, MESSAGE_WARNING, "There are too many comments.");
		return;
	}
	app_show_packet(app, packet);
	app->measured_from = app->measured_to = 0;
	app_message(app, MESSAGE_NOTE,
		    *text ? "Packet %u has a comment: saved as pcapng it is kept."
			  : "Packet %u has no comment any more.",
		    packet);
}

bool app_act_on_marks(struct app *app, enum action action)
{
	switch (action) {
	case ACTION_MARK:
		toggle_mark(app);
		return true;
	case ACTION_NEXT_MARK:
		go(app, packet_set_after(&app->marked, app->selected),
		   "No marked packet after this one.");
		return true;
	case ACTION_PREVIOUS_MARK:
		go(app, packet_set_before(&app->marked, app->selected),
		   "No marked packet before this one.");
		return true;
	case ACTION_NAME_PLACE:
	case ACTION_GO_TO_PLACE:
		app->naming = action;
		app_message(app, MESSAGE_NOTE,
			    action == ACTION_NAME_PLACE ? "A letter names this packet…"
							: "The letter of the packet to go to…");
		return true;
	case ACTION_COMMENT:
		app_ask_comment(app);
		return true;
	case ACTION_REFERENCE:
		toggle_reference(app);
		return true;
	default:
		return false;
	}
}

static void name_place(struct app *app, uint32_t *place, char letter)
{
	uint32_t packet = app->stream.open ? stream_face(app)->packet(app) : app->selected;

	if (!packet) {
		app_message(app, MESSAGE_NOTE, "No packet is selected here.");
		return;
	}
	*place = packet;
	app_message(app, MESSAGE_NOTE, "'%c comes back to packet %u.", letter, packet);
}

bool app_take_name(struct app *app, uint32_t key)
{
	enum action action = app->naming;

	app->naming = ACTION_NONE;
	if (action == ACTION_NONE)
		return false;
	app->message[0] = '\0';
	if (key == '\'' && action == ACTION_GO_TO_PLACE)
		app_act(app, ACTION_BACK, 0);
	if (key > 'z' || !islower((int)key))
		return true;
	uint32_t *place = &app->named[key - 'a'];

	if (action == ACTION_GO_TO_PLACE && app->stream.open && *place)
		stream_go(app, *place);
	else if (action == ACTION_GO_TO_PLACE)
		go(app, *place, "No packet has this letter.");
	else
		name_place(app, place, (char)key);
	return true;
}

void app_forget_marks(struct app *app)
{
	packet_set_free(&app->marked);
	packet_set_free(&app->references);
	packet_set_free(&app->ignored);
	packet_set_free(&app->offered_ignored);
	comments_free(app->comments);
	app->comments = NULL;
	for (unsigned i = 0; i < NAMES; i++)
		app->named[i] = 0;
}
