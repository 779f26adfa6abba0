/* test_capture_file.c - what files say, what is wrong with them, and how they grow. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#ifdef HAVE_ZLIB
#include <zlib.h>
#endif
#ifdef HAVE_ZSTD
#include <zstd.h>
#endif
#ifdef HAVE_LZ4
#include <lz4frame.h>
#endif

#include "capture/capture_file.h"
#include "support/unit_test.h"

/* Bytes of a file in the making. */
struct image {
	uint8_t bytes[1 << 16];
	size_t used;
	bool big_endian;
};

static void add(struct image *image, const void *bytes, size_t n)
{
	assert_true(n <= sizeof image->bytes - image->used);
	memcpy(image->bytes + image->used, bytes, n);
	image->used += n;
}

static void add_number(struct image *image, uint64_t number, unsigned size)
{
	for (unsigned i = 0; i < size; i++) {
		unsigned shift = 8 * (image->big_endian ? size - 1 - i : i);
		uint8_t byte = (uint8_t)(number >> shift);

		add(image, &byte, 1);
	}
}

static void add_u16(struct image *image, uint16_t number)
{
	add_number(image, number, 2);
}

static void add_u32(struct image *image, uint32_t number)
{
	add_number(image, number, 4);
}

static void pcap_header(struct image *image, uint32_t magic, uint32_t link)
{
	add_u32(image, magic);
	add_u16(image, 2);
	add_u16(image, 4);
	add_u32(image, 0);
	add_u32(image, 0);
	add_u32(image, 65535);
	add_u32(image, link);
}

static void pcap_record(struct image *image, uint32_t second, uint32_t fraction, const char *text)
{
	add_u32(image, second);
	add_u32(image, fraction);
	add_u32(image, (uint32_t)strlen(text));
	add_u32(image, (uint32_t)strlen(text) + 10);
	add(image, text, strlen(text));
}

static size_t begin_block(struct image *image, uint32_t type)
{
	size_t start = image->used;

	add_u32(image, type);
	add_u32(image, 0);
	return start;
}

static void end_block(struct image *image, size_t start)
{
	uint32_t total = (uint32_t)(image->used - start) + 4;

	add_u32(image, total);
	image->used = start + 4;
	add_u32(image, total);
	image->used = start + total;
}

static void add_padded(struct image *image, const void *bytes, size_t n)
{
	add(image, bytes, n);
	add(image, "\0\0\0", -n & 3);
}

static void add_option(struct image *image, uint16_t code, const void *bytes, size_t n)
{
	add_u16(image, code);
	add_u16(image, (uint16_t)n);
	add_padded(image, bytes, n);
}

static void section(struct image *image, bool big_endian)
{
	image->big_endian = big_endian;
	size_t start = begin_block(image, 0x0a0d0d0a);
	add_u32(image, 0x1a2b3c4d);
	add_u16(image, 1);
	add_u16(image, 0);
	add_number(image, UINT64_MAX, 8);
	add_option(image, 1, "a\nsection", 9);
	add_option(image, 4, "tests", 5);
	end_block(image, start);
}

/* resolution 0: none said */
static void interface(struct image *image, uint16_t link, const char *name, uint8_t resolution)
{
	size_t start = begin_block(image, 1);

	add_u16(image, link);
	add_u16(image, 0);
	add_u32(image, 1000);
	add_option(image, 2, name, strlen(name));
	if (resolution)
		add_option(image, 9, &resolution, 1);
	add_option(image, 11, "\0port 53", 8);
	add_u32(image, 0);
	end_block(image, start);
}

static void packet(struct image *image, uint32_t number, uint64_t ticks, const char *text,
		   const char *comment)
{
	size_t start = begin_block(image, 6);

	add_u32(image, number);
	add_u32(image, (uint32_t)(ticks >> 32));
	add_u32(image, (uint32_t)ticks);
	add_u32(image, (uint32_t)strlen(text));
	add_u32(image, 1000);
	add_padded(image, text, strlen(text));
	if (comment) {
		add_option(image, 2, "\0\0\0\1", 4);
		add_option(image, 1, comment, strlen(comment));
		add_option(image, 1, "and another", 11);
		add_u32(image, 0);
	}
	end_block(image, start);
}

/* The file at a path that any process of ours can open. */
static const char *path_of(int fd)
{
	static char path[64];

	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	return path;
}

static int file_of(const void *bytes, size_t n)
{
	int fd = memfd_create("capture", 0);

	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, bytes, n, 0), n);
	return fd;
}

static struct capture_file *opened(int fd)
{
	struct error error;
	struct capture_file *file = capture_file_open(path_of(fd), &error);

	if (!file)
		fail_msg("%s", error.text);
	return file;
}

static struct capture_file *open_image(const struct image *image)
{
	int fd = file_of(image->bytes, image->used);
	struct capture_file *file = opened(fd);

	close(fd);
	return file;
}

static void expect_text(struct capture_file *file, const char *text, int64_t time_ns)
{
	struct file_window window = { 0 };
	struct record record, again;
	const uint8_t *bytes;

	assert_int_equal(capture_file_next(file, true, &record, &bytes), RECORD_OK);
	assert_int_equal(record.captured, strlen(text));
	assert_memory_equal(bytes, text, strlen(text));
	assert_true(record.time_ns == time_ns);
	assert_true(capture_file_read(file, &window, record.offset, record.interface, &again, &bytes));
	assert_memory_equal(bytes, text, strlen(text));
	assert_true(again.time_ns == time_ns && again.reported == record.reported);
	file_window_free(&window);
}

static void expect_status(struct capture_file *file, enum record_status status, const char *problem)
{
	struct record record;
	const uint8_t *bytes;

	assert_int_equal(capture_file_next(file, true, &record, &bytes), status);
	assert_string_equal(capture_file_problem(file), problem);
}

static void small_pcap(struct image *image)
{
	pcap_header(image, 0xa1b2c3d4, 1);
	pcap_record(image, 5, 7, "first packet");
	pcap_record(image, 6, 8, "");
	pcap_record(image, 7, 9, "third");
}

static void small_pcapng(struct image *image)
{
	section(image, false);
	interface(image, 1, "eth0", 0);
	packet(image, 0, 1000001, "first packet", NULL);
	packet(image, 0, 1000002, "", "with a comment");
	packet(image, 0, 1000003, "third", NULL);
}

static void reads_pcap_in_all_its_variants(void **state)
{
	(void)state;
	static const struct { uint32_t magic; const char *name; int64_t time_ns; } cases[] = {
		{ 0xa1b2c3d4, "pcap", 5000007000 },
		{ 0xa1b23c4d, "nanosecond pcap", 5000000007 },
	};

	for (unsigned i = 0; i < 4; i++) {
		struct image image = { .big_endian = i & 1 };

		pcap_header(&image, cases[i / 2].magic, 0x24000001);
		pcap_record(&image, 5, 7, "abc");
		struct capture_file *file = open_image(&image);
		assert_string_equal(capture_file_format(file), cases[i / 2].name);
		assert_int_equal(capture_file_interface(file, 0)->link_type, 1);
		assert_int_equal(capture_file_interface(file, 0)->fcs_bytes, 4);
		assert_int_equal(capture_file_interface(file, 0)->swapped, i & 1);
		expect_text(file, "abc", cases[i / 2].time_ns);
		expect_status(file, RECORD_NONE, "");
		assert_true(capture_file_position(file) == image.used);
		assert_true(capture_file_size(file) == image.used);
		capture_file_close(file);
	}
}

static void reads_sections_and_interfaces_of_either_order(void **state)
{
	(void)state;
	struct image image = { 0 };

	section(&image, false);
	interface(&image, 1, "eth0", 0);
	interface(&image, 101, "tun0", 9);
	packet(&image, 1, 1500000000000000007, "nano", NULL);
	section(&image, true);
	interface(&image, 113, "any", 0x80 | 10);
	packet(&image, 0, 2048 + 512, "binary", NULL);

	struct capture_file *file = open_image(&image);
	assert_string_equal(capture_file_format(file), "pcapng");
	expect_text(file, "nano", 1500000000000000007);
	expect_text(file, "binary", 2500000000);
	expect_status(file, RECORD_NONE, "");
	assert_int_equal(capture_file_interface_count(file), 3);
	assert_int_equal(capture_file_section_count(file), 2);
	assert_null(capture_file_interface(file, 3));
	const struct capture_interface *last = capture_file_interface(file, 2);
	assert_int_equal(last->link_type, 113);
	assert_int_equal(last->section, 1);
	assert_int_equal(last->number, 0);
	assert_true(last->swapped && !last->nanoseconds);
	assert_int_equal(last->precision, 3);
	assert_int_equal(last->snap_length, 1000);
	assert_string_equal(last->name, "any");
	assert_string_equal(last->filter, "port 53");
	assert_int_equal(capture_file_interface(file, 1)->precision, 9);
	assert_string_equal(capture_file_section(file, 0)->comment, "a\xef\xbf\xbdsection");
	assert_string_equal(capture_file_section(file, 1)->application, "tests");
	capture_file_close(file);
}

static void reads_simple_and_old_packets(void **state)
{
	(void)state;
	struct image image = { 0 };

	section(&image, false);
	interface(&image, 1, "eth0", 0);
	size_t start = begin_block(&image, 3);
	add_u32(&image, 6);
	add_padded(&image, "simple", 6);
	end_block(&image, start);
	start = begin_block(&image, 2);
	add_u16(&image, 0);
	add_u16(&image, 0xffff);
	add_u32(&image, 0);
	add_u32(&image, 3);
	add_u32(&image, 3);
	add_u32(&image, 4);
	add_padded(&image, "old", 3);
	end_block(&image, start);

	struct capture_file *file = open_image(&image);
	expect_text(file, "simple", 0);
	expect_text(file, "old", 3000);
	expect_status(file, RECORD_NONE, "");
	capture_file_close(file);
}

static void keeps_names_secrets_and_counts(void **state)
{
	(void)state;
	struct image image = { 0 };

	section(&image, false);
	interface(&image, 1, "eth0", 0);
	size_t start = begin_block(&image, 4);
	add_option(&image, 1, "\300\0\2\1one\0two\0", 12);
	add_option(&image, 2, "\x20\1\xd\xb8\0\0\0\0\0\0\0\0\0\0\0\1six\x1b\0", 21);
	add_option(&image, 1, "\300\0", 2);
	add_u32(&image, 0);
	end_block(&image, start);
	start = begin_block(&image, 10);
	add_u32(&image, 0x544c534b);
	add_u32(&image, 3);
	add_padded(&image, "key", 3);
	end_block(&image, start);
	start = begin_block(&image, 5);
	add_u32(&image, 0);
	add_number(&image, 0, 8);
	add_option(&image, 4, "\x0a\0\0\0\0\0\0\0", 8);
	add_option(&image, 5, "\x03\0\0\0\0\0\0\0", 8);
	end_block(&image, start);

	struct capture_file *file = open_image(&image);
	expect_status(file, RECORD_NONE, "");
	assert_int_equal(capture_file_name_count(file), 3);
	assert_string_equal(capture_file_name(file, 1)->name, "two");
	assert_memory_equal(capture_file_name(file, 1)->address, "\300\0\2\1", 4);
	assert_string_equal(capture_file_name(file, 2)->name, "six\xef\xbf\xbd");
	assert_int_equal(capture_file_name(file, 2)->size, 16);
	assert_int_equal(capture_file_secret_count(file), 1);
	assert_int_equal(capture_file_secret(file, 0)->type, 0x544c534b);
	assert_memory_equal(capture_file_secret(file, 0)->bytes, "key", 3);
	assert_true(capture_file_interface(file, 0)->received == 10);
	assert_true(capture_file_interface(file, 0)->dropped == 3);
	capture_file_close(file);
}

static void gives_comments_one_by_one(void **state)
{
	(void)state;
	struct image image = { 0 };
	struct file_window window = { 0 };
	struct record record;
	struct packet_notes notes = { 0 };
	const uint8_t *bytes;

	small_pcapng(&image);
	struct capture_file *file = open_image(&image);
	assert_int_equal(capture_file_next(file, true, &record, &bytes), RECORD_OK);
	assert_false(record.has_comment);
	assert_false(record.has_notes);
	assert_int_equal(capture_file_next(file, true, &record, &bytes), RECORD_OK);
	assert_true(record.has_comment && record.has_notes);
	capture_file_notes(file, &window, record.offset, 0, &notes);
	assert_int_equal(notes.comment_count, 2);
	assert_memory_equal(notes.comments, "with a comment\0and another", 27);
	assert_int_equal(notes.said, NOTE_FLAGS);
	packet_notes_free(&notes);
	file_window_free(&window);
	capture_file_close(file);
}

/* Cut after every byte: whole packets are shown, never more, and the rest is said. */
static void gives_more_records_that_are_at_hand(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 4; i++) {
		struct image image = { .big_endian = i & 1 };

		if (i < 2) {
			pcap_header(&image, 0xa1b2c3d4, 1);
			pcap_record(&image, 5, 7, "first packet");
			pcap_record(&image, 6, 8, "the second");
			pcap_record(&image, 7, 9, "the third");
		} else {
			section(&image, i & 1);
			interface(&image, 1, "eth0", 0);
			packet(&image, 0, 1000001, "first packet", NULL);
			packet(&image, 0, 1000002, "the second", NULL);
			packet(&image, 0, 1000003, "the third", NULL);
		}
		struct capture_file *file = open_image(&image);
		struct record records[2];
		const uint8_t *bytes[2];
		expect_text(file, "first packet", i < 2 ? 5000007000 : 1000001000);
		assert_int_equal(capture_file_more(file, records, bytes, 1), 1);
		assert_int_equal(records[0].captured, 10);
		assert_memory_equal(bytes[0], "the second", 10);
		assert_int_equal(capture_file_more(file, records, bytes, 2), 1);
		assert_int_equal(records[0].time_ns, i < 2 ? 7000009000 : 1000003000);
		assert_memory_equal(bytes[0], "the third", 9);
		assert_int_equal(capture_file_more(file, records, bytes, 2), 0);
		assert_int_equal(capture_file_next(file, true, records, bytes), RECORD_NONE);
		capture_file_close(file);
	}
}

static void survives_every_cut(void (*make)(struct image *image), size_t least)
{
	struct image image = { 0 };
	struct record record;
	const uint8_t *bytes;
	uint64_t end[3];
	struct error error;

	make(&image);
	struct capture_file *whole = open_image(&image);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(capture_file_next(whole, true, &record, &bytes), RECORD_OK);
		end[i] = capture_file_position(whole);
	}
	capture_file_close(whole);

	for (size_t n = 0; n <= image.used; n++) {
		int fd = file_of(image.bytes, n);
		struct capture_file *file = capture_file_open(path_of(fd), &error);
		unsigned packets = 0, expected = n >= end[2] ? 3 : n >= end[1] ? 2 : n >= end[0];
		enum record_status status;

		close(fd);
		assert_int_equal(file != NULL, n >= least);
		if (!file) {
			assert_true(strlen(error.text) > 10);
			continue;
		}
		while ((status = capture_file_next(file, true, &record, &bytes)) == RECORD_OK)
			packets++;
		assert_int_equal(packets, expected);
		assert_true(status == RECORD_NONE || status == RECORD_CUT);
		assert_int_equal(status == RECORD_NONE, capture_file_position(file) == n);
		assert_int_equal(status == RECORD_CUT, *capture_file_problem(file) != 0);
		capture_file_close(file);
	}
}

static void pcap_survives_every_cut(void **state)
{
	(void)state;
	survives_every_cut(small_pcap, 24);
}

static void pcapng_survives_every_cut(void **state)
{
	(void)state;
	survives_every_cut(small_pcapng, 28);
}

/* Any byte may be anything: nothing crashes, and reading ends. */
static void survives_any_changed_byte(void **state)
{
	(void)state;
	for (int format = 0; format < 2; format++) {
		struct image image = { 0 };

		(format ? small_pcapng : small_pcap)(&image);
		for (size_t at = 0; at < image.used; at++) {
			static const uint8_t values[] = { 0, 1, 4, 0x7f, 0x80, 0xff };

			for (size_t v = 0; v < sizeof values; v++) {
				struct image changed = image;
				struct error error;
				struct record record;
				const uint8_t *bytes;
				unsigned packets = 0;

				changed.bytes[at] = values[v];
				int fd = file_of(changed.bytes, changed.used);
				struct capture_file *file = capture_file_open(path_of(fd), &error);
				close(fd);
				while (file && capture_file_next(file, true, &record, &bytes) == RECORD_OK)
					packets++;
				assert_true(packets < 20);
				capture_file_close(file);
			}
		}
	}
}

static void says_where_a_file_is_cut(void **state)
{
	(void)state;
	struct image image = { 0 };

	small_pcap(&image);
	image.used -= 2;
	struct capture_file *file = open_image(&image);
	expect_text(file, "first packet", 5000007000);
	expect_text(file, "", 6000008000);
	expect_status(file, RECORD_CUT, "The file ends inside packet #3 (3 of 5 bytes): 2 packets are "
		      "complete. Copying or capture was interrupted.");
	capture_file_close(file);
}

static void says_where_a_file_is_damaged(void **state)
{
	(void)state;
	struct image image = { 0 };

	small_pcap(&image);
	memcpy(image.bytes + 24 + 28 + 8, "\xff\xff\xff\x7f", 4);
	struct capture_file *file = open_image(&image);
	expect_text(file, "first packet", 5000007000);
	expect_status(file, RECORD_DAMAGED, "Packet #2 at byte 52 has an impossible length "
		      "(2 147 483 647 bytes). Reading stopped; 1 packet is shown.");
	expect_status(file, RECORD_DAMAGED, capture_file_problem(file));
	capture_file_close(file);
}

/* Three packets, garbage instead of the head of the second of two more, then `after`. */
static void damaged(struct image *image, bool is_pcapng, unsigned after)
{
	size_t start;

	(is_pcapng ? small_pcapng : small_pcap)(image);
	for (unsigned i = 0; i < 2 + after; i++) {
		start = image->used;
		if (is_pcapng) {
			packet(image, 0, 8000000 + i, "another packet", NULL);
		} else {
			add_u32(image, 8);
			add_u32(image, i);
			add_u32(image, 14);
			add_u32(image, 14);
			add(image, "another packet", 14);
		}
		/* Not the same bytes again, from which the same damage would follow. */
		if (i == 1)
			memset(image->bytes + start, 0xe7, 12);
	}
}

static unsigned count_to_end(struct capture_file *file, bool wait, enum record_status *status)
{
	struct record record, again;
	struct file_window window = { 0 };
	const uint8_t *bytes;
	unsigned count = 0;

	for (;;) {
		*status = capture_file_next(file, wait, &record, &bytes);
		if (*status != RECORD_OK && *status != RECORD_SEARCHING)
			break;
		if (*status != RECORD_OK)
			continue;
		count++;
		assert_true(capture_file_read(file, &window, record.offset, record.interface, &again,
					      &bytes));
		assert_int_equal(again.captured, record.captured);
	}
	file_window_free(&window);
	return count;
}

static void passes_over_damage(void **state)
{
	(void)state;
	for (int format = 0; format < 2; format++) {
		struct image image = { .used = 0 };
		enum record_status status;
		struct error error;

		damaged(&image, format, 3);
		int fd = file_of(image.bytes, image.used);
		struct capture_file *file = opened(fd);

		/* It stops there, then is asked to go on. */
		assert_int_equal(count_to_end(file, false, &status), 4);
		assert_int_equal(status, RECORD_DAMAGED);
		assert_true(capture_file_may_skip(file));
		assert_string_equal(capture_file_passed_over(file), "");
		capture_file_skip(file, 1);
		assert_int_equal(count_to_end(file, false, &status), 3);
		assert_int_equal(status, RECORD_NONE);
		assert_string_equal(capture_file_problem(file), "");
		assert_string_equal(capture_file_passed_over(file),
				    format ? "48 bytes after packet #4"
					   : "30 bytes after packet #4");
		/* Opened again it does so by itself. */
		struct capture_file *again = capture_file_reopen(file, &error);

		assert_non_null(again);
		assert_int_equal(count_to_end(again, true, &status), 7);
		assert_int_equal(status, RECORD_NONE);
		capture_file_close(again);
		capture_file_close(file);
		close(fd);
	}
}

static void says_when_nothing_follows_damage(void **state)
{
	(void)state;
	for (int format = 0; format < 2; format++) {
		struct image image = { .used = 0 };
		enum record_status status;

		damaged(&image, format, 0);
		/* What looks like the head of a packet alone is none. */
		add_u32(&image, 8);
		add_u32(&image, 9);
		add_u32(&image, 500);
		add_u32(&image, 500);
		struct capture_file *file = open_image(&image);

		capture_file_skip(file, UINT32_MAX);
		assert_int_equal(count_to_end(file, true, &status), 4);
		assert_int_equal(status, RECORD_DAMAGED);
		assert_non_null(strstr(capture_file_problem(file), "Nothing that follows is plausible"));
		assert_false(capture_file_may_skip(file));
		capture_file_close(file);
	}
}

/* Every place of damage, of any kind: what is read is what was there, and there is an end. */
static void passes_over_any_damage(void **state)
{
	(void)state;
	for (int format = 0; format < 2; format++) {
		struct image image = { .used = 0 };

		(format ? small_pcapng : small_pcap)(&image);
		for (size_t at = format ? 28 : 24; at + 4 <= image.used; at++) {
			struct image changed = image;
			enum record_status status;

			memset(changed.bytes + at, 0xff, 4);
			struct capture_file *file = open_image(&changed);

			capture_file_skip(file, UINT32_MAX);
			assert_true(count_to_end(file, true, &status) <= 3);
			capture_file_close(file);
		}
	}
}

/* More than a packet may have is several. */
static void shows_foreign_bytes_as_packets(void **state)
{
	(void)state;
	static uint8_t noise[RECORD_LIMIT + 100];
	enum record_status status;
	struct error error;

	memset(noise, 0xe7, sizeof noise);
	for (int large = 0; large < 2; large++) {
		int fd = file_of(noise, large ? sizeof noise : 100);

		assert_null(capture_file_open(path_of(fd), &error));
		assert_non_null(strstr(error.text, "--raw ethernet"));
		struct capture_file *file = capture_file_open_raw(path_of(fd), 101, &error);

		assert_non_null(file);
		assert_int_equal(capture_file_interface(file, 0)->link_type, 101);
		assert_int_equal(count_to_end(file, true, &status), 1 + large);
		assert_int_equal(status, RECORD_NONE);
		struct capture_file *again = capture_file_reopen(file, &error);

		assert_non_null(again);
		assert_string_equal(capture_file_format(again), "bytes");
		capture_file_close(again);
		capture_file_close(file);
		close(fd);
	}
}

static void follows_a_file_that_grows(void **state)
{
	(void)state;
	struct image image = { 0 };
	struct record record;
	const uint8_t *bytes;
	unsigned packets = 0;

	small_pcapng(&image);
	int fd = file_of(image.bytes, 28);
	struct capture_file *file = opened(fd);
	for (size_t n = 28; n < image.used; n++) {
		assert_int_equal(pwrite(fd, image.bytes + n, 1, (off_t)n), 1);
		enum record_status status = capture_file_next(file, false, &record, &bytes);
		assert_true(status == RECORD_OK || status == RECORD_CUT || status == RECORD_NONE);
		packets += status == RECORD_OK;
	}
	assert_int_equal(packets, 3);
	expect_status(file, RECORD_NONE, "");
	capture_file_close(file);
	close(fd);
}

static void file_truncated_under_us_is_no_crash(void **state)
{
	(void)state;
	struct image image = { 0 };
	struct file_window window = { 0 };
	struct record record;
	const uint8_t *bytes;

	small_pcap(&image);
	int fd = file_of(image.bytes, image.used);
	struct capture_file *file = opened(fd);
	assert_int_equal(capture_file_next(file, true, &record, &bytes), RECORD_OK);
	assert_int_equal(ftruncate(fd, 30), 0);
	assert_false(capture_file_read(file, &window, record.offset, 0, &record, &bytes));
	assert_false(capture_file_read(file, &window, 1000000, 0, &record, &bytes));
	assert_false(capture_file_read(file, &window, 24, 7, &record, &bytes));
	file_window_free(&window);
	capture_file_close(file);
	close(fd);
}

static void reads_a_pipe_as_it_comes(void **state)
{
	(void)state;
	struct image image = { 0 };
	struct record record;
	const uint8_t *bytes;
	int ends[2];

	small_pcap(&image);
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], image.bytes, 60), 60);
	struct capture_file *file = opened(ends[0]);
	assert_true(capture_file_news(file) >= 0);
	assert_int_equal(capture_file_next(file, false, &record, &bytes), RECORD_OK);
	assert_int_equal(capture_file_next(file, false, &record, &bytes), RECORD_NONE);
	assert_string_equal(capture_file_problem(file), "");
	assert_int_equal(write(ends[1], image.bytes + 60, image.used - 60), image.used - 60);
	close(ends[1]);
	expect_text(file, "", 6000008000);
	expect_text(file, "third", 7000009000);
	expect_status(file, RECORD_NONE, "");
	assert_int_equal(capture_file_news(file), -1);
	capture_file_close(file);
	close(ends[0]);
}

static void pipe_that_ends_inside_a_packet_is_cut(void **state)
{
	(void)state;
	struct image image = { 0 };
	int ends[2];

	small_pcap(&image);
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], image.bytes, 60), 60);
	close(ends[1]);
	struct capture_file *file = opened(ends[0]);
	expect_text(file, "first packet", 5000007000);
	expect_status(file, RECORD_CUT, "The file ends inside the header of packet #2 (8 of 16 bytes): "
		      "1 packet is complete. Copying or capture was interrupted.");
	capture_file_close(file);
	close(ends[0]);
}

struct packing {
	const char *name;
	size_t (*pack)(uint8_t *out, size_t room, const uint8_t *bytes, size_t n);
};

#ifdef HAVE_ZLIB
static size_t pack_gzip(uint8_t *out, size_t room, const uint8_t *bytes, size_t n)
{
	z_stream z = { 0 };
	uint8_t *copy = malloc(n);

	memcpy(copy, bytes, n);
	deflateInit2(&z, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
	z.next_in = copy;
	z.avail_in = (unsigned)n;
	z.next_out = out;
	z.avail_out = (unsigned)room;
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	deflateEnd(&z);
	free(copy);
	return room - z.avail_out;
}
#endif

#ifdef HAVE_ZSTD
static size_t pack_zstd(uint8_t *out, size_t room, const uint8_t *bytes, size_t n)
{
	return ZSTD_compress(out, room, bytes, n, 3);
}
#endif

#ifdef HAVE_LZ4
static size_t pack_lz4(uint8_t *out, size_t room, const uint8_t *bytes, size_t n)
{
	return LZ4F_compressFrame(out, room, bytes, n, NULL);
}
#endif

static const struct packing packings[] = {
#ifdef HAVE_ZLIB
	{ "gzip", pack_gzip },
#endif
#ifdef HAVE_ZSTD
	{ "zstd", pack_zstd },
#endif
#ifdef HAVE_LZ4
	{ "lz4", pack_lz4 },
#endif
	{ 0 },
};

/* Two frames, the first ending inside a packet. */
static size_t pack_twice(const struct packing *packing, uint8_t *out, size_t room)
{
	struct image image = { 0 };

	small_pcap(&image);
	size_t first = packing->pack(out, room, image.bytes, 45);
	return first + packing->pack(out + first, room - first, image.bytes + 45, image.used - 45);
}

static void unpacks_what_is_packed(void **state)
{
	(void)state;
	for (const struct packing *packing = packings; packing->name; packing++) {
		static uint8_t packed[1 << 17];
		char name[40];
		int fd = file_of(packed, pack_twice(packing, packed, sizeof packed));
		struct capture_file *file = opened(fd);

		snprintf(name, sizeof name, "pcap, %s", packing->name);
		assert_string_equal(capture_file_format(file), name);
		expect_text(file, "first packet", 5000007000);
		expect_text(file, "", 6000008000);
		expect_text(file, "third", 7000009000);
		expect_status(file, RECORD_NONE, "");
		capture_file_close(file);
		close(fd);
	}
}

static void packed_file_survives_every_cut(void **state)
{
	(void)state;
	for (const struct packing *packing = packings; packing->name; packing++) {
		static uint8_t packed[1 << 17];
		size_t all = pack_twice(packing, packed, sizeof packed);

		for (size_t n = 0; n < all; n++) {
			struct error error;
			struct record record;
			const uint8_t *bytes;
			unsigned packets = 0;
			int fd = file_of(packed, n);
			struct capture_file *file = capture_file_open(path_of(fd), &error);

			close(fd);
			if (!file) {
				assert_true(strlen(error.text) > 10);
				continue;
			}
			while (capture_file_next(file, true, &record, &bytes) == RECORD_OK)
				packets++;
			assert_in_range(packets, 0, 3);
			assert_true(*capture_file_problem(file));
			capture_file_close(file);
		}
	}
}

static void says_why_something_is_no_capture(void **state)
{
	(void)state;
	static const struct { const char *bytes; size_t n; const char *says; } cases[] = {
		{ "", 0, "is empty (0 bytes): nothing was written to it." },
		{ "hello\x1b[31m\n", 11, "is text (\"hello\\033[31m\\n…\"), not a capture." },
		{ "\xde\xad\xbe\xef\1\2\3\4", 8, "is not a capture file: it starts with de ad be ef." },
		{ "\xa1\xb2\xc3\xd4", 4, "is cut off inside its file header (4 of 24 bytes)" },
		{ "\n\r\r\n\x1c\0", 6, "is cut off inside its file header (6 of 12 bytes)" },
		{ "\n\r\r\n\x1c\0\0\0\x44\x33\x22\x11", 12, "byte-order magic is 44332211" },
		{ "\n\r\r\n\x1c\0\0\0\x4d\x3c\x2b\x1a\x63\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\x1c\0\0\0",
		  28, "is of pcapng version 99.0, which is unknown" },
		{ "BZh91AY&SY", 10, "is packed by bzip2" },
		{ "snoop\0\0\0\0\0\0\2", 12, "is a snoop capture" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct error error = { "" };
		int fd = file_of(cases[i].bytes, cases[i].n);

		assert_null(capture_file_open(path_of(fd), &error));
		if (!strstr(error.text, cases[i].says))
			fail_msg("\"%s\" lacks \"%s\"", error.text, cases[i].says);
		close(fd);
	}
}

static void says_why_a_path_cannot_be_opened(void **state)
{
	(void)state;
	struct error error = { "" };

	assert_null(capture_file_open("no-such-folder/x.pcap", &error));
	assert_string_equal(error.text, "cannot open \"no-such-folder/x.pcap\": no such file.");
	assert_null(capture_file_open(".", &error));
	assert_non_null(strstr(error.text, "\".\" is a directory."));
}

static void offers_the_file_that_was_meant(void **state)
{
	(void)state;
	char folder[] = "peel-test-XXXXXX", path[64];
	struct error error = { "" };

	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/morning.pcapng", folder);
	close(open(path, O_CREAT | O_WRONLY, 0600));
	char wrong[64];
	snprintf(wrong, sizeof wrong, "%s/morning.pcap", folder);
	assert_null(capture_file_open(wrong, &error));
	unlink(path);
	rmdir(folder);
	assert_non_null(strstr(error.text, "no such file. Nearby: \"morning.pcapng\"."));
}

UNIT_TESTS(test_capture_file)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_pcap_in_all_its_variants),
		cmocka_unit_test(reads_sections_and_interfaces_of_either_order),
		cmocka_unit_test(reads_simple_and_old_packets),
		cmocka_unit_test(keeps_names_secrets_and_counts),
		cmocka_unit_test(gives_comments_one_by_one),
		cmocka_unit_test(gives_more_records_that_are_at_hand),
		cmocka_unit_test(pcap_survives_every_cut),
		cmocka_unit_test(pcapng_survives_every_cut),
		cmocka_unit_test(survives_any_changed_byte),
		cmocka_unit_test(says_where_a_file_is_cut),
		cmocka_unit_test(says_where_a_file_is_damaged),
		cmocka_unit_test(passes_over_damage),
		cmocka_unit_test(says_when_nothing_follows_damage),
		cmocka_unit_test(passes_over_any_damage),
		cmocka_unit_test(shows_foreign_bytes_as_packets),
		cmocka_unit_test(follows_a_file_that_grows),
		cmocka_unit_test(file_truncated_under_us_is_no_crash),
		cmocka_unit_test(reads_a_pipe_as_it_comes),
		cmocka_unit_test(pipe_that_ends_inside_a_packet_is_cut),
		cmocka_unit_test(unpacks_what_is_packed),
		cmocka_unit_test(packed_file_survives_every_cut),
		cmocka_unit_test(says_why_something_is_no_capture),
		cmocka_unit_test(says_why_a_path_cannot_be_opened),
		cmocka_unit_test(offers_the_file_that_was_meant),
	};
	return cmocka_run_group_tests_name("capture_file", tests, NULL, NULL);
}
