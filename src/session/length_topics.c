/* length_topics.c - packets by their length on the wire, in ranges that double. */
#include <stdio.h>

#include "topics.h"

enum { ALL, FIRST_RANGE, RANGES = 10, NAME_ROOM = 32 };

/* Where each range begins. */
static const uint32_t range_starts[RANGES] = { 0, 20, 40, 80, 160, 320, 640, 1280, 2560, 5120 };

void begin_lengths(struct topics *topics)
{
	struct count_tree *tree = topics->tree;
	uint32_t all = count_tree_make(tree, COUNT_TREE_ROOT, "Packet Lengths", VALUE_WHOLE);
	char name[NAME_ROOM];

	topics->nodes[ALL] = all;
	count_tree_keep_order(tree, all);
	for (unsigned i = 0; i < RANGES; i++) {
		if (i + 1 < RANGES)
			snprintf(name, sizeof name, "%u-%u", range_starts[i],
				 range_starts[i + 1] - 1);
		else
			snprintf(name, sizeof name, "%u and greater", range_starts[i]);
		topics->nodes[FIRST_RANGE + i] = count_tree_make(tree, all, name, VALUE_WHOLE);
	}
}

static void count_length(void *state, const struct tally_packet *packet)
{
	struct topics *topics = state;
	unsigned range = RANGES - 1;

	while (packet->length < range_starts[range])
		range--;
	count_tree_at(topics->tree, packet->since_ns);
	count_tree_add_value(topics->tree, topics->nodes[ALL], VALUE_WHOLE, packet->length);
	count_tree_add_value(topics->tree, topics->nodes[FIRST_RANGE + range], VALUE_WHOLE,
			     packet->length);
}

const struct counter lengths_counter = { .count = count_length };
