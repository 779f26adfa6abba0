/* bitmap.h - sets of small numbers, one bit each. */
#ifndef BASE_BITMAP_H
#define BASE_BITMAP_H

#include <stdbool.h>
#include <stdint.h>

static inline bool bitmap_has(const uint8_t *bitmap, uint32_t n)
{
	return bitmap[n >> 3] >> (n & 7) & 1;
}

static inline void bitmap_add(uint8_t *bitmap, uint32_t n)
{
	bitmap[n >> 3] = (uint8_t)(bitmap[n >> 3] | 1u << (n & 7));
}

#endif
