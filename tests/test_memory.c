/* test_memory.c - what is remembered of a file, and what is only offered. */
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/typed_app.h"
#include "support/unit_test.h"
#include "ui/app_filter.h"

static char home[] = "/tmp/peel-memory-XXXXXX";

static int set_up(void **state)
{
	(void)state;
	strcpy(home, "/tmp/peel-memory-XXXXXX");
	assert_non_null(mkdtemp(home));
	setenv("XDG_STATE_HOME", home, 1);
	typed_options = (struct ui_options){ .remembers = true };
	return 0;
}

/* The files that were written; `path` of the first. */
static size_t remembered(char path[4096])
{
	char pattern[4096];
	glob_t found;
	size_t count = 0;

	snprintf(pattern, sizeof pattern, "%s/peel/sessions/*", home);
	if (!glob(pattern, 0, NULL, &found)) {
		count = found.gl_pathc;
		snprintf(path, 4096, "%s", found.gl_pathv[0]);
	}
	globfree(&found);
	return count;
}

static int tear_down(void **state)
{
	(void)state;
	char command[4096];

	snprintf(command, sizeof command, "rm -r '%s'", home);
	typed_options = (struct ui_options){ 0 };
	unsetenv("XDG_STATE_HOME");
	return system(command);
}

static void comes_back_to_where_one_was(void **state)
{
	(void)state;
	begin_app_on("http.pcap");
	type("5 G Space m a Tab + T");
	app_command(&app, "comment two\\words");
	type("z");
	end_app();
	begin_app_on("http.pcap");
	assert_int_equal(app.selected, 6);
	assert_int_equal(app.marked.count, 1);
	assert_true(packet_set_has(&app.marked, 5));
	assert_true(packet_set_has(&app.references, 6));
	assert_int_equal(app.named[0], 6);
	assert_string_equal(app.packet.d->packet.notes->comments, "two\\words");
	assert_true(app.packet.row_count > 20);
	assert_true(app.zoomed);
	assert_int_equal(app.focus, PANE_DETAILS);
	end_app();
}

static void files_are_told_apart(void **state)
{
	(void)state;
	char path[4096];

	begin_app_on("http.pcap");
	type("5 G");
	end_app();
	begin_app_on("dns.pcap");
	assert_int_equal(app.selected, 1);
	end_app();
	assert_int_equal(remembered(path), 2);
}

static void a_filter_is_only_offered(void **state)
{
	(void)state;
	begin_app_on("http.pcap");
	app_command(&app, "filter http");
	read_all();
	end_app();
	begin_app_on("http.pcap");
	assert_false(app_is_filtered(&app));
	assert_on_screen(&screen, "Last time: filter \"http\"   r applies it.");
	type("r");
	assert_true(app_is_filtered(&app));
	assert_string_equal(app.filter_text, "http");
	end_app();
}

/* Packet 4 of http.pcap is a request, which packet 6 answers. */
static void ignored_packets_are_only_offered(void **state)
{
	(void)state;
	begin_app_on("http.pcap");
	type("4 G i");
	read_all();
	assert_int_equal(app.selected, 4);
	assert_on_screen(&screen, "<Ignored>");
	end_app();
	begin_app_on("http.pcap");
	assert_int_equal(app.ignored.count, 0);
	assert_on_screen(&screen, "Last time: 1 packet ignored   r applies it.");
	end_app();
	begin_app_on("http.pcap");
	type("r");
	read_all();
	assert_true(packet_set_has(&app.ignored, 4));
	assert_on_screen(&screen, "<Ignored>");
	app_command(&app, "ignore none");
	read_all();
	end_app();
	begin_app_on("http.pcap");
	assert_int_equal(app.offered_ignored.count, 0);
	end_app();
}

/* The registry outlives an app: at the next start it knows nothing of the rule. */
static void forget_rules(void)
{
	struct decode_rule rule;
	struct error error;

	assert_true(decode_rule_read(&rule, "tcp.port==80,smtp", &error));
	rule.dissector = NULL;
	decode_rule_apply(&rule);
}

static void what_is_decoded_otherwise_is_so_again(void **state)
{
	(void)state;
	begin_app_on("http.pcap");
	app_command(&app, "decode-as tcp.port==80,smtp");
	read_all();
	type("6 G");
	app_command(&app, "filter tcp");
	end_app();
	forget_rules();
	begin_app_on("http.pcap");
	assert_int_equal(app.decode.rule_count, 1);
	assert_string_equal(app.decode.rules[0].dissector->name, "smtp");
	assert_int_equal(app.decode.rules[0].first, 80);
	assert_int_equal(app.selected, 6);
	assert_null(strstr(app.packet.d->protocol, "HTTP"));
	assert_on_screen(&screen, "As the last time, TCP port 80 is decoded as Simple Mail");
	end_app();
	forget_rules();
	typed_options.fresh = true;
	begin_app_on("http.pcap");
	assert_int_equal(app.decode.rule_count, 0);
	app_go_to(&app, 4);
	assert_string_equal(app.packet.d->protocol, "HTTP");
	end_app();
}

static void fresh_begins_anew(void **state)
{
	(void)state;
	begin_app_on("http.pcap");
	type("5 G");
	end_app();
	typed_options.fresh = true;
	begin_app_on("http.pcap");
	assert_int_equal(app.selected, 1);
	end_app();
}

static void forgetting_removes_the_file(void **state)
{
	(void)state;
	char path[4096];

	begin_app_on("http.pcap");
	type("5 G");
	end_app();
	assert_int_equal(remembered(path), 1);
	begin_app_on("http.pcap");
	type(": forget Enter");
	assert_on_screen(&screen, "Nothing is remembered of this file.");
	end_app();
	assert_int_equal(remembered(path), 0);
}

static void it_is_the_users_alone(void **state)
{
	(void)state;
	char path[4096];
	struct stat there;

	begin_app_on("http.pcap");
	end_app();
	assert_int_equal(remembered(path), 1);
	assert_int_equal(stat(path, &there), 0);
	assert_int_equal(there.st_mode & 0777, 0600);
}

static void nonsense_in_it_does_no_harm(void **state)
{
	(void)state;
	char path[4096];

	begin_app_on("http.pcap");
	end_app();
	assert_int_equal(remembered(path), 1);
	FILE *out = fopen(path, "w");

	fprintf(out,
		"selected 4294967295\nmarked 0 x 999999999999\nname ~ 4\nzoomed 9\nopen no.such\n"
		"comment\ncomment x y\ncomment 99999 far\n\n  \nfilter\nwhat is this\n");
	fclose(out);
	begin_app_on("http.pcap");
	assert_int_equal(app.selected, 1);
	assert_int_equal(app.marked.count, 0);
	type("j k G");
	assert_int_equal(app.selected, 57);
	end_app();
}

static void nothing_is_written_unless_it_may_be(void **state)
{
	(void)state;
	char path[4096];

	typed_options.remembers = false;
	begin_app_on("http.pcap");
	type("5 G");
	end_app();
	assert_int_equal(remembered(path), 0);
}

#define MEMORY_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

UNIT_TESTS(test_memory)
{
	const struct CMUnitTest tests[] = {
		MEMORY_TEST(comes_back_to_where_one_was),
		MEMORY_TEST(files_are_told_apart),
		MEMORY_TEST(a_filter_is_only_offered),
		MEMORY_TEST(ignored_packets_are_only_offered),
		MEMORY_TEST(what_is_decoded_otherwise_is_so_again),
		MEMORY_TEST(fresh_begins_anew),
		MEMORY_TEST(forgetting_removes_the_file),
		MEMORY_TEST(it_is_the_users_alone),
		MEMORY_TEST(nonsense_in_it_does_no_harm),
		MEMORY_TEST(nothing_is_written_unless_it_may_be),
	};

	return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
