/* hierarchy_statistic.c - -z io,phs: protocols and what they are in. */
#include <inttypes.h>

#include "session/hierarchy.h"
#include "tally_statistic.h"

enum { NAME_WIDTH = 40 };

static void *begin_hierarchy(unsigned variant)
{
	(void)variant;
	return hierarchy_new(true);
}

/* The node after this one, children first; 0: none. */
static uint32_t next_node(const struct hierarchy *hierarchy, uint32_t n)
{
	if (hierarchy_node(hierarchy, n)->first_child)
		return hierarchy_node(hierarchy, n)->first_child;
	while (n && !hierarchy_node(hierarchy, n)->next)
		n = hierarchy_node(hierarchy, n)->parent;
	return hierarchy_node(hierarchy, n)->next;
}

static void print_hierarchy(const void *counts, unsigned variant, const char *filter,
			    struct session *session, FILE *out)
{
	static const char rule[] =
		"===================================================================\n";

	(void)variant;
	(void)session;
	fprintf(out, "\n%sProtocol Hierarchy Statistics\nFilter: %s\n\n", rule, filter);
	for (uint32_t n = 0; (n = next_node(counts, n));) {
		const struct hierarchy_node *node = hierarchy_node(counts, n);
		int indent = 2 * (int)(node->depth - 1);
		int width = indent < NAME_WIDTH ? NAME_WIDTH - indent : 0;

		fprintf(out, "%*s%-*s frames:%" PRIu64 " bytes:%" PRIu64 "\n", indent, "", width,
			node->name, node->frames, node->bytes);
	}
	fputs(rule, out);
}

static void end_hierarchy(void *counts)
{
	hierarchy_free(counts);
}

const struct statistic hierarchy_statistic =
	TALLY_STATISTIC("io,phs", "protocols by what they are in, with packets and bytes",
			&hierarchy_counter, 0, begin_hierarchy, print_hierarchy, end_hierarchy);
