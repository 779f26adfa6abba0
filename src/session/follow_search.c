/* follow_search.c - looks for bytes in what was said, some at a time. */
#include <string.h>

#include "follow_parts.h"

enum { SEARCH_CHUNK = 1 << 14, TURN_COST = 64 };

static uint8_t folded(uint8_t c)
{
	return c >= 'A' && c <= 'Z' ? (uint8_t)(c | 0x20) : c;
}

static bool same_bytes(const struct follow_search *search, const uint8_t *at)
{
	if (!(search->flags & SEARCH_ANY_CASE))
		return !memcmp(at, search->needle, search->length);
	for (uint32_t i = 0; i < search->length; i++)
		if (folded(at[i]) != folded(search->needle[i]))
			return false;
	return true;
}

/* Where the needle first, or last, begins in n bytes; n: nowhere. */
static uint32_t find_in(const struct follow_search *search, const uint8_t *bytes, uint32_t n)
{
	if (n < search->length)
		return n;
	uint32_t places = n - search->length + 1;
	for (uint32_t i = 0; i < places; i++) {
		uint32_t at = search->flags & SEARCH_BACKWARDS ? places - 1 - i : i;

		if (same_bytes(search, bytes + at))
			return at;
	}
	return n;
}

/* How far bytes reach from `position` without one missing, up to n; 0: it is itself missing, and
 * *skip says how much of the turn is. */
static uint32_t read_here(struct follow *follow, const struct follow_turn *turn, uint32_t position,
			  uint8_t *bytes, uint32_t n, uint32_t *skip)
{
	uint32_t got = follow_read(follow, turn, position, bytes, n), into;

	if (got)
		return got;
	const struct follow_piece *piece = follow_piece_at(follow, turn, position, &into);
	*skip = piece ? piece->length - into : n;
	return 0;
}

/* Looks at one chunk of a turn from at.position on. */
static enum follow_search_state look_forward(struct follow *follow, struct follow_search *search,
					     const struct follow_turn *turn)
{
	uint8_t bytes[SEARCH_CHUNK];
	uint32_t skip = 0;
	uint32_t got = read_here(follow, turn, search->at.position, bytes, sizeof(bytes), &skip);
	uint32_t found = got ? find_in(search, bytes, got) : 0;

	if (found < got) {
		search->at.position += found;
		return SEARCH_FOUND;
	}
	/* What fills the chunk may go on in the next one. */
	if (got == sizeof(bytes))
		search->at.position += got - (search->length - 1);
	else
		search->at.position += got ? got : skip;
	return SEARCH_MORE;
}

/* The first byte of the run without a missing one that ends before `end`, at most n before it. */
static uint32_t run_before(const struct follow *follow, const struct follow_turn *turn,
			   uint32_t end, uint32_t n)
{
	uint32_t from = end, into;

	while (from && end - from < n) {
		const struct follow_piece *piece = follow_piece_at(follow, turn, from - 1, &into);
		if (!piece || follow_is_missing(piece))
			break;
		from = from - 1 - into;
	}
	return end - from > n ? end - n : from;
}

/* Looks at the chunk of a turn that ends before at.position. */
static enum follow_search_state look_backward(struct follow *follow, struct follow_search *search,
					      const struct follow_turn *turn)
{
	uint8_t bytes[SEARCH_CHUNK];
	uint32_t end = search->at.position < turn->length ? search->at.position : turn->length;
	uint32_t from = run_before(follow, turn, end, sizeof(bytes)), into;

	if (from == end) {
		const struct follow_piece *piece = follow_piece_at(follow, turn, end - 1, &into);
		search->at.position = piece ? end - 1 - into : end - 1;
		return SEARCH_MORE;
	}
	uint32_t got = follow_read(follow, turn, from, bytes, end - from);
	uint32_t found = got ? find_in(search, bytes, got) : 0;
	if (found < got) {
		search->at.position = from + found;
		return SEARCH_FOUND;
	}
	bool may_go_on = got == sizeof(bytes);
	search->at.position = may_go_on ? from + search->length - 1 : from;
	return SEARCH_MORE;
}

static bool is_looked_at(const struct follow_search *search, const struct follow_turn *turn)
{
	return search->flags & 1u << turn->side && turn->length;
}

enum follow_search_state follow_search(struct follow *follow, struct follow_search *search,
				       uint32_t budget)
{
	struct follow_place *at = &search->at;
	bool back = search->flags & SEARCH_BACKWARDS;

	if (!search->length || search->length > FOLLOW_NEEDLE_LIMIT)
		return SEARCH_END;
	for (uint64_t spent = 0; at->turn < follow->turn_count;) {
		const struct follow_turn *turn = &follow->turns[at->turn];
		bool over = back ? !at->position : at->position >= turn->length;

		if (spent > budget)
			return SEARCH_MORE;
		spent += turn->length < SEARCH_CHUNK ? TURN_COST + turn->length : SEARCH_CHUNK;
		if (!over && is_looked_at(search, turn)) {
			if ((back ? look_backward : look_forward)(follow, search, turn) ==
			    SEARCH_FOUND)
				return SEARCH_FOUND;
			continue;
		}
		if (back && !at->turn)
			return SEARCH_END;
		at->turn += back ? UINT32_MAX : 1;
		at->position = back ? UINT32_MAX : 0;
	}
	return SEARCH_END;
}
