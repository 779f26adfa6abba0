/* app_memory.c - what is remembered of a file from one time to the next: where one was, marks,
 * comments, open subtrees.
 *
 * What would hide packets, a filter, is offered and not applied.  A file is known by its size and
 * its first packet, so that it may be moved or named otherwise. */
#include "ui/app_memory.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/bitmap.h"
#include "base/user_file.h"
#include "dissect/registry.h"
#include "ui/app_capture.h"
#include "ui/app_columns.h"
#include "ui/app_filter.h"
#include "ui/app_panes.h"
#include "ui/recent_files.h"

enum { FILE_NAME_ROOM = 64, NUMBERS_A_LINE = 100, OPEN_MOST = 200, ROWS_BEFORE = 5 };

/* --- which file it is --- */

/* FNV-1a: hash_bytes() comes to another number in each run. */
static uint64_t mixed(uint64_t hash, const void *bytes, size_t n)
{
	const uint8_t *at = bytes;

	for (size_t i = 0; i < n; i++)
		hash = (hash ^ at[i]) * UINT64_C(0x100000001b3);
	return hash;
}

static bool name_of_file(struct app *app, char name[FILE_NAME_ROOM])
{
	const struct capture_file *file = session_file(app->session);
	uint64_t size = capture_file_size(file), hash = UINT64_C(0xcbf29ce484222325);
	int64_t time = session_packet_time(app->session, 1);
	const uint8_t *bytes;
	uint32_t length;

	if (!view_port_bytes(&app->list_port, 1, &bytes, &length))
		return false;
	hash = mixed(hash, &size, sizeof size);
	hash = mixed(hash, &time, sizeof time);
	hash = mixed(hash, bytes, length);
	snprintf(name, FILE_NAME_ROOM, "sessions/%016" PRIx64, hash);
	return true;
}

static bool is_remembered(const struct app *app)
{
	return app->session && app->options->remembers && !app->live && app->packet_count &&
	       !capture_file_is_input(session_file(app->session));
}

/* --- writing --- */

static void put_set(FILE *out, const char *word, const struct packet_set *set)
{
	for (uint32_t i = 0; i < set->count; i++)
		fprintf(out, "%s%u%s", i % NUMBERS_A_LINE ? " " : word, set->numbers[i],
			i % NUMBERS_A_LINE == NUMBERS_A_LINE - 1 || i + 1 == set->count ? "\n"
											: "");
}

static void put_open(FILE *out, const struct packet_focus *focus)
{
	unsigned put = 0;

	for (unsigned i = 0; i < registry_field_count() && put < OPEN_MOST; i++)
		if (bitmap_has(focus->open, i))
			put += fprintf(out, "open %s\n", registry_field(i)->abbrev) > 0;
}

static void put_comments(FILE *out, const struct comments *comments)
{
	uint32_t packet;

	for (unsigned i = 0; comments && i < comments_count(comments); i++) {
		const char *text = comments_at(comments, i, &packet);

		fprintf(out, "comment %u ", packet);
		for (; *text; text++)
			if (*text == '\n' || *text == '\\')
				fprintf(out, *text == '\n' ? "\\n" : "\\\\");
			else
				putc(*text, out);
		putc('\n', out);
	}
}

static void put_all(struct app *app, FILE *out)
{
	fprintf(out, "file %s\n", capture_file_path(session_file(app->session)));
	fprintf(out, "selected %u\n", app->selected);
	put_set(out, "marked ", &app->marked);
	put_set(out, "references ", &app->references);
	/* They are offered until they are taken up or refused. */
	put_set(out, "ignored ", app->ignored.count ? &app->ignored : &app->offered_ignored);
	for (unsigned i = 0; i < NAMES; i++)
		if (app->named[i])
			fprintf(out, "name %c %u\n", 'a' + (int)i, app->named[i]);
	if (app->filter_text && *app->filter_text)
		fprintf(out, "filter %s\n", app->filter_text);
	if (app->zoomed)
		fprintf(out, "zoomed %d\n", (int)app->focus);
	if (app->profile[0])
		fprintf(out, "profile %s\n", app->profile);
	if (app->arrangement != ARRANGED_BY_SIZE)
		fprintf(out, "layout %s\n", arrangement_names[app->arrangement]);
	for (unsigned i = 0; i < app->decode.rule_count; i++) {
		char rule[DECODE_TEXT_ROOM];

		decode_rule_text(&app->decode.rules[i], rule);
		fprintf(out, "decode %s\n", rule);
	}
	put_open(out, &app->packet);
	put_comments(out, app->comments);
}

/* In the list of the start screen. */
static void note_recent(const struct app *app)
{
	char *path = realpath(capture_file_path(session_file(app->session)), NULL);
	struct recent_file file = {
		.path = path,
		.filter = app->filter_text && *app->filter_text ? app->filter_text : NULL,
		.left = time(NULL),
		.first_ns = session_packet_time(app->session, 1),
		.packets = app->packet_count,
		.selected = app->selected,
		.marks = app->marked.count,
	};

	if (path)
		recent_files_add(&file);
	free(path);
}

static void forget_recent(const struct app *app)
{
	char *path = realpath(capture_file_path(session_file(app->session)), NULL);

	if (path)
		recent_files_remove(path);
	free(path);
}

void app_remember(struct app *app)
{
	char name[FILE_NAME_ROOM], *text = NULL;
	size_t size = 0;

	if (!app_keeps_files(app) || !is_remembered(app) || app->forgotten || !app->recalled ||
	    !name_of_file(app, name))
		return;
	note_recent(app);
	FILE *out = open_memstream(&text, &size);

	if (!out)
		return;
	put_all(app, out);
	if (!fclose(out))
		user_file_write(USER_STATE, name, text);
	free(text);
}

/* --- reading --- */

struct recall {
	struct app *app;
	unsigned things;
};

static void take_numbers(struct packet_set *set, const char *text)
{
	char *end;

	for (unsigned long n; (n = strtoul(text, &end, 10)) && end != text; text = end)
		if (n <= UINT32_MAX && !packet_set_has(set, (uint32_t)n))
			packet_set_toggle(set, (uint32_t)n);
}

static void take_comment(struct app *app, const char *text)
{
	char comment[COMMENT_LIMIT + 1], *end;
	unsigned long packet = strtoul(text, &end, 10);
	size_t used = 0;

	if (!packet || packet > UINT32_MAX || *end++ != ' ')
		return;
	for (; *end && used < COMMENT_LIMIT; end++) {
		bool escaped = *end == '\\' && end[1];

		end += escaped;
		comment[used++] = escaped && *end == 'n' ? '\n' : *end;
	}
	comment[used] = '\0';
	comments_set(app->comments, (uint32_t)packet, comment);
}

/* With some of what is before it in sight. */
static void recall_packet(struct app *app, unsigned long packet)
{
	app->filter_anchor = packet > UINT32_MAX ? 0 : (uint32_t)packet;
	app->filter_line = ROWS_BEFORE;
}

static void take_line(void *owner, const char *line)
{
	struct recall *recall = owner;
	struct app *app = recall->app;
	size_t length = strcspn(line, " ");
	const char *rest = line + length + (line[length] == ' ');
	int field;

#define IS(word) (length == strlen(word) && !memcmp(line, word, length))
	recall->things++;
	if (IS("selected") && !app->following)
		recall_packet(app, strtoul(rest, NULL, 10));
	else if (IS("marked"))
		take_numbers(&app->marked, rest);
	else if (IS("references"))
		take_numbers(&app->references, rest);
	else if (IS("ignored"))
		take_numbers(&app->offered_ignored, rest);
	else if (IS("name") && rest[0] >= 'a' && rest[0] <= 'z' && rest[1] == ' ')
		app->named[rest[0] - 'a'] = (uint32_t)strtoul(rest + 2, NULL, 10);
	else if (IS("decode"))
		decode_recall(&app->decode, rest);
	else if (IS("filter"))
		snprintf(app->offered_filter, sizeof app->offered_filter, "%s", rest);
	else if (IS("zoomed") && rest[0] >= '0' && rest[0] < '0' + PANES && !rest[1]) {
		app->zoomed = true;
		app->focus = (enum pane)(rest[0] - '0');
	} else if (IS("profile")) {
		app_recall_profile(app, rest);
	} else if (IS("layout")) {
		app_set_arrangement(app, rest);
	} else if (IS("open") && (field = registry_field_named(rest)) >= 0)
		bitmap_add(app->packet.open, (uint32_t)field);
	else if (IS("comment"))
		take_comment(app, rest);
#undef IS
}

static void tell_recalled(struct app *app, bool restoring)
{
	uint32_t count = app->offered_ignored.count;
	char keys[KEYS_ROOM], ignored[80] = "", filter[LINE_ROOM + 20] = "";

	if (app->filter_text)
		app->offered_filter[0] = '\0';
	if (!app->offered_filter[0] && !count)
		return;
	if (restoring) {
		app_apply_last_filter(app);
		return;
	}
	if (app->offered_filter[0])
		snprintf(filter, sizeof filter, "filter \"%s\"", app->offered_filter);
	if (count)
		snprintf(ignored, sizeof ignored, "%s%u packet%s ignored", *filter ? ", " : "",
			 count, count == 1 ? "" : "s");
	key_map_names(&app->user.keys, ACTION_LAST_FILTER, IN_PACKETS, 1, keys);
	app_message(app, MESSAGE_NOTE, "Last time: %s%s   %s applies %s.", filter, ignored, keys,
		    *filter && count ? "both" : "it");
}

void app_recall(struct app *app)
{
	struct recall recall = { .app = app };
	char name[FILE_NAME_ROOM];

	if (app->recalled || !app->session || !app->packet_count)
		return;
	bool restoring = app->restoring;

	app->recalled = true;
	app->restoring = false;
	if (!is_remembered(app) || app->options->fresh || !name_of_file(app, name))
		return;
	user_file_read(USER_STATE, name, take_line, &recall);
	if (!recall.things)
		return;
	if (app->packet.d)
		focus_on(&app->packet, app->packet.d);
	app->measured_from = app->measured_to = 0;
	tell_recalled(app, restoring);
	app->dirty = true;
}

void app_forget(struct app *app)
{
	char name[FILE_NAME_ROOM], path[USER_PATH_ROOM];

	if (!app_may_write(app))
		return;
	app->forgotten = true;
	if (is_remembered(app) && name_of_file(app, name)) {
		forget_recent(app);
		user_path(USER_STATE, name, path);
		if (*path && unlink(path) != 0 && errno != ENOENT) {
			app_message(app, MESSAGE_ERROR, "\"%s\" cannot be removed: %s.", path,
				    strerror(errno));
			return;
		}
	}
	app_message(app, MESSAGE_NOTE, "Nothing is remembered of this file.");
}

bool app_restore(struct app *app, struct error *error)
{
	struct recent_files recent = { .count = 0 };
	bool fine = false;

	if (app->options->remembers)
		recent_files_read(&recent);
	if (!recent.count)
		error_set(error, "no session is remembered");
	else
		fine = app_open(app, recent.files[0].path, error);
	app->restoring = fine;
	recent_files_free(&recent);
	return fine;
}

void app_apply_last_filter(struct app *app)
{
	char text[sizeof app->offered_filter];

	snprintf(text, sizeof text, "%s", app->offered_filter);
	app->offered_filter[0] = '\0';
	bool ignores = app_ignore_again(app);

	if (!text[0]) {
		if (!ignores)
			app_message(app, MESSAGE_NOTE, "No filter is remembered of this file.");
		return;
	}
	if (!app_set_filter(app, text))
		app_open_filter_bar(app, text);
}
