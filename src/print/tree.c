/* tree.c - the details of a packet, a line per node, indented. */
#include <string.h>

#include "dissect/registry.h"
#include "dissect/value_text.h"
#include "print/printer.h"
#include "print/sink.h"

enum { INDENT = 4 };

/* Is the name one of those in `names`, which commas separate? */
static bool is_listed(const char *names, const char *name)
{
	size_t n = strlen(name);

	for (const char *at = names; *at; at += *at == ',') {
		size_t length = strcspn(at, ",");
		if (length == n && !memcmp(at, name, n))
			return true;
		at += length;
	}
	return false;
}

static void put_line(struct sink *sink, const struct dissection *d, const struct node *node)
{
	size_t indent = (size_t)node->depth * INDENT;
	char *at = sink_room(sink, indent + NODE_TEXT_ROOM + 1);

	memset(at, ' ', indent);
	at += indent;
	at += node_text(d, node, at, NODE_TEXT_ROOM);
	*at++ = '\n';
	sink_wrote(sink, at);
}

/* The bytes of what no dissector knew, as they are. */
static void print_data(struct sink *sink, const struct dissection *d, const struct node *node)
{
	if (node->source >= d->buffer_count)
		return;
	const struct buffer *buffer = &d->buffers[node->source];
	if (node->start > buffer->length)
		return;
	uint32_t left = buffer->length - node->start;
	sink_put_char(sink, '\n');
	sink_flush(sink);
	hex_print_bytes(sink->out, buffer->bytes + node->start,
			node->length < left ? node->length : left, HEX_ASCII);
}

static bool is_data(const struct field *field)
{
	return field->type == FIELD_PROTOCOL && !strcmp(field->abbrev, "data");
}

void tree_print(FILE *out, struct dissection *d, const struct tree_style *style)
{
	char room[4 * SINK_PIECE];
	struct sink sink = { out, room, room, room + sizeof room };

	for (uint32_t i = 0; i < d->node_count;) {
		const struct node *node = &d->nodes[i];
		const struct field *field = registry_field(node->field);
		bool closed = node->flags & NODE_HIDDEN || field_is_own(field);

		if (!closed) {
			put_line(&sink, d, node);
			closed = style->open_only && node->depth == 0 &&
				 !is_listed(style->open_only, field->abbrev);
			if (!closed && !style->bytes_follow && is_data(field))
				print_data(&sink, d, node);
		}
		i += closed ? node->span : 1;
	}
	sink_put_text(&sink, style->separator ? style->separator : "");
	sink_put_char(&sink, '\n');
	sink_flush(&sink);
}
