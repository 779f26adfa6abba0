/* ladder_text.c - the rows of a ladder, drawn. */
#include "print/ladder_text.h"

#include <string.h>

#include "base/glyph.h"
#include "base/span.h"
#include "base/time.h"
#include "ladder_label.h"

const char *ladder_flags_text(uint16_t flags, char text[40])
{
	static const struct {
		uint16_t flag;
		const char *name;
	} names[] = {
		{ TCP_BIT_RST, "RST" }, { TCP_BIT_SYN, "SYN" }, { TCP_BIT_FIN, "FIN" },
		{ TCP_BIT_PSH, "PSH" }, { TCP_BIT_ACK, "ACK" },
	};

	text[0] = '\0';
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (flags & names[i].flag) {
			append_text(text, 40, text[0] ? " " : "");
			append_text(text, 40, names[i].name);
		}
	if (!text[0])
		append_text(text, 40, "no flags");
	return text;
}

const char *ladder_end_text(const struct ladder *ladder, enum ladder_side side,
			    char text[END_TEXT_ROOM])
{
	const struct endpoint *end = ladder_end(ladder, side);
	char address[ADDRESS_TEXT_ROOM];
	bool brackets = end->type == ADDRESS_IPV6;

	address_text(end, address);
	snprintf(text, END_TEXT_ROOM, "%s%s%s:%u", brackets ? "[" : "", address,
		 brackets ? "]" : "", end->port);
	return text;
}

/* --- arrows --- */

static const char *line_glyph(const struct ladder_segment *s)
{
	uint32_t again =
		TCP_FOUND_RETRANSMISSION | TCP_FOUND_FAST_RETRANSMISSION | TCP_FOUND_SPURIOUS;

	if (s->flags & TCP_BIT_RST)
		return "═";
	if (s->findings & again)
		return "╍";
	return s->length ? "━" : "─";
}

/* A label in an arrow of so many columns that points to the right, or to the left. */
static void draw_arrow(struct ladder_line *line, struct label *label, int columns,
		       const char *glyph, bool to_right)
{
	int lead = to_right ? 1 : 2;

	fit_label(label, columns - 5);
	join_label(label, line->label);
	int rest = columns - lead - 1 - 2 - text_columns(line->label);

	line->arrow[0] = '\0';
	append_text(line->arrow, sizeof line->arrow, to_right ? "" : "◀");
	append_repeated(line->arrow, sizeof line->arrow, lead, glyph);
	append_text(line->arrow, sizeof line->arrow, " ");
	append_text(line->arrow, sizeof line->arrow, line->label);
	append_text(line->arrow, sizeof line->arrow, " ");
	append_repeated(line->arrow, sizeof line->arrow, rest, glyph);
	append_text(line->arrow, sizeof line->arrow, to_right ? "▶" : "");
}

/* --- rows --- */

const char *ladder_seconds(int64_t from, int64_t to, char text[40])
{
	int64_t ns = time_between(from, to);
	uint64_t size = ns < 0 ? 0 - (uint64_t)ns : (uint64_t)ns;

	snprintf(text, 40, "%s%llu.%06llu", ns < 0 ? "-" : "",
		 (unsigned long long)(size / 1000000000),
		 (unsigned long long)(size % 1000000000 / 1000));
	return text;
}

static void put_time(struct ladder_line *line, const struct ladder *ladder, uint32_t segment)
{
	char seconds[40], delta[SPAN_ROOM];

	append_text(line->text[LADDER_TIME], LADDER_PART_ROOM,
		    ladder_seconds(session_packet_time(ladder->session, 1),
				   ladder_time(ladder, segment), seconds));
	if (!segment)
		return;
	int64_t gap = ladder_gap_ns(ladder, segment);
	snprintf(line->text[LADDER_DELTA], LADDER_PART_ROOM, "%s%s", gap < 0 ? "" : "+",
		 span_short(gap, delta));
}

static void put_states(struct ladder_line *line, const struct ladder *ladder, uint32_t n)
{
	const struct ladder_segment *s = &ladder->segments[n], *before = n ? s - 1 : NULL;

	if (s->client && (!before || before->client != s->client))
		append_text(line->text[LADDER_CLIENT_STATE], LADDER_PART_ROOM,
			    tcp_state_names[s->client]);
	if (s->server && (!before || before->server != s->server))
		append_text(line->text[LADDER_SERVER_STATE], LADDER_PART_ROOM,
			    tcp_state_names[s->server]);
}

static enum ladder_tone tone_of(const struct ladder *ladder, const struct ladder_segment *s)
{
	if (s->flags & TCP_BIT_RST)
		return TONE_RESET;
	if (s->is_problem)
		return TONE_PROBLEM;
	if (s->flags & (TCP_BIT_SYN | TCP_BIT_FIN))
		return TONE_OPENING;
	if (!s->length)
		return TONE_CONTROL;
	return ladder_side(ladder, s->from_opener) == LADDER_CLIENT ? TONE_CLIENT : TONE_SERVER;
}

static bool points_right(const struct ladder *ladder, const struct ladder_segment *s)
{
	return ladder_side(ladder, s->from_opener) == LADDER_CLIENT;
}

static void make_segment(struct ladder_line *line, const struct ladder_layout *layout,
			 struct ladder *ladder, uint32_t n)
{
	const struct ladder_segment *s = &ladder->segments[n];
	struct reading r = { .ladder = ladder, .layout = layout, .segment = s };
	struct label label = { 0 };

	line->tone = tone_of(ladder, s);
	snprintf(line->text[LADDER_NUMBER], LADDER_PART_ROOM, "%u", s->packet);
	put_time(line, ladder, n);
	put_states(line, ladder, n);
	if (ladder->protocol == STREAM_TCP)
		snprintf(line->text[LADDER_WINDOW], LADDER_PART_ROOM, "%u", s->window);
	if (ladder_read(ladder, n, &r.event, &r.d)) {
		label_segment(&label, &r);
		line->noted = ladder_note(ladder, n, &r.event, line->text[LADDER_NOTE]);
	} else {
		append_text(label.word[WORD_HEAD], LADDER_PART_ROOM, "cannot be read any more");
	}
	draw_arrow(line, &label, layout->room[LADDER_ARROW], line_glyph(s),
		   points_right(ladder, s));
}

/* "6–15"; where there is no room for that "6+". */
static void put_numbers(struct ladder_line *line, const struct ladder_layout *layout,
			const struct ladder *ladder, const struct ladder_row *row)
{
	uint32_t first = ladder->segments[row->segment].packet;
	uint32_t last = ladder->segments[row->segment + row->count - 1].packet;
	char *text = line->text[LADDER_NUMBER];

	snprintf(text, LADDER_PART_ROOM, "%u–%u", first, last);
	if (text_columns(text) > layout->room[LADDER_NUMBER])
		snprintf(text, LADDER_PART_ROOM, "%u+", first);
}

static void make_run(struct ladder_line *line, const struct ladder_layout *layout,
		     struct ladder *ladder, const struct ladder_row *row)
{
	struct label label = { 0 };
	const struct ladder_segment *s = &ladder->segments[label_run(&label, layout, ladder, row)];
	uint32_t last = row->segment + row->count - 1;
	char took[SPAN_ROOM];

	line->tone = tone_of(ladder, s);
	put_numbers(line, layout, ladder, row);
	put_time(line, ladder, row->segment);
	snprintf(line->text[LADDER_NOTE], LADDER_PART_ROOM, "▸ in %s",
		 span_short(ladder_time(ladder, last) - ladder_time(ladder, row->segment), took));
	draw_arrow(line, &label, layout->room[LADDER_ARROW], line_glyph(s),
		   points_right(ladder, s));
}

static void make_trouble(struct ladder_line *line, const struct ladder_layout *layout,
			 const struct ladder *ladder, const struct ladder_row *row)
{
	struct label label = { 0 };
	const struct ladder_segment *s = &ladder->segments[label_trouble(&label, ladder, row)];
	uint32_t last = row->segment + row->count - 1;
	char took[SPAN_ROOM];

	line->tone = TONE_PROBLEM;
	line->noted = true;
	put_numbers(line, layout, ladder, row);
	put_time(line, ladder, row->segment);
	snprintf(line->text[LADDER_NOTE], LADDER_PART_ROOM, "▸ in %s",
		 span_short(ladder_time(ladder, last) - ladder_time(ladder, row->segment), took));
	draw_arrow(line, &label, layout->room[LADDER_ARROW], "╍", points_right(ladder, s));
}

static void make_gap(struct ladder_line *line, const struct ladder_layout *layout,
		     const struct ladder *ladder, uint32_t n)
{
	const struct ladder_gap *gap = &ladder->gaps[n];
	struct label label = { 0 };

	line->tone = TONE_PROBLEM;
	line->noted = true;
	append_text(line->text[LADDER_NUMBER], LADDER_PART_ROOM, "!");
	label_gap(&label, layout, ladder, gap);
	if (gap->filled_in)
		snprintf(line->text[LADDER_NOTE], LADDER_PART_ROOM, "until #%u", gap->filled_in);
	else
		append_text(line->text[LADDER_NOTE], LADDER_PART_ROOM, "! gap");
	draw_arrow(line, &label, layout->room[LADDER_ARROW], "╌",
		   ladder_side(ladder, gap->from_opener) == LADDER_CLIENT);
}

static void make_silence(struct ladder_line *line, const struct ladder_layout *layout,
			 const struct ladder *ladder, uint32_t segment)
{
	char span[SPAN_ROOM];

	line->tone = TONE_SECTION;
	snprintf(line->label, sizeof line->label, "%s of silence",
		 span_short(ladder_gap_ns(ladder, segment), span));
	snprintf(line->arrow, sizeof line->arrow, "  ⋮ %.100s", line->label);
	cut_text(line->arrow, layout->room[LADDER_ARROW]);
}

static void put_life_lines(struct ladder_line *line)
{
	append_text(line->text[LADDER_CLIENT_LINE], LADDER_PART_ROOM, "│");
	append_text(line->text[LADDER_SERVER_LINE], LADDER_PART_ROOM, "│");
}

void ladder_line_make(struct ladder_line *line, const struct ladder_layout *layout,
		      struct ladder *ladder, uint32_t row)
{
	static const char *const phases[PHASES] = { "handshake", "data", "close" };
	const struct ladder_row *r = &ladder->rows[row];

	*line = (struct ladder_line){ 0 };
	put_life_lines(line);
	switch (r->kind) {
	case ROW_SECTION:
		append_text(line->label, sizeof line->label, phases[r->count % PHASES]);
		ladder_rule(line, layout, line->label, row ? "┼" : "┬");
		break;
	case ROW_SEGMENT:
		make_segment(line, layout, ladder, r->segment);
		break;
	case ROW_RUN:
		make_run(line, layout, ladder, r);
		break;
	case ROW_TROUBLE:
		make_trouble(line, layout, ladder, r);
		break;
	case ROW_SILENCE:
		make_silence(line, layout, ladder, r->segment);
		break;
	case ROW_GAP:
		make_gap(line, layout, ladder, r->count);
		break;
	}
}
