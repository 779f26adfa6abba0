/* mail_dots.h - mail as SMTP and POP3 send it: what begins with a dot has another one before it. */
#ifndef DISSECTORS_MAIL_DOTS_H
#define DISSECTORS_MAIL_DOTS_H

#include "media_type.h"

/* The same without the dots that were put in front (RFC 5321, 4.5.2; RFC 1939, 3): the cursor
 * itself if there are none, else a source of its own. */
struct cursor without_dots(struct dissection *d, const struct cursor *mail);

#endif
