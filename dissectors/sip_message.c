/* sip_message.c - where a message of SIP begins and ends (RFC 3261, 7 and 18.3), and what all of it
 * depends on. */
#include <string.h>

#include "sip.h"

enum { START_LIMIT = 4096, HEAD_LIMIT = 1 << 20, NAME_LIMIT = 32 };

static bool is_version(const struct text_part *word)
{
	return word->length == 7 && !memcmp(word->bytes, "SIP/2.0", 7);
}

/* The part before the next blank, which is skipped with it. */
static struct text_part split_at_blank(struct text_part *rest)
{
	struct text_part part = *rest;

	part.length = part_find(rest, ' ');
	*rest = part_from(rest, part.length < rest->length ? part.length + 1 : part.length);
	return part;
}

static bool is_method(const struct text_part *word)
{
	if (!word->length || word->length > NAME_LIMIT)
		return false;
	for (uint32_t i = 0; i < word->length; i++) {
		uint8_t letter = word->bytes[i] | 0x20;
		if ((letter < 'a' || letter > 'z') && word->bytes[i] != '-' &&
		    word->bytes[i] != '_')
			return false;
	}
	return true;
}

bool sip_read_start(struct text_part line, struct sip_message *m)
{
	struct text_part rest = line, first = split_at_blank(&rest);
	uint64_t status;

	*m = (struct sip_message){ 0 };
	if (is_version(&first)) {
		m->code = split_at_blank(&rest);
		m->phrase = rest;
		if (m->code.length != 3 || !part_number(&m->code, 999, &status) || status < 100 ||
		    m->code.start + m->code.length == line.start + line.length)
			return false;
		m->status = (uint32_t)status;
		m->is_response = true;
		return true;
	}
	m->method = first;
	m->uri = split_at_blank(&rest);
	m->is_request = is_method(&first) && m->uri.length > 2 &&
			part_find(&m->uri, ':') < m->uri.length && is_version(&rest);
	return m->is_request;
}

/* --- the head --- */

struct text_part sip_take_value(struct text_part *rest, char separator)
{
	struct text_part value = *rest;
	bool quoted = false, bracketed = false;
	uint32_t i = 0;

	for (; i < rest->length; i++) {
		uint8_t byte = rest->bytes[i];
		if (quoted && byte == '\\')
			i++;
		else if (byte == '"')
			quoted = !quoted;
		else if (!quoted && (byte == '<' || byte == '>'))
			bracketed = byte == '<';
		else if (!quoted && !bracketed && byte == (uint8_t)separator)
			break;
	}
	if (i > rest->length)
		i = rest->length;
	value.length = i;
	*rest = part_from(rest, i < rest->length ? i + 1 : i);
	return value;
}

/* Is a parameter of the value "expires=0"? */
static bool expires_at_once(struct text_part value)
{
	sip_take_value(&value, ';');
	while (value.length) {
		struct text_part one = sip_take_value(&value, ';');
		uint64_t seconds;
		one = trim_folds(one);
		if (!part_begins(&one, "expires="))
			continue;
		one = part_from(&one, 8);
		return part_number(&one, UINT32_MAX, &seconds) && !seconds;
	}
	return false;
}

static void read_contacts(struct sip_message *m, struct text_part value)
{
	value = trim_folds(value);
	if (value.length == 1 && value.bytes[0] == '*')
		m->all_contacts = true;
	while (value.length) {
		struct text_part one = sip_take_value(&value, ',');
		m->bindings++;
		m->removed += expires_at_once(one);
	}
}

static void read_sequence(struct sip_message *m, struct text_part value)
{
	struct text_part number = take_word(&value);

	number = trim_folds(number);
	if (!part_number(&number, UINT32_MAX, &m->sequence))
		m->sequence = 0;
	m->cseq_method = trim_folds(value);
}

static bool is_named(const struct text_part *name, const char *full, char letter)
{
	return name->length == 1 ? (name->bytes[0] | 0x20) == letter : part_is(name, full);
}

static void read_header(struct sip_message *m, struct text_part line)
{
	uint32_t colon = part_find(&line, ':');
	uint64_t number;

	if (colon == line.length)
		return;
	struct text_part value = part_from(&line, colon + 1), name = line;
	value = trim_folds(value);
	name.length = colon;
	name = trim_part(name);
	if (is_named(&name, "call-id", 'i'))
		m->call_id = value;
	else if (part_is(&name, "cseq"))
		read_sequence(m, value);
	else if (is_named(&name, "content-type", 'c'))
		m->content_type = value;
	else if (is_named(&name, "contact", 'm'))
		read_contacts(m, value);
	else if (part_is(&name, "expires"))
		m->expires_now = part_number(&value, UINT32_MAX, &number) && !number;
	else if (is_named(&name, "content-length", 'l'))
		m->has_length = part_number(&value, UINT32_MAX, &m->content_length);
}

void sip_read_head(const uint8_t *bytes, uint32_t n, struct sip_message *m)
{
	uint8_t fault = FAULT_NONE;
	struct cursor c = { .data = bytes, .fault = &fault, .captured = n, .reported = n };
	struct text_line line, more;
	const uint8_t *next;

	*m = (struct sip_message){ 0 };
	if (!take_line(&c, &line) || !sip_read_start(line_part(&line), m))
		return;
	while (take_line(&c, &line)) {
		if (line.length == 0 && line.whole) {
			m->size = c.pos;
			return;
		}
		while (cursor_peek(&c, 0, 1, &next) && is_blank(*next) && take_line(&c, &more))
			line.length = more.start - line.start + more.length;
		read_header(m, line_part(&line));
	}
}

/* --- in a stream --- */

enum scan_state { SCAN_START, SCAN_HEAD, SCAN_BODY };

static void scan_done(struct message_scan *scan, uint64_t size)
{
	scan->known = true;
	scan->size = size < UINT32_MAX ? (uint32_t)size : UINT32_MAX;
}

/* Empty lines are a message of their own; else the first line tells whether this is SIP. */
static void scan_start(struct message_scan *scan, const uint8_t *bytes, uint32_t n)
{
	struct sip_message m;
	uint32_t empty = 0;

	while (empty < n && (bytes[empty] == '\r' || bytes[empty] == '\n'))
		empty++;
	if (empty)
		return scan_done(scan, empty);
	const uint8_t *end = memchr(bytes, '\n', n);
	if (!end && n < START_LIMIT)
		return;
	struct text_part line = { bytes, 0, end ? (uint32_t)(end - bytes) : n };
	if (line.length && line.bytes[line.length - 1] == '\r')
		line.length--;
	if (!end || !sip_read_start(line, &m))
		return scan_done(scan, 0);
	scan->state = SCAN_HEAD;
	scan->offset = (uint32_t)(end - bytes);
}

/* Looks for an empty line; the offset stands at the end of a line before it. */
static void scan_head(struct message_scan *scan, const uint8_t *bytes, uint32_t n)
{
	const uint8_t *at = bytes, *stop = bytes + n, *end;

	while ((end = memchr(at, '\n', (size_t)(stop - at))) != NULL) {
		const uint8_t *next = end + 1;
		bool cut = next == stop || (*next == '\r' && next + 1 == stop);
		at = end;
		if (cut)
			break;
		if (*next == '\n' || (*next == '\r' && next[1] == '\n')) {
			scan->state = SCAN_BODY;
			scan->offset = 0;
			return;
		}
		at = next;
	}
	scan->offset += end ? (uint32_t)(at - bytes) : n;
	if (scan->offset > HEAD_LIMIT)
		scan_done(scan, scan->offset);
}

void sip_message_size(struct dissection *d, const struct cursor *c, struct message_scan *scan)
{
	uint32_t n = cursor_left(c), begin = scan->offset;
	struct sip_message m;
	const uint8_t *bytes;

	(void)d;
	if (!n || !cursor_peek(c, 0, n, &bytes))
		return;
	if (scan->state == SCAN_START)
		scan_start(scan, bytes, n);
	if (!scan->known && scan->state == SCAN_HEAD)
		scan_head(scan, bytes + (scan->offset - begin), n - (scan->offset - begin));
	if (scan->known || scan->state != SCAN_BODY || begin)
		return;
	sip_read_head(bytes, n, &m);
	scan_done(scan, (uint64_t)m.size + m.content_length);
}
