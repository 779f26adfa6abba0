/* action.c - the table of actions. */
#include "ui/action.h"

#include <string.h>

const struct action_entry action_table[ACTION_COUNT] = {
#define ACTION_ENTRY(id, name, keys, places, group, help)                                          \
	[ACTION_##id] = { name, keys, places, GROUP_##group, help },
	ACTIONS(ACTION_ENTRY)
#undef ACTION_ENTRY
};

const char *const action_group_names[GROUP_COUNT] = {
	[GROUP_MOVE] = "Move",	   [GROUP_PACKET] = "Packets",	[GROUP_FIELD] = "Fields and bytes",
	[GROUP_STREAM] = "Stream",
	[GROUP_GRAPH] = "Graph",
	[GROUP_FILTER] = "Filter",
	[GROUP_COLUMN] = "Columns",
	[GROUP_COPY] = "Copy",
	[GROUP_SCREEN] = "Screen", [GROUP_CAPTURE] = "Capture", [GROUP_FILE] = "Files and peel",
};

enum action action_named(const char *name, size_t length)
{
	for (enum action a = ACTION_NONE + 1; a < ACTION_COUNT; a++)
		if (strlen(action_table[a].name) == length &&
		    !memcmp(action_table[a].name, name, length))
			return a;
	return ACTION_NONE;
}
