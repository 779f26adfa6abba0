/* object.h - what a dissector offers to be saved as a file: a body, a mail, a block of a transfer.
 */
#ifndef DISSECT_OBJECT_H
#define DISSECT_OBJECT_H

#include <stdint.h>

#include "dissect/dissection.h"

#define OBJECT_APPEND UINT64_MAX /* as an offset: behind the part before */

/* In the arena of the dissection, or constant. */
struct object_part {
	const char *kind;   /* "http": what --export-objects calls it */
	const char *name;   /* as the packet says it, so it may say anything; "": none */
	const char *type;   /* a media type; "": not said */
	const char *source; /* who has it: a host; "": not said */
	/* Parts of one kind with one key are one object.  0: this is an object by itself. */
	uint64_t key;
	uint64_t offset; /* of the part in its object */
	const uint8_t *bytes;
	uint32_t length;
	bool last; /* the object ends with it */
};

/* Only if somebody asked (d->tells_objects), and after no fault. */
void offer_object(struct dissection *d, const struct object_part *part);

#endif
