/* loop.c - Ethernet's Configuration Test Protocol (Ethernet 2.0, 8): a list of functions, each done
 * by another station, of which the skip count names the next.  Words are little endian. */
#include "ethertype.h"

enum { TYPE_LOOP = 0x9000, REPLY = 1, FORWARD = 2 };

enum { LOOP, LOOP_SKIP, LOOP_RELEVANT, LOOP_FUNCTION, LOOP_RECEIPT, LOOP_ADDRESS };

static const struct value_name function_names[] = { { REPLY, "Reply" },
						    { FORWARD, "Forward Data" },
						    { 0 } };

static const struct field loop_fields[] = {
	[LOOP] = { "loop", "Configuration Test Protocol (loopback)", FIELD_PROTOCOL,
		   .help = "Tests whether a station can be reached; switches send it to "
			   "themselves" },
	[LOOP_SKIP] = { "loop.skipcount", "skipCount", FIELD_U16,
			.help = "Bytes of functions that are done already" },
	[LOOP_RELEVANT] = { "loop.relevant_function", "Relevant function", FIELD_U16,
			    .names = function_names, .help = "What the receiver is to do" },
	[LOOP_FUNCTION] = { "loop.function", "Function", FIELD_U16, .names = function_names,
			    .help = "What to do with the packet" },
	[LOOP_RECEIPT] = { "loop.receipt_number", "Receipt number", FIELD_U16,
			   .help = "Tells the sender its packet" },
	[LOOP_ADDRESS] = { "loop.forwarding_address", "Forwarding address", FIELD_ETHER,
			   .help = "Where to send the packet on" },
};

static unsigned take_word(struct dissection *d, struct cursor *c, unsigned field)
{
	return (unsigned)take_uint_le(d, c, field);
}

static void note_relevant(struct dissection *d, const struct cursor *c, unsigned function)
{
	const char *name = value_name(function_names, function);

	add_uint(d, c, LOOP_RELEVANT, c->pos, 2, function);
	info(d, "%s", name ? name : "Unknown function");
}

static void loop_dissect(struct dissection *d, struct cursor *c)
{
	const uint8_t *p;
	bool more = true;

	info_begin(d);
	unsigned skip = take_word(d, c, LOOP_SKIP);
	uint32_t first = c->pos;
	while (more && cursor_more(c)) {
		if (c->pos - first == skip && cursor_peek(c, 0, 2, &p))
			note_relevant(d, c, load_le16(p));
		unsigned function = take_word(d, c, LOOP_FUNCTION);
		if (function == FORWARD)
			take_ether(d, c, LOOP_ADDRESS);
		else if (function == REPLY)
			take_word(d, c, LOOP_RECEIPT);
		more = function == FORWARD;
	}
	end_header(d, c);
	if (cursor_more(c))
		hand_on_as_data(d, *c);
}

static const struct claim loop_claims[] = { { BY_ETHERTYPE, TYPE_LOOP } };

const struct dissector loop_dissector = {
	.name = "loop",
	.short_name = "LOOP",
	.title = "Configuration Test Protocol (loopback)",
	.fields = loop_fields,
	.field_count = COUNT(loop_fields),
	.claims = loop_claims,
	.claim_count = COUNT(loop_claims),
	.dissect = loop_dissect,
};
