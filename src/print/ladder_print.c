/* ladder_print.c - a whole ladder as text, as a Mermaid sequence diagram, and as CSV. */
#include <inttypes.h>
#include <string.h>

#include "base/glyph.h"
#include "base/number_text.h"
#include "base/span.h"
#include "base/text.h"
#include "base/time.h"
#include "print/ladder_text.h"

enum { LINE_ROOM = 2 * LADDER_TEXT_ROOM };

/* --- text --- */

static void write_text(const struct ladder_print *print, const char *text)
{
	if (!print->ascii) {
		fputs(text, print->out);
		return;
	}
	while (*text) {
		uint32_t code = glyph_next(&text);

		putc(code < 0x80 ? (int)code : glyph_ascii(code), print->out);
	}
}

static int blanks(const struct ladder_print *print, int from, int to)
{
	for (; from < to; from++)
		putc(' ', print->out);
	return to;
}

static bool stands_right(enum ladder_part part)
{
	return part == LADDER_NUMBER || part == LADDER_TIME || part == LADDER_DELTA ||
	       part == LADDER_WINDOW || part == LADDER_CLIENT_STATE;
}

static void put_line(const struct ladder_print *print, const struct ladder_layout *layout,
		     const struct ladder_line *line)
{
	int at = 0;

	for (enum ladder_part p = 0; p < LADDER_PARTS && !line->is_rule; p++) {
		const char *text = p == LADDER_ARROW ? line->arrow : line->text[p];
		int columns = text_columns(text);

		if (!layout->room[p] || !*text)
			continue;
		int start = layout->start[p];
		if (stands_right(p) && columns < layout->room[p])
			start += layout->room[p] - columns;
		at = blanks(print, at, start) + columns;
		write_text(print, text);
	}
	if (line->is_rule)
		write_text(print, line->arrow);
	putc('\n', print->out);
}

static void put_title(const struct ladder_print *print, const struct ladder *ladder)
{
	char client[END_TEXT_ROOM], server[END_TEXT_ROOM], span[SPAN_ROOM], line[LINE_ROOM];
	uint32_t count = ladder->segment_count;
	int64_t ns = count ? ladder_time(ladder, count - 1) - ladder_time(ladder, 0) : 0;

	snprintf(line, sizeof line, "Stream %" PRIu32 " · %s %s ⇄ %s · %" PRIu32 " packet%s · %s\n",
		 ladder->list.talk->stream, ladder->protocol == STREAM_TCP ? "TCP" : "UDP",
		 ladder_end_text(ladder, LADDER_CLIENT, client),
		 ladder_end_text(ladder, LADDER_SERVER, server), count, count == 1 ? "" : "s",
		 span_short(ns, span));
	write_text(print, line);
}

static void put_sentences(const struct ladder_print *print, const struct verdict *verdict)
{
	char text[LINE_ROOM];

	for (unsigned i = 0; verdict && i < verdict->finding_count; i++) {
		const struct verdict_finding *finding = &verdict->findings[i];
		const char *mark = mark_texts[finding->mark];

		text_clean(text, sizeof text, (const uint8_t *)finding->text, strlen(finding->text),
			   true);
		write_text(print, *mark ? mark : " ");
		putc(' ', print->out);
		write_text(print, text);
		putc('\n', print->out);
	}
}

static void print_text(const struct ladder_print *print, struct ladder *ladder,
		       const struct verdict *verdict)
{
	struct ladder_layout layout = { 0 };
	struct ladder_line line;

	ladder_layout_make(&layout, ladder, print->columns);
	put_title(print, ladder);
	put_sentences(print, verdict);
	ladder_heading(&line, &layout, ladder);
	put_line(print, &layout, &line);
	for (uint32_t row = 0; row < ladder->row_count && !ferror(print->out); row++) {
		ladder_line_make(&line, &layout, ladder, row);
		put_line(print, &layout, &line);
	}
	ladder_end_line(&line, &layout);
	put_line(print, &layout, &line);
}

/* A note's mark is for the eye. */
static const char *without_mark(const char *note)
{
	for (enum mark mark = MARK_NONE + 1; mark < MARKS; mark++) {
		size_t n = strlen(mark_texts[mark]);

		if (!strncmp(note, mark_texts[mark], n) && note[n] == ' ')
			return note + n + 1;
	}
	return note;
}

/* --- Mermaid --- */

/* In a message ; ends it and # begins an entity. */
static void put_message(FILE *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '#' || *text == ';')
			fprintf(out, "#%d;", *text);
		else
			putc(*text, out);
	}
}

static const char *mermaid_arrow(const struct ladder *ladder, const struct ladder_row *row)
{
	const struct ladder_segment *s = &ladder->segments[row->segment];

	if (row->kind == ROW_GAP)
		return "--x";
	if (s->flags & TCP_BIT_RST)
		return "-x";
	return row->kind == ROW_SEGMENT && ladder_is_ack(s) ? "-->>" : "->>";
}

static bool row_is_of_opener(const struct ladder *ladder, const struct ladder_row *row)
{
	if (row->kind == ROW_GAP)
		return ladder->gaps[row->count].from_opener;
	return ladder->segments[row->segment].from_opener;
}

static void mermaid_row(const struct ladder_print *print, const struct ladder *ladder,
			const struct ladder_row *row, const struct ladder_line *line)
{
	const struct ladder_segment *s = &ladder->segments[row->segment];
	bool right = ladder_side(ladder, row_is_of_opener(ladder, row)) == LADDER_CLIENT;

	if (row->kind == ROW_SECTION || row->kind == ROW_SILENCE) {
		fprintf(print->out, "    Note over client,server: %s\n", line->label);
		return;
	}
	fprintf(print->out, "    %s%s%s: ", right ? "client" : "server", mermaid_arrow(ladder, row),
		right ? "server" : "client");
	if (row->kind != ROW_GAP)
		fprintf(print->out, "#35;%" PRIu32 " ", s->packet);
	put_message(print->out, line->label);
	if (line->noted) {
		fputs(" (", print->out);
		put_message(print->out, without_mark(line->text[LADDER_NOTE]));
		putc(')', print->out);
	}
	putc('\n', print->out);
}

static void print_mermaid(const struct ladder_print *print, struct ladder *ladder)
{
	struct ladder_layout layout = { 0 };
	struct ladder_line line;
	char end[END_TEXT_ROOM];

	ladder_layout_make(&layout, ladder, 180);
	fputs("sequenceDiagram\n", print->out);
	fprintf(print->out, "    participant client as client %s\n",
		ladder_end_text(ladder, LADDER_CLIENT, end));
	fprintf(print->out, "    participant server as server %s\n",
		ladder_end_text(ladder, LADDER_SERVER, end));
	for (uint32_t row = 0; row < ladder->row_count && !ferror(print->out); row++) {
		ladder_line_make(&line, &layout, ladder, row);
		mermaid_row(print, ladder, &ladder->rows[row], &line);
	}
}

/* --- CSV (RFC 4180, but for its line ends) --- */

static void put_quoted(FILE *out, const char *text)
{
	putc('"', out);
	for (; *text; text++) {
		if (*text == '"')
			putc('"', out);
		putc(*text, out);
	}
	putc('"', out);
}

static void csv_segment(FILE *out, struct ladder *ladder, uint32_t n)
{
	const struct ladder_segment *s = &ladder->segments[n];
	enum ladder_side from = ladder_side(ladder, s->from_opener);
	int64_t ns = time_between(session_packet_time(ladder->session, 1), ladder_time(ladder, n));
	char source[END_TEXT_ROOM], destination[END_TEXT_ROOM], flags[40],
		note[LADDER_PART_ROOM] = "";
	const struct dissection *d = NULL;
	struct tcp_event event;

	if (ladder_read(ladder, n, &event, &d))
		ladder_note(ladder, n, &event, note);
	fprintf(out, "%" PRIu32 ",%.9f,%.9f,%s,%s,%s,", s->packet, (double)ns / 1e9,
		(double)ladder_gap_ns(ladder, n) / 1e9, from == LADDER_CLIENT ? "client" : "server",
		ladder_end_text(ladder, from, source), ladder_end_text(ladder, !from, destination));
	if (ladder->protocol == STREAM_TCP)
		fprintf(out, "%s,%" PRIu32 ",", ladder_flags_text(s->flags, flags),
			ladder_sequence(ladder, s->from_opener, s->sequence, false));
	else
		fputs(",,", out);
	if (s->flags & TCP_BIT_ACK)
		fprintf(out, "%" PRIu32,
			ladder_sequence(ladder, !s->from_opener, s->acknowledgment, false));
	fprintf(out, ",%" PRIu32 ",", s->length);
	if (ladder->protocol == STREAM_TCP)
		fprintf(out, "%" PRIu32 ",%s,%s,", s->window, tcp_state_names[s->client],
			tcp_state_names[s->server]);
	else
		fputs(",,,", out);
	put_quoted(out, without_mark(note));
	putc('\n', out);
}

static void print_csv(const struct ladder_print *print, struct ladder *ladder)
{
	fputs("packet,time,delta,side,source,destination,flags,seq,ack,length,window,"
	      "client_state,server_state,note\n",
	      print->out);
	for (uint32_t n = 0; n < ladder->segment_count && !ferror(print->out); n++)
		csv_segment(print->out, ladder, n);
}

void ladder_print(const struct ladder_print *print, struct ladder *ladder,
		  const struct verdict *verdict)
{
	switch (print->format) {
	case LADDER_AS_TEXT:
		print_text(print, ladder, verdict);
		break;
	case LADDER_AS_MERMAID:
		print_mermaid(print, ladder);
		break;
	case LADDER_AS_CSV:
		print_csv(print, ladder);
		break;
	}
}
