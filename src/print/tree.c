/* tree.c - the details of a packet, a line per node, indented. */
#include <string.h>

#include "base/text.h"
#include "dissect/registry.h"
#include "dissect/value_text.h"
#include "print/printer.h"

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

static void print_line(FILE *out, const struct dissection *d, const struct node *node)
{
	static const char blanks[] =
		"                                                                ";
	char text[NODE_TEXT_ROOM + 1];
	size_t n = node_text(d, node, text, NODE_TEXT_ROOM);

	for (size_t left = (size_t)node->depth * INDENT; left;) {
		size_t part = left < sizeof blanks - 1 ? left : sizeof blanks - 1;
		fwrite_unlocked(blanks, 1, part, out);
		left -= part;
	}
	text[n++] = '\n';
	fwrite_unlocked(text, 1, n, out);
}

/* The bytes of what no dissector knew, as they are. */
static void print_data(FILE *out, const struct dissection *d, const struct node *node)
{
	if (node->source >= d->buffer_count)
		return;
	const struct buffer *buffer = &d->buffers[node->source];
	if (node->start > buffer->length)
		return;
	uint32_t left = buffer->length - node->start;
	putc_unlocked('\n', out);
	hex_print_bytes(out, buffer->bytes + node->start, node->length < left ? node->length : left,
			HEX_ASCII);
}

void tree_print(FILE *out, struct dissection *d, const struct tree_style *style)
{
	for (uint32_t i = 0; i < d->node_count;) {
		const struct node *node = &d->nodes[i];
		const struct field *field = registry_field(node->field);
		bool closed = node->flags & NODE_HIDDEN || field_is_own(field);

		if (!closed) {
			print_line(out, d, node);
			closed = style->open_only && node->depth == 0 &&
				 !is_listed(style->open_only, field->abbrev);
			if (!closed && !style->bytes_follow && !strcmp(field->abbrev, "data"))
				print_data(out, d, node);
		}
		i += closed ? node->span : 1;
	}
	fputs(style->separator ? style->separator : "", out);
	putc_unlocked('\n', out);
}
