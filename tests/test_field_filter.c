/* test_field_filter.c - the filter made from a field passes the packet that the field is in. */
#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "dissect/registry.h"
#include "filter/filter.h"
#include "session/session.h"
#include "support/unit_test.h"
#include "ui/field_filter.h"

enum { EACH = 7, PACKETS = 40 }; /* not all of them, for the time it takes */

static unsigned tried;

static void passes(struct dissection *d, const char *text)
{
	struct filter_error *error = calloc(1, sizeof *error);
	struct filter *filter = filter_compile(text, NULL, error);

	if (!filter)
		fail_msg("\"%s\" does not compile: %s", text, error->message);
	if (!filter_matches(filter, d))
		fail_msg("\"%s\" does not pass packet %u", text, d->packet.number);
	filter_free(filter);
	free(error);
	tried++;
}

static void try_packet(struct view_port *port, uint32_t number)
{
	char text[FIELD_FILTER_ROOM];

	if (!view_port_dissect(port, number, WANT_FIELDS | WANT_LABELS))
		return;
	struct dissection *d = &port->d;

	for (node_id i = number % EACH; i < d->node_count; i += EACH) {
		field_filter(d, &d->nodes[i], text);
		passes(d, text);
	}
	conversation_filter(d, text);
	if (*text)
		passes(d, text);
	for (int source = 0; source < 2; source++) {
		endpoint_filter(d, source, text);
		if (*text)
			passes(d, text);
	}
}

static void a_fields_filter_passes_its_packet(void **state)
{
	(void)state;
	const char *source = getenv("srcdir");
	char pattern[4096];
	glob_t found;

	snprintf(pattern, sizeof pattern, "%s/captures/*.pcap*", source ? source : ".");
	assert_int_equal(glob(pattern, 0, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		struct error error;
		struct capture_file *file = capture_file_open(found.gl_pathv[i], &error);
		struct view_port port;

		if (!file)
			continue;
		struct session *session = session_new(file);

		while (session_scan(session, UINT32_MAX, true) == SCAN_MORE)
			;
		view_port_init(&port, session);
		for (uint32_t n = 1; n <= session_packet_count(session) && n <= PACKETS; n++)
			try_packet(&port, n);
		view_port_free(&port);
		session_free(session);
	}
	globfree(&found);
	assert_true(tried > 10000);
}

UNIT_TESTS(test_field_filter)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(a_fields_filter_passes_its_packet) };

	registry_build();
	return cmocka_run_group_tests_name("field_filter", tests, NULL, NULL);
}
