/* test_read_ahead.c - a file whose next part another thread reads is the same file. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "capture/capture_file.h"
#include "session/session.h"
#include "support/build_capture.h"
#include "support/unit_test.h"

enum { PACKETS = 3000, LONGEST = 60000 };

/* Reads at once what it is asked for, on the same thread. */
struct reader {
	struct capture_file *file;
	unsigned asked, waits;
	unsigned most; /* it refuses more */
};

static bool ask(void *owner)
{
	struct reader *reader = owner;

	if (reader->asked == reader->most)
		return false;
	reader->asked++;
	capture_file_read_ahead(reader->file);
	return true;
}

static void wait_for(void *owner)
{
	struct reader *reader = owner;

	reader->waits++;
}

static char path[] = "/tmp/peel-read-ahead-XXXXXX";
static uint64_t file_bytes;

/* Packets of all lengths, so that borders fall anywhere, and the longest reach over any overlap. */
static int write_file(void **state)
{
	(void)state;
	static uint8_t packet[LONGEST];
	struct built_capture capture;

	capture_begin(&capture, 147);
	for (uint32_t n = 0; n < PACKETS; n++) {
		uint32_t length = n % 50 == 49 ? LONGEST - n : 1 + n * 37 % 3000;
		for (uint32_t i = 0; i < length; i++)
			packet[i] = (uint8_t)(n * 7 + i);
		capture_add(&capture, packet, length, length);
	}
	capture_write(&capture, path);
	file_bytes = capture.length;
	capture_free(&capture);
	return 0;
}

static int remove_file(void **state)
{
	(void)state;
	return unlink(path);
}

static struct capture_file *open_file(void)
{
	struct error error;
	struct capture_file *file = capture_file_open(path, &error);

	if (!file)
		fail_msg("%s", error.text);
	return file;
}

/* Of all records and where they are. */
static uint64_t sum_of(struct capture_file *file, uint32_t *packets)
{
	struct record record;
	const uint8_t *bytes;
	uint64_t sum = 0;

	for (*packets = 0; capture_file_next(file, false, &record, &bytes) == RECORD_OK; ++*packets)
		sum = sum * 31 + hash_bytes(bytes, record.captured) + record.offset;
	assert_string_equal(capture_file_problem(file), "");
	return sum;
}

static uint64_t sum_ahead(struct reader *reader)
{
	const struct reads_ahead calls = { reader, ask, wait_for };
	uint32_t packets;

	reader->file = open_file();
	capture_file_use_ahead(reader->file, &calls);
	uint64_t sum = sum_of(reader->file, &packets);
	capture_file_use_ahead(reader->file, NULL);
	assert_int_equal(packets, PACKETS);
	capture_file_close(reader->file);
	return sum;
}

static uint64_t sum_alone(void)
{
	struct capture_file *file = open_file();
	uint32_t packets;
	uint64_t sum = sum_of(file, &packets);

	capture_file_close(file);
	return sum;
}

static void is_the_same(void **state)
{
	(void)state;
	struct reader reader = { .most = UINT32_MAX };

	assert_int_equal(sum_ahead(&reader), sum_alone());
	assert_int_equal(reader.waits, reader.asked);
	/* Nearly all of the file came so. */
	assert_true(reader.asked > file_bytes / WINDOW_BYTES - 6);
	assert_true(reader.asked < file_bytes / WINDOW_BYTES + file_bytes / WINDOW_BYTES / 2);
}

static void goes_on_alone(void **state)
{
	(void)state;
	uint64_t sum = sum_alone();

	for (unsigned most = 0; most < 8; most++) {
		struct reader reader = { .most = most };
		assert_int_equal(sum_ahead(&reader), sum);
		assert_int_equal(reader.asked, most);
	}
}

static void ends_while_a_part_is_asked_for(void **state)
{
	(void)state;
	struct reader reader = { .most = 1 };
	const struct reads_ahead calls = { &reader, ask, wait_for };
	struct record record;
	const uint8_t *bytes;

	reader.file = open_file();
	capture_file_use_ahead(reader.file, &calls);
	while (!reader.asked)
		assert_int_equal(capture_file_next(reader.file, false, &record, &bytes), RECORD_OK);
	capture_file_use_ahead(reader.file, NULL);
	assert_int_equal(reader.waits, 1);
	assert_int_equal(capture_file_next(reader.file, false, &record, &bytes), RECORD_OK);
	capture_file_close(reader.file);
}

/* The session's own thread. */
static void scanner_reads_it_too(void **state)
{
	(void)state;
	struct session *session = session_new(open_file());
	struct scanner *scanner = scanner_start(session, 1);

	assert_non_null(scanner);
	while (scanner_poll(scanner) != SCAN_DONE)
		usleep(1000);
	scanner_stop(scanner);
	assert_int_equal(session_packet_count(session), PACKETS);
	assert_string_equal(session_problem(session), "");
	session_free(session);
}

UNIT_TESTS(test_read_ahead)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_the_same),
		cmocka_unit_test(goes_on_alone),
		cmocka_unit_test(ends_while_a_part_is_asked_for),
		cmocka_unit_test(scanner_reads_it_too),
	};

	return cmocka_run_group_tests_name("read_ahead", tests, write_file, remove_file);
}
