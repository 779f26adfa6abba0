/* field_look.c - a plan for each stack of protocols, made when the first packet has it. */
#include "session/field_look.h"

#include <stdlib.h>

struct known_stack {
	bool is_known;
	const struct glance_plan *plan; /* NULL: it takes a dissection */
};

struct field_look {
	struct session *session;
	const struct chosen_fields *chosen;
	struct view_port port;
	struct arena plans;
	struct known_stack *stacks; /* by path */
	uint32_t stack_room;
};

struct field_look *field_look_new(struct session *session, const struct chosen_fields *chosen)
{
	struct field_look *look = must_zeroed(1, sizeof *look);

	look->session = session;
	look->chosen = chosen;
	view_port_init(&look->port, session);
	capture_file_look_beside(session_file(session), &look->port.window);
	return look;
}

void field_look_free(struct field_look *look)
{
	if (!look)
		return;
	view_port_free(&look->port);
	arena_free(&look->plans);
	free(look->stacks);
	free(look);
}

static const struct glance_plan *plan_for(struct field_look *look, uint16_t path)
{
	const struct path_table *paths = session_learned(look->session)->paths;

	if (unlikely(path >= look->stack_room))
		look->stacks =
			must_reach(look->stacks, &look->stack_room, path, sizeof *look->stacks);
	struct known_stack *stack = &look->stacks[path];
	if (!stack->is_known)
		stack->plan = plan_field_glance(look->chosen, paths, path, &look->plans);
	stack->is_known = true;
	/* A table that was cut takes back what it said of packets to come. */
	return path_table_is_cut(paths) ? NULL : stack->plan;
}

bool field_look_at(struct field_look *look, uint32_t packet, struct node *nodes, uint8_t *counts)
{
	const struct learned *learned = session_learned(look->session);
	const struct index_block *block = index_block_of(&learned->index, packet);
	const struct glance_plan *plan = plan_for(look, block->path[index_slot(packet)]);
	struct glance glance = { .learned = learned, .number = packet };

	return plan && !session_has_new_comment(look->session, packet) &&
	       (!glance_wants_bytes(plan) || view_port_glance(&look->port, &glance)) &&
	       glance_at_fields(look->chosen, plan, &glance, nodes, counts);
}
