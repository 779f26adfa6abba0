/* expert_tree.c - which row is which finding.
 *
 * There are some hundred kinds at most, so rows are found by walking them. */
#include "ui/expert_tree.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

void expert_tree_begin(struct expert_tree *tree, struct session *session)
{
	expert_tree_end(tree);
	*tree = (struct expert_tree){ .pass = expert_pass_new(session),
				      .selected = { UINT32_MAX, NOT_A_PACKET } };
}

void expert_tree_end(struct expert_tree *tree)
{
	expert_pass_free(tree->pass);
	free(tree->open);
	*tree = (struct expert_tree){ 0 };
}

const struct expert_row *expert_tree_kind(const struct expert_tree *tree, uint32_t kind)
{
	return expert_list_row(expert_pass_list(tree->pass), kind);
}

static uint32_t kind_count(const struct expert_tree *tree)
{
	return tree->pass ? expert_list_count(expert_pass_list(tree->pass)) : 0;
}

bool expert_tree_is_open(const struct expert_tree *tree, uint32_t kind)
{
	return kind < tree->open_room && tree->open[kind];
}

void expert_tree_open(struct expert_tree *tree, uint32_t kind, bool open)
{
	uint32_t room = kind_count(tree);

	if (kind >= room)
		return;
	if (kind >= tree->open_room) {
		tree->open = must_resize(tree->open, room, sizeof *tree->open);
		memset(tree->open + tree->open_room, 0,
		       (room - tree->open_room) * sizeof *tree->open);
		tree->open_room = room;
	}
	tree->open[kind] = open;
	if (!open && tree->selected.kind == kind)
		tree->selected.packet = NOT_A_PACKET;
}

bool expert_tree_hides(const struct expert_tree *tree, enum expert_severity severity)
{
	return tree->hidden >> severity & 1;
}

void expert_tree_hide(struct expert_tree *tree, enum expert_severity severity, bool hide)
{
	unsigned bit = 1u << severity;

	tree->hidden = hide ? tree->hidden | bit : tree->hidden & ~bit;
}

static uint32_t rows_of(const struct expert_tree *tree, uint32_t kind)
{
	return 1 +
	       (expert_tree_is_open(tree, kind) ? expert_tree_kind(tree, kind)->packet_count : 0);
}

/* Steps through the kinds that are shown, in their order; UINT32_MAX: that was the last. */
struct walk {
	enum expert_severity severity;
	uint32_t next;
};

static uint32_t next_kind(const struct expert_tree *tree, struct walk *walk)
{
	for (; walk->severity > EXPERT_NONE; walk->severity--, walk->next = 0) {
		if (expert_tree_hides(tree, walk->severity))
			continue;
		while (walk->next < kind_count(tree)) {
			uint32_t kind = walk->next++;

			if (expert_tree_kind(tree, kind)->severity == walk->severity)
				return kind;
		}
	}
	return UINT32_MAX;
}

uint32_t expert_tree_rows(const struct expert_tree *tree)
{
	struct walk walk = { EXPERT_ERROR, 0 };
	uint32_t rows = 0;

	for (uint32_t kind; (kind = next_kind(tree, &walk)) != UINT32_MAX;)
		rows += rows_of(tree, kind);
	return rows;
}

bool expert_tree_row(const struct expert_tree *tree, uint32_t row, struct expert_place *place)
{
	struct walk walk = { EXPERT_ERROR, 0 };

	for (uint32_t kind; (kind = next_kind(tree, &walk)) != UINT32_MAX;) {
		uint32_t rows = rows_of(tree, kind);

		if (row < rows) {
			*place = (struct expert_place){ kind, row ? row - 1 : NOT_A_PACKET };
			return true;
		}
		row -= rows;
	}
	return false;
}

uint32_t expert_tree_selected(const struct expert_tree *tree)
{
	struct walk walk = { EXPERT_ERROR, 0 };
	uint32_t row = 0;

	for (uint32_t kind; (kind = next_kind(tree, &walk)) != UINT32_MAX;) {
		if (kind == tree->selected.kind)
			return row + tree->selected.packet + 1; /* NOT_A_PACKET + 1 is 0 */
		row += rows_of(tree, kind);
	}
	return 0;
}

void expert_tree_select(struct expert_tree *tree, uint32_t row)
{
	struct expert_place place;

	if (expert_tree_row(tree, row, &place))
		tree->selected = place;
}

uint32_t expert_tree_packet(const struct expert_tree *tree)
{
	struct expert_place place;

	if (!expert_tree_row(tree, expert_tree_selected(tree), &place))
		return 0;
	const struct expert_row *kind = expert_tree_kind(tree, place.kind);
	uint32_t packet = place.packet == NOT_A_PACKET ? 0 : place.packet;

	return packet < kind->packet_count ? kind->packets[packet] : 0;
}
