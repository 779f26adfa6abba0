/* wlan.c - the MAC header of IEEE 802.11, and the packet of frames that are not encrypted.
 *
 *      0       2          4          10         16         22         24     30
 *      +-------+----------+----------+----------+----------+----------+------+-----+----+
 *      | frame | duration | address 1| address 2| address 3| sequence | (4)  | QoS | HT |
 *      +-------+----------+----------+----------+----------+----------+------+-----+----+
 *
 * Words are little endian. */
#include "ethertype.h"
#include "ip_names.h"
#include "wlan.h"

enum { LINK_80211 = 105, LINK_RADIOTAP = 127 };

enum { MANAGEMENT, CONTROL, DATA };
enum { TO_DS = 1, FROM_DS = 2, MORE_FRAGMENTS = 4, PROTECTED = 0x40, ORDER = 0x80 };
enum { QOS_BIT = 8, NO_DATA_BIT = 4, AMSDU_BIT = 0x80, FCS_LENGTH = 4, HT_LENGTH = 4 };
enum { BLOCK_ACK_REQUEST = 0x18, BLOCK_ACK, POLL, RTS, CTS, ACK, CF_END, CF_END_ACK };

static const struct value_name frame_names[] = {
	{ 0x00, "Association Request" },
	{ 0x01, "Association Response" },
	{ 0x02, "Reassociation Request" },
	{ 0x03, "Reassociation Response" },
	{ 0x04, "Probe Request" },
	{ 0x05, "Probe Response" },
	{ 0x06, "Measurement Pilot" },
	{ 0x08, "Beacon frame" },
	{ 0x09, "ATIM" },
	{ 0x0a, "Disassociate" },
	{ 0x0b, "Authentication" },
	{ 0x0c, "Deauthentication" },
	{ 0x0d, "Action" },
	{ 0x0e, "Action No Ack" },
	{ 0x0f, "Aruba Management" },
	{ 0x12, "Trigger" },
	{ 0x14, "Beamforming Report Poll" },
	{ 0x15, "VHT/HE NDP Announcement" },
	{ 0x17, "Control Wrapper" },
	{ BLOCK_ACK_REQUEST, "802.11 Block Ack Req" },
	{ BLOCK_ACK, "802.11 Block Ack" },
	{ POLL, "Power-Save poll" },
	{ RTS, "Request-to-send" },
	{ CTS, "Clear-to-send" },
	{ ACK, "Acknowledgement" },
	{ CF_END, "CF-End (Control-frame)" },
	{ CF_END_ACK, "CF-End + CF-Ack (Control-frame)" },
	{ 0x20, "Data" },
	{ 0x21, "Data + CF-Ack" },
	{ 0x22, "Data + CF-Poll" },
	{ 0x23, "Data + CF-Ack + CF-Poll" },
	{ 0x24, "Null function (No data)" },
	{ 0x25, "Acknowledgement (No data)" },
	{ 0x26, "CF-Poll (No data)" },
	{ 0x27, "CF-Ack/Poll (No data)" },
	{ 0x28, "QoS Data" },
	{ 0x29, "QoS Data + CF-Acknowledgment" },
	{ 0x2a, "QoS Data + CF-Poll" },
	{ 0x2b, "QoS Data + CF-Ack + CF-Poll" },
	{ 0x2c, "QoS Null function (No data)" },
	{ 0x2e, "QoS CF-Poll (No Data)" },
	{ 0x2f, "QoS CF-Ack + CF-Poll (No data)" },
	{ 0x30, "DMG Beacon" },
	{ 0x31, "S1G Beacon" },
	{ 0 },
};

static const struct value_name type_names[] = {
	{ MANAGEMENT, "Management frame" },
	{ CONTROL, "Control frame" },
	{ DATA, "Data frame" },
	{ 3, "Extension frame" },
	{ 0 },
};

static const struct value_name ds_names[] = {
	{ 0, "Not leaving DS or network is operating in AD-HOC mode (To DS: 0 From DS: 0)" },
	{ 1, "Frame from STA to DS via an AP (To DS: 1 From DS: 0)" },
	{ 2, "Frame from DS to a STA via AP(To DS: 0 From DS: 1)" },
	{ 3, "WDS (AP to AP) or Mesh (MP to MP) Frame (To DS: 1 From DS: 1)" },
	{ 0 },
};

static const struct value_name priority_names[] = {
	{ 0, "Best Effort (Best Effort)" },
	{ 1, "Background (Background)" },
	{ 2, "Spare (Background)" },
	{ 3, "Excellent Effort (Best Effort)" },
	{ 4, "Controlled Load (Video)" },
	{ 5, "Video (Video)" },
	{ 6, "Voice (Voice)" },
	{ 7, "Network Control (Voice)" },
	{ 0 },
};

static const struct value_name ack_names[] = {
	{ 0, "Normal Ack" }, { 1, "No Ack" }, { 2, "No explicit acknowledgment" },
	{ 3, "Block Ack" },  { 0 },
};

static const struct value_name tods_names[] = { { 0, "Frame is not entering DS" },
						{ 1, "Frame is entering DS" },
						{ 0 } };
static const struct value_name fromds_names[] = { { 0, "Frame is not exiting DS" },
						  { 1, "Frame is exiting DS" },
						  { 0 } };
static const struct value_name frag_names[] = { { 0, "This is the last fragment" },
						{ 1, "More fragments follow" },
						{ 0 } };
static const struct value_name retry_names[] = { { 0, "Frame is not being retransmitted" },
						 { 1, "Frame is being retransmitted" },
						 { 0 } };
static const struct value_name pwrmgt_names[] = { { 0, "STA will stay up" },
						  { 1, "STA will go to sleep" },
						  { 0 } };
static const struct value_name moredata_names[] = { { 0, "No data buffered" },
						    { 1, "Data is buffered for STA at AP" },
						    { 0 } };
static const struct value_name protected_names[] = { { 0, "Data is not protected" },
						     { 1, "Data is protected" },
						     { 0 } };
static const struct value_name order_names[] = { { 0, "Not strictly ordered" },
						 { 1, "Strictly ordered" },
						 { 0 } };

#define FLAG(abbrev, name, bit, words, sentence)                                                   \
	{                                                                                          \
		"wlan.fc." abbrev, name, FIELD_BOOL, .names = words, .mask = bit,                  \
						     .help = sentence,                             \
						     .reference = "IEEE 802.11, 9.2.4.1"           \
	}
#define ADDRESS(abbrev, name, sentence)                                                            \
	{                                                                                          \
		"wlan." abbrev, name, FIELD_ETHER, .help = sentence,                               \
						   .reference = "IEEE 802.11, 9.2.4.3"             \
	}

static const struct field wlan_fields[] = {
	[WLAN] = { "wlan", "IEEE 802.11 wireless LAN", FIELD_PROTOCOL,
		   .help = "Frames of a wireless network", .reference = "IEEE 802.11, 9.2" },
	[WLAN_TYPE_SUBTYPE] = { "wlan.fc.type_subtype", "Type/Subtype", FIELD_U16, BASE_HEX,
				frame_names, .help = "What the frame is",
				.reference = "IEEE 802.11, 9.2.4.1" },
	[WLAN_FC] = { "wlan.fc", "Frame Control Field", FIELD_U16, BASE_HEX,
		      .help = "Kind and flags", .reference = "IEEE 802.11, 9.2.4.1" },
	[WLAN_FC_VERSION] = { "wlan.fc.version", "Version", FIELD_U8, .mask = 0x03,
			      .help = "Always 0", .reference = "IEEE 802.11, 9.2.4.1" },
	[WLAN_FC_TYPE] = { "wlan.fc.type", "Type", FIELD_U8, .names = type_names, .mask = 0x0c,
			   .help = "Management, control or data",
			   .reference = "IEEE 802.11, 9.2.4.1" },
	[WLAN_FC_SUBTYPE] = { "wlan.fc.subtype", "Subtype", FIELD_U8, .mask = 0xf0,
			      .help = "Which of these", .reference = "IEEE 802.11, 9.2.4.1" },
	[WLAN_FLAGS] = { "wlan.flags", "Flags", FIELD_U8, BASE_HEX,
			 .help = "Where it goes, and how", .reference = "IEEE 802.11, 9.2.4.1" },
	[WLAN_DS] = { "wlan.fc.ds", "DS status", FIELD_U8, BASE_HEX, ds_names, .mask = 0x03,
		      .help = "Which way the frame goes: the distribution system joins access "
			      "points",
		      .reference = "IEEE 802.11, 9.2.4.1" },
	[WLAN_TO_DS] = FLAG("tods", "To DS", TO_DS, tods_names, "To an access point"),
	[WLAN_FROM_DS] = FLAG("fromds", "From DS", FROM_DS, fromds_names, "From an access point"),
	[WLAN_MORE_FRAGMENTS] = FLAG("frag", "More Fragments", MORE_FRAGMENTS, frag_names,
				     "More of the packet follows"),
	[WLAN_RETRY] = FLAG("retry", "Retry", 0x08, retry_names, "The frame is sent again"),
	[WLAN_POWER] = FLAG("pwrmgt", "PWR MGT", 0x10, pwrmgt_names, "The station will sleep"),
	[WLAN_MORE_DATA] = FLAG("moredata", "More Data", 0x20, moredata_names,
				"The access point has more for the station"),
	[WLAN_PROTECTED] = FLAG("protected", "Protected flag", PROTECTED, protected_names,
				"The payload is encrypted"),
	[WLAN_ORDER] =
		FLAG("order", "+HTC/Order flag", ORDER, order_names, "An HT control field follows"),
	[WLAN_DURATION] = { "wlan.duration", "Duration", FIELD_U16, .unit = " microseconds",
			    .mask = 0x7fff, .help = "For how long the medium is taken",
			    .reference = "IEEE 802.11, 9.2.4.2" },
	[WLAN_AID] = { "wlan.aid", "Association ID", FIELD_U16, .mask = 0x3fff,
		       .help = "The station's number", .reference = "IEEE 802.11, 9.4.1.8" },
	[WLAN_RA] = ADDRESS("ra", "Receiver address", "Who is to receive it from the air"),
	[WLAN_TA] = ADDRESS("ta", "Transmitter address", "Who sent it into the air"),
	[WLAN_DA] = ADDRESS("da", "Destination address", "Whom it is for in the end"),
	[WLAN_SA] = ADDRESS("sa", "Source address", "Who sent it at first"),
	[WLAN_BSSID] = ADDRESS("bssid", "BSS Id", "The network, mostly by its access point"),
	[WLAN_STA] = ADDRESS("staa", "STA address", "The station that is no access point"),
	[WLAN_ADDR] = ADDRESS("addr", "Hardware address", "Any of the addresses"),
	[WLAN_FRAGMENT] = { "wlan.frag", "Fragment number", FIELD_U16, .mask = 0x000f,
			    .help = "Which part of a packet this is",
			    .reference = "IEEE 802.11, 9.2.4.4" },
	[WLAN_SEQUENCE] = { "wlan.seq", "Sequence number", FIELD_U16, .mask = 0xfff0,
			    .help = "Counts the sender's packets",
			    .reference = "IEEE 802.11, 9.2.4.4" },
	[WLAN_QOS] = { "wlan.qos", "Qos Control", FIELD_U16, BASE_HEX, .help = "How urgent it is",
		       .reference = "IEEE 802.11, 9.2.4.5" },
	[WLAN_TID] = { "wlan.qos.tid", "TID", FIELD_U16, .mask = 0x000f,
		       .help = "The traffic's kind", .reference = "IEEE 802.11, 9.2.4.5" },
	[WLAN_PRIORITY] = { "wlan.qos.priority", "Priority", FIELD_U16, .names = priority_names,
			    .mask = 0x0007, .help = "The traffic's priority",
			    .reference = "IEEE 802.11, 9.2.4.5" },
	[WLAN_ACK] = { "wlan.qos.ack", "Ack Policy", FIELD_U16, BASE_HEX, ack_names, .mask = 0x0060,
		       .help = "How it is to be acknowledged",
		       .reference = "IEEE 802.11, 9.2.4.5" },
	[WLAN_AMSDU] = { "wlan.qos.amsdupresent", "Payload Type", FIELD_BOOL, .mask = AMSDU_BIT,
			 .bits = 16, .help = "Several packets follow",
			 .reference = "IEEE 802.11, 9.2.4.5" },
	[WLAN_FCS] = { "wlan.fcs", "Frame check sequence", FIELD_U32, BASE_HEX,
		       .help = "Tells whether the frame was damaged",
		       .reference = "IEEE 802.11, 9.2.4.8" },
	[WLAN_BODY] = { "peel.wlan.body", "Body", FIELD_BYTES,
			.help = "What a management or control frame says",
			.reference = "IEEE 802.11, 9.3" },
#include "wlan_mgt_rows.h"
};

/* One bit of a byte, of a little-endian word in which it stands first. */
static void show_bits(struct dissection *d, const struct cursor *c, unsigned field, uint32_t at,
		      uint32_t word)
{
	uint32_t mask = (uint32_t)wlan_fields[field].mask;

	add_uint(d, c, field, at, 2, (word & mask) / (mask & -mask));
}

static void show_flags(struct dissection *d, struct cursor *c)
{
	look_uint(d, c, WLAN_FLAGS);
	node_id tree = last_node(d);

	open_node(d, tree);
	for (unsigned field = WLAN_DS; field <= WLAN_ORDER; field++) {
		look_uint(d, c, field);
		if (field == WLAN_TO_DS || field == WLAN_FROM_DS)
			node_flag(d, last_node(d), NODE_HIDDEN);
	}
	close_node(d, tree);
}

static void show_control(struct dissection *d, struct cursor *c, uint8_t kind)
{
	add_uint(d, c, WLAN_TYPE_SUBTYPE, c->pos, 1, kind);
	look_uint(d, c, WLAN_FC);
	node_id tree = last_node(d);
	open_node(d, tree);
	look_uint(d, c, WLAN_FC_VERSION);
	look_uint(d, c, WLAN_FC_TYPE);
	look_uint(d, c, WLAN_FC_SUBTYPE);
	cursor_skip(c, 1);
	show_flags(d, c);
	cursor_skip(c, 1);
	close_node(d, tree);
}

/* An address below `base`, by its number on the wire. */
static void show_address(struct dissection *d, struct cursor *c, uint32_t base, unsigned number,
			 unsigned field)
{
	struct cursor there = *c;

	there.pos = base + 4 + (number - 1) * 6 + (number > 3 ? 2 : 0);
	take_address(d, &there, field, field == WLAN_SA || field == WLAN_TA ? &d->from : &d->to);
}

/* The address by whatever name. */
static void show_hidden(struct dissection *d, struct cursor *c, uint32_t base, unsigned number)
{
	struct endpoint to = d->to;

	show_address(d, c, base, number, WLAN_ADDR);
	node_flag(d, last_node(d), NODE_HIDDEN);
	d->to = to;
}

struct place {
	uint8_t number;
	uint8_t field;
};

/* Which address is which: by To DS and From DS; management frames, which have neither, are [4]. */
static const struct place places[5][6] = {
	{ { 1, WLAN_RA },
	  { 2, WLAN_TA },
	  { 1, WLAN_DA },
	  { 2, WLAN_SA },
	  { 3, WLAN_BSSID },
	  { 0 } },
	{ { 1, WLAN_RA },
	  { 2, WLAN_TA },
	  { 3, WLAN_DA },
	  { 2, WLAN_SA },
	  { 1, WLAN_BSSID },
	  { 2, WLAN_STA } },
	{ { 1, WLAN_RA },
	  { 2, WLAN_TA },
	  { 1, WLAN_DA },
	  { 3, WLAN_SA },
	  { 2, WLAN_BSSID },
	  { 1, WLAN_STA } },
	{ { 1, WLAN_RA }, { 2, WLAN_TA }, { 3, WLAN_DA }, { 4, WLAN_SA }, { 0 } },
	{ { 1, WLAN_RA },
	  { 1, WLAN_DA },
	  { 2, WLAN_TA },
	  { 2, WLAN_SA },
	  { 3, WLAN_BSSID },
	  { 0 } },
};

static void take_addresses(struct dissection *d, struct cursor *c, uint32_t base, bool data,
			   unsigned way)
{
	uint32_t length = 3 * 6 + 2 + (data && way == (TO_DS | FROM_DS) ? 6 : 0);
	const struct place *at = places[data ? way : 4];
	struct cursor start = *c;
	const uint8_t *p;

	if (!cursor_peek(c, 0, length, &p)) {
		cursor_skip(c, length);
		return;
	}
	for (unsigned i = 0; i < COUNT(places[0]) && at[i].number; i++) {
		bool stations = at[i].field == WLAN_BSSID || at[i].field == WLAN_STA;
		struct endpoint to = d->to;
		show_address(d, &start, base, at[i].number, at[i].field);
		if (stations)
			d->to = to;
	}
	for (unsigned number = 1; number <= 3; number++)
		show_hidden(d, &start, base, number);
	uint32_t word = load_le16(p + 18);
	show_bits(d, c, WLAN_FRAGMENT, c->pos + 18, word);
	show_bits(d, c, WLAN_SEQUENCE, c->pos + 18, word);
	cursor_skip(c, length);
	info(d, ", SN=%u, FN=%u", word >> 4, word & 15);
}

uint16_t wlan_take_word(struct dissection *d, struct cursor *c, unsigned field, unsigned first,
			unsigned last)
{
	uint32_t at = c->pos;
	uint16_t word = (uint16_t)take_uint_le(d, c, field);
	node_id tree = last_node(d);

	open_node(d, tree);
	for (unsigned bits = first; bits <= last && cursor_ok(c); bits++)
		show_bits(d, c, bits, at, word);
	close_node(d, tree);
	return word;
}

static void show_body(struct dissection *d, struct cursor *c)
{
	if (cursor_left(c))
		take_bytes(d, c, WLAN_BODY, cursor_left(c));
	end_header(d, c);
}

static void take_control_frame(struct dissection *d, struct cursor *c, uint8_t kind, uint32_t base)
{
	take_address(d, c, kind == POLL ? WLAN_BSSID : WLAN_RA, &d->to);
	show_hidden(d, c, base, 1);
	if (kind != CTS && kind != ACK && cursor_left(c) >= 6) {
		bool ends = kind == CF_END || kind == CF_END_ACK;
		take_address(d, c, ends ? WLAN_BSSID : WLAN_TA, &d->from);
		show_hidden(d, c, base, 2);
	}
	show_body(d, c);
}

static void take_packet(struct dissection *d, struct cursor *c, uint8_t flags, uint16_t qos)
{
	end_header(d, c);
	if (!cursor_more(c))
		return;
	/* A fragment behind the first has no header of its own. */
	if (flags & PROTECTED || qos & AMSDU_BIT || flags & MORE_FRAGMENTS)
		hand_on_as_data(d, *c);
	else
		dissect_layer(d, &llc_dissector, *c);
}

static void take_data_frame(struct dissection *d, struct cursor *c, uint8_t kind, uint8_t flags)
{
	uint16_t qos = 0;

	if (kind & QOS_BIT)
		qos = wlan_take_word(d, c, WLAN_QOS, WLAN_TID, WLAN_AMSDU);
	if (kind & QOS_BIT && flags & ORDER)
		cursor_skip(c, HT_LENGTH);
	if (kind & NO_DATA_BIT)
		show_body(d, c);
	else
		take_packet(d, c, flags, qos);
}

static void take_management_frame(struct dissection *d, struct cursor *c, uint8_t kind,
				  uint8_t flags)
{
	if (flags & ORDER)
		cursor_skip(c, HT_LENGTH);
	end_header(d, c);
	if (cursor_ok(c))
		wlan_show_management(d, c, kind);
}

static const char *flag_letters(struct dissection *d, uint8_t flags, bool has_fcs)
{
	static const char letters[] = "opmPRMFT";
	char text[10];

	for (unsigned i = 0; i < 8; i++)
		text[i] = (char)(flags & 0x80 >> i ? letters[i] : '.');
	text[8] = has_fcs ? 'C' : '\0';
	text[9] = '\0';
	return arena_printf(&d->arena, "%s", text);
}

static struct cursor without_fcs(struct dissection *d, struct cursor *c)
{
	struct cursor whole = *c, fcs = *c;
	uint32_t sent = cursor_sent(c);

	if (sent < FCS_LENGTH)
		return whole;
	whole = cursor_split(c, sent - FCS_LENGTH);
	cursor_skip(&fcs,
		    cursor_left(&fcs) < sent - FCS_LENGTH ? cursor_left(&fcs) : sent - FCS_LENGTH);
	if (cursor_left(&fcs) >= FCS_LENGTH)
		add_uint(d, &fcs, WLAN_FCS, fcs.pos, FCS_LENGTH, cursor_le32(&fcs));
	return whole;
}

static void dissect_frame(struct dissection *d, struct cursor *c, bool has_fcs)
{
	struct cursor whole = *c;
	const uint8_t *p;
	uint32_t base = c->pos;

	info_begin(d);
	if (!cursor_peek(c, 0, 4, &p)) {
		cursor_skip(c, 4);
		return;
	}
	if (p[0] & 3) {
		info(d, "Unknown protocol version: %u", p[0] & 3);
		show_body(d, c);
		return;
	}
	uint8_t type = p[0] >> 2 & 3, kind = (uint8_t)(type << 4 | p[0] >> 4), flags = p[1];
	const char *name = value_name(frame_names, kind),
		   *letters = flag_letters(d, flags, has_fcs);
	label_set(d, layer_node(d), "IEEE 802.11 %s, Flags: %s", name ? name : "Unknown", letters);
	info(d, "%s", name ? name : "Unknown");
	show_control(d, c, kind);
	uint32_t word = load_le16(p + 2);
	show_bits(d, c, kind == POLL ? WLAN_AID : WLAN_DURATION, c->pos, word);
	cursor_skip(c, 2);
	if (type != CONTROL)
		take_addresses(d, c, base, type == DATA,
			       type == DATA ? flags & (TO_DS | FROM_DS) : 0);
	info(d, ", Flags=%s", letters);
	if (!cursor_ok(c))
		return;
	if (has_fcs) {
		uint32_t done = c->pos;
		whole = without_fcs(d, &whole);
		whole.pos = done < whole.captured ? done : whole.captured;
		*c = whole;
	}
	if (type == CONTROL)
		take_control_frame(d, c, kind, base);
	else if (type == DATA)
		take_data_frame(d, c, kind & 15, flags);
	else if (type == MANAGEMENT && !(flags & PROTECTED))
		take_management_frame(d, c, kind, flags);
	else
		show_body(d, c);
}

/* Radiotap leaves its link type where a check sequence follows (radiotap.c). */
static void wlan_dissect(struct dissection *d, struct cursor *c)
{
	dissect_frame(d, c, d->matched_port == LINK_RADIOTAP);
}

static const struct claim wlan_claims[] = { { BY_LINK_TYPE, LINK_80211 } };

const struct dissector wlan_dissector = {
	.name = "wlan",
	.short_name = "802.11",
	.title = "IEEE 802.11",
	.fields = wlan_fields,
	.field_count = COUNT(wlan_fields),
	.claims = wlan_claims,
	.claim_count = COUNT(wlan_claims),
	.dissect = wlan_dissect,
};
