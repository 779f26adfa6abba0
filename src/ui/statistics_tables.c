/* statistics_tables.c - what the statistics' tables show, and how their rows are sorted. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/span.h"
#include "base/time.h"
#include "dissect/names.h"
#include "dissect/registry.h"
#include "print/traffic_text.h"
#include "ui/quantity.h"
#include "ui/statistics_screen.h"
#include "statistics_addresses.h"
#include "statistics_requests.h"

static void put(char text[TABLE_CELL_ROOM], const char *words)
{
	snprintf(text, TABLE_CELL_ROOM, "%s", words);
}

static void put_count(char text[TABLE_CELL_ROOM], uint64_t n)
{
	char count[QUANTITY_ROOM];

	put(text, count_text(n, count));
}

static void put_seconds(char text[TABLE_CELL_ROOM], int64_t ns)
{
	snprintf(text, TABLE_CELL_ROOM, "%.3f", (double)ns / 1e9);
}

/* --- conversations and endpoints --- */

enum traffic_column {
	ROW_A,
	ROW_B,
	FRAMES,
	BYTES,
	FROM_A,
	FROM_B,
	START,
	DURATION,
	RATE_A,
	RATE_B,
	TIMELINE
};

static const struct traffic_row *traffic_of(const struct statistics_screen *s, uint32_t row)
{
	return s->tab == TAB_ENDPOINTS ? &s->ends[row] : traffic_row(s->traffic[s->layer], row);
}

static uint32_t count_conversations(struct statistics_screen *s)
{
	return traffic_count(s->traffic[s->layer]);
}

static uint32_t count_ends(struct statistics_screen *s)
{
	uint32_t count;

	free(s->ends);
	s->ends = traffic_ends(s->traffic[s->layer], &count);
	return count;
}

static double traffic_key(const struct statistics_screen *s, uint32_t row, unsigned column)
{
	const struct traffic_row *r = traffic_of(s, row);

	switch (column) {
	case FRAMES:
		return (double)(r->frames[0] + r->frames[1]);
	case BYTES:
		return (double)(r->bytes[0] + r->bytes[1]);
	case FROM_A:
		return (double)r->bytes[0];
	case FROM_B:
		return (double)r->bytes[1];
	case START:
		return (double)r->first_ns;
	case RATE_A:
	case RATE_B:
		return r->last_ns > r->first_ns
			       ? (double)r->bytes[column == RATE_B] /
					 (double)time_between(r->first_ns, r->last_ns)
			       : 0;
	default:
		return (double)r->last_ns - (double)r->first_ns;
	}
}

/* "": no time passed. */
static void put_rate(char text[TABLE_CELL_ROOM], uint64_t bytes, int64_t ns)
{
	char rate[QUANTITY_ROOM];

	text[0] = '\0';
	if (ns > 0)
		put(text, short_count_text((uint64_t)((double)bytes * 8e9 / (double)ns), rate));
}

/* "▕▇▆▁ ▃       ▁▏": when the conversation had packets, from the capture's first to its last;
 * heights are shares of its busiest time. */
static void put_timeline(char text[TABLE_CELL_ROOM], const struct statistics_screen *s,
			 uint32_t row)
{
	static const char *const bars[] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
	int64_t interval;
	const uint32_t *times = traffic_times(s->traffic[s->layer], row, &interval);
	unsigned shown = (unsigned)(time_range_span(&s->times) / interval) + 1;
	uint32_t most = 1;
	int used = snprintf(text, TABLE_CELL_ROOM, "▕");

	for (unsigned i = 0; i < TRAFFIC_TIMES; i++)
		most = times[i] > most ? times[i] : most;
	for (unsigned i = 0; i < TRAFFIC_TIMES && i < shown; i++)
		used += snprintf(text + used, TABLE_CELL_ROOM - (size_t)used, "%s",
				 times[i] ? bars[(uint64_t)times[i] * 7 / most] : " ");
	snprintf(text + used, TABLE_CELL_ROOM - (size_t)used, "▏");
}

/* "www.example (192.0.2.1):80" where names are chosen. */
static void put_end(char text[TABLE_CELL_ROOM], const struct endpoint *end,
		    enum traffic_layer layer)
{
	char words[NAMED_TEXT_ROOM], name[NAME_ROOM], address[ADDRESS_TEXT_ROOM];

	address_text(end, address);
	name_address(end, name);
	if (strcmp(name, address) != 0)
		snprintf(words, sizeof words, "%s (%s)", name, address);
	else
		snprintf(words, sizeof words, "%s", address);
	if (traffic_has_ports(layer))
		snprintf(text, TABLE_CELL_ROOM, "%s:%u", words, end->port);
	else
		put(text, words);
}

static void traffic_cell(const struct statistics_screen *s, uint32_t row, unsigned column,
			 char text[TABLE_CELL_ROOM])
{
	const struct traffic_row *r = traffic_of(s, row);

	if (column == ROW_A || column == ROW_B)
		put_end(text, column == ROW_A ? &r->a : &r->b, s->layer);
	else if (column == START)
		put_seconds(text, r->first_ns);
	else if (column == DURATION)
		put_seconds(text, time_between(r->first_ns, r->last_ns));
	else if (column == RATE_A || column == RATE_B)
		put_rate(text, r->bytes[column == RATE_B], time_between(r->first_ns, r->last_ns));
	else if (column == TIMELINE)
		put_timeline(text, s, row);
	else
		put_count(text, (uint64_t)traffic_key(s, row, column));
}

static const char *const address_fields[TRAFFIC_LAYERS] = { "eth.addr", "wlan.addr", "ip.addr",
							    "ipv6.addr" };

static void conversation_filter(const struct statistics_screen *s, uint32_t row,
				char text[TABLE_CELL_ROOM])
{
	const struct traffic_row *r = traffic_of(s, row);
	char a[END_TEXT_ROOM], b[END_TEXT_ROOM];
	const char *field = address_fields[s->layer];

	if (traffic_has_ports(s->layer))
		snprintf(text, TABLE_CELL_ROOM, "%s.stream == %u",
			 s->layer == TRAFFIC_TCP ? "tcp" : "udp", r->stream);
	else
		snprintf(text, TABLE_CELL_ROOM, "%s == %s && %s == %s", field,
			 end_text(&r->a, false, a), field, end_text(&r->b, false, b));
}

static void end_filter(const struct statistics_screen *s, uint32_t row, char text[TABLE_CELL_ROOM])
{
	const struct traffic_row *r = traffic_of(s, row);
	const char *field = address_fields[s->layer];
	char end[END_TEXT_ROOM];

	if (traffic_has_ports(s->layer))
		field = r->a.type == ADDRESS_IPV6 ? "ipv6.addr" : "ip.addr";
	int used = snprintf(text, TABLE_CELL_ROOM, "%s == %s", field, end_text(&r->a, false, end));
	if (traffic_has_ports(s->layer))
		snprintf(text + used, (size_t)(TABLE_CELL_ROOM - used), " && %s.port == %u",
			 s->layer == TRAFFIC_TCP ? "tcp" : "udp", r->a.port);
}

/* --- protocols --- */

enum hierarchy_column { PROTOCOL, PACKETS, SHARE, BAR, SIZE, SIZE_SHARE, RATE };

enum { BAR_COLUMNS = 22 };

static uint32_t count_protocols(struct statistics_screen *s)
{
	return hierarchy_count(s->hierarchy) - 1;
}

/* Rows are nodes, from 1. */
static const struct hierarchy_node *protocol_of(const struct statistics_screen *s, uint32_t row)
{
	return hierarchy_node(s->hierarchy, row + 1);
}

static double share_of(const struct statistics_screen *s, uint64_t part, bool bytes)
{
	uint64_t whole = 0;

	for (uint32_t n = hierarchy_node(s->hierarchy, 0)->first_child; n;
	     n = hierarchy_node(s->hierarchy, n)->next)
		whole += bytes ? hierarchy_node(s->hierarchy, n)->bytes
			       : hierarchy_node(s->hierarchy, n)->frames;
	return whole ? (double)part * 100 / (double)whole : 0;
}

static double protocol_key(const struct statistics_screen *s, uint32_t row, unsigned column)
{
	const struct hierarchy_node *node = protocol_of(s, row);

	return column == PACKETS || column == SHARE || column == BAR ? (double)node->frames
								     : (double)node->bytes;
}

/* "▏█████▌                ▕": halves of a column. */
static void put_bar(char text[TABLE_CELL_ROOM], double percent)
{
	int halves = (int)(percent * 2 * BAR_COLUMNS / 100 + 0.5), used;

	if (halves > 2 * BAR_COLUMNS)
		halves = 2 * BAR_COLUMNS;
	used = snprintf(text, TABLE_CELL_ROOM, "▏");
	for (int i = 0; i < BAR_COLUMNS; i++, halves -= 2)
		used += snprintf(text + used, TABLE_CELL_ROOM - (size_t)used, "%s",
				 halves > 1    ? "█"
				 : halves == 1 ? "▌"
					       : " ");
	snprintf(text + used, TABLE_CELL_ROOM - (size_t)used, "▕");
}

static void protocol_cell(const struct statistics_screen *s, uint32_t row, unsigned column,
			  char text[TABLE_CELL_ROOM])
{
	const struct hierarchy_node *node = protocol_of(s, row);
	const struct dissector *dissector = registry_dissector_named(node->name);
	int indent = node->depth < 40 ? 2 * (int)(node->depth - 1) : 80;

	switch (column) {
	case PROTOCOL:
		snprintf(text, TABLE_CELL_ROOM, "%*s%s", indent, "",
			 dissector ? dissector->title : node->name);
		break;
	case PACKETS:
		put_count(text, node->frames);
		break;
	case SHARE:
		snprintf(text, TABLE_CELL_ROOM, "%.1f %%", share_of(s, node->frames, false));
		break;
	case BAR:
		put_bar(text, share_of(s, node->frames, false));
		break;
	case RATE:
		put_rate(text, node->bytes, time_range_span(&s->times));
		break;
	case SIZE:
		put_count(text, node->bytes);
		break;
	default:
		snprintf(text, TABLE_CELL_ROOM, "%.1f %%", share_of(s, node->bytes, true));
	}
}

static void protocol_filter(const struct statistics_screen *s, uint32_t row,
			    char text[TABLE_CELL_ROOM])
{
	put(text, protocol_of(s, row)->name);
}

#define GROUP_COLUMNS(of, things)                                                                  \
	{                                                                                          \
		{ of, WIDTH_LEFT, 0, true }, { things, 9, 0 }, { "No reply", 9, 60 },              \
			{ "Failed", 8, 50 }, { "Bad %", 8, 90 }, { "Retried", 8, 90 },             \
			{ "Median", 10, 0 }, { "95 %", 10, 60 },                                   \
			{ "<1 ms…1 s", 9, 80, true, true },                                        \
	}

const struct table statistics_tables[STATISTICS_TABS] = {
	[TAB_CONVERSATIONS] = { "Conversations",
				{ { "A", WIDTH_LEFT, 0, true, .keeps_ends = true },
				  { "B", WIDTH_LEFT, 0, true, .keeps_ends = true },
				  { "Packets", 9, 0 },
				  { "Bytes", 13, 0 },
				  { "A → B", 13, 120 },
				  { "B → A", 13, 120 },
				  { "Start", 10, 100 },
				  { "Duration", 10, 100 },
				  { "Bit/s A→B", 9, 160 },
				  { "Bit/s B→A", 9, 160 },
				  { "Timeline", TRAFFIC_TIMES + 2, 180, true, true } },
				BYTES,
				count_conversations,
				traffic_cell,
				traffic_key,
				conversation_filter },
	[TAB_ENDPOINTS] = { "Endpoints",
			    { { "Address", WIDTH_LEFT, 0, true, .keeps_ends = true },
			      { 0 },
			      { "Packets", 9, 0 },
			      { "Bytes", 13, 0 },
			      { "Sent", 13, 70 },
			      { "Received", 13, 70 },
			      { "First", 10, 100 },
			      { "Duration", 10, 100 } },
			    BYTES,
			    count_ends,
			    traffic_cell,
			    traffic_key,
			    end_filter },
	[TAB_HIERARCHY] = { "Hierarchy",
			    { { "Protocol", WIDTH_LEFT, 0, true },
			      { "Packets", 11, 0 },
			      { "%", 8, 60 },
			      { "Share of packets", BAR_COLUMNS + 2, 120, true, true },
			      { "Bytes", 15, 0 },
			      { "% bytes", 8, 80 },
			      { "Bit/s", 9, 90 } },
			    PROTOCOL,
			    count_protocols,
			    protocol_cell,
			    protocol_key,
			    protocol_filter,
			    true },
	[TAB_DNS] = { "DNS",
		      { { "Query", WIDTH_FITS, 70 },
			{ "Reply", WIDTH_FITS, 90 },
			{ "Time", WIDTH_FITS, 70 },
			{ "Client", WIDTH_FITS, 100, true },
			{ "Server", WIDTH_FITS, 100, true },
			{ "ID", 6, 100, true },
			{ "Type", WIDTH_FITS, 0, true },
			{ "Name", WIDTH_LEFT, 0, true },
			{ "Result", WIDTH_FITS, 0, true },
			{ "Took", WIDTH_FITS, 0 } },
		      LOOKUP_QUERIES,
		      count_requests,
		      lookup_cell,
		      lookup_key,
		      request_filter,
		      .packet = request_packet,
		      .passes = request_passes },
	[TAB_DNS_SERVERS] = { "DNS by server", GROUP_COLUMNS("Server", "Lookups"), GROUP_REQUESTS,
			      count_groups, group_cell, group_key, group_filter },
	[TAB_DNS_NAMES] = { "DNS by name", GROUP_COLUMNS("Name", "Lookups"), GROUP_REQUESTS,
			    count_groups, group_cell, group_key, group_filter },
	[TAB_HTTP] = { "HTTP",
		       { { "#", 8, 0 },
			 { "Time", 11, 90 },
			 { "Method", 8, 50, true },
			 { "Host", 24, 110, true },
			 { "Path", WIDTH_LEFT, 0, true },
			 { "Status", 22, 60, true },
			 { "Size", 9, 120 },
			 { "Took", 10, 0 } },
		       REQUEST_PACKET,
		       count_requests,
		       request_cell,
		       request_key,
		       request_filter,
		       .packet = request_packet,
		       .passes = request_passes },
	[TAB_HTTP_HOSTS] = { "HTTP by host", GROUP_COLUMNS("Host", "Requests"), GROUP_REQUESTS,
			     count_groups, group_cell, group_key, group_filter },
	[TAB_LEASES] = { "DHCP leases",
			 { { "#", 8, 0 },
			   { "Time", 11, 90 },
			   { "Client", 18, 60, true },
			   { "Address", WIDTH_FITS, 0, true },
			   { "Server", WIDTH_FITS, 110, true },
			   { "Steps", WIDTH_FITS, 100, true },
			   { "Outcome", WIDTH_LEFT, 0, true },
			   { "Took", 10, 60 } },
			 LEASE_PACKET,
			 count_leases,
			 lease_cell,
			 lease_key,
			 lease_row_filter,
			 .packet = lease_packet },
	[TAB_ARP] = { "ARP",
		      { { "#", 8, 0 },
			{ "Time", 11, 90 },
			{ "What", 13, 50, true },
			{ "Sender", 16, 0, true },
			{ "Asked for", 16, 0, true },
			{ "Answer", 18, 70, true },
			{ "Note", WIDTH_LEFT, 100, true },
			{ "Took", 9, 90 } },
		      ARP_PACKET,
		      count_arp_exchanges,
		      arp_cell,
		      arp_key,
		      arp_row_filter,
		      .packet = arp_packet },
	[TAB_ARP_ADDRESSES] = { "ARP",
				{ { "Address", 16, 0, true },
				  { "MAC", WIDTH_LEFT, 0, true },
				  { "First", 11, 70 },
				  { "Last", 11, 60 },
				  { "Requests", 9, 90 },
				  { "Replies", 8, 90 },
				  { "Announced", 10, 100 },
				  { "Conflicts", 10, 0 } },
				BINDING_FIRST,
				count_arp_bindings,
				binding_cell,
				binding_key,
				binding_row_filter },
	[TAB_GRAPH] = { .title = "I/O graph" },
};

/* --- sorting --- */

struct sorting {
	const struct statistics_screen *s;
	const struct table *table;
	unsigned column;
	int sign;
};

static int compare(const void *a, const void *b, void *owner)
{
	const struct sorting *by = owner;
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	int order;

	if (by->table->columns[by->column].is_text && !by->table->columns[by->column].is_drawn) {
		char one[TABLE_CELL_ROOM], other[TABLE_CELL_ROOM];
		by->table->cell(by->s, x, by->column, one);
		by->table->cell(by->s, y, by->column, other);
		order = strverscmp(one, other);
	} else {
		double one = by->table->key(by->s, x, by->column);
		double other = by->table->key(by->s, y, by->column);
		order = (one > other) - (one < other);
	}
	if (order)
		return by->sign * order;
	return x < y ? -1 : x > y;
}

/* Protocols stand below what they are in: nodes in the order of the tree. */
static void order_as_tree(struct statistics_screen *s)
{
	uint32_t count = 0, n = 0;

	do {
		const struct hierarchy_node *node = hierarchy_node(s->hierarchy, n);
		uint32_t next = node->first_child;

		while (!next && n) {
			next = hierarchy_node(s->hierarchy, n)->next;
			if (!next)
				n = hierarchy_node(s->hierarchy, n)->parent;
		}
		n = next;
		if (n)
			s->order[count++] = n - 1;
	} while (n);
}

void statistics_sort(struct statistics_screen *s)
{
	const struct table *table = &statistics_tables[s->tab];
	uint32_t was = s->selected < s->rows ? s->order[s->selected] : UINT32_MAX;
	unsigned by = s->sorted_by[s->tab];
	struct sorting sorting = { s, table, by ? by - 1 : table->sorted_by,
				   s->ascending[s->tab] ? 1 : -1 };

	if (!table->count)
		return;
	uint32_t all = table->count(s);
	s->order = must_resize(s->order, all + 1, sizeof *s->order);
	s->rows = 0;
	for (uint32_t i = 0; i < all; i++)
		if (!table->passes || table->passes(s, i))
			s->order[s->rows++] = i;
	s->summary[0] = '\0';
	if (requests_of(s))
		requests_summary(s, s->summary, sizeof s->summary);
	if (table->keeps_order && !by)
		order_as_tree(s);
	else
		qsort_r(s->order, s->rows, sizeof *s->order, compare, &sorting);
	for (uint32_t i = 0; i < s->rows; i++)
		if (s->order[i] == was)
			s->selected = i;
	if (s->selected >= s->rows)
		s->selected = s->rows ? s->rows - 1 : 0;
}
