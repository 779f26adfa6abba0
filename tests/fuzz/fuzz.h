/* fuzz.h - what the fuzzers share: a capture from bytes, and everything peel does with one. */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Opens the bytes as a capture file, scans it, then takes every packet apart forwards and
 * backwards; aborts if the two passes differ. */
void fuzz_capture(const uint8_t *bytes, size_t size);

/* A pcap file that is being put together in memory. */
struct fuzz_file {
	uint8_t *bytes;
	size_t length, room;
	uint32_t packets;
};

void fuzz_file_begin(struct fuzz_file *file, uint32_t link_type);
void fuzz_file_add(struct fuzz_file *file, const uint8_t *packet, uint32_t captured,
		   uint32_t reported);
/* Runs fuzz_capture() on it and frees it. */
void fuzz_file_end(struct fuzz_file *file);

#endif
