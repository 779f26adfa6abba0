/* faults.c - "[Malformed Packet: DNS]": what is shown where a layer ended early. */
#include "faults.h"

#include "dissect/registry.h"
#include "words.h"

static const struct field malformed_fields[] = {
	{ "_ws.malformed", "Malformed Packet", FIELD_PROTOCOL },
};

static const struct field short_fields[] = {
	{ "_ws.short", "Packet size limited during capture", FIELD_PROTOCOL },
};

static void nothing_to_dissect(struct dissection *d, struct cursor *c)
{
	(void)d;
	(void)c;
}

const struct dissector malformed_report = {
	.name = "_ws.malformed",
	.short_name = "Malformed",
	.title = "Malformed Packet",
	.fields = malformed_fields,
	.field_count = COUNT(malformed_fields),
	.dissect = nothing_to_dissect,
};

const struct dissector short_report = {
	.name = "_ws.short",
	.short_name = "Short",
	.title = "Packet size limited during capture",
	.fields = short_fields,
	.field_count = COUNT(short_fields),
	.dissect = nothing_to_dissect,
};

void report_fault(struct dissection *d, const struct layer *layer)
{
	bool malformed = layer->fault == FAULT_MALFORMED;

	/* One report says it: an outer layer often fails because an inner one did. */
	if (d->worst_fault != FAULT_NONE)
		return;
	d->worst_fault = layer->fault;
	d->has_problem = d->has_problem || malformed;
	if (d->wants & WANT_COLUMNS)
		info_append(d, malformed ? "[Malformed Packet]" : "[Packet size limited during capture]");
	if (!(d->wants & WANT_FIELDS))
		return;
	struct cursor nowhere = { .data = (const uint8_t *)"", .source = 0 };
	dissect_layer(d, malformed ? &malformed_report : &short_report, nowhere);
	if (d->last != NO_NODE && malformed)
		label_set(d, d->last, "[Malformed Packet: %s]", layer->dissector->short_name);
	else if (d->last != NO_NODE)
		label_set(d, d->last, "[Packet size limited during capture: %s truncated]",
			  layer->dissector->short_name);
}
