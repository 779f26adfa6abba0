/* expert.c - findings: what a dissector noted, and the four lines that say so.
 *
 *      [Expert Info (Warning/Sequence): words]
 *          [words]                              the finding's own field
 *          [Severity level: Warning]
 *          [Group: Sequence]
 */
#include "dissect/expert.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

#include "base/bitmap.h"
#include "dissect/registry.h"
#include "faults.h"

enum { FINDINGS_LIMIT = 1 << 12 };

/* In the fields _ws.expert.severity and _ws.expert.group, which share a word in Wireshark. */
#define NUMBER_OF_COMMENT      0x100000
#define NUMBER_OF_CHAT	       0x200000
#define NUMBER_OF_NOTE	       0x400000
#define NUMBER_OF_WARN	       0x600000
#define NUMBER_OF_ERROR	       0x800000
#define NUMBER_OF_GROUP(group) ((uint64_t)(group) << 24)

static const struct value_name severity_names[] = {
	[EXPERT_COMMENT - 1] = { NUMBER_OF_COMMENT, "Comment" },
	[EXPERT_CHAT - 1] = { NUMBER_OF_CHAT, "Chat" },
	[EXPERT_NOTE - 1] = { NUMBER_OF_NOTE, "Note" },
	[EXPERT_WARN - 1] = { NUMBER_OF_WARN, "Warning" },
	[EXPERT_ERROR - 1] = { NUMBER_OF_ERROR, "Error" },
	[EXPERT_SEVERITIES - 1] = { 0, NULL },
};

#define GROUP(group, name) [group - 1] = { NUMBER_OF_GROUP(group), name }

static const struct value_name group_names[] = {
	GROUP(GROUP_CHECKSUM, "Checksum"),
	GROUP(GROUP_SEQUENCE, "Sequence"),
	GROUP(GROUP_RESPONSE_CODE, "Response"),
	GROUP(GROUP_REQUEST_CODE, "Request"),
	GROUP(GROUP_UNDECODED, "Undecoded"),
	GROUP(GROUP_REASSEMBLE, "Reassemble"),
	GROUP(GROUP_MALFORMED, "Malformed"),
	GROUP(GROUP_DEBUG, "Debug"),
	GROUP(GROUP_PROTOCOL, "Protocol"),
	GROUP(GROUP_SECURITY, "Security"),
	GROUP(GROUP_COMMENTS, "Comment"),
	GROUP(GROUP_DECRYPTION, "Decryption"),
	GROUP(GROUP_ASSUMPTION, "Assumption"),
	GROUP(GROUP_DEPRECATED, "Deprecated"),
	GROUP(GROUP_RECEIVE, "Receive"),
	GROUP(GROUP_INTERFACE, "Interface"),
	GROUP(GROUP_DISSECTOR_BUG, "Dissector bug"),
	[EXPERT_GROUPS - 1] = { 0, NULL },
};

enum expert_fields {
	EXPERT,
	EXPERT_MESSAGE,
	EXPERT_GROUP,
	EXPERT_SEVERITY,
};

static const struct field expert_fields[] = {
	[EXPERT] = { "_ws.expert", "Expert Info", FIELD_PROTOCOL, .flags = FIELD_FORWARD },
	[EXPERT_MESSAGE] = { "_ws.expert.message", "Message", FIELD_TEXT, .flags = FIELD_FORWARD,
			     .help = "What a finding says" },
	[EXPERT_GROUP] = { "_ws.expert.group", "Group", FIELD_U32, BASE_NAME, group_names,
			   .flags = FIELD_FORWARD, .help = "What a finding is about" },
	[EXPERT_SEVERITY] = { "_ws.expert.severity", "Severity level", FIELD_U32, BASE_NAME,
			      severity_names, .flags = FIELD_FORWARD,
			      .help = "How bad a finding is" },
};

const struct dissector expert_report = {
	.name = "_ws.expert",
	.short_name = "Expert",
	.title = "Expert Info",
	.fields = expert_fields,
	.field_count = COUNT(expert_fields),
	.dissect = nothing_to_dissect,
	.apart = true,
};

const char *expert_severity_name(enum expert_severity severity)
{
	return severity > EXPERT_NONE && severity < EXPERT_SEVERITIES
		       ? severity_names[severity - 1].name
		       : "";
}

const char *expert_group_name(enum expert_group group)
{
	return group > GROUP_NONE && group < EXPERT_GROUPS ? group_names[group - 1].name : "";
}

static void remember(struct dissection *d, const struct field *field, const char *words)
{
	const struct layer *layer = &d->layers[d->layer_count - 1];
	const char *protocol = layer->part ? layer->part : layer->dissector->short_name;

	if (d->finding_count == FINDINGS_LIMIT)
		return;
	if (d->finding_count == d->finding_room)
		d->findings = must_grow(d->findings, &d->finding_room, 8, sizeof *d->findings);
	d->findings[d->finding_count++] = (struct finding){
		.field = field,
		.protocol = layer->dissector == &malformed_report ? d->failed_name : protocol,
		.words = words,
		.quoted = d->in_error,
	};
}

struct field_table {
	const struct field *fields;
	uint16_t first_field;
};

/* Nodes of these fields follow; the layer's own come back with leave_fields(). */
static struct field_table use_fields(struct dissection *d, const struct dissector *owner)
{
	struct layer *layer = &d->layers[d->layer_count - 1];
	struct field_table before = { d->fields, layer->first_field };

	d->fields = owner->fields;
	layer->first_field = registry_first_field(owner);
	return before;
}

static void leave_fields(struct dissection *d, const struct field_table *before)
{
	d->fields = before->fields;
	d->layers[d->layer_count - 1].first_field = before->first_field;
}

/* Filters look for _ws.malformed wherever something is so. */
static void put_malformed_mark(struct dissection *d)
{
	struct field_table before = use_fields(d, &malformed_report);

	node_flag(d, put_none(d, 0), NODE_HIDDEN);
	leave_fields(d, &before);
}

static node_id put_finding(struct dissection *d, unsigned field, const struct field *row,
			   const char *words)
{
	struct field_table before = use_fields(d, &expert_report);
	node_id expert = put_none(d, EXPERT);

	/* Whoever wants labels that stand for a value has it from the fields below. */
	if (d->wants & WANT_LABELS)
		label_set(d, expert, "Expert Info (%s/%s): %s", expert_severity_name(row->severity),
			  expert_group_name(row->group), words);
	if (row->severity >= EXPERT_WARN)
		node_flag(d, expert, NODE_BAD);
	open_node(d, expert);
	leave_fields(d, &before);
	node_id own = put_none(d, field);
	label_set(d, own, "%s", words);
	use_fields(d, &expert_report);
	node_flag(d, put_text(d, EXPERT_MESSAGE, words), NODE_HIDDEN);
	put_uint(d, EXPERT_SEVERITY, severity_names[row->severity - 1].value);
	put_uint(d, EXPERT_GROUP, group_names[row->group - 1].value);
	close_node(d, expert);
	leave_fields(d, &before);
	if (row->group == GROUP_MALFORMED)
		put_malformed_mark(d);
	return d->last = expert;
}

__attribute__((format(printf, 3, 0))) static node_id note(struct dissection *d, unsigned field,
							  const char *format, va_list args)
{
	if (!d->layer_count || *d->fault != FAULT_NONE)
		return NO_NODE;
	const struct field *row = &d->fields[field];
	assert(row->severity && row->group);
	if (d->severity < row->severity)
		d->severity = row->severity;
	if (!wants_fields(d) || (d->ignores_findings && !field_wanted(d, field)))
		return NO_NODE;
	const char *words = format ? arena_vprintf(&d->arena, format, args) : row->name;
	remember(d, row, words);
	return put_finding(d, field, row, words);
}

node_id note_finding(struct dissection *d, unsigned field, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	node_id made = note(d, field, format, args);
	va_end(args);
	return made;
}

node_id note_finding_on(struct dissection *d, node_id node, unsigned field, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	open_node(d, node);
	node_id made = note(d, field, format, args);
	close_node(d, node);
	va_end(args);
	return made;
}

bool expert_is_among(const uint8_t *fields)
{
	for (unsigned i = 0; i < registry_field_count(); i++)
		if (bitmap_has(fields, i) && !strncmp(registry_field(i)->abbrev, "_ws.", 4))
			return true;
	return false;
}
