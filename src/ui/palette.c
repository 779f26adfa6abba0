/* palette.c - finds what the typed letters may stand for, and does what was chosen. */
#include "ui/palette.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dissect/registry.h"
#include "ui/app.h"
#include "ui/app_filter.h"
#include "ui/command.h"
#include "ui/fuzzy.h"
#include "ui/setting.h"

/* Fields are thousands, so one letter is not enough to ask for them. */
enum { FIELD_LETTERS = 3, EXACT = 100000, WORDS_MOST = 100 };

static const char *field_name(unsigned n)
{
	return registry_field(n)->abbrev;
}

static bool is_offered(const struct app *app, const struct command *command)
{
	return app->session || !command->of_packets;
}

void palette_words(const struct app *app, const struct palette_entry *entry, char text[ENTRY_ROOM],
		   char keys[ENTRY_ROOM])
{
	char now[SETTING_ROOM];
	const struct command *command;

	keys[0] = '\0';
	switch (entry->kind) {
	case ENTRY_ACTION:
		snprintf(text, ENTRY_ROOM, "%s", action_table[entry->number].help);
		key_map_names(&app->user.keys, (enum action)entry->number, app->place, 2, keys);
		break;
	case ENTRY_COMMAND:
		command = &commands[entry->number];
		snprintf(text, ENTRY_ROOM, "%s", command->help);
		snprintf(keys, ENTRY_ROOM, ":%s%s%s", command->name, *command->takes ? " " : "",
			 command->takes);
		break;
	case ENTRY_SETTING:
		setting_text(app, entry->number, now);
		snprintf(text, ENTRY_ROOM, "Set %s: %s", settings[entry->number].name,
			 settings[entry->number].help);
		snprintf(keys, ENTRY_ROOM, "%s", now);
		break;
	case ENTRY_FILTER:
		snprintf(text, ENTRY_ROOM, "Filter \"%.60s\": %.80s",
			 app->user.saved_filters.filters[entry->number].name,
			 app->user.saved_filters.filters[entry->number].text);
		break;
	case ENTRY_FIELD:
		snprintf(text, ENTRY_ROOM, "Filter by %s: %s", field_name(entry->number),
			 registry_field(entry->number)->name);
		break;
	}
}

/* What stands for the entry in a command line. */
static void line_of(const struct app *app, const struct palette_entry *entry, char line[ENTRY_ROOM])
{
	switch (entry->kind) {
	case ENTRY_ACTION:
		snprintf(line, ENTRY_ROOM, "%s", action_table[entry->number].name);
		break;
	case ENTRY_COMMAND:
		snprintf(line, ENTRY_ROOM, "%s%s", commands[entry->number].name,
			 *commands[entry->number].takes ? " " : "");
		break;
	case ENTRY_SETTING:
		snprintf(line, ENTRY_ROOM, "set %s=", settings[entry->number].name);
		break;
	case ENTRY_FILTER:
		snprintf(line, ENTRY_ROOM, "filter %.150s",
			 app->user.saved_filters.filters[entry->number].text);
		break;
	case ENTRY_FIELD:
		snprintf(line, ENTRY_ROOM, "filter %s", field_name(entry->number));
		break;
	}
}

static bool is_better(const struct palette_entry *a, const struct palette_entry *b)
{
	if (a->clear != b->clear)
		return a->clear;
	return a->score > b->score;
}

/* Kept in order; of equal ones the earlier comes first. */
static void keep(struct palette *palette, struct palette_entry entry)
{
	unsigned at = palette->count;

	if (at == PALETTE_ENTRIES) {
		if (!is_better(&entry, &palette->entries[at - 1]))
			return;
		at--;
	} else {
		palette->count++;
	}
	for (; at && is_better(&entry, &palette->entries[at - 1]); at--)
		palette->entries[at] = palette->entries[at - 1];
	palette->entries[at] = entry;
}

/* `name` is what a command line knows it by, `words` what is shown; NULL: only the name. */
static void consider(struct app *app, struct palette_entry entry, const char *name,
		     const char *words)
{
	const char *typed = app->line.text;
	int by_name = fuzzy_score(typed, name), by_words = words ? fuzzy_score(typed, words) : 0;

	if (typed[0] && !by_name && !by_words)
		return;
	entry.score = !strcmp(typed, name) ? EXACT : by_name >= by_words ? by_name + 1 : by_words;
	entry.clear = typed[0] &&
		      (fuzzy_is_clear(typed, name) || (words && fuzzy_is_clear(typed, words)));
	keep(&app->palette, entry);
}

static void consider_fields(struct app *app)
{
	if (app->line.length < FIELD_LETTERS || !app->session)
		return;
	for (unsigned i = 0; i < registry_field_count(); i++)
		if (strcasestr(field_name(i), app->line.text))
			consider(app, (struct palette_entry){ ENTRY_FIELD, i, 0, false },
				 field_name(i), NULL);
}

/* A number is a packet's, whatever words have such a digit: "Base64". */
static bool is_number(const char *text)
{
	return *text && !text[strspn(text, "0123456789")];
}

void palette_look(struct app *app)
{
	struct palette *palette = &app->palette;

	palette->count = palette->top = 0;
	palette->moved = false;
	palette->chosen = -1;
	if (is_number(app->line.text))
		return;
	for (enum action a = ACTION_NONE + 1; a < ACTION_COUNT; a++)
		if (action_table[a].places & app->place && a != ACTION_COMMAND)
			consider(app, (struct palette_entry){ ENTRY_ACTION, a, 0, false },
				 action_table[a].name, action_table[a].help);
	for (unsigned i = 0; commands[i].name; i++)
		if (is_offered(app, &commands[i]))
			consider(app, (struct palette_entry){ ENTRY_COMMAND, i, 0, false },
				 commands[i].name, commands[i].help);
	for (unsigned i = 0; settings[i].name; i++)
		consider(app, (struct palette_entry){ ENTRY_SETTING, i, 0, false },
			 settings[i].name, settings[i].help);
	for (unsigned i = 0; app->session && i < app->user.saved_filters.count; i++)
		consider(app, (struct palette_entry){ ENTRY_FILTER, i, 0, false },
			 app->user.saved_filters.filters[i].name,
			 app->user.saved_filters.filters[i].text);
	consider_fields(app);
	palette->chosen = app->line.length && palette->count && palette->entries[0].clear ? 0 : -1;
}

void palette_move(struct app *app, int by)
{
	struct palette *palette = &app->palette;
	int to = palette->chosen + by;

	if (!palette->count)
		return;
	palette->moved = true;
	palette->chosen = to < 0 ? 0 : to >= (int)palette->count ? (int)palette->count - 1 : to;
	app->dirty = true;
}

void palette_fill(struct app *app)
{
	const struct palette *palette = &app->palette;
	char line[ENTRY_ROOM];

	if (!palette->count)
		return;
	line_of(app, &palette->entries[palette->chosen > 0 ? palette->chosen : 0], line);
	line_set(&app->line, line);
	palette_look(app);
}

/* Is it a command line as it stands? */
static bool is_whole(const struct app *app)
{
	const char *text = app->line.text + strspn(app->line.text, " ");
	size_t length = strcspn(text, " ");

	return strspn(text, "0123456789") == length || command_named(text, length) ||
	       (action_named(text, length) != ACTION_NONE && !text[length]);
}

void palette_enter(struct app *app)
{
	const struct palette *palette = &app->palette;
	const struct palette_entry *entry =
		palette->chosen >= 0 ? &palette->entries[palette->chosen] : NULL;
	char line[ENTRY_ROOM];

	if (!entry || (!palette->moved && is_whole(app))) {
		app_answer(app);
		return;
	}
	line_of(app, entry, line);
	line_set(&app->line, line);
	bool goes_on = entry->kind == ENTRY_SETTING ||
		       (entry->kind == ENTRY_COMMAND && *commands[entry->number].takes &&
			!commands[entry->number].alone);

	if (goes_on) {
		palette_look(app);
	} else if (entry->kind == ENTRY_FIELD) {
		app->prompt = PROMPT_NONE;
		app_open_filter_bar(app, field_name(entry->number));
	} else {
		app_answer(app);
	}
}
