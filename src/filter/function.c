/* function.c - the functions of the language: one table, and what each does. */
#include <string.h>

#include "value.h"

static bool is_text(enum field_type type)
{
	return type == FIELD_TEXT;
}

static bool has_text(enum field_type type)
{
	enum type_family family = type_family(type);

	return (family == FAMILY_INTEGER && type != FIELD_BOOL) || family == FAMILY_REAL ||
	       family == FAMILY_IPV4 || family == FAMILY_IPV6 || type == FIELD_ETHER ||
	       type == FIELD_GUID || type == FIELD_OID;
}

static bool is_anything(enum field_type type)
{
	(void)type;
	return true;
}

static bool is_ordered(enum field_type type)
{
	return type_family(type) != FAMILY_NONE;
}

static bool has_sign(enum field_type type)
{
	return type_family(type) == FAMILY_INTEGER || type_family(type) == FAMILY_REAL ||
	       type_family(type) == FAMILY_DURATION;
}

static uint8_t to_upper(uint8_t c)
{
	return c >= 'a' && c <= 'z' ? c - 32 : c;
}

static uint8_t to_lower(uint8_t c)
{
	return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

static void change_letters(struct arena *arena, const struct value_list *from,
			   struct value_list *to, uint8_t (*change)(uint8_t))
{
	for (uint32_t i = 0; i < from->count; i++) {
		struct value made = from->items[i];
		uint8_t *bytes = arena_alloc(arena, made.length + 1);
		for (uint32_t k = 0; k < made.length; k++)
			bytes[k] = change(made.bytes[k]);
		made.bytes = bytes;
		value_list_add(to, arena, &made);
	}
}

static void run_upper(struct arena *arena, const struct value_list *arguments, unsigned count,
		      struct value_list *result)
{
	(void)count;
	change_letters(arena, arguments, result, to_upper);
}

static void run_lower(struct arena *arena, const struct value_list *arguments, unsigned count,
		      struct value_list *result)
{
	(void)count;
	change_letters(arena, arguments, result, to_lower);
}

static void run_len(struct arena *arena, const struct value_list *arguments, unsigned count,
		    struct value_list *result)
{
	(void)count;
	for (uint32_t i = 0; i < arguments->count; i++) {
		struct value made = { .type = FIELD_U32,
				      .number = value_size(&arguments->items[i]) };
		value_list_add(result, arena, &made);
	}
}

static void run_count(struct arena *arena, const struct value_list *arguments, unsigned count,
		      struct value_list *result)
{
	struct value made = { .type = FIELD_U32, .number = arguments->count };

	(void)count;
	if (made.number)
		value_list_add(result, arena, &made);
}

static void run_string(struct arena *arena, const struct value_list *arguments, unsigned count,
		       struct value_list *result)
{
	(void)count;
	for (uint32_t i = 0; i < arguments->count; i++) {
		struct value made = value_as_text(arena, &arguments->items[i]);
		value_list_add(result, arena, &made);
	}
}

static void find_extreme(struct arena *arena, const struct value_list *arguments, unsigned count,
			 enum relation worse, struct value_list *result)
{
	const struct value *best = NULL;

	for (unsigned n = 0; n < count; n++) {
		for (uint32_t i = 0; i < arguments[n].count; i++) {
			const struct value *value = &arguments[n].items[i];
			if (!best || value_relates(worse, best, value) == HOLDS)
				best = value;
		}
	}
	if (best)
		value_list_add(result, arena, best);
}

static void run_max(struct arena *arena, const struct value_list *arguments, unsigned count,
		    struct value_list *result)
{
	find_extreme(arena, arguments, count, RELATION_LT, result);
}

static void run_min(struct arena *arena, const struct value_list *arguments, unsigned count,
		    struct value_list *result)
{
	find_extreme(arena, arguments, count, RELATION_GT, result);
}

static bool is_negative(const struct value *value)
{
	if (type_family(value->type) == FAMILY_REAL)
		return value->real < 0;
	return (type_is_signed(value->type) || value->type == FIELD_DURATION) &&
	       (int64_t)value->number < 0;
}

static void run_abs(struct arena *arena, const struct value_list *arguments, unsigned count,
		    struct value_list *result)
{
	(void)count;
	for (uint32_t i = 0; i < arguments->count; i++) {
		struct value made = arguments->items[i];
		if (!is_negative(&made) || value_negate(&arguments->items[i], &made))
			value_list_add(result, arena, &made);
	}
}

const struct function function_table[] = {
	{ "upper", 1, 1, true, false, is_text, "a field of text", FIELD_TEXT, run_upper },
	{ "lower", 1, 1, true, false, is_text, "a field of text", FIELD_TEXT, run_lower },
	{ "len", 1, 1, true, false, is_anything, "a field", FIELD_U32, run_len },
	{ "count", 1, 1, true, false, is_anything, "a field", FIELD_U32, run_count },
	{ "string", 1, 1, true, false, has_text, "a field of numbers or addresses", FIELD_TEXT,
	  run_string },
	{ "max", 1, 200, false, true, is_ordered, "fields with values", FIELD_TYPES, run_max },
	{ "min", 1, 200, false, true, is_ordered, "fields with values", FIELD_TYPES, run_min },
	{ "abs", 1, 1, false, true, has_sign, "a number", FIELD_TYPES, run_abs },
	{ 0 },
};

const struct function *function_named(const uint8_t *name, uint32_t length)
{
	for (const struct function *function = function_table; function->name; function++)
		if (strlen(function->name) == length && !memcmp(function->name, name, length))
			return function;
	return NULL;
}
