/* test_formats.c - what every structured format keeps, whatever the packets are. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "dissect/registry.h"
#include "print/packet_format.h"
#include "session/session.h"
#include "support/json_check.h"
#include "support/unit_test.h"

static char *printed;
static size_t printed_length;

static const char *srcdir(void)
{
	const char *folder = getenv("srcdir");

	return folder ? folder : ".";
}

static void assert_json(const char *what, const char *text, size_t n)
{
	size_t place;
	const char *fault = json_fault(text, n, &place);

	if (fault)
		fail_msg("%s: %s: %.*s", what, fault, (int)(n - place < 100 ? n - place : 100),
			 text + place);
}

static void assert_json_lines(const char *what)
{
	for (char *line = printed, *end; (end = strchr(line, '\n')); line = end + 1)
		assert_json(what, line, (size_t)(end - line));
}

/* The name of a tag: tags are opened and closed in pairs, and hold no bare markup. */
static char *read_tag(char *at, char *name, size_t room)
{
	size_t n = strcspn(at, " />");

	assert_true(n < room);
	memcpy(name, at, n);
	name[n] = '\0';
	for (at += n; *at != '>' && *at; at++) {
		assert_true(*at != '<');
		if (*at != '"')
			continue;
		at += strcspn(at + 1, "\"<") + 1;
		assert_int_equal(*at, '"');
	}
	assert_int_equal(*at, '>');
	return at;
}

static void assert_xml(void)
{
	enum { DEEPEST = 300 };
	static char open[DEEPEST][32];
	char name[32];
	unsigned depth = 0;

	for (char *at = printed; (at = strchr(at, '<')); at++) {
		if (at[1] == '?' || at[1] == '!')
			continue;
		bool closes = at[1] == '/';
		at = read_tag(at + 1 + closes, name, sizeof name);
		if (closes) {
			assert_true(depth > 0);
			assert_string_equal(open[--depth], name);
		} else if (at[-1] != '/') {
			assert_true(depth < DEEPEST);
			strcpy(open[depth++], name);
		}
	}
	assert_int_equal(depth, 0);
}

static void begin(struct packet_output *output, const char *format, bool bytes)
{
	free(printed);
	printed = NULL;
	*output = (struct packet_output){ .out = open_memstream(&printed, &printed_length),
					  .format = packet_format_named(format),
					  .bytes = bytes,
					  .path = "a \"b\" <c>" };
	assert_non_null(output->out);
	packet_output_begin(output);
}

static void end(struct packet_output *output)
{
	packet_output_end(output);
	fclose(output->out);
}

static void print_capture(const char *path, const char *format, bool bytes)
{
	struct error error;
	struct capture_file *file = capture_file_open(path, &error);
	struct packet_output output;
	struct view_port port;
	struct summary columns;
	struct time_context times = { 0 };

	if (!file)
		fail_msg("%s", error.text);
	struct session *session = session_new(file);
	while (session_scan(session, 1 << 20, true) == SCAN_MORE)
		;
	begin(&output, format, bytes);
	view_port_init(&port, session);
	unsigned wants = packet_output_wants(&output);
	for (uint32_t n = 1; n <= session_packet_count(session); n++) {
		assert_true(view_port_dissect(&port, n, wants));
		summary_make(&columns, &port.d, TIME_RELATIVE, &times, 6);
		packet_output_packet(&output, &port.d, &columns);
	}
	end(&output);
	view_port_free(&port);
	session_free(session);
}

/* Calls `test` for each capture of ours. */
static void for_captures(void (*test)(const char *path))
{
	char folder[4096], path[8192];
	struct dirent *entry;
	unsigned count = 0;

	snprintf(folder, sizeof folder, "%s/captures", srcdir());
	DIR *captures = opendir(folder);
	assert_non_null(captures);
	while ((entry = readdir(captures))) {
		if (!strstr(entry->d_name, ".pcap"))
			continue;
		snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
		test(path);
		count++;
	}
	closedir(captures);
	assert_true(count > 10);
}

static void check_json(const char *path)
{
	static const struct {
		const char *format;
		bool bytes;
	} ways[] = { { "json", false }, { "json", true }, { "jsonraw", false } };

	for (unsigned i = 0; i < sizeof ways / sizeof *ways; i++) {
		print_capture(path, ways[i].format, ways[i].bytes);
		assert_json(path, printed, printed_length);
	}
}

static void json_is_json(void **state)
{
	(void)state;
	for_captures(check_json);
}

/* Prints a packet twice into an output that many were printed into, and once into a new one, which
 * has no forms: it has to come out alike. */
static void check_forms_of(struct packet_output *all, char **text, struct dissection *d)
{
	struct packet_output alone;
	size_t from;

	begin(&alone, "json", false);
	packet_output_packet(&alone, d, NULL);
	end(&alone);
	for (unsigned i = 0; i < 2; i++) {
		packet_output_flush(all);
		from = (size_t)ftell(all->out) + (all->count > 0);
		packet_output_packet(all, d, NULL);
		packet_output_flush(all);
		fflush(all->out);
		if (strncmp(*text + from, printed + 1, printed_length - 4) != 0)
			fail_msg("packet %u:\n%s\n%s", d->packet.number, *text + from, printed);
	}
}

static void check_forms(const char *path)
{
	struct error error;
	struct capture_file *file = capture_file_open(path, &error);
	struct packet_output all;
	struct view_port port;
	char *text = NULL;

	assert_non_null(file);
	struct session *session = session_new(file);
	while (session_scan(session, 1 << 20, true) == SCAN_MORE)
		;
	begin(&all, "json", false);
	fclose(all.out);
	all.out = all.sink.out = open_memstream(&text, &(size_t){ 0 });
	view_port_init(&port, session);
	for (uint32_t n = 1; n <= session_packet_count(session); n++) {
		assert_true(view_port_dissect(&port, n, packet_output_wants(&all)));
		check_forms_of(&all, &text, &port.d);
	}
	end(&all);
	free(text);
	view_port_free(&port);
	session_free(session);
}

static void packets_come_out_alike_with_forms(void **state)
{
	(void)state;
	for_captures(check_forms);
}

static void check_ek(const char *path)
{
	print_capture(path, "ek", false);
	assert_json_lines(path);
	print_capture(path, "ek", true);
	assert_json_lines(path);
}

static void lines_for_elasticsearch_are_json(void **state)
{
	(void)state;
	for_captures(check_ek);
}

static void check_xml(const char *path)
{
	print_capture(path, "pdml", false);
	assert_xml();
	print_capture(path, "psml", false);
	assert_xml();
}

static void xml_is_well_formed(void **state)
{
	(void)state;
	for_captures(check_xml);
}

static struct node words_node(const char *words, const char **labels, unsigned n)
{
	struct node node = { .field = (uint16_t)registry_field_named("ip.options"), .span = 1 };

	labels[n] = words;
	node.label = n & 0xffffff;
	node.flags = NODE_LABEL_ONLY;
	return node;
}

/* Lines of text may be called as fields are, as their bytes, as their trees, or as one another. */
static void words_do_not_take_the_names_of_fields(void **state)
{
	(void)state;
	static const char *const words[] = { "ip.src", "ip.src_raw", "ip.src ", "ip.src_tree", "a",
					     "a",      "a ",	     "a_raw",	"\"\\\n\xff",  "" };
	enum { WORDS = sizeof words / sizeof *words };
	const char *labels[WORDS + 1] = { NULL };
	struct node nodes[WORDS + 2] = {
		{ .field = (uint16_t)registry_field_named("ip.src"), .span = 1 },
		{ .field = (uint16_t)registry_field_named("ip.src"), .span = 1 }
	};
	struct dissection d = { .nodes = nodes, .node_count = WORDS + 2, .labels = labels };
	struct packet_output output;

	registry_build();
	nodes[0].field = nodes[1].field = (uint16_t)registry_field_named("ip.src");
	for (unsigned i = 0; i < WORDS; i++)
		nodes[i + 2] = words_node(words[i], labels, i + 1);
	for (unsigned bytes = 0; bytes < 2; bytes++) {
		begin(&output, "json", bytes);
		packet_output_packet(&output, &d, NULL);
		end(&output);
		assert_json("words", printed, printed_length);
		begin(&output, "ek", bytes);
		packet_output_packet(&output, &d, NULL);
		end(&output);
		assert_json_lines("words");
	}
	arena_free(&d.arena);
}

static void the_reader_finds_faults(void **state)
{
	(void)state;
	static const char *const wrong[] = {
		"",   "{\"a\":1,\"a\":2}", "[1,]", "\"\x01\"", "\"\xff\"",  "{\"a\"}", "[1] 2",
		"01", "\"\\x\"",	   "\"a",  "nul",      "{\"a\":1,}"
	};
	static const char *const right[] = {
		" [ ] ", "{\"a\":{\"a\":[1.5,-2,true,null,\"\\u00e9\xc3\xa9\"]}}"
	};
	size_t place;

	for (unsigned i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_non_null(json_fault(wrong[i], strlen(wrong[i]), &place));
	for (unsigned i = 0; i < sizeof right / sizeof *right; i++)
		assert_null(json_fault(right[i], strlen(right[i]), &place));
}

UNIT_TESTS(test_formats)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_reader_finds_faults),
		cmocka_unit_test(words_do_not_take_the_names_of_fields),
		cmocka_unit_test(json_is_json),
		cmocka_unit_test(packets_come_out_alike_with_forms),
		cmocka_unit_test(lines_for_elasticsearch_are_json),
		cmocka_unit_test(xml_is_well_formed),
	};
	int failed = cmocka_run_group_tests_name("formats", tests, NULL, NULL);

	free(printed);
	return failed;
}
