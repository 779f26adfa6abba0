/* tally.c - goes through the index; whoever asks gets the packet taken apart with what all want. */
#include "session/tally.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/bitmap.h"
#include "base/time.h"
#include "dissect/registry.h"
#include "session/filter_look.h"

enum { COUNTERS = 256 };

struct counting {
	const struct counter *counter;
	void *state;
	const struct filter *filter; /* NULL: all packets */
	struct filter_look *quick;   /* the same filter, before the packet is taken apart */
};

struct tally {
	struct session *session;
	struct view_port port;
	struct counting countings[COUNTERS];
	unsigned count;
	unsigned wants;
	uint8_t *fields; /* one bit each */
	bool is_read;	 /* port.d is the packet at hand */
	bool damaged;
	uint32_t done;
	int64_t first_ns;
};

struct tally *tally_new(struct session *session)
{
	struct tally *tally = must_zeroed(1, sizeof *tally);

	registry_build();
	tally->session = session;
	tally->wants = WANT_FIELDS;
	tally->fields = must_zeroed(registry_field_count() / 8 + 1, 1);
	view_port_init(&tally->port, session);
	capture_file_follow(session_file(session), &tally->port.window);
	tally->port.d.wanted_fields = tally->fields;
	return tally;
}

void tally_free(struct tally *tally)
{
	if (!tally)
		return;
	for (unsigned i = 0; i < tally->count; i++)
		filter_look_free(tally->countings[i].quick);
	view_port_free(&tally->port);
	free(tally->fields);
	free(tally);
}

static void want_protocols(struct tally *tally)
{
	for (unsigned i = 0; i < registry_field_count(); i++)
		if (registry_field(i)->type == FIELD_PROTOCOL)
			bitmap_add(tally->fields, i);
}

static void want_filter(struct tally *tally, const struct filter *filter)
{
	const uint8_t *wanted = filter_wanted_fields(filter);

	for (unsigned i = 0; i < registry_field_count() / 8 + 1; i++)
		tally->fields[i] |= wanted[i];
}

void tally_add(struct tally *tally, const struct counter *counter, void *state,
	       const struct filter *filter)
{
	static const struct filter_look_options options = { 0 };

	assert(tally->count < COUNTERS);
	tally->countings[tally->count++] = (struct counting){
		.counter = counter,
		.state = state,
		.filter = filter,
		.quick = filter ? filter_look_new(tally->session, filter, &options) : NULL,
	};
	for (const char *const *name = counter->fields; name && *name; name++)
		bitmap_add(tally->fields, tally_field(*name));
	if (counter->all_protocols)
		want_protocols(tally);
	if (filter)
		want_filter(tally, filter);
	tally->wants |= counter->wants;
	if (counter->all_fields)
		tally->port.d.wanted_fields = NULL;
}

bool tally_needs_later(const struct tally *tally)
{
	if (!tally->port.d.wanted_fields)
		return true;
	for (unsigned i = 0; i < registry_field_count(); i++)
		if (bitmap_has(tally->fields, i) && registry_field(i)->flags & FIELD_FORWARD)
			return true;
	return false;
}

/* Takes the packet apart, unless another counter had it done. */
static bool look(struct tally *tally, const struct tally_packet *packet)
{
	if (tally->is_read)
		return true;
	if (!view_port_dissect(&tally->port, packet->number, tally->wants)) {
		tally->damaged = true;
		return false;
	}
	tally->is_read = true;
	return true;
}

static bool passes(struct tally *tally, struct counting *counting,
		   const struct tally_packet *packet)
{
	if (!counting->filter)
		return true;
	enum filter_verdict verdict =
		tally->is_read ? FILTER_LOOK : filter_look_glance(counting->quick, packet->number);
	if (verdict != FILTER_LOOK)
		return verdict == FILTER_YES;
	return look(tally, packet) && filter_matches(counting->filter, &tally->port.d);
}

static void count_for(struct tally *tally, struct counting *counting, struct tally_packet *packet)
{
	const struct counter *counter = counting->counter;

	if (!passes(tally, counting, packet))
		return;
	packet->d = NULL;
	if (counter->must_look && counter->must_look(counting->state, packet)) {
		if (!look(tally, packet))
			return;
		packet->d = &tally->port.d;
	}
	counter->count(counting->state, packet);
}

static void count_packet(struct tally *tally, uint32_t number)
{
	const struct learned *learned = session_learned(tally->session);
	const struct index_block *block = index_block_of(&learned->index, number);
	uint32_t slot = index_slot(number);
	struct tally_packet packet = {
		.learned = learned,
		.session = tally->session,
		.number = number,
		.length = block->reported[slot],
		.path = block->path[slot],
		.flags = block->flags[slot],
		.since_ns = time_between(tally->first_ns, block->time_ns[slot]),
		.tally = tally,
	};

	if (!(packet.flags & INDEX_HAS_TIME))
		packet.since_ns = 0;
	tally->is_read = false;
	for (unsigned i = 0; i < tally->count; i++)
		count_for(tally, &tally->countings[i], &packet);
}

bool tally_step(struct tally *tally, uint32_t packets, uint32_t last)
{
	if (!tally->done && last)
		tally->first_ns = session_packet_time(tally->session, 1);
	for (; packets && tally->done < last; packets--)
		count_packet(tally, ++tally->done);
	return tally->done < last;
}

uint32_t tally_done(const struct tally *tally)
{
	return tally->done;
}

bool tally_is_damaged(const struct tally *tally)
{
	return tally->damaged;
}

bool tally_bytes(struct tally *tally, const struct tally_packet *packet, const uint8_t **bytes,
		 uint32_t *length)
{
	if (view_port_bytes(&tally->port, packet->number, bytes, length))
		return true;
	tally->damaged = true;
	return false;
}

uint16_t tally_field(const char *abbrev)
{
	int field = registry_field_named(abbrev);

	assert(field >= 0);
	return (uint16_t)field;
}

static bool quotes(const char *name)
{
	return !strcmp(name, "icmp") || !strcmp(name, "icmpv6");
}

bool tally_path_has(const struct tally_packet *packet, const char *protocol)
{
	const struct path_table *paths = packet->learned->paths;
	bool has = path_table_is_cut(paths);

	for (uint16_t path = packet->path; path != PATH_NONE; path = path_parent(paths, path)) {
		has = has && !quotes(path_name(paths, path));
		has = has || !strcmp(path_name(paths, path), protocol);
	}
	return has;
}

const struct node *tally_node(const struct dissection *d, uint16_t field)
{
	for (uint32_t i = 0; i < d->node_count; i++)
		if (d->nodes[i].field == field)
			return &d->nodes[i];
	return NULL;
}
