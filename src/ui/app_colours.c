/* app_colours.c - the colour rules of the rows: the user's, or Wireshark's, and new ones. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/user_file.h"
#include "dissect/registry.h"
#include "ui/app.h"
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
	FILE *out = app->options->remembers ? open_memstream(&text, &size) : NULL;

	if (!out)
		return;
	colour_rules_print(&app->rules, out);
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
	colour_rules_add(&app->rules, text, text, backs[app->rules.count % 6],
			 (struct colour){ 18, 39, 46 });
	rules_are_other(app);
	app->colours = true;
	app_message(app, MESSAGE_NOTE, "Packets with %s have a colour of their own.", text);
	write_rules(app);
}

bool app_set_theme(struct app *app, const char *name)
{
	struct theme theme = { .base = BASE_GUESSED };
	struct error error = { "" };

	if (strcmp(name, "guessed") != 0 && !theme_named(&theme, name, &error)) {
		app_message(app, MESSAGE_WARNING, "%s", error.text);
		return false;
	}
	app->theme = theme;
	snprintf(app->theme_name, sizeof app->theme_name, "%s", name);
	app->theme_changed = true;
	app->dirty = true;
	if (error.text[0])
		app_message(app, MESSAGE_WARNING, "%s.theme, %s", name, error.text);
	return true;
}

const char *app_rule_name(const struct app *app)
{
	int rule = app->packet.d && app->session
			   ? colour_rules_match(&app->rules, app->packet.d,
						session_learned(app->session)->paths)
			   : -1;

	return rule < 0 ? "" : app->rules.rules[rule].name;
}

void app_read_colour_rules(struct app *app)
{
	char path[USER_PATH_ROOM];

	user_path(USER_CONFIG, rules_file, path);
	FILE *in = *path ? fopen(path, "re") : NULL;

	if (!in)
		return;
	colour_rules_free(&app->rules);
	unsigned faults = colour_rules_read(&app->rules, in);

	fclose(in);
	if (faults)
		app_message(app, MESSAGE_WARNING, "%u line%s of \"%s\" %s no colour rule%s.",
			    faults, faults == 1 ? "" : "s", path, faults == 1 ? "is" : "are",
			    faults == 1 ? "" : "s");
	rules_are_other(app);
}
