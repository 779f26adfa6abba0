/* io_series.c - one column of counts over time. */
#include "session/io_series.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "dissect/registry.h"

/* Time spent: in a part of an interval, and how many more than before spent all of it. */
struct load {
	int64_t part_ns;
	int64_t whole_more;
};

struct io_series {
	enum io_kind kind;
	int64_t interval_ns;
	int field; /* -1: none */
	enum field_type type;
	struct counter counter;
	const char *fields[2];
	struct io_cell *cells;
	struct load *loads;
	uint32_t count, room;
	bool is_cut;
};

static bool must_look(void *state, const struct tally_packet *packet)
{
	(void)packet;
	return ((const struct io_series *)state)->field >= 0;
}

static void *grown(void *array, uint32_t old, uint32_t room, size_t size)
{
	array = must_resize(array, room, size);
	memset((char *)array + old * size, 0, (room - old) * size);
	return array;
}

static void make_room(struct io_series *series, uint32_t interval)
{
	uint32_t old = series->room;

	if (interval < series->room)
		return;
	series->room = old ? old : 64;
	while (series->room <= interval)
		series->room *= 2;
	series->cells = grown(series->cells, old, series->room, sizeof *series->cells);
	if (series->kind == IO_LOAD)
		series->loads = grown(series->loads, old, series->room, sizeof *series->loads);
}

/* False: it is one too many. */
static bool find_interval(struct io_series *series, int64_t since_ns, uint32_t *interval)
{
	int64_t n = series->interval_ns && since_ns > 0 ? since_ns / series->interval_ns : 0;

	if (n >= IO_INTERVALS) {
		series->is_cut = true;
		return false;
	}
	*interval = (uint32_t)n;
	make_room(series, *interval);
	if (*interval >= series->count)
		series->count = *interval + 1;
	return true;
}

/* What ends now and took `ns`: part of this interval, all of those before, and part of one. */
static void add_load(struct io_series *series, uint32_t interval, int64_t since_ns, int64_t ns)
{
	int64_t within = series->interval_ns ? since_ns - interval * series->interval_ns : since_ns;
	struct load *loads = series->loads;

	if (ns <= 0)
		return;
	if (ns <= within || !interval) {
		loads[interval].part_ns += ns < within ? ns : within;
		return;
	}
	loads[interval].part_ns += within;
	ns -= within;
	int64_t whole = ns / series->interval_ns;
	if (whole > interval)
		whole = interval;
	uint32_t first = interval - (uint32_t)whole;
	loads[first].whole_more++;
	loads[interval].whole_more--;
	if (first)
		loads[first - 1].part_ns += ns - whole * series->interval_ns;
}

static bool is_less(const struct io_series *series, union io_value a, union io_value b)
{
	return series->type == FIELD_DOUBLE ? a.real < b.real : a.whole < b.whole;
}

static void add_value(const struct io_series *series, struct io_cell *cell, union io_value value)
{
	if (!cell->values || is_less(series, value, cell->least))
		cell->least = value;
	if (!cell->values || is_less(series, cell->largest, value))
		cell->largest = value;
	cell->values++;
	if (series->type == FIELD_DOUBLE)
		cell->sum.real += value.real;
	else
		cell->sum.whole = (int64_t)((uint64_t)cell->sum.whole + (uint64_t)value.whole);
}

static void add_values(struct io_series *series, uint32_t interval,
		       const struct tally_packet *packet)
{
	const struct dissection *d = packet->d;

	for (uint32_t i = 0; i < d->node_count; i++) {
		const struct node *node = &d->nodes[i];
		union io_value value = { .whole = (int64_t)node->value.number };

		if (node->field != series->field)
			continue;
		if (series->type == FIELD_DOUBLE)
			value.real = node->value.real;
		if (series->kind == IO_LOAD)
			add_load(series, interval, packet->since_ns, value.whole);
		else
			add_value(series, &series->cells[interval], value);
	}
}

static void count_packet(void *state, const struct tally_packet *packet)
{
	struct io_series *series = state;
	uint32_t interval;

	if (!find_interval(series, packet->since_ns, &interval))
		return;
	struct io_cell *cell = &series->cells[interval];

	if (!cell->frames++)
		cell->first = packet->number;
	cell->bytes += packet->length;
	if (packet->d)
		add_values(series, interval, packet);
}

struct io_series *io_series_new(int64_t interval_ns, enum io_kind kind, int field)
{
	struct io_series *series = must_zeroed(1, sizeof *series);

	series->kind = kind;
	series->interval_ns = interval_ns;
	series->field = kind >= IO_COUNT ? field : -1;
	series->counter = (struct counter){ .must_look = must_look, .count = count_packet };
	if (series->field >= 0) {
		series->type = registry_field((unsigned)field)->type;
		series->fields[0] = registry_field((unsigned)field)->abbrev;
		series->counter.fields = series->fields;
	}
	return series;
}

void io_series_free(struct io_series *series)
{
	if (!series)
		return;
	free(series->cells);
	free(series->loads);
	free(series);
}

void io_series_join(struct io_series *series, struct tally *tally, const struct filter *filter)
{
	tally_add(tally, &series->counter, series, filter);
}

enum io_kind io_series_kind(const struct io_series *series)
{
	return series->kind;
}

int64_t io_series_interval(const struct io_series *series)
{
	return series->interval_ns;
}

bool io_series_is_real(const struct io_series *series)
{
	return series->field >= 0 && series->type == FIELD_DOUBLE;
}

bool io_series_is_time(const struct io_series *series)
{
	return series->field >= 0 && series->type == FIELD_DURATION;
}

uint32_t io_series_count(const struct io_series *series)
{
	return series->count;
}

bool io_series_is_cut(const struct io_series *series)
{
	return series->is_cut;
}

struct io_cell io_series_cell(const struct io_series *series, uint32_t interval)
{
	static const struct io_cell nothing = { 0 };

	return interval < series->count ? series->cells[interval] : nothing;
}

int64_t *io_series_load(const struct io_series *series)
{
	int64_t *spent = must_zeroed(series->count + 1, sizeof *spent), whole = 0;

	for (uint32_t i = 0; series->loads && i < series->count; i++) {
		whole += series->loads[i].whole_more;
		spent[i] = series->loads[i].part_ns + whole * series->interval_ns;
	}
	return spent;
}
