/* fuzz_support.c - runs the whole engine over a capture that is only in memory. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"

#include "print/packet_format.h"
#include "print/printer.h"
#include "session/session.h"
#include "session/verify.h"
#include "support/build_capture.h"
#include "support/sound_tree.h"

static void show(struct view_port *port, uint32_t number, unsigned wants)
{
	if (!view_port_dissect(port, number, wants))
		abort();
}

static uint64_t take_apart(struct view_port *port, uint32_t number)
{
	const char *fault;

	show(port, number, WANT_FIELDS | WANT_LABELS | WANT_COLUMNS);
	fault = sound_tree_fault(&port->d);
	if (fault) {
		fprintf(stderr, "%s\n", fault);
		abort();
	}
	return dissection_fingerprint(&port->d);
}

/* Of a message of several packets a row is worded by its beginning. */
static bool has_partial_buffer(const struct dissection *d)
{
	for (unsigned i = 0; i < d->buffer_count; i++)
		if (d->buffers[i].partial)
			return true;
	return false;
}

/* A row is worded without its fields in other ways than with them. */
static void word_alone(struct view_port *port, uint32_t number)
{
	char *whole = strdup(row_of(&port->d));

	if (!whole)
		abort();
	show(port, number, WANT_COLUMNS);
	if (!has_partial_buffer(&port->d) && strcmp(row_of(&port->d), whole)) {
		fprintf(stderr, "packet %u is \"%s\" with fields and \"%s\" without\n", number, whole,
			row_of(&port->d));
		abort();
	}
	free(whole);
}

static const char *const structured[] = { "json", "jsonraw", "ek", "pdml", "psml" };

enum { STRUCTURED = sizeof structured / sizeof *structured };

struct printers {
	FILE *out;
	struct packet_output outputs[STRUCTURED];
};

static void begin_printers(struct printers *printers)
{
	printers->out = fopen("/dev/null", "w");
	if (!printers->out)
		abort();
	for (unsigned i = 0; i < STRUCTURED; i++) {
		printers->outputs[i] = (struct packet_output){
			.out = printers->out,
			.format = packet_format_named(structured[i]),
			.bytes = true,
			.path = "-",
		};
		packet_output_begin(&printers->outputs[i]);
	}
}

static void end_printers(struct printers *printers)
{
	for (unsigned i = 0; i < STRUCTURED; i++)
		packet_output_end(&printers->outputs[i]);
	fclose(printers->out);
}

static void print_packet(struct printers *printers, struct dissection *d)
{
	struct time_context times = { 0 };
	struct tree_style style = { 0 };
	struct summary summary;
	char line[SUMMARY_LINE_ROOM];

	summary_make(&summary, d, TIME_RELATIVE, &times, 6);
	summary_line(line, d, TIME_RELATIVE, &times, 6);
	tree_print(printers->out, d, &style);
	hex_print(printers->out, d, &(struct hex_style){ 0 });
	for (unsigned i = 0; i < STRUCTURED; i++)
		packet_output_packet(&printers->outputs[i], d, &summary);
}

static void there_and_back(struct session *session)
{
	struct printers printers;
	uint32_t count = session_packet_count(session);
	uint64_t *seen = calloc(count + 1, sizeof(*seen));
	struct view_port port;

	if (!seen)
		abort();
	begin_printers(&printers);
	view_port_init(&port, session);
	for (uint32_t n = 1; n <= count; n++) {
		seen[n] = take_apart(&port, n);
		print_packet(&printers, &port.d);
		word_alone(&port, n);
	}
	for (uint32_t n = count; n > 0; n--) {
		if (take_apart(&port, n) != seen[n]) {
			fprintf(stderr, "packet %u is another on the way back\n", n);
			abort();
		}
	}
	view_port_free(&port);
	end_printers(&printers);
	free(seen);
}

static bool hear(void *owner, const struct verdict *verdict)
{
	(void)owner;
	if (verdict->outcome >= OUTCOMES)
		abort();
	return true;
}

enum { MOST_KINDS = 4 };

/* The first pass words rows, as most do who read a file, and verdicts listen to it. */
static void scan_and_judge(struct session *session)
{
	struct verify_run runs[MOST_KINDS];
	unsigned kinds = 0;
	enum scan_state scan_state;
	struct dissection d;

	for (; verify_kinds[kinds]; kinds++) {
		if (kinds == MOST_KINDS)
			abort();
		verify_init(&runs[kinds], session, verify_kinds[kinds]);
		runs[kinds].tell = hear;
		runs[kinds].verdict.wants_details = true;
	}
	dissection_init(&d);
	d.wants = WANT_COLUMNS;
	while (session_scan_one(session, &d, true, &scan_state))
		;
	dissection_free(&d);
	for (unsigned i = 0; i < kinds; i++) {
		verify_run(&runs[i]);
		verify_free(&runs[i]);
	}
}

void fuzz_capture(const uint8_t *bytes, size_t size)
{
	struct error error = { 0 };
	struct capture_file *file = open_bytes(bytes, size, &error);

	if (!file) {
		if (!error.text[0])
			abort();
		return;
	}
	struct session *session = session_new(file);
	scan_and_judge(session);
	there_and_back(session);
	session_free(session);
}
