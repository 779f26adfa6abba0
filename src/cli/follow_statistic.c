/* follow_statistic.c - -z follow: what both ends of a stream said. */
#include <arpa/inet.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "print/follow_text.h"
#include "statistics.h"

enum { DIRECTION_ROOM = 256, FILTER_ROOM = 2 * DIRECTION_ROOM + 8, STEP = 4096 };

/* What "tcp,ascii,0,1-5" asks for. */
struct follow_request {
	enum follow_kind kind;
	const struct follow_format *format;
	uint32_t stream, inner;	  /* inner: within that, as in HTTP/2 and QUIC */
	struct endpoint nodes[2]; /* instead of the stream, if `by_nodes` */
	bool by_nodes;
	uint32_t first_record, last_record;
};

static const struct {
	const char *name, *layer;
} kinds[] = {
	[FOLLOW_TCP] = { "tcp", "tcp" },     [FOLLOW_UDP] = { "udp", "udp" },
	[FOLLOW_HTTP] = { "http", "tcp" },   [FOLLOW_TLS] = { "tls", "tcp" },
	[FOLLOW_HTTP2] = { "http2", "tcp" }, [FOLLOW_QUIC] = { "quic", "udp" },
};

/* --- arguments --- */

/* A number of digits alone that ends at one of `ends`; steps over it. */
static bool take_number(const char **at, uint32_t most, uint32_t *number)
{
	uint64_t value = 0;
	const char *p = *at;

	while (*p == ' ')
		p++;
	if (*p < '0' || *p > '9')
		return false;
	for (; *p >= '0' && *p <= '9'; p++) {
		value = value * 10 + (uint64_t)(*p - '0');
		if (value > most)
			return false;
	}
	*number = (uint32_t)value;
	*at = p;
	return true;
}

static bool take_host(const char **at, struct endpoint *node)
{
	char text[INET6_ADDRSTRLEN];
	bool bracketed = **at == '[';
	const char *begin = *at + bracketed, *end = strchr(begin, bracketed ? ']' : ':');

	if (!end || (size_t)(end - begin) >= sizeof(text))
		return false;
	memcpy(text, begin, (size_t)(end - begin));
	text[end - begin] = '\0';
	node->type = bracketed ? ADDRESS_IPV6 : ADDRESS_IPV4;
	node->length = bracketed ? 16 : 4;
	*at = end + bracketed;
	return inet_pton(bracketed ? AF_INET6 : AF_INET, text, node->address) == 1;
}

/* "192.0.2.1:80" or "[2001:db8::1]:80" */
static bool take_node(const char **at, struct endpoint *node, struct error *error)
{
	const char *begin = *at;
	uint32_t port;

	*node = (struct endpoint){ 0 };
	while (**at == ' ')
		++*at;
	if (!take_host(at, node) || **at != ':')
		return error_set(error,
				 "-z follow: \"%s\" is neither the number of a stream nor two ends "
				 "as 192.0.2.1:80,[2001:db8::1]:1024",
				 begin);
	++*at;
	if (!take_number(at, UINT16_MAX, &port))
		return error_set(error, "-z follow: \"%s\" begins with no port, 0 to 65535", *at);
	node->port = (uint16_t)port;
	return true;
}

static bool take_nodes(struct follow_request *request, const char **at, struct error *error)
{
	const char *begin = *at;

	request->by_nodes = true;
	if (!take_node(at, &request->nodes[0], error))
		return false;
	if (**at != ',')
		return error_set(error, "-z follow: the other end is missing after \"%s\"", begin);
	++*at;
	if (!take_node(at, &request->nodes[1], error))
		return false;
	if (request->nodes[0].type != request->nodes[1].type)
		return error_set(error, "-z follow: one end is IPv4, the other is IPv6");
	return true;
}

/* ",3" or ",2-5" */
static bool take_range(struct follow_request *request, const char **at, struct error *error)
{
	const char *begin = *at;

	request->first_record = 1;
	request->last_record = UINT32_MAX;
	if (!**at)
		return true;
	++*at;
	bool good = begin[0] == ',' && take_number(at, UINT32_MAX, &request->first_record);
	request->last_record = request->first_record;
	if (good && **at == '-') {
		++*at;
		good = take_number(at, UINT32_MAX, &request->last_record);
	}
	if (good && !**at && request->first_record && request->first_record <= request->last_record)
		return true;
	return error_set(error, "-z follow: \"%s\" is no range of records as ,3 or ,2-5", begin);
}

/* ",5": which stream of HTTP/2 or QUIC */
static bool take_inner(struct follow_request *request, const char **at, struct error *error)
{
	if (!follow_has_inner(request->kind))
		return true;
	if (**at == ',' && !request->by_nodes) {
		++*at;
		if (take_number(at, INT32_MAX, &request->inner) && (!**at || **at == ','))
			return true;
	}
	return error_set(
		error,
		"-z follow,%s: which streams? As in -z follow,%s,ascii,0,4 for stream 4 in "
		"%s 0",
		kinds[request->kind].name, kinds[request->kind].name,
		request->kind == FOLLOW_QUIC ? "connection" : "TCP stream");
}

static bool read_request(struct follow_request *request, const char *arguments, struct error *error)
{
	size_t n = strcspn(arguments, ",");
	const char *at = arguments + n;

	request->format = follow_format_named(arguments, n);
	if (!request->format)
		return error_set(error, "-z follow: there is no format \"%.*s\"; there are %s",
				 (int)(n < 64 ? n : 64), arguments, follow_format_names());
	if (!*at)
		return error_set(error, "-z follow: which stream? As in -z follow,%s,%s,0",
				 kinds[request->kind].name, arguments);
	at++;
	const char *number = at;
	if (!take_number(&at, UINT32_MAX, &request->stream) || (*at && *at != ',')) {
		at = number;
		if (!take_nodes(request, &at, error))
			return false;
	}
	return take_inner(request, &at, error) && take_range(request, &at, error);
}

static void *begin_kind(enum follow_kind kind, const char *arguments, struct error *error)
{
	struct follow_request request = { .kind = kind };

	if (!read_request(&request, arguments, error))
		return NULL;
	return memcpy(must_alloc(sizeof(request)), &request, sizeof(request));
}

static void *begin_tcp(const char *arguments, struct error *error)
{
	return begin_kind(FOLLOW_TCP, arguments, error);
}

static void *begin_udp(const char *arguments, struct error *error)
{
	return begin_kind(FOLLOW_UDP, arguments, error);
}

static void *begin_http(const char *arguments, struct error *error)
{
	return begin_kind(FOLLOW_HTTP, arguments, error);
}

static void *begin_tls(const char *arguments, struct error *error)
{
	return begin_kind(FOLLOW_TLS, arguments, error);
}

static void *begin_http2(const char *arguments, struct error *error)
{
	return begin_kind(FOLLOW_HTTP2, arguments, error);
}

static void *begin_quic(const char *arguments, struct error *error)
{
	return begin_kind(FOLLOW_QUIC, arguments, error);
}

/* --- printing --- */

/* One direction of the display filter that stands for two ends. */
static void filter_direction(const struct follow_request *request, unsigned from, char *text,
			     size_t room)
{
	const char *layer = kinds[request->kind].layer;
	const struct endpoint *a = &request->nodes[from], *b = &request->nodes[!from];
	const char *ip = a->type == ADDRESS_IPV6 ? "ipv6" : "ip";
	char source[ADDRESS_TEXT_ROOM], destination[ADDRESS_TEXT_ROOM];

	address_text(a, source);
	address_text(b, destination);
	snprintf(text, room,
		 "((%s.src eq %s and %s.srcport eq %u) and (%s.dst eq %s and %s.dstport eq %u))",
		 ip, source, layer, a->port, ip, destination, layer, b->port);
}

static void make_filter(const struct follow_request *request, char text[FILTER_ROOM])
{
	char there[DIRECTION_ROOM], back[DIRECTION_ROOM];

	if (request->kind == FOLLOW_QUIC) {
		snprintf(text, FILTER_ROOM,
			 "quic.connection.number eq %" PRIu32
			 " and quic.stream.stream_id eq %" PRIu32,
			 request->stream, request->inner);
		return;
	}
	if (!request->by_nodes) {
		int n = snprintf(text, FILTER_ROOM, "%s.stream eq %" PRIu32,
				 kinds[request->kind].layer, request->stream);
		if (request->kind == FOLLOW_HTTP2)
			snprintf(text + n, FILTER_ROOM - (size_t)n,
				 " and http2.streamid eq %" PRIu32, request->inner);
		return;
	}
	filter_direction(request, 0, there, sizeof(there));
	filter_direction(request, 1, back, sizeof(back));
	snprintf(text, FILTER_ROOM, "%s or %s", there, back);
}

static bool same_end(const struct endpoint *a, const struct endpoint *b)
{
	return !memcmp(a, b, sizeof(*a));
}

static bool is_asked_for(const struct follow_request *request, struct session *session,
			 const struct conversation *talk)
{
	const struct endpoint *nodes = request->nodes;

	/* One that moves has several pairs of ends. */
	if (request->kind == FOLLOW_QUIC)
		return follow_begins_connection(session, talk, request->stream);
	if (!request->by_nodes)
		return talk->stream == request->stream;
	return (same_end(&talk->opener, &nodes[0]) && same_end(&talk->other, &nodes[1])) ||
	       (same_end(&talk->opener, &nodes[1]) && same_end(&talk->other, &nodes[0]));
}

/* A stream that is printed while it is followed. */
struct printing {
	struct follow *follow;
	struct session *session;
	uint32_t turn, piece; /* the next */
};

/* Prints pieces up to number `end`, each as a record. */
static void print_pieces(struct printing *printing, struct follow_text *text, uint32_t end)
{
	struct follow *follow = printing->follow;
	const struct conversation *talk = follow_packets(follow)->talk;
	bool turned = !same_end(&talk->opener, &text->nodes[0]) &&
		      !same_end(&talk->other, &text->nodes[1]);

	for (; printing->piece < end; printing->piece++) {
		const struct follow_turn *turn = follow_turn(follow, printing->turn);
		while (printing->piece >= turn->first_piece + turn->piece_count)
			turn = follow_turn(follow, ++printing->turn);
		const struct follow_piece *piece = follow_piece(follow, printing->piece);
		struct follow_record record = {
			.node = (uint8_t)(turn->side ^ turned),
			.packet = piece->packet,
			.length = piece->length,
			.time_ns = session_packet_time(printing->session, piece->packet),
			.bytes = follow_bytes(follow, piece),
		};
		follow_text_record(text, &record);
	}
}

/* Prints while it follows, so that bytes are fetched close to where packets were read.  The last
 * piece may still grow. */
static void print_stream(const struct follow_request *request, struct session *session,
			 struct follow_text *text, uint32_t stream)
{
	struct printing printing = { .follow = follow_new(session, request->kind, stream),
				     .session = session };
	enum follow_state state;

	if (!printing.follow)
		return;
	if (follow_has_inner(request->kind))
		follow_choose_inner(
			printing.follow,
			(struct follow_inner){ request->kind == FOLLOW_QUIC ? request->stream : 0,
					       request->inner });
	do {
		state = follow_update(printing.follow, STEP, true);
		uint32_t turns = follow_turn_count(printing.follow);
		if (!turns)
			continue;
		const struct follow_turn *last = follow_turn(printing.follow, turns - 1);
		uint32_t end = last->first_piece + last->piece_count;
		print_pieces(&printing, text, end - (state != FOLLOW_DONE));
	} while (state == FOLLOW_MORE && !ferror(text->out));
	follow_free(printing.follow);
}

/* The streams asked for, the first of which names the two ends. */
static void print_streams(void *state, struct session *session, FILE *out)
{
	const struct follow_request *request = state;
	bool is_quic = request->kind == FOLLOW_QUIC;
	uint8_t protocol = request->kind == FOLLOW_UDP || is_quic ? STREAM_UDP : STREAM_TCP;
	bool looks_at_all = request->by_nodes || is_quic;
	uint32_t count = stream_count(session, protocol);
	char filter[FILTER_ROOM];
	struct follow_text text = {
		.out = out,
		.format = request->format,
		.protocol = kinds[request->kind].name,
		.filter = filter,
		.first_record = request->first_record,
		.last_record = request->last_record,
		.on_terminal = isatty(fileno(out)),
	};

	make_filter(request, filter);
	if (!looks_at_all && count > request->stream)
		count = request->stream + 1;
	for (uint32_t i = looks_at_all ? 0 : request->stream; i < count; i++) {
		const struct conversation *talk =
			conversation_numbered(session_learned(session), protocol, i);
		if (!is_asked_for(request, session, talk))
			continue;
		if (!text.nodes[0].type) {
			text.nodes[0] = talk->opener;
			text.nodes[1] = talk->other;
		}
		print_stream(request, session, &text, i);
	}
	/* As in tshark, who says nothing in HTTP has no address either. */
	if (!text.begun && request->kind == FOLLOW_HTTP)
		memset(text.nodes, 0, sizeof(text.nodes));
	follow_text_end(&text);
}

static const char arguments[] = ",FORMAT,STREAM|IP:PORT,IP:PORT[,FIRST[-LAST]]";

const struct statistic follow_tcp_statistic = {
	.name = "follow,tcp",
	.arguments = arguments,
	.meaning =
		"what both ends of a TCP stream said, in order; FORMAT: ascii, ebcdic, hex, raw, "
		"utf-8 or yaml",
	.begin = begin_tcp,
	.print = print_streams,
	.end = free,
};

const struct statistic follow_udp_statistic = {
	.name = "follow,udp",
	.arguments = arguments,
	.meaning = "the datagrams of a UDP stream",
	.begin = begin_udp,
	.print = print_streams,
	.end = free,
};

const struct statistic follow_http_statistic = {
	.name = "follow,http",
	.arguments = arguments,
	.meaning = "the headers and bodies of a TCP stream's HTTP messages, without chunks",
	.begin = begin_http,
	.print = print_streams,
	.end = free,
};

const struct statistic follow_tls_statistic = {
	.name = "follow,tls",
	.arguments = arguments,
	.meaning = "what the records of a TCP stream protect, with a key log",
	.begin = begin_tls,
	.print = print_streams,
	.end = free,
};

const struct statistic follow_http2_statistic = {
	.name = "follow,http2",
	.arguments = ",FORMAT,STREAM,HTTP2-STREAM[,FIRST[-LAST]]",
	.meaning = "the frames of a stream of HTTP/2, header fields decoded",
	.begin = begin_http2,
	.print = print_streams,
	.end = free,
};

const struct statistic follow_quic_statistic = {
	.name = "follow,quic",
	.arguments = ",FORMAT,CONNECTION,STREAM[,FIRST[-LAST]]",
	.meaning = "what a stream of a connection of QUIC carries, with a key log",
	.begin = begin_quic,
	.print = print_streams,
	.end = free,
};
