/* app_colours.c - the colour rules of the rows: the user's, or Wireshark's, and new ones. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/user_file.h"
#include "dissect/registry.h"
#include "ui/app.h"
#include "ui/app_columns.h"
#include "ui/field_filter.h"

static const char rules_file[] = "colorfilters";

static void rules_are_other(struct app *app)
{
	app->rules_changed = true;
	app_rows_changed(app);
}

static void write_rules(struct app *app)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = app_keeps_files(app) ? open_memstream(&text, &size) : NULL;

	if (!out)
		return;
	colour_rules_print(&app->user.rules, out);
	if (!fclose(out) && !user_file_write(USER_CONFIG, rules_file, text))
		app_message(app, MESSAGE_ERROR, "The colour rules cannot be saved: %s.",
			    strerror(errno));
	free(text);
}

/* Hues that can be told from each other and from Wireshark's, one after another. */
void app_add_colour_rule(struct app *app)
{
	static const struct colour backs[] = { { 255, 176, 102 }, { 102, 217, 255 },
					       { 204, 255, 102 }, { 255, 153, 204 },
					       { 179, 157, 255 }, { 255, 224, 102 } };
	const struct node *n = focus_node(&app->packet);
	char text[FIELD_FILTER_ROOM];

	if (!n || n->field == registry_first_field(registry_root())) {
		app_message(app, MESSAGE_NOTE,
			    "Select a field in the details first: Tab goes there.");
		return;
	}
	field_filter(app->packet.d, n, text);
	colour_rules_add(&app->user.rules, text, text, backs[app->user.rules.count % 6],
			 (struct colour){ 18, 39, 46 });
	rules_are_other(app);
	app->user.colours = true;
	app_message(app, MESSAGE_NOTE, "Packets with %s have a colour of their own.", text);
	write_rules(app);
}

/* --- conversations, for this run --- */

enum { TALK_COLOURS = 9 };

static const char talk_name[] = "conversation ";

/* Which colour a rule has as that of a conversation; 0: it is none. */
static unsigned talk_number(const struct colour_rule *rule)
{
	return rule->is_passing && !strncmp(rule->name, talk_name, strlen(talk_name))
		       ? (unsigned)atoi(rule->name + strlen(talk_name))
		       : 0;
}

char app_talk_digit(const struct app *app, int rule)
{
	unsigned n = rule < 0 ? 0 : talk_number(&app->user.rules.rules[rule]);

	return n ? (char)('0' + n) : 0;
}

/* The rule of colour n; -1: no conversation has it. */
static int rule_of_talk(const struct app *app, unsigned n)
{
	for (unsigned i = 0; i < app->user.rules.count; i++)
		if (talk_number(&app->user.rules.rules[i]) == n)
			return (int)i;
	return -1;
}

static unsigned next_free(const struct app *app)
{
	unsigned n = 1;

	while (n < TALK_COLOURS && rule_of_talk(app, n) >= 0)
		n++;
	return n;
}

static void add_talk(struct app *app, unsigned n, const char *text)
{
	static const struct colour backs[TALK_COLOURS] = {
		{ 255, 154, 154 }, { 154, 255, 154 }, { 154, 180, 255 },
		{ 255, 240, 120 }, { 255, 160, 255 }, { 120, 240, 240 },
		{ 255, 200, 130 }, { 200, 160, 255 }, { 200, 225, 150 },
	};
	char name[sizeof talk_name + 4];

	snprintf(name, sizeof name, "%s%u", talk_name, n);
	colour_rules_add(&app->user.rules, name, text, backs[n - 1], (struct colour){ 18, 39, 46 });
	app->user.rules.rules[0].is_passing = true;
	app->user.colours = true;
	app_message(app, MESSAGE_NOTE, "Packets with %s have colour %u, until peel ends.", text, n);
}

static void colour_talk(struct app *app, unsigned n)
{
	char text[FIELD_FILTER_ROOM] = "", key[KEYS_ROOM];

	if (app->packet.d)
		conversation_filter(app->packet.d, text);
	if (!*text) {
		app_message(app, MESSAGE_NOTE, "This packet belongs to no conversation.");
		return;
	}
	int rule = rule_of_talk(app, n);
	bool is_its_own = rule >= 0 && !strcmp(app->user.rules.rules[rule].text, text);

	if (rule >= 0)
		colour_rules_remove(&app->user.rules, (unsigned)rule);
	if (is_its_own)
		app_message(app, MESSAGE_NOTE,
			    "Packets with %s have no colour of their own any more; %s: none have.",
			    text, key_of(&app->user.keys, ACTION_PLAIN_CONVERSATIONS, key));
	else
		add_talk(app, n, text);
	rules_are_other(app);
}

static void uncolour_talks(struct app *app)
{
	unsigned count = 0;

	for (unsigned i = app->user.rules.count; i-- > 0;) {
		if (!talk_number(&app->user.rules.rules[i]))
			continue;
		colour_rules_remove(&app->user.rules, i);
		count++;
	}
	app_message(app, MESSAGE_NOTE,
		    count ? "No conversation has a colour of its own any more."
			  : "No conversation has a colour of its own.");
	rules_are_other(app);
}

bool app_act_on_colours(struct app *app, enum action action, uint32_t count)
{
	uint32_t key = app->user.keys.last & ~(uint32_t)KEY_ALT;

	if (action == ACTION_PLAIN_CONVERSATIONS)
		uncolour_talks(app);
	if (action != ACTION_COLOUR_CONVERSATION)
		return action == ACTION_PLAIN_CONVERSATIONS;
	if (!count && app->user.keys.last & KEY_ALT && key >= '1' && key <= '9')
		count = key - '0';
	colour_talk(app, count && count <= TALK_COLOURS ? count : next_free(app));
	return true;
}

bool app_set_theme(struct app *app, const char *name)
{
	struct theme theme = { .base = BASE_GUESSED };
	struct error error = { "" };

	if (strcmp(name, "guessed") != 0 && !theme_named(&theme, name, &error)) {
		app_message(app, MESSAGE_WARNING, "%s", error.text);
		return false;
	}
	app->user.theme = theme;
	snprintf(app->user.theme_name, sizeof app->user.theme_name, "%s", name);
	app->theme_changed = true;
	app->dirty = true;
	if (error.text[0])
		app_message(app, MESSAGE_WARNING, "%s.theme, %s", name, error.text);
	return true;
}

const char *app_rule_name(const struct app *app)
{
	int rule = app->packet.d && app->session
			   ? colour_rules_match(&app->user.rules, app->packet.d,
						session_learned(app->session)->paths)
			   : -1;

	return rule < 0 ? "" : app->user.rules.rules[rule].name;
}

void app_read_colour_rules(struct app *app)
{
	char path[USER_PATH_ROOM];

	user_path(USER_CONFIG, rules_file, path);
	FILE *in = *path ? fopen(path, "re") : NULL;

	if (!in)
		return;
	colour_rules_free(&app->user.rules);
	unsigned faults = colour_rules_read(&app->user.rules, in);

	fclose(in);
	if (faults)
		app_message(app, MESSAGE_WARNING, "%u line%s of \"%s\" %s no colour rule%s.",
			    faults, faults == 1 ? "" : "s", path, faults == 1 ? "is" : "are",
			    faults == 1 ? "" : "s");
	rules_are_other(app);
}
