/* plain_header.h - headers as they mostly are, known by a quick look: a field that is PLACED() can
 * be read where it stands, and the packet need not be dissected for it.  Passes that show no fields
 * step over those of which nothing is learnt.
 *
 * The stack of protocols says which headers follow one another.  Whatever is odd about one is left
 * to the dissectors: fragments, options that change what is shown, lengths that lie. */
#ifndef DISSECT_PLAIN_HEADER_H
#define DISSECT_PLAIN_HEADER_H

#include <stdbool.h>
#include <stdint.h>

#include "dissect/claim.h"

struct dissection;

/* The header at hand. */
struct outline {
	const uint8_t *bytes;	     /* of the packet */
	uint32_t at;		     /* where the header begins */
	uint32_t header;	     /* how long it is */
	uint16_t link_type;	     /* of the packet */
	uint32_t captured, reported; /* where its layer ends: what is there, and what was sent */
};

/* Who is asked for behind a header. */
struct onward {
	enum claim_table table;
	uint32_t key;
};

/* What a dissector says of the headers of which it shows every PLACED() field, once, or twice if it
 * has two places, and the stream if it is placed. */
struct plain_header {
	/* Sets o->header, which may be longer than what is there, and takes from the ends what is
	 * not the layer's.  False: this is another kind of header.  NULL: there is none. */
	bool (*read)(struct outline *o);
	/* Does for the layers behind a plain header what its dissector would when no field is wanted.
	 * NULL: more than what is handed on would be learnt. */
	struct onward (*step)(struct dissection *d, const struct outline *o);
	/* Is there something about the layer that a row tells, or its severity?  NULL: never. */
	bool (*stands_out)(const struct dissection *d, const struct outline *o);
	const char *words;   /* of its row, if nothing behind it has one; NULL: none */
	const char *mention; /* what the path has behind it then; NULL: nothing */
	uint8_t bytes; /* that are there when it is asked */
	bool carries;  /* what follows a plain one is that layer's that comes next in the path */
};

/* No more than so many bytes from here on are the layer's. */
static inline void outline_cut(struct outline *o, uint32_t length)
{
	if (length < o->reported - o->at)
		o->reported = o->at + length;
	if (o->captured > o->reported)
		o->captured = o->reported;
}

#endif
