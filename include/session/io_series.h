/* io_series.h - packets, bytes or a field's values by intervals of time, in columns.
 *
 * Intervals are kept in one array, so their number is bounded: what comes later is left out. */
#ifndef SESSION_IO_SERIES_H
#define SESSION_IO_SERIES_H

#include "session/tally.h"

enum io_kind {
	IO_FRAMES_AND_BYTES,
	IO_FRAMES,
	IO_BYTES,
	IO_COUNT, /* of a field's values, as those that follow */
	IO_SUM,
	IO_MIN,
	IO_MAX,
	IO_AVG,
	IO_LOAD, /* how much of the interval was spent on what took that long */
	IO_KINDS,
};

enum { IO_INTERVALS = 1 << 22 };

/* Of one column in one interval. */
struct io_cell {
	uint64_t frames, bytes, values;
	uint32_t first; /* packet that was counted; 0: none */
	union io_value {
		int64_t whole; /* also nanoseconds */
		double real;
	} sum, least, largest;
};

struct io_series;

/* `interval_ns` 0: all of the capture is one.  `field`: a registry number, for kinds that have one.
 */
struct io_series *io_series_new(int64_t interval_ns, enum io_kind kind, int field);
void io_series_free(struct io_series *series);
/* Every packet that passes the filter counts; the filter must outlive the tally. */
void io_series_join(struct io_series *series, struct tally *tally, const struct filter *filter);

enum io_kind io_series_kind(const struct io_series *series);
int64_t io_series_interval(const struct io_series *series);
/* Has the field values that are fractions?  Or durations? */
bool io_series_is_real(const struct io_series *series);
bool io_series_is_time(const struct io_series *series);
/* Intervals up to the last one that has a packet. */
uint32_t io_series_count(const struct io_series *series);
/* Packets came after the last interval that can be kept. */
bool io_series_is_cut(const struct io_series *series);
/* Zeros where nothing was counted. */
struct io_cell io_series_cell(const struct io_series *series, uint32_t interval);
/* For IO_LOAD: nanoseconds spent within each interval, of io_series_count(); to be freed. */
int64_t *io_series_load(const struct io_series *series);

#endif
