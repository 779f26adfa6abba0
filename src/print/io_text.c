/* io_text.c - a table whose widths follow its numbers.
 *
 *     | Interval   | Frames | Bytes |  SUM |
 *     |   0 <>   1 |     22 |  2583 | 1234 | */
#include "print/io_text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

enum {
	US = 1000,
	US_IN_S = 1000000,
	NARROWEST = 11,
	WHOLE_WIDTH = 35,
	CELL_ROOM = 400,
	LINE_ROOM = 1024
};

struct layout {
	const struct io_column *columns;
	unsigned count;
	int64_t **loads;	    /* by column: of IO_LOAD */
	int64_t duration, interval; /* microseconds */
	unsigned decimals, digits;  /* of times: behind the point, and in front of it */
	int interval_width;	    /* its column, with one border */
	int table_width, width;
	uint32_t rows;
};

static const char *const kind_names[IO_KINDS] = { "Frames", "FRAMES", "BYTES", "COUNT", "SUM",
						  "MIN",    "MAX",    "AVG",   "LOAD" };

static unsigned digits_of(uint64_t n)
{
	unsigned digits = 1;

	for (; n >= 10; n /= 10)
		digits++;
	return digits;
}

/* --- cells --- */

static void put_number(const struct io_series *series, union io_value value, char *text)
{
	if (io_series_is_time(series))
		snprintf(text, CELL_ROOM, "%.6f", (double)value.whole / 1e9);
	else if (io_series_is_real(series))
		snprintf(text, CELL_ROOM, "%.6f", value.real);
	else
		snprintf(text, CELL_ROOM, "%" PRId64, value.whole);
}

static void put_average(const struct io_series *series, const struct io_cell *cell, char *text)
{
	union io_value value = cell->sum;

	if (cell->values && io_series_is_real(series))
		value.real /= (double)cell->values;
	else if (cell->values)
		value.whole /= (int64_t)cell->values;
	put_number(series, value, text);
}

/* The n-th number of a column's cell: frames and bytes have two. */
static void put_cell(const struct layout *layout, unsigned column, unsigned n, uint32_t row,
		     char *text)
{
	const struct io_series *series = layout->columns[column].series;
	struct io_cell cell = io_series_cell(series, row);

	switch (io_series_kind(series)) {
	case IO_FRAMES_AND_BYTES:
		snprintf(text, CELL_ROOM, "%" PRIu64, n ? cell.bytes : cell.frames);
		break;
	case IO_FRAMES:
		snprintf(text, CELL_ROOM, "%" PRIu64, cell.frames);
		break;
	case IO_BYTES:
		snprintf(text, CELL_ROOM, "%" PRIu64, cell.bytes);
		break;
	case IO_COUNT:
		snprintf(text, CELL_ROOM, "%" PRIu64, cell.values);
		break;
	case IO_SUM:
		put_number(series, cell.sum, text);
		break;
	case IO_MIN:
		put_number(series, cell.least, text);
		break;
	case IO_MAX:
		put_number(series, cell.largest, text);
		break;
	case IO_AVG:
		put_average(series, &cell, text);
		break;
	case IO_LOAD:
		snprintf(text, CELL_ROOM, "%.6f",
			 layout->interval && row < io_series_count(series)
				 ? (double)layout->loads[column][row] / US /
					   (double)layout->interval
				 : 0.0);
		break;
	case IO_KINDS:
		break;
	}
}

static unsigned numbers_in(const struct io_series *series)
{
	return io_series_kind(series) == IO_FRAMES_AND_BYTES ? 2 : 1;
}

static const char *number_name(const struct io_series *series, unsigned n)
{
	return n ? "Bytes" : kind_names[io_series_kind(series)];
}

static int number_width(const struct layout *layout, unsigned column, unsigned n)
{
	size_t width = strlen(number_name(layout->columns[column].series, n));
	char text[CELL_ROOM];

	for (uint32_t row = 0; row < io_series_count(layout->columns[column].series); row++) {
		put_cell(layout, column, n, row, text);
		if (strlen(text) > width)
			width = strlen(text);
	}
	if (!io_series_count(layout->columns[column].series)) {
		put_cell(layout, column, n, 0, text);
		width = strlen(text) > width ? strlen(text) : width;
	}
	return (int)width;
}

/* --- lines --- */

static void print_rule(FILE *out, char edge, char c, int width)
{
	fputc(edge, out);
	for (int i = 0; i < width - 2; i++)
		fputc(c, out);
	fprintf(out, "%c\n", edge);
}

static void print_heading(FILE *out, const struct layout *layout, const char *text)
{
	fprintf(out, "| %-*s|\n", layout->width - 3, text);
}

/* What is right of the table, where the headings are wider. */
static void end_line(FILE *out, const struct layout *layout)
{
	if (layout->width > layout->table_width)
		fprintf(out, "%*s|", layout->width - layout->table_width - 1, "");
	fputc('\n', out);
}

static void print_inner_rule(FILE *out, const struct layout *layout)
{
	fputc('|', out);
	for (int i = 0; i < layout->table_width - 2; i++)
		fputc('-', out);
	fputc('|', out);
	end_line(out, layout);
}

static double seconds(int64_t us)
{
	return (double)us / US_IN_S;
}

static void title_of(const struct layout *layout, unsigned column, char *line)
{
	const struct io_column *c = &layout->columns[column];
	char title[LINE_ROOM / 2];

	text_clean(title, sizeof title, (const uint8_t *)c->title, strlen(c->title), true);
	snprintf(line, LINE_ROOM, "%s%*u: %s", column ? "" : "Col ", column ? 5 : 1, column + 1,
		 *title ? title : "Frames and bytes");
}

static void print_headings(FILE *out, const struct layout *layout)
{
	char line[LINE_ROOM];
	/* Whole seconds: the duration as it is. */
	unsigned decimals = layout->decimals ? layout->decimals : 6;
	int width = (int)(layout->digits + (layout->decimals ? layout->decimals + 1 : 0));

	print_rule(out, '=', '=', layout->width);
	print_heading(out, layout, "IO Statistics");
	print_heading(out, layout, "");
	snprintf(line, sizeof line, "Duration: %.*f secs", (int)decimals,
		 seconds(layout->duration));
	print_heading(out, layout, line);
	snprintf(line, sizeof line, "Interval: %*.*f secs", width, (int)layout->decimals,
		 seconds(layout->interval));
	print_heading(out, layout, line);
	print_heading(out, layout, "");
	for (unsigned i = 0; i < layout->count; i++) {
		title_of(layout, i, line);
		print_heading(out, layout, line);
	}
}

static void print_column_numbers(FILE *out, const struct layout *layout)
{
	/* As in tshark, across what is right of the table too. */
	print_rule(out, '|', '-', layout->width);
	fprintf(out, "|%*s", layout->interval_width - 1, "");
	for (unsigned i = 0; i < layout->count; i++) {
		int width = -1;
		for (unsigned n = 0; n < numbers_in(layout->columns[i].series); n++)
			width += number_width(layout, i, n) + 3;
		fprintf(out, "|%-*u", width, i + 1);
	}
	fputc('|', out);
	end_line(out, layout);
}

static void print_column_names(FILE *out, const struct layout *layout)
{
	fprintf(out, "| %-*s", layout->interval_width - 2, "Interval");
	for (unsigned i = 0; i < layout->count; i++)
		for (unsigned n = 0; n < numbers_in(layout->columns[i].series); n++) {
			const char *name = number_name(layout->columns[i].series, n);
			int rest = number_width(layout, i, n) - (int)strlen(name);
			fprintf(out, "| %*s%s%*s ", (rest + 1) / 2, "", name, rest / 2, "");
		}
	fputc('|', out);
	end_line(out, layout);
}

static void print_interval(FILE *out, const struct layout *layout, uint32_t row)
{
	char text[2 * CELL_ROOM], end[CELL_ROOM];
	int width = (int)(layout->digits + (layout->decimals ? layout->decimals + 1 : 0));
	int64_t until = (row + INT64_C(1)) * layout->interval;
	bool is_last = until > layout->duration;

	if (is_last && !layout->decimals)
		snprintf(end, sizeof end, "Dur");
	else
		snprintf(end, sizeof end, "%*.*f", width, (int)layout->decimals,
			 seconds(is_last ? layout->duration : until));
	snprintf(text, sizeof text, "%s%*.*f <> %s",
		 layout->digits == 1 && !layout->decimals ? " " : "", width, (int)layout->decimals,
		 seconds(row * layout->interval), end);
	fprintf(out, "| %-*s", layout->interval_width - 2, text);
}

static void print_row(FILE *out, const struct layout *layout, const int *widths, uint32_t row)
{
	char text[CELL_ROOM];
	unsigned at = 0;

	print_interval(out, layout, row);
	for (unsigned i = 0; i < layout->count; i++)
		for (unsigned n = 0; n < numbers_in(layout->columns[i].series); n++) {
			put_cell(layout, i, n, row, text);
			fprintf(out, "| %*s ", widths[at++], text);
		}
	fputc('|', out);
	end_line(out, layout);
}

/* --- the table --- */

/* Decimals that the interval needs; of a whole capture, as many as are readable. */
static void find_times(struct layout *layout, int64_t interval_ns)
{
	layout->interval = interval_ns / US;
	layout->digits = digits_of((uint64_t)(layout->duration / US_IN_S));
	if (!interval_ns || layout->interval >= layout->duration) {
		layout->interval = layout->duration;
		layout->decimals = layout->digits == 1 ? 3 : 1;
	} else {
		layout->decimals = 6;
		for (int64_t unit = 10; unit <= US_IN_S && layout->interval % unit == 0; unit *= 10)
			layout->decimals--;
	}
	layout->interval_width = (int)(2 * layout->digits + 7);
	if (layout->decimals)
		layout->interval_width += (int)(2 * layout->decimals + 2);
	if (layout->interval_width < NARROWEST)
		layout->interval_width = NARROWEST;
}

static void widen(struct layout *layout, const char *line, int margins)
{
	int width = (int)strlen(line) + margins;

	if (width > layout->width)
		layout->width = width;
}

static void find_widths(struct layout *layout)
{
	char line[LINE_ROOM];

	layout->table_width = layout->interval_width + 1;
	for (unsigned i = 0; i < layout->count; i++)
		for (unsigned n = 0; n < numbers_in(layout->columns[i].series); n++)
			layout->table_width += number_width(layout, i, n) + 3;
	layout->width = layout->table_width;
	if (layout->interval == layout->duration && layout->width < WHOLE_WIDTH)
		layout->width = WHOLE_WIDTH;
	snprintf(line, sizeof line, "Duration: %.*f secs",
		 layout->decimals ? (int)layout->decimals : 6, seconds(layout->duration));
	widen(layout, line, 3);
	for (unsigned i = 0; i < layout->count; i++) {
		title_of(layout, i, line);
		widen(layout, line, 4);
	}
}

static void find_rows(struct layout *layout)
{
	int64_t rows = layout->interval ? layout->duration / layout->interval : 0;

	/* A packet at the end of the last interval begins another one. */
	if (!layout->interval || rows * layout->interval < layout->duration ||
	    layout->interval != layout->duration)
		rows++;
	if (rows > IO_INTERVALS)
		rows = IO_INTERVALS;
	layout->rows = (uint32_t)rows;
}

void print_io(FILE *out, const struct io_column *columns, unsigned count, int64_t duration_ns)
{
	struct layout layout = { .columns = columns, .count = count, .duration = duration_ns / US };
	int *widths = must_zeroed(2 * count + 1, sizeof *widths);
	unsigned at = 0;
	bool is_cut = false;

	layout.loads = must_zeroed(count + 1, sizeof *layout.loads);
	find_times(&layout, io_series_interval(columns[0].series));
	find_rows(&layout);
	for (unsigned i = 0; i < count; i++)
		layout.loads[i] = io_series_load(columns[i].series);
	find_widths(&layout);
	for (unsigned i = 0; i < count; i++) {
		for (unsigned n = 0; n < numbers_in(columns[i].series); n++)
			widths[at++] = number_width(&layout, i, n);
		is_cut |= io_series_is_cut(columns[i].series);
	}
	fputc('\n', out);
	print_headings(out, &layout);
	print_column_numbers(out, &layout);
	print_column_names(out, &layout);
	print_inner_rule(out, &layout);
	for (uint32_t row = 0; row < layout.rows && !ferror(out); row++)
		print_row(out, &layout, widths, row);
	print_rule(out, '=', '=', layout.width);
	if (is_cut)
		fprintf(out, "Intervals after the first %u are left out.\n",
			(unsigned)IO_INTERVALS);
	for (unsigned i = 0; i < count; i++)
		free(layout.loads[i]);
	free(layout.loads);
	free(widths);
}
