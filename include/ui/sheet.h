/* sheet.h - a list that lies over the screen until one leaves it: messages, options, objects...
 *
 * Each kind is a row of functions; what they show belongs to the app. */
#ifndef UI_SHEET_H
#define UI_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ui/action.h"
#include "ui/canvas.h"

struct app;

enum sheet_kind {
	SHEET_NONE,
	SHEET_MESSAGES,
	SHEET_OPTIONS,
	SHEET_DECODE_AS,
	SHEET_DECODE_CHOICE,
	SHEET_OBJECTS,
	SHEET_OF_COLUMNS,
	SHEET_NAMES,
	SHEET_IMPORT,
	SHEET_INFO,
	SHEET_FLAGS,
	SHEETS
};

enum { SHEET_KEYS = 11 };

struct sheet_key {
	enum action action; /* ACTION_NONE: no more */
	const char *label;
};

struct sheet_class {
	const char *title, *heading; /* of the columns; NULL: none */
	const char *nothing;	     /* said when there are no rows */
	struct sheet_key keys[SHEET_KEYS];
	/* Of what it shows; may be NULL, as what follows. */
	void (*begin)(struct app *app);
	void (*end)(struct app *app);
	/* What is to be said after the title. */
	void (*state)(const struct app *app, char *text, size_t room);
	uint32_t (*count)(const struct app *app);
	void (*draw_row)(struct app *app, struct canvas *canvas, int line, uint32_t row,
			 enum style style);
	/* `row` is below the count.  False: not mine. */
	bool (*act)(struct app *app, enum action action, uint32_t row);
};

struct sheet {
	enum sheet_kind kind; /* SHEET_NONE: none is open */
	uint32_t row;	      /* the chosen one */
};

extern const struct sheet_class messages_sheet, options_sheet, decode_sheet, decode_choice_sheet,
	object_sheet, column_sheet, name_sheet, import_sheet, info_sheet, flags_sheet;

void app_show_sheet(struct app *app, enum sheet_kind kind);
void app_close_sheet(struct app *app);
/* Reading or filtering went on: what is told of all packets is made anew once it has ended. */
void app_renew_sheet(struct app *app);
/* The screen has another width: what was broken into lines for it is made anew. */
void app_refit_sheet(struct app *app);
const struct sheet_class *app_sheet_class(const struct app *app);
/* Opens one of them; false: not such an action. */
bool app_act_on_sheets(struct app *app, enum action action);

#endif
