/* find_words.c - what is looked for, in the words of rows, in those of details and in bytes; and
 * where it is on the screen. */
#include <ctype.h>
#include <string.h>

#include "dissect/value_text.h"
#include "ui/app.h"
#include "ui/app_rows.h"

enum { WORDS_ROOM = 1024 };

bool find_has_capital(const char *text)
{
	for (; *text; text++)
		if (isupper((unsigned char)*text))
			return true;
	return false;
}

/* Small letters stand for large ones too, as long as all are small. */
static bool has(const char *text, const char *needle)
{
	return find_has_capital(needle) ? strstr(text, needle) : strcasestr(text, needle);
}

static bool row_has(struct app *app, uint32_t row, const char *needle)
{
	struct list_row words;

	if (!app_read_row(app, row, &words))
		return false;
	const char *parts[] = { words.summary.source, words.summary.destination,
				words.summary.protocol, words.summary.info };

	for (unsigned i = 0; i < sizeof parts / sizeof parts[0]; i++)
		if (has(parts[i], needle))
			return true;
	return false;
}

/* The first node whose words have it; NO_NODE: none. */
static node_id node_with(const struct dissection *d, const char *needle)
{
	char text[WORDS_ROOM];

	for (node_id i = 0; i < d->node_count; i++) {
		if (d->nodes[i].flags & NODE_HIDDEN)
			continue;
		node_text(d, &d->nodes[i], text, sizeof text);
		if (has(text, needle))
			return i;
	}
	return NO_NODE;
}

/* Rows want less of a packet than its details do. */
static bool details_have(struct app *app, uint32_t row, const char *needle)
{
	struct dissection *d = &app->list_port.d;
	const uint8_t *of_rows = d->wanted_fields;

	d->wanted_fields = NULL;
	bool found = view_port_dissect(&app->list_port, app_packet_in_row(app, row),
				       WANT_FIELDS | WANT_LABELS) &&
		     node_with(d, needle) != NO_NODE;
	d->wanted_fields = of_rows;
	return found;
}

bool find_in_row(struct app *app, uint32_t row)
{
	const struct packet_find *find = &app->find;

	return find->kind == FIND_DETAILS ? details_have(app, row, find->text)
					  : row_has(app, row, find->text);
}

/* --- inside the packet that was found --- */

static bool is_same(uint8_t a, uint8_t b, bool exactly)
{
	return exactly ? a == b : tolower(a) == tolower(b);
}

/* Where n bytes begin; UINT32_MAX: nowhere. */
static uint32_t place_of(const struct buffer *in, const uint8_t *bytes, uint32_t n, bool exactly)
{
	for (uint32_t at = 0; n && n <= in->length && at <= in->length - n; at++) {
		uint32_t same = 0;

		while (same < n && is_same(in->bytes[at + same], bytes[same], exactly))
			same++;
		if (same == n)
			return at;
	}
	return UINT32_MAX;
}

static uint32_t bytes_of_hex(const char *text, uint8_t *bytes, uint32_t room)
{
	static const char digits[] = "0123456789abcdef";
	uint32_t n = 0;

	for (; *text && n < 2 * room; text++) {
		const char *digit = strchr(digits, tolower((unsigned char)*text));

		if (!digit)
			continue;
		bytes[n / 2] = (uint8_t)(bytes[n / 2] << 4 | (uint8_t)(digit - digits));
		n++;
	}
	return n / 2;
}

void find_show_place(struct app *app)
{
	const struct packet_find *find = &app->find;
	struct packet_focus *focus = &app->packet;
	uint8_t bytes[LINE_ROOM] = { 0 };
	uint32_t at = UINT32_MAX;
	node_id node;

	if (!focus->d || !focus->d->buffer_count)
		return;
	if (find->kind == FIND_DETAILS) {
		node = node_with(focus->d, find->text);
		if (node != NO_NODE)
			focus_select_node(focus, node);
	} else if (find->kind == FIND_TEXT) {
		at = place_of(&focus->d->buffers[0], (const uint8_t *)find->text,
			      (uint32_t)strlen(find->text), find_has_capital(find->text));
	} else if (find->kind == FIND_HEX) {
		uint32_t n = bytes_of_hex(find->text, bytes, sizeof bytes);

		at = place_of(&focus->d->buffers[0], bytes, n, true);
	}
	if (at != UINT32_MAX)
		focus_select_byte(focus, 0, at);
}

/* --- on the screen --- */

const char *find_marked(const struct app *app, enum find_kind kind)
{
	if (app->prompt == PROMPT_FIND_PACKET)
		return app->find.kind == kind ? app->line.text : "";
	return app->find.kind == kind && app->find.marks ? app->find.text : "";
}

void find_mark_hits(const struct app *app, enum find_kind kind, struct canvas *canvas, int row)
{
	const char *needle = find_marked(app, kind);

	if (*needle)
		canvas_mark(canvas, row, needle, find_has_capital(needle), STYLE_HIT);
}
