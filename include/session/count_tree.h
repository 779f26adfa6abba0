/* count_tree.h - topics and what is below them, counted: how often, how fast, in what bursts, and
 * for some the average of a value.
 *
 * A burst is what came within 100 ms, in steps of 5 ms. */
#ifndef SESSION_COUNT_TREE_H
#define SESSION_COUNT_TREE_H

#include <stdbool.h>
#include <stdint.h>

enum { COUNT_TREE_ROOT = 0, COUNT_TREE_LIMIT = 1 << 22 };

enum count_value { VALUE_NONE, VALUE_WHOLE, VALUE_REAL };

struct count_node {
	const char *name;				/* may hold packet bytes */
	uint32_t parent, first_child, last_child, next; /* 0: none */
	uint32_t children;
	uint32_t depth;	     /* of topics 0 */
	uint32_t head, tail; /* buckets of the burst at hand */
	bool keeps_order;    /* its children are in their order, not by count */
	uint8_t value;	     /* enum count_value */
	uint64_t count;
	uint64_t burst, most; /* at hand, and the largest so far */
	int64_t most_start_ns;
	double total, least, largest; /* of values */
};

struct count_tree;

struct count_tree *count_tree_new(void);
void count_tree_free(struct count_tree *tree);

/* What follows was seen at this time since the first packet of the capture. */
void count_tree_at(struct count_tree *tree, int64_t since_ns);
/* The node of this name below `parent`, made if need be; `parent` itself if there are too many. */
uint32_t count_tree_node(struct count_tree *tree, uint32_t parent, const char *name);
/* One that is known to be new; `value`: it is shown as an average from the start. */
uint32_t count_tree_make(struct count_tree *tree, uint32_t parent, const char *name,
			 enum count_value value);
/* Its children stay in the order in which they were made. */
void count_tree_keep_order(struct count_tree *tree, uint32_t node);
void count_tree_add(struct count_tree *tree, uint32_t node);
/* The node below `parent` of this name is made if need be, and counted. */
uint32_t count_tree_tick(struct count_tree *tree, uint32_t parent, const char *name);
void count_tree_add_value(struct count_tree *tree, uint32_t node, enum count_value kind,
			  double value);

/* Between the first and the last time told. */
int64_t count_tree_elapsed(const struct count_tree *tree);
uint32_t count_tree_size(const struct count_tree *tree);
const struct count_node *count_tree_at_node(const struct count_tree *tree, uint32_t node);
/* A node's children as they are to be shown: most often counted first, then by name backwards.  An
 * array of node->children that the caller frees. */
uint32_t *count_tree_children(const struct count_tree *tree, uint32_t node);

#endif
