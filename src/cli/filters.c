/* filters.c - display filters from the command line, and what is wrong with them. */
#include "filters.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "batch_print.h"
#include "cli/batch.h"

enum { LONGEST_SHOWN = 2000, PATH_ROOM = 4096 };

/* A line beginning with the text from `start` on, fit for a terminal; its length. */
static size_t clean_line(const char *text, size_t length, char **line)
{
	size_t room = 4 * length + 1;

	*line = must_alloc(room);
	return text_clean(*line, room, (const uint8_t *)text, length, true);
}

static unsigned columns_of(const char *text)
{
	unsigned columns = 0;

	for (; *text; text++)
		columns += ((unsigned char)*text & 0xc0) != 0x80;
	return columns;
}

/* The filter, and under it where the fault is; of a long one only what is around that. */
static void underline(const struct filter_error *error)
{
	size_t whole = strlen(error->text), start = 0;
	char *before, *line;

	if (error->column > LONGEST_SHOWN / 2)
		start = error->column - LONGEST_SHOWN / 2;
	while (start && ((unsigned char)error->text[start] & 0xc0) == 0x80)
		start--;
	size_t end = whole - start > LONGEST_SHOWN ? start + LONGEST_SHOWN : whole;
	size_t fault_end = error->column + error->length;
	clean_line(error->text + start, end - start, &line);
	fprintf(stderr, "    %s\n", line);
	free(line);
	clean_line(error->text + start, error->column - start, &before);
	fprintf(stderr, "    %*s^", (int)columns_of(before), "");
	free(before);
	if (fault_end > end)
		fault_end = end;
	size_t n = fault_end > error->column ? fault_end - error->column : 0;
	clean_line(error->text + error->column, n, &line);
	for (unsigned i = 1; i < columns_of(line); i++)
		putc('~', stderr);
	putc('\n', stderr);
	free(line);
}

static struct filter_macros *read_macros(void)
{
	const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	char path[PATH_ROOM];

	if (config && *config)
		snprintf(path, sizeof path, "%s/peel/dfilter_macros", config);
	else
		snprintf(path, sizeof path, "%s/.config/peel/dfilter_macros", home ? home : "");
	return filter_macros_read(path);
}

/* NULL: it was told why. */
static struct filter *compile(const char *text, const struct filter_macros *macros)
{
	struct filter_error error;
	struct filter *filter = filter_compile(text, macros, &error);

	if (!filter) {
		complain("%s", error.message);
		if (error.text)
			underline(&error);
	}
	free(error.text);
	return filter;
}

bool filters_given(const struct options *options)
{
	return options->display_filter || options->read_filter;
}

static bool is_blank(const char *text)
{
	return !text[strspn(text, " \t\r\n")];
}

static struct filter *compile_both(const char *read, const char *display,
				   const struct filter_macros *macros)
{
	static const char pattern[] = "(%s) and (%s)";
	size_t room = sizeof pattern + strlen(read) + strlen(display);

	if (is_blank(read) || is_blank(display))
		return compile(is_blank(read) ? display : read, macros);
	char *text = must_alloc(room);
	snprintf(text, room, pattern, read, display);
	struct filter *filter = compile(text, macros);
	free(text);
	return filter;
}

bool filter_compile_text(const char *text, struct filter **filter)
{
	struct filter_macros *macros = text ? read_macros() : NULL;

	*filter = text ? compile(text, macros) : NULL;
	filter_macros_free(macros);
	return *filter || !text;
}

bool filters_compile(const struct options *options, struct filter **filter)
{
	const char *read = options->read_filter, *display = options->display_filter;

	*filter = NULL;
	if (!filters_given(options))
		return true;
	struct filter_macros *macros = read_macros();
	*filter = compile(display ? display : read, macros);
	if (*filter && read && display) {
		/* Each by itself, so that each is told its own faults. */
		filter_free(*filter);
		struct filter *other = compile(read, macros);
		*filter = other ? compile_both(read, display, macros) : NULL;
		filter_free(other);
	}
	filter_macros_free(macros);
	return *filter != NULL;
}

bool filters_are_valid(const struct options *options)
{
	struct filter *filter;
	bool valid = filters_compile(options, &filter);

	filter_free(filter);
	return valid;
}

struct filter *filter_argument(const char *text, struct error *error)
{
	struct filter_macros *macros = read_macros();
	struct filter_error fault;
	struct filter *filter = filter_compile(text, macros, &fault);

	if (!filter)
		error_set(error, "invalid filter \"%s\": %s", text, fault.message);
	free(fault.text);
	filter_macros_free(macros);
	return filter;
}

bool filter_is_valid(const char *text)
{
	struct filter_error error;
	struct filter *filter = filter_compile(text, NULL, &error);

	free(error.text);
	filter_free(filter);
	return filter != NULL;
}

int filters_show(const struct options *options)
{
	struct filter *filter;

	if (!filters_compile(options, &filter))
		return EXIT_TROUBLE;
	filter_print(filter, stdout);
	filter_print_places(filter, stdout);
	filter_free(filter);
	return EXIT_FINE;
}
