/* batch_print.h - what happens to each packet in batch, whether it comes from a file or an
 * interface; private to src/cli. */
#ifndef CLI_BATCH_PRINT_H
#define CLI_BATCH_PRINT_H

#include "cli/options.h"
#include "copier.h"
#include "filter/colour_rules.h"
#include "filters.h"
#include "session/session.h"
#include "session/tally.h"

/* Where it is among the packets that are shown. */
struct batch_place {
	uint64_t bytes; /* of those so far */
	uint32_t shown; /* how many they are */
	uint32_t last_shown;
	int64_t previous_shown_ns; /* when the last of them came that has a time */
};

struct batch {
	const struct options *options;
	struct session *session;
	FILE *out;
	struct packet_output output;	  /* of a packet_format */
	const struct filter *filter;	  /* NULL: everything passes */
	unsigned wants;			  /* enum want */
	const uint8_t *wanted_fields;	  /* NULL: all */
	unsigned filter_wants;		  /* 0: nothing is filtered */
	uint8_t *filter_fields;		  /* what the filter reads */
	struct colour_rules rules;	  /* of the lines; none: without colours */
	uint8_t *rule_fields;		  /* what they read, and what else is counted */
	uint8_t *dissectors;		  /* whose fields are looked at; NULL: all are */
	uint8_t *all_fields;		  /* for one pass: what is printed and what is read */
	const struct filter *read_filter; /* -R; NULL: all packets are taken */
	uint32_t *numbers;		  /* with -R: what packets are called (session.h) */
	struct time_context times;
	uint8_t *column_fields;	   /* that the columns read, where nothing else reads fields */
	struct column_facts facts; /* for the columns, of the packet at hand */
	struct time_context fact_times;
	struct batch_place place;
	uint32_t timed;	       /* `times` knows of packets up to this one */
	struct tally *tally;   /* what -z counts; NULL: nothing */
	struct copier *copier; /* NULL: nothing is written */
	int write_error;       /* errno of standard output; 0: none */
	struct error error;    /* of the copier */
};

/* Is anything printed at all? */
bool batch_prints(const struct options *options);
/* Are packets to be taken apart, to print them or to count? */
bool batch_dissects(const struct options *options);
/* Must the whole capture be known before the first packet is printed? */
bool batch_looks_ahead(const struct options *options, const struct filter *filter);
void batch_begin(struct batch *batch, const struct options *options, const struct filter *filter,
		 struct session *session);
/* Sets a dissection up to be both filtered and printed. */
void batch_prepare(const struct batch *batch, struct dissection *d);
/* The same for packets that are known to pass. */
void batch_prepare_found(const struct batch *batch, struct dissection *d);
/* A way to packets that were chosen to be shown. */
void batch_open_port(const struct batch *batch, struct view_port *port, bool one_pass);
/* Takes such a packet apart and prints it; false: it cannot go on. */
bool batch_show(struct batch *batch, struct view_port *port, uint32_t number);
/* Are packets printed and nothing else, and nobody waits for each line? */
bool batch_only_prints(const struct batch *batch);
/* Does the packet pass all filters?  It was dissected for that. */
bool batch_passes(const struct batch *batch, struct dissection *d);
/* Prints and writes a packet; false: it cannot go on. */
bool batch_packet(struct batch *batch, struct dissection *d);
/* Prints a packet of which only values of -e were looked at: as for field_list_take(), with
 * GLANCED_VALUES each. */
bool batch_values(struct batch *batch, uint32_t number, const struct node *nodes,
		  const uint8_t *counts);
/* Counts a packet as shown that another thread prints. */
void batch_pass(struct batch *batch, uint32_t number);
/* What was printed reaches those who read it; false: it cannot be written. */
bool batch_flush(struct batch *batch);
/* Text that was made elsewhere; false: it cannot be written. */
bool batch_write(struct batch *batch, const char *text, size_t n);
/* A packet cannot be read again; false. */
bool batch_tell_changed(struct batch *batch);
/* For another thread: a batch that prints packets as this one, into `out`; a format's text is kept in
 * its output's sink. */
void batch_share(struct batch *copy, const struct batch *batch, FILE *out);
void batch_unshare(struct batch *copy);
/* The next packet that it prints is the one after this place. */
void batch_stand(struct batch *copy, const struct batch_place *place);
/* What comes after the last packet; false: something could not be written. */
bool batch_end(struct batch *batch);
/* The exit status, if it would be `status` without --match. */
int batch_status(const struct batch *batch, int status);
/* One line on standard error. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
