/* packet_filter.c - starts and feeds the threads of a filter; what they found is asked for. */
#include "ui/packet_filter.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"

enum { NEWS_MS = 33 };

bool packet_filter_start(struct packet_filter *pf, struct session *session, const char *text,
			 struct dissection *selected, const struct filter_macros *macros,
			 struct filter_error *error)
{
	struct filter_run_options options = { .interval_ms = NEWS_MS };

	packet_filter_end(pf);
	if (!*text)
		return true;
	*error = (struct filter_error){ 0 };
	pf->filter = filter_compile(text, macros, error);
	if (!pf->filter)
		return false;
	filter_set_reference(pf->filter, selected);
	pf->text = must_copy(text);
	pf->run = filter_run_start(session, pf->filter, &options);
	if (pf->run)
		return true;
	packet_filter_end(pf);
	snprintf(error->message, sizeof error->message, "no thread can be started to run it");
	return false;
}

void packet_filter_end(struct packet_filter *pf)
{
	filter_run_free(pf->run);
	filter_free(pf->filter);
	free(pf->text);
	*pf = (struct packet_filter){ 0 };
}

void packet_filter_stop(struct packet_filter *pf)
{
	if (!pf->run)
		return;
	filter_run_stop(pf->run);
	pf->progress = filter_run_poll(pf->run);
	pf->stopped = true;
}

void packet_filter_go_on(struct packet_filter *pf)
{
	if (pf->stopped && filter_run_go_on(pf->run))
		pf->stopped = false;
}

void packet_filter_feed(struct packet_filter *pf, const struct filter_food *food)
{
	if (!pf->run || pf->stopped)
		return;
	if (filter_needs_later(pf->filter) && !food->complete) {
		if (!food->waits)
			return;
		pf->early = true;
	}
	filter_run_feed(pf->run, food->packets, false);
}

int packet_filter_news(const struct packet_filter *pf)
{
	return pf->run ? filter_run_news(pf->run) : -1;
}

void packet_filter_poll(struct packet_filter *pf)
{
	if (pf->run && !pf->stopped)
		pf->progress = filter_run_poll(pf->run);
}

bool packet_filter_is_done(const struct packet_filter *pf, const struct filter_food *food)
{
	return !pf->run || pf->stopped || (food->complete && pf->progress.tested >= food->packets);
}
