/* pcapng_blocks.h - the numbers of pcapng (draft-ietf-opsawg-pcapng), and blocks appended
 * to a buffer, in host byte order. */
#ifndef CAPTURE_PCAPNG_BLOCKS_H
#define CAPTURE_PCAPNG_BLOCKS_H

#include <stddef.h>
#include <stdint.h>

#include "capture/capture_file.h"

enum {
	SECTION_HEADER = 0x0a0d0d0a, ORDER_MAGIC = 0x1a2b3c4d,
	BLOCK_INTERFACE = 1, BLOCK_OLD_PACKET = 2, BLOCK_SIMPLE_PACKET = 3, BLOCK_NAMES = 4,
	BLOCK_STATISTICS = 5, BLOCK_PACKET = 6, BLOCK_SECRETS = 10,
};

enum {
	OPTION_END = 0, OPTION_COMMENT = 1,
	SECTION_HARDWARE = 2, SECTION_OS = 3, SECTION_APPLICATION = 4,
	INTERFACE_NAME = 2, INTERFACE_DESCRIPTION = 3, INTERFACE_RESOLUTION = 9,
	INTERFACE_FILTER = 11, INTERFACE_OS = 12, INTERFACE_FCS_LENGTH = 13,
	INTERFACE_TIME_OFFSET = 14, INTERFACE_HARDWARE = 15,
	PACKET_FLAGS = 2, PACKET_LOST = 4, PACKET_ID = 5, PACKET_QUEUE = 6,
	STATISTICS_RECEIVED = 4, STATISTICS_DROPPED = 5,
	NAME_IPV4 = 1, NAME_IPV6 = 2,   /* kinds of records in a block of names */
};

struct block_buffer {
	uint8_t *bytes;                 /* zeroed: empty; grows */
	size_t used, room;
};

void block_buffer_free(struct block_buffer *buffer);
/* n more bytes, not cleared. */
uint8_t *block_buffer_add(struct block_buffer *buffer, size_t n);

/* `comments` may be NULL; all are kept. */
void put_section_block(struct block_buffer *buffer, const char *application,
		       const char *const *comments, unsigned comment_count);
/* Its time stamps are in nanoseconds if the interface's are finer than microseconds. */
void put_interface_block(struct block_buffer *buffer, const struct capture_interface *interface);
/* `ticks` since the interface's offset; `notes` may be NULL. */
void put_packet_block(struct block_buffer *buffer, uint32_t interface, uint64_t ticks,
		      const struct record *record, const uint8_t *bytes, const struct packet_notes *notes);
void put_simple_packet_block(struct block_buffer *buffer, const struct record *record,
			     const uint8_t *bytes);
void put_statistics_block(struct block_buffer *buffer, uint32_t interface, uint64_t ticks,
			  uint64_t received, uint64_t dropped);
void put_name_block(struct block_buffer *buffer, const struct capture_name *name);
void put_secrets_block(struct block_buffer *buffer, const struct capture_secret *secret);

#endif
