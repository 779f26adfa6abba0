/* latest_rows.h - the last row of a table that a key stands for; private to src/session. */
#ifndef SESSION_LATEST_ROWS_H
#define SESSION_LATEST_ROWS_H

#include <stddef.h>
#include <stdint.h>

/* Zeroed: empty.  Keys are kept as their seeded hash: 64 bits that nobody outside can make equal.
 */
struct latest_rows {
	struct latest_row {
		uint64_t key;
		uint32_t row; /* + 1; 0: free */
	} * slots;
	uint32_t count, room;
};

void latest_rows_free(struct latest_rows *latest);
/* UINT32_MAX: none yet. */
uint32_t latest_row_of(const struct latest_rows *latest, const void *key, size_t n);
void latest_row_set(struct latest_rows *latest, const void *key, size_t n, uint32_t row);

#endif
