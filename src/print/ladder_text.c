/* ladder_text.c - where the parts of a ladder's rows stand, and the rows themselves. */
#include "print/ladder_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/glyph.h"
#include "base/number_text.h"
#include "base/span.h"
#include "base/text.h"
#include "print/printer.h"

enum {
	DECIMALS = 6,
	END_ROOM = 4,	 /* of a glyph in UTF-8, with its 0 */
	WORDS_LEAST = 6, /* columns that words of the layer above are worth */
};

/* A part is there on ladders of at least so many columns. */
static const struct {
	int from, room;
} parts[LADDER_PARTS] = {
	[LADDER_NUMBER] = { 30, 5 },	 [LADDER_TIME] = { 60, 10 },
	[LADDER_DELTA] = { 100, 9 },	 [LADDER_CLIENT_STATE] = { 140, 12 },
	[LADDER_CLIENT_LINE] = { 0, 1 }, [LADDER_ARROW] = { 0, 0 },
	[LADDER_SERVER_LINE] = { 0, 1 }, [LADDER_SERVER_STATE] = { 140, 12 },
	[LADDER_WINDOW] = { 100, 7 },	 [LADDER_NOTE] = { 50, 13 },
};

/* --- layout --- */

static int digits_of(uint32_t number)
{
	int digits = 1;

	for (; number >= 10; number /= 10)
		digits++;
	return digits;
}

/* Two numbers side by side where there is room, else one and a "+". */
static int number_room(const struct ladder *ladder, int columns)
{
	uint32_t last =
		ladder->segment_count ? ladder->segments[ladder->segment_count - 1].packet : 0;
	int digits = digits_of(last);
	int wanted = columns >= 100 ? 2 * digits + 1 : digits + 1;

	return wanted > parts[LADDER_NUMBER].room ? wanted : parts[LADDER_NUMBER].room;
}

static int time_room(const struct ladder *ladder)
{
	char text[NUMBER_TEXT_ROOM];
	int64_t last = ladder->segment_count ? ladder_time(ladder, ladder->segment_count - 1) : 0;
	int64_t ns = last - session_packet_time(ladder->session, 1);
	int digits = (int)(number_put(text, (uint64_t)(ns < 0 ? -ns : ns) / 1000000000) - text);
	int wanted = digits + 1 + DECIMALS + (ns < 0);

	return wanted > parts[LADDER_TIME].room ? wanted : parts[LADDER_TIME].room;
}

void ladder_layout_make(struct ladder_layout *layout, const struct ladder *ladder, int columns)
{
	bool absolute = layout->absolute;
	int used = 1, at = 1;

	*layout = (struct ladder_layout){ .columns = columns, .absolute = absolute };
	for (enum ladder_part p = 0; p < LADDER_PARTS; p++)
		if (columns >= parts[p].from)
			layout->room[p] = parts[p].room;
	if (columns >= parts[LADDER_NUMBER].from)
		layout->room[LADDER_NUMBER] = number_room(ladder, columns);
	if (columns >= parts[LADDER_TIME].from && ladder->segment_count)
		layout->room[LADDER_TIME] = time_room(ladder);
	if (columns >= 140)
		layout->room[LADDER_NOTE] = 22;
	if (ladder->protocol != STREAM_TCP)
		layout->room[LADDER_CLIENT_STATE] = layout->room[LADDER_SERVER_STATE] =
			layout->room[LADDER_WINDOW] = 0;
	for (enum ladder_part p = 0; p < LADDER_PARTS; p++)
		used += layout->room[p] + (layout->room[p] && p != LADDER_ARROW &&
					   p != LADDER_CLIENT_LINE && p != LADDER_NOTE);
	layout->room[LADDER_ARROW] = columns > used ? columns - used : 0;
	for (enum ladder_part p = 0; p < LADDER_PARTS; p++) {
		layout->start[p] = at;
		at += layout->room[p] +
		      (layout->room[p] && p != LADDER_ARROW && p != LADDER_CLIENT_LINE);
	}
}

/* --- pieces of text --- */

static void put_repeated(char *text, size_t room, int columns, const char *glyph)
{
	size_t used = strlen(text), n = strlen(glyph);

	for (; columns > 0 && used + n < room; columns--) {
		memcpy(text + used, glyph, n + 1);
		used += n;
	}
}

static void put(char *text, size_t room, const char *more)
{
	size_t used = strlen(text);

	snprintf(text + used, room - used, "%s", more);
}

/* Cuts to so many columns, with an ellipsis for what is gone. */
static void cut(char *text, int columns)
{
	const char *at = text;
	char *end = text;
	int used = 0;

	if (text_columns(text) <= columns)
		return;
	while (*at) {
		int wide = glyph_columns(glyph_next(&at));

		used += wide < 0 ? 1 : wide;
		if (used > columns - 1)
			break;
		end = text + (at - text);
	}
	memcpy(end, columns > 0 ? "…" : "", columns > 0 ? sizeof "…" : 1);
}

const char *ladder_flags_text(uint16_t flags, char text[40])
{
	static const struct {
		uint16_t flag;
		const char *name;
	} names[] = {
		{ TCP_EVENT_RST, "RST" }, { TCP_EVENT_SYN, "SYN" }, { TCP_EVENT_FIN, "FIN" },
		{ TCP_EVENT_PSH, "PSH" }, { TCP_EVENT_ACK, "ACK" },
	};

	text[0] = '\0';
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (flags & names[i].flag) {
			put(text, 40, text[0] ? " " : "");
			put(text, 40, names[i].name);
		}
	if (!text[0])
		put(text, 40, "no flags");
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

/* --- what a label says --- */

enum word { WORD_HEAD, WORD_SEQUENCE, WORD_ACK, WORD_FLAGS, WORD_ABOVE, WORD_OPTIONS, WORDS };

struct label {
	char word[WORDS][LADDER_PART_ROOM];
};

static const char *const before_word[WORDS] = { "", "  ", " ", " ", "  ", "  " };

/* The words, two blanks behind the first. */
static void join_label(const struct label *label, char text[LADDER_TEXT_ROOM])
{
	bool first = true;

	text[0] = '\0';
	for (enum word w = 0; w < WORDS; w++) {
		if (!label->word[w][0])
			continue;
		put(text, LADDER_TEXT_ROOM, !text[0] ? "" : first ? "  " : before_word[w]);
		put(text, LADDER_TEXT_ROOM, label->word[w]);
		first = w == WORD_HEAD;
	}
}

static int label_columns(const struct label *label)
{
	char text[LADDER_TEXT_ROOM];

	join_label(label, text);
	return text_columns(text);
}

/* Shortened from the right: options, what is carried, acknowledgment, number. */
static void fit_label(struct label *label, int columns)
{
	static const enum word order[] = { WORD_OPTIONS, WORD_ABOVE, WORD_FLAGS, WORD_ACK,
					   WORD_SEQUENCE };

	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		char *word = label->word[order[i]];
		int over = label_columns(label) - columns;
		if (over <= 0)
			return;
		int left = text_columns(word) - over;
		if (order[i] == WORD_ABOVE && left >= WORDS_LEAST)
			cut(word, left);
		else
			word[0] = '\0';
	}
	cut(label->word[WORD_HEAD], columns);
}

static void put_bytes_head(char head[LADDER_PART_ROOM], uint64_t bytes)
{
	char count[NUMBER_GROUPED_ROOM];

	*number_put_grouped(count, bytes) = '\0';
	snprintf(head, LADDER_PART_ROOM, "%s B", count);
}

static void put_range(char word[LADDER_PART_ROOM], uint32_t first, uint32_t end)
{
	if (end - first <= 1)
		snprintf(word, LADDER_PART_ROOM, "seq %u", first);
	else
		snprintf(word, LADDER_PART_ROOM, "seq %u–%u", first, end - 1);
}

static void put_options(char word[LADDER_PART_ROOM], const struct tcp_event *event)
{
	size_t used = 0;

	if (event->mss)
		used += (size_t)snprintf(word, LADDER_PART_ROOM, "MSS %u ", event->mss);
	if (event->has_scale)
		used += (size_t)snprintf(word + used, LADDER_PART_ROOM - used, "WS %u ",
					 1u << (event->scale & 31));
	if (event->sack_permitted)
		used += (size_t)snprintf(word + used, LADDER_PART_ROOM - used, "SACK ");
	if (event->fast_open_cookie)
		used += (size_t)snprintf(word + used, LADDER_PART_ROOM - used, "TFO ");
	if (event->has_sack && event->sack_right)
		used += (size_t)snprintf(word + used, LADDER_PART_ROOM - used, "SACK %u–%u ",
					 event->sack_left, event->sack_right - 1);
	if (used)
		word[used - 1] = '\0';
}

/* What the layer above calls it, if it is more than a segment. */
static void put_above(char word[LADDER_PART_ROOM], const struct ladder *ladder,
		      const struct dissection *d)
{
	const char *own = ladder->protocol == STREAM_TCP ? "TCP" : "UDP";

	if (!d->protocol || !strcmp(d->protocol, own) || !d->info)
		return;
	size_t length = strnlen(d->info, LADDER_PART_ROOM - 8);

	text_clean(word, LADDER_PART_ROOM, (const uint8_t *)d->info, length, true);
	for (size_t n = strlen(word); n && word[n - 1] == ' '; n--)
		word[n - 1] = '\0';
}

/* A segment as it was read for its row. */
struct reading {
	struct ladder *ladder;
	const struct ladder_layout *layout;
	const struct ladder_segment *segment;
	struct tcp_event event;
	const struct dissection *d;
};

static void put_head(char head[LADDER_PART_ROOM], const struct reading *r)
{
	const struct ladder_segment *s = r->segment;
	uint16_t shown = s->flags & (s->length ? TCP_EVENT_FIN | TCP_EVENT_SYN | TCP_EVENT_RST
					       : 0xff & ~TCP_EVENT_PSH);
	char flags[40];

	if (s->findings & TCP_FOUND_DUPLICATE_ACK) {
		snprintf(head, LADDER_PART_ROOM, "DUP ACK %u", r->event.duplicate_number);
		return;
	}
	if (s->length)
		put_bytes_head(head, s->length);
	if (s->length && !shown)
		return;
	put(head, LADDER_PART_ROOM, s->length ? " " : "");
	put(head, LADDER_PART_ROOM, ladder_flags_text(shown, flags));
}

static void label_segment(struct label *label, const struct reading *r)
{
	const struct ladder_segment *s = r->segment;
	bool absolute = r->layout->absolute, is_tcp = r->ladder->protocol == STREAM_TCP;
	bool counts = s->flags & (TCP_EVENT_SYN | TCP_EVENT_FIN | TCP_EVENT_RST);

	if (!is_tcp) {
		put_bytes_head(label->word[WORD_HEAD], s->length);
		put_above(label->word[WORD_ABOVE], r->ladder, r->d);
		return;
	}
	uint32_t first = ladder_sequence(r->ladder, s->from_opener, s->sequence, absolute);

	put_head(label->word[WORD_HEAD], r);
	if (s->length || counts)
		put_range(label->word[WORD_SEQUENCE], first, first + s->length);
	if (s->flags & TCP_EVENT_ACK)
		snprintf(label->word[WORD_ACK], LADDER_PART_ROOM, "ack %u",
			 ladder_sequence(r->ladder, !s->from_opener, s->acknowledgment, absolute));
	if (s->length && s->flags & TCP_EVENT_PSH)
		put(label->word[WORD_FLAGS], LADDER_PART_ROOM, "PSH");
	put_options(label->word[WORD_OPTIONS], &r->event);
	if (s->length)
		put_above(label->word[WORD_ABOVE], r->ladder, r->d);
}

/* --- arrows --- */

static const char *line_glyph(const struct ladder_segment *s)
{
	uint32_t again =
		TCP_FOUND_RETRANSMISSION | TCP_FOUND_FAST_RETRANSMISSION | TCP_FOUND_SPURIOUS;

	if (s->flags & TCP_EVENT_RST)
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
	put(line->arrow, sizeof line->arrow, to_right ? "" : "◀");
	put_repeated(line->arrow, sizeof line->arrow, lead, glyph);
	put(line->arrow, sizeof line->arrow, " ");
	put(line->arrow, sizeof line->arrow, line->label);
	put(line->arrow, sizeof line->arrow, " ");
	put_repeated(line->arrow, sizeof line->arrow, rest, glyph);
	put(line->arrow, sizeof line->arrow, to_right ? "▶" : "");
}

/* --- rows --- */

static void put_time(struct ladder_line *line, const struct ladder *ladder, uint32_t segment)
{
	int64_t ns = ladder_time(ladder, segment) - session_packet_time(ladder->session, 1);
	uint64_t size = ns < 0 ? 0 - (uint64_t)ns : (uint64_t)ns;
	char delta[SPAN_ROOM];

	snprintf(line->text[LADDER_TIME], LADDER_PART_ROOM, "%s%llu.%06llu", ns < 0 ? "-" : "",
		 (unsigned long long)(size / 1000000000),
		 (unsigned long long)(size % 1000000000 / 1000));
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
		put(line->text[LADDER_CLIENT_STATE], LADDER_PART_ROOM, tcp_state_names[s->client]);
	if (s->server && (!before || before->server != s->server))
		put(line->text[LADDER_SERVER_STATE], LADDER_PART_ROOM, tcp_state_names[s->server]);
}

static enum ladder_tone tone_of(const struct ladder *ladder, const struct ladder_segment *s)
{
	if (s->flags & TCP_EVENT_RST)
		return TONE_RESET;
	if (s->is_problem)
		return TONE_PROBLEM;
	if (s->flags & (TCP_EVENT_SYN | TCP_EVENT_FIN))
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
		put(label.word[WORD_HEAD], LADDER_PART_ROOM, "cannot be read any more");
	}
	draw_arrow(line, &label, layout->room[LADDER_ARROW], line_glyph(s),
		   points_right(ladder, s));
}

/* What the segments of a run have in common. */
struct run_sum {
	uint32_t first_data, data, acks;
	uint64_t bytes;
	uint32_t start, end, acknowledged;
};

static struct run_sum sum_run(const struct ladder *ladder, const struct ladder_row *row)
{
	struct run_sum sum = { .first_data = LADDER_NOWHERE };

	for (uint32_t i = row->segment; i < row->segment + row->count; i++) {
		const struct ladder_segment *s = &ladder->segments[i];
		if (!s->length) {
			sum.acks++;
			sum.acknowledged = s->acknowledgment;
			continue;
		}
		if (!sum.data++) {
			sum.first_data = i;
			sum.start = s->sequence;
		}
		sum.bytes += s->length;
		sum.end = s->sequence + s->length;
	}
	return sum;
}

static void label_run(struct label *label, const struct ladder_layout *layout,
		      struct ladder *ladder, const struct run_sum *sum,
		      const struct ladder_segment *s)
{
	const struct dissection *d;
	struct tcp_event event;
	char count[NUMBER_GROUPED_ROOM];
	uint32_t first = ladder_sequence(ladder, s->from_opener, sum->start, layout->absolute);

	if (!sum->data) {
		snprintf(label->word[WORD_HEAD], LADDER_PART_ROOM, "%u ACK", sum->acks);
		snprintf(label->word[WORD_ACK], LADDER_PART_ROOM, "ack %u",
			 ladder_sequence(ladder, !s->from_opener, sum->acknowledged,
					 layout->absolute));
		return;
	}
	*number_put_grouped(count, sum->bytes) = '\0';
	snprintf(label->word[WORD_HEAD], LADDER_PART_ROOM,
		 ladder->protocol == STREAM_TCP ? "%u seg %s B" : "%u datagrams %s B", sum->data,
		 count);
	if (ladder->protocol == STREAM_TCP)
		put_range(label->word[WORD_SEQUENCE], first, first + (sum->end - sum->start));
	if (sum->acks)
		snprintf(label->word[WORD_FLAGS], LADDER_PART_ROOM, "· %u ACK", sum->acks);
	if (ladder_read(ladder, sum->first_data, &event, &d))
		put_above(label->word[WORD_ABOVE], ladder, d);
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
	struct run_sum sum = sum_run(ladder, row);
	const struct ladder_segment *s =
		&ladder->segments[sum.data ? sum.first_data : row->segment];
	uint32_t last = row->segment + row->count - 1;
	char took[SPAN_ROOM];
	struct label label = { 0 };

	line->tone = tone_of(ladder, s);
	put_numbers(line, layout, ladder, row);
	put_time(line, ladder, row->segment);
	snprintf(line->text[LADDER_NOTE], LADDER_PART_ROOM, "▸ in %s",
		 span_short(ladder_time(ladder, last) - ladder_time(ladder, row->segment), took));
	label_run(&label, layout, ladder, &sum, s);
	draw_arrow(line, &label, layout->room[LADDER_ARROW], line_glyph(s),
		   points_right(ladder, s));
}

static void make_gap(struct ladder_line *line, const struct ladder_layout *layout,
		     const struct ladder *ladder, uint32_t n)
{
	const struct ladder_gap *gap = &ladder->gaps[n];
	uint32_t first = ladder_sequence(ladder, gap->from_opener, gap->start, layout->absolute);
	struct label label = { 0 };
	bool right = ladder_side(ladder, gap->from_opener) == LADDER_CLIENT;
	uint32_t late = gap->end - gap->start - (gap->rest_end - gap->rest_start);

	line->tone = TONE_PROBLEM;
	line->noted = true;
	put(line->text[LADDER_NUMBER], LADDER_PART_ROOM, "!");
	put_bytes_head(label.word[WORD_HEAD], gap->end - gap->start);
	put(label.word[WORD_HEAD], LADDER_PART_ROOM,
	    gap->filled_in ? " come later" : " not captured");
	put_range(label.word[WORD_SEQUENCE], first, first + (gap->end - gap->start));
	if (late && !gap->filled_in)
		snprintf(label.word[WORD_FLAGS], LADDER_PART_ROOM, "· %u of them come later", late);
	if (gap->filled_in)
		snprintf(line->text[LADDER_NOTE], LADDER_PART_ROOM, "until #%u", gap->filled_in);
	else
		put(line->text[LADDER_NOTE], LADDER_PART_ROOM, "! gap");
	draw_arrow(line, &label, layout->room[LADDER_ARROW], "╌", right);
}

static void make_silence(struct ladder_line *line, const struct ladder_layout *layout,
			 const struct ladder *ladder, uint32_t segment)
{
	char span[SPAN_ROOM];

	line->tone = TONE_SECTION;
	snprintf(line->label, sizeof line->label, "%s of silence",
		 span_short(ladder_gap_ns(ladder, segment), span));
	snprintf(line->arrow, sizeof line->arrow, "  ⋮ %.100s", line->label);
	cut(line->arrow, layout->room[LADDER_ARROW]);
}

/* A rule over the whole width, which both life lines cross. */
static void make_rule(struct ladder_line *line, const struct ladder_layout *layout,
		      const char *words, const char *crossing)
{
	int client = layout->start[LADDER_CLIENT_LINE], server = layout->start[LADDER_SERVER_LINE];
	int at = 0;
	char name[40] = "";

	line->is_rule = true;
	line->tone = TONE_SECTION;
	line->arrow[0] = '\0';
	if (words[0] && client > (int)strlen(words) + 6)
		snprintf(name, sizeof name, "── %s ", words);
	put(line->arrow, sizeof line->arrow, name);
	at = text_columns(name);
	put_repeated(line->arrow, sizeof line->arrow, client - at, "─");
	put(line->arrow, sizeof line->arrow, crossing);
	at = client + 1;
	if (words[0] && !name[0]) {
		snprintf(name, sizeof name, "─ %s ", words);
		put(line->arrow, sizeof line->arrow, name);
		at += text_columns(name);
	}
	put_repeated(line->arrow, sizeof line->arrow, server - at, "─");
	put(line->arrow, sizeof line->arrow, crossing);
	put_repeated(line->arrow, sizeof line->arrow, layout->columns - server - 1, "─");
}

static void put_life_lines(struct ladder_line *line)
{
	put(line->text[LADDER_CLIENT_LINE], LADDER_PART_ROOM, "│");
	put(line->text[LADDER_SERVER_LINE], LADDER_PART_ROOM, "│");
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
		put(line->label, sizeof line->label, phases[r->count % PHASES]);
		make_rule(line, layout, line->label, row ? "┼" : "┬");
		break;
	case ROW_SEGMENT:
		make_segment(line, layout, ladder, r->segment);
		break;
	case ROW_RUN:
		make_run(line, layout, ladder, r);
		break;
	case ROW_SILENCE:
		make_silence(line, layout, ladder, r->segment);
		break;
	case ROW_GAP:
		make_gap(line, layout, ladder, r->count);
		break;
	}
}

void ladder_end_line(struct ladder_line *line, const struct ladder_layout *layout)
{
	*line = (struct ladder_line){ 0 };
	make_rule(line, layout, "", "┴");
}

/* Both ends over their life lines; what has no room is told by other lines of the screen. */
static void put_ends(struct ladder_line *line, const struct ladder_layout *layout,
		     const struct ladder *ladder)
{
	char client[END_TEXT_ROOM], server[END_TEXT_ROOM];
	int room = layout->room[LADDER_ARROW];

	ladder_end_text(ladder, LADDER_CLIENT, client);
	ladder_end_text(ladder, LADDER_SERVER, server);
	int blank = room - text_columns(client) - text_columns(server);

	if (blank < 1) {
		snprintf(client, sizeof client, "client");
		snprintf(server, sizeof server, "server");
		blank = room - 12;
	}
	line->arrow[0] = '\0';
	put(line->arrow, sizeof line->arrow, client);
	put_repeated(line->arrow, sizeof line->arrow, blank, " ");
	put(line->arrow, sizeof line->arrow, server);
}

void ladder_heading(struct ladder_line *line, const struct ladder_layout *layout,
		    const struct ladder *ladder)
{
	static const char *const titles[LADDER_PARTS] = {
		[LADDER_NUMBER] = "No.",
		[LADDER_TIME] = "Time",
		[LADDER_DELTA] = "Δ",
		[LADDER_CLIENT_STATE] = "Client",
		[LADDER_SERVER_STATE] = "Server",
		[LADDER_WINDOW] = "Win",
		[LADDER_NOTE] = "Note",
	};

	*line = (struct ladder_line){ .tone = TONE_SECTION };
	for (enum ladder_part p = 0; p < LADDER_PARTS; p++)
		if (titles[p])
			put(line->text[p], LADDER_PART_ROOM, titles[p]);
	put_ends(line, layout, ladder);
}
