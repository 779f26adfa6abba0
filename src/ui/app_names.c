/* app_names.c - names in place of addresses and ports, or not. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "ui/app.h"
#include "ui/app_capture.h"
#include "ui/tabs.h"

enum { PACKETS_AT_ONCE = 2000 };

static const int64_t STEP = INT64_C(4000000);

static const struct {
	char letter;
	unsigned kind; /* 0: answers */
} letters[] = { { 'd', 0 },
		{ 'm', NAMES_ETHER },
		{ 'n', NAMES_HOST },
		{ 't', NAMES_PORT },
		{ 'v', NAMES_VLAN } };

enum { LETTERS = sizeof letters / sizeof letters[0] };

static const struct name_choice all_names = { ALL_NAMES, true };

/* --- words --- */

static bool is_same(struct name_choice a, struct name_choice b)
{
	return a.kinds == b.kinds && a.answers == b.answers;
}

bool name_choice_read(const char *text, struct name_choice *choice)
{
	*choice = (struct name_choice){ 0 };
	if (!strcmp(text, "on"))
		*choice = all_names;
	if (!strcmp(text, "on") || !strcmp(text, "off"))
		return true;
	for (const char *p = text; *p; p++) {
		unsigned i = 0;

		while (i < LETTERS && letters[i].letter != *p)
			i++;
		if (i == LETTERS)
			return false;
		choice->kinds |= letters[i].kind;
		choice->answers |= !letters[i].kind;
	}
	return *text;
}

void name_choice_text(const struct name_choice *choice, char text[8])
{
	unsigned used = 0;

	if (is_same(*choice, all_names) || !choice->kinds) {
		strcpy(text, choice->kinds ? "on" : "off");
		return;
	}
	for (unsigned i = 0; i < LETTERS; i++)
		if (letters[i].kind ? choice->kinds & letters[i].kind : choice->answers)
			text[used++] = letters[i].letter;
	text[used] = '\0';
}

/* --- what the capture calls addresses --- */

/* Its file is closed while they are taken in. */
struct told {
	struct endpoint address;
	char *name;
};

struct change {
	struct name_choice choice;
	bool alone; /* what is known is not of another tab's capture */
	struct told *told;
	unsigned count;
	const struct answered_hosts *answered;
};

static void gather(struct change *change, const struct capture_file *file)
{
	change->count = capture_file_name_count(file);
	change->told = must_zeroed(change->count + 1, sizeof *change->told);
	for (unsigned i = 0; i < change->count; i++) {
		const struct capture_name *name = capture_file_name(file, i);

		change->told[i].address = name->size == 4 ? endpoint_ipv4(load_be32(name->address))
							  : endpoint_ipv6(name->address);
		change->told[i].name = must_copy(name->name);
	}
}

static void apply(void *owner)
{
	const struct change *change = owner;

	names_choose(change->choice.kinds);
	if (change->alone)
		names_forget(NAME_FROM_CAPTURE);
	if (change->alone || !change->choice.answers)
		names_forget(NAME_FROM_ANSWER);
	for (unsigned i = 0; i < change->count; i++)
		names_add_host(&change->told[i].address, change->told[i].name, NAME_FROM_CAPTURE);
	if (change->answered)
		answered_hosts_add_names(change->answered);
}

static void end(struct change *change)
{
	for (unsigned i = 0; i < change->count; i++)
		free(change->told[i].name);
	free(change->told);
}

/* --- changing them --- */

/* Other tabs read packets by names, too. */
static bool is_alone(const struct app *app)
{
	return !app->tabs || app->tabs->count < 2;
}

struct name_choice app_names(const struct app *app)
{
	if (app->names.tally)
		return app->names.next;
	return (struct name_choice){ names_chosen(), app->user.names.answers };
}

static void tell(struct app *app)
{
	const struct name_screen *names = &app->names;

	if (!app->user.names.kinds)
		app_message(app, MESSAGE_NOTE, "Addresses and ports are shown as they are.");
	else if (app->user.names.answers && app->user.names.kinds & NAMES_HOST && !names->answered)
		app_message(app, MESSAGE_NOTE,
			    "Names are shown; no DNS answer in the capture names an address.");
	else if (app->user.names.answers && app->user.names.kinds & NAMES_HOST)
		app_message(app, MESSAGE_NOTE,
			    "Names are shown; the capture's DNS answers name %u address%s.",
			    names->answered, names->answered == 1 ? "" : "es");
	else
		app_message(app, MESSAGE_NOTE, "Names are shown.");
}

static bool change_names(struct app *app, struct name_choice choice,
			 const struct answered_hosts *answered)
{
	struct change change = { .choice = choice, .alone = is_alone(app), .answered = answered };
	enum sheet_kind sheet = app->sheet.kind == SHEET_NAMES ? SHEET_NAMES : SHEET_NONE;
	uint32_t row = app->sheet.row;
	struct error error = { "" };

	gather(&change, session_file(app->session));
	bool done = app_rescan(app, apply, &change, &error);

	app->names.told = change.count;
	end(&change);
	app->names.taken = true;
	if (done) {
		app->user.names = choice;
		app->names.answered = answered ? answered_hosts_count(answered) : 0;
		tell(app);
	} else {
		app_message(app, MESSAGE_WARNING, "%s", error.text);
	}
	columns_reset(&app->user.columns);
	app->measured_from = app->measured_to = 0;
	if (sheet) {
		app_show_sheet(app, sheet);
		app->sheet.row = row;
	}
	return done;
}

static void look_for_answers(struct app *app, struct name_choice choice)
{
	struct name_screen *names = &app->names;

	names->next = choice;
	names->hosts = answered_hosts_new();
	names->tally = tally_new(app->session);
	tally_add(names->tally, &answered_hosts_counter, names->hosts, NULL);
}

bool app_choose_names(struct app *app, struct name_choice choice)
{
	struct name_choice now = app_names(app);

	if (is_same(choice, now))
		return true;
	if (now.kinds)
		app->user.names_before = now;
	app_names_stop(app);
	if (!app->session) {
		names_choose(choice.kinds);
		app->user.names = choice;
		return true;
	}
	if (is_same(choice, app_names(app)))
		tell(app);
	else if (choice.answers && choice.kinds & NAMES_HOST)
		look_for_answers(app, choice);
	else
		return change_names(app, choice, NULL);
	return true;
}

void app_toggle_names(struct app *app)
{
	struct name_choice none = { 0 };

	if (app_names(app).kinds)
		app_choose_names(app, none);
	else
		app_choose_names(app,
				 app->user.names_before.kinds ? app->user.names_before : all_names);
}

/* --- looking for them --- */

void app_names_stop(struct app *app)
{
	struct name_screen *names = &app->names;

	tally_free(names->tally);
	answered_hosts_free(names->hosts);
	names->tally = NULL;
	names->hosts = NULL;
}

void app_names_forget(struct app *app)
{
	app->names.taken = false;
	app->names.told = app->names.answered = 0;
	if (!is_alone(app))
		return;
	names_forget(NAME_FROM_CAPTURE);
	names_forget(NAME_FROM_ANSWER);
}

/* Names are on, and another capture was read: what it tells is not known yet. */
static bool has_news(const struct app *app)
{
	const struct name_screen *names = &app->names;

	return app->session && !names->taken && !names->tally && !app->live &&
	       app->scan_state == SCAN_DONE && names_chosen() & NAMES_HOST &&
	       (app->user.names.answers || capture_file_name_count(session_file(app->session))) &&
	       strcmp(capture_file_path(session_file(app->session)), "-") != 0;
}

/* Nobody is thrown out of what was opened meanwhile. */
static bool is_looked_at(const struct app *app)
{
	return app->stream.open || app->statistics.open || app->expert_open || app->prompt ||
	       app->bar.open || app->dialog || (app->sheet.kind && app->sheet.kind != SHEET_NAMES);
}

static bool is_complete(const struct app *app)
{
	return (app->scan_state == SCAN_DONE || app->live) &&
	       tally_done(app->names.tally) >= app->packet_count;
}

int64_t app_names_time(const struct app *app)
{
	if (app->names.tally)
		return tally_done(app->names.tally) < app->packet_count ||
				       (is_complete(app) && !is_looked_at(app))
			       ? 0
			       : INT64_MAX;
	return has_news(app) && !is_looked_at(app) ? 0 : INT64_MAX;
}

void app_names_more(struct app *app)
{
	struct name_screen *names = &app->names;
	int64_t until = app_clock() + STEP;

	if (app_names_time(app) == INT64_MAX)
		return;
	if (!names->tally && app->user.names.answers)
		look_for_answers(app, app_names(app));
	else if (!names->tally)
		change_names(app, app_names(app), NULL);
	while (names->tally && tally_step(names->tally, PACKETS_AT_ONCE, app->packet_count) &&
	       app_clock() < until)
		;
	if (!names->tally || !is_complete(app) || is_looked_at(app))
		return;
	struct answered_hosts *hosts = names->hosts;
	struct name_choice next = names->next;

	/* The session that the tally reads ends here. */
	names->hosts = NULL;
	app_names_stop(app);
	change_names(app, next, hosts);
	answered_hosts_free(hosts);
}
