/* http_pairing.c - which response answers which request, found out by the first pass.
 *
 * Requests wait in a list for their final response; what a message learns stays with it, and
 * earlier messages get links to later ones. */
#include <string.h>

#include "http2.h"
#include "http_message.h"
#include "base/hash.h"
#include "state/conversation.h"
#include "state/facts.h"
#include "websocket.h"

enum { URI_LIMIT = 8000 };

static struct http_request_fact *next_pending(const struct http_request_fact *request)
{
	struct http_request_fact *next;

	memcpy(&next, request->next_pending, sizeof next);
	return next;
}

const char *http_full_uri(struct dissection *d, const struct http_head *head)
{
	const char *uri = text_of(d, head->start.uri.bytes, head->start.uri.length);
	const char *host = text_of(d, head->host.bytes ? head->host.bytes : (const uint8_t *)"",
				   head->host.length);

	/* CONNECT asks for a host and port, a proxy for a URI. */
	if (part_is(&head->start.method, "CONNECT") || strstr(uri, "://"))
		return uri;
	return arena_printf(&d->arena, "%s://%s%s", d->inside ? "https" : "http", host, uri);
}

static uint32_t hash_of(const void *bytes, uint32_t n)
{
	return n ? (uint32_t)hash_bytes(bytes, n) : 0;
}

/* Which of the names that this connection's responses set are in the Cookie header? */
static uint32_t find_cookie(const struct http_connection *connection, struct text_part cookies)
{
	uint32_t packet = 0;

	while (cookies.length) {
		struct text_part name = cookies;
		uint32_t end = part_find(&cookies, ';');
		name.length = end;
		name.length = part_find(&name, '=');
		name = trim_part(name);
		uint32_t hash = hash_of(name.bytes, name.length);
		for (uint32_t i = 0; connection->cookies && i < HTTP_COOKIES; i++)
			if (hash && connection->cookies[i].name_hash == hash &&
			    connection->cookies[i].packet > packet)
				packet = connection->cookies[i].packet;
		cookies = part_from(&cookies, end < cookies.length ? end + 1 : end);
	}
	return packet;
}

static void learn_cookie(struct dissection *d, struct http_connection *connection,
			 struct text_part value)
{
	value.length = part_find(&value, '=');
	value = trim_part(value);
	if (!value.length)
		return;
	if (!connection->cookies)
		connection->cookies =
			conversation_memory(d, HTTP_COOKIES * sizeof *connection->cookies);
	connection->cookies[connection->cookie_count++ % HTTP_COOKIES] = (struct http_cookie_seen){
		hash_of(value.bytes, value.length), d->packet.number
	};
}

/* A response of this connection has led here (RFC 9110, 15.4). */
static void follow_redirect(struct http_connection *connection, struct http_request_fact *fact,
			    const struct http_head *head)
{
	uint32_t full = hash_of(fact->uri, fact->uri_length);
	uint32_t target = hash_of(head->start.uri.bytes, head->start.uri.length);
	struct http_response_fact *redirect = connection->last_redirect;

	if (!redirect || (connection->redirect_hash != full && connection->redirect_hash != target))
		return;
	fact->redirected_in = redirect->packet;
	fact_set_link(&redirect->followed_in, fact->packet);
	connection->last_redirect = NULL;
}

/* One more; its number, and in *total where later facts will count on. */
static uint32_t count_exchange(struct http_connection *connection, struct http_total *total)
{
	if (!connection->total)
		connection->total = &total->count;
	memcpy(total->at, &connection->total, sizeof connection->total);
	fact_set_link(connection->total, ++connection->exchanges);
	return connection->exchanges;
}

uint32_t http_exchanges_told(const struct dissection *d, uint32_t exchange,
			     const struct http_total *total)
{
	const uint32_t *count;

	memcpy(&count, total->at, sizeof count);
	return d->pen || d->one_pass || !count ? exchange : fact_link(count);
}

static void learn_request(struct dissection *d, const struct http_head *head)
{
	struct http_connection *connection = http_connection_of(d);
	bool named = head->host.length || part_is(&head->start.method, "CONNECT");
	const char *uri = named ? http_full_uri(d, head) : "";
	uint32_t length = (uint32_t)strnlen(uri, URI_LIMIT);
	struct http_request_fact *fact =
		connection ? learn(d, FACT_OWN, (uint32_t)sizeof *fact + length) : NULL;

	if (!fact)
		return;
	struct http_request_fact *last = connection->last_request;
	struct http_response_fact *answer = connection->last_response;
	fact->kind = FACT_REQUEST;
	fact->packet = d->packet.number;
	fact->exchange = count_exchange(connection, &fact->total);
	fact->previous_request = connection->last_exchange_request;
	fact->head = part_is(&head->start.method, "HEAD");
	fact->connect = part_is(&head->start.method, "CONNECT");
	fact->layer = fact_number(d);
	fact->uri_length = (uint16_t)length;
	memcpy(fact->uri, uri, length);
	fact->cookie_set_in = find_cookie(connection, head->cookie);
	follow_redirect(connection, fact, head);
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

static void learn_answer(struct http_response_fact *fact, const struct http_request_fact *request)
{
	fact->exchange = request->exchange;
	fact->total = request->total;
	fact->request_layer = request->layer;
	fact->request_in = request->packet;
	fact->previous_request = request->previous_request;
	fact->next_request = fact_link(&request->next_request);
}

const struct http_request_fact *http_answered_request(struct dissection *d,
						      const struct http_response_fact *response)
{
	return response->request_in ? fact_of(d, response->request_in, FACT_OWN,
					      response->request_layer, NULL)
				    : NULL;
}

/* Who dissects what comes after 101 (RFC 9110, 15.2.2). */
static const struct dissector *upgraded_to(const struct text_part *protocol)
{
	if (part_is(protocol, "websocket"))
		return &websocket_dissector;
	return part_is(protocol, "h2c") ? &http2_dissector : NULL;
}

static void learn_extensions(struct dissection *d, const struct text_part *extensions)
{
	static const char deflate[] = "permessage-deflate";

	if (extensions->length &&
	    memmem(extensions->bytes, extensions->length, deflate, sizeof deflate - 1))
		websocket_will_deflate(d);
}

/* Who listens where CONNECT leads: "host:port". */
static const struct dissector *connected_to(const struct http_request_fact *request)
{
	const char *colon =
		request->uri_length ? memrchr(request->uri, ':', request->uri_length) : NULL;
	uint64_t port;

	if (!colon)
		return NULL;
	uint32_t at = (uint32_t)(colon - request->uri) + 1;
	struct text_part number = { (const uint8_t *)request->uri + at, 0,
				    request->uri_length - at };
	if (!part_number(&number, UINT16_MAX, &port))
		return NULL;
	const struct dissector *who = who_claims(BY_TCP_PORT, (uint32_t)port);
	return who && who->message_size && who != &http_dissector ? who : NULL;
}

static void learn_response(struct dissection *d, const struct http_head *head)
{
	struct http_connection *connection = http_connection_of(d);
	struct http_request_fact *request = connection ? connection->first_pending : NULL;
	struct http_response_fact *fact = connection ? learn(d, FACT_OWN, sizeof *fact) : NULL;

	if (!fact)
		return;
	struct http_response_fact *last = connection->last_response;
	const struct http_start *start = &head->start;
	fact->kind = FACT_RESPONSE;
	fact->packet = d->packet.number;
	fact->no_body =
		!http_has_body(start, request && request->head, request && request->connect);
	if (request) {
		learn_answer(fact, request);
		if (is_interim(start))
			return;
		connection->first_pending = next_pending(request);
		fact_set_link(&request->response_in, fact->packet);
	} else {
		fact->exchange = count_exchange(connection, &fact->total);
		fact->previous_request = connection->last_exchange_request;
		connection->last_exchange_request = 0;
	}
	if (last && last->exchange == fact->exchange - 1) {
		fact->previous_response = last->packet;
		fact_set_link(&last->next_response, fact->packet);
	}
	connection->last_response = fact;
	learn_cookie(d, connection, head->set_cookie);
	if (start->status >= 300 && start->status < 400 && head->location.length) {
		connection->last_redirect = fact;
		connection->redirect_hash = hash_of(head->location.bytes, head->location.length);
	}
	if (start->status == 101 || (request && request->connect && fact->no_body)) {
		connection->tunnel = true;
		connection->connect = request && request->connect ? request : NULL;
		connection->next =
			connection->connect ? connected_to(request) : upgraded_to(&head->upgrade);
		if (connection->next == &websocket_dissector)
			learn_extensions(d, &head->websocket_extensions);
	}
}

void http_learn(struct dissection *d, const struct http_head *head)
{
	if (!d->pen)
		return;
	if (head->start.kind == HTTP_KIND_REQUEST)
		learn_request(d, head);
	else if (head->start.kind == HTTP_KIND_RESPONSE)
		learn_response(d, head);
}
