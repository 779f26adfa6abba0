/* errand.c - lists and help instead of packets. */
#include <errno.h>
#include <string.h>

#include "batch_print.h"
#include "cli/batch.h"
#include "filters.h"
#include "live.h"
#include "statistics.h"

static bool print_errand(const struct options *options, const char *screen, struct error *error)
{
	switch (options->errand) {
	case ERRAND_HELP:
		help_print(stdout);
		break;
	case ERRAND_VERSION:
		version_print(stdout, screen);
		break;
	case ERRAND_CATALOG:
		options->catalog->print(stdout);
		break;
	case ERRAND_STATISTICS:
		statistics_help(stdout);
		break;
	case ERRAND_MAN_PAGE:
		man_page_print(stdout, stdin);
		break;
	case ERRAND_COMPLETION:
		completion_print(stdout);
		break;
	case ERRAND_INTERFACES:
		return print_interfaces(stdout, error);
	case ERRAND_LINK_TYPES:
		return print_link_types(stdout, options, error);
	case ERRAND_SHOW_FILTER:
	case ERRAND_NONE:
		break;
	}
	return true;
}

int errand_run(const struct options *options, const char *screen)
{
	struct error error;

	if (options->errand == ERRAND_SHOW_FILTER)
		return filters_show(options);
	if (!print_errand(options, screen, &error)) {
		complain("%s", error.text);
		return EXIT_TROUBLE;
	}
	if (fflush(stdout) != 0 || ferror(stdout)) {
		complain("cannot write standard output: %s", strerror(errno));
		return EXIT_TROUBLE;
	}
	return EXIT_FINE;
}
