/* filter.h - Wireshark's display filters, compiled to a program of forward jumps.
 *
 * A filter is read-only once compiled, so any thread may run it.  Where the protocols of a
 * packet decide, it needs no dissection. */
#ifndef FILTER_FILTER_H
#define FILTER_FILTER_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "dissect/dissection.h"
#include "dissect/path.h"
#include "state/learned.h"

struct filter;

enum { FILTER_MESSAGE_ROOM = 240 };

struct filter_error {
	unsigned column, length; /* what to underline: bytes of `text`; length 0: its end */
	bool incomplete;	 /* more words may make it valid */
	char message[FILTER_MESSAGE_ROOM];
	char *text; /* what was compiled, its macros replaced; the caller frees it */
};

/* Abbreviations for parts of filters: ${name:argument;argument}. */
struct filter_macros;

/* Reads lines as Wireshark's dfilter_macros has them: "name","text with $1".  A file that is not
 * there is empty; NULL is an empty list for everybody who takes one. */
struct filter_macros *filter_macros_read(const char *path);
void filter_macros_free(struct filter_macros *macros);

/* An empty text passes everything.  NULL: *error says why. */
struct filter *filter_compile(const char *text, const struct filter_macros *macros,
			      struct filter_error *error);
void filter_free(struct filter *filter);

/* Decides from the stack of protocols alone where it can: `dns` needs no dissection, and
 * `dns.qry.name == "x"` none of packets without dns in their path. */
enum filter_verdict { FILTER_NO, FILTER_YES, FILTER_LOOK };
enum filter_verdict filter_verdict_on_path(const struct filter *filter,
					   const struct path_table *paths, uint16_t path);

/* The layers of packets with this stack that hold fields it reads: give this to
 * dissection.wanted_layers. */
uint64_t filter_wanted_layers(const struct filter *filter, const struct path_table *paths,
			      uint16_t path);

/* Nonzero: the answer is the same for all packets with INDEX_ENDS of one conversation that go the
 * same way and have stacks for which this is the same number. */
uint16_t filter_ends_class(const struct filter *filter, const struct path_table *paths,
			   uint16_t path);

/* What is known of a packet that is not taken apart. */
struct glance {
	const struct learned *learned;
	uint32_t number;
	/* NULL: they were not read. */
	const uint8_t *bytes;
	uint32_t captured, reported;
	uint16_t link_type;
};

/* How a filter decides on packets with this stack by fields that are PLACED(), in the arena; NULL:
 * it cannot. */
struct glance_plan;
const struct glance_plan *filter_plan_glance(const struct filter *filter,
					     const struct path_table *paths, uint16_t path,
					     struct arena *arena);
/* Does it take the packet's bytes, or the packet index alone? */
bool glance_wants_bytes(const struct glance_plan *plan);
/* FILTER_LOOK: this packet has to be dissected.  The answer is always that of filter_matches(). */
enum filter_verdict filter_glance(const struct filter *filter, const struct glance_plan *plan,
				  const struct glance *glance, struct arena *arena);

/* The fields it reads: give this to dissection.wanted_fields. */
const uint8_t *filter_wanted_fields(const struct filter *filter);
/* Does it read what only later packets tell (FIELD_FORWARD)? */
bool filter_needs_later(const struct filter *filter);

/* The dissection must hold the nodes of the wanted fields.  Uses its arena. */
bool filter_matches(const struct filter *filter, struct dissection *d);

/* Puts the values of a dissected packet, the selected one, where the filter has ${field}; NULL:
 * none is selected.  The filter is not to be run meanwhile. */
void filter_set_reference(struct filter *filter, struct dissection *d);
bool filter_has_references(const struct filter *filter);

/* One line per instruction, for tests and --show-filter. */
void filter_print(const struct filter *filter, FILE *out);
/* Which of its fields need no dissection of a packet with plain headers; nothing if there are none. */
void filter_print_places(const struct filter *filter, FILE *out);

#endif
