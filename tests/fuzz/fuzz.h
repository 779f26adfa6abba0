/* fuzz.h - what the fuzzers share. */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Opens the bytes as a capture file, reads it once, judges what can be judged, then takes every packet
 * apart and prints it, and takes them apart backwards; aborts if the passes differ, or a row with its fields
 * and without them, or if a tree is not sound. */
void fuzz_capture(const uint8_t *bytes, size_t size);

#endif
