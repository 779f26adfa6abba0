/* test_sheets.c - lists over the screen: decoding as another protocol, objects that are saved. */
#include <arpa/inet.h>
#include <glob.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/typed_app.h"
#include "support/unit_test.h"
#include "ui/app_capture.h"
#include "ui/app_filter.h"
#include "ui/app_rows.h"
#include "ui/app_save.h"

static int set_up(void **state)
{
	(void)state;
	begin_app_on("http.pcap");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	end_app();
	return 0;
}

static const char *protocol_of(uint32_t row)
{
	struct list_row words;

	assert_true(app_read_row(&app, row, &words));
	return words.summary.protocol;
}

/* --- decode as --- */

static void ports_of_the_packet_are_offered(void **state)
{
	(void)state;
	type("4 G D");
	assert_on_screen(&screen, "Decode as");
	assert_on_screen(&screen, "▌TCP port 80 ");
	assert_on_screen(&screen, "TCP port 40272");
	assert_on_screen(&screen, "IP protocol 6");
	assert_on_screen(&screen, "Ethertype 0x0800");
	type("Esc");
	assert_int_equal(app.sheet.kind, SHEET_NONE);
}

static void a_protocol_is_chosen_and_given_up(void **state)
{
	(void)state;
	assert_string_equal(protocol_of(3), "HTTP");
	type("4 G Space D Enter");
	assert_on_screen(&screen, "what peel finds by itself");
	type("j Enter");
	read_all();
	assert_string_equal(protocol_of(3), "TCP");
	assert_int_equal(app.selected, 5); /* where one was */
	assert_int_equal(app.marked.count, 1);
	type("D");
	assert_int_equal(app.decode.rule_count, 1);
	type("d");
	read_all();
	assert_int_equal(app.decode.rule_count, 0);
	assert_string_equal(protocol_of(3), "HTTP");
}

static void a_command_does_it_too(void **state)
{
	(void)state;
	app_command(&app, "decode-as tcp.port==80,data");
	read_all();
	assert_string_equal(protocol_of(3), "TCP");
	app_command(&app, "decode-as nonsense");
	assert_non_null(strstr(app.message, "nonsense"));
	type("D d");
	read_all();
	assert_string_equal(protocol_of(3), "HTTP");
}

static void a_filter_that_is_set_stays(void **state)
{
	(void)state;
	app_command(&app, "filter tcp.port == 80");
	read_all();
	app_command(&app, "decode-as tcp.port==80,data");
	read_all();
	assert_true(app_is_filtered(&app));
	type("D d");
	read_all();
	assert_int_equal(app.decode.rule_count, 0);
}

/* --- objects --- */

static char folder[] = "/tmp/peel-sheets-XXXXXX";

static int set_up_folder(void **state)
{
	strcpy(folder, "/tmp/peel-sheets-XXXXXX");
	assert_non_null(mkdtemp(folder));
	return set_up(state);
}

static size_t files_in(const char *where, char first[4096])
{
	char pattern[4096];
	glob_t found;
	size_t count = 0;

	snprintf(pattern, sizeof pattern, "%s/*", where);
	if (!glob(pattern, 0, NULL, &found)) {
		count = found.gl_pathc;
		snprintf(first, 4096, "%s", found.gl_pathv[0]);
		for (size_t i = 0; i < count; i++)
			unlink(found.gl_pathv[i]);
	}
	globfree(&found);
	return count;
}

static int remove_folder(void **state)
{
	rmdir(folder);
	return tear_down(state);
}

/* Answers the question for a folder. */
static void answer(const char *text)
{
	assert_int_equal(app.prompt, PROMPT_EXPORT);
	line_set(&app.line, text);
	type("Enter");
}

static void objects_are_listed(void **state)
{
	(void)state;
	type("E");
	assert_on_screen(&screen, "Objects · 8");
	assert_on_screen(&screen, "secret.txt");
	assert_on_screen(&screen, "11 B");
	type("j p");
	assert_int_equal(app.selected, 16);
	assert_int_equal(app.sheet.kind, SHEET_NONE);
}

static void one_object_is_saved(void **state)
{
	(void)state;
	char first[4096];

	type("E Enter");
	answer(folder);
	assert_on_screen(&screen, "Saved \"/tmp/peel-sheets-");
	assert_int_equal(files_in(folder, first), 1);
	assert_non_null(strstr(first, "/secret.txt"));
}

static void all_objects_are_saved(void **state)
{
	(void)state;
	char first[4096];

	type("E S");
	answer(folder);
	assert_on_screen(&screen, "objects into");
	assert_int_equal(files_in(folder, first), app.objects.saved);
	assert_true(app.objects.saved > 6);
}

static void a_folder_that_cannot_be_made_is_told(void **state)
{
	(void)state;
	type("E Enter");
	answer("/proc/nowhere/at/all");
	assert_on_screen(&screen, "cannot be made");
}

static void lists_fit_small_screens(void **state)
{
	(void)state;
	show_at(5, 20);
	type("E");
	assert_on_screen(&screen, "#6");
	type("Esc D G");
	assert_on_screen(&screen, "Ethertype");
}

/* --- comments --- */

static void a_comment_is_shown_and_removed(void **state)
{
	(void)state;
	type("2 G ;");
	assert_on_screen(&screen, "Comment:");
	type("s l o w Enter");
	assert_on_screen(&screen, "Packet 2 has a comment");
	assert_on_screen(&screen, "Packet comments");
	assert_true(app_has_comment(&app, 2));
	assert_false(app_has_comment(&app, 3));
	assert_non_null(strstr(screen_row(&screen, 3), "c  2 "));
	app_command(&app, "filter frame.comment contains \"low\"");
	for (int i = 0; i < 1000 && app_is_filtering(&app); i++) {
		usleep(1000);
		app_filter_news(&app);
	}
	assert_int_equal(app_row_count(&app), 1);
	type("X ;");
	assert_string_equal(app.line.text, "slow");
	type("^U Enter");
	assert_on_screen(&screen, "no comment any more");
	assert_int_equal(screen_find(&screen, "Packet comments"), -1);
}

static void comments_stay_when_the_capture_is_read_anew(void **state)
{
	(void)state;
	type("2 G");
	app_command(&app, "comment look here");
	app_command(&app, "decode-as tcp.port==80,data");
	read_all();
	assert_on_screen(&screen, "Packet comments");
	type("D d");
	read_all();
}

static void comments_are_saved_and_read_again(void **state)
{
	(void)state;
	char command[4096], first[4096];
	struct error error = { "" };

	type("2 G");
	app_command(&app, "comment a\nb \xc3\xa9");
	snprintf(command, sizeof command, "w 1-3 %s/commented.pcapng", folder);
	app_command(&app, command);
	while (app.saving)
		app_save_more(&app);
	assert_true(app_open(&app, command + 6, &error));
	read_all();
	type("G k");
	assert_int_equal(app.selected, 2);
	assert_string_equal(app.packet.d->packet.notes->comments, "a\nb \xc3\xa9");
	assert_int_equal(comments_count(app.comments), 0);
	type(";");
	assert_string_equal(app.line.text, "a b \xc3\xa9");
	type("Esc");
	assert_int_equal(files_in(folder, first), 1);
}

static void comments_are_kept_in_order(void **state)
{
	(void)state;
	struct comments *comments = comments_new();
	struct packet_notes notes = { 0 };
	uint32_t packet;

	for (uint32_t n = 100; n; n--)
		assert_true(comments_set(comments, n * 7919 % 101, "x"));
	assert_true(comments_set(comments, 50, "y"));
	assert_int_equal(comments_count(comments), 100);
	for (unsigned i = 0; i < 100; i++) {
		comments_at(comments, i, &packet);
		assert_int_equal(packet, i + 1);
	}
	packet_notes_comment(&notes, "the file's", 10);
	assert_true(comments_copy(comments, 50, &notes));
	assert_int_equal(notes.comment_count, 1);
	assert_string_equal(notes.comments, "y");
	assert_false(comments_copy(comments, 101, &notes));
	assert_false(comments_copy(NULL, 1, &notes));
	assert_true(comments_set(comments, 50, ""));
	assert_true(comments_copy(comments, 50, &notes));
	assert_int_equal(notes.comment_count, 0);
	packet_notes_free(&notes);
	comments_free(comments);
}

/* --- names --- */

static void names_come_and_go(void **state)
{
	(void)state;
	type("5 G g n");
	read_all();
	assert_int_equal(app_names(&app).kinds, ALL_NAMES);
	assert_int_equal(app.selected, 5);
	/* A small system knows no services. */
	if (getservbyport(htons(80), "tcp"))
		assert_on_screen(&screen, "40272 → http");
	app_command(&app, "set nonames");
	read_all();
	assert_int_equal(app_names(&app).kinds, 0);
	assert_on_screen(&screen, "40272 → 80");
}

/* The last answer calls 203.0.113.10 a server of names, as -z hosts tells. */
static void answers_in_the_capture_name_hosts(void **state)
{
	(void)state;
	static char other[4096];
	struct error error;

	snprintf(other, sizeof other, "%s", typed_options.path);
	end_app();
	begin_app_on("tour.pcapng");
	show_at(36, 120);
	type("40 G");
	assert_int_equal(screen_find(&screen, "ns1.example.test"), -1);
	app_command(&app, "set names=dn");
	draw();
	read_all();
	assert_on_screen(&screen, "198.51.100.10     ns1.example.test  HTTP");
	assert_on_screen(&screen, "Names are shown; the capture's DNS answers name 5 addresses.");
	app_command(&app, "set names=n");
	draw();
	read_all();
	assert_int_equal(screen_find(&screen, "ns1.example.test  HTTP"), -1);
	app_command(&app, "set names=dx");
	draw();
	assert_on_screen(&screen, "names is on, off, or letters");
	/* Those of one capture are not another's. */
	app_command(&app, "set names=dn");
	draw();
	read_all();
	assert_on_screen(&screen, "names on");
	assert_true(app_open(&app, other, &error));
	read_all();
	read_all();
	assert_on_screen(&screen, "no DNS answer in the capture names an address");
	assert_on_screen(&screen, "203.0.113.10");
	assert_int_equal(screen_find(&screen, "example.test"), -1);
	app_command(&app, "set nonames");
}

static void kinds_of_names_are_chosen_in_a_sheet(void **state)
{
	(void)state;
	type("g N");
	assert_on_screen(&screen, "┌─ Names");
	assert_on_screen(&screen, "▌Hosts           off");
	type("Space");
	read_all();
	assert_on_screen(&screen, "▌Hosts           on");
	type("j Space");
	read_all();
	assert_on_screen(&screen, "▌  DNS answers   on");
	type("Space k Space q");
	read_all();
	assert_int_equal(app_names(&app).kinds, 0);
}

/* --- Wireshark's files --- */

static void write_for_wireshark(const char *home, const char *name, const char *text)
{
	char path[300];

	snprintf(path, sizeof path, "%s/wireshark/%s", home, name);
	FILE *out = fopen(path, "w");

	assert_non_null(out);
	fputs(text, out);
	fclose(out);
}

static void wiresharks_files_are_shown_and_taken(void **state)
{
	(void)state;
	char home[] = "/tmp/peel-import-XXXXXX", path[300];

	assert_non_null(mkdtemp(home));
	setenv("XDG_CONFIG_HOME", home, 1);
	setenv("XDG_STATE_HOME", home, 1);
	snprintf(path, sizeof path, "%s/wireshark", home);
	mkdir(path, 0700);
	write_for_wireshark(home, "preferences",
			    "# Configuration\ngui.update.enabled: FALSE\ngui.column.format: \n"
			    "\t\"No.\", \"%m\",\n\t\"Site\", \"%Cus:http.host:0:R\",\n"
			    "\t\"Info\", \"%i\"\nstream.client.fg: 7f0000\n");
	write_for_wireshark(home, "colorfilters", "# DO NOT EDIT\n@web@http@[0,0,0][65535,0,0]\n");
	write_for_wireshark(home, "dfilters", "\"No ARP\" not arp\n\"broken\n");
	write_for_wireshark(home, "recent_common",
			    "recent.display_filter: tcp.port == 80\nother: x\n");
	type(": i m p o r t - w i r e s h a r k Enter");
	assert_on_screen(&screen, "▌✓ Columns               3");
	assert_on_screen(&screen, "✓ Colour rules          1");
	assert_on_screen(&screen, "✓ Saved filters         1");
	assert_on_screen(&screen, "  Filter macros         0  dfilter_macros    nothing there");
	type("j Space");
	assert_on_screen(&screen, "▌  Colour rules          1");
	type("Space Enter");
	assert_on_screen(&screen, "Taken from Wireshark: 6 things of 4 kinds.");
	assert_int_equal(app.user.columns.count, 3);
	assert_on_screen(&screen, "Site");
	assert_string_equal(app.user.saved_filters.filters[0].name, "No-ARP");
	assert_string_equal(app.user.saved_filters.filters[0].text, "not arp");
	assert_string_equal(app.user.history.texts[app.user.history.count - 1], "tcp.port == 80");
	snprintf(path, sizeof path, "rm -r %s", home);
	assert_int_equal(system(path), 0);
	unsetenv("XDG_CONFIG_HOME");
	unsetenv("XDG_STATE_HOME");
}

/* --- the buttons of the last line --- */

static void click(int row, int column)
{
	struct event event = { .key = KEY_MOUSE,
			       .mouse = { .kind = MOUSE_PRESS, .row = row, .column = column } };

	app_event(&app, &event);
	draw();
}

static void keys_of_the_last_line_are_buttons(void **state)
{
	(void)state;
	const char *row = screen_row(&screen, 23);
	const char *find = strstr(row, "Find"), *pane = strstr(row, "Pane");

	assert_non_null(find);
	click(23, 0);
	assert_int_equal(app.prompt, PROMPT_NONE);
	click(23, (int)(find - row));
	assert_int_equal(app.prompt, PROMPT_FIND_PACKET);
	type("Esc");
	click(23, (int)(pane - row) + 3);
	assert_int_equal(app.focus, PANE_DETAILS);
	/* What lies over the screen has buttons, too. */
	type("g o");
	click(23, 1);
	assert_true(app.help_open);
}

#define APP_TEST(test)	  cmocka_unit_test_setup_teardown(test, set_up, tear_down)
#define FOLDER_TEST(test) cmocka_unit_test_setup_teardown(test, set_up_folder, remove_folder)

UNIT_TESTS(test_sheets)
{
	const struct CMUnitTest tests[] = {
		APP_TEST(ports_of_the_packet_are_offered),
		APP_TEST(a_protocol_is_chosen_and_given_up),
		APP_TEST(a_command_does_it_too),
		APP_TEST(a_filter_that_is_set_stays),
		APP_TEST(objects_are_listed),
		FOLDER_TEST(one_object_is_saved),
		FOLDER_TEST(all_objects_are_saved),
		APP_TEST(a_folder_that_cannot_be_made_is_told),
		APP_TEST(lists_fit_small_screens),
		APP_TEST(a_comment_is_shown_and_removed),
		APP_TEST(comments_stay_when_the_capture_is_read_anew),
		FOLDER_TEST(comments_are_saved_and_read_again),
		cmocka_unit_test(comments_are_kept_in_order),
		APP_TEST(names_come_and_go),
		APP_TEST(answers_in_the_capture_name_hosts),
		APP_TEST(kinds_of_names_are_chosen_in_a_sheet),
		APP_TEST(wiresharks_files_are_shown_and_taken),
		APP_TEST(keys_of_the_last_line_are_buttons),
	};

	return cmocka_run_group_tests_name("sheets", tests, NULL, NULL);
}
