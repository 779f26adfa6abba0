/* follow_read.c - the bytes of turns: found by position, fetched from the file. */
#include <string.h>

#include "follow_parts.h"

uint64_t follow_piece_offset(const struct follow_turn *turn, const struct follow_piece *piece)
{
	uint64_t offset = turn->offset[turn->side];

	return offset + (uint32_t)(piece->offset - (uint32_t)offset);
}

static uint32_t position_of(const struct follow_turn *turn, const struct follow_piece *piece)
{
	return (uint32_t)(piece->offset - (uint32_t)turn->offset[turn->side]);
}

/* The turn's first piece that ends after `position`; one beyond the last if none does. */
static uint32_t piece_ending_after(const struct follow *follow, const struct follow_turn *turn,
				   uint32_t position)
{
	uint32_t low = turn->first_piece, high = turn->first_piece + turn->piece_count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		const struct follow_piece *piece = &follow->pieces[middle];

		if (position_of(turn, piece) + piece->length <= position)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct follow_piece *follow_piece_at(const struct follow *follow,
					   const struct follow_turn *turn, uint32_t position,
					   uint32_t *into)
{
	uint32_t n = piece_ending_after(follow, turn, position);

	if (n == turn->first_piece + turn->piece_count)
		return NULL;
	uint32_t begins = position_of(turn, &follow->pieces[n]);
	*into = position > begins ? position - begins : 0;
	return &follow->pieces[n];
}

bool follow_seek(const struct follow *follow, enum follow_side side, uint64_t offset,
		 uint32_t *turn, uint32_t *piece)
{
	uint32_t low = 0, high = follow->turn_count;

	/* The last turn that begins at or before it; then on to one of this side that ends after
	 * it. */
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (follow->turns[middle].offset[side] <= offset)
			low = middle + 1;
		else
			high = middle;
	}
	for (low -= low > 0; low < follow->turn_count; low++) {
		const struct follow_turn *t = &follow->turns[low];

		if (t->side != side || t->kind != TURN_DATA ||
		    t->offset[side] + t->length <= offset)
			continue;
		uint32_t into = offset > t->offset[side] ? (uint32_t)(offset - t->offset[side]) : 0;
		*turn = low;
		*piece = piece_ending_after(follow, t, into);
		return true;
	}
	return false;
}

static const uint8_t *frame_bytes(struct follow *follow, const struct follow_piece *piece)
{
	const uint8_t *bytes;
	uint32_t length;

	if (!view_port_bytes(&follow->reader, piece->packet, &bytes, &length))
		return NULL;
	return piece->start <= length && piece->length <= length - piece->start
		       ? bytes + piece->start
		       : NULL;
}

/* From a buffer that the packet's dissection makes, which is made again. */
static const uint8_t *buffer_bytes(struct follow *follow, const struct follow_piece *piece)
{
	struct view_port *reader = &follow->reader;

	if (follow->reader_packet != piece->packet) {
		follow->reader_packet = 0;
		reader->d.stop_after = follow_depth(follow, piece->packet);
		if (!view_port_dissect(reader, piece->packet, WANT_FIELDS))
			return NULL;
		follow->reader_packet = piece->packet;
	}
	if (piece->source >= reader->d.buffer_count)
		return NULL;
	const struct buffer *buffer = &reader->d.buffers[piece->source];
	if (piece->start > buffer->length || piece->length > buffer->length - piece->start)
		return NULL;
	return buffer->bytes + piece->start;
}

const uint8_t *follow_bytes(struct follow *follow, const struct follow_piece *piece)
{
	if (follow_is_missing(piece))
		return NULL;
	return piece->source ? buffer_bytes(follow, piece) : frame_bytes(follow, piece);
}

uint32_t follow_read(struct follow *follow, const struct follow_turn *turn, uint32_t position,
		     uint8_t *out, uint32_t n)
{
	uint32_t got = 0;

	while (got < n) {
		uint32_t into;
		const struct follow_piece *piece =
			follow_piece_at(follow, turn, position + got, &into);
		const uint8_t *bytes = piece ? follow_bytes(follow, piece) : NULL;

		if (!bytes)
			break;
		uint32_t here = piece->length - into < n - got ? piece->length - into : n - got;
		memcpy(out + got, bytes + into, here);
		got += here;
	}
	return got;
}

/* --- finding --- */

bool follow_find_packet(const struct follow *follow, uint32_t packet, struct follow_place *place)
{
	uint32_t low = 0, high = follow->turn_count;

	/* A packet's bytes are in order at the earliest when it comes. */
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (follow->turns[middle].known_in <= packet)
			low = middle + 1;
		else
			high = middle;
	}
	for (low -= low > 0; low < follow->turn_count; low++) {
		const struct follow_turn *turn = &follow->turns[low];
		for (uint32_t i = 0; i < turn->piece_count; i++) {
			const struct follow_piece *piece = &follow->pieces[turn->first_piece + i];
			if (piece->packet != packet || piece->source == FOLLOW_LOST)
				continue;
			*place = (struct follow_place){ low, position_of(turn, piece) };
			return true;
		}
	}
	return false;
}
