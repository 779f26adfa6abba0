/* explain_view.c - the selected field and packet in plain sentences: facts only. */
#include "ui/explain.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/time.h"
#include "dissect/registry.h"
#include "dissect/value_text.h"
#include "state/conversation.h"
#include "state/learned.h"
#include "ui/app_columns.h"
#include "ui/app_rows.h"

static bool has_value(const struct field *field)
{
	return field->type != FIELD_PROTOCOL && field->type != FIELD_NONE;
}

static size_t put_place(const struct node *n, const struct field *field, char *text, size_t room)
{
	if (field->mask && n->length)
		return (size_t)snprintf(text, room, "%d %s at byte %u, mask 0x%0*" PRIx64,
					__builtin_popcountll(field->mask),
					__builtin_popcountll(field->mask) == 1 ? "bit" : "bits",
					n->start, (int)(2 * n->length), field->mask);
	if (n->length)
		return (size_t)snprintf(text, room, "%u %s at byte %u", n->length,
					n->length == 1 ? "byte" : "bytes", n->start);
	return (size_t)snprintf(text, room, "%s",
				n->flags & NODE_GENERATED ? "found out, not in the packet"
							  : "no bytes");
}

void explain_field(struct packet_focus *focus, char *text, size_t room)
{
	const struct node *n = focus_node(focus);
	char place[100];

	text[0] = 0;
	if (!n)
		return;
	const struct field *field = registry_field(n->field);

	put_place(n, field, place, sizeof place);
	const char *quote = field->type == FIELD_TEXT ? "\"" : "";

	if (has_value(field))
		snprintf(text, room, "%s == %s%s%s   %s%s%s", field->abbrev, quote,
			 value_text(focus->d, n), quote, place, field->help ? "   " : "",
			 field->help ? field->help : "");
	else
		snprintf(text, room, "%s   %s%s%s", field->abbrev, place, field->help ? "   " : "",
			 field->help ? field->help : "");
}

/* Whole words to a line; returns the line after the last. */
static int draw_words(struct canvas *canvas, int line, enum style style, const char *text)
{
	int columns = canvas->area.columns - 2;

	while (*text && columns > 4) {
		struct text_line part = text_line_of(text, columns);

		canvas_text(canvas, line++, 1, columns, style, part.text);
		text = part.rest;
	}
	return line;
}

static int draw_field(struct packet_focus *focus, struct canvas *canvas, int line)
{
	const struct node *n = focus_node(focus);
	char text[600], place[100];

	if (!n)
		return line;
	const struct field *field = registry_field(n->field);

	canvas_text(canvas, line++, 1, -1, STYLE_PROTOCOL, field->name);
	if (has_value(field)) {
		snprintf(text, sizeof text, "%s == %.400s", field->abbrev, value_text(focus->d, n));
		line = draw_words(canvas, line, STYLE_STATUS, text);
	} else {
		line = draw_words(canvas, line, STYLE_STATUS, field->abbrev);
	}
	put_place(n, field, place, sizeof place);
	line = draw_words(canvas, line, STYLE_DIM, place);
	if (field->help)
		line = draw_words(canvas, line, STYLE_STATUS, field->help);
	return line + 1;
}

static int draw_conversation(struct app *app, struct canvas *canvas, int line)
{
	const struct conversation *talk = app->packet.d->conversation;
	uint32_t before = app_previous_in_conversation(app, app->selected);
	char text[200];

	if (!talk)
		return line;
	snprintf(text, sizeof text, "Conversation since #%u", talk->first_packet);
	canvas_text(canvas, line++, 1, -1, STYLE_PROTOCOL, text);
	if (before) {
		int64_t gap = time_between(session_packet_time(app->session, before),
					   session_packet_time(app->session, app->selected));

		snprintf(text, sizeof text, "%.6f s after #%u, the one before in it",
			 (double)gap / 1e9, before);
		line = draw_words(canvas, line, STYLE_STATUS, text);
	}
	return line + 1;
}

/* The packets that this one names, as the fields that name them are called. */
static int draw_links(struct app *app, struct canvas *canvas, int line)
{
	const struct dissection *d = app->packet.d;
	char text[200];

	for (node_id i = 0; i < d->node_count && line < canvas->area.rows; i++) {
		const struct field *field = registry_field(d->nodes[i].field);

		if (field->type != FIELD_FRAME || d->nodes[i].flags & NODE_HIDDEN)
			continue;
		if (d->nodes[i].value.number == app->selected)
			continue;
		snprintf(text, sizeof text, "%.150s: #%u", field->name,
			 (uint32_t)d->nodes[i].value.number);
		line = draw_words(canvas, line, STYLE_STATUS, text);
	}
	return line;
}

static int draw_acknowledgment(struct app *app, struct canvas *canvas, int line)
{
	char text[120];

	if (!app->acknowledged_by || line >= canvas->area.rows)
		return line;
	int64_t gap = time_between(session_packet_time(app->session, app->selected),
				   session_packet_time(app->session, app->acknowledged_by));

	snprintf(text, sizeof text, "Acknowledged by #%u after %.6f s", app->acknowledged_by,
		 (double)gap / 1e9);
	return draw_words(canvas, line, STYLE_STATUS, text);
}

static void draw(struct view *view, struct app *app, struct canvas *canvas)
{
	int line = 1;

	draw_pane_title(view, canvas, "Explain", "");
	if (!app->packet.d)
		return;
	line = draw_field(&app->packet, canvas, line);
	line = draw_conversation(app, canvas, line);
	line = draw_links(app, canvas, line);
	line = draw_acknowledgment(app, canvas, line);
	if (app->user.colours && *app_rule_name(app))
		canvas_printf(canvas, line + 1, 1, -1, STYLE_DIM, "[Coloring Rule Name: %s]",
			      app_rule_name(app));
}

const struct view_class explain_view = { .name = "explain", .draw = draw };
