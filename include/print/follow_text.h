/* follow_text.h - a followed stream in tshark's layouts: -z follow.
 *
 * What is printed are records: the bytes of one packet each, or a note that bytes are missing. */
#ifndef PRINT_FOLLOW_TEXT_H
#define PRINT_FOLLOW_TEXT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "session/follow.h"

struct follow_format;

/* "ascii", "hex", ...; NULL: there is none of that name. */
const struct follow_format *follow_format_named(const char *name, size_t length);
/* The names, for messages: "ascii, ebcdic, hex, raw, utf-8, yaml". */
const char *follow_format_names(void);

struct follow_text {
	/* Given. */
	FILE *out;
	const struct follow_format *format;
	const char *protocol;		    /* "tcp" */
	const char *filter;		    /* which packets they are, as a display filter */
	struct endpoint nodes[2];	    /* zeroed: no packet was found */
	uint32_t first_record, last_record; /* those that are printed, from 1 */
	bool on_terminal;		    /* what could overwrite a line is not printed */

	/* Made. */
	bool begun;
	uint32_t records;
	uint64_t offset[2];
	uint8_t *room; /* for what is being worded */
	size_t room_bytes;
};

struct follow_record {
	uint8_t node; /* 0 or 1 */
	uint32_t packet;
	int64_t time_ns;
	const uint8_t *bytes; /* NULL: `length` bytes are missing */
	uint32_t length;
};

/* The first one prints the heading, too. */
void follow_text_record(struct follow_text *text, const struct follow_record *record);
/* Prints the heading if there were no records, and frees what was made. */
void follow_text_end(struct follow_text *text);

#endif
