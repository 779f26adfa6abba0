/* follow_http.c - HTTP messages as the dissector puts them together: the header, then the body
 * without its chunks. */
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
