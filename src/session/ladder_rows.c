/* ladder_rows.c - which rows show the segments, and the way among them. */
#include <stdlib.h>

#include "base/arena.h"
#include "base/sequence.h"
#include "ladder_parts.h"

enum {
	RUN_LEAST = 4, /* fewer segments are shown one by one */
	SILENCE_MEDIANS = 10,
	TROUBLE_LEAST = 16,  /* what goes wrong more seldom is shown one by one */
	TROUBLE_MOST = 4096, /* segments in one row */
	CALM = 256,	     /* segments in order that end it */
};

static const int64_t SILENCE_LEAST = INT64_C(1000000000);

/* --- what is missing --- */

static void add_gap(struct ladder *ladder, bool from_opener, uint32_t start, uint32_t end)
{
	struct ladder_way *way = &ladder->work->way[!from_opener];

	if (ladder->gap_count == ladder->gap_room)
		ladder->gaps = must_grow(ladder->gaps, &ladder->gap_room, 8, sizeof *ladder->gaps);
	ladder->gaps[ladder->gap_count] = (struct ladder_gap){ .segment = ladder->segment_count - 1,
							       .start = start,
							       .end = end,
							       .rest_start = start,
							       .rest_end = end,
							       .from_opener = from_opener };
	if (way->open_count == GAPS_OPEN) {
		way->open_count--;
		for (unsigned i = 0; i < way->open_count; i++)
			way->open[i] = way->open[i + 1];
	}
	way->open[way->open_count++] = ladder->gap_count++;
}

/* What came late after all shortens what is missing from either end. */
static void fill_gap(struct ladder_gap *gap, const struct tcp_event *event)
{
	uint32_t end = event->sequence + event->length;

	if (!sequence_before(gap->rest_start, end) ||
	    !sequence_before(event->sequence, gap->rest_end))
		return;
	bool whole = !sequence_before(end, gap->rest_end);

	if (!sequence_before(gap->rest_start, event->sequence))
		gap->rest_start = whole ? gap->rest_end : end;
	else if (whole)
		gap->rest_end = event->sequence;
	if (gap->rest_start == gap->rest_end)
		gap->filled_in = event->packet;
}

static void fill_gaps(struct ladder *ladder, struct ladder_way *way, const struct tcp_event *event)
{
	unsigned kept = 0;

	for (unsigned i = 0; i < way->open_count; i++) {
		struct ladder_gap *gap = &ladder->gaps[way->open[i]];

		fill_gap(gap, event);
		if (!gap->filled_in)
			way->open[kept++] = way->open[i];
	}
	way->open_count = kept;
}

void ladder_note_gaps(struct ladder *ladder, const struct tcp_event *event, bool from_opener)
{
	struct ladder_way *own = &ladder->work->way[!from_opener];
	struct ladder_way *other = &ladder->work->way[from_opener];
	bool counts = event->flags & (TCP_BIT_SYN | TCP_BIT_FIN);
	uint32_t end = event->sequence + event->length + counts;

	if (event->flags & TCP_BIT_RST)
		return;
	if (own->has_next && sequence_before(own->next, event->sequence) &&
	    !(event->flags & TCP_BIT_SYN))
		add_gap(ladder, from_opener, own->next, event->sequence);
	else if (own->open_count && event->length)
		fill_gaps(ladder, own, event);
	if (!own->has_next || sequence_before(own->next, end))
		own->next = end;
	own->has_next = true;
	if (!(event->flags & TCP_BIT_ACK) || !other->has_next ||
	    !sequence_before(other->next, event->acknowledgment) ||
	    !(event->findings & TCP_FOUND_ACKED_UNSEEN))
		return;
	add_gap(ladder, !from_opener, other->next, event->acknowledgment);
	other->next = event->acknowledgment;
}

/* --- silence --- */

/* The middle of the bucket that holds the median. */
static int64_t median_span(const struct ladder_work *work)
{
	uint32_t seen = 0;

	for (unsigned i = 0; i < SPAN_BUCKETS; i++) {
		seen += work->spans[i];
		if (seen * UINT64_C(2) < work->span_count || !work->span_count)
			continue;
		if (i < 8)
			return i;
		uint64_t middle = 36 + i % 4 * 8; /* in 32nds of the octave's first */
		return (int64_t)(i / 4 < 5 ? middle >> (5 - i / 4) : middle << (i / 4 - 5));
	}
	return 0;
}

static int64_t silence_of(const struct ladder_work *work)
{
	int64_t median = median_span(work);
	int64_t long_one =
		median < INT64_MAX / SILENCE_MEDIANS ? median * SILENCE_MEDIANS : INT64_MAX;

	return long_one > SILENCE_LEAST ? long_one : SILENCE_LEAST;
}

/* --- rows --- */

static void push(struct ladder *ladder, enum ladder_row_kind kind, uint32_t segment, uint32_t count)
{
	struct row_builder *builder = &ladder->work->builder;

	if (builder->rows == ladder->row_room)
		ladder->rows = must_grow(ladder->rows, &ladder->row_room, 64, sizeof *ladder->rows);
	ladder->rows[builder->rows++] = (struct ladder_row){ (uint8_t)kind, segment, count };
}

static void push_gaps(struct ladder *ladder, uint32_t n)
{
	struct row_builder *builder = &ladder->work->builder;

	for (; builder->gaps < ladder->gap_count && ladder->gaps[builder->gaps].segment == n;
	     builder->gaps++)
		push(ladder, ROW_GAP, n, builder->gaps);
}

/* What is to be said before a segment; true: something was.  What is missing before a FIN are
 * data, and before the first data, too. */
static bool push_before(struct ladder *ladder, uint32_t n)
{
	struct row_builder *builder = &ladder->work->builder;
	const struct ladder_segment *segment = &ladder->segments[n];
	uint32_t rows = builder->rows;

	if (n && ladder_gap_ns(ladder, n) > ladder->work->silence_ns)
		push(ladder, ROW_SILENCE, n, 0);
	if (segment->phase == PHASE_CLOSE)
		push_gaps(ladder, n);
	if (ladder->protocol == STREAM_TCP && (!n || segment->phase != builder->phase))
		push(ladder, ROW_SECTION, n, segment->phase);
	builder->gap_row = builder->rows;
	push_gaps(ladder, n);
	builder->phase = segment->phase;
	return builder->rows != rows;
}

static bool continues_run(const struct row_builder *builder, const struct ladder_segment *segment)
{
	if (!builder->run_count)
		return false;
	return ladder_is_ack(segment) || !builder->run_has_data ||
	       segment->from_opener == builder->run_from_opener;
}

static void begin_run(struct row_builder *builder, uint32_t n)
{
	builder->run_first = n;
	builder->run_row = builder->rows;
	builder->run_count = 0;
	builder->run_has_data = builder->run_is_row = false;
}

/* A run that begins with acknowledgments belongs to nobody until data come; those that acknowledge
 * what was before are not the next run's. */
static void add_to_run(struct ladder *ladder, uint32_t n)
{
	struct row_builder *builder = &ladder->work->builder;
	const struct ladder_segment *segment = &ladder->segments[n];

	if (!continues_run(builder, segment))
		begin_run(builder, n);
	builder->run_count++;
	if (!ladder_is_ack(segment) && !builder->run_has_data) {
		builder->run_has_data = true;
		builder->run_from_opener = segment->from_opener;
	}
	if (builder->run_is_row) {
		ladder->rows[builder->run_row].count++;
		return;
	}
	push(ladder, ROW_SEGMENT, n, 1);
	if (builder->run_count < RUN_LEAST || !ladder->folds ||
	    ladder->segments[builder->run_first].opens_run)
		return;
	builder->rows = builder->run_row;
	push(ladder, ROW_RUN, builder->run_first, builder->run_count);
	builder->run_is_row = true;
}

static bool went_wrong(const struct ladder_segment *segment)
{
	return !segment->is_ordinary && segment->phase == PHASE_DATA &&
	       !(segment->flags & (TCP_BIT_SYN | TCP_BIT_FIN | TCP_BIT_RST));
}

/* Hides the segment, and what is missing before it, in the row of trouble that is there. */
static bool hide_in_trouble(struct ladder *ladder, uint32_t n)
{
	struct row_builder *builder = &ladder->work->builder;

	if (!builder->trouble_is_row || ladder->segments[n].phase != builder->phase ||
	    ladder_gap_ns(ladder, n) > ladder->work->silence_ns)
		return false;
	while (builder->gaps < ladder->gap_count && ladder->gaps[builder->gaps].segment == n)
		builder->gaps++;
	ladder->rows[builder->trouble_row].count++;
	builder->run_count = 0;
	return true;
}

static void end_trouble(struct row_builder *builder)
{
	builder->trouble_count = builder->trouble_wrong = builder->trouble_calm = 0;
	builder->trouble_is_row = false;
}

/* Trouble begins with the first segment that went wrong, and becomes a row once there are many. */
static void count_trouble(struct ladder *ladder, uint32_t n)
{
	struct row_builder *builder = &ladder->work->builder;
	bool wrong = went_wrong(&ladder->segments[n]);

	if (!builder->trouble_count && !wrong)
		return;
	if (!builder->trouble_count) {
		builder->trouble_row = builder->gap_row;
		builder->trouble_first = n;
	}
	builder->trouble_count++;
	builder->trouble_wrong += wrong;
	builder->trouble_calm = wrong ? 0 : builder->trouble_calm + 1;
	if (builder->trouble_calm == CALM || builder->trouble_count == TROUBLE_MOST) {
		end_trouble(builder);
		return;
	}
	if (builder->trouble_is_row || builder->trouble_wrong < TROUBLE_LEAST || !ladder->folds ||
	    ladder->segments[builder->trouble_first].opens_run)
		return;
	builder->rows = builder->trouble_row;
	push(ladder, ROW_TROUBLE, builder->trouble_first, builder->trouble_count);
	builder->trouble_is_row = true;
	builder->run_count = 0;
}

static void push_segment(struct ladder *ladder, uint32_t n, bool is_last)
{
	struct row_builder *builder = &ladder->work->builder;
	const struct ladder_segment *segment = &ladder->segments[n];
	bool may_be_hidden = n && !is_last && (segment->is_ordinary || went_wrong(segment));

	if (may_be_hidden && hide_in_trouble(ladder, n)) {
		count_trouble(ladder, n);
		return;
	}
	uint32_t rows = builder->rows;
	bool breaks = push_before(ladder, n);
	if (!may_be_hidden || builder->gap_row != rows)
		end_trouble(builder);
	if (breaks)
		builder->run_count = 0;
	if (n && !is_last && segment->is_ordinary) {
		add_to_run(ladder, n);
	} else {
		builder->run_count = 0;
		push(ladder, ROW_SEGMENT, n, 1);
	}
	if (may_be_hidden)
		count_trouble(ladder, n);
}

static void make_rows(struct ladder *ladder)
{
	struct ladder_work *work = ladder->work;
	struct row_builder *builder = &work->builder;

	*builder = work->before_last;
	for (; builder->segments < ladder->segment_count; builder->segments++) {
		bool is_last = builder->segments == ladder->segment_count - 1;

		if (is_last)
			work->before_last = *builder;
		push_segment(ladder, builder->segments, is_last);
	}
	ladder->row_count = builder->rows;
}

void ladder_remake_rows(struct ladder *ladder)
{
	ladder->work->before_last = (struct row_builder){ 0 };
	ladder->work->silence_ns = silence_of(ladder->work);
	make_rows(ladder);
}

void ladder_extend_rows(struct ladder *ladder)
{
	int64_t silence = silence_of(ladder->work);

	if (!ladder->work->silence_ns ||
	    (silence != ladder->work->silence_ns && ladder->taken == ladder->list.count))
		ladder_remake_rows(ladder);
	else
		make_rows(ladder);
}

void ladder_fold(struct ladder *ladder, bool folds)
{
	for (uint32_t i = 0; i < ladder->segment_count; i++)
		ladder->segments[i].opens_run = false;
	ladder->folds = folds;
	ladder_remake_rows(ladder);
}

void ladder_open_run(struct ladder *ladder, uint32_t row)
{
	if (row >= ladder->row_count || !ladder_row_opens(&ladder->rows[row]))
		return;
	ladder->segments[ladder->rows[row].segment].opens_run = true;
	ladder_remake_rows(ladder);
}

/* --- finding the way --- */

static uint32_t last_segment_of(const struct ladder_row *row)
{
	return ladder_row_opens(row) ? row->segment + row->count - 1 : row->segment;
}

uint32_t ladder_row_of(const struct ladder *ladder, uint32_t segment)
{
	uint32_t low = 0, high = ladder->row_count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (last_segment_of(&ladder->rows[middle]) < segment)
			low = middle + 1;
		else
			high = middle;
	}
	/* What stands before a segment names it, too. */
	while (low < ladder->row_count && ladder->rows[low].kind != ROW_SEGMENT &&
	       !ladder_row_opens(&ladder->rows[low]))
		low++;
	return low < ladder->row_count ? low : LADDER_NOWHERE;
}

uint32_t ladder_segment_of(const struct ladder *ladder, uint32_t packet)
{
	uint32_t low = 0, high = ladder->segment_count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (ladder->segments[middle].packet <= packet)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? low - 1 : ladder->segment_count ? 0 : LADDER_NOWHERE;
}

static bool is_stop(const struct ladder *ladder, const struct ladder_row *row,
		    enum ladder_stop stop)
{
	const struct ladder_segment *segment = &ladder->segments[row->segment];

	switch (row->kind) {
	case ROW_GAP:
	case ROW_TROUBLE:
		return true;
	case ROW_SILENCE:
		return stop == STOP_EVENT;
	case ROW_SEGMENT:
		return stop == STOP_EVENT ? !segment->is_ordinary : segment->is_problem;
	default:
		return false;
	}
}

uint32_t ladder_next(const struct ladder *ladder, uint32_t row, enum ladder_stop stop,
		     bool backwards)
{
	while (backwards ? row-- > 0 : ++row < ladder->row_count)
		if (row < ladder->row_count && is_stop(ladder, &ladder->rows[row], stop))
			return row;
	return LADDER_NOWHERE;
}

static uint32_t end_of(const struct ladder_segment *segment)
{
	bool counts = segment->flags & (TCP_BIT_SYN | TCP_BIT_FIN);

	return segment->sequence + segment->length + counts;
}

static uint32_t what_acknowledges(const struct ladder *ladder, uint32_t n)
{
	const struct ladder_segment *segment = &ladder->segments[n];
	uint32_t end = end_of(segment);

	for (uint32_t i = n + 1; i < ladder->segment_count; i++) {
		const struct ladder_segment *other = &ladder->segments[i];

		if (other->from_opener != segment->from_opener && other->flags & TCP_BIT_ACK &&
		    !sequence_before(other->acknowledgment, end))
			return i;
	}
	return LADDER_NOWHERE;
}

/* The latest that ends where the acknowledgment is, or before it. */
static uint32_t what_is_acknowledged(const struct ladder *ladder, uint32_t n)
{
	const struct ladder_segment *segment = &ladder->segments[n];

	for (uint32_t i = n; segment->flags & TCP_BIT_ACK && i-- > 0;) {
		const struct ladder_segment *other = &ladder->segments[i];

		if (other->from_opener != segment->from_opener &&
		    end_of(other) != other->sequence &&
		    !sequence_before(segment->acknowledgment, end_of(other)))
			return i;
	}
	return LADDER_NOWHERE;
}

uint32_t ladder_answer(const struct ladder *ladder, uint32_t segment)
{
	const struct ladder_segment *s = &ladder->segments[segment];

	if (ladder->protocol != STREAM_TCP)
		return LADDER_NOWHERE;
	return end_of(s) != s->sequence ? what_acknowledges(ladder, segment)
					: what_is_acknowledged(ladder, segment);
}
