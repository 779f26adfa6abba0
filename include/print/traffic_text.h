/* traffic_text.h - conversations and endpoints as tshark's -z conv and -z endpoints lay them out.
 */
#ifndef PRINT_TRAFFIC_TEXT_H
#define PRINT_TRAFFIC_TEXT_H

#include <stdio.h>

#include "session/traffic.h"

/* `filter`: its text, "" for none. */
void print_conversations(FILE *out, enum traffic_layer layer, const char *filter,
			 const struct traffic *traffic);
void print_endpoints(FILE *out, enum traffic_layer layer, const char *filter,
		     const struct traffic *traffic);

enum { SIZE_TEXT_ROOM = 32, END_TEXT_ROOM = ADDRESS_TEXT_ROOM + 8 };

/* "9999 bytes", "10 kB". */
const char *size_text(uint64_t bytes, char text[SIZE_TEXT_ROOM]);
/* "192.0.2.1", and ":80" if the layer has ports. */
const char *end_text(const struct endpoint *end, bool with_port, char text[END_TEXT_ROOM]);

#endif
