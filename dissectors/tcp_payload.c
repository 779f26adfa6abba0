/* tcp_payload.c - who dissects a segment's payload: what was announced, claimed the port or
 * recognises it. */
#include "dissect/dissection_settings.h"
#include "dissect/registry.h"
#include "state/announced.h"
#include "state/conversation.h"
#include "state/facts.h"
#include "state/reassembly.h"
#include "state/tcp_segment.h"
#include "tcp.h"

enum { SIZES_TOLD = 32 };

/* "[2 Reassembled TCP Segments (1630 bytes): #6(1448), #8(182)]", beside the protocols. */
static void show_segments(struct dissection *d, const struct message *message)
{
	static const struct part_fields fields = { TCP_SEGMENTS, TCP_SEGMENT, TCP_SEGMENT_COUNT,
						   TCP_REASSEMBLED_LENGTH, TCP_REASSEMBLED_DATA };

	show_message_parts_beside(d, message, &fields);
}

/* Sizes are put before what is shown already, so only so many are. */
static void report_message(struct dissection *d, const struct whole_message *whole)
{
	if (whole->dissector->tells_size && whole->index < SIZES_TOLD)
		put_uint(d, TCP_PDU_SIZE, whole->size);
	if (whole->message)
		show_segments(d, whole->message);
}

/* Words what began in an earlier segment, as tshark does that looks at all of it again with each
 * segment, until it is known how long it will be. */
static bool word_earlier(struct dissection *d, const struct cursor *payload,
			 const struct extent *at, const struct dissector *who)
{
	struct cursor c = *payload;
	uint32_t n;

	if (at->inside || !d->source ||
	    !d->source->bytes(d->source->owner, at->packet, &c.data, &n) || at->start > n)
		return false;
	c.pos = at->start;
	c.captured = c.reported = at->length < n - at->start ? at->start + at->length : n;
	return who->word_beginning(d, &c);
}

/* The row of a segment that has no whole message: what begins in it, if that can be told. */
static void word_unfinished(struct dissection *d, const struct cursor *payload,
			    const struct segment_fate *fate, const struct dissector *who)
{
	bool told = false;

	if (who->word_beginning && !dissection_settings()->tells_whole_messages)
		told = fate->begins
			       ? who->word_beginning(d, payload)
			       : fate->beginning && word_earlier(d, payload, fate->beginning, who);

	info(d, "%s[TCP segment of a reassembled PDU]",
	     told && d->info_length == d->info_fence ? "" : " ");
}

static void show_fate(struct dissection *d, const struct cursor *payload,
		      const struct segment_fate *fate, const struct dissector *who)
{
	if (fate->unfinished && !fate->dissected && d->wants & WANT_COLUMNS)
		word_unfinished(d, payload, fate, who);
	show_segment_parts(d, payload, fate, TCP_REASSEMBLED_IN, TCP_SEGMENT_DATA);
}

/* What was announced, then the lower port: servers listen there. */
static const struct dissector *find_dissector(struct dissection *d)
{
	const struct dissector *who = announced_dissector(d);

	d->matched_port = 0;
	return who ? who : who_claims_port(BY_TCP_PORT, d->from.port, d->to.port, &d->matched_port);
}

enum {
	BEGINNING = 16
}; /* payloads that are shown to those who look at a conversation's first ones */

/* In the first pass: what was recognised by one side's bytes alone, if the other side does not
 * refute it with its first ones. */
static const struct dissector *confirm(const struct dissection *d, struct tcp_talk *pen,
				       const struct dissector *who, const struct cursor *payload)
{
	if (!pen->found_awaits_other || pen->found_from_opener == d->from_opener ||
	    payload->pos >= payload->reported)
		return who;
	pen->found_awaits_other = false;
	if (!who->is_refuted || !who->is_refuted(d, payload))
		return who;
	fact_set_link(&pen->refuted_in, d->packet.number);
	return NULL;
}

/* In the first pass: does it, with what came before it, tell who has the connection? */
static const struct dissector *recognize(struct dissection *d, struct tcp_talk *pen,
					 const struct cursor *payload)
{
	enum recognizers which = RECOGNIZE_STREAM;

	if (pen->asked < BEGINNING) {
		pen->asked++;
		which = RECOGNIZE_STREAM_BEGINNING;
	}
	for (const struct dissector *const *at = registry_recognizers(which); *at; at++) {
		if (!(*at)->looks_like(d, payload) &&
		    !((*at)->becomes_sure && (*at)->becomes_sure(d, payload)))
			continue;
		pen->found_from_opener = d->from_opener;
		pen->found_awaits_other = true;
		conversation_recognize(d, *at);
		return *at;
	}
	return NULL;
}

/* The first dissector in the list that recognises the payload; the first pass asks, and what it
 * found holds from this packet on. */
static const struct dissector *find_by_looks(struct dissection *d, const struct cursor *payload)
{
	const struct conversation *talk = d->conversation;
	const struct dissector *who = conversation_recognized(d);

	if (!talk || (!who && !d->pen))
		return NULL;
	uint32_t refuted_in = who ? fact_link(&tcp_talk_of(d->learned, talk)->refuted_in) : 0;
	if (refuted_in && d->packet.number >= refuted_in)
		return NULL;
	if (!d->pen)
		return who;
	struct tcp_talk *pen = tcp_talk_pen(d, talk);
	if (who)
		return confirm(d, pen, who, payload);
	return payload->pos < payload->reported ? recognize(d, pen, payload) : NULL;
}

void tcp_hand_on_payload(struct dissection *d, const struct tcp_header *header,
			 const struct tcp_analysis *analysis, const struct cursor *payload)
{
	const struct dissector *who;

	/* Nobody can say more of what was not captured; the byte of a keep-alive is no one's. */
	bool empty = payload->pos >= payload->reported;
	if (!empty && !cursor_left(payload))
		return;
	if (!empty && analysis->findings & TCP_FOUND_KEEP_ALIVE) {
		hand_on_as_data(d, *payload);
		return;
	}
	who = find_dissector(d);
	if (!who) {
		who = d->detected = find_by_looks(d, payload);
		d->matched_port = 0;
	}
	struct segment segment = {
		.sequence = header->sequence,
		.acknowledged = header->acknowledgment,
		.syn = header->flags & TCP_BIT_SYN,
		.fin = header->flags & TCP_BIT_FIN,
		.ack = header->flags & TCP_BIT_ACK,
	};

	/* What comes with a RST explains it (RFC 9293, 3.5.2), and is not data. */
	if (header->flags & TCP_BIT_RST || (who && !who->message_size))
		who = NULL;
	if (who && d->conversation) {
		struct segment_fate fate = stream_feed(d, &segment, payload, who, report_message);
		if (!empty)
			show_fate(d, payload, &fate, who);
		return;
	}
	if (empty)
		return;
	if (who)
		dissect_layer(d, who, *payload);
	else if (!analysis->old_data || analysis->findings & TCP_FOUND_FAST_RETRANSMISSION)
		hand_on_as_data(d, *payload);
}

void tcp_show_payload(struct dissection *d, const struct cursor *payload)
{
	if (!(d->wants & WANT_FIELDS) || !cursor_left(payload))
		return;
	put_bytes(d, TCP_PAYLOAD, payload);
	label_set(d, last_node(d), "TCP payload (%u byte%s)", payload->reported - payload->pos,
		  payload->reported - payload->pos == 1 ? "" : "s");
}
