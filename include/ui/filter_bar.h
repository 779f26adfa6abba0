/* filter_bar.h - the line in which a display filter is typed, and what it knows while one types:
 * whether it is valid, how many packets it would show, and how words could go on. */
#ifndef UI_FILTER_BAR_H
#define UI_FILTER_BAR_H

#include "ui/field_counter.h"
#include "ui/filter_completion.h"
#include "ui/line_edit.h"
#include "ui/packet_filter.h"

enum { FILTERS_KEPT = 100 };

/* Filters used before, the newest last; `at` says where in it one is. */
struct filter_history {
	char *texts[FILTERS_KEPT];
	unsigned count, at;
};

struct filter_bar {
	bool open;
	struct line_edit line;
	bool valid;		      /* the line compiles */
	struct filter_error error;    /* why not */
	struct packet_filter preview; /* of the line, to count with */
	int64_t preview_at;	      /* when to start it; INT64_MAX: not to be */
	struct completion completion; /* how the word at the cursor could go on */
	unsigned recalled; /* of the history, counted from 1; 0: what is in the line was typed */
	char typed[LINE_ROOM];	      /* before others were recalled */
	bool searching;		      /* backwards in what was used, by ^R... */
	struct line_edit needle;      /* ...for filters that have this in them */
	struct field_counter counter; /* of the fields that are offered */
	char *before;		      /* set when it was opened, if it is applied while typed */
	bool before_off;
};

#endif
