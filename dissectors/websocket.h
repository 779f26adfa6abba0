/* websocket.h - what HTTP hands on to after an upgrade, and messages that are packed (RFC 7692). */
#ifndef DISSECTORS_WEBSOCKET_H
#define DISSECTORS_WEBSOCKET_H

#include "dissect/dissector.h"
#include "dissect/unpack.h"

extern const struct dissector websocket_dissector;

/* In the first pass: permessage-deflate was agreed on (RFC 7692, 7). */
void websocket_will_deflate(struct dissection *d);

/* A layer's packed frames, one after the other. */
struct websocket_walk {
	bool deflates;		     /* the extension is in use */
	bool open;		     /* the message at work is packed */
	uint32_t packet, serial;     /* the fact with the packed bytes before; packet 0: none */
	struct websocket_side *side; /* in the first pass */
	struct inflation *inflation; /* NULL: not begun */
	uint8_t *added;		     /* packed bytes of this layer, to be kept */
	uint32_t added_bytes, added_room, plain_bytes;
};

void websocket_walk_begin(struct dissection *d, struct websocket_walk *walk);
/* A frame's payload without its mask; `last`: the message ends with it. */
struct unpacked websocket_unpack(struct dissection *d, struct websocket_walk *walk,
				 const struct cursor *payload, bool last);
/* Keeps in the first pass what later messages need. */
void websocket_walk_end(struct dissection *d, struct websocket_walk *walk);

#endif
