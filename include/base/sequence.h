/* sequence.h - numbers that wrap around at 2^32, as TCP's do (RFC 9293, 3.4). */
#ifndef BASE_SEQUENCE_H
#define BASE_SEQUENCE_H

#include <stdbool.h>
#include <stdint.h>

/* How far behind `from` is `to`; negative: before it. */
static inline int32_t sequence_distance(uint32_t from, uint32_t to)
{
	return (int32_t)(to - from);
}

static inline bool sequence_before(uint32_t a, uint32_t b)
{
	return sequence_distance(a, b) > 0;
}

#endif
