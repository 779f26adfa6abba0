/* test_copy_save.c - what leaves the screen: copies, and files of some of the packets; and keys
 * that a file binds. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/user_file.h"
#include "support/typed_app.h"
#include "support/unit_test.h"
#include "ui/app_columns.h"
#include "ui/app_filter.h"
#include "ui/app_marks.h"
#include "ui/app_memory.h"
#include "ui/app_rows.h"

static char path[1000];

static int set_up(void **state)
{
	(void)state;
	const char *source = getenv("srcdir");

	snprintf(path, sizeof path, "%s/captures/http.pcap", source ? source : ".");
	begin_app(path);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	end_app();
	return 0;
}

static void select_field(const char *name)
{
	const struct dissection *d = app.packet.d;

	for (node_id i = 0; i < d->node_count; i++) {
		focus_select_node(&app.packet, i);
		type("yn");
		if (app.user.copied && !strcmp(app.user.copied, name))
			return;
	}
	fail_msg("there is no %s", name);
}

static void assert_copies(const char *keys, const char *text)
{
	app.copy_pending = false;
	type(keys);
	assert_true(app.copy_pending);
	assert_string_equal(app.user.copied, text);
}

static void copies_what_is_selected(void **state)
{
	(void)state;
	app_go_to(&app, 2);
	select_field("tcp.dstport");
	assert_copies("yv", "40272");
	assert_copies("yf", "tcp.dstport == 40272");
	assert_copies("yd", "Destination Port: 40272\n");
	assert_copies("yh", "9d50");
	assert_copies("yc", "{ 0x9d, 0x50 }");
	assert_copies("yp", ".P");
	type("yx");
	assert_int_equal(strncmp(app.user.copied, "0000  9d 50", 11), 0);
	type("yt");
	assert_non_null(strstr(app.user.copied, "\n    Destination Port: 40272\n"));
	type("yy");
	assert_int_equal(
		strncmp(app.user.copied, "2 0.000033 203.0.113.10 → 198.51.100.10 TCP 74 80", 49),
		0);
	assert_on_screen(&screen, "Sent the row (");
}

static uint32_t packets_in(const char *name)
{
	struct error error;
	struct capture_file *file = capture_file_open(name, &error);

	assert_non_null(file);
	struct session *session = session_new(file);

	while (session_scan(session, UINT32_MAX, true) == SCAN_MORE)
		;
	uint32_t count = session_packet_count(session);

	session_free(session);
	return count;
}

static void save(const char *words, const char *name)
{
	char command[200];

	unlink(name);
	snprintf(command, sizeof command, "w %s%s", words, name);
	app_command(&app, command);
	while (app.saving)
		app_tick(&app);
	draw();
}

static void saves_some_of_the_packets(void **state)
{
	(void)state;
	char name[] = "/tmp/peel-some-XXXXXX";

	close(mkstemp(name));
	save("10-19 ", name);
	assert_int_equal(packets_in(name), 10);
	assert_on_screen(&screen, "Saved 10 packets");
	type("Space Space Space");
	save("marked ", name);
	assert_int_equal(packets_in(name), 3);
	assert_true(app_set_filter(&app, "http.request"));
	while (app.filter.progress.tested < app.packet_count)
		app_filter_news(&app);
	save("displayed ", name);
	assert_int_equal(packets_in(name), app_row_count(&app));
	save("", name);
	assert_int_equal(packets_in(name), 57);
	type("W");
	assert_on_screen(&screen, "Save all 57 as:");
	type("Down");
	assert_on_screen(&screen, "Save the displayed ");
	type("Down");
	assert_on_screen(&screen, "Save the marked 3 as:");
	type("Down");
	assert_on_screen(&screen, "Save all 57 as:");
	type("Esc");
	unlink(name);
}

/* What the file says of this packet, in words; the user's comment stands for the file's. */
static void assert_noted(const char *name, uint32_t packet, const char *expected)
{
	struct error error;
	struct capture_file *file = capture_file_open(name, &error);
	struct file_window window = { 0 };
	struct packet_notes notes = { 0 };
	struct record record;
	const uint8_t *bytes;
	char words[200];

	assert_non_null(file);
	while (packet--)
		assert_int_equal(capture_file_next(file, true, &record, &bytes), RECORD_OK);
	if (record.has_notes)
		capture_file_notes(file, &window, record.offset, record.interface, &notes);
	snprintf(words, sizeof words, "%u %x %u:%s", notes.said, notes.flags, notes.comment_count,
		 notes.comment_count ? notes.comments : "");
	assert_string_equal(words, expected);
	packet_notes_free(&notes);
	file_window_free(&window);
	capture_file_close(file);
}

static void saves_what_the_file_says_of_packets(void **state)
{
	(void)state;
	char name[] = "/tmp/peel-some-XXXXXX";

	close(mkstemp(name));
	begin_app_on("frame-notes.pcapng");
	app_go_to(&app, 3);
	app_comment(&app, "mine");
	app_go_to(&app, 5);
	app_comment(&app, "mine too");
	save("", name);
	assert_noted(name, 1, "0 0 0:");
	assert_noted(name, 2, "1 5 0:");
	assert_noted(name, 3, "1 8e 1:mine");
	assert_noted(name, 5, "1 1000000 1:mine too");
	assert_noted(name, 13, "14 0 0:");
	assert_noted(name, 14, "0 0 4:one");
	end_app();
	unlink(name);
}

/* As marks are that were kept of the capture, while it is read. */
static void marked_packets_that_are_not_read_are_told_of(void **state)
{
	(void)state;
	static const uint32_t marked[] = { 2, 5, 58, 60 };
	char name[] = "/tmp/peel-some-XXXXXX";

	close(mkstemp(name));
	packet_set_add_all(&app.marked, marked, 4);
	save("marked ", name);
	assert_int_equal(packets_in(name), 2);
	show_at(24, 120);
	assert_on_screen(&screen, "; 2 marked not read yet: left out");
	packet_set_free(&app.marked);
	packet_set_add_all(&app.marked, marked + 2, 2);
	save("marked ", name);
	assert_on_screen(&screen, "None of the marked packets is read yet.");
	packet_set_add_all(&app.marked, marked, 2);
	app_command(&app, "ignore marked");
	assert_int_equal(app.ignored.count, 4);
	unlink(name);
}

static void a_field_has_a_column(void **state)
{
	(void)state;
	show_at(36, 120);
	app_go_to(&app, 2);
	select_field("tcp.dstport");
	type("fk");
	assert_on_screen(&screen, "Destination Port Info");
	struct list_row words;

	assert_true(app_read_row(&app, 0, &words));
	assert_string_equal(words.texts[6], "80");
	assert_true(strstr(screen_row(&screen, 3), " 80 40272 → 80") != NULL);
	show_at(24, 80);
	assert_on_screen(&screen, "Destinatio");
	show_at(10, 40);
	type("fk");
	assert_int_equal(app.user.columns.count, 7);
}

static void keys_are_bound_by_a_file(void **state)
{
	(void)state;
	char folder[] = "/tmp/peel-keys-XXXXXX", command[100];

	assert_non_null(mkdtemp(folder));
	setenv("XDG_CONFIG_HOME", folder, 1);
	setenv("XDG_STATE_HOME", folder, 1);
	assert_true(
		user_file_write(USER_CONFIG, "keys.conf", "# mine\nx next-packet\nQ no-such\n"));
	app_read_user_files(&app);
	draw();
	assert_on_screen(&screen, "keys.conf, line 3: there is no action \"no-such\".");
	type("x x");
	assert_int_equal(app.selected, 3);
	assert_true(user_file_write(USER_CONFIG, "colorfilters",
				    "@all@frame@[0,0,0][65535,0,0]\nnone\n"));
	app_read_user_files(&app);
	assert_int_equal(app.user.rules.count, 1);
	assert_string_equal(app_rule_name(&app), "all");
	assert_true(user_file_write(USER_CONFIG, "columns", "ip.ttl\nno.such\n"));
	app_read_columns(&app);
	assert_int_equal(app.user.columns.count, 8);
	snprintf(command, sizeof command, "rm -r %s", folder);
	assert_int_equal(system(command), 0);
	unsetenv("XDG_CONFIG_HOME");
	unsetenv("XDG_STATE_HOME");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

UNIT_TESTS(test_copy_save)
{
	const struct CMUnitTest tests[] = {
		TEST(copies_what_is_selected),
		TEST(saves_some_of_the_packets),
		cmocka_unit_test(saves_what_the_file_says_of_packets),
		TEST(marked_packets_that_are_not_read_are_told_of),
		TEST(a_field_has_a_column),
		TEST(keys_are_bound_by_a_file),
	};
	return cmocka_run_group_tests_name("copy_save", tests, NULL, NULL);
}
