/* batch.c - a capture file as text, or copied into another. */
#include "cli/batch.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "batch_print.h"
#include "dissect/names.h"
#include "dissect/redact.h"
#include "export_objects.h"
#include "fields_alone.h"
#include "ladder.h"
#include "live.h"
#include "name_options.h"
#include "print/explain_text.h"
#include "printing.h"
#include "session/filter_run.h"
#include "statistics.h"
#include "verify.h"

struct filters {
	struct filter *read, *display; /* -R and -Y; NULL: none */
};

enum { EXPLAINED_COLUMNS = 100 };

enum { OUTPUT_BUFFER = 1 << 16, SCAN_STEP = 1 << 20, NEWS_MS = 20 };

/* Of the packets that are printed: those after them are worth starting threads for. */
enum { PRINTED_ALONE = 512 };

/* Standard output by large pieces, unless someone is watching.  glibc minds the size only with a
 * buffer of ours, which stdout keeps to the end. */
static void set_buffer(const struct options *options)
{
	if (!options->flush_lines && !isatty(STDOUT_FILENO))
		setvbuf(stdout, must_alloc(OUTPUT_BUFFER), _IOFBF, OUTPUT_BUFFER);
}

/* The next packet; what was printed is seen before it waits for more. */
static bool next_packet(struct batch *batch, struct dissection *d)
{
	enum scan_state state;

	if (session_scan_one(batch->session, d, false, &state))
		return true;
	if (state != SCAN_WAITING)
		return false;
	if (!batch_flush(batch))
		return false;
	return session_scan_one(batch->session, d, true, &state);
}

/* Packets as they are read, by the first pass itself. */
static void print_in_one_pass(struct batch *batch)
{
	struct names_follower *names = names_follow(batch->options, batch->session);
	struct dissection d;

	dissection_init(&d);
	batch_prepare(batch, &d);
	while (next_packet(batch, &d)) {
		names_follow_packet(names);
		if (batch_passes(batch, &d) && !batch_packet(batch, &d))
			break;
	}
	dissection_free(&d);
	names_follow_end(names);
}

/* Prints packets that were chosen, with the help of others if they are many. */
struct showing {
	struct batch *batch;
	struct view_port port;
	struct printing *printing; /* NULL: by itself */
	bool may_share;
};

static void begin_showing(struct showing *showing, struct batch *batch, bool one_pass)
{
	showing->batch = batch;
	showing->printing = NULL;
	showing->may_share = printing_is_possible(batch);
	batch_open_port(batch, &showing->port, one_pass);
}

static bool take_apart(struct batch *batch, struct view_port *port, uint32_t number)
{
	return view_port_dissect(port, number, port->d.wants) || batch_tell_changed(batch);
}

static bool show(struct showing *showing, uint32_t number)
{
	struct batch *batch = showing->batch;

	if (showing->may_share && batch->place.shown == PRINTED_ALONE) {
		showing->printing = printing_start(batch, showing->port.d.one_pass);
		showing->may_share = false;
	}
	if (showing->printing)
		return printing_choose(showing->printing, number);
	return batch_show(batch, &showing->port, number);
}

static void end_showing(struct showing *showing)
{
	printing_end(showing->printing);
	view_port_free(&showing->port);
}

/* -R: what each packet is called if those that fail are left out.  They have been learnt from. */
static bool number_packets(struct batch *batch, const struct filter *filter)
{
	uint32_t count = session_packet_count(batch->session), number = 1;
	struct view_port port;
	bool good = true;

	batch->numbers = must_zeroed((size_t)count + 2, sizeof *batch->numbers);
	view_port_init(&port, batch->session);
	port.d.one_pass = true;
	port.d.wants = WANT_FIELDS;
	port.d.wanted_fields = filter_wanted_fields(filter);
	for (uint32_t n = 1; good && n <= count; n++) {
		batch->numbers[n] = number;
		good = take_apart(batch, &port, n);
		number += good && filter_matches(filter, &port.d);
	}
	batch->numbers[count + 1] = number;
	view_port_free(&port);
	return good;
}

static bool is_left_out(const struct batch *batch, uint32_t n)
{
	return batch->numbers && batch->numbers[n] == batch->numbers[n + 1];
}

/* The packets that a filter passes, or that statistics count on the way. */
static void print_passing(struct batch *batch)
{
	struct view_port port;
	bool good = true;

	view_port_init(&port, batch->session);
	port.numbers = batch->numbers;
	batch_prepare(batch, &port.d);
	for (uint32_t n = 1; good && n <= session_packet_count(batch->session); n++) {
		if (is_left_out(batch, n))
			continue;
		good = take_apart(batch, &port, n);
		if (good && batch_passes(batch, &port.d))
			good = batch_packet(batch, &port.d);
	}
	view_port_free(&port);
}

static void print_all(struct batch *batch)
{
	struct showing showing;
	bool good = true;

	begin_showing(&showing, batch, false);
	for (uint32_t n = 1; good && n <= session_packet_count(batch->session); n++)
		if (!is_left_out(batch, n))
			good = show(&showing, n);
	end_showing(&showing);
}

/* Every packet again once all are known, for what only later packets tell. */
static void print_in_two_passes(struct batch *batch)
{
	while (session_scan(batch->session, SCAN_STEP, true) == SCAN_MORE)
		;
	if (batch->read_filter && !number_packets(batch, batch->read_filter))
		return;
	if (batch->filter)
		print_passing(batch);
	else
		print_all(batch);
}

/* What is found to pass after packet `from`, in order; false: it cannot go on. */
static bool print_found(struct showing *showing, struct filter_run *run, uint32_t from)
{
	for (uint32_t n = from; (n = filter_run_next(run, n));)
		if (!show(showing, n))
			return false;
	return !showing->printing || printing_hurry(showing->printing);
}

/* Lets the run test what is known, until all was shown. */
static void follow_run(struct batch *batch, struct scanner *scanner, struct filter_run *run,
		       bool looks_ahead)
{
	struct filter_progress progress = { 0 };
	struct showing showing;
	bool good = true;

	begin_showing(&showing, batch, !looks_ahead);
	while (good && !progress.done) {
		struct pollfd fds[] = { { scanner_news(scanner), POLLIN, 0 },
					{ filter_run_news(run), POLLIN, 0 } };
		poll(fds, 2, -1);
		bool is_read = scanner_poll(scanner) == SCAN_DONE;
		if (is_read || !looks_ahead)
			filter_run_feed(run, session_packet_count(batch->session), is_read);
		uint32_t before = progress.tested;
		progress = filter_run_poll(run);
		good = print_found(&showing, run, before);
	}
	end_showing(&showing);
	if (good && progress.damaged)
		batch_tell_changed(batch);
}

/* The first pass, the filter and the printing at the same time, on several threads; what is shown
 * is as in the other ways.  False: there are no threads. */
static bool print_as_found(struct batch *batch, bool looks_ahead)
{
	struct filter_run_options options = { .interval_ms = NEWS_MS,
					      .look.one_pass = !looks_ahead };
	struct filter_run *run = filter_run_start(batch->session, batch->filter, &options);
	struct scanner *scanner = run ? scanner_start(batch->session, NEWS_MS) : NULL;

	if (scanner)
		follow_run(batch, scanner, run, looks_ahead);
	filter_run_free(run);
	scanner_stop(scanner);
	return scanner != NULL;
}

static int tell_problem(const struct capture_file *file)
{
	const char *problem = capture_file_problem(file);
	const char *passed_over = capture_file_passed_over(file);

	if (passed_over[0])
		complain("\"%s\": passed over what cannot be read: %s", capture_file_path(file),
			 passed_over);
	if (problem[0])
		complain("\"%s\": %s", capture_file_path(file), problem);
	return problem[0] || passed_over[0] ? EXIT_TROUBLE : EXIT_FINE;
}

/* Counts what is known while the first pass goes on, on another thread; false: there is none. */
static bool count_behind(struct batch *batch)
{
	struct scanner *scanner = scanner_start(batch->session, NEWS_MS);
	bool needs_later = tally_needs_later(batch->tally), is_read = false;

	if (!scanner)
		return false;
	while (!is_read) {
		struct pollfd fds[] = { { scanner_news(scanner), POLLIN, 0 } };
		poll(fds, 1, -1);
		is_read = scanner_poll(scanner) == SCAN_DONE;
		if (!needs_later)
			tally_step(batch->tally, UINT32_MAX, session_packet_count(batch->session));
	}
	scanner_stop(scanner);
	return true;
}

/* Are names wanted that the capture holds, which may be at its end?  Who reads a pipe does not wait
 * for them. */
static bool batch_names_capture(const struct options *options, const struct capture_file *file)
{
	return (names_chosen() & NAMES_HOST || options->write_names) && capture_file_news(file) < 0;
}

static bool only_counts(const struct batch *batch)
{
	const struct options *options = batch->options;

	return options->statistics && statistics_only_tally(options->statistics) &&
	       !batch_prints(options) && !batch->copier && !batch->filter && !options->count;
}

static void print_packets(struct batch *batch, struct capture_file *file)
{
	bool is_file = capture_file_news(file) < 0;
	bool looks_ahead = batch_names_capture(batch->options, file) ||
			   (batch_looks_ahead(batch->options, batch->filter) && is_file);

	if (batch->read_filter) {
		print_in_two_passes(batch);
		return;
	}
	if (is_file && only_counts(batch) && count_behind(batch))
		return;
	if (is_file && batch->filter && !batch->options->statistics &&
	    print_as_found(batch, looks_ahead))
		return;
	if (looks_ahead)
		print_in_two_passes(batch);
	else if (!is_file || !print_fields_alone(batch))
		print_in_one_pass(batch);
}

/* ${FIELD} in a filter means the fields of that packet; without one it has no value. */
static void select_frame(struct filter *filter, struct session *session, uint32_t number)
{
	struct view_port port;

	if (!number || !filter || !filter_has_references(filter))
		return;
	while (session_scan(session, SCAN_STEP, true) == SCAN_MORE)
		;
	view_port_init(&port, session);
	if (view_port_dissect(&port, number, WANT_FIELDS))
		filter_set_reference(filter, &port.d);
	view_port_free(&port);
}

/* A session with the key log that was asked for; one that cannot be read is told, and packets stay
 * closed. */
static struct session *begin_session(const struct options *options, struct capture_file *file)
{
	struct session *session = session_new(file);
	struct error error = { "" };

	if (options->key_log && !session_read_keys(session, options->key_log, &error))
		complain("%s", error.text);
	return session;
}

static int print_file(const struct options *options, const struct filters *filters,
		      struct capture_file *file, struct copier *copier)
{
	struct session *session = begin_session(options, file);
	struct batch batch;

	session_limit(session, (uint32_t)options->packet_limit);
	batch_begin(&batch, options, filters->display, session);
	batch.read_filter = filters->read;
	batch.copier = copier;
	if (batch_names_capture(options, file))
		names_read_capture(options, session);
	/* In front of the packets, where readers in one pass profit from them. */
	bool good = !options->write_names || copier_names(copier, &batch.error);
	select_frame(filters->display, session, options->selected_frame);
	if (good)
		print_packets(&batch, file);
	bool written = batch_end(&batch);
	int status = written ? tell_problem(session_file(session)) : EXIT_TROUBLE;
	if (written && options->object_request_count) {
		while (session_scan(session, SCAN_STEP, true) == SCAN_MORE)
			;
		int saved = export_objects(options, session);
		status = saved == EXIT_FINE ? status : saved;
	}
	session_free(session);
	return batch_status(&batch, status);
}

static int verify_file(const struct options *options, const struct filter *filter,
		       struct capture_file *file)
{
	struct session *session = begin_session(options, file);
	struct verify_run run;

	session_limit(session, (uint32_t)options->packet_limit);
	verify_init(&run, session, options->verify);
	while (session_scan(session, SCAN_STEP, true) == SCAN_MORE)
		;
	int status = verify_session(&run, options, filter, options->read_path);
	int problem = tell_problem(session_file(session));
	verify_free(&run);
	session_free(session);
	return problem != EXIT_FINE ? problem : status;
}

static int draw_ladder(const struct options *options, struct capture_file *file)
{
	struct session *session = begin_session(options, file);

	session_limit(session, (uint32_t)options->packet_limit);
	while (session_scan(session, SCAN_STEP, true) == SCAN_MORE)
		;
	int status = ladder_of_session(options, session);
	int problem = tell_problem(session_file(session));
	session_free(session);
	return problem != EXIT_FINE ? problem : status;
}

static int explain_file(const struct options *options, struct capture_file *file)
{
	struct session *session = session_new(file);
	struct view_port port;
	int status = EXIT_FINE;

	while (session_scan(session, SCAN_STEP, true) == SCAN_MORE)
		;
	view_port_init(&port, session);
	if (view_port_dissect(&port, options->explained,
			      WANT_FIELDS | WANT_LABELS | WANT_COLUMNS)) {
		if (options->redact)
			redact(&port.d);
		explain_print(stdout, &port.d, EXPLAINED_COLUMNS);
	} else {
		complain("there is no packet %u: the file has %u", options->explained,
			 session_packet_count(session));
		status = EXIT_TROUBLE;
	}
	view_port_free(&port);
	int problem = tell_problem(session_file(session));
	session_free(session);
	return problem != EXIT_FINE ? problem : status;
}

/* -q alone: the first pass, for its verdict on the file and for measuring it. */
static int scan_file(const struct options *options, struct capture_file *file)
{
	struct session *session = begin_session(options, file);

	session_limit(session, (uint32_t)options->packet_limit);
	while (session_scan(session, SCAN_STEP, true) == SCAN_MORE)
		;
	int status = tell_problem(session_file(session));
	session_free(session);
	return status;
}

/* Nothing is printed, so nothing need be taken apart. */
static int copy_file(const struct options *options, struct capture_file *file,
		     struct copier *copier)
{
	struct record record;
	const uint8_t *bytes;
	struct error error = { "" };
	uint64_t count = 0;
	bool good = true;

	while (good && (!options->packet_limit || count < options->packet_limit) &&
	       capture_file_next(file, true, &record, &bytes) == RECORD_OK) {
		good = copier_packet(copier, file, &record, bytes, &error);
		count++;
	}
	if (!good)
		copier_abandon(copier);
	else
		good = copier_finish(copier, file, &error);
	if (!good)
		complain("%s", error.text);
	int status = good ? tell_problem(file) : EXIT_TROUBLE;
	capture_file_close(file);
	return status;
}

static struct capture_file *open_files(const struct options *options, struct error *error)
{
	if (!options->more_count && options->takes_raw)
		return capture_file_open_raw(options->read_path, options->raw_link_type, error);
	if (!options->more_count)
		return capture_file_open(options->read_path, error);
	char **paths = must_zeroed(options->more_count + 1, sizeof *paths);

	paths[0] = must_copy(options->read_path);
	memcpy(paths + 1, options->more_paths, options->more_count * sizeof *paths);
	struct capture_file *file = capture_file_open_merged(paths, options->more_count + 1, error);

	free(paths[0]);
	free(paths);
	return file;
}

static int read_file(const struct options *options, const struct filters *filters)
{
	struct error error;
	struct copier *copier = NULL;
	struct capture_file *file = open_files(options, &error);

	if (!file) {
		complain("%s", error.text);
		return EXIT_TROUBLE;
	}
	if (options->skips_damage)
		capture_file_skip(file, UINT32_MAX);
	if (options->verify)
		return verify_file(options, filters->display, file);
	if (options->explained)
		return explain_file(options, file);
	if (options->ladder.asked)
		return draw_ladder(options, file);
	struct capture_writing how = options_writing(options);
	if (options->write_path && !(copier = copier_open(options->write_path, &how, &error))) {
		capture_file_close(file);
		complain("%s", error.text);
		return EXIT_TROUBLE;
	}
	if (batch_dissects(options) || filters_given(options) || options->object_request_count)
		return print_file(options, filters, file, copier);
	return copier ? copy_file(options, file, copier) : scan_file(options, file);
}

static int run_file(const struct options *options)
{
	struct filters filters = { NULL, NULL };
	int status = EXIT_TROUBLE;

	if (filter_compile_text(options->read_filter, &filters.read) &&
	    filter_compile_text(options->display_filter, &filters.display))
		status = read_file(options, &filters);
	filter_free(filters.read);
	filter_free(filters.display);
	return status;
}

int batch_run(const struct options *options)
{
	if (options->more_count && !options->merge) {
		complain("several files are shown on the screen, beside each other, or with "
			 "--merge read as one: \"%s\", \"%s\"",
			 options->read_path, options->more_paths[0]);
		return EXIT_TROUBLE;
	}
	set_buffer(options);
	if (options->read_path)
		return run_file(options);
	if (options->live.interface_count)
		return live_run(options);
	complain("nothing to read: name a file, or an interface with -i (see peel --help)");
	return EXIT_TROUBLE;
}
