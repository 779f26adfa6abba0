/* http.c - Hypertext Transfer Protocol version 1, RFC 9110 and RFC 9112.
 *
 * Shows one whole message: start line, header section, what it answers, body.  Requests and
 * responses of a connection are paired in order by the first pass. */
#include <string.h>

#include "bt-tracker.h"
#include "dissect/registry.h"
#include "http2.h"
#include "http_fields.h"
#include "http_message.h"
#include "state/conversation.h"
#include "state/facts.h"
#include "tls.h"

enum { HTTPS_PORT = 443 };

/* --- showing it --- */

static void put_frame(struct dissection *d, unsigned field, uint32_t number)
{
	if (number)
		put_uint(d, field, number);
}

static void put_hidden(struct dissection *d, unsigned field)
{
	node_flag(d, put_uint(d, field, 1), NODE_HIDDEN);
}

static void show_query(struct dissection *d, const struct cursor *c, struct text_part uri)
{
	uint32_t mark = part_find(&uri, '?');
	struct text_part path = uri, query, whole;

	if (mark == uri.length)
		return;
	path.length = mark;
	query = whole = part_from(&uri, mark + 1);
	add_part(d, c, HTTP_REQUEST_URI_PATH, &path);
	node_id tree = add_part(d, c, HTTP_REQUEST_URI_QUERY, &query);
	open_node(d, tree);
	while (query.length) {
		struct text_part one = query;
		one.length = part_find(&query, '&');
		query = part_from(&query, one.length < query.length ? one.length + 1 : one.length);
		add_part(d, c, HTTP_REQUEST_URI_QUERY_PARAMETER, &one);
	}
	bt_tracker_show_query(d, c, whole);
	close_node(d, tree);
}

static void show_request_line(struct dissection *d, const struct cursor *c,
			      const struct http_start *start)
{
	add_part(d, c, HTTP_REQUEST_METHOD, &start->method);
	if (!start->uri.length && !start->version.length)
		return;
	node_id uri = add_part(d, c, HTTP_REQUEST_URI, &start->uri);
	open_node(d, uri);
	show_query(d, c, start->uri);
	close_node(d, uri);
	if (start->version.length)
		add_part(d, c, HTTP_REQUEST_VERSION, &start->version);
}

static void show_status_line(struct dissection *d, const struct cursor *c,
			     const struct http_start *start)
{
	add_part(d, c, HTTP_RESPONSE_VERSION, &start->version);
	if (start->status) {
		const char *name = value_name(http_status_names, start->status);
		add_uint(d, c, HTTP_RESPONSE_CODE, start->code.start, start->code.length,
			 start->status);
		put_text(d, HTTP_RESPONSE_CODE_DESC,
			 name ? name : arena_printf(&d->arena, "Unknown (%u)", start->status));
	}
	if (start->phrase.length)
		add_part(d, c, HTTP_RESPONSE_PHRASE, &start->phrase);
}

static void show_start(struct dissection *d, struct cursor *c, struct http_head *head)
{
	struct text_line line;

	if (!take_line(c, &line))
		return;
	http_read_start(line_part(&line), &head->start);
	struct text_part words = line_part(&line);
	info(d, "%s ", part_text(d, &words));
	const char *text = line_text(d, &line);
	node_id tree = add_text(d, c, HTTP_START_LINE, line.start, line.whole, text);
	label_set(d, tree, "%s", text);
	open_node(d, tree);
	note_finding(d, HTTP_CHAT, "%s", text);
	if (head->start.kind == HTTP_KIND_REQUEST)
		show_request_line(d, c, &head->start);
	else
		show_status_line(d, c, &head->start);
	close_node(d, tree);
}

static void show_cookies(struct dissection *d, const struct cursor *c, struct text_part value)
{
	while (value.length) {
		struct text_part one = value;
		one.length = part_find(&value, ';');
		value = part_from(&value, one.length < value.length ? one.length + 1 : one.length);
		one = trim_part(one);
		add_part(d, c, HTTP_COOKIE_PAIR, &one);
	}
}

/* name="value", name=value, ...: a comma may stand within quotes. */
static void show_parameters(struct dissection *d, const struct cursor *c, struct text_part rest)
{
	while (rest.length) {
		struct text_part one = rest;
		bool quoted = false;
		uint32_t i = 0;
		for (; i < rest.length && (quoted || rest.bytes[i] != ','); i++)
			quoted ^= rest.bytes[i] == '"';
		one.length = i;
		rest = part_from(&rest, i < rest.length ? i + 1 : i);
		one = trim_part(one);
		if (one.length)
			add_part(d, c, HTTP_AUTH_PARAMETER, &one);
	}
}

static void show_credentials(struct dissection *d, const struct cursor *c, struct text_part value)
{
	struct text_part rest = value;
	struct text_part scheme = take_word(&rest);

	if (part_is(&scheme, "digest"))
		show_parameters(d, c, rest);
	if (!part_is(&scheme, "basic") || !rest.length)
		return;
	uint8_t *plain = arena_alloc(&d->arena, rest.length);
	int64_t n = base64_decode(plain, rest.bytes, rest.length);
	if (n >= 0)
		add_text(d, c, HTTP_AUTHBASIC, rest.start, rest.length,
			 text_of(d, plain, (uint32_t)n));
}

static void show_content_length(struct dissection *d, const struct cursor *c,
				struct text_part value)
{
	uint64_t length;

	if (part_number(&value, UINT64_MAX, &length)) {
		node_id node =
			add_uint(d, c, HTTP_CONTENT_LENGTH, value.start, value.length, length);
		node_flag(d, node, NODE_GENERATED);
	}
}

/* Of a header line; one without a colon has none. */
static bool has_bad_name(const struct text_line *line)
{
	struct text_part name = line_part(line);
	uint32_t colon = part_find(&name, ':');

	if (colon == name.length)
		return false;
	name.length = colon;
	return !http_is_token(&name);
}

static void show_header(struct dissection *d, const struct cursor *c, const struct text_line *line,
			unsigned line_field)
{
	struct text_part name = line_part(line), value = name;
	const char *text = line_text(d, line);

	name.length = part_find(&name, ':');
	value = trim_part(
		part_from(&value, name.length < value.length ? name.length + 1 : name.length));
	unsigned field = http_header_field(&name);
	if (field == HTTP_HEADER)
		value = line_part(line);
	node_id node = add_text(d, c, field, line->start, line->whole, part_text(d, &value));
	label_set(d, node, "%s", text);
	open_node(d, node);
	if (has_bad_name(line))
		note_finding(d, HTTP_BAD_HEADER_NAME, NULL);
	if (field == HTTP_COOKIE)
		show_cookies(d, c, value);
	else if (field == HTTP_AUTHORIZATION || field == HTTP_PROXY_AUTHORIZATION ||
		 field == HTTP_WWW_AUTHENTICATE || field == HTTP_PROXY_AUTHENTICATE)
		show_credentials(d, c, value);
	else if (field == HTTP_CONTENT_LENGTH_HEADER)
		show_content_length(d, c, value);
	close_node(d, node);
	node_flag(d, add_text(d, c, line_field, line->start, line->whole, text), NODE_HIDDEN);
}

/* A line that begins with a blank continues the one before (RFC 9112 section 5.2). */
static void take_folded(struct cursor *c, struct text_line *line)
{
	const uint8_t *next;
	struct text_line more;

	while (cursor_peek(c, 0, 1, &next) && (*next == ' ' || *next == '\t') &&
	       take_line(c, &more)) {
		line->length = more.start - line->start + more.length;
		line->whole = more.start - line->start + more.whole;
	}
}

static void show_head(struct dissection *d, struct cursor *c, struct http_head *head)
{
	unsigned line_field;
	struct text_line line;

	uint32_t end = c->pos + head->size;

	show_start(d, c, head);
	if (!(d->wants & WANT_FIELDS) && head->size) {
		while (c->pos < end && take_line(c, &line) && line.length) {
			take_folded(c, &line);
			if (has_bad_name(&line))
				note_finding(d, HTTP_BAD_HEADER_NAME, NULL);
		}
		return;
	}
	line_field = head->start.kind == HTTP_KIND_REQUEST ? HTTP_REQUEST_LINE : HTTP_RESPONSE_LINE;
	while (take_line(c, &line)) {
		if (line.length == 0) {
			node_id empty = add_node(d, c, HTTP_HEADER_END, line.start, line.whole);
			label_set(d, empty, "%s", line_text(d, &line));
			break;
		}
		take_folded(c, &line);
		show_header(d, c, &line, line_field);
	}
}

static void note_faults(struct dissection *d, const struct http_head *head)
{
	bool to_tls = d->from.port == HTTPS_PORT || d->to.port == HTTPS_PORT;

	if (to_tls && d->layer_count > 1 &&
	    d->layers[d->layer_count - 2].dissector != &tls_dissector)
		note_finding(d, HTTP_TLS_PORT, NULL);
	if (head->has_length && head->has_coding)
		note_finding(
			d, HTTP_TE_AND_LENGTH,
			"The Content-Length and Transfer-Encoding header must not be set together");
	if (head->framing == FRAMING_OTHER_CODING)
		note_finding(d, HTTP_TE_UNKNOWN, "Transfer-Encoding does not end in one chunked");
	if (head->framing == FRAMING_BAD_LENGTH)
		note_finding(d, HTTP_CONTENT_LENGTH_BAD, "Content-Length is not one number");
}

static void show_request_links(struct dissection *d, const struct http_request_fact *fact)
{
	if (fact) {
		node_id node = put_uint(d, HTTP_REQUEST_NUMBER, fact->exchange);
		label_set(d, node, "HTTP request %u/%u", fact->exchange,
			  http_exchanges_told(d, fact->exchange, &fact->total));
		put_frame(d, HTTP_PREV_REQUEST_IN, fact->previous_request);
		put_frame(d, HTTP_RESPONSE_IN, link_seen(d, &fact->response_in));
		put_frame(d, HTTP_NEXT_REQUEST_IN, link_seen(d, &fact->next_request));
		put_frame(d, HTTP_REDIRECTED_IN, fact->redirected_in);
		put_frame(d, HTTP_COOKIE_SET_IN, fact->cookie_set_in);
	}
}

static void show_response_links(struct dissection *d, const struct http_response_fact *fact)
{
	if (!fact)
		return;
	const struct http_request_fact *request = http_answered_request(d, fact);
	node_id node = put_uint(d, HTTP_RESPONSE_NUMBER, fact->exchange);
	label_set(d, node, "HTTP response %u/%u", fact->exchange,
		  http_exchanges_told(d, fact->exchange, &fact->total));
	if (request)
		put_duration(d, HTTP_TIME, time_since(d, request->packet));
	put_frame(d, HTTP_PREV_REQUEST_IN, fact->previous_request);
	put_frame(d, HTTP_PREV_RESPONSE_IN, fact->previous_response);
	put_frame(d, HTTP_REQUEST_IN, fact->request_in);
	put_frame(d, HTTP_NEXT_REQUEST_IN, link_seen(d, &fact->next_request));
	put_frame(d, HTTP_NEXT_RESPONSE_IN, link_seen(d, &fact->next_response));
	put_frame(d, HTTP_FOLLOWED_IN, link_seen(d, &fact->followed_in));
	if (request && request->uri_length)
		put_text(d, HTTP_RESPONSE_FOR_URI,
			 arena_text(&d->arena, request->uri, request->uri_length));
}

static bool is_notification(const struct text_part *method)
{
	return part_is(method, "NOTIFY") || part_is(method, "SUBSCRIBE") ||
	       part_is(method, "UNSUBSCRIBE");
}

static void show_links(struct dissection *d, const struct http_head *head, const void *fact)
{
	if (head->start.kind == HTTP_KIND_REQUEST) {
		if (head->host.length)
			put_text(d, HTTP_REQUEST_FULL_URI, http_full_uri(d, head));
		put_hidden(d,
			   is_notification(&head->start.method) ? HTTP_NOTIFICATION : HTTP_REQUEST);
		if (head->conditional)
			put_uint(d, HTTP_CONDITIONAL, 1);
		show_request_links(d, fact);
	} else {
		put_hidden(d, HTTP_RESPONSE);
		show_response_links(d, fact);
	}
}

static bool has_body(const struct http_head *head, const void *fact)
{
	const struct http_response_fact *response = fact;

	if (head->start.kind != HTTP_KIND_RESPONSE)
		return true;
	return response ? !response->no_body : http_has_body(&head->start, false, false);
}

static void show_message(struct dissection *d, struct cursor *c, struct http_head *head,
			 const void *fact)
{
	const uint8_t *bytes;
	uint32_t end;

	while (cursor_left(c) && cursor_peek(c, 0, cursor_left(c), &bytes) &&
	       (end = http_line_end(bytes, cursor_left(c))) > 0) {
		note_finding(d, HTTP_LEADING_CRLF, NULL);
		cursor_skip(c, end);
		head->size -= head->size ? end : 0;
	}
	show_head(d, c, head);
	note_faults(d, head);
	show_links(d, head, fact);
	http_name_object(d, head, fact);
	if (!has_body(head, fact)) {
		end_header(d, c);
		return;
	}
	if (head->framing == FRAMING_LENGTH && cursor_sent(c) < head->content_length)
		note_finding(d, HTTP_INCOMPLETE, "The connection ended before the body did");
	http_show_body(d, head, c);
}

/* What the bare first pass needs of a body: whose layers it leads to. */
static void pass_body(struct dissection *d, struct cursor *c, const struct http_head *head,
		      const void *fact)
{
	if (head->start.kind != HTTP_KIND_NONE) {
		if (!head->size || !has_body(head, fact))
			return;
		cursor_skip(c, head->size);
	}
	http_show_body(d, head, c);
}

static void show_continuation(struct dissection *d, struct cursor *c, const struct http_head *head)
{
	info(d, d->info_fence ? " Continuation" : "Continuation");
	http_show_body(d, head, c);
}

/* Where the tunnel leads: "host:port", as CONNECT asked for. */
static void show_tunnel(struct dissection *d, struct cursor *c, const struct http_tunnel_fact *fact)
{
	uint64_t port;

	if (fact && d->wants & WANT_FIELDS) {
		struct text_part host = { (const uint8_t *)fact->target, 0, fact->target_length };
		const uint8_t *colon = host.length ? memrchr(host.bytes, ':', host.length) : NULL;
		uint32_t at = colon ? (uint32_t)(colon - host.bytes) : host.length;
		struct text_part number = part_from(&host, colon ? at + 1 : at);
		host.length = at;
		if (at)
			put_text(d, HTTP_PROXY_CONNECT_HOST, part_text(d, &host));
		if (part_number(&number, UINT16_MAX, &port))
			put_uint(d, HTTP_PROXY_CONNECT_PORT, port);
	}
	node_flag(d, layer_node(d), NODE_CARRIER);
	if (fact && fact->next) {
		if (!fact->target_length)
			node_flag(d, layer_node(d), NODE_HIDDEN);
		dissect_layer(d, registry_dissector(fact->next - 1), *c);
	} else {
		hand_on_as_data(d, *c);
	}
}

/* HTTP/2 without an upgrade (RFC 9113, 3.3): the client begins with its magic line. */
static void begin_http2(struct dissection *d, const struct cursor *c)
{
	struct http_connection *connection = http_connection_of(d);

	if (connection && !connection->tunnel && http2_dissector.looks_like(d, c)) {
		connection->tunnel = true;
		connection->next = &http2_dissector;
	}
}

/* Does the dissector take the bytes for its own?  A tunnel to a port may carry anything. */
static bool is_of(struct dissection *d, const struct cursor *c, const struct dissector *next)
{
	struct message_scan scan = { 0 };

	if (!next)
		return false;
	next->message_size(d, c, &scan);
	return !scan.known || scan.size;
}

/* Is this message no HTTP, as a tunnel began before it? */
static bool in_tunnel(struct dissection *d, const struct cursor *c, const void *fact)
{
	const struct http_connection *connection = http_connection_of(d);
	const struct http_request_fact *connect = connection ? connection->connect : NULL;
	uint32_t length = connect ? connect->uri_length : 0;

	if (!connection || !connection->tunnel)
		return fact && *(const uint8_t *)fact == FACT_TUNNEL;
	struct http_tunnel_fact *tunnel = learn(d, FACT_OWN, (uint32_t)sizeof(*tunnel) + length);
	if (tunnel) {
		tunnel->kind = FACT_TUNNEL;
		tunnel->next = is_of(d, c, connection->next)
				       ? (uint32_t)registry_dissector_id(connection->next) + 1
				       : 0;
		tunnel->target_length = length;
		if (length)
			memcpy(tunnel->target, connect->uri, length);
	}
	return true;
}

void http_dissect(struct dissection *d, struct cursor *c)
{
	const void *fact = d->pen ? NULL : recall(d, FACT_OWN, NULL);
	struct http_head head;
	const uint8_t *bytes;

	begin_http2(d, c);
	if (in_tunnel(d, c, fact)) {
		show_tunnel(d, c, recall(d, FACT_OWN, NULL));
		return;
	}
	if (!cursor_peek(c, 0, cursor_left(c), &bytes))
		return;
	http_read_head(bytes, cursor_left(c), &head);
	http_learn(d, &head);
	fact = recall(d, FACT_OWN, NULL);
	if (head.start.kind == HTTP_KIND_NONE)
		head = (struct http_head){ .framing = FRAMING_NO_LENGTH };
	if (only_learning(d)) {
		pass_body(d, c, &head, fact);
		return;
	}
	info_begin(d);
	if (head.start.kind == HTTP_KIND_NONE)
		show_continuation(d, c, &head);
	else
		show_message(d, c, &head, fact);
	info_fence(d);
}

/* On any other port: the first line is one of HTTP, with its version. */
static bool http_looks_like(const struct dissection *d, const struct cursor *c)
{
	struct cursor at = *c;
	struct text_line line;
	struct http_start start;

	(void)d;
	if (!http_may_begin(c) || !take_line(&at, &line) || line.whole == line.length)
		return false;
	http_read_start(line_part(&line), &start);
	return start.kind != HTTP_KIND_NONE && part_begins(&start.version, "HTTP/");
}

static const struct claim http_claims[] = {
	{ BY_TCP_PORT, 80 },   { BY_TCP_PORT, 631 },  { BY_TCP_PORT, 1900 }, { BY_TCP_PORT, 2710 },
	{ BY_TCP_PORT, 2869 }, { BY_TCP_PORT, 3128 }, { BY_TCP_PORT, 3132 }, { BY_TCP_PORT, 3689 },
	{ BY_TCP_PORT, 5985 }, { BY_TCP_PORT, 8080 }, { BY_TCP_PORT, 8088 }, { BY_TCP_PORT, 11371 },
};

static bool http_word_beginning(struct dissection *d, const struct cursor *c)
{
	struct cursor look = *c;
	struct text_line line;
	struct http_start start;

	if (!take_line(&look, &line) || line.whole == line.length ||
	    !http_read_start(line_part(&line), &start))
		return false;
	struct text_part words = line_part(&line);
	info_begin(d);
	info(d, "%s ", part_text(d, &words));
	return true;
}

const struct dissector http_dissector = {
	.name = "http",
	.short_name = "HTTP",
	.title = "Hypertext Transfer Protocol",
	.fields = http_fields,
	.field_count = HTTP_FIELD_COUNT,
	.claims = http_claims,
	.claim_count = COUNT(http_claims),
	.borrows = &bt_tracker_dissector,
	.dissect = http_dissect,
	.looks_like = http_looks_like,
	.message_size = http_message_size,
	.foreign_is_payload = true,
	.word_beginning = http_word_beginning,
};
