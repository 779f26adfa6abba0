/* app_copy.c - copies what is selected to the terminal's clipboard, by OSC 52, which reaches it
 * over ssh too. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "dissect/registry.h"
#include "dissect/value_text.h"
#include "ui/app.h"
#include "ui/field_filter.h"
#include "ui/quantity.h"

enum { COPY_LIMIT = 75000, LINE = 4096 };

static void copy_row(struct app *app, FILE *out)
{
	struct list_row words;
	uint32_t row = app_selected_row(app);

	if (row == UINT32_MAX || !app_read_row(app, row, &words))
		return;
	const struct summary *s = &words.summary;

	fprintf(out, "%s %s %s → %s %s %s %s", s->number, s->time, s->source, s->destination,
		s->protocol, s->length, s->info);
}

static void copy_tree(const struct dissection *d, node_id from, uint32_t count, FILE *out)
{
	char text[LINE];

	for (node_id i = from; i < from + count; i++) {
		const struct node *n = &d->nodes[i];

		if (n->flags & NODE_HIDDEN)
			continue;
		node_text(d, n, text, sizeof text);
		fprintf(out, "%*s%s\n", 4 * (n->depth - d->nodes[from].depth), "", text);
	}
}

/* The selected field's bytes; all, if it has none. */
static const uint8_t *bytes_at(const struct packet_focus *focus, uint32_t *length)
{
	const struct node *n = focus_node(focus);
	const struct buffer *buffer = &focus->d->buffers[n ? n->source : focus->buffer];

	*length = buffer->length;
	if (!n || !n->length || n->start > buffer->length)
		return buffer->bytes;
	*length = n->length < buffer->length - n->start ? n->length : buffer->length - n->start;
	return buffer->bytes + n->start;
}

static void copy_bytes(const struct packet_focus *focus, enum action action, FILE *out)
{
	uint32_t length;
	const uint8_t *bytes = bytes_at(focus, &length);
	char line[200];

	for (uint32_t i = 0; bytes && i < length; i++) {
		if (action == ACTION_COPY_HEX)
			fprintf(out, "%02x", bytes[i]);
		else if (action == ACTION_COPY_C)
			fprintf(out, "%s0x%02x", !i ? "{ " : i % 12 ? ", " : ",\n  ", bytes[i]);
		else if (action == ACTION_COPY_TEXT)
			putc(bytes[i] == '\n' || (bytes[i] >= 0x20 && bytes[i] < 0x7f) ? bytes[i]
										       : '.',
			     out);
		else if (i % 16 == 0)
			fwrite(line, 1,
			       hex_line(line, sizeof line, bytes + i, i,
					length - i < 16 ? length - i : 16),
			       out),
				putc('\n', out);
	}
	if (action == ACTION_COPY_C)
		fputs(" }", out);
}

static void copy_field(struct app *app, enum action action, FILE *out)
{
	const struct node *n = focus_node(&app->packet);
	struct dissection *d = app->packet.d;
	char text[FIELD_FILTER_ROOM];

	if (!n)
		return;
	switch (action) {
	case ACTION_COPY_VALUE:
		fputs(value_text(d, n), out);
		return;
	case ACTION_COPY_NAME:
		fputs(registry_field(n->field)->abbrev, out);
		return;
	case ACTION_COPY_FILTER:
		field_filter(d, n, text);
		fputs(text, out);
		return;
	default:
		copy_tree(d, app->packet.node, n->span, out);
		return;
	}
}

static const struct {
	enum action action;
	const char *what;
} copies[] = {
	{ ACTION_COPY_ROW, "the row" },
	{ ACTION_COPY_VALUE, "the value" },
	{ ACTION_COPY_NAME, "the name" },
	{ ACTION_COPY_FILTER, "the filter" },
	{ ACTION_COPY_SUBTREE, "the subtree" },
	{ ACTION_COPY_TREE, "the details" },
	{ ACTION_COPY_HEX, "bytes as hexadecimal digits" },
	{ ACTION_COPY_DUMP, "a hex dump" },
	{ ACTION_COPY_TEXT, "bytes as text" },
	{ ACTION_COPY_C, "bytes as a C array" },
};

static void make_copy(struct app *app, enum action action, FILE *out)
{
	switch (action) {
	case ACTION_COPY_ROW:
		copy_row(app, out);
		return;
	case ACTION_COPY_TREE:
		copy_tree(app->packet.d, 0, app->packet.d->node_count, out);
		return;
	case ACTION_COPY_HEX:
	case ACTION_COPY_DUMP:
	case ACTION_COPY_TEXT:
	case ACTION_COPY_C:
		copy_bytes(&app->packet, action, out);
		return;
	default:
		copy_field(app, action, out);
		return;
	}
}

bool app_act_on_copy(struct app *app, enum action action)
{
	unsigned i = 0, count = sizeof copies / sizeof copies[0];
	char bytes[QUANTITY_ROOM], *text = NULL;
	size_t size = 0;

	while (i < count && copies[i].action != action)
		i++;
	if (i == count || !app->packet.d)
		return false;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		return true;
	make_copy(app, action, out);
	if (fclose(out) || !size) {
		app_message(app, MESSAGE_NOTE, "There is nothing to copy here.");
		free(text);
	} else if (size > COPY_LIMIT) {
		app_message(app, MESSAGE_WARNING,
			    "Too large for the terminal's clipboard (%s): nothing was copied.",
			    bytes_text(size, bytes));
		free(text);
	} else {
		free(app->copied);
		app->copied = text;
		app->copy_pending = true;
		app_message(app, MESSAGE_NOTE, "Sent %s (%s) to the terminal's clipboard.",
			    copies[i].what, bytes_text(size, bytes));
	}
	return true;
}
