/* pcapng_block.h - a block of pcapng being read; private to src/capture. */
#ifndef CAPTURE_PCAPNG_BLOCK_H
#define CAPTURE_PCAPNG_BLOCK_H

#include "capture_format.h"

enum { BLOCK_HEAD = 8, BLOCK_LEAST = 12 };

/* A block that is wholly in memory, and a place in it. */
struct block {
	const uint8_t *at; /* next byte of the body or the options */
	size_t left;	   /* up to the second length */
	bool big_endian;
	uint32_t type, total;
};

struct option {
	const uint8_t *bytes;
	uint16_t code, length;
};

/* The next option; false at their end, or where they stop making sense. */
bool block_option(struct block *block, struct option *option);
/* Over n bytes and what pads them to a multiple of 4. */
void block_skip(struct block *block, size_t n);

/* Takes in a block without packets, wholly there: what it tells of those that follow.  Blocks of
 * types that are not known tell nothing. */
enum record_status pcapng_describe(struct capture_file *file, struct block *block);

/* Interface `number` of the section at work, or NULL. */
static inline struct capture_interface *section_interface(struct capture_file *file,
							  uint32_t number)
{
	if (number >= file->interface_count)
		return NULL;
	return list_item(&file->interfaces, sizeof(struct capture_interface),
			 file->first_interface + number);
}

#endif
