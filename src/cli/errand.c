/* errand.c - lists and help instead of packets. */
#include <errno.h>
#include <string.h>

#include "batch_print.h"
#include "cli/batch.h"

static bool print_errand(const struct options *options, const char *screen)
{
	switch (options->errand) {
	case ERRAND_HELP:
		help_print(stdout);
		break;
	case ERRAND_VERSION:
		version_print(stdout, screen);
		break;
	case ERRAND_FIELDS:
		catalog_fields(stdout);
		break;
	case ERRAND_PROTOCOLS:
		catalog_protocols(stdout);
		break;
	case ERRAND_MAN_PAGE:
		man_page_print(stdout);
		break;
	case ERRAND_COMPLETION:
		completion_print(stdout);
		break;
	case ERRAND_INTERFACES:
	case ERRAND_LINK_TYPES:
	case ERRAND_NONE:
		break;
	}
	return true;
}

int errand_run(const struct options *options, const char *screen)
{
	bool good = print_errand(options, screen);

	if (fflush(stdout) != 0 || ferror(stdout)) {
		complain("cannot write standard output: %s", strerror(errno));
		return EXIT_TROUBLE;
	}
	return good ? EXIT_FINE : EXIT_TROUBLE;
}
