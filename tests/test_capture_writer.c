/* test_capture_writer.c - what is written reads back the same, and is there whole or not at all. */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "capture/capture_writer.h"
#include "support/unit_test.h"

struct folder {
	char path[40];
	char file[60];
};

static int make_folder(void **state)
{
	struct folder *folder = calloc(1, sizeof *folder);

	strcpy(folder->path, "peel-test-XXXXXX");
	if (!mkdtemp(folder->path))
		return -1;
	snprintf(folder->file, sizeof folder->file, "%s/out", folder->path);
	*state = folder;
	return 0;
}

static int remove_folder(void **state)
{
	struct folder *folder = *state;

	unlink(folder->file);
	int result = rmdir(folder->path);       /* fails if anything was left behind */
	free(folder);
	return result;
}

static unsigned entries_in(const char *path)
{
	DIR *folder = opendir(path);
	unsigned count = 0;

	while (readdir(folder))
		count++;
	closedir(folder);
	return count - 2;
}

static char name_of_interface[] = "eth0", filter_of_interface[] = "port 53";

static const struct capture_interface ethernet = {
	.link_type = 1, .snap_length = 96, .ticks_per_second = 1000000, .precision = 6,
	.name = name_of_interface, .filter = filter_of_interface,
};

static const struct capture_interface tunnel = {
	.link_type = 101, .ticks_per_second = 1000000000, .precision = 9, .nanoseconds = true,
	.offset_seconds = -5000, .fcs_bytes = 4,
};

static struct capture_writer *writer_on(const struct folder *folder, enum capture_format format)
{
	struct error error;
	struct capture_writer *writer = capture_writer_open(folder->file, format, &error);

	if (!writer)
		fail_msg("%s", error.text);
	return writer;
}

static uint32_t with_interface(struct capture_writer *writer, const struct capture_interface *interface)
{
	struct error error;
	uint32_t number;

	assert_true(capture_writer_interface(writer, interface, &number, &error));
	return number;
}

static void write_text(struct capture_writer *writer, uint32_t interface, int64_t time_ns,
		       const char *text, const char *comment)
{
	struct error error;
	struct record record = { .time_ns = time_ns, .captured = (uint32_t)strlen(text),
				 .reported = 100, .has_time = true };
	struct packet_notes notes = { .said = NOTE_FLAGS | NOTE_LOST | NOTE_ID | NOTE_QUEUE, .flags = 0x80000002,
				      .queue = 7, .lost = 1ull << 40, .id = UINT64_MAX };

	if (comment) {
		packet_notes_comment(&notes, comment, strlen(comment));
		packet_notes_comment(&notes, "more\0less", 9);
	}
	assert_true(capture_writer_packet(writer, interface, &record, (const uint8_t *)text,
					  comment ? &notes : NULL, &error));
	packet_notes_free(&notes);
}

static void expect_text(struct capture_file *file, uint16_t interface, int64_t time_ns, const char *text)
{
	struct record record;
	const uint8_t *bytes;

	assert_int_equal(capture_file_next(file, true, &record, &bytes), RECORD_OK);
	assert_int_equal(record.captured, strlen(text));
	assert_int_equal(record.reported, 100);
	assert_memory_equal(bytes, text, strlen(text));
	assert_int_equal(record.interface, interface);
	assert_true(record.time_ns == time_ns);
}

static void pcapng_keeps_everything(void **state)
{
	const struct folder *folder = *state;
	struct capture_writer *writer = writer_on(folder, FORMAT_PCAPNG);
	static char host[] = "host.example";
	static uint8_t key[] = "CLIENT_RANDOM";
	const struct capture_name name = { .name = host, .size = 4, .address = { 192, 0, 2, 1 } };
	const struct capture_secret secret = { .bytes = key, .type = 0x544c534b, .length = 13 };
	struct error error;

	uint32_t first = with_interface(writer, &ethernet), second = with_interface(writer, &tunnel);
	assert_true(capture_writer_name(writer, &name, &error));
	assert_true(capture_writer_secret(writer, &secret, &error));
	write_text(writer, first, 1500000000123456000, "one", "a comment");
	write_text(writer, second, -1, "before 1970", NULL);
	write_text(writer, second, 1500000000123456789, "", NULL);
	assert_true(capture_writer_finish(writer, &error));

	struct capture_file *file = capture_file_open(folder->file, &error);
	struct file_window window = { 0 };
	struct record record;
	const uint8_t *bytes;
	assert_non_null(file);
	expect_text(file, 0, 1500000000123456000, "one");
	expect_text(file, 1, -1, "before 1970");
	expect_text(file, 1, 1500000000123456789, "");
	assert_int_equal(capture_file_next(file, true, &record, &bytes), RECORD_NONE);
	assert_string_equal(capture_file_interface(file, 0)->name, "eth0");
	assert_string_equal(capture_file_interface(file, 0)->filter, "port 53");
	assert_int_equal(capture_file_interface(file, 0)->snap_length, 96);
	assert_int_equal(capture_file_interface(file, 1)->link_type, 101);
	assert_int_equal(capture_file_interface(file, 1)->fcs_bytes, 4);
	assert_string_equal(capture_file_name(file, 0)->name, "host.example");
	assert_memory_equal(capture_file_secret(file, 0)->bytes, "CLIENT_RANDOM", 13);
	assert_int_equal(entries_in(folder->path), 1);
	capture_file_close(file);

	file = capture_file_open(folder->file, &error);
	assert_int_equal(capture_file_next(file, true, &record, &bytes), RECORD_OK);
	struct packet_notes notes = { 0 };
	assert_true(record.has_notes);
	capture_file_notes(file, &window, record.offset, 0, &notes);
	assert_int_equal(notes.comment_count, 2);
	assert_memory_equal(notes.comments, "a comment\0more", 15);
	assert_int_equal(notes.said, NOTE_FLAGS | NOTE_LOST | NOTE_ID | NOTE_QUEUE);
	assert_int_equal(notes.flags, 0x80000002);
	assert_int_equal(notes.queue, 7);
	assert_true(notes.lost == 1ull << 40 && notes.id == UINT64_MAX);
	packet_notes_free(&notes);
	file_window_free(&window);
	capture_file_close(file);
}

static void pcap_keeps_times_to_its_precision(void **state)
{
	const struct folder *folder = *state;
	struct error error;

	for (int i = 0; i < 2; i++) {
		struct capture_writer *writer = writer_on(folder, i ? FORMAT_NSEC_PCAP : FORMAT_PCAP);

		write_text(writer, with_interface(writer, &ethernet), 1500000000123456789, "x", "dropped");
		assert_true(capture_writer_finish(writer, &error));
		struct capture_file *file = capture_file_open(folder->file, &error);
		assert_non_null(file);
		assert_string_equal(capture_file_format(file), i ? "nanosecond pcap" : "pcap");
		expect_text(file, 0, i ? 1500000000123456789 : 1500000000123456000, "x");
		capture_file_close(file);
	}
}

static void pcap_refuses_what_it_cannot_hold(void **state)
{
	struct error error;
	uint32_t number;
	struct capture_writer *writer = writer_on(*state, FORMAT_PCAP);
	struct record record = { .time_ns = -1, .has_time = true };

	number = with_interface(writer, &ethernet);
	assert_false(capture_writer_packet(writer, number, &record, NULL, NULL, &error));
	assert_non_null(strstr(error.text, "the time of packet #1 is before 1970"));
	assert_false(capture_writer_interface(writer, &tunnel, &number, &error));
	assert_non_null(strstr(error.text, "one link type only"));
	capture_writer_abandon(writer);
}

static void empty_files_are_valid(void **state)
{
	const struct folder *folder = *state;
	struct error error;
	struct record record;
	const uint8_t *bytes;

	for (enum capture_format format = FORMAT_PCAPNG; format <= FORMAT_NSEC_PCAP; format++) {
		assert_true(capture_writer_finish(writer_on(folder, format), &error));
		struct capture_file *file = capture_file_open(folder->file, &error);
		assert_non_null(file);
		assert_int_equal(capture_file_next(file, true, &record, &bytes), RECORD_NONE);
		capture_file_close(file);
	}
}

static void put_old_file(const char *path)
{
	int fd = open(path, O_CREAT | O_WRONLY | O_TRUNC, 0600);

	assert_int_equal(write(fd, "precious", 8), 8);
	close(fd);
}

static void expect_old_file(const struct folder *folder)
{
	char bytes[9] = "";
	int fd = open(folder->file, O_RDONLY);

	assert_int_equal(read(fd, bytes, 9), 8);
	assert_string_equal(bytes, "precious");
	assert_int_equal(entries_in(folder->path), 1);
	close(fd);
}

static void old_file_stays_until_all_is_written(void **state)
{
	const struct folder *folder = *state;
	struct stat status;
	struct error error;

	put_old_file(folder->file);
	struct capture_writer *writer = writer_on(folder, FORMAT_PCAPNG);
	write_text(writer, with_interface(writer, &ethernet), 0, "new", NULL);
	assert_true(capture_writer_flush(writer, &error));
	capture_writer_abandon(writer);
	expect_old_file(folder);

	writer = writer_on(folder, FORMAT_PCAPNG);
	assert_true(capture_writer_finish(writer, &error));
	assert_int_equal(stat(folder->file, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	assert_int_equal(entries_in(folder->path), 1);
}

/* A limit on the file's size stands in for a full disk. */
static void full_disk_leaves_the_old_file(void **state)
{
	const struct folder *folder = *state;
	struct rlimit old, small;
	struct error error = { "" };
	bool went_well = true;
	static char text[60000];

	memset(text, 'x', sizeof text - 1);
	put_old_file(folder->file);
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	small = old;
	small.rlim_cur = 1000000;
	struct capture_writer *writer = writer_on(folder, FORMAT_PCAPNG);
	uint32_t number = with_interface(writer, &ethernet);
	struct record record = { .captured = sizeof text - 1, .reported = sizeof text };
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	for (int i = 0; i < 100 && went_well; i++)
		went_well = capture_writer_packet(writer, number, &record, (const uint8_t *)text, NULL, &error);
	setrlimit(RLIMIT_FSIZE, &old);
	assert_false(went_well);
	assert_non_null(strstr(error.text, "What was there before is untouched."));
	capture_writer_abandon(writer);
	expect_old_file(folder);
}

static void says_why_it_cannot_be_written(void **state)
{
	const struct folder *folder = *state;
	struct error error;

	assert_null(capture_writer_open("no-such-folder/out", FORMAT_PCAPNG, &error));
	assert_string_equal(error.text, "cannot write \"no-such-folder/out\": No such file or directory.");
	assert_null(capture_writer_open(folder->path, FORMAT_PCAPNG, &error));
	assert_non_null(strstr(error.text, "Is a directory"));
}

static void device_is_written_straight_to(void **state)
{
	(void)state;
	struct error error;
	struct stat status;
	struct capture_writer *writer = capture_writer_open("/dev/null", FORMAT_PCAP, &error);

	assert_non_null(writer);
	assert_true(capture_writer_finish(writer, &error));
	assert_int_equal(stat("/dev/null", &status), 0);
	assert_true(S_ISCHR(status.st_mode));
}

static void link_stays_a_link(void **state)
{
	const struct folder *folder = *state;
	char link[80];
	struct stat status;
	struct error error;

	snprintf(link, sizeof link, "%s/link", folder->path);
	put_old_file(folder->file);
	assert_int_equal(symlink("out", link), 0);
	struct capture_writer *writer = capture_writer_open(link, FORMAT_PCAP, &error);
	assert_true(capture_writer_finish(writer, &error));
	assert_int_equal(lstat(link, &status), 0);
	assert_true(S_ISLNK(status.st_mode));
	assert_int_equal(stat(folder->file, &status), 0);
	assert_int_equal(status.st_size, 24);
	unlink(link);
}

static void simple_packets_stay_simple(void **state)
{
	const struct folder *folder = *state;
	struct capture_writer *writer = writer_on(folder, FORMAT_PCAPNG);
	struct record record = { .captured = 3, .reported = 3 }, again;
	const uint8_t *bytes;
	struct error error;

	assert_true(capture_writer_packet(writer, with_interface(writer, &ethernet), &record,
					  (const uint8_t *)"abc", NULL, &error));
	assert_true(capture_writer_finish(writer, &error));
	struct capture_file *file = capture_file_open(folder->file, &error);
	assert_int_equal(capture_file_next(file, true, &again, &bytes), RECORD_OK);
	assert_false(again.has_time);
	assert_memory_equal(bytes, "abc", 3);
	capture_file_close(file);
}

UNIT_TESTS(test_capture_writer)
{
#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)
	const struct CMUnitTest tests[] = {
		IN_FOLDER(pcapng_keeps_everything),
		IN_FOLDER(pcap_keeps_times_to_its_precision),
		IN_FOLDER(pcap_refuses_what_it_cannot_hold),
		IN_FOLDER(empty_files_are_valid),
		IN_FOLDER(old_file_stays_until_all_is_written),
		IN_FOLDER(full_disk_leaves_the_old_file),
		IN_FOLDER(says_why_it_cannot_be_written),
		IN_FOLDER(link_stays_a_link),
		IN_FOLDER(simple_packets_stay_simple),
		cmocka_unit_test(device_is_written_straight_to),
	};
	return cmocka_run_group_tests_name("capture_writer", tests, NULL, NULL);
}
