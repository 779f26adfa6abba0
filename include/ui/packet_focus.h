/* packet_focus.h - the selected packet taken apart: which subtrees are open, which field and
 * which byte are selected.
 *
 * Selecting a field selects its bytes, selecting a byte the innermost field that covers it.
 * What is open is kept per field, not per packet, and the cursor stays on the same
 * field when the packet changes. */
#ifndef UI_PACKET_FOCUS_H
#define UI_PACKET_FOCUS_H

#include <stdbool.h>
#include <stdint.h>

#include "dissect/dissection.h"

enum { FOCUS_DEPTH = 16 };

/* The how-many-th node of a field. */
struct field_place {
	uint16_t field;
	uint32_t occurrence;
};

struct packet_focus {
	struct dissection *d; /* NULL: no packet */
	node_id node;	      /* NO_NODE: none */
	unsigned buffer;      /* of d->buffers, shown as bytes */
	uint32_t byte;
	uint8_t *open;	/* a bit per field */
	uint32_t *rows; /* the nodes in sight, in order */
	uint32_t row_count, row_room;
	struct field_place way[FOCUS_DEPTH]; /* to the node: itself, its parent, ... */
	unsigned way_length;
};

void focus_init(struct packet_focus *focus);
void focus_free(struct packet_focus *focus);
/* Another packet, or the same one anew; NULL: none. */
void focus_on(struct packet_focus *focus, struct dissection *d);

void focus_select_row(struct packet_focus *focus, uint32_t row);
/* Opens what is around the node. */
void focus_select_node(struct packet_focus *focus, node_id node);
void focus_select_byte(struct packet_focus *focus, unsigned buffer, uint32_t byte);
/* The row of the selected node; 0 if there is none. */
uint32_t focus_row(const struct packet_focus *focus);
const struct node *focus_node(const struct packet_focus *focus);

bool focus_has_children(const struct packet_focus *focus, node_id node);
bool focus_is_open(const struct packet_focus *focus, node_id node);
void focus_open(struct packet_focus *focus, node_id node, bool open);
void focus_open_subtree(struct packet_focus *focus, node_id node, bool open);
void focus_open_all(struct packet_focus *focus, bool open);
node_id focus_parent(const struct packet_focus *focus, node_id node);
/* The protocol that the node belongs to: its ancestor of depth 0. */
node_id focus_protocol(const struct packet_focus *focus, node_id node);

#endif
