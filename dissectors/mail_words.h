/* mail_words.h - header fields of mails as people read them. */
#ifndef DISSECTORS_MAIL_WORDS_H
#define DISSECTORS_MAIL_WORDS_H

#include "dissect/text_line.h"

/* The value on one line (RFC 5322, 2.2.3), its encoded words (RFC 2047) as UTF-8, in the arena;
 * NULL: it reads the same as it is, or nobody looks.  Words in a character set or encoding that is
 * not known stay as they are. */
const char *mail_words(struct dissection *d, const struct text_part *value);

/* Quoted-printable (RFC 2045, 6.7) into `out`, room for n bytes.  Returns the bytes; what is not
 * encoded by the rules is taken as it is.  `in_words`: `_` is a space (RFC 2047, 4.2). */
uint32_t quoted_printable_decode(uint8_t *out, const uint8_t *text, uint32_t n, bool in_words);

#endif
