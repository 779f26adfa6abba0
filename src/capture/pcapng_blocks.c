/* pcapng_blocks.c - puts blocks together (draft-ietf-opsawg-pcapng). */
#include "pcapng_blocks.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

enum { OPTION_LIMIT = 65535, NANOSECONDS = 9 };

void block_buffer_free(struct block_buffer *buffer)
{
	free(buffer->bytes);
	*buffer = (struct block_buffer){ 0 };
}

uint8_t *block_buffer_add(struct block_buffer *buffer, size_t n)
{
	if (n > buffer->room - buffer->used) {
		buffer->room = (buffer->used + n) * 2;
		buffer->bytes = must_resize(buffer->bytes, buffer->room, 1);
	}
	buffer->used += n;
	return buffer->bytes + buffer->used - n;
}

static void put_u16(struct block_buffer *buffer, uint16_t number)
{
	memcpy(block_buffer_add(buffer, sizeof number), &number, sizeof number);
}

static void put_u32(struct block_buffer *buffer, uint32_t number)
{
	memcpy(block_buffer_add(buffer, sizeof number), &number, sizeof number);
}

static void put_padded(struct block_buffer *buffer, const void *bytes, size_t n)
{
	uint8_t *at = block_buffer_add(buffer, (n + 3) & ~(size_t)3);

	if (n)
		memcpy(at, bytes, n);
	memset(at + n, 0, -n & 3);
}

static void put_option(struct block_buffer *buffer, uint16_t code, const void *bytes, size_t n)
{
	if (n > OPTION_LIMIT)
		n = OPTION_LIMIT;
	put_u16(buffer, code);
	put_u16(buffer, (uint16_t)n);
	put_padded(buffer, bytes, n);
}

static void put_text_option(struct block_buffer *buffer, uint16_t code, const char *text)
{
	if (text)
		put_option(buffer, code, text, strlen(text));
}

/* Returns where the block begins, for end_block(). */
static size_t begin_block(struct block_buffer *buffer, uint32_t type)
{
	size_t start = buffer->used;

	put_u32(buffer, type);
	put_u32(buffer, 0);
	return start;
}

static void end_block(struct block_buffer *buffer, size_t start)
{
	uint32_t total = (uint32_t)(buffer->used - start) + 4;

	put_u32(buffer, total);
	memcpy(buffer->bytes + start + 4, &total, sizeof total);
}

void put_section_block(struct block_buffer *buffer, const char *application,
		       const char *const *comments, unsigned comment_count)
{
	static const int64_t unknown_length = -1;
	size_t start = begin_block(buffer, SECTION_HEADER);

	put_u32(buffer, ORDER_MAGIC);
	put_u16(buffer, 1);
	put_u16(buffer, 0);
	put_padded(buffer, &unknown_length, sizeof unknown_length);
	for (unsigned i = 0; i < comment_count; i++)
		put_text_option(buffer, OPTION_COMMENT, comments[i]);
	put_text_option(buffer, SECTION_APPLICATION, application);
	if (application || comment_count)
		put_u32(buffer, 0);
	end_block(buffer, start);
}

/* The option's first byte says that text follows, not code. */
static void put_filter(struct block_buffer *buffer, const char *filter)
{
	size_t n = strlen(filter) + 1;
	char *copy = must_alloc(n);

	copy[0] = 0;
	memcpy(copy + 1, filter, n - 1);
	put_option(buffer, INTERFACE_FILTER, copy, n);
	free(copy);
}

void put_interface_block(struct block_buffer *buffer, const struct capture_interface *interface)
{
	static const uint8_t nanoseconds = NANOSECONDS;
	size_t start = begin_block(buffer, BLOCK_INTERFACE);

	put_u16(buffer, interface->link_type);
	put_u16(buffer, 0);
	put_u32(buffer, interface->snap_length);
	put_text_option(buffer, INTERFACE_NAME, interface->name);
	put_text_option(buffer, INTERFACE_DESCRIPTION, interface->description);
	if (interface->nanoseconds)
		put_option(buffer, INTERFACE_RESOLUTION, &nanoseconds, 1);
	if (interface->filter)
		put_filter(buffer, interface->filter);
	put_text_option(buffer, INTERFACE_OS, interface->system);
	if (interface->fcs_bytes)
		put_option(buffer, INTERFACE_FCS_LENGTH, &interface->fcs_bytes, 1);
	if (interface->offset_seconds)
		put_option(buffer, INTERFACE_TIME_OFFSET, &interface->offset_seconds, 8);
	put_text_option(buffer, INTERFACE_HARDWARE, interface->hardware);
	put_u32(buffer, 0);
	end_block(buffer, start);
}

static void put_notes(struct block_buffer *buffer, const struct packet_notes *notes)
{
	const char *comment = notes->comments;

	for (uint32_t i = 0; i < notes->comment_count; i++, comment += strlen(comment) + 1)
		put_text_option(buffer, OPTION_COMMENT, comment);
	if (notes->said & NOTE_FLAGS)
		put_option(buffer, PACKET_FLAGS, &notes->flags, 4);
	if (notes->said & NOTE_LOST)
		put_option(buffer, PACKET_LOST, &notes->lost, 8);
	if (notes->said & NOTE_ID)
		put_option(buffer, PACKET_ID, &notes->id, 8);
	if (notes->said & NOTE_QUEUE)
		put_option(buffer, PACKET_QUEUE, &notes->queue, 4);
	if (notes->said || notes->comment_count)
		put_u32(buffer, 0);
}

void put_packet_block(struct block_buffer *buffer, uint32_t interface, uint64_t ticks,
		      const struct record *record, const uint8_t *bytes, const struct packet_notes *notes)
{
	size_t start = begin_block(buffer, BLOCK_PACKET);

	put_u32(buffer, interface);
	put_u32(buffer, (uint32_t)(ticks >> 32));
	put_u32(buffer, (uint32_t)ticks);
	put_u32(buffer, record->captured);
	put_u32(buffer, record->reported);
	put_padded(buffer, bytes, record->captured);
	if (notes)
		put_notes(buffer, notes);
	end_block(buffer, start);
}

void put_simple_packet_block(struct block_buffer *buffer, const struct record *record,
			     const uint8_t *bytes)
{
	size_t start = begin_block(buffer, BLOCK_SIMPLE_PACKET);

	put_u32(buffer, record->reported);
	put_padded(buffer, bytes, record->captured);
	end_block(buffer, start);
}

void put_statistics_block(struct block_buffer *buffer, uint32_t interface, uint64_t ticks,
			  uint64_t received, uint64_t dropped)
{
	size_t start = begin_block(buffer, BLOCK_STATISTICS);

	put_u32(buffer, interface);
	put_u32(buffer, (uint32_t)(ticks >> 32));
	put_u32(buffer, (uint32_t)ticks);
	put_option(buffer, STATISTICS_RECEIVED, &received, sizeof received);
	put_option(buffer, STATISTICS_DROPPED, &dropped, sizeof dropped);
	put_u32(buffer, 0);
	end_block(buffer, start);
}

void put_name_block(struct block_buffer *buffer, const struct capture_name *name)
{
	size_t start = begin_block(buffer, BLOCK_NAMES), n = strlen(name->name) + 1;

	if (n > OPTION_LIMIT - sizeof name->address)
		n = OPTION_LIMIT - sizeof name->address;
	put_u16(buffer, name->size == 4 ? NAME_IPV4 : NAME_IPV6);
	put_u16(buffer, (uint16_t)(name->size + n));
	memcpy(block_buffer_add(buffer, name->size), name->address, name->size);
	put_padded(buffer, name->name, n);
	put_u32(buffer, 0);
	end_block(buffer, start);
}

void put_secrets_block(struct block_buffer *buffer, const struct capture_secret *secret)
{
	size_t start = begin_block(buffer, BLOCK_SECRETS);

	put_u32(buffer, secret->type);
	put_u32(buffer, secret->length);
	put_padded(buffer, secret->bytes, secret->length);
	end_block(buffer, start);
}
