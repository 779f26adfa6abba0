/* json_check.c - a strict reader of JSON that keeps nothing but the names of open objects. */
#include "support/json_check.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

enum { DEEPEST = 1000 };

struct name {
	const char *text; /* with its quotes and escapes */
	size_t length;
};

struct reader {
	const char *text;
	size_t n, at;
	unsigned depth;
	const char *fault;
	struct name *names; /* of all open objects, the innermost's last */
	size_t count, room;
};

static bool fail(struct reader *r, const char *fault)
{
	if (!r->fault)
		r->fault = fault;
	return false;
}

static int peek(struct reader *r)
{
	while (r->at < r->n && strchr(" \t\r\n", r->text[r->at]) && r->text[r->at])
		r->at++;
	return r->at < r->n ? r->text[r->at] : -1;
}

static bool take(struct reader *r, char c)
{
	if (peek(r) != c)
		return false;
	r->at++;
	return true;
}

static bool read_escape(struct reader *r)
{
	if (r->at == r->n || !strchr("\"\\/bfnrtu", r->text[r->at]) || !r->text[r->at])
		return fail(r, "a wrong escape");
	if (r->text[r->at++] != 'u')
		return true;
	for (unsigned i = 0; i < 4; i++, r->at++)
		if (r->at == r->n || !strchr("0123456789abcdefABCDEF", r->text[r->at]))
			return fail(r, "a wrong \\u");
	return true;
}

static bool read_string(struct reader *r)
{
	uint32_t code;

	if (!take(r, '"'))
		return fail(r, "a string is missing");
	while (r->at < r->n && r->text[r->at] != '"') {
		uint8_t byte = (uint8_t)r->text[r->at];
		if (byte < 0x20)
			return fail(r, "a control character");
		if (byte == '\\') {
			r->at++;
			if (!read_escape(r))
				return false;
			continue;
		}
		unsigned length =
			text_character((const uint8_t *)r->text + r->at, r->n - r->at, &code);
		if (!length)
			return fail(r, "no UTF-8");
		r->at += length;
	}
	return take(r, '"') || fail(r, "a string without an end");
}

static size_t digits(struct reader *r)
{
	size_t from = r->at;

	while (r->at < r->n && r->text[r->at] >= '0' && r->text[r->at] <= '9')
		r->at++;
	return r->at - from;
}

static bool read_number(struct reader *r)
{
	bool zero;

	if (r->text[r->at] == '-')
		r->at++;
	zero = r->at < r->n && r->text[r->at] == '0';
	size_t whole = digits(r);
	if (!whole || (zero && whole > 1))
		return fail(r, "no value");
	if (r->at < r->n && r->text[r->at] == '.') {
		r->at++;
		if (!digits(r))
			return fail(r, "a point without digits");
	}
	return true;
}

static bool read_word(struct reader *r)
{
	static const char *const words[] = { "true", "false", "null" };

	for (unsigned i = 0; i < 3; i++) {
		size_t length = strlen(words[i]);
		if (r->n - r->at >= length && !memcmp(r->text + r->at, words[i], length)) {
			r->at += length;
			return true;
		}
	}
	return read_number(r);
}

static int by_text(const void *a, const void *b)
{
	const struct name *x = a, *y = b;
	size_t n = x->length < y->length ? x->length : y->length;
	int order = memcmp(x->text, y->text, n);

	return order ? order : (x->length > y->length) - (x->length < y->length);
}

static bool names_differ(struct reader *r, size_t first)
{
	size_t count = r->count - first;

	if (count > 1)
		qsort(r->names + first, count, sizeof *r->names, by_text);
	for (size_t i = first + 1; i < r->count; i++)
		if (!by_text(&r->names[i], &r->names[i - 1]))
			return fail(r, "two members of one name");
	r->count = first;
	return true;
}

static bool read_value(struct reader *r);

static bool read_member(struct reader *r)
{
	peek(r);
	size_t from = r->at;
	if (!read_string(r))
		return false;
	if (r->count == r->room) {
		r->room = 2 * r->room + 64;
		r->names = must_resize(r->names, r->room, sizeof *r->names);
	}
	r->names[r->count++] = (struct name){ r->text + from, r->at - from };
	return take(r, ':') ? read_value(r) : fail(r, "no colon");
}

static bool read_object(struct reader *r)
{
	size_t first = r->count;

	if (take(r, '}'))
		return true;
	do
		if (!read_member(r))
			return false;
	while (take(r, ','));
	return take(r, '}') ? names_differ(r, first) : fail(r, "an object without an end");
}

static bool read_array(struct reader *r)
{
	if (take(r, ']'))
		return true;
	do
		if (!read_value(r))
			return false;
	while (take(r, ','));
	return take(r, ']') || fail(r, "an array without an end");
}

static bool read_value(struct reader *r)
{
	bool good;

	if (++r->depth > DEEPEST)
		return fail(r, "too deep");
	if (peek(r) == '"')
		good = read_string(r);
	else if (take(r, '{'))
		good = read_object(r);
	else if (take(r, '['))
		good = read_array(r);
	else
		good = r->at < r->n ? read_word(r) : fail(r, "no value");
	r->depth--;
	return good;
}

const char *json_fault(const char *text, size_t n, size_t *place)
{
	struct reader r = { .text = text, .n = n };

	if (read_value(&r) && peek(&r) >= 0)
		fail(&r, "something behind the value");
	*place = r.at;
	free(r.names);
	return r.fault;
}
