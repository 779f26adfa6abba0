/* arithmetic.c - + - * / % and & on values.
 *
 * The left value's type decides.  What does not fit its 32 or 64 bits has no result; only a
 * difference below zero becomes a signed number. */
#include <string.h>

#include "value.h"

bool type_can(enum field_type type, enum arithmetic arithmetic)
{
	switch (type_family(type)) {
	case FAMILY_INTEGER:
		return type != FIELD_BOOL;
	case FAMILY_REAL:
		return arithmetic != ARITHMETIC_MODULO && arithmetic != ARITHMETIC_MASK;
	case FAMILY_DURATION:
		return arithmetic == ARITHMETIC_ADD || arithmetic == ARITHMETIC_SUBTRACT ||
		       arithmetic == ARITHMETIC_NEGATE;
	case FAMILY_IPV4:
	case FAMILY_IPV6:
	case FAMILY_BYTES:
		return arithmetic == ARITHMETIC_MASK;
	default:
		return false;
	}
}

static enum field_type signed_type(enum field_type type)
{
	return type_is_wide(type) ? FIELD_I64 : FIELD_I32;
}

static bool fits_signed(enum field_type type, int64_t value)
{
	return type_is_wide(type) || (value >= INT32_MIN && value <= INT32_MAX);
}

static bool fits_unsigned(enum field_type type, uint64_t value)
{
	return type_is_wide(type) || value <= UINT32_MAX;
}

static bool subtract_unsigned(const struct value *left, uint64_t right, struct value *result)
{
	if (left->number >= right) {
		result->number = left->number - right;
		return true;
	}
	uint64_t below = right - left->number;
	/* Both as signed numbers. */
	if (right > (type_is_wide(left->type) ? (uint64_t)INT64_MAX : INT32_MAX))
		return false;
	result->type = (uint8_t)signed_type(left->type);
	result->number = -below;
	return true;
}

static bool calculate_unsigned(enum arithmetic arithmetic, const struct value *left, uint64_t right,
			       struct value *result)
{
	uint64_t *to = &result->number;

	switch (arithmetic) {
	case ARITHMETIC_ADD:
		return !__builtin_add_overflow(left->number, right, to) &&
		       fits_unsigned(left->type, *to);
	case ARITHMETIC_SUBTRACT:
		return subtract_unsigned(left, right, result);
	case ARITHMETIC_MULTIPLY:
		return !__builtin_mul_overflow(left->number, right, to) &&
		       fits_unsigned(left->type, *to);
	case ARITHMETIC_DIVIDE:
		*to = right ? left->number / right : 0;
		return right != 0;
	case ARITHMETIC_MODULO:
		*to = right ? left->number % right : 0;
		return right != 0;
	default:
		return false;
	}
}

static bool calculate_signed(enum arithmetic arithmetic, enum field_type type, int64_t left,
			     int64_t right, int64_t *to)
{
	switch (arithmetic) {
	case ARITHMETIC_ADD:
		return !__builtin_add_overflow(left, right, to) && fits_signed(type, *to);
	case ARITHMETIC_SUBTRACT:
		return !__builtin_sub_overflow(left, right, to) && fits_signed(type, *to);
	case ARITHMETIC_MULTIPLY:
		return !__builtin_mul_overflow(left, right, to) && fits_signed(type, *to);
	case ARITHMETIC_DIVIDE:
	case ARITHMETIC_MODULO:
		if (!right || (right == -1 && left == INT64_MIN))
			return false;
		*to = arithmetic == ARITHMETIC_DIVIDE ? left / right : left % right;
		return fits_signed(type, *to);
	default:
		return false;
	}
}

static bool integers(enum arithmetic arithmetic, const struct value *left,
		     const struct value *right, struct value *result)
{
	bool is_signed = type_is_signed(left->type);
	int64_t made;

	if (arithmetic == ARITHMETIC_MASK) {
		result->number = left->number & right->number;
		if (!is_signed && !type_is_wide(left->type))
			result->number &= UINT32_MAX;
		return true;
	}
	/* The right one as the left one's type has it. */
	if (is_signed != type_is_signed(right->type) && (int64_t)right->number < 0)
		return false;
	if (!is_signed)
		return calculate_unsigned(arithmetic, left, right->number, result);
	if (!fits_signed(left->type, (int64_t)right->number))
		return false;
	if (!calculate_signed(arithmetic, left->type, (int64_t)left->number, (int64_t)right->number,
			      &made))
		return false;
	result->number = (uint64_t)made;
	return true;
}

static bool reals(enum arithmetic arithmetic, double left, double right, double *to)
{
	switch (arithmetic) {
	case ARITHMETIC_ADD:
		*to = left + right;
		return true;
	case ARITHMETIC_SUBTRACT:
		*to = left - right;
		return true;
	case ARITHMETIC_MULTIPLY:
		*to = left * right;
		return true;
	case ARITHMETIC_DIVIDE:
		*to = left / right;
		return true;
	default:
		return false;
	}
}

static bool durations(enum arithmetic arithmetic, const struct value *left,
		      const struct value *right, struct value *result)
{
	int64_t a = (int64_t)left->number, b = (int64_t)right->number, made;
	bool over = arithmetic == ARITHMETIC_ADD ? __builtin_add_overflow(a, b, &made)
						 : __builtin_sub_overflow(a, b, &made);

	result->number = (uint64_t)made;
	return !over;
}

/* As far as both have bytes. */
static void mask_bytes(struct arena *arena, const struct value *left, const struct value *right,
		       uint32_t n, struct value *result)
{
	uint8_t *bytes = arena_alloc(arena, n + 1);

	for (uint32_t i = 0; i < n; i++)
		bytes[i] = left->bytes[i] & right->bytes[i];
	result->bytes = bytes;
	result->length = n;
}

bool value_arithmetic(struct arena *arena, enum arithmetic arithmetic, const struct value *left,
		      const struct value *right, struct value *result)
{
	uint32_t shorter = left->length < right->length ? left->length : right->length;

	*result = *left;
	switch (type_family(left->type)) {
	case FAMILY_INTEGER:
		return integers(arithmetic, left, right, result);
	case FAMILY_REAL:
		return reals(arithmetic, left->real, right->real, &result->real);
	case FAMILY_DURATION:
		return durations(arithmetic, left, right, result);
	case FAMILY_IPV4:
		result->number = left->number & right->number;
		return true;
	case FAMILY_IPV6:
		mask_bytes(arena, left, right, 16, result);
		return true;
	case FAMILY_BYTES:
		mask_bytes(arena, left, right, shorter, result);
		return true;
	default:
		return false;
	}
}

static bool negate_unsigned(const struct value *value, struct value *result)
{
	uint64_t most = type_is_wide(value->type) ? (uint64_t)INT64_MAX : INT32_MAX;

	result->type = (uint8_t)signed_type(value->type);
	result->number = -value->number;
	return value->number <= most;
}

bool value_negate(const struct value *value, struct value *result)
{
	*result = *value;
	switch (type_family(value->type)) {
	case FAMILY_INTEGER:
		if (!type_is_signed(value->type))
			return negate_unsigned(value, result);
		result->number = -value->number;
		return (int64_t)value->number != INT64_MIN &&
		       fits_signed(value->type, (int64_t)result->number);
	case FAMILY_REAL:
		result->real = -value->real;
		return true;
	case FAMILY_DURATION:
		result->number = -value->number;
		return (int64_t)value->number != INT64_MIN;
	default:
		return false;
	}
}
