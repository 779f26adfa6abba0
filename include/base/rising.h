/* rising.h - rows in the rising order of a number that each has. */
#ifndef BASE_RISING_H
#define BASE_RISING_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The first of `count` rows of `size` bytes whose number, a uint32_t `offset` bytes into the row, is
 * `number` or more, by halving; count: none is. */
static inline uint32_t rising_place(const void *rows, size_t size, size_t offset, uint32_t count,
				    uint32_t number)
{
	uint32_t low = 0, high = count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2, at;

		memcpy(&at, (const uint8_t *)rows + middle * size + offset, sizeof at);
		if (at < number)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

#endif
