/* verdicts.h - verdicts as text, as JSON and as TAP, the Test Anything Protocol. */
#ifndef PRINT_VERDICTS_H
#define PRINT_VERDICTS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "session/verify.h"

enum verdict_format { VERDICTS_TEXT, VERDICTS_JSON, VERDICTS_TAP };

struct verdict_printer {
	FILE *out;
	enum verdict_format format;
	const struct verify_kind *kind;
	const char *path; /* of the capture; NULL: it is not kept */
	bool everything;  /* -V: every sentence on a line of its own, and the details */
	bool only_summary;
	uint32_t count; /* printed so far */
};

void verdicts_begin(struct verdict_printer *printer);
void verdicts_print(struct verdict_printer *printer, const struct verdict *verdict);
/* `problem`: what is wrong with the capture; "": nothing. */
void verdicts_end(struct verdict_printer *printer, const struct verify_counts *counts,
		  const char *problem);

#endif
