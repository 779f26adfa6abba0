/* range.h - several rows, or bytes, that are chosen together: from where it was begun to the
 * selected one. */
#ifndef UI_RANGE_H
#define UI_RANGE_H

#include <stdint.h>

enum range_kind { RANGE_NONE, RANGE_ROWS, RANGE_BYTES };

struct range {
	enum range_kind kind;
	uint32_t packet; /* it was begun in */
	unsigned buffer;
	uint32_t byte; /* of RANGE_BYTES */
};

#endif
