/* fuzz_packet.c - any bytes as packets: a byte for the link type, then each packet's length in
 * two bytes (the top bit: more was sent than captured) and the packet. */
#include "fuzz/fuzz.h"
#include "fuzz/fuzz_tables.h"

#include "support/build_capture.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct built_capture file;
	size_t pos = 1;

	if (!size)
		return 0;
	capture_begin(&file, fuzz_link_types[data[0] % FUZZ_LINK_TYPES]);
	while (size - pos >= 2) {
		uint32_t length = (data[pos] & 0x7fU) << 8 | data[pos + 1];
		uint32_t unseen = data[pos] & 0x80 ? 64 : 0;
		pos += 2;
		if (length > size - pos)
			length = (uint32_t)(size - pos);
		capture_add(&file, data + pos, length, length + unseen);
		pos += length;
	}
	fuzz_capture(file.bytes, file.length);
	capture_free(&file);
	return 0;
}
