/* setting.c - the table of settings, and how one is read, shown and kept. */
#include "ui/setting.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/user_file.h"
#include "ui/app.h"
#include "ui/app_memory.h"
#include "ui/app_panes.h"

static const char config_file[] = "config";

/* --- each setting --- */

static const struct {
	const char *name;
	enum time_format format;
} times[] = {
	{ "relative", TIME_RELATIVE },	{ "delta", TIME_DELTA },
	{ "shown", TIME_DELTA_SHOWN },	{ "clock", TIME_ABSOLUTE },
	{ "date", TIME_ABSOLUTE_DATE }, { "utc", TIME_UTC_DATE },
	{ "epoch", TIME_EPOCH },
};

enum { TIMES = sizeof times / sizeof times[0] };

static void get_time(const struct app *app, char text[SETTING_ROOM])
{
	unsigned i = 0;

	while (i + 1 < TIMES && times[i].format != app->user.time_format)
		i++;
	snprintf(text, SETTING_ROOM, "%s", times[i].name);
}

static bool set_time(struct app *app, const char *value)
{
	for (unsigned i = 0; i < TIMES; i++) {
		if (strcmp(value, times[i].name) != 0)
			continue;
		app_set_time_format(app, times[i].format);
		return true;
	}
	return false;
}

static void get_switch(bool on, char text[SETTING_ROOM])
{
	snprintf(text, SETTING_ROOM, on ? "on" : "off");
}

static bool set_switch(bool *at, const char *value)
{
	*at = !strcmp(value, "on");
	return true;
}

static void get_colours(const struct app *app, char text[SETTING_ROOM])
{
	get_switch(app->user.colours, text);
}

static bool set_colours(struct app *app, const char *value)
{
	return set_switch(&app->user.colours, value);
}

static const char *const rule_styles[RULE_STYLE_COUNT] = {
	[RULES_TINT] = "tint",
	[RULES_WIRESHARK] = "wireshark",
	[RULES_TEXT] = "text",
};

static void get_rule_style(const struct app *app, char text[SETTING_ROOM])
{
	snprintf(text, SETTING_ROOM, "%s", rule_styles[app->user.rule_style]);
}

static bool set_rule_style(struct app *app, const char *value)
{
	for (unsigned i = 0; i < RULE_STYLE_COUNT; i++) {
		if (strcmp(rule_styles[i], value) != 0)
			continue;
		app->user.rule_style = (enum rule_style)i;
		app->rules_changed = app->dirty = true;
		return true;
	}
	return false;
}

static void get_mouse(const struct app *app, char text[SETTING_ROOM])
{
	get_switch(app->user.mouse, text);
}

static bool set_mouse(struct app *app, const char *value)
{
	return set_switch(&app->user.mouse, value);
}

static void get_live(const struct app *app, char text[SETTING_ROOM])
{
	get_switch(app->user.filter_live, text);
}

static bool set_live(struct app *app, const char *value)
{
	return set_switch(&app->user.filter_live, value);
}

static void get_plain(const struct app *app, char text[SETTING_ROOM])
{
	get_switch(app->user.plain, text);
}

static bool set_plain(struct app *app, const char *value)
{
	return set_switch(&app->user.plain, value);
}

static void get_theme(const struct app *app, char text[SETTING_ROOM])
{
	snprintf(text, SETTING_ROOM, "%s",
		 app->user.theme_name[0] ? app->user.theme_name : "guessed");
}

static void get_names(const struct app *app, char text[SETTING_ROOM])
{
	struct name_choice choice = app_names(app);

	name_choice_text(&choice, text);
}

static bool set_names(struct app *app, const char *value)
{
	struct name_choice choice;

	if (name_choice_read(value, &choice))
		return app_choose_names(app, choice);
	app_message(app, MESSAGE_WARNING,
		    "names is on, off, or letters: m of network cards, n of hosts, d of hosts by "
		    "DNS answers, t of ports, v of VLANs; not \"%.60s\"",
		    value);
	return false;
}

static void get_keymap(const struct app *app, char text[SETTING_ROOM])
{
	snprintf(text, SETTING_ROOM, "%s", key_set_names[app->user.key_set]);
}

static bool set_keymap(struct app *app, const char *value)
{
	app_use_keys(app, key_set_named(value));
	return true;
}

static void get_layout(const struct app *app, char text[SETTING_ROOM])
{
	snprintf(text, SETTING_ROOM, "%s", arrangement_names[app->arrangement]);
}

const struct setting settings[] = {
	{ "time", "what the Time column shows", "relative delta shown clock date utc epoch",
	  get_time, set_time },
	{ "colours", "rows have the colours of rules", "on off", get_colours, set_colours },
	{ "colour.style", "of those rows: tinted, as Wireshark's rules say, or the text alone",
	  "tint wireshark text", get_rule_style, set_rule_style },
	{ "mouse", "the mouse selects here, and is not the terminal's", "on off", get_mouse,
	  set_mouse },
	{ "names", "names for numbers: m cards, n hosts, d of DNS answers, t ports", "on off ...",
	  get_names, set_names },
	{ "theme", "colours of the screen, or NAME of a NAME.theme among your files",
	  "guessed dark light 16 mono high-contrast colourblind ...", get_theme, app_set_theme },
	{ "plain", "for screen readers: one pane, sentences, nothing drawn", "on off", get_plain,
	  set_plain },
	{ "filter.live", "a display filter is applied while it is typed", "on off", get_live,
	  set_live },
	{ "layout", "how list, details and bytes stand to each other",
	  "usual stacked beside columns no-bytes", get_layout, app_set_arrangement },
	{ "keymap", "whose habits the keys are like; keys.conf changes single ones",
	  "default vim less wireshark", get_keymap, set_keymap },
	{ NULL, NULL, NULL, NULL, NULL },
};

/* --- all alike --- */

static int setting_named(const char *name, size_t length)
{
	for (int i = 0; settings[i].name; i++)
		if (strlen(settings[i].name) == length && !memcmp(settings[i].name, name, length))
			return i;
	return -1;
}

static bool is_among(const char *words, const char *word)
{
	size_t length = strlen(word);

	while (*words) {
		size_t n = strcspn(words, " ");

		if (n == length && !memcmp(words, word, n))
			return true;
		words += n + strspn(words + n, " ");
	}
	return false;
}

static bool is_switch(const struct setting *setting)
{
	return setting->values && !strncmp(setting->values, "on off", strlen("on off"));
}

void setting_text(const struct app *app, unsigned n, char text[SETTING_ROOM])
{
	settings[n].get(app, text);
}

static void take_value(struct app *app, int n, const char *value, enum setting_source source)
{
	const struct setting *setting = &settings[n];

	bool open = setting->values && is_among(setting->values, "...");

	if (open && !setting->set(app, value))
		return;
	if (!open &&
	    ((setting->values && !is_among(setting->values, value)) || !setting->set(app, value))) {
		app_message(app, MESSAGE_WARNING,
			    "\"%.60s\" cannot be %s's value; it is one of: %s", value,
			    setting->name, setting->values ? setting->values : "a number");
		return;
	}
	app->user.setting_sources[n] = (uint8_t)source;
	app->dirty = true;
}

/* "name=value", "name", "noname", "name?": as in other editors. */
bool setting_apply(struct app *app, const char *text, enum setting_source source)
{
	size_t length = strcspn(text, " =?");
	const char *value = text + length + strspn(text + length, " =?");
	bool off = setting_named(text, length) < 0 && !strncmp(text, "no", 2);
	int n = setting_named(text + 2 * off, length - 2 * off);
	char now[SETTING_ROOM];

	if (n < 0) {
		app_message(app, MESSAGE_WARNING,
			    "There is no setting \"%.*s\"; :options shows what there is.",
			    (int)length, text);
		return false;
	}
	if (off || (!*value && is_switch(&settings[n]) && text[length] != '?')) {
		value = off ? "off" : "on";
	} else if (!*value) {
		settings[n].get(app, now);
		app_message(app, MESSAGE_NOTE, "%s=%s  (%s)", settings[n].name, now,
			    setting_source_name(app, (unsigned)n));
		return true;
	}
	take_value(app, n, value, source);
	return true;
}

void setting_step(struct app *app, unsigned n)
{
	const struct setting *setting = &settings[n];
	char now[SETTING_ROOM], next[SETTING_ROOM] = "";
	const char *at = setting->values;
	bool found = false;

	if (!at)
		return;
	setting->get(app, now);
	for (; *at && !next[0]; at += strspn(at, " ")) {
		size_t length = strcspn(at, " ");

		if (found && strncmp(at, "...", 3) != 0)
			snprintf(next, sizeof next, "%.*s", (int)length, at);
		found |= strlen(now) == length && !memcmp(at, now, length);
		at += length;
	}
	if (!next[0])
		snprintf(next, sizeof next, "%.*s", (int)strcspn(setting->values, " "),
			 setting->values);
	take_value(app, (int)n, next, FROM_USER);
}

const char *setting_source_name(const struct app *app, unsigned n)
{
	static const char *const names[] = {
		[FROM_DEFAULT] = "default",
		[FROM_COMMAND_LINE] = "command line",
		[FROM_CONFIG] = "config",
		[FROM_USER] = "set here",
	};

	return names[app->user.setting_sources[n]];
}

void settings_begin(struct app *app)
{
	const struct ui_options *options = app->options;

	if (options->time_format != TIME_RELATIVE)
		app->user.setting_sources[setting_named("time", 4)] = FROM_COMMAND_LINE;
	if (options->theme)
		app->user.setting_sources[setting_named("theme", 5)] = FROM_COMMAND_LINE;
	if (options->plain)
		app->user.setting_sources[setting_named("plain", 5)] = FROM_COMMAND_LINE;
	if (options->key_set)
		app->user.setting_sources[setting_named("keymap", 6)] = FROM_COMMAND_LINE;
	if (options->no_mouse)
		app->user.setting_sources[setting_named("mouse", 5)] = FROM_COMMAND_LINE;
}

/* --- the user's file --- */

struct config_reader {
	struct app *app;
	unsigned line;
};

/* What the command line says stays. */
static void take_line(void *owner, const char *line)
{
	struct config_reader *reader = owner;
	const char *at = line + strspn(line, " \t");
	size_t length = strcspn(at, " \t=");
	const char *value = at + length + strspn(at + length, " \t=");
	char clean[SETTING_ROOM];

	reader->line++;
	if (!*at || *at == '#')
		return;
	int n = setting_named(at, length);

	snprintf(clean, sizeof clean, "%.*s", (int)strcspn(value, " \t\r#"), value);
	if (n < 0)
		app_message(reader->app, MESSAGE_WARNING,
			    "%s, line %u: there is no setting \"%.*s\".", config_file, reader->line,
			    (int)length, at);
	else if (reader->app->user.setting_sources[n] != FROM_COMMAND_LINE)
		take_value(reader->app, n, clean, FROM_CONFIG);
}

void settings_read(struct app *app)
{
	struct config_reader reader = { .app = app };

	user_file_read(USER_CONFIG, config_file, take_line, &reader);
}

void settings_write(struct app *app)
{
	char text[SETTINGS_MOST * (SETTING_ROOM + 40)] = "# written by :set!\n";
	size_t used = strlen(text);

	for (unsigned i = 0; settings[i].name; i++) {
		char value[SETTING_ROOM];

		if (app->user.setting_sources[i] != FROM_USER &&
		    app->user.setting_sources[i] != FROM_CONFIG)
			continue;
		settings[i].get(app, value);
		used += (size_t)snprintf(text + used, sizeof text - used, "%s = %s\n",
					 settings[i].name, value);
	}
	if (!app_keeps_files(app))
		app_message(app, MESSAGE_NOTE, "Nothing is remembered in this run.");
	else if (user_file_write(USER_CONFIG, config_file, text))
		app_message(app, MESSAGE_NOTE, "What is set is kept in \"%s\".", config_file);
	else
		app_message(app, MESSAGE_ERROR, "The settings cannot be saved: %s.",
			    strerror(errno));
}
