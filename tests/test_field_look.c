/* test_field_look.c - values that are read where they stand are those that a dissection has: for
 * every field that has a place, in every packet of all captures. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "dissect/registry.h"
#include "dissect/value_text.h"
#include "session/field_look.h"
#include "support/unit_test.h"

enum { MOST_FIELDS = 256, MOST_CAPTURES = 300, TEXT_ROOM = 400 };

static uint16_t placed[MOST_FIELDS];
static unsigned placed_count;
static uint32_t told[MOST_FIELDS]; /* values, without a dissection */

static struct session *scan_file(const char *path)
{
	struct error error;
	struct capture_file *file = capture_file_open(path, &error);

	if (!file)
		fail_msg("%s", error.text);
	struct session *session = session_new(file);
	while (session_scan(session, UINT32_MAX, true) == SCAN_MORE)
		;
	return session;
}

static size_t put_value(char text[TEXT_ROOM], size_t at, const struct node *node)
{
	if (at + SCALAR_ROOM + 1 > TEXT_ROOM)
		return at;
	at = (size_t)(put_scalar(text + at, registry_field(node->field), node) - text);
	text[at] = ';';
	return at + 1;
}

static void expect_same(const struct view_port *port, unsigned n, const struct node *nodes,
			uint8_t count)
{
	char seen[TEXT_ROOM], found[TEXT_ROOM];
	size_t seen_end = 0, found_end = 0;

	for (unsigned i = 0; i < count; i++)
		seen_end = put_value(seen, seen_end, &nodes[i]);
	for (node_id i = 0; i < port->d.node_count; i++)
		if (port->d.nodes[i].field == placed[n])
			found_end = put_value(found, found_end, &port->d.nodes[i]);
	seen[seen_end] = found[found_end] = '\0';
	if (strcmp(seen, found) != 0)
		fail_msg("packet %u: %s is \"%s\", a dissection has \"%s\"", port->d.packet.number,
			 registry_field(placed[n])->abbrev, seen, found);
	told[n] += count;
}

static void agrees_with_a_dissection(void **state)
{
	struct session *session = scan_file(*state);
	struct chosen_fields *chosen = must_zeroed(placed_count, sizeof *chosen);
	struct field_look **looks = must_zeroed(placed_count, sizeof(struct field_look *));
	struct node nodes[GLANCED_VALUES];
	struct view_port port;
	uint8_t count;

	for (unsigned n = 0; n < placed_count; n++) {
		chosen[n] = (struct chosen_fields){ &placed[n], 1 };
		looks[n] = field_look_new(session, &chosen[n]);
	}
	view_port_init(&port, session);
	port.d.one_pass = true;
	for (uint32_t packet = 1; packet <= session_packet_count(session); packet++) {
		assert_true(view_port_dissect(&port, packet, WANT_FIELDS));
		for (unsigned n = 0; n < placed_count; n++)
			if (field_look_at(looks[n], packet, nodes, &count))
				expect_same(&port, n, nodes, count);
	}
	view_port_free(&port);
	for (unsigned n = 0; n < placed_count; n++)
		field_look_free(looks[n]);
	free(looks);
	free(chosen);
	session_free(session);
}

static void tells_every_field_that_has_a_place(void **state)
{
	(void)state;
	unsigned silent = 0;

	for (unsigned n = 0; n < placed_count; n++)
		if (!told[n] && !value_is_long(registry_field(placed[n])->type)) {
			print_message("%s was told of no packet\n",
				      registry_field(placed[n])->abbrev);
			silent++;
		}
	assert_int_equal(silent, 0);
}

static unsigned find_captures(char *paths[MOST_CAPTURES])
{
	const char *srcdir = getenv("srcdir"), *other = getenv("OTHER_CAPTURES");
	char folder[2048];
	struct dirent **entries;
	unsigned count = 0;

	snprintf(folder, sizeof folder, "%s/captures", srcdir ? srcdir : ".");
	if (other)
		snprintf(folder, sizeof folder, "%s", other);
	int found = scandir(folder, &entries, NULL, alphasort);
	for (int i = 0; i < found; i++) {
		if (strstr(entries[i]->d_name, ".pcap") && count < MOST_CAPTURES)
			assert_true(asprintf(&paths[count++], "%s/%s", folder, entries[i]->d_name) >
				    0);
		free(entries[i]);
	}
	if (found >= 0)
		free(entries);
	return count;
}

UNIT_TESTS(test_field_look)
{
	static char *paths[MOST_CAPTURES];
	static struct CMUnitTest tests[MOST_CAPTURES + 1];
	unsigned count = find_captures(paths);

	registry_build();
	for (unsigned n = 0; n < registry_field_count(); n++)
		if (registry_field(n)->place && placed_count < MOST_FIELDS)
			placed[placed_count++] = (uint16_t)n;
	for (unsigned i = 0; i < count; i++)
		tests[i] = (struct CMUnitTest){ strrchr(paths[i], '/') + 1,
						agrees_with_a_dissection, NULL, NULL, paths[i] };
	tests[count] = (struct CMUnitTest)cmocka_unit_test(tells_every_field_that_has_a_place);
	int failed = _cmocka_run_group_tests("field_look", tests, count + !!count, NULL, NULL);
	for (unsigned i = 0; i < count; i++)
		free(paths[i]);
	return failed;
}
