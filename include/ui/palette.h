/* palette.h - what can be done here, to choose from: while ":" is typed, what was typed is looked
 * for in actions, commands, settings, saved filters and fields. */
#ifndef UI_PALETTE_H
#define UI_PALETTE_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/action.h"

struct app;

enum palette_kind { ENTRY_ACTION, ENTRY_COMMAND, ENTRY_SETTING, ENTRY_FILTER, ENTRY_FIELD };

struct palette_entry {
	enum palette_kind kind;
	unsigned number; /* of the action, command, setting, saved filter or field */
	int score;
	bool clear; /* what was typed can hardly mean anything else */
};

enum { PALETTE_ENTRIES = 400, ENTRY_ROOM = 160 };

struct palette {
	struct palette_entry entries[PALETTE_ENTRIES]; /* the best first */
	unsigned count, top;
	int chosen; /* -1: none */
	bool moved; /* chosen by hand */
};

/* Looks for what the prompt's line says. */
void palette_look(struct app *app);
/* Down, or up if negative. */
void palette_move(struct app *app, int by);
/* What an entry does, and its keys or an example; both may be "". */
void palette_words(const struct app *app, const struct palette_entry *entry, char text[ENTRY_ROOM],
		   char keys[ENTRY_ROOM]);
/* Enter: does what is chosen, or what was typed. */
void palette_enter(struct app *app);
/* Tab: what is chosen becomes the line. */
void palette_fill(struct app *app);

#endif
