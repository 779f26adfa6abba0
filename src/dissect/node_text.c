/* node_text.c - lines of the tree: "Name: value", from the field's table and the node's label.
 *
 *      .... ..1. = Final: Set          a mask: its bits first
 *      [Stream index: 0]               generated
 */
#include <netinet/in.h>
#include <string.h>

#include "base/number_text.h"
#include "base/text.h"
#include "dissect/names.h"
#include "dissect/registry.h"
#include "dissect/value_text.h"
#include "value_parts.h"

enum { BYTES_SHOWN = 36 };

#define TRUNCATED "[truncated]"
#define ELLIPSIS  "\xe2\x80\xa6"
#define PRESENT	  "\xe2\x9c\x93"

struct line {
	char *text;
	size_t room, length;
	bool cut; /* something did not fit */
};

/* The longest start of n bytes of UTF-8 that has at most `limit` and ends with a character. */
static size_t whole_characters(const char *text, size_t n, size_t limit)
{
	if (n <= limit)
		return n;
	while (limit && ((uint8_t)text[limit] & 0xc0) == 0x80)
		limit--;
	return limit;
}

/* Text that is clean. */
static inline void line_append(struct line *line, const char *text, size_t n)
{
	size_t left = line->room - 1 - line->length;

	if (line->cut)
		return;
	size_t kept = whole_characters(text, n, left);
	memcpy(line->text + line->length, text, kept);
	line->length += kept;
	line->text[line->length] = '\0';
	line->cut = kept < n;
}

/* Text from elsewhere. */
static void line_add(struct line *line, const char *text, size_t n)
{
	char clean[4 * NODE_TEXT_ROOM + 1];
	size_t left = line->room - 1 - line->length;

	/* Cleaning never shortens: what is beyond the room stays there. */
	size_t looked = n <= left ? n : left + 1;
	if (!text_is_plain((const uint8_t *)text, looked)) {
		n = text_clean(clean, sizeof clean, (const uint8_t *)text, looked, true);
		text = clean;
	}
	line_append(line, text, n);
}

/* Words of ours: literals, and those of the tables of fields, which are clean. */
static inline void line_put(struct line *line, const char *text)
{
	line_append(line, text, strlen(text));
}

/* Says at `at` that the line was cut, which takes room from its end. */
static void line_mark_cut(struct line *line, size_t at, const char *mark)
{
	char tail[NODE_TEXT_ROOM];
	size_t n = line->length - at;

	memcpy(tail, line->text + at, n + 1);
	line->length = at;
	line->cut = false;
	line_put(line, mark);
	line_add(line, tail, n);
}

/* "..1. .... = ": the bits of a masked field in a word of `width` bits. */
static void put_bits(struct line *line, const struct field *field, uint64_t value, unsigned width)
{
	char text[64 + 16 + 4], *at = text;
	uint64_t bits = value << __builtin_ctzll(field->mask);

	for (unsigned i = width; i-- > 0;) {
		*at++ = (char)(field->mask >> i & 1 ? '0' + (bits >> i & 1) : '.');
		if (i && i % 4 == 0)
			*at++ = ' ';
	}
	line_append(line, text, (size_t)(at - text));
	line_put(line, " = ");
}

/* Bits of the word that a masked field is part of. */
static unsigned word_bits(const struct field *field, const struct node *node)
{
	unsigned width = 8 * field_width(field->type);
	unsigned least = 64 - (unsigned)__builtin_clzll(field->mask);

	if (field->bits)
		return field->bits;
	if (field->type == FIELD_BOOL && node->length >= 1 && node->length <= 8)
		width = 8 * node->length;
	return width < least || width > 64 ? (least + 7) / 8 * 8 : width;
}

static unsigned hex_digits(const struct field *field)
{
	if (field->mask) {
		unsigned low = (unsigned)__builtin_ctzll(field->mask);
		return (64 - (unsigned)__builtin_clzll(field->mask) - low + 3) / 4;
	}
	return 2 * field_width(field->type);
}

static void put_in_base(struct line *line, const struct field *field, uint64_t value,
			enum field_base base)
{
	char text[SCALAR_ROOM];
	char *end = put_number(text, field, value, base, hex_digits(field));

	line_append(line, text, (size_t)(end - text));
}

/* "Echo (8)", or "Unknown (8)". */
static void put_named(struct line *line, const struct field *field, uint64_t value)
{
	const char *name = value_name(field->names, value);

	line_put(line, name ? name : "Unknown");
	if (name && field->base == BASE_NAME)
		return;
	line_put(line, " (");
	put_in_base(line, field, value, field->base);
	line_put(line, ")");
}

static bool is_named(const struct field *field, uint64_t value)
{
	return field->names &&
	       (!(field->flags & FIELD_FEW_NAMES) || value_name(field->names, value));
}

/* "02:00:5e" */
static void put_vendor(struct line *line, uint64_t value)
{
	char text[9], *at = text;

	for (unsigned shift = 16;; shift -= 8) {
		at = number_put_hex(at, value >> shift & 0xff, 2);
		if (!shift)
			break;
		*at++ = ':';
	}
	line_append(line, text, (size_t)(at - text));
}

static void put_plain_number(struct line *line, const struct field *field, uint64_t value)
{
	if (field->base == BASE_OUI) {
		put_vendor(line, value);
		return;
	}
	put_in_base(line, field, value, field->base);
	if (field->base != BASE_DEC_HEX && field->base != BASE_HEX_DEC)
		return;
	line_put(line, " (");
	put_in_base(line, field, value, field->base == BASE_DEC_HEX ? BASE_HEX : BASE_DEC);
	line_put(line, ")");
}

static void put_bool(struct line *line, const struct field *field, uint64_t value)
{
	const char *name = value_name(field->names, value != 0);

	line_put(line, name ? name : value ? "True" : "False");
}

static void put_hex_bytes(struct line *line, const struct field *field, const struct node *node)
{
	char text[2 * BYTES_SHOWN];
	uint32_t n = node->value_length < BYTES_SHOWN ? node->value_length : BYTES_SHOWN;

	if (!n) {
		line_put(line, field->flags & FIELD_MAY_BE_EMPTY ? "<none>" : "<MISSING>");
		return;
	}
	char *end = number_put_bytes(text, node->value.bytes, n);
	line_append(line, text, (size_t)(end - text));
	if (n < node->value_length)
		line_put(line, ELLIPSIS);
}

static void put_scalar_value(struct line *line, const struct field *field, const struct node *node)
{
	char text[SCALAR_ROOM];
	char *end = put_scalar(text, field, node);

	line_add(line, text, (size_t)(end - text));
	if (field->type == FIELD_DURATION && !field->unit)
		line_put(line, " seconds");
}

/* With its name, where those are asked for. */
static void put_address(struct line *line, const struct field *field, const struct node *node)
{
	char text[NAMED_TEXT_ROOM];
	struct endpoint address;

	if (!names_chosen() || (field->type != FIELD_IPV4 && !node->value.bytes))
		return put_scalar_value(line, field, node);
	if (field->type == FIELD_IPV4)
		address = endpoint_ipv4((uint32_t)node->value.number);
	else if (field->type == FIELD_IPV6)
		address = endpoint_ipv6(node->value.bytes);
	else
		address = endpoint_ether(node->value.bytes);
	size_t n = named_address_text(&address, text);
	line_add(line, text, n);
}

/* "http (80)", or "40000 (40000)", where names of ports are asked for. */
static bool put_port_name(struct line *line, const struct field *field, uint64_t value)
{
	bool udp = !strncmp(field->abbrev, "udp.", 4);

	if (field->base != BASE_PORT || !(names_chosen() & NAMES_PORT) || value > UINT16_MAX)
		return false;
	const char *name = name_port(udp ? IPPROTO_UDP : IPPROTO_TCP, (uint16_t)value);
	if (name)
		line_add(line, name, strlen(name));
	else
		put_in_base(line, field, value, BASE_PORT);
	line_put(line, " (");
	put_in_base(line, field, value, BASE_PORT);
	line_put(line, ")");
	return true;
}

static void put_value(struct line *line, const struct field *field, const struct node *node)
{
	char oid[NODE_TEXT_ROOM];

	switch (field->type) {
	case FIELD_BOOL:
		put_bool(line, field, node->value.number);
		break;
	case FIELD_TEXT:
		line_add(line, node->value.text ? node->value.text : "", node->value_length);
		break;
	case FIELD_BYTES:
		put_hex_bytes(line, field, node);
		break;
	case FIELD_OID:
		line_add(line, oid,
			 (size_t)(number_put_oid(oid, sizeof oid, node->value.bytes,
						 node->value_length) -
				  oid));
		break;
	case FIELD_IPV4:
	case FIELD_IPV6:
	case FIELD_ETHER:
		put_address(line, field, node);
		break;
	case FIELD_DOUBLE:
	case FIELD_EUI64:
	case FIELD_GUID:
	case FIELD_TIME:
	case FIELD_DURATION:
		put_scalar_value(line, field, node);
		break;
	default:
		if (put_port_name(line, field, node->value.number))
			break;
		if (is_named(field, node->value.number))
			put_named(line, field, node->value.number);
		else
			put_plain_number(line, field, node->value.number);
	}
	if (field->unit)
		line_put(line, field->unit);
}

static bool has_value(const struct field *field)
{
	return field->type != FIELD_PROTOCOL && field->type != FIELD_NONE;
}

/* Name and value; returns where in the line a mark that it was cut belongs. */
static size_t put_name_and_value(struct line *line, const struct field *field,
				 const struct node *node)
{
	if (field->mask && has_value(field) && field->type != FIELD_BYTES &&
	    field->type != FIELD_TEXT)
		put_bits(line, field, node->value.number, word_bits(field, node));
	line_put(line, field->name);
	size_t named = line->length;
	if (has_value(field)) {
		line_put(line, ": ");
		put_value(line, field, node);
	}
	return named;
}

static size_t put_node(const struct dissection *d, const struct node *node, bool bracketed,
		       char *text, size_t room)
{
	const struct field *field = registry_field(node->field);
	const char *label = node->label && d->labels ? d->labels[node->label] : NULL;
	size_t own = LABEL_ROOM + bracketed, left = room - bracketed;
	struct line line = { .text = text, .room = left < own ? left : own };
	size_t named;

	if (room < 3)
		return 0;
	text[0] = '\0';
	if (bracketed)
		line_put(&line, "[");
	named = line.length;
	if (!label || !(node->flags & NODE_LABEL_ONLY))
		named = put_name_and_value(&line, field, node);
	bool marked = line.cut || node->flags & NODE_LABEL_ONLY;
	if (label)
		line_add(&line, label, strlen(label));
	line.cut &= marked;
	if (line.cut && line.room == own && named > bracketed)
		line.room--;
	if (line.cut)
		line_mark_cut(&line, named, named > bracketed ? " " TRUNCATED : TRUNCATED);
	if (bracketed) {
		text[line.length++] = ']';
		text[line.length] = '\0';
	}
	return line.length;
}

size_t node_text(const struct dissection *d, const struct node *node, char *text, size_t room)
{
	return put_node(d, node, node->flags & NODE_GENERATED, text, room);
}

size_t node_words(const struct dissection *d, const struct node *node, char *text, size_t room)
{
	return put_node(d, node, false, text, room);
}

/* An address under its name alone, which value_text() has not. */
static size_t address_name(const struct field *field, const struct node *node, char text[NAME_ROOM])
{
	struct endpoint address;

	if (field->type == FIELD_IPV4)
		address = endpoint_ipv4((uint32_t)node->value.number);
	else if (field->type == FIELD_IPV6)
		address = endpoint_ipv6(node->value.bytes);
	else
		address = endpoint_ether(node->value.bytes);
	return name_address(&address, text);
}

/* A number as a column has it: its name instead, where it has one. */
static void put_number_value(struct line *line, const struct field *field, uint64_t value,
			     bool named)
{
	const char *name = named && field->names ? value_name(field->names, value) : NULL;

	if (name)
		line_put(line, name);
	else if (!named || !put_port_name(line, field, value))
		put_in_base(line, field, value, field->base);
}

_Static_assert((int)NAME_ROOM <= (int)SCALAR_ROOM, "a name has room where a value has");

static void put_column_value(struct line *line, const struct field *field, const struct node *node,
			     bool named)
{
	char name[SCALAR_ROOM];

	switch (field->type) {
	case FIELD_PROTOCOL:
	case FIELD_NONE:
		line_put(line, PRESENT);
		break;
	case FIELD_IPV4:
	case FIELD_IPV6:
	case FIELD_ETHER:
		if (named && names_chosen() && (field->type == FIELD_IPV4 || node->value.bytes)) {
			line_add(line, name, address_name(field, node, name));
			break;
		}
		__attribute__((fallthrough));
	case FIELD_DOUBLE:
	case FIELD_EUI64:
	case FIELD_GUID:
	case FIELD_TIME:
	case FIELD_DURATION:
		line_add(line, name, (size_t)(put_scalar(name, field, node) - name));
		break;
	case FIELD_TEXT:
	case FIELD_BYTES:
	case FIELD_OID:
		put_value(line, field, node);
		break;
	case FIELD_BOOL:
		if (named)
			put_bool(line, field, node->value.number);
		else
			line_put(line, node->value.number ? "1" : "0");
		break;
	default:
		put_number_value(line, field, node->value.number, named);
	}
}

size_t node_value_text(const struct node *node, bool named, char *text, size_t room)
{
	struct line line = { .text = text, .room = room };

	if (!room)
		return 0;
	text[0] = '\0';
	put_column_value(&line, registry_field(node->field), node, named);
	return line.length;
}
