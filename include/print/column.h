/* column.h - a column of the packet list as Wireshark names it, "%s" or "%Cus:http.host:0:R", and
 * what it says of a packet. */
#ifndef PRINT_COLUMN_H
#define PRINT_COLUMN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/error.h"
#include "dissect/dissection.h"
#include "print/printer.h"

enum column_says {
	SAYS_NOTHING, /* of protocols that peel does not know */
	SAYS_NUMBER,
	SAYS_TIME,
	SAYS_SOURCE,
	SAYS_DESTINATION,
	SAYS_SOURCE_PORT,
	SAYS_DESTINATION_PORT,
	SAYS_PROTOCOL,
	SAYS_LENGTH,
	SAYS_BYTES, /* of all packets shown so far */
	SAYS_INFO,
	SAYS_FIELDS,
};

enum { TIME_AS_CHOSEN = -1 };

struct column_format {
	const char *text;    /* "%m" */
	const char *meaning; /* of a few words */
	uint8_t says;	     /* enum column_says */
	bool as_numbers;     /* addresses and ports are not named */
	bool of_network;     /* no other address than one of IP */
	int time;	     /* SAYS_TIME: an enum time_format */
	const char *fields;  /* SAYS_FIELDS, but for %Cus: whose */
};

/* The last one has no text. */
extern const struct column_format column_formats[];

enum {
	COLUMN_FIELDS = 8,
	COLUMN_TITLE_ROOM = 64,
	COLUMN_FORMAT_ROOM = 400,
	COLUMN_TEXT_ROOM = 2048
};

struct column {
	char title[COLUMN_TITLE_ROOM]; /* clean */
	const struct column_format *format;
	uint16_t fields[COLUMN_FIELDS]; /* registry numbers */
	uint8_t field_count;
	bool as_numbers; /* no names for values */
	int occurrence;	 /* of a field's values: 0: all, 2: the second, -1: the last */
};

/* What a column says besides what is in the packet. */
struct column_facts {
	enum time_format time_format;
	const struct time_context *times;
	unsigned decimals; /* of a second */
	uint64_t bytes;	   /* of the packets shown so far, this one included */
};

/* A format such as "%t" or "%Cus:http.host or dns.qry.name:0:R"; false: it is none.  Fields that
 * are not known here have no values. */
bool column_read(struct column *column, const char *title, const char *format);
void column_of_field(struct column *column, uint16_t field);
/* Does it say something that may have a name?  Whether it is named. */
bool column_may_be_named(const struct column *column);
void column_name_values(struct column *column, bool named);
/* "%Cus:http.host:0:R" */
void column_format_text(const struct column *column, char text[COLUMN_FORMAT_ROOM]);
/* enum want */
unsigned column_wants(const struct column *column);
/* Adds the fields that it reads: a bit per registry field. */
void column_want_fields(const struct column *column, uint8_t *fields);
/* Does it say what only later packets tell? */
bool column_needs_later(const struct column *column);
/* What it says of a packet: in `room`, or of the dissection; clean. */
const char *column_text(const struct column *column, struct dissection *d,
			const struct column_facts *facts, char room[COLUMN_TEXT_ROOM]);

struct column_list {
	struct column *columns;
	unsigned count;
};

/* "\"No.\",\"%m\",\"Host\",\"%Cus:http.host:0:R\"": the value of gui.column.format. */
bool column_list_read(struct column_list *list, const char *text, struct error *error);
void column_list_free(struct column_list *list);
/* The column with this title; NULL: there is none. */
const struct column *column_list_find(const struct column_list *list, const char *title);
/* tshark's line of these columns, without its newline. */
void column_list_print(FILE *out, const struct column_list *list, struct dissection *d,
		       const struct column_facts *facts, char separator);

#endif
