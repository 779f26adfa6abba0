/* hand_on.c - from layer to layer: depth, field base, fault and path are set and put
 * back here, and nowhere else. */
#include <string.h>

#include "base/bitmap.h"
#include "dissect/path.h"
#include "dissect/registry.h"
#include "faults.h"
#include "node_order.h"
#include "stride.h"

/* Lowest depth that a quoted packet's protocols may stand at. */
enum { DEEPEST_BASE = MAX_DEPTH };

static void swap_nodes(struct node *nodes, uint32_t from, uint32_t to)
{
	for (; from + 1 < to; from++) {
		struct node other = nodes[from];
		nodes[from] = nodes[--to];
		nodes[to] = other;
	}
}

void rotate_nodes(struct node *nodes, uint32_t a, uint32_t b, uint32_t c)
{
	swap_nodes(nodes, a, b);
	swap_nodes(nodes, b, c);
	swap_nodes(nodes, a, c);
}

/* Nodes that a layer added after it had handed on (a trailer) belong before those of the
 * layers below it, so that the array stays in the order of the tree. */
static void settle(struct dissection *d, struct layer *layer)
{
	if (layer->below == NO_NODE || layer->below_end == d->node_count)
		return;
	uint32_t late = d->node_count - layer->below_end;
	rotate_nodes(d->nodes, layer->below, layer->below_end, d->node_count);
	layer->below += late;
	layer->below_end += late;
	d->last = NO_NODE;
}

static void begin_below(struct dissection *d)
{
	if (!d->layer_count)
		return;
	struct layer *above = &d->layers[d->layer_count - 1];
	settle(d, above);
	if (above->below == NO_NODE)
		above->below = d->node_count;
}

static void end_below(struct dissection *d)
{
	if (d->layer_count)
		d->layers[d->layer_count - 1].below_end = d->node_count;
}

/* The protocol's own node, which covers its bytes until end_header() says less. */
static node_id begin_node(struct dissection *d, const struct dissector *dissector, const struct cursor *c)
{
	if (d->node_count >= MAX_NODES)
		return NO_NODE;
	uint16_t number = registry_first_field(dissector);
	if (d->wanted_fields && !bitmap_has(d->wanted_fields, number))
		return NO_NODE;
	if (d->node_count == d->node_room)
		d->nodes = must_grow(d->nodes, &d->node_room, 256, sizeof *d->nodes);
	d->nodes[d->node_count] = (struct node){
		.field = number, .depth = d->base_depth, .span = 1,
		.start = c->pos, .length = c->captured - c->pos, .source = c->source,
		.value_length = c->captured - c->pos, .value.bytes = c->data + c->pos,
	};
	return d->node_count++;
}

/* What is looked at in the layer that begins; false: neither it nor anything below it is. */
static bool choose_wants(struct dissection *d, const struct dissector *dissector)
{
	if (unlikely(d->wanted_dissectors != NULL)) {
		bool shows = bitmap_has(d->wanted_dissectors,
					(unsigned)registry_dissector_id(dissector));
		d->wants = shows ? d->asked : d->asked & ~(unsigned)WANT_FIELDS;
		return true;
	}
	if (likely(!d->wanted_layers) || d->asked & WANT_COLUMNS)
		return true;
	uint64_t rest = d->serial < 64 ? d->wanted_layers >> d->serial : 1;
	d->wants = rest & 1 ? d->asked : d->asked & ~(unsigned)WANT_FIELDS;
	return rest != 0;
}

/* Is it on other ports than its own?  Who has none is always found by the looks. */
static bool is_elsewhere(const struct dissection *d, const struct dissector *who)
{
	for (unsigned i = 0; i < who->claim_count; i++)
		if (who->claims[i].key == d->from.port || who->claims[i].key == d->to.port)
			return false;
	return who->claim_count;
}

/* What the layer put into the array, once it and those below it are done. */
static void end_node(struct dissection *d, struct layer *layer)
{
	settle(d, layer);
	if (layer->dissector == d->detected && is_elsewhere(d, layer->dissector))
		label(d, layer->node, " [detected]");
	if (layer->node != NO_NODE)
		d->nodes[layer->node].span =
			(layer->below != NO_NODE ? layer->below : d->node_count) - layer->node;
}

/* Reports why the layer ended early, in the place that it had. */
static __attribute__((cold)) void end_failed(struct dissection *d, const struct layer *layer,
					     unsigned source)
{
	struct layer failed = *layer;

	report_fault(d, &failed, &d->buffers[source]);
}

static struct layer *begin_layer(struct dissection *d, const struct dissector *dissector, struct cursor *c)
{
	const struct dissector *table = dissector->fields_of ? dissector->fields_of : dissector;
	struct layer *layer = &d->layers[d->layer_count++];

	*layer = (struct layer){
		.dissector = dissector, .node = NO_NODE, .start = c->pos, .below = NO_NODE,
		.first_field = wants_fields(d) ? registry_first_field(table) : 0, .serial = d->serial,
	};
	/* Reports are made in some passes only. */
	if (!dissector->apart && d->serial < UINT16_MAX)
		d->serial++;
	if (d->paths && !dissector->apart)
		d->path = path_extend(d->paths, d->path, dissector->name);
	if (wants_fields(d))
		layer->node = begin_node(d, dissector, c);
	d->fields = table->fields;
	d->depth = (uint8_t)(d->base_depth + 1);
	d->fault = c->fault = &layer->fault;
	return layer;
}

void dissect_layer(struct dissection *d, const struct dissector *dissector, struct cursor c)
{
	bool tree = unlikely(d->asked & WANT_FIELDS);
	const struct field *fields_above = d->fields;
	const uint8_t *fault_above = d->fault;
	uint8_t depth = d->depth;
	unsigned wants = d->wants;

	if (stops_here(d))
		return;
	if (unlikely(registry_is_off(dissector)) && registry_data())
		dissector = registry_data();
	if (unlikely(d->layer_count == MAX_LAYERS)) {
		if (d->severity < EXPERT_WARN)
			d->severity = EXPERT_WARN;
		return;
	}
	if (!dissector->apart && !choose_wants(d, dissector)) {
		d->wants = wants;
		return;
	}
	if (tree)
		begin_below(d);
	struct layer *layer = begin_layer(d, dissector, &c);
	dissector->dissect(d, &c);
	if (tree)
		end_node(d, layer);
	node_id node = layer->node;
	d->layer_count--;
	d->fields = fields_above;
	d->fault = fault_above;
	d->depth = depth;
	d->wants = wants;
	if (tree)
		end_below(d);
	if (unlikely(layer->fault != FAULT_NONE))
		end_failed(d, layer, c.source);
	d->last = node;
	if (tree)
		end_below(d);
}

/* After a fault a layer hands nothing on, and there is no one else to try. */
static bool may_hand_on(const struct dissection *d)
{
	return likely(*d->fault == FAULT_NONE);
}

bool hand_on(struct dissection *d, enum claim_table table, uint32_t key, struct cursor payload)
{
	if (!may_hand_on(d))
		return true;
	const struct dissector *who = who_claims(table, key);
	if (!who)
		return false;
	d->matched_port = key;
	dissect_layer(d, who, payload);
	return true;
}

void dissect_layer_within(struct dissection *d, const struct dissector *dissector, struct cursor c)
{
	uint8_t base = d->base_depth;

	if (!may_hand_on(d) || d->depth >= DEEPEST_BASE)
		return;
	d->base_depth = d->depth;
	/* What is quoted is part of this layer, so it must not count as a layer below it. */
	struct layer *layer = &d->layers[d->layer_count - 1];
	node_id below = layer->below, below_end = layer->below_end;
	layer->below = NO_NODE;
	dissect_layer(d, dissector, c);
	layer->below = below;
	layer->below_end = below_end;
	d->base_depth = base;
}

bool hand_on_within(struct dissection *d, enum claim_table table, uint32_t key, struct cursor payload)
{
	const struct dissector *who = who_claims(table, key);

	if (d->depth >= DEEPEST_BASE)
		return false;
	if (!may_hand_on(d))
		return true;
	if (!who)
		return false;
	d->matched_port = key;
	dissect_layer_within(d, who, payload);
	return true;
}

void hand_on_as_data(struct dissection *d, struct cursor payload)
{
	const struct dissector *data = registry_data();

	if (data && may_hand_on(d))
		dissect_layer(d, data, payload);
}

void use_fields_of(struct dissection *d, const struct dissector *dissector)
{
	struct layer *layer = &d->layers[d->layer_count - 1];
	const struct dissector *own = layer->dissector->fields_of ? layer->dissector->fields_of : layer->dissector;
	const struct dissector *table = dissector ? dissector : own;

	d->fields = table->fields;
	layer->first_field = d->wants & WANT_FIELDS ? registry_first_field(table) : 0;
}

void hand_on_as_data_within(struct dissection *d, struct cursor payload)
{
	const struct dissector *data = registry_data();

	if (data)
		dissect_layer_within(d, data, payload);
}

void path_mention(struct dissection *d, const char *name)
{
	if (d->paths && may_hand_on(d))
		d->path = path_extend_mention(d->paths, d->path, name);
}

void begin_beside(struct dissection *d)
{
	begin_below(d);
	d->depth = d->base_depth;
}

void end_beside(struct dissection *d)
{
	end_below(d);
	d->depth = (uint8_t)(d->base_depth + 1);
}

node_id open_tree_beside(struct dissection *d, const struct cursor *c, unsigned field)
{
	begin_beside(d);
	return open_tree(d, c, field);
}

void close_tree_beside(struct dissection *d, node_id tree)
{
	close_node(d, tree);
	end_beside(d);
}

static void show_comments(struct dissection *d)
{
	const struct dissector *comment = registry_comment();

	if (comment && d->packet.has_comment && wants_fields(d))
		dissect_layer(d, comment, (struct cursor){ .data = (const uint8_t *)"" });
}

void dissect_packet_as(struct dissection *d, const struct dissector *first, const uint8_t *bytes)
{
	uint8_t no_fault = FAULT_NONE;
	struct cursor c = {
		.data = bytes, .fault = &no_fault,
		.captured = d->packet.captured, .reported = d->packet.reported,
	};

	if (!d->packet.shown)
		d->packet.shown = d->packet.number;
	arena_reset(&d->arena);
	d->node_count = d->label_count = 0;
	d->last = NO_NODE;
	d->protocol = "";
	d->info_length = d->info_fence = 0;
	d->info[0] = '\0';
	d->worst_fault = FAULT_NONE;
	d->failed = NULL;
	d->severity = EXPERT_NONE;
	d->finding_count = 0;
	d->segments = NULL;
	d->part_count = 0;
	d->in_error = d->is_undelivered = d->is_routed = d->from_opener = false;
	d->buffers[0] = (struct buffer){ bytes, d->packet.captured, "Frame" };
	d->buffer_count = 1;
	d->asked = d->wants;
	d->layer_count = d->serial = d->conversations_seen = d->segments_seen = 0;
	d->inner_seen = d->inside = 0;
	d->depth = d->base_depth = 0;
	d->from = d->to = (struct endpoint){ 0 };
	d->conversation = NULL;
	d->matched_port = 0;
	d->detected = NULL;
	d->media_type = d->media_parameters = NULL;
	d->carrier = NULL;
	d->carrier_stream = 0;
	if (d->paths)
		d->path = PATH_NONE;
	if (first && first == registry_root()) {
		show_comments(d);
		if (may_stride(d))
			first = stride(d, first, &c);
	}
	if (first)
		dissect_layer(d, first, c);
	d->layer_count = 0;
}

void dissect_packet(struct dissection *d, const uint8_t *bytes)
{
	dissect_packet_as(d, registry_root(), bytes);
}
