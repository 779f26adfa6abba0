/* http_object.c - a message's body as a file: named after what was asked for. */
#include <string.h>

#include "dissect/object.h"
#include "http_message.h"

const char *http_last_part(struct dissection *d, const char *uri, uint32_t n)
{
	const char *query = memchr(uri, '?', n), *end = query ? query : uri + n;

	while (end > uri + 1 && end[-1] == '/')
		end--;
	const char *start = end;
	while (start > uri && start[-1] != '/')
		start--;
	return start == end ? "/" : text_of(d, (const uint8_t *)start, (uint32_t)(end - start));
}

void http_name_object(struct dissection *d, struct http_head *head, const void *fact)
{
	if (!d->tells_objects)
		return;
	if (head->start.kind == HTTP_KIND_REQUEST)
		head->object_name = http_last_part(d, (const char *)head->start.uri.bytes,
						   head->start.uri.length);
	else if (fact) {
		const struct http_request_fact *request = http_answered_request(d, fact);
		if (request && request->uri_length)
			head->object_name = http_last_part(d, request->uri, request->uri_length);
	}
}

void http_offer_object(struct dissection *d, const struct http_head *head,
		       const struct cursor *body)
{
	uint32_t n = cursor_left(body);
	struct object_part part = {
		.kind = "http",
		.name = head->object_name ? head->object_name : "",
		.length = n,
		.last = n == cursor_sent(body) && (head->framing != FRAMING_LENGTH ||
						   head->has_coding || n >= head->content_length),
	};

	if (!d->tells_objects || !cursor_peek(body, 0, n, &part.bytes))
		return;
	struct text_part type = head->content_type, host = head->host;
	part.type = type.length ? part_text(d, &type) : "";
	part.source = host.length ? part_text(d, &host) : "";
	offer_object(d, &part);
}
