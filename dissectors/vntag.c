/* vntag.c - VN-Tag: which virtual interface of a bridge's extension a frame comes from or goes to.
 *
 *      0  1  2            16 17 18 20               32
 *      +--+--+------------+--+--+---+---------------+
 *      |D |P | destination|L |R |ver| source        |
 *      | EtherType, or a length                     |
 *      +--------------------------------------------+
 */
#include "ethertype.h"

enum { TYPE_VNTAG = 0x8926 };

enum {
	VNTAG,
	VNTAG_DIRECTION,
	VNTAG_POINTER,
	VNTAG_DESTINATION,
	VNTAG_LOOPED,
	VNTAG_RESERVED,
	VNTAG_VERSION,
	VNTAG_SOURCE,
	VNTAG_TYPE,
	VNTAG_LENGTH,
	VNTAG_TRAILER,
	VNTAG_LENGTH_PAST_END,
};

static const struct value_name direction_names[] = { { 0, "To Bridge" },
						     { 1, "From Bridge" },
						     { 0 } };
static const struct value_name pointer_names[] = { { 0, "vif_id" }, { 1, "vif_list_id" }, { 0 } };
static const struct value_name looped_names[] = { { 0, "No" }, { 1, "Yes" }, { 0 } };

static const struct field vntag_fields[] = {
	[VNTAG] = { "vntag", "VN-Tag", FIELD_PROTOCOL,
		    .help = "Tells a bridge which of a host's virtual interfaces a frame belongs "
			    "to" },
	[VNTAG_DIRECTION] = { "vntag.dir", "Direction", FIELD_BOOL, .names = direction_names,
			      .mask = 0x80000000, .bits = 32,
			      .help = "Whether the bridge sent it" },
	[VNTAG_POINTER] = { "vntag.ptr", "Pointer", FIELD_BOOL, .names = pointer_names,
			    .mask = 0x40000000, .bits = 32,
			    .help = "Whether the destination is a list of interfaces" },
	[VNTAG_DESTINATION] = { "vntag.dst", "Destination", FIELD_U32, .mask = 0x3fff0000,
				.help = "The interface that it goes to" },
	[VNTAG_LOOPED] = { "vntag.looped", "Looped", FIELD_BOOL, .names = looped_names,
			   .mask = 0x8000, .bits = 32,
			   .help = "Whether it comes back to where it came from" },
	[VNTAG_RESERVED] = { "vntag.r", "Reserved", FIELD_U32, .mask = 0x4000,
			     .help = "Must be 0" },
	[VNTAG_VERSION] = { "vntag.version", "Version", FIELD_U32, .mask = 0x3000,
			    .help = "Version of the tag" },
	[VNTAG_SOURCE] = { "vntag.src", "Source", FIELD_U32, .mask = 0x0fff,
			   .help = "The interface that it comes from" },
	[VNTAG_TYPE] = { "vntag.etype", "Type", FIELD_U16, BASE_HEX, ethertype_names,
			 .help = "What the payload is: an EtherType" },
	[VNTAG_LENGTH] = { "vntag.len", "Length", FIELD_U16, .help = "Bytes of the payload" },
	[VNTAG_TRAILER] = { "vntag.trailer", "Trailer", FIELD_BYTES, .flags = FIELD_SEES_BELOW,
			    .help = "Bytes behind the packet" },
	[VNTAG_LENGTH_PAST_END] =
		FINDING("vntag.len.past_end", "Length field value goes past the end of the payload",
			EXPERT_ERROR, GROUP_MALFORMED),
};

static void dissect_length(struct dissection *d, struct cursor *c, uint32_t length)
{
	node_id node = add_uint(d, c, VNTAG_LENGTH, c->pos - 2, 2, length);

	if (length > cursor_sent(c))
		note_finding_on(d, node, VNTAG_LENGTH_PAST_END, NULL);
	dissect_layer(d, &llc_dissector, cursor_split(c, length));
	show_ethernet_trailer(d, *c, VNTAG_TRAILER, false);
}

static void vntag_dissect(struct dissection *d, struct cursor *c)
{
	info_begin(d);
	info(d, "VN-Tag");
	for (unsigned field = VNTAG_DIRECTION; field <= VNTAG_SOURCE; field++)
		look_uint_n(d, c, field, 4);
	cursor_skip(c, 4);
	uint16_t type = cursor_u16(c);
	if (!cursor_ok(c))
		return;
	end_header(d, c);
	if (type <= ETHERNET_LENGTH_MAX) {
		dissect_length(d, c, type);
		return;
	}
	add_uint(d, c, VNTAG_TYPE, c->pos - 2, 2, type);
	hand_on_framed(d, type, c, VNTAG_TRAILER);
}

static const struct claim vntag_claims[] = { { BY_ETHERTYPE, TYPE_VNTAG } };

const struct dissector vntag_dissector = {
	.name = "vntag",
	.short_name = "VNTAG",
	.title = "VN-Tag",
	.fields = vntag_fields,
	.field_count = COUNT(vntag_fields),
	.claims = vntag_claims,
	.claim_count = COUNT(vntag_claims),
	.borrows = &eth_dissector,
	.dissect = vntag_dissect,
};
