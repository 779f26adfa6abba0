/* packet_order.h - the order of the rows when they are sorted by a column.
 *
 * It holds for as many rows as there were when it was made; what comes later stands below, in the
 * order in which it was captured, until it is sorted in. */
#ifndef UI_PACKET_ORDER_H
#define UI_PACKET_ORDER_H

#include <stdbool.h>
#include <stdint.h>

#include "print/column.h"
#include "session/sort_run.h"

/* What the threads go by; it does not change while they are at work. */
struct order_key {
	struct column column;
	enum time_format time_format; /* of a column that says time as chosen */
	unsigned wants;		      /* of a dissection; 0: the index knows */
	uint8_t *fields;
};

struct packet_order {
	struct sort_run *run; /* NULL: nothing is being sorted */
	struct order_key key; /* of the run */
	uint32_t run_count;   /* rows that it sorts */
	uint32_t done;	      /* as was polled last */
	int64_t since, next;  /* when it began; when the next one may */
	uint32_t *rows;	      /* [n]: the row, in the order of capture, that comes n-th */
	uint32_t *ranks;      /* [row]: where it has come to */
	uint32_t count;
};

/* sort_order.value of an order_key. */
void order_value(const void *key, struct view_port *port, uint32_t packet, uint32_t before,
		 struct sort_value *value);
/* What it needs of dissections. */
void order_key_begin(struct order_key *key, const struct column *column,
		     enum time_format time_format);
void order_key_end(struct order_key *key);

#endif
