/* stp.c - Spanning Tree Protocol: IEEE 802.1D-1998 (STP), 802.1D-2004 clause 9 (RSTP),
 * 802.1Q-2014 clause 14 (MSTP), and Cisco's one tree per VLAN (PVST+), whose frames end in records.
 *
 *      protocol | version | type | flags | root | cost | bridge | port | age, max, hello, delay
 *      2          1         1      1       8      4      8        2      2 each, in 1/256 s */
#include "dissect/dissector.h"
#include "ip_names.h"

enum {
	STP,
	STP_PROTOCOL,
	STP_VERSION,
	STP_TYPE,
	STP_FLAGS,
	STP_FLAGS_TCACK,
	STP_FLAGS_AGREEMENT,
	STP_FLAGS_FORWARDING,
	STP_FLAGS_LEARNING,
	STP_FLAGS_PORT_ROLE,
	STP_FLAGS_PROPOSAL,
	STP_FLAGS_TC,
	STP_ROOT,
	STP_ROOT_PRIO,
	STP_ROOT_EXT,
	STP_ROOT_HW,
	STP_ROOT_COST,
	STP_BRIDGE,
	STP_BRIDGE_PRIO,
	STP_BRIDGE_EXT,
	STP_BRIDGE_HW,
	STP_PORT,
	STP_MSG_AGE,
	STP_MAX_AGE,
	STP_HELLO,
	STP_FORWARD,
	STP_VERSION_1_LENGTH,
	STP_VERSION_UNKNOWN,
	STP_TYPE_UNKNOWN,
	STP_PVST,
	STP_PVST_TYPE,
	STP_PVST_LENGTH,
	STP_PVST_VLAN,
	STP_PVST_VALUE,
	STP_PVST_LENGTH_BAD,
	STP_PVST_NO_VLAN,
	STP_PVST_CUT,
	STP_PVST_UNKNOWN,
	MSTP_VERSION_3_LENGTH,
	MSTP_EXTENSION,
	MSTP_FORMAT,
	MSTP_NAME,
	MSTP_REVISION,
	MSTP_DIGEST,
	MSTP_CIST_COST,
	MSTP_CIST,
	MSTP_CIST_PRIO,
	MSTP_CIST_EXT,
	MSTP_CIST_HW,
	MSTP_CIST_HOPS,
	MSTP_MSTI,
	MSTP_MSTI_FLAGS,
	MSTP_MSTI_PRIORITY,
	MSTP_MSTI_ID,
	MSTP_MSTI_ROOT_HW,
	MSTP_MSTI_COST,
	MSTP_MSTI_BRIDGE_PRIORITY,
	MSTP_MSTI_PORT_PRIORITY,
	MSTP_MSTI_HOPS,
};

enum { TYPE_CONFIGURATION = 0, TYPE_RAPID = 2, TYPE_TOPOLOGY_CHANGE = 0x80 };
enum { VERSION_RAPID = 2, VERSION_MULTIPLE = 3, VERSION_SHORTEST_PATH = 4 };
enum { FLAG_TC = 1, PRIORITY_BITS = 0xf000, EXTENSION_BITS = 0x0fff };
enum { PID_PVST = 0x010b, PVST_ORIGIN = 0, PVST_HEADER = 4 };
enum { NAME_BYTES = 32, DIGEST_BYTES = 16, CIST_BYTES = 64, MSTI_BYTES = 16 };

static const struct value_name protocol_names[] = { { 0, "Spanning Tree Protocol" }, { 0, NULL } };
static const struct value_name version_names[] = {
	{ 0, "Spanning Tree" },
	{ VERSION_RAPID, "Rapid Spanning Tree" },
	{ VERSION_MULTIPLE, "Multiple Spanning Tree" },
	{ VERSION_SHORTEST_PATH, "Shortest Path Tree" },
	{ 0, NULL },
};
static const struct value_name type_names[] = {
	{ TYPE_CONFIGURATION, "Configuration" },
	{ TYPE_RAPID, "Rapid/Multiple Spanning Tree" },
	{ TYPE_TOPOLOGY_CHANGE, "Topology Change Notification" },
	{ 0, NULL },
};
static const struct value_name role_names[] = {
	{ 1, "Alternate or Backup" },
	{ 2, "Root" },
	{ 3, "Designated" },
	{ 0, NULL },
};

static const struct value_name pvst_names[] = { { PVST_ORIGIN, "Originating VLAN" }, { 0, NULL } };

#define FLAG(abbrev, title, bit, sentence, section)                                                \
	{                                                                                          \
		abbrev, title, FIELD_BOOL, .names = yes_names, .mask = bit, .bits = 8,             \
					   .help = sentence, .reference = section                  \
	}
#define WORDS(abbrev, title, sentence, section)                                                    \
	{                                                                                          \
		abbrev, title, FIELD_NONE, .flags = FIELD_WORDS, .help = sentence,                 \
					   .reference = section                                    \
	}

static const struct field stp_fields[] = {
	[STP] = { "stp", "Spanning Tree Protocol", FIELD_PROTOCOL,
		  .help = "Bridges agree on a tree of links without loops",
		  .reference = "IEEE 802.1D-2004, 9" },
	[STP_PROTOCOL] = { "stp.protocol", "Protocol Identifier", FIELD_U16, BASE_HEX,
			   .names = protocol_names, .help = "Always 0",
			   .reference = "IEEE 802.1D-2004, 9.3" },
	[STP_VERSION] = { "stp.version", "Protocol Version Identifier", FIELD_U8,
			  .names = version_names,
			  .help = "0: the first form, 2: rapid, 3: several trees, 4: "
				  "shortest paths",
			  .reference = "IEEE 802.1D-2004, 9.3" },
	[STP_TYPE] = { "stp.type", "BPDU Type", FIELD_U8, BASE_HEX, .names = type_names,
		       .help = "What the message is", .reference = "IEEE 802.1D-2004, 9.3" },
	[STP_FLAGS] = { "stp.flags", "BPDU flags", FIELD_U8, BASE_HEX,
			.help = "What the sending port does and wants",
			.reference = "IEEE 802.1D-2004, 9.3.3" },
	[STP_FLAGS_TCACK] =
		FLAG("stp.flags.tcack", "Topology Change Acknowledgment", 0x80,
		     "A change of the tree was taken note of", "IEEE 802.1D-2004, 9.3.1"),
	[STP_FLAGS_AGREEMENT] = FLAG("stp.flags.agreement", "Agreement", 0x40,
				     "The sender agrees that the link may forward at once",
				     "IEEE 802.1D-2004, 9.3.3"),
	[STP_FLAGS_FORWARDING] = FLAG("stp.flags.forwarding", "Forwarding", 0x20,
				      "The port forwards frames", "IEEE 802.1D-2004, 9.3.3"),
	[STP_FLAGS_LEARNING] = FLAG("stp.flags.learning", "Learning", 0x10,
				    "The port learns addresses", "IEEE 802.1D-2004, 9.3.3"),
	[STP_FLAGS_PORT_ROLE] = { "stp.flags.port_role", "Port Role", FIELD_U8, .names = role_names,
				  .mask = 0x0c, .help = "What the port is in the tree",
				  .reference = "IEEE 802.1D-2004, 9.3.3" },
	[STP_FLAGS_PROPOSAL] =
		FLAG("stp.flags.proposal", "Proposal", 0x02,
		     "The sender wants the link to forward at once", "IEEE 802.1D-2004, 9.3.3"),
	[STP_FLAGS_TC] =
		FLAG("stp.flags.tc", "Topology Change", FLAG_TC,
		     "The tree has changed: forget addresses soon", "IEEE 802.1D-2004, 9.3.1"),
	[STP_ROOT] =
		WORDS("peel.stp.root", "Root Identifier",
		      "The bridge that the sender takes for the root", "IEEE 802.1D-2004, 9.2.5"),
	[STP_ROOT_PRIO] = { "stp.root.prio", "Root Bridge Priority", FIELD_U16,
			    .help = "The lowest becomes root",
			    .reference = "IEEE 802.1D-2004, 9.2.5" },
	[STP_ROOT_EXT] = { "stp.root.ext", "Root Bridge System ID Extension", FIELD_U16,
			   .help = "The VLAN or tree that the identifier is for",
			   .reference = "IEEE 802.1D-2004, 9.2.5" },
	[STP_ROOT_HW] = { "stp.root.hw", "Root Bridge System ID", FIELD_ETHER,
			  .help = "The root's MAC address, which decides between equals",
			  .reference = "IEEE 802.1D-2004, 9.2.5" },
	[STP_ROOT_COST] = { "stp.root.cost", "Root Path Cost", FIELD_U32,
			    .help = "How far the sender is from the root",
			    .reference = "IEEE 802.1D-2004, 9.2.6" },
	[STP_BRIDGE] = WORDS("peel.stp.bridge", "Bridge Identifier", "The bridge that sent this",
			     "IEEE 802.1D-2004, 9.2.5"),
	[STP_BRIDGE_PRIO] = { "stp.bridge.prio", "Bridge Priority", FIELD_U16,
			      .help = "The lowest becomes root",
			      .reference = "IEEE 802.1D-2004, 9.2.5" },
	[STP_BRIDGE_EXT] = { "stp.bridge.ext", "Bridge System ID Extension", FIELD_U16,
			     .help = "The VLAN or tree that the identifier is for",
			     .reference = "IEEE 802.1D-2004, 9.2.5" },
	[STP_BRIDGE_HW] = { "stp.bridge.hw", "Bridge System ID", FIELD_ETHER,
			    .help = "The sender's MAC address",
			    .reference = "IEEE 802.1D-2004, 9.2.5" },
	[STP_PORT] = { "stp.port", "Port identifier", FIELD_U16, BASE_HEX,
		       .help = "The port that sent this: priority and number",
		       .reference = "IEEE 802.1D-2004, 9.2.7" },
	[STP_MSG_AGE] = { "stp.msg_age", "Message Age", FIELD_DOUBLE,
			  .help = "How old what the root had said is, in seconds",
			  .reference = "IEEE 802.1D-2004, 9.2.8" },
	[STP_MAX_AGE] = { "stp.max_age", "Max Age", FIELD_DOUBLE,
			  .help = "How old it may get before it is forgotten",
			  .reference = "IEEE 802.1D-2004, 9.2.8" },
	[STP_HELLO] = { "stp.hello", "Hello Time", FIELD_DOUBLE,
			.help = "How often the root says it again",
			.reference = "IEEE 802.1D-2004, 9.2.8" },
	[STP_FORWARD] = { "stp.forward", "Forward Delay", FIELD_DOUBLE,
			  .help = "How long a port listens and learns before it forwards",
			  .reference = "IEEE 802.1D-2004, 9.2.8" },
	[STP_VERSION_1_LENGTH] = { "stp.version_1_length", "Version 1 Length", FIELD_U8,
				   .help = "Always 0", .reference = "IEEE 802.1D-2004, 9.3.3" },
	[STP_VERSION_UNKNOWN] =
		FINDING("bpdu.version_support", "The versions that are known are 0, 2, 3 and 4",
			EXPERT_WARN, GROUP_PROTOCOL),
	[STP_TYPE_UNKNOWN] =
		FINDING("stp.type.unknown", "Unknown BPDU type data", EXPERT_WARN, GROUP_PROTOCOL),
	[STP_PVST] = WORDS("peel.stp.pvst", "Originating VLAN", "The VLAN whose tree this is about",
			   "Cisco PVST+"),
	[STP_PVST_TYPE] = { "stp.pvst.tlvtype", "Type", FIELD_U16, BASE_HEX, .names = pvst_names,
			    .help = "0: the VLAN", .reference = "Cisco PVST+" },
	[STP_PVST_LENGTH] = { "stp.pvst.tlvlen", "Length", FIELD_U16, .help = "Bytes of the value",
			      .reference = "Cisco PVST+" },
	[STP_PVST_VLAN] = { "stp.pvst.origvlan", "Originating VLAN", FIELD_U16,
			    .help = "The VLAN whose tree this is" },
	[STP_PVST_VALUE] = { "stp.pvst.tlvval", "Value", FIELD_BYTES, .help = "The VLAN's number",
			     .reference = "Cisco PVST+" },
	[STP_PVST_LENGTH_BAD] = FINDING("stp.pvst.tlvlen.invalid",
					"Indicated length is not valid for this record type",
					EXPERT_ERROR, GROUP_MALFORMED),
	[STP_PVST_NO_VLAN] = FINDING("stp.pvst.origvlan.missing",
				     "Originating (PVID) VLAN TLV is missing or corrupt",
				     EXPERT_ERROR, GROUP_MALFORMED),
	[STP_PVST_CUT] = FINDING("stp.pvst.tlv.truncated", "TLV record is truncated prematurely",
				 EXPERT_ERROR, GROUP_MALFORMED),
	[STP_PVST_UNKNOWN] = FINDING("stp.pvst.tlv.unknown", "TLV type is unknown", EXPERT_COMMENT,
				     GROUP_UNDECODED),
	[MSTP_VERSION_3_LENGTH] = { "mstp.version_3_length", "Version 3 Length", FIELD_U16,
				    .help = "Bytes that follow", .reference = "IEEE 802.1Q, 14.4" },
	[MSTP_EXTENSION] = WORDS("peel.stp.mst", "MST Extension",
				 "What bridges of a region tell each other", "IEEE 802.1Q, 14.4"),
	[MSTP_FORMAT] = { "mstp.config_format_selector", "MST Config ID format selector", FIELD_U8,
			  .help = "Always 0", .reference = "IEEE 802.1Q, 13.8" },
	[MSTP_NAME] = { "mstp.config_name", "MST Config name", FIELD_TEXT,
			.help = "The region's name", .reference = "IEEE 802.1Q, 13.8" },
	[MSTP_REVISION] = { "mstp.config_revision_level", "MST Config revision", FIELD_U16,
			    .help = "The region's revision", .reference = "IEEE 802.1Q, 13.8" },
	[MSTP_DIGEST] = { "mstp.config_digest", "MST Config digest", FIELD_BYTES,
			  .help = "Stands for which VLAN belongs to which tree",
			  .reference = "IEEE 802.1Q, 13.8" },
	[MSTP_CIST_COST] = { "mstp.cist_internal_root_path_cost", "CIST Internal Root Path Cost",
			     FIELD_U32, .help = "How far the sender is from the region's root",
			     .reference = "IEEE 802.1Q, 14.4" },
	[MSTP_CIST] = WORDS("peel.stp.cist", "CIST Bridge Identifier", "The bridge that sent this",
			    "IEEE 802.1Q, 14.4"),
	[MSTP_CIST_PRIO] = { "mstp.cist_bridge.prio", "CIST Bridge Priority", FIELD_U16,
			     .help = "The lowest becomes root", .reference = "IEEE 802.1Q, 14.4" },
	[MSTP_CIST_EXT] = { "mstp.cist_bridge.ext", "CIST Bridge Identifier System ID Extension",
			    FIELD_U16, .help = "Always 0 for the common tree",
			    .reference = "IEEE 802.1Q, 14.4" },
	[MSTP_CIST_HW] = { "mstp.cist_bridge.hw", "CIST Bridge Identifier System ID", FIELD_ETHER,
			   .help = "The sender's MAC address", .reference = "IEEE 802.1Q, 14.4" },
	[MSTP_CIST_HOPS] = { "mstp.cist_remaining_hops", "CIST Remaining hops", FIELD_U8,
			     .help = "How many more bridges this may pass",
			     .reference = "IEEE 802.1Q, 14.4" },
	[MSTP_MSTI] =
		WORDS("peel.stp.msti", "MSTID", "One of the region's trees", "IEEE 802.1Q, 14.4.1"),
	[MSTP_MSTI_FLAGS] = { "mstp.msti.flags", "MSTI flags", FIELD_U8, BASE_HEX,
			      .help = "What the sending port does and wants in this tree",
			      .reference = "IEEE 802.1Q, 14.4.1" },
	[MSTP_MSTI_PRIORITY] = { "mstp.msti.priority", "Priority", FIELD_U8, BASE_HEX, .mask = 0xf0,
				 .help = "The priority of this tree's root",
				 .reference = "IEEE 802.1Q, 14.4.1" },
	[MSTP_MSTI_ID] = { "mstp.msti.msti_id", "MSTID", FIELD_U16, .mask = EXTENSION_BITS,
			   .help = "The tree's number", .reference = "IEEE 802.1Q, 14.4.1" },
	[MSTP_MSTI_ROOT_HW] = { "mstp.msti.root.hw", "Regional Root", FIELD_ETHER,
				.help = "MAC address of this tree's root",
				.reference = "IEEE 802.1Q, 14.4.1" },
	[MSTP_MSTI_COST] = { "mstp.msti.root_cost", "Internal root path cost", FIELD_U32,
			     .help = "How far the sender is from it",
			     .reference = "IEEE 802.1Q, 14.4.1" },
	[MSTP_MSTI_BRIDGE_PRIORITY] = { "mstp.msti.bridge_priority", "Bridge Identifier Priority",
					FIELD_U8, .help = "The sender's priority in this tree",
					.reference = "IEEE 802.1Q, 14.4.1" },
	[MSTP_MSTI_PORT_PRIORITY] = { "mstp.msti.port_priority", "Port identifier priority",
				      FIELD_U8, .help = "The port's priority in this tree",
				      .reference = "IEEE 802.1Q, 14.4.1" },
	[MSTP_MSTI_HOPS] = { "mstp.msti.remaining_hops", "Remaining hops", FIELD_U8,
			     .help = "How many more bridges this may pass",
			     .reference = "IEEE 802.1Q, 14.4.1" },
};

/* The flags that are set, behind the line of all; only RSTP has those between the first and the
 * last. */
static void show_flags(struct dissection *d, struct cursor *c, unsigned field, bool rapid)
{
	struct cursor at = *c;
	uint8_t flags = take_u8(d, c, field);
	node_id tree = last_node(d);

	open_node(d, tree);
	for (unsigned bit = STP_FLAGS_TCACK; bit <= STP_FLAGS_TC; bit++) {
		const struct field *f = &stp_fields[bit];
		if (!rapid && bit != STP_FLAGS_TCACK && bit != STP_FLAGS_TC)
			continue;
		uint64_t value = (flags & f->mask) >> __builtin_ctzll(f->mask);
		add_uint(d, &at, bit, at.pos, 1, value);
		const char *name = value_name(f->names, value);
		if (bit == STP_FLAGS_PORT_ROLE)
			label(d, tree, ", %s: %s", f->name, name ? name : "Unknown");
		else if (value)
			label(d, tree, ", %s", f->name);
	}
	close_node(d, tree);
}

struct bridge {
	uint16_t priority, extension;
	char address[ADDRESS_TEXT_ROOM];
};

/* A priority with a system's number, and a MAC address; the fields follow the tree's. */
static void take_bridge(struct dissection *d, struct cursor *c, unsigned tree_field,
			struct bridge *bridge)
{
	static const uint8_t nothing[6];
	node_id tree = open_tree(d, c, tree_field);
	uint32_t start = c->pos;
	uint16_t word = cursor_u16(c);

	bridge->priority = word & PRIORITY_BITS;
	bridge->extension = word & EXTENSION_BITS;
	add_uint(d, c, tree_field + 1, start, 2, bridge->priority);
	add_uint(d, c, tree_field + 2, start, 2, bridge->extension);
	const uint8_t *address = take_bytes(d, c, tree_field + 3, 6);
	address_text_ether(address ? address : nothing, bridge->address);
	label_set(d, tree, "%s: %u / %u / %s", stp_fields[tree_field].name, bridge->priority,
		  bridge->extension, bridge->address);
	close_tree(d, tree, c);
}

static void take_time(struct dissection *d, struct cursor *c, unsigned field)
{
	uint32_t start = c->pos;
	uint16_t time = cursor_u16(c);

	if (!cursor_ok(c))
		return;
	node_id node = add_uint(d, c, field, start, 2, 0);
	if (node != NO_NODE)
		d->nodes[node].value.real = time / 256.0;
}

/* One instance of a tree: its first word has the priority and the number. */
static void take_instance(struct dissection *d, struct cursor *c)
{
	node_id tree = open_tree(d, c, MSTP_MSTI);
	char address[ADDRESS_TEXT_ROOM];

	show_flags(d, c, MSTP_MSTI_FLAGS, true);
	look_uint(d, c, MSTP_MSTI_PRIORITY);
	uint64_t number = look_uint(d, c, MSTP_MSTI_ID);
	uint16_t word = cursor_u16(c);
	const uint8_t *root = take_bytes(d, c, MSTP_MSTI_ROOT_HW, 6);
	if (root) {
		address_text_ether(root, address);
		label_set(d, tree, "MSTID %u, Regional Root Identifier %u / %s", (unsigned)number,
			  (unsigned)word & PRIORITY_BITS, address);
	}
	take_u32(d, c, MSTP_MSTI_COST);
	for (unsigned field = MSTP_MSTI_BRIDGE_PRIORITY; field <= MSTP_MSTI_PORT_PRIORITY;
	     field++) {
		uint32_t start = c->pos;
		uint8_t priority = cursor_u8(c);
		add_uint(d, c, field, start, 1, priority >> 4);
	}
	take_u8(d, c, MSTP_MSTI_HOPS);
	close_tree(d, tree, c);
}

/* What all instances have in common, and then one after the other. */
static void take_extension(struct dissection *d, struct cursor *c)
{
	struct bridge bridge;
	uint16_t length = take_u16(d, c, MSTP_VERSION_3_LENGTH);

	if (!length)
		return;
	node_id tree = open_tree(d, c, MSTP_EXTENSION);
	struct cursor extension = cursor_split(c, length);
	take_u8(d, &extension, MSTP_FORMAT);
	take_text(d, &extension, MSTP_NAME, NAME_BYTES);
	take_u16(d, &extension, MSTP_REVISION);
	take_bytes(d, &extension, MSTP_DIGEST, DIGEST_BYTES);
	take_u32(d, &extension, MSTP_CIST_COST);
	take_bridge(d, &extension, MSTP_CIST, &bridge);
	take_u8(d, &extension, MSTP_CIST_HOPS);
	while (cursor_more(&extension))
		take_instance(d, &extension);
	close_tree(d, tree, c);
}

/* A record of PVST+; false: it does not say the VLAN. */
static bool take_record(struct dissection *d, struct cursor *c)
{
	node_id tree = open_tree(d, c, STP_PVST);
	uint16_t type = take_u16(d, c, STP_PVST_TYPE);
	uint16_t length = take_u16(d, c, STP_PVST_LENGTH), vlan = 0;
	bool good = type == PVST_ORIGIN && length == 2;

	if (type != PVST_ORIGIN) {
		label_set(d, tree, "Unknown TLV type: 0x%04x", type);
		take_bytes(d, c, STP_PVST_VALUE, length);
		note_finding(d, STP_PVST_UNKNOWN, NULL);
	} else if (!good) {
		note_finding_on(d, last_node(d), STP_PVST_LENGTH_BAD, NULL);
		cursor_skip(c, length);
	} else {
		vlan = take_u16(d, c, STP_PVST_VLAN);
		label_set(d, tree, "Originating VLAN (PVID): %u", vlan);
	}
	close_tree(d, tree, c);
	return good;
}

/* What follows the tree; a byte of padding stands where RSTP has the length of version 1. */
static void take_records(struct dissection *d, struct cursor *c, uint8_t type)
{
	bool told = false;

	if (type != TYPE_RAPID && cursor_more(c))
		cursor_skip(c, 1);
	if (cursor_ok(c) && cursor_sent(c) < PVST_HEADER)
		note_finding(d, STP_PVST_CUT, NULL);
	while (cursor_sent(c) >= PVST_HEADER)
		told |= take_record(d, c);
	if (!told)
		note_finding(d, STP_PVST_NO_VLAN, NULL);
}

static void take_tree(struct dissection *d, struct cursor *c, uint8_t version, uint8_t type)
{
	bool rapid = type == TYPE_RAPID;
	struct bridge root, bridge;
	const uint8_t *flags;
	bool changed = cursor_peek(c, 0, 1, &flags) && *flags & FLAG_TC;

	show_flags(d, c, STP_FLAGS, rapid);
	take_bridge(d, c, STP_ROOT, &root);
	uint32_t cost = take_u32(d, c, STP_ROOT_COST);
	take_bridge(d, c, STP_BRIDGE, &bridge);
	uint16_t port = take_u16(d, c, STP_PORT);
	info(d, "%s. %sRoot = %u/%u/%s  Cost = %u  Port = 0x%04x",
	     !rapid				? "Conf"
	     : version == VERSION_MULTIPLE	? "MST"
	     : version == VERSION_SHORTEST_PATH ? "SPT"
						: "RST",
	     changed ? "TC + " : "", root.priority, root.extension, root.address, cost, port);
	for (unsigned field = STP_MSG_AGE; field <= STP_FORWARD; field++)
		take_time(d, c, field);
	if (!rapid)
		return;
	take_u8(d, c, STP_VERSION_1_LENGTH);
	/* A bridge that speaks MSTP to one of RSTP says so and sends no more. */
	if (version >= VERSION_MULTIPLE && cursor_sent(c) >= 2 + CIST_BYTES)
		take_extension(d, c);
}

static void stp_dissect(struct dissection *d, struct cursor *c)
{
	info_begin(d);
	take_u16(d, c, STP_PROTOCOL);
	uint8_t version = take_u8(d, c, STP_VERSION);
	if (cursor_ok(c) && !value_name(version_names, version))
		note_finding_on(d, last_node(d), STP_VERSION_UNKNOWN, NULL);
	uint8_t type = take_u8(d, c, STP_TYPE);
	if (!cursor_ok(c))
		return;
	if (type == TYPE_TOPOLOGY_CHANGE) {
		info_words(d, "Topology Change Notification");
	} else if (type == TYPE_CONFIGURATION || type == TYPE_RAPID) {
		take_tree(d, c, version, type);
		if (d->matched_port == PID_PVST)
			take_records(d, c, type);
	} else {
		info(d, "Unknown BPDU type (%u)", type);
		note_finding_on(d, last_node(d), STP_TYPE_UNKNOWN, NULL);
	}
	end_layer(d, c);
}

static const struct claim stp_claims[] = { { BY_LLC_SAP, 0x42 }, { BY_CISCO_PID, PID_PVST } };

const struct dissector stp_dissector = {
	.name = "stp",
	.short_name = "STP",
	.title = "Spanning Tree Protocol",
	.fields = stp_fields,
	.field_count = COUNT(stp_fields),
	.claims = stp_claims,
	.claim_count = COUNT(stp_claims),
	.dissect = stp_dissect,
};
