/* plain.c - what is drawn for the eye, as sentences for the ear. */
#include "ui/plain.h"

#include <stdio.h>
#include <string.h>

#include "print/ladder_text.h"
#include "stream_faces.h"
#include "ui/app_rows.h"

void plain_packet(struct app *app, char *text, size_t room)
{
	uint32_t row = app_selected_row(app);
	struct list_row words;

	text[0] = '\0';
	if (row == UINT32_MAX || !app_read_row(app, row, &words))
		return;
	const struct summary *s = &words.summary;

	snprintf(text, room, "Packet %s of %u, %s%s%s from %s to %s, %s bytes: %s", s->number,
		 app->packet_count, words.marked ? "marked, " : "",
		 words.has_comment ? "with a comment, " : "", s->protocol, s->source,
		 s->destination, s->length, s->info);
}

static const char *side_name(enum ladder_side side)
{
	return side == LADDER_CLIENT ? "client" : "server";
}

/* "FIN, ACK" */
static void put_flags(uint16_t flags, char *text, size_t room)
{
	char words[40];
	size_t used = 0;

	ladder_flags_text(flags, words);
	for (const char *p = words; *p && used + 3 < room; p++) {
		if (*p == ' ')
			text[used++] = ',';
		text[used++] = *p;
	}
	text[used] = '\0';
}

static void put_segment(const struct app *app, const struct ladder_segment *s, char *text,
			size_t room)
{
	const struct ladder *ladder = app->stream.ladder;
	bool absolute = app->stream.absolute;
	char flags[80], length[40] = "", acknowledged[40] = "";

	if (ladder->protocol != STREAM_TCP) {
		snprintf(text, room, "%u bytes", s->length);
		return;
	}
	put_flags(s->flags, flags, sizeof flags);
	if (s->length)
		snprintf(length, sizeof length, ", %u bytes", s->length);
	if (s->flags & TCP_BIT_ACK)
		snprintf(acknowledged, sizeof acknowledged, ", acknowledges %u",
			 ladder_sequence(ladder, !s->from_opener, s->acknowledgment, absolute));
	snprintf(text, room, "%s, sequence %u%s%s", flags,
		 ladder_sequence(ladder, s->from_opener, s->sequence, absolute), length,
		 acknowledged);
}

void plain_ladder_row(const struct app *app, uint32_t n, const struct ladder_line *line, char *text,
		      size_t room)
{
	const struct ladder *ladder = app->stream.ladder;
	const struct ladder_row *row = &ladder->rows[n];
	const struct ladder_segment *s = &ladder->segments[row->segment];
	enum ladder_side from = ladder_side(ladder, s->from_opener);
	const char *note = line->text[LADDER_NOTE];
	char what[200];

	switch (row->kind) {
	case ROW_SEGMENT:
		put_segment(app, s, what, sizeof what);
		snprintf(text, room, "#%u %s to %s: %s%s%s", s->packet, side_name(from),
			 side_name(!from), what, *note ? "; " : "", note);
		return;
	case ROW_RUN:
	case ROW_TROUBLE:
		snprintf(text, room, "#%u to #%u, %s first: %s%s%s", s->packet,
			 ladder->segments[row->segment + row->count - 1].packet, side_name(from),
			 line->label, *note ? "; " : "", note);
		return;
	case ROW_SECTION:
		snprintf(text, room, "Part: %s", line->label);
		return;
	default:
		snprintf(text, room, "%s", line->label);
		return;
	}
}
