/* follow_overlap.c - bytes that came again, compared with those that stand in turns. */
#include <string.h>

#include "base/arena.h"
#include "follow_parts.h"

enum {
	COMPARED_STEPS = 64, /* pieces and turns for one part; what is beyond is not compared */
	FINDINGS_LIMIT = 1 << 16,
};

/* The same bytes of a part and of a piece. */
struct overlap {
	int64_t from, until;
	struct follow_piece kept, other;
};

static struct overlap overlap_of(const struct part *part, const struct follow_turn *turn,
				 const struct follow_piece *piece)
{
	int64_t start = (int64_t)follow_piece_offset(turn, piece);
	int64_t end = start + piece->length, part_end = part->start + part->length;
	struct overlap overlap = {
		.from = start > part->start ? start : part->start,
		.until = end < part_end ? end : part_end,
		.kept = *piece,
	};

	if (overlap.from >= overlap.until)
		return overlap;
	uint32_t length = (uint32_t)(overlap.until - overlap.from);
	if (!follow_is_missing(piece))
		overlap.kept.start += (uint32_t)(overlap.from - start) & 0xffffff;
	overlap.kept.length = length;
	overlap.kept.offset = (uint32_t)overlap.from;
	overlap.other = (struct follow_piece){
		.packet = part->packet,
		.start = (part->at + (uint32_t)(overlap.from - part->start)) & 0xffffff,
		.source = part->source,
		.length = length,
		.offset = overlap.kept.offset,
	};
	return overlap;
}

static void note(struct follow *follow, enum follow_side side, const struct overlap *overlap)
{
	struct follow_sum *sum = &follow->half[side].sum;

	if (follow_is_missing(&overlap->kept))
		sum->late += overlap->kept.length;
	else
		sum->conflicting += overlap->kept.length;
	if (follow->finding_count == FINDINGS_LIMIT)
		return;
	if (follow->finding_count == follow->finding_room)
		follow->findings = must_grow(follow->findings, &follow->finding_room, 8,
					     sizeof(*follow->findings));
	follow->findings[follow->finding_count++] = (struct follow_finding){
		.kept = overlap->kept,
		.other = overlap->other,
		.offset = (uint64_t)overlap->from,
		.side = (uint8_t)side,
	};
}

/* Leaves out what is equal at both ends of two different runs of bytes. */
static void narrow(struct overlap *overlap, const uint8_t *kept, const uint8_t *other)
{
	uint32_t from = 0, until = overlap->kept.length;

	while (from < until && kept[from] == other[from])
		from++;
	while (until > from && kept[until - 1] == other[until - 1])
		until--;
	overlap->from += from;
	overlap->kept.start += from & 0xffffff;
	overlap->other.start += from & 0xffffff;
	overlap->kept.offset += from;
	overlap->other.offset += from;
	overlap->kept.length = overlap->other.length = until - from;
}

static void compare(struct follow *follow, enum follow_side side, struct overlap *overlap)
{
	uint32_t length = overlap->kept.length;
	const uint8_t *bytes = follow_bytes(follow, &overlap->other);

	if (!bytes)
		return;
	if (follow->scratch_room < length) {
		follow->scratch = must_resize(follow->scratch, length, 1);
		follow->scratch_room = length;
	}
	memcpy(follow->scratch, bytes, length);
	bytes = follow_bytes(follow, &overlap->kept);
	if (!bytes || !memcmp(bytes, follow->scratch, length))
		return;
	narrow(overlap, bytes, follow->scratch);
	note(follow, side, overlap);
}

/* A keep-alive sends the last byte again, or any other in its place (RFC 9293, 3.8.4). */
static bool is_keep_alive(const struct follow *follow, enum follow_side side,
			  const struct part *part)
{
	return part->length == 1 && part->start == follow->half[side].next - 1;
}

/* The pieces of a side, one after the other. */
struct piece_walk {
	uint32_t turn, piece;
	unsigned steps;
};

/* Moves to the piece at hand, past turns of the other side; false: there is none. */
static bool settle(const struct follow *follow, enum follow_side side, struct piece_walk *walk)
{
	for (; walk->turn < follow->turn_count; walk->turn++) {
		const struct follow_turn *turn = &follow->turns[walk->turn];

		if (walk->piece < turn->first_piece)
			walk->piece = turn->first_piece;
		if (turn->side == side && turn->kind == TURN_DATA &&
		    walk->piece < turn->first_piece + turn->piece_count)
			return true;
		walk->steps++;
	}
	return false;
}

void overlap_compare(struct follow *follow, enum follow_side side, const struct part *part)
{
	int64_t end = part->start + part->length, at = part->start > 0 ? part->start : 0;
	struct piece_walk walk = { 0 };

	if (end <= 0 || is_keep_alive(follow, side, part) ||
	    !follow_seek(follow, side, (uint64_t)at, &walk.turn, &walk.piece))
		return;
	for (; settle(follow, side, &walk); walk.piece++, walk.steps++) {
		struct overlap overlap =
			overlap_of(part, &follow->turns[walk.turn], &follow->pieces[walk.piece]);

		if (overlap.from >= end)
			return;
		if (walk.steps > COMPARED_STEPS) {
			int64_t known =
				end < follow->half[side].next ? end : follow->half[side].next;
			if (known > overlap.from)
				follow->half[side].sum.unchecked +=
					(uint64_t)(known - overlap.from);
			return;
		}
		if (overlap.from >= overlap.until || overlap.kept.packet == part->packet)
			continue;
		if (follow_is_missing(&overlap.kept))
			note(follow, side, &overlap);
		else
			compare(follow, side, &overlap);
	}
}
