/* node_value.c - what the structured formats say of a node. */
#include "node_value.h"

#include <time.h>

#include "base/number_text.h"
#include "dissect/registry.h"
#include "dissect/value_text.h"
#include "print/json_text.h"

static const struct {
	const char *name;
	unsigned number;
} types[FIELD_TYPES] = {
	[FIELD_NONE] = { "FT_NONE", 0 },
	[FIELD_PROTOCOL] = { "FT_PROTOCOL", 1 },
	[FIELD_BOOL] = { "FT_BOOLEAN", 2 },
	[FIELD_U8] = { "FT_UINT8", 4 },
	[FIELD_U16] = { "FT_UINT16", 5 },
	[FIELD_U24] = { "FT_UINT24", 6 },
	[FIELD_U32] = { "FT_UINT32", 7 },
	[FIELD_U40] = { "FT_UINT40", 8 },
	[FIELD_U48] = { "FT_UINT48", 9 },
	[FIELD_U56] = { "FT_UINT56", 10 },
	[FIELD_U64] = { "FT_UINT64", 11 },
	[FIELD_I8] = { "FT_INT8", 12 },
	[FIELD_I16] = { "FT_INT16", 13 },
	[FIELD_I24] = { "FT_INT24", 14 },
	[FIELD_I32] = { "FT_INT32", 15 },
	[FIELD_I64] = { "FT_INT64", 19 },
	[FIELD_DOUBLE] = { "FT_DOUBLE", 23 },
	[FIELD_TIME] = { "FT_ABSOLUTE_TIME", 24 },
	[FIELD_DURATION] = { "FT_RELATIVE_TIME", 25 },
	[FIELD_TEXT] = { "FT_STRING", 26 },
	[FIELD_ETHER] = { "FT_ETHER", 29 },
	[FIELD_BYTES] = { "FT_BYTES", 30 },
	[FIELD_IPV4] = { "FT_IPv4", 32 },
	[FIELD_IPV6] = { "FT_IPv6", 33 },
	[FIELD_FRAME] = { "FT_FRAMENUM", 35 },
	[FIELD_GUID] = { "FT_GUID", 36 },
	[FIELD_OID] = { "FT_OID", 37 },
	[FIELD_EUI64] = { "FT_EUI64", 38 },
};

unsigned field_type_number(enum field_type type)
{
	return types[type].number;
}

const char *field_type_name(enum field_type type)
{
	return types[type].name;
}

const uint8_t *node_bytes(const struct dissection *d, const struct node *node, uint32_t *n)
{
	*n = 0;
	if (node->source >= d->buffer_count)
		return NULL;
	const struct buffer *buffer = &d->buffers[node->source];
	if (node->start > buffer->length)
		return NULL;
	uint32_t left = buffer->length - node->start;
	*n = node->length < left ? node->length : left;
	return buffer->bytes + node->start;
}

uint64_t node_mask(const struct node *node)
{
	const struct field *field = registry_field(node->field);

	if (field->type < FIELD_BOOL || field->type > FIELD_I64)
		return 0;
	return field->flags & FIELD_NO_MASK && !(node->flags & NODE_HIDDEN) ? 0 : field->mask;
}

bool node_is_bare(const struct field *field)
{
	return field->type == FIELD_NONE || field->type == FIELD_PROTOCOL;
}

static void put_hex_number(struct sink *sink, uint64_t number)
{
	static const char digits[] = "0123456789ABCDEF";
	char text[16], *at = text + sizeof text;

	do {
		*--at = digits[number & 15];
		number >>= 4;
	} while (number);
	sink_put(sink, at, (size_t)(text + sizeof text - at));
}

void node_put_raw(struct sink *sink, const struct dissection *d, const struct node *node)
{
	uint32_t n;
	const uint8_t *bytes = node_bytes(d, node, &n);

	if (node_mask(node))
		put_hex_number(sink, node->value.number);
	else
		sink_put_bytes(sink, bytes, n, false);
}

/* One without fields: its words, or its name where it has none. */
static void put_protocol(struct sink *sink, struct dissection *d, const struct node *node)
{
	const char *text = node->label ? value_text(d, node) : registry_field(node->field)->name;

	json_sink_text(sink, text, strlen(text));
}

static void put_scalar_text(struct sink *sink, const struct field *field, const struct node *node)
{
	char *at = sink_room(sink, SCALAR_ROOM + 2);

	*at++ = '"';
	at = put_scalar(at, field, node);
	*at++ = '"';
	sink_wrote(sink, at);
}

void node_put_json(struct sink *sink, struct dissection *d, const struct node *node)
{
	const struct field *field = registry_field(node->field);

	switch (field->type) {
	case FIELD_BYTES:
		sink_put_char(sink, '"');
		sink_put_bytes(sink, node->value.bytes, node->value_length, true);
		sink_put_char(sink, '"');
		break;
	case FIELD_TEXT:
		json_sink_text(sink, node->value.text ? node->value.text : "", node->value_length);
		break;
	case FIELD_NONE:
		sink_put(sink, "\"\"", 2);
		break;
	case FIELD_PROTOCOL:
		put_protocol(sink, d, node);
		break;
	case FIELD_OID: {
		const char *text = value_text(d, node);
		json_sink_text(sink, text, strlen(text));
		break;
	}
	default:
		put_scalar_text(sink, field, node);
	}
}

const char *packet_date(struct packet_day *day, const struct dissection *d)
{
	int64_t rest = d->packet.time_ns % 1000000000;
	time_t seconds = (time_t)(d->packet.time_ns / 1000000000 - (rest < 0));
	struct tm tm;

	if (day->text[0] && day->quarter == seconds / 900 && seconds > 0)
		return day->text;
	day->quarter = seconds / 900;
	day->text[0] = '\0';
	if (localtime_r(&seconds, &tm))
		strftime(day->text, sizeof day->text, "%Y-%m-%d", &tm);
	return day->text;
}
