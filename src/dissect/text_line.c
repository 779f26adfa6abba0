/* text_line.c - taking lines and words apart. */
#include <string.h>
#include <strings.h>

#include "dissect/registry.h"
#include "dissect/text_line.h"

bool take_line(struct cursor *c, struct text_line *line)
{
	uint32_t left = cursor_left(c);
	uint32_t start = c->pos;

	if (!left)
		return false;
	const uint8_t *bytes = cursor_bytes(c, left);
	const uint8_t *end = memchr(bytes, '\n', left);
	uint32_t length = end ? (uint32_t)(end - bytes) : left;
	uint32_t whole = end ? length + 1 : left;

	if (end && length && bytes[length - 1] == '\r')
		length--;
	c->pos = start + whole;
	*line = (struct text_line){ bytes, start, length, whole };
	return true;
}

bool from_client(const struct dissection *d)
{
	if (d->from.port == d->to.port || !d->matched_port)
		return d->from_opener;
	return d->to.port == d->matched_port;
}

bool begins_tls(const struct cursor *c)
{
	const uint8_t *bytes;

	return cursor_peek(c, 0, 2, &bytes) && bytes[0] >= 20 && bytes[0] <= 24 && bytes[1] == 3;
}

enum { LINE_LIMIT = 16 << 20 }; /* a longer line is not waited for */

void scan_tls(struct dissection *d, const struct cursor *c, struct message_scan *scan)
{
	const struct dissector *tls = registry_dissector_named("tls");

	if (!tls) {
		scan_all(c, scan);
		return;
	}
	scan->other = tls;
	tls->message_size(d, c, scan);
}

void scan_all(const struct cursor *c, struct message_scan *scan)
{
	scan->size = scan->offset + cursor_left(c);
	scan->known = true;
}

void scan_lines(const struct cursor *c, struct message_scan *scan)
{
	scan_lines_until(c, scan, NULL);
}

void scan_lines_until(const struct cursor *c, struct message_scan *scan,
		      bool (*is_last)(const struct text_line *line))
{
	uint32_t n = cursor_left(c), size = 0;
	const uint8_t *bytes;
	struct text_line line;

	if (!cursor_peek(c, 0, n, &bytes))
		return;
	const uint8_t *end = n ? memrchr(bytes, '\n', n) : NULL;
	if (!end) {
		if ((scan->ended && n == 0 && scan->offset) || scan->offset > LINE_LIMIT)
			scan_all(c, scan);
		else
			scan->offset += n;
		return;
	}
	if (scan->offset && is_last) {
		/* The first line began in what was shown before: look at it whole. */
		scan->offset = 0;
		return;
	}
	struct cursor lines = *c;
	while (size < (uint32_t)(end - bytes) + 1 && is_last && take_line(&lines, &line)) {
		size += line.whole;
		if (is_last(&line)) {
			scan->size = size;
			scan->known = true;
			return;
		}
	}
	scan->size = scan->offset + (uint32_t)(end - bytes) + 1;
	scan->known = true;
}

uint32_t dot_ended_length(const uint8_t *bytes, uint32_t n, uint8_t *ending)
{
	static const char end[] = "\r\n.\r\n";
	uint32_t matched = *ending;

	for (uint32_t i = 0; i < n; i++) {
		if (!matched) {
			const uint8_t *next = memchr(bytes + i, '\r', n - i);
			if (!next)
				break;
			i = (uint32_t)(next - bytes);
		}
		if (bytes[i] == end[matched % DOT_ENDED])
			matched++;
		else
			matched = bytes[i] == '\r';
		if (matched == DOT_ENDED) {
			*ending = (uint8_t)matched;
			return i + 1;
		}
	}
	*ending = (uint8_t)matched;
	return n;
}

struct text_part line_part(const struct text_line *line)
{
	return (struct text_part){ line->bytes, line->start, line->length };
}

struct text_part part_from(const struct text_part *part, uint32_t offset)
{
	/* An empty part may have no bytes to point at. */
	return (struct text_part){ offset ? part->bytes + offset : part->bytes,
				   part->start + offset, part->length - offset };
}

struct text_part take_word(struct text_part *rest)
{
	struct text_part word = *rest;
	uint32_t end = part_find(rest, ' ');

	word.length = end;
	while (end < rest->length && rest->bytes[end] == ' ')
		end++;
	*rest = part_from(rest, end);
	return word;
}

struct text_part trim_part(struct text_part part)
{
	uint32_t from = 0;

	while (from < part.length && is_blank(part.bytes[from]))
		from++;
	part = part_from(&part, from);
	while (part.length && is_blank(part.bytes[part.length - 1]))
		part.length--;
	return part;
}

struct text_part trim_folds(struct text_part part)
{
	while (part.length && memchr(" \t\r\n", part.bytes[0], 4))
		part = part_from(&part, 1);
	while (part.length && memchr(" \t\r\n", part.bytes[part.length - 1], 4))
		part.length--;
	return part;
}

bool part_begins(const struct text_part *part, const char *text)
{
	size_t n = strlen(text);

	return part->length >= n && strncasecmp((const char *)part->bytes, text, n) == 0;
}

bool part_equals(const struct text_part *part, const char *text)
{
	return part->length == strlen(text) && part_begins(part, text);
}

uint32_t part_find(const struct text_part *part, uint8_t byte)
{
	const uint8_t *at = part->length ? memchr(part->bytes, byte, part->length) : NULL;

	return at ? (uint32_t)(at - part->bytes) : part->length;
}

bool part_number(const struct text_part *part, uint64_t most, uint64_t *number)
{
	uint64_t value = 0;

	if (!part->length)
		return false;
	for (uint32_t i = 0; i < part->length; i++) {
		unsigned digit = part->bytes[i] - (unsigned)'0';
		if (digit > 9 || value > (most - digit) / 10)
			return false;
		value = value * 10 + digit;
	}
	*number = value;
	return true;
}

const char *part_text(struct dissection *d, const struct text_part *part)
{
	return part->length ? text_of(d, part->bytes, part->length) : "";
}

node_id add_part(struct dissection *d, const struct cursor *c, unsigned field,
		 const struct text_part *part)
{
	return add_text(d, c, field, part->start, part->length, part_text(d, part));
}

const char *line_text(struct dissection *d, const struct text_line *line)
{
	return text_of(d, line->bytes, line->whole);
}

static int base64_digit(uint8_t c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

int64_t base64_decode(uint8_t *out, const uint8_t *text, uint32_t n)
{
	uint32_t word = 0, bits = 0, length = 0;

	while (n && text[n - 1] == '=')
		n--;
	for (uint32_t i = 0; i < n; i++) {
		int digit = base64_digit(text[i]);
		if (digit < 0)
			return -1;
		word = word << 6 | (uint32_t)digit;
		bits += 6;
		if (bits < 8)
			continue;
		bits -= 8;
		out[length++] = (uint8_t)(word >> bits);
	}
	return length;
}
