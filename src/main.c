/* main.c - where peel starts: packets on the screen, or as text. */
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/batch.h"
#include "dissect/geoip.h"
#include "ui/ui.h"

/* A person sits there, and asked for nothing that is text. */
static bool wants_screen(const struct options *options)
{
	const char *term = getenv("TERM");

	return !options_ask_for_text(options) && isatty(STDOUT_FILENO) && term && *term &&
	       strcmp(term, "dumb") != 0 &&
	       (isatty(STDIN_FILENO) || (options->read_path && !strcmp(options->read_path, "-")));
}

static int show(const struct options *options)
{
	struct ui_options ui = {
		.path = options->read_path,
		.more_paths = options->more_paths,
		.more_count = options->more_count,
		.merge = options->merge,
		.live = options->live.interface_count ? &options->live : NULL,
		.time_format = options->time_format,
		.packet_limit = (uint32_t)options->packet_limit,
		.key_log = options->key_log,
		.ascii = options->ascii,
		.mono = options->mono,
		.no_mouse = options->no_mouse,
		.fresh = options->fresh,
		.restore = options->restore,
		.skips_damage = options->skips_damage,
		.takes_raw = options->takes_raw,
		.raw_link_type = options->raw_link_type,
		.read_only = options->read_only,
		.display_filter = options->display_filter,
		.theme = options->theme,
		.plain = options->plain,
		.names_from_dns = options->names_from_dns,
		.key_set = options->key_map,
		.columns = &options->columns,
		.remembers = true,
	};

	return filters_are_valid(options) ? ui_run(&ui) : EXIT_TROUBLE;
}

static void complain(const char *words)
{
	fprintf(stderr, "peel: %s\n", words);
}

static int show_packets(const struct options *options)
{
	geoip_open(complain);
	int status = wants_screen(options) ? show(options) : batch_run(options);
	geoip_close();
	return status;
}

int main(int argc, char **argv)
{
	struct options options;
	struct error error;
	int status;

	setlocale(LC_ALL, "");
	signal(SIGXFSZ, SIG_IGN); /* a limit of files' sizes is an error of write() */
	options_init(&options);
	if (!options_parse(&options, argc, argv, &error)) {
		fprintf(stderr, "peel: %s\n", error.text);
		status = EXIT_TROUBLE;
	} else if (options.errand != ERRAND_NONE) {
		status = errand_run(&options, ui_library_version());
	} else {
		status = show_packets(&options);
	}
	options_free(&options);
	return status;
}
