/* object.c - the list of what a packet offers. */
#include "dissect/object.h"

#include "base/arena.h"

void offer_object(struct dissection *d, const struct object_part *part)
{
	if (!d->tells_objects || !d->fault || *d->fault)
		return;
	if (d->part_count == d->part_room) {
		d->part_room = d->part_room ? 2 * d->part_room : 8;
		d->parts = must_resize(d->parts, d->part_room, sizeof *d->parts);
	}
	d->parts[d->part_count++] = *part;
}
