/* stream_find.c - searching in what both sides said, in short steps. */
#include <stdio.h>
#include <string.h>

#include "stream_faces.h"
#include "ui/app_stream.h"

enum { SEARCH_BYTES = 1 << 16 };

static void tell_found(struct app *app, enum follow_search_state state)
{
	struct stream_screen *stream = &app->stream;
	struct text_pager *pager = &stream->pager;

	stream->searching = false;
	if (state == SEARCH_FOUND) {
		pager->cursor = pager_place_of(pager, &stream->search.at);
		stream->follows = false;
	} else {
		app_message(app, MESSAGE_NOTE, "No \"%s\" %s this place.", stream->needle,
			    stream->search.flags & SEARCH_BACKWARDS ? "before" : "after");
	}
	app->dirty = true;
}

bool text_search_more(struct app *app)
{
	struct stream_screen *stream = &app->stream;

	if (!stream->searching)
		return false;
	enum follow_search_state state =
		follow_search(stream->follow, &stream->search, SEARCH_BYTES);

	if (state != SEARCH_MORE)
		tell_found(app, state);
	return stream->searching;
}

static void search_from(struct app *app, bool backwards, struct follow_place from)
{
	struct stream_screen *stream = &app->stream;

	stream->search = (struct follow_search){
		.needle = (const uint8_t *)stream->needle,
		.length = (uint32_t)strlen(stream->needle),
		.flags = stream->pager.sides | SEARCH_ANY_CASE | (backwards ? SEARCH_BACKWARDS : 0),
		.at = from,
	};
	stream->searching = stream->pending = true;
	stream->stopped = false;
	app_stream_more(app);
}

/* On from what was found last, if the cursor is still there, else from the cursor. */
void text_find_again(struct app *app, bool backwards)
{
	struct stream_screen *stream = &app->stream;
	struct text_pager *pager = &stream->pager;
	struct follow_place from = { pager->cursor.turn,
				     pager->cursor.kind == LINE_BODY ? pager->cursor.at : 0 };

	char key[KEYS_ROOM];

	if (!stream->needle[0]) {
		app_message(app, MESSAGE_NOTE, "Nothing was searched for yet: %s does.",
			    key_of(&app->user.keys, ACTION_FIND, key));
		return;
	}
	if (stream->search.length) {
		struct text_place found = pager_place_of(pager, &stream->search.at);

		if (!pager_compare(&found, &pager->cursor)) {
			from = stream->search.at;
			from.position += !backwards;
		}
	}
	search_from(app, backwards, from);
}

void text_find(struct app *app, const char *words)
{
	struct stream_screen *stream = &app->stream;
	struct text_pager *pager = &stream->pager;

	snprintf(stream->needle, sizeof stream->needle, "%s", words);
	stream->face = FACE_TEXT;
	stream->pending = true;
	/* Who searches from another face begins where that one is, once the text is there. */
	stream->search_waits = !pager->begun;
	if (!pager->begun)
		return;
	text_find_begin(app);
}

void text_find_begin(struct app *app)
{
	const struct text_place *cursor = &app->stream.pager.cursor;

	app->stream.search_waits = false;
	search_from(
		app, false,
		(struct follow_place){ cursor->turn, cursor->kind == LINE_BODY ? cursor->at : 0 });
}
