/* value_text.c - values as -T fields prints them. */
#include "dissect/value_text.h"

#include <stdio.h>
#include <string.h>

#include "base/bytes.h"
#include "base/number_text.h"
#include "base/text.h"
#include "dissect/registry.h"
#include "value_parts.h"

bool value_is_long(enum field_type type)
{
	return type == FIELD_BYTES || type == FIELD_TEXT || type == FIELD_OID ||
	       type == FIELD_PROTOCOL || type == FIELD_NONE;
}

static bool is_signed(enum field_type type)
{
	return type >= FIELD_I8 && type <= FIELD_I64;
}

/* The number with the sign that a value of its type's width has. */
static int64_t sign_extended(enum field_type type, uint64_t value)
{
	unsigned spare = 64 - 8 * field_width(type);

	return (int64_t)(value << spare) >> spare;
}

char *put_number(char *at, const struct field *field, uint64_t value, enum field_base base,
		 unsigned digits)
{
	if (base == BASE_HEX || base == BASE_HEX_DEC) {
		*at++ = '0';
		*at++ = 'x';
		return number_put_hex(at, value, digits);
	}
	if (base == BASE_OCT)
		return at + sprintf(at, "%#llo", (unsigned long long)value);
	if (is_signed(field->type))
		return number_put_signed(at, sign_extended(field->type, value));
	return number_put(at, value);
}

/* Two digits a byte, separated every `group` bytes. */
static char *put_groups(char *at, const uint8_t *bytes, unsigned n, unsigned group, char separator)
{
	for (unsigned i = 0; i < n; i++) {
		if (i && i % group == 0)
			*at++ = separator;
		at = number_put_bytes(at, bytes + i, 1);
	}
	return at;
}

static char *put_guid(char *at, const uint8_t *bytes)
{
	at = put_groups(at, bytes, 4, 4, '-');
	*at++ = '-';
	at = put_groups(at, bytes + 4, 6, 2, '-');
	*at++ = '-';
	return put_groups(at, bytes + 10, 6, 6, '-');
}

static char *put_eui64(char *at, uint64_t value)
{
	for (unsigned shift = 56;; shift -= 8) {
		at = number_put_hex(at, value >> shift & 0xff, 2);
		if (!shift)
			return at;
		*at++ = ':';
	}
}

static char *put_real(char *at, double value)
{
	return at + snprintf(at, SCALAR_ROOM, "%.15g", value);
}

char *put_scalar(char at[SCALAR_ROOM], const struct field *field, const struct node *node)
{
	switch (field->type) {
	case FIELD_BOOL:
		*at = node->value.number ? '1' : '0';
		return at + 1;
	case FIELD_DOUBLE:
		return put_real(at, node->value.real);
	case FIELD_IPV4:
		return at + address_text_ipv4((uint32_t)node->value.number, at);
	case FIELD_IPV6:
		return node->value.bytes ? at + address_text_ipv6(node->value.bytes, at) : at;
	case FIELD_ETHER:
		return node->value.bytes ? at + address_text_ether(node->value.bytes, at) : at;
	case FIELD_EUI64:
		return put_eui64(at, node->value.number);
	case FIELD_GUID:
		return node->value.bytes ? put_guid(at, node->value.bytes) : at;
	case FIELD_TIME:
		return put_time_text(at, (int64_t)node->value.number, field->base == BASE_UTC);
	case FIELD_DURATION:
		return put_duration_text(at, (int64_t)node->value.number);
	default:
		return put_number(at, field, node->value.number, field->base,
				  2 * field_width(field->type));
	}
}

static const char *hex_text(struct dissection *d, const uint8_t *bytes, uint32_t n)
{
	char *text = arena_alloc(&d->arena, 2 * (size_t)n + 1);

	*number_put_bytes(text, bytes, n) = '\0';
	return text;
}

static const char *bytes_text(struct dissection *d, const struct field *field,
			      const struct node *node)
{
	char text[ADDRESS_TEXT_ROOM];

	if (!node->value_length)
		return field->flags & FIELD_MAY_BE_EMPTY ? "<none>" : "<MISSING>";
	if (field->base != BASE_LINK || node->value_length != 6)
		return hex_text(d, node->value.bytes, node->value_length);
	unsigned n = address_text_ether(node->value.bytes, text);
	return arena_text(&d->arena, text, n);
}

static const char *clean_text(struct dissection *d, const char *text, size_t n)
{
	if (text_is_plain((const uint8_t *)text, n))
		return text;
	size_t room = 4 * n + 1;
	char *clean = arena_alloc(&d->arena, room);
	text_clean(clean, room, (const uint8_t *)text, n, true);
	return clean;
}

static const char *oid_text(struct dissection *d, const struct node *node)
{
	size_t room = 4 * (size_t)node->value_length + 3 * NUMBER_TEXT_ROOM;
	char *text = arena_alloc(&d->arena, room);

	*number_put_oid(text, room, node->value.bytes, node->value_length) = '\0';
	return text;
}

/* The captured bytes that a node stands for. */
static const char *node_bytes_text(struct dissection *d, const struct node *node)
{
	if (node->source >= d->buffer_count)
		return "";
	const struct buffer *buffer = &d->buffers[node->source];
	if (node->start > buffer->length)
		return "";
	uint32_t left = buffer->length - node->start;
	return hex_text(d, buffer->bytes + node->start, node->length < left ? node->length : left);
}

/* As tshark: the bytes of data, the words of a protocol that has some, else its name. */
static const char *protocol_text(struct dissection *d, const struct field *field,
				 const struct node *node)
{
	if (!strcmp(field->abbrev, "data"))
		return node_bytes_text(d, node);
	if (!node->label || !d->labels)
		return field->abbrev;
	const char *label = d->labels[node->label];
	const char *text = node->flags & NODE_LABEL_ONLY
				   ? label
				   : arena_printf(&d->arena, "%s%s", field->name, label);
	return clean_text(d, text, strlen(text));
}

static const char *long_text(struct dissection *d, const struct field *field,
			     const struct node *node)
{
	switch (field->type) {
	case FIELD_PROTOCOL:
		return protocol_text(d, field, node);
	case FIELD_TEXT:
		return node->value.text ? clean_text(d, node->value.text, node->value_length) : "";
	case FIELD_BYTES:
		return bytes_text(d, field, node);
	case FIELD_OID:
		return oid_text(d, node);
	default:
		return "1"; /* it has no value: it is there */
	}
}

const char *value_text(struct dissection *d, const struct node *node)
{
	const struct field *field = registry_field(node->field);
	char scalar[SCALAR_ROOM];

	if (value_is_long(field->type))
		return long_text(d, field, node);
	char *end = put_scalar(scalar, field, node);
	return arena_text(&d->arena, scalar, (size_t)(end - scalar));
}
