/* hash.c - a seeded hash of bytes: two 64-bit words a round, folded from a 128-bit
 * product.  The seed is the kernel's, fixed before main() runs. */
#include "base/hash.h"

#include <string.h>
#include <sys/auxv.h>

__extension__ typedef unsigned __int128 wide;

static uint64_t seed[2] = { 0x9e3779b97f4a7c15u, 0xc2b2ae3d27d4eb4fu };

static void __attribute__((constructor)) take_seed(void)
{
	unsigned long at = getauxval(AT_RANDOM);

	if (at)
		memcpy(seed, (const void *)at, sizeof seed);
	seed[0] |= 1;
	seed[1] |= 1;
}

static inline uint64_t fold(uint64_t a, uint64_t b)
{
	wide product = (wide)a * b;

	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static inline uint64_t load_word(const uint8_t *p, size_t n)
{
	uint64_t word = 0;

	memcpy(&word, p, n);
	return word;
}

uint64_t hash_bytes(const void *key, size_t n)
{
	const uint8_t *p = key;
	uint64_t sum = seed[0] ^ n;

	for (; n >= 16; n -= 16, p += 16)
		sum = fold(load_word(p, 8) ^ seed[1] ^ sum, load_word(p + 8, 8) ^ sum);
	if (n > 8)
		sum = fold(load_word(p, 8) ^ seed[1] ^ sum, load_word(p + 8, n - 8) ^ sum);
	else if (n)
		sum = fold(load_word(p, n) ^ seed[1] ^ sum, sum);
	return hash_number(fold(sum ^ seed[0], seed[1]));
}
