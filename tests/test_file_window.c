/* test_file_window.c - parts of a file: ends, jumps, growth, truncation. */
#include <pthread.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "capture/capture_file.h"
#include "capture/file_window.h"
#include "capture/recent_bytes.h"
#include "support/build_capture.h"
#include "support/unit_test.h"

enum { FILE_BYTES = 1 << 20, STEP = 613, LONG_FILE = RECENT_PARTS * 3 * WINDOW_BYTES };

static uint8_t byte_at(uint64_t offset)
{
	return (uint8_t)(offset * 31 + (offset >> 8) * 7 + (offset >> 16));
}

static int make_file(size_t n)
{
	uint8_t *bytes = malloc(n ? n : 1);
	int fd = memfd_create("test", 0);

	assert_true(fd >= 0);
	for (size_t i = 0; i < n; i++)
		bytes[i] = byte_at(i);
	assert_int_equal(pwrite(fd, bytes, n, 0), n);
	free(bytes);
	return fd;
}

static void expect(struct file_window *window, int fd, uint64_t offset, size_t n)
{
	size_t held;
	const uint8_t *p = file_window_at(window, fd, offset, n, &held);

	assert_non_null(p);
	assert_int_equal(held, n);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(p[i], byte_at(offset + i));
}

static void gives_the_bytes_at_any_offset(void **state)
{
	(void)state;
	struct file_window window = { 0 };
	int fd = make_file(FILE_BYTES);
	uint64_t offset = 12345;

	for (int i = 0; i < 500; i++) {
		offset = (offset * 1103515245 + 12345) % (FILE_BYTES - 5000);
		expect(&window, fd, offset, 1 + (size_t)i * 10);
	}
	for (offset = 0; offset + 700 < FILE_BYTES; offset += 613)
		expect(&window, fd, offset, 700);
	for (offset = FILE_BYTES - 700; offset > 700; offset -= 613)
		expect(&window, fd, offset, 700);
	file_window_free(&window);
	close(fd);
}

static void reads_little_at_a_far_jump_and_much_when_going_on(void **state)
{
	(void)state;
	struct file_window window = { 0 };
	int fd = make_file(FILE_BYTES);

	expect(&window, fd, 500000, 10);
	assert_int_equal(window.held, WINDOW_JUMP_BYTES);
	for (uint64_t offset = 500000; offset < 900000; offset += 1000)
		expect(&window, fd, offset, 1000);
	assert_in_range(window.held, WINDOW_BYTES / 2, WINDOW_BYTES);
	file_window_free(&window);
	close(fd);
}

static void says_how_much_there_is_at_the_end(void **state)
{
	(void)state;
	struct file_window window = { 0 };
	int fd = make_file(1000);
	size_t held;

	assert_non_null(file_window_at(&window, fd, 990, 100, &held));
	assert_int_equal(held, 10);
	assert_null(file_window_at(&window, fd, 1000, 1, &held));
	assert_int_equal(held, 0);
	assert_null(file_window_at(&window, fd, UINT64_MAX - 5, 100, &held));
	assert_null(file_window_at(&window, fd, (uint64_t)INT64_MAX, 100, &held));
	assert_int_equal(held, 0);
	expect(&window, fd, 0, 1000);
	file_window_free(&window);
	close(fd);
}

static void sees_what_was_appended(void **state)
{
	(void)state;
	struct file_window window = { 0 };
	int fd = make_file(100);
	size_t held;
	uint8_t more[50];

	file_window_at(&window, fd, 80, 50, &held);
	assert_int_equal(held, 20);
	for (unsigned i = 0; i < sizeof more; i++)
		more[i] = byte_at(100 + i);
	assert_int_equal(pwrite(fd, more, sizeof more, 100), sizeof more);
	expect(&window, fd, 80, 50);
	file_window_free(&window);
	close(fd);
}

static void truncated_file_is_a_short_read(void **state)
{
	(void)state;
	struct file_window window = { 0 };
	int fd = make_file(FILE_BYTES);
	size_t held;

	expect(&window, fd, 0, 100);
	assert_int_equal(ftruncate(fd, 300000), 0);
	assert_non_null(file_window_at(&window, fd, 299990, 100, &held));
	assert_int_equal(held, 10);
	assert_null(file_window_at(&window, fd, 500000, 100, &held));
	assert_int_equal(window.error, 0);
	file_window_free(&window);
	close(fd);
}

static void failed_read_is_told_from_the_end(void **state)
{
	(void)state;
	struct file_window window = { 0 };
	size_t held;

	assert_null(file_window_at(&window, -1, 0, 100, &held));
	assert_true(window.error != 0);
	file_window_free(&window);
}

/* Who reads in order, as capture_file.c does, and those that follow. */
struct procession {
	struct recent_bytes recent;
	struct file_window reader;
	int fd;
	_Atomic uint64_t at;
};

static struct procession *begin_procession(void)
{
	struct procession *p = calloc(1, sizeof *p);

	assert_non_null(p);
	p->fd = make_file(LONG_FILE);
	p->recent.wanted = true;
	return p;
}

static void end_procession(struct procession *p)
{
	recent_bytes_free(&p->recent, &p->reader);
	close(p->fd);
	free(p);
}

static void read_to(struct procession *p, uint64_t end)
{
	for (; p->at < end && p->at + STEP <= LONG_FILE; p->at += STEP) {
		if (file_window_has(&p->reader, p->fd, p->at, STEP))
			continue;
		recent_bytes_turn(&p->recent, &p->reader);
		expect(&p->reader, p->fd, p->at, STEP);
		recent_bytes_publish(&p->recent, &p->reader);
	}
}

static void one_that_follows_reads_nothing(void **state)
{
	(void)state;
	struct procession *p = begin_procession();
	struct file_window window = { .follows = &p->recent };

	for (uint64_t at = 0; at + STEP <= LONG_FILE; at += STEP) {
		read_to(p, at + 2 * WINDOW_BYTES);
		expect(&window, p->fd, at, STEP);
		assert_non_null(window.part);
	}
	assert_null(window.own);
	file_window_free(&window);
	end_procession(p);
}

static void one_that_is_far_behind_reads_on_its_own(void **state)
{
	(void)state;
	struct procession *p = begin_procession();
	struct file_window window = { .follows = &p->recent };

	read_to(p, LONG_FILE);
	expect(&window, p->fd, 0, STEP);
	assert_null(window.part);
	expect(&window, p->fd, p->at - STEP, STEP);
	assert_non_null(window.part);
	expect(&window, p->fd, 0, STEP);
	assert_null(window.part);
	file_window_free(&window);
	end_procession(p);
}

static void what_is_looked_into_stays(void **state)
{
	(void)state;
	struct procession *p = begin_procession();
	struct file_window windows[RECENT_PARTS] = { 0 };
	const uint8_t *bytes[RECENT_PARTS];

	for (unsigned i = 0; i < RECENT_PARTS; i++) {
		windows[i].follows = &p->recent;
		read_to(p, (uint64_t)(i + 1) * WINDOW_BYTES);
		bytes[i] = file_window_at(&windows[i], p->fd, p->at - STEP, STEP, NULL);
		assert_int_equal(!!windows[i].part, i < RECENT_FOLLOWERS);
	}
	read_to(p, LONG_FILE);
	for (unsigned i = 0; i < RECENT_PARTS; i++) {
		uint64_t first = windows[i].start + (uint64_t)(bytes[i] - windows[i].bytes);
		for (unsigned n = 0; n < STEP; n++)
			assert_int_equal(bytes[i][n], byte_at(first + n));
		file_window_free(&windows[i]);
	}
	assert_int_equal(p->recent.holders, 0);
	end_procession(p);
}

/* Sums, as assertions are for the first thread. */
static void *follow_to_the_end(void *owner)
{
	struct procession *p = owner;
	struct file_window window = { .follows = &p->recent };
	uintptr_t wrong = 0;

	for (uint64_t at = 0; at + STEP <= LONG_FILE;) {
		if (at >= p->at)
			continue;
		const uint8_t *bytes = file_window_at(&window, p->fd, at, STEP, NULL);
		for (unsigned n = 0; n < STEP; n++)
			wrong += !bytes || bytes[n] != byte_at(at + n);
		at += STEP;
	}
	file_window_free(&window);
	return (void *)wrong;
}

static void threads_follow_at_the_same_time(void **state)
{
	(void)state;
	struct procession *p = begin_procession();
	pthread_t threads[3];
	void *wrong;

	for (unsigned i = 0; i < 3; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, follow_to_the_end, p), 0);
	read_to(p, LONG_FILE);
	for (unsigned i = 0; i < 3; i++) {
		pthread_join(threads[i], &wrong);
		assert_null(wrong);
	}
	assert_int_equal(p->recent.holders, 0);
	end_procession(p);
}

/* All but those that were read before there was a window that follows. */
static void records_are_found_where_they_were_just_read(void **state)
{
	enum { PACKETS = 3000, BYTES = 1000, BEHIND = 500 };
	(void)state;
	static uint64_t offsets[PACKETS];
	struct built_capture capture;
	struct file_window window = { 0 };
	struct error error = { "" };
	struct record record;
	uint8_t packet[BYTES] = { 0 };
	const uint8_t *bytes;
	unsigned alone = 0;

	capture_begin(&capture, 1);
	for (unsigned i = 0; i < PACKETS; i++) {
		packet[BYTES - 2] = (uint8_t)(i >> 8);
		packet[BYTES - 1] = (uint8_t)i;
		capture_add(&capture, packet, BYTES, BYTES);
	}
	struct capture_file *file = open_bytes(capture.bytes, capture.length, &error);
	assert_non_null(file);
	capture_file_follow(file, &window);
	for (unsigned i = 0; i < PACKETS; i++) {
		assert_int_equal(capture_file_next(file, true, &record, &bytes), RECORD_OK);
		offsets[i] = record.offset;
		if (i < BEHIND)
			continue;
		assert_true(
			capture_file_read(file, &window, offsets[i - BEHIND], 0, &record, &bytes));
		assert_int_equal(bytes[BYTES - 2] << 8 | bytes[BYTES - 1], i - BEHIND);
		alone += !window.part;
	}
	assert_true(alone <= 2 * WINDOW_BYTES / BYTES);
	file_window_free(&window);
	capture_file_close(file);
	capture_free(&capture);
}

/* Without a buffer of its own, which a read would have made. */
static void records_are_found_in_the_window_beside(void **state)
{
	enum { PACKETS = 3, BYTES = 100 };
	(void)state;
	static const uint8_t packets[PACKETS][BYTES] = { { 1 }, { 2 }, { 3 } };
	uint64_t offsets[PACKETS];
	struct built_capture capture;
	struct file_window window = { 0 };
	struct error error = { "" };
	struct record record;
	const uint8_t *bytes;

	capture_begin(&capture, 1);
	for (unsigned i = 0; i < PACKETS; i++)
		capture_add(&capture, packets[i], BYTES, BYTES);
	struct capture_file *file = open_bytes(capture.bytes, capture.length, &error);
	assert_non_null(file);
	capture_file_look_beside(file, &window);
	for (unsigned i = 0; i < PACKETS; i++) {
		assert_int_equal(capture_file_next(file, true, &record, &bytes), RECORD_OK);
		offsets[i] = record.offset;
	}
	assert_true(capture_file_read(file, &window, offsets[0], 0, &record, &bytes));
	assert_int_equal(bytes[0], 1);
	assert_int_equal(record.captured, BYTES);
	assert_null(window.own);
	file_window_free(&window);
	capture_file_close(file);
	capture_free(&capture);
}

UNIT_TESTS(test_file_window)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gives_the_bytes_at_any_offset),
		cmocka_unit_test(reads_little_at_a_far_jump_and_much_when_going_on),
		cmocka_unit_test(says_how_much_there_is_at_the_end),
		cmocka_unit_test(sees_what_was_appended),
		cmocka_unit_test(truncated_file_is_a_short_read),
		cmocka_unit_test(failed_read_is_told_from_the_end),
		cmocka_unit_test(one_that_follows_reads_nothing),
		cmocka_unit_test(one_that_is_far_behind_reads_on_its_own),
		cmocka_unit_test(what_is_looked_into_stays),
		cmocka_unit_test(threads_follow_at_the_same_time),
		cmocka_unit_test(records_are_found_where_they_were_just_read),
		cmocka_unit_test(records_are_found_in_the_window_beside),
	};
	return cmocka_run_group_tests_name("file_window", tests, NULL, NULL);
}
