/* statistics_copy.c - a table of statistics, or one of its rows, on its way to the clipboard. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "print/json_text.h"
#include "ui/app.h"
#include "ui/copy.h"
#include "ui/quantity.h"

/* Digits are in groups on the screen only: "30 631". */
static void close_groups(char *text)
{
	char *to = text;

	for (const char *p = text; *p; p++)
		if (*p != ' ' || p == text || p[-1] < '0' || p[-1] > '9' || p[1] < '0' ||
		    p[1] > '9')
			*to++ = *p;
	*to = '\0';
}

/* A value of a line of RFC 4180. */
static void put_csv(const char *text, FILE *out)
{
	bool quoted = strpbrk(text, ",\"\r\n");

	if (quoted)
		putc('"', out);
	for (; *text; text++) {
		if (*text == '"')
			putc('"', out);
		putc(*text, out);
	}
	if (quoted)
		putc('"', out);
}

static bool is_copied(const struct table_column *column)
{
	return column->title && !column->is_drawn;
}

static void put_row(const struct statistics_screen *s, uint32_t row, bool csv, FILE *out)
{
	const struct table *table = &statistics_tables[s->tab];
	char text[TABLE_CELL_ROOM];

	for (unsigned c = 0; c < TABLE_COLUMNS; c++) {
		if (!is_copied(&table->columns[c]))
			continue;
		table->cell(s, s->order[row], c, text);
		if (!table->columns[c].is_text)
			close_groups(text);
		if (c)
			putc(csv ? ',' : '\t', out);
		if (csv)
			put_csv(text, out);
		else
			fputs(text, out);
	}
}

static bool is_number(const char *text)
{
	return *text >= '0' && *text <= '9' && strspn(text, "0123456789.") == strlen(text);
}

/* An object for each row: a member for each column, numbers as such. */
static bool put_objects(const struct statistics_screen *s, FILE *out)
{
	const struct table *table = &statistics_tables[s->tab];
	char text[TABLE_CELL_ROOM];
	uint32_t row = 0;

	putc('[', out);
	for (; row < s->rows && ftell(out) < COPY_MOST; row++) {
		const char *before = row ? ",\n  {" : "\n  {";

		for (unsigned c = 0; c < TABLE_COLUMNS; c++) {
			if (!is_copied(&table->columns[c]))
				continue;
			table->cell(s, s->order[row], c, text);
			if (!table->columns[c].is_text)
				close_groups(text);
			fputs(before, out);
			json_put_text(out, table->columns[c].title,
				      strlen(table->columns[c].title));
			fputs(": ", out);
			if (!table->columns[c].is_text && is_number(text))
				fputs(text, out);
			else
				json_put_text(out, text, strlen(text));
			before = ", ";
		}
		putc('}', out);
	}
	fputs("\n]\n", out);
	return row == s->rows;
}

static bool put_table(const struct statistics_screen *s, FILE *out)
{
	const struct table *table = &statistics_tables[s->tab];

	for (unsigned c = 0; c < TABLE_COLUMNS; c++) {
		if (!is_copied(&table->columns[c]))
			continue;
		if (c)
			putc(',', out);
		put_csv(table->columns[c].title, out);
	}
	putc('\n', out);
	for (uint32_t row = 0; row < s->rows && ftell(out) < COPY_MOST; row++) {
		put_row(s, row, true, out);
		putc('\n', out);
	}
	return ftell(out) < COPY_MOST;
}

/* A line for each interval, a column for each curve, in the graph's unit. */
static bool put_graph(const struct app *app, FILE *out)
{
	const struct io_graph *graph = &app->statistics.graph;
	double interval = (double)graph->interval_ns / 1e9;

	fputs("Start", out);
	for (unsigned c = 0; c < graph->count; c++) {
		putc(',', out);
		put_csv(io_curve_name(&graph->curves[c]), out);
	}
	putc('\n', out);
	for (uint32_t i = 0; i < io_graph_intervals(app) && ftell(out) < COPY_MOST; i++) {
		fprintf(out, "%.9g", i * interval);
		for (unsigned c = 0; c < graph->count; c++)
			fprintf(out, ",%.0f", io_graph_value(graph, c, i));
		putc('\n', out);
	}
	return ftell(out) < COPY_MOST;
}

bool statistics_copy(struct app *app, enum action action)
{
	const struct statistics_screen *s = &app->statistics;
	const struct table *table = &statistics_tables[s->tab];
	bool all = action == ACTION_COPY_TABLE || action == ACTION_COPY_JSON, whole = true;
	char *text = NULL, filter[TABLE_CELL_ROOM] = "", most[QUANTITY_ROOM];
	size_t size = 0;

	if (!all && action != ACTION_COPY_ROW && action != ACTION_COPY_FILTER)
		return false;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		return true;
	if (s->tab == TAB_GRAPH) {
		whole = put_graph(app, out);
	} else if (s->selected < s->rows) {
		if (action == ACTION_COPY_JSON)
			whole = put_objects(s, out);
		else if (all)
			whole = put_table(s, out);
		else if (action == ACTION_COPY_ROW)
			put_row(s, s->selected, false, out);
		else if (table->filter)
			table->filter(s, s->order[s->selected], filter);
		fputs(filter, out);
	}
	if (fclose(out))
		size = 0;
	copy_send(app, text, size, all ? "the table" : *filter ? "the filter" : "the row");
	if (!whole)
		app_message(app, MESSAGE_WARNING,
			    "The table is longer than %s: its end is left out.",
			    bytes_text(COPY_MOST, most));
	return true;
}
