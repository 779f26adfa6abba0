/* statistics_requests.c - lookups of DNS and requests of HTTP as tables. */
#include "statistics_requests.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/span.h"
#include "session/dns_flags.h"
#include "ui/quantity.h"

static void put(char text[TABLE_CELL_ROOM], const char *words)
{
	snprintf(text, TABLE_CELL_ROOM, "%s", words);
}

static void put_number(char text[TABLE_CELL_ROOM], uint64_t n)
{
	char count[QUANTITY_ROOM];

	put(text, count_text(n, count));
}

static void put_address(char text[TABLE_CELL_ROOM], const struct endpoint *end)
{
	char address[ADDRESS_TEXT_ROOM];

	address_text(end, address);
	put(text, address);
}

/* --- one by one --- */

const struct exchanges *requests_of(const struct statistics_screen *s)
{
	return s->dns ? s->dns : s->http;
}

bool is_table_of_requests(enum statistics_tab tab)
{
	return tab == TAB_DNS || tab == TAB_HTTP;
}

const struct exchange *request_in_row(const struct statistics_screen *s, uint32_t row)
{
	return exchanges_row(requests_of(s), s->order[row]);
}

uint32_t count_requests(struct statistics_screen *s)
{
	return exchanges_count(requests_of(s));
}

bool request_passes(const struct statistics_screen *s, uint32_t row)
{
	const struct exchange *e = exchanges_row(requests_of(s), row);

	switch (s->only) {
	case ONLY_UNANSWERED:
		return !e->reply;
	case ONLY_FAILED:
		return exchange_failed(requests_of(s), e);
	default:
		return true;
	}
}

uint32_t request_packet(const struct statistics_screen *s, uint32_t row)
{
	return exchanges_row(requests_of(s), row)->request;
}

/* What has no answer is slower than anything. */
static double took_key(const struct exchange *e)
{
	return e->reply ? (double)e->took_ns : 1e30;
}

double request_key(const struct statistics_screen *s, uint32_t row, unsigned column)
{
	const struct exchange *e = exchanges_row(requests_of(s), row);

	switch (column) {
	case REQUEST_PACKET:
		return e->request;
	case REQUEST_TIME:
		return (double)e->since_ns;
	case REQUEST_SIZE:
		return e->length;
	default:
		return took_key(e);
	}
}

static void put_took(char text[TABLE_CELL_ROOM], const struct exchange *e)
{
	char span[SPAN_ROOM];

	if (e->reply && e->took_ns >= 0)
		put(text, span_short(e->took_ns, span));
}

void request_cell(const struct statistics_screen *s, uint32_t row, unsigned column,
		  char text[TABLE_CELL_ROOM])
{
	const struct exchange *e = exchanges_row(requests_of(s), row);

	text[0] = '\0';
	if (column == REQUEST_PACKET)
		snprintf(text, TABLE_CELL_ROOM, "%u", e->request);
	else if (column == REQUEST_TIME)
		snprintf(text, TABLE_CELL_ROOM, "%.3f", (double)e->since_ns / 1e9);
	else if (column == REQUEST_METHOD || column == REQUEST_HOST || column == REQUEST_PATH)
		put(text, column == REQUEST_METHOD ? e->kind
			  : column == REQUEST_HOST ? e->host
						   : e->name);
	else if (column == REQUEST_STATUS && !e->reply)
		put(text, "✗ no reply");
	else if (column == REQUEST_STATUS)
		snprintf(text, TABLE_CELL_ROOM, "%u %s", e->status, e->result);
	else if (column == REQUEST_SIZE && e->reply)
		put_number(text, e->length);
	else if (column == REQUEST_TOOK)
		put_took(text, e);
}

void request_filter(const struct statistics_screen *s, uint32_t row, char text[TABLE_CELL_ROOM])
{
	const struct exchange *e = exchanges_row(requests_of(s), row);
	const uint32_t packets[] = { e->request, e->again, e->reply };
	int used = snprintf(text, TABLE_CELL_ROOM, "frame.number in {%u", e->request);

	for (unsigned i = 1; i < 3; i++)
		if (packets[i])
			used += snprintf(text + used, TABLE_CELL_ROOM - (size_t)used, ", %u",
					 packets[i]);
	snprintf(text + used, TABLE_CELL_ROOM - (size_t)used, "}");
}

double lookup_key(const struct statistics_screen *s, uint32_t row, unsigned column)
{
	const struct exchange *e = exchanges_row(requests_of(s), row);

	switch (column) {
	case LOOKUP_QUERIES:
		return e->request;
	case LOOKUP_REPLY:
		return e->reply ? e->reply : 1e30;
	case LOOKUP_TIME:
		return (double)e->since_ns;
	default:
		return took_key(e);
	}
}

static void put_result(char text[TABLE_CELL_ROOM], const struct exchange *e)
{
	const char *word = dns_rcode_word(e->status);

	if (!e->reply)
		put(text, "✗ no reply");
	else if (word)
		snprintf(text, TABLE_CELL_ROOM, "%s %u", word, e->records);
	else
		snprintf(text, TABLE_CELL_ROOM, "RCODE %u", e->status);
}

/* A question that was repeated is marked, as its time hides that. */
static void put_lookup_took(char text[TABLE_CELL_ROOM], const struct exchange *e)
{
	char took[TABLE_CELL_ROOM] = "";

	put_took(took, e);
	snprintf(text, TABLE_CELL_ROOM, "%s%.*s", e->again ? "! " : "", TABLE_CELL_ROOM - 4, took);
}

void lookup_cell(const struct statistics_screen *s, uint32_t row, unsigned column,
		 char text[TABLE_CELL_ROOM])
{
	const struct exchange *e = exchanges_row(requests_of(s), row);

	text[0] = '\0';
	if (column == LOOKUP_QUERIES && e->again)
		snprintf(text, TABLE_CELL_ROOM, e->requests > 2 ? "%u…%u" : "%u,%u", e->request,
			 e->again);
	else if (column == LOOKUP_QUERIES)
		snprintf(text, TABLE_CELL_ROOM, "%u", e->request);
	else if (column == LOOKUP_REPLY && e->reply)
		snprintf(text, TABLE_CELL_ROOM, "%u", e->reply);
	else if (column == LOOKUP_TIME)
		snprintf(text, TABLE_CELL_ROOM, "%.3f", (double)e->since_ns / 1e9);
	else if (column == LOOKUP_CLIENT || column == LOOKUP_SERVER)
		put_address(text, column == LOOKUP_CLIENT ? &e->client : &e->server);
	else if (column == LOOKUP_ID)
		snprintf(text, TABLE_CELL_ROOM, "0x%04x", e->id);
	else if (column == LOOKUP_TYPE)
		/* "A (Host Address)": the letters are enough. */
		snprintf(text, TABLE_CELL_ROOM, "%.*s", (int)strcspn(e->kind, " "), e->kind);
	else if (column == LOOKUP_NAME)
		put(text, e->name);
	else if (column == LOOKUP_RESULT)
		put_result(text, e);
	else if (column == LOOKUP_TOOK)
		put_lookup_took(text, e);
}

/* --- in groups --- */

static const struct {
	enum statistics_tab tab, next;
	enum exchange_key key;
} groupings[] = {
	{ TAB_DNS_SERVERS, TAB_DNS_NAMES, EXCHANGE_SERVER },
	{ TAB_DNS_NAMES, TAB_DNS, EXCHANGE_NAME },
	{ TAB_HTTP_HOSTS, TAB_HTTP, EXCHANGE_HOST },
};

enum statistics_tab next_grouping(enum statistics_tab tab)
{
	for (size_t i = 0; i < sizeof groupings / sizeof groupings[0]; i++)
		if (groupings[i].tab == tab)
			return groupings[i].next;
	return tab == TAB_DNS ? TAB_DNS_SERVERS : tab == TAB_HTTP ? TAB_HTTP_HOSTS : tab;
}

static enum exchange_key key_of_groups(const struct statistics_screen *s)
{
	for (size_t i = 0; i < sizeof groupings / sizeof groupings[0]; i++)
		if (groupings[i].tab == s->tab)
			return groupings[i].key;
	return EXCHANGE_SERVER;
}

uint32_t count_groups(struct statistics_screen *s)
{
	uint32_t count;

	free(s->groups);
	s->groups = exchanges_group(requests_of(s), key_of_groups(s), &count);
	return count;
}

static uint32_t unanswered(const struct exchange_sums *sums)
{
	return sums->count - sums->answered;
}

static double failed_share(const struct exchange_sums *sums)
{
	return 100.0 * (unanswered(sums) + sums->failed) / sums->count;
}

double group_key(const struct statistics_screen *s, uint32_t row, unsigned column)
{
	const struct exchange_sums *sums = &s->groups[row].sums;

	switch (column) {
	case GROUP_REQUESTS:
		return sums->count;
	case GROUP_UNANSWERED:
		return unanswered(sums);
	case GROUP_FAILED:
		return sums->failed;
	case GROUP_FAILED_SHARE:
		return failed_share(sums);
	case GROUP_RETRIED:
		return sums->retried;
	case GROUP_MEDIAN:
		return (double)sums->median_ns;
	default:
		return (double)sums->late_ns;
	}
}

/* A bar for each span of time, below 1 ms at the left, from 1 s at the right. */
static void put_spread(char text[TABLE_CELL_ROOM], const struct exchange_sums *sums)
{
	static const char *const bars[] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
	uint32_t most = 1;

	for (unsigned i = 0; i < EXCHANGE_SPANS; i++)
		most = sums->spans[i] > most ? sums->spans[i] : most;
	for (unsigned i = 0; i < EXCHANGE_SPANS; i++)
		strcat(text, sums->spans[i] ? bars[(uint64_t)sums->spans[i] * 7 / most] : "·");
}

void group_cell(const struct statistics_screen *s, uint32_t row, unsigned column,
		char text[TABLE_CELL_ROOM])
{
	const struct exchange_sums *sums = &s->groups[row].sums;
	char words[EXCHANGE_NAME_ROOM], span[SPAN_ROOM];

	text[0] = '\0';
	if (column == GROUP_OF) {
		exchange_key_text(exchanges_row(requests_of(s), s->groups[row].first),
				  key_of_groups(s), words);
		put(text, words);
	} else if (column == GROUP_FAILED_SHARE) {
		snprintf(text, TABLE_CELL_ROOM, "%.1f %%", failed_share(sums));
	} else if (column == GROUP_SPREAD) {
		put_spread(text, sums);
	} else if (column != GROUP_MEDIAN && column != GROUP_LATE) {
		put_number(text, (uint64_t)group_key(s, row, column));
	} else if (sums->slowest) {
		put(text,
		    span_short(column == GROUP_MEDIAN ? sums->median_ns : sums->late_ns, span));
	}
}

/* As a string of the filter's language. */
static void put_quoted(const char *words, char *text, size_t room)
{
	size_t used = 0;

	text[used++] = '"';
	for (; *words && used + 4 < room; words++) {
		if (*words == '"' || *words == '\\')
			text[used++] = '\\';
		text[used++] = *words;
	}
	text[used++] = '"';
	text[used] = '\0';
}

void group_filter(const struct statistics_screen *s, uint32_t row, char text[TABLE_CELL_ROOM])
{
	const struct exchange *e = exchanges_row(requests_of(s), s->groups[row].first);
	char address[ADDRESS_TEXT_ROOM], words[TABLE_CELL_ROOM - 40];

	if (s->tab == TAB_DNS_SERVERS) {
		address_text(&e->server, address);
		snprintf(text, TABLE_CELL_ROOM, "dns && %s == %s",
			 e->server.type == ADDRESS_IPV6 ? "ipv6.addr" : "ip.addr", address);
		return;
	}
	put_quoted(s->tab == TAB_DNS_NAMES ? e->name : e->host, words, sizeof words);
	snprintf(text, TABLE_CELL_ROOM, "%s == %s",
		 s->tab == TAB_DNS_NAMES ? "dns.qry.name" : "http.host", words);
}

/* --- all of them --- */

void requests_summary(const struct statistics_screen *s, char *text, size_t room)
{
	const struct exchanges *requests = requests_of(s);
	bool dns = exchanges_protocol(requests) == EXCHANGE_DNS;
	struct exchange_sums sums = exchanges_sum(requests, NULL, exchanges_count(requests));
	char a[QUANTITY_ROOM], b[QUANTITY_ROOM], c[QUANTITY_ROOM], d[QUANTITY_ROOM];
	char median[SPAN_ROOM], slowest[SPAN_ROOM], retried[60] = "";
	const char *thing = dns ? "lookup" : "request";

	if (dns)
		snprintf(retried, sizeof retried, ", %s retried", count_text(sums.retried, d));
	int used = snprintf(text, room, "%s %s%s: %s unanswered, %s failed%s",
			    count_text(sums.count, a), thing, sums.count == 1 ? "" : "s",
			    count_text(unanswered(&sums), b), count_text(sums.failed, c), retried);

	if (sums.slowest && used > 0 && (size_t)used < room)
		snprintf(text + used, room - (size_t)used, " · median %s · slowest %s (#%u)",
			 span_short(sums.median_ns, median), span_short(sums.slowest_ns, slowest),
			 sums.slowest);
}
