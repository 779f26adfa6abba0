/* tcp_connection.c - which connection a segment belongs to, what its numbers count from and how its
 * windows are scaled.
 *
 * The first pass learns that.  Readers of earlier packets look on, so what may still change does so
 * atomically. */
#include <string.h>

#include "dissect/dissection_settings.h"
#include "state/conversation.h"
#include "state/facts.h"
#include "state/tcp_analysis.h"
#include "ip_names.h"
#include "tcp.h"

static bool is_first_syn(uint16_t flags)
{
	return (flags & (TCP_BIT_SYN | TCP_BIT_ACK)) == TCP_BIT_SYN;
}

/* A SYN with another number opens a new connection on the same ports.  With the same one it was
 * sent again, also after a RST: some ask three times before they believe that nobody listens. */
static bool reuses_ports(const struct dissection *d, const struct tcp_header *header)
{
	if (!is_first_syn(header->flags))
		return false;
	const struct conversation *old = conversation_known(d, IP_PROTO_TCP);
	if (!old)
		return false;
	bool from_opener = !memcmp(&old->opener, &d->from, sizeof d->from);
	unsigned side = !from_opener;
	const struct tcp_talk *tcp = tcp_talk_of(d->learned, old);
	return tcp->base_known[side] && tcp->base_sequence[side] != header->sequence;
}

/* What did not arrive is known by its number: of a header ICMP may quote no more than 8 bytes. */
void tcp_learn_rejection(struct dissection *d, uint32_t sequence)
{
	struct conversation *talk = d->is_undelivered ? conversation_known(d, IP_PROTO_TCP) : NULL;

	if (!talk)
		return;
	struct tcp_talk *tcp = tcp_talk_pen(d, talk);
	unsigned side = memcmp(&talk->opener, &d->from, sizeof d->from) != 0;
	if (!fact_link(&tcp->rejected_in) && tcp->syn_seen[side] &&
	    tcp->base_sequence[side] == sequence)
		fact_set_link(&tcp->rejected_in, d->packet.number);
}

const struct conversation *tcp_find_conversation(struct dissection *d, struct tcp_header *header)
{
	header->reuses_ports = !d->in_error && reuses_ports(d, header);
	if (header->reuses_ports)
		return conversation_anew(d, IP_PROTO_TCP);
	return conversation_of(d, IP_PROTO_TCP);
}

const struct conversation *tcp_find_cut_conversation(struct dissection *d)
{
	if (d->in_error || !d->learned)
		return NULL;
	const struct conversation *talk =
		d->pen ? conversation_known(d, IP_PROTO_TCP)
		       : conversation_of_packet(d->learned, d->packet.number, IP_PROTO_TCP);
	return talk && conversation_is_between(talk, &d->from, &d->to)
		       ? conversation_of(d, IP_PROTO_TCP)
		       : NULL;
}

/* What one pass knew of the numbers before a SYN came late: the fact of that SYN. */
struct early_numbers {
	uint32_t base[2];
	int32_t shift[2];
};

static uint16_t early_key(const struct conversation *talk)
{
	return talk->id & UINT16_MAX;
}

/* Before a SYN changes them: one that comes after other segments, or has another number than the
 * SYN before it. */
static void keep_early_numbers(struct dissection *d, const struct conversation *talk,
			       uint32_t sequence)
{
	struct tcp_talk *tcp = tcp_talk_pen(d, talk);
	uint32_t others = tcp->completeness & ~(uint32_t)(TCP_SEEN_SYN | TCP_SEEN_SYN_ACK);
	unsigned own = !d->from_opener;
	bool is_another = tcp->base_known[own] && tcp->base_sequence[own] != sequence;

	if ((!others && !is_another) || tcp->late_syn_in)
		return;
	struct early_numbers *early =
		learn_numbered(d, FACT_TCP_EARLY, early_key(talk), sizeof *early);
	if (!early)
		return;
	for (unsigned side = 0; side < 2; side++) {
		early->base[side] = tcp->base_sequence[side];
		early->shift[side] = tcp->window_shift[side];
	}
	__atomic_store_n(&tcp->late_syn_in, d->packet.number, __ATOMIC_SEQ_CST);
}

/* Where the packet counts as it did when only those before it were known; else NULL. */
static const struct early_numbers *early_numbers(struct dissection *d,
						 const struct conversation *talk)
{
	uint32_t late =
		__atomic_load_n(&tcp_talk_of(d->learned, talk)->late_syn_in, __ATOMIC_SEQ_CST);

	if (!d->one_pass || d->packet.number >= late)
		return NULL;
	return fact_of(d, late, FACT_TCP_EARLY, early_key(talk), NULL);
}

/* Readers of earlier packets look on. */
static void set_base(struct tcp_talk *tcp, unsigned side, uint32_t base)
{
	__atomic_store_n(&tcp->base_sequence[side], base, __ATOMIC_SEQ_CST);
	__atomic_store_n(&tcp->base_known[side], true, __ATOMIC_SEQ_CST);
}

static void set_shift(struct tcp_talk *tcp, unsigned side, int shift)
{
	__atomic_store_n(&tcp->window_shift[side], (int8_t)shift, __ATOMIC_SEQ_CST);
}

/* A direction's numbers count from its SYN, or from one before the first that was seen. */
void tcp_learn_bases(struct dissection *d, const struct tcp_header *header)
{
	unsigned side = !d->from_opener;

	if (!d->pen)
		return;
	struct tcp_talk *tcp = tcp_talk_pen(d, d->conversation);
	bool syn = header->flags & TCP_BIT_SYN, ack = header->flags & TCP_BIT_ACK;
	if (syn)
		keep_early_numbers(d, d->conversation, header->sequence);
	if (!tcp->base_known[side] || (syn && ack))
		set_base(tcp, side, header->sequence - !syn);
	if (!tcp->base_known[!side] && ack)
		set_base(tcp, !side, header->acknowledgment - 1);
}

/* RFC 7323, 2.2: both SYNs must have offered it.  One that was not captured is believed to
 * have, if the other end answered as if it had. */
void tcp_learn_scale(struct dissection *d, const struct tcp_header *header)
{
	unsigned side = !d->from_opener;

	if (!d->pen || !d->conversation || !(header->flags & TCP_BIT_SYN))
		return;
	struct tcp_talk *tcp = tcp_talk_pen(d, d->conversation);
	tcp->syn_seen[side] = true;
	if (header->wscale >= 0)
		set_shift(tcp, side, header->wscale);
	bool refused = header->wscale < 0 ||
		       (tcp->syn_seen[!side] && tcp->window_shift[!side] == TCP_SCALE_UNKNOWN);
	if (header->flags & TCP_BIT_ACK && refused) {
		set_shift(tcp, 0, TCP_SCALE_NOT_USED);
		set_shift(tcp, 1, TCP_SCALE_NOT_USED);
	}
}

uint32_t tcp_base_of(struct dissection *d, const struct conversation *talk, unsigned side)
{
	const struct tcp_talk *tcp = talk ? tcp_talk_of(d->learned, talk) : NULL;

	if (!tcp || !__atomic_load_n(&tcp->base_known[side], __ATOMIC_SEQ_CST))
		return 0;
	/* First what it is: whoever changes it says so before. */
	uint32_t base = __atomic_load_n(&tcp->base_sequence[side], __ATOMIC_SEQ_CST);
	const struct early_numbers *early = early_numbers(d, talk);
	return early ? early->base[side] : base;
}

uint32_t tcp_shown_base(struct dissection *d, const struct conversation *talk, unsigned side)
{
	return dissection_settings()->absolute_sequences ? 0 : tcp_base_of(d, talk, side);
}

int tcp_shift_of(struct dissection *d, const struct conversation *talk, unsigned side)
{
	if (!talk)
		return TCP_SCALE_UNKNOWN;
	int shift = __atomic_load_n(&tcp_talk_of(d->learned, talk)->window_shift[side],
				    __ATOMIC_SEQ_CST);
	const struct early_numbers *early = early_numbers(d, talk);
	return early ? early->shift[side] : shift;
}
