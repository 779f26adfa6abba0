/* test_glance.c - what a filter sees of packets without taking them apart is what it would find.
 *
 * For every field that has a place, filters of all kinds are asked both ways about packets of all
 * captures, as they are, cut short, and with bytes changed. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bitmap.h"
#include "dissect/registry.h"
#include "session/filter_look.h"
#include "support/build_capture.h"
#include "support/unit_test.h"
#include "ui/field_filter.h"

enum {
	MOST_PACKETS = 60, /* of each capture */
	MOST_FIELDS = 256,
	MOST_CAPTURES = 300,
	VALUES = 3,
	VALUE_ROOM = 64,
	TEXT_ROOM = 400,
	CUT_PACKETS = 2, /* of each capture, at each of its first */
	CUT_BYTES = 90,
	CHANGED_PACKETS = 25,
};

/* %f: the field, %1 to %3: values that it has. */
static const char *const patterns[] = {
	"%f == %1",
	"%f",
	"%f != %1",
	"%f === %2",
	"%f !== %2",
	"%f > %2",
	"%f >= %1",
	"%f < %3",
	"%f <= %2",
	"%f in {%1, %2..%3}",
	"not %f in {%3}",
	"%f & 1",
	"%f & 0x12 == 0x12",
	"%f + 1 > %1",
	"%f[0:2] == %1",
	"%f[1] >= 10",
	"%f contains 00:01",
	"string(%f) contains \"1\"",
	"max(%f) == %2",
	"count(%f) == 2",
	"@%f == 00:50",
	"%f#1 == %1",
	"%f == %1 or dns.qry.name contains \"a\" or udp",
	"(tcp or ip.ttl > 60) xor not %f == %2",
	"http.request and %f == %1 or frame.number < 20 and not %f",
	"%f == ${%f}",
};
enum { PATTERNS = sizeof patterns / sizeof patterns[0], FEW_PATTERNS = 2 };

struct placed {
	unsigned field;
	uint32_t seen; /* how often its value was told without a dissection */
};

static struct placed placed[MOST_FIELDS];
static unsigned placed_count;

/* Values that a field has in the packets at hand, as a filter writes them. */
struct values {
	char text[VALUES][VALUE_ROOM];
	unsigned count;
};

struct question {
	struct filter *filter;
	struct placed *of; /* NULL: it may be decided without its value */
	char text[TEXT_ROOM];
	uint8_t *found; /* a bit per packet */
};

static void add_value(struct values *values, struct dissection *d, const struct node *node)
{
	char text[FIELD_FILTER_ROOM];

	field_filter(d, node, text);
	const char *value = strstr(text, " == ");
	if (!value || strlen(value + 4) >= VALUE_ROOM || values->count == VALUES)
		return;
	for (unsigned i = 0; i < values->count; i++)
		if (!strcmp(values->text[i], value + 4))
			return;
	strcpy(values->text[values->count++], value + 4);
}

static void collect_values(struct session *session, uint32_t count, struct values *values)
{
	struct view_port port;

	view_port_init(&port, session);
	for (uint32_t n = 1; n <= count; n++) {
		assert_true(view_port_dissect(&port, n, WANT_FIELDS));
		for (node_id i = 0; i < port.d.node_count; i++)
			for (unsigned f = 0; f < placed_count; f++)
				if (port.d.nodes[i].field == placed[f].field)
					add_value(&values[f], &port.d, &port.d.nodes[i]);
	}
	view_port_free(&port);
}

static void word_question(char text[TEXT_ROOM], const char *pattern, const char *field,
			  const struct values *values)
{
	unsigned n = 0;

	for (; *pattern && n < TEXT_ROOM - VALUE_ROOM; pattern++) {
		if (*pattern != '%') {
			text[n++] = *pattern;
			continue;
		}
		const char *part =
			*++pattern == 'f'
				? field
				: values->text[(unsigned)(*pattern - '1') % values->count];
		n += (unsigned)snprintf(text + n, TEXT_ROOM - n, "%s", part);
	}
	text[n] = '\0';
}

/* Not all of them are for fields of this type. */
static unsigned ask(struct question *questions, const struct values *values, unsigned pattern_count,
		    uint32_t packets)
{
	unsigned count = 0;

	for (unsigned f = 0; f < placed_count; f++)
		for (unsigned i = 0; values[f].count && i < pattern_count; i++) {
			struct question *question = &questions[count];
			struct filter_error error;
			word_question(question->text, patterns[i],
				      registry_field(placed[f].field)->abbrev, &values[f]);
			question->filter = filter_compile(question->text, NULL, &error);
			free(error.text);
			if (!question->filter)
				continue;
			question->of = i == 0 ? &placed[f] : NULL;
			question->found = calloc(packets / 8 + 1, 1);
			assert_non_null(question->found);
			count++;
		}
	return count;
}

static void answer_by_dissection(struct session *session, struct question *questions,
				 unsigned count, uint32_t packets)
{
	struct view_port port;

	view_port_init(&port, session);
	for (uint32_t n = 1; n <= packets; n++) {
		assert_true(view_port_dissect(&port, n, WANT_FIELDS));
		for (unsigned i = 0; i < count; i++)
			if (filter_matches(questions[i].filter, &port.d))
				bitmap_add(questions[i].found, n);
	}
	view_port_free(&port);
}

static void compare(struct session *session, struct question *question, uint32_t packets,
		    const char *what)
{
	const struct filter_look_options options = { 0 };
	struct filter_look *look = filter_look_new(session, question->filter, &options);

	for (uint32_t n = 1; n <= packets; n += LOOK_MOST) {
		uint32_t left = packets - n + 1;
		unsigned many = left < LOOK_MOST ? left : LOOK_MOST;
		uint64_t bits = filter_look_at(look, n, many);
		for (uint32_t i = 0; i < many; i++)
			if ((bits >> i & 1) != bitmap_has(question->found, n + i))
				fail_msg("%s, packet %u: %s is %s by a glance", what, n + i,
					 question->text, bits >> i & 1 ? "true" : "false");
	}
	assert_false(filter_look_is_damaged(look));
	if (question->of)
		question->of->seen += filter_look_glances(look);
	filter_look_free(look);
}

static void check(struct session *session, unsigned pattern_count, const char *what)
{
	static struct question questions[MOST_FIELDS * PATTERNS];
	struct values *values = calloc(placed_count, sizeof *values);
	uint32_t packets = session_packet_count(session);

	assert_non_null(values);
	collect_values(session, packets, values);
	unsigned count = ask(questions, values, pattern_count, packets);
	answer_by_dissection(session, questions, count, packets);
	for (unsigned i = 0; i < count; i++) {
		compare(session, &questions[i], packets, what);
		filter_free(questions[i].filter);
		free(questions[i].found);
	}
	free(values);
	session_free(session);
}

struct sample {
	char path[4096];
	struct built_capture made;
	uint32_t seed;
};

static uint32_t next_random(struct sample *sample)
{
	sample->seed = sample->seed * 1664525u + 1013904223u;
	return sample->seed >> 8;
}

static void add_cuts(struct sample *sample, const uint8_t *bytes, const struct record *record)
{
	for (uint32_t n = 0; n < CUT_BYTES && n < record->captured; n++) {
		capture_add(&sample->made, bytes, n, record->reported);
		capture_add(&sample->made, bytes, n, n);
	}
}

/* One byte, of the headers mostly. */
static void add_changed(struct sample *sample, const uint8_t *bytes, const struct record *record)
{
	uint8_t *copy = malloc(record->captured + 1);
	uint32_t room = record->captured < CUT_BYTES ? record->captured : CUT_BYTES;

	assert_non_null(copy);
	memcpy(copy, bytes, record->captured);
	for (unsigned i = 0; i < 3 && room; i++) {
		copy[next_random(sample) % room] = (uint8_t)next_random(sample);
		capture_add(&sample->made, copy, record->captured, record->reported);
	}
	free(copy);
}

/* What `add` makes of the capture's first packets that have the link type of the first one. */
static void check_made(struct sample *sample, unsigned packets, unsigned pattern_count,
		       void (*add)(struct sample *sample, const uint8_t *bytes,
				   const struct record *record))
{
	struct error error = { 0 };
	struct capture_file *file = capture_file_open(sample->path, &error);
	struct record record;
	const uint8_t *bytes;
	uint16_t link_type = 0;

	if (!file)
		fail_msg("%s: %s", sample->path, error.text);
	for (unsigned n = 0; n < packets; n++) {
		if (capture_file_next(file, true, &record, &bytes) != RECORD_OK)
			break;
		uint16_t of_it = capture_file_interface(file, record.interface)->link_type;
		if (n == 0)
			capture_begin(&sample->made, link_type = of_it);
		if (of_it == link_type)
			add(sample, bytes, &record);
		if (n + 1 == packets || sample->made.packets > 10 * MOST_PACKETS)
			break;
	}
	capture_file_close(file);
	struct session *session = scan_bytes(sample->made.bytes, sample->made.length, &error);
	assert_non_null(session);
	check(session, pattern_count, sample->path);
	capture_free(&sample->made);
}

static void agrees_with_a_dissection(void **state)
{
	struct sample *sample = *state;
	struct error error = { 0 };
	struct capture_file *file = capture_file_open(sample->path, &error);

	if (!file)
		fail_msg("%s: %s", sample->path, error.text);
	struct session *session = session_new(file);
	session_limit(session, MOST_PACKETS);
	while (session_scan(session, MOST_PACKETS, true) == SCAN_MORE)
		;
	check(session, places_of(PATTERNS, FEW_PATTERNS), sample->path);
	check_made(sample, places_of(CUT_PACKETS, 1), FEW_PATTERNS, add_cuts);
	check_made(sample, places_of(CHANGED_PACKETS, 10), FEW_PATTERNS, add_changed);
}

static void sees_every_field_that_has_a_place(void **state)
{
	(void)state;
	for (unsigned f = 0; f < placed_count; f++)
		if (!placed[f].seen)
			fail_msg("%s was never seen at a glance",
				 registry_field(placed[f].field)->abbrev);
}

static int is_capture(const struct dirent *entry)
{
	const char *dot = strrchr(entry->d_name, '.');

	return dot && (!strcmp(dot, ".pcap") || !strcmp(dot, ".pcapng"));
}

/* Of the folder that OTHER_CAPTURES names, or ours. */
static unsigned find_samples(struct sample *samples)
{
	const char *srcdir = getenv("srcdir"), *other = getenv("OTHER_CAPTURES");
	char folder[2048];
	struct dirent **entries;
	unsigned count = 0;

	snprintf(folder, sizeof folder, "%s/captures", srcdir ? srcdir : ".");
	if (other)
		snprintf(folder, sizeof folder, "%s", other);
	int found = scandir(folder, &entries, is_capture, alphasort);
	for (int i = 0; i < found; i++) {
		if (count < MOST_CAPTURES)
			snprintf(samples[count++].path, sizeof samples->path, "%s/%s", folder,
				 entries[i]->d_name);
		free(entries[i]);
	}
	if (found >= 0)
		free(entries);
	return count;
}

static void find_places(void)
{
	registry_build();
	for (unsigned n = 0; n < registry_field_count(); n++)
		if (registry_field(n)->place) {
			assert_true(placed_count < MOST_FIELDS);
			placed[placed_count++].field = n;
		}
}

UNIT_TESTS(test_glance)
{
	static struct sample samples[MOST_CAPTURES];
	static struct CMUnitTest tests[MOST_CAPTURES + 1];
	unsigned count = find_samples(samples);

	find_places();
	for (unsigned i = 0; i < count; i++)
		tests[i] = (struct CMUnitTest){ strrchr(samples[i].path, '/') + 1,
						agrees_with_a_dissection, NULL, NULL, &samples[i] };
	tests[count] = (struct CMUnitTest)cmocka_unit_test(sees_every_field_that_has_a_place);
	return _cmocka_run_group_tests("glance", tests, count + !!count, NULL, NULL);
}
