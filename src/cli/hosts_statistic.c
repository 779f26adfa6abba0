/* hosts_statistic.c - -z hosts: the names that DNS answers give to addresses. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/hash.h"
#include "base/text.h"
#include "dissect/names.h"
#include "name_options.h"
#include "statistics.h"

enum { HOSTS_LIMIT = 1 << 20, NAME_LIMIT = 256 };

struct host {
	struct endpoint address;
	const char *name;
};

struct hosts {
	uint16_t name, ipv4, ipv6; /* registry numbers */
	bool shows_ipv4, shows_ipv6;
	struct host *rows;
	uint32_t count, room;
	uint32_t *slots; /* row + 1, by hash */
	uint32_t slot_mask;
	struct arena names;
	uint8_t classes[PATH_LIMIT]; /* 0: not asked, 1: without, 2: with */
};

static void *begin_hosts(const char *arguments, struct error *error)
{
	bool ipv4 = strstr(arguments, "ipv4"), ipv6 = strstr(arguments, "ipv6");
	struct hosts *hosts;

	if (*arguments && !ipv4 && !ipv6) {
		error_set(error, "invalid \"-z hosts[,ipv4][,ipv6]\" argument");
		return NULL;
	}
	hosts = must_zeroed(1, sizeof *hosts);
	hosts->shows_ipv4 = ipv4 || !ipv6;
	hosts->shows_ipv6 = ipv6 || !ipv4;
	hosts->name = tally_field("dns.resp.name");
	hosts->ipv4 = tally_field("dns.a");
	hosts->ipv6 = tally_field("dns.aaaa");
	hosts->slot_mask = (1 << 8) - 1;
	hosts->slots = must_zeroed(hosts->slot_mask + 1, sizeof *hosts->slots);
	return hosts;
}

static void end_hosts(void *state)
{
	struct hosts *hosts = state;

	arena_free(&hosts->names);
	free(hosts->rows);
	free(hosts->slots);
	free(hosts);
}

static bool must_look(void *state, const struct tally_packet *packet)
{
	static const char *const protocols[] = { "dns", "mdns", "llmnr" };
	struct hosts *hosts = state;
	uint8_t *class = &hosts->classes[packet->path];

	if (!*class) {
		*class = 1;
		for (unsigned i = 0; i < sizeof protocols / sizeof *protocols; i++)
			if (tally_path_has(packet, protocols[i]))
				*class = 2;
	}
	return *class == 2;
}

static uint32_t *find_slot(const struct hosts *hosts, const struct endpoint *address)
{
	for (uint32_t at = (uint32_t)hash_bytes(address, sizeof *address);; at++) {
		uint32_t *slot = &hosts->slots[at & hosts->slot_mask];
		if (!*slot || !memcmp(&hosts->rows[*slot - 1].address, address, sizeof *address))
			return slot;
	}
}

static void grow_slots(struct hosts *hosts)
{
	hosts->slot_mask = 2 * hosts->slot_mask + 1;
	free(hosts->slots);
	hosts->slots = must_zeroed(hosts->slot_mask + 1, sizeof *hosts->slots);
	for (uint32_t i = 0; i < hosts->count; i++)
		*find_slot(hosts, &hosts->rows[i].address) = i + 1;
}

/* The last name that was said counts. */
static void add_host(struct hosts *hosts, const struct endpoint *address, const char *name)
{
	if (hosts->count > hosts->slot_mask / 4 * 3)
		grow_slots(hosts);
	uint32_t *slot = find_slot(hosts, address);
	if (!*slot && hosts->count == HOSTS_LIMIT)
		return;
	if (!*slot) {
		if (hosts->count == hosts->room) {
			hosts->room = hosts->room ? 2 * hosts->room : 64;
			hosts->rows = must_resize(hosts->rows, hosts->room, sizeof *hosts->rows);
		}
		hosts->rows[hosts->count++] = (struct host){ *address, "" };
		*slot = hosts->count;
	}
	struct host *host = &hosts->rows[*slot - 1];
	if (strncmp(host->name, name, NAME_LIMIT) != 0)
		host->name = arena_text(&hosts->names, name, strnlen(name, NAME_LIMIT));
}

static void count_hosts(void *state, const struct tally_packet *packet)
{
	struct hosts *hosts = state;
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

static const struct counter hosts_counter = {
	.must_look = must_look,
	.count = count_hosts,
	.fields = read_fields,
};

static void join_hosts(void *state, struct tally *tally)
{
	tally_add(tally, &hosts_counter, state, NULL);
}

static void print_family(const struct hosts *hosts, enum address_type type, FILE *out)
{
	char address[ADDRESS_TEXT_ROOM], name[4 * NAME_LIMIT + 1];

	for (uint32_t i = 0; i < hosts->count; i++) {
		const struct host *host = &hosts->rows[i];
		if (host->address.type != type)
			continue;
		address_text(&host->address, address);
		text_clean(name, sizeof name, (const uint8_t *)host->name, strlen(host->name),
			   true);
		fprintf(out, "%s\t%s\n", address, name);
	}
}

static void print_hosts(void *state, struct session *session, FILE *out)
{
	const struct hosts *hosts = state;

	fprintf(out, "# TShark hosts output\n#\n# Host data gathered from %s\n\n",
		capture_file_path(session_file(session)));
	if (hosts->shows_ipv4)
		print_family(hosts, ADDRESS_IPV4, out);
	if (hosts->shows_ipv6)
		print_family(hosts, ADDRESS_IPV6, out);
}

void names_read_answers(struct session *session)
{
	struct error error;
	struct hosts *hosts = begin_hosts("", &error);
	struct tally *tally = tally_new(session);

	tally_add(tally, &hosts_counter, hosts, NULL);
	tally_step(tally, UINT32_MAX, session_packet_count(session));
	for (uint32_t i = 0; i < hosts->count; i++)
		names_add_host(&hosts->rows[i].address, hosts->rows[i].name, NAME_FROM_ANSWER);
	tally_free(tally);
	end_hosts(hosts);
}

const struct statistic hosts_statistic = {
	.name = "hosts",
	.arguments = "[,ipv4][,ipv6]",
	.meaning = "addresses and the names that DNS answers give them, as a hosts file",
	.begin = begin_hosts,
	.join = join_hosts,
	.print = print_hosts,
	.end = end_hosts,
};
