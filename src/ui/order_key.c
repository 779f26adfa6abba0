/* order_key.c - what a packet is sorted by, for each kind of column.
 *
 * Where the index knows it, no packet is taken apart. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/time.h"
#include "dissect/names.h"
#include "dissect/registry.h"
#include "state/conversation.h"
#include "state/learned.h"
#include "ui/packet_order.h"

static bool is_named_address(const struct column *column)
{
	return !column->as_numbers && names_chosen();
}

static unsigned wants_of(const struct column *column)
{
	switch (column->format->says) {
	case SAYS_NUMBER:
	case SAYS_TIME:
	case SAYS_LENGTH:
	case SAYS_BYTES:
	case SAYS_NOTHING:
		return 0;
	default:
		return column_wants(column);
	}
}

void order_key_begin(struct order_key *key, const struct column *column,
		     enum time_format time_format)
{
	*key = (struct order_key){ .column = *column,
				   .time_format = time_format,
				   .wants = wants_of(column),
				   .fields = must_zeroed(registry_field_count() / 8 + 1, 1) };
	column_want_fields(column, key->fields);
}

void order_key_end(struct order_key *key)
{
	free(key->fields);
	key->fields = NULL;
}

/* --- numbers in the order of unsigned ones --- */

static void by_number(struct sort_value *value, uint64_t number)
{
	value->kind = SORT_NUMBER;
	value->number = number;
}

static void by_signed(struct sort_value *value, int64_t number)
{
	by_number(value, (uint64_t)number ^ UINT64_C(1) << 63);
}

static void by_real(struct sort_value *value, double real)
{
	uint64_t bits;

	memcpy(&bits, &real, sizeof bits);
	by_number(value, bits >> 63 ? ~bits : bits | UINT64_C(1) << 63);
}

static void by_bytes(struct sort_value *value, const void *bytes, size_t n)
{
	if (!bytes)
		return;
	value->kind = SORT_BYTES;
	value->bytes = bytes;
	value->length = (uint32_t)n;
}

static void by_text(struct sort_value *value, const char *text)
{
	if (text && *text)
		by_bytes(value, text, strlen(text));
}

/* --- what the index knows --- */

static void by_time(const struct order_key *key, const struct packet_index *x, uint32_t packet,
		    uint32_t before, struct sort_value *value)
{
	int format = key->column.format->time == TIME_AS_CHOSEN ? (int)key->time_format
								: key->column.format->time;

	if (!(index_block_of(x, packet)->flags[index_slot(packet)] & INDEX_HAS_TIME))
		return;
	if (format == TIME_DELTA)
		before = packet - 1;
	if (format == TIME_DELTA || format == TIME_DELTA_SHOWN)
		by_signed(value, before ? time_between(index_time(x, before), index_time(x, packet))
					: INT64_MIN);
	else
		by_signed(value, index_time(x, packet));
}

/* IPv4 before IPv6, each by its number. */
static void by_address(const struct endpoint *address, struct sort_value *value)
{
	if (address->type == ADDRESS_NONE || address->type == ADDRESS_NOT_APPLICABLE)
		return;
	if (address->type == ADDRESS_IPV6) {
		by_bytes(value, address->address, address->length);
		return;
	}
	uint64_t number = 0;

	for (unsigned i = 0; i < address->length && i < 7; i++)
		number = number << 8 | address->address[i];
	by_number(value, number);
}

/* The ends of a packet whose conversation has the same ones. */
static const struct endpoint *end_of_index(const struct session *session, uint32_t packet,
					   bool source)
{
	const struct learned *learned = session_learned(session);
	unsigned flags = index_block_of(&learned->index, packet)->flags[index_slot(packet)];
	const struct conversation *talk =
		flags & INDEX_ENDS ? conversation_of_index(learned, packet) : NULL;

	if (!talk)
		return NULL;
	return source == ((flags & INDEX_FROM_OPENER) != 0) ? &talk->opener : &talk->other;
}

/* --- what a dissection says --- */

static int64_t signed_value(enum field_type type, uint64_t number)
{
	unsigned width = field_width(type), spare = width ? 64 - 8 * width : 0;

	return (int64_t)(number << spare) >> spare;
}

static void by_node(const struct node *node, struct sort_value *value)
{
	const struct field *field = registry_field(node->field);

	switch (field->type) {
	case FIELD_PROTOCOL:
	case FIELD_NONE:
		by_number(value, 1);
		break;
	case FIELD_I8:
	case FIELD_I16:
	case FIELD_I24:
	case FIELD_I32:
	case FIELD_I64:
	case FIELD_TIME:
	case FIELD_DURATION:
		by_signed(value, signed_value(field->type, node->value.number));
		break;
	case FIELD_DOUBLE:
		by_real(value, node->value.real);
		break;
	case FIELD_IPV6:
	case FIELD_GUID:
		by_bytes(value, node->value.bytes, 16);
		break;
	case FIELD_ETHER:
		by_bytes(value, node->value.bytes, 6);
		break;
	case FIELD_OID:
	case FIELD_BYTES:
		by_bytes(value, node->value.bytes, node->value_length);
		break;
	case FIELD_TEXT:
		by_text(value, node->value.text);
		break;
	default:
		by_number(value, node->value.number);
	}
}

/* The first value that the column shows. */
static void by_fields(const struct column *column, const struct dissection *d,
		      struct sort_value *value)
{
	int wanted = column->occurrence;

	for (unsigned f = 0; f < column->field_count && value->kind == SORT_LAST; f++) {
		const struct node *found = NULL;
		int count = 0, at = 0;

		for (node_id i = 0; wanted < 0 && i < d->node_count; i++)
			count += d->nodes[i].field == column->fields[f];
		int only = wanted < 0 ? count + wanted + 1 : wanted ? wanted : 1;

		for (node_id i = 0; i < d->node_count && !found; i++)
			if (d->nodes[i].field == column->fields[f] && ++at == only)
				found = &d->nodes[i];
		if (found)
			by_node(found, value);
	}
}

static void by_words(const struct column *column, struct dissection *d, struct sort_value *value)
{
	const struct time_context times = { 0 };
	const struct column_facts facts = { .times = &times };
	char room[COLUMN_TEXT_ROOM];
	const char *text = column_text(column, d, &facts, room);

	by_text(value, arena_text(&d->arena, text, strlen(text)));
}

/* Text goes by all that the column shows, other things by the first of it. */
static bool is_text(const struct column *column)
{
	return column->field_count && registry_field(column->fields[0])->type == FIELD_TEXT;
}

static void by_dissection(const struct order_key *key, struct dissection *d,
			  struct sort_value *value)
{
	const struct column *column = &key->column;
	const struct endpoint *end =
		column->format->says == SAYS_SOURCE || column->format->says == SAYS_SOURCE_PORT
			? &d->from
			: &d->to;

	switch (column->format->says) {
	case SAYS_FIELDS:
		if (is_text(column))
			by_words(column, d, value);
		else
			by_fields(column, d, value);
		break;
	case SAYS_SOURCE_PORT:
	case SAYS_DESTINATION_PORT:
		if (end->port)
			by_number(value, end->port);
		break;
	case SAYS_SOURCE:
	case SAYS_DESTINATION:
		if (!is_named_address(column)) {
			by_address(end, value);
			break;
		}
		__attribute__((fallthrough));
	default:
		by_words(column, d, value);
	}
}

void order_value(const void *owner, struct view_port *port, uint32_t packet, uint32_t before,
		 struct sort_value *value)
{
	const struct order_key *key = owner;
	const struct packet_index *x = &session_learned(port->session)->index;
	const struct column *column = &key->column;
	enum column_says says = (enum column_says)column->format->says;

	if (says == SAYS_TIME) {
		by_time(key, x, packet, before, value);
		return;
	}
	if (says == SAYS_LENGTH) {
		by_number(value, index_block_of(x, packet)->reported[index_slot(packet)]);
		return;
	}
	if (!key->wants) {
		by_number(value, packet);
		return;
	}
	if ((says == SAYS_SOURCE || says == SAYS_DESTINATION) && !is_named_address(column)) {
		const struct endpoint *end =
			end_of_index(port->session, packet, says == SAYS_SOURCE);

		if (end) {
			by_address(end, value);
			return;
		}
	}
	if (view_port_dissect(port, packet, key->wants))
		by_dissection(key, &port->d, value);
}
