/* tcp_options.c - TCP options: a table of kinds, each with its reader. */
#include "tcp.h"

#include "base/sequence.h"
#include "dissect/dissection_settings.h"
#include "state/tcp_analysis.h"

struct option_kind {
	uint8_t kind;
	unsigned field;	     /* of its subtree */
	const char *name;    /* in the line of the subtree and of all options */
	uint8_t least, most; /* its whole length; 0: any */
	void (*read)(struct dissection *d, struct cursor *c, struct tcp_header *header,
		     node_id tree);
};

static void read_nothing(struct dissection *d, struct cursor *c, struct tcp_header *header,
			 node_id tree)
{
	(void)d;
	(void)c;
	(void)header;
	(void)tree;
}

static void read_mss(struct dissection *d, struct cursor *c, struct tcp_header *header,
		     node_id tree)
{
	header->mss = take_u16(d, c, TCP_MSS_VAL);
	label(d, tree, ": %u bytes", header->mss);
	info_count(d, " MSS=", header->mss);
}

static void read_wscale(struct dissection *d, struct cursor *c, struct tcp_header *header,
			node_id tree)
{
	uint8_t shift = take_u8(d, c, TCP_WSCALE_SHIFT);
	node_id value = last_node(d);

	/* RFC 7323, 2.3: more than 14 is taken as 14. */
	if (shift > MOST_WSCALE) {
		note_finding_on(d, last_node(d), TCP_WSCALE_INVALID, NULL);
		shift = MOST_WSCALE;
	}
	node_stand_on(d, put_uint(d, TCP_WSCALE_MULTIPLIER, UINT64_C(1) << shift), value);
	header->wscale = shift;
	label(d, tree, ": %u (multiply by %u)", shift, 1u << shift);
	info_count(d, " WS=", 1u << shift);
}

static void read_sack_permitted(struct dissection *d, struct cursor *c, struct tcp_header *header,
				node_id tree)
{
	(void)c;
	(void)tree;
	header->sack_permitted = true;
	info_words(d, " SACK_PERM");
}

static void show_duplicate(struct dissection *d, uint32_t left, uint32_t right, const char *words)
{
	node_id node = put_uint(d, TCP_SACK_DSACK_LE, left);

	label_set(d, node, "D-SACK Left Edge = %u%s", left, words);
	node = put_uint(d, TCP_SACK_DSACK_RE, right);
	label_set(d, node, "D-SACK Right Edge = %u%s", right, words);
	note_finding(d, TCP_SACK_DSACK, NULL);
}

/* The edges are shown relative, like the acknowledgment that they go with. */
static void read_sack(struct dissection *d, struct cursor *c, struct tcp_header *header,
		      node_id tree)
{
	uint32_t count = 0, first_left = 0, first_right = 0;
	uint32_t ack = header->acknowledgment - header->ack_shown_from;
	const char *words = dissection_settings()->absolute_sequences ? "" : " (relative)";
	bool is_duplicate = false; /* the first block repeats what was received (RFC 2883, 4) */

	header->has_sack = true;
	while (cursor_left(c) >= 8) {
		uint32_t at = c->pos;
		uint32_t left = cursor_u32(c) - header->ack_shown_from;
		uint32_t right = cursor_u32(c) - header->ack_shown_from;
		add_uint(d, c, TCP_SACK_LE, at, 4, left);
		label_set(d, last_node(d), "left edge = %u%s", left, words);
		add_uint(d, c, TCP_SACK_RE, at + 4, 4, right);
		label_set(d, last_node(d), "right edge = %u%s", right, words);
		if (!count) {
			first_left = left;
			first_right = right;
			is_duplicate = sequence_before(left, ack);
		} else if (count == 1) {
			is_duplicate |= !sequence_before(first_left, left) &&
					!sequence_before(right, first_right);
		}
		label(d, tree, " %u-%u", left, right);
		info_count(d, " SLE=", left);
		info_count(d, " SRE=", right);
		count++;
	}
	if (!count)
		return;
	header->sack_left = first_left + header->ack_shown_from;
	header->sack_right = first_right + header->ack_shown_from;
	put_uint(d, TCP_SACK_COUNT, count);
	if (is_duplicate)
		show_duplicate(d, first_left, first_right, words);
}

static void read_echo(struct dissection *d, struct cursor *c, struct tcp_header *header,
		      node_id tree)
{
	(void)header;
	uint32_t value = take_u32(d, c, TCP_ECHO_VALUE);
	label(d, tree, ": %u", value);
	info(d, " ECHO=%u", value);
}

static void read_cc(struct dissection *d, struct cursor *c, struct tcp_header *header, node_id tree)
{
	(void)header;
	uint32_t value = take_u32(d, c, TCP_CC_VALUE);
	label(d, tree, ": %u", value);
	info(d, " CC=%u", value);
}

static void read_timestamp(struct dissection *d, struct cursor *c, struct tcp_header *header,
			   node_id tree)
{
	(void)header;
	uint32_t value = take_u32(d, c, TCP_TSVAL);
	uint32_t echo = take_u32(d, c, TCP_TSECR);
	label(d, tree, ": TSval %u, TSecr %u", value, echo);
	info_count(d, " TSval=", value);
	info_count(d, " TSecr=", echo);
}

static void read_md5(struct dissection *d, struct cursor *c, struct tcp_header *header,
		     node_id tree)
{
	(void)header;
	(void)tree;
	take_bytes(d, c, TCP_MD5_DIGEST, cursor_left(c));
	info(d, " MD5");
}

static void read_user_timeout(struct dissection *d, struct cursor *c, struct tcp_header *header,
			      node_id tree)
{
	(void)header;
	(void)tree;
	look_uint_n(d, c, TCP_USER_TO_GRANULARITY, 2);
	uint32_t value = take_u16(d, c, TCP_USER_TO_VAL);
	info(d, " USER_TO=%u", value);
}

static void read_authentication(struct dissection *d, struct cursor *c, struct tcp_header *header,
				node_id tree)
{
	(void)header;
	(void)tree;
	take_u8(d, c, TCP_AO_KEYID);
	take_u8(d, c, TCP_AO_RNEXTKEYID);
	if (cursor_left(c))
		take_bytes(d, c, TCP_AO_MAC, cursor_left(c));
	info(d, "TCP AO");
}

static void read_quick_start(struct dissection *d, struct cursor *c, struct tcp_header *header,
			     node_id tree)
{
	(void)header;
	(void)tree;
	uint8_t rate = take_u8(d, c, TCP_QS_RATE);
	take_u8(d, c, TCP_QS_TTL_DIFF);
	info(d, " QSresp=%s", value_name(tcp_fields[TCP_QS_RATE].names, rate));
}

static void read_fast_open(struct dissection *d, struct cursor *c, struct tcp_header *header,
			   node_id tree)
{
	(void)tree;
	if (!cursor_left(c)) {
		add_node(d, c, TCP_TFO_REQUEST, c->pos, 0);
		info(d, " TFO=R");
		return;
	}
	take_bytes(d, c, TCP_TFO_COOKIE, cursor_left(c));
	header->has_cookie = true;
	if ((header->flags & (TCP_BIT_SYN | TCP_BIT_ACK)) == TCP_BIT_SYN) {
		note_finding_on(d, last_node(d), TCP_A_TFO_SYN, NULL);
		tcp_note_cookie(d);
	}
	info(d, " TFO=C");
}

/* draft-gomez-tcpm-ack-rate-request: how many segments may share an acknowledgement. */
static void read_ack_rate(struct dissection *d, struct cursor *c, node_id tree)
{
	if (cursor_sent(c) != 1) {
		if (!cursor_sent(c))
			info_words(d, " TARR");
		return;
	}
	uint64_t rate = look_uint(d, c, TCP_TARR_RATE);
	take_u8(d, c, TCP_TARR_RESERVED);
	label(d, tree, " %u", (unsigned)rate);
	info_count(d, " TARR=", rate);
}

/* RFC 6994: an experiment says its number first. */
static void read_experimental(struct dissection *d, struct cursor *c, struct tcp_header *header,
			      node_id tree)
{
	uint16_t id = take_u16(d, c, TCP_EXID);
	const char *name = value_name(tcp_fields[TCP_EXID].names, id);

	label(d, tree, ": %s", name ? name : "Unknown");
	if (id == EXPERIMENT_FAST_OPEN) {
		read_fast_open(d, c, header, tree);
		return;
	}
	if (id == EXPERIMENT_ACK_RATE)
		read_ack_rate(d, c, tree);
	else
		info(d, " ExID=%X", id);
	if (cursor_left(c))
		take_bytes(d, c, TCP_EXPERIMENTAL_DATA, cursor_left(c));
}

/* Three, of which the last may be left out. */
static void take_counters(struct dissection *d, struct cursor *c, const unsigned fields[3])
{
	for (unsigned i = 0; i < 3 && cursor_left(c) >= 3; i++)
		take_uint(d, c, fields[i]);
}

static void read_accurate_ecn(struct dissection *d, struct cursor *c, struct tcp_header *header,
			      node_id tree)
{
	(void)header;
	(void)tree;
	take_counters(d, c,
		      (const unsigned[]){ TCP_ACC_ECN_EE0B, TCP_ACC_ECN_ECEB, TCP_ACC_ECN_EE1B });
}

static void read_accurate_ecn_1(struct dissection *d, struct cursor *c, struct tcp_header *header,
				node_id tree)
{
	(void)header;
	(void)tree;
	take_counters(d, c,
		      (const unsigned[]){ TCP_ACC_ECN_EE1B, TCP_ACC_ECN_ECEB, TCP_ACC_ECN_EE0B });
}

/* --- Multipath TCP, RFC 8684 3 --- */

enum {
	MP_CAPABLE,
	MP_JOIN,
	MP_DSS,
	MP_ADD_ADDR,
	MP_REMOVE_ADDR,
	MP_PRIO,
	MP_FAIL,
	MP_FASTCLOSE,
	MP_TCPRST
};

const struct value_name tcp_mptcp_subtypes[] = {
	{ MP_CAPABLE, "Multipath Capable" },  { MP_JOIN, "Join Connection" },
	{ MP_DSS, "Data Sequence Signal" },   { MP_ADD_ADDR, "Add Address" },
	{ MP_REMOVE_ADDR, "Remove Address" }, { MP_PRIO, "Change Subflow Priority" },
	{ MP_FAIL, "TCP Fallback" },	      { MP_FASTCLOSE, "Fast Close" },
	{ MP_TCPRST, "TCP Reset" },	      { 0, NULL },
};

/* Version 1 has a bit more than version 0 (RFC 6824), and another hash. */
static void take_capabilities(struct dissection *d, struct cursor *c, uint8_t version)
{
	look_uint(d, c, TCP_MPTCP_FLAGS);
	node_id tree = last_node(d);

	open_node(d, tree);
	look_uint(d, c, TCP_MPTCP_CHECKSUM_REQUIRED);
	look_uint(d, c, TCP_MPTCP_EXTENSIBILITY);
	if (version) {
		look_uint(d, c, TCP_MPTCP_NO_MORE_SUBFLOWS);
		look_uint(d, c, TCP_MPTCP_SHA256);
	} else {
		look_uint(d, c, TCP_MPTCP_SHA1);
	}
	look_uint(d, c, TCP_MPTCP_RESERVED_BITS);
	close_node(d, tree);
	cursor_skip(c, 1);
}

static void read_mp_capable(struct dissection *d, struct cursor *c)
{
	uint8_t version = take_u8(d, c, TCP_MPTCP_VERSION);
	take_capabilities(d, c, version);
	if (cursor_left(c) >= 8)
		take_uint(d, c, TCP_MPTCP_SENDER_KEY);
	if (cursor_left(c) >= 8)
		take_uint(d, c, TCP_MPTCP_RECEIVER_KEY);
	if (cursor_left(c) >= 2)
		take_uint(d, c, TCP_MPTCP_DATA_LENGTH);
	if (cursor_left(c) >= 2)
		take_uint(d, c, TCP_MPTCP_CHECKSUM);
}

/* The three packets of a join's handshake differ by length. */
static void read_mp_join(struct dissection *d, struct cursor *c)
{
	enum { SYN_BODY = 10, SYN_ACK_BODY = 14, ACK_BODY = 22 };
	uint32_t size = cursor_left(c);

	if (size == ACK_BODY) {
		take_u16(d, c, TCP_MPTCP_RESERVED);
		take_bytes(d, c, TCP_MPTCP_SENDER_HMAC, cursor_left(c));
		return;
	}
	take_flags(d, c, TCP_MPTCP_FLAGS, TCP_MPTCP_BACKUP, TCP_MPTCP_BACKUP);
	take_u8(d, c, TCP_MPTCP_ADDRESS_ID);
	if (size == SYN_BODY) {
		take_u32(d, c, TCP_MPTCP_RECEIVER_TOKEN);
		take_u32(d, c, TCP_MPTCP_SENDER_RANDOM);
	} else if (size == SYN_ACK_BODY) {
		take_uint(d, c, TCP_MPTCP_SENDER_TRUNCATED_HMAC);
		take_u32(d, c, TCP_MPTCP_SENDER_RANDOM);
	}
}

static void read_mp_dss(struct dissection *d, struct cursor *c)
{
	enum { DATA_ACK = 1, DATA_ACK8 = 2, SEQUENCE = 4, SEQUENCE8 = 8 };

	cursor_skip(c, 1);
	uint64_t flags =
		take_flags(d, c, TCP_MPTCP_FLAGS, TCP_MPTCP_DATA_FIN, TCP_MPTCP_DATA_ACK_PRESENT);
	if (flags & DATA_ACK)
		take_uint_n(d, c, TCP_MPTCP_RAW_DATA_ACK, flags & DATA_ACK8 ? 8 : 4);
	if (!(flags & SEQUENCE))
		return;
	take_uint_n(d, c, TCP_MPTCP_RAW_DATA_SEQUENCE, flags & SEQUENCE8 ? 8 : 4);
	take_u32(d, c, TCP_MPTCP_SUBFLOW_SEQUENCE);
	take_u16(d, c, TCP_MPTCP_DATA_LENGTH);
	if (cursor_left(c) >= 2)
		take_u16(d, c, TCP_MPTCP_CHECKSUM);
}

static void read_mp_add_address(struct dissection *d, struct cursor *c)
{
	uint32_t size = cursor_left(c);
	const uint8_t *p;
	/* RFC 6824 has the version of IP where RFC 8684 has a flag. */
	bool version_0 = cursor_peek(c, 0, 1, &p) && ((*p & 15) == 4 || (*p & 15) == 6);

	take_u8(d, c, version_0 ? TCP_MPTCP_IP_VERSION : TCP_MPTCP_ECHO);
	take_u8(d, c, TCP_MPTCP_ADDRESS_ID);
	/* 4 or 16 bytes of address, perhaps 2 of port and 8 of HMAC. */
	bool six = size - 2 >= 16 && size != 2 + 4 + 2 + 8 && size != 2 + 4 + 8;
	if (six)
		take_ipv6(d, c, TCP_MPTCP_IPV6);
	else
		take_ipv4(d, c, TCP_MPTCP_IPV4);
	if (cursor_left(c) == 2 || cursor_left(c) == 10)
		take_u16(d, c, TCP_MPTCP_PORT);
	if (cursor_left(c) == 8)
		take_uint(d, c, TCP_MPTCP_ADDRESS_HMAC);
}

static void read_mptcp(struct dissection *d, struct cursor *c, struct tcp_header *header,
		       node_id tree)
{
	(void)header;
	uint8_t subtype = (uint8_t)look_uint(d, c, TCP_MPTCP_SUBTYPE);
	const char *name = value_name(tcp_mptcp_subtypes, subtype);

	label_set(d, tree, "Multipath Transmission Control Protocol: %s", name ? name : "Unknown");
	info_protocol(d, "MPTCP");
	path_mention(d, "mptcp");
	begin_part(d, "MPTCP");
	switch (subtype) {
	case MP_CAPABLE:
		read_mp_capable(d, c);
		break;
	case MP_JOIN:
		read_mp_join(d, c);
		break;
	case MP_DSS:
		read_mp_dss(d, c);
		break;
	case MP_ADD_ADDR:
		read_mp_add_address(d, c);
		break;
	case MP_REMOVE_ADDR:
		cursor_skip(c, 1);
		put_uint(d, TCP_MPTCP_REMOVED_COUNT, cursor_left(c));
		while (cursor_left(c))
			take_u8(d, c, TCP_MPTCP_ADDRESS_ID);
		break;
	case MP_PRIO:
		take_flags(d, c, TCP_MPTCP_FLAGS, TCP_MPTCP_BACKUP, TCP_MPTCP_BACKUP);
		if (cursor_left(c))
			take_u8(d, c, TCP_MPTCP_ADDRESS_ID);
		break;
	case MP_FAIL:
		take_u16(d, c, TCP_MPTCP_RESERVED);
		take_uint(d, c, TCP_MPTCP_RAW_DATA_SEQUENCE);
		break;
	case MP_FASTCLOSE:
		take_u16(d, c, TCP_MPTCP_RESERVED);
		take_uint(d, c, TCP_MPTCP_RECEIVER_KEY);
		break;
	case MP_TCPRST:
		take_flags(d, c, TCP_MPTCP_FLAGS, TCP_MPTCP_RST_U, TCP_MPTCP_RST_T);
		take_u8(d, c, TCP_MPTCP_RST_REASON);
		break;
	default:
		if (cursor_left(c))
			take_bytes(d, c, TCP_UNKNOWN_PAYLOAD, cursor_left(c));
	}
	end_part(d, c);
}

/* What is not known, and what is known but of a length that it cannot have. */
static void read_unknown(struct dissection *d, struct cursor *c, struct tcp_header *header,
			 node_id tree)
{
	(void)header;
	(void)tree;
	if (cursor_left(c))
		take_bytes(d, c, TCP_UNKNOWN_PAYLOAD, cursor_left(c));
}

static const struct option_kind option_kinds[] = {
	{ KIND_MSS, TCP_OPT_MSS, "Maximum segment size", 4, 4, read_mss },
	{ KIND_WSCALE, TCP_OPT_WSCALE, "Window scale", 3, 3, read_wscale },
	{ KIND_SACK_PERMITTED, TCP_OPT_SACK_PERM, "SACK permitted", 2, 2, read_sack_permitted },
	{ KIND_SACK, TCP_OPT_SACK, "SACK", 2, 0, read_sack },
	{ 6, TCP_OPT_ECHO, "Echo", 6, 6, read_echo },
	{ 7, TCP_OPT_ECHO_REPLY, "Echo reply", 6, 6, read_echo },
	{ KIND_TIMESTAMPS, TCP_OPT_TIMESTAMP, "Timestamps", 10, 10, read_timestamp },
	{ 11, TCP_OPT_CC, "CC", 6, 6, read_cc },
	{ 12, TCP_OPT_CC_NEW, "CC.NEW", 6, 6, read_cc },
	{ 13, TCP_OPT_CC_ECHO, "CC.ECHO", 6, 6, read_cc },
	{ 19, TCP_OPT_MD5, "TCP MD5 signature", 18, 18, read_md5 },
	{ 27, TCP_OPT_QS, "Quick-Start", 8, 8, read_quick_start },
	{ 28, TCP_OPT_USER_TO, "User Timeout", 4, 4, read_user_timeout },
	{ 29, TCP_OPT_AO, "TCP AO", 4, 0, read_authentication },
	{ KIND_MULTIPATH, TCP_OPT_MPTCP, "MPTCP", 3, 0, read_mptcp },
	{ 34, TCP_OPT_TFO, "TCP Fast Open", 2, 18, read_fast_open },
	{ 172, TCP_OPT_ACC_ECN, "Accurate ECN Order 0", 2, 11, read_accurate_ecn },
	{ 174, TCP_OPT_ACC_ECN, "Accurate ECN Order 1", 2, 11, read_accurate_ecn_1 },
	{ 253, TCP_OPT_EXPERIMENTAL, "Experimental", 4, 0, read_experimental },
	{ 254, TCP_OPT_EXPERIMENTAL, "Experimental", 4, 0, read_experimental },
};

static const struct option_kind end_of_options = {
	KIND_END, TCP_OPT_EOL, "End of Option List (EOL)", 1, 1, read_nothing
};
static const struct option_kind no_operation = { KIND_NOP, TCP_OPT_NOP, "No-Operation (NOP)",
						 1,	   1,		read_nothing };
static const struct option_kind unknown_option = {
	0, TCP_OPT_UNKNOWN, "Unknown", 2, 0, read_unknown
};

static const struct option_kind *kind_of(uint8_t kind)
{
	if (kind == 0)
		return &end_of_options;
	if (kind == 1)
		return &no_operation;
	for (unsigned i = 0; i < COUNT(option_kinds); i++)
		if (option_kinds[i].kind == kind)
			return &option_kinds[i];
	return &unknown_option;
}

/* The padding after the end is shown as more ends, as long as it is right. */
static bool end_goes_on(const struct cursor *c)
{
	const uint8_t *at;

	return cursor_peek(c, 0, 1, &at) && *at == 0;
}

/* False: there is nothing that could be read as this option, and no way to the next. */
static bool length_is_possible(struct dissection *d, const struct cursor *c, const char *name,
			       uint8_t length)
{
	const char *s = length == 1 ? "" : "s";

	if (length < 2)
		note_finding(d, TCP_OPTION_LEN_INVALID,
			     "%s (with too-short option length = %u byte%s)", name, length, s);
	else if (length - 2u > cursor_sent(c))
		note_finding(d, TCP_OPTION_LEN_INVALID,
			     "%s (option length = %u byte%s says option goes past end of options)",
			     name, length, s);
	return length >= 2 && length - 2u <= cursor_left(c);
}

/* Of the length that was added last. */
static bool length_is_right(struct dissection *d, const struct option_kind *option, uint8_t length)
{
	bool right = length >= option->least && (!option->most || length <= option->most);

	if (!right && option->most)
		note_finding_on(d, last_node(d), TCP_OPTION_LEN_INVALID,
				"option length should be %u", option->most);
	else if (!right)
		note_finding_on(d, last_node(d), TCP_OPTION_LEN_INVALID,
				"option length %u smaller than %u", length, option->least);
	return right;
}

/* One option; false: no more can be read. */
static bool read_option(struct dissection *d, struct cursor *c, struct tcp_header *header,
			node_id all)
{
	struct cursor start = *c;
	uint8_t kind = cursor_u8(c);
	const struct option_kind *option = kind_of(kind);
	bool lone = option == &end_of_options || option == &no_operation;
	uint8_t length = lone ? 1 : cursor_u8(c);

	const char *name = option->name;
	if (option == &unknown_option && !only_learning(d))
		name = arena_printf(&d->arena, "Unknown (0x%02x)", kind);
	if (!lone && !length_is_possible(d, c, name, length))
		return false;
	label(d, all, ", %s", name);
	node_id tree = open_tree(d, &start, option->field);
	label_set(d, tree, "TCP Option - %s", option->name);
	header->has_mss = header->has_mss || kind == KIND_MSS;
	if (kind == KIND_MSS && !(header->flags & TCP_BIT_SYN))
		note_finding(d, TCP_MSS_PRESENT, NULL);
	take_u8(d, &start, TCP_OPTION_KIND);
	if (lone) {
		close_tree(d, tree, c);
		return kind != 0 || end_goes_on(c);
	}
	take_u8(d, &start, TCP_OPTION_LEN);
	bool right = length_is_right(d, option, length);
	struct cursor body = cursor_split(c, length - 2u);
	if (right)
		option->read(d, &body, header, tree);
	else
		read_unknown(d, &body, header, tree);
	close_tree(d, tree, c);
	return true;
}

/* What stands behind the end of the options. */
static void note_padding(struct dissection *d, struct cursor *c)
{
	while (cursor_left(c)) {
		if (cursor_u8(c)) {
			note_finding(d, TCP_NONZERO_AFTER_EOL, "Non-zero header padding");
			return;
		}
	}
}

/* A row's words for the options that most segments have, in one go.  False: others, or more is
 * shown. */
static bool word_timestamps(struct dissection *d, const struct cursor *c)
{
	const uint8_t *at;
	uint32_t n = cursor_left(c);

	if (wants_fields(d) || !cursor_peek(c, 0, n, &at) || !tcp_only_timestamps(at, n))
		return false;
	info_count(d, " TSval=", load_be32(at + 4));
	info_count(d, " TSecr=", load_be32(at + 8));
	return true;
}

void tcp_options(struct dissection *d, struct cursor *c, struct tcp_header *header)
{
	if (!(header->flags & TCP_BIT_SYN) && word_timestamps(d, c)) {
		cursor_skip(c, cursor_left(c));
		return;
	}
	bool more = true;
	unsigned nops = 0;
	const uint8_t *kind;
	bool cut = cursor_left(c) < cursor_sent(c);
	node_id all = put_bytes(d, TCP_OPTIONS, c);

	label_set(d, all, "Options: (%u bytes)", cursor_sent(c));
	open_node(d, all);
	while (more && cursor_peek(c, 0, 1, &kind)) {
		bool end = *kind == end_of_options.kind;
		nops = *kind == no_operation.kind ? nops + 1 : 0;
		if (nops == NOPS_TOLD)
			note_finding(d, TCP_FOUR_NOPS, NULL);
		more = read_option(d, c, header, all);
		if (end && !more)
			note_padding(d, c);
	}
	if (header->flags & TCP_BIT_SYN && !header->has_mss && !cut)
		note_finding(d, TCP_MSS_ABSENT, NULL);
	close_node(d, all);
	cursor_skip(c, cursor_left(c));
}
