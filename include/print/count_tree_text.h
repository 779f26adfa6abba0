/* count_tree_text.h - a tree of topics in tshark's columns. */
#ifndef PRINT_COUNT_TREE_TEXT_H
#define PRINT_COUNT_TREE_TEXT_H

#include <stdio.h>

#include "session/count_tree.h"

void print_count_tree(FILE *out, const char *title, const struct count_tree *tree);

/* What the columns behind a node's name say. */
enum count_column {
	COUNT_COLUMN,
	AVERAGE_COLUMN,
	LEAST_COLUMN,
	LARGEST_COLUMN,
	RATE_COLUMN,
	PERCENT_COLUMN,
	BURST_COLUMN,
	BURST_START_COLUMN,
	COUNT_COLUMNS,
};

enum { COUNT_CELL_ROOM = 32 };

/* "" where the node has no such value. */
void count_cell(const struct count_tree *tree, uint32_t node, enum count_column column,
		char cell[COUNT_CELL_ROOM]);

#endif
