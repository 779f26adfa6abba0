/* build_capture.h - a pcap file put together in memory, and opened as any other. */
#ifndef SUPPORT_BUILD_CAPTURE_H
#define SUPPORT_BUILD_CAPTURE_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct capture_file;
struct session;

struct built_capture {
	uint8_t *bytes;
	size_t length, room;
	uint32_t packets;
	uint64_t late_us; /* more than the millisecond after the one before; adds up */
};

void capture_begin(struct built_capture *capture, uint32_t link_type);
/* A millisecond after the one before. */
void capture_add(struct built_capture *capture, const uint8_t *packet, uint32_t captured,
		 uint32_t reported);
/* To a new file; `path` ends with XXXXXX, which become something else. */
void capture_write(const struct built_capture *capture, char *path);
void capture_free(struct built_capture *capture);

/* What the digits say, blanks left out; how many bytes. */
uint32_t bytes_of(const char *hex, uint8_t *out);

/* The bytes as a file without a name; NULL: see error. */
struct capture_file *open_bytes(const uint8_t *bytes, size_t size, struct error *error);
/* The same, scanned to its end. */
struct session *scan_bytes(const uint8_t *bytes, size_t size, struct error *error);

#endif
