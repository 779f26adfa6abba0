/* segments.c - raw IPv4 packets; checksums are left 0, which no test of a stream minds. */
#include "support/segments.h"

#include <stdlib.h>
#include <string.h>

#include "dissect/checksum.h"
#include "dissect/registry.h"
#include "session/session.h"
#include "support/build_capture.h"

enum { LINKTYPE_RAW = 101, IP_HEADER = 20, TCP_HEADER = 20, UDP_HEADER = 8, LARGEST = 65535 };

static struct built_capture capture;
static struct session *session;
static uint16_t client_port, window;
static uint8_t options[40];
static uint32_t option_bytes;
static bool sums;

static void put_be(uint8_t *at, uint32_t value, unsigned n)
{
	while (n--) {
		at[n] = (uint8_t)value;
		value >>= 8;
	}
}

void segments_begin(void)
{
	segments_end();
	client_port = 40000;
	window = 65535;
	option_bytes = 0;
	sums = false;
	capture_begin(&capture, LINKTYPE_RAW);
}

void segments_end(void)
{
	session_free(session);
	session = NULL;
	capture_free(&capture);
}

void segments_client_port(uint16_t port)
{
	client_port = port;
}

void segments_wait(uint32_t us)
{
	capture.late_us += us;
}

void segments_window(uint16_t next)
{
	window = next;
}

void segments_options(const uint8_t *bytes, uint32_t n)
{
	if (n > sizeof options || n % 4)
		abort();
	memcpy(options, bytes, n);
	option_bytes = n;
}

void segments_sum(bool right)
{
	sums = right;
}

static void put_sum(uint8_t *packet, uint32_t length)
{
	struct endpoint ends[2] = { { .type = ADDRESS_IPV4, .length = 4 },
				    { .type = ADDRESS_IPV4, .length = 4 } };
	uint32_t sum;

	memcpy(ends[0].address, packet + 12, 4);
	memcpy(ends[1].address, packet + 16, 4);
	checksum_pseudo_header(&ends[0], &ends[1], 6, length, &sum);
	sum = checksum_add(sum, packet + IP_HEADER, length);
	put_be(packet + IP_HEADER + 16, checksum_finish(sum), 2);
}

/* IPv4 and the two ports that TCP and UDP begin with. */
static void put_ip(uint8_t *packet, bool client, uint8_t protocol, uint32_t length)
{
	static const uint8_t hosts[2][4] = { { 192, 0, 2, 1 }, { 198, 51, 100, 2 } };

	packet[0] = 0x45;
	put_be(packet + 2, length, 2);
	put_be(packet + 4, capture.packets, 2);
	packet[8] = 64;
	packet[9] = protocol;
	memcpy(packet + 12, hosts[!client], 4);
	memcpy(packet + 16, hosts[client], 4);
	put_be(packet + IP_HEADER, client ? client_port : 9999, 2);
	put_be(packet + IP_HEADER + 2, client ? 9999 : client_port, 2);
}

static uint32_t add_segment(bool client, const uint32_t numbers[2], unsigned flags,
			    const uint8_t *bytes, const uint32_t lengths[2])
{
	static uint8_t packet[LARGEST];
	uint32_t headers = IP_HEADER + TCP_HEADER + option_bytes;
	uint8_t *tcp = packet + IP_HEADER;

	memset(packet, 0, headers);
	put_ip(packet, client, 6, headers + lengths[0]);
	put_be(tcp + 4, numbers[0], 4);
	put_be(tcp + 8, numbers[1], 4);
	tcp[12] = (uint8_t)((TCP_HEADER + option_bytes) << 2);
	tcp[13] = (uint8_t)flags;
	put_be(tcp + 14, window, 2);
	memcpy(tcp + TCP_HEADER, options, option_bytes);
	memcpy(packet + headers, bytes, lengths[0]);
	if (sums)
		put_sum(packet, headers - IP_HEADER + lengths[0]);
	option_bytes = 0;
	capture_add(&capture, packet, headers + lengths[1], headers + lengths[0]);
	return capture.packets;
}

uint32_t segment_bytes(bool client, uint32_t sequence, uint32_t acknowledged, unsigned flags,
		       const uint8_t *bytes, uint32_t n)
{
	return add_segment(client, (uint32_t[]){ sequence, acknowledged }, flags, bytes,
			   (uint32_t[]){ n, n });
}

uint32_t segment(bool client, uint32_t sequence, uint32_t acknowledged, unsigned flags,
		 const char *text)
{
	return segment_bytes(client, sequence, acknowledged, flags, (const uint8_t *)text,
			     (uint32_t)strlen(text));
}

uint32_t segment_cut(bool client, uint32_t sequence, uint32_t acknowledged, const char *text,
		     uint32_t held)
{
	return add_segment(client, (uint32_t[]){ sequence, acknowledged }, ACK | PUSH,
			   (const uint8_t *)text, (uint32_t[]){ (uint32_t)strlen(text), held });
}

uint32_t datagram(bool client, const char *text)
{
	uint8_t packet[IP_HEADER + UDP_HEADER + 1024] = { 0 };
	uint32_t n = (uint32_t)strlen(text);

	put_ip(packet, client, 17, IP_HEADER + UDP_HEADER + n);
	put_be(packet + IP_HEADER + 4, UDP_HEADER + n, 2);
	memcpy(packet + IP_HEADER + UDP_HEADER, text, n);
	capture_add(&capture, packet, IP_HEADER + UDP_HEADER + n, IP_HEADER + UDP_HEADER + n);
	return capture.packets;
}

void segments_handshake(uint32_t isn)
{
	segment(true, isn, 0, SYN, "");
	segment(false, 5000, isn + 1, SYN | ACK, "");
	segment(true, isn + 1, 5001, ACK, "");
}

struct session *segments_unscanned(void)
{
	struct error error;

	session_free(session);
	registry_build();
	struct capture_file *file = open_bytes(capture.bytes, capture.length, &error);
	if (!file)
		abort();
	session = session_new(file);
	return session;
}

struct session *segments_session(void)
{
	segments_unscanned();
	while (session_scan(session, 1000, true) == SCAN_MORE)
		;
	return session;
}
