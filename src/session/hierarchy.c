/* hierarchy.c - a packet's stack leads to one node, which is remembered.  Some stacks do not tell
 * what stands beside each other in the tree (FTP's directories, several MPLS labels, AH within
 * IPv6): the first packet of each shows that.  What TCP put together has a node that no stack
 * tells, nor do messages that share a layer: tshark has each of them below the one before it. */
#include "session/hierarchy.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "dissect/registry.h"

enum { NAMES = 256, NODES_LIMIT = 1 << 20 };

/* Protocols whose layer holds all messages of a segment; tshark has a layer for each. */
static const struct shared_layer {
	const char *protocol, *message; /* a field in the layer */
	bool bodies_follow;		/* what is within a message stands behind it, not in it */
} shared_layers[] = {
	{ "http2", "http2.stream", true },
	{ "bittorrent", "bittorrent.msg", false },
};

enum path_class { PATH_UNKNOWN, PATH_PLAIN, PATH_ABOVE_TCP, PATH_TELLS_LITTLE };

struct hierarchy {
	struct hierarchy_node *nodes;
	uint32_t count, room;
	bool shows_fields; /* that stand beside protocols */
	uint16_t segments; /* the field tcp.segments */
	uint16_t tcp_length;
	uint16_t messages[COUNT(shared_layers)];
	uint8_t classes[PATH_LIMIT];
	uint32_t leaves[PATH_LIMIT]; /* by path: the node; 0: not known yet */
};

struct hierarchy *hierarchy_new(bool shows_fields)
{
	struct hierarchy *hierarchy = must_zeroed(1, sizeof *hierarchy);

	hierarchy->shows_fields = shows_fields;
	hierarchy->room = 64;
	hierarchy->nodes = must_zeroed(hierarchy->room, sizeof *hierarchy->nodes);
	hierarchy->count = 1;
	hierarchy->segments = tally_field("tcp.segments");
	hierarchy->tcp_length = tally_field("tcp.len");
	for (unsigned i = 0; i < COUNT(shared_layers); i++)
		hierarchy->messages[i] = tally_field(shared_layers[i].message);
	return hierarchy;
}

void hierarchy_free(struct hierarchy *hierarchy)
{
	if (!hierarchy)
		return;
	free(hierarchy->nodes);
	free(hierarchy);
}

static uint32_t make_node(struct hierarchy *hierarchy, uint32_t parent, const char *name)
{
	uint32_t n = hierarchy->count;

	if (n >= NODES_LIMIT)
		return parent;
	if (n == hierarchy->room) {
		hierarchy->room *= 2;
		hierarchy->nodes =
			must_resize(hierarchy->nodes, hierarchy->room, sizeof *hierarchy->nodes);
	}
	hierarchy->count++;
	struct hierarchy_node *above = &hierarchy->nodes[parent];
	hierarchy->nodes[n] = (struct hierarchy_node){ .name = name,
						       .parent = parent,
						       .depth = above->depth + 1 };
	if (above->last_child)
		hierarchy->nodes[above->last_child].next = n;
	else
		above->first_child = n;
	above->last_child = n;
	return n;
}

static uint32_t node_below(struct hierarchy *hierarchy, uint32_t parent, const char *name)
{
	uint32_t n = hierarchy->nodes[parent].first_child;

	while (n && strcmp(hierarchy->nodes[n].name, name) != 0)
		n = hierarchy->nodes[n].next;
	return n ? n : make_node(hierarchy, parent, name);
}

static void add_packet(struct hierarchy *hierarchy, uint32_t leaf,
		       const struct tally_packet *packet)
{
	for (uint32_t n = leaf; n; n = hierarchy->nodes[n].parent) {
		hierarchy->nodes[n].frames++;
		hierarchy->nodes[n].bytes += packet->length;
	}
}

/* --- stacks --- */

static bool is_any_of(const char *name, const char *const *names)
{
	while (*names && strcmp(name, *names) != 0)
		names++;
	return *names != NULL;
}

/* The names of a stack, the outermost first; those that ICMP quotes are left out but for what is in
 * UDP and TCP there, which tshark shows behind ICMP. */
static unsigned names_of(const struct path_table *paths, uint16_t path, const char *names[NAMES])
{
	static const char *const unnamed[] = { "frame", NULL };
	static const char *const quoting[] = { "icmp", "icmpv6", NULL };
	static const char *const quoted[] = { "ip", "ipv6", "udp", "tcp", "icmp", "icmpv6", NULL };
	static const char *const ported[] = { "udp", "tcp", NULL };
	const char *all[NAMES];
	unsigned count = 0, kept = 0;
	bool in_quote = false, quotes = false;

	for (; path != PATH_NONE && count < NAMES; path = path_parent(paths, path))
		if (!path_is_mention(paths, path) && !is_any_of(path_name(paths, path), unnamed))
			all[count++] = path_name(paths, path);
	for (unsigned i = count; i-- > 0;) {
		const char *name = all[i];
		bool hidden = in_quote && (is_any_of(name, quoted) || !quotes);

		quotes = quotes || (in_quote && is_any_of(name, ported));
		in_quote = in_quote || is_any_of(name, quoting);
		if (!hidden)
			names[kept++] = name;
	}
	return kept;
}

static bool has_name(const struct path_table *paths, uint16_t path, const char *const *wanted)
{
	while (path != PATH_NONE && !is_any_of(path_name(paths, path), wanted))
		path = path_parent(paths, path);
	return path != PATH_NONE;
}

/* Is there a packet within an ICMP message? */
static bool has_quote(const struct path_table *paths, uint16_t path)
{
	static const char *const quoting[] = { "icmp", "icmpv6", NULL };
	static const char *const quoted[] = { "ip", "ipv6", NULL };

	for (bool above = false; path != PATH_NONE; path = path_parent(paths, path)) {
		if (above && is_any_of(path_name(paths, path), quoting))
			return true;
		above = above || is_any_of(path_name(paths, path), quoted);
	}
	return false;
}

/* tshark has a packet's comment in front of all. */
static uint32_t start_of(struct hierarchy *hierarchy, const struct tally_packet *packet)
{
	return packet->flags & INDEX_COMMENT ? node_below(hierarchy, 0, "pkt_comment") : 0;
}

static uint32_t leaf_of(struct hierarchy *hierarchy, const struct tally_packet *packet)
{
	bool is_usual = !(packet->flags & INDEX_COMMENT);
	uint32_t leaf = start_of(hierarchy, packet);
	const char *names[NAMES];

	if (is_usual && hierarchy->leaves[packet->path])
		return hierarchy->leaves[packet->path];
	unsigned count = names_of(packet->learned->paths, packet->path, names);
	for (unsigned i = 0; i < count; i++)
		leaf = node_below(hierarchy, leaf, names[i]);
	if (is_usual)
		hierarchy->leaves[packet->path] = leaf;
	return leaf;
}

/* --- messages of several segments --- */

static bool must_look(void *state, const struct tally_packet *packet)
{
	const struct hierarchy *hierarchy = state;
	uint8_t class = hierarchy->classes[packet->path];

	if (class == PATH_UNKNOWN || class == PATH_TELLS_LITTLE ||
	    (class == PATH_ABOVE_TCP && packet->flags & INDEX_HAS_FACTS))
		return true;
	return packet->flags & INDEX_CUT ||
	       index_severity(&packet->learned->index, packet->number) == EXPERT_ERROR;
}

/* What says that a layer could not be read to its end; NULL: all could. */
static const char *fault_name(const struct dissection *d)
{
	if (!d || !d->failed || d->worst_fault == FAULT_NONE)
		return NULL;
	return d->worst_fault == FAULT_CUT_SHORT ? "_ws.short" : "_ws.malformed";
}

static bool is_together(const struct hierarchy *hierarchy, const struct dissection *d)
{
	return tally_node(d, hierarchy->segments) != NULL;
}

/* Does the node stand beside the protocols, or is it one of them?  What says that a layer could not
 * be read is counted apart. */
static bool is_level(const struct node *node, const struct field *field)
{
	return !node->depth && !(node->flags & NODE_HIDDEN) &&
	       strncmp(field->abbrev, "_ws.", 4) != 0 && strcmp(field->abbrev, "frame") != 0 &&
	       strcmp(field->abbrev, "pkt_comment") != 0;
}

static int shared_layer_of(const char *protocol)
{
	for (unsigned i = 0; i < COUNT(shared_layers); i++)
		if (!strcmp(protocol, shared_layers[i].protocol))
			return (int)i;
	return -1;
}

/* What stands in the layer of node `n`: its first message is the layer's own. */
static uint32_t leaf_of_messages(struct hierarchy *hierarchy, uint32_t leaf,
				 const struct dissection *d, uint32_t n)
{
	const char *protocol = registry_field(d->nodes[n].field)->abbrev;
	int shared = shared_layer_of(protocol);
	bool is_first = true;

	for (uint32_t i = n + 1; shared >= 0 && i < d->node_count && d->nodes[i].depth; i++) {
		const struct field *field = registry_field(d->nodes[i].field);

		if (d->nodes[i].depth == 1) {
			if (!is_first && d->nodes[i].field == hierarchy->messages[shared])
				leaf = node_below(hierarchy, leaf, protocol);
			is_first = false;
		} else if (shared_layers[shared].bodies_follow && field->type == FIELD_PROTOCOL) {
			leaf = node_below(hierarchy, leaf, field->abbrev);
		}
	}
	return leaf;
}

/* Does the connection's end complete a message, in a segment without bytes? */
static bool is_at_end(const struct hierarchy *hierarchy, const struct dissection *d)
{
	const struct node *length = tally_node(d, hierarchy->tcp_length);

	return length && !length->value.number;
}

/* The layers as they stand in the packet.  What a message was put together from is behind its
 * layers, which are on the bytes put together, unless the connection's end put them together. */
static uint32_t leaf_of_layers(struct hierarchy *hierarchy, uint32_t leaf,
			       const struct dissection *d)
{
	const char *waiting = NULL;

	for (uint32_t i = 0; i < d->node_count; i++) {
		const struct node *node = &d->nodes[i];
		const struct field *field = registry_field(node->field);

		if (!is_level(node, field))
			continue;
		if (waiting && (!node->source || is_at_end(hierarchy, d))) {
			leaf = node_below(hierarchy, leaf, waiting);
			waiting = NULL;
		}
		if (node->field == hierarchy->segments)
			waiting = field->abbrev;
		else if (hierarchy->shows_fields || field->type == FIELD_PROTOCOL)
			leaf = node_below(hierarchy, leaf, field->abbrev);
		if (hierarchy->shows_fields)
			leaf = leaf_of_messages(hierarchy, leaf, d, i);
	}
	return waiting ? node_below(hierarchy, leaf, waiting) : leaf;
}

/* Do the layers stand in the packet as its stack names them? */
static bool stack_tells_all(const struct hierarchy *hierarchy, const struct tally_packet *packet)
{
	const struct dissection *d = packet->d;
	const char *names[NAMES];
	unsigned count = names_of(packet->learned->paths, packet->path, names), found = 0;

	for (uint32_t i = 0; i < d->node_count; i++) {
		const struct field *field = registry_field(d->nodes[i].field);

		if (!is_level(&d->nodes[i], field) || d->nodes[i].field == hierarchy->segments)
			continue;
		if (found == count || strcmp(names[found], field->abbrev) != 0)
			return false;
		found++;
	}
	return found == count;
}

static enum path_class classify(const struct hierarchy *hierarchy,
				const struct tally_packet *packet)
{
	static const char *const wordy[] = { "ftp",   "ftp-data",   "websocket",
					     "http2", "bittorrent", NULL };
	static const char *const tcp[] = { "tcp", NULL };
	const struct path_table *paths = packet->learned->paths;

	if (!has_quote(paths, packet->path) &&
	    (has_name(paths, packet->path, wordy) || !stack_tells_all(hierarchy, packet)))
		return PATH_TELLS_LITTLE;
	return has_name(paths, packet->path, tcp) ? PATH_ABOVE_TCP : PATH_PLAIN;
}

static void count_packet(void *state, const struct tally_packet *packet)
{
	struct hierarchy *hierarchy = state;
	uint8_t *class = &hierarchy->classes[packet->path];
	uint32_t leaf;

	if (*class == PATH_UNKNOWN && packet->d)
		*class = (uint8_t)classify(hierarchy, packet);
	if (packet->d && (*class == PATH_TELLS_LITTLE || is_together(hierarchy, packet->d)))
		leaf = leaf_of_layers(hierarchy, start_of(hierarchy, packet), packet->d);
	else
		leaf = leaf_of(hierarchy, packet);
	if (fault_name(packet->d))
		leaf = node_below(hierarchy, leaf, fault_name(packet->d));
	add_packet(hierarchy, leaf, packet);
}

/* What stands beside protocols, and is none. */
static const char *const read_fields[] = {
	"tcp.segments",
	"tcp.len",
	"ftp.current-working-directory",
	"ftp.command",
	"ftp.command-frame",
	"ftp.command-response.frames",
	"ftp.command-response.bytes",
	"ftp.command-response.first-frame-num",
	"ftp.command-response.last-frame-num",
	"ftp.command-response.duration",
	"ftp.command-response.bitrate",
	"ftp.setup-frame",
	"ftp-data.setup-frame",
	"ftp-data.setup-method",
	"ftp-data.command",
	"ftp-data.command-frame",
	"ftp-data.current-working-directory",
	"http2.stream",
	"bittorrent.msg",
	NULL,
};

const struct counter hierarchy_counter = {
	.must_look = must_look,
	.count = count_packet,
	.fields = read_fields,
	.all_protocols = true,
};

uint32_t hierarchy_count(const struct hierarchy *hierarchy)
{
	return hierarchy->count;
}

const struct hierarchy_node *hierarchy_node(const struct hierarchy *hierarchy, uint32_t n)
{
	return &hierarchy->nodes[n];
}
