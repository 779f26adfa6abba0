/* tcp_analysis.c - both directions of a TCP connection, followed segment by segment.
 *
 * Of each direction it knows what comes next, what was acknowledged, and which segments wait
 * for their acknowledgment, in the order of their numbers.  Every step is a comparison of the
 * segment with that, and costs the same however long the connection lives. */
#include "state/tcp_analysis.h"

#include <stdlib.h>
#include <string.h>

#include "base/sequence.h"
#include "base/time.h"
#include "state/conversation.h"
#include "state/facts.h"
#include "state/learned.h"
#include "state/tcp_segment.h"
#include "tables.h"
#include "tcp_state.h"

enum {
	MOST_UNACKED = 10000, /* segments that wait, per direction */
	LIST_CLASSES = 16,    /* the last has room for them and for as many that have gone */
	FAST_NS = 20000000,   /* a fast retransmission follows the duplicate ACK within this */
	REORDER_NS = 3000000, /* out of order if that soon, where the round trip is not known */
	NO_FINAL_BITS = TCP_BIT_SYN | TCP_BIT_FIN | TCP_BIT_RST,
};

/* The bits of a note above its findings. */
enum {
	NOTE_WIDE = 1 << 19,
	NOTE_CLIENT_IS_OTHER = 1 << 20,
	NOTE_CLIENT_KNOWN = 1 << 21,
	NOTE_TAKEN = 1 << 22,
	NOTE_OLD_DATA = 1 << 23,
	NOTE_STATES_SHIFT = 24,
};

struct unacked {
	uint32_t sequence, end; /* end: the number that acknowledges it */
	uint32_t packet;
};

struct tcp_half {
	uint32_t next;		 /* the highest number seen; what comes next */
	uint32_t next_packet;	 /* that moved it */
	uint32_t most_acked;	 /* the highest number that may be acknowledged without surprise */
	uint32_t acknowledgment; /* the last one it sent */
	uint32_t ack_packet;	 /* the first that sent this number */
	uint32_t last_packet;
	uint32_t pushed, sacked;
	int32_t duplicates; /* of the last acknowledgment; -1: after an unseen segment */
	uint16_t last_findings;
	uint16_t window; /* not scaled */
	bool known : 1;	 /* next is */
	bool has_window : 1, has_ack : 1;
	bool window_of_syn : 1;	 /* the window was a SYN's: never scaled */
	bool flight_unknown : 1; /* a hole since the other side last acknowledged */
	bool push_was_last : 1;
	bool next_was_empty : 1; /* the segment that moved next had no bytes */
	bool has_cookie : 1;	 /* its SYN had one, of Fast Open */
	uint8_t class;		 /* of the list: room for 2^class; 0: none */
	uint16_t first, count;	 /* of unacked[] */
	struct unacked *unacked; /* by sequence number */
};

struct tcp_track {
	struct tcp_half half[2]; /* the opener's, the other's */
	uint32_t stream[2];	 /* stream.c's halves, + 1 */
	struct tcp_states states;
	uint32_t syn_packet; /* the last SYN without ACK */
	bool client_known;
	uint8_t client; /* 0: the opener */
};

/* The rarer results, a fact of the packet. */
struct tcp_extra {
	uint32_t duplicate_number, duplicate_of, rto_packet;
};

/* What does not fit into a note, a fact too. */
struct tcp_wide_note {
	uint32_t acks_packet, in_flight, pushed;
};

/* A segment at work. */
struct step {
	struct dissection *d;
	const struct tcp_seen *seen;
	const struct conversation *talk;
	struct tcp_talk *tcp; /* of it */
	struct tcp_track *track;
	struct tcp_half *own, *other; /* of its direction, of the one it acknowledges */
	unsigned side;
	uint32_t end; /* the number after it: SYN and FIN count one */
	uint32_t findings;
	bool old_data;
	struct tcp_extra extra;
	uint32_t acks_packet, in_flight, pushed;
};

/* Nanoseconds since that packet. */
static int64_t since(const struct step *s, uint32_t packet)
{
	return time_between(index_time(&s->d->learned->index, packet), s->d->packet.time_ns);
}

static bool within(int64_t ns, int64_t limit)
{
	return ns >= 0 && ns < limit;
}

/* --- segments that wait for their acknowledgment --- */

struct tcp_tracks {
	struct table rows; /* struct tcp_track: by the number of the stream */
	/* Lists that are not in use, by the power of two that they have room for.  Most directions
	 * have nothing to wait for most of the time: few lists serve many connections. */
	struct arena memory;
	struct unacked *free[LIST_CLASSES]; /* the first row says which is next */
};

struct tcp_tracks *tcp_tracks_new(void)
{
	struct tcp_tracks *tracks = must_zeroed(1, sizeof *tracks);

	table_init(&tracks->rows, sizeof(struct tcp_track), 12);
	return tracks;
}

void tcp_tracks_free(struct tcp_tracks *tracks)
{
	if (!tracks)
		return;
	table_free(&tracks->rows);
	arena_free(&tracks->memory);
	free(tracks);
}

void tcp_track_fetch(const struct tcp_tracks *tracks, uint32_t stream)
{
	if (stream >= tracks->rows.count)
		return;
	const struct tcp_track *track = table_row(&tracks->rows, stream);
	__builtin_prefetch(&track->half[0]);
	__builtin_prefetch(&track->half[1]);
	__builtin_prefetch(&track->states);
}

static struct unacked *take_list(struct tcp_tracks *tracks, unsigned class)
{
	struct unacked *list = tracks->free[class];

	if (!list)
		return arena_alloc(&tracks->memory, sizeof *list << class);
	memcpy(&tracks->free[class], list, sizeof(void *));
	return list;
}

static void give_list(struct tcp_tracks *tracks, struct tcp_half *half)
{
	if (half->class) {
		memcpy(half->unacked, &tracks->free[half->class], sizeof(void *));
		tracks->free[half->class] = half->unacked;
	}
	half->class = 0;
	half->first = half->count = 0;
}

static bool make_room(struct tcp_tracks *tracks, struct tcp_half *half)
{
	uint32_t room = half->class ? 1u << half->class : 0;

	if (half->count == MOST_UNACKED)
		return false;
	if ((uint32_t)half->first + half->count < room)
		return true;
	if (half->first > room / 2) {
		memmove(half->unacked, half->unacked + half->first,
			half->count * sizeof *half->unacked);
		half->first = 0;
		return true;
	}
	uint8_t class = (uint8_t)(half->class + 1);
	uint16_t count = half->count;
	struct unacked *rows = take_list(tracks, class);
	if (count)
		memcpy(rows, half->unacked + half->first, count * sizeof *rows);
	give_list(tracks, half);
	half->unacked = rows;
	half->class = class;
	half->count = count;
	return true;
}

/* Those of one number stay in the order of their packets. */
static void wait_for_ack(struct step *s)
{
	struct tcp_half *half = s->own;

	if (!make_room(s->d->pen->tcp_tracks, half))
		return;
	struct unacked *rows = half->unacked + half->first;
	uint32_t at = half->count;
	while (at && sequence_before(s->seen->sequence, rows[at - 1].sequence))
		at--;
	memmove(&rows[at + 1], &rows[at], (half->count - at) * sizeof *rows);
	rows[at] = (struct unacked){ s->seen->sequence, s->end, s->d->packet.number };
	half->count++;
}

/* Takes out what the other direction now acknowledges; the oldest that ends just there is named. */
static void take_acked(struct step *s)
{
	struct tcp_half *half = s->other;
	uint32_t ack = s->seen->acknowledgment;
	uint16_t at = 0, kept = 0;

	if (!half->count)
		return;
	struct unacked *rows = half->unacked + half->first;
	for (; at < half->count && sequence_before(rows[at].sequence, ack); at++) {
		if (rows[at].end == ack && (!s->acks_packet || rows[at].packet < s->acks_packet))
			s->acks_packet = rows[at].packet;
		if (!sequence_before(ack, rows[at].end))
			continue;
		rows[kept] = rows[at];
		rows[kept++].sequence = ack;
	}
	if (kept && kept < at)
		memmove(rows + (at - kept), rows, kept * sizeof *rows);
	half->first = (uint16_t)(half->first + (at - kept));
	half->count = (uint16_t)(half->count - (at - kept));
	if (!half->count)
		give_list(s->d->pen->tcp_tracks, half);
}

/* --- what the segment is, compared with what was there --- */

/* It says nothing new: no bytes, and the numbers of the one before it. */
static bool repeats_numbers(const struct step *s)
{
	const struct tcp_half *own = s->own;

	return !s->seen->length && own->known && s->seen->sequence == own->next && own->has_ack &&
	       s->seen->acknowledgment == own->acknowledgment && !(s->seen->flags & NO_FINAL_BITS);
}

static void find_repeated_ack(struct step *s)
{
	struct tcp_half *own = s->own;
	uint16_t window = s->seen->window;

	if (!repeats_numbers(s))
		return;
	if (window && window != own->window) {
		s->findings |= TCP_FOUND_WINDOW_UPDATE;
		return;
	}
	if (window != own->window)
		return;
	if (window && s->other->last_findings & TCP_FOUND_KEEP_ALIVE) {
		s->findings |= TCP_FOUND_KEEP_ALIVE_ACK;
	} else if (!window && s->other->last_findings & TCP_FOUND_ZERO_WINDOW_PROBE) {
		s->findings |= TCP_FOUND_ZERO_WINDOW_PROBE_ACK;
	} else if (window) {
		own->duplicates = own->duplicates < 0 ? 1 : own->duplicates + 1;
		s->findings |= TCP_FOUND_DUPLICATE_ACK;
		s->extra.duplicate_number = (uint32_t)own->duplicates;
		s->extra.duplicate_of = own->ack_packet;
	}
}

static bool fills_window(const struct step *s)
{
	const struct tcp_half *other = s->other;
	int shift = s->tcp->window_shift[!s->side];

	if (!s->seen->length || shift == -1 || !other->has_window || s->seen->flags & NO_FINAL_BITS)
		return false;
	uint32_t window = (uint32_t)other->window
			  << (shift < 0 || other->window_of_syn ? 0 : shift);
	return s->seen->sequence + s->seen->length == other->acknowledgment + window;
}

static void find_place(struct step *s)
{
	const struct tcp_seen *seen = s->seen;
	struct tcp_half *own = s->own;

	if (seen->length == 1 && own->known && seen->sequence == own->next &&
	    s->other->has_window && !s->other->window) {
		s->findings |= TCP_FOUND_ZERO_WINDOW_PROBE;
		return;
	}
	if (!seen->window && !(seen->flags & NO_FINAL_BITS))
		s->findings |= TCP_FOUND_ZERO_WINDOW;
	if (own->known && sequence_before(own->next, seen->sequence) &&
	    !(seen->flags & TCP_BIT_RST)) {
		s->findings |= TCP_FOUND_LOST_SEGMENT;
		own->flight_unknown = true;
	}
	if (seen->length <= 1 && own->known && seen->sequence == own->next - 1 &&
	    !(seen->flags & NO_FINAL_BITS))
		s->findings |= TCP_FOUND_KEEP_ALIVE;
	if (fills_window(s))
		s->findings |= TCP_FOUND_WINDOW_FULL;
	find_repeated_ack(s);
}

/* What a SYN-ACK makes of the data that came with the SYN. */
static void find_fast_open(struct step *s)
{
	const struct tcp_half *other = s->other;
	uint32_t base = s->tcp->base_sequence[!s->side];

	if ((s->seen->flags & (TCP_BIT_SYN | TCP_BIT_ACK)) != (TCP_BIT_SYN | TCP_BIT_ACK) ||
	    !other->known)
		return;
	if (s->seen->acknowledgment - base > 1)
		s->findings |= TCP_FOUND_FAST_OPEN_ACCEPTED;
	else if (other->has_cookie && other->window_of_syn && other->next - base > 1)
		s->findings |= TCP_FOUND_FAST_OPEN_IGNORED;
}

static void count_duplicates(struct step *s)
{
	struct tcp_half *own = s->own;

	if (own->has_ack && s->seen->acknowledgment == own->acknowledgment)
		return;
	own->ack_packet = s->d->packet.number;
	own->duplicates = 0;
}

/* Told once for each hole: what may be acknowledged moves up to what was seen. */
static void find_acked_unseen(struct step *s)
{
	struct tcp_half *other = s->other;

	if (!(s->seen->flags & TCP_BIT_ACK) || !other->known ||
	    !sequence_before(other->most_acked, s->seen->acknowledgment))
		return;
	if (sequence_before(other->most_acked, other->next)) {
		other->most_acked = other->next;
		s->findings |= TCP_FOUND_ACKED_UNSEEN;
		return;
	}
	if (other->duplicates == 0)
		s->findings |= TCP_FOUND_ACKED_UNSEEN;
	other->duplicates = -1;
}

/* Too soon after the highest number to be sent again? */
static bool is_reordered(const struct step *s)
{
	uint32_t from = fact_link(&s->tcp->syn_packet), to = fact_link(&s->tcp->handshake_packet);
	int64_t limit = REORDER_NS;

	if (from && to) {
		const struct packet_index *x = &s->d->learned->index;
		limit = time_between(index_time(x, from), index_time(x, to));
	}
	/* What ends just where all that was seen ends is late only behind a pure ACK. */
	return within(since(s, s->own->next_packet), limit) &&
	       (s->own->next != s->end || (s->seen->length && s->own->next_was_empty));
}

/* Since when did the sender wait?  Since the first of its segments that was not acknowledged. */
static uint32_t rto_packet(const struct step *s)
{
	const struct tcp_half *own = s->own;

	return own->count ? own->unacked[own->first].packet : own->next_packet;
}

static void find_resent(struct step *s)
{
	const struct tcp_seen *seen = s->seen;
	const struct tcp_half *own = s->own, *other = s->other;

	if ((!seen->length && !(seen->flags & (TCP_BIT_SYN | TCP_BIT_FIN))) ||
	    s->findings & TCP_FOUND_KEEP_ALIVE)
		return;
	if (seen->length && other->has_ack &&
	    !sequence_before(other->acknowledgment, seen->sequence + seen->length)) {
		s->findings |= TCP_FOUND_SPURIOUS;
		return;
	}
	/* New bytes after a probe of the zero window begin with the byte that the probe sent. */
	if (!own->known || !sequence_before(seen->sequence, own->next) ||
	    (seen->length > 1 && own->next - 1 == seen->sequence))
		return;
	if (other->duplicates >= 2 && other->acknowledgment == seen->sequence &&
	    within(since(s, other->last_packet), FAST_NS)) {
		s->findings |= TCP_FOUND_FAST_RETRANSMISSION;
	} else if (is_reordered(s)) {
		s->findings |= TCP_FOUND_OUT_OF_ORDER;
	} else {
		s->findings |= TCP_FOUND_RETRANSMISSION;
		s->extra.rto_packet = rto_packet(s);
	}
}

/* --- taking it in --- */

static void move_next(struct step *s)
{
	struct tcp_half *own = s->own;
	bool counts = s->seen->flags & (TCP_BIT_SYN | TCP_BIT_FIN);
	bool probe = s->findings & TCP_FOUND_ZERO_WINDOW_PROBE;

	if (!own->known || sequence_before(own->next + counts, s->end))
		own->next_was_empty = !s->seen->length;
	bool first = !own->known;
	if (!probe && (first || sequence_before(own->next, s->end))) {
		own->next = s->end;
		own->next_packet = s->d->packet.number;
		own->known = true;
	}
	if (!probe && (first || s->seen->sequence == own->most_acked))
		own->most_acked = own->next;
}

static void take_in(struct step *s)
{
	struct tcp_half *own = s->own;

	if (s->seen->length || s->seen->flags & (TCP_BIT_SYN | TCP_BIT_FIN))
		wait_for_ack(s);
	move_next(s);
	own->window = s->seen->window;
	own->has_window = true;
	own->window_of_syn = s->seen->flags & TCP_BIT_SYN;
	own->last_packet = s->d->packet.number;
	own->last_findings = (uint16_t)s->findings;
	if (s->seen->flags & TCP_BIT_ACK) {
		own->acknowledgment = s->seen->acknowledgment;
		own->has_ack = true;
		own->sacked = s->seen->sacked;
		take_acked(s);
	}
}

/* What is on its way now, and since the last PSH. */
static void count_flight(struct step *s)
{
	struct tcp_half *own = s->own;
	bool push = s->seen->flags & TCP_BIT_PSH;

	if (!s->seen->length || !own->count || own->flight_unknown)
		return;
	const struct unacked *rows = own->unacked + own->first;
	uint32_t highest = rows[own->count - 1].end;
	if (sequence_before(highest, own->next))
		highest = own->next;
	uint32_t flight = highest - rows[0].sequence - s->other->sacked;
	if (flight && flight < 2000000000)
		s->in_flight = flight - !!(s->seen->flags & (TCP_BIT_SYN | TCP_BIT_FIN));
	own->pushed = own->push_was_last ? s->seen->length : own->pushed + s->seen->length;
	own->push_was_last = push;
	s->pushed = own->pushed;
}

/* --- the connection --- */

static void note_client(struct step *s)
{
	uint16_t syn = s->seen->flags & (TCP_BIT_SYN | TCP_BIT_ACK);

	if (!(syn & TCP_BIT_SYN) || s->track->client_known)
		return;
	s->track->client = (uint8_t)(syn == TCP_BIT_SYN ? s->side : !s->side);
	s->track->client_known = true;
}

/* Without a SYN, the end with the lower port is taken for the server. */
static uint8_t guess_client(const struct conversation *talk)
{
	return talk->opener.port < talk->other.port;
}

static void note_round_trip(struct step *s)
{
	uint16_t syn = s->seen->flags & (TCP_BIT_SYN | TCP_BIT_ACK);
	struct tcp_talk *tcp = s->tcp;

	if (syn == TCP_BIT_SYN) {
		s->track->syn_packet = s->d->packet.number;
	} else if (syn == TCP_BIT_ACK && s->track->syn_packet &&
		   !fact_link(&tcp->handshake_packet)) {
		fact_set_link(&tcp->syn_packet, s->track->syn_packet);
		fact_set_link(&tcp->handshake_packet, s->d->packet.number);
	}
}

static void note_completeness(struct step *s)
{
	uint16_t flags = s->seen->flags;
	uint32_t seen = fact_link(&s->tcp->completeness);
	bool first = s->talk->first_packet == s->d->packet.number;

	if (first && (flags & (TCP_BIT_SYN | TCP_BIT_ACK)) == TCP_BIT_SYN)
		seen |= TCP_SEEN_SYN | (s->seen->length ? TCP_SEEN_DATA : 0);
	if ((flags & (TCP_BIT_SYN | TCP_BIT_ACK)) == (TCP_BIT_SYN | TCP_BIT_ACK))
		seen |= TCP_SEEN_SYN_ACK;
	if ((flags & (TCP_BIT_SYN | TCP_BIT_ACK)) == TCP_BIT_ACK)
		seen |= s->seen->length ? TCP_SEEN_DATA : TCP_SEEN_ACK;
	if ((flags & (TCP_BIT_FIN | TCP_BIT_ACK)) == (TCP_BIT_FIN | TCP_BIT_ACK))
		seen |= TCP_SEEN_FIN;
	if (flags & TCP_BIT_RST)
		seen |= TCP_SEEN_RST;
	if (flags & TCP_BIT_FIN && !(seen & (TCP_OPENER_CLOSED_FIRST | TCP_OTHER_CLOSED_FIRST)))
		seen |= s->d->from_opener ? TCP_OPENER_CLOSED_FIRST : TCP_OTHER_CLOSED_FIRST;
	fact_set_link(&s->tcp->completeness, seen);
}

/* RFC 9293, 3.5.3: a RST counts if its number is in the receiver's window, or if it answers a SYN.
 */
static bool rst_is_valid(const struct step *s)
{
	const struct tcp_half *other = s->other;

	if (s->track->states.of[!s->side] == TCP_SYN_SENT ||
	    s->track->states.of[s->side] <= TCP_SYN_RECEIVED)
		return !(s->seen->flags & TCP_BIT_ACK) || !other->known ||
		       s->seen->acknowledgment == other->next;
	if (!other->has_ack)
		return true;
	int shift = other->window_of_syn ? 0 : s->tcp->window_shift[!s->side];
	/* Where scaling is not known, the window may be as large as it gets. */
	uint32_t window = (uint32_t)other->window << (shift == -1 ? 14 : shift < 0 ? 0 : shift);
	int32_t into = sequence_distance(other->acknowledgment, s->seen->sequence);
	return into >= 0 && (uint32_t)into <= window;
}

/* Of the conversation at hand; NULL: not in the first pass, or there are too many. */
static struct tcp_track *track_of(struct dissection *d)
{
	if (!d->pen || !d->conversation)
		return NULL;
	struct table *tracks = &d->pen->tcp_tracks->rows;
	uint32_t stream = d->conversation->stream;
	while (tracks->count <= stream)
		if (!table_append(tracks))
			return NULL;
	return table_row(tracks, stream);
}

void tcp_note_cookie(struct dissection *d)
{
	struct tcp_track *track = track_of(d);

	if (track)
		track->half[!d->from_opener].has_cookie = true;
}

uint32_t *tcp_stream_halves(struct dissection *d)
{
	struct tcp_track *track = track_of(d);

	return track ? track->stream : NULL;
}

/* --- what is kept --- */

static struct tcp_note *learn_note(struct dissection *d)
{
	if (d->segments_seen)
		return learn(d, FACT_TCP_NOTE, sizeof(struct tcp_note));
	return index_tcp_note(&d->pen->index, d->packet.number);
}

static const struct tcp_note *recall_note(struct dissection *d)
{
	if (d->segments_seen)
		return recall(d, FACT_TCP_NOTE, NULL);
	return is_indexed(d) ? index_tcp_note_of(&d->learned->index, d->packet.number) : NULL;
}

/* Do the note's columns hold the numbers?  Else the packet has a fact of them. */
static bool is_wide(const struct step *s, uint32_t acks_back)
{
	return acks_back > UINT16_MAX || s->in_flight >= 1 << 24 || s->pushed >= 1 << 24;
}

static uint32_t note_bits(const struct step *s)
{
	const struct tcp_track *track = s->track;
	uint8_t client = track->client_known ? track->client : guess_client(s->talk);

	return s->findings | NOTE_TAKEN | (s->old_data ? NOTE_OLD_DATA : 0) |
	       (client ? NOTE_CLIENT_IS_OTHER : 0) | (track->client_known ? NOTE_CLIENT_KNOWN : 0) |
	       (uint32_t)track->states.of[0] << NOTE_STATES_SHIFT |
	       (uint32_t)track->states.of[1] << (NOTE_STATES_SHIFT + 4);
}

/* NULL: there is no room for it. */
static const struct tcp_note *keep_note(struct step *s)
{
	struct tcp_note *note = learn_note(s->d);
	uint32_t acks_back = s->acks_packet ? s->d->packet.number - s->acks_packet : 0;

	if (s->extra.duplicate_number || s->extra.rto_packet) {
		struct tcp_extra *extra = learn(s->d, FACT_TCP_EXTRA, sizeof *extra);
		if (extra)
			*extra = s->extra;
	}
	if (!note)
		return NULL;
	note->bits = note_bits(s);
	if (is_wide(s, acks_back)) {
		struct tcp_wide_note *wide = learn(s->d, FACT_TCP_WIDE_NOTE, sizeof *wide);
		if (wide)
			*wide = (struct tcp_wide_note){ s->acks_packet, s->in_flight, s->pushed };
		note->bits |= NOTE_WIDE;
		return note;
	}
	note->acks_back = (uint16_t)acks_back;
	note->in_flight_low = (uint16_t)s->in_flight;
	note->in_flight_high = (uint8_t)(s->in_flight >> 16);
	note->pushed_low = (uint16_t)s->pushed;
	note->pushed_high = (uint8_t)(s->pushed >> 16);
	return note;
}

/* What the segment is, in the conversation that `track` follows. */
static const struct tcp_note *compare(struct dissection *d, struct tcp_track *track,
				      const struct tcp_seen *seen)
{
	unsigned side = !d->from_opener;
	stream_half_fetch(d->pen->streams, track->stream[side]);
	bool counts = seen->flags & (TCP_BIT_SYN | TCP_BIT_FIN);
	struct step s = {
		.d = d,
		.seen = seen,
		.talk = d->conversation,
		.tcp = tcp_talk_pen(d, d->conversation),
		.track = track,
		.side = side,
		.own = &track->half[side],
		.other = &track->half[!side],
		.end = seen->sequence + seen->length + counts,
		.findings = seen->reuses_ports ? TCP_FOUND_REUSED_PORTS : 0,
	};
	s.old_data = seen->length && s.own->known &&
		     !sequence_before(s.own->next, seen->sequence + seen->length +
							   !!(seen->flags & TCP_BIT_SYN));
	if (seen->flags & TCP_BIT_ACK)
		s.other->flight_unknown = false;
	note_client(&s);
	find_place(&s);
	find_fast_open(&s);
	count_duplicates(&s);
	find_acked_unseen(&s);
	find_resent(&s);
	tcp_states_step(&track->states, side, seen, seen->flags & TCP_BIT_RST && rst_is_valid(&s));
	take_in(&s);
	count_flight(&s);
	note_completeness(&s);
	note_round_trip(&s);
	return keep_note(&s);
}

static void take_wide_note(struct dissection *d, struct tcp_analysis *analysis)
{
	const struct tcp_wide_note *wide = recall(d, FACT_TCP_WIDE_NOTE, NULL);

	if (!wide)
		return;
	analysis->acks_packet = wide->acks_packet;
	analysis->in_flight = wide->in_flight;
	analysis->pushed = wide->pushed;
}

/* What the note of this segment says. */
static void take_note(struct dissection *d, const struct tcp_note *note,
		      struct tcp_analysis *analysis)
{
	if (!note || !(note->bits & NOTE_TAKEN))
		return;
	bool other = note->bits & NOTE_CLIENT_IS_OTHER;
	enum tcp_state state[2] = {
		(enum tcp_state)(note->bits >> NOTE_STATES_SHIFT & 0xf),
		(enum tcp_state)(note->bits >> (NOTE_STATES_SHIFT + 4) & 0xf),
	};
	*analysis = (struct tcp_analysis){
		.is_known = true,
		.findings = note->bits & TCP_FOUND_ALL,
		.acks_packet = note->acks_back ? d->packet.number - note->acks_back : 0,
		.in_flight = note->in_flight_low | (uint32_t)note->in_flight_high << 16,
		.pushed = note->pushed_low | (uint32_t)note->pushed_high << 16,
		.old_data = note->bits & NOTE_OLD_DATA,
		.from_client = d->from_opener != other,
		.client_is_known = note->bits & NOTE_CLIENT_KNOWN,
		.client = state[other],
		.server = state[!other],
	};
	if (analysis->findings & (TCP_FOUND_DUPLICATE_ACK | TCP_FOUND_RETRANSMISSION)) {
		const struct tcp_extra *extra = recall(d, FACT_TCP_EXTRA, NULL);
		if (extra) {
			analysis->duplicate_number = extra->duplicate_number;
			analysis->duplicate_of = extra->duplicate_of;
			analysis->rto_packet = extra->rto_packet;
		}
	}
	if (note->bits & NOTE_WIDE)
		take_wide_note(d, analysis);
}

void tcp_analyze(struct dissection *d, const struct tcp_seen *seen, struct tcp_analysis *analysis)
{
	struct tcp_track *track = track_of(d);
	const struct tcp_note *note = track ? compare(d, track, seen) : NULL;

	take_note(d, note, analysis);
	d->segments_seen++;
}

void tcp_analysis_of(struct dissection *d, struct tcp_analysis *analysis)
{
	if (!d->conversation)
		return;
	take_note(d, recall_note(d), analysis);
	d->segments_seen++;
}

struct tcp_segment *tcp_tell_segment(struct dissection *d, const struct tcp_analysis *analysis)
{
	if (!d->tells_segments || !analysis->is_known)
		return NULL;
	struct tcp_segment *segment = arena_zeroed(&d->arena, sizeof *segment);
	segment->above = d->segments;
	segment->talk = d->conversation;
	segment->from_opener = d->from_opener;
	segment->source_port = d->from.port;
	segment->destination_port = d->to.port;
	segment->analysis = *analysis;
	d->segments = segment;
	return segment;
}

uint32_t tcp_note_acknowledged(const struct packet_index *index, uint32_t n, bool *is_duplicate)
{
	const struct tcp_note *note = index_tcp_note_of(index, n);
	bool is_taken = note && note->bits & NOTE_TAKEN;

	*is_duplicate = is_taken && note->bits & TCP_FOUND_DUPLICATE_ACK;
	return is_taken && note->acks_back ? n - note->acks_back : 0;
}
