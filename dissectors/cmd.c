/* cmd.c - Cisco MetaData: the security group of a packet, behind Ethernet's type field or in GRE.
 *
 *      0         1         2          4         6           8
 *      +---------+---------+----------+---------+-----------+
 *      | version | length  | options  | group   | EtherType |
 *      +---------+---------+----------+---------+-----------+
 *
 * In GRE the EtherType comes first. */
#include "ethertype.h"

enum { TYPE_CMD = 0x8909 };

enum { CMD, CMD_VERSION, CMD_LENGTH, CMD_OPTIONS, CMD_GROUP, CMD_TYPE, CMD_TRAILER };

static const struct field cmd_fields[] = {
	[CMD] = { "cmd", "Cisco MetaData", FIELD_PROTOCOL,
		  .help = "Says which security group the sender of a packet belongs to" },
	[CMD_VERSION] = { "cmd.version", "Version", FIELD_U8, .help = "Version of the header: 1" },
	[CMD_LENGTH] = { "cmd.length", "Length", FIELD_U8, .help = "Length of the options" },
	[CMD_OPTIONS] = { "cmd.options", "Options", FIELD_U16, BASE_HEX,
			  .help = "What follows: 1, a group" },
	[CMD_GROUP] = { "cmd.sgt", "SGT", FIELD_U16, .help = "The security group" },
	[CMD_TYPE] = { "cmd.type", "Type", FIELD_U16, BASE_HEX, ethertype_names,
		       .help = "What the payload is: an EtherType" },
	[CMD_TRAILER] = { "cmd.trailer", "Trailer", FIELD_BYTES, .flags = FIELD_SEES_BELOW,
			  .help = "Bytes behind the packet" },
};

static void take_header(struct dissection *d, struct cursor *c)
{
	take_u8(d, c, CMD_VERSION);
	take_u8(d, c, CMD_LENGTH);
	take_u16(d, c, CMD_OPTIONS);
	take_u16(d, c, CMD_GROUP);
}

static void cmd_dissect(struct dissection *d, struct cursor *c)
{
	bool behind_type = d->matched_port == TYPE_CMD;
	uint16_t type = 0;

	info_begin(d);
	if (!behind_type)
		type = take_u16(d, c, CMD_TYPE);
	take_header(d, c);
	if (behind_type)
		type = take_u16(d, c, CMD_TYPE);
	if (!cursor_ok(c))
		return;
	end_header(d, c);
	if (behind_type) {
		hand_on_framed(d, type, c, CMD_TRAILER);
	} else if (!hand_on(d, BY_ETHERTYPE, type, *c)) {
		hand_on_as_data(d, *c);
	}
}

static const struct claim cmd_claims[] = { { BY_ETHERTYPE, TYPE_CMD } };

const struct dissector cmd_dissector = {
	.name = "cmd",
	.short_name = "CMD",
	.title = "Cisco MetaData",
	.fields = cmd_fields,
	.field_count = COUNT(cmd_fields),
	.claims = cmd_claims,
	.claim_count = COUNT(cmd_claims),
	.borrows = &eth_dissector,
	.dissect = cmd_dissect,
};
