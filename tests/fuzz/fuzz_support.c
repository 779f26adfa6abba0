/* fuzz_support.c - runs the whole engine over a capture that is only in memory. */
#include <stdio.h>
#include <stdlib.h>

#include "fuzz/fuzz.h"

#include "print/packet_format.h"
#include "print/printer.h"
#include "session/session.h"
#include "support/build_capture.h"
#include "support/sound_tree.h"

static uint64_t take_apart(struct view_port *port, uint32_t number)
{
	const char *fault;

	if (!view_port_dissect(port, number, WANT_FIELDS | WANT_LABELS | WANT_COLUMNS))
		abort();
	fault = sound_tree_fault(&port->d);
	if (fault) {
		fprintf(stderr, "%s\n", fault);
		abort();
	}
	return dissection_fingerprint(&port->d);
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

void fuzz_capture(const uint8_t *bytes, size_t size)
{
	struct error error = { 0 };
	struct session *session = scan_bytes(bytes, size, &error);

	if (!session && !error.text[0])
		abort();
	if (session)
		there_and_back(session);
	session_free(session);
}
