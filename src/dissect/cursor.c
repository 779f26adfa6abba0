/* cursor.c - the parts of a cursor that are not worth inlining. */
#include "dissect/cursor.h"

void cursor_fail(struct cursor *c, uint32_t n)
{
	if (*c->fault != FAULT_NONE)
		return;
	*c->fault = n > c->reported - c->pos ? FAULT_MALFORMED : FAULT_CUT_SHORT;
}

struct cursor cursor_split(struct cursor *parent, uint32_t n)
{
	struct cursor part = *parent;

	if (!cursor_ok(parent))
		n = 0;
	if (n < part.reported - part.pos)
		part.reported = part.pos + n;
	if (part.captured > part.reported)
		part.captured = part.reported;
	parent->pos = part.captured;
	return part;
}

struct cursor cursor_cut_tail(struct cursor *c, uint32_t n)
{
	struct cursor tail = *c;

	if (!cursor_ok(c))
		n = 0;
	if (n > c->reported - c->pos)
		n = c->reported - c->pos;
	c->reported -= n;
	if (c->captured > c->reported)
		c->captured = c->reported;
	tail.pos = c->reported < tail.captured ? c->reported : tail.captured;
	return tail;
}
