/* field_filter.h - the display filter that a field's value passes: tcp.port == 80. */
#ifndef UI_FIELD_FILTER_H
#define UI_FIELD_FILTER_H

#include <stdbool.h>
#include <stddef.h>

#include "dissect/dissection.h"

enum { FIELD_FILTER_ROOM = 640 };

/* What has no value gives its name, which asks for the field's presence. */
void field_filter(struct dissection *d, const struct node *node, char text[FIELD_FILTER_ROOM]);
/* The packets between the ends of this one, either way; "": it has no ends. */
void conversation_filter(const struct dissection *d, char text[FIELD_FILTER_ROOM]);
/* Of packets from whom this one is from, or to whom it is. */
void endpoint_filter(const struct dissection *d, bool source, char text[FIELD_FILTER_ROOM]);

#endif
