/* llc.c - Logical Link Control, IEEE 802.2, and SNAP, IEEE 802.
 *
 *      0      8      16         24 or 32       48       64
 *     +------+------+----------+- - - - - - - -+- - - - -+
 *     | DSAP | SSAP | control  |  SNAP: OUI    | protocol|
 *     +------+------+----------+- - - - - - - -+- - - - -+
 */
#include <stdio.h>

#include "ethertype.h"
#include "ip_names.h"

enum {
	SAP_SNAP = 0xaa, CONTROL_UI = 0x03, OUI_ENCAPSULATED = 0x000000,
	OUI_CISCO = 0x00000c, OUI_BRIDGE_TUNNEL = 0x0000f8, OUI_8021 = 0x0080c2, BRIDGED_WITH_FCS = 1, BRIDGED = 7, BRIDGED_PADDING = 2,
};

enum {
	LLC, LLC_DSAP, LLC_DSAP_SAP, LLC_DSAP_IG, LLC_SSAP, LLC_SSAP_SAP, LLC_SSAP_CR, LLC_CONTROL,
	LLC_CONTROL_N_R, LLC_CONTROL_N_S, LLC_CONTROL_P, LLC_CONTROL_F, LLC_CONTROL_S_FTYPE,
	LLC_CONTROL_U_COMMAND, LLC_CONTROL_U_RESPONSE, LLC_CONTROL_FTYPE, LLC_OUI, LLC_TYPE,
	LLC_PID, LLC_CISCO_PID,
};

static const struct value_name sap_names[] = {
	{ 0x00, "NULL LSAP" }, { 0x01, "NULL LSAP" }, { 0x02, "LLC Sub-Layer Management" },
	{ 0x04, "SNA Path Control" }, { 0x06, "TCP/IP" }, { 0x08, "SNA" }, { 0x0c, "SNA" },
	{ 0x0e, "PROWAY (IEC955) Network Management and Initialization" },
	{ 0x10, "NetWare (unofficial?)" }, { 0x14, "ISO Network Layer (OSLAN 1)" },
	{ 0x18, "Texas Instruments" }, { 0x20, "ISO Network Layer (unofficial?)" },
	{ 0x34, "ISO Network Layer (unofficial?)" }, { 0x42, "Spanning Tree BPDU" },
	{ 0x4e, "EIA RS-511 Manufacturing Message Service" },
	{ 0x54, "ISO Network Layer (OSLAN 2)" }, { 0x7e, "ISO 8208 (X.25 over 802.2)" },
	{ 0x7f, "ISO 802.2" }, { 0x80, "XNS" }, { 0x82, "BACnet" }, { 0x86, "Nestar" },
	{ 0x8e, "PROWAY (IEC955) Active Station List Maintenance" }, { 0x98, "ARP" },
	{ 0xaa, "SNAP" }, { 0xb4, "HP JetDirect Printer" }, { 0xba, "Banyan Vines" },
	{ 0xbc, "Banyan Vines" }, { 0xe0, "NetWare" }, { 0xf0, "NetBIOS" },
	{ 0xf4, "IBM Net Management" }, { 0xf8, "HP Extended LLC" }, { 0xfa, "Ungermann-Bass" },
	{ 0xfc, "Remote Program Load" }, { 0xfe, "ISO Network Layer" }, { 0xff, "Global LSAP" },
	{ 0 },
};

static const struct value_name ig_names[] = { { 0, "Individual" }, { 1, "Group" }, { 0 } };
static const struct value_name cr_names[] = { { 0, "Command" }, { 1, "Response" }, { 0 } };

static const struct value_name frame_names[] = {
	{ 0, "Information frame" }, { 1, "Supervisory frame" }, { 3, "Unnumbered frame" }, { 0 },
};

static const struct value_name supervisory_names[] = {
	{ 0, "Receiver ready" }, { 1, "Receiver not ready" }, { 2, "Reject" },
	{ 3, "Selective reject" }, { 0 },
};

static const struct value_name supervisory_short_names[] = {
	{ 0, "RR" }, { 1, "RNR" }, { 2, "REJ" }, { 3, "SREJ" }, { 0 },
};

/* By the five modifier bits, shifted down by two. */
static const struct value_name command_names[] = {
	{ 0x0, "Unnumbered Information" },
	{ 0x8, "Unnumbered Poll" },
	{ 0x10, "Disconnect" },
	{ 0x18, "Unnumbered Acknowledge" },
	{ 0x20, "Set Normal Response Mode" },
	{ 0x38, "Test" },
	{ 0x1, "Set Initialization Mode" },
	{ 0x21, "Frame reject" },
	{ 0x31, "Configure" },
	{ 0x3, "Set Asynchronous Response Mode" },
	{ 0xb, "Set Asynchronous Balanced Mode" },
	{ 0x13, "Set Asynchronous Response Mode Extended" },
	{ 0x1b, "Set Asynchronous Balanced Mode Extended" },
	{ 0x23, "Reset" },
	{ 0x2b, "Exchange identification" },
	{ 0x33, "Set Normal Response Mode Extended" },
	{ 0x3b, "Beacon" },
	{ 0 },
};

static const struct value_name response_names[] = {
	{ 0x0, "Unnumbered Information" },
	{ 0x8, "Unnumbered Poll" },
	{ 0x10, "Request Disconnect" },
	{ 0x18, "Unnumbered Acknowledge" },
	{ 0x20, "Set Normal Response Mode" },
	{ 0x38, "Test" },
	{ 0x1, "Request Initialization Mode" },
	{ 0x21, "Frame reject" },
	{ 0x31, "Configure" },
	{ 0x3, "Disconnected mode" },
	{ 0xb, "Set Asynchronous Balanced Mode" },
	{ 0x13, "Set Asynchronous Response Mode Extended" },
	{ 0x1b, "Set Asynchronous Balanced Mode Extended" },
	{ 0x23, "Reset" },
	{ 0x2b, "Exchange identification" },
	{ 0x33, "Set Normal Response Mode Extended" },
	{ 0x3b, "Beacon" },
	{ 0 },
};

static const struct value_name command_short_names[] = {
	{ 0x00, "UI" }, { 0x08, "UP" }, { 0x10, "DISC" }, { 0x18, "UA" }, { 0x20, "SNRM" },
	{ 0x38, "TEST" }, { 0x01, "SIM" }, { 0x21, "FRMR" }, { 0x31, "CFGR" }, { 0x03, "SARM" },
	{ 0x0b, "SABM" }, { 0x13, "SARME" }, { 0x1b, "SABME" }, { 0x23, "RSET" }, { 0x2b, "XID" },
	{ 0x33, "SNRME" }, { 0x3b, "BCN" }, { 0 },
};

static const struct value_name response_short_names[] = {
	{ 0x00, "UI" }, { 0x08, "UP" }, { 0x10, "RD" }, { 0x18, "UA" }, { 0x20, "SNRM" },
	{ 0x38, "TEST" }, { 0x01, "RIM" }, { 0x21, "FRMR" }, { 0x31, "CFGR" }, { 0x03, "DM" },
	{ 0x0b, "SABM" }, { 0x13, "SARME" }, { 0x1b, "SABME" }, { 0x23, "RSET" }, { 0x2b, "XID" },
	{ 0x33, "SNRME" }, { 0x3b, "BCN" }, { 0 },
};

static const struct value_name cisco_names[] = {
	{ 0x102, "DRIP" }, { 0x104, "PAgP" }, { 0x105, "MLS Hello" }, { 0x108, "RLQ BPDUs (request)" },
	{ 0x109, "RLQ BPDUs (response)" }, { 0x10b, "PVSTP+" }, { 0x10c, "VLAN Bridge" },
	{ 0x111, "UDLD" }, { 0x139, "MCP" }, { 0x2000, "CDP" }, { 0x2001, "CGMP" }, { 0x2003, "VTP" },
	{ 0x2004, "DTP" }, { 0x200a, "STP Uplink Fast" }, { 0 },
};

static const struct field llc_fields[] = {
	[LLC]                    = { "llc", "Logical-Link Control", FIELD_PROTOCOL,
				.help = "Says what a frame of IEEE 802.3 carries",
				.reference = "IEEE 802.2" },
	[LLC_DSAP]               = { "llc.dsap", "DSAP", FIELD_U8, BASE_HEX, sap_names,
				     .help = "Destination Service Access Point" },
	[LLC_DSAP_SAP]           = { "llc.dsap.sap", "SAP", FIELD_U8, .mask = 0xfe,
				.help = "What the payload is: the receiver's access point",
				.reference = "IEEE 802.2, 3.2" },
	[LLC_DSAP_IG]            = { "llc.dsap.ig", "IG Bit", FIELD_BOOL, .names = ig_names,
				     .mask = 0x01,
				.help = "Whether it is for a group",
				.reference = "IEEE 802.2, 3.3.1" },
	[LLC_SSAP]               = { "llc.ssap", "SSAP", FIELD_U8, BASE_HEX, sap_names,
				     .help = "Source Service Access Point" },
	[LLC_SSAP_SAP]           = { "llc.ssap.sap", "SAP", FIELD_U8, .mask = 0xfe,
				.help = "The sender's access point",
				.reference = "IEEE 802.2, 3.2" },
	[LLC_SSAP_CR]            = { "llc.ssap.cr", "CR Bit", FIELD_BOOL, .names = cr_names,
				     .mask = 0x01,
				.help = "Whether this is a response",
				.reference = "IEEE 802.2, 3.3.1" },
	[LLC_CONTROL]            = { "llc.control", "Control", FIELD_U16, BASE_HEX,
				.help = "What kind of frame it is; 3: data without numbers",
				.reference = "IEEE 802.2, 5.2" },
	[LLC_CONTROL_N_R]        = { "llc.control.n_r", "N(R)", FIELD_U16, .mask = 0xfe00,
				.help = "Number of the frame that is expected next",
				.reference = "IEEE 802.2, 5.3" },
	[LLC_CONTROL_N_S]        = { "llc.control.n_s", "N(S)", FIELD_U16, .mask = 0x00fe,
				.help = "The frame's number",
				.reference = "IEEE 802.2, 5.3" },
	[LLC_CONTROL_P]          = { "llc.control.p", "Poll", FIELD_BOOL, .names = set_names,
				.help = "The receiver is to answer at once",
				.reference = "IEEE 802.2, 5.3" },
	[LLC_CONTROL_F]          = { "llc.control.f", "Final", FIELD_BOOL, .names = set_names,
				.help = "This is that answer",
				.reference = "IEEE 802.2, 5.3" },
	[LLC_CONTROL_S_FTYPE]    = { "llc.control.s_ftype", "Supervisory frame type", FIELD_U16,
				     BASE_HEX,
				     supervisory_names, .mask = 0x000c,
				.help = "Ready, not ready, or send again",
				.reference = "IEEE 802.2, 5.4" },
	[LLC_CONTROL_U_COMMAND]  = { "llc.control.u_modifier_cmd", "Command", FIELD_U8, BASE_HEX,
				     command_names,
				     .mask = 0xec,
				.help = "What is to be done",
				.reference = "IEEE 802.2, 5.4" },
	[LLC_CONTROL_U_RESPONSE] = { "llc.control.u_modifier_resp", "Response", FIELD_U8, BASE_HEX,
				     response_names, .mask = 0xec,
				.help = "What is answered",
				.reference = "IEEE 802.2, 5.4" },
	[LLC_CONTROL_FTYPE]      = { "llc.control.ftype", "Frame type", FIELD_U8, BASE_HEX,
				     frame_names,
				     .mask = 0x03,
				.help = "Information, supervisory or without numbers",
				.reference = "IEEE 802.2, 5.3" },
	[LLC_OUI]                = { "llc.oui", "Organization Code", FIELD_U24, BASE_OUI,
				.help = "Who defines the protocol numbers that follow; 0: "
					"EtherTypes",
				.reference = "IEEE 802, 10.1" },
	[LLC_TYPE]               = { "llc.type", "Type", FIELD_U16, BASE_HEX, ethertype_names,
				.help = "What the payload is: an EtherType",
				.reference = "IEEE 802, 10.1" },
	[LLC_PID]                = { "llc.pid", "Protocol ID", FIELD_U16, BASE_HEX,
				.help = "What the payload is, in the organization's numbers",
				.reference = "IEEE 802, 10.1" },
	[LLC_CISCO_PID]          = { "llc.cisco_pid", "PID", FIELD_U16, BASE_HEX, cisco_names,
				     .help = "Which of Cisco's protocols follows" },
};

static const char *sap_name(uint8_t sap)
{
	const char *name = value_name(sap_names, sap & 0xfe);

	return name ? name : "Unknown";
}

static uint8_t take_sap(struct dissection *d, struct cursor *c, unsigned field, unsigned sap_field,
			unsigned bit_field)
{
	uint8_t sap = take_u8(d, c, field);
	node_id node = last_node(d);

	if (!cursor_ok(c) || only_learning(d))
		return sap;
	open_node(d, node);
	node_id name = add_uint(d, c, sap_field, c->pos - 1, 1, sap >> 1);
	label_set(d, name, "%d%d%d%d %d%d%d. = SAP: %s", sap >> 7, sap >> 6 & 1, sap >> 5 & 1,
		  sap >> 4 & 1,
		  sap >> 3 & 1, sap >> 2 & 1, sap >> 1 & 1, sap_name(sap));
	add_uint(d, c, bit_field, c->pos - 1, 1, sap & 1);
	close_node(d, node);
	return sap;
}

/* What stands in the control field, of one byte (unnumbered) or two. */
struct control {
	uint16_t word;
	uint8_t length, kind;           /* kind: 0, 2: information, 1: supervisory, 3: unnumbered */
	bool response, poll;            /* poll: or final, in a response */
	char text[64];                  /* "U, func=UI" */
};

static void word_control(struct control *control)
{
	const char *flag = !control->poll ? "" : control->response ? " F" : " P";
	const struct value_name *names = command_short_names;
	const char *name;

	if (control->response)
		names = response_short_names;

	if (control->kind == 3) {
		name = value_name(names, (control->word & 0xecU) >> 2);
		snprintf(control->text, sizeof control->text, "U%s, func=%s", flag,
			 name ? name : "Unknown");
	} else if (control->kind == 1) {
		name = value_name(supervisory_short_names, control->word >> 2 & 3);
		snprintf(control->text, sizeof control->text, "S%s, func=%s, N(R)=%d", flag, name,
			 control->word >> 9);
	} else {
		snprintf(control->text, sizeof control->text, "I%s, N(R)=%d, N(S)=%d", flag,
			 control->word >> 9,
			 control->word >> 1 & 0x7f);
	}
}

static struct control read_control(const struct dissection *d, struct cursor *c, bool response)
{
	struct control control = { .response = response };
	const uint8_t *p;

	if (!cursor_peek(c, 0, 1, &p) || (p[0] & 3) == 3) {
		control.word = cursor_u8(c);
		control.length = 1;
		control.poll = control.word & 0x10;
	} else {
		control.word = cursor_le16(c);
		control.length = 2;
		control.poll = control.word & 0x100;
	}
	control.kind = control.word & 3;
	if (cursor_ok(c) && !only_learning(d))
		word_control(&control);
	return control;
}

static void show_poll(struct dissection *d, const struct cursor *c, const struct control *control)
{
	uint32_t n = control->length;
	unsigned field = control->response ? LLC_CONTROL_F : LLC_CONTROL_P;
	node_id node = add_uint(d, c, field, c->pos - n, n, 1);

	label_set(d, node, "%s = %s: Set", n == 1 ? "...1 ...." : ".... ...1 .... ....",
		  llc_fields[field].name);
}

static void show_control(struct dissection *d, const struct cursor *c,
			 const struct control *control)
{
	uint32_t n = control->length, start = c->pos - n;
	unsigned word = control->word;
	node_id node = add_uint(d, c, LLC_CONTROL, start, n, word);

	label_set(d, node, "Control field: %s (0x%0*X)", control->text, (int)(2 * n), word);
	open_node(d, node);
	if (control->kind != 3)
		add_uint(d, c, LLC_CONTROL_N_R, start, n, word >> 9);
	if (!(control->kind & 1))
		add_uint(d, c, LLC_CONTROL_N_S, start, n, word >> 1 & 0x7f);
	if (control->poll)
		show_poll(d, c, control);
	if (control->kind == 1)
		add_uint(d, c, LLC_CONTROL_S_FTYPE, start, n, word >> 2 & 3);
	if (control->kind == 3)
		add_uint(d, c, control->response ? LLC_CONTROL_U_RESPONSE : LLC_CONTROL_U_COMMAND,
			 start, n,
			 (word & 0xec) >> 2);
	add_uint(d, c, LLC_CONTROL_FTYPE, start, n, control->kind & 1 ? control->kind : 0);
	close_node(d, node);
}

/* Those that give meaning to protocol numbers here. */
static const char *oui_name(uint32_t oui)
{
	switch (oui) {
	case OUI_ENCAPSULATED:
		return "Officially Xerox, but 0:0:0:0:0:0 is more common";
	case OUI_BRIDGE_TUNNEL:
		return "Digital Equipment Corporation";
	case OUI_CISCO:
		return "Cisco Systems, Inc";
	case OUI_8021:
		return "IEEE";
	default:
		return NULL;
	}
}

/* tshark has room for 31 characters of code and name. */
static void name_oui(struct dissection *d, node_id node, uint32_t oui)
{
	const char *name = oui_name(oui);
	char code[9];

	snprintf(code, sizeof code, "%02x:%02x:%02x", oui >> 16 & 0xff, oui >> 8 & 0xff, oui & 0xff);
	if (name && label_wanted(d, node))
		label_set(d, node, "Organization Code: %.31s",
			  arena_printf(&d->arena, "%s (%s)", code, name));
	else
		label_set(d, node, "Organization Code: %s", code);
}

/* Who claimed the number, as the organization means it; false: nobody. */
static bool hand_on_snap(struct dissection *d, uint32_t oui, uint16_t type, const struct cursor *c)
{
	if (oui == OUI_CISCO)
		return hand_on(d, BY_CISCO_PID, type, *c);
	return (oui == OUI_ENCAPSULATED || oui == OUI_BRIDGE_TUNNEL) &&
	       hand_on(d, BY_ETHERTYPE, type, *c);
}

/* The organization says what the protocol number means. */
static void dissect_snap(struct dissection *d, struct cursor *c)
{
	uint32_t oui = (uint32_t)take_uint(d, c, LLC_OUI);
	name_oui(d, last_node(d), oui);
	bool encapsulated = oui == OUI_ENCAPSULATED || oui == OUI_BRIDGE_TUNNEL;
	uint16_t type = take_u16(d, c, encapsulated ? LLC_TYPE : oui == OUI_CISCO ? LLC_CISCO_PID : LLC_PID);

	if (!cursor_ok(c))
		return;
	info(d, "; SNAP, OUI 0x%06X (%s), PID 0x%04X", oui, oui_name(oui) ? oui_name(oui) : "Unknown",
	     type);
	end_header(d, c);
	if (oui == OUI_8021 && (type == BRIDGED || type == BRIDGED_WITH_FCS)) {
		cursor_skip(c, BRIDGED_PADDING);
		dissect_layer(d, &eth_dissector, *c);
		return;
	}
	if (!hand_on_snap(d, oui, type, c) && cursor_more(c))
		hand_on_as_data(d, *c);
}

static void llc_dissect(struct dissection *d, struct cursor *c)
{
	info_begin(d);
	uint8_t dsap = take_sap(d, c, LLC_DSAP, LLC_DSAP_SAP, LLC_DSAP_IG);
	uint8_t ssap = take_sap(d, c, LLC_SSAP, LLC_SSAP_SAP, LLC_SSAP_CR);
	struct control control = read_control(d, c, ssap & 1);

	if (!cursor_ok(c))
		return;
	if (!only_learning(d))
		show_control(d, c, &control);
	info(d, "%s", control.text);
	if (dsap == SAP_SNAP && ssap == SAP_SNAP && control.word == CONTROL_UI) {
		dissect_snap(d, c);
		return;
	}
	info(d, "; DSAP %s %s, SSAP %s %s", sap_name(dsap), ig_names[dsap & 1].name, sap_name(ssap),
	     cr_names[ssap & 1].name);
	end_header(d, c);
	if (!cursor_more(c))
		return;
	bool known = (control.kind == 3 ? control.word == CONTROL_UI : control.kind != 1) &&
		     hand_on(d, BY_LLC_SAP, dsap, *c);
	if (!known)
		hand_on_as_data(d, *c);
}

/* What ATM carries by RFC 2684. */
static const struct claim llc_claims[] = {
	{ BY_LINK_TYPE, 11 }, { BY_LINK_TYPE, 100 }, { BY_PPP_PROTO, 0x004b },
};

const struct dissector llc_dissector = {
	.name = "llc",
	.short_name = "LLC",
	.title = "Logical-Link Control",
	.fields = llc_fields,
	.field_count = COUNT(llc_fields),
	.claims = llc_claims,
	.claim_count = COUNT(llc_claims),
	.dissect = llc_dissect,
};
