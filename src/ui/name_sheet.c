/* name_sheet.c - which names are shown, and where they are from.  Nothing is asked of the network.
 */
#include <stdio.h>

#include "ui/app.h"
#include "ui/quantity.h"

enum { NAME_AT = 0, ON_AT = 16, SOURCE_AT = 21, SOURCE_ROOM = 200 };

static const struct {
	const char *name;
	unsigned kind; /* 0: answers */
} rows[] = {
	{ "Hosts", NAMES_HOST },	  { "  DNS answers", 0 },  { "Services", NAMES_PORT },
	{ "Network cards", NAMES_ETHER }, { "VLANs", NAMES_VLAN },
};

static uint32_t count(const struct app *app)
{
	(void)app;
	return sizeof rows / sizeof rows[0];
}

static bool is_on(const struct name_choice *choice, uint32_t row)
{
	return rows[row].kind ? choice->kinds & rows[row].kind
			      : choice->answers && choice->kinds & NAMES_HOST;
}

static void source_of(const struct app *app, uint32_t row, char text[SOURCE_ROOM])
{
	struct name_choice choice = app_names(app);
	bool has_file = rows[row].kind && rows[row].kind != NAMES_VLAN;
	const char *file = has_file ? names_file(rows[row].kind) : NULL;
	char number[QUANTITY_ROOM];

	if (!rows[row].kind && !is_on(&choice, row))
		snprintf(text, SOURCE_ROOM, "what answers in the capture call addresses");
	else if (!rows[row].kind && app->names.tally)
		snprintf(text, SOURCE_ROOM, "looking for answers…");
	else if (!rows[row].kind)
		snprintf(text, SOURCE_ROOM, "%s addresses are named by answers in the capture",
			 count_text(app->names.answered, number));
	else if (rows[row].kind == NAMES_VLAN)
		snprintf(text, SOURCE_ROOM, "your file vlans");
	else if (rows[row].kind == NAMES_HOST)
		snprintf(text, SOURCE_ROOM, "%s%swhat the capture file says", file ? file : "",
			 file ? ", and " : "");
	else
		snprintf(text, SOURCE_ROOM, "%s", file ? file : "there is no list of them here");
}

static void draw_row(struct app *app, struct canvas *canvas, int line, uint32_t row,
		     enum style style)
{
	struct name_choice choice = app_names(app);
	char source[SOURCE_ROOM];

	source_of(app, row, source);
	canvas_text(canvas, line, NAME_AT, ON_AT - 1, style, rows[row].name);
	canvas_text(canvas, line, ON_AT, SOURCE_AT - ON_AT - 1,
		    style == STYLE_BOX ? STYLE_BOX_KEY : style, is_on(&choice, row) ? "on" : "off");
	canvas_text(canvas, line, SOURCE_AT, -1, style == STYLE_BOX ? STYLE_BOX_DIM : style,
		    source);
}

static bool act(struct app *app, enum action action, uint32_t row)
{
	struct name_choice choice = app_names(app);

	if (action != ACTION_OPEN && action != ACTION_TOGGLE_ROW)
		return false;
	if (rows[row].kind) {
		choice.kinds ^= rows[row].kind;
	} else {
		choice.answers = !is_on(&choice, row);
		if (choice.answers)
			choice.kinds |= NAMES_HOST;
	}
	app_choose_names(app, choice);
	return true;
}

const struct sheet_class name_sheet = {
	.title = "Names",
	.heading = "Of              Now  From",
	.nothing = "",
	.keys = { { ACTION_TOGGLE_ROW, "On or off" } },
	.count = count,
	.draw_row = draw_row,
	.act = act,
};
