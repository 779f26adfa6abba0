/* printer.h - packets as text: tshark's layouts.
 *
 * A printer writes to a FILE and is told of each packet in order. */
#ifndef PRINT_PRINTER_H
#define PRINT_PRINTER_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/error.h"
#include "dissect/dissection.h"
#include "dissect/names.h"

enum time_format { /* -t */
		   TIME_RELATIVE,
		   TIME_ABSOLUTE,
		   TIME_ABSOLUTE_DATE,
		   TIME_ABSOLUTE_DAY_OF_YEAR,
		   TIME_DELTA,
		   TIME_DELTA_SHOWN,
		   TIME_EPOCH,
		   TIME_UTC_CLOCK,
		   TIME_UTC_DATE,
		   TIME_UTC_DAY_OF_YEAR,
};

/* The times that the Time column and frame.time_* need of other packets. */
struct time_context {
	int64_t first_ns, previous_ns, previous_shown_ns;
	bool has_previous;
	bool hours; /* spans as "1h  2m  3.0s": -u hms */
};

enum { SUMMARY_TIME_ROOM = 48 };

/* The summary columns of one packet, each ready to print. */
struct summary {
	char number[12], time[SUMMARY_TIME_ROOM], source[NAME_ROOM], destination[NAME_ROOM],
		length[12];
	const char *protocol, *info; /* of the dissection */
};

/* The Time column alone. */
void summary_time(char text[SUMMARY_TIME_ROOM], const struct dissection *d, enum time_format format,
		  const struct time_context *times, unsigned decimals);
/* `decimals` of a second that the file's time stamps have (capture_interface.precision). */
void summary_make(struct summary *summary, const struct dissection *d, enum time_format format,
		  const struct time_context *times, unsigned decimals);
enum { SUMMARY_LINE_ROOM = 4096, SUMMARY_COLUMNS = 7 };
extern const char *const summary_column_names[SUMMARY_COLUMNS];
/* The line of -T tabs, without the newline. */
void summary_tabs_print(FILE *out, const struct summary *summary);

/* tshark's line: "    1   0.000000    192.0.2.1 → 192.0.2.2    UDP 46 ...", without the newline;
 * returns its length.  Written straight into the line, as a million of them may be wanted. */
size_t summary_line(char line[SUMMARY_LINE_ROOM], const struct dissection *d,
		    enum time_format format, const struct time_context *times, unsigned decimals);

/* -V: the tree, a line per node, and the separator's line. */
struct tree_style {
	const char *
		open_only; /* -O: protocols whose nodes are shown, separated by commas; NULL: all */
	bool bytes_follow; /* -x shows the bytes, so data need not */
	const char *separator; /* the line after each packet */
};
void tree_print(FILE *out, struct dissection *d, const struct tree_style *style);
enum hex_ascii { HEX_ASCII, HEX_ASCII_DELIMITED, HEX_NO_ASCII };
struct hex_style {	 /* -x, --hexdump */
	bool only_frame; /* no buffers that were put together */
	enum hex_ascii ascii;
};
/* -x: each buffer of the packet. */
void hex_print(FILE *out, const struct dissection *d, const struct hex_style *style);
void hex_print_bytes(FILE *out, const uint8_t *bytes, uint32_t n, enum hex_ascii ascii);
/* One line of up to 16 bytes, as in the bytes pane: "0010  01 3b ...  .;$."; returns its length. */
size_t hex_line(char *line, size_t room, const uint8_t *bytes, uint32_t offset, uint32_t n);

/* -T fields: -e names and -E options. */
struct field_list;
struct field_list *field_list_new(void);
/* The same fields, for another thread; NULL of NULL. */
struct field_list *field_list_copy(const struct field_list *list);
void field_list_free(struct field_list *list);
/* A field, or a column as "_ws.col.Info" or "_ws.col.info". */
bool field_list_add(struct field_list *list, const char *name, struct error *error);
/* "header=y", "separator=,", "quote=d", "occurrence=f", "aggregator=;", "bom=y". */
bool field_list_option(struct field_list *list, const char *option);
/* Columns are those of gui.column.format, which go by their titles, or if it has none the usual ones.
 * They stay the caller's. */
struct column_list;
bool field_list_use_columns(struct field_list *list, const struct column_list *columns,
			    struct error *error);
bool field_list_is_empty(const struct field_list *list);
/* The registry numbers of its fields, in order; NULL: there are columns among them, or fields whose
 * value is long.  The caller frees them. */
uint16_t *field_list_numbers(const struct field_list *list, uint32_t *count);
/* Values of its fields, for who took no packet apart: counts[n] of them for the n-th, from
 * nodes[n * room] on. */
void field_list_take(struct field_list *list, const struct node *nodes, const uint8_t *counts,
		     unsigned room);
/* One bit per registry field, for dissection.wanted_fields. */
const uint8_t *field_list_wanted(const struct field_list *list);
unsigned field_list_wants(const struct field_list *list);   /* enum want */
bool field_list_needs_later(const struct field_list *list); /* a FIELD_FORWARD one is among them */

/* -G. */
struct catalog {
	const char *name; /* "fields"; NULL ends the table */
	void (*print)(FILE *out);
};
extern const struct catalog catalogs[];
void catalog_fields(FILE *out);
void catalog_protocols(FILE *out);

#endif
