/* sent_mail.h - mail as SMTP and POP3 send it: in pieces, and what begins with a dot has another
 * one before it. */
#ifndef DISSECTORS_SENT_MAIL_H
#define DISSECTORS_SENT_MAIL_H

#include "media_type.h"

/* The same without the dots that were put in front (RFC 5321, 4.5.2; RFC 1939, 3): the cursor
 * itself if there are none, else a source of its own. */
struct cursor without_dots(struct dissection *d, const struct cursor *mail);

/* In the first pass: the mail's piece number `count`, from 1, which may be its last.  `list` is as
 * of state/pieces.h.  A mail of one piece is not kept: it is looked at where it is. */
void keep_mail_piece(struct dissection *d, uint32_t *list, const struct cursor *piece,
		     uint32_t count, bool is_last);

#endif
