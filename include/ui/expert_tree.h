/* expert_tree.h - the findings as rows: kinds, worst first, and below an open one its packets. */
#ifndef UI_EXPERT_TREE_H
#define UI_EXPERT_TREE_H

#include <stdbool.h>
#include <stdint.h>

#include "session/expert_pass.h"

enum { NOT_A_PACKET = UINT32_MAX };

/* A row, by what it shows: rows move while findings come in. */
struct expert_place {
	uint32_t kind;	 /* row of the list */
	uint32_t packet; /* index in that row's packets; NOT_A_PACKET: the kind itself */
};

struct expert_tree {
	struct expert_pass *pass; /* NULL: not asked for yet */
	bool *open;		  /* by kind */
	uint32_t open_room;
	unsigned hidden;	      /* one bit per severity */
	struct expert_place selected; /* kind UINT32_MAX: the first row, whichever it is */
};

void expert_tree_begin(struct expert_tree *tree, struct session *session);
void expert_tree_end(struct expert_tree *tree);

uint32_t expert_tree_rows(const struct expert_tree *tree);
/* False: there is no such row. */
bool expert_tree_row(const struct expert_tree *tree, uint32_t row, struct expert_place *place);
/* Of the selected row; 0 if it is not shown any more. */
uint32_t expert_tree_selected(const struct expert_tree *tree);
void expert_tree_select(struct expert_tree *tree, uint32_t row);

const struct expert_row *expert_tree_kind(const struct expert_tree *tree, uint32_t kind);
bool expert_tree_is_open(const struct expert_tree *tree, uint32_t kind);
void expert_tree_open(struct expert_tree *tree, uint32_t kind, bool open);
void expert_tree_hide(struct expert_tree *tree, enum expert_severity severity, bool hide);
bool expert_tree_hides(const struct expert_tree *tree, enum expert_severity severity);
/* The packet that the selected row is about, or is first about; 0: none. */
uint32_t expert_tree_packet(const struct expert_tree *tree);

#endif
