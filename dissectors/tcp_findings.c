/* tcp_findings.c - shows what state/tcp_analysis.h found out about a segment. */
#include "tcp.h"

#include "base/time.h"
#include "state/conversation.h"
#include "state/facts.h"
#include "state/learned.h"
#include "state/tcp_analysis.h"

/* In the order in which they are told; Info has the last of them first. */
static const struct {
	uint32_t finding; /* enum tcp_finding */
	unsigned field;
	const char *prefix; /* in Info; NULL: its own words */
} shown_findings[] = {
	{ TCP_FOUND_RETRANSMISSION, TCP_A_RETRANSMISSION, "[TCP Retransmission] " },
	{ TCP_FOUND_FAST_RETRANSMISSION, TCP_A_FAST_RETRANSMISSION, "[TCP Fast Retransmission] " },
	{ TCP_FOUND_SPURIOUS, TCP_A_SPURIOUS, "[TCP Spurious Retransmission] " },
	{ TCP_FOUND_FAST_RETRANSMISSION | TCP_FOUND_SPURIOUS, TCP_A_RETRANSMISSION, NULL },
	{ TCP_FOUND_OUT_OF_ORDER, TCP_A_OUT_OF_ORDER, "[TCP Out-Of-Order] " },
	{ TCP_FOUND_REUSED_PORTS, TCP_A_REUSED_PORTS, "[TCP Port numbers reused] " },
	{ TCP_FOUND_LOST_SEGMENT, TCP_A_LOST_SEGMENT, "[TCP Previous segment not captured] " },
	{ TCP_FOUND_ACKED_UNSEEN, TCP_A_ACKED_UNSEEN, "[TCP ACKed unseen segment] " },
	{ TCP_FOUND_WINDOW_UPDATE, TCP_A_WINDOW_UPDATE, "[TCP Window Update] " },
	{ TCP_FOUND_WINDOW_FULL, TCP_A_WINDOW_FULL, "[TCP Window Full] " },
	{ TCP_FOUND_KEEP_ALIVE, TCP_A_KEEP_ALIVE, "[TCP Keep-Alive] " },
	{ TCP_FOUND_KEEP_ALIVE_ACK, TCP_A_KEEP_ALIVE_ACK, "[TCP Keep-Alive ACK] " },
	{ TCP_FOUND_DUPLICATE_ACK, TCP_A_DUPLICATE_ACK, NULL },
	{ TCP_FOUND_ZERO_WINDOW_PROBE, TCP_A_ZERO_WINDOW_PROBE, "[TCP ZeroWindowProbe] " },
	{ TCP_FOUND_ZERO_WINDOW, TCP_A_ZERO_WINDOW, "[TCP ZeroWindow] " },
	{ TCP_FOUND_ZERO_WINDOW_PROBE_ACK, TCP_A_ZERO_WINDOW_PROBE_ACK,
	  "[TCP ZeroWindowProbeAck] " },
};

static void put_time_between(struct dissection *d, unsigned field, uint32_t from, uint32_t to)
{
	put_duration(d, field,
		     time_between(index_time(&d->learned->index, from),
				  index_time(&d->learned->index, to)));
}

static void show_finding(struct dissection *d, const struct tcp_analysis *a, unsigned row)
{
	unsigned field = shown_findings[row].field;

	if (field == TCP_A_DUPLICATE_ACK) {
		if (d->wants & WANT_COLUMNS)
			info_prefix(d, arena_printf(&d->arena, "[TCP Dup ACK %u#%u] ",
						    a->duplicate_of, a->duplicate_number));
		put_none(d, field);
		label_set(d, last_node(d), "This is a TCP duplicate ack");
		return;
	}
	if (shown_findings[row].prefix)
		info_prefix(d, shown_findings[row].prefix);
	note_finding(d, field, NULL);
}

static void show_findings(struct dissection *d, const struct tcp_analysis *a)
{
	node_id tree = put_none(d, TCP_A_FLAGS);

	open_node(d, tree);
	for (unsigned i = 0; i < COUNT(shown_findings); i++)
		if (a->findings & shown_findings[i].finding)
			show_finding(d, a, i);
	if (a->rto_packet && index_time(&d->learned->index, a->rto_packet) != d->packet.time_ns) {
		put_time_between(d, TCP_A_RTO, a->rto_packet, d->packet.number);
		put_uint(d, TCP_A_RTO_FRAME, a->rto_packet);
	}
	close_node(d, tree);
	if (a->duplicate_number) {
		put_uint(d, TCP_A_DUPLICATE_ACK_NUM, a->duplicate_number);
		put_uint(d, TCP_A_DUPLICATE_ACK_FRAME, a->duplicate_of);
		note_finding_on(d, last_node(d), TCP_A_DUPLICATE_ACK, "Duplicate ACK (#%u)",
				a->duplicate_number);
	}
}

void tcp_show_analysis(struct dissection *d, const struct tcp_analysis *a)
{
	const struct conversation *talk = d->conversation;

	if (!(a->findings & TCP_FOUND_FLAGS) && !a->acks_packet && !a->in_flight && !a->pushed)
		return;
	if (only_learning(d) && !(a->findings & TCP_FOUND_FLAGS))
		return;
	node_id tree = put_none(d, TCP_ANALYSIS);
	open_node(d, tree);
	if (a->acks_packet) {
		put_uint(d, TCP_A_ACKS_FRAME, a->acks_packet);
		put_time_between(d, TCP_A_ACK_RTT, a->acks_packet, d->packet.number);
	}
	const struct tcp_talk *tcp = tcp_talk_of(d->learned, talk);
	uint32_t answered = link_seen(d, &tcp->handshake_packet);
	if (answered)
		put_time_between(d, TCP_A_INITIAL_RTT, fact_link(&tcp->syn_packet), answered);
	if (a->in_flight)
		put_uint(d, TCP_A_BYTES_IN_FLIGHT, a->in_flight);
	if (a->pushed)
		put_uint(d, TCP_A_PUSH_BYTES_SENT, a->pushed);
	if (a->findings & TCP_FOUND_FLAGS)
		show_findings(d, a);
	close_node(d, tree);
}

/* The node of one bit below the flags, or NO_NODE. */
static node_id flag_node(const struct dissection *d, node_id flags, unsigned field)
{
	if (flags == NO_NODE)
		return NO_NODE;
	unsigned number = d->layers[d->layer_count - 1].first_field + field;
	for (node_id n = flags + 1; n < flags + d->nodes[flags].span; n++)
		if (d->nodes[n].field == number)
			return n;
	return NO_NODE;
}

/* Whoever sent the first FIN closes, also when it sends it again after the other end's. */
static bool closes_second(const struct dissection *d)
{
	const struct conversation *talk = d->conversation;
	uint32_t seen = talk ? fact_link(&tcp_talk_of(d->learned, talk)->completeness) : 0;

	return seen & (d->from_opener ? TCP_OTHER_CLOSED_FIRST : TCP_OPENER_CLOSED_FIRST);
}

void tcp_show_flag_findings(struct dissection *d, node_id tree, uint16_t flags)
{
	open_node(d, tree);
	/* From the last bit to the first: what is put below one moves those after it. */
	if (flags & TCP_BIT_FIN)
		note_finding_on(d, flag_node(d, tree, TCP_FLAGS_FIN), TCP_CONNECTION_FIN, NULL);
	if (flags & TCP_BIT_SYN && flags & TCP_BIT_ACK)
		note_finding_on(d, flag_node(d, tree, TCP_FLAGS_SYN), TCP_CONNECTION_SYNACK,
				"Connection establish acknowledge (SYN+ACK): server port %u",
				d->from.port);
	else if (flags & TCP_BIT_SYN)
		note_finding_on(d, flag_node(d, tree, TCP_FLAGS_SYN), TCP_CONNECTION_SYN,
				"Connection establish request (SYN): server port %u", d->to.port);
	if (flags & TCP_BIT_RST)
		note_finding_on(d, flag_node(d, tree, TCP_FLAGS_RESET), TCP_CONNECTION_RST, NULL);
	close_node(d, tree);
}

void tcp_show_closer(struct dissection *d, node_id tree)
{
	open_node(d, tree);
	note_finding_on(d, flag_node(d, tree, TCP_FLAGS_STR),
			closes_second(d) ? TCP_CONNECTION_FIN_PASSIVE : TCP_CONNECTION_FIN_ACTIVE,
			NULL);
	close_node(d, tree);
}

void tcp_show_states(struct dissection *d, const struct tcp_analysis *a)
{
	if (!wants_fields(d) || !a->is_known)
		return;
	put_uint(d, TCP_PEEL_FROM_CLIENT, a->from_client);
	if (a->client == TCP_UNKNOWN && a->server == TCP_UNKNOWN)
		return;
	put_text(d, TCP_PEEL_STATE_CLIENT, tcp_state_names[a->client]);
	put_text(d, TCP_PEEL_STATE_SERVER, tcp_state_names[a->server]);
}

/* "Complete, WITH_DATA (31)": the handshake is whole or not, and so is the end. */
void tcp_show_completeness(struct dissection *d, const struct conversation *talk)
{
	enum {
		HANDSHAKE = TCP_SEEN_SYN | TCP_SEEN_SYN_ACK | TCP_SEEN_ACK,
		END = TCP_SEEN_FIN | TCP_SEEN_RST
	};
	const char *words = "Incomplete";

	if (!wants_fields(d))
		return;
	uint32_t seen = fact_link(&tcp_talk_of(d->learned, talk)->completeness) & TCP_SEEN_ALL;
	put_uint(d, TCP_COMPLETENESS, seen);
	if ((seen & HANDSHAKE) == HANDSHAKE) {
		bool ended = seen & END, data = seen & TCP_SEEN_DATA;
		words = ended  ? data ? "Complete, WITH_DATA" : "Complete, NO_DATA"
			: data ? "Incomplete, DATA"
			       : "Incomplete, ESTABLISHED";
	} else if (seen == (TCP_SEEN_SYN | TCP_SEEN_SYN_ACK)) {
		words = "Incomplete, CLIENT_ESTABLISHED";
	} else if (seen == TCP_SEEN_SYN) {
		words = "Incomplete, SYN_SENT";
	}
	label_set(d, last_node(d), "Conversation completeness: %s (%u)", words, seen);
}
