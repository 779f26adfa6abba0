/* http2_body.c - bodies of HTTP/2, unpacked and handed on by the type that their head says. */
#include <string.h>

#include "dissect/object.h"
#include "http2.h"
#include "http_message.h"
#include "media_type.h"
#include "state/pieces.h"
#include "state/reassembly.h"

/* The next of several strings that follow each other. */
static struct text_part next_words(const char **words)
{
	struct text_part part = { (const uint8_t *)*words, 0, (uint32_t)strlen(*words) };

	*words += part.length + 1;
	return part;
}

static void offer_body(struct dissection *d, const struct cursor *body, const char *type,
		       const char *words)
{
	struct object_part part = {
		.kind = "http",
		.type = type,
		.name = words,
		.source = words + strlen(words) + 1,
		.length = cursor_left(body),
		.last = cursor_left(body) == cursor_sent(body),
	};

	if (d->tells_objects && cursor_peek(body, 0, part.length, &part.bytes))
		offer_object(d, &part);
}

void http2_show_body(struct http2_walk *w, const struct cursor *c, struct cursor body)
{
	struct dissection *d = w->d;
	const struct http2_item *item = http2_item_of(w, ITEM_BODY);

	if (!item)
		return;
	const struct http2_fact *fact = w->fact;
	const char *words =
		fact ? (const char *)&fact->items[fact->item_count] + fact->added_bytes : w->words;
	words += item->words_at;
	struct text_part type = next_words(&words), coding = next_words(&words);
	bool is_asked_for = field_asked_for(d, HTTP2_BODY);
	/* Of no type it is an object, and nothing to look at. */
	if (!type.length && !d->tells_objects && !is_asked_for)
		return;
	if (item->message)
		body = message_source(d, c, item->message, "Reassembled body");
	if (!http_unpack(d, coding, &body)) {
		note_finding(d, HTTP2_BODY_FAILED, NULL);
		if (is_asked_for)
			put_bytes(d, HTTP2_BODY, &body);
		return;
	}
	if (is_asked_for)
		put_bytes(d, HTTP2_BODY, &body);
	offer_body(d, &body, (const char *)type.bytes, words);
	if (type.length)
		hand_on_media_within(d, type, body);
}
