/* text.h - text from the network made fit for people and terminals.
 *
 * Nothing that a packet or file holds may reach a terminal as a control sequence,
 * turn the direction of a line, or break UTF-8.  Every byte from outside that is
 * shown as text goes through text_clean(). */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How many bytes the UTF-8 character at p (n bytes left, n > 0) takes; 0: not valid
 * UTF-8 (overlong, surrogate, beyond U+10FFFF, or cut).  *code is the character. */
unsigned text_character(const uint8_t *p, size_t n, uint32_t *code);

/* May this character reach a terminal?  Not: C0, DEL, C1, line and paragraph
 * separators, bidirectional controls, invisible tags, non-characters. */
bool text_is_safe(uint32_t code);

/* Writes n bytes as clean UTF-8 to out, which has room for `room` bytes and always
 * ends in 0.  \a \b \f \n \r \t \v are written that way when `escapes` is set, other
 * unsafe ASCII as \NNN (octal), unsafe characters beyond it as \uNNNN or \UNNNNNNNN, while
 * a backslash stays alone, all as Wireshark has it; invalid UTF-8 as U+FFFD, one per bad
 * byte.  Without `escapes` unsafe characters are replaced by U+FFFD too.  Returns the bytes
 * written; cuts at a whole character.  The output never needs more than 4 bytes per byte of
 * input and 1, and is never shorter than the input. */
size_t text_clean(char *out, size_t room, const uint8_t *bytes, size_t n, bool escapes);

/* Is `text` (a name, a label) all printable ASCII? */
bool text_is_plain(const uint8_t *bytes, size_t n);

#endif
