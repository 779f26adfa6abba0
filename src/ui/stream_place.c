/* stream_place.c - places in a stream's text: a packet's, those that are on no line any more, and
 * what is on the screen around the cursor. */
#include "stream_faces.h"

/* The turn that the packet is in, or that was not complete before it; their count: none yet. */
static uint32_t turn_reaching(const struct follow *follow, uint32_t packet)
{
	uint32_t low = 0, high = follow_turn_count(follow);

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		const struct follow_turn *turn = follow_turn(follow, middle);
		uint32_t last =
			turn->piece_count
				? follow_piece(follow, turn->first_piece + turn->piece_count - 1)
					  ->packet
				: turn->known_in;

		if (last < packet)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool text_place_of(const struct stream_screen *stream, uint32_t packet, struct text_place *place)
{
	const struct text_pager *pager = &stream->pager;
	struct follow_place byte;

	if (follow_find_packet(stream->follow, packet, &byte)) {
		*place = pager_place_of(pager, &byte);
		return pager->sides >> follow_turn(stream->follow, byte.turn)->side & 1;
	}
	for (uint32_t i = 0; i < follow_mark_count(stream->follow); i++) {
		const struct follow_mark *mark = follow_mark(stream->follow, i);

		*place = (struct text_place){ mark->turns, LINE_MARK, i };
		if (mark->packet == packet)
			return true;
	}
	return false;
}

void text_go_to_wanted(struct app *app, int rows)
{
	struct stream_screen *stream = &app->stream;
	struct text_pager *pager = &stream->pager;
	bool is_payload = stream->reading == FOLLOW_TCP || stream->reading == FOLLOW_UDP;
	struct text_place place;

	if (!stream->text_wanted)
		return;
	bool found = text_place_of(stream, stream->text_wanted, &place);

	if (!found && !is_payload) {
		struct follow_place byte = { turn_reaching(stream->follow, stream->text_wanted),
					     0 };

		found = byte.turn < follow_turn_count(stream->follow) &&
			pager->sides >> follow_turn(stream->follow, byte.turn)->side & 1;
		place = pager_place_of(pager, &byte);
	}
	if (!found && stream->pending)
		return;
	stream->text_wanted = 0;
	if (!found)
		return;
	pager->top = pager->cursor = place;
	/* With what was said before it. */
	for (int i = 0; i < rows / 3 && pager_previous(pager, &pager->top); i++)
		;
}

void text_mend(const struct text_pager *pager, struct text_place *place)
{
	const struct follow *follow = pager->follow;
	struct follow_place byte = { place->turn, place->at };

	if (place->kind == LINE_MARK)
		return;
	if (place->turn < follow_turn_count(follow) &&
	    pager->sides >> follow_turn(follow, place->turn)->side & 1) {
		if (place->kind == LINE_BODY)
			*place = pager_place_of(pager, &byte);
		return;
	}
	struct text_place next = *place;

	next.kind = LINE_BODY;
	next.at = UINT32_MAX - 1;
	if (pager_next(pager, &next) || pager_first(pager, &next))
		*place = next;
}

/* Moves the top so that the cursor is among the rows. */
static void scroll(struct text_pager *pager, uint32_t rows)
{
	struct text_place at = pager->cursor;

	if (pager_compare(&pager->cursor, &pager->top) < 0)
		pager->top = pager->cursor;
	for (uint32_t i = 0; i + 1 < rows && pager_compare(&at, &pager->top) > 0; i++)
		if (!pager_previous(pager, &at))
			break;
	if (pager_compare(&at, &pager->top) > 0)
		pager->top = at;
}

/* No row stays empty while there are lines above. */
static void fill(struct text_pager *pager, uint32_t rows)
{
	struct text_place at = pager->top;
	uint32_t below = 1;

	while (below < rows && pager_next(pager, &at))
		below++;
	for (; below < rows && pager_previous(pager, &pager->top); below++)
		;
}

void text_scroll(struct text_pager *pager, uint32_t rows)
{
	scroll(pager, rows);
	fill(pager, rows);
}
