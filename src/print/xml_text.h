/* xml_text.h - text as XML has it; private to src/print. */
#ifndef PRINT_XML_TEXT_H
#define PRINT_XML_TEXT_H

#include "print/sink.h"

/* Markup and quotes as entities; what XML 1.0 does not allow, or is not UTF-8, as U+FFFD or as
 * Wireshark escapes it. */
void xml_put_text(struct sink *sink, const char *text, size_t n);

#endif
