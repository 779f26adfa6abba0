/* node_value.h - what the structured formats say of a node; private to src/print. */
#ifndef PRINT_NODE_VALUE_H
#define PRINT_NODE_VALUE_H

#include "dissect/dissection.h"
#include "print/sink.h"

/* The captured bytes that a node stands on; fewer, or none, where its buffer is not kept. */
const uint8_t *node_bytes(const struct dissection *d, const struct node *node, uint32_t *n);
/* The bits of its bytes that a number is made of; 0: all. */
uint64_t node_mask(const struct node *node);
/* A subtree without a value of its own. */
bool node_is_bare(const struct field *field);
/* The masked number in hexadecimal, or the bytes. */
void node_put_raw(struct sink *sink, const struct dissection *d, const struct node *node);
/* The value as a JSON string. */
void node_put_json(struct sink *sink, struct dissection *d, const struct node *node);
/* "2026-11-25": the day of the packet's time; `day`, zeroed at first, remembers the last. */
struct packet_day {
	int64_t quarter; /* of an hour: no day ends within one */
	char text[40];
};
const char *packet_date(struct packet_day *day, const struct dissection *d);
/* Wireshark's number of a field's type. */
unsigned field_type_number(enum field_type type);
/* Wireshark's name of it: "FT_UINT16". */
const char *field_type_name(enum field_type type);

#endif
