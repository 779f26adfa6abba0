/* rtcp.c - RTP's control protocol, RFC 3550, 6: a datagram is a row of packets, each with its
 * length.
 *
 *      0 1 2 3       8             16                             31
 *     +---+-+---------+---------------+-------------------------------+
 *     |V=2|P|  count  |  packet type  |   length in words, less one   |
 *     +---+-+---------+---------------+-------------------------------+
 */
#include "ntp.h"
#include "rtp.h"

enum {
	RTCP,
	RTCP_SETUP,
	RTCP_SETUP_FRAME,
	RTCP_SETUP_METHOD,
	RTCP_VERSION,
	RTCP_PADDING,
	RTCP_RC,
	RTCP_SC,
	RTCP_SUBTYPE,
	RTCP_RTPFB_FMT,
	RTCP_PSFB_FMT,
	RTCP_PT,
	RTCP_LENGTH,
	RTCP_SENDER_SSRC,
	RTCP_MEDIA_SSRC,
	RTCP_NTP_MSW,
	RTCP_NTP_LSW,
	RTCP_NTP,
	RTCP_RTP_TIMESTAMP,
	RTCP_PACKET_COUNT,
	RTCP_OCTET_COUNT,
	RTCP_SOURCE,
	RTCP_SSRC_CONTENTS,
	RTCP_SSRC,
	RTCP_FRACTION,
	RTCP_LOST,
	RTCP_EXT_HIGH,
	RTCP_HIGH_SEQ,
	RTCP_HIGH_CYCLES,
	RTCP_JITTER,
	RTCP_LSR,
	RTCP_DLSR,
	RTCP_CHUNK,
	RTCP_ITEMS,
	RTCP_SDES_TYPE,
	RTCP_SDES_LENGTH,
	RTCP_SDES_TEXT,
	RTCP_PREFIX_LENGTH,
	RTCP_PREFIX_STRING,
	RTCP_APP_NAME,
	RTCP_APP_DATA,
	RTCP_NACK_PID,
	RTCP_NACK_BLP,
	RTCP_FCI,
	RTCP_EXTENSION,
	RTCP_XR_BLOCK,
	RTCP_XR_BT,
	RTCP_XR_BS,
	RTCP_XR_BL,
	RTCP_XR_DATA,
	RTCP_PADDING_DATA,
	RTCP_PADDING_COUNT,
	RTCP_LENGTH_CHECK,
};

enum packet_type { SR = 200, RR, SDES, BYE, APP, RTPFB, PSFB, XR };
enum { KNOWN_VERSION = 2 };
enum { SDES_END, SDES_PRIV = 8, FMT_NACK = 1 };

static const struct value_name version_names[] = { { 2, "RFC 1889 Version" }, { 0, NULL } };

static const struct value_name type_names[] = {
	{ 192, "Full Intra-frame Request (H.261)" },
	{ 193, "Negative Acknowledgement (H.261)" },
	{ 194, "SMPTE time-code mapping" },
	{ 195, "Extended inter-arrival jitter report" },
	{ SR, "Sender Report" },
	{ RR, "Receiver Report" },
	{ SDES, "Source description" },
	{ BYE, "Goodbye" },
	{ APP, "Application specific" },
	{ RTPFB, "Generic RTP Feedback" },
	{ PSFB, "Payload-specific Feedback" },
	{ XR, "Extended report (RFC 3611)" },
	{ 208, "AVB RTCP packet (IEEE1733)" },
	{ 209, "Receiver Summary Information" },
	{ 210, "Port Mapping" },
	{ 0, NULL },
};

static const struct value_name item_names[] = {
	{ SDES_END, "END" },
	{ 1, "CNAME (user and domain)" },
	{ 2, "NAME (common name)" },
	{ 3, "EMAIL (e-mail address)" },
	{ 4, "PHONE (phone number)" },
	{ 5, "LOC (geographic location)" },
	{ 6, "TOOL (name/version of source app)" },
	{ 7, "NOTE (note about source)" },
	{ SDES_PRIV, "PRIV (private extensions)" },
	{ 9, "H323-CADDR (H.323 callable address)" },
	{ 10, "Application Specific Identifier" },
	{ 0, NULL },
};

static const struct value_name rtpfb_names[] = {
	{ FMT_NACK, "Generic negative acknowledgement (NACK)" },
	{ 3, "Temporary Maximum Media Stream Bit Rate Request (TMMBR)" },
	{ 4, "Temporary Maximum Media Stream Bit Rate Notification (TMMBN)" },
	{ 15, "Transport-wide Congestion Control (Transport-cc)" },
	{ 31, "Reserved for future extensions" },
	{ 0, NULL },
};

static const struct value_name psfb_names[] = {
	{ 1, "Picture Loss Indication" },
	{ 2, "Slice Loss Indication" },
	{ 3, "Reference Picture Selection Indication" },
	{ 4, "Full Intra Request (FIR) Command" },
	{ 5, "Temporal-Spatial Trade-off Request (TSTR)" },
	{ 6, "Temporal-Spatial Trade-off Notification (TSTN)" },
	{ 7, "Video Back Channel Message (VBCM)" },
	{ 15, "Application Layer Feedback" },
	{ 31, "Reserved for future extensions" },
	{ 0, NULL },
};

static const struct value_name block_names[] = {
	{ 1, "Loss Run Length Encoding Report Block" },
	{ 2, "Duplicate Run Length Encoding Report Block" },
	{ 3, "Packet Receipt Times Report Block" },
	{ 4, "Receiver Reference Time Report Block" },
	{ 5, "DLRR Report Block" },
	{ 6, "Statistics Summary Report Block" },
	{ 7, "VoIP Metrics Report Block" },
	{ 0, NULL },
};

#define ROW(abbrev, name, type, base, sentence, section)                                           \
	{                                                                                          \
		abbrev, name, type, base, .help = sentence, .reference = "RFC 3550, " section      \
	}

static const struct field rtcp_fields[] = {
	[RTCP] = { "rtcp", "Real-time Transport Control Protocol", FIELD_PROTOCOL,
		   .help = "Reports of how media arrive, and who the sources are",
		   .reference = "RFC 3550, 6" },
	[RTCP_SETUP] = { "rtcp.setup", "Stream setup", FIELD_TEXT,
			 .help = "Who said that these ports carry reports" },
	[RTCP_SETUP_FRAME] = { "rtcp.setup-frame", "Setup frame", FIELD_FRAME,
			       .help = "The packet that said so" },
	[RTCP_SETUP_METHOD] = { "rtcp.setup-method", "Setup Method", FIELD_TEXT,
				.help = "The protocol that said so" },
	[RTCP_VERSION] = { "rtcp.version", "Version", FIELD_U8, .names = version_names,
			   .mask = 0xc0, .help = "2, as RTP's", .reference = "RFC 3550, 6.4.1" },
	[RTCP_PADDING] = { "rtcp.padding", "Padding", FIELD_BOOL, .mask = 0x20, .bits = 8,
			   .help = "Bytes that mean nothing end the packet",
			   .reference = "RFC 3550, 6.4.1" },
	[RTCP_RC] = { "rtcp.rc", "Reception report count", FIELD_U8, .mask = 0x1f,
		      .help = "How many sources are reported on", .reference = "RFC 3550, 6.4.1" },
	[RTCP_SC] = { "rtcp.sc", "Source count", FIELD_U8, .mask = 0x1f,
		      .help = "How many sources are described, or leave",
		      .reference = "RFC 3550, 6.5" },
	[RTCP_SUBTYPE] = { "rtcp.app.subtype", "Subtype", FIELD_U8, .mask = 0x1f,
			   .help = "Up to the application", .reference = "RFC 3550, 6.7" },
	[RTCP_RTPFB_FMT] = { "rtcp.rtpfb.fmt", "RTCP Feedback message type (FMT)", FIELD_U8,
			     .names = rtpfb_names, .mask = 0x1f,
			     .help = "What is told about the transport",
			     .reference = "RFC 4585, 6.2" },
	[RTCP_PSFB_FMT] = { "rtcp.psfb.fmt", "RTCP Feedback message type (FMT)", FIELD_U8,
			    .names = psfb_names, .mask = 0x1f,
			    .help = "What is told about the payload",
			    .reference = "RFC 4585, 6.3" },
	[RTCP_PT] = { "rtcp.pt", "Packet type", FIELD_U8, .names = type_names,
		      .help = "What kind of packet it is", .reference = "RFC 3550, 12.1" },
	[RTCP_LENGTH] = ROW("rtcp.length", "Length", FIELD_U16, BASE_DEC,
			    "In words of 4 bytes, less one", "6.4.1"),
	[RTCP_SENDER_SSRC] = ROW("rtcp.senderssrc", "Sender SSRC", FIELD_U32, BASE_HEX_DEC,
				 "Who reports", "6.4.1"),
	[RTCP_MEDIA_SSRC] = { "rtcp.mediassrc", "Media source SSRC", FIELD_U32, BASE_HEX_DEC,
			      .help = "Whose media it is about", .reference = "RFC 4585, 6.1" },
	[RTCP_NTP_MSW] = ROW("rtcp.timestamp.ntp.msw", "Timestamp, MSW", FIELD_U32, BASE_DEC_HEX,
			     "The sender's time, in seconds since 1900", "6.4.1"),
	[RTCP_NTP_LSW] = ROW("rtcp.timestamp.ntp.lsw", "Timestamp, LSW", FIELD_U32, BASE_DEC_HEX,
			     "The fraction of a second", "6.4.1"),
	[RTCP_NTP] = ROW("rtcp.timestamp.ntp", "MSW and LSW as NTP timestamp", FIELD_TIME, BASE_UTC,
			 "The sender's time", "6.4.1"),
	[RTCP_RTP_TIMESTAMP] = ROW("rtcp.timestamp.rtp", "RTP timestamp", FIELD_U32, BASE_DEC,
				   "The same time in the clock of the stream", "6.4.1"),
	[RTCP_PACKET_COUNT] = ROW("rtcp.sender.packetcount", "Sender's packet count", FIELD_U32,
				  BASE_DEC, "How many packets it has sent", "6.4.1"),
	[RTCP_OCTET_COUNT] = ROW("rtcp.sender.octetcount", "Sender's octet count", FIELD_U32,
				 BASE_DEC, "How many bytes of payload", "6.4.1"),
	[RTCP_SOURCE] = { "peel.rtcp.source", "Source", FIELD_NONE, .flags = FIELD_WORDS,
			  .help = "How one source arrives", .reference = "RFC 3550, 6.4.1" },
	[RTCP_SSRC_CONTENTS] = { "peel.rtcp.source.loss", "SSRC contents", FIELD_NONE,
				 .flags = FIELD_WORDS, .help = "What was lost",
				 .reference = "RFC 3550, 6.4.1" },
	[RTCP_SSRC] = ROW("rtcp.ssrc.identifier", "Identifier", FIELD_U32, BASE_HEX_DEC,
			  "The source", "6.4.1"),
	[RTCP_FRACTION] = ROW("rtcp.ssrc.fraction", "Fraction lost", FIELD_U8, BASE_DEC,
			      "Since the last report, of 256", "6.4.1"),
	[RTCP_LOST] = ROW("rtcp.ssrc.cum_nr", "Cumulative number of packets lost", FIELD_I24,
			  BASE_DEC, "In all; negative if some came twice", "6.4.1"),
	[RTCP_EXT_HIGH] =
		ROW("rtcp.ssrc.ext_high", "Extended highest sequence number received", FIELD_U32,
		    BASE_DEC, "The last number, with how often it began anew", "6.4.1"),
	[RTCP_HIGH_SEQ] = ROW("rtcp.ssrc.high_seq", "Highest sequence number received", FIELD_U16,
			      BASE_DEC, "The last number", "6.4.1"),
	[RTCP_HIGH_CYCLES] = ROW("rtcp.ssrc.high_cycles", "Sequence number cycles count", FIELD_U16,
				 BASE_DEC, "How often it began anew", "6.4.1"),
	[RTCP_JITTER] = ROW("rtcp.ssrc.jitter", "Interarrival jitter", FIELD_U32, BASE_DEC,
			    "How unevenly packets come, in the clock of the stream", "6.4.1"),
	[RTCP_LSR] = ROW("rtcp.ssrc.lsr", "Last SR timestamp", FIELD_U32, BASE_DEC_HEX,
			 "The middle of the time in the last sender report", "6.4.1"),
	[RTCP_DLSR] = ROW("rtcp.ssrc.dlsr", "Delay since last SR timestamp", FIELD_U32, BASE_DEC,
			  "In 1/65536 seconds", "6.4.1"),
	[RTCP_CHUNK] = { "peel.rtcp.chunk", "Chunk", FIELD_NONE, .flags = FIELD_WORDS,
			 .help = "What one source says of itself", .reference = "RFC 3550, 6.5" },
	[RTCP_ITEMS] = { "peel.rtcp.items", "SDES items", FIELD_NONE, .flags = FIELD_WORDS,
			 .help = "Its names and addresses", .reference = "RFC 3550, 6.5" },
	[RTCP_SDES_TYPE] = { "rtcp.sdes.type", "Type", FIELD_U8, .names = item_names,
			     .help = "What is told of the source", .reference = "RFC 3550, 6.5" },
	[RTCP_SDES_LENGTH] =
		ROW("rtcp.sdes.length", "Length", FIELD_U8, BASE_DEC, "In bytes", "6.5"),
	[RTCP_SDES_TEXT] = ROW("rtcp.sdes.text", "Text", FIELD_TEXT, BASE_DEC, "The words", "6.5"),
	[RTCP_PREFIX_LENGTH] = ROW("rtcp.sdes.prefix.length", "Prefix length", FIELD_U8, BASE_DEC,
				   "In bytes", "6.5.8"),
	[RTCP_PREFIX_STRING] = ROW("rtcp.sdes.prefix.string", "Prefix string", FIELD_TEXT, BASE_DEC,
				   "What kind of private item it is", "6.5.8"),
	[RTCP_APP_NAME] = ROW("rtcp.app.name", "Name (ASCII)", FIELD_TEXT, BASE_DEC,
			      "Whose packet it is", "6.7"),
	[RTCP_APP_DATA] = ROW("rtcp.app.data", "Application specific data", FIELD_BYTES, BASE_DEC,
			      "What it says", "6.7"),
	[RTCP_NACK_PID] = { "rtcp.rtpfb.nack_pid", "RTCP Transport Feedback NACK PID", FIELD_U16,
			    .help = "A packet that was lost", .reference = "RFC 4585, 6.2.1" },
	[RTCP_NACK_BLP] = { "rtcp.rtpfb.nack_blp", "RTCP Transport Feedback NACK BLP", FIELD_U16,
			    BASE_HEX, .help = "A bit for each of the 16 after it that were",
			    .reference = "RFC 4585, 6.2.1" },
	[RTCP_FCI] = { "rtcp.fci", "Feedback Control Information (FCI)", FIELD_BYTES,
		       .help = "What the message says", .reference = "RFC 4585, 6.1" },
	[RTCP_EXTENSION] = ROW("rtcp.profile-specific-extension", "Profile-specific extension",
			       FIELD_BYTES, BASE_DEC, "What the profile adds", "6.4.3"),
	[RTCP_XR_BLOCK] = { "peel.rtcp.xr.block", "Block", FIELD_NONE, .flags = FIELD_WORDS,
			    .help = "One extended report", .reference = "RFC 3611, 3" },
	[RTCP_XR_BT] = { "rtcp.xr.bt", "Type", FIELD_U8, .names = block_names,
			 .help = "What is reported", .reference = "RFC 3611, 3" },
	[RTCP_XR_BS] = { "rtcp.xr.bs", "Type Specific", FIELD_U8, .help = "Depends on the type",
			 .reference = "RFC 3611, 3" },
	[RTCP_XR_BL] = { "rtcp.xr.bl", "Length", FIELD_U16, .help = "In words of 4 bytes",
			 .reference = "RFC 3611, 3" },
	[RTCP_XR_DATA] = { "peel.rtcp.xr.data", "Contents", FIELD_BYTES, .help = "The report",
			   .reference = "RFC 3611, 4" },
	[RTCP_PADDING_DATA] = ROW("rtcp.padding.data", "Padding data", FIELD_BYTES, BASE_DEC,
				  "Bytes that mean nothing", "6.4.1"),
	[RTCP_PADDING_COUNT] = ROW("rtcp.padding.count", "Padding count", FIELD_U8, BASE_DEC,
				   "How many there are, this one too", "6.4.1"),
	[RTCP_LENGTH_CHECK] = { "rtcp.length_check", "RTCP frame length check", FIELD_BOOL,
				.help = "Whether the packets fill the datagram",
				.reference = "RFC 3550, A.2" },
};

static void take_ntp(struct dissection *d, struct cursor *c)
{
	uint32_t start = c->pos;
	uint32_t seconds = take_u32(d, c, RTCP_NTP_MSW);
	uint32_t fraction = take_u32(d, c, RTCP_NTP_LSW);

	add_uint(d, c, RTCP_NTP, start, 8, (uint64_t)ntp_time_ns(seconds, fraction));
	node_flag(d, last_node(d), NODE_GENERATED);
}

static void take_report(struct dissection *d, struct cursor *c, unsigned number)
{
	node_id source = open_tree(d, c, RTCP_SOURCE);

	label_set(d, source, "Source %u", number);
	take_u32(d, c, RTCP_SSRC);
	node_id loss = open_tree(d, c, RTCP_SSRC_CONTENTS);
	take_u8(d, c, RTCP_FRACTION);
	label(d, last_node(d), " / 256");
	take_uint(d, c, RTCP_LOST);
	close_tree(d, loss, c);
	struct cursor parts = *c;
	node_id high = NO_NODE;
	take_u32(d, c, RTCP_EXT_HIGH);
	high = last_node(d);
	open_node(d, high);
	take_u16(d, &parts, RTCP_HIGH_CYCLES);
	take_u16(d, &parts, RTCP_HIGH_SEQ);
	close_node(d, high);
	take_u32(d, c, RTCP_JITTER);
	take_u32(d, c, RTCP_LSR);
	uint32_t delay = take_u32(d, c, RTCP_DLSR);
	label(d, last_node(d), " (%u milliseconds)", (unsigned)((uint64_t)delay * 1000 >> 16));
	close_tree(d, source, c);
}

static void take_reports(struct dissection *d, struct cursor *c, unsigned count)
{
	for (unsigned i = 1; i <= count && cursor_ok(c); i++)
		take_report(d, c, i);
	if (cursor_more(c))
		take_bytes(d, c, RTCP_EXTENSION, cursor_sent(c));
}

static void take_sender(struct dissection *d, struct cursor *c, unsigned count)
{
	take_u32(d, c, RTCP_SENDER_SSRC);
	take_ntp(d, c);
	take_u32(d, c, RTCP_RTP_TIMESTAMP);
	take_u32(d, c, RTCP_PACKET_COUNT);
	take_u32(d, c, RTCP_OCTET_COUNT);
	take_reports(d, c, count);
}

static void take_receiver(struct dissection *d, struct cursor *c, unsigned count)
{
	take_u32(d, c, RTCP_SENDER_SSRC);
	take_reports(d, c, count);
}

static void take_item(struct dissection *d, struct cursor *c, uint8_t type)
{
	uint8_t length = take_u8(d, c, RTCP_SDES_LENGTH);

	if (length > cursor_sent(c)) {
		cursor_fail(c, length);
		return;
	}
	struct cursor text = cursor_split(c, length);
	if (type == SDES_PRIV && length) {
		uint8_t prefix = take_u8(d, &text, RTCP_PREFIX_LENGTH);
		take_text(d, &text, RTCP_PREFIX_STRING, prefix);
	}
	take_text(d, &text, RTCP_SDES_TEXT, cursor_sent(&text));
}

/* Items up to one of type 0, and to the next word. */
static void take_chunk(struct dissection *d, struct cursor *c, unsigned number)
{
	uint32_t start = c->pos;
	node_id chunk = open_tree(d, c, RTCP_CHUNK);
	uint32_t source = take_u32(d, c, RTCP_SSRC);
	node_id items = open_tree(d, c, RTCP_ITEMS);

	label_set(d, chunk, "Chunk %u, SSRC/CSRC 0x%X", number, source);
	while (cursor_more(c)) {
		uint8_t type = take_u8(d, c, RTCP_SDES_TYPE);
		if (type == SDES_END)
			break;
		take_item(d, c, type);
	}
	close_tree(d, items, c);
	close_tree(d, chunk, c);
	uint32_t past = (c->pos - start) % 4;
	if (past)
		cursor_skip(c, 4 - past);
}

static void take_descriptions(struct dissection *d, struct cursor *c, unsigned count)
{
	for (unsigned i = 1; i <= count && cursor_ok(c); i++)
		take_chunk(d, c, i);
}

static void take_goodbye(struct dissection *d, struct cursor *c, unsigned count)
{
	for (unsigned i = 0; i < count && cursor_ok(c); i++)
		take_u32(d, c, RTCP_SSRC);
	if (!cursor_more(c))
		return;
	uint8_t length = take_u8(d, c, RTCP_SDES_LENGTH);
	take_text(d, c, RTCP_SDES_TEXT, length);
}

static void take_application(struct dissection *d, struct cursor *c, unsigned subtype)
{
	take_u32(d, c, RTCP_SSRC);
	const char *name = take_text(d, c, RTCP_APP_NAME, 4);
	info(d, "( %s ) subtype=%u", name, subtype);
	if (cursor_more(c))
		take_bytes(d, c, RTCP_APP_DATA, cursor_sent(c));
}

static void take_feedback(struct dissection *d, struct cursor *c, unsigned format,
			  bool of_transport)
{
	take_u32(d, c, RTCP_SENDER_SSRC);
	take_u32(d, c, RTCP_MEDIA_SSRC);
	if (!of_transport && format == 1)
		info_words(d, "PLI  ");
	while (of_transport && format == FMT_NACK && cursor_more(c)) {
		take_u16(d, c, RTCP_NACK_PID);
		take_u16(d, c, RTCP_NACK_BLP);
	}
	if (cursor_more(c))
		take_bytes(d, c, RTCP_FCI, cursor_sent(c));
}

static void take_extended(struct dissection *d, struct cursor *c)
{
	take_u32(d, c, RTCP_SENDER_SSRC);
	for (unsigned i = 1; cursor_more(c); i++) {
		node_id block = open_tree(d, c, RTCP_XR_BLOCK);
		label_set(d, block, "Block %u", i);
		take_u8(d, c, RTCP_XR_BT);
		take_u8(d, c, RTCP_XR_BS);
		uint32_t length = 4u * take_u16(d, c, RTCP_XR_BL);
		label(d, last_node(d), " (%u bytes)", length);
		if (length)
			take_bytes(d, c, RTCP_XR_DATA, length);
		close_tree(d, block, c);
	}
}

static void take_body(struct dissection *d, struct cursor *c, uint8_t type, unsigned count)
{
	switch (type) {
	case SR:
		take_sender(d, c, count);
		break;
	case RR:
		take_receiver(d, c, count);
		break;
	case SDES:
		take_descriptions(d, c, count);
		break;
	case BYE:
		take_goodbye(d, c, count);
		break;
	case APP:
		take_application(d, c, count);
		break;
	case RTPFB:
	case PSFB:
		take_feedback(d, c, count, type == RTPFB);
		break;
	case XR:
		take_extended(d, c);
		break;
	default:
		if (cursor_more(c))
			hand_on_as_data_within(d, *c);
	}
}

static unsigned count_field(uint8_t type)
{
	switch (type) {
	case SDES:
	case BYE:
		return RTCP_SC;
	case RTPFB:
		return RTCP_RTPFB_FMT;
	case PSFB:
		return RTCP_PSFB_FMT;
	default:
		return type == SR || type == RR ? RTCP_RC : RTCP_SUBTYPE;
	}
}

static void take_padding(struct dissection *d, struct cursor *c)
{
	uint32_t n = cursor_sent(c);

	if (n > 1)
		take_bytes(d, c, RTCP_PADDING_DATA, n - 1);
	if (n)
		take_u8(d, c, RTCP_PADDING_COUNT);
}

/* One packet; the cursor steps over it. */
static void take_packet(struct dissection *d, struct cursor *c)
{
	const uint8_t *at, *last;
	uint32_t padding = 0;

	look_uint(d, c, RTCP_VERSION);
	bool padded = look_uint(d, c, RTCP_PADDING);
	uint8_t type = cursor_peek(c, 1, 1, &at) ? *at : 0;
	unsigned count = type == XR ? 0 : (unsigned)look_uint(d, c, count_field(type));
	cursor_skip(c, 1);
	take_u8(d, c, RTCP_PT);
	const char *name = value_name(type_names, type);
	info(d, "%s   ", name ? name : "Unknown");
	label(d, layer_node(d), " (%s)", name ? name : "Unknown");
	uint32_t length = 4u * take_u16(d, c, RTCP_LENGTH);
	label(d, last_node(d), " (%u bytes)", length + 4);
	if (length > cursor_sent(c)) {
		cursor_fail(c, length);
		return;
	}
	struct cursor body = cursor_split(c, length);
	if (padded && length && cursor_peek(&body, length - 1, 1, &last) && *last &&
	    *last <= length)
		padding = *last;
	struct cursor known = cursor_split(&body, length - padding);
	take_body(d, &known, type, count);
	take_padding(d, &body);
}

/* The lengths of the datagram's packets must add up to its own. */
static void show_check(struct dissection *d, const struct cursor *c)
{
	unsigned first = d->layer_count - 1u;

	while (first && d->layers[first - 1].dissector == &rtcp_dissector)
		first--;
	put_uint(d, RTCP_LENGTH_CHECK, 1);
	label_set(d, last_node(d), "RTCP frame length check: OK - %u bytes",
		  c->pos - d->layers[first].start);
}

/* Each packet is a layer of its own, as each has a header. */
static void rtcp_dissect(struct dissection *d, struct cursor *c)
{
	const uint8_t *at;

	if (d->layer_count < 2 || d->layers[d->layer_count - 2].dissector != &rtcp_dissector)
		info_begin(d);
	if (cursor_peek(c, 0, 1, &at) && *at >> 6 != KNOWN_VERSION) {
		hand_on_as_data(d, *c);
		return;
	}
	rtp_show_setup(d, RTCP_SETUP);
	take_packet(d, c);
	end_header(d, c);
	if (cursor_more(c))
		dissect_layer(d, &rtcp_dissector, *c);
	else if (cursor_ok(c))
		show_check(d, c);
}

const struct dissector rtcp_dissector = {
	.name = "rtcp",
	.short_name = "RTCP",
	.title = "Real-time Transport Control Protocol",
	.fields = rtcp_fields,
	.field_count = COUNT(rtcp_fields),
	.dissect = rtcp_dissect,
};
