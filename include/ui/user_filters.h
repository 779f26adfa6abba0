/* user_filters.h - filters that outlive peel: those that were used, and those that have names. */
#ifndef UI_USER_FILTERS_H
#define UI_USER_FILTERS_H

#include "ui/filter_bar.h"

/* As the newest, and only once.  False: it is that already, or empty. */
bool filter_history_add(struct filter_history *history, const char *text);
/* The newest before number `from` that has this in it, whatever its case; 0: none. */
unsigned filter_history_search(const struct filter_history *history, unsigned from,
			       const char *inside);
/* The newest before number `from` (counted from 1; 0: the end) that begins so; 0: none. */
unsigned filter_history_find(const struct filter_history *history, unsigned from,
			     const char *begins);
void filter_history_read(struct filter_history *history);
/* Does nothing unless `remembers`. */
void filter_history_write(const struct filter_history *history, bool remembers);
void filter_history_free(struct filter_history *history);

/* From lines "name = filter" of the file filters among the user's configuration. */
void saved_filters_read(struct saved_filters *saved);
/* Under a name, in place of one that had it; an empty text takes it away. */
void saved_filters_set(struct saved_filters *saved, const char *name, const char *text);
bool saved_filters_write(const struct saved_filters *saved);
void saved_filters_free(struct saved_filters *saved);

#endif
