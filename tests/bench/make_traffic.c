/* make_traffic.c - writes the bench's captures to standard output, the same each time.
 *
 * lower COUNT             70 % TCP in connections of 5 to 200 packets, 25 % DNS, 5 % others
 * full COUNT FILE...      what is in the files, again and again, from other addresses each time
 * stream COUNT            one connection with an answer of COUNT segments
 *
 * In the first two some hundred conversations run at once, and each has fresh addresses. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/traffic.h"

static uint64_t random_state = 0x853c49e6748fea9bU;

uint32_t random_below(uint32_t limit)
{
	random_state = random_state * 6364136223846793005U + 1442695040888963407U;
	return (uint32_t)((random_state >> 32) * limit >> 32);
}

static void put_le32(uint8_t *p, uint32_t value)
{
	for (unsigned i = 0; i < 4; i++)
		p[i] = (uint8_t)(value >> (8 * i));
}

static void write_or_die(const uint8_t *bytes, size_t length)
{
	if (fwrite(bytes, 1, length, stdout) != length) {
		perror("make_traffic");
		exit(1);
	}
}

static void write_file_header(void)
{
	uint8_t header[24] = { 0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4 };

	put_le32(header + 16, 1 << 18);
	put_le32(header + 20, 1);
	write_or_die(header, sizeof(header));
}

void write_frame(const uint8_t *frame, uint32_t captured, uint32_t reported)
{
	static uint64_t now_us = 1700000000U * 1000000ULL;
	uint8_t header[16];

	now_us += random_below(40);
	put_le32(header, (uint32_t)(now_us / 1000000));
	put_le32(header + 4, (uint32_t)(now_us % 1000000));
	put_le32(header + 8, captured);
	put_le32(header + 12, reported);
	write_or_die(header, sizeof(header));
	write_or_die(frame, captured);
}

int main(int argc, char **argv)
{
	uint32_t count = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 0;

	if (count && argc == 3 && !strcmp(argv[1], "lower")) {
		write_file_header();
		write_lower(count);
	} else if (count && argc == 3 && !strcmp(argv[1], "stream")) {
		write_file_header();
		write_stream(count);
	} else if (count && argc > 3 && !strcmp(argv[1], "full")) {
		write_file_header();
		write_full(count, argv + 3);
	} else {
		fprintf(stderr,
			"usage: make_traffic lower COUNT | stream COUNT | full COUNT FILE...\n");
		return 2;
	}
	if (fflush(stdout)) {
		perror("make_traffic");
		return 1;
	}
	return 0;
}
