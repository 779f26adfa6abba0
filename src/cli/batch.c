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
	d.wants = batch->wants;
	d.wanted_fields = batch->wanted_fields;
	while (next_packet(batch, &d) && batch_packet(batch, &d))
		;
	dissection_free(&d);
}

/* Every packet again once all are known, for what only later packets tell. */
static void print_in_two_passes(struct batch *batch)
{
	struct view_port port;

	while (session_scan(batch->session, SCAN_STEP, true) == SCAN_MORE)
		;
	view_port_init(&port, batch->session);
	port.d.wanted_fields = batch->wanted_fields;
	for (uint32_t n = 1; n <= session_packet_count(batch->session); n++) {
		if (!view_port_dissect(&port, n, batch->wants)) {
			error_set(&batch->error,
				  "\"%s\": packet %u cannot be read any more: the file was changed",
				  batch->options->read_path, n);
			break;
		}
		if (!batch_packet(batch, &port.d))
			break;
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

static int print_file(const struct options *options, struct capture_file *file,
		      struct copier *copier)
{
	struct session *session = session_new(file);
	struct batch batch;

	session_limit(session, (uint32_t)options->packet_limit);
	batch_begin(&batch, options, session);
	batch.copier = copier;
	if (batch_looks_ahead(options) && capture_file_news(file) < 0)
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

static int run_file(const struct options *options)
{
	struct error error;
	struct copier *copier = NULL;
	struct capture_file *file = capture_file_open(options->read_path, &error);

	if (!file) {
		complain("%s", error.text);
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
	if (batch_dissects(options))
		return print_file(options, file, copier);
	return copier ? copy_file(options, file, copier) : scan_file(options, file);
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
