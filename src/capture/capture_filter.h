/* capture_filter.h - compiling capture filters, with errors that point at the place. */
#ifndef CAPTURE_CAPTURE_FILTER_H
#define CAPTURE_CAPTURE_FILTER_H

#include <pcap.h>
#include <stdbool.h>

#include "base/error.h"

/* The program is for pcap_freecode(). */
bool capture_filter_compile(pcap_t *pcap, const char *filter, struct bpf_program *program,
			    struct error *error);

#endif
