/* fr.c - Frame Relay with what RFC 2427 puts into it, or Cisco's framing.
 *
 *      0 1 2 3 4 5 6  7  8      12 13  14  15 16
 *      +-----------+--+--+-------+---+---+--+--+
 *      | upper DLCI|CR|EA| DLCI  |FE |BE |DE|EA|  Q.922: EA says that an address ends
 *      +-----------+--+--+-------+---+---+--+--+
 *      | control (3: UI) | NLPID | payload     |  RFC 2427
 *      | EtherType               | payload     |  Cisco
 *      +-----------------+-------+-------------+
 */
#include "ethertype.h"

enum { LINK_FRAME_RELAY = 107 };

enum {
	FR,
	FR_FIRST,
	FR_UPPER,
	FR_CR,
	FR_SECOND,
	FR_SECOND_DLCI,
	FR_FECN,
	FR_BECN,
	FR_DE,
	FR_THIRD,
	FR_THIRD_DLCI,
	FR_LOWER,
	FR_CORE,
	FR_DC,
	FR_EA,
	FR_DLCI,
	FR_CONTROL,
	FR_COMMAND,
	FR_RESPONSE,
	FR_FTYPE,
	FR_NLPID,
	FR_OUI,
	FR_PID,
	FR_SNAP_TYPE,
	FR_TYPE,
	FR_BOGUS,
};

enum {
	CONTROL_UI = 3,
	NLPID_NULL = 0,
	NLPID_SNAP = 0x80,
	NLPID_IPV6 = 0x8e,
	NLPID_IP = 0xcc,
	NLPID_PPP = 0xcf,
	OUI_8021 = 0x0080c2,
	OUI_CISCO = 0x00000c,
	BRIDGED_WITH_FCS = 1,
	BRIDGED = 7,
	PROTOCOL_CDP = 0x2000,
	TYPE_BRIDGED = 0x6558,
	EA_BIT = 1,
	CR_BIT = 2,
	DC_BIT = 2,
};

static const struct value_name more_names[] = { { 0, "More Follows" }, { 1, "Last Octet" }, { 0 } };
static const struct value_name cr_names[] = { { 0, "Response" }, { 1, "Command" }, { 0 } };
static const struct value_name dc_names[] = { { 0, "DLCI Address" }, { 1, "Control" }, { 0 } };
static const struct value_name frame_names[] = {
	{ 0, "Information frame" },
	{ 1, "Supervisory frame" },
	{ 3, "Unnumbered frame" },
	{ 0 },
};
static const struct value_name unnumbered_names[] = { { 0, "Unnumbered Information" }, { 0 } };
static const struct value_name nlpid_names[] = {
	{ 0x00, "NULL" },
	{ 0x01, "T.70" },
	{ 0x03, "X.633" },
	{ 0x08, "Q.933" },
	{ 0x09, "LMI" },
	{ 0x0c, "Q.2119" },
	{ NLPID_SNAP, "SNAP" },
	{ 0x81, "CLNP" },
	{ 0x82, "ESIS" },
	{ 0x83, "ISIS" },
	{ 0x85, "IDRP" },
	{ 0x8a, "ESIS (X.25)" },
	{ 0x8c, "ISO 10030" },
	{ 0x8d, "ISO 11577" },
	{ NLPID_IPV6, "IPv6" },
	{ 0xb0, "Data compression protocol" },
	{ NLPID_IP, "IP" },
	{ NLPID_PPP, "PPP" },
	{ 0 },
};

extern const struct dissector ppp_dissector;

static const struct field fr_fields[] = {
	[FR] = { "fr", "Frame Relay", FIELD_PROTOCOL,
		 .help = "A network of virtual circuits between routers", .reference = "RFC 2427" },
	[FR_FIRST] = { "fr.first_addr_octet", "First address octet", FIELD_U8, BASE_HEX,
		       .help = "The address's first byte" },
	[FR_UPPER] = { "fr.upper_dlci", "Upper DLCI", FIELD_U8, BASE_HEX, .mask = 0xfc,
		       .help = "The circuit's upper bits" },
	[FR_CR] = { "fr.cr", "CR", FIELD_BOOL, .names = cr_names, .mask = CR_BIT,
		    .help = "Command or response: not used by the network" },
	[FR_SECOND] = { "fr.second_addr_octet", "Second address octet", FIELD_U8, BASE_HEX,
			.help = "The address's second byte" },
	[FR_SECOND_DLCI] = { "fr.second_dlci", "Second DLCI", FIELD_U8, BASE_HEX, .mask = 0xf0,
			     .help = "The circuit's next bits" },
	[FR_FECN] = { "fr.fecn", "FECN", FIELD_BOOL, .mask = 0x08,
		      .help = "The network was congested on the way" },
	[FR_BECN] = { "fr.becn", "BECN", FIELD_BOOL, .mask = 0x04,
		      .help = "The network is congested in the other direction" },
	[FR_DE] = { "fr.de", "DE", FIELD_BOOL, .mask = 0x02,
		    .help = "To be dropped before others" },
	[FR_THIRD] = { "fr.third_addr_octet", "Third address octet", FIELD_U8, BASE_HEX,
		       .help = "The address's third byte" },
	[FR_THIRD_DLCI] = { "fr.third_dlci", "Third DLCI", FIELD_U8, BASE_HEX, .mask = 0xfe,
			    .help = "The circuit's next bits" },
	[FR_LOWER] = { "fr.lower_dlci", "Lower DLCI", FIELD_U8, BASE_HEX, .mask = 0xfc,
		       .help = "The circuit's lower bits" },
	[FR_CORE] = { "fr.dlcore_control", "DL-CORE Control", FIELD_U8, BASE_HEX, .mask = 0xfc,
		      .help = "Control bits in place of the lower ones" },
	[FR_DC] = { "fr.dc", "DC", FIELD_BOOL, .names = dc_names, .mask = DC_BIT,
		    .help = "Whether the last byte belongs to the circuit's number" },
	[FR_EA] = { "fr.ea", "EA", FIELD_BOOL, .names = more_names, .mask = EA_BIT,
		    .help = "Whether the address ends here" },
	[FR_DLCI] = { "fr.dlci", "DLCI", FIELD_U32, .help = "The number of the circuit" },
	[FR_CONTROL] = { "fr.control", "Control Field", FIELD_U8, BASE_HEX,
			 .help = "3 announces a network protocol (RFC 2427)",
			 .reference = "RFC 2427, 3" },
	[FR_COMMAND] = { "fr.control.u_modifier_cmd", "Command", FIELD_U8, BASE_HEX,
			 unnumbered_names, .mask = 0xec, .help = "What is to be done" },
	[FR_RESPONSE] = { "fr.control.u_modifier_resp", "Response", FIELD_U8, BASE_HEX,
			  unnumbered_names, .mask = 0xec, .help = "What was done" },
	[FR_FTYPE] = { "fr.control.ftype", "Frame type", FIELD_U8, BASE_HEX, frame_names,
		       .mask = 0x03, .help = "What kind of frame this is" },
	[FR_NLPID] = { "fr.nlpid", "NLPID", FIELD_U8, BASE_HEX, nlpid_names,
		       .help = "What the payload is, in ISO's numbers",
		       .reference = "RFC 2427, 3" },
	[FR_OUI] = { "fr.snap.oui", "Organization Code", FIELD_U24, BASE_OUI,
		     .help = "Who says what the next number means", .reference = "RFC 2427, 3" },
	[FR_PID] = { "fr.snap.pid", "Protocol ID", FIELD_U16, BASE_HEX,
		     .help = "What the payload is, in that organization's numbers",
		     .reference = "RFC 2427, 3" },
	[FR_SNAP_TYPE] = { "fr.snaptype", "Type", FIELD_U16, BASE_HEX, ethertype_names,
			   .help = "What the payload is: an EtherType",
			   .reference = "RFC 2427, 3" },
	[FR_TYPE] = { "fr.chdlctype", "Type", FIELD_U16, BASE_HEX, ethertype_names,
		      .help = "What the payload is, in Cisco's framing" },
	[FR_BOGUS] = FINDING("fr.bogus_address", "Bogus address", EXPERT_WARN, GROUP_PROTOCOL),
};

/* One byte of the address with its parts; the last of them says whether it ends. */
static uint8_t take_octet(struct dissection *d, struct cursor *c, unsigned field, unsigned first,
			  unsigned last)
{
	uint8_t value = (uint8_t)look_uint(d, c, field);
	node_id tree = last_node(d);

	open_node(d, tree);
	for (unsigned part = first; part <= last; part++) {
		look_uint(d, c, part);
		if (fr_fields[part].type == FIELD_BOOL && value & fr_fields[part].mask)
			label(d, tree, ", %s", fr_fields[part].name);
	}
	look_uint(d, c, FR_EA);
	if (value & EA_BIT)
		label(d, tree, ", EA");
	close_node(d, tree);
	cursor_skip(c, 1);
	return value;
}

static void take_last_octet(struct dissection *d, struct cursor *c, uint32_t *dlci)
{
	uint8_t value = (uint8_t)look_uint(d, c, FR_DC);

	look_uint(d, c, value ? FR_CORE : FR_LOWER);
	look_uint(d, c, FR_EA);
	uint8_t octet = cursor_u8(c);
	if (!(octet & DC_BIT))
		*dlci = *dlci << 6 | octet >> 2;
	if (cursor_ok(c) && !(octet & EA_BIT))
		note_finding_on(d, last_node(d), FR_BOGUS, NULL);
}

/* False: there is none.  *is_response says what the first byte's bit means for the control field.
 */
static bool take_circuit(struct dissection *d, struct cursor *c, bool *is_response)
{
	uint8_t octet = take_octet(d, c, FR_FIRST, FR_UPPER, FR_CR);
	uint32_t dlci = octet >> 2;

	*is_response = octet & CR_BIT;
	if (octet & EA_BIT) {
		note_finding_on(d, last_node(d), FR_BOGUS, NULL);
		return cursor_ok(c);
	}
	octet = take_octet(d, c, FR_SECOND, FR_SECOND_DLCI, FR_DE);
	dlci = dlci << 4 | octet >> 4;
	if (!(octet & EA_BIT)) {
		const uint8_t *next;
		if (cursor_peek(c, 0, 1, &next) && !(*next & EA_BIT)) {
			octet = take_octet(d, c, FR_THIRD, FR_THIRD_DLCI, FR_THIRD_DLCI);
			dlci = dlci << 7 | octet >> 1;
		}
		take_last_octet(d, c, &dlci);
	}
	if (!cursor_ok(c))
		return false;
	add_uint(d, c, FR_DLCI, 0, c->pos, dlci);
	info(d, "DLCI %u", dlci);
	return true;
}

static bool hand_on_snap(struct dissection *d, struct cursor *c)
{
	uint32_t oui = (uint32_t)take_uint(d, c, FR_OUI);
	uint16_t type = take_u16(d, c, oui ? FR_PID : FR_SNAP_TYPE);

	if (!cursor_ok(c))
		return true;
	end_header(d, c);
	if (oui == OUI_8021 && (type == BRIDGED || type == BRIDGED_WITH_FCS)) {
		dissect_layer(d, &eth_dissector, *c);
		return true;
	}
	if (oui == OUI_CISCO)
		return hand_on(d, BY_CISCO_PID, type, *c);
	return !oui && hand_on(d, BY_ETHERTYPE, type, *c);
}

static bool hand_on_nlpid(struct dissection *d, struct cursor *c, bool is_response)
{
	const uint8_t *p;

	look_uint(d, c, FR_CONTROL);
	node_id tree = last_node(d);
	label_set(d, tree, "Control field: U, func=UI (0x03)");
	open_node(d, tree);
	look_uint(d, c, is_response ? FR_RESPONSE : FR_COMMAND);
	look_uint(d, c, FR_FTYPE);
	close_node(d, tree);
	cursor_skip(c, 1);
	info(d, ", U, func=UI");
	if (cursor_peek(c, 0, 1, &p) && *p == NLPID_NULL) {
		take_u8(d, c, FR_NLPID);
		label_set(d, last_node(d), "Padding");
	}
	uint8_t nlpid = take_u8(d, c, FR_NLPID);
	if (nlpid == NLPID_SNAP)
		return hand_on_snap(d, c);
	end_header(d, c);
	if (nlpid == NLPID_IP)
		return hand_on(d, BY_ETHERTYPE, ETHERTYPE_IPV4, *c);
	if (nlpid == NLPID_IPV6)
		return hand_on(d, BY_ETHERTYPE, ETHERTYPE_IPV6, *c);
	if (nlpid != NLPID_PPP)
		return !cursor_ok(c);
	dissect_layer(d, &ppp_dissector, *c);
	return true;
}

static bool hand_on_type(struct dissection *d, struct cursor *c)
{
	uint16_t type = take_u16(d, c, FR_TYPE);

	if (!cursor_ok(c))
		return true;
	end_header(d, c);
	if (type == PROTOCOL_CDP)
		return hand_on(d, BY_CISCO_PID, type, *c);
	if (type != TYPE_BRIDGED)
		return hand_on(d, BY_ETHERTYPE, type, *c);
	dissect_layer(d, &eth_dissector, *c);
	return true;
}

static void fr_dissect(struct dissection *d, struct cursor *c)
{
	bool is_response = false, known;
	const uint8_t *p;

	info_begin(d);
	if (!take_circuit(d, c, &is_response))
		return;
	/* An EtherType is even in its first byte, and no control field of a network protocol. */
	if (cursor_peek(c, 0, 1, &p) && *p == CONTROL_UI)
		known = hand_on_nlpid(d, c, is_response);
	else
		known = hand_on_type(d, c);
	if (!known)
		hand_on_as_data(d, *c);
}

static const struct claim fr_claims[] = { { BY_LINK_TYPE, LINK_FRAME_RELAY } };

const struct dissector fr_dissector = {
	.name = "fr",
	.short_name = "FR",
	.title = "Frame Relay",
	.fields = fr_fields,
	.field_count = COUNT(fr_fields),
	.claims = fr_claims,
	.claim_count = COUNT(fr_claims),
	.dissect = fr_dissect,
};
