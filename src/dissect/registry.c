/* registry.c - every dissector and field gets its number here, once, before any thread. */
#include "dissect/registry.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/bitmap.h"
#include "base/hash.h"
#include "base/likely.h"
#include "faults.h"

/* A claim table is 256 pages by the key's high byte, most of them this one: looking up a port is two
 * loads from memory that stays in the cache. */
struct claim_page {
	const struct dissector *by_low_byte[256];
	bool chosen[256];               /* by the user */
};
static const struct claim_page no_claims;

enum { MAX_DISSECTORS = 1024, NAME_SLOTS = 1 << 15, ID_SLOTS = 4 * MAX_DISSECTORS };

static struct {
	bool built;
	unsigned dissector_count, field_count;
	const struct dissector *dissectors[MAX_DISSECTORS];
	uint16_t first_field[MAX_DISSECTORS];
	const struct field **fields;
	uint16_t *owners;               /* of fields: dissector numbers */
	const struct dissector *root, *comment, *data;
	const struct claim_page *claims[CLAIM_TABLES][256];
	const struct dissector *recognizers[RECOGNIZERS][MAX_DISSECTORS];       /* each ends in NULL */
	int32_t names[NAME_SLOTS];      /* field number + 1, by the hash of its abbrev */
	bool off[MAX_DISSECTORS], any_off;
	uint16_t ids[ID_SLOTS];         /* dissector number + 1, by the hash of its address */
} registry;

static uint32_t name_slot(const char *name)
{
	return (uint32_t)(hash_bytes(name, strlen(name)) % NAME_SLOTS);
}

/* Where the name is, or the empty slot where it would be. */
static uint32_t find_slot(const char *name)
{
	uint32_t slot = name_slot(name);

	while (registry.names[slot] && strcmp(registry.fields[registry.names[slot] - 1]->abbrev, name))
		slot = (slot + 1) % NAME_SLOTS;
	return slot;
}

static uint16_t *id_slot(const struct dissector *dissector)
{
	uint64_t slot = hash_number((uintptr_t)dissector) % ID_SLOTS;

	while (registry.ids[slot] && registry.dissectors[registry.ids[slot] - 1] != dissector)
		slot = (slot + 1) % ID_SLOTS;
	return &registry.ids[slot];
}

static void add_dissector(const struct dissector *dissector)
{
	unsigned id = registry.dissector_count++;
	uint16_t *slot = id_slot(dissector);

	*slot = (uint16_t)(id + 1);
	registry.dissectors[id] = dissector;
	registry.first_field[id] = (uint16_t)registry.field_count;
	registry.field_count += dissector->field_count;
}

static void number_fields(void)
{
	registry.fields = must_zeroed(registry.field_count, sizeof *registry.fields);
	registry.owners = must_zeroed(registry.field_count, sizeof *registry.owners);
	for (unsigned id = 0; id < registry.dissector_count; id++) {
		const struct dissector *dissector = registry.dissectors[id];
		for (unsigned i = 0; i < dissector->field_count; i++) {
			unsigned n = registry.first_field[id] + i;
			registry.fields[n] = &dissector->fields[i];
			registry.owners[n] = (uint16_t)id;
			uint32_t slot = find_slot(dissector->fields[i].abbrev);
			if (!registry.names[slot])
				registry.names[slot] = (int32_t)n + 1;
		}
	}
}

static void set_claim(enum claim_table table, uint32_t key, const struct dissector *dissector,
		      bool chosen)
{
	const struct claim_page **place = &registry.claims[table][key >> 8 & 0xff];

	if (*place == &no_claims)
		*place = must_zeroed(1, sizeof **place);
	struct claim_page *page = (struct claim_page *)(uintptr_t)*place;
	page->by_low_byte[key & 0xff] = dissector;
	page->chosen[key & 0xff] = chosen;
}

static void fill_claims(void)
{
	for (unsigned table = 0; table < CLAIM_TABLES; table++)
		for (unsigned i = 0; i < 256; i++)
			registry.claims[table][i] = &no_claims;
	for (unsigned id = 0; id < registry.dissector_count; id++)
		for (unsigned i = 0; i < registry.dissectors[id]->claim_count; i++)
			set_claim(registry.dissectors[id]->claims[i].table,
				  registry.dissectors[id]->claims[i].key, registry.dissectors[id],
				  false);
}

static bool is_recognizer(const struct dissector *who, enum recognizers which)
{
	bool of_stream = which == RECOGNIZE_STREAM || which == RECOGNIZE_STREAM_BEGINNING;
	bool of_beginning =
		which == RECOGNIZE_STREAM_BEGINNING || which == RECOGNIZE_DATAGRAM_BEGINNING;

	if (!who->looks_like || (who->at_beginning && !of_beginning))
		return false;
	return of_stream ? who->message_size != NULL : !who->message_size || who->in_datagrams;
}

static void find_recognizers(void)
{
	for (unsigned which = 0; which < RECOGNIZERS; which++) {
		unsigned count = 0;

		for (unsigned id = 0; id < registry.dissector_count; id++)
			if (is_recognizer(registry.dissectors[id], which) && !registry.off[id])
				registry.recognizers[which][count++] = registry.dissectors[id];
		registry.recognizers[which][count] = NULL;
	}
}

/* The last dissector that claims the key, as fill_claims() has it. */
static const struct dissector *claimant(enum claim_table table, uint32_t key)
{
	const struct dissector *found = NULL;

	for (unsigned id = 0; id < registry.dissector_count; id++)
		for (unsigned i = 0; i < registry.dissectors[id]->claim_count; i++) {
			const struct claim *claim = &registry.dissectors[id]->claims[i];
			if (claim->table == table && claim->key == key)
				found = registry.dissectors[id];
		}
	return found;
}

void registry_choose(enum claim_table table, uint32_t key, const struct dissector *dissector)
{
	if (key <= UINT16_MAX)
		set_claim(table, key, dissector ? dissector : claimant(table, key), dissector);
}

void registry_switch(const struct dissector *dissector, bool on)
{
	int id = registry_dissector_id(dissector);

	if (id < 0)
		return;
	registry.off[id] = !on;
	registry.any_off = false;
	for (unsigned i = 0; i < registry.dissector_count; i++)
		registry.any_off = registry.any_off || registry.off[i];
	find_recognizers();
}

bool registry_is_off(const struct dissector *dissector)
{
	int id = unlikely(registry.any_off) ? registry_dissector_id(dissector) : -1;

	return id >= 0 && registry.off[id];
}

void registry_build(void)
{
	if (registry.built)
		return;
	registry.built = true;
	for (unsigned i = 0; dissector_table[i] && registry.dissector_count < MAX_DISSECTORS - 3;
	     i++)
		add_dissector(dissector_table[i]);
	add_dissector(&malformed_report);
	add_dissector(&short_report);
	add_dissector(&expert_report);
	number_fields();
	fill_claims();
	find_recognizers();
	registry.root = registry_dissector_named("frame");
	registry.comment = registry_dissector_named("pkt_comment");
	registry.data = registry_dissector_named("data");
}

const struct dissector *registry_root(void)
{
	return registry.root;
}

const struct dissector *registry_comment(void)
{
	return registry.comment;
}

const struct dissector *registry_data(void)
{
	return registry.data;
}

unsigned registry_dissector_count(void)
{
	return registry.dissector_count;
}

const struct dissector *registry_dissector(unsigned n)
{
	return registry.dissectors[n];
}

const struct dissector *registry_dissector_named(const char *name)
{
	for (unsigned id = 0; id < registry.dissector_count; id++)
		if (!strcmp(registry.dissectors[id]->name, name))
			return registry.dissectors[id];
	return NULL;
}

int registry_dissector_id(const struct dissector *dissector)
{
	return *id_slot(dissector) - 1;
}

const struct dissector *const *registry_recognizers(enum recognizers which)
{
	return registry.recognizers[which];
}

unsigned registry_field_count(void)
{
	return registry.field_count;
}

const struct field *registry_field(unsigned n)
{
	return registry.fields[n];
}

const struct dissector *registry_field_owner(unsigned n)
{
	return registry.dissectors[registry.owners[n]];
}

int registry_field_named(const char *abbrev)
{
	return registry.names[find_slot(abbrev)] - 1;
}

static bool shows_own(const uint8_t *owners, const struct dissector *dissector)
{
	int id = dissector ? registry_dissector_id(dissector) : -1;

	return id >= 0 && bitmap_has(owners, (unsigned)id);
}

void registry_showing(const uint8_t *fields, uint8_t *dissectors)
{
	uint8_t owners[MAX_DISSECTORS / 8 + 1] = { 0 };
	bool reports = false;

	for (unsigned n = 0; n < registry.field_count; n++)
		if (bitmap_has(fields, n)) {
			bitmap_add(owners, registry.owners[n]);
			/* What is reported stands in any layer. */
			reports = reports || registry_field_owner(n)->apart;
		}
	for (unsigned i = 0; i < registry.dissector_count; i++) {
		const struct dissector *d = registry.dissectors[i], *table = d->fields_of;
		if (reports || bitmap_has(owners, i) || shows_own(owners, table) ||
		    shows_own(owners, d->borrows) || (table && shows_own(owners, table->borrows)))
			bitmap_add(dissectors, i);
	}
}

uint16_t registry_first_field(const struct dissector *dissector)
{
	int id = registry_dissector_id(dissector);

	return id < 0 ? 0 : registry.first_field[id];
}

const struct dissector *who_claims(enum claim_table table, uint32_t key)
{
	if (key > UINT16_MAX)
		return NULL;
	const struct dissector *who = registry.claims[table][key >> 8]->by_low_byte[key & 0xff];
	return who && unlikely(registry_is_off(who)) ? NULL : who;
}

static bool is_chosen(enum claim_table table, uint32_t key)
{
	return registry.claims[table][key >> 8]->chosen[key & 0xff];
}

/* What the user chose, then the lower port: servers listen there. */
const struct dissector *who_claims_port(enum claim_table table, uint16_t one, uint16_t other,
					uint32_t *matched)
{
	uint16_t low = one < other ? one : other, high = one < other ? other : one;
	bool high_first = is_chosen(table, high) && !is_chosen(table, low);
	const struct dissector *who = who_claims(table, high_first ? high : low);

	*matched = high_first ? high : low;
	if (!who) {
		*matched = high_first ? low : high;
		who = who_claims(table, *matched);
	}
	return who;
}
