/* stream_explain.c - what a segment means, and in which states it leaves both ends. */
#include <stdio.h>
#include <string.h>

#include "stream_faces.h"

/* The first that is true of a segment is said. */
static const struct {
	uint32_t finding;
	uint16_t flags;
	const char *words;
} meanings[] = {
	{ TCP_FOUND_FAST_RETRANSMISSION, 0,
	  "sent again at once, as duplicate acknowledgments asked for it" },
	{ TCP_FOUND_SPURIOUS, 0, "sent again though it had been acknowledged" },
	{ TCP_FOUND_RETRANSMISSION, 0, "sent again, as no acknowledgment came in time" },
	{ TCP_FOUND_OUT_OF_ORDER, 0, "behind what was sent after it: their order was changed" },
	{ TCP_FOUND_ZERO_WINDOW_PROBE, 0, "asks whether the closed window has opened" },
	{ TCP_FOUND_ZERO_WINDOW_PROBE_ACK, 0, "the window is still closed" },
	{ TCP_FOUND_ZERO_WINDOW, 0,
	  "no room for more data: the application does not read what is there" },
	{ TCP_FOUND_WINDOW_FULL, 0, "fills the receiver's window: more may not be sent now" },
	{ TCP_FOUND_KEEP_ALIVE, 0, "asks whether the other side is still there" },
	{ TCP_FOUND_KEEP_ALIVE_ACK, 0, "the answer to a keep-alive" },
	{ TCP_FOUND_DUPLICATE_ACK, 0,
	  "the same acknowledgment again: something after it came, "
	  "what is next is missing" },
	{ 0, TCP_BIT_RST, "ends the connection at once; nothing more is sent or taken" },
	{ 0, TCP_BIT_SYN | TCP_BIT_ACK, "agrees to open the connection" },
	{ 0, TCP_BIT_SYN, "asks to open a connection" },
	{ 0, TCP_BIT_FIN, "no more data will come from this side" },
	{ TCP_FOUND_LOST_SEGMENT, 0, "bytes before it are missing" },
	{ TCP_FOUND_ACKED_UNSEEN, 0, "acknowledges bytes that the capture lacks" },
	{ TCP_FOUND_WINDOW_UPDATE, 0, "there is more room for data than it said before" },
};

static const char *meaning_of(const struct ladder_segment *s)
{
	for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
		if (meanings[i].finding && !(s->findings & meanings[i].finding))
			continue;
		if (meanings[i].finding || (s->flags & meanings[i].flags) == meanings[i].flags)
			return meanings[i].words;
	}
	return s->length ? "data" : "all before that number has arrived";
}

void explain_segment(struct app *app, uint32_t segment, char *text, size_t room)
{
	const struct ladder *ladder = app->stream.ladder;
	const struct ladder_segment *s = &ladder->segments[segment];
	int columns = app->layout.status.columns - 2;
	const char *side =
		ladder_side(ladder, s->from_opener) == LADDER_CLIENT ? "client" : "server";

	if (ladder->protocol != STREAM_TCP) {
		snprintf(text, room, "#%u: a datagram of %u bytes from the %s.", s->packet,
			 s->length, side);
		return;
	}
	snprintf(text, room, "#%u from %s: %s.   Now: client %s, server %s", s->packet, side,
		 meaning_of(s), tcp_state_names[s->client], tcp_state_names[s->server]);
	/* Where there is no room for both, the states count. */
	if (text_columns(text) > columns)
		snprintf(text, room, "Now: client %s, server %s.   #%u from %s: %s.",
			 tcp_state_names[s->client], tcp_state_names[s->server], s->packet, side,
			 meaning_of(s));
}
