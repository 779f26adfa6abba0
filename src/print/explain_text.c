/* explain_text.c - the words are the field tables' (help, reference); this only sets them. */
#include "print/explain_text.h"

#include <stdlib.h>
#include <string.h>

#include "dissect/registry.h"
#include "dissect/value_text.h"
#include "print/dns_card.h"

enum { INDENT = 2, DEEPEST = 10, NARROWEST = 20 };

static unsigned width_of(const char *text, size_t n)
{
	unsigned width = 0;

	for (size_t i = 0; i < n; i++)
		width += ((unsigned char)text[i] & 0xc0) != 0x80;
	return width;
}

/* Words from the indentation on; lines after the first stand two further in. */
static void print_words(FILE *out, unsigned indent, unsigned columns, const char *text)
{
	unsigned column = indent;

	if (columns < indent + NARROWEST)
		columns = indent + NARROWEST;
	fprintf(out, "%*s", (int)indent, "");
	for (bool first = true; *text; first = false) {
		size_t n = strcspn(text, " ");
		unsigned width = width_of(text, n);
		if (!first && column + 1 + width > columns) {
			column = indent + INDENT;
			fprintf(out, "\n%*s", (int)column, "");
		} else if (!first) {
			putc(' ', out);
			column++;
		}
		fwrite(text, 1, n, out);
		column += width;
		text += n;
		text += strspn(text, " ");
	}
	putc('\n', out);
}

/* A field's own section, or for a protocol what defines it. */
static void put_meaning(const struct field *field, const struct node *node, char *text, size_t room)
{
	const char *help = field->help ? field->help : "", *where = field->reference;
	size_t n = strlen(help);
	bool is_unset = field->type == FIELD_BOOL && field->mask && !node->value.number;
	bool ends = n && strchr(".!?", help[n - 1]);

	snprintf(text, room, "%s%s%s%s%s%s%s", *help ? " - " : "",
		 *help && is_unset ? "if set: " : "", help, ends || !n ? "" : ".",
		 where ? " (" : "", where ? where : "", where ? ")" : "");
}

static void explain_node(FILE *out, const struct dissection *d, const struct node *node,
			 unsigned columns)
{
	const struct field *field = registry_field(node->field);
	char words[NODE_TEXT_ROOM + 1], meaning[600], text[NODE_TEXT_ROOM + 600];
	unsigned depth = node->depth < DEEPEST ? node->depth : DEEPEST;

	node_words(d, node, words, NODE_TEXT_ROOM);
	put_meaning(field, node, meaning, sizeof meaning);
	/* Bits before a flag's name say where it stands: here its words do. */
	const char *equals = strstr(words, " = ");
	const char *said =
		equals && strspn(words, ".01 ") >= (size_t)(equals - words) ? equals + 3 : words;
	snprintf(text, sizeof text, "%s%s", said, meaning);
	if (!depth)
		putc('\n', out);
	print_words(out, depth * INDENT, columns, text);
}

/* What says more together than field by field. */
static void print_card(FILE *out, const struct dissection *d, unsigned columns)
{
	char *text = NULL;
	size_t size = 0;
	FILE *card = open_memstream(&text, &size);
	bool any = card && dns_card_print(card, d, columns);

	if (card && !fclose(card) && any)
		fprintf(out, "\n%s", text);
	free(text);
}

void explain_print(FILE *out, const struct dissection *d, unsigned columns)
{
	fprintf(out, "Packet %u: %s. %s\n", d->packet.number, d->protocol ? d->protocol : "",
		d->info ? d->info : "");
	for (node_id i = 0; i < d->node_count;) {
		const struct node *node = &d->nodes[i];
		bool hidden = node->flags & NODE_HIDDEN;

		if (!hidden)
			explain_node(out, d, node, columns);
		i += hidden ? node->span : 1;
	}
	print_card(out, d, columns);
}
