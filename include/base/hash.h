/* hash.h - hashing of keys made of bytes, and a hash table from keys to numbers.
 *
 * Keys come from the network, so the hash is seeded: nobody outside can choose
 * packets that all fall into one slot. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

uint64_t hash_bytes(const void *key, size_t n);

static inline uint64_t hash_number(uint64_t n)
{
	n ^= n >> 32;
	n *= 0xd6e8feb86659fd93u;
	n ^= n >> 32;
	n *= 0xd6e8feb86659fd93u;
	return n ^ n >> 32;
}

#endif
