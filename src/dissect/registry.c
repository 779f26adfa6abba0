/* registry.c - every dissector and field gets its number here, once, before any thread. */
#include "dissect/registry.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "faults.h"

/* A claim table is 256 pages by the key's high byte, most of them this one: looking up a port is two
 * loads from memory that stays in the cache. */
struct claim_page {
	const struct dissector *by_low_byte[256];
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
	const struct dissector *recognizers[MAX_DISSECTORS];    /* ends in NULL */
	int32_t names[NAME_SLOTS];      /* field number + 1, by the hash of its abbrev */
	uint16_t ids[ID_SLOTS];         /* dissector number + 1, by the hash of its address */
} registry;

static uint32_t name_slot(const char *name)
{
	uint32_t hash = 2166136261u;

	while (*name)
		hash = (hash ^ (uint8_t)*name++) * 16777619u;
	return hash % NAME_SLOTS;
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

static void add_claim(const struct claim *claim, const struct dissector *dissector)
{
	const struct claim_page **place = &registry.claims[claim->table][claim->key >> 8 & 0xff];
	struct claim_page *page = must_zeroed(1, sizeof *page);

	*page = **place;
	page->by_low_byte[claim->key & 0xff] = dissector;
	if (*place != &no_claims)
		free((void *)(uintptr_t)*place);
	*place = page;
}

static void fill_claims(void)
{
	for (unsigned table = 0; table < CLAIM_TABLES; table++)
		for (unsigned i = 0; i < 256; i++)
			registry.claims[table][i] = &no_claims;
	for (unsigned id = 0; id < registry.dissector_count; id++)
		for (unsigned i = 0; i < registry.dissectors[id]->claim_count; i++)
			add_claim(&registry.dissectors[id]->claims[i], registry.dissectors[id]);
}

static void find_recognizers(void)
{
	unsigned count = 0;

	for (unsigned id = 0; id < registry.dissector_count; id++)
		if (registry.dissectors[id]->looks_like)
			registry.recognizers[count++] = registry.dissectors[id];
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

const struct dissector *const *registry_recognizers(void)
{
	return registry.recognizers;
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

uint16_t registry_first_field(const struct dissector *dissector)
{
	int id = registry_dissector_id(dissector);

	return id < 0 ? 0 : registry.first_field[id];
}

const struct dissector *who_claims(enum claim_table table, uint32_t key)
{
	return key <= UINT16_MAX ? registry.claims[table][key >> 8]->by_low_byte[key & 0xff] : NULL;
}
