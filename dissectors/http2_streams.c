/* http2_streams.c - what the first pass learns of the streams of HTTP/2: what bodies are, and where
 * their pieces lie. */
#include <stdio.h>
#include <string.h>

#include "http2.h"
#include "http_message.h"
#include "state/conversation.h"
#include "state/facts.h"
#include "state/pieces.h"

const struct http2_item *http2_item_of(const struct http2_walk *w, enum http2_item_kind kind)
{
	const struct http2_item *items = w->fact ? w->fact->items : w->items;
	uint32_t count = w->fact ? w->fact->item_count : w->item_count;

	for (uint32_t i = 0; i < count; i++)
		if (items[i].frame == w->frame && items[i].kind == kind)
			return &items[i];
	return NULL;
}

struct http2_item *http2_add_item(struct http2_walk *w, enum http2_item_kind kind)
{
	if (w->item_count == w->item_room)
		w->items = arena_grow(&w->d->arena, w->items, &w->item_room, 4, sizeof *w->items);
	struct http2_item *item = &w->items[w->item_count++];
	*item = (struct http2_item){ .kind = kind, .frame = w->frame };
	return item;
}

/* Room for twice as many streams, up to a limit; false: that is reached. */
static bool grow_streams(struct dissection *d, struct http2_connection *connection)
{
	uint32_t old = connection->stream_room, room = old ? old * 2 : 2;

	if (room > HTTP2_STREAMS)
		return false;
	struct http2_stream *streams = conversation_memory(d, room * sizeof *streams);
	for (uint32_t i = 0; i < old; i++)
		streams[connection->streams[i].id / 2 % room] = connection->streams[i];
	connection->streams = streams;
	connection->stream_room = room;
	return true;
}

struct http2_stream *http2_stream_of(struct http2_walk *w, uint32_t id)
{
	struct http2_connection *connection = w->connection;
	struct http2_stream *stream;

	if (!connection || !id)
		return NULL;
	do {
		if (!connection->stream_room)
			grow_streams(w->d, connection);
		stream = &connection->streams[id / 2 % connection->stream_room];
		if (stream->id == id)
			return stream;
	} while (stream->id && !(stream->ended[0] && stream->ended[1]) &&
		 grow_streams(w->d, connection));
	uint32_t lists[2] = { stream->list[0], stream->list[1] };
	for (unsigned side = 0; side < 2; side++)
		pieces_drop(w->d, lists[side]);
	*stream = (struct http2_stream){ .id = id, .list = { lists[0], lists[1] } };
	return stream;
}

/* What the head says of its body, kept once in a connection; NULL: nothing of use. */
static const struct http2_content *content_of(struct http2_walk *w, const struct http2_head *head)
{
	struct http2_connection *connection = w->connection;
	const char *words[2] = { head->type ? head->type : "", head->coding ? head->coding : "" };
	size_t type = strlen(words[0]), coding = strlen(words[1]);
	struct http2_content *content = connection->contents;

	if (type + coding > HTTP2_CONTENT_LIMIT)
		return NULL;
	for (; content; content = content->next)
		if (strcmp(content->words, words[0]) == 0 &&
		    strcmp(content->words + type + 1, words[1]) == 0)
			return content;
	if (connection->content_count == HTTP2_CONTENTS)
		return NULL;
	connection->content_count++;
	content = conversation_memory(w->d, (uint32_t)(sizeof *content + type + coding + 2));
	content->size = (uint32_t)(type + coding + 2);
	memcpy(content->words, words[0], type);
	memcpy(content->words + type + 1, words[1], coding);
	content->next = connection->contents;
	connection->contents = content;
	return content;
}

struct cursor http2_whole_of(struct cursor c)
{
	c.captured = c.reported;
	return c;
}

void http2_learn_head(struct http2_walk *w, uint32_t id, const struct http2_head *head)
{
	struct http2_stream *stream = http2_stream_of(w, id);

	if (!stream || (head->status && head->status[0] == '1') || (!head->status && !head->method))
		return;
	if (head->path)
		snprintf(stream->name, sizeof stream->name, "%s",
			 http_last_part(w->d, head->path, (uint32_t)strlen(head->path)));
	if (head->authority)
		snprintf(w->connection->host, sizeof w->connection->host, "%s", head->authority);
	stream->content[w->side] = content_of(w, head);
}

/* Room for n more bytes of words, which double, so that many bodies cost what they are. */
static char *more_words(struct http2_walk *w, uint32_t n)
{
	if (n > w->word_room - w->word_bytes) {
		uint32_t room = 2 * (w->word_bytes + n);
		char *words = arena_alloc(&w->d->arena, room);
		if (w->word_bytes)
			memcpy(words, w->words, w->word_bytes);
		w->words = words;
		w->word_room = room;
	}
	w->word_bytes += n;
	return w->words + w->word_bytes - n;
}

/* Keeps for the item the content's words, and what the object is called and where it is. */
static void add_words(struct http2_walk *w, struct http2_item *item,
		      const struct http2_stream *stream, const struct http2_content *content)
{
	uint32_t name = (uint32_t)strlen(stream->name) + 1;
	uint32_t host = (uint32_t)strlen(w->connection->host) + 1;

	item->words_at = w->word_bytes;
	char *words = more_words(w, content->size + name + host);
	memcpy(words, content->words, content->size);
	memcpy(words + content->size, stream->name, name);
	memcpy(words + content->size + name, w->connection->host, host);
}

void http2_learn_data(struct http2_walk *w, uint32_t id, const struct cursor *data, bool last)
{
	struct http2_stream *stream = http2_stream_of(w, id);
	unsigned side = w->side;

	if (!stream)
		return;
	if (stream->ended[side]) {
		http2_add_item(w, ITEM_CLOSED);
		return;
	}
	stream->ended[side] = last;
	if (!stream->content[side])
		return;
	bool some = data && cursor_sent(data);
	bool alone = last && some && !stream->has_pieces[side];
	if (some && !alone && !is_lasting(w->d, data)) {
		stream->content[side] = NULL;
		return;
	}
	if (some && !alone) {
		struct cursor piece = http2_whole_of(*data);
		piece_add(w->d, &stream->list[side], &piece);
		stream->has_pieces[side] = true;
	}
	if (!last || (!alone && !stream->has_pieces[side]))
		return;
	uint32_t message = alone ? 0 : pieces_finish(w->d, stream->list[side]);
	if (!alone && !message)
		return;
	struct http2_item *item = http2_add_item(w, ITEM_BODY);
	item->message = message;
	add_words(w, item, stream, stream->content[side]);
}

void http2_learn_layer(struct http2_walk *w, const struct hpack_state *after)
{
	struct dissection *d = w->d;

	if (!w->half || (!w->item_count && !w->decoded))
		return;
	uint32_t items = (uint32_t)(w->item_count * sizeof *w->items);
	struct http2_fact *fact =
		learn(d, FACT_OWN, (uint32_t)sizeof *fact + items + w->added_bytes + w->word_bytes);
	if (!fact) {
		/* Too much was added to be kept: the table is lost. */
		w->half->hpack = (struct hpack_state){ 0 };
		return;
	}
	fact->before = w->before;
	fact->item_count = w->item_count;
	fact->added_count = w->added_count;
	fact->added_bytes = w->added_bytes;
	if (items)
		memcpy(fact->items, w->items, items);
	if (w->added_bytes)
		memcpy((uint8_t *)fact->items + items, w->added, w->added_bytes);
	if (w->word_bytes)
		memcpy((uint8_t *)fact->items + items + w->added_bytes, w->words, w->word_bytes);
	w->half->hpack.live = after->live;
	w->half->hpack.table_size = after->table_size;
	if (w->added_count) {
		w->half->hpack.chain_packet = d->packet.number;
		w->half->hpack.chain_serial = fact_number(d);
	}
}
