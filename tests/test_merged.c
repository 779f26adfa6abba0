/* test_merged.c - several files read as one: in order of time, each packet known by its file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "capture/capture_file.h"
#include "session/session.h"
#include "support/build_capture.h"
#include "support/unit_test.h"

enum { PATH_ROOM = 400, ETHERNET = 1 };

static char *captured(const char *capture, char path[PATH_ROOM])
{
	const char *srcdir = getenv("srcdir");

	snprintf(path, PATH_ROOM, "%s/captures/%s", srcdir ? srcdir : ".", capture);
	return path;
}

static struct capture_file *merged(const char *a, const char *b, struct error *error)
{
	char room[2][PATH_ROOM], *paths[2] = { captured(a, room[0]), captured(b, room[1]) };

	return capture_file_open_merged(paths, 2, error);
}

static uint32_t count_of(const char *capture)
{
	char room[PATH_ROOM];
	struct error error = { "" };
	struct capture_file *file = capture_file_open(captured(capture, room), &error);
	struct record record;
	const uint8_t *bytes;
	uint32_t count = 0;

	assert_non_null(file);
	while (capture_file_next(file, true, &record, &bytes) == RECORD_OK)
		count++;
	capture_file_close(file);
	return count;
}

static void packets_come_in_order_of_time(void **state)
{
	struct error error = { "" };
	struct capture_file *file = merged("tour.pcapng", "udp.pcap", &error);
	struct record record;
	const uint8_t *bytes;
	int64_t before = INT64_MIN;
	uint32_t count = 0;

	(void)state;
	assert_non_null(file);
	while (capture_file_next(file, false, &record, &bytes) == RECORD_OK) {
		assert_true(record.time_ns >= before);
		before = record.time_ns;
		count++;
	}
	assert_int_equal(count, count_of("tour.pcapng") + count_of("udp.pcap"));
	assert_string_equal(capture_file_problem(file), "");
	assert_string_equal(capture_file_path(file), "tour.pcapng + udp.pcap");
	assert_int_equal(capture_file_position(file), capture_file_size(file));
	capture_file_close(file);
}

/* Backwards, so that the window goes from one file to the other and back. */
static void any_packet_is_found_again(void **state)
{
	enum { MOST = 400 };
	static struct record records[MOST];
	static uint8_t first[MOST][4];
	struct error error = { "" };
	struct capture_file *file = merged("http.pcap", "dns.pcap", &error);
	struct file_window window = { 0 };
	struct record record;
	const uint8_t *bytes;
	unsigned count = 0;

	(void)state;
	for (; capture_file_next(file, false, &records[count], &bytes) == RECORD_OK; count++)
		memcpy(first[count], bytes + records[count].captured - 4, 4);
	assert_true(count > 50 && count < MOST);
	for (unsigned i = count; i--;) {
		assert_true(capture_file_read(file, &window, records[i].offset,
					      records[i].interface, &record, &bytes));
		assert_int_equal(record.captured, records[i].captured);
		assert_int_equal(record.time_ns, records[i].time_ns);
		assert_memory_equal(first[i], bytes + record.captured - 4, 4);
	}
	assert_false(capture_file_read(file, &window, UINT64_C(2) << 40, 0, &record, &bytes));
	file_window_free(&window);
	capture_file_close(file);
}

/* Records at the same places, taken in turns: the bytes tell the file. */
static void a_window_is_of_one_file(void **state)
{
	enum { PACKETS = 20, BYTES = 60 };
	char paths[2][PATH_ROOM] = { "/tmp/peel-merged-XXXXXX", "/tmp/peel-merged-XXXXXX" };
	char *both[2] = { paths[0], paths[1] };
	struct error error = { "" };
	const uint8_t *bytes;
	uint32_t length;

	(void)state;
	for (unsigned n = 0; n < 2; n++) {
		struct built_capture capture;
		uint8_t packet[BYTES] = { [BYTES - 1] = (uint8_t)n };

		capture_begin(&capture, ETHERNET);
		capture.late_us = n;
		for (unsigned i = 0; i < PACKETS; i++)
			capture_add(&capture, packet, BYTES, BYTES);
		capture_write(&capture, paths[n]);
		capture_free(&capture);
	}
	struct session *session = session_new(capture_file_open_merged(both, 2, &error));
	struct view_port port;
	while (session_scan(session, 1000, false) == SCAN_MORE)
		;
	assert_int_equal(session_packet_count(session), 2 * PACKETS);
	view_port_init(&port, session);
	for (uint32_t n = 1; n <= 2 * PACKETS; n++) {
		assert_true(view_port_bytes(&port, n, &bytes, &length));
		assert_int_equal(bytes[length - 1], (n - 1) % 2);
	}
	view_port_free(&port);
	session_free(session);
	for (unsigned n = 0; n < 2; n++)
		unlink(paths[n]);
}

static void interfaces_are_named_after_their_file(void **state)
{
	struct error error = { "" };
	struct capture_file *file = merged("udp.pcap", "tour.pcapng", &error);
	struct record record;
	const uint8_t *bytes;
	unsigned from_udp = 0;

	(void)state;
	while (capture_file_next(file, false, &record, &bytes) == RECORD_OK) {
		const struct capture_interface *from =
			capture_file_interface(file, record.interface);

		assert_int_equal(from->number, record.interface);
		if (!strcmp(from->name, "udp.pcap"))
			from_udp++;
		else
			assert_int_equal(strncmp(from->name, "tour.pcapng tour-", 17), 0);
	}
	assert_int_equal(from_udp, count_of("udp.pcap"));
	capture_file_close(file);
}

static void a_session_numbers_them_as_one_file(void **state)
{
	struct error error = { "" };
	struct session *session = session_new(merged("udp.pcap", "http.pcap", &error));
	struct view_port port;

	(void)state;
	while (session_scan(session, 1000, false) == SCAN_MORE)
		;
	uint32_t count = session_packet_count(session);

	assert_int_equal(count, count_of("udp.pcap") + count_of("http.pcap"));
	view_port_init(&port, session);
	for (uint32_t n = count; n; n--)
		assert_true(view_port_dissect(&port, n, WANT_FIELDS));
	view_port_free(&port);
	session_free(session);
}

/* What is whole of the other file is still read. */
static void a_file_that_is_cut_does_not_end_the_others(void **state)
{
	uint8_t frame[60] = { 0 };
	struct built_capture capture;
	struct error error = { "" };
	char cut[] = "/tmp/peel-merged-XXXXXX", other[PATH_ROOM];
	char *paths[2] = { cut, captured("udp.pcap", other) };
	struct record record;
	const uint8_t *bytes;
	uint32_t count = 0;

	(void)state;
	capture_begin(&capture, ETHERNET);
	capture_add(&capture, frame, sizeof frame, sizeof frame);
	capture_add(&capture, frame, sizeof frame, sizeof frame);
	capture.length -= 5;
	capture_write(&capture, cut);
	capture_free(&capture);
	struct capture_file *file = capture_file_open_merged(paths, 2, &error);

	assert_non_null(file);
	while (capture_file_next(file, false, &record, &bytes) == RECORD_OK)
		count++;
	assert_int_equal(count, 1 + count_of("udp.pcap"));
	assert_non_null(strstr(capture_file_problem(file), "The file ends inside packet #2"));
	assert_memory_equal(capture_file_problem(file), cut + 5, strlen(cut) - 5);
	assert_false(capture_file_is_damaged(file));
	capture_file_close(file);
	unlink(cut);
}

static void what_cannot_be_opened_is_said(void **state)
{
	struct error error = { "" };
	char other[PATH_ROOM], input[] = "-";
	char *paths[2] = { captured("udp.pcap", other), input };

	(void)state;
	assert_null(merged("udp.pcap", "nowhere", &error));
	assert_non_null(strstr(error.text, "no such file"));
	assert_null(capture_file_open_merged(paths, 2, &error));
	assert_non_null(strstr(error.text, "standard input"));
}

static void it_can_be_opened_anew(void **state)
{
	struct error error = { "" };
	struct capture_file *file = merged("udp.pcap", "dns.pcap", &error);
	struct capture_file *again = capture_file_reopen(file, &error);
	unsigned count;

	(void)state;
	capture_file_close(file);
	assert_non_null(again);
	assert_non_null(strstr(capture_file_paths(again, &count)[1], "dns.pcap"));
	assert_int_equal(count, 2);
	capture_file_close(again);
}

UNIT_TESTS(test_merged)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(packets_come_in_order_of_time),
		cmocka_unit_test(any_packet_is_found_again),
		cmocka_unit_test(a_window_is_of_one_file),
		cmocka_unit_test(interfaces_are_named_after_their_file),
		cmocka_unit_test(a_session_numbers_them_as_one_file),
		cmocka_unit_test(a_file_that_is_cut_does_not_end_the_others),
		cmocka_unit_test(what_cannot_be_opened_is_said),
		cmocka_unit_test(it_can_be_opened_anew),
	};
	return cmocka_run_group_tests_name("merged", tests, NULL, NULL);
}
