/* formats.h - the formats, and what they share; private to src/print. */
#ifndef PRINT_FORMATS_H
#define PRINT_FORMATS_H

#include "print/column.h"
#include "print/packet_format.h"

extern const struct packet_format fields_format, json_format, jsonraw_format, ek_format,
	pdml_format, psml_format;

/* The value of each field of -e in the packet at hand. */
void field_list_gather(struct field_list *list, struct dissection *d, const struct summary *columns,
		       const struct column_facts *facts);
unsigned field_list_count(const struct field_list *list);
const char *field_list_name(const struct field_list *list, unsigned n);
/* How many values the n-th has. */
unsigned field_list_values(const struct field_list *list, unsigned n);
const char *field_list_value(const struct field_list *list, unsigned n, unsigned value,
			     size_t *length);

#endif
