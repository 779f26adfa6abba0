/* der.c - reading elements of ASN.1. */
#include "der.h"

bool take_der(struct cursor *c, struct der *der)
{
	uint32_t left = cursor_left(c), head = 2, length;
	const uint8_t *at;

	if (left < 2 || !cursor_peek(c, 0, left, &at))
		return false;
	length = at[1];
	if (length & 0x80) {
		uint32_t n = length & 0x7f;
		if (!n || n > 4 || n > left - 2)
			goto damaged;
		length = 0;
		for (uint32_t i = 0; i < n; i++)
			length = length << 8 | at[2 + i];
		head += n;
	}
	/* Tags of several bytes are not used here. */
	if ((at[0] & 0x1f) == 0x1f || length > left - head)
		goto damaged;
	cursor_skip(c, head);
	*der = (struct der){ at[0], at + head, c->pos, length, cursor_split(c, length) };
	return true;
damaged:
	cursor_skip(c, left);
	return false;
}

bool take_tagged(struct cursor *c, uint8_t tag, struct der *der)
{
	const uint8_t *at;

	return cursor_peek(c, 0, 1, &at) && at[0] == tag && take_der(c, der);
}

uint32_t count_elements(struct cursor c)
{
	struct der der;
	uint32_t count = 0;

	while (take_der(&c, &der))
		count++;
	return count;
}

static uint64_t shift_in(uint64_t value, const struct der *der)
{
	enum { NUMBER_BYTES = 9 };

	for (uint32_t i = 0; i < der->length && i < NUMBER_BYTES; i++)
		value = value << 8 | der->bytes[i];
	return value;
}

int64_t der_signed(const struct der *der)
{
	bool is_negative = der->length && der->bytes[0] & 0x80;

	return (int64_t)shift_in(is_negative ? UINT64_MAX : 0, der);
}

uint64_t der_unsigned(const struct der *der)
{
	return shift_in(0, der);
}
