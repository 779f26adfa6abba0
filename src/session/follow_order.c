/* follow_order.c - the payload of one direction, put into the order of sequence numbers.
 *
 * Parts that come early wait in a heap by where they begin.  Parts that have begun are in a second
 * heap by packet: of bytes that several hold, the first that came wins.  So each part costs the
 * logarithm of those that wait, however they overlap. */
#include <stdlib.h>

#include "base/arena.h"
#include "base/sequence.h"
#include "dissect/checksum.h"
#include "state/tcp_bit.h"
#include "follow_parts.h"

enum {
	WAITING_LIMIT = 1 << 16, /* parts that wait for missing bytes, per direction */
};

/* --- heaps --- */

typedef bool part_order(const struct part *a, const struct part *b);

static bool begins_before(const struct part *a, const struct part *b)
{
	return a->start != b->start ? a->start < b->start : a->packet < b->packet;
}

/* What a packet lacks, or has with a wrong checksum, is taken from any other. */
static unsigned defects(const struct part *part)
{
	return (part->source == FOLLOW_CUT ? 2u : 0u) + part->damaged;
}

static bool came_before(const struct part *a, const struct part *b)
{
	if (defects(a) != defects(b))
		return defects(a) < defects(b);
	return a->packet < b->packet;
}

static void heap_push(struct part_heap *heap, const struct part *part, part_order *before)
{
	uint32_t at = heap->count++;

	if (at == heap->room)
		heap->parts = must_grow(heap->parts, &heap->room, 4, sizeof(*heap->parts));
	for (; at && before(part, &heap->parts[(at - 1) / 2]); at = (at - 1) / 2)
		heap->parts[at] = heap->parts[(at - 1) / 2];
	heap->parts[at] = *part;
}

static struct part heap_pop(struct part_heap *heap, part_order *before)
{
	struct part first = heap->parts[0], last = heap->parts[--heap->count];
	uint32_t at = 0;

	for (;;) {
		uint32_t child = 2 * at + 1;

		if (child >= heap->count)
			break;
		if (child + 1 < heap->count && before(&heap->parts[child + 1], &heap->parts[child]))
			child++;
		if (!before(&heap->parts[child], &last))
			break;
		heap->parts[at] = heap->parts[child];
		at = child;
	}
	if (heap->count)
		heap->parts[at] = last;
	return first;
}

/* --- what is in order --- */

static int64_t end_of(const struct part *part)
{
	return part->start + part->length;
}

/* A part is done with: what of it was not taken had come before. */
static void retire(struct follow *follow, enum follow_side side, const struct part *part)
{
	if (defects(part) || part->taken == part->length)
		return;
	follow->half[side].sum.again += part->length - part->taken;
	overlap_compare(follow, side, part);
}

static void make_ready(struct follow_half *half)
{
	while (half->waiting.count && half->waiting.parts[0].start <= half->next) {
		struct part part = heap_pop(&half->waiting, begins_before);

		heap_push(&half->ready, &part, came_before);
	}
}

/* Puts what is in order into turns, as far as it goes. */
static void deliver(struct follow *follow, enum follow_side side)
{
	struct follow_half *half = &follow->half[side];

	for (;;) {
		make_ready(half);
		while (half->ready.count && end_of(&half->ready.parts[0]) <= half->next) {
			struct part old = heap_pop(&half->ready, came_before);

			retire(follow, side, &old);
		}
		if (!half->ready.count)
			return;
		struct part *part = &half->ready.parts[0];
		int64_t until = end_of(part);
		if (half->waiting.count && half->waiting.parts[0].start < until)
			until = half->waiting.parts[0].start;
		struct part rest = *part;
		if (part->source != FOLLOW_CUT)
			rest.at = (part->at + (uint32_t)(half->next - part->start)) & 0xffffff;
		part->taken = (part->taken + (uint32_t)(until - half->next)) & INT32_MAX;
		follow_append(follow, side, &rest, (uint32_t)(until - half->next));
		half->next = until;
	}
}

/* --- what is missing --- */

/* The bytes before `until` will not come.  A FIN among them is none. */
static void give_up(struct follow *follow, enum follow_side side, int64_t until)
{
	struct follow_half *half = &follow->half[side];
	int64_t lost = until - half->next;

	if (half->has_end && half->end >= half->next && half->end < until)
		lost--;
	if (lost > 0)
		follow_append_lost(follow, side, (uint32_t)lost);
	half->next = until;
	deliver(follow, side);
}

/* The receiver has them after all, or there is nothing better. */
static void accept_damaged(struct follow *follow, enum follow_side side, int64_t until)
{
	struct follow_half *half = &follow->half[side];

	if (!half->damaged.count || half->damaged.parts[0].start >= until)
		return;
	while (half->damaged.count && half->damaged.parts[0].start < until) {
		struct part part = heap_pop(&half->damaged, begins_before);

		heap_push(&half->waiting, &part, begins_before);
	}
	deliver(follow, side);
}

/* Gives up what lies before parts that the receiver has acknowledged bytes of. */
static void give_up_acknowledged(struct follow *follow, enum follow_side side)
{
	struct follow_half *half = &follow->half[side];

	accept_damaged(follow, side, half->acknowledged);
	while (half->waiting.count && half->waiting.parts[0].start < half->acknowledged)
		give_up(follow, side, half->waiting.parts[0].start);
	if (half->has_end && half->next < half->end && half->acknowledged > half->end)
		give_up(follow, side, half->end);
}

static void finish_half(struct follow *follow, enum follow_side side)
{
	struct follow_half *half = &follow->half[side];

	accept_damaged(follow, side, INT64_MAX);
	while (half->waiting.count)
		give_up(follow, side, half->waiting.parts[0].start);
	if (half->has_end && half->next < half->end)
		give_up(follow, side, half->end);
	/* One byte may as well be a FIN that was not seen. */
	if (!half->has_end && half->acknowledged > half->next + 1)
		give_up(follow, side, half->acknowledged);
	half->sum.finished = half->has_end;
}

void order_finish(struct follow *follow)
{
	finish_half(follow, FOLLOW_OPENER);
	finish_half(follow, FOLLOW_OTHER);
}

void order_free(struct follow_half *half)
{
	free(half->waiting.parts);
	free(half->ready.parts);
	free(half->damaged.parts);
}

/* --- segments --- */

static int64_t offset_of(const struct follow_half *half, uint32_t sequence)
{
	return half->next + sequence_distance(half->base + (uint32_t)half->next, sequence);
}

/* Nothing stands in turns yet, so byte 0 may become another. */
static void move_base(struct follow_half *half, uint32_t base)
{
	int64_t moved = half->started ? sequence_distance(base, half->base) : 0;

	half->end += moved;
	half->acknowledged = half->acknowledged ? half->acknowledged + moved : 0;
	half->base = base;
	half->started = true;
	half->guessed = false;
}

/* Byte 0 is the first after a SYN, or the first that is seen; if that was lost, the other side's
 * SYN+ACK has said it. */
static void begin(struct follow_half *half, const struct follow_segment *segment)
{
	bool untouched = half->next == 0 && !half->waiting.count;

	if (segment->flags & TCP_BIT_SYN && untouched) {
		move_base(half, segment->sequence + 1);
		half->sum.started = true;
	} else if (!half->started) {
		move_base(half, segment->sequence);
	} else if (half->guessed && untouched && offset_of(half, segment->sequence) < 0) {
		move_base(half, segment->sequence);
	}
}

static void acknowledge(struct follow *follow, enum follow_side side,
			const struct follow_segment *segment)
{
	struct follow_half *half = &follow->half[side];

	if (!half->started && segment->flags & TCP_BIT_SYN) {
		move_base(half, segment->acknowledged);
		half->guessed = true;
	}
	if (!half->started)
		return;
	int64_t offset = offset_of(half, segment->acknowledged);
	if (offset > half->acknowledged)
		half->acknowledged = offset;
	give_up_acknowledged(follow, side);
}

static void add_part(struct part_heap *heap, const struct part *part)
{
	if (part->length)
		heap_push(heap, part, begins_before);
}

static void add_parts(struct part_heap *heap, struct part part,
		      const struct follow_segment *segment)
{
	add_part(heap, &part);
	part.start += segment->captured;
	part.length = segment->length - segment->captured;
	part.source = FOLLOW_CUT;
	add_part(heap, &part);
}

static struct part part_of(const struct follow *follow, const struct follow_half *half,
			   const struct follow_segment *segment)
{
	return (struct part){
		.start = offset_of(half, segment->sequence + !!(segment->flags & TCP_BIT_SYN)),
		.length = segment->captured,
		.packet = follow->packet,
		.at = segment->at & 0xffffff,
		.source = segment->source,
	};
}

static void add_payload(struct follow *follow, enum follow_side side,
			const struct follow_segment *segment)
{
	struct follow_half *half = &follow->half[side];
	struct part part = part_of(follow, half, segment);

	if (segment->flags & TCP_BIT_FIN && !half->has_end &&
	    part.start + segment->length >= half->next) {
		half->has_end = true;
		half->end = part.start + segment->length;
	}
	/* Data behind a FIN should not be, but what there is follows at once. */
	if (half->has_end && half->next == half->end && part.start == half->end + 1)
		half->next++;
	add_parts(&half->waiting, part, segment);
	deliver(follow, side);
	while (half->waiting.count > WAITING_LIMIT)
		give_up(follow, side, half->waiting.parts[0].start);
}

/* RFC 9293, 3.5.2: what comes with a RST explains it and has no place in the stream. */
static void add_reset_text(struct follow *follow, enum follow_side side,
			   const struct follow_segment *segment)
{
	struct part part = {
		.length = segment->captured,
		.packet = follow->packet,
		.at = segment->at & 0xffffff,
		.source = segment->source,
	};

	if (!part.length)
		return;
	follow_append_turn(follow, side, TURN_RESET);
	follow_append(follow, side, &part, part.length);
}

/* Receivers drop a segment whose checksum is wrong, and it is sent again (RFC 9293, 3.1); it is
 * looked at only if nothing better comes.  Where no segment with payload has a right one, the
 * network card fills them in after the capture; those without payload may be right all the same. */
static bool keep_damaged(struct follow *follow, enum follow_side side,
			 const struct follow_segment *segment)
{
	struct follow_half *half = &follow->half[side];

	if (segment->sum == CHECKSUM_GOOD && segment->length)
		half->sums_right = true;
	if (segment->sum != CHECKSUM_BAD || !half->sums_right || !half->started)
		return false;
	struct part part = part_of(follow, half, segment);
	part.damaged = true;
	if (segment->length)
		add_parts(&half->damaged, part, segment);
	if (half->damaged.count > WAITING_LIMIT)
		accept_damaged(follow, side, INT64_MAX);
	return true;
}

void order_take(struct follow *follow, enum follow_side side, const struct follow_segment *segment)
{
	struct follow_half *half = &follow->half[side];

	if (keep_damaged(follow, side, segment))
		return;
	if (segment->flags & TCP_BIT_ACK)
		acknowledge(follow, !side, segment);
	if (segment->flags & TCP_BIT_RST) {
		add_reset_text(follow, side, segment);
		return;
	}
	begin(half, segment);
	if (segment->length || segment->flags & TCP_BIT_FIN)
		add_payload(follow, side, segment);
}
