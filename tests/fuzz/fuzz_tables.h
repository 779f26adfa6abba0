/* fuzz_tables.h - what the first byte of an input chooses, for the fuzzers and their seeds. */
#ifndef FUZZ_FUZZ_TABLES_H
#define FUZZ_FUZZ_TABLES_H

#include <stdint.h>

static const uint16_t fuzz_link_types[] = { 1, 0, 9, 101, 105, 108, 113, 228, 229, 276 };
static const uint16_t fuzz_ports[] = {
	80, 21, 25, 53, 110, 143, 443, 22, 23, 43, 587, 6881, 8080, 9
};

enum {
	FUZZ_LINK_TYPES = sizeof(fuzz_link_types) / sizeof(fuzz_link_types[0]),
	FUZZ_PORTS = sizeof(fuzz_ports) / sizeof(fuzz_ports[0]),
};

#endif
