/* text_pager.c - which bytes a line has, and what they look like.
 *
 * In text a line ends at a newline, where it is full, and at each BLOCK bytes of a turn: so the
 * line before another is found by reading one block. */
#include "ui/text_pager.h"

#include <stdio.h>

enum { BLOCK = 4096, READ_BYTES = 1024, LINE_BYTES = 512, GAP_PIECES = 256 };

/* How many of the bytes are on the line that begins with them. */
static uint32_t line_length(const struct text_pager *pager, const uint8_t *bytes, uint32_t n,
			    uint32_t position)
{
	uint32_t fixed = text_form_fixed(pager->form);
	uint32_t most = fixed ? fixed - position % fixed : BLOCK - position % BLOCK;

	if (most > LINE_BYTES)
		most = LINE_BYTES;
	if (n > most)
		n = most;
	return fixed ? n : text_form_length(pager->form, bytes, n, pager->columns);
}

/* --- turns --- */

static const struct follow_turn *turn_at(const struct text_pager *pager, uint32_t turn)
{
	return turn < follow_turn_count(pager->follow) ? follow_turn(pager->follow, turn) : NULL;
}

static bool is_shown(const struct text_pager *pager, uint32_t turn)
{
	const struct follow_turn *t = turn_at(pager, turn);

	return t && pager->sides >> t->side & 1;
}

/* If the byte is missing: where in the turn what is missing begins and ends.  Pieces that are alike
 * are one gap, as far as their numbers begin alike: so that no way to its ends is long. */
static bool missing_at(const struct text_pager *pager, const struct follow_turn *turn,
		       uint32_t position, uint32_t *start, uint32_t *end)
{
	uint32_t into;
	const struct follow_piece *all = follow_piece(pager->follow, turn->first_piece);
	const struct follow_piece *piece = follow_piece_at(pager->follow, turn, position, &into);

	if (!piece || !follow_is_missing(piece))
		return false;
	uint32_t n = (uint32_t)(piece - all), first = n - n % GAP_PIECES;

	*start = position - into;
	*end = *start + piece->length;
	for (uint32_t i = n; i-- > first && all[i].source == piece->source;)
		*start -= all[i].length;
	for (uint32_t i = n + 1;
	     i < first + GAP_PIECES && i < turn->piece_count && all[i].source == piece->source; i++)
		*end += all[i].length;
	return true;
}

static bool is_cut(const struct text_pager *pager, const struct follow_turn *turn,
		   uint32_t position)
{
	uint32_t into;

	return follow_piece_at(pager->follow, turn, position, &into)->source == FOLLOW_CUT;
}

/* Where the line that begins at a position of the turn ends; at least one byte further. */
static uint32_t line_end(const struct text_pager *pager, const struct follow_turn *turn,
			 uint32_t position)
{
	uint8_t bytes[READ_BYTES];
	uint32_t start, end;

	if (missing_at(pager, turn, position, &start, &end))
		return end;
	uint32_t n = follow_read(pager->follow, turn, position, bytes, sizeof bytes);
	uint32_t length = n ? line_length(pager, bytes, n, position) : 0;

	/* The file was changed: what is left cannot be told. */
	return length ? position + length : turn->length;
}

/* Where the line begins that a byte of the turn is on. */
static uint32_t line_start(const struct text_pager *pager, const struct follow_turn *turn,
			   uint32_t position)
{
	uint8_t bytes[BLOCK];
	uint32_t start, end, at = position - position % BLOCK;

	if (missing_at(pager, turn, position, &start, &end))
		return start;
	if (text_form_fixed(pager->form))
		at = position - position % text_form_fixed(pager->form);
	while (missing_at(pager, turn, at, &start, &end))
		at = end;
	for (uint32_t from = at;; from = at) {
		uint32_t n = follow_read(pager->follow, turn, from, bytes, sizeof bytes);

		while (at - from < n) {
			uint32_t length =
				line_length(pager, bytes + (at - from), n - (at - from), at);
			if (at + length > position || !length)
				return at;
			at += length;
		}
		if (!n)
			return position;
		while (missing_at(pager, turn, at, &start, &end))
			at = end;
	}
}

/* --- the way among lines --- */

/* The first mark that stands before a turn, or behind the last turn. */
static uint32_t first_mark(const struct text_pager *pager, uint32_t turn)
{
	uint32_t low = 0, high = follow_mark_count(pager->follow);

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (follow_mark(pager->follow, middle)->turns < turn)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool is_mark_of(const struct text_pager *pager, uint32_t mark, uint32_t turn)
{
	return mark < follow_mark_count(pager->follow) &&
	       follow_mark(pager->follow, mark)->turns == turn;
}

/* The first line at a turn or behind it. */
static bool enter_turn(const struct text_pager *pager, uint32_t turn, struct text_place *place)
{
	uint32_t count = follow_turn_count(pager->follow);

	for (; turn <= count; turn++) {
		uint32_t mark = first_mark(pager, turn);

		*place = (struct text_place){ turn, LINE_MARK, mark };
		if (is_mark_of(pager, mark, turn))
			return true;
		place->kind = LINE_HEADER;
		place->at = 0;
		if (is_shown(pager, turn))
			return true;
	}
	return false;
}

bool pager_first(const struct text_pager *pager, struct text_place *place)
{
	return enter_turn(pager, 0, place);
}

/* The last line of a turn that is shown. */
static struct text_place last_of(const struct text_pager *pager, uint32_t turn)
{
	const struct follow_turn *t = turn_at(pager, turn);

	if (!t->length)
		return (struct text_place){ turn, LINE_HEADER, 0 };
	return (struct text_place){ turn, LINE_BODY, line_start(pager, t, t->length - 1) };
}

/* The last line before a turn and its marks. */
static bool leave_turn(const struct text_pager *pager, uint32_t turn, struct text_place *place)
{
	while (turn-- > 0) {
		uint32_t mark = first_mark(pager, turn + 1);

		if (is_shown(pager, turn)) {
			*place = last_of(pager, turn);
			return true;
		}
		if (mark && is_mark_of(pager, mark - 1, turn)) {
			*place = (struct text_place){ turn, LINE_MARK, mark - 1 };
			return true;
		}
	}
	return false;
}

bool pager_last(const struct text_pager *pager, struct text_place *place)
{
	uint32_t count = follow_turn_count(pager->follow), marks = follow_mark_count(pager->follow);

	if (marks && is_mark_of(pager, marks - 1, count)) {
		*place = (struct text_place){ count, LINE_MARK, marks - 1 };
		return true;
	}
	return leave_turn(pager, count, place);
}

bool pager_next(const struct text_pager *pager, struct text_place *place)
{
	const struct follow_turn *turn = turn_at(pager, place->turn);
	uint32_t from = place->at;

	switch (place->kind) {
	case LINE_MARK:
		if (is_mark_of(pager, place->at + 1, place->turn)) {
			place->at++;
			return true;
		}
		if (is_shown(pager, place->turn)) {
			*place = (struct text_place){ place->turn, LINE_HEADER, 0 };
			return true;
		}
		break;
	case LINE_HEADER:
		if (turn && turn->length) {
			*place = (struct text_place){ place->turn, LINE_BODY, 0 };
			return true;
		}
		break;
	default:
		from = turn ? line_end(pager, turn, from) : 0;
		if (turn && from < turn->length) {
			place->at = from;
			return true;
		}
		break;
	}
	struct text_place next;

	if (!enter_turn(pager, place->turn + 1, &next))
		return false;
	*place = next;
	return true;
}

bool pager_previous(const struct text_pager *pager, struct text_place *place)
{
	const struct follow_turn *turn = turn_at(pager, place->turn);
	uint32_t mark = first_mark(pager, place->turn);

	switch (place->kind) {
	case LINE_BODY:
		if (place->at && turn)
			place->at = line_start(pager, turn, place->at - 1);
		else
			*place = (struct text_place){ place->turn, LINE_HEADER, 0 };
		return true;
	case LINE_HEADER:
		if (!is_mark_of(pager, mark, place->turn))
			break;
		*place = (struct text_place){ place->turn, LINE_MARK,
					      first_mark(pager, place->turn + 1) - 1 };
		return true;
	default:
		if (place->at <= mark)
			break;
		place->at--;
		return true;
	}
	return leave_turn(pager, place->turn, place);
}

struct text_place pager_place_of(const struct text_pager *pager, const struct follow_place *byte)
{
	const struct follow_turn *turn = turn_at(pager, byte->turn);

	if (!turn || byte->position >= turn->length)
		return (struct text_place){ byte->turn, LINE_HEADER, 0 };
	return (struct text_place){ byte->turn, LINE_BODY,
				    line_start(pager, turn, byte->position) };
}

uint32_t pager_packet(const struct text_pager *pager, const struct text_place *place)
{
	const struct follow_turn *turn = turn_at(pager, place->turn);
	uint32_t into;

	if (place->kind == LINE_MARK)
		return place->at < follow_mark_count(pager->follow)
			       ? follow_mark(pager->follow, place->at)->packet
			       : 0;
	if (!turn)
		return 0;
	const struct follow_piece *piece = follow_piece_at(
		pager->follow, turn, place->kind == LINE_BODY ? place->at : 0, &into);
	return piece ? piece->packet : turn->known_in;
}

int pager_compare(const struct text_place *a, const struct text_place *b)
{
	if (a->turn != b->turn)
		return a->turn < b->turn ? -1 : 1;
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	return a->at == b->at ? 0 : a->at < b->at ? -1 : 1;
}

/* --- words --- */

void pager_line(const struct text_pager *pager, const struct text_place *place,
		char text[PAGER_LINE_ROOM], bool *missing)
{
	const struct follow_turn *turn = turn_at(pager, place->turn);
	uint8_t bytes[READ_BYTES];
	uint32_t start, end;

	text[0] = '\0';
	*missing = false;
	if (!turn || place->kind != LINE_BODY)
		return;
	if (missing_at(pager, turn, place->at, &start, &end)) {
		*missing = true;
		snprintf(text, PAGER_LINE_ROOM,
			 is_cut(pager, turn, place->at) ? "⟨%u byte%s cut off by the capture⟩"
							: "⟨gap: %u byte%s not captured⟩",
			 end - start, end - start == 1 ? "" : "s");
		return;
	}
	uint32_t n = line_end(pager, turn, place->at) - place->at;

	n = follow_read(pager->follow, turn, place->at, bytes, n < sizeof bytes ? n : sizeof bytes);
	if (!n)
		snprintf(text, PAGER_LINE_ROOM, "⟨cannot be read any more: the file was changed⟩");
	else
		text_form_line(pager->form, bytes, n, place->at, text, PAGER_LINE_ROOM);
}
