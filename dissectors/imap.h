/* imap.h - what the files of the dissector of IMAP share. */
#ifndef DISSECTORS_IMAP_H
#define DISSECTORS_IMAP_H

#include "dissect/text_line.h"

enum {
	IMAP,
	IMAP_ISREQUEST,
	IMAP_LINE,
	IMAP_REQUEST,
	IMAP_REQUEST_TAG,
	IMAP_REQUEST_UID,
	IMAP_REQUEST_COMMAND,
	IMAP_REQUEST_FOLDER,
	IMAP_REQUEST_USERNAME,
	IMAP_REQUEST_PASSWORD,
	IMAP_RESPONSE,
	IMAP_RESPONSE_TAG,
	IMAP_RESPONSE_STATUS,
	IMAP_RESPONSE_COMMAND,
	IMAP_TAG,
	IMAP_COMMAND,
	IMAP_RESPONSE_IN,
	IMAP_RESPONSE_TO,
	IMAP_TIME,
	IMAP_LITERAL,
	IMAP_SASL,
	IMAP_SASL_TEXT,
	IMAP_UNKNOWN_TAG,
	IMAP_REJECTED,
	IMAP_FIELDS,
};

extern const struct field imap_fields[IMAP_FIELDS];
extern const struct dissector imap_dissector;

enum { IMAP_PENDING = 16 };

/* What the client's next message is. */
enum imap_mode { MODE_LINES, MODE_LITERAL, MODE_SASL, MODE_TLS_ASKED, MODE_TLS };
/* What the command that goes on behind a literal is. */
enum imap_command { COMMAND_OTHER, COMMAND_LOGIN, COMMAND_APPEND };

/* Where a client stands before a message: what its message's fact holds. */
struct imap_standing {
	uint8_t mode;	    /* enum imap_mode */
	uint8_t command;    /* enum imap_command, of the command that goes on */
	bool goes_on;	    /* the first line is the rest of a command */
	bool synchronizing; /* the literal */
	uint32_t arguments; /* of it, so far */
	uint32_t literal;   /* bytes to come; 0: none */
};

/* FACT_OTHER of a message: the frames that its tagged lines go with, in their order; 0: none. */
struct imap_answers {
	uint32_t count;
	uint32_t frames[];
};

struct imap_pending {
	uint32_t tag_hash;
	uint32_t packet;
	uint32_t *answered_in; /* in the fact of that packet */
	bool starts_tls, authenticates;
};

struct imap_connection {
	struct imap_standing now;
	struct imap_pending pending[IMAP_PENDING]; /* the latest, a ring */
	uint32_t pending_count;
};

/* A message at work. */
struct imap_message {
	struct imap_connection *connection; /* NULL after the first pass */
	struct imap_standing now;
	const struct imap_answers *answers; /* NULL: none */
	struct imap_answers *writes;	    /* the same, in the first pass */
	uint32_t tagged;		    /* lines so far */
	bool worded;			    /* Info has a line */
};

/* {n}, {n+} or ~{n} at the end of a line: bytes that follow it (RFC 9051, 4.3). */
struct imap_literal {
	uint32_t length;
	bool found, synchronizing;
};

struct imap_literal imap_literal_of(const struct text_line *line);
/* The whole lines at hand, with their literals; at least one.  scan->value is where the last whole
 * line ended, scan->offset where the search goes on. */
void imap_scan_responses(const struct cursor *c, struct message_scan *scan);

/* Room for the frames that the message's tagged lines go with, in the first pass; else what that
 * has found.  Before the others. */
void imap_begin_answers(struct dissection *d, const struct cursor *c, struct imap_message *message);
/* In the first pass: the message's tagged line at work is a command, or an answer. */
void imap_ask(struct dissection *d, struct imap_message *message, const struct text_part *tag,
	      const struct text_part *command);
void imap_answer(struct dissection *d, struct imap_message *message, const struct text_part *tag,
		 bool ok);
/* The frame that the tagged line at work goes with, and on to the next line; 0: none. */
uint32_t imap_answer_frame(const struct dissection *d, struct imap_message *message);

#endif
