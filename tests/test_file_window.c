/* test_file_window.c - parts of a file: ends, jumps, growth, truncation. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "capture/file_window.h"

enum { FILE_BYTES = 1 << 20 };

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gives_the_bytes_at_any_offset),
		cmocka_unit_test(reads_little_at_a_far_jump_and_much_when_going_on),
		cmocka_unit_test(says_how_much_there_is_at_the_end),
		cmocka_unit_test(sees_what_was_appended),
		cmocka_unit_test(truncated_file_is_a_short_read),
		cmocka_unit_test(failed_read_is_told_from_the_end),
	};
	return cmocka_run_group_tests_name("file_window", tests, NULL, NULL);
}
