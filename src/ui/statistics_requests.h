/* statistics_requests.h - columns of requests with their replies (DNS, HTTP), one by one and in
 * groups; private to src/ui. */
#ifndef UI_STATISTICS_REQUESTS_H
#define UI_STATISTICS_REQUESTS_H

#include "ui/statistics_screen.h"

enum lookup_column {
	LOOKUP_QUERIES,
	LOOKUP_REPLY,
	LOOKUP_TIME,
	LOOKUP_CLIENT,
	LOOKUP_SERVER,
	LOOKUP_ID,
	LOOKUP_TYPE,
	LOOKUP_NAME,
	LOOKUP_RESULT,
	LOOKUP_TOOK
};

enum request_column {
	REQUEST_PACKET,
	REQUEST_TIME,
	REQUEST_METHOD,
	REQUEST_HOST,
	REQUEST_PATH,
	REQUEST_STATUS,
	REQUEST_SIZE,
	REQUEST_TOOK
};

enum group_column {
	GROUP_OF,
	GROUP_REQUESTS,
	GROUP_UNANSWERED,
	GROUP_FAILED,
	GROUP_FAILED_SHARE,
	GROUP_RETRIED,
	GROUP_MEDIAN,
	GROUP_LATE,
	GROUP_SPREAD
};

/* Those of the tab that is shown; NULL: it has none. */
const struct exchanges *requests_of(const struct statistics_screen *s);
/* The same for a table of single requests: the one in a row of it. */
const struct exchange *request_in_row(const struct statistics_screen *s, uint32_t row);
bool is_table_of_requests(enum statistics_tab tab);

uint32_t count_requests(struct statistics_screen *s);
bool request_passes(const struct statistics_screen *s, uint32_t row);
uint32_t request_packet(const struct statistics_screen *s, uint32_t row);
double request_key(const struct statistics_screen *s, uint32_t row, unsigned column);
void request_cell(const struct statistics_screen *s, uint32_t row, unsigned column,
		  char text[TABLE_CELL_ROOM]);
void request_filter(const struct statistics_screen *s, uint32_t row, char text[TABLE_CELL_ROOM]);
double lookup_key(const struct statistics_screen *s, uint32_t row, unsigned column);
void lookup_cell(const struct statistics_screen *s, uint32_t row, unsigned column,
		 char text[TABLE_CELL_ROOM]);

uint32_t count_groups(struct statistics_screen *s);
double group_key(const struct statistics_screen *s, uint32_t row, unsigned column);
void group_cell(const struct statistics_screen *s, uint32_t row, unsigned column,
		char text[TABLE_CELL_ROOM]);
void group_filter(const struct statistics_screen *s, uint32_t row, char text[TABLE_CELL_ROOM]);

/* "5 lookups: 4 answered, 1 unanswered, 1 retried · median 188.0 ms · slowest 5.007 s (#1)". */
void requests_summary(const struct statistics_screen *s, char *text, size_t room);
/* The table that `r` shows after this one. */
enum statistics_tab next_grouping(enum statistics_tab tab);

#endif
