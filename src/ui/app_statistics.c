/* app_statistics.c - counts for the screen of statistics, in short steps behind the first pass. */
#include "ui/app_statistics.h"

#include <stdlib.h>
#include <string.h>


enum { PACKETS_AT_ONCE = 256 };

static const int64_t STEP = INT64_C(4000000);
static const int64_t TOLD_EVERY = INT64_C(250000000);

void app_statistics_end(struct app *app)
{
	struct statistics_screen *s = &app->statistics;

	tally_free(s->tally);
	s->tally = NULL;
	for (unsigned i = 0; i < TRAFFIC_LAYERS; i++) {
		traffic_free(s->traffic[i]);
		s->traffic[i] = NULL;
	}
	hierarchy_free(s->hierarchy);
	exchanges_free(s->dns);
	exchanges_free(s->http);
	leases_free(s->leases);
	arp_table_free(s->arp);
	io_graph_end(&s->graph);
	lookup_pane_end(&s->lookup);
	filter_free(s->filter);
	free(s->ends);
	free(s->groups);
	free(s->order);
	s->hierarchy = NULL;
	s->dns = s->http = NULL;
	s->leases = NULL;
	s->arp = NULL;
	s->filter = NULL;
	s->ends = NULL;
	s->groups = NULL;
	s->order = NULL;
	s->rows = s->made_at = 0;
	s->times = (struct time_range){ 0 };
	s->stopped = false;
}

/* NULL: the text is no filter here. */
static struct filter *compiled(const struct app *app, const char *text)
{
	struct filter_error error;
	struct filter *filter = filter_compile(text, app->user.macros, &error);

	free(error.text);
	return filter;
}

static void begin_exchanges(struct statistics_screen *s)
{
	if (s->tab == TAB_DNS || s->tab == TAB_DNS_SERVERS || s->tab == TAB_DNS_NAMES)
		s->dns = exchanges_new(EXCHANGE_DNS);
	else if (s->tab == TAB_HTTP || s->tab == TAB_HTTP_HOSTS)
		s->http = exchanges_new(EXCHANGE_HTTP);
	else if (s->tab == TAB_LEASES)
		s->leases = leases_new();
	else
		s->arp = arp_table_new();
	if (s->dns || s->http)
		tally_add(s->tally, &exchanges_counter, s->dns ? s->dns : s->http, s->filter);
	else if (s->leases)
		tally_add(s->tally, &leases_counter, s->leases, s->filter);
	else
		tally_add(s->tally, &arp_table_counter, s->arp, s->filter);
}

void app_begin_counting(struct app *app)
{
	struct statistics_screen *s = &app->statistics;

	app_statistics_end(app);
	s->tally = tally_new(app->session);
	if (s->limited && app->filter_text)
		s->filter = compiled(app, app->filter_text);
	switch (s->tab) {
	case TAB_CONVERSATIONS:
	case TAB_ENDPOINTS:
		for (unsigned i = 0; i < TRAFFIC_LAYERS; i++) {
			s->traffic[i] = traffic_new((enum traffic_layer)i);
			traffic_keep_times(s->traffic[i]);
			tally_add(s->tally, &traffic_counter, s->traffic[i], s->filter);
		}
		break;
	case TAB_HIERARCHY:
		s->hierarchy = hierarchy_new(false);
		tally_add(s->tally, &hierarchy_counter, s->hierarchy, s->filter);
		break;
	case TAB_DNS:
	case TAB_DNS_SERVERS:
	case TAB_DNS_NAMES:
	case TAB_HTTP:
	case TAB_HTTP_HOSTS:
	case TAB_LEASES:
	case TAB_ARP:
	case TAB_ARP_ADDRESSES:
		begin_exchanges(s);
		break;
	case TAB_GRAPH:
		io_graph_begin(app);
		break;
	case STATISTICS_TABS:
		break;
	}
	s->selected = 0;
	statistics_sort(s);
}

void app_show_statistics(struct app *app, enum statistics_tab tab)
{
	struct statistics_screen *s = &app->statistics;
	static const bool rises[STATISTICS_TABS] = {
		[TAB_DNS] = true, [TAB_HTTP] = true,	      [TAB_LEASES] = true,
		[TAB_ARP] = true, [TAB_ARP_ADDRESSES] = true,
	};

	if (!app->packet_count) {
		app_message(app, MESSAGE_NOTE,
			    app->scan_state != SCAN_DONE ? "There are no packets yet."
							 : "There are no packets.");
		return;
	}
	if (!s->sorted_by[tab])
		s->ascending[tab] = rises[tab];
	s->tab = tab;
	s->only = ONLY_ALL;
	s->open = true;
	if (tab == TAB_GRAPH)
		io_graph_open(app);
	if (!s->layer_chosen)
		s->layer = TRAFFIC_IP;
	app_begin_counting(app);
	app->dirty = true;
}

void app_limit_statistics(struct app *app)
{
	struct statistics_screen *s = &app->statistics;

	if (!app->filter_text) {
		app_message(app, MESSAGE_NOTE, "No display filter is set.");
		return;
	}
	s->limited = !s->limited;
	app_begin_counting(app);
	app->dirty = true;
}

int64_t app_statistics_time(const struct app *app)
{
	const struct statistics_screen *s = &app->statistics;

	if (!s->open || !s->tally || s->stopped)
		return INT64_MAX;
	return tally_done(s->tally) < app->packet_count || s->made_at != tally_done(s->tally) ||
			       lookup_pane_waits(app)
		       ? 0
		       : INT64_MAX;
}

/* Nobody wants to see that there is no IPv4. */
static void choose_layer(struct statistics_screen *s)
{
	static const enum traffic_layer layers[] = { TRAFFIC_IP, TRAFFIC_IPV6, TRAFFIC_ETH,
						   TRAFFIC_WLAN };

	if (s->layer_chosen || !s->traffic[s->layer] || traffic_count(s->traffic[s->layer]))
		return;
	for (unsigned i = 0; i < sizeof layers / sizeof layers[0]; i++)
		if (traffic_count(s->traffic[layers[i]])) {
			s->layer = layers[i];
			return;
		}
}

void app_count_more(struct app *app)
{
	struct statistics_screen *s = &app->statistics;
	int64_t end = app_clock() + STEP;

	if (app_statistics_time(app) == INT64_MAX)
		return;
	while (tally_step(s->tally, PACKETS_AT_ONCE, app->packet_count) && app_clock() < end)
		;
	while (lookup_pane_waits(app) && app_clock() < end)
		lookup_pane_more(app);
	if ((tally_done(s->tally) < app->packet_count || lookup_pane_waits(app)) &&
	    app->now - s->told_at < TOLD_EVERY)
		return;
	s->told_at = app->now;
	s->made_at = tally_done(s->tally);
	time_range_extend(&s->times, app->session, s->made_at);
	choose_layer(s);
	statistics_sort(s);
	app->dirty = true;
}
