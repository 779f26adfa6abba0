/* lookup_pane.c - the lookup that the selected row began; messages are put together while one
 * looks at the table. */
#include "ui/lookup_pane.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "print/lookup_card.h"
#include "statistics_requests.h"
#include "ui/app.h"

enum { PACKETS_AT_ONCE = 1024, LINE_SHOWN = 700 };

void lookup_pane_end(struct lookup_pane *pane)
{
	bool full = pane->full, of_query = pane->of_query;

	if (pane->lookups) {
		dns_lookups_free(pane->lookups);
		verdict_free(&pane->run.verdict);
		view_port_free(&pane->port);
	}
	free(pane->text);
	*pane = (struct lookup_pane){ .full = full, .of_query = of_query };
}

bool lookup_pane_waits(const struct app *app)
{
	const struct statistics_screen *s = &app->statistics;

	return s->tab == TAB_DNS && s->lookup.taken_in != app->packet_count;
}

void lookup_pane_more(struct app *app)
{
	struct lookup_pane *pane = &app->statistics.lookup;
	uint32_t left = app->packet_count - pane->taken_in;

	if (!pane->lookups) {
		pane->lookups = dns_lookups_new(app->session);
		pane->run = (struct verify_run){ .session = app->session,
						 .kind = verify_kind_named("dns"),
						 .lost = app->lost };
		verdict_init(&pane->run.verdict);
		view_port_init(&pane->port, app->session);
	}
	left = left < PACKETS_AT_ONCE ? left : PACKETS_AT_ONCE;
	dns_lookups_extend(pane->lookups, left);
	pane->taken_in += left;
	if (pane->taken_in == app->packet_count)
		verify_find_bounds(&pane->run);
	/* What comes later may change what is said of it. */
	pane->shown = 0;
}

/* --- the lookup that a row began --- */

static uint32_t first_packet(const struct lookup_pane *pane, uint32_t n)
{
	return dns_part_numbered(pane->lookups, dns_lookup_numbered(pane->lookups, n)->first)
		->packet;
}

static bool has_packet(const struct lookup_pane *pane, uint32_t n, uint32_t packet)
{
	const struct dns_lookup *lookup = dns_lookup_numbered(pane->lookups, n);
	const struct dns_part *part = dns_part_numbered(pane->lookups, lookup->first);

	for (; part; part = part->next ? dns_part_numbered(pane->lookups, part->next) : NULL)
		if (part->packet == packet && part->role == DNS_ROLE_QUERY)
			return true;
	return false;
}

/* Several messages of a TCP packet differ by their ID. */
static bool is_it(struct lookup_pane *pane, uint32_t n, const struct exchange *e)
{
	char id[16];

	if (!has_packet(pane, n, e->request))
		return false;
	dns_lookups_judge(pane->lookups, &pane->run, n);
	snprintf(id, sizeof id, " 0x%04x", e->id);
	return strstr(pane->run.verdict.name, id) != NULL;
}

/* UINT32_MAX: not yet, or not at all.  Judged, if it is found. */
static uint32_t lookup_of(struct lookup_pane *pane, const struct exchange *e)
{
	uint32_t low = 0, high = dns_lookups_count(pane->lookups);

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (first_packet(pane, middle) < e->request)
			low = middle + 1;
		else
			high = middle;
	}
	for (uint32_t n = low; n < dns_lookups_count(pane->lookups); n++) {
		if (first_packet(pane, n) != e->request)
			break;
		if (is_it(pane, n, e))
			return n;
	}
	/* It began with another packet: a stray reply, say. */
	for (uint32_t n = low; n-- > 0;)
		if (is_it(pane, n, e))
			return n;
	return UINT32_MAX;
}

/* --- its text --- */

static void make_text(struct app *app, const struct exchange *e, int columns)
{
	struct lookup_pane *pane = &app->statistics.lookup;
	uint32_t n;

	free(pane->text);
	pane->text = NULL;
	pane->lines = pane->top = pane->message = 0;
	pane->shown = e->request;
	pane->columns = columns;
	n = lookup_of(pane, e);
	if (n == UINT32_MAX)
		return;
	struct lookup_card card = { .port = &pane->port,
				    .lookups = pane->lookups,
				    .lookup = dns_lookup_numbered(pane->lookups, n),
				    .verdict = &pane->run.verdict,
				    .of_query = pane->of_query,
				    .columns = (unsigned)columns };
	FILE *out = open_memstream(&pane->text, &pane->size);

	if (!out)
		return;
	lookup_card_print(out, &card);
	fclose(out);
	pane->message = lookup_packet(&card, pane->of_query);
	if (!pane->message)
		pane->message = lookup_packet(&card, !pane->of_query);
	for (const char *at = pane->text; at && (at = strchr(at, '\n')); at++)
		pane->lines++;
}

void lookup_pane_settle(struct app *app, int columns)
{
	struct statistics_screen *s = &app->statistics;
	struct lookup_pane *pane = &s->lookup;

	if (!pane->lookups || s->selected >= s->rows)
		return;
	const struct exchange *e = request_in_row(s, s->selected);

	/* It is judged once all of it is there; while more comes, not for every batch. */
	if (pane->taken_in < app->packet_count && pane->taken_in < e->reply)
		return;
	if (pane->shown != e->request || pane->columns != columns)
		make_text(app, e, columns);
}

void lookup_pane_scroll(struct lookup_pane *pane, int64_t lines, uint32_t shown)
{
	int64_t top = (int64_t)pane->top + lines;
	int64_t last = pane->lines > shown ? pane->lines - shown : 0;

	pane->top = (uint32_t)(top < 0 ? 0 : top > last ? last : top);
}

static enum style style_of(const char *text)
{
	if (strncmp(text, " ✗", strlen(" ✗")) == 0)
		return STYLE_FIELD_BAD;
	if (strncmp(text, " !", 2) == 0)
		return STYLE_WARNING;
	return text[0] && text[0] != ' ' ? STYLE_PROTOCOL : STYLE_NORMAL;
}

void lookup_pane_draw(const struct view *view, const struct app *app, struct canvas *canvas,
		      int line)
{
	const struct lookup_pane *pane = &app->statistics.lookup;
	struct canvas lower = canvas_part(
		canvas, (struct rect){ line, 0, canvas->area.rows - line, canvas->area.columns });
	char right[60] = "", text[LINE_SHOWN];
	const char *at = pane->text;

	if (pane->taken_in < app->packet_count)
		snprintf(right, sizeof right, "so far: %u %%",
			 (unsigned)((uint64_t)pane->taken_in * 100 / app->packet_count));
	else if (pane->lines > (uint32_t)lower.area.rows - 1)
		snprintf(right, sizeof right, "lines %u–%u of %u", pane->top + 1,
			 pane->top + (uint32_t)lower.area.rows - 1, pane->lines);
	draw_pane_title(view, &lower, "Lookup", right);
	if (!at && app->statistics.rows && pane->taken_in == app->packet_count)
		canvas_text(&lower, 1, 2, -1, STYLE_DIM, "Its messages cannot be read.");
	for (uint32_t i = 0; at && i < pane->lines; i++, at = strchr(at, '\n') + 1) {
		int row = 1 + (int)i - (int)pane->top;

		if (row < 1 || row >= lower.area.rows)
			continue;
		snprintf(text, sizeof text, "%.*s", (int)strcspn(at, "\n"), at);
		canvas_text(&lower, row, 1, -1, style_of(text), text);
	}
}
