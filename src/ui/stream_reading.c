/* stream_reading.c - what the text of a stream is taken from: its bytes as they were sent, what TLS
 * or QUIC protected, messages of HTTP with their bodies unpacked. */
#include <stdio.h>
#include <string.h>

#include "base/bitmap.h"
#include "dissect/path.h"
#include "state/learned.h"
#include "stream_faces.h"

/* In each protocol from what is farthest from the words to what is nearest. */
static const struct {
	enum follow_kind kind;
	uint8_t protocol;  /* enum stream_protocol */
	const char *layer; /* a packet must have, NULL: none */
	const char *name;
} readings[] = {
	{ FOLLOW_TCP, STREAM_TCP, NULL, "as sent" },
	{ FOLLOW_TLS, STREAM_TCP, "tls", "TLS decrypted" },
	{ FOLLOW_HTTP, STREAM_TCP, "http", "HTTP unpacked" },
	{ FOLLOW_HTTP2, STREAM_TCP, "http2", "HTTP/2 frames" },
	{ FOLLOW_HTTP2_MESSAGES, STREAM_TCP, "http2", "HTTP/2" },
	{ FOLLOW_UDP, STREAM_UDP, NULL, "as sent" },
	{ FOLLOW_QUIC, STREAM_UDP, "quic", "QUIC decrypted" },
	{ FOLLOW_HTTP3_MESSAGES, STREAM_UDP, "http3", "HTTP/3" },
};

enum { READINGS = sizeof readings / sizeof *readings, NOWHERE = READINGS };

static unsigned row_of(enum follow_kind kind)
{
	unsigned i = 0;

	while (i < READINGS && readings[i].kind != kind)
		i++;
	return i;
}

/* --- what there is to choose from --- */

struct found_layers {
	unsigned readings; /* a bit for each row */
	bool opened;	   /* something was inside of TLS */
	bool clear;	   /* and something not, as before STARTTLS */
};

static void look_at_path(const struct path_table *paths, uint16_t path, struct found_layers *found)
{
	bool has_inside =
		!path_is_mention(paths, path) && strcmp(path_name(paths, path), "tls") != 0;

	const char *above = NULL;

	for (; path; path = path_parent(paths, path)) {
		const char *name = path_name(paths, path);

		found->clear |= above && strcmp(name, "tcp") == 0 && strcmp(above, "tls") != 0;
		above = name;
		found->opened |= has_inside && strcmp(name, "tls") == 0;
		for (unsigned i = 0; i < READINGS; i++)
			if (readings[i].layer && strcmp(readings[i].layer, name) == 0)
				found->readings |= 1u << i;
	}
}

static struct found_layers find_layers(const struct app *app)
{
	const struct stream_list *list = &app->stream.ladder->list;
	const struct packet_index *index = &list->learned->index;
	uint8_t known[PATH_LIMIT / 8] = { 0 };
	struct found_layers found = { 0 };

	for (uint32_t i = 0; i < list->count; i++) {
		uint32_t packet = list->packets[i];
		uint16_t path = index_block_of(index, packet)->path[index_slot(packet)];

		if (!path || bitmap_has(known, path))
			continue;
		bitmap_add(known, path);
		look_at_path(list->learned->paths, path, &found);
	}
	for (unsigned i = 0; i < READINGS; i++) {
		if (!readings[i].layer)
			found.readings |= 1u << i;
		if (readings[i].protocol != list->talk->protocol)
			found.readings &= ~(1u << i);
	}
	return found;
}

/* What can be read as it was sent is shown so; else what is nearest to words. */
static enum follow_kind usual_reading(const struct found_layers *found, uint8_t protocol)
{
	unsigned http2 = 1u << row_of(FOLLOW_HTTP2), http3 = 1u << row_of(FOLLOW_HTTP3_MESSAGES);
	unsigned last = 0;

	if ((!found->opened || found->clear) && !(found->readings & (http2 | http3)))
		return protocol == STREAM_TCP ? FOLLOW_TCP : FOLLOW_UDP;
	for (unsigned i = 0; i < READINGS; i++)
		if (found->readings >> i & 1)
			last = i;
	return readings[last].kind;
}

/* --- following --- */

void reading_begin(struct app *app)
{
	struct stream_screen *stream = &app->stream;
	struct found_layers found = find_layers(app);
	unsigned row = row_of(stream->reading);
	uint32_t packet = stream->text_wanted;

	stream->readings = found.readings;
	if (!stream->has_reading || !(found.readings >> row & 1))
		stream->reading = usual_reading(&found, stream->ladder->protocol);
	stream->follow =
		follow_new(app->session, stream->reading, stream->ladder->list.talk->stream);
	if (!stream->follow || !follow_has_inner(stream->reading))
		return;
	if (stream->has_inner)
		follow_choose_inner(stream->follow, stream->inner);
	else if (packet)
		follow_choose_inner_of(stream->follow, packet);
}

/* Follows anew; the cursor stays at its packet. */
static void read_anew(struct app *app)
{
	struct stream_screen *stream = &app->stream;
	uint32_t packet = text_face.packet(app);

	text_forget(stream);
	stream->stopped = false;
	stream->text_wanted = packet;
	text_begin(app);
}

static void read_next(struct app *app)
{
	struct stream_screen *stream = &app->stream;
	unsigned row = row_of(stream->reading), next = row;
	unsigned there = find_layers(app).readings;

	do
		next = (next + 1) % READINGS;
	while (!(there >> next & 1));
	if (next == row) {
		app_message(app, MESSAGE_NOTE,
			    "Nothing in this stream is packed or protected that peel could open.");
		return;
	}
	/* Frames and messages are of the same streams; other ones are numbered otherwise. */
	const struct follow_inner *inner = follow_chosen(stream->follow);

	stream->has_inner = inner && readings[next].layer && readings[row].layer &&
			    strcmp(readings[next].layer, readings[row].layer) == 0 && inner->stream;
	if (stream->has_inner)
		stream->inner = *inner;
	stream->reading = readings[next].kind;
	stream->has_reading = true;
	read_anew(app);
}

/* --- streams within --- */

/* Which of those that were found is followed; their count: none. */
static uint32_t inner_number(const struct follow *follow)
{
	const struct follow_inner *chosen = follow_chosen(follow);
	uint32_t count = follow_inner_count(follow), i = 0;

	for (; chosen && i < count; i++) {
		struct follow_inner inner = follow_inner_at(follow, i);

		if (inner.connection == chosen->connection && inner.stream == chosen->stream)
			return i;
	}
	return count;
}

static void read_next_inner(struct app *app, bool back)
{
	struct stream_screen *stream = &app->stream;
	uint32_t count = follow_inner_count(stream->follow), at = inner_number(stream->follow);
	char key[KEYS_ROOM];

	if (!follow_has_inner(stream->reading)) {
		app_message(app, MESSAGE_NOTE,
			    "Only HTTP/2, HTTP/3 and QUIC have streams within: %s reads such.",
			    key_of(&app->user.keys, ACTION_READING, key));
		return;
	}
	uint32_t next = back ? at - 1 : at + 1;

	if (at == count)
		next = 0;
	if (next >= count) {
		app_message(app, MESSAGE_NOTE, "This is the %s stream within%s.",
			    back ? "first" : "last", app->stream.pending ? " so far" : "");
		return;
	}
	stream->inner = follow_inner_at(stream->follow, next);
	stream->has_inner = true;
	read_anew(app);
}

void reading_act(struct app *app, enum action action)
{
	struct stream_screen *stream = &app->stream;

	if (stream->face != FACE_TEXT || !stream->follow) {
		stream->face = FACE_TEXT;
		stream->pending = true;
	} else if (action == ACTION_READING) {
		read_next(app);
	} else {
		read_next_inner(app, action == ACTION_PREVIOUS_INNER);
	}
}

/* --- words --- */

bool stream_has_readings(const struct stream_screen *stream)
{
	return stream->readings & (stream->readings - 1);
}

bool stream_has_inners(const struct stream_screen *stream)
{
	return stream->follow && follow_has_inner(stream->reading);
}

/* "HTTP/2 stream 3 (2/5)" */
void reading_text(const struct stream_screen *stream, char *text, size_t room)
{
	const struct follow *follow = stream->follow;

	text[0] = '\0';
	if (!follow || !stream_has_readings(stream))
		return;
	const struct follow_inner *inner = follow_chosen(follow);
	const char *name = readings[row_of(stream->reading)].name;

	if (follow_has_inner(stream->reading) && inner)
		snprintf(text, room, "%s stream %u (%u/%u)", name, inner->stream,
			 inner_number(follow) + 1, follow_inner_count(follow));
	else
		snprintf(text, room, "%s", name);
}

const char *stream_nothing_read(const struct stream_screen *stream)
{
	switch (stream->reading) {
	case FOLLOW_TLS:
		return "Nothing could be decrypted: peel needs the secrets, as in peel --keylog "
		       "FILE.";
	case FOLLOW_QUIC:
		return "No stream could be decrypted: peel needs the secrets, as in peel --keylog "
		       "FILE.";
	case FOLLOW_HTTP:
		return "No message of HTTP is complete in this stream.";
	case FOLLOW_HTTP2:
	case FOLLOW_HTTP2_MESSAGES:
	case FOLLOW_HTTP3_MESSAGES:
		return "Nothing was said in this stream within that can be read.";
	default:
		return "Neither side said anything.";
	}
}
