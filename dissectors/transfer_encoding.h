/* transfer_encoding.h - Content-Transfer-Encoding, RFC 2045 section 6. */
#ifndef DISSECTORS_TRANSFER_ENCODING_H
#define DISSECTORS_TRANSFER_ENCODING_H

#include "dissect/text_line.h"

/* The body out of base64 or quoted-printable, as a source of its own; other encodings, and what is
 * not of the encoding it claims, stay as they are. */
struct cursor transfer_decoded(struct dissection *d, const struct cursor *body,
			       const struct text_part *encoding);

#endif
