/* app_stream.c - the stream that is looked at: opened, filled in short steps, and left. */
#include "ui/app_stream.h"

#include <stdlib.h>
#include <string.h>

#include "dissect/registry.h"
#include "session/verify.h"
#include "state/learned.h"
#include "stream_faces.h"
#include "ui/app_statistics.h"

enum {
	PACKETS_AT_ONCE = 64,
	MESSAGES_AT_ONCE = 1, /* a body may have to be unpacked */
	BOTH_SIDES = 3
};

static const int64_t STEP = INT64_C(4000000);
static const int64_t TOLD_EVERY = INT64_C(100000000);

const struct packet_focus *app_focus(const struct app *app)
{
	return app->stream.open ? &app->stream.focus : &app->packet;
}

struct packet_focus *app_shown_focus(struct app *app)
{
	return app->stream.open ? &app->stream.focus : &app->packet;
}

/* --- opening and leaving --- */

static void forget(struct stream_screen *stream)
{
	text_forget(stream);
	ladder_free(stream->ladder);
	stream->ladder = NULL;
	stream->has_inner = false;
	stream->text_wanted = 0;
}

void app_stream_close(struct app *app)
{
	struct stream_screen *stream = &app->stream;

	if (!stream->ladder)
		return;
	forget(stream);
	focus_free(&stream->focus);
	view_port_free(&stream->port);
	verdict_free(&stream->verdict);
	*stream = (struct stream_screen){ 0 };
}

static void show(struct app *app, struct ladder *ladder)
{
	struct stream_screen *stream = &app->stream;
	bool folds = !stream->ladder || stream->ladder->folds;

	if (!stream->ladder) {
		verdict_init(&stream->verdict);
		focus_init(&stream->focus);
		view_port_init(&stream->port, app->session);
		stream->sides = BOTH_SIDES;
	}
	forget(stream);
	stream->ladder = ladder;
	if (!folds)
		ladder_fold(ladder, false);
	stream->open = true;
	stream->pending = true;
	stream->judged = stream->row = stream->wanted = stream->shown = 0;
	stream->judged_whole = stream->follows = stream->stopped = false;
	stream->seen = (struct ladder_row){ 0 };
	stream->summary_top = 0;
	app->dirty = true;
	/* What fits into one step is shown at once. */
	app_stream_more(app);
}

void app_show_stream(struct app *app, uint32_t packet)
{
	const struct conversation *talk = stream_of_packet(app->session, packet);
	const struct stream_screen *stream = &app->stream;

	if (!packet) {
		app_message(app, MESSAGE_NOTE, "There are no packets.");
		return;
	}
	if (!talk) {
		app_message(app, MESSAGE_NOTE, "Packet #%u belongs to no TCP or UDP stream.",
			    packet);
		return;
	}
	if (!stream->ladder || stream->ladder->list.talk != talk) {
		struct ladder *ladder = ladder_new(app->session, talk->protocol, talk->stream);

		if (!ladder)
			return;
		app->stream.face = FACE_LADDER;
		show(app, ladder);
	}
	app->stream.open = true;
	app->stream.wanted = app->stream.text_wanted = packet;
	app->stream.pending = true;
	app_stream_more(app);
}

void app_show_stream_numbered(struct app *app, enum stream_protocol protocol, uint32_t number)
{
	struct ladder *ladder = ladder_new(app->session, (uint8_t)protocol, number);

	if (!ladder)
		return;
	app->stream.face = FACE_LADDER;
	show(app, ladder);
}

bool app_stream_return(struct app *app)
{
	if (!app->stream.ladder || app->stream.open)
		return false;
	app->stream.open = true;
	app->dirty = true;
	return true;
}

void app_stream_leave_for(struct app *app, uint32_t packet)
{
	app->stream.open = false;
	app->expert_open = app->statistics.open = false;
	app_statistics_end(app);
	app_focus_pane(app, PANE_LIST);
	app_go_to(app, packet);
}

void app_stream_step(struct app *app, int by)
{
	const struct ladder *old = app->stream.ladder;
	int64_t number = (int64_t)old->list.talk->stream + by;
	struct ladder *ladder = NULL;

	if (number >= 0 && number < UINT32_MAX)
		ladder = ladder_new(app->session, old->protocol, (uint32_t)number);
	if (!ladder) {
		app_message(app, MESSAGE_NOTE, "This is the %s %s stream.",
			    by < 0 ? "first" : "last", old->protocol == STREAM_TCP ? "TCP" : "UDP");
		return;
	}
	show(app, ladder);
}

/* --- filling --- */

void app_stream_news(struct app *app)
{
	if (app->stream.ladder)
		app->stream.pending = true;
}

int64_t app_stream_time(const struct app *app)
{
	const struct stream_screen *stream = &app->stream;

	return stream->ladder && stream->open && stream->pending && !stream->stopped ? 0
										     : INT64_MAX;
}

static uint64_t lost_packets(const struct app *app)
{
	uint64_t lost = verify_lost_by_file(session_file(app->session));

	if (app->live) {
		const struct live_counts *c = &app->live->counts;
		uint64_t live = c->dropped_kernel + c->dropped_interface + c->lost_silently;

		return live > lost ? live : lost;
	}
	return lost;
}

static void judge(struct app *app)
{
	struct stream_screen *stream = &app->stream;
	struct ladder *ladder = stream->ladder;
	bool whole = !stream->pending && app->scan_state == SCAN_DONE;

	if (ladder->protocol != STREAM_TCP || !ladder->segment_count ||
	    (stream->judged == ladder->segment_count && stream->judged_whole == whole))
		return;
	ladder_judge(ladder, &stream->verdict, lost_packets(app), !whole);
	stream->judged = ladder->segment_count;
	stream->judged_whole = whole;
	app->dirty = true;
}

/* The packet that the stream was opened for, once it is there. */
static void find_wanted(struct app *app)
{
	struct stream_screen *stream = &app->stream;
	const struct ladder *ladder = stream->ladder;

	if (!stream->wanted || !ladder->segment_count ||
	    ladder->segments[ladder->segment_count - 1].packet < stream->wanted)
		return;
	uint32_t row = ladder_row_of(ladder, ladder_segment_of(ladder, stream->wanted));

	stream->wanted = 0;
	if (row == LADDER_NOWHERE)
		return;
	stream->row = row;
	stream->seen = ladder->rows[row];
	app->dirty = true;
}

/* The text is only followed once it was looked at. */
static bool follow_more(struct app *app)
{
	struct follow *follow = app->stream.follow;
	bool is_payload = app->stream.reading == FOLLOW_TCP || app->stream.reading == FOLLOW_UDP;

	return follow && follow_update(follow, is_payload ? PACKETS_AT_ONCE : MESSAGES_AT_ONCE,
				       app->scan_state == SCAN_DONE) == FOLLOW_MORE;
}

void app_stream_more(struct app *app)
{
	struct stream_screen *stream = &app->stream;
	int64_t now = app_clock(), end = now + STEP;
	bool more, text_more;

	if (app_stream_time(app) == INT64_MAX)
		return;
	do {
		more = ladder_update(stream->ladder, PACKETS_AT_ONCE);
		text_more = follow_more(app);
		if (!text_more)
			text_more = text_search_more(app) || text_save_more(app);
	} while ((more || text_more) && app_clock() < end);
	stream->pending = more || text_more;
	find_wanted(app);
	if (stream->pending && now - stream->told_at < TOLD_EVERY)
		return;
	stream->told_at = now;
	judge(app);
	app->dirty = true;
}

/* --- details --- */

/* The layer of the stream is what one wants to see of a packet first. */
static void select_layer(struct stream_screen *stream)
{
	const struct dissection *d = stream->focus.d;
	int field = registry_field_named(stream->ladder->protocol == STREAM_TCP ? "tcp" : "udp");

	for (node_id i = 0; i < d->node_count; i++) {
		if (d->nodes[i].field != field)
			continue;
		focus_select_node(&stream->focus, i);
		focus_open(&stream->focus, i, true);
		return;
	}
}

void app_stream_show_packet(struct app *app, uint32_t packet)
{
	struct stream_screen *stream = &app->stream;

	if (packet == stream->shown && stream->focus.d)
		return;
	stream->shown = packet;
	if (!packet ||
	    !view_port_dissect(&stream->port, packet, WANT_FIELDS | WANT_LABELS | WANT_COLUMNS)) {
		focus_on(&stream->focus, NULL);
		return;
	}
	focus_on(&stream->focus, &stream->port.d);
	select_layer(stream);
	app->views[VIEW_STREAM_DETAILS].top = focus_row(&stream->focus);
}
