/* topics.c - trees of topics: one table of how each kind begins. */
#include "topics.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

static void (*const beginnings[TOPICS_KINDS])(struct topics *topics) = {
	[TOPICS_LENGTHS] = begin_lengths,
	[TOPICS_HOSTS] = begin_addresses,
	[TOPICS_SOURCES_AND_DESTINATIONS] = begin_addresses,
	[TOPICS_PROTOCOLS] = begin_addresses,
	[TOPICS_DESTINATIONS] = begin_addresses,
	[TOPICS_HOSTS_IPV6] = begin_addresses,
	[TOPICS_SOURCES_AND_DESTINATIONS_IPV6] = begin_addresses,
	[TOPICS_PROTOCOLS_IPV6] = begin_addresses,
	[TOPICS_DESTINATIONS_IPV6] = begin_addresses,
	[TOPICS_DNS] = begin_dns_topics,
	[TOPICS_HTTP] = begin_http_topics,
	[TOPICS_HTTP_REQUESTS] = begin_http_topics,
	[TOPICS_HTTP_SERVERS] = begin_http_topics,
	[TOPICS_HTTP_SEQUENCES] = begin_http_sequences,
};

struct topics *topics_new(enum topics_kind kind)
{
	struct topics *topics = must_zeroed(1, sizeof *topics);

	topics->kind = kind;
	topics->tree = count_tree_new();
	beginnings[kind](topics);
	return topics;
}

void topics_free(struct topics *topics)
{
	if (!topics)
		return;
	count_tree_free(topics->tree);
	last_nodes_free(topics->last);
	free(topics);
}

const struct count_tree *topics_tree(const struct topics *topics)
{
	return topics->tree;
}

enum layer_class { CLASS_UNKNOWN, CLASS_WITHOUT, CLASS_WITH };

bool topics_have_either(struct topics *topics, const struct tally_packet *packet, const char *one,
			const char *other)
{
	uint8_t *class = &topics->classes[packet->path];

	if (*class == CLASS_UNKNOWN)
		*class = tally_path_has(packet, one) || tally_path_has(packet, other)
				 ? CLASS_WITH
				 : CLASS_WITHOUT;
	return *class == CLASS_WITH;
}

bool topics_have_layer(struct topics *topics, const struct tally_packet *packet,
		       const char *protocol)
{
	return topics_have_either(topics, packet, protocol, protocol);
}

/* Layers stand at depth 0; what one of them quotes is deeper. */
bool next_message(struct message *message, const struct dissection *d, uint16_t protocol)
{
	const struct node *node = message->end ? message->end : d->nodes;
	const struct node *end = d->nodes + d->node_count;

	message->d = d;
	for (; node < end; node += node->span ? node->span : 1) {
		if (node->field != protocol || node->depth)
			continue;
		message->layer = node;
		message->end = node + (node->span ? node->span : 1);
		return true;
	}
	message->end = end;
	return false;
}

const struct node *message_node(const struct message *message, uint16_t field)
{
	for (const struct node *node = message->layer; node < message->end; node++)
		if (node->field == field)
			return node;
	return NULL;
}
