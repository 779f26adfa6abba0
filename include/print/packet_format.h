/* packet_format.h - the formats of -T that are not plain text: what is written for each packet. */
#ifndef PRINT_PACKET_FORMAT_H
#define PRINT_PACKET_FORMAT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "dissect/dissection.h"
#include "print/layer_choice.h"
#include "print/printer.h"
#include "print/sink.h"

struct column_facts;
struct column_list;
struct packet_format;

struct packet_output {
	/* Given. */
	FILE *out; /* NULL: the text is kept in `sink` */
	const struct packet_format *format;
	struct field_list *fields;  /* -e; NULL or empty: all is printed */
	const struct column_list *columns; /* NULL or empty: the usual ones */
	const struct column_facts *facts;  /* for these, of the packet at hand */
	struct layer_choice choice; /* -j, -J */
	bool bytes;		    /* -x */
	const char *path;	    /* of the capture, "-" for an interface */

	/* Made. */
	struct sink sink;
	void *state; /* the format's own */
	uint32_t count;
};

struct packet_format {
	const char *name; /* "json" */
	unsigned wants;	  /* enum want, without -e */
	bool takes_fields, takes_bytes, takes_choice;
	bool only_fields; /* of a packet nothing else is looked at */
	void (*begin)(struct packet_output *output);
	void (*packet)(struct packet_output *output, struct dissection *d,
		       const struct summary *columns);
	void (*end)(struct packet_output *output);
};

/* NULL: there is none. */
const struct packet_format *packet_format_named(const char *name);
/* Does it go by what -e lists? */
bool packet_output_has_fields(const struct packet_output *output);
unsigned packet_output_wants(const struct packet_output *output);

void packet_output_begin(struct packet_output *output);
/* `columns` are looked at only if WANT_COLUMNS is among what it wants. */
void packet_output_packet(struct packet_output *output, struct dissection *d,
			  const struct summary *columns);
/* A packet whose fields were given by field_list_take(), of a format with only_fields. */
void packet_output_taken(struct packet_output *output);
/* What was printed goes to the stream. */
void packet_output_flush(struct packet_output *output);
void packet_output_end(struct packet_output *output);

#endif
