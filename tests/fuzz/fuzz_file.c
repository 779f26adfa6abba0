/* fuzz_file.c - any bytes as a capture file. */
#include "fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_capture(data, size);
	return 0;
}
