/* pieces.h - bytes of several messages of a stream that belong together, such as a mail whose parts
 * are shown as they come and which is shown whole with the last one. */
#ifndef STATE_PIECES_H
#define STATE_PIECES_H

#include <stdint.h>

#include "dissect/dissection.h"

struct message;

/* Can later packets find these bytes again?  Not if they were made of others, as unpacked ones. */
static inline bool is_lasting(const struct dissection *d, const struct cursor *c)
{
	return !c->source || d->buffers[c->source].message;
}

/* In the first pass: what is at the cursor comes next.  `list` is a number that the dissector keeps
 * with its connection's state, 0 at first.  More than can be kept (65,536 pieces) end the list. */
void piece_add(struct dissection *d, uint32_t *list, const struct cursor *piece);
/* In the first pass: forgets the pieces. */
void pieces_drop(struct dissection *d, uint32_t list);
/* In the first pass: the pieces are complete in the message at work, whose fact says so. */
void pieces_complete(struct dissection *d, uint32_t list);

/* The same for a dissector that keeps the message's number, + 1, in its own fact: several can be
 * completed in one layer.  0: there is none, and the pieces are forgotten all the same. */
uint32_t pieces_finish(struct dissection *d, uint32_t list);
/* In every pass: that message; message_source() has its bytes. */
const struct message *pieces_numbered(const struct dissection *d, uint32_t message);

/* In every pass: what pieces_complete() put together in this layer, or NULL. */
const struct message *pieces_of(struct dissection *d);
/* Its bytes as a source of their own, as far as they are fetched; shares the fault of `c`. */
struct cursor pieces_whole(struct dissection *d, const struct cursor *c, const char *title);

#endif
