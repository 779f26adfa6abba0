/* http3_body.c - what a request or a response carries, as a file to save.
 *
 * The first pass only notes where header block and DATA frames lie; they are read when somebody
 * asks for objects.  A body ends with its stream, which may be said in a frame of its own. */
#include <string.h>

#include "dissect/object.h"
#include "http3.h"
#include "http_message.h"
#include "state/facts.h"
#include "state/pieces.h"
#include "state/reassembly.h"

/* Where a header block is: its bytes, and the layer whose fact says what it builds on. */
struct head_place {
	uint32_t message; /* 0: there is none */
	uint32_t packet, serial;
};

/* A body that is complete. */
struct body_fact {
	uint32_t message;
	struct head_place own, asked;
};

/* --- the first pass --- */

/* Notes what is at the cursor as the next piece; false: later passes could not find it. */
static bool keep_piece(struct dissection *d, uint32_t *list, struct cursor piece)
{
	if (!is_lasting(d, &piece))
		return false;
	/* Also what this pass does not fetch. */
	piece.captured = piece.reported;
	piece_add(d, list, &piece);
	return true;
}

static void learn_head(struct dissection *d, struct quic_stream *stream, struct http3_half *half,
		       const struct cursor *block)
{
	uint32_t *list = &stream->connection->head_list;

	/* What comes after the body are trailers. */
	if (half->has_body)
		return;
	half->head = keep_piece(d, list, *block) ? pieces_finish(d, *list) : 0;
	half->head_packet = d->packet.number;
	half->head_serial = fact_number(d);
}

void http3_learn_body(struct dissection *d, struct quic_stream *stream, uint64_t type,
		      const struct cursor *payload)
{
	struct http3_half *half = &stream->body[stream->sender];

	if (type == HTTP3_FRAME_HEADERS)
		learn_head(d, stream, half, payload);
	if (type != HTTP3_FRAME_DATA || !half->head || !cursor_sent(payload))
		return;
	half->has_body = keep_piece(d, &half->list, *payload);
	if (!half->has_body)
		half->head = 0;
}

static struct head_place place_of(const struct http3_half *half)
{
	return (struct head_place){ half->head, half->head_packet, half->head_serial };
}

static void learn_end(struct dissection *d, struct quic_stream *stream, uint16_t number)
{
	struct http3_half *half = &stream->body[stream->sender];
	uint32_t message = pieces_finish(d, half->list);
	struct body_fact *fact =
		message ? learn_numbered(d, FACT_STREAM_END, number, sizeof *fact) : NULL;

	half->has_body = false;
	if (fact)
		*fact = (struct body_fact){ message, place_of(half),
					    place_of(&stream->body[QUIC_CLIENT]) };
}

void http3_learn_end(struct dissection *d, struct quic_stream *stream,
		     const struct stream_part *part, uint32_t length, uint16_t number)
{
	struct http3_half *half = &stream->body[stream->sender];

	if (part->is_last) {
		half->ended = true;
		half->end = (uint32_t)part->offset + length;
	}
	if (half->ended && half->has_body && half->seen == half->end)
		learn_end(d, stream, number);
}

/* --- later passes --- */

static void read_head(struct dissection *d, const struct cursor *c, const struct head_place *place,
		      struct http3_head *head)
{
	uint32_t size = 0;

	if (!place->message)
		return;
	const struct http3_fact *fact =
		fact_of(d, place->packet, FACT_OWN, (uint16_t)place->serial, &size);
	struct cursor block = message_source(d, c, place->message, "Header block");
	http3_read_headers(d, &block, size >= sizeof *fact ? fact : NULL, head);
}

void http3_offer_body(struct dissection *d, const struct cursor *c, uint16_t number)
{
	const struct body_fact *fact = recall_numbered(d, FACT_STREAM_END, number, NULL);
	struct http3_head own = { "", "", "", "" }, asked = { "", "", "", "" };

	if (!fact)
		return;
	read_head(d, c, &fact->own, &own);
	read_head(d, c, &fact->asked, &asked);
	struct cursor body = message_source(d, c, fact->message, "Reassembled body");
	struct text_part coding = { (const uint8_t *)own.coding, 0, (uint32_t)strlen(own.coding) };
	bool is_good = http_unpack(d, coding, &body);
	if (field_asked_for(d, QUIC_BODY))
		put_bytes(d, QUIC_BODY, &body);
	if (!is_good || !d->tells_objects)
		return;
	struct object_part part = {
		.kind = "http",
		.name = http_last_part(d, asked.path, (uint32_t)strlen(asked.path)),
		.type = own.type,
		.source = asked.authority,
		.length = cursor_left(&body),
		.last = cursor_left(&body) == cursor_sent(&body),
	};
	if (cursor_peek(&body, 0, part.length, &part.bytes))
		offer_object(d, &part);
}
