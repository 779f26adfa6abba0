/* exchange_groups.c - requests with the same server, name or host, counted together. */
#include "session/exchange_groups.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"

enum { HTTP_FAILED_FROM = 400 };

bool exchange_failed(const struct exchanges *exchanges, const struct exchange *e)
{
	if (!e->reply)
		return false;
	return exchanges_protocol(exchanges) == EXCHANGE_DNS ? e->status != 0
							     : e->status >= HTTP_FAILED_FROM;
}

static int compare_spans(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static unsigned span_number(int64_t ns)
{
	static const int64_t ends[EXCHANGE_SPANS - 1] = { 1000000,   3000000,	10000000,  30000000,
							  100000000, 300000000, 1000000000 };
	unsigned n = 0;

	while (n < EXCHANGE_SPANS - 1 && ns >= ends[n])
		n++;
	return n;
}

static void add(struct exchange_sums *sums, const struct exchanges *exchanges,
		const struct exchange *e)
{
	sums->count++;
	sums->retried += e->again != 0;
	sums->answered += e->reply != 0;
	sums->failed += exchange_failed(exchanges, e);
	if (!e->reply || e->took_ns < 0)
		return;
	sums->spans[span_number(e->took_ns)]++;
	if (!sums->slowest || e->took_ns > sums->slowest_ns) {
		sums->slowest_ns = e->took_ns;
		sums->slowest = e->request;
	}
}

struct exchange_sums exchanges_sum(const struct exchanges *exchanges, const uint32_t *rows,
				   uint32_t count)
{
	struct exchange_sums sums = { 0 };
	int64_t *took = must_alloc((count + 1) * sizeof *took);
	uint32_t timed = 0;

	for (uint32_t i = 0; i < count; i++) {
		const struct exchange *e = exchanges_row(exchanges, rows ? rows[i] : i);

		add(&sums, exchanges, e);
		if (e->reply && e->took_ns >= 0)
			took[timed++] = e->took_ns;
	}
	qsort(took, timed, sizeof *took, compare_spans);
	if (timed) {
		sums.median_ns = took[(timed - 1) / 2];
		sums.late_ns = took[(timed - 1) * UINT64_C(95) / 100];
	}
	free(took);
	return sums;
}

/* Names of DNS and of hosts are the same in large and small letters (RFC 4343, RFC 9110). */
void exchange_key_text(const struct exchange *e, enum exchange_key key,
		       char text[EXCHANGE_NAME_ROOM])
{
	if (key == EXCHANGE_SERVER) {
		char address[ADDRESS_TEXT_ROOM];

		address_text(&e->server, address);
		snprintf(text, EXCHANGE_NAME_ROOM, "%s", address);
		return;
	}
	snprintf(text, EXCHANGE_NAME_ROOM, "%s", key == EXCHANGE_NAME ? e->name : e->host);
	for (char *p = text; *p; p++)
		*p = (char)tolower((unsigned char)*p);
}

/* Which group each row is in, by the first row with its key. */
struct grouping {
	const struct exchanges *exchanges;
	enum exchange_key key;
	uint32_t *slots; /* group + 1 */
	uint32_t mask;
	struct exchange_group *groups;
	uint32_t count;
};

static uint32_t group_of(struct grouping *g, uint32_t row)
{
	char text[EXCHANGE_NAME_ROOM], other[EXCHANGE_NAME_ROOM];

	exchange_key_text(exchanges_row(g->exchanges, row), g->key, text);
	uint32_t at = (uint32_t)hash_bytes(text, strlen(text)) & g->mask;

	for (; g->slots[at]; at = (at + 1) & g->mask) {
		uint32_t group = g->slots[at] - 1;

		exchange_key_text(exchanges_row(g->exchanges, g->groups[group].first), g->key,
				  other);
		if (!strcmp(text, other))
			return group;
	}
	g->groups[g->count] = (struct exchange_group){ .first = row };
	g->slots[at] = ++g->count;
	return g->count - 1;
}

/* The rows group by group, each group's in their order; ends[n]: where group n's end. */
static uint32_t *rows_by_group(struct grouping *g, uint32_t rows, uint32_t *ends)
{
	uint32_t *group = must_alloc((rows + 1) * sizeof *group);
	uint32_t *sorted = must_alloc((rows + 1) * sizeof *sorted);

	for (uint32_t row = 0; row < rows; row++)
		ends[1 + (group[row] = group_of(g, row))]++;
	for (uint32_t n = 0; n < g->count; n++)
		ends[n + 1] += ends[n];
	for (uint32_t row = 0; row < rows; row++)
		sorted[ends[group[row]]++] = row;
	free(group);
	return sorted;
}

struct exchange_group *exchanges_group(const struct exchanges *exchanges, enum exchange_key key,
				       uint32_t *count)
{
	uint32_t rows = exchanges_count(exchanges), room = 64;

	while (room < 2 * rows)
		room *= 2;
	struct grouping g = { exchanges,
			      key,
			      must_zeroed(room, sizeof *g.slots),
			      room - 1,
			      must_alloc((rows + 1) * sizeof *g.groups),
			      0 };
	uint32_t *ends = must_zeroed(rows + 2, sizeof *ends);
	uint32_t *sorted = rows_by_group(&g, rows, ends);

	for (uint32_t n = 0; n < g.count; n++) {
		uint32_t from = n ? ends[n - 1] : 0;

		g.groups[n].sums = exchanges_sum(exchanges, sorted + from, ends[n] - from);
	}
	free(sorted);
	free(ends);
	free(g.slots);
	*count = g.count;
	return g.groups;
}
