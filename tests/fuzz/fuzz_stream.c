/* fuzz_stream.c - any bytes as what two sides say over TCP, in order, again, or with gaps.
 *
 * A byte chooses the server's port.  Then for each segment a byte: bit 0 the side, bits 1-2 how it
 * comes, bit 3 FIN; a byte for its length; the payload. */
#include <stdbool.h>
#include <string.h>

#include "fuzz/fuzz.h"
#include "fuzz/fuzz_tables.h"

#include "support/build_capture.h"

enum { IPV4 = 20, TCP = 20, LINKTYPE_RAW = 101, CLIENT_PORT = 40000, FIN = 1, SYN = 2, ACK = 16 };
enum { BIT_SERVER = 1, BIT_FIN = 8 };
enum coming { IN_ORDER, ALSO_IN_ORDER, OVERLAPPING, AFTER_A_GAP };

struct stream {
	struct built_capture file;
	uint16_t port;
	uint32_t next[2]; /* sequence numbers: the client's, the server's */
};

static void put16(uint8_t *p, uint32_t value)
{
	p[0] = (uint8_t)(value >> 8);
	p[1] = (uint8_t)value;
}

static void put32(uint8_t *p, uint32_t value)
{
	put16(p, value >> 16);
	put16(p + 2, value & 0xffff);
}

static uint32_t checksum(const uint8_t *bytes, uint32_t length, uint32_t sum)
{
	for (uint32_t i = 0; i < length; i++)
		sum += i & 1 ? bytes[i] : (uint32_t)bytes[i] << 8;
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return ~sum & 0xffff;
}

static void send_segment(struct stream *stream, bool server, uint8_t flags, uint32_t sequence,
			 const uint8_t *payload, uint32_t length)
{
	uint8_t packet[IPV4 + TCP + 255] = { 0x45 };
	uint8_t *tcp = packet + IPV4;

	put16(packet + 2, IPV4 + TCP + length);
	packet[8] = 64;
	packet[9] = 6;
	put32(packet + 12, server ? 0xc0000202 : 0xc0000201);
	put32(packet + 16, server ? 0xc0000201 : 0xc0000202);
	put16(packet + 10, checksum(packet, IPV4, 0));
	put16(tcp, server ? stream->port : CLIENT_PORT);
	put16(tcp + 2, server ? CLIENT_PORT : stream->port);
	put32(tcp + 4, sequence);
	put32(tcp + 8, stream->next[!server]);
	tcp[12] = TCP / 4 << 4;
	tcp[13] = flags;
	put16(tcp + 14, 8192);
	if (length)
		memcpy(tcp + TCP, payload, length);
	uint32_t pseudo = 0xc000 + 0x0201 + 0xc000 + 0x0202 + 6 + TCP + length;
	put16(tcp + 16, checksum(tcp, TCP + length, pseudo));
	capture_add(&stream->file, packet, IPV4 + TCP + length, IPV4 + TCP + length);
}

static void shake_hands(struct stream *stream)
{
	send_segment(stream, false, SYN, stream->next[0]++, NULL, 0);
	send_segment(stream, true, SYN | ACK, stream->next[1]++, NULL, 0);
	send_segment(stream, false, ACK, stream->next[0], NULL, 0);
}

static void say(struct stream *stream, uint8_t how, const uint8_t *payload, uint32_t length)
{
	bool server = how & BIT_SERVER;
	uint32_t *next = &stream->next[server];
	uint32_t sequence = *next;

	if ((how >> 1 & 3) == OVERLAPPING)
		sequence -= 7;
	else if ((how >> 1 & 3) == AFTER_A_GAP)
		sequence += 11;
	else
		*next += length;
	send_segment(stream, server, how & BIT_FIN ? FIN | ACK : ACK, sequence, payload, length);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct stream stream = { .next = { 0xfffffff0, 1000 } };
	size_t pos = 1;

	if (!size)
		return 0;
	stream.port = fuzz_ports[data[0] % FUZZ_PORTS];
	capture_begin(&stream.file, LINKTYPE_RAW);
	shake_hands(&stream);
	while (size - pos >= 2) {
		uint8_t how = data[pos];
		uint32_t length = data[pos + 1];
		pos += 2;
		if (length > size - pos)
			length = (uint32_t)(size - pos);
		say(&stream, how, data + pos, length);
		pos += length;
	}
	fuzz_capture(stream.file.bytes, stream.file.length);
	capture_free(&stream.file);
	return 0;
}
