/* ranges.c - what stands in [ ], and the layers after #. */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "syntax.h"

enum { MOST_RANGES = 1000 };

static void skip_blanks(struct lexer *lexer)
{
	while (lexer->at < lexer->length && isspace((unsigned char)lexer->text[lexer->at]))
		lexer->at++;
}

static bool refuse(struct lexer *lexer, const char *what)
{
	bool at_end = lexer->at >= lexer->length;

	if (at_end)
		lexer->error->incomplete = true;
	return filter_fail(lexer->error, (struct place){ lexer->at, !at_end }, "%s",
			   at_end ? "\"]\" missing" : what);
}

/* Decimal, 0x hexadecimal or 0 octal, with or without a sign. */
static bool read_number(struct lexer *lexer, int32_t *number)
{
	const char *text = lexer->text + lexer->at;
	const char *digits = text + (text[0] == '-' || text[0] == '+');
	uint32_t n = (uint32_t)(digits - text);
	char *end;

	if (!isdigit((unsigned char)digits[0]))
		return refuse(lexer, "a number is expected here");
	while (isalnum((unsigned char)text[n]))
		n++;
	errno = 0;
	long long value = strtoll(text, &end, 0);
	struct place place = { lexer->at, n };
	char room[QUOTED_ROOM];
	if (end != text + n)
		return filter_fail(lexer->error, place, "%s is no number",
				   quoted(lexer->error, place, room));
	if (errno || value > INT32_MAX || value < INT32_MIN)
		return filter_fail(lexer->error, place, "%s is too large for a range",
				   quoted(lexer->error, place, room));
	*number = (int32_t)value;
	lexer->at += n;
	return true;
}

static bool check_range(struct lexer *lexer, const struct range *range, struct place place)
{
	const char *wrong = NULL;

	if (range->kind == RANGE_COUNT && range->second <= 0)
		wrong = "it is empty";
	else if (range->kind == RANGE_TO && (range->from < 0) != (range->second < 0))
		wrong = "one end counts from the start, the other from the end";
	else if (range->kind == RANGE_TO && range->from > range->second)
		wrong = "it ends before it begins";
	char room[QUOTED_ROOM];
	return !wrong || filter_fail(lexer->error, place, "range %s is not valid: %s",
				     quoted(lexer->error, place, room), wrong);
}

static char next_sign(struct lexer *lexer)
{
	skip_blanks(lexer);
	return lexer->at < lexer->length ? lexer->text[lexer->at] : '\0';
}

static bool read_second(struct lexer *lexer, struct range *range)
{
	lexer->at++;
	char c = next_sign(lexer);
	if (range->kind == RANGE_COUNT && (c == ']' || c == ',')) {
		range->kind = RANGE_REST;
		return true;
	}
	return read_number(lexer, &range->second);
}

static bool read_range(struct lexer *lexer, struct range *range)
{
	*range = (struct range){ .kind = RANGE_COUNT, .second = 1 };
	char c = next_sign(lexer);
	uint32_t start = lexer->at;
	if (c != ':' && !read_number(lexer, &range->from))
		return false;
	c = next_sign(lexer);
	if (c == ':' || c == '-') {
		range->kind = c == ':' ? RANGE_COUNT : RANGE_TO;
		if (!read_second(lexer, range))
			return false;
	}
	return check_range(lexer, range, (struct place){ start, lexer->at - start });
}

bool lexer_ranges(struct lexer *lexer, struct ranges *ranges)
{
	struct range one, *items = NULL;
	uint32_t room = 0;

	ranges->count = 0;
	for (;;) {
		if (!read_range(lexer, &one))
			return false;
		if (ranges->count == MOST_RANGES)
			return refuse(lexer, "too many ranges");
		if (ranges->count == room) {
			struct range *larger =
				arena_alloc(lexer->arena, (2 * room + 2) * sizeof one);
			if (room)
				memcpy(larger, items, room * sizeof one);
			items = larger;
			room = 2 * room + 2;
		}
		items[ranges->count++] = one;
		char c = next_sign(lexer);
		if (c != ']' && c != ',')
			return refuse(lexer, "\",\" or \"]\" is expected here");
		lexer->at++;
		if (c == ']')
			break;
	}
	ranges->items = items;
	return true;
}

bool lexer_layers(struct lexer *lexer, struct ranges *ranges)
{
	char c = lexer->at < lexer->length ? lexer->text[lexer->at] : '\0';

	if (c == '[') {
		lexer->at++;
		return lexer_ranges(lexer, ranges);
	}
	if (!isdigit((unsigned char)c)) {
		lexer->error->incomplete = !c;
		return filter_fail(lexer->error, (struct place){ lexer->at, c != '\0' },
				   "a number or \"[\" is expected right after \"#\"");
	}
	uint32_t n = (uint32_t)strspn(lexer->text + lexer->at, "0123456789");
	struct place place = { lexer->at, n };
	errno = 0;
	unsigned long number = strtoul(lexer->text + lexer->at, NULL, 10);
	if (errno || number > INT32_MAX)
		return filter_fail(lexer->error, place, "there are not so many layers");
	struct range *one = arena_alloc(lexer->arena, sizeof *one);
	*one = (struct range){ RANGE_COUNT, (int32_t)number, 1 };
	*ranges = (struct ranges){ 1, one };
	lexer->at += n;
	return true;
}
