/* websocket_deflate.c - permessage-deflate, RFC 7692: a message is packed with those before it as
 * context, unless its sender starts afresh, which needs no telling apart.
 *
 * The first pass keeps the packed bytes of each side's first messages as a chain of facts; before a
 * message is unpacked, the decoder is fed those.  What comes after the limit is unpacked if it
 * needs nothing before it. */
#include "websocket.h"

#include <string.h>

#include "media_type.h"
#include "state/conversation.h"
#include "state/facts.h"

enum {
	CONTEXT_LIMIT = 32 << 10,      /* packed bytes of a side that are kept */
	CONTEXT_PLAIN_LIMIT = 1 << 20, /* and what they may become */
	CHUNKS_LIMIT = CONTEXT_LIMIT / 8,
	TAIL = 4, /* bytes that the sender leaves out (RFC 7692, 7.2.1) */
};

/* What the first pass keeps of one direction. */
struct websocket_side {
	uint32_t packet, serial;
	uint32_t kept, plain; /* bytes of the chain, and unpacked */
	bool open, lost;      /* lost: the chain is too long, or was cut */
};

struct websocket_talk {
	bool deflates;
	struct websocket_side side[2];
};

/* Of a layer; `bytes` are its packed frames, with their tails. */
struct websocket_fact {
	uint32_t packet, serial; /* the one before it with bytes; packet 0: none */
	uint32_t open;
	uint8_t bytes[];
};

static struct websocket_talk *talk_of(const struct dissection *d)
{
	return conversation_state(d, &websocket_dissector, sizeof(struct websocket_talk));
}

void websocket_will_deflate(struct dissection *d)
{
	struct websocket_talk *talk = talk_of(d);

	if (talk)
		talk->deflates = true;
}

void websocket_walk_begin(struct dissection *d, struct websocket_walk *walk)
{
	struct websocket_talk *talk = talk_of(d);
	const struct websocket_fact *fact = talk ? NULL : recall(d, FACT_OWN, NULL);

	*walk = (struct websocket_walk){ 0 };
	if (talk) {
		walk->deflates = talk->deflates;
		walk->side = &talk->side[!d->from_opener];
		walk->open = walk->side->open;
		walk->packet = walk->side->packet;
		walk->serial = walk->side->serial;
	} else if (fact) {
		walk->deflates = true;
		walk->open = fact->open;
		walk->packet = fact->packet;
		walk->serial = fact->serial;
	}
}

/* Feeds the decoder all that came before the layer, from the first message on. */
static void fill_context(struct dissection *d, struct websocket_walk *walk)
{
	struct chunk {
		const uint8_t *bytes;
		uint32_t length;
	} *chunks = arena_alloc(&d->arena, CHUNKS_LIMIT * sizeof *chunks);
	uint32_t count = 0, size = 0, packet = walk->packet, serial = walk->serial;
	const struct websocket_fact *fact;

	while (packet && count < CHUNKS_LIMIT &&
	       (fact = fact_of(d, packet, FACT_OWN, (uint16_t)serial, &size))) {
		chunks[count++] = (struct chunk){ fact->bytes, size - (uint32_t)sizeof *fact };
		packet = fact->packet;
		serial = fact->serial;
	}
	while (count--)
		inflation_feed(walk->inflation, &d->arena, chunks[count].bytes,
			       chunks[count].length, CONTEXT_PLAIN_LIMIT);
}

static void keep(struct dissection *d, struct websocket_walk *walk, const uint8_t *bytes,
		 uint32_t n)
{
	struct websocket_side *side = walk->side;

	if (side->lost || n > CONTEXT_LIMIT - side->kept ||
	    walk->plain_bytes > CONTEXT_PLAIN_LIMIT - side->plain) {
		side->lost = true;
		return;
	}
	if (n > walk->added_room - walk->added_bytes) {
		uint32_t room = 2 * walk->added_room + n;
		uint8_t *added = arena_alloc(&d->arena, room);
		if (walk->added_bytes)
			memcpy(added, walk->added, walk->added_bytes);
		walk->added = added;
		walk->added_room = room;
	}
	memcpy(walk->added + walk->added_bytes, bytes, n);
	walk->added_bytes += n;
	side->kept += n;
}

struct unpacked websocket_unpack(struct dissection *d, struct websocket_walk *walk,
				 const struct cursor *payload, bool last)
{
	static const uint8_t tail[TAIL] = { 0, 0, 0xff, 0xff };
	uint32_t n = cursor_left(payload);
	uint8_t *packed = arena_alloc(&d->arena, n + TAIL);
	const uint8_t *bytes;

	if (n && cursor_peek(payload, 0, n, &bytes))
		memcpy(packed, bytes, n);
	if (last)
		memcpy(packed + n, tail, TAIL);
	n += last ? TAIL : 0;
	if (!walk->inflation && (walk->inflation = inflation_begin()))
		fill_context(d, walk);
	struct unpacked result =
		inflation_feed(walk->inflation, &d->arena, packed, n, INFLATED_LIMIT);
	walk->plain_bytes += result.length;
	if (walk->side && cursor_left(payload) == cursor_sent(payload))
		keep(d, walk, packed, n);
	else if (walk->side)
		walk->side->lost = true;
	return result;
}

void websocket_walk_end(struct dissection *d, struct websocket_walk *walk)
{
	struct websocket_side *side = walk->side;

	inflation_end(walk->inflation);
	if (!side || !walk->deflates)
		return;
	struct websocket_fact *fact =
		learn(d, FACT_OWN, (uint32_t)sizeof *fact + walk->added_bytes);
	if (!fact)
		return;
	fact->packet = walk->packet;
	fact->serial = walk->serial;
	fact->open = side->open;
	side->open = walk->open;
	side->plain += walk->plain_bytes;
	if (walk->added_bytes) {
		memcpy(fact->bytes, walk->added, walk->added_bytes);
		side->packet = d->packet.number;
		side->serial = d->layers[d->layer_count - 1].serial;
	}
	/* Nothing before is better than something else. */
	if (side->lost)
		side->packet = 0;
}
