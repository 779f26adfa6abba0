/* idn.h - names of hosts in other scripts than Latin: "xn--bcher-kva" is "bücher" (RFC 5891). */
#ifndef BASE_IDN_H
#define BASE_IDN_H

#include <stdbool.h>
#include <stddef.h>

/* Does a label of the name say that it stands for another?  Of either case. */
bool idn_is_coded(const char *name);

/* The name as Unicode, in UTF-8, with what its labels stand for; these may be any characters, so it is
 * cleaned as all text of packets is.  False: it is none that can be decoded, it does not fit, or peel
 * was built without Libidn2. */
bool idn_to_unicode(const char *name, char *text, size_t room);

#endif
