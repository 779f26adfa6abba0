/* stream_save.c - what one side or both said, as bytes in a file, written in short steps. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "stream_faces.h"
#include "ui/app_stream.h"
#include "ui/quantity.h"

enum { SAVE_BYTES = 1 << 16 };

struct stream_save {
	FILE *file;
	char path[4096];
	unsigned sides; /* a bit per enum follow_side */
	uint32_t turn, position;
	uint64_t written, missing;
};

void text_save_stop(struct stream_screen *stream)
{
	if (!stream->save)
		return;
	fclose(stream->save->file);
	free(stream->save);
	stream->save = NULL;
}

bool text_save_progress(const struct stream_screen *stream, struct work_progress *progress)
{
	if (!stream->save)
		return false;
	*progress = (struct work_progress){ .doing = "Saving",
					    .things = "turns",
					    .done = stream->save->turn,
					    .total = follow_turn_count(stream->follow),
					    .found_word = "bytes written",
					    .found = stream->save->written };
	return true;
}

/* What was written is there, and is the beginning of what was said. */
void text_save_cancel(struct app *app)
{
	char bytes[QUANTITY_ROOM];

	app_message(app, MESSAGE_WARNING, "Saving was stopped: \"%s\" has the first %s bytes.",
		    app->stream.save->path, count_text(app->stream.save->written, bytes));
	text_save_stop(&app->stream);
}

static void tell_failed(struct app *app, int number)
{
	app_message(app, MESSAGE_ERROR, "cannot write \"%s\": %s", app->stream.save->path,
		    strerror(number ? number : EIO));
	text_save_stop(&app->stream);
}

static void finish(struct app *app)
{
	struct stream_save *save = app->stream.save;
	char bytes[QUANTITY_ROOM], missing[QUANTITY_ROOM];

	errno = 0;
	if (fflush(save->file) != 0) {
		tell_failed(app, errno);
		return;
	}
	if (save->missing)
		app_message(app, MESSAGE_WARNING,
			    "Saved %s bytes to \"%s\"; %s more were not captured.",
			    count_text(save->written, bytes), save->path,
			    count_text(save->missing, missing));
	else
		app_message(app, MESSAGE_NOTE, "Saved %s bytes to \"%s\".",
			    count_text(save->written, bytes), save->path);
	text_save_stop(&app->stream);
}

/* Some bytes of a turn; what is missing is left out. */
static bool save_piece(struct stream_save *save, struct follow *follow,
		       const struct follow_turn *turn)
{
	static const uint32_t most = SAVE_BYTES;
	uint8_t bytes[SAVE_BYTES];
	uint32_t n = follow_read(follow, turn, save->position, bytes, most), into;

	if (!n) {
		const struct follow_piece *piece =
			follow_piece_at(follow, turn, save->position, &into);

		n = piece ? piece->length - into : turn->length - save->position;
		save->missing += n;
	} else if (fwrite(bytes, 1, n, save->file) != n) {
		return false;
	} else {
		save->written += n;
	}
	save->position += n;
	return true;
}

bool text_save_more(struct app *app)
{
	struct stream_save *save = app->stream.save;
	struct follow *follow = app->stream.follow;

	if (!save)
		return false;
	if (save->turn >= follow_turn_count(follow)) {
		finish(app);
		return false;
	}
	const struct follow_turn *turn = follow_turn(follow, save->turn);

	errno = 0;
	if (save->position >= turn->length || !(save->sides >> turn->side & 1)) {
		save->turn++;
		save->position = 0;
	} else if (!save_piece(save, follow, turn)) {
		tell_failed(app, errno);
		return false;
	}
	return true;
}

void app_stream_save(struct app *app, const char *path)
{
	struct stream_screen *stream = &app->stream;
	struct stat there;

	if (!app_may_write(app))
		return;
	if (stat(path, &there) == 0 && !S_ISCHR(there.st_mode) && !S_ISFIFO(there.st_mode)) {
		app_message(app, MESSAGE_WARNING,
			    "\"%s\" is there already: give another name, nothing was written.",
			    path);
		return;
	}
	text_begin(app);
	if (!stream->follow)
		return;
	text_save_stop(stream);
	struct stream_save *save = must_zeroed(1, sizeof *save);

	snprintf(save->path, sizeof save->path, "%s", path);
	save->sides = text_sides(stream);
	save->file = fopen(path, "wbe");
	if (!save->file) {
		app_message(app, MESSAGE_ERROR, "cannot write \"%s\": %s", path, strerror(errno));
		free(save);
		return;
	}
	stream->save = save;
	stream->pending = true;
	stream->stopped = false;
	app_stream_more(app);
}
