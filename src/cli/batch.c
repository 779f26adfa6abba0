/* batch.c - a capture file as text, or copied into another. */
#include "cli/batch.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "batch_print.h"
#include "live.h"
#include "verify.h"

enum { OUTPUT_BUFFER = 1 << 18, SCAN_STEP = 1 << 20 };

/* Standard output by large pieces, unless someone is watching. */
static void set_buffer(const struct options *options)
{
	if (!options->flush_lines && !isatty(STDOUT_FILENO))
		setvbuf(stdout, NULL, _IOFBF, OUTPUT_BUFFER);
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
	struct dissection d;

	dissection_init(&d);
	batch_prepare(batch, &d);
	while (next_packet(batch, &d))
		if (batch_passes(batch, &d) && !batch_packet(batch, &d))
			break;
	dissection_free(&d);
}

static bool take_apart(struct batch *batch, struct view_port *port, uint32_t number, unsigned wants)
{
	return view_port_dissect(port, number, wants) ||
	       error_set(&batch->error,
			 "\"%s\": packet %u cannot be read any more: the file was changed",
			 batch->options->read_path, number);
}

static enum filter_verdict verdict_on_path(const struct batch *batch, uint16_t path)
{
	const struct path_table *paths = session_learned(batch->session)->paths;
	const struct filter *const all[] = { batch->filters->read, batch->filters->display };
	enum filter_verdict verdict = FILTER_YES;

	for (unsigned i = 0; i < 2; i++) {
		enum filter_verdict one =
			all[i] ? filter_verdict_on_path(all[i], paths, path) : FILTER_YES;
		if (one == FILTER_NO)
			return FILTER_NO;
		if (one == FILTER_LOOK)
			verdict = FILTER_LOOK;
	}
	return verdict;
}

/* *good: it could be looked at. */
static bool passes(struct batch *batch, struct view_port *port, uint32_t number, bool *good)
{
	const struct index_block *block =
		index_block_of(&session_learned(batch->session)->index, number);
	enum filter_verdict verdict = verdict_on_path(batch, block->path[index_slot(number)]);

	if (!batch->options->statistics && verdict != FILTER_LOOK)
		return verdict == FILTER_YES;
	port->d.wanted_fields = batch->filter_fields;
	*good = take_apart(batch, port, number, batch->filter_wants);
	return *good && batch_passes(batch, &port->d);
}

/* Every packet again once all are known, for what only later packets tell. */
static void print_in_two_passes(struct batch *batch)
{
	struct view_port port;
	bool good = true;

	while (session_scan(batch->session, SCAN_STEP, true) == SCAN_MORE)
		;
	view_port_init(&port, batch->session);
	for (uint32_t n = 1; good && n <= session_packet_count(batch->session); n++) {
		if (!passes(batch, &port, n, &good))
			continue;
		port.d.wanted_fields = batch->wanted_fields;
		good = take_apart(batch, &port, n, batch->wants) && batch_packet(batch, &port.d);
	}
	view_port_free(&port);
}

static int tell_problem(const struct capture_file *file)
{
	const char *problem = capture_file_problem(file);

	if (!problem[0])
		return EXIT_FINE;
	complain("\"%s\": %s", capture_file_path(file), problem);
	return EXIT_TROUBLE;
}

static int print_file(const struct options *options, const struct filters *filters,
		      struct capture_file *file, struct copier *copier)
{
	struct session *session = session_new(file);
	struct batch batch;

	session_limit(session, (uint32_t)options->packet_limit);
	batch_begin(&batch, options, filters, session);
	batch.copier = copier;
	if (batch_looks_ahead(options, filters) && capture_file_news(file) < 0)
		print_in_two_passes(&batch);
	else
		print_in_one_pass(&batch);
	bool written = batch_end(&batch);
	int status = written ? tell_problem(session_file(session)) : EXIT_TROUBLE;
	session_free(session);
	return status;
}

static int verify_file(const struct options *options, struct capture_file *file)
{
	struct session *session = session_new(file);

	session_limit(session, (uint32_t)options->packet_limit);
	while (session_scan(session, SCAN_STEP, true) == SCAN_MORE)
		;
	int status = verify_session(options, session, options->read_path, 0);
	int problem = tell_problem(session_file(session));
	session_free(session);
	return problem != EXIT_FINE ? problem : status;
}

/* -q alone: the first pass, for its verdict on the file and for measuring it. */
static int scan_file(const struct options *options, struct capture_file *file)
{
	struct session *session = session_new(file);

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

/* A word that is no file, but a filter. */
static void tell_unopened(const struct options *options, const struct error *error)
{
	const char *word = options->read_path;

	if (options->path_is_word && access(word, F_OK) != 0 && filter_is_valid(word))
		complain("no file \"%s\"; did you mean: peel -Y %s FILE ?", word, word);
	else
		complain("%s", error->text);
}

static int read_file(const struct options *options, const struct filters *filters)
{
	struct error error;
	struct copier *copier = NULL;
	struct capture_file *file = capture_file_open(options->read_path, &error);

	if (!file) {
		tell_unopened(options, &error);
		return EXIT_TROUBLE;
	}
	if (options->verify)
		return verify_file(options, file);
	if (options->write_path &&
	    !(copier = copier_open(options->write_path, options->write_format, &error))) {
		capture_file_close(file);
		complain("%s", error.text);
		return EXIT_TROUBLE;
	}
	if (batch_dissects(options) || filters_given(options))
		return print_file(options, filters, file, copier);
	return copier ? copy_file(options, file, copier) : scan_file(options, file);
}

static int run_file(const struct options *options)
{
	struct filters filters;

	if (!filters_compile(&filters, options))
		return EXIT_TROUBLE;
	int status = read_file(options, &filters);
	filters_free(&filters);
	return status;
}

int batch_run(const struct options *options)
{
	set_buffer(options);
	if (options->read_path)
		return run_file(options);
	if (options->live.interface_count)
		return live_run(options);
	complain("nothing to read: name a file, or an interface with -i (see peel --help)");
	return EXIT_TROUBLE;
}
