/* app_copy.c - copies what is selected to the terminal's clipboard, by OSC 52, which reaches it
 * over ssh too. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/byte_text.h"
#include "base/text.h"
#include "base/user_file.h"
#include "dissect/registry.h"
#include "dissect/value_text.h"
#include "print/packet_format.h"
#include "ui/app.h"
#include "ui/app_rows.h"
#include "ui/app_save.h"
#include "ui/copy.h"
#include "ui/field_filter.h"
#include "ui/quantity.h"

/* So many rows are worded in a tenth of a second; more are for saving. */
enum { ROWS_LIMIT = 10000 };

enum { COPY_LIMIT = 75000, LINE = 4096, BASE64_PIECE = 3 * 1024 };

static const char too_large[] = "clipboard";

static void copy_row(struct app *app, uint32_t row, FILE *out)
{
	struct list_row words;

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

/* Those that are chosen, or the selected field's; all, if it has none. */
static const uint8_t *bytes_at(const struct app *app, uint32_t *length)
{
	const struct packet_focus *focus = &app->packet;
	const struct node *n = focus_node(focus);
	uint32_t first, last;

	if (app_range_of_bytes(app, &first, &last)) {
		*length = last - first + 1;
		return focus->d->buffers[focus->buffer].bytes + first;
	}
	const struct buffer *buffer = &focus->d->buffers[n ? n->source : focus->buffer];

	*length = buffer->length;
	if (!n || !n->length || n->start > buffer->length)
		return buffer->bytes;
	*length = n->length < buffer->length - n->start ? n->length : buffer->length - n->start;
	return buffer->bytes + n->start;
}

static void put_digits(const uint8_t *bytes, uint32_t length, FILE *out)
{
	for (uint32_t i = 0; i < length; i++)
		fprintf(out, "%02x", bytes[i]);
}

static void put_c(const uint8_t *bytes, uint32_t length, FILE *out)
{
	for (uint32_t i = 0; i < length; i++)
		fprintf(out, "%s0x%02x", !i ? "{ " : i % 12 ? ", " : ",\n  ", bytes[i]);
	fputs(" }", out);
}

/* Lines as text has them; what controls a terminal is a dot. */
static void put_plain(const uint8_t *bytes, uint32_t length, FILE *out)
{
	for (uint32_t i = 0; i < length; i++) {
		bool ends_line = bytes[i] == '\r' && i + 1 < length && bytes[i + 1] == '\n';
		bool is_text = bytes[i] == '\n' || bytes[i] == '\t' ||
			       (bytes[i] >= 0x20 && bytes[i] < 0x7f);

		if (!ends_line)
			putc(is_text ? bytes[i] : '.', out);
	}
}

static void put_dump(const uint8_t *bytes, uint32_t length, FILE *out)
{
	char line[200];

	for (uint32_t i = 0; i < length; i += 16) {
		uint32_t n = length - i < 16 ? length - i : 16;

		fwrite(line, 1, hex_line(line, sizeof line, bytes + i, i, n), out);
		putc('\n', out);
	}
}

static void put_base64(const uint8_t *bytes, uint32_t length, FILE *out)
{
	char text[4 * BASE64_PIECE / 3];

	for (uint32_t i = 0; i < length; i += BASE64_PIECE) {
		uint32_t n = length - i < BASE64_PIECE ? length - i : BASE64_PIECE;

		fwrite(text, 1, (size_t)(base64_put(text, bytes + i, n) - text), out);
	}
}

void copy_put_bytes(enum action action, const uint8_t *bytes, uint32_t length, FILE *out)
{
	if (!bytes || !length)
		return;
	switch (action) {
	case ACTION_COPY_HEX:
		put_digits(bytes, length, out);
		return;
	case ACTION_COPY_C:
		put_c(bytes, length, out);
		return;
	case ACTION_COPY_BASE64:
		put_base64(bytes, length, out);
		return;
	case ACTION_COPY_DUMP:
		put_dump(bytes, length, out);
		return;
	default:
		put_plain(bytes, length, out);
		return;
	}
}

static void copy_json(struct app *app, FILE *out)
{
	struct packet_output json = { .out = out,
				      .format = packet_format_named("json"),
				      .path = capture_file_path(session_file(app->session)) };

	packet_output_begin(&json);
	packet_output_packet(&json, app->packet.d, NULL);
	packet_output_end(&json);
}

static void copy_range(struct app *app, FILE *out)
{
	const uint8_t *bytes;
	uint32_t first, last, length;

	if (app_range_of_rows(app, &first, &last)) {
		for (uint32_t row = first; row <= last; row++) {
			copy_row(app, row, out);
			putc('\n', out);
		}
	} else if (app_range_of_bytes(app, &first, &last)) {
		bytes = bytes_at(app, &length);
		put_digits(bytes, length, out);
	}
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
	{ ACTION_COPY_BASE64, "bytes as Base64" },
	{ ACTION_COPY_JSON, "the packet as JSON" },
	{ ACTION_COPY_RANGE, "what was chosen" },
};

static void make_copy(struct app *app, enum action action, FILE *out)
{
	const uint8_t *bytes;
	uint32_t length;

	switch (action) {
	case ACTION_COPY_ROW:
		copy_row(app, app_selected_row(app), out);
		return;
	case ACTION_COPY_RANGE:
		copy_range(app, out);
		return;
	case ACTION_COPY_TREE:
		copy_tree(app->packet.d, 0, app->packet.d->node_count, out);
		return;
	case ACTION_COPY_JSON:
		copy_json(app, out);
		return;
	case ACTION_COPY_HEX:
	case ACTION_COPY_DUMP:
	case ACTION_COPY_TEXT:
	case ACTION_COPY_C:
	case ACTION_COPY_BASE64:
		bytes = bytes_at(app, &length);
		copy_put_bytes(action, bytes, length, out);
		return;
	default:
		copy_field(app, action, out);
		return;
	}
}

/* Where what no clipboard takes can be had. */
static void keep_in_file(struct app *app, const char *text, size_t size)
{
	char bytes[QUANTITY_ROOM], path[USER_PATH_ROOM];

	bytes_text(size, bytes);
	user_path(USER_STATE, too_large, path);
	if (app_keeps_files(app) && user_file_write(USER_STATE, too_large, text))
		app_message(app, MESSAGE_WARNING,
			    "Too large for the terminal's clipboard (%s): it is in %s", bytes,
			    path);
	else
		app_message(app, MESSAGE_WARNING,
			    "Too large for the terminal's clipboard (%s): nothing was copied.",
			    bytes);
}

void copy_send(struct app *app, char *text, size_t size, const char *what)
{
	char bytes[QUANTITY_ROOM];

	if (!size) {
		app_message(app, MESSAGE_NOTE, "There is nothing to copy here.");
		free(text);
	} else if (size > COPY_LIMIT) {
		keep_in_file(app, text, size);
		free(text);
	} else {
		free(app->user.copied);
		app->user.copied = text;
		app->copy_pending = true;
		app_message(app, MESSAGE_NOTE, "Sent %s (%s) to the terminal's clipboard.", what,
			    bytes_text(size, bytes));
	}
}

bool app_act_on_copy(struct app *app, enum action action)
{
	unsigned i = 0, count = sizeof copies / sizeof copies[0];
	char *text = NULL;
	size_t size = 0;

	while (i < count && copies[i].action != action)
		i++;
	if (i == count || !app->packet.d)
		return false;
	uint32_t first, last;

	if (action == ACTION_COPY_RANGE && app_range_of_rows(app, &first, &last) &&
	    last - first >= ROWS_LIMIT) {
		app_message(app, MESSAGE_WARNING,
			    "No more than %u rows are copied: mark them and save those marked.",
			    ROWS_LIMIT);
		return true;
	}
	FILE *out = open_memstream(&text, &size);

	if (!out)
		return true;
	make_copy(app, action, out);
	copy_send(app, text, fclose(out) ? 0 : size, copies[i].what);
	return true;
}
