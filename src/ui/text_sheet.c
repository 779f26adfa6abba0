/* text_sheet.c - lines of text over the screen: the capture's properties, a DNS message's flags.
 *
 * They are made when the sheet opens, and once more when all was read and filtered.  What begins a
 * line is a heading; ✗ marks what is wrong. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "print/capture_info.h"
#include "print/dns_card.h"
#include "ui/app.h"
#include "ui/app_capture.h"
#include "ui/app_filter.h"

enum { AROUND = 8, LEAST_COLUMNS_OF_TEXT = 40, MOST_COLUMNS_OF_TEXT = 130 };

/* --- lines --- */

static FILE *begin_text(struct app *app)
{
	free(app->sheet_text);
	app->sheet_text = NULL;
	app->sheet_lines = 0;
	return open_memstream(&app->sheet_text, &app->sheet_size);
}

static unsigned text_columns_of(const struct app *app)
{
	int columns = app->drawn_columns - AROUND;

	if (columns < LEAST_COLUMNS_OF_TEXT)
		columns = LEAST_COLUMNS_OF_TEXT;
	if (columns > MOST_COLUMNS_OF_TEXT)
		columns = MOST_COLUMNS_OF_TEXT;
	return (unsigned)columns;
}

static void end_text(struct app *app, FILE *out)
{
	if (out)
		fclose(out);
	for (const char *at = app->sheet_text; at && (at = strchr(at, '\n')); at++)
		app->sheet_lines++;
}

static uint32_t count(const struct app *app)
{
	return app->sheet_lines;
}

static void draw_row(struct app *app, struct canvas *canvas, int line, uint32_t row,
		     enum style style)
{
	const char *at = app->sheet_text;
	char text[600];

	for (uint32_t i = 0; i < row && at; i++)
		at = strchr(at, '\n') + 1;
	snprintf(text, sizeof text, "%.*s", (int)strcspn(at, "\n"), at);
	if (style == STYLE_BOX && strncmp(text, " ✗", 4) == 0)
		style = STYLE_INVALID;
	else if (style == STYLE_BOX && text[0] && text[0] != ' ')
		style = STYLE_BOX_TITLE;
	canvas_text(canvas, line, 0, -1, style, text);
}

static void end(struct app *app)
{
	free(app->sheet_text);
	app->sheet_text = NULL;
	app->sheet_lines = 0;
}

/* --- the capture --- */

static struct packet_sums sums_displayed(struct app *app)
{
	struct packet_sums sums = { 0 };
	uint32_t packet = 0;

	if (!app_is_filtered(app))
		return session_sums(app->session);
	while ((packet = filter_run_next(app->filter.run, packet)))
		packet_sums_add(&sums, app->session, packet);
	return sums;
}

static void begin_info(struct app *app)
{
	struct packet_sums displayed = sums_displayed(app), marked = { 0 };
	struct capture_info_extras extras = { &displayed, &marked,
					      app->digest_done ? app->digest : NULL,
					      text_columns_of(app) };
	FILE *out = begin_text(app);

	/* While it is read anew some are not there yet. */
	for (uint32_t i = 0;
	     i < app->marked.count && app->marked.numbers[i] <= app_packets_read(app); i++)
		packet_sums_add(&marked, app->session, app->marked.numbers[i]);
	if (out)
		capture_info_print(out, app->session, &extras);
	end_text(app, out);
}

static bool act_on_info(struct app *app, enum action action, uint32_t row)
{
	(void)row;
	if (action != ACTION_HASH)
		return false;
	app_start_digest(app);
	return true;
}

const struct sheet_class info_sheet = {
	.title = "Capture",
	.keys = { { ACTION_HASH, "SHA-256" } },
	.nothing = "Nothing is known of it yet.",
	.begin = begin_info,
	.end = end,
	.count = count,
	.draw_row = draw_row,
	.act = act_on_info,
};

/* --- flags --- */

static void begin_flags(struct app *app)
{
	FILE *out = begin_text(app);

	if (out && app->packet.d)
		dns_card_print(out, app->packet.d, text_columns_of(app));
	end_text(app, out);
}

void app_renew_sheet(struct app *app)
{
	struct filter_food food = app_filter_food(app);

	if (app->sheet.kind == SHEET_INFO && app->scan_state == SCAN_DONE &&
	    packet_filter_is_done(&app->filter, &food))
		begin_info(app);
}

void app_refit_sheet(struct app *app)
{
	if (app->sheet.kind == SHEET_FLAGS)
		begin_flags(app);
	else if (app->sheet.kind == SHEET_INFO)
		begin_info(app);
}

const struct sheet_class flags_sheet = {
	.title = "DNS flags",
	.nothing = "The selected packet has no DNS message.",
	.begin = begin_flags,
	.end = end,
	.count = count,
	.draw_row = draw_row,
};
