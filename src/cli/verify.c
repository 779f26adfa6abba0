/* verify.c - the verdicts on a capture, printed and counted: --verify. */
#include "verify.h"

#include <errno.h>
#include <string.h>

#include "batch_print.h"

struct telling {
	const struct options *options;
	struct verdict_printer printer;
	int write_error; /* errno of standard output; 0: none */
};

/* Called right after something was written, while errno still says why it was not. */
static bool notice_write_error(struct telling *telling)
{
	if (!telling->write_error && ferror(telling->printer.out))
		telling->write_error = errno ? errno : EIO;
	return !telling->write_error;
}

static bool tell(void *owner, const struct verdict *verdict)
{
	struct telling *telling = owner;

	verdicts_print(&telling->printer, verdict);
	if (telling->options->flush_lines)
		fflush(telling->printer.out);
	return notice_write_error(telling);
}

static int status_of(const struct verify_counts *counts)
{
	switch (verify_outcome(counts)) {
	case OUTCOME_VIOLATION:
		return EXIT_NO;
	case OUTCOME_UNDECIDABLE:
		return EXIT_UNDECIDABLE;
	default:
		return EXIT_FINE;
	}
}

/* What is missing is told, also if reading went on behind it. */
static const char *problem_of(const struct capture_file *file, char *text, size_t room)
{
	const char *passed_over = capture_file_passed_over(file);

	snprintf(text, room, "%s%s%s%s", capture_file_problem(file),
		 *capture_file_problem(file) && *passed_over ? " " : "",
		 *passed_over ? "Passed over, as it cannot be read: " : "", passed_over);
	return text;
}

int verify_session(struct verify_run *run, const struct options *options,
		   const struct filter *filter, const char *path)
{
	struct telling telling = {
		.options = options,
		.printer = { .out = stdout,
			     .format = options->verdict_format,
			     .kind = options->verify,
			     .path = path,
			     .everything = options->verdict_details,
			     .only_summary = options->quiet },
	};

	char problem[2 * sizeof(struct error)];

	run->verdict.wants_details = options->verdict_details;
	run->tell = tell;
	run->owner = &telling;
	if (filter)
		verify_choose(run, filter);
	verdicts_begin(&telling.printer);
	verify_run(run);
	verdicts_end(&telling.printer, &run->counts,
		     problem_of(session_file(run->session), problem, sizeof problem));
	fflush(stdout);
	int status = status_of(&run->counts);
	if (!notice_write_error(&telling)) {
		complain("cannot write standard output: %s", strerror(telling.write_error));
		status = EXIT_TROUBLE;
	}
	return status;
}
