/* app_relation.c - what other packets have to do with the selected one, as the gutter tells it. */
#include "dissect/registry.h"
#include "state/learned.h"
#include "state/tcp_analysis.h"
#include "ui/app.h"
#include "ui/app_rows.h"

/* An acknowledgment that is not found among so many packets is not marked: nobody waits for it. */
enum { LOOKED_THROUGH = 1 << 16, LOOKED_INTO = 32 };

enum glyph {
	FIRST_OF_TALK = 0x250c,
	IN_TALK = 0x2502,
	LAST_OF_TALK = 0x2514,
	BESIDE_TALK = 0x254e,
	REQUEST = 0x2192,
	ANSWER = 0x2190,
	ACKNOWLEDGES = 0x2713,
	REPEATS = 0x2717,
};

bool app_is_linked(const struct app *app, uint32_t packet)
{
	for (unsigned i = 0; i < app->link_count; i++)
		if (app->links[i] == packet)
			return true;
	return false;
}

/* --- acknowledgments --- */

static const struct node *node_named(const struct dissection *d, const char *name)
{
	int field = registry_field_named(name);

	for (node_id i = 0; i < d->node_count; i++)
		if (d->nodes[i].field == field)
			return &d->nodes[i];
	return NULL;
}

/* Where the bytes, SYN or FIN of a segment end; false: it has none, so nothing acknowledges it. */
static bool end_of_segment(const struct dissection *d, uint32_t *end)
{
	const struct node *from = node_named(d, "tcp.seq"), *to = node_named(d, "tcp.nxtseq");

	if (!from || !to || from->value.number == to->value.number)
		return false;
	*end = (uint32_t)to->value.number;
	return true;
}

/* Is it from the other side, and does it acknowledge all up to there? */
static bool acknowledges(const struct dissection *d, bool from_opener, uint32_t end)
{
	const struct node *number = node_named(d, "tcp.ack");

	return number && d->from_opener != from_opener &&
	       (int32_t)((uint32_t)number->value.number - end) >= 0;
}

static void note_repeat(struct app *app, const struct dissection *d)
{
	const struct node *first = node_named(d, "tcp.analysis.duplicate_ack_frame");

	if (first && first->value.number == app->selected && app->repeat_count < REPEATS_KEPT)
		app->repeats[app->repeat_count++] = d->packet.number;
}

void app_find_acknowledgment(struct app *app)
{
	const struct packet_index *index = &session_learned(app->session)->index;
	uint32_t talk = app_conversation(app, app->selected), end = 0;
	uint32_t last = app->packet_count;
	bool is_sought = app->packet.d && end_of_segment(app->packet.d, &end);
	struct view_port port;
	unsigned looks = 0;

	app->acknowledged_by = app->repeat_count = 0;
	if (!talk || !app->packet.d || !node_named(app->packet.d, "tcp.ack"))
		return;
	if (last - app->selected > LOOKED_THROUGH)
		last = app->selected + LOOKED_THROUGH;
	view_port_init(&port, app->session);
	for (uint32_t n = app->selected + 1; n <= last && looks < LOOKED_INTO; n++) {
		bool repeats = false;
		uint32_t acked;

		if (app_conversation(app, n) != talk)
			continue;
		acked = tcp_note_acknowledged(index, n, &repeats);
		if (!repeats && (!is_sought || acked < app->selected))
			continue;
		looks++;
		if (!view_port_dissect(&port, n, WANT_FIELDS))
			break;
		if (repeats)
			note_repeat(app, &port.d);
		if (!is_sought || !acknowledges(&port.d, app->packet.d->from_opener, end))
			continue;
		app->acknowledged_by = n;
		break;
	}
	view_port_free(&port);
}

static bool is_repeat(const struct app *app, uint32_t packet)
{
	for (unsigned i = 0; i < app->repeat_count; i++)
		if (app->repeats[i] == packet)
			return true;
	return false;
}

/* --- the gutter --- */

static uint32_t first_of_conversation(const struct app *app)
{
	const struct conversation *talk = app->packet.d ? app->packet.d->conversation : NULL;

	return talk ? talk->first_packet : 0;
}

static uint32_t last_of_conversation(const struct app *app)
{
	const struct conversation *talk = app->packet.d ? app->packet.d->conversation : NULL;

	return talk ? conversation_last_packet(talk) : 0;
}

/* Is it named as what the selected one acknowledges, and as nothing else? */
static bool is_acknowledged(const struct app *app, uint32_t packet)
{
	const struct dissection *d = app->packet.d;
	int acks = registry_field_named("tcp.analysis.acks_frame");
	bool is_named = false;

	for (node_id i = 0; d && i < d->node_count; i++) {
		const struct node *n = &d->nodes[i];

		if (registry_field(n->field)->type != FIELD_FRAME || n->value.number != packet)
			continue;
		if (n->field != acks)
			return false;
		is_named = true;
	}
	return is_named;
}

/* How a packet hangs together with the selected one; ' ': not. */
static uint32_t tie(const struct app *app, uint32_t packet)
{
	if (packet == app->selected)
		return ' ';
	if (packet == app->acknowledged_by)
		return app_is_linked(app, packet) ? ANSWER : ACKNOWLEDGES;
	if (is_repeat(app, packet))
		return REPEATS;
	if (!app_is_linked(app, packet))
		return ' ';
	if (is_acknowledged(app, packet))
		return ACKNOWLEDGES;
	return packet > app->selected ? ANSWER : REQUEST;
}

uint32_t app_relation(const struct app *app, uint32_t row, bool later_on_screen)
{
	uint32_t packet = app_packet_in_row(app, row), tied = tie(app, packet);
	uint32_t selected = app_conversation(app, app->selected);

	if (tied != ' ')
		return tied;
	if (!selected)
		return ' ';
	/* What is in another order has no beginning and no end. */
	if (app_is_sorted(app))
		return app_conversation(app, packet) == selected ? IN_TALK : ' ';
	if (app_conversation(app, packet) != selected) {
		uint32_t first = first_of_conversation(app);

		return first && first < packet && later_on_screen ? BESIDE_TALK : ' ';
	}
	if (!app_previous_in_conversation(app, packet))
		return later_on_screen ? FIRST_OF_TALK : ' ';
	return packet == last_of_conversation(app) ? LAST_OF_TALK : IN_TALK;
}
