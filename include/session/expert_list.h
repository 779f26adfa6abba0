/* expert_list.h - the findings of many packets, those alike counted together.
 *
 * Memory is bounded: past a limit, findings of new kinds are counted as "Others" of their
 * severity, and packets are no longer remembered. */
#ifndef SESSION_EXPERT_LIST_H
#define SESSION_EXPERT_LIST_H

#include <stdbool.h>
#include <stdint.h>

#include "dissect/dissection.h"

enum expert_likeness {
	EXPERT_SAME_WORDS, /* severity, group, protocol and words */
	EXPERT_SAME_FIELD, /* severity, group, protocol and field, whatever the words */
};

struct expert_row {
	const char *protocol;	   /* as in struct finding; "": others */
	const struct field *field; /* NULL: others */
	const char *words;	   /* as found, may hold packet bytes; of EXPERT_SAME_FIELD the
				    * field's name */
	enum expert_severity severity;
	enum expert_group group;
	uint64_t count;
	uint32_t *packets; /* the first of those that have it, in their order */
	uint32_t packet_count, packet_room;
};

struct expert_list;

/* `packets`: how many packet numbers are remembered in all, 0: none. */
struct expert_list *expert_list_new(enum expert_likeness likeness, uint32_t packets);
void expert_list_free(struct expert_list *list);

/* The findings of a packet that was taken apart with WANT_FIELDS.  Those about a packet that it
 * quotes do not count: that one was sent once. */
void expert_list_take(struct expert_list *list, const struct dissection *d);

/* Rows are in the order in which their first findings were made. */
uint32_t expert_list_count(const struct expert_list *list);
const struct expert_row *expert_list_row(const struct expert_list *list, uint32_t n);
/* Findings of this severity. */
uint64_t expert_list_total(const struct expert_list *list, enum expert_severity severity);

#endif
