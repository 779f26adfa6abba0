/* make_seeds.c - captures as inputs for fuzz_packet and fuzz_stream.
 *
 * make_seeds PACKET-FOLDER STREAM-FOLDER FILE...: one seed of each kind per capture. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz_tables.h"

#include "capture/capture_file.h"

enum { MOST_BYTES = 20000, ETHERNET = 14, IPV4 = 20, BIT_SERVER = 1, LONGEST_SEGMENT = 255 };

struct seed {
	FILE *out;
	uint32_t length;
};

static int index_in(const uint16_t *table, int count, uint32_t value)
{
	for (int i = 0; i < count; i++)
		if (table[i] == value)
			return i;
	return -1;
}

static void begin_seed(struct seed *seed, const char *folder, unsigned number, int choice)
{
	char path[4096];

	snprintf(path, sizeof(path), "%s/capture-%u", folder, number);
	seed->out = fopen(path, "wb");
	if (!seed->out) {
		perror(path);
		exit(1);
	}
	fputc(choice, seed->out);
	seed->length = 1;
}

static void add_piece(struct seed *seed, uint32_t first, uint32_t second, const uint8_t *bytes,
		      uint32_t length)
{
	if (!seed->out || 2 + length > MOST_BYTES - seed->length)
		return;
	fputc((int)first, seed->out);
	fputc((int)second, seed->out);
	fwrite(bytes, 1, length, seed->out);
	seed->length += 2 + length;
}

static void end_seed(struct seed *seed)
{
	if (seed->out)
		fclose(seed->out);
}

static uint32_t be16(const uint8_t *p)
{
	return (uint32_t)p[0] << 8 | p[1];
}

/* Ethernet, IPv4 without options, TCP: its payload as what one side says. */
static void add_segment(struct seed *seed, const char *folder, unsigned number,
			const uint8_t *frame, uint32_t length)
{
	const uint8_t *tcp = frame + ETHERNET + IPV4;
	int port;
	bool server;

	if (length < ETHERNET + IPV4 + 20 || be16(frame + 12) != 0x0800 ||
	    frame[ETHERNET] != 0x45 || frame[ETHERNET + 9] != 6)
		return;
	server = index_in(fuzz_ports, FUZZ_PORTS, be16(tcp)) >= 0;
	port = index_in(fuzz_ports, FUZZ_PORTS, be16(server ? tcp : tcp + 2));
	uint32_t start = ETHERNET + IPV4 + (tcp[12] >> 4) * 4U;
	uint32_t end = ETHERNET + be16(frame + ETHERNET + 2);
	if (port < 0 || end > length || start >= end)
		return;
	if (!seed->out)
		begin_seed(seed, folder, number, port);
	while (start < end) {
		uint32_t n = end - start < LONGEST_SEGMENT ? end - start : LONGEST_SEGMENT;
		add_piece(seed, server ? BIT_SERVER : 0, n, frame + start, n);
		start += n;
	}
}

static void make_seeds(struct capture_file *file, char **folders, unsigned number)
{
	struct seed packets = { 0 }, stream = { 0 };
	struct record record;
	const uint8_t *bytes;

	while (capture_file_next(file, true, &record, &bytes) == RECORD_OK) {
		uint32_t type = capture_file_interface(file, record.interface)->link_type;
		int choice = index_in(fuzz_link_types, FUZZ_LINK_TYPES, type);
		if (choice >= 0 && !packets.out)
			begin_seed(&packets, folders[0], number, choice);
		if (record.captured <= 0x7fff)
			add_piece(&packets, record.captured >> 8, record.captured & 0xff, bytes,
				  record.captured);
		if (type == 1)
			add_segment(&stream, folders[1], number, bytes, record.captured);
	}
	end_seed(&packets);
	end_seed(&stream);
}

int main(int argc, char **argv)
{
	struct error error = { 0 };

	if (argc < 3) {
		fprintf(stderr, "usage: make_seeds PACKET-FOLDER STREAM-FOLDER FILE...\n");
		return 2;
	}
	for (int i = 3; i < argc; i++) {
		struct capture_file *file = capture_file_open(argv[i], &error);
		if (!file)
			continue;
		make_seeds(file, argv + 1, (unsigned)i);
		capture_file_close(file);
	}
	return 0;
}
