/* traffic.h - the parts of make_traffic. */
#ifndef BENCH_TRAFFIC_H
#define BENCH_TRAFFIC_H

#include <stdint.h>

uint32_t random_below(uint32_t limit);
void write_frame(const uint8_t *frame, uint32_t captured, uint32_t reported);

void write_lower(uint32_t count);
void write_stream(uint32_t count);
void write_full(uint32_t count, char **paths);

#endif
