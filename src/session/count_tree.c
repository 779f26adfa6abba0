/* count_tree.c - nodes found by the hash of parent and name; buckets of bursts in one pool. */
#include "session/count_tree.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/time.h"

enum { BUCKET_NS = 5000000, BUCKETS_IN_BURST = 20, NAME_LIMIT = 1024 };

/* What was counted within 5 ms. */
struct bucket {
	int64_t number, start_ns;
	uint32_t count, next; /* 0: none */
};

struct count_tree {
	struct count_node *nodes;
	uint32_t count, room;
	uint32_t *slots; /* node + 1, by hash */
	uint32_t slot_mask;
	struct bucket *buckets; /* [0] is not used */
	uint32_t bucket_count, bucket_room, free_bucket;
	struct arena names;
	int64_t now_ns, first_ns;
	bool has_begun;
};

static uint32_t new_bucket(struct count_tree *tree, int64_t number, int64_t start_ns)
{
	uint32_t n = tree->free_bucket;

	if (n) {
		tree->free_bucket = tree->buckets[n].next;
	} else {
		if (tree->bucket_count == tree->bucket_room) {
			tree->bucket_room *= 2;
			tree->buckets = must_resize(tree->buckets, tree->bucket_room,
						    sizeof *tree->buckets);
		}
		n = tree->bucket_count++;
	}
	tree->buckets[n] = (struct bucket){ .number = number, .start_ns = start_ns };
	return n;
}

struct count_tree *count_tree_new(void)
{
	struct count_tree *tree = must_zeroed(1, sizeof *tree);

	tree->slot_mask = (1 << 8) - 1;
	tree->slots = must_zeroed(tree->slot_mask + 1, sizeof *tree->slots);
	tree->bucket_room = 64;
	tree->buckets = must_zeroed(tree->bucket_room, sizeof *tree->buckets);
	tree->bucket_count = 1;
	tree->room = 64;
	tree->nodes = must_zeroed(tree->room, sizeof *tree->nodes);
	tree->nodes[0] = (struct count_node){ .name = "", .keeps_order = true };
	tree->count = 1;
	return tree;
}

void count_tree_free(struct count_tree *tree)
{
	if (!tree)
		return;
	free(tree->nodes);
	free(tree->slots);
	free(tree->buckets);
	arena_free(&tree->names);
	free(tree);
}

void count_tree_at(struct count_tree *tree, int64_t since_ns)
{
	if (!tree->has_begun)
		tree->first_ns = since_ns;
	tree->has_begun = true;
	tree->now_ns = since_ns;
}

/* --- nodes --- */

static uint32_t name_hash(uint32_t parent, const char *name, size_t length)
{
	return (uint32_t)(hash_bytes(name, length) ^ hash_number(parent + UINT64_C(1)));
}

static void grow_slots(struct count_tree *tree)
{
	tree->slot_mask = tree->slot_mask * 2 + 1;
	free(tree->slots);
	tree->slots = must_zeroed((size_t)tree->slot_mask + 1, sizeof *tree->slots);
	for (uint32_t i = 1; i < tree->count; i++) {
		const struct count_node *node = &tree->nodes[i];
		uint32_t at = name_hash(node->parent, node->name, strlen(node->name));
		while (tree->slots[at & tree->slot_mask])
			at++;
		tree->slots[at & tree->slot_mask] = i + 1;
	}
}

static uint32_t *find_slot(const struct count_tree *tree, uint32_t parent, const char *name,
			   size_t length)
{
	for (uint32_t at = name_hash(parent, name, length);; at++) {
		uint32_t *slot = &tree->slots[at & tree->slot_mask];
		if (!*slot)
			return slot;
		const struct count_node *node = &tree->nodes[*slot - 1];
		if (node->parent == parent && !strncmp(node->name, name, length) &&
		    !node->name[length])
			return slot;
	}
}

static void hang_below(struct count_tree *tree, uint32_t parent, uint32_t child)
{
	struct count_node *above = &tree->nodes[parent];

	if (above->last_child)
		tree->nodes[above->last_child].next = child;
	else
		above->first_child = child;
	above->last_child = child;
	above->children++;
}

static uint32_t make_node(struct count_tree *tree, uint32_t parent, const char *name, size_t length)
{
	uint32_t n = tree->count;

	if (n == tree->room) {
		tree->room *= 2;
		tree->nodes = must_resize(tree->nodes, tree->room, sizeof *tree->nodes);
	}
	tree->count++;
	uint32_t bucket = new_bucket(tree, 0, 0);
	tree->nodes[n] = (struct count_node){
		.name = arena_text(&tree->names, name, length),
		.parent = parent,
		.depth = parent == COUNT_TREE_ROOT ? 0 : tree->nodes[parent].depth + 1,
		.head = bucket,
		.tail = bucket,
	};
	hang_below(tree, parent, n);
	return n;
}

uint32_t count_tree_node(struct count_tree *tree, uint32_t parent, const char *name)
{
	size_t length = strnlen(name, NAME_LIMIT);

	if (tree->count > tree->slot_mask / 4 * 3)
		grow_slots(tree);
	uint32_t *slot = find_slot(tree, parent, name, length);
	if (*slot)
		return *slot - 1;
	if (tree->count >= COUNT_TREE_LIMIT)
		return parent;
	*slot = tree->count + 1;
	return make_node(tree, parent, name, length);
}

uint32_t count_tree_make(struct count_tree *tree, uint32_t parent, const char *name,
			 enum count_value value)
{
	uint32_t node = count_tree_node(tree, parent, name);

	tree->nodes[node].value = (uint8_t)value;
	return node;
}

void count_tree_keep_order(struct count_tree *tree, uint32_t node)
{
	tree->nodes[node].keeps_order = true;
}

/* --- counting --- */

static void drop_old_buckets(struct count_tree *tree, struct count_node *node, int64_t number)
{
	while (number >= tree->buckets[node->head].number + BUCKETS_IN_BURST) {
		uint32_t old = node->head;

		node->burst -= tree->buckets[old].count;
		node->head = tree->buckets[old].next;
		tree->buckets[old].next = tree->free_bucket;
		tree->free_bucket = old;
	}
}

/* The bucket of this time among those of the burst, made if it is missing; they are in order. */
static uint32_t bucket_within(struct count_tree *tree, struct count_node *node, int64_t number)
{
	uint32_t before = node->head;

	while (tree->buckets[before].next &&
	       tree->buckets[tree->buckets[before].next].number <= number)
		before = tree->buckets[before].next;
	if (tree->buckets[before].number == number)
		return before;
	uint32_t bucket = new_bucket(tree, number, tree->now_ns);
	tree->buckets[bucket].next = tree->buckets[before].next;
	tree->buckets[before].next = bucket;
	return bucket;
}

/* 0: it is too old to be part of the burst. */
static uint32_t bucket_now(struct count_tree *tree, struct count_node *node)
{
	int64_t now = tree->now_ns;
	int64_t number = now / BUCKET_NS - (now % BUCKET_NS < 0);
	uint32_t bucket;

	if (number > tree->buckets[node->tail].number) {
		bucket = new_bucket(tree, number, now);
		tree->buckets[node->tail].next = bucket;
		node->tail = bucket;
		drop_old_buckets(tree, node, number);
		return bucket;
	}
	if (number >= tree->buckets[node->head].number)
		return bucket_within(tree, node, number);
	if (number + BUCKETS_IN_BURST <= tree->buckets[node->tail].number)
		return 0;
	bucket = new_bucket(tree, number, now);
	tree->buckets[bucket].next = node->head;
	return node->head = bucket;
}

void count_tree_add(struct count_tree *tree, uint32_t n)
{
	struct count_node *node = &tree->nodes[n];
	uint32_t bucket;

	node->count++;
	bucket = bucket_now(tree, node);
	if (!bucket)
		return;
	tree->buckets[bucket].count++;
	if (tree->now_ns < tree->buckets[bucket].start_ns)
		tree->buckets[bucket].start_ns = tree->now_ns;
	if (++node->burst > node->most) {
		node->most = node->burst;
		node->most_start_ns = tree->buckets[node->head].start_ns;
	}
}

uint32_t count_tree_tick(struct count_tree *tree, uint32_t parent, const char *name)
{
	uint32_t node = count_tree_node(tree, parent, name);

	if (node != parent)
		count_tree_add(tree, node);
	return node;
}

void count_tree_add_value(struct count_tree *tree, uint32_t n, enum count_value kind, double value)
{
	struct count_node *node = &tree->nodes[n];

	if (!node->count || value < node->least)
		node->least = value;
	if (!node->count || value > node->largest)
		node->largest = value;
	node->value = (uint8_t)kind;
	node->total += value;
	count_tree_add(tree, n);
}

/* --- what was counted --- */

int64_t count_tree_elapsed(const struct count_tree *tree)
{
	return time_between(tree->first_ns, tree->now_ns);
}

uint32_t count_tree_size(const struct count_tree *tree)
{
	return tree->count;
}

const struct count_node *count_tree_at_node(const struct count_tree *tree, uint32_t node)
{
	return &tree->nodes[node];
}

static int by_count(const void *a, const void *b)
{
	const struct count_node *x = *(const struct count_node *const *)a;
	const struct count_node *y = *(const struct count_node *const *)b;

	if (x->count != y->count)
		return x->count < y->count ? 1 : -1;
	return strcmp(y->name, x->name);
}

uint32_t *count_tree_children(const struct count_tree *tree, uint32_t n)
{
	const struct count_node *node = &tree->nodes[n];
	const struct count_node **sorted = must_alloc(node->children * sizeof *sorted + 1);
	uint32_t *children = must_alloc(node->children * sizeof *children + 1);
	uint32_t count = 0;

	for (uint32_t child = node->first_child; child; child = tree->nodes[child].next)
		sorted[count++] = &tree->nodes[child];
	if (!node->keeps_order)
		qsort(sorted, count, sizeof *sorted, by_count);
	for (uint32_t i = 0; i < count; i++)
		children[i] = (uint32_t)(sorted[i] - tree->nodes);
	free(sorted);
	return children;
}
