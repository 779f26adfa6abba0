/* stream.c - TCP payload put into order by sequence number and cut into messages.
 *
 * Only the first pass follows streams.  For each direction it knows the next sequence
 * number, which segments came early, and the message being put together, as references to
 * packets.  What a packet completed becomes its fact: a later pass reads that, gathers the
 * bytes and runs the dissector again.
 *
 * A hole is waited for until the receiver has acknowledged what is behind it: then the
 * capture lost those bytes, and the stream goes on with a new message after the hole. */
#include <string.h>

#include "state/conversation.h"
#include "base/sequence.h"
#include "dissect/registry.h"
#include "state/facts.h"
#include "state/learned.h"
#include "state/reassembly.h"
#include "tables.h"

enum {
	EARLY_SEGMENTS = 4096, /* kept per direction while a hole is open */
	EARLY_TOTAL = 1 << 20, /* and in all */
	NUMBERS_BEGIN =
		1 << 16,  /* where a stream of numbered packets begins, so that none is negative */
	SCAN_ROUNDS = 64, /* message_size() calls about the same bytes */
	ITEMS_LIMIT = (1 << 27) - 1,
	GATHER_SCAN = 1 << 20, /* bytes of a message shown to message_size() at once */
};

struct early_segment {
	uint32_t sequence;
	bool fin;
	struct extent extent;
};

/* By sequence number; there is one at least. */
struct early_list {
	uint32_t count, room;
	struct early_segment segments[];
};

struct stream_half {
	uint32_t next;	       /* sequence number of the first byte not yet delivered */
	uint32_t acknowledged; /* by the receiver */
	struct message_scan scan;
	uint32_t message; /* number + 1 of the message at work, once it spans packets */
	uint32_t length;  /* of what is there of it */
	struct extent *extents;
	uint32_t extent_count;
	uint32_t extent_room : 29, started : 1, ended : 1, has_acknowledged : 1;
	struct early_list *early; /* NULL: none */
};

struct stream_table {
	struct table halves; /* struct stream_half */
	uint32_t early_total;
};

/* One message that is complete in this packet. */
struct message_item {
	uint32_t start; /* in the segment's payload; if `message` is 0 */
	uint32_t length : 31;
	uint32_t foreign : 1; /* message_size() said that it is not of its protocol */
	uint32_t message;     /* number + 1 */
	uint32_t other; /* registry number + 1 of whom message_size() named instead; 0: no one */
};

/* The fact of a segment. */
struct segment_fact {
	uint32_t waits_for; /* number + 1 of the message its last bytes are part of; 0: none */
	uint32_t item_count : 27;
	uint32_t early : 1;  /* what is before it had not come yet */
	uint32_t again : 2;  /* enum stream_again, of parts with their place */
	uint32_t begins : 1; /* that message begins in this segment */
	uint32_t drags : 1;  /* it does not, and its size is not known yet: its first extent is
				behind the items */
	struct message_item items[];
};

/* The fact of a segment that has one message and nothing else.  That of most is empty: all of
 * their payload is a message of the protocol. */
struct lone_message {
	uint32_t length : 31;
	uint32_t foreign : 1;
};

/* A segment at work in the first pass. */
struct feed {
	struct dissection *d;
	struct stream_half *half;
	const struct cursor *payload;
	const struct dissector *dissector;
	void (*report)(struct dissection *d, const struct whole_message *whole);
	struct message_item *items;
	uint32_t item_count, item_room;
	uint32_t part_of; /* message number + 1 that this segment's own bytes went to last */
	uint32_t named; /* registry number + 1 of `dissector`, to be kept with each message; 0: need
			   not */
	bool inner;	/* it is a stream inside another */
	bool numbered;	/* its places count packets, not bytes */
	bool within;	/* dissectors stand below the tree that is open */
	bool early;	/* its bytes wait for those before */
	enum stream_again again;
};

/* Bytes in stream order that are being looked at. */
struct run {
	struct extent extent;
	bool own;  /* of the segment at hand: its bytes are feed.payload */
	bool last; /* the stream ends after it */
};

struct stream_table *stream_table_new(void)
{
	struct stream_table *table = must_zeroed(1, sizeof *table);

	table_init(&table->halves, sizeof(struct stream_half), 10);
	return table;
}

void stream_half_fetch(const struct stream_table *table, uint32_t number)
{
	if (number)
		__builtin_prefetch(table_row(&table->halves, number - 1));
}

void stream_table_free(struct stream_table *table)
{
	if (!table)
		return;
	for (uint32_t i = 0; i < table->halves.count; i++) {
		struct stream_half *half = table_row(&table->halves, i);
		free(half->extents);
		free(half->early);
	}
	table_free(&table->halves);
	free(table);
}

/* The half whose number + 1 is kept there; 0: it is made. */
static struct stream_half *half_of(struct dissection *d, uint32_t *number)
{
	struct table *halves = &d->pen->streams->halves;

	if (!*number)
		*number = table_append(halves) ? halves->count : 0;
	return *number ? table_row(halves, *number - 1) : NULL;
}

/* --- running the dissector on a whole message --- */

/* How messages are shown. */
struct showing {
	const struct dissector *dissector;
	void (*report)(struct dissection *d, const struct whole_message *whole);
	bool inner, within; /* as struct feed has them */
	uint32_t shown;	    /* so far in this packet */
};

static const struct dissector *dissector_of(const struct message_item *item,
					    const struct showing *showing)
{
	if (item->foreign)
		return registry_data();
	return item->other ? registry_dissector(item->other - 1) : showing->dissector;
}

static void report_whole(struct dissection *d, const struct message_item *item,
			 const struct showing *showing, const struct message *message)
{
	struct whole_message whole = {
		.dissector = dissector_of(item, showing),
		.message = message,
		.size = message ? message->length : item->length,
		.index = showing->shown,
	};

	if (showing->report)
		showing->report(d, &whole);
}

/* Gives the message in `c` to whom it is for. */
static void show_message(struct dissection *d, const struct message_item *item,
			 const struct showing *showing, struct cursor c)
{
	if (item->foreign && showing->dissector->foreign_is_payload && !showing->inner)
		return;
	if (showing->within)
		dissect_layer_within(d, dissector_of(item, showing), c);
	else if (item->foreign)
		hand_on_as_data(d, c);
	else
		dissect_layer(d, dissector_of(item, showing), c);
}

static void show_split(struct dissection *d, const struct cursor *payload,
		       const struct message_item *item, const struct showing *showing)
{
	const struct message *message = message_numbered(d->learned->messages, item->message);
	const struct dissector *carrier = d->layers[d->layer_count - 1].dissector;
	const char *title = "Reassembled TCP";

	if (showing->inner)
		title = arena_printf(&d->arena, "Reassembled %s", carrier->short_name);
	struct cursor c = message_source(d, payload, item->message, title);

	report_whole(d, item, showing, message);
	if (showing->inner && c.source && carrier->tell_parts)
		carrier->tell_parts(d, message, showing->within);
	show_message(d, item, showing, c);
}

static void show_item(struct dissection *d, const struct cursor *payload,
		      const struct message_item *item, const struct showing *showing)
{
	struct cursor c = *payload;

	if (item->message) {
		show_split(d, payload, item, showing);
		return;
	}
	cursor_skip(&c, item->start);
	c = cursor_split(&c, item->length);
	report_whole(d, item, showing, NULL);
	show_message(d, item, showing, c);
}

static void add_item(struct feed *feed, const struct message_item *item)
{
	if (feed->item_count == feed->item_room)
		feed->items = arena_grow(&feed->d->arena, feed->items, &feed->item_room, 8,
					 sizeof *feed->items);
	feed->items[feed->item_count++] = *item;
	struct showing showing = { feed->dissector, feed->report, feed->inner, feed->within,
				   feed->item_count - 1 };
	show_item(feed->d, feed->payload, item, &showing);
}

/* --- the message at work --- */

static void start_message(struct stream_half *half)
{
	half->scan = (struct message_scan){ 0 };
	half->message = half->length = half->extent_count = 0;
}

/* The run's first n bytes become part of the message at work. */
static bool append_extent(struct feed *feed, struct run *run, uint32_t n)
{
	struct stream_half *half = feed->half;

	if (!half->message)
		half->message = message_open(feed->d->pen->messages);
	if (!half->message || half->extent_count == EXTENT_CHUNK || n > UINT32_MAX - half->length)
		return false;
	if (half->extent_count == half->extent_room) {
		half->extent_room = half->extent_room ? half->extent_room * 2 : 4;
		half->extents =
			must_resize(half->extents, half->extent_room, sizeof *half->extents);
	}
	struct extent *extent = &half->extents[half->extent_count++];
	*extent = run->extent;
	extent->length = n;
	half->length += n;
	if (run->own)
		feed->part_of = half->message;
	return true;
}

static void advance(struct run *run, uint32_t n)
{
	run->extent.start += n;
	run->extent.length -= n;
}

/* The message at work ends with the run's first n bytes. */
static void finish_message(struct feed *feed, struct run *run, uint32_t n)
{
	struct stream_half *half = feed->half;
	struct message_item item = { .length = n & INT32_MAX };

	/* What came before its turn ends the message: then all of the segment is part of it. */
	if (!run->own)
		item.length = (feed->payload->reported - feed->payload->pos) & INT32_MAX;
	item.foreign = half->scan.known && !half->scan.size;
	item.other = feed->named;
	if (half->scan.known && half->scan.other)
		item.other = (uint32_t)registry_dissector_id(half->scan.other) + 1;
	if (!half->extent_count && run->own) {
		item.start = run->extent.start - feed->payload->pos;
		advance(run, n);
		start_message(half);
		add_item(feed, &item);
		return;
	}
	bool kept = (!n || append_extent(feed, run, n)) && half->message;
	advance(run, n);
	item.message = half->message;
	if (kept) {
		struct message *message = message_numbered(feed->d->pen->messages, half->message);
		kept = message_complete(feed->d->pen->messages, message, half->extents,
					half->extent_count, feed->d->packet.number);
	}
	start_message(half);
	if (kept)
		add_item(feed, &item);
}

/* A cursor on the message's bytes from scan.offset on, as far as they are there. */
static struct cursor cursor_on_message(struct feed *feed, const struct run *run, uint8_t *fault)
{
	struct stream_half *half = feed->half;
	uint32_t from = half->scan.offset, here = half->length + run->extent.length;
	struct cursor c = *feed->payload;

	*fault = FAULT_NONE;
	c.fault = fault;
	if (from > here)
		from = here;
	if (run->own && from >= half->length) {
		c.pos = run->extent.start + (from - half->length);
		c.captured = c.reported = run->extent.start + run->extent.length;
		return c;
	}
	uint32_t n = here - from < GATHER_SCAN ? here - from : GATHER_SCAN;
	uint8_t *bytes = arena_alloc(&feed->d->arena, n ? n : 1);
	uint32_t got = 0;
	if (from < half->length) {
		uint32_t old = half->length - from < n ? half->length - from : n;
		got = extents_gather(feed->d, half->extents, half->extent_count, from, old, bytes);
		if (got < old)
			n = got;
	}
	if (got < n) {
		uint32_t into = from + got - half->length;
		got += extents_gather(feed->d, &run->extent, 1, into, n - got, bytes + got);
	}
	return (struct cursor){ .data = bytes, .fault = fault, .captured = got, .reported = got };
}

/* Asks how long the message is; false: more bytes are needed to say. */
static bool ask_size(struct feed *feed, const struct run *run)
{
	struct stream_half *half = feed->half;
	struct message_scan *scan = &half->scan;
	uint32_t here = half->length + run->extent.length;

	for (unsigned round = 0; round < SCAN_ROUNDS && !scan->known; round++) {
		if (scan->needed > here && !scan->ended)
			return false;
		if (scan->until_end && !scan->ended)
			return false;
		uint32_t offset = scan->offset;
		uint8_t state = scan->state, fault;
		struct cursor c = cursor_on_message(feed, run, &fault);
		scan->needed = 0;
		feed->dissector->message_size(feed->d, &c, scan);
		if (!scan->known && scan->offset == offset && scan->state == state &&
		    scan->needed <= here)
			break;
	}
	return scan->known;
}

/* Cuts messages off the run until it is used up. */
static void take_run(struct feed *feed, struct run *run)
{
	struct stream_half *half = feed->half;

	while (run->extent.length && feed->item_count < SEGMENT_MESSAGES) {
		uint32_t here = half->length + run->extent.length;
		half->scan.ended = run->last;
		if (!ask_size(feed, run)) {
			if (half->scan.until_end && run->last) {
				finish_message(feed, run, run->extent.length);
				return;
			}
			if (!append_extent(feed, run, run->extent.length))
				start_message(half);
			return;
		}
		uint32_t size = half->scan.size ? half->scan.size : here;
		if (size > here) {
			if (!append_extent(feed, run, run->extent.length))
				start_message(half);
			return;
		}
		/* A size that lies within what was already taken cannot be: it ends here. */
		finish_message(feed, run, size > half->length ? size - half->length : 0);
	}
}

/* The stream has ended: a message that lasts until then is complete. */
static void end_half(struct feed *feed)
{
	struct stream_half *half = feed->half;
	struct run nothing = { .last = true };

	half->ended = true;
	if (!half->length)
		return;
	half->scan.ended = true;
	if (half->scan.until_end || (ask_size(feed, &nothing) && half->scan.size == half->length))
		finish_message(feed, &nothing, 0);
	else
		start_message(half);
}

/* --- order --- */

static void keep_early(struct feed *feed, uint32_t sequence, const struct extent *extent, bool fin)
{
	struct stream_half *half = feed->half;
	struct early_list *early = half->early;
	uint32_t count = early ? early->count : 0, at = count;

	if (!early || count == early->room) {
		uint32_t room = count ? count * 2 : 4;
		early = half->early =
			must_resize(early, 1, sizeof *early + room * sizeof *early->segments);
		early->room = room;
	}
	struct early_segment *segments = early->segments;
	while (at && sequence_distance(sequence, segments[at - 1].sequence) > 0)
		at--;
	memmove(&segments[at + 1], &segments[at], (count - at) * sizeof *segments);
	segments[at] = (struct early_segment){ sequence, fin, *extent };
	early->count = count + 1;
	feed->d->pen->streams->early_total++;
}

/* Delivers a run at `sequence`, which is not after half->next: what was delivered before is
 * left out. */
static void deliver(struct feed *feed, uint32_t sequence, struct run *run)
{
	struct stream_half *half = feed->half;
	uint32_t old = half->next - sequence;

	if (feed->numbered) {
		half->next += !old;
		if (!old)
			take_run(feed, run);
		return;
	}
	if (old >= run->extent.length) {
		run->extent.length = 0;
	} else {
		advance(run, old);
		half->next += run->extent.length;
		take_run(feed, run);
	}
	if (run->last && !half->ended)
		end_half(feed);
}

/* Goes on with what came early, as far as it now fits. */
static void deliver_early(struct feed *feed)
{
	struct stream_half *half = feed->half;
	struct early_list *early = half->early;
	uint32_t done = 0;

	if (!early)
		return;
	while (done < early->count &&
	       sequence_distance(half->next, early->segments[done].sequence) <= 0) {
		struct early_segment segment = early->segments[done++];
		struct run run = { .extent = segment.extent,
				   .last = segment.fin,
				   .own = !feed->named &&
					  segment.extent.packet == feed->d->packet.number };
		deliver(feed, segment.sequence, &run);
	}
	early->count -= done;
	feed->d->pen->streams->early_total -= done;
	memmove(early->segments, early->segments + done, early->count * sizeof *early->segments);
	if (!early->count) {
		free(early);
		half->early = NULL;
	}
}

/* Gives up waiting for the bytes before the first early segment. */
static void skip_hole(struct feed *feed)
{
	struct stream_half *half = feed->half;

	start_message(half);
	half->next = half->early->segments[0].sequence;
	deliver_early(feed);
}

/* Did the receiver get what we did not, or is too much waiting? */
static bool hole_is_lost(const struct feed *feed)
{
	const struct stream_half *half = feed->half;

	if (!half->early)
		return false;
	if (half->early->count >= EARLY_SEGMENTS ||
	    feed->d->pen->streams->early_total >= EARLY_TOTAL)
		return true;
	return half->has_acknowledged &&
	       sequence_distance(half->early->segments[0].sequence, half->acknowledged) > 0;
}

static void feed_payload(struct feed *feed, uint32_t sequence, bool fin)
{
	struct stream_half *half = feed->half;
	const struct cursor *payload = feed->payload;
	struct run run = { .extent = extent_of(feed->d, payload), .own = true, .last = fin };
	uint32_t sent = payload->reported - payload->pos;

	if (!half->started) {
		half->started = true;
		half->next = sequence;
	}
	while (hole_is_lost(feed))
		skip_hole(feed);
	if (run.extent.length < sent) {
		/* The capture cut it: no message can be followed through it. */
		struct message_item item = { .length = sent & INT32_MAX };
		if (sequence_distance(half->next, sequence) < 0)
			return;
		start_message(half);
		half->next = sequence + sent;
		add_item(feed, &item);
		return;
	}
	if (sequence_distance(half->next, sequence) > 0) {
		if (run.extent.length || fin)
			keep_early(feed, sequence, &run.extent, fin);
		feed->early = run.extent.length != 0;
		return;
	}
	deliver(feed, sequence, &run);
	deliver_early(feed);
}

/* Which bytes of the segment belong to messages of several segments. */
static void tell_parts(struct segment_fate *fate, const struct segment_fact *head,
		       const struct message_item *items, uint32_t sent)
{
	uint32_t done = 0;

	for (uint32_t i = 0; i < head->item_count; i++) {
		if (items[i].message && !i)
			fate->ends = done = items[i].length < sent ? items[i].length : sent;
		else if (!items[i].message)
			done = items[i].start + items[i].length;
	}
	if (head->waits_for || head->early)
		fate->waits = sent - (done < sent ? done : sent);
}

/* `items` are those of the fact, and what is behind them. */
static struct segment_fate fate_of(struct dissection *d, const struct segment_fact *head,
				   const struct message_item *items, uint32_t sent)
{
	struct segment_fate fate = { .unfinished = head->waits_for || head->early,
				     .begins = head->begins,
				     .again = (enum stream_again)head->again };
	uint32_t message = head->waits_for;

	for (uint32_t i = 0; i < head->item_count; i++) {
		fate.dissected |= !items[i].foreign;
		if (!message)
			message = items[i].message;
	}
	if (head->drags)
		fate.beginning = (const struct extent *)(items + head->item_count);
	fate.part_of_message = message || head->early;
	tell_parts(&fate, head, items, sent);
	if (!message)
		return fate;
	fate.reassembled_in =
		link_seen(d, &message_numbered(d->learned->messages, message)->completed_in);
	return fate;
}

static bool learn_lone(struct dissection *d, const struct message_item *item, uint32_t sent)
{
	bool is_usual = item->length == sent && !item->foreign;
	struct lone_message *lone = learn(d, FACT_SEGMENT, is_usual ? 0 : sizeof *lone);

	if (lone && !is_usual)
		*lone = (struct lone_message){ item->length, item->foreign };
	return lone != NULL;
}

static struct segment_fate learn_segment(struct feed *feed)
{
	const struct stream_half *half = feed->half;
	/* Its bytes wait, or ended in a message that this packet did not begin. */
	uint32_t waits = feed->part_of && feed->part_of == half->message ? half->message : 0;
	struct segment_fact head = {
		.waits_for = waits,
		.early = feed->early,
		.begins = waits && half->extent_count &&
			  half->extents[0].packet == feed->d->packet.number,
		.item_count = feed->item_count & ITEMS_LIMIT,
	};

	head.drags = waits && half->extent_count && !head.begins && !half->scan.known &&
		     !half->scan.until_end && half->scan.needed <= half->length;
	if (!feed->item_count && !waits && !feed->part_of && !feed->early)
		return (struct segment_fate){ 0 };
	uint32_t sent = feed->payload->reported - feed->payload->pos;
	if (feed->item_count == 1 && !waits && !feed->items->start && !feed->items->message &&
	    !feed->items->other) {
		return learn_lone(feed->d, feed->items, sent)
			       ? fate_of(feed->d, &head, feed->items, sent)
			       : (struct segment_fate){ 0 };
	}
	struct segment_fact *fact =
		learn(feed->d, FACT_SEGMENT,
		      (uint32_t)(sizeof *fact + feed->item_count * sizeof *feed->items +
				 head.drags * sizeof *half->extents));
	if (!fact)
		return (struct segment_fate){ 0 };
	*fact = head;
	if (feed->item_count)
		memcpy(fact->items, feed->items, feed->item_count * sizeof *feed->items);
	if (head.drags)
		memcpy(fact->items + feed->item_count, half->extents, sizeof *half->extents);
	return fate_of(feed->d, fact, fact->items, sent);
}

static struct segment_fate follow(struct dissection *d, const struct segment *segment,
				  const struct cursor *payload, const struct dissector *dissector,
				  void (*report)(struct dissection *d,
						 const struct whole_message *whole))
{
	struct feed feed = { .d = d, .payload = payload, .dissector = dissector, .report = report };
	uint32_t *numbers = tcp_stream_halves(d);
	struct stream_half *other = numbers ? half_of(d, &numbers[d->from_opener]) : NULL;

	if (!other || !(feed.half = half_of(d, &numbers[!d->from_opener])))
		return (struct segment_fate){ 0 };
	if (segment->ack) {
		other->acknowledged = segment->acknowledged;
		other->has_acknowledged = true;
	}
	if (segment->syn && !feed.half->started) {
		feed.half->started = true;
		feed.half->next = segment->sequence + 1;
	}
	if (feed.half->ended || (!segment->fin && payload->pos >= payload->reported))
		return (struct segment_fate){ 0 };
	feed_payload(&feed, segment->sequence + segment->syn, segment->fin);
	return learn_segment(&feed);
}

static const struct segment_fact *recall_segment(struct dissection *d, const struct cursor *payload)
{
	uint32_t size;
	const struct lone_message *lone = recall(d, FACT_SEGMENT, &size);

	if (!lone || size > sizeof *lone)
		return (const struct segment_fact *)lone;
	struct segment_fact *whole = arena_zeroed(&d->arena, sizeof *whole + sizeof *whole->items);
	whole->item_count = 1;
	whole->items[0].length =
		size ? lone->length : (payload->reported - payload->pos) & INT32_MAX;
	whole->items[0].foreign = size && lone->foreign;
	return whole;
}

struct segment_fate stream_feed(struct dissection *d, const struct segment *segment,
				const struct cursor *payload, const struct dissector *dissector,
				void (*report)(struct dissection *d,
					       const struct whole_message *whole))
{
	const struct segment_fact *fact;

	if (d->in_error || !cursor_ok(payload) || stops_here(d))
		return (struct segment_fate){ 0 };
	if (!d->learned) {
		/* Nothing is known of other packets: take the segment for the message. */
		if (payload->pos < payload->reported)
			dissect_layer(d, dissector, *payload);
		return (struct segment_fate){ .dissected = payload->pos < payload->reported };
	}
	if (d->pen)
		return follow(d, segment, payload, dissector, report);
	fact = recall_segment(d, payload);
	if (!fact)
		return (struct segment_fate){ 0 };
	struct showing showing = { .dissector = dissector, .report = report };
	for (; showing.shown < fact->item_count; showing.shown++)
		show_item(d, payload, &fact->items[showing.shown], &showing);
	return fate_of(d, fact, fact->items, payload->reported - payload->pos);
}

/* --- streams inside streams --- */

static void learn_inner(struct feed *feed, uint16_t number)
{
	const struct stream_half *half = feed->half;
	struct segment_fact *fact =
		learn_numbered(feed->d, FACT_INNER, number,
			       (uint32_t)(sizeof *fact + feed->item_count * sizeof *feed->items));

	if (!fact)
		return;
	fact->waits_for = feed->part_of && feed->part_of == half->message ? half->message : 0;
	fact->begins = fact->drags = fact->early = 0;
	fact->again = feed->again & 3u;
	fact->item_count = feed->item_count & ITEMS_LIMIT;
	if (feed->item_count)
		memcpy(fact->items, feed->items, feed->item_count * sizeof *feed->items);
}

/* Did the half have these bytes?  Those that wait for others do not count. */
static enum stream_again seen_before(const struct stream_half *half, uint32_t sequence, uint32_t n)
{
	int32_t old = sequence_distance(sequence, half->next);

	if (!n || old <= 0)
		return STREAM_NEW;
	return (uint32_t)old >= n ? STREAM_AGAIN : STREAM_OVERLAP;
}

/* Numbers of 16 bits, and behind `next` they are near to it. */
static uint32_t whole_number(uint32_t next, uint16_t number)
{
	int32_t ahead = (int16_t)(number - (uint16_t)next);

	return next + (uint32_t)ahead;
}

static void feed_packet(struct feed *feed, const struct stream_packet *packet)
{
	struct stream_half *half = feed->half;
	struct run run = { .extent = extent_of(feed->d, feed->payload), .own = true };

	if (!half->started) {
		half->started = true;
		half->next = (uint32_t)NUMBERS_BEGIN | packet->number;
	}
	half->has_acknowledged |= packet->has_acknowledged;
	if (packet->has_acknowledged)
		half->acknowledged = whole_number(half->next, packet->acknowledged);
	while (hole_is_lost(feed))
		skip_hole(feed);
	uint32_t number = whole_number(half->next, packet->number);
	if (sequence_distance(half->next, number) > 0) {
		keep_early(feed, number, &run.extent, false);
		return;
	}
	/* What the capture cut ends the message at work. */
	if (run.extent.length < cursor_sent(feed->payload)) {
		start_message(half);
		run.extent.length = 0;
	}
	deliver(feed, number, &run);
	deliver_early(feed);
}

/* Where the bytes belong: the one that is not NULL, or behind those before. */
struct inner_place {
	const struct stream_part *part;
	const struct stream_packet *packet;
};

static void follow_inner(struct feed *feed, uint32_t *half, const struct inner_place *place,
			 uint16_t number)
{
	const struct stream_part *part = place->part;

	struct run run = { .extent = extent_of(feed->d, feed->payload), .own = true };

	feed->half = half_of(feed->d, half);
	if (!feed->half || feed->half->ended)
		return;
	feed->named = (uint32_t)registry_dissector_id(feed->dissector) + 1;
	if (part) {
		feed->half->started = true;
		feed->again = seen_before(feed->half, (uint32_t)part->offset, run.extent.length);
		feed_payload(feed, (uint32_t)part->offset, part->is_last);
	} else if (place->packet) {
		feed_packet(feed, place->packet);
	} else {
		take_run(feed, &run);
	}
	learn_inner(feed, number);
}

static void show_inner(struct dissection *d, const struct cursor *bytes,
		       const struct segment_fact *fact, bool within)
{
	struct showing showing = { .inner = true, .within = within };

	for (uint32_t i = 0; i < fact->item_count; i++)
		show_item(d, bytes, &fact->items[i], &showing);
}

static struct segment_fate feed_inner(struct dissection *d, uint32_t *half,
				      const struct inner_place *place, const struct cursor *bytes,
				      const struct dissector *dissector)
{
	const struct stream_part *part = place->part;
	uint16_t number = d->inner_seen++;
	const struct segment_fact *fact;

	if (!d->learned || d->in_error || (!cursor_left(bytes) && !(part && part->is_last)))
		return (struct segment_fate){ 0 };
	d->inside++;
	if (d->pen && half && dissector) {
		struct feed feed = { .d = d,
				     .payload = bytes,
				     .dissector = dissector,
				     .inner = true,
				     .numbered = place->packet,
				     .within = part && part->within };
		follow_inner(&feed, half, place, number);
	} else if (!d->pen && (fact = recall_numbered(d, FACT_INNER, number, NULL))) {
		show_inner(d, bytes, fact, part && part->within);
	}
	d->inside--;
	fact = recall_numbered(d, FACT_INNER, number, NULL);
	return fact ? fate_of(d, fact, fact->items, bytes->reported - bytes->pos)
		    : (struct segment_fate){ 0 };
}

struct segment_fate stream_feed_inner(struct dissection *d, uint32_t *half,
				      const struct cursor *bytes, const struct dissector *dissector)
{
	return feed_inner(d, half, &(struct inner_place){ 0 }, bytes, dissector);
}

struct segment_fate stream_feed_part(struct dissection *d, uint32_t *half,
				     const struct stream_part *part, const struct cursor *bytes,
				     const struct dissector *dissector)
{
	return feed_inner(d, half, &(struct inner_place){ .part = part }, bytes, dissector);
}

struct segment_fate stream_feed_packet(struct dissection *d, uint32_t *half,
				       const struct stream_packet *packet,
				       const struct cursor *bytes,
				       const struct dissector *dissector)
{
	return feed_inner(d, half, &(struct inner_place){ .packet = packet }, bytes, dissector);
}

void stream_forget(struct dissection *d, uint32_t number)
{
	struct stream_table *streams = d->pen ? d->pen->streams : NULL;

	if (!streams || !number)
		return;
	struct stream_half *half = table_row(&streams->halves, number - 1);
	streams->early_total -= half->early ? half->early->count : 0;
	free(half->extents);
	free(half->early);
	*half = (struct stream_half){ 0 };
}
