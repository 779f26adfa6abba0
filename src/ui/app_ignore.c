/* app_ignore.c - packets that count as if they were not there, as Wireshark's "ignored" ones do.
 *
 * What other packets mean may hang on them, so the capture is read anew. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/app.h"
#include "ui/app_capture.h"
#include "ui/app_filter.h"
#include "ui/app_save.h"
#include "ui/quantity.h"

/* Where reading takes long the keys for several packets are waited for: each would begin it anew.
 */
enum { READ_AT_ONCE = 50000 };
static const int64_t KEYS_COME_WITHIN = INT64_C(1000000000);

/* False: it cannot be read again, which was said. */
static bool can_read_again(struct app *app)
{
	struct error error = { "" };

	if (app_can_read_again(app, &error))
		return true;
	app_message(app, MESSAGE_WARNING, "Nothing was ignored: %s.", error.text);
	return false;
}

static bool read_again(struct app *app)
{
	struct error error = { "" };

	packet_set_free(&app->offered_ignored);
	app->ignored_at = 0;
	app_suspend_reading(app);
	if (app_resume_reading(app, &error))
		return true;
	app_message(app, MESSAGE_ERROR, "%s", error.text);
	return false;
}

/* "12 packets are", "One packet is". */
static const char *subject(uint32_t count, char text[QUANTITY_ROOM + 20])
{
	char number[QUANTITY_ROOM];

	if (count == 1)
		return "One packet is";
	snprintf(text, QUANTITY_ROOM + 20, "%s packets are", count_text(count, number));
	return text;
}

static void tell(struct app *app)
{
	char words[QUANTITY_ROOM + 20];

	if (app->ignored.count)
		app_message(app, MESSAGE_NOTE,
			    "%s ignored: the rest was read as if they were not there.   :ignore "
			    "none takes all in again.",
			    subject(app->ignored.count, words));
	else
		app_message(app, MESSAGE_NOTE, "No packet is ignored any more.");
}

/* While the capture is read anew, the one to be selected is. */
static uint32_t packet_in_question(const struct app *app)
{
	return app->selected ? app->selected : app->filter_anchor;
}

int64_t app_ignored_time(const struct app *app)
{
	return app->ignored_at ? app->ignored_at : INT64_MAX;
}

void app_ignored_more(struct app *app)
{
	if (app->now < app_ignored_time(app))
		return;
	app->ignored_at = 0;
	if (app->session && can_read_again(app) && read_again(app))
		tell(app);
}

void app_toggle_ignored(struct app *app)
{
	uint32_t packet = packet_in_question(app);
	char key[KEYS_ROOM];

	if (!packet || !can_read_again(app))
		return;
	bool is_in = packet_set_toggle(&app->ignored, packet);

	if (app_packets_read(app) > READ_AT_ONCE) {
		app->ignored_at = app->now + KEYS_COME_WITHIN;
		app_message(app, MESSAGE_NOTE,
			    "Packet %u is to be %s: the rest is read anew once no more are chosen.",
			    packet, is_in ? "ignored" : "taken in again");
		return;
	}
	if (read_again(app))
		app_message(app, MESSAGE_NOTE,
			    is_in ? "Packet %u is ignored: the rest was read as if it were not "
				    "there.   %s takes it in again."
				  : "Packet %u is not ignored any more.",
			    packet, key_of(&app->user.keys, ACTION_IGNORE, key));
}

static void ignore_none(struct app *app)
{
	uint32_t count = app->ignored.count;

	if (count && !can_read_again(app))
		return;
	packet_set_free(&app->ignored);
	packet_set_free(&app->offered_ignored);
	if (!count || read_again(app))
		tell(app);
}

void app_ignore_command(struct app *app, const char *text)
{
	char scope[80];

	if (!strcmp(text, "none")) {
		ignore_none(app);
		return;
	}
	snprintf(scope, sizeof scope, "%s ", text);
	const char *rest = app_read_scope(app, scope);
	/* As all is read anew, marked ones need not be read yet. */
	uint32_t count = app->save_scope == SAVE_MARKED ? app->marked.count
							: app_save_count(app, app->save_scope);

	if (app->save_scope == SAVE_ALL || *rest) {
		app_message(app, MESSAGE_WARNING,
			    "\"%s\" is none of displayed, marked, a range such as 10-20, none.",
			    text);
		return;
	}
	if (!count)
		app_message(app, MESSAGE_NOTE, "There are no such packets to ignore.");
	if (!count || !can_read_again(app))
		return;
	uint32_t *packets = app_scoped_packets(app, count);

	packet_set_add_all(&app->ignored, packets, count);
	free(packets);
	if (read_again(app))
		tell(app);
}

bool app_ignore_again(struct app *app)
{
	uint32_t count = app->offered_ignored.count;

	if (!count)
		return false;
	if (!can_read_again(app))
		return true;
	packet_set_add_all(&app->ignored, app->offered_ignored.numbers, count);
	if (read_again(app))
		tell(app);
	return true;
}
