/* text_line.h - protocols made of lines: ends are LF, with or without CR before it. */
#ifndef DISSECT_TEXT_LINE_H
#define DISSECT_TEXT_LINE_H

#include <stdbool.h>
#include <stdint.h>

#include "dissect/dissector.h"

struct text_line {
	const uint8_t *bytes;
	uint32_t start;	 /* where the line begins in the cursor's source */
	uint32_t length; /* without its end */
	uint32_t whole;	 /* with its end; equal to length: there is none */
};

/* The next line, which the cursor steps over; what follows the last line end counts as a line.
 * False: there is no more. */
bool take_line(struct cursor *c, struct text_line *line);

/* Was it sent to the port that the protocol is known by, or else by who opened the connection? */
bool from_client(const struct dissection *d);
/* Does the cursor stand at a TLS record? */
bool begins_tls(const struct cursor *c);

/* For message_size(): the message is the whole lines at hand, at least one. */
void scan_lines(const struct cursor *c, struct message_scan *scan);
/* The same for a message that ends with the first of them for which `is_last` is true. */
void scan_lines_until(const struct cursor *c, struct message_scan *scan,
		      bool (*is_last)(const struct text_line *line));
/* For message_size(), after STARTTLS and the like: the message is whole TLS records, for tls. */
void scan_tls(struct dissection *d, const struct cursor *c, struct message_scan *scan);
/* For message_size(): the message is all that is at hand. */
void scan_all(const struct cursor *c, struct message_scan *scan);

/* Text that the line "." ends, in pieces: bytes of it up to that line's end, or n if that is not
 * among them.  *ending says how much of CR LF . CR LF its last bytes are: 2 at its start (the first
 * line may be "."), 5 once it has ended. */
enum { DOT_LINE_START = 2, DOT_ENDED = 5 };
uint32_t dot_ended_length(const uint8_t *bytes, uint32_t n, uint8_t *ending);

static inline bool is_blank(uint8_t byte)
{
	return byte == ' ' || byte == '\t';
}

/* A run of bytes within a line. */
struct text_part {
	const uint8_t *bytes;
	uint32_t start, length;
};

/* The line without its end. */
struct text_part line_part(const struct text_line *line);
/* Takes the bytes up to the next blank (or all) off the front, and the blanks after them. */
struct text_part take_word(struct text_part *rest);
/* Without blanks and tabs at both ends. */
struct text_part trim_part(struct text_part part);
/* The same, and without the line ends of a value that is folded over lines. */
struct text_part trim_folds(struct text_part part);
/* From `offset` (at most the length) on. */
struct text_part part_from(const struct text_part *part, uint32_t offset);
/* Letters of either case alike; `text` is a constant in any case. */
bool part_equals(const struct text_part *part, const char *text);
bool part_begins(const struct text_part *part, const char *text);

/* part_equals(); most of a table's words are told apart by their first letter. */
static inline bool part_is(const struct text_part *part, const char *text)
{
	if (!part->length)
		return !*text;
	return !((part->bytes[0] ^ (uint8_t)*text) & 0xdf) && part_equals(part, text);
}

/* Position of the byte, or the length when it is not there. */
uint32_t part_find(const struct text_part *part, uint8_t byte);
/* A decimal number of digits alone.  False: it is none, or larger than `most`. */
bool part_number(const struct text_part *part, uint64_t most, uint64_t *number);

/* The part as text in the arena, and as a node. */
const char *part_text(struct dissection *d, const struct text_part *part);
node_id add_part(struct dissection *d, const struct cursor *c, unsigned field,
		 const struct text_part *part);
/* The line with its end. */
const char *line_text(struct dissection *d, const struct text_line *line);

/* Base64 (RFC 4648) into `out`, room for n * 3 / 4 bytes.  Returns the bytes, or -1. */
int64_t base64_decode(uint8_t *out, const uint8_t *text, uint32_t n);

#endif
