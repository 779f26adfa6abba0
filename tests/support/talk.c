/* talk.c - builds raw IPv4 packets; checksums are left 0, which no test of a stream minds. */
#include "support/talk.h"

#include <string.h>

#include "dissect/registry.h"
#include "session/session.h"
#include "support/build_capture.h"
#include "support/unit_test.h"

enum { LINKTYPE_RAW = 101, HEADERS = 40, FIN = 1, SYN = 2, PUSH = 8, ACK = 16 };

static struct built_capture capture;
static struct session *session;
static struct view_port view;
static uint32_t next[2]; /* sequence numbers: client, server */
static uint16_t port;

static void put_be(uint8_t *at, uint32_t value, unsigned n)
{
	while (n--) {
		at[n] = (uint8_t)value;
		value >>= 8;
	}
}

static uint32_t add_segment(bool client, uint8_t flags, const char *text, uint32_t n)
{
	static const uint8_t hosts[2][4] = { { 192, 0, 2, 1 }, { 198, 51, 100, 2 } };
	uint8_t packet[2048] = { 0x45 };
	uint8_t *tcp = packet + 20;

	assert_in_range(n, 0, sizeof(packet) - HEADERS);
	put_be(packet + 2, HEADERS + n, 2);
	put_be(packet + 4, capture.packets, 2);
	packet[8] = 64;
	packet[9] = 6;
	memcpy(packet + 12, hosts[!client], 4);
	memcpy(packet + 16, hosts[client], 4);
	put_be(tcp, client ? 40000 : port, 2);
	put_be(tcp + 2, client ? port : 40000, 2);
	put_be(tcp + 4, next[!client], 4);
	put_be(tcp + 8, flags & ACK ? next[client] : 0, 4);
	tcp[12] = 0x50;
	tcp[13] = flags;
	put_be(tcp + 14, 65535, 2);
	memcpy(tcp + 20, text, n);
	capture_add(&capture, packet, HEADERS + n, HEADERS + n);
	next[!client] += n + (flags & (SYN | FIN) ? 1 : 0);
	return capture.packets;
}

void talk_begin(uint16_t server_port)
{
	talk_end();
	capture_begin(&capture, LINKTYPE_RAW);
	port = server_port;
	next[0] = 1000;
	next[1] = 5000;
	add_segment(true, SYN, "", 0);
	add_segment(false, SYN | ACK, "", 0);
	add_segment(true, ACK, "", 0);
}

uint32_t talk_client(const char *text)
{
	return add_segment(true, PUSH | ACK, text, (uint32_t)strlen(text));
}

uint32_t talk_server(const char *text)
{
	return add_segment(false, PUSH | ACK, text, (uint32_t)strlen(text));
}

uint32_t talk_in_pieces(bool client, const char *text, uint32_t size)
{
	uint32_t number = 0;

	for (uint32_t left = (uint32_t)strlen(text); left;) {
		uint32_t n = left < size ? left : size;
		number = add_segment(client, PUSH | ACK, text, n);
		text += n;
		left -= n;
	}
	return number;
}

uint32_t talk_close(bool client)
{
	return add_segment(client, FIN | ACK, "", 0);
}

static const struct dissection *show(uint32_t number, unsigned wants)
{
	struct error error;

	if (!session) {
		registry_build();
		session = scan_bytes(capture.bytes, capture.length, &error);
		assert_non_null(session);
		view_port_init(&view, session);
	}
	assert_true(view_port_dissect(&view, number, wants));
	return &view.d;
}

const struct dissection *talk_packet(uint32_t number)
{
	return show(number, WANT_FIELDS | WANT_LABELS | WANT_COLUMNS);
}

const struct dissection *talk_row(uint32_t number)
{
	return show(number, WANT_COLUMNS);
}

void talk_end(void)
{
	if (session) {
		view_port_free(&view);
		session_free(session);
		session = NULL;
	}
	capture_free(&capture);
	capture = (struct built_capture){ 0 };
}
