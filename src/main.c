/* main.c - where peel starts: packets as text, or on the screen. */
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/batch.h"

int main(int argc, char **argv)
{
	struct options options;
	struct error error;
	int status;

	setlocale(LC_ALL, "");
	options_init(&options);
	if (!options_parse(&options, argc, argv, &error)) {
		fprintf(stderr, "peel: %s\n", error.text);
		status = EXIT_TROUBLE;
	} else if (options.errand != ERRAND_NONE) {
		status = errand_run(&options, NULL);
	} else {
		status = batch_run(&options);
	}
	options_free(&options);
	return status;
}
