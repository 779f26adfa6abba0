/* filter_look.c - from what costs nothing to what costs most, and what was found out on the way. */
#include "session/filter_look.h"

#include <stdlib.h>

#include "base/arena.h"
#include "dissect/expert.h"

enum { KNOWN = 1 << 17 }; /* conversations, either way, that are remembered: 1 MiB */

/* What is known of a stack of protocols. */
struct known_path {
	const struct glance_plan *plan; /* NULL: a glance at such a packet tells nothing */
	uint64_t layers;		/* once the verdict is to look */
	uint16_t ends_class;
	uint8_t verdict; /* enum filter_verdict + 1; 0: not asked yet */
};

/* What a filter on the ends said of a packet of this conversation. */
struct known_ends {
	uint32_t conversation; /* 0: nothing */
	uint16_t class;	       /* of its stack */
	bool from_opener, passes;
};

struct filter_look {
	struct session *session;
	const struct filter *filter;
	bool only_dissect, is_damaged;
	uint32_t glances;
	struct view_port port;
	struct arena plans, values;
	struct known_ends *ends; /* KNOWN of them, once it is asked for ends */
	struct known_path *paths;
	uint32_t path_room;
};

struct filter_look *filter_look_new(struct session *session, const struct filter *filter,
				    const struct filter_look_options *options)
{
	struct filter_look *look = must_zeroed(1, sizeof *look);
	const uint8_t *wanted = filter_wanted_fields(filter);

	look->session = session;
	look->filter = filter;
	look->only_dissect = options->only_dissect;
	view_port_init(&look->port, session);
	capture_file_follow(session_file(session), &look->port.window);
	look->port.d.one_pass = options->one_pass;
	look->port.d.wanted_fields = wanted;
	look->port.d.ignores_findings = !expert_is_among(wanted);
	return look;
}

void filter_look_free(struct filter_look *look)
{
	if (!look)
		return;
	view_port_free(&look->port);
	arena_free(&look->plans);
	arena_free(&look->values);
	free(look->ends);
	free(look->paths);
	free(look);
}

bool filter_look_is_damaged(const struct filter_look *look)
{
	return look->is_damaged;
}

uint32_t filter_look_glances(const struct filter_look *look)
{
	return look->glances;
}

static void learn_path(struct filter_look *look, uint16_t path, struct known_path *known)
{
	const struct path_table *paths = session_learned(look->session)->paths;
	enum filter_verdict verdict = filter_verdict_on_path(look->filter, paths, path);

	known->verdict = (uint8_t)(1 + verdict);
	if (verdict != FILTER_LOOK)
		return;
	known->layers = filter_wanted_layers(look->filter, paths, path);
	known->ends_class = filter_ends_class(look->filter, paths, path);
	known->plan = filter_plan_glance(look->filter, paths, path, &look->plans);
}

static bool dissect(struct filter_look *look, uint32_t packet, uint64_t layers)
{
	look->port.d.wanted_layers = layers;
	if (view_port_dissect(&look->port, packet, WANT_FIELDS))
		return filter_matches(look->filter, &look->port.d);
	look->is_damaged = true;
	return false;
}

static enum filter_verdict glance_at(struct filter_look *look, const struct glance_plan *plan,
				     uint32_t packet)
{
	struct glance glance = { .learned = session_learned(look->session), .number = packet };

	if (glance_wants_bytes(plan) && !view_port_glance(&look->port, &glance))
		return FILTER_LOOK;
	arena_reset(&look->values);
	return filter_glance(look->filter, plan, &glance, &look->values);
}

static bool look_at(struct filter_look *look, const struct known_path *known, uint32_t packet)
{
	enum filter_verdict verdict = FILTER_LOOK;

	if (known->plan)
		verdict = glance_at(look, known->plan, packet);
	if (verdict == FILTER_LOOK)
		return dissect(look, packet, known->layers);
	look->glances++;
	return verdict == FILTER_YES;
}

/* Looks at the first packet of a conversation only, where the others are like it. */
static bool look_at_ends(struct filter_look *look, const struct known_path *known, uint32_t packet)
{
	const struct index_block *block =
		index_block_of(&session_learned(look->session)->index, packet);
	uint32_t slot = index_slot(packet), conversation = block->conversation[slot];
	bool from_opener = block->flags[slot] & INDEX_FROM_OPENER;

	if (!(block->flags[slot] & INDEX_ENDS))
		return look_at(look, known, packet);
	if (!look->ends)
		look->ends = must_zeroed(KNOWN, sizeof *look->ends);
	struct known_ends *ends = &look->ends[(2 * conversation + from_opener) % KNOWN];
	if (ends->conversation != conversation || ends->class != known->ends_class ||
	    ends->from_opener != from_opener)
		*ends = (struct known_ends){ conversation, known->ends_class, from_opener,
					     look_at(look, known, packet) };
	return ends->passes;
}

static const struct known_path *know_path(struct filter_look *look, uint16_t path)
{
	if (unlikely(path >= look->path_room))
		look->paths = must_reach(look->paths, &look->path_room, path, sizeof *look->paths);
	struct known_path *known = &look->paths[path];
	if (!known->verdict)
		learn_path(look, path, known);
	return known;
}

static bool passes(struct filter_look *look, uint32_t packet, uint16_t path)
{
	const struct known_path *known = know_path(look, path);

	if (known->verdict != 1 + FILTER_LOOK)
		return known->verdict == 1 + FILTER_YES;
	return known->ends_class ? look_at_ends(look, known, packet) : look_at(look, known, packet);
}

/* A table that was cut takes back what it said of packets that are published later; a comment of
 * the user's stands in no path. */
static bool path_tells(const struct filter_look *look, uint32_t packet)
{
	return !look->only_dissect && !path_table_is_cut(session_learned(look->session)->paths) &&
	       !session_has_new_comment(look->session, packet);
}

uint64_t filter_look_at(struct filter_look *look, uint32_t first, unsigned count)
{
	const struct index_block *block =
		index_block_of(&session_learned(look->session)->index, first);
	uint32_t slot = index_slot(first);
	uint64_t bits = 0;

	for (unsigned i = 0; i < count; i++) {
		uint32_t packet = first + i;
		bool does = path_tells(look, packet) ? passes(look, packet, block->path[slot + i])
						     : dissect(look, packet, 0);
		bits |= (uint64_t)does << i;
	}
	return bits;
}

enum filter_verdict filter_look_glance(struct filter_look *look, uint32_t packet)
{
	const struct index_block *block =
		index_block_of(&session_learned(look->session)->index, packet);

	if (!path_tells(look, packet))
		return FILTER_LOOK;
	const struct known_path *known = know_path(look, block->path[index_slot(packet)]);
	if (known->plan)
		return glance_at(look, known->plan, packet);
	return (enum filter_verdict)(known->verdict - 1);
}
