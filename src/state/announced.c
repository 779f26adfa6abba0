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
	uint8_t protocol;
	uint16_t who; /* registry number of the dissector */
	struct announcement by;
};

struct announced_table {
	/* Each conversation that begins is looked for, and most were not announced: the tags are
	 * few enough to stay in the caches. */
	uint32_t tags[SETS][SET_SIZE];		   /* of the hashes; 0: free */
	struct announced_end ends[SETS][SET_SIZE]; /* the latest first */
};

/* Where an end belongs. */
struct place {
	uint32_t set, tag;
};

void announced_table_free(struct announced_table *table)
{
	free(table);
}

static struct place place_of(uint8_t protocol, const struct endpoint *end)
{
	uint64_t hash = hash_bytes(end->address, sizeof end->address);

	hash = hash_number(hash ^ ((uint64_t)protocol << 16 | end->port));
	return (struct place){ hash % SETS, (uint32_t)(hash >> 32) | 1 };
}

static struct announced_end *find(struct announced_table *table, uint8_t protocol,
				  const struct endpoint *end)
{
	struct place place = place_of(protocol, end);

	for (unsigned i = 0; i < SET_SIZE; i++) {
		struct announced_end *found = &table->ends[place.set][i];
		if (table->tags[place.set][i] == place.tag && found->protocol == protocol &&
		    !memcmp(&found->end, end, sizeof *end))
			return found;
	}
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
	struct place place = place_of(protocol, end);
	struct announced_end *set = d->pen->announced->ends[place.set];
	uint32_t *tags = d->pen->announced->tags[place.set];
	struct announced_end *old = find(d->pen->announced, protocol, end);
	unsigned before = old ? (unsigned)(old - set) : SET_SIZE - 1;
	memmove(set + 1, set, before * sizeof *set);
	memmove(tags + 1, tags, before * sizeof *tags);
	tags[0] = place.tag;
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
	end = find(table, talk->protocol, &d->from);
	if (!end)
		end = find(table, talk->protocol, &d->to);
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
		       ? fact_in(learned, talk->first_packet, FACT_ANNOUNCED, place.number, NULL)
		       : NULL;
}
