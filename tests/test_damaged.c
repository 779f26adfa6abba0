/* test_damaged.c - damage in the middle of a file, on the screen: told, and passed over. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/build_capture.h"
#include "support/typed_app.h"
#include "support/unit_test.h"
#include "ui/app_memory.h"

enum { PACKETS = 12, HEADER = 24, RECORD_HEADER = 16, PACKET = 42 };

static char path[] = "/tmp/peel-damaged-XXXXXX";

/* Packets 4 and 9 say that they are 2 GB long. */
static int set_up(void **state)
{
	(void)state;
	struct built_capture capture = { 0 };
	uint8_t packet[PACKET] = {
		[12] = 0x08, [13] = 0x06, [15] = 1, [16] = 8, [18] = 6, [19] = 4, [21] = 1
	};

	strcpy(path, "/tmp/peel-damaged-XXXXXX");
	capture_begin(&capture, 1);
	for (unsigned i = 0; i < PACKETS; i++) {
		packet[11] = (uint8_t)i;
		capture_add(&capture, packet, sizeof packet, sizeof packet);
	}
	for (unsigned n = 4; n <= 9; n += 5)
		memcpy(capture.bytes + HEADER + (n - 1) * (RECORD_HEADER + PACKET) + 8,
		       "\xff\xff\xff\x7f", 4);
	capture_write(&capture, path);
	capture_free(&capture);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	end_app();
	typed_options = (struct ui_options){ 0 };
	return unlink(path);
}

static void damage_is_passed_over_place_by_place(void **state)
{
	(void)state;
	begin_app(path);
	assert_int_equal(app.packet_count, 3);
	show_at(24, 200);
	assert_on_screen(&screen, "damaged");
	assert_on_screen(&screen, ":skip searches for the next plausible packet.");
	app_command(&app, "skip");
	read_all();
	assert_int_equal(app.packet_count, 7);
	assert_on_screen(&screen, "Packet #8 at byte");
	app_command(&app, "skip");
	read_all();
	assert_int_equal(app.packet_count, 10);
	assert_on_screen(&screen, "in 2 places, the last after packet #7.");
	assert_on_screen(&screen, "damaged");
	app_command(&app, "skip");
	assert_string_equal(app.message, "There is no damage to pass over.");
}

static void all_of_it_at_once_and_when_read_again(void **state)
{
	(void)state;
	begin_app(path);
	app_command(&app, "skip all");
	read_all();
	assert_int_equal(app.packet_count, 10);
	/* It is read anew without the packet. */
	type("5 G i");
	read_all();
	assert_int_equal(app.packet_count, 10);
	assert_on_screen(&screen, "<Ignored>");
}

static void an_option_does_so_from_the_beginning(void **state)
{
	(void)state;
	typed_options = (struct ui_options){ .skips_damage = true };
	begin_app(path);
	assert_int_equal(app.packet_count, 10);
}

static void a_whole_file_has_nothing_to_pass_over(void **state)
{
	(void)state;
	begin_app_on("http.pcap");
	app_command(&app, "skip");
	assert_string_equal(app.message, "There is no damage to pass over.");
}

/* Whatever it is. */
static void a_foreign_file_is_bytes_if_asked_for(void **state)
{
	(void)state;
	FILE *out = fopen(path, "w");

	assert_non_null(out);
	fputs("text, and no capture", out);
	fclose(out);
	typed_options = (struct ui_options){ .takes_raw = true, .raw_link_type = 1 };
	begin_app(path);
	assert_int_equal(app.packet_count, 1);
	assert_on_screen(&screen, "text, and no cap");
}

static void nothing_is_written_if_so_begun(void **state)
{
	(void)state;
	char folder[sizeof path + 10];

	snprintf(folder, sizeof folder, "%s-never", path);
	setenv("XDG_STATE_HOME", folder, 1);
	setenv("XDG_CONFIG_HOME", folder, 1);
	typed_options = (struct ui_options){ .remembers = true, .read_only = true };
	begin_app_on("http.pcap");
	type("5 G Space");
	app_command(&app, "filter tcp");
	app_command(&app, "column http.host");
	app_command(&app, "set! time=utc");
	assert_string_equal(app.message, "Nothing is remembered in this run.");
	app_command(&app, "w /tmp/peel-damaged-never.pcap");
	assert_string_equal(app.message, "Nothing is written, as peel was begun with --readonly.");
	app_command(&app, "forget");
	assert_false(app.forgotten);
	app_remember(&app);
	assert_int_not_equal(access(folder, F_OK), 0);
	assert_int_not_equal(access("/tmp/peel-damaged-never.pcap", F_OK), 0);
	unsetenv("XDG_STATE_HOME");
	unsetenv("XDG_CONFIG_HOME");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

UNIT_TESTS(test_damaged)
{
	const struct CMUnitTest tests[] = {
		TEST(damage_is_passed_over_place_by_place),
		TEST(all_of_it_at_once_and_when_read_again),
		TEST(an_option_does_so_from_the_beginning),
		TEST(a_whole_file_has_nothing_to_pass_over),
		TEST(a_foreign_file_is_bytes_if_asked_for),
		TEST(nothing_is_written_if_so_begun),
	};

	return cmocka_run_group_tests_name("damaged", tests, NULL, NULL);
}
