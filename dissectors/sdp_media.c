/* sdp_media.c - in the first pass: where RTP and RTCP will go, by a description's m=, c= and a=
 * lines (RFC 8866, 5.14; RFC 3605; RFC 5761). */
#include <arpa/inet.h>
#include <string.h>

#include "dissect/text_line.h"
#include "rtp.h"
#include "state/announced.h"
#include "state/facts.h"

enum { IP_PROTO_UDP = 17, MEDIA_LIMIT = 32 };

/* A description at work. */
struct announcing {
	struct dissection *d;
	struct endpoint session, media; /* where it goes: by the c= of all, and of this one */
	uint16_t control;		/* the port of RTCP, if it is said */
	bool is_rtp;
	unsigned media_count, format_count;
	struct rtp_format format[RTP_FORMATS];
};

static void announce(struct announcing *a)
{
	struct endpoint end = a->media;

	if (!a->is_rtp || !end.type || !end.port || a->media_count++ >= MEDIA_LIMIT)
		return;
	announce_conversation(a->d, IP_PROTO_UDP, &end, &rtp_dissector);
	end.port = a->control ? a->control : (uint16_t)(end.port + 1);
	if (end.port && end.port != a->media.port)
		announce_conversation(a->d, IP_PROTO_UDP, &end, &rtcp_dissector);
}

/* "IN IP4 192.0.2.1/127" */
static void read_connection(struct text_part value, struct endpoint *end)
{
	struct text_part network = take_word(&value), family = take_word(&value);
	struct endpoint found = { .port = end->port };
	char text[INET6_ADDRSTRLEN] = "";

	value.length = part_find(&value, '/');
	if (!part_is(&network, "IN") || value.length >= sizeof text)
		return;
	memcpy(text, value.bytes, value.length);
	bool is_ipv6 = part_is(&family, "IP6");
	found.type = is_ipv6 ? ADDRESS_IPV6 : ADDRESS_IPV4;
	found.length = is_ipv6 ? 16 : 4;
	if (inet_pton(is_ipv6 ? AF_INET6 : AF_INET, text, found.address) == 1)
		*end = found;
}

/* "audio 49170/2 RTP/AVP 0 8" */
static void begin_media(struct announcing *a, struct text_part value)
{
	uint64_t port = 0;

	take_word(&value);
	struct text_part number = take_word(&value), protocol = take_word(&value);
	number.length = part_find(&number, '/');
	a->media = a->session;
	a->control = 0;
	a->is_rtp = part_begins(&protocol, "RTP/") && part_number(&number, UINT16_MAX, &port);
	a->media.port = (uint16_t)port;
}

/* "101 telephone-event/8000" */
static void keep_format(struct announcing *a, struct text_part value)
{
	struct text_part number = take_word(&value);
	uint64_t type;

	value.length = part_find(&value, '/');
	if (a->format_count == RTP_FORMATS || !part_number(&number, RTP_TYPES - 1, &type) ||
	    type < RTP_FIRST_DYNAMIC || !value.length || value.length >= RTP_NAME_ROOM)
		return;
	struct rtp_format *format = &a->format[a->format_count++];
	*format = (struct rtp_format){ .type = (uint8_t)type };
	memcpy(format->name, value.bytes, value.length);
}

static void read_attribute(struct announcing *a, struct text_part value)
{
	struct text_part name = value;
	uint64_t port;

	name.length = part_find(&value, ':');
	if (name.length == value.length)
		return;
	value = part_from(&value, name.length + 1);
	if (part_is(&name, "rtpmap")) {
		keep_format(a, value);
	} else if (part_is(&name, "rtcp")) {
		struct text_part number = take_word(&value);
		if (part_number(&number, UINT16_MAX, &port))
			a->control = (uint16_t)port;
	}
}

static void learn_formats(struct announcing *a)
{
	uint32_t bytes = a->format_count * (uint32_t)sizeof *a->format;
	struct rtp_formats *fact =
		bytes ? learn(a->d, FACT_OWN, (uint32_t)sizeof *fact + bytes) : NULL;

	if (!fact)
		return;
	fact->count = a->format_count;
	memcpy(fact->format, a->format, bytes);
}

void sdp_announce(struct dissection *d, struct cursor c)
{
	struct announcing a = { .d = d };
	struct text_line line;

	while (take_line(&c, &line)) {
		struct text_part value = line_part(&line);
		if (value.length < 2 || value.bytes[1] != '=')
			continue;
		value = part_from(&value, 2);
		if (line.bytes[0] == 'm') {
			announce(&a);
			begin_media(&a, value);
		} else if (line.bytes[0] == 'c') {
			read_connection(value, a.is_rtp ? &a.media : &a.session);
		} else if (line.bytes[0] == 'a') {
			read_attribute(&a, value);
		}
	}
	announce(&a);
	learn_formats(&a);
}
