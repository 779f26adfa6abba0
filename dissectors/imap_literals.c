/* imap_literals.c - where IMAP's literals are, and so where the server's messages end. */
#include <string.h>

#include "imap.h"

enum { LITERAL_LOOK_BACK = 16 };

/* `end` points behind the line, before its CR LF; no more than `n` bytes before it are of the line.
 */
static struct imap_literal literal_before(const uint8_t *end, uint32_t n)
{
	struct imap_literal literal = { .synchronizing = true };
	uint64_t length = 0, power = 1;
	uint32_t at = 1;

	if (!n || end[-1] != '}')
		return literal;
	if (n > 1 && end[-2] == '+') {
		literal.synchronizing = false;
		at++;
	}
	for (; at < n && end[-(int32_t)at - 1] >= '0' && end[-(int32_t)at - 1] <= '9'; at++) {
		length += (uint64_t)(end[-(int32_t)at - 1] - '0') * power;
		power *= 10;
		if (power > 10000000000u)
			return literal;
	}
	if (power == 1 || at >= n || end[-(int32_t)at - 1] != '{' || length > INT32_MAX)
		return literal;
	literal.length = (uint32_t)length;
	literal.found = true;
	return literal;
}

struct imap_literal imap_literal_of(const struct text_line *line)
{
	return literal_before(line->bytes + line->length, line->length);
}

void imap_scan_responses(const struct cursor *c, struct message_scan *scan)
{
	uint32_t n = cursor_left(c), at = 0;
	const uint8_t *bytes, *end;

	if (!cursor_peek(c, 0, n, &bytes))
		return;
	while (at < n && (end = memchr(bytes + at, '\n', n - at))) {
		const uint8_t *stop = end > bytes && end[-1] == '\r' ? end - 1 : end;
		struct imap_literal literal = literal_before(stop, (uint32_t)(stop - bytes));
		uint32_t next = (uint32_t)(end - bytes) + 1;
		if (!literal.found) {
			scan->value = scan->offset + next;
		} else if (literal.length > n - next) {
			if (scan->value)
				break;
			scan->offset += next + literal.length;
			scan->needed = scan->offset + 1;
			return;
		} else {
			next += literal.length;
		}
		at = next;
	}
	if (scan->value) {
		scan->size = scan->value;
		scan->known = true;
	} else if (scan->ended) {
		scan_all(c, scan);
	} else if (n > LITERAL_LOOK_BACK) {
		scan->offset += n - LITERAL_LOOK_BACK;
	}
}
