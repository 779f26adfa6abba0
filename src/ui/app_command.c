/* app_command.c - what is typed in the prompt, and the table of commands. */
#include <errno.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/user_file.h"
#include "stream_faces.h"
#include "ui/app_capture.h"
#include "ui/app_columns.h"
#include "ui/app_filter.h"
#include "ui/app_marks.h"
#include "ui/app_memory.h"
#include "ui/app_rows.h"
#include "ui/app_save.h"
#include "ui/app_stream.h"
#include "ui/app_tabs.h"
#include "ui/command.h"
#include "ui/setting.h"
#include "ui/user_filters.h"

static void open_file(struct app *app, const char *typed)
{
	struct error error = { "" };
	char path[4096], key[KEYS_ROOM];

	user_typed_path(typed, path, sizeof path);

	if (app_has_unsaved(app))
		app_message(app, MESSAGE_WARNING,
			    "What was captured is not saved: %s saves it first.",
			    key_of(&app->user.keys, ACTION_SAVE, key));
	else if (!app_open(app, path, &error))
		app_message(app, MESSAGE_ERROR, "%s", error.text);
}

static void save_stream(struct app *app, const char *typed)
{
	char path[4096];

	user_typed_path(typed, path, sizeof path);
	app_stream_save(app, path);
}

void app_do(struct app *app, enum action action)
{
	struct view *view = app_view_in_focus(app);

	if (!view->class->act || !view->class->act(view, app, action, 0))
		app_act(app, action, 0);
}

static void run_action(struct app *app, const char *text, size_t length)
{
	enum action action = action_named(text, length);
	char key[KEYS_ROOM];

	if (action == ACTION_NONE)
		app_message(app, MESSAGE_WARNING,
			    "There is no command \"%.*s\". %s shows what there is.", (int)length,
			    text, key_of(&app->user.keys, ACTION_HELP, key));
	else
		app_do(app, action);
}

static void set_filter(struct app *app, const char *text)
{
	if (!app_set_filter(app, text))
		app_open_filter_bar(app, text);
}

/* What is set now; nothing being set, the name is forgotten. */
static void save_filter(struct app *app, const char *name)
{
	const char *text = app->filter_text ? app->filter_text : "";

	saved_filters_set(&app->user.saved_filters, name, text);
	if (app_keeps_files(app) && !saved_filters_write(&app->user.saved_filters))
		app_message(app, MESSAGE_ERROR, "The filter cannot be saved: %s.", strerror(errno));
	else if (*text)
		app_message(app, MESSAGE_NOTE, "Typing \"%s\" in the filter bar completes to %s",
			    name, text);
	else
		app_message(app, MESSAGE_NOTE, "There is no saved filter \"%s\" any more.", name);
}

/* --- the commands --- */

static void run_quit(struct app *app, const char *rest)
{
	(void)rest;
	app_quit(app);
}

static void run_leave_all(struct app *app, const char *rest)
{
	(void)rest;
	app_leave_all(app);
}

static void run_quit_now(struct app *app, const char *rest)
{
	(void)rest;
	app_quit_now(app);
}

static void run_save_and_quit(struct app *app, const char *rest)
{
	app->quit_when_saved = true;
	app_save_command(app, rest);
	app->quit_when_saved = app->saving || app->dialog;
}

static void run_forget(struct app *app, const char *rest)
{
	(void)rest;
	app_forget(app);
}

static void run_import(struct app *app, const char *rest)
{
	(void)rest;
	app_show_sheet(app, SHEET_IMPORT);
}

static void run_help(struct app *app, const char *rest)
{
	(void)rest;
	app_open_help(app);
}

static void run_set(struct app *app, const char *rest)
{
	if (*rest)
		setting_apply(app, rest, FROM_USER);
	else
		app_act(app, ACTION_OPTIONS, 0);
}

static void run_keep(struct app *app, const char *rest)
{
	if (!*rest || setting_apply(app, rest, FROM_USER))
		settings_write(app);
}

static void run_map(struct app *app, const char *rest)
{
	char said[KEY_LINE_ROOM];

	if (!key_map_read_line(&app->user.keys, rest, 0, said))
		app_message(app, MESSAGE_WARNING, "\"%s\" was not bound: %s.", rest, said);
	else if (said[0])
		app_message(app, MESSAGE_WARNING, "%s: %s. In the file keys.conf it stays.", rest,
			    said);
	else
		app_message(app, MESSAGE_NOTE, "%s: in the file keys.conf it stays.", rest);
}

/* The first packet at or after a time of the capture's first day, or of those that follow. */
static uint32_t packet_at(const struct app *app, struct tm clock)
{
	time_t first = (time_t)(session_packet_time(app->session, 1) / 1000000000);
	struct tm day;

	localtime_r(&first, &day);
	day.tm_hour = clock.tm_hour;
	day.tm_min = clock.tm_min;
	day.tm_sec = clock.tm_sec;
	int64_t from = (int64_t)mktime(&day) * 1000000000;

	for (uint32_t n = 1; n <= app->packet_count; n++)
		if (session_packet_time(app->session, n) >= from)
			return n;
	return 0;
}

static void run_go_to(struct app *app, const char *rest)
{
	struct tm clock = { 0 };
	const char *end = strptime(rest, "%H:%M:%S", &clock);
	uint32_t packet;

	if (strspn(rest, "0123456789") == strlen(rest)) {
		unsigned long number = strtoul(rest, NULL, 10);

		app_go_to(app, number > UINT32_MAX ? UINT32_MAX : (uint32_t)number);
		return;
	}
	if (!end || *end) {
		app_message(app, MESSAGE_WARNING,
			    "\"%s\" is no packet's number, and no time such as 12:04:05.", rest);
		return;
	}
	packet = app->packet_count ? packet_at(app, clock) : 0;
	if (packet)
		app_go_to(app, packet);
	else
		app_message(app, MESSAGE_NOTE, "No packet at or after %s.", rest);
}

const struct command commands[] = {
	{ "w", "save", "[displayed|marked|FROM-TO] FILE", ":w displayed http.pcapng",
	  "Save packets", true, false, app_save_command },
	{ "wq", NULL, "[displayed|marked|FROM-TO] FILE", ":wq capture.pcapng",
	  "Save packets and quit", true, false, run_save_and_quit },
	{ "e", "open", "FILE", ":e ~/capture.pcapng", "Open a file", false, false, open_file },
	{ "tabe", "tabnew", "FILE", ":tabe ~/capture.pcapng", "Open a file beside this one", false,
	  false, app_open_tab },
	{ "merge", NULL, "FILE", ":merge ~/other.pcapng", "Merge with another file, by time", true,
	  false, app_merge },
	{ "tab", NULL, "NUMBER", ":tab 2", "Show another tab", false, false, app_go_to_tab },
	{ "filter", NULL, "FILTER", ":filter dns && ip.addr == 10.0.0.1",
	  "Show only packets that pass a filter", true, false, set_filter },
	{ "save-filter", NULL, "NAME", ":save-filter slow", "Give the filter that is set a name",
	  true, false, save_filter },
	{ "decode-as", NULL, "LAYER==SELECTOR,PROTOCOL", ":decode-as tcp.port==8888,http",
	  "Decode a port as another protocol", true, false, app_decode_as },
	{ "ignore", NULL, "displayed|marked|FROM-TO|none", ":ignore marked",
	  "Read the capture as if packets were not there", true, false, app_ignore_command },
	{ "comment", NULL, "TEXT", ":comment here the server stalls",
	  "Comment on the selected packet", true, true, app_comment },
	{ "column", NULL, "[TITLE=]FIELD|FORMAT", ":column Host=http.host",
	  "Add a column of a field", false, false, app_add_column },
	{ "profile", NULL, "[NAME]", ":profile web", "Columns of a profile, or the usual ones",
	  false, true, app_use_profile },
	{ "sort-by", "sort", "[-]COLUMN", ":sort-by -Len",
	  "Sort by a column; without one as captured", true, true, app_sort_command },
	{ "goto", NULL, "PACKET|HH:MM:SS", ":goto 12:04:05", "Go to a packet or a time of day",
	  true, false, run_go_to },
	{ "set", NULL, "NAME=VALUE", ":set time=delta", "Set an option", false, true, run_set },
	{ "set!", NULL, "[NAME=VALUE]", ":set! time=utc", "Keep what is set for the next time",
	  false, true, run_keep },
	{ "map", NULL, "[PLACE] KEYS ACTION", ":map list ^X next-problem", "Bind keys to an action",
	  false, false, run_map },
	{ "skip", NULL, "[all]", ":skip", "Read on behind damage, with the next plausible packet",
	  true, true, app_skip },
	{ "forget", NULL, "", ":forget", "Remember nothing of this file", true, true, run_forget },
	{ "import-wireshark", NULL, "", ":import-wireshark",
	  "Take columns, colours and filters from Wireshark's files", false, true, run_import },
	{ "h", NULL, "", ":h", "Keys of this pane", false, true, run_help },
	{ "q", NULL, "", ":q", "Leave this file, or peel, asking what is not saved", false, true,
	  run_quit },
	{ "qa", NULL, "", ":qa", "Quit peel with all files", false, true, run_leave_all },
	{ "q!", NULL, "", ":q!", "Quit without asking", false, true, run_quit_now },
	{ NULL, NULL, NULL, NULL, NULL, false, false, NULL },
};

static bool is_word(const char *word, const char *name, size_t length)
{
	return word && strlen(word) == length && !memcmp(word, name, length);
}

const struct command *command_named(const char *name, size_t length)
{
	for (const struct command *c = commands; c->name; c++)
		if (is_word(c->name, name, length) || is_word(c->other, name, length))
			return c;
	return NULL;
}

static void run_command(struct app *app, const struct command *command, const char *rest)
{
	if (command->of_packets && !app->session)
		app_message(app, MESSAGE_NOTE, "No capture is open: :e FILE opens one.");
	else if (!*rest && !command->alone)
		app_message(app, MESSAGE_WARNING, ":%s %s   such as %s", command->name,
			    command->takes, command->example);
	else
		command->run(app, rest);
}

void app_command(struct app *app, const char *text)
{
	text += strspn(text, " ");
	size_t length = strcspn(text, " ");
	const char *rest = text + length + strspn(text + length, " ");
	const struct command *command = command_named(text, length);

	if (!length)
		return;
	/* "open" is also the name of an action, which takes nothing. */
	if (command && (*rest || action_named(text, length) == ACTION_NONE))
		run_command(app, command, rest);
	else if (strspn(text, "0123456789") == length && app->session)
		run_go_to(app, text);
	else
		run_action(app, text, length);
}

/* --- the prompts --- */

void app_answer(struct app *app)
{
	enum prompt prompt = app->prompt;
	char text[LINE_ROOM];

	memcpy(text, app->line.text, sizeof text);
	app->prompt = PROMPT_NONE;
	if (prompt == PROMPT_COMMENT) {
		app_comment(app, text);
		return;
	}
	if (!text[0]) {
		app->quit_when_saved = false;
		return;
	}
	if (prompt == PROMPT_GO_TO && strspn(text, "0123456789") != strlen(text))
		app_message(app, MESSAGE_WARNING, "\"%s\" is not the number of a packet.", text);
	else if (prompt == PROMPT_GO_TO || prompt == PROMPT_COMMAND)
		app_command(app, text);
	else if (prompt == PROMPT_OPEN)
		open_file(app, text);
	else if (prompt == PROMPT_MERGE)
		app_merge(app, text);
	else if (prompt == PROMPT_OPEN_TAB)
		app_open_tab(app, text);
	else if (prompt == PROMPT_SAVE)
		app_save(app, text, false);
	else if (prompt == PROMPT_FIND_PACKET)
		app_find_packet(app, app->find.kind, text);
	else if (prompt == PROMPT_FIND)
		text_find(app, text);
	else if (prompt == PROMPT_SAVE_STREAM)
		save_stream(app, text);
	else if (prompt == PROMPT_COLUMN)
		app_add_column(app, text);
	else if (prompt == PROMPT_COLUMN_TITLE)
		app_name_column(app, text);
	else if (prompt == PROMPT_CURVE)
		io_graph_add(app, text);
	else if (prompt == PROMPT_EXPORT)
		app_export_objects(app, text);
}

/* The longest common beginning of the files that begin like this. */
void app_complete(struct app *app)
{
	char pattern[2 * LINE_ROOM + 2];
	size_t used = 0;
	glob_t found;

	if (app->prompt == PROMPT_COLUMN)
		app_complete_column(app);
	if (app->prompt == PROMPT_FIND_PACKET)
		app->find.kind = (app->find.kind + 1) % FIND_KINDS;
	if (app->prompt != PROMPT_SAVE && app->prompt != PROMPT_SAVE_STREAM &&
	    app->prompt != PROMPT_EXPORT)
		return;
	for (const char *p = app->line.text; *p; p++) {
		if (strchr("*?[\\", *p))
			pattern[used++] = '\\';
		pattern[used++] = *p;
	}
	memcpy(pattern + used, "*", 2);
	if (!glob(pattern, GLOB_MARK | GLOB_TILDE, NULL, &found) && found.gl_pathc) {
		size_t common = strlen(found.gl_pathv[0]);

		for (size_t i = 1; i < found.gl_pathc; i++)
			for (size_t j = 0; j < common; j++)
				if (found.gl_pathv[i][j] != found.gl_pathv[0][j])
					common = j;
		snprintf(pattern, sizeof pattern, "%.*s", (int)common, found.gl_pathv[0]);
		line_set(&app->line, pattern);
		if (found.gl_pathc > 1)
			app_message(app, MESSAGE_NOTE, "%zu files begin so.", found.gl_pathc);
	}
	globfree(&found);
}
