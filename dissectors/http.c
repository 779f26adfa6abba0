/* http.c - Hypertext Transfer Protocol version 1, RFC 9110 and RFC 9112.
 *
 * Shows one whole message: start line, header section, what it answers, body.  Requests and
 * responses of a connection are paired in order by the first pass. */
#include <string.h>

#include "http_message.h"
#include "state/conversation.h"
#include "state/facts.h"

enum {
	HTTP,
	HTTP_START_LINE,
	HTTP_CHAT,
	HTTP_REQUEST,
	HTTP_RESPONSE,
	HTTP_NOTIFICATION,
	HTTP_REQUEST_METHOD,
	HTTP_REQUEST_URI,
	HTTP_REQUEST_URI_PATH,
	HTTP_REQUEST_URI_QUERY,
	HTTP_REQUEST_URI_QUERY_PARAMETER,
	HTTP_REQUEST_VERSION,
	HTTP_REQUEST_FULL_URI,
	HTTP_REQUEST_LINE,
	HTTP_RESPONSE_VERSION,
	HTTP_RESPONSE_CODE,
	HTTP_RESPONSE_CODE_DESC,
	HTTP_RESPONSE_PHRASE,
	HTTP_RESPONSE_LINE,
	HTTP_HOST,
	HTTP_USER_AGENT,
	HTTP_REFERER,
	HTTP_CONNECTION,
	HTTP_CONTENT_TYPE,
	HTTP_CONTENT_LENGTH_HEADER,
	HTTP_CONTENT_LENGTH,
	HTTP_CONTENT_ENCODING,
	HTTP_TRANSFER_ENCODING,
	HTTP_COOKIE,
	HTTP_COOKIE_PAIR,
	HTTP_SET_COOKIE,
	HTTP_AUTHORIZATION,
	HTTP_AUTHBASIC,
	HTTP_WWW_AUTHENTICATE,
	HTTP_PROXY_AUTHENTICATE,
	HTTP_PROXY_AUTHORIZATION,
	HTTP_LOCATION,
	HTTP_SERVER,
	HTTP_UPGRADE,
	HTTP_ACCEPT,
	HTTP_ACCEPT_LANGUAGE,
	HTTP_ACCEPT_ENCODING,
	HTTP_DATE,
	HTTP_CACHE_CONTROL,
	HTTP_SEC_WEBSOCKET_ACCEPT,
	HTTP_SEC_WEBSOCKET_EXTENSIONS,
	HTTP_SEC_WEBSOCKET_KEY,
	HTTP_SEC_WEBSOCKET_PROTOCOL,
	HTTP_SEC_WEBSOCKET_VERSION,
	HTTP_LAST_MODIFIED,
	HTTP_X_FORWARDED_FOR,
	HTTP_HTTP2_SETTINGS,
	HTTP_HEADER,
	HTTP_HEADER_END,
	HTTP_REQUEST_NUMBER,
	HTTP_RESPONSE_NUMBER,
	HTTP_REQUEST_IN,
	HTTP_RESPONSE_IN,
	HTTP_TIME,
	HTTP_PREV_REQUEST_IN,
	HTTP_PREV_RESPONSE_IN,
	HTTP_NEXT_REQUEST_IN,
	HTTP_NEXT_RESPONSE_IN,
	HTTP_RESPONSE_FOR_URI,
	HTTP_CHUNKED,
	HTTP_CHUNK,
	HTTP_CHUNK_SIZE,
	HTTP_CHUNK_DATA,
	HTTP_CHUNK_BOUNDARY,
	HTTP_CHUNKED_TRAILER_PART,
	HTTP_FILE_DATA,
	HTTP_PROXY_CONNECT_HOST,
	HTTP_PROXY_CONNECT_PORT,
	HTTP_TE_AND_LENGTH,
	HTTP_TE_UNKNOWN,
	HTTP_LEADING_CRLF,
	HTTP_BAD_HEADER_NAME,
	HTTP_CONTENT_LENGTH_BAD,
	HTTP_CHUNK_BAD,
	HTTP_INCOMPLETE,
};

static const struct field http_fields[] = {
	[HTTP] = { "http", "Hypertext Transfer Protocol", FIELD_PROTOCOL },
	[HTTP_START_LINE] = { "http.start_line", "Start line", FIELD_TEXT },
	[HTTP_CHAT] = { "http.chat", "Formatted text", FIELD_NONE },
	[HTTP_REQUEST] = { "http.request", "Request", FIELD_BOOL },
	[HTTP_RESPONSE] = { "http.response", "Response", FIELD_BOOL },
	[HTTP_NOTIFICATION] = { "http.notification", "Notification", FIELD_BOOL },
	[HTTP_REQUEST_METHOD] = { "http.request.method", "Request Method", FIELD_TEXT },
	[HTTP_REQUEST_URI] = { "http.request.uri", "Request URI", FIELD_TEXT },
	[HTTP_REQUEST_URI_PATH] = { "http.request.uri.path", "Request URI Path", FIELD_TEXT },
	[HTTP_REQUEST_URI_QUERY] = { "http.request.uri.query", "Request URI Query", FIELD_TEXT },
	[HTTP_REQUEST_URI_QUERY_PARAMETER] = { "http.request.uri.query.parameter",
					       "Request URI Query Parameter", FIELD_TEXT },
	[HTTP_REQUEST_VERSION] = { "http.request.version", "Request Version", FIELD_TEXT },
	[HTTP_REQUEST_FULL_URI] = { "http.request.full_uri", "Full request URI", FIELD_TEXT,
				    .help = "With the host that the request names" },
	[HTTP_REQUEST_LINE] = { "http.request.line", "Request line", FIELD_TEXT,
				.help = "Each line of a request's header section" },
	[HTTP_RESPONSE_VERSION] = { "http.response.version", "Response Version", FIELD_TEXT },
	[HTTP_RESPONSE_CODE] = { "http.response.code", "Status Code", FIELD_U16 },
	[HTTP_RESPONSE_CODE_DESC] = { "http.response.code.desc", "Status Code Description",
				      FIELD_TEXT },
	[HTTP_RESPONSE_PHRASE] = { "http.response.phrase", "Response Phrase", FIELD_TEXT },
	[HTTP_RESPONSE_LINE] = { "http.response.line", "Response line", FIELD_TEXT,
				 .help = "Each line of a response's header section" },
	[HTTP_HOST] = { "http.host", "Host", FIELD_TEXT },
	[HTTP_USER_AGENT] = { "http.user_agent", "User-Agent", FIELD_TEXT },
	[HTTP_REFERER] = { "http.referer", "Referer", FIELD_TEXT },
	[HTTP_CONNECTION] = { "http.connection", "Connection", FIELD_TEXT },
	[HTTP_CONTENT_TYPE] = { "http.content_type", "Content-Type", FIELD_TEXT },
	[HTTP_CONTENT_LENGTH_HEADER] = { "http.content_length_header", "Content-Length",
					 FIELD_TEXT },
	[HTTP_CONTENT_LENGTH] = { "http.content_length", "Content length", FIELD_U64 },
	[HTTP_CONTENT_ENCODING] = { "http.content_encoding", "Content-Encoding", FIELD_TEXT },
	[HTTP_TRANSFER_ENCODING] = { "http.transfer_encoding", "Transfer-Encoding", FIELD_TEXT },
	[HTTP_COOKIE] = { "http.cookie", "Cookie", FIELD_TEXT },
	[HTTP_COOKIE_PAIR] = { "http.cookie_pair", "Cookie pair", FIELD_TEXT },
	[HTTP_SET_COOKIE] = { "http.set_cookie", "Set-Cookie", FIELD_TEXT },
	[HTTP_AUTHORIZATION] = { "http.authorization", "Authorization", FIELD_TEXT },
	[HTTP_AUTHBASIC] = { "http.authbasic", "Credentials", FIELD_TEXT },
	[HTTP_WWW_AUTHENTICATE] = { "http.www_authenticate", "WWW-Authenticate", FIELD_TEXT },
	[HTTP_PROXY_AUTHENTICATE] = { "http.proxy_authenticate", "Proxy-Authenticate", FIELD_TEXT },
	[HTTP_PROXY_AUTHORIZATION] = { "http.proxy_authorization", "Proxy-Authorization",
				       FIELD_TEXT },
	[HTTP_LOCATION] = { "http.location", "Location", FIELD_TEXT },
	[HTTP_SERVER] = { "http.server", "Server", FIELD_TEXT },
	[HTTP_UPGRADE] = { "http.upgrade", "Upgrade", FIELD_TEXT },
	[HTTP_ACCEPT] = { "http.accept", "Accept", FIELD_TEXT },
	[HTTP_ACCEPT_LANGUAGE] = { "http.accept_language", "Accept-Language", FIELD_TEXT },
	[HTTP_ACCEPT_ENCODING] = { "http.accept_encoding", "Accept Encoding", FIELD_TEXT },
	[HTTP_DATE] = { "http.date", "Date", FIELD_TEXT },
	[HTTP_CACHE_CONTROL] = { "http.cache_control", "Cache-Control", FIELD_TEXT },
	[HTTP_SEC_WEBSOCKET_ACCEPT] = { "http.sec_websocket_accept", "Sec-WebSocket-Accept",
					FIELD_TEXT },
	[HTTP_SEC_WEBSOCKET_EXTENSIONS] = { "http.sec_websocket_extensions",
					    "Sec-WebSocket-Extensions", FIELD_TEXT },
	[HTTP_SEC_WEBSOCKET_KEY] = { "http.sec_websocket_key", "Sec-WebSocket-Key", FIELD_TEXT },
	[HTTP_SEC_WEBSOCKET_PROTOCOL] = { "http.sec_websocket_protocol", "Sec-WebSocket-Protocol",
					  FIELD_TEXT },
	[HTTP_SEC_WEBSOCKET_VERSION] = { "http.sec_websocket_version", "Sec-WebSocket-Version",
					 FIELD_TEXT },
	[HTTP_LAST_MODIFIED] = { "http.last_modified", "Last-Modified", FIELD_TEXT },
	[HTTP_X_FORWARDED_FOR] = { "http.x_forwarded_for", "X-Forwarded-For", FIELD_TEXT },
	[HTTP_HTTP2_SETTINGS] = { "http.http2_settings", "HTTP2-Settings", FIELD_TEXT },
	[HTTP_HEADER] = { "http.header", "Header", FIELD_TEXT,
			  .help = "A header that has no field of its own" },
	[HTTP_HEADER_END] = { "http.header_end", "End of the header section", FIELD_NONE },
	[HTTP_REQUEST_NUMBER] = { "http.request_number", "HTTP request", FIELD_U32,
				  .help = "Counted within the connection" },
	[HTTP_RESPONSE_NUMBER] = { "http.response_number", "HTTP response", FIELD_U32,
				   .help = "The number of the request that it answers" },
	[HTTP_REQUEST_IN] = { "http.request_in", "Request in frame", FIELD_FRAME },
	[HTTP_RESPONSE_IN] = { "http.response_in", "Response in frame", FIELD_FRAME,
			       .flags = FIELD_FORWARD },
	[HTTP_TIME] = { "http.time", "Time since request", FIELD_DURATION },
	[HTTP_PREV_REQUEST_IN] = { "http.prev_request_in", "Prev request in frame", FIELD_FRAME },
	[HTTP_PREV_RESPONSE_IN] = { "http.prev_response_in", "Prev response in frame",
				    FIELD_FRAME },
	[HTTP_NEXT_REQUEST_IN] = { "http.next_request_in", "Next request in frame", FIELD_FRAME,
				   .flags = FIELD_FORWARD },
	[HTTP_NEXT_RESPONSE_IN] = { "http.next_response_in", "Next response in frame", FIELD_FRAME,
				    .flags = FIELD_FORWARD },
	[HTTP_RESPONSE_FOR_URI] = { "http.response_for.uri", "Request URI", FIELD_TEXT,
				    .help = "What the response is about" },
	[HTTP_CHUNKED] = { "http.chunked", "HTTP chunked response", FIELD_NONE },
	[HTTP_CHUNK] = { "http.chunk", "Data chunk", FIELD_NONE },
	[HTTP_CHUNK_SIZE] = { "http.chunk_size", "Chunk size", FIELD_U32, .unit = " octets" },
	[HTTP_CHUNK_DATA] = { "http.chunk_data", "Chunk data", FIELD_BYTES },
	[HTTP_CHUNK_BOUNDARY] = { "http.chunk_boundary", "Chunk boundary", FIELD_BYTES },
	[HTTP_CHUNKED_TRAILER_PART] = { "http.chunked_trailer_part", "trailer-part", FIELD_TEXT },
	[HTTP_FILE_DATA] = { "http.file_data", "File Data", FIELD_TEXT,
			     .help = "The body, chunks put together" },
	[HTTP_PROXY_CONNECT_HOST] = { "http.proxy_connect_host", "Proxy-Connect-Hostname",
				      FIELD_TEXT },
	[HTTP_PROXY_CONNECT_PORT] = { "http.proxy_connect_port", "Proxy-Connect-Port", FIELD_U16 },
	[HTTP_TE_AND_LENGTH] = { "http.te_and_length", "Content-Length beside Transfer-Encoding",
				 FIELD_NONE },
	[HTTP_TE_UNKNOWN] = { "http.te_unknown", "Unknown transfer coding", FIELD_NONE },
	[HTTP_LEADING_CRLF] = { "http.leading_crlf", "Empty line before the message", FIELD_NONE },
	[HTTP_BAD_HEADER_NAME] = { "http.bad_header_name", "Illegal header name", FIELD_NONE },
	[HTTP_CONTENT_LENGTH_BAD] = { "http.content_length.bad", "Bad Content-Length", FIELD_NONE },
	[HTTP_CHUNK_BAD] = { "http.chunk.bad", "Bad chunk", FIELD_NONE },
	[HTTP_INCOMPLETE] = { "http.incomplete", "Incomplete message", FIELD_NONE },
};

static const struct {
	const char *name;
	uint16_t field;
} headers[] = {
	{ "host", HTTP_HOST },
	{ "user-agent", HTTP_USER_AGENT },
	{ "referer", HTTP_REFERER },
	{ "connection", HTTP_CONNECTION },
	{ "content-type", HTTP_CONTENT_TYPE },
	{ "content-length", HTTP_CONTENT_LENGTH_HEADER },
	{ "content-encoding", HTTP_CONTENT_ENCODING },
	{ "transfer-encoding", HTTP_TRANSFER_ENCODING },
	{ "cookie", HTTP_COOKIE },
	{ "set-cookie", HTTP_SET_COOKIE },
	{ "authorization", HTTP_AUTHORIZATION },
	{ "www-authenticate", HTTP_WWW_AUTHENTICATE },
	{ "proxy-authenticate", HTTP_PROXY_AUTHENTICATE },
	{ "proxy-authorization", HTTP_PROXY_AUTHORIZATION },
	{ "location", HTTP_LOCATION },
	{ "server", HTTP_SERVER },
	{ "upgrade", HTTP_UPGRADE },
	{ "accept", HTTP_ACCEPT },
	{ "accept-language", HTTP_ACCEPT_LANGUAGE },
	{ "accept-encoding", HTTP_ACCEPT_ENCODING },
	{ "date", HTTP_DATE },
	{ "cache-control", HTTP_CACHE_CONTROL },
	{ "sec-websocket-accept", HTTP_SEC_WEBSOCKET_ACCEPT },
	{ "sec-websocket-extensions", HTTP_SEC_WEBSOCKET_EXTENSIONS },
	{ "sec-websocket-key", HTTP_SEC_WEBSOCKET_KEY },
	{ "sec-websocket-protocol", HTTP_SEC_WEBSOCKET_PROTOCOL },
	{ "sec-websocket-version", HTTP_SEC_WEBSOCKET_VERSION },
	{ "last-modified", HTTP_LAST_MODIFIED },
	{ "x-forwarded-for", HTTP_X_FORWARDED_FOR },
	{ "http2-settings", HTTP_HTTP2_SETTINGS },
};

/* IANA's HTTP Status Code Registry, and some that are in use beside it. */
static const struct value_name status_names[] = {
	{ 100, "Continue" },
	{ 101, "Switching Protocols" },
	{ 102, "Processing" },
	{ 103, "Early Hints" },
	{ 199, "Informational - Others" },
	{ 200, "OK" },
	{ 201, "Created" },
	{ 202, "Accepted" },
	{ 203, "Non-authoritative Information" },
	{ 204, "No Content" },
	{ 205, "Reset Content" },
	{ 206, "Partial Content" },
	{ 207, "Multi-Status" },
	{ 208, "Already Reported" },
	{ 226, "IM Used" },
	{ 299, "Success - Others" },
	{ 300, "Multiple Choices" },
	{ 301, "Moved Permanently" },
	{ 302, "Found" },
	{ 303, "See Other" },
	{ 304, "Not Modified" },
	{ 305, "Use Proxy" },
	{ 307, "Temporary Redirect" },
	{ 308, "Permanent Redirect" },
	{ 399, "Redirection - Others" },
	{ 400, "Bad Request" },
	{ 401, "Unauthorized" },
	{ 402, "Payment Required" },
	{ 403, "Forbidden" },
	{ 404, "Not Found" },
	{ 405, "Method Not Allowed" },
	{ 406, "Not Acceptable" },
	{ 407, "Proxy Authentication Required" },
	{ 408, "Request Time-out" },
	{ 409, "Conflict" },
	{ 410, "Gone" },
	{ 411, "Length Required" },
	{ 412, "Precondition Failed" },
	{ 413, "Request Entity Too Large" },
	{ 414, "Request-URI Too Long" },
	{ 415, "Unsupported Media Type" },
	{ 416, "Requested Range Not Satisfiable" },
	{ 417, "Expectation Failed" },
	{ 418, "I'm a teapot" },
	{ 421, "Misdirected Request" },
	{ 422, "Unprocessable Entity" },
	{ 423, "Locked" },
	{ 424, "Failed Dependency" },
	{ 425, "Too Early" },
	{ 426, "Upgrade Required" },
	{ 428, "Precondition Required" },
	{ 429, "Too Many Requests" },
	{ 431, "Request Header Fields Too Large" },
	{ 451, "Unavailable For Legal Reasons" },
	{ 499, "Client Error - Others" },
	{ 500, "Internal Server Error" },
	{ 501, "Not Implemented" },
	{ 502, "Bad Gateway" },
	{ 503, "Service Unavailable" },
	{ 504, "Gateway Time-out" },
	{ 505, "HTTP Version not supported" },
	{ 506, "Variant Also Negotiates" },
	{ 507, "Insufficient Storage" },
	{ 508, "Loop Detected" },
	{ 511, "Network Authentication Required" },
	{ 599, "Server Error - Others" },
	{ 0, NULL },
};

/* --- pairing requests with responses, in the first pass --- */

enum { URI_LIMIT = 8000 };

static struct http_request_fact *next_pending(const struct http_request_fact *request)
{
	struct http_request_fact *next;

	memcpy(&next, request->next_pending, sizeof next);
	return next;
}

/* The URI with scheme and host; in the arena. */
static const char *full_uri(struct dissection *d, const struct http_head *head)
{
	const char *uri = text_of(d, head->start.uri.bytes, head->start.uri.length);
	const char *host = text_of(d, head->host.bytes ? head->host.bytes : (const uint8_t *)"",
				   head->host.length);

	if (strcmp(uri, "*") == 0)
		uri = "";
	else if (*uri != '/')
		return uri;
	return arena_printf(&d->arena, "http://%s%s", host, uri);
}

static void learn_request(struct dissection *d, const struct http_head *head)
{
	struct http_connection *connection = http_connection_of(d);
	bool named = head->host.length || part_is(&head->start.method, "CONNECT");
	const char *uri = named ? full_uri(d, head) : "";
	uint32_t length = (uint32_t)strnlen(uri, URI_LIMIT);
	struct http_request_fact *fact =
		connection ? learn(d, FACT_OWN, (uint32_t)sizeof *fact + length) : NULL;

	if (!fact)
		return;
	struct http_request_fact *last = connection->last_request;
	struct http_response_fact *answer = connection->last_response;
	fact->kind = FACT_REQUEST;
	fact->packet = d->packet.number;
	fact->exchange = ++connection->exchanges;
	fact->previous_request = connection->last_exchange_request;
	memcpy(fact->time, &d->packet.time_ns, sizeof fact->time);
	fact->head = part_is(&head->start.method, "HEAD");
	fact->connect = part_is(&head->start.method, "CONNECT");
	fact->uri_length = length;
	memcpy(fact->uri, uri, length);
	if (last && last->exchange == fact->exchange - 1)
		fact_set_link(&last->next_request, fact->packet);
	if (answer && answer->exchange == fact->exchange - 1)
		fact_set_link(&answer->next_request, fact->packet);
	if (!connection->first_pending)
		connection->first_pending = fact;
	else
		memcpy(last->next_pending, &fact, sizeof fact);
	connection->last_request = fact;
	connection->last_exchange_request = fact->packet;
}

static bool is_interim(const struct http_start *start)
{
	return start->status >= 100 && start->status < 200 && start->status != 101;
}

static void learn_answer(struct dissection *d, struct http_response_fact *fact,
			 struct http_request_fact *request)
{
	int64_t asked;

	memcpy(&asked, request->time, sizeof asked);
	int64_t since = d->packet.time_ns - asked;
	memcpy(fact->since_request, &since, sizeof since);
	fact->exchange = request->exchange;
	fact->request_in = request->packet;
	fact->previous_request = request->previous_request;
	fact->next_request = fact_link(&request->next_request);
	fact->uri_length = request->uri_length;
	memcpy(fact->uri, request->uri, request->uri_length);
}

static void learn_response(struct dissection *d, const struct http_head *head)
{
	struct http_connection *connection = http_connection_of(d);
	struct http_request_fact *request = connection ? connection->first_pending : NULL;
	uint32_t length = request ? request->uri_length : 0;
	struct http_response_fact *fact =
		connection ? learn(d, FACT_OWN, (uint32_t)sizeof *fact + length) : NULL;

	if (!fact)
		return;
	struct http_response_fact *last = connection->last_response;
	const struct http_start *start = &head->start;
	fact->kind = FACT_RESPONSE;
	fact->packet = d->packet.number;
	fact->no_body =
		!http_has_body(start, request && request->head, request && request->connect);
	if (request) {
		learn_answer(d, fact, request);
		if (is_interim(start))
			return;
		connection->first_pending = next_pending(request);
		fact_set_link(&request->response_in, fact->packet);
	} else {
		fact->exchange = ++connection->exchanges;
		fact->previous_request = connection->last_exchange_request;
		connection->last_exchange_request = 0;
	}
	if (last && last->exchange == fact->exchange - 1) {
		fact->previous_response = last->packet;
		fact_set_link(&last->next_response, fact->packet);
	}
	connection->last_response = fact;
	if (start->status == 101 || (request && request->connect && fact->no_body)) {
		connection->tunnel = true;
		connection->connect = request && request->connect ? request : NULL;
	}
}

static void learn_message(struct dissection *d, const struct http_head *head)
{
	if (!d->pen)
		return;
	if (head->start.kind == HTTP_KIND_REQUEST)
		learn_request(d, head);
	else if (head->start.kind == HTTP_KIND_RESPONSE)
		learn_response(d, head);
}

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
	struct text_part path = uri, query;

	if (mark == uri.length)
		return;
	path.length = mark;
	query = part_from(&uri, mark + 1);
	add_part(d, c, HTTP_REQUEST_URI_PATH, &path);
	node_id tree = add_part(d, c, HTTP_REQUEST_URI_QUERY, &query);
	open_node(d, tree);
	while (query.length) {
		struct text_part one = query;
		one.length = part_find(&query, '&');
		query = part_from(&query, one.length < query.length ? one.length + 1 : one.length);
		add_part(d, c, HTTP_REQUEST_URI_QUERY_PARAMETER, &one);
	}
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
		const char *name = value_name(status_names, start->status);
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
	node_id chat = put_none(d, HTTP_CHAT);
	label_set(d, chat, "%s", text);
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

static void show_credentials(struct dissection *d, const struct cursor *c, struct text_part value)
{
	struct text_part rest = value;
	struct text_part scheme = take_word(&rest);

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

static unsigned header_field(const struct text_part *name)
{
	for (unsigned i = 0; i < COUNT(headers); i++)
		if (part_is(name, headers[i].name))
			return headers[i].field;
	return HTTP_HEADER;
}

static void show_header(struct dissection *d, const struct cursor *c, const struct text_line *line,
			unsigned line_field)
{
	struct text_part name = line_part(line), value = name;
	const char *text = line_text(d, line);

	name.length = part_find(&name, ':');
	value = trim_part(
		part_from(&value, name.length < value.length ? name.length + 1 : name.length));
	unsigned field = header_field(&name);
	if (field == HTTP_HEADER)
		value = line_part(line);
	node_id node = add_text(d, c, field, line->start, line->whole, part_text(d, &value));
	label_set(d, node, "%s", text);
	open_node(d, node);
	if (field == HTTP_COOKIE)
		show_cookies(d, c, value);
	else if (field == HTTP_AUTHORIZATION || field == HTTP_PROXY_AUTHORIZATION)
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
		cursor_skip(c, end - c->pos);
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
	if (head->has_length && head->has_coding)
		note_problem(
			d, HTTP_TE_AND_LENGTH,
			"The Content-Length and Transfer-Encoding header must not be set together");
	if (head->framing == FRAMING_OTHER_CODING)
		note_problem(d, HTTP_TE_UNKNOWN, "Transfer-Encoding does not end in one chunked");
	if (head->framing == FRAMING_BAD_LENGTH)
		note_problem(d, HTTP_CONTENT_LENGTH_BAD, "Content-Length is not one number");
}

static void show_request_links(struct dissection *d, const struct http_request_fact *fact)
{
	if (fact) {
		node_id node = put_uint(d, HTTP_REQUEST_NUMBER, fact->exchange);
		label_set(d, node, "HTTP request %u", fact->exchange);
		put_frame(d, HTTP_PREV_REQUEST_IN, fact->previous_request);
		put_frame(d, HTTP_RESPONSE_IN, fact_link(&fact->response_in));
		put_frame(d, HTTP_NEXT_REQUEST_IN, fact_link(&fact->next_request));
	}
}

static void show_response_links(struct dissection *d, const struct http_response_fact *fact)
{
	int64_t since;

	if (!fact)
		return;
	node_id node = put_uint(d, HTTP_RESPONSE_NUMBER, fact->exchange);
	label_set(d, node, "HTTP response %u", fact->exchange);
	if (fact->request_in) {
		memcpy(&since, fact->since_request, sizeof since);
		put_duration(d, HTTP_TIME, since);
	}
	put_frame(d, HTTP_PREV_REQUEST_IN, fact->previous_request);
	put_frame(d, HTTP_PREV_RESPONSE_IN, fact->previous_response);
	put_frame(d, HTTP_REQUEST_IN, fact->request_in);
	put_frame(d, HTTP_NEXT_REQUEST_IN, fact_link(&fact->next_request));
	put_frame(d, HTTP_NEXT_RESPONSE_IN, fact_link(&fact->next_response));
	if (fact->uri_length)
		put_text(d, HTTP_RESPONSE_FOR_URI,
			 arena_text(&d->arena, fact->uri, fact->uri_length));
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
			put_text(d, HTTP_REQUEST_FULL_URI, full_uri(d, head));
		put_hidden(d,
			   is_notification(&head->start.method) ? HTTP_NOTIFICATION : HTTP_REQUEST);
		show_request_links(d, fact);
	} else {
		put_hidden(d, HTTP_RESPONSE);
		show_response_links(d, fact);
	}
}

/* --- the body --- */

/* One chunk; its data is appended to *body.  False: it was the last. */
static bool show_chunk(struct dissection *d, struct cursor *c, uint8_t *body, uint32_t *length)
{
	const uint8_t *bytes;
	uint32_t left = cursor_left(c);

	if (!left || !cursor_peek(c, 0, left, &bytes)) {
		note_problem(d, HTTP_INCOMPLETE, "The last chunk is missing");
		return false;
	}
	struct http_chunk chunk = http_read_chunk(bytes, left);
	if (!chunk.valid) {
		note_problem(d, HTTP_CHUNK_BAD, "The chunk's size is no hexadecimal number");
		return false;
	}
	node_id tree = open_tree(d, c, HTTP_CHUNK);
	if (chunk.size)
		label_set(d, tree, "Data chunk (%llu octets)", (unsigned long long)chunk.size);
	else
		label_set(d, tree, "End of chunked encoding");
	add_uint(d, c, HTTP_CHUNK_SIZE, c->pos, chunk.line, chunk.size);
	cursor_skip(c, chunk.line);
	left -= chunk.line;
	uint32_t n = chunk.size < left ? (uint32_t)chunk.size : left;
	if (chunk.size && n) {
		memcpy(body + *length, take_bytes(d, c, HTTP_CHUNK_DATA, n), n);
		*length += n;
	}
	bool more = chunk.size && n == chunk.size;
	uint32_t end =
		more && cursor_peek(c, 0, left - n, &bytes) ? http_line_end(bytes, left - n) : 0;
	if (end)
		take_bytes(d, c, HTTP_CHUNK_BOUNDARY, end);
	if (chunk.size && !end)
		note_problem(d, HTTP_CHUNK_BAD, "The chunk does not end where its size says");
	close_tree(d, tree, c);
	return end > 0;
}

static void show_trailer(struct dissection *d, struct cursor *c)
{
	uint32_t start = c->pos, end = start;
	const uint8_t *bytes = c->data + start;
	struct text_line line;

	while (take_line(c, &line) && line.length)
		end = c->pos;
	if (end > start)
		add_text(d, c, HTTP_CHUNKED_TRAILER_PART, start, end - start,
			 text_of(d, bytes, end - start));
	if (c->pos > end) {
		node_id node = add_node(d, c, HTTP_HEADER_END, end, c->pos - end);
		label_set(d, node, "%s", line_text(d, &line));
	}
}

/* The chunks, and a cursor on their data put together. */
static struct cursor show_chunks(struct dissection *d, struct cursor *c)
{
	uint8_t *body = arena_alloc(&d->arena, cursor_left(c) + 1);
	uint32_t length = 0;
	const uint8_t *next;

	node_id tree = open_tree(d, c, HTTP_CHUNKED);
	label_set(d, tree, "HTTP chunked response");
	while (show_chunk(d, c, body, &length))
		;
	if (cursor_peek(c, 0, 1, &next))
		show_trailer(d, c);
	close_tree(d, tree, c);
	return cursor_on_buffer(d, c, body, length, "De-chunked entity body");
}

/* The media type without its parameters, in lower case. */
static const char *media_type(struct dissection *d, struct text_part type)
{
	type.length = part_find(&type, ';');
	type = trim_part(type);
	char *text = arena_text(&d->arena, part_text(d, &type), type.length);
	for (char *p = text; *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p + 'a' - 'A');
	return text;
}

/* Names what the body is.  Also in the bare first pass, as the path needs it. */
static void name_body(struct dissection *d, const struct http_head *head, struct cursor body)
{
	if (!head->content_type.length) {
		hand_on_as_data(d, body);
		return;
	}
	const char *type = media_type(d, head->content_type);
	if (strcmp(type, "application/x-www-form-urlencoded") == 0) {
		info(d, " (%s)", type);
		path_mention(d, "urlencoded-form");
	} else if (strncmp(type, "text/", 5) == 0 && strcmp(type, "text/xml") != 0) {
		info(d, " (%s)", type);
		path_mention(d, "data-text-lines");
	} else {
		path_mention(d, "media");
	}
}

static void show_body(struct dissection *d, const struct http_head *head, struct cursor body)
{
	uint32_t n = cursor_left(&body), sent = cursor_sent(&body);
	const uint8_t *bytes;

	if (!sent || !cursor_peek(&body, 0, n, &bytes))
		return;
	if (d->wants & WANT_FIELDS && field_wanted(d, HTTP_FILE_DATA)) {
		node_id node =
			add_text(d, &body, HTTP_FILE_DATA, body.pos, n, text_of(d, bytes, n));
		label_set(d, node, "File Data: %u bytes", sent);
	}
	name_body(d, head, body);
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
		add_node(d, c, HTTP_LEADING_CRLF, c->pos, end);
		cursor_skip(c, end);
		head->size -= head->size ? end : 0;
	}
	show_head(d, c, head);
	note_faults(d, head);
	show_links(d, head, fact);
	if (!has_body(head, fact)) {
		end_header(d, c);
		return;
	}
	if (head->framing == FRAMING_LENGTH && cursor_sent(c) < head->content_length)
		note_problem(d, HTTP_INCOMPLETE, "The connection ended before the body did");
	struct cursor body = head->framing == FRAMING_CHUNKED ? show_chunks(d, c) : *c;
	show_body(d, head, body);
}

/* What the bare first pass needs of a body: that there is one. */
static void pass_body(struct dissection *d, struct cursor *c, const struct http_head *head,
		      const void *fact)
{
	const uint8_t *bytes;

	if (head->start.kind != HTTP_KIND_NONE) {
		if (!head->size || !has_body(head, fact))
			return;
		cursor_skip(c, head->size);
	}
	uint32_t n = cursor_left(c);
	if (!n || !cursor_peek(c, 0, n, &bytes))
		return;
	if (head->framing == FRAMING_CHUNKED) {
		struct http_chunk chunk = http_read_chunk(bytes, n);
		if (!chunk.valid || !chunk.size || chunk.line == n)
			return;
	}
	name_body(d, head, *c);
}

static void show_continuation(struct dissection *d, struct cursor *c, const struct http_head *head)
{
	info(d, d->info_fence ? " Continuation" : "Continuation");
	show_body(d, head, *c);
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
	hand_on_as_data(d, *c);
}

/* Is this message no HTTP, as a tunnel began before it? */
static bool in_tunnel(struct dissection *d, const void *fact)
{
	const struct http_connection *connection = http_connection_of(d);
	const struct http_request_fact *connect = connection ? connection->connect : NULL;
	uint32_t length = connect ? connect->uri_length : 0;

	if (!connection || !connection->tunnel)
		return fact && *(const uint32_t *)fact == FACT_TUNNEL;
	struct http_tunnel_fact *tunnel = learn(d, FACT_OWN, (uint32_t)sizeof(*tunnel) + length);
	if (tunnel) {
		tunnel->kind = FACT_TUNNEL;
		tunnel->target_length = length;
		if (length)
			memcpy(tunnel->target, connect->uri, length);
	}
	return true;
}

static void http_dissect(struct dissection *d, struct cursor *c)
{
	const void *fact = d->pen ? NULL : recall(d, FACT_OWN, NULL);
	struct http_head head;
	const uint8_t *bytes;

	if (in_tunnel(d, fact)) {
		show_tunnel(d, c, recall(d, FACT_OWN, NULL));
		return;
	}
	if (!cursor_peek(c, 0, cursor_left(c), &bytes))
		return;
	http_read_head(bytes, cursor_left(c), &head);
	learn_message(d, &head);
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

const struct dissector http_dissector = {
	.name = "http",
	.short_name = "HTTP",
	.title = "Hypertext Transfer Protocol",
	.fields = http_fields,
	.field_count = COUNT(http_fields),
	.claims = http_claims,
	.claim_count = COUNT(http_claims),
	.dissect = http_dissect,
	.looks_like = http_looks_like,
	.message_size = http_message_size,
};
