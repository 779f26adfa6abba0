/* stream_traffic.c - one connection: a request, and an answer of many segments, some of which come
 * twice or late. */
#include <stdbool.h>
#include <string.h>

#include "bench/traffic.h"

enum {
	IPV4 = 20,
	TCP = 20,
	ETHERNET = 14,
	PAYLOAD = ETHERNET + IPV4 + TCP,
	SEGMENT_BYTES = 1448,
	LATE = 20
};

static void put_be(uint8_t *at, uint32_t value, unsigned n)
{
	while (n--) {
		at[n] = (uint8_t)value;
		value >>= 8;
	}
}

static void write_segment(bool client, const uint32_t numbers[2], uint8_t flags, uint32_t length)
{
	static const uint8_t headers[ETHERNET] = { 2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0 };
	static const uint8_t hosts[2][4] = { { 192, 0, 2, 1 }, { 198, 51, 100, 2 } };
	uint8_t frame[PAYLOAD + SEGMENT_BYTES] = { 0 };
	uint8_t *ip = frame + ETHERNET, *tcp = ip + IPV4;

	memcpy(frame, headers, ETHERNET);
	ip[0] = 0x45;
	put_be(ip + 2, IPV4 + TCP + length, 2);
	ip[8] = 64;
	ip[9] = 6;
	memcpy(ip + 12, hosts[!client], 4);
	memcpy(ip + 16, hosts[client], 4);
	put_be(tcp, client ? 40000 : 9999, 2);
	put_be(tcp + 2, client ? 9999 : 40000, 2);
	put_be(tcp + 4, numbers[0], 4);
	put_be(tcp + 8, numbers[1], 4);
	tcp[12] = 0x50;
	tcp[13] = flags;
	put_be(tcp + 14, 65535, 2);
	for (uint32_t i = 0; i < length; i++)
		frame[PAYLOAD + i] = (uint8_t)("0123456789abcdef"[(numbers[0] + i) % 16]);
	write_frame(frame, PAYLOAD + length, PAYLOAD + length);
}

/* `count` segments of the answer. */
void write_stream(uint32_t count)
{
	enum { SYN = 2, ACK = 16 };
	uint32_t late = 0, late_at = 0, acknowledged;

	write_segment(true, (uint32_t[]){ 999, 0 }, SYN, 0);
	write_segment(false, (uint32_t[]){ 4999, 1000 }, SYN | ACK, 0);
	write_segment(true, (uint32_t[]){ 1000, 5000 }, ACK, 100);
	for (uint32_t i = 0; i < count; i++) {
		uint32_t sequence = 5000 + i * SEGMENT_BYTES;
		uint32_t fate = random_below(1000);

		if (fate < 2 && !late) {
			late = sequence;
			late_at = i + LATE;
		} else {
			write_segment(false, (uint32_t[]){ sequence, 1100 }, ACK, SEGMENT_BYTES);
		}
		if (fate > 997)
			write_segment(false, (uint32_t[]){ sequence, 1100 }, ACK, SEGMENT_BYTES);
		if (late && i == late_at) {
			write_segment(false, (uint32_t[]){ late, 1100 }, ACK, SEGMENT_BYTES);
			late = 0;
		}
		acknowledged = late ? late : sequence + SEGMENT_BYTES;
		if (i % 2)
			write_segment(true, (uint32_t[]){ 1100, acknowledged }, ACK, 0);
	}
}
