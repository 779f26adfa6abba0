/* dhcp_statistic.c - -z dhcp,stat: DHCP messages by type. */
#include <stdlib.h>

#include "base/arena.h"
#include "tally_statistic.h"

/* RFC 2132, 9.6 and its successors, as tshark words them. */
static const char *const type_names[] = {
	"Discover",
	"Offer",
	"Request",
	"Decline",
	"ACK",
	"NAK",
	"Release",
	"Inform",
	"Force Renew",
	"Lease query",
	"Lease Unassigned",
	"Lease Unknown",
	"Lease Active",
	"Bulk Lease Query",
	"Lease Query Done",
	"Active LeaseQuery",
	"Lease Query Status",
	"TLS",
};

enum { TYPES = sizeof type_names / sizeof *type_names, RULE = 101 };

struct dhcp_types {
	uint16_t type; /* registry number */
	uint64_t counts[TYPES];
	uint8_t classes[PATH_LIMIT]; /* 0: not asked, 1: without, 2: with */
};

static void *begin_types(unsigned variant)
{
	struct dhcp_types *types = must_zeroed(1, sizeof *types);

	(void)variant;
	types->type = tally_field("dhcp.option.dhcp");
	return types;
}

static bool must_look(void *state, const struct tally_packet *packet)
{
	uint8_t *class = &((struct dhcp_types *)state)->classes[packet->path];

	if (!*class)
		*class = tally_path_has(packet, "dhcp") ? 2 : 1;
	return *class == 2;
}

static void count_type(void *state, const struct tally_packet *packet)
{
	struct dhcp_types *types = state;
	const struct node *node = packet->d ? tally_node(packet->d, types->type) : NULL;

	if (node && node->value.number >= 1 && node->value.number <= TYPES)
		types->counts[node->value.number - 1]++;
}

static void print_rule(FILE *out)
{
	for (int i = 0; i < RULE; i++)
		fputc('=', out);
	fputc('\n', out);
}

static void print_types(const void *counts, unsigned variant, const char *filter,
			struct session *session, FILE *out)
{
	const struct dhcp_types *types = counts;

	(void)variant;
	(void)session;
	fputc('\n', out);
	print_rule(out);
	fprintf(out,
		"DHCP (BOOTP) Statistics:\nFilter for statistics: %s\n"
		"DHCP Message Type |Packets |\nDHCP Statistics\n",
		filter);
	for (unsigned i = 0; i < TYPES; i++)
		fprintf(out, "%-26s|%llu |\n", type_names[i], (unsigned long long)types->counts[i]);
	print_rule(out);
}

static const char *const read_fields[] = { "dhcp.option.dhcp", NULL };

static const struct counter type_counter = {
	.must_look = must_look,
	.count = count_type,
	.fields = read_fields,
};

const struct statistic dhcp_statistic = TALLY_STATISTIC(
	"dhcp,stat", "DHCP messages by type", &type_counter, 0, begin_types, print_types, free);
