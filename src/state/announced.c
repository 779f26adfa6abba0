/* announced.c - the ends that were announced, in sets of a few: the oldest of a set makes room.
 *
 * An announced conversation has its dissector from its first packet on, and a fact of that packet
 * tells who announced it. */
#include "state/announced.h"

#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "dissect/registry.h"
#include "tables.h"

enum { SETS = 1024, SET_SIZE = 4 };

struct announced_end {
	struct endpoint end;
	uint8_t protocol; /* 0: free */
	uint16_t who;	  /* registry number of the dissector */
	struct announcement by;
};

struct announced_table {
	struct announced_end set[SETS][SET_SIZE]; /* the latest first */
};

void announced_table_free(struct announced_table *table)
{
	free(table);
}

static struct announced_end *set_of(struct announced_table *table, uint8_t protocol,
				    const struct endpoint *end)
{
	uint64_t hash = hash_bytes(end->address, sizeof end->address);

	return table->set[hash_number(hash ^ ((uint64_t)protocol << 16 | end->port)) % SETS];
}

static struct announced_end *find(struct announced_end *set, uint8_t protocol,
				  const struct endpoint *end)
{
	for (unsigned i = 0; i < SET_SIZE; i++)
		if (set[i].protocol == protocol && !memcmp(&set[i].end, end, sizeof *end))
			return &set[i];
	return NULL;
}

void announce_conversation(struct dissection *d, uint8_t protocol, const struct endpoint *end,
			   const struct dissector *who)
{
	int id = registry_dissector_id(who);

	if (!d->pen || d->in_error || !d->layer_count || id < 0)
		return;
	if (!d->pen->announced)
		d->pen->announced = must_zeroed(1, sizeof *d->pen->announced);
	struct announced_end *set = set_of(d->pen->announced, protocol, end);
	struct announced_end *old = find(set, protocol, end);
	unsigned before = old ? (unsigned)(old - set) : SET_SIZE - 1;
	memmove(set + 1, set, before * sizeof *set);
	set[0] = (struct announced_end){
		.end = *end,
		.protocol = protocol,
		.who = (uint16_t)id,
		.by = { d->packet.number, fact_number(d) },
	};
}

void apply_announcement(struct dissection *d, struct conversation *talk)
{
	struct announced_table *table = d->pen->announced;
	const struct announced_end *end;

	if (!table)
		return;
	end = find(set_of(table, talk->protocol, &d->from), talk->protocol, &d->from);
	if (!end)
		end = find(set_of(table, talk->protocol, &d->to), talk->protocol, &d->to);
	if (!end)
		return;
	struct announcement *by =
		learn_numbered(d, FACT_ANNOUNCED, d->conversations_seen, sizeof *by);
	if (!by)
		return;
	*by = end->by;
	talk->announced = true;
	talk->found = end->who;
	fact_set_link(&talk->found_in, d->packet.number);
}

const struct dissector *announced_dissector(const struct dissection *d)
{
	const struct conversation *talk = d->in_error ? NULL : d->conversation;

	return talk && talk->announced ? registry_dissector(talk->found) : NULL;
}

const struct announcement *announcement_of(const struct learned *learned,
					   const struct conversation *talk)
{
	if (!talk->announced)
		return NULL;
	struct conversation_place place = conversation_place(learned, talk, talk->first_packet);
	return place.found
		       ? fact_of(learned, talk->first_packet, FACT_ANNOUNCED, place.number, NULL)
		       : NULL;
}
