/* glance.c - reads fields where they stand in plain headers, or in the packet index.
 *
 * The stack of protocols says which headers to look at.  Whatever it does not settle, and
 * whatever is odd about a header, is left to a dissection, so the answer is always the same. */
#include <string.h>

#include "base/bytes.h"
#include "base/time.h"
#include "dissect/registry.h"
#include "dissect/value_text.h"
#include "filter/field_glance.h"
#include "program.h"
#include "state/conversation.h"

/* --- plans --- */

/* The stack's layers from the outermost on, as far as all of them may be walked through. */
struct walk {
	const struct dissector *layers[GLANCE_LAYERS];
	unsigned count;
};

/* Cut to what fits: those further in are not reached. */
static unsigned layers_of_path(const struct path_table *paths, uint16_t path,
			       const struct dissector **layers, unsigned room)
{
	unsigned count = 0;

	for (uint16_t at = path; at != PATH_NONE; at = path_parent(paths, at))
		count += !path_is_mention(paths, at);
	unsigned n = count;
	for (uint16_t at = path; at != PATH_NONE; at = path_parent(paths, at))
		if (!path_is_mention(paths, at) && --n < room)
			layers[n] = registry_dissector_named(path_name(paths, at));
	return count < room ? count : room;
}

static struct walk walk_through(const struct path_table *paths, uint16_t path)
{
	struct walk walk;
	unsigned n = 0, count = layers_of_path(paths, path, walk.layers, GLANCE_LAYERS);

	while (n < count && walk.layers[n] && walk.layers[n]->plain)
		if (!walk.layers[n++]->plain->carries)
			break;
	walk.count = n;
	return walk;
}

/* How many layers of the stack show its fields? */
static unsigned count_shown(const struct path_table *paths, uint16_t path,
			    const struct dissector *owner)
{
	unsigned count = 0;

	for (; path != PATH_NONE; path = path_parent(paths, path)) {
		if (path_is_mention(paths, path))
			continue;
		const struct dissector *layer = registry_dissector_named(path_name(paths, path));
		count += layer && (layer == owner || layer->fields_of == owner);
	}
	return count;
}

static bool fits(const struct field *field, const struct plain_header *plain)
{
	unsigned last = field->place > field->other_place ? field->place : field->other_place;

	return field->place > PLACE_LAST_OFFSET ||
	       last - 1 + field_placed_width(field) <= plain->bytes;
}

static struct glance_read plan_place(const struct field *field, const struct dissector *owner,
				     const struct walk *walk)
{
	for (unsigned n = 0; n < walk->count; n++) {
		const struct dissector *layer = walk->layers[n];
		if ((layer == owner || layer->fields_of == owner) && fits(field, layer->plain))
			return (struct glance_read){ GLANCE_PLACE, (uint8_t)n };
	}
	return (struct glance_read){ GLANCE_CANNOT, 0 };
}

static struct glance_read plan_read(const struct read *read, bool is_test,
				    const struct path_table *paths, uint16_t path,
				    const struct walk *walk)
{
	const struct field *field = registry_field(read->field);
	const struct dissector *owner = registry_field_owner(read->field);
	unsigned answer = answer_on_path(read, is_test, paths, path);

	if (answer == MAY_BE_FALSE)
		return (struct glance_read){ GLANCE_ABSENT, 0 };
	if (answer == MAY_BE_TRUE)
		return (struct glance_read){ GLANCE_PRESENT, 0 };
	if (!field->place || read->is_raw || read->layers || count_shown(paths, path, owner) != 1)
		return (struct glance_read){ GLANCE_CANNOT, 0 };
	if (field->place >= PLACE_STREAM)
		return (struct glance_read){ GLANCE_INDEX, 0 };
	return plan_place(field, owner, walk);
}

/* The headers that these reads look at. */
static void plan_layers(struct glance_plan *plan, uint32_t count, const struct walk *walk)
{
	for (uint32_t i = 0; i < count; i++)
		if (plan->reads[i].way == GLANCE_PLACE && plan->reads[i].layer >= plan->layer_count)
			plan->layer_count = (uint8_t)(plan->reads[i].layer + 1);
	for (unsigned n = 0; n < plan->layer_count; n++)
		plan->layers[n] = walk->layers[n]->plain;
}

static struct glance_plan *empty_plan(struct arena *arena, uint32_t count)
{
	return arena_zeroed(arena, sizeof(struct glance_plan) + count * sizeof(struct glance_read));
}

const struct glance_plan *filter_plan_glance(const struct filter *filter,
					     const struct path_table *paths, uint16_t path,
					     struct arena *arena)
{
	uint32_t count = filter->program.read_count;
	struct walk walk = walk_through(paths, path);
	bool helps = false;

	if (path_table_is_cut(paths))
		return NULL;
	struct glance_plan *plan = empty_plan(arena, count);
	for (uint32_t i = 0; i < count; i++) {
		plan->reads[i] = plan_read(&filter->program.reads[i],
					   is_never_read(&filter->program, i), paths, path, &walk);
		helps = helps || plan->reads[i].way >= GLANCE_INDEX;
	}
	plan_layers(plan, count, &walk);
	if (!helps)
		return NULL;
	plan_tests(&filter->program, plan, arena);
	return plan;
}

static bool is_scalar(enum field_type type)
{
	return type != FIELD_GUID && type != FIELD_DOUBLE && !value_is_long(type);
}

const struct glance_plan *plan_field_glance(const struct chosen_fields *chosen,
					    const struct path_table *paths, uint16_t path,
					    struct arena *arena)
{
	struct walk walk = walk_through(paths, path);

	if (path_table_is_cut(paths))
		return NULL;
	struct glance_plan *plan = empty_plan(arena, chosen->count);
	for (uint32_t i = 0; i < chosen->count; i++) {
		const struct read read = { .field = chosen->fields[i] };
		plan->reads[i] = plan_read(&read, false, paths, path, &walk);
		if (plan->reads[i].way == GLANCE_CANNOT ||
		    (plan->reads[i].way != GLANCE_ABSENT &&
		     !is_scalar(registry_field(read.field)->type)))
			return NULL;
	}
	plan_layers(plan, chosen->count, &walk);
	return plan;
}

bool glance_wants_bytes(const struct glance_plan *plan)
{
	return plan->layer_count > 0;
}

/* --- packets --- */

bool find_headers(struct sight *sight)
{
	const struct glance_plan *plan = sight->plan;
	struct outline o = {
		.bytes = sight->glance->bytes,
		.captured = sight->glance->captured,
		.reported = sight->glance->reported,
		.link_type = sight->glance->link_type,
	};

	for (unsigned n = 0; n < plan->layer_count; n++) {
		const struct plain_header *plain = plan->layers[n];
		if (!plain->read)
			continue;
		if (o.at > o.captured || o.captured - o.at < plain->bytes || !plain->read(&o))
			return false;
		sight->headers[n] = (struct glanced_header){ o.bytes + o.at, o.header,
							     o.reported - o.at - o.header };
		o.at += o.header;
	}
	return true;
}

static struct value value_at(const struct field *field, const uint8_t *p)
{
	struct value value = { .type = (uint8_t)field->type };
	unsigned width = field_placed_width(field);

	switch (field->type) {
	case FIELD_IPV4:
		value.prefix = 32;
		value.number = load_be32(p);
		break;
	case FIELD_IPV6:
		value.prefix = 128;
		value.length = 16;
		value.bytes = p;
		break;
	case FIELD_ETHER:
		value.length = 6;
		value.bytes = p;
		break;
	default:
		value.number = field_bits(field, load_be(p, width), width);
		break;
	}
	return value;
}

static bool see_place(struct sight *sight, const struct field *field, unsigned layer,
		      struct value *values, uint32_t *count)
{
	if (!sight->is_walked && !find_headers(sight))
		return false;
	sight->is_walked = true;
	const struct glanced_header *header = &sight->headers[layer];
	*count = 1;
	if (field->place <= PLACE_LAST_OFFSET) {
		values[0] = value_at(field, header->bytes + field->place - 1);
		if (field->other_place)
			values[(*count)++] =
				value_at(field, header->bytes + field->other_place - 1);
		return true;
	}
	values[0] = (struct value){ .type = (uint8_t)field->type };
	values[0].number = field->place == PLACE_HEADER_LENGTH ? header->header : header->payload;
	return true;
}

static bool see_stream(const struct glance *glance, const struct field *field, uint64_t *number)
{
	const struct index_block *block = index_block_of(&glance->learned->index, glance->number);
	const struct conversation *talk = conversation_of_index(glance->learned, glance->number);

	if (!talk || block->flags[index_slot(glance->number)] & INDEX_OUTER ||
	    talk->protocol != field->other_place)
		return false;
	*number = talk->stream;
	return true;
}

static uint64_t since(const struct glance *glance, uint32_t packet)
{
	const struct packet_index *x = &glance->learned->index;

	return (uint64_t)time_between(index_time(x, packet), index_time(x, glance->number));
}

bool see_index(const struct glance *glance, const struct field *field, struct value *value,
	       uint32_t *count)
{
	const struct index_block *block = index_block_of(&glance->learned->index, glance->number);
	uint32_t slot = index_slot(glance->number), before = glance->number - 1;
	bool is_time = field->place >= PLACE_PACKET_TIME;

	*value = (struct value){ .type = (uint8_t)field->type };
	*count = !is_time || block->flags[slot] & INDEX_HAS_TIME;
	switch ((enum placing)field->place) {
	case PLACE_STREAM:
		return see_stream(glance, field, &value->number);
	case PLACE_PACKET_NUMBER:
		value->number = glance->number;
		return true;
	case PLACE_PACKET_LENGTH:
		value->number = block->reported[slot];
		return true;
	case PLACE_PACKET_TIME:
		value->number = (uint64_t)block->time_ns[slot];
		return true;
	case PLACE_PACKET_TIME_DELTA:
		value->number = since(glance, before ? before : glance->number);
		return true;
	case PLACE_PACKET_TIME_RELATIVE:
		value->number = since(glance, 1);
		return true;
	default:
		return false;
	}
}

bool see_values(struct sight *sight, uint32_t read, uint16_t number,
		struct value values[SEEN_VALUES], uint32_t *count)
{
	const struct glance_read *how = &sight->plan->reads[read];

	*count = 0;
	switch ((enum glance_way)how->way) {
	case GLANCE_CANNOT:
		return false;
	case GLANCE_ABSENT:
		return true;
	case GLANCE_PRESENT:
		*count = 1;
		return true;
	case GLANCE_INDEX:
		return see_index(sight->glance, registry_field(number), values, count);
	case GLANCE_PLACE:
		return see_place(sight, registry_field(number), how->layer, values, count);
	}
	return false;
}

enum filter_verdict filter_glance(const struct filter *filter, const struct glance_plan *plan,
				  const struct glance *glance, struct arena *arena)
{
	struct sight sight;

	sight.glance = glance;
	sight.plan = plan;
	sight.is_walked = false;
	if (plan->tests)
		return run_tests(&sight);
	return run_on_sight(&filter->program, &sight, arena);
}

static struct node node_of(uint16_t field, const struct value *value)
{
	struct node node = { .field = field, .value_length = value->length };

	if (value->length)
		node.value.bytes = value->bytes;
	else
		node.value.number = value->number;
	return node;
}

bool glance_at_fields(const struct chosen_fields *chosen, const struct glance_plan *plan,
		      const struct glance *glance, struct node *nodes, uint8_t *counts)
{
	_Static_assert((int)GLANCED_VALUES == (int)SEEN_VALUES, "all that are seen are given");
	struct value values[SEEN_VALUES];
	struct sight sight;
	uint32_t count;

	sight.glance = glance;
	sight.plan = plan;
	sight.is_walked = false;
	for (uint32_t i = 0; i < chosen->count; i++) {
		if (!see_values(&sight, i, chosen->fields[i], values, &count))
			return false;
		counts[i] = (uint8_t)count;
		for (uint32_t n = 0; n < count; n++)
			nodes[i * GLANCED_VALUES + n] = node_of(chosen->fields[i], &values[n]);
	}
	return true;
}
