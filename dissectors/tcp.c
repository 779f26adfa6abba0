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
#include <string.h>

#include "base/time.h"
#include "dissect/checksum.h"
#include "dissect/dissection_settings.h"
#include "state/conversation.h"
#include "state/tcp_segment.h"
#include "ip_names.h"
#include "tcp.h"

enum { LEAST_HEADER = 20, PORTS_LENGTH = 4, NUMBERS_LENGTH = 12 };

/* A segment at work. */
struct work {
	struct tcp_header header;
	struct tcp_analysis analysis;
	const struct conversation *talk; /* NULL: none */
	struct tcp_segment *told;	 /* NULL: nobody asks for rows of segments */
	struct cursor whole;		 /* header and payload */
	uint32_t sent;			 /* bytes of both */
	uint32_t length;		 /* of the header, as it says */
	uint32_t payload_length;
};

/* The first pass compares the segment with those before it; every pass gets what that told. */
static void analyze(struct dissection *d, const struct cursor *c, struct work *work)
{
	const struct tcp_header *header = &work->header;

	if (d->pen) {
		const uint8_t *options;
		uint32_t n = work->length - LEAST_HEADER;
		if (!cursor_peek(c, LEAST_HEADER - PORTS_LENGTH, n, &options))
			n = 0;
		struct tcp_seen seen = {
			.sequence = header->sequence,
			.acknowledgment = header->acknowledgment,
			.length = work->payload_length,
			.sacked = n ? tcp_sacked_bytes(options, n) : 0,
			.window = header->window,
			.flags = header->flags,
			.reuses_ports = header->reuses_ports,
		};
		tcp_analyze(d, &seen, &work->analysis);
	} else {
		tcp_analysis_of(d, &work->analysis);
	}
}

/* Flags stand after the numbers, but how those are shown depends on them. */
static void peek_header(const struct cursor *c, struct tcp_header *header)
{
	const uint8_t *at;

	if (!cursor_peek(c, 0, 12, &at))
		return;
	header->sequence = load_be32(at);
	header->acknowledgment = load_be32(at + 4);
	header->flags = load_be16(at + 8) & 0xfff;
	header->window = load_be16(at + 10);
}

static void show_sequence(struct dissection *d, struct cursor *c, const struct tcp_header *header,
			  const struct conversation *talk, uint32_t length)
{
	uint32_t at = c->pos;
	uint32_t relative = header->sequence - tcp_shown_base(d, talk, !d->from_opener);
	bool absolute = dissection_settings()->absolute_sequences;
	const char *words = talk && !absolute ? "    (relative sequence number)" : "";

	cursor_skip(c, 4);
	add_uint(d, c, TCP_SEQ, at, 4, relative);
	label(d, last_node(d), "%s", words);
	if (!absolute)
		add_uint(d, c, TCP_SEQ_RAW, at, 4, header->sequence);
	if (talk || length) {
		uint32_t syn = !!(header->flags & TCP_BIT_SYN),
			 fin = !!(header->flags & TCP_BIT_FIN);
		put_uint(d, TCP_NXTSEQ, (uint32_t)(relative + length + (syn | fin)));
		label(d, last_node(d), "%s", words);
	}
}

static void show_acknowledgment(struct dissection *d, struct cursor *c,
				const struct tcp_header *header, const struct conversation *talk,
				uint32_t findings)
{
	uint32_t at = c->pos;
	bool valid = header->flags & TCP_BIT_ACK;

	cursor_skip(c, 4);
	add_uint(
		d, c, TCP_ACK, at, 4,
		valid ? (uint32_t)(header->acknowledgment - tcp_shown_base(d, talk, d->from_opener))
		      : header->acknowledgment);
	bool absolute = valid && dissection_settings()->absolute_sequences;
	if (valid && talk && !absolute)
		label(d, last_node(d), "    (relative ack number)");
	if (!valid && header->acknowledgment)
		note_finding_on(d, last_node(d), TCP_ACK_NONZERO, NULL);
	if (findings & TCP_FOUND_FAST_OPEN_ACCEPTED)
		note_finding_on(d, last_node(d), TCP_A_TFO_ACK, NULL);
	if (findings & TCP_FOUND_FAST_OPEN_IGNORED)
		note_finding_on(d, last_node(d), TCP_A_TFO_IGNORED, NULL);
	if (!absolute)
		add_uint(d, c, TCP_ACK_RAW, at, 4, header->acknowledgment);
}

/* In bytes: SYNs are never scaled (RFC 7323, 2.2). */
static uint32_t shown_window(const struct tcp_header *header, int shift)
{
	return (uint32_t)header->window << (header->flags & TCP_BIT_SYN || shift < 0 ? 0 : shift);
}

static uint32_t show_window(struct dissection *d, struct cursor *c, const struct tcp_header *header,
			    const struct conversation *talk)
{
	take_u16(d, c, TCP_WINDOW_VALUE);
	node_id value = last_node(d);
	int shift = tcp_shift_of(d, talk, !d->from_opener);
	bool syn = header->flags & TCP_BIT_SYN;
	uint32_t window = shown_window(header, shift);

	node_stand_on(d, put_uint(d, TCP_WINDOW, window), value);
	if (talk && !syn) {
		put_uint(d, TCP_WINDOW_SCALE, (uint64_t)(int64_t)(shift >= 0 ? 1 << shift : shift));
		node_stand_on(d, last_node(d), value);
		if (shift < 0)
			label(d, last_node(d),
			      shift == TCP_SCALE_UNKNOWN ? " (unknown)"
							 : " (no window scaling used)");
	}
	return window;
}

static bool words_checksum(const struct dissection *d)
{
	return dissection_settings()->words_tcp_checksums && d->wants & WANT_COLUMNS;
}

/* A sum over all of the payload: worth to ask whether anybody will see it. */
static bool wants_checksum(const struct dissection *d)
{
	return !d->ignores_findings || words_checksum(d) || field_wanted(d, TCP_CHECKSUM) ||
	       field_wanted(d, TCP_CHECKSUM_STATUS) || field_wanted(d, TCP_CHECKSUM_CALCULATED) ||
	       field_wanted(d, TCP_CHECKSUM_BAD);
}

/* `segment` covers header and payload.  True: the sum was looked at, and is wrong. */
static bool show_checksum(struct dissection *d, struct cursor *c, const struct cursor *segment)
{
	uint32_t sum;
	uint32_t length = segment->reported - segment->pos;
	uint16_t found = take_u16(d, c, TCP_CHECKSUM);
	node_id node = last_node(d);

	if ((!wants_fields(d) && !words_checksum(d)) || !wants_checksum(d))
		return false;
	if (d->in_error || dissection_settings()->trusts_tcp_checksums ||
	    segment->captured < segment->reported ||
	    !checksum_pseudo_header(&d->from, &d->to, IP_PROTO_TCP, length, &sum)) {
		label(d, node, " [unverified]");
		node_stand_at(d, put_uint(d, TCP_CHECKSUM_STATUS, CHECKSUM_UNVERIFIED), node);
		return false;
	}
	uint16_t rest = checksum_finish(checksum_add(sum, segment->data + segment->pos, length));
	uint16_t right =
		rest == 0 ? found : checksum_finish((uint32_t)(uint16_t)~rest + (uint16_t)~found);
	if (rest == 0)
		label(d, node, " [correct]");
	else
		label(d, node,
		      " incorrect, should be 0x%04x(maybe caused by \"TCP checksum offload\"?)",
		      right);
	node_stand_at(d, put_uint(d, TCP_CHECKSUM_STATUS, rest == 0 ? CHECKSUM_GOOD : CHECKSUM_BAD),
		      node);
	node_stand_on(d, put_uint(d, TCP_CHECKSUM_CALCULATED, right), node);
	if (rest) {
		node_flag(d, last_node(d), NODE_BAD);
		note_finding_on(d, node, TCP_CHECKSUM_BAD, "Bad checksum [should be 0x%04x]",
				right);
	}
	return rest != 0;
}

static void show_timestamps(struct dissection *d, const struct conversation *talk)
{
	if (!talk || only_learning(d))
		return;
	node_id tree = put_none(d, TCP_TIMESTAMPS);
	open_node(d, tree);
	put_duration(d, TCP_TIME_RELATIVE,
		     time_between(conversation_start(d, talk), d->packet.time_ns));
	put_duration(d, TCP_TIME_DELTA, conversation_gap(d));
	close_node(d, tree);
}

static void show_ports(struct dissection *d, struct cursor *c)
{
	d->from.port = take_u16(d, c, TCP_SRCPORT);
	node_id source = last_node(d);
	d->to.port = take_u16(d, c, TCP_DSTPORT);
	node_id destination = last_node(d);
	put_alias(d, TCP_PORT, d->from.port);
	node_stand_on(d, last_node(d), source);
	put_alias(d, TCP_PORT, d->to.port);
	node_stand_on(d, last_node(d), destination);
	info_begin(d);
	tell_ports(d, IP_PROTO_TCP);
}

/* A quick look, which may find the kind in an option's body: then it is read for nothing. */
static bool has_option(const struct cursor *c, uint8_t kind)
{
	uint32_t n = cursor_left(c);
	const uint8_t *at;

	return n && cursor_peek(c, 0, n, &at) && memchr(at, kind, n);
}

/* The options, of which the first pass needs a SYN's only. */
static void show_options(struct dissection *d, struct cursor *c, uint32_t length,
			 struct tcp_header *header)
{
	if (!length)
		return;
	struct cursor options = cursor_split(c, length);
	bool cut = cursor_left(&options) < cursor_sent(&options);
	/* Without a SYN they teach nothing, but Multipath TCP shows in the path. */
	if (!only_learning(d) || header->flags & TCP_BIT_SYN ||
	    has_option(&options, KIND_MULTIPATH))
		tcp_options(d, &options, header);
	/* The capture lacks the rest of them, and all that is behind. */
	if (cut)
		cursor_skip(c, 1);
}

static bool header_is_bogus(struct dissection *d, uint32_t length, uint32_t sent)
{
	if (length >= LEAST_HEADER && length <= sent)
		return false;
	if (length < LEAST_HEADER) {
		note_finding_on(d, last_node(d), TCP_BOGUS_HEADER_LENGTH,
				"Bogus TCP header length (%u, must be at least %u)", length,
				LEAST_HEADER);
		info(d, ", bogus TCP header length (%u, must be at least %u)", length,
		     LEAST_HEADER);
		return true;
	}
	note_finding(d, TCP_SHORT_SEGMENT,
		     "Short segment. Segment/fragment does not contain a full TCP header (might be "
		     "NMAP or someone else deliberately sending unusual packets)");
	return false;
}

/* What follows the options is payload, of which the capture may lack some or all. */
static void tell_header(struct dissection *d, const struct work *work, const struct cursor *c)
{
	const struct tcp_header *header = &work->header;
	struct tcp_segment *told = work->told;

	if (!told)
		return;
	int shift = tcp_shift_of(d, told->talk, !d->from_opener);
	told->sequence = header->sequence;
	told->acknowledgment = header->acknowledgment;
	told->base[0] = tcp_base_of(d, told->talk, !d->from_opener);
	told->base[1] = header->ack_base;
	told->length = work->payload_length;
	told->window = shown_window(header, shift);
	told->flags = header->flags;
	told->mss = header->mss;
	told->scale = header->wscale;
	told->sack_permitted = header->sack_permitted;
	told->has_sack = header->has_sack;
	told->sack_left = header->sack_left;
	told->sack_right = header->sack_right;
	told->has_cookie = header->has_cookie;
	told->is_cut = *c->fault == FAULT_CUT_SHORT;
	if (cursor_ok(c) && c->pos < c->captured) {
		told->payload = c->data + c->pos;
		told->payload_held = c->captured - c->pos;
	}
}

/* Without flags nothing is told by numbers. */
static void show_cut_header(struct dissection *d, struct cursor *c)
{
	const struct conversation *talk = tcp_find_cut_conversation(d);

	if (talk) {
		struct tcp_analysis nothing = { .is_known = true };
		struct tcp_segment *told = tcp_tell_segment(d, &nothing);
		if (told)
			told->is_cut = told->has_ports_only = true;
		put_uint(d, TCP_STREAM, talk->stream);
		tcp_show_completeness(d, talk);
	}
	cursor_skip(c, NUMBERS_LENGTH);
}

/* Before any of it is shown: what the header says, and what it tells of its connection. */
static void read_header(struct dissection *d, const struct cursor *c, struct work *work)
{
	struct tcp_header *header = &work->header;
	const uint8_t *at;

	work->length = cursor_peek(c, 8, 1, &at) ? 4u * (*at >> 4) : LEAST_HEADER;
	work->payload_length = work->sent > work->length ? work->sent - work->length : 0;
	peek_header(c, header);
	work->talk = tcp_find_conversation(d, header);
	if (work->talk)
		tcp_learn_bases(d, header);
	if (work->talk && work->length >= LEAST_HEADER && work->length <= work->sent)
		analyze(d, c, work);
	work->told = tcp_tell_segment(d, &work->analysis);
}

static void show_header_length(struct dissection *d, const struct cursor *c, uint32_t length)
{
	struct cursor offset = *c;

	cursor_u8(&offset);
	add_uint(d, &offset, TCP_HDR_LEN, c->pos, 1, length);
	label_set(d, last_node(d), "%u%u%u%u .... = Header Length: %u bytes (%u)", length >> 5 & 1,
		  length >> 4 & 1, length >> 3 & 1, length >> 2 & 1, length, length / 4);
}

static uint16_t show_urgent_pointer(struct dissection *d, struct cursor *c, uint16_t flags)
{
	uint16_t urgent = take_u16(d, c, TCP_URGENT_POINTER);

	if (urgent && !(flags & TCP_BIT_URG))
		note_finding_on(d, last_node(d), TCP_URGENT_NONZERO, NULL);
	return urgent;
}

/* On the line of the protocol itself, and in the row. */
static void tell_numbers(struct dissection *d, const struct work *work, uint32_t window)
{
	const struct tcp_header *header = &work->header;
	uint32_t sequence = header->sequence - tcp_shown_base(d, work->talk, !d->from_opener);
	uint32_t acknowledgment = header->acknowledgment - header->ack_shown_from;
	bool acknowledges = header->flags & TCP_BIT_ACK;

	info_count(d, " Seq=", sequence);
	label(d, layer_node(d), ", Seq: %u", sequence);
	if (acknowledges) {
		info_count(d, " Ack=", acknowledgment);
		label(d, layer_node(d), ", Ack: %u", acknowledgment);
	}
	info_count(d, " Win=", window);
	label(d, layer_node(d), ", Len: %u", work->payload_length);
}

static void find_ack_base(struct dissection *d, struct work *work)
{
	work->header.ack_base = tcp_base_of(d, work->talk, d->from_opener);
	work->header.ack_shown_from =
		dissection_settings()->absolute_sequences ? 0 : work->header.ack_base;
}

/* May the header be skimmed, as far as its flags and the analysis of it tell? */
static bool is_unremarkable(const struct dissection *d, const struct work *work)
{
	const struct tcp_header *header = &work->header;
	uint32_t usual = TCP_BIT_ACK | TCP_BIT_PSH;

	if (work->told || wants_fields(d) || words_checksum(d) || work->analysis.findings)
		return false;
	if (only_learning(d))
		usual |= TCP_BIT_SYN | TCP_BIT_FIN;
	return work->length >= LEAST_HEADER && !(header->flags & ~usual) &&
	       (header->flags & TCP_BIT_ACK ||
		(header->flags & TCP_BIT_SYN && !header->acknowledgment));
}

/* All that is left to do of a header whose bytes from the sequence number on these are; false: more
 * is. */
static bool learn_header(struct dissection *d, const uint8_t *at, struct work *work)
{
	struct tcp_header *header = &work->header;
	const uint8_t *options = at + LEAST_HEADER - PORTS_LENGTH;
	uint32_t n = work->length - LEAST_HEADER, flags = header->flags;

	if (flags & TCP_BIT_SYN ? !tcp_skim_options(options, n, header)
				: n && memchr(options, KIND_MULTIPATH, n))
		return false;
	if (flags & (TCP_BIT_SYN | TCP_BIT_FIN))
		tcp_show_flag_findings(d, NO_NODE, header->flags);
	tcp_learn_scale(d, header);
	return true;
}

/* What a row says of a header; the cursor is at its options. */
static void word_header(struct dissection *d, struct cursor *c, struct work *work)
{
	const struct tcp_header *header = &work->header;
	int shift = tcp_shift_of(d, work->talk, !d->from_opener);

	find_ack_base(d, work);
	tcp_word_flags(d, header->flags);
	tell_numbers(d, work, shown_window(header, shift));
	info_count(d, " Len=", work->payload_length);
	show_options(d, c, work->length - LEAST_HEADER, &work->header);
}

/* Steps over a header with nothing in it that is shown or reported but its flags and numbers.  Most
 * are so; false: this one is not. */
static bool skim_header(struct dissection *d, struct cursor *c, struct work *work)
{
	const uint8_t *at;

	/* The urgent pointer, behind the checksum, means nothing without its flag. */
	if (!is_unremarkable(d, work) || !cursor_peek(c, 0, work->length - PORTS_LENGTH, &at) ||
	    at[14] || at[15])
		return false;
	if (only_learning(d)) {
		if (!learn_header(d, at, work))
			return false;
		cursor_skip(c, work->length - PORTS_LENGTH);
		return true;
	}
	cursor_skip(c, LEAST_HEADER - PORTS_LENGTH);
	word_header(d, c, work);
	return true;
}

/* From the sequence number to the urgent pointer.  False: the segment ends with them. */
static bool show_fixed_header(struct dissection *d, struct cursor *c, struct work *work)
{
	struct tcp_header *header = &work->header;
	const struct conversation *talk = work->talk;

	show_sequence(d, c, header, talk, work->payload_length);
	show_acknowledgment(d, c, header, talk, work->analysis.findings);
	show_header_length(d, c, work->length);
	if (header_is_bogus(d, work->length, work->sent))
		return false;
	tcp_show_flags(d, c, header);
	tell_numbers(d, work, show_window(d, c, header, talk));
	bool is_damaged = show_checksum(d, c, &work->whole);
	if (header->flags & TCP_BIT_RST && !cursor_ok(c)) {
		tell_header(d, work, c);
		return false;
	}
	uint16_t urgent = show_urgent_pointer(d, c, header->flags);
	if (header->flags & TCP_BIT_URG)
		info_count(d, " Urg=", urgent);
	if (is_damaged && words_checksum(d))
		info_words(d, " [TCP CHECKSUM INCORRECT]");
	info_count(d, " Len=", work->payload_length);
	return true;
}

/* False: there is nothing behind it. */
static bool show_header(struct dissection *d, struct cursor *c, struct work *work)
{
	struct tcp_header *header = &work->header;

	find_ack_base(d, work);
	if (work->talk) {
		put_uint(d, TCP_STREAM, work->talk->stream);
		tcp_show_completeness(d, work->talk);
		tcp_show_states(d, &work->analysis);
	}
	put_uint(d, TCP_LEN, work->payload_length);
	if (!show_fixed_header(d, c, work))
		return false;
	show_options(d, c, work->length - LEAST_HEADER, header);
	tcp_learn_scale(d, header);
	tell_header(d, work, c);
	end_header(d, c);
	show_timestamps(d, work->talk);
	tcp_show_analysis(d, &work->analysis);
	tcp_show_payload(d, c);
	return true;
}

static void tcp_dissect(struct dissection *d, struct cursor *c)
{
	struct work work = { .header.wscale = -1, .whole = *c, .sent = cursor_sent(c) };
	const uint8_t *at;

	show_ports(d, c);
	/* ICMP quotes at least 8 bytes (RFC 792), often no more. */
	if (d->is_undelivered && cursor_peek(c, 0, 4, &at))
		tcp_learn_rejection(d, load_be32(at));
	if (d->in_error && work.sent < LEAST_HEADER) {
		take_u32(d, c, TCP_SEQ);
		return;
	}
	if (cursor_left(c) < NUMBERS_LENGTH) {
		show_cut_header(d, c);
		return;
	}
	read_header(d, c, &work);
	if (!skim_header(d, c, &work) && !show_header(d, c, &work))
		return;
	tcp_hand_on_payload(d, &work.header, &work.analysis, c);
	d->detected = NULL;
}

/* Where numbers are shown as they are, there are no raw ones. */
static bool tcp_is_plain(struct outline *o)
{
	o->header = 4u * (o->bytes[o->at + 12] >> 4);
	return o->header >= LEAST_HEADER && o->header <= o->reported - o->at &&
	       !dissection_settings()->absolute_sequences;
}

static const struct plain_header tcp_plain = { tcp_is_plain, .bytes = LEAST_HEADER };

static const struct claim tcp_claims[] = { { BY_IP_PROTO, IP_PROTO_TCP } };

const struct dissector tcp_dissector = {
	.name = "tcp",
	.short_name = "TCP",
	.title = "Transmission Control Protocol",
	.fields = tcp_fields,
	.field_count = TCP_FIELDS,
	.claims = tcp_claims,
	.claim_count = COUNT(tcp_claims),
	.plain = &tcp_plain,
	.dissect = tcp_dissect,
};
