/* list_columns.c - the columns of the packet list: which there are, in which order. */
#include "ui/list_columns.h"

#include <string.h>

#include "dissect/registry.h"

enum { TITLE_MOST = 16 };

/* Short titles leave room for values. */
static const struct {
	const char *title, *format;
} usual[] = {
	{ "No.", "%m" },   { "Time", "%t" }, { "Source", "%s" }, { "Destination", "%d" },
	{ "Proto", "%p" }, { "Len", "%L" },  { "Info", "%i" },
};

void columns_default(struct list_columns *columns)
{
	*columns = (struct list_columns){ 0 };
	for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++)
		column_read(&columns->columns[columns->count++].column, usual[i].title,
			    usual[i].format);
	columns_reset(columns);
}

void columns_take(struct list_columns *columns, const struct column_list *list)
{
	*columns = (struct list_columns){ 0 };
	while (columns->count < LIST_COLUMNS && columns->count < list->count) {
		columns->columns[columns->count].column = list->columns[columns->count];
		columns->count++;
	}
	columns_reset(columns);
}

static void forget_width(struct list_column *c)
{
	int columns = text_columns(c->column.title);

	c->widest_short = WIDTH_LEAST + 1;
	c->widest = columns < TITLE_MOST ? columns : TITLE_MOST;
	if (c->widest < WIDTH_LEAST)
		c->widest = WIDTH_LEAST;
}

void columns_reset(struct list_columns *columns)
{
	for (unsigned i = 0; i < columns->count; i++)
		forget_width(&columns->columns[i]);
}

int columns_find_field(const struct list_columns *columns, uint16_t field)
{
	for (unsigned i = 0; i < columns->count; i++) {
		const struct column *c = &columns->columns[i].column;

		if (c->field_count == 1 && c->fields[0] == field && !c->format->fields)
			return (int)i;
	}
	return -1;
}

int columns_add(struct list_columns *columns, const struct column *column)
{
	unsigned n = columns->count;

	if (n == LIST_COLUMNS)
		return -1;
	columns->columns[columns->count++] = (struct list_column){ .column = *column };
	forget_width(&columns->columns[n]);
	if (n && column_is_info(&columns->columns[n - 1].column))
		columns_move(columns, n--, columns->count - 2);
	return (int)n;
}

void columns_remove(struct list_columns *columns, unsigned n)
{
	memmove(columns->columns + n, columns->columns + n + 1,
		(--columns->count - n) * sizeof columns->columns[0]);
	if (columns->chosen > n || columns->chosen == columns->count)
		columns->chosen -= columns->chosen > 0;
}

bool columns_move(struct list_columns *columns, unsigned n, unsigned to)
{
	struct list_column moved;

	if (n >= columns->count || to >= columns->count || n == to)
		return false;
	moved = columns->columns[n];
	if (n < to)
		memmove(columns->columns + n, columns->columns + n + 1,
			(to - n) * sizeof columns->columns[0]);
	else
		memmove(columns->columns + to + 1, columns->columns + to,
			(n - to) * sizeof columns->columns[0]);
	columns->columns[to] = moved;
	if (columns->chosen == n)
		columns->chosen = to;
	else if (n < columns->chosen && columns->chosen <= to)
		columns->chosen--;
	else if (to <= columns->chosen && columns->chosen < n)
		columns->chosen++;
	return true;
}

int columns_sorted(const struct list_columns *columns)
{
	for (unsigned i = 0; i < columns->count; i++)
		if (columns->columns[i].sorted != UNSORTED)
			return (int)i;
	return -1;
}

void columns_sort(struct list_columns *columns, unsigned n, enum sort_way way)
{
	for (unsigned i = 0; i < columns->count; i++)
		columns->columns[i].sorted = i == n ? way : UNSORTED;
}

/* Numbers that have no names, at the right. */
static bool is_numeric_field(const struct column *column)
{
	const struct field *field = registry_field(column->fields[0]);

	return column->field_count == 1 && !field->names &&
	       (field_width(field->type) || field->type == FIELD_FRAME ||
		field->type == FIELD_DURATION || field->type == FIELD_DOUBLE);
}

bool column_is_right(const struct column *column)
{
	switch (column->format->says) {
	case SAYS_NUMBER:
	case SAYS_TIME:
	case SAYS_LENGTH:
	case SAYS_BYTES:
	case SAYS_SOURCE_PORT:
	case SAYS_DESTINATION_PORT:
		return true;
	case SAYS_FIELDS:
		return is_numeric_field(column);
	default:
		return false;
	}
}

bool column_is_info(const struct column *column)
{
	return column->format->says == SAYS_INFO;
}
