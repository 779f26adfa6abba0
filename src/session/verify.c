/* verify.c - what all kinds of verification share: the capture's bounds, counting, telling. */
#include "session/verify.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/bitmap.h"
#include "base/time.h"
#include "session/filter_run.h"

extern const struct verify_kind verify_tcp_kind, verify_dns_kind;

const struct verify_kind *const verify_kinds[] = {
	&verify_tcp_kind,
	&verify_dns_kind,
	NULL,
};

const struct verify_kind *verify_kind_named(const char *name)
{
	for (unsigned i = 0; verify_kinds[i]; i++)
		if (!strcmp(verify_kinds[i]->name, name))
			return verify_kinds[i];
	return NULL;
}

uint64_t verify_lost_by_file(const struct capture_file *file)
{
	uint64_t lost = 0;

	for (unsigned i = 0; i < capture_file_interface_count(file); i++) {
		uint64_t dropped = capture_file_interface(file, (uint16_t)i)->dropped;
		if (dropped != UINT64_MAX)
			lost += dropped;
	}
	return lost;
}

void verify_init(struct verify_run *run, struct session *session, const struct verify_kind *kind)
{
	*run = (struct verify_run){ .session = session, .kind = kind };
	verdict_init(&run->verdict);
	if (kind->watch)
		run->watched = kind->watch(session);
}

void verify_free(struct verify_run *run)
{
	if (run->watched)
		run->kind->forget(run->watched);
	verdict_free(&run->verdict);
	free(run->chosen);
}

void verify_choose(struct verify_run *run, const struct filter *filter)
{
	const struct filter_run_options options = { 0 };
	uint32_t count = session_packet_count(run->session);
	struct filter_run *passing = filter_run_start(run->session, filter, &options);
	struct pollfd news = { .fd = filter_run_news(passing), .events = POLLIN };

	filter_run_feed(passing, count, true);
	while (!filter_run_poll(passing).done)
		poll(&news, 1, -1);
	free(run->chosen);
	run->chosen = must_zeroed(count / 8 + 1, 1);
	for (uint32_t n = filter_run_next(passing, 0); n; n = filter_run_next(passing, n))
		bitmap_add(run->chosen, n);
	filter_run_free(passing);
	run->verdict.chosen = run->chosen;
}

void verify_find_bounds(struct verify_run *run)
{
	const struct packet_index *index = &session_learned(run->session)->index;
	uint32_t count = session_packet_count(run->session);
	bool any = false;

	for (uint32_t n = 1; n <= count; n++) {
		const struct index_block *block = index_block_of(index, n);
		uint32_t slot = index_slot(n);
		if (!(block->flags[slot] & INDEX_HAS_TIME))
			continue;
		int64_t ns = block->time_ns[slot];
		if (!any || ns < run->first_ns)
			run->first_ns = ns;
		if (!any || ns > run->last_ns)
			run->last_ns = ns;
		any = true;
	}
}

void verify_run(struct verify_run *run)
{
	uint64_t lost = verify_lost_by_file(session_file(run->session));

	if (lost > run->lost)
		run->lost = lost;
	verify_find_bounds(run);
	run->kind->run(run);
}

bool verify_tell(struct verify_run *run)
{
	if (!run->verdict.has_chosen)
		return !run->stopped;
	run->counts.subjects++;
	run->counts.of[run->verdict.outcome]++;
	if (run->tell && !run->tell(run->owner, &run->verdict))
		run->stopped = true;
	return !run->stopped;
}

bool verify_ends_soon_after(const struct verify_run *run, int64_t ns)
{
	return time_between(ns, run->last_ns) < VERIFY_PATIENCE_NS;
}

enum outcome verify_outcome(const struct verify_counts *counts)
{
	if (counts->of[OUTCOME_VIOLATION])
		return OUTCOME_VIOLATION;
	if (counts->of[OUTCOME_UNDECIDABLE] || !counts->subjects)
		return OUTCOME_UNDECIDABLE;
	return OUTCOME_CLEAN;
}
