/* column_list.c - the columns of gui.column.format, and lines of them as tshark prints them. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "print/column.h"

enum {
	NUMBER_WIDTH = 5,
	TIME_WIDTH = 10,
	ADDRESS_WIDTH = 12,
	PART_ROOM = 1024,
	COLUMNS_MOST = 256
};

#define ARROW_TO   "\xe2\x86\x92"
#define ARROW_FROM "\xe2\x86\x90"

/* --- reading --- */

/* The next of what commas separate, in quotes or not; false: there is none, or it is empty. */
static bool next_part(const char **text, char part[PART_ROOM])
{
	const char *at = *text + strspn(*text, " \t\n");
	size_t n = 0;
	bool quoted = *at == '"';

	for (at += quoted; *at && (quoted ? *at != '"' : *at != ','); at++) {
		at += quoted && *at == '\\' && at[1];
		if (n == PART_ROOM - 1)
			return false;
		part[n++] = *at;
	}
	if (quoted && *at++ != '"')
		return false;
	while (!quoted && n && part[n - 1] == ' ')
		n--;
	part[n] = '\0';
	at += strspn(at, " \t\n");
	if (*at && *at != ',')
		return false;
	*text = at + (*at == ',');
	return n > 0;
}

bool column_list_read(struct column_list *list, const char *text, struct error *error)
{
	char title[PART_ROOM], format[PART_ROOM];
	const char *rest = text;

	*list = (struct column_list){ 0 };
	do {
		struct column column;

		if (list->count == COLUMNS_MOST || !next_part(&rest, title) ||
		    !next_part(&rest, format) || !column_read(&column, title, format)) {
			column_list_free(list);
			return error_set(error,
					 "gui.column.format is \"TITLE\",\"FORMAT\" for each "
					 "column, such as \"No.\",\"%%m\",\"Host\","
					 "\"%%Cus:http.host:0:R\", not %s",
					 text);
		}
		list->columns = must_resize(list->columns, list->count + 1u, sizeof *list->columns);
		list->columns[list->count++] = column;
	} while (*rest);
	return true;
}

void column_list_free(struct column_list *list)
{
	free(list->columns);
	*list = (struct column_list){ 0 };
}

const struct column *column_list_find(const struct column_list *list, const char *title)
{
	for (unsigned i = 0; i < list->count; i++)
		if (!strcasecmp(list->columns[i].title, title))
			return &list->columns[i];
	return NULL;
}

/* --- printing --- */

/* Arrows stand between two columns of the same kind of address. */
enum side { SIDE_NONE, SIDE_SOURCE, SIDE_DESTINATION };
enum address_kind { KIND_ANY, KIND_NETWORK, KIND_LINK };

struct address_column {
	enum side side;
	enum address_kind kind;
};

static struct address_column address_of(const struct column *column)
{
	const struct column_format *format = column->format;
	enum address_kind kind = format->of_network ? KIND_NETWORK : KIND_ANY;

	if (format->says == SAYS_SOURCE)
		return (struct address_column){ SIDE_SOURCE, kind };
	if (format->says == SAYS_DESTINATION)
		return (struct address_column){ SIDE_DESTINATION, kind };
	if (!format->fields || strncmp(format->fields, "eth.", 4) != 0)
		return (struct address_column){ SIDE_NONE, kind };
	return (struct address_column){ format->fields[4] == 's' ? SIDE_SOURCE : SIDE_DESTINATION,
					KIND_LINK };
}

static bool is_span(int time)
{
	return time == TIME_DELTA || time == TIME_DELTA_SHOWN;
}

/* Negative: to the left. */
static int width_of(const struct column *column)
{
	if (column->format->says == SAYS_NUMBER)
		return NUMBER_WIDTH;
	if (column->format->says == SAYS_TIME && !is_span(column->format->time))
		return TIME_WIDTH;
	switch (address_of(column).side) {
	case SIDE_SOURCE:
		return ADDRESS_WIDTH;
	case SIDE_DESTINATION:
		return -ADDRESS_WIDTH;
	default:
		return 0;
	}
}

static void print_separator(FILE *out, struct address_column from, struct address_column to,
			    char separator)
{
	putc_unlocked(separator, out);
	if (!from.side || !to.side || from.side == to.side || from.kind != to.kind)
		return;
	fputs_unlocked(from.side == SIDE_SOURCE ? ARROW_TO : ARROW_FROM, out);
	putc_unlocked(separator, out);
}

void column_list_print(FILE *out, const struct column_list *list, struct dissection *d,
		       const struct column_facts *facts, char separator)
{
	char room[COLUMN_TEXT_ROOM];

	for (unsigned i = 0; i < list->count; i++) {
		const struct column *column = &list->columns[i];

		if (i)
			print_separator(out, address_of(column - 1), address_of(column), separator);
		fprintf(out, "%*s", width_of(column), column_text(column, d, facts, room));
	}
}
