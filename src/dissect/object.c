/* object.c - the list of what a packet offers. */
#include "dissect/object.h"

#include "base/arena.h"

void offer_object(struct dissection *d, const struct object_part *part)
{
	if (!d->tells_objects || !d->fault || *d->fault)
		return;
	if (d->part_count == d->part_room)
		d->parts = must_grow(d->parts, &d->part_room, 8, sizeof *d->parts);
	d->parts[d->part_count++] = *part;
}
