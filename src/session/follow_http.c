/* follow_http.c - messages as dissectors put them together: of HTTP the header, then the body
 * without its chunks; what TLS protects; frames of HTTP/2; streams of QUIC. */
#include "follow_parts.h"

static void append_bytes(struct follow *follow, enum follow_side side, const struct node *node,
			 uint32_t length)
{
	struct part part = { .packet = follow->packet,
			     .at = node->start & 0xffffff,
			     .source = node->source & 0xff };

	if (!length)
		return;
	follow_append(follow, side, &part, length);
	follow->half[side].next += length;
}

void http_take(struct follow *follow, enum follow_side side)
{
	const struct dissection *d = &follow->port.d;
	const struct node *message = NULL;

	follow->half[side].sum.started = true;
	for (uint32_t i = 0; i < d->node_count; i++) {
		const struct node *node = &d->nodes[i];

		if (node->field == follow->fields[FIELD_MESSAGE]) {
			message = node;
		} else if (node->field == follow->fields[FIELD_HEADER_END] && message) {
			append_bytes(follow, side, message,
				     node->start + node->length - message->start);
			message = NULL;
		} else if (node->field == follow->fields[FIELD_BODY]) {
			append_bytes(follow, side, node, node->length);
		}
	}
}

/* Their bytes are the header list, decoded. */
static bool has_header_list(uint64_t type)
{
	enum { HEADERS = 1, PUSH_PROMISE = 5, CONTINUATION = 9 };

	return type == HEADERS || type == PUSH_PROMISE || type == CONTINUATION;
}

void http2_take(struct follow *follow, enum follow_side side)
{
	const struct dissection *d = &follow->port.d;
	const struct node *frame = NULL;
	uint64_t type = 0;
	bool is_asked_for = false;

	follow->half[side].sum.started = true;
	for (uint32_t i = 0; i < d->node_count; i++) {
		const struct node *node = &d->nodes[i];

		if (node->field == follow->fields[FIELD_HTTP2_FRAME]) {
			frame = node;
		} else if (node->field == follow->fields[FIELD_HTTP2_TYPE]) {
			type = node->value.number;
		} else if (node->field == follow->fields[FIELD_INNER_STREAM] && frame) {
			is_asked_for = node->value.number == follow->inner;
			if (is_asked_for && !has_header_list(type))
				append_bytes(follow, side, frame, frame->length);
		} else if (node->field == follow->fields[FIELD_BODY] && is_asked_for) {
			append_bytes(follow, side, node, node->length);
		}
	}
}

void quic_take(struct follow *follow, enum follow_side side)
{
	const struct dissection *d = &follow->port.d;
	bool is_connection = false, is_asked_for = false;

	follow->half[side].sum.started = true;
	for (uint32_t i = 0; i < d->node_count; i++) {
		const struct node *node = &d->nodes[i];

		if (node->field == follow->fields[FIELD_QUIC_CONNECTION])
			is_connection = node->value.number == follow->connection;
		else if (node->field == follow->fields[FIELD_INNER_STREAM])
			is_asked_for = node->value.number == follow->inner;
		else if (node->field == follow->fields[FIELD_BODY] && is_connection && is_asked_for)
			append_bytes(follow, side, node, node->length);
	}
}
