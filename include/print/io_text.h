/* io_text.h - columns over time as tshark's -z io,stat lays them out. */
#ifndef PRINT_IO_TEXT_H
#define PRINT_IO_TEXT_H

#include <stdio.h>

#include "session/io_series.h"

struct io_column {
	const struct io_series *series;
	const char *title; /* "SUM(tcp.len)tcp.len", or the filter; "": none */
};

/* `duration_ns`: from the first to the last packet. */
void print_io(FILE *out, const struct io_column *columns, unsigned count, int64_t duration_ns);

#endif
