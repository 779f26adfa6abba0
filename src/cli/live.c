/* live.c - a live capture as text or into a file.
 *
 * The helper process captures into a file, which is printed as it grows.  With -w that is
 * the file the user wants, unless it must be something else than pcapng on a disk. */
#include "live.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "batch_print.h"
#include "verify.h"

enum { WAIT_MS = 100, COUNT_MS = 250 };

struct live_run {
	const struct options *options;
	struct live_capture live;
	struct filter *filter;
	struct batch batch;
	struct session *session; /* NULL: nothing is printed or copied */
	struct dissection d;
	struct verify_run verification; /* with --verify */
	int signals;			/* a signalfd */
	bool stopping;
	bool tells_count;
	int64_t told_at; /* ms */
};

/* Can the helper write what -w asks for, with nobody between? */
static bool can_write_directly(const struct options *options)
{
	struct stat status;

	if (!options->write_path || options->write_format != FORMAT_PCAPNG ||
	    !strcmp(options->write_path, "-"))
		return false;
	return stat(options->write_path, &status) != 0 || S_ISREG(status.st_mode);
}

/* SIGINT and its like arrive as something to read; a closed pipe as an error to notice. */
static int take_signals(void)
{
	sigset_t set;

	signal(SIGPIPE, SIG_IGN);
	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	sigprocmask(SIG_BLOCK, &set, NULL);
	return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

static void stop(struct live_run *run)
{
	run->stopping = true;
	live_capture_stop(&run->live);
}

static int64_t clock_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void tell_count(struct live_run *run)
{
	int64_t now = clock_ms();

	if (!run->tells_count || now - run->told_at < COUNT_MS)
		return;
	run->told_at = now;
	fprintf(stderr, "\r%" PRIu64 " ", run->live.counts.written);
}

/* Until the helper has told something, a signal came, or it is time to look at the file. */
static void wait_for_news(struct live_run *run)
{
	struct signalfd_siginfo signal;
	struct pollfd fds[] = { { run->live.news, POLLIN, 0 }, { run->signals, POLLIN, 0 } };

	poll(fds, run->signals >= 0 ? 2 : 1, WAIT_MS);
	if (fds[1].revents && read(run->signals, &signal, sizeof signal) > 0)
		stop(run);
	tell_count(run);
}

/* What has come into the file since; false: it cannot go on. */
static bool print_news(struct live_run *run)
{
	enum scan_state state;

	while (session_scan_one(run->session, &run->d, false, &state))
		if (batch_passes(&run->batch, &run->d) && !batch_packet(&run->batch, &run->d))
			return false;
	if (!batch_flush(&run->batch))
		return false;
	if (run->batch.copier && !copier_flush(run->batch.copier, &run->batch.error))
		return false;
	return state == SCAN_WAITING;
}

static void follow(struct live_run *run)
{
	bool running = true, printing = run->session != NULL;

	while (running) {
		wait_for_news(run);
		running = live_capture_poll(&run->live);
		if (printing && !print_news(run)) {
			printing = false;
			stop(run);
		}
	}
	if (printing) {
		session_follow(run->session, false);
		print_news(run);
	}
}

static bool open_session(struct live_run *run, bool direct, struct error *error)
{
	const struct options *options = run->options;

	if (!batch_dissects(options) && !options->verify && (direct || !options->write_path))
		return true;
	struct copier *copier = NULL;
	if (options->write_path && !direct) {
		struct capture_writing how = options_writing(options);
		copier = copier_open(options->write_path, &how, error);
		if (!copier)
			return false;
	}
	struct capture_file *file = capture_file_open(run->live.path, error);
	if (!file) {
		copier_abandon(copier);
		return false;
	}
	run->session = session_new(file);
	if (options->key_log && !session_read_keys(run->session, options->key_log, error))
		complain("%s", error->text);
	session_limit(run->session, (uint32_t)options->packet_limit);
	session_follow(run->session, true);
	if (options->verify)
		verify_init(&run->verification, run->session, options->verify);
	batch_begin(&run->batch, options, run->filter, run->session);
	run->batch.copier = copier;
	dissection_init(&run->d);
	batch_prepare(&run->batch, &run->d);
	return true;
}

static void tell_start(const struct options *options)
{
	if (options->only_errors)
		return;
	fputs("Capturing on", stderr);
	for (unsigned i = 0; i < options->live.interface_count; i++)
		fprintf(stderr, "%s '%s'", i ? "," : "", options->live.interfaces[i]);
	putc('\n', stderr);
}

static uint64_t lost_packets(const struct live_counts *counts)
{
	return counts->dropped_kernel + counts->dropped_interface + counts->lost_silently;
}

static void tell_end(const struct live_run *run)
{
	const struct live_counts *counts = &run->live.counts;
	uint64_t lost = lost_packets(counts);

	if (run->options->only_errors)
		return;
	fprintf(stderr, "%s%" PRIu64 " packet%s captured", run->tells_count ? "\r" : "",
		counts->written, counts->written == 1 ? "" : "s");
	if (lost)
		fprintf(stderr,
			"; lost: %" PRIu64 " in the kernel, %" PRIu64 " in the interface, %" PRIu64
			" unseen",
			counts->dropped_kernel, counts->dropped_interface, counts->lost_silently);
	putc('\n', stderr);
}

/* What went wrong, and everything is given back. */
static int finish(struct live_run *run)
{
	int status = EXIT_FINE;
	bool pipe_closed = false;

	if (run->session) {
		if (run->options->verify) {
			run->verification.lost = lost_packets(&run->live.counts);
			status = verify_session(&run->verification, run->options, run->filter,
						run->options->write_path);
			verify_free(&run->verification);
		}
		pipe_closed = run->batch.write_error == EPIPE;
		if (pipe_closed)
			copier_abandon(run->batch.copier);
		else if (!batch_end(&run->batch))
			status = EXIT_TROUBLE;
		if (session_problem(run->session)[0]) {
			complain("\"%s\": %s", run->live.path, session_problem(run->session));
			status = EXIT_TROUBLE;
		}
		dissection_free(&run->d);
		session_free(run->session);
	}
	tell_end(run);
	if (run->live.problem.text[0]) {
		complain("%s", run->live.problem.text);
		status = EXIT_TROUBLE;
	}
	if (run->session)
		status = batch_status(&run->batch, status);
	live_capture_close(&run->live);
	filter_free(run->filter);
	if (pipe_closed) {
		signal(SIGPIPE, SIG_DFL);
		raise(SIGPIPE);
	}
	return status;
}

int live_run(const struct options *options)
{
	struct live_run run = { .options = options };
	struct live_options wanted = options->live;
	bool direct = can_write_directly(options);
	struct error error;

	if (options->live.ring.several && (!direct || batch_dissects(options) || options->verify)) {
		complain("-b writes ordinary files and prints nothing meanwhile");
		return EXIT_TROUBLE;
	}
	if (!filters_compile(options, &run.filter))
		return EXIT_TROUBLE;
	if (direct)
		wanted.write_path = options->write_path;
	run.tells_count = !options->quiet && !options->only_errors && !batch_prints(options) &&
			  isatty(STDERR_FILENO);
	run.signals = take_signals();
	if (!live_capture_start(&run.live, &wanted, &error)) {
		complain("%s", error.text);
		filter_free(run.filter);
		return EXIT_TROUBLE;
	}
	if (!open_session(&run, direct, &error)) {
		complain("%s", error.text);
		live_capture_close(&run.live);
		filter_free(run.filter);
		return EXIT_TROUBLE;
	}
	tell_start(options);
	follow(&run);
	return finish(&run);
}
