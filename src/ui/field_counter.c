/* field_counter.c - takes packets apart with all their fields, some at a time. */
#include "ui/field_counter.h"

#include <stdlib.h>

#include "base/arena.h"
#include "dissect/registry.h"

enum { STEP_PACKETS = 200 };

static void begin(struct field_counter *counter, struct session *session)
{
	unsigned fields = registry_field_count();

	view_port_init(&counter->port, session);
	counter->packets = must_zeroed(fields, sizeof *counter->packets);
	counter->last_seen = must_zeroed(fields, sizeof *counter->last_seen);
	counter->names = must_alloc(fields * sizeof *counter->names);
	for (unsigned i = 0; i < fields; i++) {
		int first = registry_field_named(registry_field(i)->abbrev);

		counter->names[i] = (uint16_t)(first < 0 ? i : (unsigned)first);
	}
	counter->done = 0;
}

static void count_fields(struct field_counter *counter, uint32_t packet)
{
	const struct dissection *d = &counter->port.d;

	for (node_id i = 0; i < d->node_count; i++) {
		uint16_t field = counter->names[d->nodes[i].field];

		if (counter->last_seen[field] == packet)
			continue;
		counter->last_seen[field] = packet;
		counter->packets[field]++;
	}
}

bool field_counter_is_done(const struct field_counter *counter, uint32_t count)
{
	return counter->packets &&
	       counter->done >= (count < COUNTED_MOST ? count : COUNTED_MOST);
}

bool field_counter_step(struct field_counter *counter, struct session *session, uint32_t count)
{
	if (!counter->packets)
		begin(counter, session);
	for (unsigned i = 0; i < STEP_PACKETS && !field_counter_is_done(counter, count); i++)
		if (view_port_dissect(&counter->port, ++counter->done, WANT_FIELDS))
			count_fields(counter, counter->done);
	return !field_counter_is_done(counter, count);
}

void field_counter_end(struct field_counter *counter)
{
	if (!counter->packets)
		return;
	view_port_free(&counter->port);
	free(counter->packets);
	free(counter->last_seen);
	free(counter->names);
	counter->packets = NULL;
}
