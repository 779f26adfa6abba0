/* byte_text.h - bytes in the alphabets that they are shown or sent in. */
#ifndef BASE_BYTE_TEXT_H
#define BASE_BYTE_TEXT_H

#include <stdint.h>

/* Of IBM code page 037: ASCII, '.' for what that lacks; NL and LF are both a new line. */
extern const char ebcdic_characters[256];

/* Base64 (RFC 4648) of n bytes, padded; returns the end of what was written, four characters for each
 * three bytes. */
char *base64_put(char *at, const uint8_t *bytes, uint32_t n);

#endif
