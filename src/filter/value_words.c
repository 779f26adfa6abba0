/* value_words.c - values as text: what string() gives, and what --show-filter prints. */
#include <stdio.h>
#include <string.h>

#include "base/number_text.h"
#include "base/text.h"
#include "dissect/address.h"
#include "dissect/value_text.h"
#include "value.h"

enum { WORD_ROOM = 64 };

static char *put_grouped(char *at, const uint8_t *bytes, unsigned n, char between)
{
	for (unsigned i = 0; i < n; i++) {
		if (i)
			*at++ = between;
		at = number_put_bytes(at, bytes + i, 1);
	}
	return at;
}

static char *put_guid(char *at, const uint8_t *bytes)
{
	static const uint8_t ends[] = { 4, 6, 8, 10, 16 };
	unsigned from = 0;

	for (unsigned i = 0; i < sizeof ends; i++) {
		if (i)
			*at++ = '-';
		at = number_put_bytes(at, bytes + from, ends[i] - from);
		from = ends[i];
	}
	return at;
}

static char *put_eui64(char *at, uint64_t number)
{
	uint8_t bytes[8];

	for (unsigned i = 0; i < sizeof bytes; i++)
		bytes[i] = (uint8_t)(number >> (56 - 8 * i));
	return put_grouped(at, bytes, sizeof bytes, ':');
}

static char *put_integer(char *at, const struct value *value)
{
	if (value->type == FIELD_EUI64)
		return put_eui64(at, value->number);
	if (type_is_signed(value->type))
		return number_put_signed(at, (int64_t)value->number);
	return number_put(at, value->number);
}

/* Up to WORD_ROOM bytes: numbers and addresses. */
static char *put_short(char *at, const struct value *value)
{
	switch (type_family(value->type)) {
	case FAMILY_INTEGER:
		return put_integer(at, value);
	case FAMILY_REAL:
		return at + snprintf(at, WORD_ROOM, "%g", value->real);
	case FAMILY_IPV4:
		return at + address_text_ipv4((uint32_t)value->number, at);
	case FAMILY_IPV6:
		return at + address_text_ipv6(value->bytes, at);
	case FAMILY_TIME:
		return at + time_text((int64_t)value->number, true, at, WORD_ROOM);
	case FAMILY_DURATION:
		return at + duration_text((int64_t)value->number, 9, at, WORD_ROOM);
	default:
		break;
	}
	if (value->type == FIELD_ETHER && value->length == 6)
		return put_grouped(at, value->bytes, 6, ':');
	if (value->type == FIELD_GUID && value->length == 16)
		return put_guid(at, value->bytes);
	return at;
}

struct value value_as_text(struct arena *arena, const struct value *value)
{
	size_t room = value->type == FIELD_OID ? 4 * (size_t)value->length + 3 * NUMBER_TEXT_ROOM
					       : WORD_ROOM;
	char *text = arena_alloc(arena, room);
	char *end = value->type == FIELD_OID ? number_put_oid(text, room, value->bytes, value->length)
					     : put_short(text, value);

	return (struct value){ .type = FIELD_TEXT, .length = (uint32_t)(end - text), .text = text };
}

static unsigned print_bytes(const struct value *value, char *text, unsigned room)
{
	char *at = text;

	for (uint32_t i = 0; i < value->length && (unsigned)(at - text) + 4 < room; i++) {
		if (i)
			*at++ = ':';
		at = number_put_bytes(at, value->bytes + i, 1);
	}
	*at = '\0';
	return (unsigned)(at - text);
}

static unsigned print_text(const struct value *value, char *text, unsigned room)
{
	text[0] = '"';
	size_t n = text_clean(text + 1, room - 2, value->bytes, value->length, true);
	text[n + 1] = '"';
	text[n + 2] = '\0';
	return (unsigned)n + 2;
}

unsigned value_print(const struct value *value, char *text, unsigned room)
{
	char word[WORD_ROOM];
	enum type_family family = type_family(value->type);

	if (family == FAMILY_TEXT)
		return print_text(value, text, room);
	if ((family == FAMILY_BYTES && value->type != FIELD_ETHER) || family == FAMILY_PROTOCOL)
		return print_bytes(value, text, room);
	*put_short(word, value) = '\0';
	bool has_prefix = (family == FAMILY_IPV4 && value->prefix < 32) ||
			  (family == FAMILY_IPV6 && value->prefix < 128);
	int n = has_prefix ? snprintf(text, room, "%s/%u", word, value->prefix)
			   : snprintf(text, room, "%s", word);
	return n < 0 ? 0 : (unsigned)n < room ? (unsigned)n : room - 1;
}
