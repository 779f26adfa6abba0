/* http_sequences.c - HTTP requests below the page that sent the reader to them, by Referer and
 * Location.
 *
 * A page that is named again is the one that was added last, so a site that refers to itself goes
 * deeper each time; the depth has a limit, as all pages above are counted too. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "topics.h"

enum { SEQUENCES };
enum sequence_field { HTTP, LOCATION, RESPONSE_FOR, REFERER, FULL_URI };
enum { URI_ROOM = 1025, DEEPEST = 100, FIRST_SLOTS = 256 };

static const char *const field_names[] = {
	"http",		"http.location",	 "http.response_for.uri",
	"http.referer", "http.request.full_uri", NULL,
};

/* The node that got a name last. */
struct last_nodes {
	uint32_t *slots; /* 0: free */
	uint32_t mask, count;
};

void begin_http_sequences(struct topics *topics)
{
	for (unsigned i = 0; field_names[i]; i++)
		topics->fields[i] = tally_field(field_names[i]);
	topics->nodes[SEQUENCES] =
		count_tree_node(topics->tree, COUNT_TREE_ROOT, "HTTP Request Sequences");
	struct last_nodes *last = must_zeroed(1, sizeof *last);
	last->mask = FIRST_SLOTS - 1;
	last->slots = must_zeroed(FIRST_SLOTS, sizeof *last->slots);
	topics->last = last;
}

void last_nodes_free(struct last_nodes *last)
{
	if (last)
		free(last->slots);
	free(last);
}

static const char *name_of(const struct topics *topics, uint32_t node)
{
	return count_tree_at_node(topics->tree, node)->name;
}

static uint32_t *find_last(const struct topics *topics, const char *name)
{
	const struct last_nodes *last = topics->last;

	for (uint32_t at = (uint32_t)hash_bytes(name, strlen(name));; at++) {
		uint32_t *slot = &last->slots[at & last->mask];
		if (!*slot || !strcmp(name_of(topics, *slot), name))
			return slot;
	}
}

static void set_last(struct topics *topics, const char *name, uint32_t node)
{
	struct last_nodes *last = topics->last;

	if (last->count > last->mask / 4 * 3) {
		uint32_t *old = last->slots, count = last->mask + 1;
		last->mask = 2 * last->mask + 1;
		last->slots = must_zeroed(last->mask + 1, sizeof *last->slots);
		for (uint32_t i = 0; i < count; i++)
			if (old[i])
				*find_last(topics, name_of(topics, old[i])) = old[i];
		free(old);
	}
	uint32_t *slot = find_last(topics, name);
	last->count += !*slot;
	*slot = node;
}

/* Beyond the limit of nodes it is `parent`, which keeps its name. */
static uint32_t node_below(struct topics *topics, uint32_t parent, const char *name)
{
	uint32_t known = count_tree_size(topics->tree);
	uint32_t node = count_tree_node(topics->tree, parent, name);

	if (count_tree_size(topics->tree) > known)
		set_last(topics, name, node);
	return node;
}

/* The page counts as such and for what follows it, the pages above it for what follows them. */
static void count_step(struct topics *topics, const char *from, const char *to)
{
	struct count_tree *tree = topics->tree;
	uint32_t page = *find_last(topics, from), depth = 0;

	if (!page)
		page = node_below(topics, topics->nodes[SEQUENCES], from);
	count_tree_add(tree, page);
	for (uint32_t node = page; node != COUNT_TREE_ROOT; depth++) {
		count_tree_add(tree, node);
		node = count_tree_at_node(tree, node)->parent;
	}
	if (depth < DEEPEST)
		count_tree_add(tree, node_below(topics, page, to));
}

static void copy_uri(char uri[URI_ROOM], const char *text, size_t n)
{
	n = n < URI_ROOM - 1 ? n : URI_ROOM - 1;
	memcpy(uri, text, n);
	uri[n] = '\0';
}

/* Where a redirect leads: what is no whole URI stands for its end.  `..` stays, as in tshark. */
static void resolve(const char *base, const char *location, char uri[URI_ROOM])
{
	const char *host = strstr(base, "://"), *query = strchr(base, '?');
	size_t kept = query ? (size_t)(query - base) : strlen(base);

	host = host ? host + 3 : base;
	if (strstr(location, "://")) {
		kept = 0;
	} else if (!*location) {
		kept = strlen(base);
	} else if (!strncmp(location, "//", 2)) {
		kept = (size_t)(host - base) - (host > base ? 2 : 0);
	} else if (*location == '/') {
		const char *path = strchr(host, '/');
		kept = path ? (size_t)(path - base) : strlen(base);
	} else if (*location != '?') {
		while (kept && base[kept - 1] != '/')
			kept--;
	}
	copy_uri(uri, base, kept);
	kept = strlen(uri);
	size_t n = strnlen(location, URI_ROOM - 1 - kept);
	memcpy(uri + kept, location, n);
	uri[kept + n] = '\0';
}

static const char *text_in(const struct topics *topics, const struct message *message,
			   enum sequence_field field)
{
	const struct node *node = message_node(message, topics->fields[field]);

	return node ? node->value.text : NULL;
}

static void count_message(struct topics *topics, const struct message *message)
{
	const char *location = text_in(topics, message, LOCATION);
	const char *base = text_in(topics, message, RESPONSE_FOR);
	const char *referer = text_in(topics, message, REFERER);
	const char *asked = text_in(topics, message, FULL_URI);
	char from[URI_ROOM], to[URI_ROOM];

	if (location && base) {
		copy_uri(from, base, strlen(base));
		resolve(from, location, to);
		count_step(topics, from, to);
	}
	if (referer && asked) {
		copy_uri(from, referer, strlen(referer));
		copy_uri(to, asked, strlen(asked));
		count_step(topics, from, to);
	}
}

static bool must_look(void *state, const struct tally_packet *packet)
{
	return topics_have_layer(state, packet, "http");
}

static void count_http(void *state, const struct tally_packet *packet)
{
	struct topics *topics = state;
	struct message message = { 0 };

	if (!packet->d)
		return;
	count_tree_at(topics->tree, packet->since_ns);
	while (next_message(&message, packet->d, topics->fields[HTTP]))
		count_message(topics, &message);
}

const struct counter http_sequences_counter = {
	.must_look = must_look,
	.count = count_http,
	.fields = field_names,
};
