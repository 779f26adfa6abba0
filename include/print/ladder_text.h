/* ladder_text.h - the rows of a ladder in words, laid out for so many columns: what the screen and
 * --ladder both draw.
 *
 *      No.       Time         Δ  client                              server    Win Note
 *        4   0.007245  +1.52 ms  │━ 538 B  seq 1–538 PSH  GET / ━━━━━━━━━▶│  65700
 *
 * Texts hold no control characters, but UTF-8 of packets. */
#ifndef PRINT_LADDER_TEXT_H
#define PRINT_LADDER_TEXT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "session/ladder.h"

/* In the order in which they stand. */
enum ladder_part {
	LADDER_NUMBER,
	LADDER_TIME,
	LADDER_DELTA,
	LADDER_CLIENT_STATE,
	LADDER_CLIENT_LINE,
	LADDER_ARROW,
	LADDER_SERVER_LINE,
	LADDER_SERVER_STATE,
	LADDER_WINDOW,
	LADDER_NOTE,
	LADDER_PARTS,
};

enum ladder_tone { /* what a row is like, for its colours */
		   TONE_CONTROL,
		   TONE_CLIENT, /* its data */
		   TONE_SERVER,
		   TONE_OPENING, /* SYN, FIN */
		   TONE_PROBLEM,
		   TONE_RESET,
		   TONE_SECTION,
};

struct ladder_layout {
	int columns;
	bool absolute;				     /* sequence numbers as they are */
	int start[LADDER_PARTS], room[LADDER_PARTS]; /* room 0: not shown */
};

enum { LADDER_TEXT_ROOM = 1024, LADDER_PART_ROOM = 200 };

struct ladder_line {
	char text[LADDER_PARTS][LADDER_PART_ROOM]; /* "": blank; of LADDER_ARROW see `arrow` */
	char label[LADDER_TEXT_ROOM]; /* the words in the arrow, or the name of a section */
	char arrow[LADDER_TEXT_ROOM];
	enum ladder_tone tone;
	bool noted;   /* the note is of a problem */
	bool is_rule; /* `arrow` is as wide as the whole row and stands at its left edge */
};

/* Where everything stands; of a ladder that has grown it may change. */
void ladder_layout_make(struct ladder_layout *layout, const struct ladder *ladder, int columns);
/* The words of a row; its packets are read for that. */
void ladder_line_make(struct ladder_line *line, const struct ladder_layout *layout,
		      struct ladder *ladder, uint32_t row);
/* The names of the columns, and of both ends. */
void ladder_heading(struct ladder_line *line, const struct ladder_layout *layout,
		    const struct ladder *ladder);
/* The line after the last row. */
void ladder_end_line(struct ladder_line *line, const struct ladder_layout *layout);

/* "client 192.0.2.1:40000"; "[2001:db8::1]:80" without a word before it. */
enum { END_TEXT_ROOM = 80 };
const char *ladder_end_text(const struct ladder *ladder, enum ladder_side side,
			    char text[END_TEXT_ROOM]);
/* What is special about a segment: "fast rtx", "dup of 28", "✓ open"; "": nothing.  True: a
 * problem. */
bool ladder_note(const struct ladder *ladder, uint32_t segment, const struct tcp_event *event,
		 char text[LADDER_PART_ROOM]);
/* "12.003400": seconds from `from` to `to`. */
const char *ladder_seconds(int64_t from, int64_t to, char text[40]);
/* "SYN ACK" */
const char *ladder_flags_text(uint16_t flags, char text[40]);

/* --- in batch --- */

enum ladder_format { LADDER_AS_TEXT, LADDER_AS_MERMAID, LADDER_AS_CSV };

struct ladder_print {
	FILE *out;
	enum ladder_format format;
	int columns; /* of text */
	bool ascii;
};

/* A ladder that was taken in whole; `verdict`: sentences above its text, or NULL. */
void ladder_print(const struct ladder_print *print, struct ladder *ladder,
		  const struct verdict *verdict);

#endif
