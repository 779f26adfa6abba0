/* app_find.c - finds packets.  All kinds but one are filters, which run behind the screen over the
 * whole capture; the words of rows and details are looked at in short steps, from the selected one
 * on. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/app.h"
#include "ui/app_filter.h"
#include "ui/app_marks.h"
#include "ui/app_rows.h"
#include "ui/field_filter.h"
#include "ui/quantity.h"

enum { ROWS_AT_ONCE = 16 };

static const int64_t STEP = INT64_C(4000000);

/* --- what is looked for --- */

/* In the quotes of a filter; `literal`: what means something in a regular expression does not. */
static size_t put_quoted(char *out, size_t room, const char *text, bool literal)
{
	size_t used = 0;

	for (; *text && used + 6 < room; text++) {
		if (literal && strchr(".^$*+?()[]{}|\\/", *text)) {
			memcpy(out + used, "\\\\", 2);
			used += 2;
		}
		if (*text == '"' || *text == '\\')
			out[used++] = '\\';
		out[used++] = *text;
	}
	out[used] = '\0';
	return used;
}

/* Any spelling of bytes: 0d0a, 0d:0a, 0d 0a. */
static bool put_hex(char *out, size_t room, const char *text)
{
	size_t used = 0, digits = 0;

	for (; *text && used + 4 < room; text++) {
		if (strchr(" :.-", *text))
			continue;
		if (!isxdigit((unsigned char)*text))
			return false;
		if (digits && digits % 2 == 0)
			out[used++] = ':';
		out[used++] = *text;
		digits++;
	}
	out[used] = '\0';
	return digits && digits % 2 == 0;
}

bool find_is_by_rows(enum find_kind kind)
{
	return kind == FIND_WORDS || kind == FIND_DETAILS;
}

bool find_filter(enum find_kind kind, const char *text, char filter[2 * LINE_ROOM])
{
	const size_t room = 2 * LINE_ROOM;
	size_t used;

	switch (kind) {
	case FIND_TEXT:
	case FIND_REGEX:
		/* Small letters stand for large ones too, as long as all are small. */
		used = (size_t)snprintf(filter, room, "frame matches \"%s",
					find_has_capital(text) ? "(?-i)" : "");
		used += put_quoted(filter + used, room - used - 2, text, kind == FIND_TEXT);
		snprintf(filter + used, room - used, "\"");
		return true;
	case FIND_HEX:
		used = (size_t)snprintf(filter, room, "frame contains ");
		return put_hex(filter + used, room - used, text);
	default:
		snprintf(filter, room, "%s", text);
		return true;
	}
}

/* --- looking --- */

static void tell_found(struct app *app, uint32_t packet)
{
	struct packet_find *find = &app->find;
	const char *wrapped = !find->wrapped	? ""
			      : find->backwards ? "   wrapped to the end"
						: "   wrapped to the top";
	struct filter_food food = app_filter_food(app);
	char hit[QUANTITY_ROOM], hits[QUANTITY_ROOM];

	find->looking = false;
	app_go_to(app, packet);
	find_show_place(app);
	if (find->filter.run)
		app_message(app, MESSAGE_NOTE, "\"%s\": hit %s of %s%s%s", find->text,
			    count_text(filter_run_row(find->filter.run, packet) + 1, hit),
			    count_text(find->filter.progress.passed, hits),
			    packet_filter_is_done(&find->filter, &food) ? "" : " so far", wrapped);
	else
		app_message(app, MESSAGE_NOTE, "\"%s\": packet %u%s", find->text, packet, wrapped);
}

static void tell_none(struct app *app)
{
	char count[QUANTITY_ROOM];

	app->find.looking = false;
	app_message(app, MESSAGE_NOTE, "No match for \"%s\" in %s packets (%.1f s).",
		    app->find.text, count_text(app_row_count(app), count),
		    (double)(app->now - app->find.since) / 1e9);
}

/* The hit after a packet, or before it, that is shown; 0: not known, or none. */
static uint32_t hit_from(const struct app *app, uint32_t packet)
{
	const struct packet_find *find = &app->find;
	const struct filter_run *run = find->filter.run;

	do {
		uint32_t row = filter_run_row(run, packet);

		if (!find->backwards)
			packet = filter_run_next(run, packet);
		else if (find->filter.progress.tested + 1 < packet)
			return 0;
		else
			packet = row ? filter_run_packet(run, row - 1) : 0;
	} while (packet && app_row_of_packet(app, packet) == UINT32_MAX);
	return packet;
}

static void look_in_filter(struct app *app)
{
	struct packet_find *find = &app->find;
	struct filter_food food = app_filter_food(app);
	uint32_t hit = hit_from(app, find->from);

	food.complete = true;
	if (hit) {
		tell_found(app, hit);
		return;
	}
	if (!packet_filter_is_done(&find->filter, &food))
		return;
	find->wrapped = true;
	hit = hit_from(app, find->backwards ? app->packet_count + 1 : 0);
	if (hit)
		tell_found(app, hit);
	else
		tell_none(app);
}

static void look_at_rows(struct app *app)
{
	struct packet_find *find = &app->find;
	uint32_t rows = app_row_count(app), start = app_row_of_packet(app, find->from);
	int64_t end = app_clock() + STEP;

	start = start < rows ? start : 0;
	for (unsigned n = 0; n % ROWS_AT_ONCE || app_clock() < end; n++) {
		uint32_t row = find->row;

		if (row >= rows)
			row = find->backwards ? rows - 1 : 0;
		find->wrapped |= find->backwards ? row > start : row < start;
		find->looked++;
		if (find_in_row(app, row)) {
			tell_found(app, app_packet_in_row(app, row));
			return;
		}
		if (row == start) {
			tell_none(app);
			return;
		}
		find->row = find->backwards ? row - 1 : row + 1;
	}
}

bool app_is_finding(const struct app *app)
{
	return app->find.looking;
}

void app_find_packet_more(struct app *app)
{
	if (!app->find.looking)
		return;
	app->dirty = true;
	if (find_is_by_rows(app->find.kind))
		look_at_rows(app);
	else
		look_in_filter(app);
}

void app_find_again(struct app *app, bool backwards)
{
	struct packet_find *find = &app->find;
	uint32_t row = app_selected_row(app);

	if (!app_row_count(app))
		return;
	find->looking = find->marks = true;
	find->backwards = backwards;
	find->wrapped = false;
	find->from = app->selected;
	find->row = row == UINT32_MAX ? 0 : backwards ? row - 1 : row + 1;
	find->since = app->now;
	find->looked = 0;
	app_find_packet_more(app);
}

bool app_find_packet(struct app *app, enum find_kind kind, const char *text)
{
	struct packet_find *find = &app->find;
	struct filter_error error = { 0 };
	struct filter_food food = app_filter_food(app);
	char filter[2 * LINE_ROOM];

	app_find_end(app);
	find->kind = kind;
	if (!find_is_by_rows(kind) && !find_filter(kind, text, filter)) {
		app_message(app, MESSAGE_WARNING,
			    "\"%s\" is not bytes in hexadecimal, such as 0d0a.", text);
		return false;
	}
	if (!find_is_by_rows(kind) &&
	    !packet_filter_start(&find->filter, app->session, filter, app->packet.d,
				 app->user.macros, &error)) {
		app_message(app, MESSAGE_WARNING, "%s", error.message);
		free(error.text);
		return false;
	}
	snprintf(find->text, sizeof find->text, "%s", text);
	packet_filter_feed(&find->filter, &food);
	app_find_again(app, false);
	return true;
}

void app_find_end(struct app *app)
{
	packet_filter_end(&app->find.filter);
	app->find.looking = false;
	app->find.text[0] = '\0';
}

static void find_value(struct app *app)
{
	const struct node *n = focus_node(&app->packet);
	char text[FIELD_FILTER_ROOM];

	if (!n)
		return;
	field_filter(app->packet.d, n, text);
	app_find_packet(app, FIND_FILTER, text);
}

bool app_act_on_find(struct app *app, enum action action)
{
	switch (action) {
	case ACTION_FIND_PACKET:
		app_ask(app, PROMPT_FIND_PACKET, app->find.text);
		return true;
	case ACTION_FIND_VALUE:
		find_value(app);
		return true;
	case ACTION_NEXT_MATCH:
	case ACTION_PREVIOUS_MATCH:
		if (app->find.text[0]) {
			app_find_again(app, action == ACTION_PREVIOUS_MATCH);
			return true;
		}
		app_act(app,
			action == ACTION_NEXT_MATCH ? ACTION_NEXT_IN_CONVERSATION
						    : ACTION_PREVIOUS_IN_CONVERSATION,
			0);
		if (!app->message[0])
			app_message(app, MESSAGE_NOTE,
				    "In the conversation, as nothing was looked for yet.");
		return true;
	default:
		return false;
	}
}
