/* ladder_note.c - what is special about a segment, in a few words. */
#include <stdio.h>
#include <string.h>

#include "print/ladder_text.h"

static const struct {
	uint32_t finding;
	bool problem;
	const char *words;
} found[] = {
	/* the first that fits is said */
	{ TCP_FOUND_FAST_RETRANSMISSION, true, "! fast rtx" },
	{ TCP_FOUND_SPURIOUS, true, "! needless rtx" },
	{ TCP_FOUND_RETRANSMISSION, true, "! rtx" },
	{ TCP_FOUND_OUT_OF_ORDER, true, "! late" },
	{ TCP_FOUND_ZERO_WINDOW_PROBE, true, "! zero probe" },
	{ TCP_FOUND_ZERO_WINDOW_PROBE_ACK, true, "! probe ack" },
	{ TCP_FOUND_ZERO_WINDOW, true, "! zero window" },
	{ TCP_FOUND_WINDOW_FULL, true, "! window full" },
	{ TCP_FOUND_ACKED_UNSEEN, true, "! acks unseen" },
	{ TCP_FOUND_KEEP_ALIVE, false, "keep-alive" },
	{ TCP_FOUND_KEEP_ALIVE_ACK, false, "kept alive" },
	{ TCP_FOUND_REUSED_PORTS, true, "! ports reused" },
};

static bool is_over(uint8_t state)
{
	return state == TCP_TIME_WAIT || state == TCP_CLOSED;
}

static bool note_reset(const struct ladder *ladder, uint32_t n, char text[LADDER_PART_ROOM])
{
	const struct ladder_segment *s = &ladder->segments[n];
	bool refuses = n && s[-1].flags & TCP_BIT_SYN && !(s[-1].flags & TCP_BIT_ACK) &&
		       s[-1].from_opener != s->from_opener;

	snprintf(text, LADDER_PART_ROOM, refuses ? "✗ refused" : "✗ reset");
	return true;
}

/* What an acknowledgment is of: a FIN is worth telling from data. */
static void note_ack(const struct ladder *ladder, const struct tcp_event *event,
		     char text[LADDER_PART_ROOM])
{
	uint32_t of = ladder_segment_of(ladder, event->acks_packet);
	bool fin = of != LADDER_NOWHERE && ladder->segments[of].packet == event->acks_packet &&
		   ladder->segments[of].flags & TCP_BIT_FIN;

	snprintf(text, LADDER_PART_ROOM, "acks %s#%u", fin ? "FIN " : "", event->acks_packet);
}

/* What the segment changed. */
static bool note_change(const struct ladder *ladder, uint32_t n, char text[LADDER_PART_ROOM])
{
	const struct ladder_segment *s = &ladder->segments[n];
	bool client = ladder_side(ladder, s->from_opener) == LADDER_CLIENT;
	bool was_open = n && s[-1].client == TCP_ESTABLISHED && s[-1].server == TCP_ESTABLISHED;
	bool was_over = n && is_over(s[-1].client) && is_over(s[-1].server);

	if (s->flags & TCP_BIT_FIN)
		snprintf(text, LADDER_PART_ROOM, "%s closes", client ? "client" : "server");
	else if (n && !was_open && s->phase == PHASE_HANDSHAKE && s->client == TCP_ESTABLISHED &&
		 s->server == TCP_ESTABLISHED)
		snprintf(text, LADDER_PART_ROOM, "✓ open");
	else if (n && !was_over && is_over(s->client) && is_over(s->server))
		snprintf(text, LADDER_PART_ROOM, "✓ closed");
	return text[0];
}

bool ladder_note(const struct ladder *ladder, uint32_t segment, const struct tcp_event *event,
		 char text[LADDER_PART_ROOM])
{
	const struct ladder_segment *s = &ladder->segments[segment];

	text[0] = '\0';
	if (ladder->protocol != STREAM_TCP)
		return false;
	if (s->flags & TCP_BIT_RST)
		return note_reset(ladder, segment, text);
	if (s->findings & TCP_FOUND_DUPLICATE_ACK) {
		snprintf(text, LADDER_PART_ROOM, "! dup of %u", event->duplicate_of);
		return true;
	}
	for (size_t i = 0; i < sizeof found / sizeof *found; i++) {
		if (!(s->findings & found[i].finding))
			continue;
		snprintf(text, LADDER_PART_ROOM, "%s", found[i].words);
		return found[i].problem;
	}
	if (note_change(ladder, segment, text))
		return false;
	if (s->findings & TCP_FOUND_LOST_SEGMENT) {
		snprintf(text, LADDER_PART_ROOM, "! after gap");
		return true;
	}
	if (s->findings & TCP_FOUND_WINDOW_UPDATE)
		snprintf(text, LADDER_PART_ROOM, "window opens");
	else if (ladder_is_ack(s) && event->acks_packet)
		note_ack(ladder, event, text);
	return false;
}
