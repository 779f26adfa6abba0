/* ip_datagram.c - what a datagram was put together from: RFC 791, 3.2, and RFC 8200, 4.5. */
#include "ip_datagram.h"

#include "dissect/dissector.h"

enum { WORDED_PARTS = 30 };

static void label_parts(struct dissection *d, node_id tree, const struct datagram *datagram,
			const struct cursor *whole, const char *protocol)
{
	if (!(d->wants & WANT_ANY_LABELS) || tree == NO_NODE)
		return;
	label_set(d, tree, "%u %s Fragment%s (%u byte%s): ", datagram->part_count, protocol,
		  datagram->part_count == 1 ? "" : "s", whole->reported,
		  whole->reported == 1 ? "" : "s");
	for (uint32_t i = 0; i < datagram->part_count && i < WORDED_PARTS; i++)
		label(d, tree, "%s#%u(%u)", i ? ", " : "", datagram->parts[i].packet,
		      datagram->parts[i].length);
}

static void show_part(struct dissection *d, const struct fragment_part *part,
		      const struct datagram_fields *fields)
{
	const struct {
		unsigned flag, field;
	} flags[] = {
		{ FRAGMENT_OVERLAP, fields->overlap },
		{ FRAGMENT_CONFLICT, fields->conflict },
		{ FRAGMENT_MULTIPLE_TAILS, fields->multiple_tails },
		{ FRAGMENT_TOO_LONG, fields->too_long },
	};
	bool wrong = part->flags & ~(uint32_t)FRAGMENT_OVERLAP;
	node_id node = put_uint(d, wrong ? fields->wrong_part : fields->part, part->packet);

	label_set(d, node, "Frame: %u, payload: %u-%u (%u byte%s)", part->packet, part->offset,
		  part->offset + part->length - (part->length ? 1 : 0), part->length,
		  part->length == 1 ? "" : "s");
	open_node(d, node);
	for (size_t i = 0; i < COUNT(flags); i++)
		if (part->flags & flags[i].flag)
			put_uint(d, flags[i].field, 1);
	close_node(d, node);
}

void show_datagram_parts(struct dissection *d, node_id tree, const struct datagram *datagram,
			 const struct cursor *whole, const struct datagram_fields *fields)
{
	label_parts(d, tree, datagram, whole, fields->protocol);
	open_node(d, tree);
	for (uint32_t i = 0; i < datagram->part_count; i++)
		show_part(d, &datagram->parts[i], fields);
	put_uint(d, fields->count, datagram->part_count);
	put_uint(d, fields->length, whole->reported);
	node_flag(d, put_bytes(d, fields->data, whole), NODE_GENERATED);
	close_node(d, tree);
}
