/* nbns.c - NetBIOS Name Service, RFC 1002 section 4.2: messages laid out as DNS's, names of 16
 * bytes as 32 letters (RFC 1001, 14.1). */
#include <string.h>

#include "dns.h"
#include "ip_names.h"

enum {
	NBNS,
	NBNS_ID,
	NBNS_FLAGS,
	NBNS_RESPONSE,
	NBNS_OPCODE,
	NBNS_AUTHORITATIVE,
	NBNS_TRUNCATED,
	NBNS_RECDESIRED,
	NBNS_RECAVAIL,
	NBNS_BROADCAST,
	NBNS_RCODE,
	NBNS_QUERIES,
	NBNS_ANSWERS,
	NBNS_AUTH_RR,
	NBNS_ADD_RR,
	NBNS_SECTION_QUERIES,
	NBNS_SECTION_ANSWERS,
	NBNS_SECTION_AUTHORITY,
	NBNS_SECTION_ADDITIONAL,
	NBNS_RECORD,
	NBNS_NAME,
	NBNS_TYPE,
	NBNS_CLASS,
	NBNS_TTL,
	NBNS_DATA_LENGTH,
	NBNS_NB_FLAGS,
	NBNS_NB_GROUP,
	NBNS_NB_ONT,
	NBNS_ADDR,
	NBNS_DATA,
	NBNS_NUMBER_OF_NAMES,
	NBNS_NETBIOS_NAME,
	NBNS_NAME_FLAGS,
	NBNS_NAME_GROUP,
	NBNS_NAME_ONT,
	NBNS_NAME_DRG,
	NBNS_NAME_CNF,
	NBNS_NAME_ACT,
	NBNS_NAME_PRM,
	NBNS_UNIT_ID,
	NBNS_JUMPERS,
	NBNS_TEST_RESULT,
	NBNS_VERSION_NUMBER,
	NBNS_PERIOD,
	NBNS_CRCS,
	NBNS_ALIGNMENT_ERRORS,
	NBNS_COLLISIONS,
	NBNS_SEND_ABORTS,
	NBNS_GOOD_SENDS,
	NBNS_GOOD_RECEIVES,
	NBNS_RETRANSMITS,
	NBNS_NO_RESOURCES,
	NBNS_COMMAND_BLOCKS,
	NBNS_PENDING_SESSIONS,
	NBNS_MAX_PENDING_SESSIONS,
	NBNS_MAX_SESSIONS,
	NBNS_PACKET_SIZE,
	NBNS_INCOMPLETE,
};

enum {
	RESPONSE = 0x8000,
	TYPE_NB = 32,
	TYPE_NBSTAT = 33,
	OPCODE_WAIT = 7,
	NAME_LENGTH = 16,
	ENCODED_LENGTH = 32,
	MAX_JUMPS = 8,
	NAME_ROOM = 16 * 4 + 256 + 2,
};

static const struct value_name opcode_names[] = {
	{ 0, "Name query" },
	{ 5, "Registration" },
	{ 6, "Release" },
	{ 7, "Wait for acknowledgment" },
	{ 8, "Refresh" },
	{ 9, "Refresh (alternate opcode)" },
	{ 15, "Multi-homed registration" },
	{ 0, NULL },
};

static const struct value_name rcode_names[] = {
	{ 0, "No error" },
	{ 1, "Request was invalidly formatted" },
	{ 2, "Server failure" },
	{ 3, "Requested name does not exist" },
	{ 4, "Request is not implemented" },
	{ 5, "Request was refused" },
	{ 6, "Name is owned by another node" },
	{ 7, "Name is in conflict" },
	{ 0, NULL },
};

static const struct value_name type_names[] = {
	{ 1, "A" },  { 2, "NS" }, { 10, "NULL" }, { TYPE_NB, "NB" }, { TYPE_NBSTAT, "NBSTAT" },
	{ 0, NULL },
};

static const struct value_name class_names[] = {
	{ 1, "IN" },	 { 2, "CS" },	 { 3, "CH" }, { 4, "HS" },
	{ 254, "NONE" }, { 255, "ANY" }, { 0, NULL },
};

static const struct value_name node_names[] = {
	{ 0, "B-node" }, { 1, "P-node" }, { 2, "M-node" }, { 3, "H-node" }, { 0, NULL },
};

/* What the last byte of a name says (Microsoft, "NetBIOS Suffixes"). */
static const struct value_name suffix_names[] = {
	{ 0x00, "Workstation/Redirector" }, { 0x01, "Browser" },
	{ 0x02, "Workstation/Redirector" }, { 0x03, "Messenger service/Main name" },
	{ 0x05, "Forwarded name" },	    { 0x06, "RAS Server service" },
	{ 0x1b, "Domain Master Browser" },  { 0x1c, "Domain Controllers" },
	{ 0x1d, "Local Master Browser" },   { 0x1e, "Browser Election Service" },
	{ 0x1f, "Net DDE Service" },	    { 0x20, "Server service" },
	{ 0x21, "RAS client service" },	    { 0xbe, "Network Monitor agent" },
	{ 0xbf, "Network Monitor name" },   { 0, NULL },
};

static const struct value_name response_names[] = { { 0, "Message is a query" },
						    { 1, "Message is a response" },
						    { 0, NULL } };
static const struct value_name authority_names[] = { { 0, "Server is not an authority for domain" },
						     { 1, "Server is an authority for domain" },
						     { 0, NULL } };
static const struct value_name truncated_names[] = { { 0, "Message is not truncated" },
						     { 1, "Message is truncated" },
						     { 0, NULL } };
static const struct value_name desired_names[] = { { 0, "Don't do query recursively" },
						   { 1, "Do query recursively" },
						   { 0, NULL } };
static const struct value_name available_names[] = { { 0, "Server can't do recursive queries" },
						     { 1, "Server can do recursive queries" },
						     { 0, NULL } };
static const struct value_name broadcast_names[] = { { 0, "Not a broadcast packet" },
						     { 1, "Broadcast packet" },
						     { 0, NULL } };
static const struct value_name group_names[] = { { 0, "Unique name" },
						 { 1, "Group name" },
						 { 0, NULL } };
#define FLAG(abbrev, name, words, bit, says, where)                                                \
	{                                                                                          \
		abbrev, name, FIELD_BOOL, .names = words, .mask = bit, .bits = 16, .help = says,   \
					  .reference = where                                       \
	}

static const struct field nbns_fields[] = {
	[NBNS] = { "nbns", "NetBIOS Name Service", FIELD_PROTOCOL,
		   .help = "Names of stations in a local network, and their addresses",
		   .reference = "RFC 1001, 15" },
	[NBNS_ID] = { "nbns.id", "Transaction ID", FIELD_U16, BASE_HEX,
		      .help = "Ties a response to its query", .reference = "RFC 1002, 4.2.1.1" },
	[NBNS_FLAGS] = { "nbns.flags", "Flags", FIELD_U16, BASE_HEX,
			 .help = "What the message is and what it wants",
			 .reference = "RFC 1002, 4.2.1.1" },
	[NBNS_RESPONSE] = FLAG("nbns.flags.response", "Response", response_names, RESPONSE,
			       "Whether this asks or answers", "RFC 1002, 4.2.1.1"),
	[NBNS_OPCODE] = { "nbns.flags.opcode", "Opcode", FIELD_U16, .names = opcode_names,
			  .mask = 0x7800,
			  .help = "What is done with the name: asked for, registered, released, "
				  "refreshed",
			  .reference = "RFC 1002, 4.2.1.1" },
	[NBNS_AUTHORITATIVE] =
		FLAG("nbns.flags.authoritative", "Authoritative", authority_names, 0x0400,
		     "Who answers owns the name, or keeps it for its owner", "RFC 1002, 4.2.1.1"),
	[NBNS_TRUNCATED] = FLAG("nbns.flags.truncated", "Truncated", truncated_names, 0x0200,
				"Not all fitted into the datagram", "RFC 1002, 4.2.1.1"),
	[NBNS_RECDESIRED] =
		FLAG("nbns.flags.recdesired", "Recursion desired", desired_names, 0x0100,
		     "A server shall answer, or have the name defended", "RFC 1002, 4.2.1.1"),
	[NBNS_RECAVAIL] = FLAG("nbns.flags.recavail", "Recursion available", available_names,
			       0x0080, "Who answers is a name server", "RFC 1002, 4.2.1.1"),
	[NBNS_BROADCAST] = FLAG("nbns.flags.broadcast", "Broadcast", broadcast_names, 0x0010,
				"It was sent to all, not to one", "RFC 1002, 4.2.1.1"),
	[NBNS_RCODE] = { "nbns.flags.rcode", "Reply code", FIELD_U16, .names = rcode_names,
			 .mask = 0x000f, .help = "Whether it worked, or why not",
			 .reference = "RFC 1002, 4.2.1.1" },
	[NBNS_QUERIES] = { "nbns.count.queries", "Questions", FIELD_U16,
			   .help = "How many questions follow", .reference = "RFC 1002, 4.2.1.1" },
	[NBNS_ANSWERS] = { "nbns.count.answers", "Answer RRs", FIELD_U16,
			   .help = "How many records answer", .reference = "RFC 1002, 4.2.1.1" },
	[NBNS_AUTH_RR] = { "nbns.count.auth_rr", "Authority RRs", FIELD_U16,
			   .help = "How many records name another server",
			   .reference = "RFC 1002, 4.2.1.1" },
	[NBNS_ADD_RR] = { "nbns.count.add_rr", "Additional RRs", FIELD_U16,
			  .help = "How many more records follow",
			  .reference = "RFC 1002, 4.2.1.1" },
	[NBNS_SECTION_QUERIES] = { "peel.nbns.queries", "Queries", FIELD_NONE,
				   .help = "The questions", .reference = "RFC 1002, 4.2.1.1" },
	[NBNS_SECTION_ANSWERS] = { "peel.nbns.answers", "Answers", FIELD_NONE,
				   .help = "The records that answer",
				   .reference = "RFC 1002, 4.2.1.1" },
	[NBNS_SECTION_AUTHORITY] = { "peel.nbns.authorities", "Authoritative nameservers",
				     FIELD_NONE, .help = "The records that name another server",
				     .reference = "RFC 1002, 4.2.1.1" },
	[NBNS_SECTION_ADDITIONAL] = { "peel.nbns.additional", "Additional records", FIELD_NONE,
				      .help = "What comes along",
				      .reference = "RFC 1002, 4.2.1.1" },
	[NBNS_RECORD] = { "peel.nbns.record", "Record", FIELD_NONE,
			  .help = "A name with what is known of it",
			  .reference = "RFC 1002, 4.2.1.3" },
	[NBNS_NAME] = { "nbns.name", "Name", FIELD_TEXT,
			.help = "The name, of at most 15 characters, with the kind of service in "
				"its 16th byte",
			.reference = "RFC 1002, 4.2.1.2" },
	[NBNS_TYPE] = { "nbns.type", "Type", FIELD_U16, .names = type_names,
			.help = "What is asked for: NB the address, NBSTAT all about the node",
			.reference = "RFC 1002, 4.2.1.2" },
	[NBNS_CLASS] = { "nbns.class", "Class", FIELD_U16, .names = class_names,
			 .help = "Always IN", .reference = "RFC 1002, 4.2.1.2" },
	[NBNS_TTL] = { "nbns.ttl", "Time to live", FIELD_U32,
		       .help = "For how many seconds the name may be kept; 0: for ever",
		       .reference = "RFC 1002, 4.2.1.3" },
	[NBNS_DATA_LENGTH] = { "nbns.data_length", "Data length", FIELD_U16,
			       .help = "Bytes of the record's data",
			       .reference = "RFC 1002, 4.2.1.3" },
	[NBNS_NB_FLAGS] = { "nbns.nb_flags", "Name flags", FIELD_U16, BASE_HEX,
			    .help = "What kind of name it is, and how its owner finds others",
			    .reference = "RFC 1002, 4.2.2" },
	[NBNS_NB_GROUP] =
		FLAG("nbns.nb_flags.group", "Name type", group_names, 0x8000,
		     "Whether one station has the name or several share it", "RFC 1002, 4.2.2"),
	[NBNS_NB_ONT] = { "nbns.nb_flags.ont", "ONT", FIELD_U16, .names = node_names,
			  .mask = 0x6000, .help = "The owner's node type" },
	[NBNS_ADDR] = { "nbns.addr", "Addr", FIELD_IPV4, .help = "The owner's address",
			.reference = "RFC 1002, 4.2.2" },
	[NBNS_DATA] = { "nbns.data", "Data", FIELD_BYTES, .help = "The record's data",
			.reference = "RFC 1002, 4.2.1.3" },
	[NBNS_NUMBER_OF_NAMES] = { "nbns.number_of_names", "Number of names", FIELD_U8,
				   .help = "How many names the node has",
				   .reference = "RFC 1002, 4.2.18" },
	[NBNS_NETBIOS_NAME] = { "nbns.netbios_name", "Name", FIELD_TEXT, .help = "One of them",
				.reference = "RFC 1002, 4.2.18" },
	[NBNS_NAME_FLAGS] = { "nbns.name_flags", "Name flags", FIELD_U16, BASE_HEX,
			      .help = "What it is and how it stands",
			      .reference = "RFC 1002, 4.2.18" },
	[NBNS_NAME_GROUP] =
		FLAG("nbns.name_flags.group", "Name type", group_names, 0x8000,
		     "Whether one station has the name or several share it", "RFC 1002, 4.2.18"),
	[NBNS_NAME_ONT] = { "nbns.name_flags.ont", "ONT", FIELD_U16, .names = node_names,
			    .mask = 0x6000, .help = "The owner's node type" },
	[NBNS_NAME_DRG] = FLAG("nbns.name_flags.drg", "Name is being deregistered", yes_names,
			       0x1000, "The node is giving it up", "RFC 1002, 4.2.18"),
	[NBNS_NAME_CNF] = FLAG("nbns.name_flags.cnf", "Name is in conflict", yes_names, 0x0800,
			       "Another node has it too", "RFC 1002, 4.2.18"),
	[NBNS_NAME_ACT] = FLAG("nbns.name_flags.act", "Name is active", yes_names, 0x0400,
			       "The node uses it", "RFC 1002, 4.2.18"),
	[NBNS_NAME_PRM] = FLAG("nbns.name_flags.prm", "Permanent node name", yes_names, 0x0200,
			       "It is made of the hardware address", "RFC 1002, 4.2.18"),
	[NBNS_UNIT_ID] = { "nbns.unit_id", "Unit ID", FIELD_ETHER,
			   .help = "The node's hardware address", .reference = "RFC 1002, 4.2.18" },
	[NBNS_JUMPERS] = { "nbns.jumpers", "Jumpers", FIELD_U8, BASE_HEX,
			   .help = "How switches on the adapter are set",
			   .reference = "RFC 1002, 4.2.18" },
	[NBNS_TEST_RESULT] = { "nbns.test_result", "Test result", FIELD_U8, BASE_HEX,
			       .help = "What the adapter's own test came to",
			       .reference = "RFC 1002, 4.2.18" },
	[NBNS_VERSION_NUMBER] = { "nbns.version_number", "Version number", FIELD_U16, BASE_HEX,
				  .help = "Of the adapter's program",
				  .reference = "RFC 1002, 4.2.18" },
	[NBNS_PERIOD] = { "nbns.period_of_statistics", "Period of statistics", FIELD_U16, BASE_HEX,
			  .help = "For how many minutes the counts are",
			  .reference = "RFC 1002, 4.2.18" },
	[NBNS_CRCS] = { "nbns.num_crcs", "Number of CRCs", FIELD_U16,
			.help = "Frames that came with a wrong checksum",
			.reference = "RFC 1002, 4.2.18" },
	[NBNS_ALIGNMENT_ERRORS] = { "nbns.num_alignment_errors", "Number of alignment errors",
				    FIELD_U16, .help = "Frames that came with a broken last byte",
				    .reference = "RFC 1002, 4.2.18" },
	[NBNS_COLLISIONS] = { "nbns.num_collisions", "Number of collisions", FIELD_U16,
			      .help = "How often sending met somebody else's",
			      .reference = "RFC 1002, 4.2.18" },
	[NBNS_SEND_ABORTS] = { "nbns.num_send_aborts", "Number of send aborts", FIELD_U16,
			       .help = "How often sending was given up",
			       .reference = "RFC 1002, 4.2.18" },
	[NBNS_GOOD_SENDS] = { "nbns.num_good_sends", "Number of good sends", FIELD_U32,
			      .help = "Frames that were sent", .reference = "RFC 1002, 4.2.18" },
	[NBNS_GOOD_RECEIVES] = { "nbns.num_good_receives", "Number of good receives", FIELD_U32,
				 .help = "Frames that came whole",
				 .reference = "RFC 1002, 4.2.18" },
	[NBNS_RETRANSMITS] = { "nbns.numretransmits", "Number of retransmits", FIELD_U16,
			       .help = "Frames that were sent again",
			       .reference = "RFC 1002, 4.2.18" },
	[NBNS_NO_RESOURCES] = { "nbns.num_no_resource_conditions",
				"Number of no resource conditions", FIELD_U16,
				.help = "How often there was no room for what came",
				.reference = "RFC 1002, 4.2.18" },
	[NBNS_COMMAND_BLOCKS] = { "nbns.numcommand_blocks", "Number of command blocks", FIELD_U16,
				  .help = "Commands that can still be given to the adapter",
				  .reference = "RFC 1002, 4.2.18" },
	[NBNS_PENDING_SESSIONS] = { "nbns.numpending_sessions", "Number of pending sessions",
				    FIELD_U16, .help = "Sessions that are open or about to be",
				    .reference = "RFC 1002, 4.2.18" },
	[NBNS_MAX_PENDING_SESSIONS] = { "nbns.max_num_pending_sessions",
					"Max number of pending sessions", FIELD_U16,
					.help = "How many it is set up for",
					.reference = "RFC 1002, 4.2.18" },
	[NBNS_MAX_SESSIONS] = { "nbns.max_total_sessions_possible", "Max total sessions possible",
				FIELD_U16, .help = "How many it could have",
				.reference = "RFC 1002, 4.2.18" },
	[NBNS_PACKET_SIZE] = { "nbns.session_data_packet_size", "Session data packet size",
			       FIELD_U16, .help = "The longest packet of a session, in bytes",
			       .reference = "RFC 1002, 4.2.18" },
	[NBNS_INCOMPLETE] =
		FINDING("nbns.incomplete_entry", "incomplete entry", EXPERT_ERROR, GROUP_MALFORMED),
};

/* --- names --- */

struct netbios_name {
	char text[NAME_ROOM];
	uint32_t length;
	int suffix; /* the last byte; -1: it is no NetBIOS name */
	bool illegal;
};

static void put_byte(struct netbios_name *name, uint8_t byte)
{
	static const char digits[] = "0123456789abcdef";

	if (name->length + 4 >= NAME_ROOM)
		return;
	if (byte >= ' ' && byte <= '~') {
		name->text[name->length++] = (char)byte;
		return;
	}
	const char escaped[] = { '<', digits[byte >> 4], digits[byte & 15], '>' };
	memcpy(name->text + name->length, escaped, sizeof escaped);
	name->length += sizeof escaped;
}

/* The 16 bytes: blanks fill up a name, the last byte is shown apart. */
static void put_name(struct netbios_name *name, const uint8_t bytes[NAME_LENGTH])
{
	static const char digits[] = "0123456789abcdef";
	unsigned n = NAME_LENGTH - 1;

	while (n && bytes[n - 1] == ' ')
		n--;
	for (unsigned i = 0; i < n; i++)
		put_byte(name, bytes[i]);
	const char suffix[] = { '<', digits[bytes[NAME_LENGTH - 1] >> 4],
				digits[bytes[NAME_LENGTH - 1] & 15], '>' };
	memcpy(name->text + name->length, suffix, sizeof suffix);
	name->length += sizeof suffix;
	name->suffix = bytes[0] == '*' ? -1 : bytes[NAME_LENGTH - 1];
}

static void put_illegal(struct netbios_name *name, uint32_t at)
{
	static const char *const why[] = {
		"Illegal NetBIOS name (1st character not between A and Z in first-level encoding)",
		"Illegal NetBIOS name (2nd character not between A and Z in first-level encoding)",
	};

	name->illegal = true;
	name->length = (uint32_t)strlen(why[at % 2]);
	memcpy(name->text, why[at % 2], name->length);
}

/* RFC 1001 section 14.1: two letters from A to P a byte. */
static void put_encoded(struct netbios_name *name, const uint8_t *label, uint32_t n)
{
	uint8_t bytes[NAME_LENGTH];

	for (uint32_t i = 0; i < n; i++) {
		if (label[i] < 'A' || label[i] > 'Z')
			return put_illegal(name, i);
		if (n != ENCODED_LENGTH || label[i] > 'P') {
			for (i = 0; i < n; i++)
				put_byte(name, label[i]);
			return;
		}
		uint8_t nibble = (uint8_t)(label[i] - 'A');
		bytes[i / 2] = (uint8_t)(i % 2 ? bytes[i / 2] | nibble : nibble << 4);
	}
	if (n)
		put_name(name, bytes);
}

/* A name with its scope, whose labels follow; pointers lead back (RFC 1002, 4.1). */
static void take_name(struct cursor *c, const struct cursor *message, struct netbios_name *name)
{
	struct cursor elsewhere, *at = c;
	unsigned jumps = 0, labels = 0;

	name->length = 0;
	name->suffix = -1;
	name->illegal = false;
	for (;;) {
		uint8_t size = cursor_u8(at);
		if (!cursor_ok(at) || !size)
			break;
		if (size >= 0xc0) {
			uint32_t offset = (uint32_t)(size & 0x3f) << 8 | cursor_u8(at);
			elsewhere = *message;
			cursor_skip(&elsewhere, offset);
			at = &elsewhere;
			if (++jumps > MAX_JUMPS)
				cursor_fail(c, UINT32_MAX);
			continue;
		}
		const uint8_t *label = cursor_bytes(at, size);
		if (!label)
			break;
		if (!labels++) {
			put_encoded(name, label, size);
			continue;
		}
		if (name->illegal)
			continue;
		put_byte(name, '.');
		for (unsigned i = 0; i < size; i++)
			put_byte(name, label[i]);
	}
	name->text[name->length] = '\0';
}

static node_id add_name(struct dissection *d, const struct cursor *c, unsigned field,
			uint32_t start, const struct netbios_name *name)
{
	const char *what =
		name->suffix < 0 ? NULL : value_name(suffix_names, (uint64_t)name->suffix);
	const char *text = arena_printf(&d->arena, what ? "%s (%s)" : "%s", name->text, what);

	return add_text(d, c, field, start, c->pos - start, text);
}

/* --- records --- */

static void take_flag_bits(struct dissection *d, struct cursor *c, unsigned field, unsigned last)
{
	uint16_t flags = (uint16_t)look_uint(d, c, field);
	node_id tree = last_node(d);

	open_node(d, tree);
	for (unsigned bit = field + 1; bit <= last; bit++) {
		uint64_t value = look_uint_n(d, c, bit, 2);
		if (nbns_fields[bit].type != FIELD_BOOL)
			label(d, tree, ", %s: %s", nbns_fields[bit].name,
			      value_name(nbns_fields[bit].names, value));
		else if (flags & nbns_fields[bit].mask)
			label(d, tree, ", %s", nbns_fields[bit].name);
	}
	close_node(d, tree);
	cursor_skip(c, 2);
}

static void take_owner_flags(struct dissection *d, struct cursor *c)
{
	uint16_t flags = (uint16_t)look_uint(d, c, NBNS_NB_FLAGS);
	const char *node = value_name(node_names, flags >> 13 & 3);

	label(d, last_node(d), ", ONT: %s (%s, %s)", node, node,
	      flags & 0x8000 ? "group" : "unique");
	node_id tree = last_node(d);
	open_node(d, tree);
	look_uint_n(d, c, NBNS_NB_GROUP, 2);
	look_uint(d, c, NBNS_NB_ONT);
	close_node(d, tree);
	cursor_skip(c, 2);
}

/* The first one is told in the columns. */
static void take_addresses(struct dissection *d, struct cursor *data, bool worded)
{
	char text[ADDRESS_TEXT_ROOM];

	while (cursor_more(data)) {
		if (cursor_sent(data) < 6) {
			note_finding(d, NBNS_INCOMPLETE, NULL);
			cursor_skip(data, cursor_sent(data));
			return;
		}
		take_owner_flags(d, data);
		uint32_t address = take_ipv4(d, data, NBNS_ADDR);
		address_text_ipv4(address, text);
		if (worded)
			info(d, " %s", text);
		worded = false;
	}
}

static void take_status(struct dissection *d, struct cursor *data)
{
	uint8_t count = take_u8(d, data, NBNS_NUMBER_OF_NAMES);

	for (unsigned i = 0; i < count && cursor_more(data); i++) {
		struct netbios_name name = { .length = 0, .suffix = -1 };
		uint32_t start = data->pos;
		const uint8_t *bytes = cursor_bytes(data, NAME_LENGTH);
		if (!bytes)
			return;
		put_name(&name, bytes);
		name.text[name.length] = '\0';
		if (wants_fields(d))
			add_name(d, data, NBNS_NETBIOS_NAME, start, &name);
		take_flag_bits(d, data, NBNS_NAME_FLAGS, NBNS_NAME_PRM);
	}
	if (!cursor_more(data))
		return;
	take_ether(d, data, NBNS_UNIT_ID);
	for (unsigned field = NBNS_JUMPERS; field <= NBNS_PACKET_SIZE && cursor_more(data); field++)
		take_uint(d, data, field);
}

static void label_record(struct dissection *d, node_id tree, const struct netbios_name *name,
			 uint16_t type, uint16_t class)
{
	const char *type_name = value_name(type_names, type);
	const char *class_name = value_name(class_names, class);

	label_set(d, tree, "%s: type %s, class %s", name->text, type_name ? type_name : "Unknown",
		  class_name ? class_name : "Unknown");
}

/* The name, type and class that queries and records begin with. */
static uint16_t take_question(struct dissection *d, struct cursor *c, const struct cursor *message,
			      node_id tree, struct netbios_name *name)
{
	uint32_t start = c->pos;

	take_name(c, message, name);
	if (wants_fields(d))
		add_name(d, c, NBNS_NAME, start, name);
	uint16_t type = take_u16(d, c, NBNS_TYPE);
	uint16_t class = take_u16(d, c, NBNS_CLASS);
	label_record(d, tree, name, type, class);
	return type;
}

static void take_query(struct dissection *d, struct cursor *c, const struct cursor *message)
{
	struct netbios_name name;
	node_id tree = open_tree(d, c, NBNS_RECORD);
	uint16_t type = take_question(d, c, message, tree, &name);
	const char *type_name = value_name(type_names, type);

	if (cursor_ok(c))
		info(d, " %s %s", type_name ? type_name : "Unknown", name.text);
	close_tree(d, tree, c);
}

static void take_record(struct dissection *d, struct cursor *c, const struct cursor *message,
			bool worded)
{
	struct netbios_name name;
	node_id tree = open_tree(d, c, NBNS_RECORD);
	uint16_t type = take_question(d, c, message, tree, &name);
	const char *type_name = value_name(type_names, type);

	if (worded && cursor_ok(c))
		info(d, " %s", type_name ? type_name : "Unknown");
	uint32_t ttl = take_u32(d, c, NBNS_TTL);
	label_set(d, last_node(d), "Time to live: %s", dns_seconds_text(d, ttl));
	uint16_t length = take_u16(d, c, NBNS_DATA_LENGTH);
	struct cursor data = cursor_split(c, length);
	if (type == TYPE_NB)
		take_addresses(d, &data, worded);
	else if (type == TYPE_NBSTAT)
		take_status(d, &data);
	else if (cursor_sent(&data))
		take_bytes(d, &data, NBNS_DATA, cursor_sent(&data));
	close_tree(d, tree, c);
}

static void take_section(struct dissection *d, struct cursor *c, const struct cursor *message,
			 unsigned section, uint16_t count, bool worded)
{
	if (!count || !cursor_more(c))
		return;
	node_id tree = open_tree(d, c, section);
	for (unsigned i = 0; i < count && cursor_more(c); i++) {
		if (section == NBNS_SECTION_QUERIES)
			take_query(d, c, message);
		else
			take_record(d, c, message, worded && section == NBNS_SECTION_ANSWERS);
	}
	close_tree(d, tree, c);
}

/* --- the message --- */

static uint16_t take_header_flags(struct dissection *d, struct cursor *c)
{
	static const uint8_t query_fields[] = { NBNS_RESPONSE, NBNS_OPCODE, NBNS_TRUNCATED,
						NBNS_RECDESIRED, NBNS_BROADCAST };
	uint16_t flags = (uint16_t)look_uint(d, c, NBNS_FLAGS);
	bool response = flags & RESPONSE;
	node_id tree = last_node(d);

	open_node(d, tree);
	for (unsigned i = 0; i < (response ? NBNS_RCODE - NBNS_RESPONSE + 1 : COUNT(query_fields));
	     i++) {
		unsigned field = response ? NBNS_RESPONSE + i : query_fields[i];
		uint64_t value = look_uint_n(d, c, field, 2);
		const char *words = value_name(nbns_fields[field].names, value);
		if (nbns_fields[field].type != FIELD_BOOL)
			label(d, tree, ", %s: %s", nbns_fields[field].name,
			      words ? words : "Unknown");
		else if (value)
			label(d, tree, ", %s", nbns_fields[field].name);
	}
	close_node(d, tree);
	cursor_skip(c, 2);
	return flags;
}

static void nbns_dissect(struct dissection *d, struct cursor *c)
{
	struct cursor message = *c;
	uint16_t counts[4];

	info_begin(d);
	take_u16(d, c, NBNS_ID);
	uint16_t flags = take_header_flags(d, c);
	for (unsigned i = 0; i < 4; i++)
		counts[i] = take_u16(d, c, NBNS_QUERIES + i);
	if (!cursor_ok(c))
		return;
	const char *opcode = value_name(opcode_names, flags >> 11 & 15);
	const char *rcode = value_name(rcode_names, flags & 15);
	info(d, "%s%s", opcode ? opcode : "Unknown operation", flags & RESPONSE ? " response" : "");
	if (flags & RESPONSE && flags & 15)
		info(d, ", %s", rcode ? rcode : "Unknown error");
	/* What a wait answers with is the flags of the request. */
	bool worded = (flags >> 11 & 15) != OPCODE_WAIT;
	for (unsigned i = 0; i < 4; i++)
		take_section(d, c, &message, NBNS_SECTION_QUERIES + i, counts[i], worded);
}

static const struct claim nbns_claims[] = { { BY_UDP_PORT, 137 } };

const struct dissector nbns_dissector = {
	.name = "nbns",
	.short_name = "NBNS",
	.title = "NetBIOS Name Service",
	.fields = nbns_fields,
	.field_count = COUNT(nbns_fields),
	.claims = nbns_claims,
	.claim_count = COUNT(nbns_claims),
	.dissect = nbns_dissect,
	.looks_like = nbns_looks_like,
	.at_beginning = true,
};
