/* ladder_label.c - what a segment, a run of segments and a gap are called. */
#include "ladder_label.h"

#include <stdio.h>
#include <string.h>

#include "base/glyph.h"
#include "base/number_text.h"
#include "base/text.h"

enum {
	WORDS_FROM = 8,	 /* segments of a run that are read to find what it says */
	WORDS_LEAST = 6, /* columns that words of the layer above are worth */
};

/* --- pieces of text --- */

void append_repeated(char *text, size_t room, int columns, const char *glyph)
{
	size_t used = strlen(text), n = strlen(glyph);

	for (; columns > 0 && used + n < room; columns--) {
		memcpy(text + used, glyph, n + 1);
		used += n;
	}
}

void append_text(char *text, size_t room, const char *more)
{
	size_t used = strlen(text);

	snprintf(text + used, room - used, "%s", more);
}

void cut_text(char *text, int columns)
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

/* --- what a label says --- */

static const char *const before_word[WORDS] = { "", "  ", " ", " ", "  ", "  " };

/* Two blanks behind the first. */
void join_label(const struct label *label, char text[LADDER_TEXT_ROOM])
{
	bool first = true;

	text[0] = '\0';
	for (enum word w = 0; w < WORDS; w++) {
		if (!label->word[w][0])
			continue;
		append_text(text, LADDER_TEXT_ROOM, !text[0] ? "" : first ? "  " : before_word[w]);
		append_text(text, LADDER_TEXT_ROOM, label->word[w]);
		first = w == WORD_HEAD;
	}
}

static int label_columns(const struct label *label)
{
	char text[LADDER_TEXT_ROOM];

	join_label(label, text);
	return text_columns(text);
}

/* Options first, and the number last.  What data say is worth more than what they acknowledge. */
void fit_label(struct label *label, int columns)
{
	static const enum word order[] = { WORD_OPTIONS, WORD_ACK, WORD_FLAGS, WORD_ABOVE,
					   WORD_SEQUENCE };

	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		char *word = label->word[order[i]];
		int over = label_columns(label) - columns;
		if (over <= 0)
			return;
		int left = text_columns(word) - over;
		if (order[i] == WORD_ABOVE && left >= WORDS_LEAST)
			cut_text(word, left);
		else
			word[0] = '\0';
	}
	cut_text(label->word[WORD_HEAD], columns);
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

static void put_head(char head[LADDER_PART_ROOM], const struct reading *r)
{
	const struct ladder_segment *s = r->segment;
	uint16_t shown = s->flags & (s->length ? TCP_BIT_FIN | TCP_BIT_SYN | TCP_BIT_RST
					       : 0xff & ~TCP_BIT_PSH);
	char flags[40];

	if (s->findings & TCP_FOUND_DUPLICATE_ACK) {
		snprintf(head, LADDER_PART_ROOM, "DUP ACK %u", r->event.duplicate_number);
		return;
	}
	if (s->length)
		put_bytes_head(head, s->length);
	if (s->length && !shown)
		return;
	append_text(head, LADDER_PART_ROOM, s->length ? " " : "");
	append_text(head, LADDER_PART_ROOM, ladder_flags_text(shown, flags));
}

void label_segment(struct label *label, const struct reading *r)
{
	const struct ladder_segment *s = r->segment;
	bool absolute = r->layout->absolute, is_tcp = r->ladder->protocol == STREAM_TCP;
	bool counts = s->flags & (TCP_BIT_SYN | TCP_BIT_FIN | TCP_BIT_RST);

	if (!is_tcp) {
		put_bytes_head(label->word[WORD_HEAD], s->length);
		put_above(label->word[WORD_ABOVE], r->ladder, r->d);
		return;
	}
	uint32_t first = ladder_sequence(r->ladder, s->from_opener, s->sequence, absolute);

	put_head(label->word[WORD_HEAD], r);
	if (s->length || counts)
		put_range(label->word[WORD_SEQUENCE], first, first + s->length);
	if (s->flags & TCP_BIT_ACK)
		snprintf(label->word[WORD_ACK], LADDER_PART_ROOM, "ack %u",
			 ladder_sequence(r->ladder, !s->from_opener, s->acknowledgment, absolute));
	if (s->length && s->flags & TCP_BIT_PSH)
		append_text(label->word[WORD_FLAGS], LADDER_PART_ROOM, "PSH");
	put_options(label->word[WORD_OPTIONS], &r->event);
	if (s->length)
		put_above(label->word[WORD_ABOVE], r->ladder, r->d);
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

static void label_acks(struct label *label, const struct ladder_layout *layout,
		       const struct ladder *ladder, const struct run_sum *sum, bool from_opener)
{
	snprintf(label->word[WORD_HEAD], LADDER_PART_ROOM, "%u ACK", sum->acks);
	snprintf(label->word[WORD_ACK], LADDER_PART_ROOM, "ack %u",
		 ladder_sequence(ladder, !from_opener, sum->acknowledged, layout->absolute));
}

/* What the first segments say of which the layer above makes something. */
static void put_first_above(char word[LADDER_PART_ROOM], struct ladder *ladder,
			    const struct ladder_row *row)
{
	uint32_t end = row->segment + (row->count < WORDS_FROM ? row->count : WORDS_FROM);
	const struct dissection *d;
	struct tcp_event event;

	for (uint32_t i = row->segment; i < end && !word[0]; i++)
		if (ladder->segments[i].length && ladder_read(ladder, i, &event, &d))
			put_above(word, ladder, d);
}

uint32_t label_run(struct label *label, const struct ladder_layout *layout, struct ladder *ladder,
		   const struct ladder_row *row)
{
	struct run_sum sum = sum_run(ladder, row);
	uint32_t shown = sum.data ? sum.first_data : row->segment;
	bool from_opener = ladder->segments[shown].from_opener;
	char count[NUMBER_GROUPED_ROOM];

	if (!sum.data) {
		label_acks(label, layout, ladder, &sum, from_opener);
		return shown;
	}
	uint32_t first = ladder_sequence(ladder, from_opener, sum.start, layout->absolute);

	*number_put_grouped(count, sum.bytes) = '\0';
	snprintf(label->word[WORD_HEAD], LADDER_PART_ROOM,
		 ladder->protocol == STREAM_TCP ? "%u seg %s B" : "%u datagrams %s B", sum.data,
		 count);
	if (ladder->protocol == STREAM_TCP)
		put_range(label->word[WORD_SEQUENCE], first, first + (sum.end - sum.start));
	if (sum.acks)
		snprintf(label->word[WORD_FLAGS], LADDER_PART_ROOM, "· %u ACK", sum.acks);
	put_first_above(label->word[WORD_ABOVE], ladder, row);
	return shown;
}

uint32_t label_trouble(struct label *label, const struct ladder *ladder,
		       const struct ladder_row *row)
{
	enum {
		AGAIN = TCP_FOUND_RETRANSMISSION | TCP_FOUND_FAST_RETRANSMISSION |
			TCP_FOUND_SPURIOUS
	};
	static const struct {
		uint32_t findings;
		const char *words;
	} kinds[] = {
		{ AGAIN, "resent" },
		{ TCP_FOUND_OUT_OF_ORDER, "late" },
		{ TCP_FOUND_DUPLICATE_ACK, "dup ACK" },
		{ TCP_FOUND_LOST_SEGMENT | TCP_FOUND_ACKED_UNSEEN, "after gaps" },
		{ TCP_FOUND_ZERO_WINDOW | TCP_FOUND_WINDOW_FULL, "window full" },
	};
	char *above = label->word[WORD_ABOVE], part[LADDER_PART_ROOM], count[NUMBER_GROUPED_ROOM];
	uint32_t shown = LADDER_NOWHERE;

	*number_put_grouped(count, row->count) = '\0';
	snprintf(label->word[WORD_HEAD], LADDER_PART_ROOM, "%s seg", count);
	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
		uint32_t found = 0;
		for (uint32_t i = row->segment; i < row->segment + row->count; i++)
			found += !!(ladder->segments[i].findings & kinds[k].findings);
		if (!found)
			continue;
		*number_put_grouped(count, found) = '\0';
		snprintf(part, sizeof part, "%s%s %s", *above ? ", " : "", count, kinds[k].words);
		append_text(above, LADDER_PART_ROOM, part);
	}
	for (uint32_t i = row->segment; i < row->segment + row->count && shown == LADDER_NOWHERE;
	     i++)
		if (ladder->segments[i].length)
			shown = i;
	return shown == LADDER_NOWHERE ? row->segment : shown;
}

void label_gap(struct label *label, const struct ladder_layout *layout, const struct ladder *ladder,
	       const struct ladder_gap *gap)
{
	uint32_t first = ladder_sequence(ladder, gap->from_opener, gap->start, layout->absolute);
	uint32_t length = gap->end - gap->start;
	uint32_t late = length - (gap->rest_end - gap->rest_start);

	put_bytes_head(label->word[WORD_HEAD], length);
	append_text(label->word[WORD_HEAD], LADDER_PART_ROOM,
		    gap->filled_in ? " come later" : " not captured");
	put_range(label->word[WORD_SEQUENCE], first, first + length);
	if (late && !gap->filled_in)
		snprintf(label->word[WORD_FLAGS], LADDER_PART_ROOM, "· %u of them come later",
			 late);
}
