/* count_tree_text.c - one line a node, its name indented below its topic's. */
#include "print/count_tree_text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/glyph.h"
#include "base/text.h"

enum { CELL = 14, LAST_CELL = 13, NAME_GAP = 2, BURST_MS = 100 };

static const char heading[] = "Topic / Item";
static const char *const column_names[COUNT_COLUMNS] = {
	"Count",     "Average", "Min Val",    "Max Val",
	"Rate (ms)", "Percent", "Burst Rate", "Burst Start",
};

static void put_value(const struct count_node *node, enum count_column column, char *cell)
{
	double value = column == LEAST_COLUMN ? node->least : node->largest;

	if (node->value == VALUE_NONE)
		return;
	if (!node->count)
		strcpy(cell, "-");
	else if (column == AVERAGE_COLUMN)
		snprintf(cell, COUNT_CELL_ROOM, "%.2f",
			 (double)(float)(node->total / (double)node->count));
	else
		snprintf(cell, COUNT_CELL_ROOM, node->value == VALUE_WHOLE ? "%.0f" : "%f", value);
}

static void put_share(const struct count_tree *tree, const struct count_node *node, char *cell)
{
	const struct count_node *parent = count_tree_at_node(tree, node->parent);

	if (node->parent == COUNT_TREE_ROOT)
		strcpy(cell, "100%");
	else if (parent->count)
		snprintf(cell, COUNT_CELL_ROOM, "%.2f%%",
			 (double)node->count * 100 / (double)parent->count);
}

void count_cell(const struct count_tree *tree, uint32_t n, enum count_column column,
		char cell[COUNT_CELL_ROOM])
{
	const struct count_node *node = count_tree_at_node(tree, n);
	double elapsed_ms = (double)count_tree_elapsed(tree) / 1e6;

	cell[0] = '\0';
	switch (column) {
	case COUNT_COLUMN:
		snprintf(cell, COUNT_CELL_ROOM, "%" PRIu64, node->count);
		break;
	case AVERAGE_COLUMN:
	case LEAST_COLUMN:
	case LARGEST_COLUMN:
		put_value(node, column, cell);
		break;
	case RATE_COLUMN:
		if (elapsed_ms != 0)
			snprintf(cell, COUNT_CELL_ROOM, "%.4f", (double)node->count / elapsed_ms);
		break;
	case PERCENT_COLUMN:
		put_share(tree, node, cell);
		break;
	case BURST_COLUMN:
		if (node->most)
			snprintf(cell, COUNT_CELL_ROOM, "%.4f", (double)node->most / BURST_MS);
		else
			strcpy(cell, "-");
		break;
	case BURST_START_COLUMN:
		if (node->most)
			snprintf(cell, COUNT_CELL_ROOM, "%.3f", (double)node->most_start_ns / 1e9);
		else
			strcpy(cell, "-");
		break;
	case COUNT_COLUMNS:
		break;
	}
}

/* As it may be shown. */
static char *clean_name(const struct count_node *node)
{
	size_t n = strlen(node->name);
	char *clean = must_alloc(4 * n + 1);

	text_clean(clean, 4 * n + 1, (const uint8_t *)node->name, n, true);
	return clean;
}

/* As in tshark the title, without the group it is in, is the root: one column less deep. */
static int name_width(const char *title, const struct count_tree *tree)
{
	const char *group = strrchr(title, '/');
	int root = (int)strlen(group ? group + 1 : title) - 1;
	int width = root > (int)strlen(heading) ? root : (int)strlen(heading);

	for (uint32_t i = 1; i < count_tree_size(tree); i++) {
		const struct count_node *node = count_tree_at_node(tree, i);
		char *name = clean_name(node);
		int columns = text_columns(name) + (int)node->depth;

		free(name);
		if (columns > width)
			width = columns;
	}
	return width + NAME_GAP;
}

static void put_cell(FILE *out, const char *text, enum count_column column)
{
	fprintf(out, "%-*s", column == BURST_START_COLUMN ? LAST_CELL : CELL, text);
}

static void print_node(FILE *out, const struct count_tree *tree, uint32_t n, int width)
{
	const struct count_node *node = count_tree_at_node(tree, n);
	char *name = clean_name(node), cell[COUNT_CELL_ROOM];
	int used = (int)node->depth + text_columns(name);

	fprintf(out, "%*s%s%*s", (int)node->depth, "", name, width - used, "");
	free(name);
	for (unsigned i = 0; i < COUNT_COLUMNS; i++) {
		count_cell(tree, n, (enum count_column)i, cell);
		put_cell(out, cell, (enum count_column)i);
	}
	fputc('\n', out);
}

/* Trees are as deep as the tables that make them. */
static void print_below(FILE *out, const struct count_tree *tree, uint32_t n, int width)
{
	uint32_t count = count_tree_at_node(tree, n)->children;
	uint32_t *children = count_tree_children(tree, n);

	for (uint32_t i = 0; i < count; i++) {
		print_node(out, tree, children[i], width);
		print_below(out, tree, children[i], width);
	}
	free(children);
}

static void print_rule(FILE *out, char c, int width)
{
	for (int i = 0; i < width; i++)
		fputc(c, out);
	fputc('\n', out);
}

void print_count_tree(FILE *out, const char *title, const struct count_tree *tree)
{
	int width = name_width(title, tree);
	int whole = width + (COUNT_COLUMNS - 1) * CELL + LAST_CELL;

	fputc('\n', out);
	print_rule(out, '=', whole);
	fprintf(out, "%s:\n%-*s", title, width, heading);
	for (unsigned i = 0; i < COUNT_COLUMNS; i++)
		put_cell(out, column_names[i], (enum count_column)i);
	fputc('\n', out);
	print_rule(out, '-', whole);
	print_below(out, tree, COUNT_TREE_ROOT, width);
	fputc('\n', out);
	print_rule(out, '-', whole);
}
