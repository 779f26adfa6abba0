/* json.c - -T json: each packet an object, its layers and fields as nested objects.
 *
 * A key that occurs more than once in an object becomes one with an array, as JSON readers
 * keep only the last of several. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/number_text.h"
#include "base/text.h"
#include "dissect/registry.h"
#include "dissect/value_text.h"
#include "json_text.h"
#include "print/printer.h"

enum { STEP = 2, LAYERS_INDENT = 8 };

static void indent(FILE *out, unsigned n)
{
	while (n--)
		putc_unlocked(' ', out);
}

static void put_bytes_value(FILE *out, const uint8_t *bytes, uint32_t n)
{
	char text[4] = { 0 };

	putc_unlocked('"', out);
	for (uint32_t i = 0; i < n; i++) {
		number_put_bytes(text + 1, bytes + i, 1);
		text[0] = ':';
		fwrite_unlocked(text + !i, 1, i ? 3 : 2, out);
	}
	putc_unlocked('"', out);
}

/* One without fields: its words, or its name where it has none. */
static void put_protocol_value(FILE *out, struct dissection *d, const struct node *node)
{
	const char *text = node->label ? value_text(d, node) : registry_field(node->field)->name;

	json_put_text(out, text, strlen(text));
}

static void put_node_value(FILE *out, struct dissection *d, const struct node *node)
{
	switch (registry_field(node->field)->type) {
	case FIELD_BYTES:
		put_bytes_value(out, node->value.bytes, node->value_length);
		break;
	case FIELD_TEXT:
		json_put_text(out, node->value.text ? node->value.text : "", node->value_length);
		break;
	case FIELD_NONE:
		json_put_text(out, "", 0);
		break;
	case FIELD_PROTOCOL:
		put_protocol_value(out, d, node);
		break;
	default: {
		const char *text = value_text(d, node);
		json_put_text(out, text, strlen(text));
	}
	}
}

static bool is_only_a_tree(const struct node *node)
{
	enum field_type type = registry_field(node->field)->type;

	return type == FIELD_NONE || type == FIELD_PROTOCOL;
}

static bool has_children(const struct node *node)
{
	return node->span > 1;
}

/* Members of one object that share a key: indices of nodes, in order. */
struct member {
	uint32_t node;
	uint16_t field;
	uint32_t order; /* of the first member with its key */
};

static int by_field(const void *a, const void *b)
{
	const struct member *x = a, *y = b;

	if (x->field != y->field)
		return x->field < y->field ? -1 : 1;
	return x->node < y->node ? -1 : x->node > y->node;
}

static int by_order(const void *a, const void *b)
{
	const struct member *x = a, *y = b;

	if (x->order != y->order)
		return x->order < y->order ? -1 : 1;
	return x->node < y->node ? -1 : x->node > y->node;
}

/* The nodes directly between first and end, those with one key together. */
static struct member *gather(struct dissection *d, uint32_t first, uint32_t end, uint32_t *count)
{
	uint32_t n = 0;

	for (uint32_t i = first; i < end; i += d->nodes[i].span)
		n++;
	struct member *members = arena_alloc(&d->arena, (n + 1) * sizeof *members);
	*count = n;
	n = 0;
	for (uint32_t i = first; i < end; i += d->nodes[i].span)
		members[n++] = (struct member){ .node = i, .field = d->nodes[i].field };
	qsort(members, n, sizeof *members, by_field);
	for (uint32_t i = 0; i < n; i++)
		members[i].order = i && members[i].field == members[i - 1].field
					   ? members[i - 1].order
					   : members[i].node;
	qsort(members, n, sizeof *members, by_order);
	return members;
}

static void put_object(FILE *out, struct dissection *d, uint32_t first, uint32_t end,
		       unsigned depth);

static void put_key(FILE *out, const char *name, const char *suffix, unsigned depth, bool *first)
{
	if (!*first)
		putc_unlocked(',', out);
	*first = false;
	putc_unlocked('\n', out);
	indent(out, depth);
	fprintf(out, "\"%s%s\": ", name, suffix);
}

/* The values, or the subtrees, of members with one key: alone or as an array. */
static void put_items(FILE *out, struct dissection *d, const struct member *members, uint32_t count,
		      bool trees, unsigned depth)
{
	uint32_t total = 0, done = 0;

	for (uint32_t i = 0; i < count; i++) {
		const struct node *node = &d->nodes[members[i].node];
		total += trees ? has_children(node) : !has_children(node) || !is_only_a_tree(node);
	}
	unsigned inner = total > 1 ? depth + STEP : depth;
	if (total > 1)
		putc_unlocked('[', out);
	for (uint32_t i = 0; i < count; i++) {
		uint32_t at = members[i].node;
		const struct node *node = &d->nodes[at];
		if (trees ? !has_children(node) : has_children(node) && is_only_a_tree(node))
			continue;
		if (done++)
			putc_unlocked(',', out);
		if (total > 1) {
			putc_unlocked('\n', out);
			indent(out, inner);
		}
		if (trees)
			put_object(out, d, at + 1, at + node->span, inner);
		else
			put_node_value(out, d, node);
	}
	if (total > 1) {
		putc_unlocked('\n', out);
		indent(out, depth);
		putc_unlocked(']', out);
	}
}

static void put_object(FILE *out, struct dissection *d, uint32_t first, uint32_t end,
		       unsigned depth)
{
	uint32_t count, next;
	const struct member *members = gather(d, first, end, &count);
	bool is_first = true;

	putc_unlocked('{', out);
	for (uint32_t i = 0; i < count; i = next) {
		bool values = false, trees = false;
		for (next = i; next < count && members[next].field == members[i].field; next++) {
			const struct node *node = &d->nodes[members[next].node];
			trees = trees || has_children(node);
			values = values || !has_children(node) || !is_only_a_tree(node);
		}
		const char *name = registry_field(members[i].field)->abbrev;
		if (values) {
			put_key(out, name, "", depth + STEP, &is_first);
			put_items(out, d, members + i, next - i, false, depth + STEP);
		}
		if (trees) {
			put_key(out, name, values ? "_tree" : "", depth + STEP, &is_first);
			put_items(out, d, members + i, next - i, true, depth + STEP);
		}
	}
	if (!is_first) {
		putc_unlocked('\n', out);
		indent(out, depth);
	}
	putc_unlocked('}', out);
}

void json_begin(FILE *out)
{
	putc_unlocked('[', out);
}

void json_print(FILE *out, struct dissection *d, bool first)
{
	char date[40] = "";
	time_t seconds = (time_t)(d->packet.time_ns / 1000000000);
	struct tm tm;

	if (localtime_r(&seconds, &tm))
		strftime(date, sizeof date, "%Y-%m-%d", &tm);
	fprintf(out,
		"%s\n  {\n    \"_index\": \"packets-%s\",\n    \"_type\": \"doc\",\n"
		"    \"_score\": null,\n    \"_source\": {\n      \"layers\": ",
		first ? "" : ",", date);
	put_object(out, d, 0, d->node_count, LAYERS_INDENT - STEP);
	fputs("\n    }\n  }", out);
}

void json_end(FILE *out, bool empty)
{
	fputs(empty ? "]\n" : "\n]\n", out);
}
