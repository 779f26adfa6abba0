/* answered_hosts.c - the names that DNS answers give to addresses. */
#include "session/answered_hosts.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "dissect/names.h"

enum { HOSTS_LIMIT = 1 << 20, NAME_LIMIT = 256 };

struct answered_hosts {
	bool names_at_once;
	uint16_t name, ipv4, ipv6; /* registry numbers */
	struct answered_host *rows;
	uint32_t count, room;
	uint32_t *slots; /* row + 1, by hash */
	uint32_t slot_mask;
	struct arena names;
	uint8_t classes[PATH_LIMIT]; /* 0: not asked, 1: without, 2: with */
};

struct answered_hosts *answered_hosts_new(void)
{
	struct answered_hosts *hosts = must_zeroed(1, sizeof *hosts);

	hosts->name = tally_field("dns.resp.name");
	hosts->ipv4 = tally_field("dns.a");
	hosts->ipv6 = tally_field("dns.aaaa");
	hosts->slot_mask = (1 << 8) - 1;
	hosts->slots = must_zeroed(hosts->slot_mask + 1, sizeof *hosts->slots);
	return hosts;
}

void answered_hosts_free(struct answered_hosts *hosts)
{
	if (!hosts)
		return;
	arena_free(&hosts->names);
	free(hosts->rows);
	free(hosts->slots);
	free(hosts);
}

uint32_t answered_hosts_count(const struct answered_hosts *hosts)
{
	return hosts->count;
}

const struct answered_host *answered_host(const struct answered_hosts *hosts, uint32_t n)
{
	return &hosts->rows[n];
}

void answered_hosts_add_names(const struct answered_hosts *hosts)
{
	for (uint32_t i = 0; i < hosts->count; i++)
		names_add_host(&hosts->rows[i].address, hosts->rows[i].name, NAME_FROM_ANSWER);
}

static bool must_look(void *state, const struct tally_packet *packet)
{
	static const char *const protocols[] = { "dns", "mdns", "llmnr" };
	struct answered_hosts *hosts = state;
	uint8_t *class = &hosts->classes[packet->path];

	if (!*class) {
		*class = 1;
		for (unsigned i = 0; i < sizeof protocols / sizeof *protocols; i++)
			if (tally_path_has(packet, protocols[i]))
				*class = 2;
	}
	return *class == 2;
}

static uint32_t *find_slot(const struct answered_hosts *hosts, const struct endpoint *address)
{
	for (uint32_t at = (uint32_t)hash_bytes(address, sizeof *address);; at++) {
		uint32_t *slot = &hosts->slots[at & hosts->slot_mask];
		if (!*slot || !memcmp(&hosts->rows[*slot - 1].address, address, sizeof *address))
			return slot;
	}
}

static void grow_slots(struct answered_hosts *hosts)
{
	hosts->slot_mask = 2 * hosts->slot_mask + 1;
	free(hosts->slots);
	hosts->slots = must_zeroed(hosts->slot_mask + 1, sizeof *hosts->slots);
	for (uint32_t i = 0; i < hosts->count; i++)
		*find_slot(hosts, &hosts->rows[i].address) = i + 1;
}

/* The last name that was said counts. */
static void add_host(struct answered_hosts *hosts, const struct endpoint *address, const char *name)
{
	if (hosts->count > hosts->slot_mask / 4 * 3)
		grow_slots(hosts);
	uint32_t *slot = find_slot(hosts, address);
	if (!*slot && hosts->count == HOSTS_LIMIT)
		return;
	if (!*slot) {
		if (hosts->count == hosts->room)
			hosts->rows = must_grow(hosts->rows, &hosts->room, 64, sizeof *hosts->rows);
		hosts->rows[hosts->count++] = (struct answered_host){ *address, "" };
		*slot = hosts->count;
	}
	struct answered_host *host = &hosts->rows[*slot - 1];
	if (strncmp(host->name, name, NAME_LIMIT) == 0)
		return;
	host->name = arena_text(&hosts->names, name, strnlen(name, NAME_LIMIT));
	if (hosts->names_at_once)
		names_add_host(address, host->name, NAME_FROM_ANSWER);
}

static void count_hosts(void *state, const struct tally_packet *packet)
{
	struct answered_hosts *hosts = state;
	const char *name = NULL;

	for (uint32_t i = 0; packet->d && i < packet->d->node_count; i++) {
		const struct node *node = &packet->d->nodes[i];
		struct endpoint address = { 0 };

		if (node->field == hosts->name) {
			name = node->value.text;
		} else if (name && node->field == hosts->ipv4) {
			address = (struct endpoint){ .type = ADDRESS_IPV4, .length = 4 };
			for (unsigned k = 0; k < 4; k++)
				address.address[k] = (uint8_t)(node->value.number >> (24 - 8 * k));
			add_host(hosts, &address, name);
		} else if (name && node->field == hosts->ipv6) {
			address = (struct endpoint){ .type = ADDRESS_IPV6, .length = 16 };
			memcpy(address.address, node->value.bytes, 16);
			add_host(hosts, &address, name);
		}
	}
}

static const char *const read_fields[] = { "dns.resp.name", "dns.a", "dns.aaaa", NULL };

const struct counter answered_hosts_counter = {
	.must_look = must_look,
	.count = count_hosts,
	.fields = read_fields,
};

void answered_hosts_name_at_once(struct answered_hosts *hosts)
{
	hosts->names_at_once = true;
}
