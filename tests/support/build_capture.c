/* build_capture.c - files in memory, for tests that would else need many small ones. */
#include "support/build_capture.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "session/session.h"

static void put_le32(uint8_t *p, uint32_t value)
{
	for (unsigned i = 0; i < 4; i++)
		p[i] = (uint8_t)(value >> (8 * i));
}

static uint8_t *more_room(struct built_capture *capture, size_t n)
{
	if (n > capture->room - capture->length) {
		capture->room = capture->room * 2 + n;
		capture->bytes = realloc(capture->bytes, capture->room);
		if (!capture->bytes)
			abort();
	}
	capture->length += n;
	return capture->bytes + capture->length - n;
}

void capture_begin(struct built_capture *capture, uint32_t link_type)
{
	static const uint8_t start[] = { 0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0 };
	uint8_t *header;

	*capture = (struct built_capture){ 0 };
	header = more_room(capture, 24);
	memset(header, 0, 24);
	memcpy(header, start, sizeof(start));
	put_le32(header + 16, 1 << 18);
	put_le32(header + 20, link_type);
}

void capture_add(struct built_capture *capture, const uint8_t *packet, uint32_t captured,
		 uint32_t reported)
{
	uint8_t *record = more_room(capture, 16 + captured);
	uint64_t us = capture->packets * UINT64_C(1000) + capture->late_us;

	put_le32(record, (uint32_t)(1700000000 + us / 1000000));
	put_le32(record + 4, (uint32_t)(us % 1000000));
	put_le32(record + 8, captured);
	put_le32(record + 12, reported);
	if (captured)
		memcpy(record + 16, packet, captured);
	capture->packets++;
}

void capture_write(const struct built_capture *capture, char *path)
{
	int fd = mkstemp(path);

	if (fd < 0 || write(fd, capture->bytes, capture->length) != (ssize_t)capture->length)
		abort();
	close(fd);
}

void capture_free(struct built_capture *capture)
{
	free(capture->bytes);
	*capture = (struct built_capture){ 0 };
}

struct capture_file *open_bytes(const uint8_t *bytes, size_t size, struct error *error)
{
	char path[64];
	int fd = memfd_create("capture", MFD_CLOEXEC);

	if (fd < 0 || write(fd, bytes, size) != (ssize_t)size)
		abort();
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	struct capture_file *file = capture_file_open(path, error);
	close(fd);
	return file;
}

struct session *scan_bytes(const uint8_t *bytes, size_t size, struct error *error)
{
	struct capture_file *file = open_bytes(bytes, size, error);

	if (!file)
		return NULL;
	struct session *session = session_new(file);
	while (session_scan(session, 1000, true) == SCAN_MORE)
		;
	return session;
}

uint32_t bytes_of(const char *hex, uint8_t *out)
{
	uint32_t n = 0;
	unsigned byte;

	for (; *hex; hex += *hex == ' ' ? 1 : 2)
		if (*hex != ' ' && sscanf(hex, "%2x", &byte) == 1)
			out[n++] = (uint8_t)byte;
	return n;
}
