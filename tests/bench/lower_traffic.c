/* lower_traffic.c - connections without a protocol in them, DNS, ARP, ICMP, neighbours. */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "bench/traffic.h"

enum {
	ETHERNET = 14,
	IPV4 = 20,
	IPV6 = 40,
	TCP_OPTIONS = 12,
	TCP = 20 + TCP_OPTIONS,
	UDP = 8,
	FRAME_BYTES = 1514,
	SEGMENT_BYTES = 1400,
	AT_ONCE = 256, /* connections open at the same time */
	SHORTEST = 5,
	LONGEST = 200,
	FIN = 1,
	SYN = 2,
	PSH = 8,
	ACK = 16,
};

struct talk {
	uint32_t client, server; /* IPv4 addresses */
	uint32_t client_sequence, server_sequence;
	uint16_t client_port, server_port;
	uint16_t packets, at; /* how many it will have, how many it has had */
};

struct frame {
	uint8_t bytes[FRAME_BYTES];
	uint32_t length;
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

static uint32_t sum_of(const uint8_t *bytes, uint32_t length, uint32_t sum)
{
	for (uint32_t i = 0; i + 1 < length; i += 2)
		sum += (uint32_t)bytes[i] << 8 | bytes[i + 1];
	if (length & 1)
		sum += (uint32_t)bytes[length - 1] << 8;
	return sum;
}

static uint32_t checksum_of(uint32_t sum)
{
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return ~sum & 0xffff;
}

static void random_bytes(uint8_t *bytes, uint32_t length)
{
	for (uint32_t i = 0; i < length; i++)
		bytes[i] = (uint8_t)random_below(256);
}

static void begin_ethernet(struct frame *frame, bool from_client, uint32_t type)
{
	static const uint8_t addresses[] = { 2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2 };

	memcpy(frame->bytes, addresses + (from_client ? 0 : 6), 12);
	put16(frame->bytes + 12, type);
	frame->length = ETHERNET;
}

/* A header for `length` bytes of payload to come. */
static void begin_ipv4(struct frame *frame, const struct talk *talk, bool from_client,
		       uint8_t protocol, uint32_t length)
{
	uint8_t *ip = frame->bytes + ETHERNET;

	begin_ethernet(frame, from_client, 0x0800);
	memset(ip, 0, IPV4);
	ip[0] = 0x45;
	put16(ip + 2, IPV4 + length);
	put16(ip + 4, random_below(65536));
	put16(ip + 6, 0x4000);
	ip[8] = 64;
	ip[9] = protocol;
	put32(ip + 12, from_client ? talk->client : talk->server);
	put32(ip + 16, from_client ? talk->server : talk->client);
	put16(ip + 10, checksum_of(sum_of(ip, IPV4, 0)));
	frame->length += IPV4;
}

static void end_transport(struct frame *frame, uint32_t length, uint32_t checksum_at)
{
	uint8_t *ip = frame->bytes + ETHERNET;
	uint8_t *transport = ip + IPV4;
	uint32_t sum = sum_of(ip + 12, 8, ip[9] + length);

	put16(transport + checksum_at, 0);
	put16(transport + checksum_at, checksum_of(sum_of(transport, length, sum)));
	frame->length += length;
	write_frame(frame->bytes, frame->length, frame->length);
}

static void write_segment(struct talk *talk, bool from_client, uint8_t flags, uint32_t payload)
{
	static const uint8_t of_syn[TCP_OPTIONS] = { 2, 4, 5, 0xb4, 4, 2, 3, 3, 7, 1, 1, 1 };
	static const uint8_t stamps[TCP_OPTIONS] = { 1, 1, 8, 10 };
	struct frame frame;
	uint8_t *tcp = frame.bytes + ETHERNET + IPV4;
	uint32_t *sent = from_client ? &talk->client_sequence : &talk->server_sequence;

	begin_ipv4(&frame, talk, from_client, 6, TCP + payload);
	memset(tcp, 0, TCP);
	put16(tcp, from_client ? talk->client_port : talk->server_port);
	put16(tcp + 2, from_client ? talk->server_port : talk->client_port);
	put32(tcp + 4, *sent);
	if (flags & ACK)
		put32(tcp + 8, from_client ? talk->server_sequence : talk->client_sequence);
	tcp[12] = TCP / 4 << 4;
	tcp[13] = flags;
	put16(tcp + 14, 501);
	memcpy(tcp + 20, flags & SYN ? of_syn : stamps, TCP_OPTIONS);
	if (!(flags & SYN))
		put32(tcp + 24, talk->at);
	random_bytes(tcp + TCP, payload);
	*sent += payload + (flags & (SYN | FIN) ? 1 : 0);
	end_transport(&frame, TCP + payload, 16);
}

static void begin_talk(struct talk *talk)
{
	double skew = pow(random_below(1 << 20) / (double)(1 << 20), 14.6);

	*talk = (struct talk){
		.client = 0x0a000000 | random_below(1 << 24),
		.server = 0xc6000000 | random_below(1 << 24),
		.client_port = (uint16_t)(32768 + random_below(28000)),
		.server_port = (uint16_t)(61000 + random_below(4000)),
		.client_sequence = random_below(UINT32_MAX),
		.server_sequence = random_below(UINT32_MAX),
		.packets = (uint16_t)(SHORTEST + skew * (LONGEST - SHORTEST + 1)),
	};
}

/* Handshake, requests with two segments of answer and their acknowledgement, end. */
static void write_tcp(struct talk *talk)
{
	if (talk->at == talk->packets)
		begin_talk(talk);
	unsigned left = talk->packets - ++talk->at;
	if (talk->at == 1)
		write_segment(talk, true, SYN, 0);
	else if (talk->at == 2)
		write_segment(talk, false, SYN | ACK, 0);
	else if (talk->at == 3)
		write_segment(talk, true, ACK, 0);
	else if (left <= 1)
		write_segment(talk, left == 1, FIN | ACK, 0);
	else if (talk->at % 4 == 0)
		write_segment(talk, true, PSH | ACK, 60 + random_below(400));
	else if (talk->at % 4 == 3)
		write_segment(talk, true, ACK, 0);
	else
		write_segment(talk, false, PSH | ACK, 100 + random_below(SEGMENT_BYTES - 100));
}

/* host-N.example.com, type A; how many bytes. */
static uint32_t put_question(uint8_t *at, uint32_t number)
{
	static const uint8_t rest[] = "\7example\3com\0\0\1\0\1";
	int length = snprintf((char *)at + 1, 32, "host-%u", number);

	at[0] = (uint8_t)length;
	memcpy(at + 1 + length, rest, sizeof(rest) - 1);
	return 1 + (uint32_t)length + sizeof(rest) - 1;
}

static uint32_t put_answer(uint8_t *at)
{
	static const uint8_t record[] = { 0xc0, 12, 0, 1, 0, 1, 0, 0, 14, 16, 0, 4, 198, 51, 100 };

	memcpy(at, record, sizeof(record));
	at[sizeof(record)] = (uint8_t)random_below(256);
	return sizeof(record) + 1;
}

/* A question, or the answer to it: `packets` holds the transaction's id. */
static void write_dns(struct talk *talk)
{
	struct frame frame;
	uint8_t *udp = frame.bytes + ETHERNET + IPV4;
	uint8_t *dns = udp + UDP;
	bool question = talk->at == 0;
	uint32_t length;

	if (question)
		begin_talk(talk);
	talk->at = question;
	memset(udp, 0, UDP + 12);
	put16(udp, question ? talk->client_port : 53);
	put16(udp + 2, question ? 53 : talk->client_port);
	put16(dns, talk->client_sequence & 0xffff);
	put16(dns + 2, question ? 0x0100 : 0x8180);
	put16(dns + 4, 1);
	put16(dns + 6, !question);
	length = UDP + 12 + put_question(dns + 12, talk->server_sequence);
	if (!question)
		length += put_answer(udp + length);
	put16(udp + 4, length);
	begin_ipv4(&frame, talk, question, 17, length);
	end_transport(&frame, length, 6);
}

static void write_arp(struct talk *talk)
{
	struct frame frame;
	uint8_t *arp = frame.bytes + ETHERNET;
	bool request = talk->at == 0;

	if (request)
		begin_talk(talk);
	talk->at = request;
	begin_ethernet(&frame, request, 0x0806);
	memset(arp, 0, 28);
	memcpy(arp, "\0\1\10\0\6\4", 6);
	put16(arp + 6, request ? 1 : 2);
	memcpy(arp + 8, frame.bytes + 6, 6);
	put32(arp + 14, request ? talk->client : talk->server);
	put32(arp + 24, request ? talk->server : talk->client);
	if (!request)
		memcpy(arp + 18, frame.bytes, 6);
	frame.length += 28;
	write_frame(frame.bytes, frame.length, frame.length);
}

static void write_ping(struct talk *talk)
{
	struct frame frame;
	uint8_t *icmp = frame.bytes + ETHERNET + IPV4;
	bool request = talk->at == 0;

	if (request)
		begin_talk(talk);
	talk->at = request;
	begin_ipv4(&frame, talk, request, 1, 64);
	memset(icmp, 0, 64);
	icmp[0] = request ? 8 : 0;
	put16(icmp + 4, talk->client_port);
	put16(icmp + 6, 1);
	put16(icmp + 2, checksum_of(sum_of(icmp, 64, 0)));
	frame.length += 64;
	write_frame(frame.bytes, frame.length, frame.length);
}

/* A neighbour solicitation or the advertisement that answers it. */
static void write_neighbour(struct talk *talk)
{
	enum { MESSAGE = 32 };
	struct frame frame;
	uint8_t *ip = frame.bytes + ETHERNET;
	uint8_t *icmp = ip + IPV6;
	bool request = talk->at == 0;

	if (request)
		begin_talk(talk);
	talk->at = request;
	begin_ethernet(&frame, request, 0x86dd);
	memset(ip, 0, IPV6 + MESSAGE);
	ip[0] = 0x60;
	put16(ip + 4, MESSAGE);
	ip[6] = 58;
	ip[7] = 255;
	put16(ip + 8, 0xfe80);
	put32(ip + 20, request ? talk->client : talk->server);
	put16(ip + 24, 0xfe80);
	put32(ip + 36, request ? talk->server : talk->client);
	icmp[0] = request ? 135 : 136;
	icmp[4] = request ? 0 : 0x60;
	memcpy(icmp + 8, request ? ip + 24 : ip + 8, 16);
	icmp[24] = request ? 1 : 2;
	icmp[25] = 1;
	memcpy(icmp + 26, frame.bytes + 6, 6);
	put16(icmp + 2, checksum_of(sum_of(ip + 8, 32 + MESSAGE, 58 + MESSAGE)));
	frame.length += IPV6 + MESSAGE;
	write_frame(frame.bytes, frame.length, frame.length);
}

void write_lower(uint32_t count)
{
	static struct talk tcp[AT_ONCE], dns[AT_ONCE];
	static struct talk arp, ping, neighbour;

	for (uint32_t i = 0; i < count; i++) {
		uint32_t dice = random_below(100);
		if (dice < 70)
			write_tcp(&tcp[random_below(AT_ONCE)]);
		else if (dice < 95)
			write_dns(&dns[random_below(AT_ONCE)]);
		else if (dice < 97)
			write_arp(&arp);
		else if (dice < 99)
			write_ping(&ping);
		else
			write_neighbour(&neighbour);
	}
}
