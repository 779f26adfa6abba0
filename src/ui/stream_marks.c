/* stream_marks.c - marked packets in a stream: shown there, and gone to. */
#include <stdio.h>

#include "stream_faces.h"
#include "ui/app_stream.h"

bool stream_has_marked(const struct app *app, uint32_t first, uint32_t last)
{
	uint32_t marked = first ? packet_set_after(&app->marked, first - 1) : 0;

	/* Between packets of a stream there may be marked ones of others. */
	while (marked && marked <= last) {
		if (stream_has_packet(app, marked))
			return true;
		marked = packet_set_after(&app->marked, marked);
	}
	return false;
}

bool stream_has_packet(const struct app *app, uint32_t packet)
{
	const struct ladder *ladder = app->stream.ladder;
	uint32_t segment = ladder_segment_of(ladder, packet);

	return segment != LADDER_NOWHERE && segment < ladder->segment_count &&
	       ladder->segments[segment].packet == packet;
}

void stream_go(struct app *app, uint32_t packet)
{
	if (stream_face(app)->go && stream_has_packet(app, packet))
		stream_face(app)->go(app, packet);
	else
		app_stream_leave_for(app, packet);
}

static void toggle(struct app *app, uint32_t packet)
{
	bool marked = packet_set_toggle(&app->marked, packet);

	app_message(app, MESSAGE_NOTE, marked ? "#%u is marked." : "#%u is not marked any more.",
		    packet);
	/* On to the next, so that several are marked by holding the key. */
	if (app->stream.face == FACE_LADDER)
		app_do(app, ACTION_NEXT);
}

static void step(struct app *app, uint32_t from, bool back)
{
	uint32_t to = from;

	do
		to = back ? packet_set_before(&app->marked, to)
			  : packet_set_after(&app->marked, to);
	while (to && !stream_has_packet(app, to));
	if (to)
		stream_face(app)->go(app, to);
	else
		app_message(app, MESSAGE_NOTE, "No marked packet of this stream %s this one.",
			    back ? "before" : "after");
}

bool stream_act_on_marks(struct app *app, enum action action)
{
	uint32_t packet = stream_face(app)->packet(app);

	switch (action) {
	case ACTION_MARK:
	case ACTION_NEXT_MARK:
	case ACTION_PREVIOUS_MARK:
		break;
	default:
		return false;
	}
	if (!packet || !stream_face(app)->go)
		app_message(app, MESSAGE_NOTE, "No packet is selected here.");
	else if (action == ACTION_MARK)
		toggle(app, packet);
	else
		step(app, packet, action == ACTION_PREVIOUS_MARK);
	return true;
}
