/* node_order.h - keeping the nodes in the order of the tree; private to src/dissect. */
#ifndef DISSECT_NODE_ORDER_H
#define DISSECT_NODE_ORDER_H

#include "dissect/dissection.h"

/* Turns [a b) [b c) into [b c) [a b), in place. */
void rotate_nodes(struct node *nodes, uint32_t a, uint32_t b, uint32_t c);

#endif
