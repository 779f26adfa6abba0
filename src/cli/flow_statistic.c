/* flow_statistic.c - -z flow,tcp: every TCP segment as an arrow between addresses. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "dissect/dissector.h"
#include "print/flow_text.h"
#include "print/printer.h"
#include "session/stream_list.h"
#include "statistics.h"

enum { EVENTS = 8 };

/* Addresses of hosts are what it is drawn between either way: the two modes differ where there are
 * none, and TCP has some. */
static void *begin_flow(const char *arguments, struct error *error)
{
	size_t n = strcspn(arguments, ",");
	bool known = (n == 8 && !strncmp(arguments, "standard", n)) ||
		     (n == 7 && !strncmp(arguments, "network", n));

	if (!known) {
		error_set(error,
			  "-z flow,tcp draws standard or network addresses, as in "
			  "-z flow,tcp,network: \"%s\"",
			  arguments);
		return NULL;
	}
	if (arguments[n]) {
		error_set(error, "-z flow,tcp takes no display filter: \"%s\"", arguments + n + 1);
		return NULL;
	}
	return must_zeroed(1, 1);
}

struct flowing {
	struct flow_text text;
	struct session *session;
	struct view_port port;
};

static void put_time(const struct flowing *flowing, struct summary *summary)
{
	const struct dissection *d = &flowing->port.d;
	const struct capture_file *file = session_file(flowing->session);
	struct time_context times = { .first_ns = session_packet_time(flowing->session, 1) };
	unsigned decimals = 6;

	if (d->packet.interface < capture_file_interface_count(file))
		decimals = capture_file_interface(file, d->packet.interface)->precision;
	summary_make(summary, d, TIME_RELATIVE, &times, decimals);
}

static void put_event(struct flowing *flowing, const struct tcp_event *event)
{
	const struct conversation *talk =
		conversation_numbered(session_learned(flowing->session), STREAM_TCP, event->stream);
	struct summary summary;

	if (!talk)
		return;
	put_time(flowing, &summary);
	flow_text_segment(&flowing->text, event, summary.time,
			  event->from_opener ? &talk->opener : &talk->other,
			  event->from_opener ? &talk->other : &talk->opener);
}

static bool lacks_header(const struct dissection *d)
{
	return d->failed && !strcmp(d->failed->name, "tcp");
}

static void put_packet(struct flowing *flowing, uint32_t number)
{
	struct tcp_event events[EVENTS];

	if (!view_port_dissect(&flowing->port, number, WANT_FIELDS))
		return;
	unsigned count = tcp_events_of(&flowing->port.d, events, EVENTS);

	/* As in tshark, what is no whole header is no arrow. */
	if (count && lacks_header(&flowing->port.d))
		count--;
	for (unsigned i = 0; i < count; i++)
		put_event(flowing, &events[i]);
}

static void print_flow(void *state, struct session *session, FILE *out)
{
	struct flowing flowing = { .session = session };
	uint32_t count = session_packet_count(session);
	const struct packet_index *index = &session_learned(session)->index;

	(void)state;
	flow_text_begin(&flowing.text, out, session);
	view_port_init(&flowing.port, session);
	flowing.port.d.tells_segments = true;
	for (uint32_t n = 1; n <= count && !ferror(out); n++) {
		const struct tcp_note *note = index_tcp_note_of(index, n);

		if (note && note->bits)
			put_packet(&flowing, n);
	}
	view_port_free(&flowing.port);
}

const struct statistic flow_tcp_statistic = {
	.name = "flow,tcp",
	.arguments = ",standard|,network",
	.meaning = "each TCP segment as an arrow between the columns of its addresses",
	.begin = begin_flow,
	.print = print_flow,
	.end = free,
};
