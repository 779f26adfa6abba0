/* floor.c - the least that any tool does which tells conversations apart.
 *
 * Walks the records of a pcap file, reads the Ethernet, IP, TCP and UDP headers, and counts
 * packets in a hash table of 5-tuples.  The bench sets peel's first pass against it. */
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	WINDOW_BYTES = 1 << 20,
	FILE_HEADER = 24,
	RECORD_HEADER = 16,
	ETHERNET_HEADER = 14,
	IPV4_HEADER = 20,
	IPV6_HEADER = 40,
	PROTOCOL_TCP = 6,
	PROTOCOL_UDP = 17,
	FIRST_SLOTS = 1 << 16,
};

struct tuple {
	uint8_t from[16], to[16];
	uint16_t from_port, to_port;
	uint32_t protocol;
};

struct slot {
	struct tuple tuple;
	uint32_t packets; /* 0: the slot is free */
};

struct table {
	struct slot *slots;
	uint32_t room, used;
};

static uint16_t be16(const uint8_t *p)
{
	return (uint16_t)(p[0] << 8 | p[1]);
}

static uint32_t le32(const uint8_t *p)
{
	return (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
}

static uint32_t hash(const struct tuple *tuple)
{
	uint64_t words[sizeof(*tuple) / 8];
	uint64_t sum = 0;

	memcpy(words, tuple, sizeof(words));
	for (unsigned i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		sum = (sum ^ words[i]) * 0x9e3779b97f4a7c15U;
	return (uint32_t)(sum >> 32);
}

static struct slot *find(const struct table *table, const struct tuple *tuple)
{
	uint32_t i = hash(tuple) & (table->room - 1);

	while (table->slots[i].packets && memcmp(&table->slots[i].tuple, tuple, sizeof(*tuple)))
		i = (i + 1) & (table->room - 1);
	return &table->slots[i];
}

static void grow(struct table *table)
{
	struct table larger = { .room = table->room ? table->room * 2 : FIRST_SLOTS };

	larger.slots = calloc(larger.room, sizeof(*larger.slots));
	if (!larger.slots)
		abort();
	for (uint32_t i = 0; i < table->room; i++)
		if (table->slots[i].packets)
			*find(&larger, &table->slots[i].tuple) = table->slots[i];
	larger.used = table->used;
	free(table->slots);
	*table = larger;
}

static void count(struct table *table, const struct tuple *tuple)
{
	if (table->used >= table->room / 2)
		grow(table);
	struct slot *slot = find(table, tuple);
	if (!slot->packets) {
		slot->tuple = *tuple;
		table->used++;
	}
	slot->packets++;
}

/* The same tuple for both directions. */
static void order(struct tuple *tuple)
{
	struct tuple turned = { .from_port = tuple->to_port,
				.to_port = tuple->from_port,
				.protocol = tuple->protocol };
	int sign = memcmp(tuple->from, tuple->to, 16);

	if (sign < 0 || (!sign && tuple->from_port <= tuple->to_port))
		return;
	memcpy(turned.from, tuple->to, 16);
	memcpy(turned.to, tuple->from, 16);
	*tuple = turned;
}

/* Where the transport's header starts, or 0 if there is no IP. */
static uint32_t read_network(const uint8_t *frame, uint32_t length, struct tuple *tuple)
{
	const uint8_t *ip = frame + ETHERNET_HEADER;
	uint32_t header;

	if (length < ETHERNET_HEADER + IPV4_HEADER)
		return 0;
	if (be16(frame + 12) == 0x0800) {
		header = (ip[0] & 15U) * 4;
		tuple->protocol = ip[9];
		memcpy(tuple->from, ip + 12, 4);
		memcpy(tuple->to, ip + 16, 4);
		return ETHERNET_HEADER + header;
	}
	if (be16(frame + 12) != 0x86dd || length < ETHERNET_HEADER + IPV6_HEADER)
		return 0;
	tuple->protocol = ip[6];
	memcpy(tuple->from, ip + 8, 16);
	memcpy(tuple->to, ip + 24, 16);
	return ETHERNET_HEADER + IPV6_HEADER;
}

static void take_frame(struct table *table, const uint8_t *frame, uint32_t length)
{
	struct tuple tuple = { 0 };
	uint32_t at = read_network(frame, length, &tuple);

	if (!at || (tuple.protocol != PROTOCOL_TCP && tuple.protocol != PROTOCOL_UDP) ||
	    at > length || length - at < 4)
		return;
	tuple.from_port = be16(frame + at);
	tuple.to_port = be16(frame + at + 2);
	order(&tuple);
	count(table, &tuple);
}

/* Takes the whole records at the start of the window; how many bytes they are. */
static size_t take_records(struct table *table, const uint8_t *bytes, size_t length,
			   uint32_t *packets)
{
	size_t pos = 0;

	while (length - pos >= RECORD_HEADER) {
		uint32_t captured = le32(bytes + pos + 8);
		if (captured > length - pos - RECORD_HEADER)
			break;
		take_frame(table, bytes + pos + RECORD_HEADER, captured);
		pos += RECORD_HEADER + captured;
		++*packets;
	}
	return pos;
}

static void walk(int fd, struct table *table, uint32_t *packets)
{
	static uint8_t window[WINDOW_BYTES];
	off_t offset = FILE_HEADER;

	for (;;) {
		ssize_t length = pread(fd, window, sizeof(window), offset);
		if (length <= 0)
			return;
		size_t taken = take_records(table, window, (size_t)length, packets);
		if (!taken)
			return;
		offset += (off_t)taken;
	}
}

int main(int argc, char **argv)
{
	struct table table = { 0 };
	uint32_t packets = 0;
	int fd = argc == 2 ? open(argv[1], O_RDONLY) : -1;

	if (fd < 0) {
		fprintf(stderr, "usage: floor FILE.pcap\n");
		return 2;
	}
	walk(fd, &table, &packets);
	printf("%u packets, %u conversations\n", packets, table.used);
	free(table.slots);
	close(fd);
	return 0;
}
