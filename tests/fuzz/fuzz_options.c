/* fuzz_options.c - any text as command lines, one a line: what is refused says why, in one line.
 *
 * Words are separated by tabs if there are any, else by blanks. */
#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"

#include "cli/options.h"

enum { LONGEST = 1 << 12, MOST_LINES = 500, MOST_WORDS = 40 };

static void parse(char *line)
{
	const char *between = strchr(line, '\t') ? "\t" : " ";
	char program[] = "peel", *argv[MOST_WORDS + 1] = { program };
	struct options options;
	struct error error = { 0 };
	int argc = 1;

	while (line && argc < MOST_WORDS)
		argv[argc++] = strsep(&line, between);
	options_init(&options);
	if (options_parse(&options, argc, argv, &error))
		options_ask_for_text(&options);
	else if (!error.text[0] || strchr(error.text, '\n'))
		abort();
	options_free(&options);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1), *next = text;

	if (!text)
		abort();
	memcpy(text, data, size);
	text[size] = '\0';
	for (unsigned lines = 0; next && lines < MOST_LINES; lines++) {
		char *line = strsep(&next, "\n");
		if (strlen(line) < LONGEST)
			parse(line);
	}
	free(text);
	return 0;
}
