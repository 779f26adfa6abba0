/* http_message.c - where HTTP/1 messages begin and end, RFC 9112 sections 2, 6 and 7.
 *
 * The scan looks at each byte a fixed number of times however the stream is cut: what it
 * has seen is kept as a state and an offset. */
#include <string.h>

#include "http2.h"
#include "http_message.h"
#include "state/conversation.h"

enum {
	METHOD_LIMIT = 32,     /* longer words are no method */
	HEAD_LIMIT = 16 << 20, /* a longer header section is not waited for */
	BODY_STEP = 8 << 20,   /* a body is looked at again once so much more of it is there */
};

static bool is_token_character(uint8_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	       (c && strchr("!#$%&'*+-.^_`|~", c));
}

static const char *const methods[] = {
	"GET",
	"POST",
	"HEAD",
	"PUT",
	"DELETE",
	"OPTIONS",
	"CONNECT",
	"PATCH",
	"TRACE",
	"PROPFIND",
	"PROPPATCH",
	"MKCOL",
	"COPY",
	"MOVE",
	"LOCK",
	"UNLOCK",
	"SEARCH",
	"REPORT",
	"ACL",
	"BIND",
	"UNBIND",
	"REBIND",
	"CHECKIN",
	"CHECKOUT",
	"UNCHECKOUT",
	"UPDATE",
	"MERGE",
	"LABEL",
	"LINK",
	"UNLINK",
	"MKACTIVITY",
	"MKWORKSPACE",
	"MKCALENDAR",
	"VERSION-CONTROL",
	"BASELINE-CONTROL",
	"ORDERPATCH",
	"SUBSCRIBE",
	"UNSUBSCRIBE",
	"NOTIFY",
	"M-SEARCH",
	"POLL",
	"BCOPY",
	"BDELETE",
	"BMOVE",
	"BPROPFIND",
	"BPROPPATCH",
	"ICAP",
	"REGISTER",
	"SOURCE",
	"RPC_CONNECT",
	"RPC_IN_DATA",
	"RPC_OUT_DATA",
	"CCM_POST",
	"SSTP_DUPLEX_POST",
};

static bool is_known_method(const struct text_part *word)
{
	for (unsigned i = 0; i < COUNT(methods); i++)
		if (*methods[i] == (char)word->bytes[0] && word->length == strlen(methods[i]) &&
		    memcmp(word->bytes, methods[i], word->length) == 0)
			return true;
	return false;
}

static inline bool begins_exactly(const struct text_part *part, const char *text)
{
	return part->length >= strlen(text) && memcmp(part->bytes, text, strlen(text)) == 0;
}

bool http_is_token(const struct text_part *word)
{
	if (!word->length)
		return false;
	for (uint32_t i = 0; i < word->length; i++)
		if (!is_token_character(word->bytes[i]))
			return false;
	return true;
}

/* The part before the next single blank, which is skipped with it. */
static struct text_part split_at_blank(struct text_part *rest)
{
	struct text_part part = *rest;

	part.length = part_find(rest, ' ');
	*rest = part_from(rest, part.length < rest->length ? part.length + 1 : part.length);
	return part;
}

static bool read_status_line(struct text_part line, struct http_start *start)
{
	uint64_t status;

	start->kind = HTTP_KIND_RESPONSE;
	start->version = split_at_blank(&line);
	start->code = split_at_blank(&line);
	start->phrase = line;
	if (start->code.length == 3 && part_number(&start->code, 999, &status))
		start->status = (uint16_t)status;
	return true;
}

bool http_read_start(struct text_part line, struct http_start *start)
{
	*start = (struct http_start){ .kind = HTTP_KIND_NONE };
	if (begins_exactly(&line, "HTTP/") || begins_exactly(&line, "ICY ") ||
	    part_is(&line, "ICY"))
		return read_status_line(line, start);
	struct text_part rest = line;
	start->method = split_at_blank(&rest);
	if (start->method.length > METHOD_LIMIT || !http_is_token(&start->method))
		return false;
	start->uri = split_at_blank(&rest);
	start->version = rest;
	if (!begins_exactly(&start->version, "HTTP/") && !is_known_method(&start->method))
		return false;
	/* The preface of HTTP/2 (RFC 9113 section 3.4). */
	if (begins_exactly(&line, "PRI * HTTP/2"))
		return false;
	start->kind = HTTP_KIND_REQUEST;
	return true;
}

/* Could a start line begin with these bytes?  Asked before the line is whole. */
static bool may_begin_start(const uint8_t *bytes, uint32_t n)
{
	for (uint32_t i = 0; i < n && i <= METHOD_LIMIT; i++) {
		if (bytes[i] == ' ' || bytes[i] == '/')
			return i > 0;
		if (bytes[i] == '\r' || bytes[i] == '\n')
			return true;
		if (!is_token_character(bytes[i]))
			return false;
	}
	return n <= METHOD_LIMIT;
}

bool http_may_begin(const struct cursor *c)
{
	const uint8_t *bytes;
	uint32_t n = cursor_left(c);

	return n && cursor_peek(c, 0, n, &bytes) && may_begin_start(bytes, n);
}

uint32_t http_line_end(const uint8_t *bytes, uint32_t n)
{
	if (n >= 2 && bytes[0] == '\r' && bytes[1] == '\n')
		return 2;
	return n && bytes[0] == '\n';
}

/* --- the header section --- */

static void read_length(struct http_head *head, struct text_part value)
{
	uint64_t number;

	while (value.length) {
		struct text_part one = value;
		one.length = part_find(&value, ',');
		value = part_from(&value, one.length < value.length ? one.length + 1 : one.length);
		one = trim_part(one);
		bool good = part_number(&one, INT64_MAX, &number) &&
			    (!head->has_length || number == head->content_length);
		if (!good && head->framing <= FRAMING_LENGTH)
			head->framing = FRAMING_BAD_LENGTH;
		if (!good)
			return;
		head->has_length = true;
		head->content_length = number;
	}
	if (!head->has_length)
		head->framing = FRAMING_BAD_LENGTH;
}

/* Chunked counts when it is named once, as the last coding. */
static void read_coding(struct http_head *head, struct text_part value)
{
	while (value.length) {
		struct text_part one = value;
		one.length = part_find(&value, ',');
		value = part_from(&value, one.length < value.length ? one.length + 1 : one.length);
		one = trim_part(one);
		bool again = head->framing == FRAMING_CHUNKED;
		head->framing =
			part_is(&one, "chunked") && !again ? FRAMING_CHUNKED : FRAMING_OTHER_CODING;
	}
	head->has_coding = true;
}

static void read_header(struct http_head *head, struct text_part line)
{
	uint32_t colon = part_find(&line, ':');

	if (colon == line.length)
		return;
	struct text_part value = part_from(&line, colon + 1);
	value = trim_part(value);
	line.length = colon;
	if (part_is(&line, "content-length"))
		read_length(head, value);
	else if (part_is(&line, "transfer-encoding"))
		read_coding(head, value);
	else if (part_is(&line, "content-type"))
		head->content_type = value;
	else if (part_is(&line, "content-encoding") && !head->content_encoding.bytes)
		head->content_encoding = value;
	else if (part_is(&line, "host") && !head->host.length)
		head->host = value;
	else if (part_is(&line, "upgrade"))
		head->upgrade = value;
	else if (part_is(&line, "sec-websocket-extensions"))
		head->websocket_extensions = value;
	else if (part_is(&line, "location"))
		head->location = value;
	else if (part_is(&line, "cookie"))
		head->cookie = value;
	else if (part_is(&line, "set-cookie"))
		head->set_cookie = value;
	else if (part_begins(&line, "if-"))
		head->conditional = true;
}

void http_read_head(const uint8_t *bytes, uint32_t n, struct http_head *head)
{
	uint8_t fault = FAULT_NONE;
	struct cursor c = { .data = bytes, .fault = &fault, .captured = n, .reported = n };
	struct text_line line;

	*head = (struct http_head){ .framing = FRAMING_NO_LENGTH };
	do {
		if (!take_line(&c, &line))
			return;
	} while (line.length == 0);
	http_read_start(line_part(&line), &head->start);
	while (take_line(&c, &line)) {
		if (line.length == 0) {
			head->size = c.pos;
			break;
		}
		read_header(head, line_part(&line));
	}
	if (head->framing == FRAMING_NO_LENGTH && head->has_length)
		head->framing = FRAMING_LENGTH;
}

bool http_has_body(const struct http_start *start, bool head, bool connect)
{
	if (start->kind != HTTP_KIND_RESPONSE)
		return true;
	if ((start->status >= 100 && start->status < 200) || start->status == 204 ||
	    start->status == 304)
		return false;
	return !head && !(connect && start->status >= 200 && start->status < 300);
}

/* --- chunks --- */

struct http_chunk http_read_chunk(const uint8_t *bytes, uint32_t n)
{
	struct http_chunk chunk = { 0 };
	const uint8_t *end = memchr(bytes, '\n', n);
	uint32_t i = 0;

	chunk.line = end ? (uint32_t)(end - bytes) + 1 : n;
	for (; i < chunk.line && hex_value(bytes[i]) >= 0; i++) {
		if (chunk.size >> 60)
			return chunk;
		chunk.size = chunk.size << 4 | (unsigned)hex_value(bytes[i]);
	}
	bool digits = i > 0;
	while (i < chunk.line && (bytes[i] == ' ' || bytes[i] == '\t'))
		i++;
	chunk.valid = digits && i < chunk.line &&
		      (bytes[i] == ';' || bytes[i] == '\r' || bytes[i] == '\n');
	return chunk;
}

/* --- the scan --- */

enum scan_state {
	SCAN_START,	     /* waiting for the first line */
	SCAN_HEAD,	     /* waiting for the empty line */
	SCAN_BODY,	     /* at byte 0, with the head whole */
	SCAN_SKIP_BODY,	     /* in a body that ends at `value` */
	SCAN_CHUNK,	     /* at a chunk's first line */
	SCAN_SKIP_CHUNK,     /* in a chunk that ends at `value` */
	SCAN_CHUNK_END,	     /* at the line end after a chunk's data */
	SCAN_TRAILER,	     /* at a line after the last chunk */
	SCAN_FINDING = 0x80, /* with another: the line that began at `value` has no end yet */
};

static void scan_done(struct message_scan *scan, uint64_t size)
{
	scan->known = true;
	scan->size = size < UINT32_MAX ? (uint32_t)size : UINT32_MAX;
}

/* Is a whole line at hand?  If not, the scan is set to look for its end in what comes. */
static bool scan_line(struct message_scan *scan, const uint8_t *bytes, uint32_t n)
{
	const uint8_t *end = n ? memchr(bytes, '\n', n) : NULL;

	if (!(scan->state & SCAN_FINDING)) {
		if (end)
			return true;
		scan->value = scan->offset;
		scan->state |= SCAN_FINDING;
	}
	if (end) {
		scan->state &= (uint8_t)~SCAN_FINDING;
		scan->offset = scan->value;
	} else {
		scan->offset += n;
	}
	return false;
}

struct http_connection *http_connection_of(const struct dissection *d)
{
	return conversation_state(d, &http_dissector, sizeof(struct http_connection));
}

/* What is no message goes on with one that was seen, or the connection is not HTTP's. */
static void scan_no_message(const struct http_connection *connection, struct message_scan *scan,
			    uint32_t n)
{
	scan->known = true;
	scan->size = !connection || connection->last_request ? scan->offset + n : 0;
}

/* A message's first byte is printable; else no line end is waited for. */
static bool is_binary(const uint8_t *bytes, uint32_t n)
{
	return n && (bytes[0] < ' ' || bytes[0] > '~') && bytes[0] != '\r' && bytes[0] != '\n';
}

static void scan_start(const struct http_connection *connection, struct message_scan *scan,
		       const uint8_t *bytes, uint32_t n)
{
	struct http_start start;
	uint32_t empty = http_line_end(bytes, n);

	if (!(scan->state & SCAN_FINDING)) {
		if (empty && n > empty) {
			scan->offset += empty;
			return;
		}
		if (is_binary(bytes, n))
			return scan_no_message(connection, scan, n);
	}
	if (!scan_line(scan, bytes, n)) {
		if (scan->offset > HEAD_LIMIT)
			scan_done(scan, scan->offset);
		return;
	}
	const uint8_t *end = memchr(bytes, '\n', n);
	struct text_part line = { bytes, 0, (uint32_t)(end - bytes) };
	if (line.length && bytes[line.length - 1] == '\r')
		line.length--;
	if (line.length && !http_read_start(line, &start))
		return scan_no_message(connection, scan, n);
	if (!line.length)
		return;
	/* The empty line may follow at once, so its search begins at this line's end. */
	scan->state = SCAN_HEAD;
	scan->offset += (uint32_t)(end - bytes);
}

static void scan_head(struct message_scan *scan, const uint8_t *bytes, uint32_t n)
{
	uint32_t at = 0;

	while (at < n) {
		const uint8_t *end = memchr(bytes + at, '\n', n - at);
		at = end ? (uint32_t)(end - bytes) : n;
		if (!end)
			break;
		if (http_line_end(end + 1, n - at - 1)) {
			scan->state = SCAN_BODY;
			scan->offset = 0;
			return;
		}
		if (n - at <= 2)
			break;
		at++;
	}
	scan->offset += at;
	if (scan->offset > HEAD_LIMIT)
		scan_done(scan, scan->offset);
}

/* Steps forward to `value`; true: it is there. */
static bool scan_skip(struct message_scan *scan, uint32_t n)
{
	bool there = n >= scan->value - scan->offset;

	scan->offset = there ? scan->value : scan->offset + n;
	return there;
}

static void scan_chunk(struct message_scan *scan, const uint8_t *bytes, uint32_t n)
{
	if (!scan_line(scan, bytes, n))
		return;
	struct http_chunk chunk = http_read_chunk(bytes, n);
	uint64_t end = (uint64_t)scan->offset + chunk.line + chunk.size;

	if (!chunk.valid || end > UINT32_MAX)
		return scan_done(scan, scan->offset + (uint64_t)n);
	scan->state = chunk.size ? SCAN_SKIP_CHUNK : SCAN_TRAILER;
	scan->offset += chunk.line;
	scan->value = (uint32_t)end;
}

static void scan_chunk_end(struct message_scan *scan, const uint8_t *bytes, uint32_t n)
{
	uint32_t end = http_line_end(bytes, n);

	if (n == 0 || (n == 1 && bytes[0] == '\r'))
		return;
	if (!end)
		return scan_done(scan, scan->offset);
	scan->state = SCAN_CHUNK;
	scan->offset += end;
}

static void scan_trailer(struct message_scan *scan, const uint8_t *bytes, uint32_t n)
{
	if (!scan_line(scan, bytes, n))
		return;
	const uint8_t *end = memchr(bytes, '\n', n);

	scan->offset += (uint32_t)(end - bytes) + 1;
	if (http_line_end(bytes, n))
		scan_done(scan, scan->offset);
}

static void scan_body(struct dissection *d, struct message_scan *scan, const uint8_t *bytes,
		      uint32_t n)
{
	const struct http_connection *connection = http_connection_of(d);
	const struct http_request_fact *request = connection ? connection->first_pending : NULL;
	struct http_head head;

	http_read_head(bytes, n, &head);
	bool response = head.start.kind == HTTP_KIND_RESPONSE;
	if (!http_has_body(&head.start, request && request->head, request && request->connect))
		return scan_done(scan, head.size);
	scan->offset = head.size;
	if (head.framing == FRAMING_LENGTH) {
		if (head.content_length > UINT32_MAX - head.size)
			return scan_done(scan, UINT32_MAX);
		scan->value = head.size + (uint32_t)head.content_length;
		scan->state = SCAN_SKIP_BODY;
		return;
	}
	if (head.framing == FRAMING_CHUNKED) {
		scan->state = SCAN_CHUNK;
		return;
	}
	if (!response)
		return scan_done(scan, head.size);
	scan->until_end = true;
}

/* One step.  It makes the size known, changes the offset or the state, or needs more bytes. */
static void scan_step(struct dissection *d, struct message_scan *scan, const uint8_t *bytes,
		      uint32_t n)
{
	switch (scan->state & ~SCAN_FINDING) {
	case SCAN_START:
		return scan_start(http_connection_of(d), scan, bytes, n);
	case SCAN_HEAD:
		return scan_head(scan, bytes, n);
	case SCAN_BODY:
		return scan_body(d, scan, bytes, n);
	case SCAN_SKIP_BODY:
		if (scan_skip(scan, n))
			scan_done(scan, scan->offset);
		return;
	case SCAN_CHUNK:
		return scan_chunk(scan, bytes, n);
	case SCAN_SKIP_CHUNK:
		if (scan_skip(scan, n))
			scan->state = SCAN_CHUNK_END;
		return;
	case SCAN_CHUNK_END:
		return scan_chunk_end(scan, bytes, n);
	default:
		return scan_trailer(scan, bytes, n);
	}
}

void http_message_size(struct dissection *d, const struct cursor *c, struct message_scan *scan)
{
	const struct http_connection *connection = http_connection_of(d);
	uint32_t begin = scan->offset, n = cursor_left(c), end = begin + n, offset;
	uint8_t first_state = scan->state, state;
	const uint8_t *bytes;

	if (!cursor_peek(c, 0, n, &bytes))
		return;
	if (connection && connection->tunnel && connection->next) {
		connection->next->message_size(d, c, scan);
		if (scan->known && !scan->size)
			scan_done(scan, n);
		return;
	}
	if (begin == 0 && scan->state == SCAN_START && connection && connection->tunnel)
		return scan_done(scan, n);
	if (begin == 0 && scan->state == SCAN_START && http2_dissector.looks_like(d, c))
		return http2_dissector.message_size(d, c, scan);
	/* Steps forward within what is at hand; after a step back it is asked again. */
	do {
		offset = scan->offset;
		state = scan->state;
		scan_step(d, scan, bytes + (offset - begin), end - offset);
	} while (!scan->known && !scan->until_end && scan->offset >= begin &&
		 (scan->offset != offset || scan->state != state));
	/* In steps, as what was not looked at is fetched at once in the end. */
	if (!scan->known && scan->state == SCAN_SKIP_BODY)
		scan->needed = scan->value - scan->offset <= BODY_STEP ? scan->value
								       : scan->offset + BODY_STEP;
	bool stuck = scan->offset == begin && scan->state == first_state;
	if (!scan->known && scan->ended && stuck && !scan->until_end &&
	    (scan->state & ~SCAN_FINDING) > SCAN_HEAD)
		scan_done(scan, end);
}
