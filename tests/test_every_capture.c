/* test_every_capture.c - what holds for every capture in captures/, whatever is in it.
 *
 * A packet shows the same whichever way, by whichever thread it is come by; and no packet, capture
 * length or file is cut at a place that breaks anything. */
#include <dirent.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/bitmap.h"
#include "dissect/registry.h"
#include "dissect/value_text.h"
#include "session/filter_run.h"
#include "session/session.h"
#include "support/build_capture.h"
#include "support/sound_tree.h"
#include "support/unit_test.h"

enum {
	EVERYTHING = WANT_FIELDS | WANT_LABELS | WANT_COLUMNS,
	MOST_CAPTURES = 200,
	FILE_PLACES = 200,    /* where a file is cut */
	ENDS_LOOKED_AT = 20,  /* packets whose ends are asked for */
	PACKET_PLACES = 1500, /* and a packet */
	PACKETS_CUT = 400,
};

struct sample {
	char path[4096];
	uint8_t *bytes;
	size_t size;
};

static struct session *scan(const struct sample *sample)
{
	struct error error = { 0 };
	struct session *session = scan_bytes(sample->bytes, sample->size, &error);

	if (!session)
		fail_msg("%s: %s", sample->path, error.text);
	return session;
}

static void assert_sound(const struct sample *sample, const struct dissection *d)
{
	const char *fault = sound_tree_fault(d);

	if (fault)
		fail_msg("%s: %s", sample->path, fault);
}

static uint64_t *fingerprints_of(const struct sample *sample, struct session *session)
{
	uint32_t count = session_packet_count(session);
	uint64_t *sums = calloc(count + 1, sizeof(*sums));
	struct view_port port;

	assert_non_null(sums);
	view_port_init(&port, session);
	for (uint32_t n = 1; n <= count; n++) {
		assert_true(view_port_dissect(&port, n, EVERYTHING));
		assert_sound(sample, &port.d);
		sums[n] = dissection_fingerprint(&port.d);
	}
	view_port_free(&port);
	return sums;
}

static void is_read_to_its_end(void **state)
{
	const struct sample *sample = *state;
	struct session *session = scan(sample);

	assert_true(session_packet_count(session) > 0);
	assert_string_equal(session_problem(session), "");
	session_free(session);
}

/* All fields but those that later packets tell. */
static uint8_t *lasting_fields(void)
{
	uint8_t *fields = must_zeroed(registry_field_count() / 8 + 1, 1);

	for (unsigned n = 0; n < registry_field_count(); n++)
		if (!(registry_field(n)->flags & FIELD_FORWARD))
			bitmap_add(fields, n);
	return fields;
}

/* The sums of what the first pass itself shows; the session is scanned by that. */
static uint64_t *first_sums(struct session *session, const uint8_t *fields)
{
	uint64_t *sums = NULL;
	uint32_t count = 0;
	enum scan_state scan_state;
	struct dissection d;

	dissection_init(&d);
	d.wants = EVERYTHING;
	d.wanted_fields = fields;
	while (session_scan_one(session, &d, true, &scan_state)) {
		count++;
		sums = must_resize(sums, count + 1, sizeof *sums);
		sums[count] = dissection_fingerprint(&d);
	}
	dissection_free(&d);
	return sums;
}

static void is_shown_again_as_the_first_pass_showed_it(void **state)
{
	const struct sample *sample = *state;
	struct error error = { 0 };
	struct session *session = session_new(open_bytes(sample->bytes, sample->size, &error));
	uint8_t *fields = lasting_fields();
	uint64_t *sums = first_sums(session, fields);
	struct view_port port;

	view_port_init(&port, session);
	port.d.one_pass = true;
	port.d.wanted_fields = fields;
	for (uint32_t n = session_packet_count(session); n; n--) {
		assert_true(view_port_dissect(&port, n, EVERYTHING));
		if (dissection_fingerprint(&port.d) != sums[n])
			fail_msg("%s: packet %u differs: %s", sample->path, n, port.d.info);
	}
	view_port_free(&port);
	free(sums);
	free(fields);
	session_free(session);
}

/* What is learnt, but for the findings, does not depend on what is shown meanwhile. */
static void learns_the_same_whether_it_shows_or_not(void **state)
{
	const struct sample *sample = *state;
	struct error error = { 0 };
	struct session *bare = scan(sample);
	struct session *showing = session_new(open_bytes(sample->bytes, sample->size, &error));
	const struct learned *a = session_learned(bare), *b = session_learned(showing);
	char one[PATH_TEXT_ROOM], other[PATH_TEXT_ROOM];

	free(first_sums(showing, NULL));
	assert_int_equal(session_packet_count(bare), session_packet_count(showing));
	for (uint32_t n = 1; n <= session_packet_count(bare); n++) {
		const struct index_block *x = index_block_of(&a->index, n);
		const struct index_block *y = index_block_of(&b->index, n);
		uint32_t slot = index_slot(n);
		path_text(a->paths, x->path[slot], one);
		path_text(b->paths, y->path[slot], other);
		if (strcmp(one, other) || x->conversation[slot] != y->conversation[slot] ||
		    x->previous[slot] != y->previous[slot] ||
		    ((x->flags[slot] ^ y->flags[slot]) & ~INDEX_SEVERITY))
			fail_msg("%s: packet %u: %s is learnt, %s is shown", sample->path, n, one,
				 other);
	}
	session_free(bare);
	session_free(showing);
}

/* The capture again, as with -s: what streams and fragments are made of has holes. */
static struct built_capture cut_capture(const struct sample *sample, uint32_t snap_length)
{
	struct error error = { 0 };
	struct capture_file *file = open_bytes(sample->bytes, sample->size, &error);
	struct built_capture cut;
	struct record record;
	const uint8_t *bytes;
	bool begun = false;

	assert_non_null(file);
	while (capture_file_next(file, true, &record, &bytes) == RECORD_OK) {
		if (!begun)
			capture_begin(&cut,
				      capture_file_interface(file, record.interface)->link_type);
		begun = true;
		capture_add(&cut, bytes,
			    record.captured < snap_length ? record.captured : snap_length,
			    record.reported);
	}
	capture_file_close(file);
	assert_true(begun);
	return cut;
}

/* Words are not even made where nobody wants them: no field may depend on that. */
static void has_the_same_fields_with_words_and_without(void **state)
{
	const struct sample *sample = *state;
	struct session *session = scan(sample);
	struct view_port with, without;

	view_port_init(&with, session);
	view_port_init(&without, session);
	for (uint32_t n = 1; n <= session_packet_count(session); n++) {
		assert_true(view_port_dissect(&with, n, EVERYTHING));
		assert_true(view_port_dissect(&without, n, WANT_FIELDS));
		assert_int_equal(with.d.node_count, without.d.node_count);
		for (node_id i = 0; i < with.d.node_count; i++) {
			const struct node *a = &with.d.nodes[i], *b = &without.d.nodes[i];
			if (a->field != b->field || a->start != b->start || a->length != b->length ||
			    a->depth != b->depth)
				fail_msg("%s: packet %u: %s is %s without words", sample->path, n,
					 registry_field(a->field)->abbrev,
					 registry_field(b->field)->abbrev);
		}
	}
	view_port_free(&with);
	view_port_free(&without);
	session_free(session);
}

/* The next row of a first pass; NULL: there is none.  Valid until the next call. */
static const char *next_row(struct session *session, struct dissection *d)
{
	enum scan_state scan_state;

	return session_scan_one(session, d, true, &scan_state) ? row_of(d) : NULL;
}

/* Rows are worded without looking at fields, where that is possible. */
static void assert_rows(const struct sample *sample, const uint8_t *bytes, size_t size)
{
	struct error error = { 0 };
	struct session *quick = session_new(open_bytes(bytes, size, &error));
	struct session *whole = session_new(open_bytes(bytes, size, &error));
	struct dissection a, b;
	const char *row;

	dissection_init(&a);
	dissection_init(&b);
	a.wants = WANT_COLUMNS;
	b.wants = EVERYTHING;
	while ((row = next_row(quick, &a))) {
		const char *other = next_row(whole, &b);
		if (strcmp(row, other))
			fail_msg("%s: packet %u, %u bytes: \"%s\" is \"%s\" with fields",
				 sample->path, a.packet.number, a.packet.captured, row, other);
	}
	dissection_free(&a);
	dissection_free(&b);
	session_free(quick);
	session_free(whole);
}

static void assert_rows_cut_at(const struct sample *sample, uint32_t snap_length)
{
	struct built_capture cut = cut_capture(sample, snap_length);

	assert_rows(sample, cut.bytes, cut.length);
	capture_free(&cut);
}

static void words_rows_alike_with_fields_and_without(void **state)
{
	static const uint32_t lengths[] = { 0, 14, 33, 34, 38, 42, 53, 54, 58, 66, 70, 100, 300 };
	const struct sample *sample = *state;

	const unsigned count = sizeof(lengths) / sizeof(lengths[0]);
	assert_rows(sample, sample->bytes, sample->size);
	for (unsigned i = 0; i < count; i += count / places_of(count, 3))
		assert_rows_cut_at(sample, lengths[i]);
}

static struct filter *filter_on(struct filter **filters, uint16_t field)
{
	struct filter_error error;

	if (!filters[field])
		filters[field] = filter_compile(registry_field(field)->abbrev, NULL, &error);
	if (!filters[field])
		fail_msg("%s: %s", registry_field(field)->abbrev, error.message);
	return filters[field];
}

/* Each field of the packet, alone and by the path. */
static void assert_found(const struct sample *sample, struct session *session,
			 struct filter **filters, struct view_port *alone,
			 const struct dissection *d)
{
	const struct path_table *paths = session_learned(session)->paths;

	for (uint32_t i = 0; i < d->node_count; i++) {
		uint16_t field = d->nodes[i].field;
		if (i && field == d->nodes[i - 1].field)
			continue;
		struct filter *filter = filter_on(filters, field);
		if (filter_verdict_on_path(filter, paths, d->path) == FILTER_NO)
			fail_msg("%s: packet %u: the path denies %s", sample->path,
				 d->packet.number, registry_field(field)->abbrev);
		alone->d.wanted_fields = filter_wanted_fields(filter);
		alone->d.wanted_layers = filter_wanted_layers(filter, paths, d->path);
		assert_true(view_port_dissect(alone, d->packet.number, WANT_FIELDS));
		if (!filter_matches(filter, &alone->d))
			fail_msg("%s: packet %u: %s is not there alone", sample->path,
				 d->packet.number, registry_field(field)->abbrev);
	}
}

/* No protocol is there by the path that is not there. */
static void assert_no_more(const struct sample *sample, struct session *session,
			   struct filter **filters, struct dissection *d)
{
	const struct path_table *paths = session_learned(session)->paths;

	for (unsigned n = 0; n < registry_field_count(); n++) {
		if (registry_field(n)->type != FIELD_PROTOCOL)
			continue;
		struct filter *filter = filter_on(filters, (uint16_t)n);
		if (filter_verdict_on_path(filter, paths, d->path) == FILTER_YES &&
		    !filter_matches(filter, d))
			fail_msg("%s: packet %u: the path promises %s", sample->path,
				 d->packet.number, registry_field(n)->abbrev);
	}
}

static void has_every_field_that_it_has_for_a_filter(void **state)
{
	const struct sample *sample = *state;
	struct session *session = scan(sample);
	struct filter **filters = must_zeroed(registry_field_count(), sizeof *filters);
	struct view_port port, alone;

	view_port_init(&port, session);
	view_port_init(&alone, session);
	for (uint32_t n = 1; n <= session_packet_count(session); n++) {
		assert_true(view_port_dissect(&port, n, WANT_FIELDS));
		assert_found(sample, session, filters, &alone, &port.d);
		assert_no_more(sample, session, filters, &port.d);
	}
	view_port_free(&port);
	view_port_free(&alone);
	for (unsigned n = 0; n < registry_field_count(); n++)
		filter_free(filters[n]);
	free(filters);
	session_free(session);
}

/* Does a run say the same as each packet by itself? */
static void assert_run(const struct sample *sample, struct session *session, const char *text,
		       struct view_port *port)
{
	struct filter_run_options options = { .threads = 1, .interval_ms = 1 };
	struct filter_error error;
	struct filter *filter = filter_compile(text, NULL, &error);

	if (!filter)
		fail_msg("%s: %s", text, error.message);
	struct filter_run *run = filter_run_start(session, filter, &options);
	filter_run_feed(run, session_packet_count(session), true);
	while (!filter_run_poll(run).done) {
		struct pollfd news = { filter_run_news(run), POLLIN, 0 };
		assert_int_equal(poll(&news, 1, 60000), 1);
	}
	for (uint32_t n = 1; n <= session_packet_count(session); n++) {
		assert_true(view_port_dissect(port, n, WANT_FIELDS));
		if (filter_matches(filter, &port->d) != filter_run_passes(run, n))
			fail_msg("%s: packet %u: %s", sample->path, n, text);
	}
	filter_run_free(run);
	filter_free(filter);
}

/* field == value, as a filter. */
static void word_test(struct dissection *d, const struct node *node, char *text, size_t room)
{
	const struct field *field = registry_field(node->field);
	const char *quote = field->type == FIELD_TEXT ? "\"" : "";

	snprintf(text, room, "%s == %s%s%s", field->abbrev, quote, value_text(d, node), quote);
}

static void remembers_the_ends_of_conversations_rightly(void **state)
{
	const struct sample *sample = *state;
	struct session *session = scan(sample);
	uint32_t step = session_packet_count(session) / places_of(ENDS_LOOKED_AT, 2) + 1;
	struct view_port port, other;
	char text[200];

	view_port_init(&port, session);
	view_port_init(&other, session);
	for (uint32_t n = 1; n <= session_packet_count(session); n += step) {
		assert_true(view_port_dissect(&port, n, WANT_FIELDS));
		for (uint32_t i = 0; i < port.d.node_count; i++) {
			const struct node *node = &port.d.nodes[i];
			if (!(registry_field(node->field)->flags & FIELD_OF_CONVERSATION))
				continue;
			word_test(&port.d, node, text, sizeof text);
			assert_run(sample, session, text, &other);
		}
	}
	view_port_free(&port);
	view_port_free(&other);
	session_free(session);
}

/* One reader of packets, in an order of its own. */
struct reader {
	pthread_t thread;
	struct session *session;
	const uint64_t *expected;
	uint32_t first, step; /* modulo the number of packets */
	uint32_t differs_at;  /* 0: nowhere */
};

static void *read_all(void *argument)
{
	struct reader *reader = argument;
	uint32_t count = session_packet_count(reader->session);
	struct view_port port;

	view_port_init(&port, reader->session);
	for (uint32_t i = 0, at = reader->first; i < count && !reader->differs_at; i++) {
		uint32_t n = at % count + 1;
		if (!view_port_dissect(&port, n, EVERYTHING) ||
		    dissection_fingerprint(&port.d) != reader->expected[n])
			reader->differs_at = n;
		at = (at + reader->step) % count;
	}
	view_port_free(&port);
	return NULL;
}

static void is_the_same_backwards_on_two_threads(void **state)
{
	const struct sample *sample = *state;
	struct session *session = scan(sample);
	uint32_t count = session_packet_count(session);
	uint64_t *expected = fingerprints_of(sample, session);
	struct reader readers[2] = {
		{ .session = session, .expected = expected, .first = count - 1, .step = count - 1 },
		{ .session = session, .expected = expected, .first = count / 2, .step = 1 },
	};

	for (unsigned i = 0; i < 2; i++)
		assert_int_equal(pthread_create(&readers[i].thread, NULL, read_all, &readers[i]),
				 0);
	for (unsigned i = 0; i < 2; i++)
		pthread_join(readers[i].thread, NULL);
	for (unsigned i = 0; i < 2; i++)
		if (readers[i].differs_at)
			fail_msg("%s: packet %u differs", sample->path, readers[i].differs_at);
	free(expected);
	session_free(session);
}

/* A packet alone, in a block of just its size. */
static void show_alone(const struct sample *sample, struct dissection *d, const uint8_t *bytes,
		       uint32_t captured, uint32_t reported)
{
	uint8_t *exact = malloc(captured ? captured : 1);

	assert_non_null(exact);
	memcpy(exact, bytes, captured);
	d->packet.captured = captured;
	d->packet.reported = reported;
	dissect_packet(d, exact);
	assert_sound(sample, d);
	free(exact);
}

static void survives_a_cut_in_every_packet(void **state)
{
	const struct sample *sample = *state;
	struct error error = { 0 };
	struct capture_file *file = open_bytes(sample->bytes, sample->size, &error);
	struct record record;
	const uint8_t *bytes;
	struct dissection d;

	assert_non_null(file);
	registry_build();
	dissection_init(&d);
	d.wants = EVERYTHING;
	for (uint32_t n = 1; n <= PACKETS_CUT; n++) {
		if (capture_file_next(file, true, &record, &bytes) != RECORD_OK)
			break;
		d.packet = (struct packet_facts){
			.number = n,
			.link_type = capture_file_interface(file, record.interface)->link_type,
		};
		uint32_t step = 1 + record.captured / PACKET_PLACES;
		for (uint32_t cut = 0; cut < record.captured; cut += step) {
			show_alone(sample, &d, bytes, cut, record.reported);
			show_alone(sample, &d, bytes, cut, cut);
		}
	}
	dissection_free(&d);
	capture_file_close(file);
}

static void show_with_snap_length(const struct sample *sample, uint32_t snap_length)
{
	struct error error = { 0 };
	struct built_capture cut = cut_capture(sample, snap_length);
	struct session *session = scan_bytes(cut.bytes, cut.length, &error);

	assert_non_null(session);
	assert_int_equal(session_packet_count(session), cut.packets);
	free(fingerprints_of(sample, session));
	session_free(session);
	capture_free(&cut);
}

static void survives_short_snap_lengths(void **state)
{
	static const uint32_t lengths[] = {
		0,  1,	13, 14, 18, 20, 33, 34, 38,  42,  46,  53,  54,
		58, 62, 66, 70, 74, 80, 90, 96, 128, 200, 400, 700, 1200
	};

	const unsigned count = sizeof(lengths) / sizeof(lengths[0]);
	for (unsigned i = 0; i < count; i += count / places_of(count, 6))
		show_with_snap_length(*state, lengths[i]);
}

static void shows_what_is_before_the_end_of_a_cut_file(void **state)
{
	const struct sample *sample = *state;
	size_t step = 1 + sample->size / places_of(FILE_PLACES, 15);
	uint32_t before = 0;

	for (size_t size = 0; size <= sample->size; size += step) {
		struct error error = { 0 };
		struct session *session = scan_bytes(sample->bytes, size, &error);
		if (!session) {
			assert_string_not_equal(error.text, "");
			assert_int_equal(before, 0);
			continue;
		}
		uint32_t count = session_packet_count(session);
		assert_in_range(count, before, before + step / 16 + 1);
		before = count;
		session_free(session);
	}
}

static void load(struct sample *sample)
{
	FILE *file = fopen(sample->path, "rb");

	if (!file || fseek(file, 0, SEEK_END))
		abort();
	sample->size = (size_t)ftell(file);
	sample->bytes = malloc(sample->size + 1);
	rewind(file);
	if (!sample->bytes || fread(sample->bytes, 1, sample->size, file) != sample->size)
		abort();
	fclose(file);
}

static int is_capture(const struct dirent *entry)
{
	const char *dot = strrchr(entry->d_name, '.');

	return dot && (!strcmp(dot, ".pcap") || !strcmp(dot, ".pcapng"));
}

static unsigned find_samples(struct sample *samples)
{
	const char *srcdir = getenv("srcdir");
	char folder[2048];
	struct dirent **entries;
	unsigned count = 0;

	snprintf(folder, sizeof(folder), "%s/captures", srcdir ? srcdir : ".");
	int found = scandir(folder, &entries, is_capture, alphasort);
	for (int i = 0; i < found; i++) {
		if (count < MOST_CAPTURES) {
			struct sample *sample = &samples[count++];
			snprintf(sample->path, sizeof(sample->path), "%s/%s", folder,
				 entries[i]->d_name);
			load(sample);
		}
		free(entries[i]);
	}
	if (found >= 0)
		free(entries);
	return count;
}

static const struct CMUnitTest rules[] = {
	cmocka_unit_test(is_read_to_its_end),
	cmocka_unit_test(is_the_same_backwards_on_two_threads),
	cmocka_unit_test(is_shown_again_as_the_first_pass_showed_it),
	cmocka_unit_test(learns_the_same_whether_it_shows_or_not),
	cmocka_unit_test(has_the_same_fields_with_words_and_without),
	cmocka_unit_test(words_rows_alike_with_fields_and_without),
	cmocka_unit_test(has_every_field_that_it_has_for_a_filter),
	cmocka_unit_test(remembers_the_ends_of_conversations_rightly),
	cmocka_unit_test(survives_a_cut_in_every_packet),
	cmocka_unit_test(survives_short_snap_lengths),
	cmocka_unit_test(shows_what_is_before_the_end_of_a_cut_file),
};

enum { RULES = sizeof(rules) / sizeof(rules[0]) };

UNIT_TESTS(test_every_capture)
{
	static struct sample samples[MOST_CAPTURES];
	static struct CMUnitTest tests[MOST_CAPTURES * RULES];
	static char names[MOST_CAPTURES * RULES][200];
	unsigned count = find_samples(samples) * RULES;

	if (!count) {
		puts("1..0 # SKIP no captures");
		return 0;
	}
#ifdef __GLIBC__
	/* Sessions have large tables that are mostly empty: from the system they come as zeros
	 * already. */
	mallopt(M_MMAP_THRESHOLD, 1 << 17);
#endif
	for (unsigned i = 0; i < count; i++) {
		struct sample *sample = &samples[i / RULES];
		tests[i] = rules[i % RULES];
		tests[i].name = names[i];
		tests[i].initial_state = sample;
		snprintf(names[i], sizeof(names[i]), "%s_%s", strrchr(sample->path, '/') + 1,
			 rules[i % RULES].name);
	}
	int failed = _cmocka_run_group_tests("every capture", tests, count, NULL, NULL);
	for (unsigned i = 0; i < count / RULES; i++)
		free(samples[i].bytes);
	return failed;
}
