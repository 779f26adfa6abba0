/* tcp.c - Transmission Control Protocol, RFC 9293.
 *
 *      0                   1                   2                   3
 *     +-------------------------------+-------------------------------+
 *     |          source port          |       destination port        |
 *     +-------------------------------+-------------------------------+
 *     |                        sequence number                        |
 *     +---------------------------------------------------------------+
 *     |                     acknowledgment number                     |
 *     +-------+-----+-----------------+-------------------------------+
 *     |  off  | res |A C E U A P R S F|            window             |
 *     +-------+-----+-----------------+-------------------------------+
 *     |           checksum            |        urgent pointer         |
 *     +-------------------------------+-------------------------------+
 *     |  options ...
 */
#include "tcp.h"

#include <string.h>

#include "base/time.h"
#include "dissect/checksum.h"
#include "dissect/registry.h"
#include "state/conversation.h"
#include "state/facts.h"
#include "state/reassembly.h"

enum { IP_PROTO_TCP = 6, LEAST_HEADER = 20, FLAG_BITS = 12 };

/* window_shift of struct conversation */
enum { SCALE_UNKNOWN = -1, SCALE_NOT_USED = -2 };

static const struct value_name option_kind_names[] = {
	{ 0, "End of Option List" }, { 1, "No-Operation" }, { 2, "Maximum Segment Size" },
	{ 3, "Window Scale" }, { 4, "SACK Permitted" }, { 5, "SACK" }, { 6, "Echo" }, { 7, "Echo Reply" },
	{ 8, "Time Stamp Option" }, { 9, "Partial Order Connection Permitted" },
	{ 10, "Partial Order Service Profile" }, { 11, "CC" }, { 12, "CC.NEW" }, { 13, "CC.ECHO" },
	{ 14, "TCP Alternate Checksum Request" }, { 15, "TCP Alternate Checksum Data" }, { 16, "Skeeter" },
	{ 17, "Bubba" }, { 18, "Trailer Checksum Option" }, { 19, "MD5 Signature Option" },
	{ 20, "SCPS Capabilities" }, { 21, "Selective Negative Acknowledgements" }, { 22, "Record Boundaries" },
	{ 23, "Corruption experienced" }, { 24, "SNAP" }, { 25, "Unassigned" }, { 26, "TCP Compression Filter" },
	{ 27, "Quick-Start Response" }, { 28, "User Timeout Option" }, { 29, "The TCP Authentication Option" },
	{ 30, "Multipath TCP" }, { 34, "TCP Fast Open Cookie" }, { 69, "TCP-ENO" },
	{ 172, "Accurate ECN Order 0" }, { 174, "Accurate ECN Order 1" }, { 253, "RFC3692-style Experiment 1" },
	{ 254, "RFC3692-style Experiment 2" }, { 0, NULL },
};

static const struct value_name set_names[] = { { 1, "Set" }, { 0, "Not set" }, { 0, NULL } };
static const struct field tcp_fields[] = {
	[TCP] = { "tcp", "Transmission Control Protocol", FIELD_PROTOCOL },
	[TCP_SRCPORT] = { "tcp.srcport", "Source Port", FIELD_U16, BASE_PORT },
	[TCP_DSTPORT] = { "tcp.dstport", "Destination Port", FIELD_U16, BASE_PORT },
	[TCP_PORT] = { "tcp.port", "Source or Destination Port", FIELD_U16, BASE_PORT },
	[TCP_STREAM] = { "tcp.stream", "Stream index", FIELD_U32 },
	[TCP_LEN] = { "tcp.len", "TCP Segment Len", FIELD_U32, .help = "Bytes of payload" },
	[TCP_SEQ] = { "tcp.seq", "Sequence Number", FIELD_U32,
		      .help = "Relative to the first number of this direction" },
	[TCP_SEQ_RAW] = { "tcp.seq_raw", "Sequence Number (raw)", FIELD_U32 },
	[TCP_NXTSEQ] = { "tcp.nxtseq", "Next Sequence Number", FIELD_U32,
			 .help = "What follows this segment; SYN and FIN count one each" },
	[TCP_ACK] = { "tcp.ack", "Acknowledgment Number", FIELD_U32,
		      .help = "Relative to the first number of the other direction" },
	[TCP_ACK_RAW] = { "tcp.ack_raw", "Acknowledgment number (raw)", FIELD_U32 },
	[TCP_HDR_LEN] = { "tcp.hdr_len", "Header Length", FIELD_U8, .help = "In bytes, options included" },
	[TCP_FLAGS] = { "tcp.flags", "Flags", FIELD_U16, BASE_HEX, .mask = 0xfff },
	[TCP_FLAGS_RES] = { "tcp.flags.res", "Reserved", FIELD_BOOL, .names = set_names, .mask = 0xe00, .bits = 12 },
	[TCP_FLAGS_AE] = { "tcp.flags.ae", "Accurate ECN", FIELD_BOOL, .names = set_names, .mask = 0x100, .bits = 12 },
	[TCP_FLAGS_CWR] = { "tcp.flags.cwr", "Congestion Window Reduced", FIELD_BOOL, .names = set_names,
			    .mask = 0x80, .bits = 12 },
	[TCP_FLAGS_ECE] = { "tcp.flags.ece", "ECN-Echo", FIELD_BOOL, .names = set_names, .mask = 0x40, .bits = 12 },
	[TCP_FLAGS_URG] = { "tcp.flags.urg", "Urgent", FIELD_BOOL, .names = set_names, .mask = 0x20, .bits = 12 },
	[TCP_FLAGS_ACK] = { "tcp.flags.ack", "Acknowledgment", FIELD_BOOL, .names = set_names, .mask = 0x10, .bits = 12 },
	[TCP_FLAGS_PUSH] = { "tcp.flags.push", "Push", FIELD_BOOL, .names = set_names, .mask = 0x08, .bits = 12 },
	[TCP_FLAGS_RESET] = { "tcp.flags.reset", "Reset", FIELD_BOOL, .names = set_names, .mask = 0x04, .bits = 12 },
	[TCP_FLAGS_SYN] = { "tcp.flags.syn", "Syn", FIELD_BOOL, .names = set_names, .mask = 0x02, .bits = 12 },
	[TCP_FLAGS_FIN] = { "tcp.flags.fin", "Fin", FIELD_BOOL, .names = set_names, .mask = 0x01, .bits = 12 },
	[TCP_FLAGS_STR] = { "tcp.flags.str", "TCP Flags", FIELD_TEXT },
	[TCP_WINDOW_VALUE] = { "tcp.window_size_value", "Window", FIELD_U16 },
	[TCP_WINDOW] = { "tcp.window_size", "Calculated window size", FIELD_U32,
			 .help = "The window in bytes, scaled if both SYNs offered scaling" },
	[TCP_WINDOW_SCALE] = { "tcp.window_size_scalefactor", "Window size scaling factor", FIELD_I32 },
	[TCP_CHECKSUM] = { "tcp.checksum", "Checksum", FIELD_U16, BASE_HEX },
	[TCP_CHECKSUM_STATUS] = { "tcp.checksum.status", "Checksum Status", FIELD_U8,
				  .base = BASE_NAME, .names = checksum_status_names },
	[TCP_CHECKSUM_CALCULATED] = { "tcp.checksum_calculated", "Calculated Checksum", FIELD_U16, BASE_HEX },
	[TCP_URGENT_POINTER] = { "tcp.urgent_pointer", "Urgent Pointer", FIELD_U16 },
	[TCP_TIMESTAMPS] = { "tcp.timestamps", "Timestamps", FIELD_NONE },
	[TCP_TIME_RELATIVE] = { "tcp.time_relative", "Time since first frame in this TCP stream",
				FIELD_DURATION, .unit = " seconds" },
	[TCP_TIME_DELTA] = { "tcp.time_delta", "Time since previous frame in this TCP stream", FIELD_DURATION,
			     .unit = " seconds" },
	[TCP_PAYLOAD] = { "tcp.payload", "TCP payload", FIELD_BYTES },
	[TCP_SEGMENT_DATA] = { "tcp.segment_data", "TCP segment data", FIELD_BYTES },
	[TCP_SEGMENTS] = { "tcp.segments", "Reassembled TCP Segments", FIELD_NONE },
	[TCP_SEGMENT] = { "tcp.segment", "TCP Segment", FIELD_FRAME },
	[TCP_SEGMENT_COUNT] = { "tcp.segment.count", "Segment count", FIELD_U32 },
	[TCP_REASSEMBLED_IN] = { "tcp.reassembled_in", "Reassembled PDU in frame", FIELD_FRAME,
				 .flags = FIELD_FORWARD },
	[TCP_REASSEMBLED_LENGTH] = { "tcp.reassembled.length", "Reassembled TCP length", FIELD_U32 },
	[TCP_REASSEMBLED_DATA] = { "tcp.reassembled.data", "Reassembled TCP Data", FIELD_BYTES },
	[TCP_BOGUS_HEADER_LENGTH] = FINDING("tcp.bogus_header_length", "Bogus TCP Header length",
					    EXPERT_ERROR, GROUP_PROTOCOL),
	[TCP_ACK_NONZERO] =
		FINDING("tcp.ack.nonzero",
			"The acknowledgment number field is nonzero while the ACK flag is not set",
			EXPERT_NOTE, GROUP_PROTOCOL),
	[TCP_URGENT_NONZERO] =
		FINDING("tcp.urgent_pointer.non_zero",
			"The urgent pointer field is nonzero while the URG flag is not set",
			EXPERT_NOTE, GROUP_PROTOCOL),
	[TCP_CHECKSUM_BAD] =
		FINDING("tcp.checksum_bad.expert", "Bad checksum", EXPERT_ERROR, GROUP_CHECKSUM),
	[TCP_SHORT_SEGMENT] =
		FINDING("tcp.short_segment", "Short segment", EXPERT_WARN, GROUP_MALFORMED),

	[TCP_OPTIONS] = { "tcp.options", "TCP Options", FIELD_BYTES },
	[TCP_OPTION_KIND] = { "tcp.option_kind", "Kind", FIELD_U8, .names = option_kind_names },
	[TCP_OPTION_LEN] = { "tcp.option_len", "Length", FIELD_U8 },
	[TCP_OPT_EOL] = { "tcp.options.eol", "TCP Option - End of Option List (EOL)", FIELD_NONE },
	[TCP_OPT_NOP] = { "tcp.options.nop", "TCP Option - No-Operation (NOP)", FIELD_NONE },
	[TCP_OPT_MSS] = { "tcp.options.mss", "TCP Option - Maximum segment size", FIELD_NONE },
	[TCP_MSS_VAL] = { "tcp.options.mss_val", "MSS Value", FIELD_U16 },
	[TCP_OPT_WSCALE] = { "tcp.options.wscale", "TCP Option - Window scale", FIELD_NONE },
	[TCP_WSCALE_SHIFT] = { "tcp.options.wscale.shift", "Shift count", FIELD_U8 },
	[TCP_WSCALE_MULTIPLIER] = { "tcp.options.wscale.multiplier", "Multiplier", FIELD_U16 },
	[TCP_WSCALE_INVALID] =
		FINDING("tcp.options.wscale.shift.invalid", "Window scale shift exceeds 14",
			EXPERT_WARN, GROUP_PROTOCOL),
	[TCP_OPT_SACK_PERM] = { "tcp.options.sack_perm", "TCP Option - SACK permitted", FIELD_NONE },
	[TCP_OPT_SACK] = { "tcp.options.sack", "TCP Option - SACK", FIELD_NONE },
	[TCP_SACK_LE] = { "tcp.options.sack_le", "left edge", FIELD_U32 },
	[TCP_SACK_RE] = { "tcp.options.sack_re", "right edge", FIELD_U32 },
	[TCP_SACK_COUNT] = { "tcp.options.sack.count", "TCP SACK Count", FIELD_U8 },
	[TCP_SACK_DSACK_LE] = { "tcp.options.sack.dsack_le", "TCP D-SACK Left Edge", FIELD_U32 },
	[TCP_SACK_DSACK_RE] = { "tcp.options.sack.dsack_re", "TCP D-SACK Right Edge", FIELD_U32 },
	[TCP_OPT_ECHO] = { "tcp.options.echo", "TCP Option - Echo", FIELD_NONE },
	[TCP_OPT_ECHO_REPLY] = { "tcp.options.echo_reply", "TCP Option - Echo reply", FIELD_NONE },
	[TCP_ECHO_VALUE] = { "tcp.options.echo_value", "TCP Echo Option", FIELD_U32 },
	[TCP_OPT_TIMESTAMP] = { "tcp.options.timestamp", "TCP Option - Timestamps", FIELD_NONE },
	[TCP_TSVAL] = { "tcp.options.timestamp.tsval", "Timestamp value", FIELD_U32 },
	[TCP_TSECR] = { "tcp.options.timestamp.tsecr", "Timestamp echo reply", FIELD_U32 },
	[TCP_OPT_CC] = { "tcp.options.cc", "TCP Option - CC", FIELD_NONE },
	[TCP_OPT_CC_NEW] = { "tcp.options.ccnew", "TCP Option - CC.NEW", FIELD_NONE },
	[TCP_OPT_CC_ECHO] = { "tcp.options.ccecho", "TCP Option - CC.ECHO", FIELD_NONE },
	[TCP_CC_VALUE] = { "tcp.options.cc_value", "TCP CC Option", FIELD_U32 },
	[TCP_OPT_MD5] = { "tcp.options.md5", "TCP Option - TCP MD5 signature", FIELD_NONE },
	[TCP_MD5_DIGEST] = { "tcp.options.md5.digest", "MD5 digest", FIELD_BYTES },
	[TCP_OPT_USER_TO] = { "tcp.options.user_to", "TCP Option - User Timeout", FIELD_NONE },
	[TCP_USER_TO_GRANULARITY] = { "tcp.options.user_to_granularity", "Granularity", FIELD_BOOL, .mask = 0x8000 },
	[TCP_USER_TO_VAL] = { "tcp.options.user_to_val", "User Timeout", FIELD_U16, .mask = 0x7fff },
	[TCP_OPT_AO] = { "tcp.options.ao", "TCP Option - The TCP Authentication Option", FIELD_NONE },
	[TCP_AO_KEYID] = { "tcp.options.ao.keyid", "AO KeyID", FIELD_U8 },
	[TCP_AO_RNEXTKEYID] = { "tcp.options.ao.rnextkeyid", "AO RNextKeyID", FIELD_U8 },
	[TCP_AO_MAC] = { "tcp.options.ao.mac", "AO MAC", FIELD_BYTES },
	[TCP_OPT_QS] = { "tcp.options.qs", "TCP Option - Quick-Start", FIELD_NONE },
	[TCP_QS_RATE] = { "tcp.options.qs.rate", "QS Rate", FIELD_U8, .mask = 0x0f },
	[TCP_QS_TTL_DIFF] = { "tcp.options.qs.ttl_diff", "QS TTL difference", FIELD_U8 },
	[TCP_OPT_TFO] = { "tcp.options.tfo", "TCP Option - TCP Fast Open", FIELD_NONE },
	[TCP_TFO_REQUEST] = { "tcp.options.tfo.request", "Fast Open Cookie Request", FIELD_NONE },
	[TCP_TFO_COOKIE] = { "tcp.options.tfo.cookie", "Fast Open Cookie", FIELD_BYTES },
	[TCP_OPT_EXPERIMENTAL] = { "tcp.options.experimental", "TCP Option - Experimental", FIELD_NONE },
	[TCP_EXID] = { "tcp.options.experimental.exid", "Experiment Identifier", FIELD_U16, BASE_HEX },
	[TCP_EXPERIMENTAL_DATA] = { "tcp.options.experimental.data", "Data", FIELD_BYTES },
	[TCP_OPT_ACC_ECN] = { "tcp.options.acc_ecn", "TCP Option - Accurate ECN", FIELD_NONE },
	[TCP_ACC_ECN_EE0B] = { "tcp.options.acc_ecn.ee0b", "Accurate ECN Echo ECT(0) Byte Counter", FIELD_U24 },
	[TCP_ACC_ECN_ECEB] = { "tcp.options.acc_ecn.eceb", "Accurate ECN Echo CE Byte Counter", FIELD_U24 },
	[TCP_ACC_ECN_EE1B] = { "tcp.options.acc_ecn.ee1b", "Accurate ECN Echo ECT(1) Byte Counter", FIELD_U24 },
	[TCP_OPT_UNKNOWN] = { "tcp.options.unknown", "TCP Option - Unknown", FIELD_NONE },
	[TCP_UNKNOWN_PAYLOAD] = { "tcp.options.unknown.payload", "Payload", FIELD_BYTES },
	[TCP_OPTION_LEN_INVALID] = FINDING("tcp.option.len.invalid", "Invalid length for option",
					   EXPERT_NOTE, GROUP_SEQUENCE),
	[TCP_NONZERO_AFTER_EOL] = FINDING("tcp.non_zero_bytes_after_eol",
					  "Non zero bytes in option space after EOL option",
					  EXPERT_ERROR, GROUP_PROTOCOL),
	[TCP_OPT_MPTCP] = { "tcp.options.mptcp", "TCP Option - Multipath TCP", FIELD_NONE },
	[TCP_MPTCP_SUBTYPE] = { "tcp.options.mptcp.subtype", "Multipath TCP subtype", FIELD_U8,
				.names = tcp_mptcp_subtypes, .mask = 0xf0 },
	[TCP_MPTCP_VERSION] = { "tcp.options.mptcp.version", "Multipath TCP version", FIELD_U8, .mask = 0x0f },
	[TCP_MPTCP_FLAGS] = { "tcp.options.mptcp.flags", "Multipath TCP flags", FIELD_U8, BASE_HEX },
	[TCP_MPTCP_CHECKSUM_REQUIRED] = { "tcp.options.mptcp.checksumreq.flags", "Checksum required", FIELD_U8,
					  .mask = 0x80 },
	[TCP_MPTCP_EXTENSIBILITY] = { "tcp.options.mptcp.extensibility.flag", "Extensibility", FIELD_U8,
				      .mask = 0x40 },
	[TCP_MPTCP_NO_MORE_SUBFLOWS] = { "tcp.options.mptcp.nomoresubflows.flag",
					 "Do not attempt to establish new subflows to this address and port",
					 FIELD_U8, .mask = 0x20 },
	[TCP_MPTCP_SHA256] = { "tcp.options.mptcp.sha256.flag", "Use HMAC-SHA256", FIELD_U8, .mask = 0x01 },
	[TCP_MPTCP_DATA_FIN] = { "tcp.options.mptcp.datafin.flag", "DATA_FIN", FIELD_U8, .mask = 0x10 },
	[TCP_MPTCP_DSEQN8] = { "tcp.options.mptcp.dseqn8.flag", "Data Sequence Number is 8 octets", FIELD_U8,
			       .mask = 0x08 },
	[TCP_MPTCP_DSEQN_PRESENT] = { "tcp.options.mptcp.dseqnpresent.flag",
				      "Data Sequence Number, Subflow Sequence Number, Data-level Length, "
				      "Checksum present", FIELD_U8, .mask = 0x04 },
	[TCP_MPTCP_DATA_ACK8] = { "tcp.options.mptcp.dataack8.flag", "Data ACK is 8 octets", FIELD_U8,
				  .mask = 0x02 },
	[TCP_MPTCP_DATA_ACK_PRESENT] = { "tcp.options.mptcp.dataackpresent.flag", "Data ACK is present",
					 FIELD_U8, .mask = 0x01 },
	[TCP_MPTCP_BACKUP] = { "tcp.options.mptcp.backup.flag", "Backup flag", FIELD_U8, .mask = 0x01 },
	[TCP_MPTCP_ADDRESS_ID] = { "tcp.options.mptcp.addrid", "Address ID", FIELD_U8 },
	[TCP_MPTCP_SENDER_KEY] = { "tcp.options.mptcp.sendkey", "Sender's Key", FIELD_U64 },
	[TCP_MPTCP_RECEIVER_KEY] = { "tcp.options.mptcp.recvkey", "Receiver's Key", FIELD_U64 },
	[TCP_MPTCP_RECEIVER_TOKEN] = { "tcp.options.mptcp.recvtok", "Receiver's Token", FIELD_U32 },
	[TCP_MPTCP_SENDER_RANDOM] = { "tcp.options.mptcp.sendrand", "Sender's Random Number", FIELD_U32 },
	[TCP_MPTCP_SENDER_TRUNCATED_HMAC] = { "tcp.options.mptcp.sendtrunchmac", "Sender's Truncated HMAC",
					      FIELD_U64 },
	[TCP_MPTCP_SENDER_HMAC] = { "tcp.options.mptcp.sendhmac", "Sender's HMAC", FIELD_BYTES },
	[TCP_MPTCP_ADDRESS_HMAC] = { "tcp.options.mptcp.addaddrtrunchmac", "Truncated HMAC", FIELD_U64 },
	[TCP_MPTCP_RAW_DATA_ACK] = { "tcp.options.mptcp.rawdataack", "Original MPTCP Data ACK", FIELD_U64 },
	[TCP_MPTCP_RAW_DATA_SEQUENCE] = { "tcp.options.mptcp.rawdataseqno", "Data Sequence Number", FIELD_U64 },
	[TCP_MPTCP_SUBFLOW_SEQUENCE] = { "tcp.options.mptcp.subflowseqno", "Subflow Sequence Number", FIELD_U32 },
	[TCP_MPTCP_DATA_LENGTH] = { "tcp.options.mptcp.datalvllen", "Data-level Length", FIELD_U16 },
	[TCP_MPTCP_CHECKSUM] = { "tcp.options.mptcp.checksum", "Checksum", FIELD_U16, BASE_HEX },
	[TCP_MPTCP_IP_VERSION] = { "tcp.options.mptcp.ipver", "IP version", FIELD_U8, .mask = 0x0f },
	[TCP_MPTCP_ECHO] = { "tcp.options.mptcp.echo", "Echo", FIELD_U8, .mask = 0x01 },
	[TCP_MPTCP_IPV4] = { "tcp.options.mptcp.ipv4", "Advertised IPv4 Address", FIELD_IPV4 },
	[TCP_MPTCP_IPV6] = { "tcp.options.mptcp.ipv6", "Advertised IPv6 Address", FIELD_IPV6 },
	[TCP_MPTCP_PORT] = { "tcp.options.mptcp.port", "Advertised port", FIELD_U16 },
	[TCP_MPTCP_RST_REASON] = { "tcp.options.mptcp.rst_reason", "TCPRST Reason", FIELD_U8, BASE_HEX },
};

/* --- what is known of the connection --- */

static bool is_first_syn(uint16_t flags)
{
	return (flags & (TCP_SYN | TCP_ACK_FLAG)) == TCP_SYN;
}

/* A SYN with another number, or after the end, opens a new connection on the same ports. */
static bool reuses_ports(const struct dissection *d, const struct tcp_header *header)
{
	if (!is_first_syn(header->flags))
		return false;
	const struct conversation *old = conversation_known(d, IP_PROTO_TCP);
	if (!old)
		return false;
	bool from_opener = !memcmp(&old->opener, &d->from, sizeof d->from);
	unsigned side = !from_opener;
	return old->base_known[side] && (old->base_sequence[side] != header->sequence || old->closing);
}

static const struct conversation *find_conversation(struct dissection *d, const struct tcp_header *header)
{
	if (reuses_ports(d, header))
		return conversation_anew(d, IP_PROTO_TCP);
	return conversation_of(d, IP_PROTO_TCP);
}

/* A direction's numbers count from its SYN, or from one before the first that was seen. */
static void learn_bases(struct dissection *d, const struct tcp_header *header)
{
	struct conversation *talk = conversation_pen(d);
	unsigned side = !d->from_opener;

	if (!talk)
		return;
	bool syn = header->flags & TCP_SYN, ack = header->flags & TCP_ACK_FLAG;
	if (!talk->base_known[side] || (syn && ack)) {
		talk->base_sequence[side] = header->sequence - !syn;
		talk->base_known[side] = true;
	}
	if (!talk->base_known[!side] && ack) {
		talk->base_sequence[!side] = header->acknowledgment - 1;
		talk->base_known[!side] = true;
	}
	if (header->flags & (TCP_FIN | TCP_RST))
		talk->closing = true;
}

/* RFC 7323, 2.2: both SYNs must have offered it.  One that was not captured is believed to
 * have, if the other end answered as if it had. */
static void learn_scale(struct dissection *d, const struct tcp_header *header)
{
	struct conversation *talk = conversation_pen(d);
	unsigned side = !d->from_opener;

	if (!talk || !(header->flags & TCP_SYN))
		return;
	talk->syn_seen[side] = true;
	if (header->wscale >= 0)
		talk->window_shift[side] = (int8_t)header->wscale;
	bool refused = header->wscale < 0 || (talk->syn_seen[!side] && talk->window_shift[!side] == SCALE_UNKNOWN);
	if (header->flags & TCP_ACK_FLAG && refused)
		talk->window_shift[0] = talk->window_shift[1] = SCALE_NOT_USED;
}

/* Payload that was all seen before.  The first pass finds it and keeps it as a fact. */
static bool is_old_data(struct dissection *d, const struct tcp_header *header, uint32_t length)
{
	struct conversation *talk = conversation_pen(d);

	if (talk && length) {
		unsigned side = !d->from_opener;
		uint32_t next = header->sequence + !!(header->flags & TCP_SYN) + length;
		bool old = talk->data_seen[side] && (int32_t)(next - talk->next_sequence[side]) <= 0;
		if (old)
			learn(d, FACT_OTHER, 0);
		else
			talk->next_sequence[side] = next;
		talk->data_seen[side] = true;
	}
	return length && recall(d, FACT_OTHER, NULL);
}

/* --- the header --- */

static void show_flags(struct dissection *d, struct cursor *c, struct tcp_header *header)
{
	static const char letters[] = "RRRACEUAPRSF";
	static const char *const names[] = { "FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR", "AE" };
	char words[80] = "", string[3 * FLAG_BITS + 1], *at = words, *letter = string;

	header->flags = (uint16_t)take_flags(d, c, TCP_FLAGS, TCP_FLAGS_RES, TCP_FLAGS_FIN);
	node_id tree = last_node(d);
	if (only_learning(d))
		return;
	for (unsigned i = 0; i < COUNT(names); i++) {
		if (header->flags >> i & 1) {
			at = at == words ? at : stpcpy(at, ", ");
			at = stpcpy(at, names[i]);
		}
	}
	if (header->flags & TCP_RESERVED)
		at = stpcpy(at == words ? at : stpcpy(at, ", "), "Reserved");
	if (at == words)
		stpcpy(at, "<None>");
	info(d, " [%s]", words);
	label_set(d, tree, "Flags: 0x%03x (%s)", header->flags, words);
	if (!field_wanted(d, TCP_FLAGS_STR))
		return;
	for (unsigned i = 0; i < FLAG_BITS; i++) {
		if (header->flags >> (FLAG_BITS - 1 - i) & 1)
			*letter++ = letters[i];
		else
			letter = stpcpy(letter, "·");
	}
	*letter = '\0';
	open_node(d, tree);
	put_text(d, TCP_FLAGS_STR, arena_text(&d->arena, string, strlen(string)));
	close_node(d, tree);
	if (tree != NO_NODE)
		d->nodes[tree].span = d->node_count - tree;
}

static uint32_t base_of(const struct conversation *talk, unsigned side)
{
	return talk && talk->base_known[side] ? talk->base_sequence[side] : 0;
}

/* Flags stand after the numbers, but how those are shown depends on them. */
static void peek_header(const struct cursor *c, struct tcp_header *header)
{
	const uint8_t *at;

	if (!cursor_peek(c, 0, 10, &at))
		return;
	header->sequence = load_be32(at);
	header->acknowledgment = load_be32(at + 4);
	header->flags = load_be16(at + 8) & 0xfff;
}

static void show_sequence(struct dissection *d, struct cursor *c, const struct tcp_header *header,
			  const struct conversation *talk, uint32_t length)
{
	uint32_t at = c->pos;
	uint32_t relative = header->sequence - base_of(talk, !d->from_opener);
	const char *words = talk ? "    (relative sequence number)" : "";

	cursor_skip(c, 4);
	add_uint(d, c, TCP_SEQ, at, 4, relative);
	label(d, last_node(d), "%s", words);
	add_uint(d, c, TCP_SEQ_RAW, at, 4, header->sequence);
	if (talk || length) {
		uint32_t syn = !!(header->flags & TCP_SYN), fin = !!(header->flags & TCP_FIN);
		put_uint(d, TCP_NXTSEQ, (uint32_t)(relative + length + (syn | fin)));
		label(d, last_node(d), "%s", words);
	}
}

static void show_acknowledgment(struct dissection *d, struct cursor *c, const struct tcp_header *header,
				const struct conversation *talk)
{
	uint32_t at = c->pos;
	bool valid = header->flags & TCP_ACK_FLAG;

	cursor_skip(c, 4);
	add_uint(d, c, TCP_ACK, at, 4,
		 valid ? (uint32_t)(header->acknowledgment - base_of(talk, d->from_opener))
		       : header->acknowledgment);
	if (valid && talk)
		label(d, last_node(d), "    (relative ack number)");
	add_uint(d, c, TCP_ACK_RAW, at, 4, header->acknowledgment);
	if (!valid && header->acknowledgment)
		note_finding(d, TCP_ACK_NONZERO, NULL);
}

/* The window in bytes: SYNs are never scaled (RFC 7323, 2.2). */
static uint32_t show_window(struct dissection *d, struct cursor *c, const struct tcp_header *header,
			    const struct conversation *talk)
{
	uint32_t window = take_u16(d, c, TCP_WINDOW_VALUE);
	int shift = talk ? talk->window_shift[!d->from_opener] : SCALE_UNKNOWN;
	bool syn = header->flags & TCP_SYN;

	if (!syn && shift > 0)
		window <<= shift;
	put_uint(d, TCP_WINDOW, window);
	if (talk && !syn) {
		put_uint(d, TCP_WINDOW_SCALE, (uint64_t)(int64_t)(shift >= 0 ? 1 << shift : shift));
		if (shift < 0)
			label(d, last_node(d), shift == SCALE_UNKNOWN ? " (unknown)" : " (no window scaling used)");
	}
	return window;
}

/* `segment` covers header and payload, `sum` stands in it at byte 16. */
static void show_checksum(struct dissection *d, struct cursor *c, const struct cursor *segment)
{
	uint32_t sum;
	uint32_t length = segment->reported - segment->pos;
	uint16_t found = take_u16(d, c, TCP_CHECKSUM);
	node_id node = last_node(d);

	if (only_learning(d) || !(d->wants & WANT_FIELDS))
		return;
	if (d->in_error || segment->captured < segment->reported ||
	    !checksum_pseudo_header(&d->from, &d->to, IP_PROTO_TCP, length, &sum)) {
		label(d, node, " [unverified]");
		put_uint(d, TCP_CHECKSUM_STATUS, CHECKSUM_UNVERIFIED);
		return;
	}
	uint16_t rest = checksum_finish(checksum_add(sum, segment->data + segment->pos, length));
	uint16_t right = rest == 0 ? found : checksum_finish((uint32_t)(uint16_t)~rest + (uint16_t)~found);
	if (rest == 0)
		label(d, node, " [correct]");
	else
		label(d, node, " [incorrect, should be 0x%04x]", right);
	put_uint(d, TCP_CHECKSUM_STATUS, rest == 0 ? CHECKSUM_GOOD : CHECKSUM_BAD);
	put_uint(d, TCP_CHECKSUM_CALCULATED, right);
	if (rest) {
		node_flag(d, last_node(d), NODE_BAD);
		note_finding_on(d, node, TCP_CHECKSUM_BAD, "Bad checksum [should be 0x%04x]",
				right);
	}
}

static void show_timestamps(struct dissection *d, struct cursor *c, const struct conversation *talk)
{
	if (!talk || only_learning(d))
		return;
	node_id tree = open_tree(d, c, TCP_TIMESTAMPS);
	node_flag(d, tree, NODE_GENERATED);
	put_duration(d, TCP_TIME_RELATIVE, time_between(talk->first_time_ns, d->packet.time_ns));
	put_duration(d, TCP_TIME_DELTA, conversation_gap(d));
	close_tree(d, tree, c);
}

/* --- payload --- */

/* "[2 Reassembled TCP Segments (1630 bytes): #6(1448), #8(182)]", beside the protocols. */
static void report_message(struct dissection *d, const struct message *message)
{
	const struct extent *extents = message_extents(d->learned, message);
	uint32_t at = 0;

	if (!(d->wants & WANT_FIELDS) || !extents)
		return;
	struct cursor whole = { .data = d->buffers[d->buffer_count - 1].bytes,
				.source = (uint8_t)(d->buffer_count - 1),
				.captured = d->buffers[d->buffer_count - 1].length };
	node_id tree = open_tree_beside(d, &whole, TCP_SEGMENTS);
	node_flag(d, tree, NODE_GENERATED);
	node_set_length(d, tree, message->length);
	label_set(d, tree, "%u Reassembled TCP Segments (%u bytes): ", message->extent_count, message->length);
	for (uint32_t i = 0; i < message->extent_count; i++) {
		uint32_t length = extents[i].length;
		if (i < 20)
			label(d, tree, "%s#%u(%u)", i ? ", " : "", extents[i].packet, length);
		add_uint(d, &whole, TCP_SEGMENT, at, length, extents[i].packet);
		node_flag(d, last_node(d), NODE_GENERATED);
		label_set(d, last_node(d), "Frame: %u, payload: %u-%u (%u bytes)", extents[i].packet, at,
			  at + length - 1, length);
		at += length;
	}
	put_uint(d, TCP_SEGMENT_COUNT, message->extent_count);
	put_uint(d, TCP_REASSEMBLED_LENGTH, message->length);
	add_bytes(d, &whole, TCP_REASSEMBLED_DATA, 0, whole.captured, whole.data, whole.captured);
	node_flag(d, last_node(d), NODE_GENERATED);
	close_tree_beside(d, tree);
}

static void show_fate(struct dissection *d, const struct cursor *payload, const struct segment_fate *fate)
{
	if (fate->unfinished && !fate->dissected)
		info(d, " [TCP segment of a reassembled PDU]");
	if (!fate->part_of_message || !(d->wants & WANT_FIELDS))
		return;
	if (fate->reassembled_in && fate->reassembled_in != d->packet.number)
		put_uint(d, TCP_REASSEMBLED_IN, fate->reassembled_in);
	put_bytes(d, TCP_SEGMENT_DATA, payload);
	label_set(d, last_node(d), "TCP segment data (%u byte%s)", cursor_left(payload),
		  cursor_left(payload) == 1 ? "" : "s");
}

/* The lower port first: servers listen there. */
static const struct dissector *find_dissector(struct dissection *d)
{
	uint16_t low = d->from.port < d->to.port ? d->from.port : d->to.port;
	uint16_t high = d->from.port < d->to.port ? d->to.port : d->from.port;
	const struct dissector *who = who_claims(BY_TCP_PORT, low);

	d->matched_port = low;
	if (!who) {
		who = who_claims(BY_TCP_PORT, high);
		d->matched_port = high;
	}
	return who;
}

/* The first dissector in the list that recognises the payload; the first pass asks, and what it
 * found holds from this packet on. */
static const struct dissector *find_by_looks(struct dissection *d, const struct cursor *payload)
{
	const struct conversation *talk = d->conversation;
	uint32_t found_in = talk ? fact_link(&talk->found_in) : 0;
	struct conversation *pen = talk ? conversation_pen(d) : NULL;

	if (found_in)
		return d->packet.number >= found_in ? registry_dissector(talk->found) : NULL;
	if (!pen || payload->pos >= payload->reported)
		return NULL;
	for (unsigned i = 0; i < registry_dissector_count(); i++) {
		const struct dissector *who = registry_dissector(i);
		if (!who->looks_like || !who->message_size || !who->looks_like(d, payload))
			continue;
		pen->found = (uint16_t)i;
		fact_set_link(&pen->found_in, d->packet.number);
		return who;
	}
	return NULL;
}

static void hand_on_payload(struct dissection *d, const struct tcp_header *header, const struct cursor *payload)
{
	const struct dissector *who = find_dissector(d);
	if (!who && (who = find_by_looks(d, payload)))
		d->matched_port = 0;
	bool empty = payload->pos >= payload->reported;
	struct segment segment = {
		.sequence = header->sequence, .acknowledged = header->acknowledgment,
		.syn = header->flags & TCP_SYN, .fin = header->flags & TCP_FIN,
		.ack = header->flags & TCP_ACK_FLAG,
	};

	/* What comes with a RST explains it (RFC 9293, 3.5.2), and is not data. */
	if (header->flags & TCP_RST || (who && !who->message_size))
		who = NULL;
	if (who && d->conversation) {
		struct segment_fate fate = stream_feed(d, &segment, payload, who, report_message);
		if (!empty)
			show_fate(d, payload, &fate);
		return;
	}
	if (empty)
		return;
	if (who)
		dissect_layer(d, who, *payload);
	else if (!is_old_data(d, header, payload->reported - payload->pos))
		hand_on_as_data(d, *payload);
}

static void show_payload(struct dissection *d, const struct cursor *payload)
{
	if (!(d->wants & WANT_FIELDS) || payload->pos >= payload->reported)
		return;
	put_bytes(d, TCP_PAYLOAD, payload);
	label_set(d, last_node(d), "TCP payload (%u byte%s)", payload->reported - payload->pos,
		  payload->reported - payload->pos == 1 ? "" : "s");
}

static void show_ports(struct dissection *d, struct cursor *c)
{
	d->from.port = take_u16(d, c, TCP_SRCPORT);
	put_alias(d, TCP_PORT, d->from.port);
	d->to.port = take_u16(d, c, TCP_DSTPORT);
	put_alias(d, TCP_PORT, d->to.port);
	info_begin(d);
	info(d, "%u → %u", d->from.port, d->to.port);
	label(d, layer_node(d), ", Src Port: %u, Dst Port: %u", d->from.port, d->to.port);
}

/* A quick look, which may find the kind in an option's body: then it is read for nothing. */
static bool has_option(const struct cursor *c, uint8_t kind)
{
	uint32_t n = cursor_left(c);
	const uint8_t *at;

	return n && cursor_peek(c, 0, n, &at) && memchr(at, kind, n);
}

/* The options, of which the first pass needs a SYN's only. */
static void show_options(struct dissection *d, struct cursor *c, uint32_t length, struct tcp_header *header)
{
	if (!length)
		return;
	struct cursor options = cursor_split(c, length);
	/* Without a SYN they teach nothing, but Multipath TCP (kind 30) shows in the path. */
	if (only_learning(d) && !(header->flags & TCP_SYN) && !has_option(&options, 30))
		return;
	tcp_options(d, &options, header);
}

static bool header_is_bogus(struct dissection *d, uint32_t length, uint32_t sent)
{
	if (length >= LEAST_HEADER && length <= sent)
		return false;
	if (length < LEAST_HEADER) {
		note_finding(d, TCP_BOGUS_HEADER_LENGTH, "Bogus TCP header length");
		info(d, ", bogus TCP header length (%u, must be at least %u)", length, LEAST_HEADER);
		return true;
	}
	note_finding(d, TCP_SHORT_SEGMENT, "Short segment");
	return false;
}

static void tcp_dissect(struct dissection *d, struct cursor *c)
{
	struct tcp_header header = { .wscale = -1 };
	struct cursor segment = *c;
	uint32_t sent = cursor_sent(c);
	const uint8_t *at;

	show_ports(d, c);
	/* ICMP quotes at least 8 bytes (RFC 792), often no more. */
	if (d->in_error && sent < LEAST_HEADER) {
		take_u32(d, c, TCP_SEQ);
		return;
	}
	uint32_t length = cursor_peek(c, 8, 1, &at) ? 4u * (*at >> 4) : LEAST_HEADER;
	uint32_t payload_length = sent > length ? sent - length : 0;
	peek_header(c, &header);
	const struct conversation *talk = cursor_left(c) >= 10 ? find_conversation(d, &header) : NULL;
	if (talk)
		learn_bases(d, &header);
	header.ack_base = base_of(talk, d->from_opener);
	if (talk)
		put_uint(d, TCP_STREAM, talk->stream);
	put_uint(d, TCP_LEN, payload_length);
	show_sequence(d, c, &header, talk, payload_length);
	show_acknowledgment(d, c, &header, talk);
	struct cursor offset = *c;
	cursor_u8(&offset);
	add_uint(d, &offset, TCP_HDR_LEN, c->pos, 1, length);
	label_set(d, last_node(d), "%u%u%u%u .... = Header Length: %u bytes (%u)", length >> 5 & 1, length >> 4 & 1,
		  length >> 3 & 1, length >> 2 & 1, length, length / 4);
	if (header_is_bogus(d, length, sent))
		return;
	show_flags(d, c, &header);
	uint32_t window = show_window(d, c, &header, talk);
	show_checksum(d, c, &segment);
	if (header.flags & TCP_RST && !cursor_ok(c))
		return;
	uint16_t urgent = take_u16(d, c, TCP_URGENT_POINTER);
	if (urgent && !(header.flags & TCP_URG))
		note_finding(d, TCP_URGENT_NONZERO, NULL);
	info(d, " Seq=%u", header.sequence - base_of(talk, !d->from_opener));
	if (header.flags & TCP_ACK_FLAG)
		info(d, " Ack=%u", header.acknowledgment - header.ack_base);
	info(d, " Win=%u", window);
	if (header.flags & TCP_URG)
		info(d, " Urg=%u", urgent);
	info(d, " Len=%u", payload_length);
	show_options(d, c, length - LEAST_HEADER, &header);
	learn_scale(d, &header);
	end_header(d, c);
	show_timestamps(d, c, talk);
	label(d, layer_node(d), ", Seq: %u", header.sequence - base_of(talk, !d->from_opener));
	if (header.flags & TCP_ACK_FLAG)
		label(d, layer_node(d), ", Ack: %u", header.acknowledgment - header.ack_base);
	label(d, layer_node(d), ", Len: %u", payload_length);
	show_payload(d, c);
	hand_on_payload(d, &header, c);
}

static const struct claim tcp_claims[] = { { BY_IP_PROTO, IP_PROTO_TCP } };

const struct dissector tcp_dissector = {
	.name = "tcp",
	.short_name = "TCP",
	.title = "Transmission Control Protocol",
	.fields = tcp_fields,
	.field_count = COUNT(tcp_fields),
	.claims = tcp_claims,
	.claim_count = COUNT(tcp_claims),
	.dissect = tcp_dissect,
};
