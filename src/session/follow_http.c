/* follow_http.c - messages as dissectors put them together: of HTTP the header, then the body
 * without its chunks; what TLS protects; frames of HTTP/2; streams within. */
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
			is_asked_for = inner_note(
				follow, (struct follow_inner){ 0, (uint32_t)node->value.number });
			if (is_asked_for && !has_header_list(type))
				append_bytes(follow, side, frame, frame->length);
		} else if (node->field == follow->fields[FIELD_BODY] && is_asked_for) {
			append_bytes(follow, side, node, node->length);
		}
	}
}

void inner_take(struct follow *follow, enum follow_side side)
{
	const struct dissection *d = &follow->port.d;
	struct follow_inner inner = { 0 };
	bool is_asked_for = false;

	follow->half[side].sum.started = true;
	for (uint32_t i = 0; i < d->node_count; i++) {
		const struct node *node = &d->nodes[i];
		bool is_said = node->field == follow->fields[FIELD_HEADER_LINES] ||
			       node->field == follow->fields[FIELD_BODY];

		if (node->field == follow->fields[FIELD_QUIC_CONNECTION]) {
			inner.connection = (uint32_t)node->value.number;
			is_asked_for = false;
		} else if (node->field == follow->fields[FIELD_INNER_STREAM]) {
			/* No one asks for numbers of 62 bits. */
			inner.stream = (uint32_t)node->value.number;
			is_asked_for =
				inner.stream == node->value.number && inner_note(follow, inner);
		} else if (is_said && is_asked_for) {
			append_bytes(follow, side, node, node->length);
		}
	}
}

/* --- HTTP/3 --- */

/* What the packet has of the stream that is followed: nodes of its messages stand behind those of
 * QUIC, which has the body. */
struct http3_found {
	const struct node *body;
	bool has_data; /* a DATA frame that the body's bytes are of */
};

static struct http3_found find_body(struct follow *follow)
{
	const struct dissection *d = &follow->port.d;
	struct follow_inner inner = { 0 };
	struct http3_found found = { 0 };
	uint64_t stream = 0;
	bool is_asked_for = false;

	for (uint32_t i = 0; i < d->node_count; i++) {
		const struct node *node = &d->nodes[i];

		if (node->field == follow->fields[FIELD_QUIC_CONNECTION]) {
			inner.connection = (uint32_t)node->value.number;
		} else if (node->field == follow->fields[FIELD_INNER_STREAM]) {
			inner.stream = (uint32_t)node->value.number;
			is_asked_for |=
				inner.stream == node->value.number && inner_note(follow, inner);
		} else if (node->field == follow->fields[FIELD_BODY_STREAM] ||
			   node->field == follow->fields[FIELD_HTTP3_STREAM]) {
			stream = node->value.number;
		} else if (is_asked_for && stream == follow->inner.stream) {
			if (node->field == follow->fields[FIELD_BODY])
				found.body = node;
			found.has_data |= node->field == follow->fields[FIELD_HTTP3_TYPE] &&
					  node->value.number == 0;
		}
	}
	return found;
}

/* A body stands where its last DATA frame does, or in front of what comes after its end. */
void http3_take(struct follow *follow, enum follow_side side)
{
	const struct dissection *d = &follow->port.d;
	struct http3_found found = find_body(follow);
	bool is_asked_for = false;

	follow->half[side].sum.started = true;
	if (found.body && !found.has_data)
		append_bytes(follow, side, found.body, found.body->length);
	for (uint32_t i = 0; i < d->node_count && follow->has_chosen; i++) {
		const struct node *node = &d->nodes[i];

		if (node->field == follow->fields[FIELD_HTTP3_STREAM]) {
			is_asked_for = node->value.number == follow->inner.stream;
		} else if (node->field == follow->fields[FIELD_HTTP3_TYPE]) {
			if (!is_asked_for || node->value.number != 0 || !found.body)
				continue;
			append_bytes(follow, side, found.body, found.body->length);
			found.body = NULL;
		} else if (node->field == follow->fields[FIELD_HEADER_LINES] && is_asked_for) {
			append_bytes(follow, side, node, node->length);
		}
	}
}
