/* follow_inner.c - streams within a stream: those of HTTP/2, QUIC and HTTP/3, and the one of them
 * that is followed. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "follow_parts.h"

enum {
	INNER_LIMIT = 1 << 16, /* that are listed */
	FIRST_ROOM = 16,
	ONE_WAY = 2, /* RFC 9000, 2.1: bits of a stream's number */
	BY_SERVER = 1,
};

bool follow_has_inner(enum follow_kind kind)
{
	return kind == FOLLOW_HTTP2 || kind == FOLLOW_HTTP2_MESSAGES || kind == FOLLOW_QUIC ||
	       kind == FOLLOW_HTTP3_MESSAGES;
}

/* --- the list --- */

static uint32_t *slot_of(const struct follow_inners *inners, const struct follow_inner *inner)
{
	uint32_t mask = 2 * inners->room - 1;
	uint32_t at = (uint32_t)hash_bytes(inner, sizeof *inner) & mask;

	while (inners->slots[at] &&
	       memcmp(&inners->list[inners->slots[at] - 1], inner, sizeof *inner) != 0)
		at = (at + 1) & mask;
	return &inners->slots[at];
}

static void grow(struct follow_inners *inners)
{
	inners->list = must_grow(inners->list, &inners->room, FIRST_ROOM, sizeof *inners->list);
	free(inners->slots);
	inners->slots = must_zeroed(2 * inners->room, sizeof *inners->slots);
	for (uint32_t i = 0; i < inners->count; i++)
		*slot_of(inners, &inners->list[i]) = i + 1;
}

static void add(struct follow_inners *inners, const struct follow_inner *inner)
{
	if (inners->count == INNER_LIMIT)
		return;
	if (inners->count == inners->room)
		grow(inners);
	uint32_t *slot = slot_of(inners, inner);

	if (*slot)
		return;
	inners->list[inners->count++] = *inner;
	*slot = inners->count;
}

void inners_free(struct follow_inners *inners)
{
	free(inners->list);
	free(inners->slots);
	*inners = (struct follow_inners){ 0 };
}

uint32_t follow_inner_count(const struct follow *follow)
{
	return follow->inners.count;
}

struct follow_inner follow_inner_at(const struct follow *follow, uint32_t n)
{
	return follow->inners.list[n];
}

/* --- choosing --- */

void follow_choose_inner(struct follow *follow, struct follow_inner inner)
{
	follow->inner = inner;
	follow->has_chosen = true;
}

const struct follow_inner *follow_chosen(const struct follow *follow)
{
	return follow->has_chosen ? &follow->inner : NULL;
}

/* What speaks of the connection as a whole has no messages. */
static bool is_for_requests(const struct follow *follow, const struct follow_inner *inner)
{
	if (follow->kind == FOLLOW_HTTP2 || follow->kind == FOLLOW_HTTP2_MESSAGES)
		return inner->stream != 0;
	return !(inner->stream & (ONE_WAY | BY_SERVER));
}

bool inner_note(struct follow *follow, struct follow_inner inner)
{
	bool is_for_request = is_for_requests(follow, &inner);

	if (is_for_request || follow->kind == FOLLOW_HTTP2 || follow->kind == FOLLOW_QUIC)
		add(&follow->inners, &inner);
	if (!follow->has_chosen && is_for_request)
		follow_choose_inner(follow, inner);
	return follow->has_chosen && inner.connection == follow->inner.connection &&
	       inner.stream == follow->inner.stream;
}

bool follow_choose_inner_of(struct follow *follow, uint32_t packet)
{
	const struct dissection *d = &follow->port.d;
	struct follow_inner inner = { 0 };

	follow->port.d.stop_after = 0;
	if (!view_port_dissect(&follow->port, packet, WANT_FIELDS))
		return false;
	for (uint32_t i = 0; i < d->node_count; i++) {
		const struct node *node = &d->nodes[i];

		if (node->field == follow->fields[FIELD_QUIC_CONNECTION])
			inner.connection = (uint32_t)node->value.number;
		if (node->field != follow->fields[FIELD_INNER_STREAM] ||
		    node->value.number > UINT32_MAX)
			continue;
		inner.stream = (uint32_t)node->value.number;
		if (!is_for_requests(follow, &inner))
			continue;
		follow_choose_inner(follow, inner);
		return true;
	}
	return false;
}
