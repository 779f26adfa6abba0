/* dns_lookups.c - queries and responses put together, in one pass over a scanned capture.
 *
 * A lookup can be found by everything that names it, and by all but one part of that: who answers
 * with the wrong ID is found by the rest.  Each way is a number in one hash table, which remembers
 * the newest lookup only, so no search is longer than another. */
#include "session/dns_lookups.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/time.h"
#include "dns_pairing.h"

/* After this long the same words are another lookup; once answered, much sooner. */
#define RETRY_NS    INT64_C(60000000000)
#define ANSWERED_NS INT64_C(1000000000)
/* Responses to a group that come later than this are announcements. */
#define MULTICAST_NS INT64_C(5000000000)

enum way { /* what a key leaves out */
	   WAY_EXACT,
	   WAY_ANY_ID,
	   WAY_ANY_QUESTION,
	   WAY_ANY_SERVER,
	   WAY_ANY_PORT,  /* of the client */
	   WAY_TRUNCATED, /* hosts and question of an answer that did not fit */
	   WAY_ASKED,	  /* hosts only */
};

struct key {
	struct endpoint client, server;
	uint64_t question;
	uint16_t id;
	uint8_t way, kind;
	uint32_t stream;
};

_Static_assert(sizeof(struct key) == 56, "keys are hashed whole: no padding");

struct slot {
	uint64_t number; /* of the key; 0: free */
	uint32_t lookup;
	bool kept; /* however old its lookup is */
};

struct dns_lookups {
	struct dns_reader reader;
	uint32_t taken_in; /* packets */
	struct dns_lookup *lookups;
	uint32_t count, room;
	struct dns_part *parts; /* [0] is not used */
	uint32_t part_count, part_room;
	struct slot *slots;
	uint32_t slot_count, slot_room; /* room: a power of 2 */
};

struct dns_lookups *dns_lookups_new(struct session *session)
{
	struct dns_lookups *l = must_zeroed(1, sizeof *l);

	dns_reader_init(&l->reader, session);
	l->part_count = 1;
	l->slot_room = 1024;
	l->slots = must_zeroed(l->slot_room, sizeof *l->slots);
	return l;
}

void dns_lookups_free(struct dns_lookups *l)
{
	if (!l)
		return;
	dns_reader_free(&l->reader);
	free(l->lookups);
	free(l->parts);
	free(l->slots);
	free(l);
}

/* --- finding them --- */

static struct slot *slot_of(struct slot *slots, uint32_t room, uint64_t number)
{
	uint32_t i = (uint32_t)number & (room - 1);

	while (slots[i].number && slots[i].number != number)
		i = (i + 1) & (room - 1);
	return &slots[i];
}

/* Is the lookup recent enough for a message of its kind to belong to it? */
static bool is_current(const struct dns_lookups *l, uint32_t n, int64_t now, int64_t patience)
{
	return n != UINT32_MAX && time_between(l->lookups[n].last_ns, now) <= patience;
}

static bool is_needed(const struct dns_lookups *l, const struct slot *slot, int64_t now)
{
	return slot->number && (slot->kept || is_current(l, slot->lookup, now, RETRY_NS));
}

/* What is too old to be found any more goes first. */
static void make_room(struct dns_lookups *l, int64_t now)
{
	uint32_t needed = 0;

	for (uint32_t i = 0; i < l->slot_room; i++)
		needed += is_needed(l, &l->slots[i], now);
	uint32_t room = needed > l->slot_room / 2 ? l->slot_room * 2 : l->slot_room;
	struct slot *slots = must_zeroed(room, sizeof *slots);

	for (uint32_t i = 0; i < l->slot_room; i++)
		if (is_needed(l, &l->slots[i], now))
			*slot_of(slots, room, l->slots[i].number) = l->slots[i];
	free(l->slots);
	l->slots = slots;
	l->slot_room = room;
	l->slot_count = needed;
}

static void remember(struct dns_lookups *l, struct slot new_slot, int64_t now)
{
	if (l->slot_count > l->slot_room / 4 * 3)
		make_room(l, now);
	struct slot *slot = slot_of(l->slots, l->slot_room, new_slot.number);
	l->slot_count += !slot->number;
	*slot = new_slot;
}

/* The lookup's number, or UINT32_MAX. */
static uint32_t find(const struct dns_lookups *l, uint64_t number)
{
	const struct slot *slot = slot_of(l->slots, l->slot_room, number);

	return slot->number ? slot->lookup : UINT32_MAX;
}

static void forget_port(struct endpoint *endpoint)
{
	endpoint->port = 0;
}

static void leave_out(struct key *key, enum way way)
{
	switch (way) {
	case WAY_EXACT:
		break;
	case WAY_ANY_ID:
		key->id = 0;
		break;
	case WAY_ANY_QUESTION:
		key->question = 0;
		break;
	case WAY_ANY_SERVER:
		key->server = (struct endpoint){ 0 };
		break;
	case WAY_ANY_PORT:
		forget_port(&key->client);
		break;
	case WAY_ASKED:
		key->question = 0;
		__attribute__((fallthrough));
	case WAY_TRUNCATED:
		forget_port(&key->client);
		forget_port(&key->server);
		key->id = 0;
		key->stream = 0;
		break;
	}
}

static uint64_t number_of(struct key key, enum way way)
{
	leave_out(&key, way);
	key.way = (uint8_t)way;
	return hash_bytes(&key, sizeof key) | 1;
}

/* By what the lookup of a message is found; `reversed`: of one that goes the wrong way. */
static struct key key_of(const struct dns_message *m, unsigned question, bool reversed)
{
	bool response = (m->flags & DNS_QR && !m->quoted) != reversed;
	struct key key = {
		.client = response ? m->to : m->from,
		.server = response ? m->from : m->to,
		.question = m->question_count ? m->questions[question] : 0,
		.id = m->id,
		.kind = (uint8_t)m->kind,
		.stream = m->stream,
	};

	/* Who answers a question asked of a group is not known before; a multicast answer is to all
	 * who asked. */
	if (m->kind == DNS_KIND_LINK_LOCAL && !m->stream)
		key.server = (struct endpoint){ 0 };
	if (m->kind == DNS_KIND_MULTICAST) {
		key.client = key.server = (struct endpoint){ 0 };
		key.id = 0;
	}
	return key;
}

static uint32_t find_by(const struct dns_lookups *l, const struct dns_message *m, enum way way)
{
	for (unsigned i = 0; i == 0 || i < m->question_count; i++) {
		struct key key = key_of(m, i, false);
		uint32_t n = find(l, number_of(key, way));
		if (n != UINT32_MAX)
			return n;
	}
	return UINT32_MAX;
}

/* --- putting them together --- */

static void add_part(struct dns_lookups *l, uint32_t n, uint32_t packet, uint16_t ordinal,
		     enum dns_role role)
{
	if (l->part_count == l->part_room || !l->part_room)
		l->parts = must_grow(l->parts, &l->part_room, 1024, sizeof *l->parts);
	uint32_t index = l->part_count++;
	struct dns_lookup *lookup = &l->lookups[n];
	l->parts[index] = (struct dns_part){ packet, 0, ordinal, (uint8_t)role };
	if (lookup->last)
		l->parts[lookup->last].next = index;
	else
		lookup->first = index;
	lookup->last = index;
}

static void add_message(struct dns_lookups *l, uint32_t n, const struct dns_message *m,
			enum dns_role role)
{
	struct dns_lookup *lookup = &l->lookups[n];

	add_part(l, n, m->packet, m->ordinal, role);
	lookup->queries += role == DNS_ROLE_QUERY;
	lookup->responses += role == DNS_ROLE_RESPONSE;
	if (role == DNS_ROLE_QUERY || role == DNS_ROLE_RESPONSE)
		lookup->last_ns = m->time_ns;
}

static uint32_t new_lookup(struct dns_lookups *l)
{
	if (l->count == l->room)
		l->lookups = must_grow(l->lookups, &l->room, 256, sizeof *l->lookups);
	l->lookups[l->count] = (struct dns_lookup){ 0 };
	return l->count++;
}

static void make_known(struct dns_lookups *l, const struct dns_message *m, uint32_t n)
{
	static const enum way ways[] = { WAY_EXACT,	 WAY_ANY_ID,   WAY_ANY_QUESTION,
					 WAY_ANY_SERVER, WAY_ANY_PORT, WAY_ASKED };
	/* A group's answers are found by their questions alone, and a response is not asked for. */
	bool one_way = m->kind == DNS_KIND_MULTICAST || m->flags & DNS_QR;
	unsigned count = one_way ? 1 : sizeof ways / sizeof ways[0];

	for (unsigned i = 0; i == 0 || i < m->question_count; i++) {
		struct key key = key_of(m, i, false);
		for (unsigned w = 0; w < count; w++) {
			bool kept = ways[w] == WAY_ASKED || (m->stream && ways[w] == WAY_EXACT);
			remember(l, (struct slot){ number_of(key, ways[w]), n, kept }, m->time_ns);
		}
	}
}

/* A query that is still open, found by less than all of it. */
static bool is_open_question(const struct dns_lookups *l, uint32_t n, int64_t now)
{
	return is_current(l, n, now, RETRY_NS) && l->lookups[n].queries;
}

static void note_retry(struct dns_lookups *l, const struct dns_message *m)
{
	uint32_t truncated = find_by(l, m, WAY_TRUNCATED);

	if (m->stream && is_current(l, truncated, m->time_ns, RETRY_NS))
		add_message(l, truncated, m, DNS_ROLE_RETRY);
}

/* Was this query sent before?  Its response may also be stored before it. */
static bool is_same_lookup(const struct dns_lookups *l, uint32_t n, const struct dns_message *m)
{
	if (n == UINT32_MAX)
		return false;
	const struct dns_lookup *lookup = &l->lookups[n];
	if (m->kind == DNS_KIND_MULTICAST && !lookup->queries)
		return false;
	return is_current(l, n, m->time_ns, lookup->responses ? ANSWERED_NS : RETRY_NS);
}

static void take_query(struct dns_lookups *l, const struct dns_message *m)
{
	uint32_t n = find_by(l, m, WAY_EXACT);

	if (is_same_lookup(l, n, m)) {
		bool first = !l->lookups[n].queries;
		add_message(l, n, m, DNS_ROLE_QUERY);
		if (first)
			make_known(l, m, n);
		return;
	}
	uint32_t back = find(l, number_of(key_of(m, 0, true), WAY_EXACT));
	if (m->kind == DNS_KIND_PLAIN && is_open_question(l, back, m->time_ns)) {
		add_message(l, back, m, DNS_ROLE_ECHO);
		return;
	}
	uint32_t same_id = find_by(l, m, WAY_ANY_QUESTION);
	n = new_lookup(l);
	add_message(l, n, m, DNS_ROLE_QUERY);
	if (m->kind == DNS_KIND_PLAIN && is_open_question(l, same_id, m->time_ns) &&
	    !l->lookups[same_id].responses)
		add_part(l, n, l->parts[l->lookups[same_id].first].packet, 0, DNS_ROLE_SAME_ID);
	make_known(l, m, n);
	note_retry(l, m);
}

/* By what the response differs from a query that is open; false: from none in one point only. */
static bool find_wrong(const struct dns_lookups *l, const struct dns_message *m, uint32_t *n,
		       enum dns_role *role)
{
	static const struct {
		enum way way;
		enum dns_role role;
	} ways[] = {
		{ WAY_ANY_ID, DNS_ROLE_WRONG_ID },
		{ WAY_ANY_QUESTION, DNS_ROLE_WRONG_QUESTION },
		{ WAY_ANY_SERVER, DNS_ROLE_WRONG_SOURCE },
		{ WAY_ANY_PORT, DNS_ROLE_WRONG_PORT },
	};

	if (m->kind == DNS_KIND_MULTICAST)
		return false;
	for (unsigned i = 0; i < sizeof ways / sizeof ways[0]; i++) {
		/* Another connection is another matter. */
		if (m->stream && ways[i].way >= WAY_ANY_SERVER)
			break;
		*n = find_by(l, m, ways[i].way);
		*role = ways[i].role;
		if (is_open_question(l, *n, m->time_ns))
			return true;
	}
	return false;
}

static int64_t response_patience(const struct dns_message *m)
{
	if (m->kind == DNS_KIND_MULTICAST)
		return MULTICAST_NS;
	return m->stream ? INT64_MAX : RETRY_NS;
}

static void take_response(struct dns_lookups *l, const struct dns_message *m)
{
	uint32_t n = find_by(l, m, WAY_EXACT);
	enum dns_role role = DNS_ROLE_RESPONSE;

	/* Who could not read the question does not repeat it, nor do later parts of a zone. */
	if (n == UINT32_MAX && !m->question_count)
		n = find_by(l, m, WAY_ANY_QUESTION);
	bool known = is_current(l, n, m->time_ns, response_patience(m));
	if (!known && !find_wrong(l, m, &n, &role)) {
		role = DNS_ROLE_RESPONSE;
		n = new_lookup(l);
		make_known(l, m, n);
	}
	add_message(l, n, m, role);
	if (role == DNS_ROLE_RESPONSE && m->flags & DNS_TC && !m->stream)
		remember(l, (struct slot){ number_of(key_of(m, 0, false), WAY_TRUNCATED), n },
			 m->time_ns);
}

static void take_error(struct dns_lookups *l, const struct dns_message *m)
{
	uint32_t n = find_by(l, m, WAY_EXACT);

	if (n == UINT32_MAX && !m->question_count)
		n = find_by(l, m, WAY_ANY_QUESTION);
	if (!(m->flags & DNS_QR) && is_current(l, n, m->time_ns, RETRY_NS))
		add_message(l, n, m, DNS_ROLE_ERROR);
}

/* What has no header is a subject of its own. */
static void take_message(struct dns_lookups *l, const struct dns_message *m)
{
	if (m->quoted)
		take_error(l, m);
	else if (!m->has_header)
		add_message(l, new_lookup(l), m, DNS_ROLE_QUERY);
	else if (m->flags & DNS_QR)
		take_response(l, m);
	else
		take_query(l, m);
}

bool dns_lookups_extend(struct dns_lookups *l, uint32_t packets)
{
	uint32_t end = session_packet_count(l->reader.port.session);
	struct dns_message m;

	for (; l->taken_in < end && packets; packets--) {
		if (!dns_reader_open(&l->reader, ++l->taken_in, true))
			continue;
		while (dns_reader_next(&l->reader, &m))
			take_message(l, &m);
	}
	return l->taken_in == end;
}

struct dns_reader *dns_lookups_reader(struct dns_lookups *l)
{
	return &l->reader;
}

uint32_t dns_lookups_count(const struct dns_lookups *l)
{
	return l->count;
}

const struct dns_lookup *dns_lookup_numbered(const struct dns_lookups *l, uint32_t n)
{
	return &l->lookups[n];
}

const struct dns_part *dns_part_numbered(const struct dns_lookups *l, uint32_t index)
{
	return index ? &l->parts[index] : NULL;
}

bool dns_lookups_saw_asking(const struct dns_lookups *l, const struct dns_message *response)
{
	return find_by(l, response, WAY_ASKED) != UINT32_MAX;
}
