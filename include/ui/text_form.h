/* text_form.h - what the bytes of a stream are taken for on a screen. */
#ifndef UI_TEXT_FORM_H
#define UI_TEXT_FORM_H

#include <stddef.h>
#include <stdint.h>

enum text_form {
	FORM_TEXT, /* UTF-8 */
	FORM_HEX,
	FORM_EBCDIC,
	FORM_UTF16, /* the lower byte first */
	FORM_UTF16_BE,
	FORM_C, /* numbers between commas */
	FORM_BASE64,
	TEXT_FORMS,
};

/* "text", "UTF-16" */
extern const char *const text_form_names[TEXT_FORMS];

/* Where a line has always as many bytes, how many; 0: lines end where the text says. */
uint32_t text_form_fixed(enum text_form form);
/* How many of n bytes are on a line that begins with them and has so many columns. */
uint32_t text_form_length(enum text_form form, const uint8_t *bytes, uint32_t n, int columns);
/* A line in words that are fit for a screen; `position`: of its first byte in all. */
void text_form_line(enum text_form form, const uint8_t *bytes, uint32_t n, uint32_t position,
		    char *text, size_t room);

#endif
