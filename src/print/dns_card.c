/* dns_card.c - the words are those of session/dns_flags.h; what a message says is read from the
 * nodes.
 *
 *   ✓ QR      1           1... .... .... ....  this is a response
 *   ✗ Z       1           .... .... .1.. ....  reserved, must be 0, and is not
 */
#include "print/dns_card.h"

#include <string.h>

#include "dissect/registry.h"
#include "session/dns_flags.h"

enum { MEANING_AT = 46, NARROW_AT = 26, NARROW_BELOW = 100, LEAST = 20, HEADER_BITS = 16 };

struct card_fields {
	int dns, mdns, llmnr, id, flags, do_bit, ext_rcode;
};

static struct card_fields card_fields(void)
{
	return (struct card_fields){
		.dns = registry_field_named("dns"),
		.mdns = registry_field_named("mdns"),
		.llmnr = registry_field_named("llmnr"),
		.id = registry_field_named("dns.id"),
		.flags = registry_field_named("dns.flags"),
		.do_bit = registry_field_named("dns.resp.z.do"),
		.ext_rcode = registry_field_named("dns.resp.ext_rcode"),
	};
}

static bool begins_message(const struct card_fields *fields, const struct node *node)
{
	return node->field == fields->dns || node->field == fields->mdns ||
	       node->field == fields->llmnr;
}

/* "1... .... .... ...." */
static void bits_text(uint16_t flags, uint16_t mask, char text[HEADER_BITS + 4])
{
	unsigned used = 0;

	for (unsigned i = 0; i < HEADER_BITS; i++) {
		uint16_t bit = (uint16_t)(0x8000u >> i);

		if (i && i % 4 == 0)
			text[used++] = ' ';
		text[used++] = !(mask & bit) ? '.' : flags & bit ? '1' : '0';
	}
	text[used] = '\0';
}

void put_wrapped(FILE *out, const char *text, unsigned at, unsigned columns)
{
	unsigned column = at, room = columns < at + LEAST ? at + LEAST : columns;

	for (bool first = true; *text; first = false) {
		unsigned length = (unsigned)strcspn(text, " ");

		if (!first && column + 1 + length > room) {
			fprintf(out, "\n%*s", (int)at, "");
			column = at;
		} else if (!first) {
			putc(' ', out);
			column++;
		}
		fprintf(out, "%.*s", (int)length, text);
		column += length;
		text += length;
		text += strspn(text, " ");
	}
	putc('\n', out);
}

static void put_line(FILE *out, const struct dns_flag_line *line, const char *bits,
		     const char *word, unsigned columns)
{
	const char *mark = !line->legal ? "✗" : line->unusual ? "!" : "✓";
	bool narrow = columns < NARROW_BELOW;

	fprintf(out, " %s %-6s %-2u %-12s", mark, line->name, line->value, word);
	if (!narrow)
		fprintf(out, " %-20s", bits);
	put_wrapped(out, line->meaning, narrow ? NARROW_AT : MEANING_AT, columns);
}

static void put_flags(FILE *out, uint16_t flags, enum dns_kind kind, unsigned rcode_above,
		      unsigned columns)
{
	struct dns_flag_line lines[DNS_FLAG_LINES];
	unsigned count = dns_flags_explain(flags, kind, lines);
	char bits[HEADER_BITS + 4];

	for (unsigned i = 0; i < count; i++) {
		const char *word = "";

		if (lines[i].mask == DNS_RCODE && flags & DNS_QR) {
			unsigned rcode = rcode_above << 4 | lines[i].value;

			word = dns_rcode_word(rcode) ? dns_rcode_word(rcode) : "";
			if (rcode_above) {
				lines[i].meaning = dns_rcode_meaning(rcode);
				lines[i].legal = *word;
			}
		}
		bits_text(flags, lines[i].mask, bits);
		put_line(out, &lines[i], bits, word, columns);
	}
}

/* The first value of a field from node `from` on, within the message; -1: it is not there. */
static int64_t value_in(const struct dissection *d, const struct card_fields *fields, node_id from,
			int field)
{
	for (node_id i = from; i < d->node_count; i++) {
		if (i > from && begins_message(fields, &d->nodes[i]))
			break;
		if (d->nodes[i].field == field)
			return (int64_t)d->nodes[i].value.number;
	}
	return -1;
}

static void put_message(FILE *out, const struct dissection *d, const struct card_fields *fields,
			node_id from, unsigned columns)
{
	const struct node *node = &d->nodes[from];
	enum dns_kind kind = node->field == fields->mdns    ? DNS_KIND_MULTICAST
			     : node->field == fields->llmnr ? DNS_KIND_LINK_LOCAL
							    : DNS_KIND_PLAIN;
	uint16_t flags = (uint16_t)value_in(d, fields, from, fields->flags);
	int64_t id = value_in(d, fields, from, fields->id);
	int64_t above = value_in(d, fields, from, fields->ext_rcode);
	int64_t wants = value_in(d, fields, from, fields->do_bit);

	fprintf(out, "Flags 0x%04x of the %s%s 0x%04x\n", flags,
		kind == DNS_KIND_MULTICAST    ? "multicast "
		: kind == DNS_KIND_LINK_LOCAL ? "link-local "
					      : "",
		flags & DNS_QR ? "response" : "query", id < 0 ? 0u : (unsigned)id);
	put_flags(out, flags, kind, above > 0 ? (unsigned)above : 0, columns);
	if (wants >= 0)
		put_line(out,
			 &(struct dns_flag_line){ .name = "DO",
						  .value = wants != 0,
						  .meaning = dns_do_meaning(wants),
						  .legal = true },
			 "of the OPT record", "", columns);
	fputs("✓ may be   ! may be, and says something special   ✗ must not be\n", out);
}

bool dns_card_print(FILE *out, const struct dissection *d, unsigned columns)
{
	struct card_fields fields = card_fields();
	bool any = false;

	for (node_id i = 0; i < d->node_count; i++) {
		if (!begins_message(&fields, &d->nodes[i]) ||
		    value_in(d, &fields, i, fields.flags) < 0)
			continue;
		if (any)
			putc('\n', out);
		put_message(out, d, &fields, i, columns);
		any = true;
	}
	return any;
}
