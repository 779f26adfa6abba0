/* bencode.h - reading the notation of BEP 3: integers, strings, lists and dictionaries. */
#ifndef DISSECTORS_BENCODE_H
#define DISSECTORS_BENCODE_H

#include "dissect/dissector.h"

/* Deeper ones are not read: what BitTorrent sends has at most four. */
enum { BENCODE_DEPTH = 16 };

enum bencode_kind {
	BENCODE_NONE, /* not bencode, or it is cut off */
	BENCODE_INTEGER,
	BENCODE_STRING,
	BENCODE_LIST,
	BENCODE_DICTIONARY,
	BENCODE_END, /* the 'e' of a list or dictionary */
};

struct bencode {
	enum bencode_kind kind;
	uint32_t start,
		length; /* in the cursor's source; of lists and dictionaries their first byte */
	uint32_t text, text_length; /* of integers the digits, of strings the bytes */
};

/* What begins at the cursor, which steps over it; over lists' and dictionaries' first byte alone.
 * A value that is none leaves the cursor where it is. */
struct bencode bencode_next(struct cursor *c);
/* Does the string say this? */
bool bencode_says(const struct cursor *c, const struct bencode *string, const char *words);

/* Shows the value at the cursor with the fields of `bencode`, below the tree that is open. */
void bencode_show(struct dissection *d, struct cursor *c);
extern const struct dissector bencode_dissector;

#endif
