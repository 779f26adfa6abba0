/* full_traffic.c - replays captures, many at once, each time from other addresses.
 *
 * The low bytes of the IP addresses are changed by a key of the replay and the checksums
 * are mended (RFC 1624), so a replay is a fresh conversation with the same contents. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "capture/capture_file.h"
#include "bench/traffic.h"

enum {
	AT_ONCE = 256,
	MOST_SCRIPTS = 256,
	MOST_PACKETS = 2000,
	ETHERNET = 14,
	LINKTYPE_ETHERNET = 1,
	ICMPV6 = 58,
	TCP = 6,
	UDP = 17,
};

struct packet {
	uint8_t *bytes;
	uint32_t captured, reported;
};

struct script {
	struct packet packets[MOST_PACKETS];
	uint32_t count;
};

struct replay {
	const struct script *script;
	uint32_t at, key;
};

static uint32_t be16(const uint8_t *p)
{
	return (uint32_t)p[0] << 8 | p[1];
}

/* Keeps only what has Ethernet frames throughout. */
static struct script *read_script(const char *path)
{
	struct error error = { 0 };
	struct capture_file *file = capture_file_open(path, &error);
	struct script *script = calloc(1, sizeof(*script));
	struct record record;
	const uint8_t *bytes;
	bool ethernet = true;

	if (!file || !script) {
		free(script);
		return NULL;
	}
	while (ethernet && script->count < MOST_PACKETS &&
	       capture_file_next(file, true, &record, &bytes) == RECORD_OK) {
		struct packet *packet = &script->packets[script->count++];
		ethernet = capture_file_interface(file, record.interface)->link_type ==
			   LINKTYPE_ETHERNET;
		*packet = (struct packet){ malloc(record.captured + 1), record.captured,
					   record.reported };
		if (!packet->bytes)
			abort();
		memcpy(packet->bytes, bytes, record.captured);
	}
	capture_file_close(file);
	if (ethernet && script->count)
		return script;
	for (uint32_t i = 0; i < script->count; i++)
		free(script->packets[i].bytes);
	free(script);
	return NULL;
}

static void put16(uint8_t *p, uint32_t value)
{
	p[0] = (uint8_t)(value >> 8);
	p[1] = (uint8_t)value;
}

/* Mends a checksum, if there is one, over 16 bits that have changed. */
static void mend(uint8_t *sum, uint32_t before, uint32_t after)
{
	uint32_t mended;

	if (!sum)
		return;
	mended = (~be16(sum) & 0xffff) + (~before & 0xffff) + after;
	mended = (mended & 0xffff) + (mended >> 16);
	mended = (mended & 0xffff) + (mended >> 16);
	put16(sum, ~mended & 0xffff);
}

/* The transport's checksum, if it covers the addresses and is there. */
static uint8_t *transport_checksum(uint8_t *transport, uint32_t left, uint32_t protocol)
{
	static const struct {
		uint8_t protocol, at;
	} places[] = { { TCP, 16 }, { UDP, 6 }, { ICMPV6, 2 } };

	for (unsigned i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		uint32_t at = places[i].at;
		if (places[i].protocol != protocol)
			continue;
		if (left < at + 2 || (protocol == UDP && !be16(transport + at)))
			return NULL;
		return transport + at;
	}
	return NULL;
}

static bool is_one_host(const uint8_t *address, uint32_t size)
{
	return size == 4 ? address[0] > 0 && address[0] < 224
			 : address[0] != 0xff && address[0] > 0;
}

static void change_address(uint8_t *address, uint32_t size, uint32_t key, uint8_t *ip_sum,
			   uint8_t *sum)
{
	if (!is_one_host(address, size))
		return;
	for (unsigned word = 0; word < 2; word++) {
		uint8_t *at = address + size - 4 + 2 * word;
		uint32_t before = be16(at);
		uint32_t after = before ^ (word ? key & 0xffff : key >> 16);
		put16(at, after);
		mend(ip_sum, before, after);
		mend(sum, before, after);
	}
}

static void change_ipv4(uint8_t *ip, uint32_t length, uint32_t key)
{
	uint32_t header = length ? (ip[0] & 15U) * 4 : 0;
	uint8_t *sum = NULL;

	if (length < 20 || header < 20 || header > length)
		return;
	if (!(be16(ip + 6) & 0x1fff))
		sum = transport_checksum(ip + header, length - header, ip[9]);
	change_address(ip + 12, 4, key, ip + 10, sum);
	change_address(ip + 16, 4, key, ip + 10, sum);
}

static void change_ipv6(uint8_t *ip, uint32_t length, uint32_t key)
{
	if (length < 40)
		return;
	uint8_t *sum = transport_checksum(ip + 40, length - 40, ip[6]);
	change_address(ip + 8, 16, key, NULL, sum);
	change_address(ip + 24, 16, key, NULL, sum);
}

static void write_packet(const struct packet *packet, uint32_t key)
{
	static uint8_t frame[RECORD_LIMIT];
	uint32_t type;

	memcpy(frame, packet->bytes, packet->captured);
	type = packet->captured < ETHERNET ? 0 : be16(frame + 12);
	if (type == 0x0800)
		change_ipv4(frame + ETHERNET, packet->captured - ETHERNET, key);
	else if (type == 0x86dd)
		change_ipv6(frame + ETHERNET, packet->captured - ETHERNET, key);
	write_frame(frame, packet->captured, packet->reported);
}

void write_full(uint32_t count, char **paths)
{
	static struct script *scripts[MOST_SCRIPTS];
	static struct replay replays[AT_ONCE];
	uint32_t script_count = 0;

	for (; *paths && script_count < MOST_SCRIPTS; paths++) {
		scripts[script_count] = read_script(*paths);
		script_count += scripts[script_count] != NULL;
	}
	if (!script_count) {
		fprintf(stderr, "make_traffic: no capture of Ethernet frames among the files\n");
		exit(1);
	}
	for (uint32_t i = 0; i < count; i++) {
		struct replay *replay = &replays[random_below(AT_ONCE)];
		if (!replay->script || replay->at == replay->script->count)
			*replay = (struct replay){ scripts[random_below(script_count)], 0,
						   random_below(1 << 24) };
		write_packet(&replay->script->packets[replay->at++], replay->key);
	}
}
