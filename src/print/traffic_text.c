/* traffic_text.c - a row for each conversation, or each end of some. */
#include "print/traffic_text.h"

#include <inttypes.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "dissect/names.h"

enum { HOST_WIDTH = 20, END_WIDTH = 26, HOST_INDENT = 47, END_INDENT = 59, ENDS_INDENT = 23 };
enum { END_NAME_ROOM = 2 * NAME_ROOM + 2 };

static const char *const layer_titles[TRAFFIC_LAYERS] = { "Ethernet", "IEEE 802.11", "IPv4",
							  "IPv6",     "TCP",	     "UDP" };
static const char rule[] =
	"================================================================================\n";

const char *size_text(uint64_t bytes, char text[SIZE_TEXT_ROOM])
{
	static const struct {
		uint64_t bytes;
		const char *name;
	} units[] = {
		{ UINT64_C(1000000000000), "TB" },
		{ 1000000000, "GB" },
		{ 1000000, "MB" },
		{ 1000, "kB" },
	};

	for (unsigned i = 0; i < sizeof units / sizeof *units; i++) {
		if (bytes / units[i].bytes < 10)
			continue;
		snprintf(text, SIZE_TEXT_ROOM, "%" PRIu64 " %s", bytes / units[i].bytes,
			 units[i].name);
		return text;
	}
	snprintf(text, SIZE_TEXT_ROOM, "%" PRIu64 " bytes", bytes);
	return text;
}

const char *end_text(const struct endpoint *end, bool with_port, char text[END_TEXT_ROOM])
{
	unsigned n = address_text(end, text);

	if (with_port)
		snprintf(text + n, END_TEXT_ROOM - n, ":%u", end->port);
	return text;
}

/* The same with names, where they are asked for; `protocol`: of IP, 0: without a port. */
static const char *end_name(const struct endpoint *end, uint8_t protocol, char text[END_NAME_ROOM])
{
	unsigned n = name_address(end, text);
	const char *name = name_port(protocol, end->port);

	if (protocol && name)
		snprintf(text + n, END_NAME_ROOM - n, ":%s", name);
	else if (protocol)
		snprintf(text + n, END_NAME_ROOM - n, ":%u", end->port);
	return text;
}

static uint8_t protocol_of(enum traffic_layer layer)
{
	return layer == TRAFFIC_TCP ? IPPROTO_TCP : layer == TRAFFIC_UDP ? IPPROTO_UDP : 0;
}

static void print_amount(FILE *out, uint64_t frames, uint64_t bytes)
{
	char size[SIZE_TEXT_ROOM];

	fprintf(out, "%6" PRIu64 " %-9s  ", frames, size_text(bytes, size));
}

static void print_conversation(FILE *out, const struct traffic_row *row, enum traffic_layer layer)
{
	char a[END_NAME_ROOM], b[END_NAME_ROOM];
	uint8_t protocol = protocol_of(layer);
	int width = protocol ? END_WIDTH : HOST_WIDTH;

	fprintf(out, "%-*s <-> %-*s  ", width, end_name(&row->a, protocol, a), width,
		end_name(&row->b, protocol, b));
	print_amount(out, row->frames[1], row->bytes[1]);
	print_amount(out, row->frames[0], row->bytes[0]);
	print_amount(out, row->frames[0] + row->frames[1], row->bytes[0] + row->bytes[1]);
	fprintf(out, "%14.9f   %12.4f\n", (double)row->first_ns / 1e9,
		(double)row->last_ns / 1e9 - (double)row->first_ns / 1e9);
}

static void print_title(FILE *out, enum traffic_layer layer, const char *what, const char *filter)
{
	fprintf(out, "%s%s %s\nFilter:%s\n", rule, layer_titles[layer], what,
		*filter ? filter : "<No Filter>");
}

static struct traffic_row *sorted_rows(const struct traffic *traffic)
{
	uint32_t count = traffic_count(traffic);
	struct traffic_row *rows = must_alloc(count * sizeof *rows + 1);

	if (count)
		memcpy(rows, traffic_row(traffic, 0), count * sizeof *rows);
	traffic_sort(rows, count);
	return rows;
}

void print_conversations(FILE *out, enum traffic_layer layer, const char *filter,
			 const struct traffic *traffic)
{
	bool has_ports = traffic_has_ports(layer);
	int indent = has_ports ? END_INDENT : HOST_INDENT;
	struct traffic_row *rows = sorted_rows(traffic);

	print_title(out, layer, "Conversations", filter);
	fprintf(out,
		"%*s|       <-      | |       ->      | |     Total     |    Relative    |"
		"   Duration   |\n",
		indent, "");
	fprintf(out,
		"%*s| Frames  Bytes | | Frames  Bytes | | Frames  Bytes |      Start     |"
		"              |\n",
		indent, "");
	for (uint32_t i = 0; i < traffic_count(traffic); i++)
		print_conversation(out, &rows[i], layer);
	fputs(rule, out);
	free(rows);
}

static void print_endpoint(FILE *out, const struct traffic_row *row, enum traffic_layer layer)
{
	char name[END_NAME_ROOM];
	const char *port = name_port(protocol_of(layer), row->a.port);

	fprintf(out, "%-20s      ", end_name(&row->a, 0, name));
	if (port)
		fprintf(out, "%5s     ", port);
	else if (traffic_has_ports(layer))
		fprintf(out, "%5u     ", row->a.port);
	fprintf(out,
		"%6" PRIu64 "     %9" PRIu64 "     %6" PRIu64 "       %9" PRIu64 "      %6" PRIu64
		"       %9" PRIu64 "   \n",
		row->frames[0] + row->frames[1], row->bytes[0] + row->bytes[1], row->frames[0],
		row->bytes[0], row->frames[1], row->bytes[1]);
}

void print_endpoints(FILE *out, enum traffic_layer layer, const char *filter,
		     const struct traffic *traffic)
{
	bool has_ports = traffic_has_ports(layer);
	uint32_t count;
	struct traffic_row *rows = traffic_ends(traffic, &count);

	traffic_sort(rows, count);
	print_title(out, layer, "Endpoints", filter);
	fprintf(out,
		"%*s|  %sPackets  | |  Bytes  | | Tx Packets | | Tx Bytes | | Rx Packets | "
		"| Rx Bytes |\n",
		ENDS_INDENT, "", has_ports ? "Port  ||  " : "");
	for (uint32_t i = 0; i < count; i++)
		print_endpoint(out, &rows[i], layer);
	fputs(rule, out);
	free(rows);
}
