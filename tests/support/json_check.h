/* json_check.h - is it JSON (RFC 8259), in UTF-8, and without two members of one name? */
#ifndef SUPPORT_JSON_CHECK_H
#define SUPPORT_JSON_CHECK_H

#include <stddef.h>

/* NULL: n bytes are one value with blanks around it.  Else what is wrong; *place is where. */
const char *json_fault(const char *text, size_t n, size_t *place);

#endif
