/* help.c - what the table of options says, as --help and man page. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "choices.h"
#include "dissect/registry.h"
#include "preferences.h"

enum { MEANING_COLUMN = 26, LINE_WIDTH = 80 };

/* "-r FILE, --read-file FILE" */
static void name_option(const struct option_row *row, char *text, size_t room)
{
	const char *blank = row->argument ? " " : "",
		   *argument = row->argument ? row->argument : "";

	if (!row->name)
		snprintf(text, room, "-%c%s%s", row->letter, blank, argument);
	else if (!row->letter)
		snprintf(text, room, "    --%s%s%s", row->name, blank, argument);
	else
		snprintf(text, room, "-%c, --%s%s%s", row->letter, row->name, blank, argument);
}

/* Words from the column on, broken into lines. */
static void print_wrapped(FILE *out, const char *text)
{
	unsigned column = MEANING_COLUMN;

	while (*text) {
		unsigned n = (unsigned)strcspn(text, " ");
		if (column > MEANING_COLUMN && column + 1 + n > LINE_WIDTH) {
			fprintf(out, "\n%*s", MEANING_COLUMN, "");
			column = MEANING_COLUMN;
		} else if (column > MEANING_COLUMN) {
			putc(' ', out);
			column++;
		}
		fwrite(text, 1, n, out);
		column += n;
		text += n + (text[n] == ' ');
	}
	putc('\n', out);
}

static void print_row(FILE *out, const struct option_row *row)
{
	char name[100], *meaning;

	name_option(row, name, sizeof name);
	int width = fprintf(out, "  %s", name);
	if (width < MEANING_COLUMN - 1)
		fprintf(out, "%*s", MEANING_COLUMN - width, "");
	else
		fprintf(out, "\n%*s", MEANING_COLUMN, "");
	meaning = option_meaning(row);
	print_wrapped(out, meaning);
	free(meaning);
}

void help_print(FILE *out)
{
	fputs("Usage: peel [FILE]...           look at capture files on the screen\n"
	      "       peel -i NAME [FILTER]    look at what an interface sees\n"
	      "       peel [OPTION]...         print packets, if an option asks for text or the "
	      "output\n"
	      "                                is no terminal\n",
	      out);
	for (int section = 0; section < SECTIONS; section++) {
		fprintf(out, "\n%s:\n", option_section_names[section]);
		for (const struct option_row *row = option_table; !option_row_is_end(row); row++)
			if (row->meaning && (int)row->section == section)
				print_row(out, row);
	}
	fputs("\nExit status: 0 fine, 1 the answer is no, 2 wrong usage, bad input or no "
	      "permission,\n3 undecidable (--verify).\n",
	      out);
}

/* Text for troff: a backslash and leading dots are its commands. */
static void print_troff(FILE *out, const char *text)
{
	if (*text == '.' || *text == '\'')
		fputs("\\&", out);
	for (; *text; text++) {
		if (*text == '\\')
			fputs("\\e", out);
		else if (*text == '-')
			fputs("\\-", out);
		else
			putc(*text, out);
	}
}

static void print_man_row(FILE *out, const struct option_row *row)
{
	char *meaning;

	fputs(".TP\n", out);
	if (row->letter)
		fprintf(out, "\\fB\\-%c\\fR%s", row->letter, row->name ? ", " : "");
	if (row->name) {
		fputs("\\fB\\-\\-", out);
		print_troff(out, row->name);
		fputs("\\fR", out);
	}
	if (row->argument)
		fprintf(out, " \\fI%s\\fR", row->argument);
	putc('\n', out);
	meaning = option_meaning(row);
	print_troff(out, meaning);
	free(meaning);
	fputs(".\n", out);
}

static void print_man_protocols(FILE *out)
{
	for (unsigned n = 0; n < registry_dissector_count(); n++) {
		const struct dissector *dissector = registry_dissector(n);
		fprintf(out, ".TP\n\\fB%s\\fR\n", dissector->name);
		print_troff(out, dissector->title);
		if (dissector->field_count > 1)
			fprintf(out, ", %u fields", dissector->field_count - 1);
		fputs(".\n", out);
	}
}

static void print_man_preferences(FILE *out)
{
	struct preference_words words;

	for (unsigned n = 0; preference_told(n, &words); n++) {
		fputs(".TP\n\\fB", out);
		print_troff(out, words.name);
		fprintf(out, "\\fR (%s)\n", words.values);
		print_troff(out, words.meaning);
		fputs(".\n", out);
	}
}

/* What the template keeps a line for. */
static bool print_man_part(FILE *out, const char *line)
{
	if (!strcmp(line, "@PREFERENCES@\n")) {
		print_man_preferences(out);
		return true;
	}
	if (!strcmp(line, "@PROTOCOLS@\n")) {
		print_man_protocols(out);
		return true;
	}
	if (strcmp(line, "@OPTIONS@\n") != 0)
		return false;
	for (int section = 0; section < SECTIONS; section++) {
		fprintf(out, ".SS %s\n", option_section_names[section]);
		for (const struct option_row *row = option_table; !option_row_is_end(row); row++)
			if (row->meaning && (int)row->section == section)
				print_man_row(out, row);
	}
	return true;
}

void man_page_print(FILE *out, FILE *template)
{
	char line[1000];

	registry_build();
	while (fgets(line, sizeof line, template))
		if (!print_man_part(out, line))
			fputs(line, out);
}
