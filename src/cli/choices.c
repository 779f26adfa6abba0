/* choices.c - values that options take by name, found and told. */
#include "choices.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

bool choice_at(const struct choices *choices, unsigned n, struct choice *choice)
{
	if (choices->nth) {
		*choice = (struct choice){ 0 };
		return choices->nth(n, choice);
	}
	*choice = choices->table[n];
	return choice->name != NULL;
}

bool choice_named(const struct choices *choices, const char *name, struct choice *choice)
{
	for (unsigned n = 0; choice_at(choices, n, choice); n++)
		if (!strcmp(choice->name, name))
			return true;
	return false;
}

static const char *ending_of(const struct choice *choice)
{
	return choice->ending ? choice->ending : "";
}

const char *choice_begun(const struct choices *choices, const char *text, struct choice *choice)
{
	for (unsigned n = 0; choice_at(choices, n, choice); n++) {
		size_t length = strlen(choice->name);
		const char *ending = ending_of(choice);

		if (!strncmp(text, choice->name, length) &&
		    !strncmp(text + length, ending, strlen(ending)))
			return text + length + strlen(ending);
	}
	return NULL;
}

/* An ending alone means nothing to readers. */
static const char *told_ending(const struct choice *choice)
{
	return choice->argument ? ending_of(choice) : "";
}

static const char *told_argument(const struct choice *choice)
{
	return choice->argument ? choice->argument : "";
}

bool choices_refuse(const struct choices *choices, struct error *error, const char *format, ...)
{
	struct choice choice;
	char wrong[sizeof error->text];
	va_list args;

	va_start(args, format);
	vsnprintf(wrong, sizeof wrong, format, args);
	va_end(args);
	error_set(error, "%s", wrong);
	for (unsigned n = 0; choice_at(choices, n, &choice); n++)
		error_set(error, "%s%s%s%s%s", error->text,
			  n ? ", " : "; it must be one of: ", choice.name, told_ending(&choice),
			  told_argument(&choice));
	return false;
}

/* "y|n" are values themselves, "SECONDS" stands for one. */
static void print_word(FILE *out, const struct choice *choice)
{
	const char *argument = choice->argument;
	bool any = false;

	for (const char *part = argument; part && strchr(argument, '|');) {
		size_t length = strcspn(part, "|");
		if (length && !isupper((unsigned char)*part)) {
			fprintf(out, "%s%s%s%.*s", any ? " " : "", choice->name, ending_of(choice),
				(int)length, part);
			any = true;
		}
		part = part[length] ? part + length + 1 : NULL;
	}
	if (!any)
		fprintf(out, "%s%s", choice->name, ending_of(choice));
}

void choices_print_words(const struct choices *choices, FILE *out)
{
	struct choice choice;

	for (unsigned n = 0; choice_at(choices, n, &choice); n++) {
		if (n)
			putc(' ', out);
		print_word(out, &choice);
	}
}

/* "a (of day), ad (with the date) or e" */
static void print_told(FILE *out, const struct choices *choices)
{
	struct choice choice, next;
	bool more = choice_at(choices, 0, &choice);

	for (unsigned n = 0; more; choice = next, n++) {
		more = choice_at(choices, n + 1, &next);
		if (n)
			fputs(more ? ", " : " or ", out);
		fprintf(out, "%s%s%s", choice.name, told_ending(&choice), told_argument(&choice));
		if (choice.meaning)
			fprintf(out, " (%s)", choice.meaning);
	}
}

char *option_meaning(const struct option_row *row)
{
	const char *place = strstr(row->meaning, "{}");
	char *text = NULL;
	size_t size;

	if (!place)
		return must_copy(row->meaning);
	FILE *out = open_memstream(&text, &size);
	if (!out)
		abort();
	fprintf(out, "%.*s", (int)(place - row->meaning), row->meaning);
	print_told(out, row->choices);
	fputs(place + 2, out);
	fclose(out);
	return text;
}
