/* fuzz_support.c - runs the whole engine over a capture that is only in memory. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "fuzz/fuzz.h"

#include "dissect/registry.h"
#include "session/session.h"

enum { EVERYTHING = WANT_FIELDS | WANT_LABELS | WANT_COLUMNS };

static uint64_t mix(uint64_t sum, uint64_t value)
{
	return (sum ^ value) * 0x100000001b3U;
}

/* Of what must be the same however a packet was come by. */
static uint64_t fingerprint(const struct dissection *d)
{
	uint64_t sum = mix(d->node_count, d->info_length);

	for (uint32_t i = 0; i < d->node_count; i++) {
		const struct node *node = &d->nodes[i];
		sum = mix(sum, node->field);
		sum = mix(sum, node->span);
		sum = mix(sum, node->start);
		sum = mix(sum, node->length);
	}
	for (uint32_t i = 0; i < d->info_length; i++)
		sum = mix(sum, (uint8_t)d->info[i]);
	return sum;
}

static void take_apart(struct view_port *port, uint32_t number)
{
	if (!view_port_dissect(port, number, EVERYTHING))
		abort();
}

static void there_and_back(struct session *session)
{
	uint32_t count = session_packet_count(session);
	uint64_t *seen = calloc(count + 1, sizeof(*seen));
	struct view_port port;

	if (!seen)
		abort();
	view_port_init(&port, session);
	for (uint32_t n = 1; n <= count; n++) {
		take_apart(&port, n);
		seen[n] = fingerprint(&port.d);
	}
	for (uint32_t n = count; n > 0; n--) {
		take_apart(&port, n);
		if (fingerprint(&port.d) != seen[n]) {
			fprintf(stderr, "packet %u is another on the way back\n", n);
			abort();
		}
	}
	view_port_free(&port);
	free(seen);
}

void fuzz_capture(const uint8_t *bytes, size_t size)
{
	char path[64];
	struct error error = { 0 };
	int fd = memfd_create("fuzz", MFD_CLOEXEC);

	if (fd < 0 || write(fd, bytes, size) != (ssize_t)size)
		abort();
	registry_build();
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	struct capture_file *file = capture_file_open(path, &error);
	if (!file && !error.text[0])
		abort();
	if (file) {
		struct session *session = session_new(file);
		while (session_scan(session, 1000, true) == SCAN_MORE)
			;
		there_and_back(session);
		session_free(session);
	}
	close(fd);
}

static void put_le32(uint8_t *p, uint32_t value)
{
	for (unsigned i = 0; i < 4; i++)
		p[i] = (uint8_t)(value >> (8 * i));
}

static uint8_t *more_room(struct fuzz_file *file, size_t n)
{
	if (n > file->room - file->length) {
		file->room = file->room * 2 + n;
		file->bytes = realloc(file->bytes, file->room);
		if (!file->bytes)
			abort();
	}
	file->length += n;
	return file->bytes + file->length - n;
}

void fuzz_file_begin(struct fuzz_file *file, uint32_t link_type)
{
	static const uint8_t start[] = { 0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0 };
	uint8_t *header;

	*file = (struct fuzz_file){ 0 };
	header = more_room(file, 24);
	memset(header, 0, 24);
	memcpy(header, start, sizeof(start));
	put_le32(header + 16, 1 << 18);
	put_le32(header + 20, link_type);
}

void fuzz_file_add(struct fuzz_file *file, const uint8_t *packet, uint32_t captured,
		   uint32_t reported)
{
	uint8_t *record = more_room(file, 16 + captured);

	put_le32(record, 1700000000 + file->packets / 1000);
	put_le32(record + 4, file->packets % 1000 * 1000);
	put_le32(record + 8, captured);
	put_le32(record + 12, reported);
	if (captured)
		memcpy(record + 16, packet, captured);
	file->packets++;
}

void fuzz_file_end(struct fuzz_file *file)
{
	fuzz_capture(file->bytes, file->length);
	free(file->bytes);
}
