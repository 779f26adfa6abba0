/* glyph.h - characters as a terminal shows them: how wide they are, and what stands for those that
 * its font or locale lacks. */
#ifndef BASE_GLYPH_H
#define BASE_GLYPH_H

#include <stdint.h>

/* The next character of a text, or U+FFFD for a byte that begins none; steps over it. */
uint32_t glyph_next(const char **text);
/* Columns that a character takes, 0 for one that combines; -1: it has no shape. */
int glyph_columns(uint32_t code);
/* What is shown for it where there is only ASCII, or only the characters of code page 437; the
 * latter: 0 if that has the character itself, or none that is like it. */
char glyph_ascii(uint32_t code);
uint32_t glyph_cp437(uint32_t code);

/* Columns that a text takes on a screen. */
int text_columns(const char *text);

#endif
