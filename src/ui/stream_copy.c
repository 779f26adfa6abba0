/* stream_copy.c - what is sent to the clipboard from a stream: the line of the cursor, bytes of its
 * segment or turn, or what the sides shown said. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dissect/registry.h"
#include "session/stream_list.h"
#include "stream_faces.h"
#include "ui/copy.h"
#include "ui/quantity.h"

enum { READ_BYTES = 1 << 16, WHAT_ROOM = 120 };

/* What is being made. */
struct making {
	struct app *app;
	enum action action;
	char what[WHAT_ROOM];
	uint64_t missing;
	bool too_much;
};

/* Bytes are gathered first, as a dump counts them from 0. */
static void put_all(struct making *making, uint8_t *bytes, size_t length, FILE *out)
{
	copy_put_bytes(making->action, bytes, (uint32_t)length, out);
	free(bytes);
}

static void gather_turn(struct making *making, const struct follow_turn *turn, FILE *bytes)
{
	struct follow *follow = making->app->stream.follow;
	uint8_t some[READ_BYTES];
	uint32_t at = 0;

	while (at < turn->length) {
		uint32_t n = follow_read(follow, turn, at, some, sizeof some), into;

		if (n) {
			fwrite(some, 1, n, bytes);
		} else {
			const struct follow_piece *piece = follow_piece_at(follow, turn, at, &into);

			n = piece ? piece->length - into : turn->length - at;
			making->missing += n;
		}
		at += n;
	}
}

/* The payload of one segment, as its packet has it. */
static void gather_segment(struct making *making, uint32_t packet, FILE *bytes)
{
	struct stream_screen *stream = &making->app->stream;
	const struct dissection *d = &stream->port.d;
	int field = registry_field_named(stream->ladder->protocol == STREAM_TCP ? "tcp.payload"
										: "udp.payload");

	if (!view_port_dissect(&stream->port, packet, WANT_FIELDS))
		return;
	for (node_id i = 0; i < d->node_count; i++) {
		const struct node *n = &d->nodes[i];

		const struct buffer *buffer = &d->buffers[n->source];

		if (n->field != field || n->start > buffer->length)
			continue;
		/* The capture may have cut it. */
		fwrite(buffer->bytes + n->start, 1,
		       n->length < buffer->length - n->start ? n->length
							     : buffer->length - n->start,
		       bytes);
		return;
	}
}

/* The data of a row: of one segment, or of a run what its sender says. */
static void gather_row(struct making *making, FILE *bytes)
{
	struct stream_screen *stream = &making->app->stream;
	const struct ladder *ladder = stream->ladder;
	const struct ladder_row *row = &ladder->rows[stream->row];
	uint32_t count = ladder_row_opens(row) ? row->count : row->kind == ROW_SEGMENT;
	const struct ladder_segment *first = NULL;
	uint64_t sum = 0;

	for (uint32_t i = row->segment; i < row->segment + count; i++) {
		const struct ladder_segment *s = &ladder->segments[i];

		if (!s->length || (first && s->from_opener != first->from_opener))
			continue;
		first = first ? first : s;
		sum += s->length;
		making->too_much = sum > COPY_MOST;
		if (making->too_much)
			break;
		gather_segment(making, s->packet, bytes);
	}
	snprintf(making->what, WHAT_ROOM, "the data of #%u%s",
		 ladder->segments[row->segment].packet, count > 1 ? " and what follows it" : "");
	/* Other packets were taken apart in the place of the one that is shown. */
	focus_on(&stream->focus, NULL);
	stream->shown = 0;
}

static const char *speaker(const struct stream_screen *stream, const struct follow_turn *turn)
{
	return ladder_side(stream->ladder, turn->side == FOLLOW_OPENER) == LADDER_CLIENT ? "client"
											 : "server";
}

static void gather_said(struct making *making, FILE *bytes)
{
	struct stream_screen *stream = &making->app->stream;
	unsigned sides = text_sides(stream);
	uint64_t sum = 0;

	for (unsigned side = 0; side < FOLLOW_SIDES; side++)
		if (sides >> side & 1)
			sum += follow_sum(stream->follow, side)->bytes;
	making->too_much = sum > COPY_MOST;
	for (uint32_t i = 0; !making->too_much && i < follow_turn_count(stream->follow); i++)
		if (sides >> follow_turn(stream->follow, i)->side & 1)
			gather_turn(making, follow_turn(stream->follow, i), bytes);
	snprintf(making->what, WHAT_ROOM, "what was said (%s)", sides_text(stream->sides));
}

static void gather_cursor(struct making *making, FILE *bytes)
{
	struct stream_screen *stream = &making->app->stream;
	uint32_t at = stream->pager.cursor.turn;

	if (!stream->pager.begun || at >= follow_turn_count(stream->follow) ||
	    stream->pager.cursor.kind == LINE_MARK)
		return;
	const struct follow_turn *turn = follow_turn(stream->follow, at);

	making->too_much = turn->length > COPY_MOST;
	if (!making->too_much)
		gather_turn(making, turn, bytes);
	snprintf(making->what, WHAT_ROOM, "the %s's turn", speaker(stream, turn));
}

static void make_bytes(struct making *making, FILE *out)
{
	const struct stream_screen *stream = &making->app->stream;
	char *gathered = NULL;
	size_t size = 0;
	FILE *bytes = open_memstream(&gathered, &size);

	if (!bytes)
		return;
	if (making->action == ACTION_COPY_SIDES)
		gather_said(making, bytes);
	else if (stream->face == FACE_TEXT)
		gather_cursor(making, bytes);
	else if (stream->face == FACE_LADDER && stream->row < stream->ladder->row_count)
		gather_row(making, bytes);
	if (fclose(bytes))
		size = 0;
	put_all(making, (uint8_t *)gathered, size, out);
}

static void make(struct making *making, FILE *out)
{
	struct app *app = making->app;
	bool tcp = app->stream.ladder->protocol == STREAM_TCP;

	switch (making->action) {
	case ACTION_COPY_ROW:
	case ACTION_COPY_VALUE:
		snprintf(making->what, WHAT_ROOM, "the line");
		if (stream_face(app)->copy)
			stream_face(app)->copy(app, making->action == ACTION_COPY_ROW, out);
		return;
	case ACTION_COPY_FILTER:
		snprintf(making->what, WHAT_ROOM, "the filter");
		fprintf(out, "%s.stream == %u", tcp ? "tcp" : "udp",
			app->stream.ladder->list.talk->stream);
		return;
	default:
		make_bytes(making, out);
		return;
	}
}

/* Until all is followed, there may be more. */
static bool is_ready(struct app *app, enum action action)
{
	bool of_text = action == ACTION_COPY_SIDES;

	if (of_text)
		text_begin(app);
	if (!of_text || !app->stream.pending)
		return true;
	app_message(app, MESSAGE_NOTE, "What was said is still being read: once more in a moment.");
	return false;
}

bool stream_copy(struct app *app, enum action action)
{
	struct making making = { .app = app, .action = action };
	char *text = NULL, most[QUANTITY_ROOM], key[KEYS_ROOM];
	size_t size = 0;

	if (action_table[action].group != GROUP_COPY)
		return false;
	FILE *out = is_ready(app, action) ? open_memstream(&text, &size) : NULL;

	if (!out)
		return true;
	make(&making, out);
	if (fclose(out))
		size = 0;
	if (making.too_much) {
		free(text);
		app_message(app, MESSAGE_WARNING,
			    "That is more than %s: %s saves what was said into a file.",
			    bytes_text(COPY_MOST, most),
			    key_of(&app->user.keys, ACTION_SAVE_STREAM, key));
		return true;
	}
	if (making.missing)
		snprintf(making.what + strlen(making.what), WHAT_ROOM - strlen(making.what),
			 ", without %s that the capture lacks", bytes_text(making.missing, most));
	copy_send(app, text, size, making.what);
	return true;
}
