/* tcp.h - what tcp.c and tcp_options.c share. */
#ifndef DISSECTORS_TCP_H
#define DISSECTORS_TCP_H

#include "dissect/dissector.h"
#include "state/tcp_bit.h"

enum { EXPERIMENT_ACK_RATE = 0x00ac, EXPERIMENT_FAST_OPEN = 0xf989 };

enum {
	TCP,
	TCP_SRCPORT,
	TCP_DSTPORT,
	TCP_PORT,
	TCP_STREAM,
	TCP_LEN,
	TCP_SEQ,
	TCP_SEQ_RAW,
	TCP_NXTSEQ,
	TCP_ACK,
	TCP_ACK_RAW,
	TCP_HDR_LEN,
	TCP_FLAGS,
	TCP_FLAGS_RES,
	TCP_FLAGS_AE,
	TCP_FLAGS_CWR,
	TCP_FLAGS_ECE,
	TCP_FLAGS_URG,
	TCP_FLAGS_ACK,
	TCP_FLAGS_PUSH,
	TCP_FLAGS_RESET,
	TCP_FLAGS_SYN,
	TCP_FLAGS_FIN,
	TCP_FLAGS_STR,
	TCP_WINDOW_VALUE,
	TCP_WINDOW,
	TCP_WINDOW_SCALE,
	TCP_CHECKSUM,
	TCP_CHECKSUM_STATUS,
	TCP_CHECKSUM_CALCULATED,
	TCP_URGENT_POINTER,
	TCP_TIMESTAMPS,
	TCP_TIME_RELATIVE,
	TCP_TIME_DELTA,
	TCP_PAYLOAD,
	TCP_SEGMENT_DATA,
	TCP_SEGMENTS,
	TCP_SEGMENT,
	TCP_SEGMENT_COUNT,
	TCP_REASSEMBLED_IN,
	TCP_REASSEMBLED_LENGTH,
	TCP_PDU_SIZE,
	TCP_REASSEMBLED_DATA,
	TCP_COMPLETENESS,
	TCP_PEEL_FROM_CLIENT,
	TCP_PEEL_STATE_CLIENT,
	TCP_PEEL_STATE_SERVER,
	TCP_ANALYSIS,
	TCP_A_ACKS_FRAME,
	TCP_A_ACK_RTT,
	TCP_A_INITIAL_RTT,
	TCP_A_BYTES_IN_FLIGHT,
	TCP_A_PUSH_BYTES_SENT,
	TCP_A_FLAGS,
	TCP_A_RETRANSMISSION,
	TCP_A_FAST_RETRANSMISSION,
	TCP_A_SPURIOUS,
	TCP_A_OUT_OF_ORDER,
	TCP_A_REUSED_PORTS,
	TCP_A_LOST_SEGMENT,
	TCP_A_ACKED_UNSEEN,
	TCP_A_WINDOW_UPDATE,
	TCP_A_WINDOW_FULL,
	TCP_A_KEEP_ALIVE,
	TCP_A_KEEP_ALIVE_ACK,
	TCP_A_DUPLICATE_ACK,
	TCP_A_DUPLICATE_ACK_NUM,
	TCP_A_DUPLICATE_ACK_FRAME,
	TCP_A_ZERO_WINDOW_PROBE,
	TCP_A_ZERO_WINDOW,
	TCP_A_ZERO_WINDOW_PROBE_ACK,
	TCP_A_TFO_SYN,
	TCP_A_TFO_ACK,
	TCP_A_TFO_IGNORED,
	TCP_CONNECTION_SYN,
	TCP_CONNECTION_SYNACK,
	TCP_CONNECTION_FIN,
	TCP_CONNECTION_FIN_ACTIVE,
	TCP_CONNECTION_FIN_PASSIVE,
	TCP_CONNECTION_RST,
	TCP_A_RTO,
	TCP_A_RTO_FRAME,
	TCP_BOGUS_HEADER_LENGTH,
	TCP_ACK_NONZERO,
	TCP_URGENT_NONZERO,
	TCP_CHECKSUM_BAD,
	TCP_SHORT_SEGMENT,

	TCP_OPTIONS,
	TCP_OPTION_KIND,
	TCP_OPTION_LEN,
	TCP_OPT_EOL,
	TCP_OPT_NOP,
	TCP_OPT_MSS,
	TCP_MSS_VAL,
	TCP_OPT_WSCALE,
	TCP_WSCALE_SHIFT,
	TCP_WSCALE_MULTIPLIER,
	TCP_WSCALE_INVALID,
	TCP_MSS_PRESENT,
	TCP_MSS_ABSENT,
	TCP_FOUR_NOPS,
	TCP_SACK_DSACK,
	TCP_OPT_SACK_PERM,
	TCP_OPT_SACK,
	TCP_SACK_LE,
	TCP_SACK_RE,
	TCP_SACK_COUNT,
	TCP_SACK_DSACK_LE,
	TCP_SACK_DSACK_RE,
	TCP_OPT_ECHO,
	TCP_OPT_ECHO_REPLY,
	TCP_ECHO_VALUE,
	TCP_OPT_TIMESTAMP,
	TCP_TSVAL,
	TCP_TSECR,
	TCP_OPT_CC,
	TCP_OPT_CC_NEW,
	TCP_OPT_CC_ECHO,
	TCP_CC_VALUE,
	TCP_OPT_MD5,
	TCP_MD5_DIGEST,
	TCP_OPT_USER_TO,
	TCP_USER_TO_GRANULARITY,
	TCP_USER_TO_VAL,
	TCP_OPT_AO,
	TCP_AO_KEYID,
	TCP_AO_RNEXTKEYID,
	TCP_AO_MAC,
	TCP_OPT_QS,
	TCP_QS_RATE,
	TCP_QS_TTL_DIFF,
	TCP_OPT_TFO,
	TCP_TFO_REQUEST,
	TCP_TFO_COOKIE,
	TCP_OPT_EXPERIMENTAL,
	TCP_EXID,
	TCP_EXPERIMENTAL_DATA,
	TCP_TARR_RATE,
	TCP_TARR_RESERVED,
	TCP_OPT_ACC_ECN,
	TCP_ACC_ECN_EE0B,
	TCP_ACC_ECN_ECEB,
	TCP_ACC_ECN_EE1B,
	TCP_OPT_UNKNOWN,
	TCP_UNKNOWN_PAYLOAD,
	TCP_OPTION_LEN_INVALID,
	TCP_NONZERO_AFTER_EOL,
	TCP_OPT_MPTCP,
	TCP_MPTCP_SUBTYPE,
	TCP_MPTCP_VERSION,
	TCP_MPTCP_FLAGS,
	TCP_MPTCP_CHECKSUM_REQUIRED,
	TCP_MPTCP_EXTENSIBILITY,
	TCP_MPTCP_SHA1,
	TCP_MPTCP_NO_MORE_SUBFLOWS,
	TCP_MPTCP_SHA256,
	TCP_MPTCP_RESERVED_BITS,
	TCP_MPTCP_DATA_FIN,
	TCP_MPTCP_DSEQN8,
	TCP_MPTCP_DSEQN_PRESENT,
	TCP_MPTCP_DATA_ACK8,
	TCP_MPTCP_DATA_ACK_PRESENT,
	TCP_MPTCP_BACKUP,
	TCP_MPTCP_ADDRESS_ID,
	TCP_MPTCP_SENDER_KEY,
	TCP_MPTCP_RECEIVER_KEY,
	TCP_MPTCP_RECEIVER_TOKEN,
	TCP_MPTCP_SENDER_RANDOM,
	TCP_MPTCP_SENDER_TRUNCATED_HMAC,
	TCP_MPTCP_SENDER_HMAC,
	TCP_MPTCP_ADDRESS_HMAC,
	TCP_MPTCP_RAW_DATA_ACK,
	TCP_MPTCP_RAW_DATA_SEQUENCE,
	TCP_MPTCP_SUBFLOW_SEQUENCE,
	TCP_MPTCP_DATA_LENGTH,
	TCP_MPTCP_CHECKSUM,
	TCP_MPTCP_IP_VERSION,
	TCP_MPTCP_ECHO,
	TCP_MPTCP_IPV4,
	TCP_MPTCP_IPV6,
	TCP_MPTCP_PORT,
	TCP_MPTCP_RESERVED,
	TCP_MPTCP_REMOVED_COUNT,
	TCP_MPTCP_RST_U,
	TCP_MPTCP_RST_V,
	TCP_MPTCP_RST_W,
	TCP_MPTCP_RST_T,
	TCP_MPTCP_RST_REASON,
	TCP_FIELDS,
};

extern const struct field tcp_fields[TCP_FIELDS];

enum tcp_option_kind { /* the common ones */
	KIND_END,
	KIND_NOP,
	KIND_MSS,
	KIND_WSCALE,
	KIND_SACK_PERMITTED,
	KIND_SACK,
	KIND_TIMESTAMPS = 8,
	KIND_MULTIPATH = 30,
};
enum {
	MOST_WSCALE = 14, /* more is taken as that (RFC 7323, 2.3) */
	NOPS_TOLD = 4,    /* so many in a row are remarkable */
};

/* What the rest of the header says that options are read by. */
struct tcp_header {
	uint32_t sequence, acknowledgment;
	uint32_t ack_base; /* relative sack edges count from here */
	uint32_t ack_shown_from; /* the same, or 0 where numbers are shown as they are */
	uint16_t flags;
	uint16_t window; /* not scaled */
	bool reuses_ports;
	/* found among the options: */
	int wscale; /* -1: not there */
	uint32_t mss;
	bool has_mss, sack_permitted, has_sack;
	bool has_cookie; /* of Fast Open */
	uint32_t sack_left, sack_right;
};

extern const struct value_name tcp_mptcp_subtypes[];

struct conversation;
struct tcp_analysis;

/* What the analysis found, below the header's fields and before Info's words. */
void tcp_show_analysis(struct dissection *d, const struct tcp_analysis *analysis);
/* Says the flags in Info. */
void tcp_word_flags(struct dissection *d, uint16_t flags);
/* Takes the flags, and says them there. */
void tcp_show_flags(struct dissection *d, struct cursor *c, struct tcp_header *header);
/* What the flags say of the connection, below their bits in `tree`. */
void tcp_show_flag_findings(struct dissection *d, node_id tree, uint16_t flags);
/* Of a FIN: whether its sender closes first. */
void tcp_show_closer(struct dissection *d, node_id tree);
void tcp_show_states(struct dissection *d, const struct tcp_analysis *analysis);
void tcp_show_completeness(struct dissection *d, const struct conversation *talk);

/* Most segments' options: time stamps alone, behind two NOPs. */
static inline bool tcp_only_timestamps(const uint8_t *options, uint32_t n)
{
	return n == 12 && load_be32(options) == 0x0101080a;
}

/* Bytes that the SACK option among these options says have arrived beyond the acknowledgment. */
uint32_t tcp_sacked_bytes(const uint8_t *options, uint32_t n);

/* What the first pass learns of a SYN's options, if they are those that most have, and fine.  False: they
 * are to be read by tcp_options(). */
bool tcp_skim_options(const uint8_t *options, uint32_t n, struct tcp_header *header);

/* The options, RFC 9293 3.1, RFC 7323, 2018, 2385, 5482, 5925, 7413, 8684. */
void tcp_options(struct dissection *d, struct cursor *c, struct tcp_header *header);

/* --- tcp_connection.c --- */

/* Instead of a shift: not known, as the SYNs were not captured; refused by one side (RFC 7323, 2.2). */
enum { TCP_SCALE_UNKNOWN = -1, TCP_SCALE_NOT_USED = -2 };

const struct conversation *tcp_find_conversation(struct dissection *d, struct tcp_header *header);
/* Of a header that the capture cut nobody can tell what it opens: it belongs to a connection that
 * is known, or to none. */
const struct conversation *tcp_find_cut_conversation(struct dissection *d);
/* The three learn in the first pass: from what ICMP says did not arrive, from numbers, from a SYN's
 * options. */
void tcp_learn_rejection(struct dissection *d, uint32_t sequence);
void tcp_learn_bases(struct dissection *d, const struct tcp_header *header);
void tcp_learn_scale(struct dissection *d, const struct tcp_header *header);
/* What a side's numbers count from, and are shown from.  Side 0 is that of the opener; `talk` may be
 * NULL. */
uint32_t tcp_base_of(struct dissection *d, const struct conversation *talk, unsigned side);
uint32_t tcp_shown_base(struct dissection *d, const struct conversation *talk,
			unsigned side);
/* How far a side's windows are shifted to the left; TCP_SCALE_UNKNOWN, TCP_SCALE_NOT_USED. */
int tcp_shift_of(struct dissection *d, const struct conversation *talk, unsigned side);

/* --- tcp_payload.c --- */

void tcp_show_payload(struct dissection *d, const struct cursor *payload);
void tcp_hand_on_payload(struct dissection *d, const struct tcp_header *header,
			 const struct tcp_analysis *analysis, const struct cursor *payload);

#endif
