/* field_filter.c - values as the literals of filters. */
#include "ui/field_filter.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "dissect/registry.h"
#include "dissect/value_text.h"
#include "state/conversation.h"

enum {
	MOST_BYTES = 64, /* that a filter names; of more, the first ones */
	MOST_TEXT = 256,
	PROTOCOL_TCP = 6,
	PROTOCOL_UDP = 17,
};

static void compare_bytes(const struct field *field, const struct node *node, char *text)
{
	uint32_t n = node->value_length < MOST_BYTES ? node->value_length : MOST_BYTES;
	size_t used = (size_t)snprintf(text, FIELD_FILTER_ROOM, "%s%s == ", field->abbrev,
				       n < node->value_length ? "[0:64]" : "");

	if (!n || !node->value.bytes) {
		snprintf(text, FIELD_FILTER_ROOM, "%s", field->abbrev);
		return;
	}
	for (uint32_t i = 0; i < n; i++)
		used += (size_t)snprintf(text + used, FIELD_FILTER_ROOM - used, "%02x%s",
					 node->value.bytes[i], i + 1 < n ? ":" : "");
}

/* A long text is asked for by its beginning. */
static void compare_text(const struct field *field, const char *value, char *text)
{
	size_t length = strlen(value), limit = length < MOST_TEXT ? length : MOST_TEXT;

	while (limit < length && limit && ((uint8_t)value[limit] & 0xc0) == 0x80)
		limit--;
	size_t used = (size_t)snprintf(text, FIELD_FILTER_ROOM, "%s %s \"", field->abbrev,
				       limit < length ? "contains" : "==");

	for (size_t i = 0; i < limit && used + 8 < FIELD_FILTER_ROOM; i++) {
		uint8_t c = (uint8_t)value[i];

		if (c < 0x20 || c == 0x7f) {
			used += (size_t)snprintf(text + used, FIELD_FILTER_ROOM - used, "\\x%02x",
						 c);
			continue;
		}
		if (c == '"' || c == '\\')
			text[used++] = '\\';
		text[used++] = value[i];
	}
	snprintf(text + used, FIELD_FILTER_ROOM - used, "\"");
}

static bool is_hex(const struct field *field)
{
	return field->base == BASE_HEX || field->base == BASE_HEX_DEC;
}

void field_filter(struct dissection *d, const struct node *node, char text[FIELD_FILTER_ROOM])
{
	const struct field *field = registry_field(node->field);
	char value[64];

	switch (field->type) {
	case FIELD_PROTOCOL:
	case FIELD_NONE:
		snprintf(text, FIELD_FILTER_ROOM, "%s", field->abbrev);
		return;
	case FIELD_BYTES:
		compare_bytes(field, node, text);
		return;
	case FIELD_TEXT:
		compare_text(field, node->value.text ? node->value.text : "", text);
		return;
	case FIELD_TIME:
		/* No literal stands for it. */
		if ((int64_t)node->value.number == TIME_UNSET) {
			snprintf(text, FIELD_FILTER_ROOM, "%s", field->abbrev);
			return;
		}
		time_text((int64_t)node->value.number, true, value, sizeof value);
		snprintf(text, FIELD_FILTER_ROOM, "%s == \"%s\"", field->abbrev, value);
		return;
	case FIELD_I8:
	case FIELD_I16:
	case FIELD_I24:
	case FIELD_I32:
	case FIELD_I64:
		snprintf(text, FIELD_FILTER_ROOM, "%s == %" PRId64, field->abbrev,
			 (int64_t)node->value.number);
		return;
	case FIELD_DOUBLE:
		snprintf(text, FIELD_FILTER_ROOM, "%s == %.17g", field->abbrev, node->value.real);
		return;
	case FIELD_IPV4:
	case FIELD_IPV6:
	case FIELD_ETHER:
	case FIELD_EUI64:
	case FIELD_GUID:
	case FIELD_OID:
	case FIELD_DURATION:
		snprintf(text, FIELD_FILTER_ROOM, "%s == %s", field->abbrev, value_text(d, node));
		return;
	default:
		snprintf(text, FIELD_FILTER_ROOM,
			 is_hex(field) ? "%s == 0x%" PRIx64 : "%s == %" PRIu64, field->abbrev,
			 node->value.number);
		return;
	}
}

/* Does the field hold this address somewhere in the packet? */
static bool holds(const struct dissection *d, const char *name, const struct endpoint *end)
{
	int field = registry_field_named(name);
	uint32_t ipv4 = (uint32_t)end->address[0] << 24 | (uint32_t)end->address[1] << 16 |
			(uint32_t)end->address[2] << 8 | end->address[3];

	for (node_id i = 0; i < d->node_count; i++) {
		const struct node *n = &d->nodes[i];

		if (n->field != field)
			continue;
		if (end->type == ADDRESS_IPV4 ? n->value.number == ipv4
					      : !memcmp(n->value.bytes, end->address, end->length))
			return true;
	}
	return false;
}

/* The one of the fields that tells such an address, if this packet has it in it: links other than
 * Ethernet and options have addresses too.  NULL: none. */
static const char *address_field(const struct dissection *d, const struct endpoint *end,
				 const char *const names[3])
{
	const char *name = end->type == ADDRESS_IPV4	? names[0]
			   : end->type == ADDRESS_IPV6	? names[1]
			   : end->type == ADDRESS_ETHER ? names[2]
							: NULL;

	return name && holds(d, name, end) ? name : NULL;
}

void endpoint_filter(const struct dissection *d, bool source, char text[FIELD_FILTER_ROOM])
{
	static const char *const names[2][3] = { { "ip.dst", "ipv6.dst", "eth.dst" },
						 { "ip.src", "ipv6.src", "eth.src" } };
	const struct endpoint *end = source ? &d->from : &d->to;
	const char *name = address_field(d, end, names[source]);
	char address[ADDRESS_TEXT_ROOM];

	text[0] = '\0';
	address_text(end, address);
	if (name && *address)
		snprintf(text, FIELD_FILTER_ROOM, "%s == %s", name, address);
}

void conversation_filter(const struct dissection *d, char text[FIELD_FILTER_ROOM])
{
	static const char *const names[3] = { "ip.addr", "ipv6.addr", "eth.addr" };
	const struct conversation *talk = d->conversation;
	const char *name = address_field(d, &d->from, names);
	char from[ADDRESS_TEXT_ROOM], to[ADDRESS_TEXT_ROOM];

	text[0] = '\0';
	if (talk && (talk->protocol == PROTOCOL_TCP || talk->protocol == PROTOCOL_UDP)) {
		snprintf(text, FIELD_FILTER_ROOM, "%s.stream == %u",
			 talk->protocol == PROTOCOL_TCP ? "tcp" : "udp", talk->stream);
		return;
	}
	address_text(&d->from, from);
	address_text(&d->to, to);
	if (name && address_field(d, &d->to, names) == name)
		snprintf(text, FIELD_FILTER_ROOM, "%s == %s && %s == %s", name, from, name, to);
}
