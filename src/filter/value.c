/* value.c - comparing, searching and slicing values.
 *
 * Bytes are compared by their length first; addresses only by the bits that both prefixes
 * have. */
#include "value.h"

#include <string.h>

#include "base/bytes.h"
#include "dissect/field.h"

static const uint8_t families[FIELD_TYPES] = {
	[FIELD_PROTOCOL] = FAMILY_PROTOCOL, [FIELD_BOOL] = FAMILY_INTEGER,
	[FIELD_U8] = FAMILY_INTEGER,	    [FIELD_U16] = FAMILY_INTEGER,
	[FIELD_U24] = FAMILY_INTEGER,	    [FIELD_U32] = FAMILY_INTEGER,
	[FIELD_U40] = FAMILY_INTEGER,	    [FIELD_U48] = FAMILY_INTEGER,
	[FIELD_U56] = FAMILY_INTEGER,	    [FIELD_U64] = FAMILY_INTEGER,
	[FIELD_I8] = FAMILY_INTEGER,	    [FIELD_I16] = FAMILY_INTEGER,
	[FIELD_I24] = FAMILY_INTEGER,	    [FIELD_I32] = FAMILY_INTEGER,
	[FIELD_I64] = FAMILY_INTEGER,	    [FIELD_EUI64] = FAMILY_INTEGER,
	[FIELD_FRAME] = FAMILY_INTEGER,	    [FIELD_DOUBLE] = FAMILY_REAL,
	[FIELD_IPV4] = FAMILY_IPV4,	    [FIELD_IPV6] = FAMILY_IPV6,
	[FIELD_ETHER] = FAMILY_BYTES,	    [FIELD_GUID] = FAMILY_BYTES,
	[FIELD_OID] = FAMILY_BYTES,	    [FIELD_BYTES] = FAMILY_BYTES,
	[FIELD_TEXT] = FAMILY_TEXT,	    [FIELD_TIME] = FAMILY_TIME,
	[FIELD_DURATION] = FAMILY_DURATION,
};

enum type_family type_family(enum field_type type)
{
	return (enum type_family)families[type];
}

bool type_is_signed(enum field_type type)
{
	return type >= FIELD_I8 && type <= FIELD_I64;
}

bool type_is_wide(enum field_type type)
{
	return (type >= FIELD_U40 && type <= FIELD_U64) || type == FIELD_I64 || type == FIELD_EUI64;
}

bool type_is_sliceable(enum field_type type)
{
	enum type_family family = type_family(type);

	return (family == FAMILY_BYTES && type != FIELD_GUID) || family == FAMILY_TEXT ||
	       family == FAMILY_PROTOCOL || family == FAMILY_IPV4 || family == FAMILY_IPV6;
}

void value_list_add(struct value_list *list, struct arena *arena, const struct value *value)
{
	if (list->count == list->room)
		list->items = arena_grow(arena, list->items, &list->room, 4, sizeof *list->items);
	list->items[list->count++] = *value;
}

static int order_unsigned(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

static int order_signed(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

/* As the left one's type has it; false: the right one has no such value. */
static bool order_integers(const struct value *left, const struct value *right, int *order)
{
	bool is_signed = type_is_signed(left->type);

	if (is_signed != type_is_signed(right->type) && (int64_t)right->number < 0)
		return false;
	*order = is_signed ? order_signed((int64_t)left->number, (int64_t)right->number)
			   : order_unsigned(left->number, right->number);
	return true;
}

static uint32_t mask_of_prefix(unsigned prefix)
{
	return prefix ? ~0u << (32 - prefix) : 0;
}

static uint8_t shorter_prefix(const struct value *left, const struct value *right)
{
	return left->prefix < right->prefix ? left->prefix : right->prefix;
}

static int order_ipv4(const struct value *left, const struct value *right)
{
	uint32_t mask = mask_of_prefix(shorter_prefix(left, right));

	return order_unsigned(left->number & mask, right->number & mask);
}

static int order_ipv6(const struct value *left, const struct value *right)
{
	unsigned bits = shorter_prefix(left, right);
	int order = memcmp(left->bytes, right->bytes, bits / 8);

	if (order || bits % 8 == 0)
		return order;
	unsigned spare = 8 - bits % 8;
	return (left->bytes[bits / 8] >> spare) - (right->bytes[bits / 8] >> spare);
}

static int order_bytes(const struct value *left, const struct value *right)
{
	if (left->length != right->length)
		return left->length > right->length ? 1 : -1;
	return left->length ? memcmp(left->bytes, right->bytes, left->length) : 0;
}

static int order_text(const struct value *left, const struct value *right)
{
	uint32_t n = left->length < right->length ? left->length : right->length;
	int order = n ? memcmp(left->bytes, right->bytes, n) : 0;

	return order ? order : order_unsigned(left->length, right->length);
}

static bool relation_holds(enum relation relation, int order)
{
	switch (relation) {
	case RELATION_EQ:
		return order == 0;
	case RELATION_NE:
		return order != 0;
	case RELATION_GT:
		return order > 0;
	case RELATION_GE:
		return order >= 0;
	case RELATION_LT:
		return order < 0;
	case RELATION_LE:
		return order <= 0;
	}
	return false;
}

static enum holds reals_relate(enum relation relation, double left, double right)
{
	bool equal = left <= right && left >= right;

	if (!(left < right) && !(left > right) && !equal)
		return relation == RELATION_NE ? HOLDS : HOLDS_NOT;
	return relation_holds(relation, (left > right) - (left < right)) ? HOLDS : HOLDS_NOT;
}

enum holds value_relates(enum relation relation, const struct value *left,
			 const struct value *right)
{
	int order = 0;

	switch (type_family(left->type)) {
	case FAMILY_INTEGER:
		if (!order_integers(left, right, &order))
			return CANNOT_HOLD;
		break;
	case FAMILY_REAL:
		return reals_relate(relation, left->real, right->real);
	case FAMILY_IPV4:
		order = order_ipv4(left, right);
		break;
	case FAMILY_IPV6:
		order = order_ipv6(left, right);
		break;
	case FAMILY_BYTES:
	case FAMILY_PROTOCOL:
		order = order_bytes(left, right);
		break;
	case FAMILY_TEXT:
		order = order_text(left, right);
		break;
	case FAMILY_TIME:
	case FAMILY_DURATION:
		order = order_signed((int64_t)left->number, (int64_t)right->number);
		break;
	case FAMILY_NONE:
		return CANNOT_HOLD;
	}
	return relation_holds(relation, order) ? HOLDS : HOLDS_NOT;
}

/* What is searched: a protocol's payload too. */
uint32_t value_search_length(const struct value *value)
{
	return value->type == FIELD_PROTOCOL ? value->whole : value->length;
}

/* As in tshark, nothing contains nothing. */
bool value_contains(const struct value *haystack, const struct value *needle)
{
	uint32_t length = value_search_length(haystack), sought = value_search_length(needle);

	if (!sought || sought > length)
		return false;
	return memmem(haystack->bytes, length, needle->bytes, sought) != NULL;
}

static bool bytes_are_true(const uint8_t *bytes, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		if (bytes[i])
			return true;
	return false;
}

bool value_is_true(const struct value *value)
{
	switch (type_family(value->type)) {
	case FAMILY_REAL:
		return value->real < 0 || value->real > 0;
	case FAMILY_IPV6:
		return bytes_are_true(value->bytes, 16);
	case FAMILY_BYTES:
	case FAMILY_PROTOCOL:
	case FAMILY_TEXT:
		return bytes_are_true(value->bytes, value->length);
	default:
		return value->number != 0;
	}
}

struct value value_bytes(struct arena *arena, const struct value *value)
{
	struct value made = { .type = FIELD_BYTES, .length = value->length, .bytes = value->bytes };

	if (value->type == FIELD_IPV4) {
		uint8_t *bytes = arena_alloc(arena, 4);
		for (unsigned i = 0; i < 4; i++)
			bytes[i] = (uint8_t)(value->number >> (24 - 8 * i));
		made.bytes = bytes;
		made.length = 4;
	}
	return made;
}

/* What the range is in n bytes; false: they do not have it. */
static bool resolve_range(const struct range *range, uint32_t n, uint32_t *start, uint32_t *length)
{
	int64_t from = range->from < 0 ? (int64_t)range->from + n : range->from;
	int64_t end = n;

	if (range->kind == RANGE_COUNT)
		end = from + range->second;
	else if (range->kind == RANGE_TO)
		end = (range->second < 0 ? (int64_t)range->second + n : range->second) + 1;
	if (from < 0 || from >= end || end > n)
		return false;
	*start = (uint32_t)from;
	*length = (uint32_t)(end - from);
	return true;
}

struct value value_slice(struct arena *arena, const struct value *bytes,
			 const struct ranges *ranges)
{
	struct value made = { .type = FIELD_BYTES };
	uint32_t start, length, total = 0, whole = 0;

	for (; whole < ranges->count; whole++) {
		if (!resolve_range(&ranges->items[whole], bytes->length, &start, &length))
			break;
		/* A filter of a thousand ranges over a large field is no way to memory. */
		if (length > UINT32_MAX / 64 - total)
			break;
		total += length;
	}
	if (whole == 1) {
		resolve_range(&ranges->items[0], bytes->length, &start, &length);
		made.bytes = bytes->bytes + start;
		made.length = length;
		return made;
	}
	uint8_t *joined = arena_alloc(arena, total + 1);
	for (uint32_t i = 0; i < whole; i++) {
		resolve_range(&ranges->items[i], bytes->length, &start, &length);
		memcpy(joined + made.length, bytes->bytes + start, length);
		made.length += length;
	}
	made.bytes = joined;
	return made;
}

uint64_t value_size(const struct value *value)
{
	switch (value->type) {
	case FIELD_PROTOCOL:
	case FIELD_TEXT:
	case FIELD_BYTES:
	case FIELD_OID:
	case FIELD_IPV6:
	case FIELD_ETHER:
	case FIELD_GUID:
		return value->length;
	case FIELD_BOOL:
		return 0;
	default:
		return field_width(value->type);
	}
}
