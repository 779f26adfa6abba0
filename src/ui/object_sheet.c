/* object_sheet.c - files that were transferred: found in short steps while one looks, and saved.
 *
 * Saving takes one object a step, so the screen goes on between them. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/user_file.h"
#include "ui/app.h"
#include "ui/app_save.h"
#include "ui/quantity.h"

enum { PACKETS_AT_ONCE = 64, PACKET_COLUMNS = 9, KIND_COLUMNS = 9, SIZE_COLUMNS = 10 };

static const int64_t STEP = INT64_C(4000000);
static const int64_t TOLD_EVERY = INT64_C(250000000);

static void begin(struct app *app)
{
	app->objects.list = object_list_new(app->session, NULL);
	app->objects.complete = app->objects.stopped = false;
	app->objects.to_save = app->objects.end = 0;
}

static void end(struct app *app)
{
	object_list_free(app->objects.list);
	app->objects.list = NULL;
	app->objects.to_save = app->objects.end = 0;
}

static uint32_t count(const struct app *app)
{
	return app->objects.list ? object_count(app->objects.list) : 0;
}

static void draw_row(struct app *app, struct canvas *canvas, int line, uint32_t row,
		     enum style style)
{
	const struct object *object = object_at(app->objects.list, row);
	int columns = canvas->area.columns, at = PACKET_COLUMNS + KIND_COLUMNS + 1;
	char size[QUANTITY_ROOM], name[OBJECT_NAME_ROOM];
	int source = columns > 90 ? (columns - at - SIZE_COLUMNS) / 4 : 0;
	int type = columns > 50 ? 20 : 0;
	int room = columns - at - SIZE_COLUMNS - type - source - 3;

	object_file_name(object, name);
	canvas_printf(canvas, line, 0, PACKET_COLUMNS, style, "#%u", object->packet);
	canvas_text(canvas, line, PACKET_COLUMNS, KIND_COLUMNS, style, object->kind);
	canvas_text(canvas, line, at, room, style, object->name[0] ? object->name : name);
	at += room + 1;
	canvas_text(canvas, line, at, type, style, object->type);
	at += type + (type > 0);
	canvas_text(canvas, line, at, source, style, object->source);
	canvas_text_right(canvas, line, columns - SIZE_COLUMNS, SIZE_COLUMNS,
			  object->incomplete && style == STYLE_BOX ? STYLE_INVALID : style,
			  bytes_text(object->size, size));
	if (object->incomplete)
		canvas_text(canvas, line, columns - 1, 1, style, "!");
}

/* --- saving --- */

static void ask_folder(struct app *app, uint32_t from, uint32_t until)
{
	app->objects.from = from;
	app->objects.until = until;
	app_ask(app, PROMPT_EXPORT, app->objects.folder[0] ? app->objects.folder : ".");
}

void app_export_objects(struct app *app, const char *folder)
{
	struct object_screen *objects = &app->objects;

	if (!objects->list || !app_may_write(app))
		return;
	user_typed_path(folder, objects->folder, sizeof objects->folder);
	if (mkdir(objects->folder, 0777) != 0 && errno != EEXIST) {
		app_message(app, MESSAGE_ERROR, "\"%s\" cannot be made: %s.", objects->folder,
			    strerror(errno));
		return;
	}
	objects->to_save = objects->from;
	objects->end = objects->until;
	objects->saved = 0;
	app->dirty = true;
}

static void save_one(struct app *app)
{
	struct object_screen *objects = &app->objects;
	const struct object *object = object_at(objects->list, objects->to_save);
	struct error error = { "" };
	char path[4096];

	/* Empty ones are no files, as in tshark. */
	if (object->size) {
		if (!object_save(objects->list, objects->to_save, objects->folder, path,
				 sizeof path, &error)) {
			objects->end = 0;
			app_message(app, MESSAGE_ERROR, "%s", error.text);
			return;
		}
		objects->saved++;
	}
	if (++objects->to_save < objects->end)
		return;
	objects->end = 0;
	if (objects->saved == 1)
		app_message(app, MESSAGE_NOTE, "Saved \"%s\".", path);
	else
		app_message(app, MESSAGE_NOTE, "Saved %u objects into \"%s\".", objects->saved,
			    objects->folder);
}

bool app_stop_exporting(struct app *app)
{
	struct object_screen *objects = &app->objects;

	if (objects->to_save >= objects->end)
		return false;
	app_message(app, MESSAGE_WARNING, "Stopped: %u of %u objects were saved.", objects->saved,
		    objects->until - objects->from);
	objects->end = 0;
	return true;
}

/* --- looking --- */

int64_t app_objects_time(const struct app *app)
{
	const struct object_screen *objects = &app->objects;

	if (!objects->list)
		return INT64_MAX;
	if (objects->to_save < objects->end)
		return 0;
	if (objects->stopped)
		return INT64_MAX;
	return objects->complete && objects->seen == app->packet_count ? INT64_MAX : 0;
}

void app_objects_more(struct app *app)
{
	struct object_screen *objects = &app->objects;
	int64_t until = app_clock() + STEP;

	if (app_objects_time(app) == INT64_MAX)
		return;
	if (objects->to_save < objects->end) {
		save_one(app);
		app->dirty = true;
		return;
	}
	objects->seen = app->packet_count;
	do
		objects->complete = !object_list_update(objects->list, PACKETS_AT_ONCE);
	while (!objects->complete && app_clock() < until);
	if (!objects->complete && app->now - objects->told_at < TOLD_EVERY)
		return;
	objects->told_at = app->now;
	app->dirty = true;
}

static void state(const struct app *app, char *text, size_t room)
{
	const struct object_screen *objects = &app->objects;
	uint32_t looked = object_list_seen(objects->list);
	char found[QUANTITY_ROOM], keys[KEYS_ROOM];

	if (objects->to_save < objects->end)
		snprintf(text, room, "saving %u of %u, ^C stops", objects->to_save - objects->from,
			 objects->end - objects->from);
	else if (objects->stopped)
		snprintf(text, room, "%s so far, stopped at %u %% of the packets, %s goes on",
			 count_text(count(app), found),
			 (unsigned)((uint64_t)looked * 100 / app->packet_count),
			 key_of(&app->user.keys, ACTION_GO_ON, keys));
	else if (looked < app->packet_count)
		snprintf(text, room, "%s so far, %u %% of the packets looked at",
			 count_text(count(app), found),
			 (unsigned)((uint64_t)looked * 100 / app->packet_count));
	else
		snprintf(text, room, "%s", count_text(count(app), found));
}

static bool act(struct app *app, enum action action, uint32_t row)
{
	if (!count(app))
		return false;
	switch (action) {
	case ACTION_OPEN:
		ask_folder(app, row, row + 1);
		return true;
	case ACTION_SAVE_ROWS:
		ask_folder(app, 0, count(app));
		return true;
	case ACTION_GO_TO_ROW:
		app_go_to(app, object_at(app->objects.list, row)->packet);
		app_close_sheet(app);
		return true;
	default:
		return false;
	}
}

const struct sheet_class object_sheet = {
	.title = "Objects",
	.heading = "Packet   Kind      Name",
	.nothing = "No files were transferred in what was looked at so far.",
	.keys = { { ACTION_OPEN, "Save" },
		  { ACTION_SAVE_ROWS, "Save all" },
		  { ACTION_GO_TO_ROW, "Packet" } },
	.begin = begin,
	.end = end,
	.state = state,
	.count = count,
	.draw_row = draw_row,
	.act = act,
};
