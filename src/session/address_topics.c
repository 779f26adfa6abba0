/* address_topics.c - IPv4's and IPv6's packets by address, protocol and port: those of the
 * innermost layers, once for each layer of IP, as tshark counts them. */
#include <stdio.h>
#include <string.h>

#include "dissect/names.h"
#include "state/conversation.h"
#include "topics.h"

enum address_node { ALL, SOURCES = ALL, DESTINATIONS };
enum address_field {
	TCP_SRCPORT,
	TCP_DSTPORT,
	UDP_SRCPORT,
	UDP_DSTPORT,
	HEADER,
	IPV4_SOURCE,
	IPV4_DESTINATION,
	IPV6_SOURCE,
	IPV6_DESTINATION,
};

/* In `classes`: how many layers, + 1, and what carries ports. */
enum { LAYERS = 0x1f, HAS_TCP = 0x20, HAS_UDP = 0x40, IN_QUOTE = 0x80 };

static bool is_ipv6(const struct topics *topics)
{
	return topics->kind >= TOPICS_HOSTS_IPV6;
}

void begin_addresses(struct topics *topics)
{
	static const char *const names[] = {
		[TOPICS_HOSTS] = "All Addresses",
		[TOPICS_PROTOCOLS] = "IP Protocol Types",
		[TOPICS_DESTINATIONS] = "Destinations and Ports",
		[TOPICS_HOSTS_IPV6] = "All Addresses",
		[TOPICS_PROTOCOLS_IPV6] = "IP Protocol Types",
		[TOPICS_DESTINATIONS_IPV6] = "Destinations and Ports",
		[TOPICS_SOURCES_AND_DESTINATIONS] = "Source IPv4 Addresses",
		[TOPICS_SOURCES_AND_DESTINATIONS_IPV6] = "Source IPv6 Addresses",
	};
	struct count_tree *tree = topics->tree;

	topics->nodes[ALL] = count_tree_node(tree, COUNT_TREE_ROOT, names[topics->kind]);
	if (topics->kind == TOPICS_SOURCES_AND_DESTINATIONS)
		topics->nodes[DESTINATIONS] =
			count_tree_node(tree, COUNT_TREE_ROOT, "Destination IPv4 Addresses");
	if (topics->kind == TOPICS_SOURCES_AND_DESTINATIONS_IPV6)
		topics->nodes[DESTINATIONS] =
			count_tree_node(tree, COUNT_TREE_ROOT, "Destination IPv6 Addresses");
	topics->fields[TCP_SRCPORT] = tally_field("tcp.srcport");
	topics->fields[TCP_DSTPORT] = tally_field("tcp.dstport");
	topics->fields[UDP_SRCPORT] = tally_field("udp.srcport");
	topics->fields[UDP_DSTPORT] = tally_field("udp.dstport");
	topics->fields[IPV4_SOURCE] = tally_field("ip.src");
	topics->fields[IPV4_DESTINATION] = tally_field("ip.dst");
	topics->fields[IPV6_SOURCE] = tally_field("ipv6.src");
	topics->fields[IPV6_DESTINATION] = tally_field("ipv6.dst");
	topics->fields[HEADER] = tally_field(is_ipv6(topics) ? "ipv6.dst" : "ip.dst");
}

static bool is_named(const struct path_table *paths, uint16_t path, const char *name)
{
	return !strcmp(path_name(paths, path), name);
}

/* From the innermost layer outwards.  What ICMP quotes is no layer, but its ports stay. */
static uint8_t classify(const struct topics *topics, const struct path_table *paths, uint16_t path)
{
	const char *own = is_ipv6(topics) ? "ipv6" : "ip";
	unsigned layers = 0, flags = 0;

	/* An IPv6 datagram counts once it is put together. */
	if (path != PATH_NONE && is_ipv6(topics) && is_named(paths, path, "data") &&
	    is_named(paths, path_parent(paths, path), "ipv6.fraghdr"))
		return 1;
	for (; path != PATH_NONE; path = path_parent(paths, path)) {
		if (is_named(paths, path, "icmp") || is_named(paths, path, "icmpv6")) {
			layers = 0;
			flags |= flags ? IN_QUOTE : 0;
		}
		if (!(flags & (HAS_TCP | HAS_UDP)))
			flags |= is_named(paths, path, "tcp")	? HAS_TCP
				 : is_named(paths, path, "udp") ? HAS_UDP
								: 0;
		layers += is_named(paths, path, own) && !path_is_mention(paths, path);
	}
	return (uint8_t)(flags | ((layers < LAYERS ? layers : LAYERS - 1) + 1));
}

static uint8_t class_of(struct topics *topics, const struct tally_packet *packet)
{
	uint8_t *class = &topics->classes[packet->path];

	if (!*class)
		*class = classify(topics, packet->learned->paths, packet->path);
	return *class;
}

static bool must_look(void *state, const struct tally_packet *packet)
{
	uint8_t class = class_of(state, packet);

	return (class & LAYERS) > 1 && (class & IN_QUOTE || !(packet->flags & INDEX_ENDS));
}

/* Ports are those that the last layer had that has any, quoted or not. */
static void take_ports(const struct topics *topics, const struct dissection *d,
		       struct endpoint *from, struct endpoint *to)
{
	from->port = to->port = 0;
	for (uint32_t i = 0; i < d->node_count; i++) {
		const struct node *node = &d->nodes[i];

		if (node->field == topics->fields[TCP_SRCPORT] ||
		    node->field == topics->fields[UDP_SRCPORT])
			from->port = (uint16_t)node->value.number;
		if (node->field == topics->fields[TCP_DSTPORT] ||
		    node->field == topics->fields[UDP_DSTPORT])
			to->port = (uint16_t)node->value.number;
	}
}

/* A frame in a tunnel (ERSPAN, VXLAN) that carries no IP is from and to network cards: its packet
 * then counts for the addresses of the tunnel. */
static void take_addresses(const struct topics *topics, const struct dissection *d,
			   struct endpoint *from, struct endpoint *to)
{
	if (from->type != ADDRESS_ETHER)
		return;
	for (uint32_t i = 0; i < d->node_count; i++) {
		const struct node *node = &d->nodes[i];

		if (node->depth != 1)
			continue;
		if (node->field == topics->fields[IPV4_SOURCE])
			*from = endpoint_ipv4((uint32_t)node->value.number);
		else if (node->field == topics->fields[IPV4_DESTINATION])
			*to = endpoint_ipv4((uint32_t)node->value.number);
		else if (node->field == topics->fields[IPV6_SOURCE])
			*from = endpoint_ipv6(node->value.bytes);
		else if (node->field == topics->fields[IPV6_DESTINATION])
			*to = endpoint_ipv6(node->value.bytes);
	}
}

/* Headers that are whole. */
static unsigned count_headers(const struct topics *topics, const struct dissection *d)
{
	unsigned count = 0;

	for (uint32_t i = 0; i < d->node_count; i++)
		count += d->nodes[i].field == topics->fields[HEADER] && d->nodes[i].depth == 1;
	return count;
}

static bool find_ends(const struct topics *topics, const struct tally_packet *packet,
		      struct endpoint *from, struct endpoint *to)
{
	const struct conversation *talk;

	if (packet->d) {
		*from = packet->d->from;
		*to = packet->d->to;
		take_addresses(topics, packet->d, from, to);
		take_ports(topics, packet->d, from, to);
		return true;
	}
	talk = conversation_of_index(packet->learned, packet->number);
	if (!talk)
		return false;
	*from = packet->flags & INDEX_FROM_OPENER ? talk->opener : talk->other;
	*to = packet->flags & INDEX_FROM_OPENER ? talk->other : talk->opener;
	return true;
}

static const char *ports_of(uint8_t class)
{
	if (class & HAS_TCP)
		return "TCP";
	return class & HAS_UDP ? "UDP" : "NONE";
}

static void count_destination(struct topics *topics, const struct endpoint *to, const char *host,
			      uint8_t class)
{
	struct count_tree *tree = topics->tree;
	char port[12];

	snprintf(port, sizeof port, "%u", class & (HAS_TCP | HAS_UDP) ? to->port : 0);
	uint32_t node = count_tree_tick(tree, topics->nodes[ALL], host);
	node = count_tree_tick(tree, node, ports_of(class));
	count_tree_tick(tree, node, port);
}

static void count_layer(struct topics *topics, const struct endpoint *from,
			const struct endpoint *to, uint8_t class)
{
	char source[ADDRESS_TEXT_ROOM], destination[ADDRESS_TEXT_ROOM];
	struct count_tree *tree = topics->tree;
	uint32_t all = topics->nodes[ALL];

	address_text(from, source);
	address_text(to, destination);
	count_tree_add(tree, all);
	switch (topics->kind) {
	case TOPICS_HOSTS:
	case TOPICS_HOSTS_IPV6:
		count_tree_tick(tree, all, source);
		count_tree_tick(tree, all, destination);
		break;
	case TOPICS_SOURCES_AND_DESTINATIONS:
	case TOPICS_SOURCES_AND_DESTINATIONS_IPV6:
		count_tree_tick(tree, all, source);
		count_tree_add(tree, topics->nodes[DESTINATIONS]);
		count_tree_tick(tree, topics->nodes[DESTINATIONS], destination);
		break;
	case TOPICS_PROTOCOLS:
	case TOPICS_PROTOCOLS_IPV6:
		count_tree_tick(tree, all, ports_of(class));
		break;
	default:
		count_destination(topics, to, destination, class);
	}
}

static void count_addresses(void *state, const struct tally_packet *packet)
{
	struct topics *topics = state;
	uint8_t class = class_of(topics, packet);
	struct endpoint from, to;

	if ((class & LAYERS) <= 1 || !find_ends(topics, packet, &from, &to))
		return;
	unsigned layers = packet->d ? count_headers(topics, packet->d) : (class & LAYERS) - 1u;
	if (!layers)
		return;
	count_tree_at(topics->tree, packet->since_ns);
	for (unsigned i = 0; i < layers; i++)
		count_layer(topics, &from, &to, class);
}

static const char *const read_fields[] = { "tcp.srcport", "tcp.dstport", "udp.srcport",
					   "udp.dstport", "ip.src",	 "ip.dst",
					   "ipv6.src",	  "ipv6.dst",	 NULL };

const struct counter addresses_counter = {
	.must_look = must_look,
	.count = count_addresses,
	.fields = read_fields,
};
