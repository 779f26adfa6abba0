/* faults.c - "[Malformed Packet: DNS]": what is shown where a layer ended early. */
#include "faults.h"

#include "dissect/registry.h"
#include "words.h"

enum malformed_fields {
	MALFORMED,
	MALFORMED_EXPERT,
};

static const struct field malformed_fields[] = {
	[MALFORMED] = { "_ws.malformed", "Malformed Packet", FIELD_PROTOCOL },
	[MALFORMED_EXPERT] =
		FINDING("_ws.malformed.expert", "Malformed Packet (Exception occurred)",
			EXPERT_ERROR, GROUP_MALFORMED),
};

static const struct field short_fields[] = {
	{ "_ws.short", "Short Frame", FIELD_PROTOCOL },
};

static void note_malformed(struct dissection *d, struct cursor *c)
{
	(void)c;
	note_finding(d, MALFORMED_EXPERT, NULL);
}

void nothing_to_dissect(struct dissection *d, struct cursor *c)
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
	.dissect = note_malformed,
	.apart = true,
};

const struct dissector short_report = {
	.name = "_ws.short",
	.short_name = "Short",
	.title = "Packet size limited during capture",
	.fields = short_fields,
	.field_count = COUNT(short_fields),
	.dissect = nothing_to_dissect,
	.apart = true,
};

void report_fault(struct dissection *d, const struct layer *layer, const struct buffer *buffer)
{
	bool malformed = layer->fault == FAULT_MALFORMED;

	/* It is not the capture that lacks the rest. */
	if (!malformed && buffer->partial)
		return;

	/* One report says it: an outer layer often fails because an inner one did. */
	if (d->worst_fault != FAULT_NONE)
		return;
	d->worst_fault = layer->fault;
	d->failed = layer->dissector;
	d->failed_name = layer->part ? layer->part : layer->dissector->short_name;
	if (malformed)
		d->severity = EXPERT_ERROR;
	if (d->wants & WANT_COLUMNS)
		info_append(d, malformed ? "[Malformed Packet]"
					 : "[Packet size limited during capture]");
	if (!(d->wants & WANT_FIELDS))
		return;
	struct cursor nowhere = { .data = (const uint8_t *)"", .source = 0 };
	dissect_layer(d, malformed ? &malformed_report : &short_report, nowhere);
	if (d->last != NO_NODE && malformed)
		label_set(d, d->last, "[Malformed Packet: %s]", d->failed_name);
	else if (d->last != NO_NODE)
		label_set(d, d->last, "[Packet size limited during capture: %s truncated]",
			  d->failed_name);
}
