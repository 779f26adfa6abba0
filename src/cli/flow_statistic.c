/* flow_statistic.c - -z flow,tcp: every TCP segment as an arrow between addresses. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "dissect/dissector.h"
#include "flow_request.h"
#include "print/flow_text.h"
#include "print/printer.h"
#include "session/stream_list.h"
#include "statistics.h"

enum { EVENTS = 8 };

/* Addresses of hosts are what it is drawn between either way: the two modes differ where there are
 * none, and TCP has some. */
static void *begin_flow(const char *arguments, struct error *error)
{
	struct flow_request *request = must_zeroed(1, sizeof *request);

	if (flow_request_read(request, arguments, error))
		return request;
	free(request);
	return NULL;
}

static void end_flow(void *state)
{
	struct flow_request *request = state;

	filter_free(request->filter);
	free(request);
}

struct flowing {
	struct flow_text text;
	struct session *session;
	struct view_port port;
	const struct filter *filter; /* NULL: none */
	bool draws;		     /* else it only finds the columns */
	uint32_t first_stream;	     /* while it does, + 1; 0: none yet */
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
	const struct endpoint *from = event->from_opener ? &talk->opener : &talk->other;
	const struct endpoint *to = event->from_opener ? &talk->other : &talk->opener;
	if (!flowing->draws) {
		flow_text_add(&flowing->text, from);
		flow_text_add(&flowing->text, to);
		if (!flowing->first_stream)
			flowing->first_stream = event->stream + 1;
		flowing->text.numbered |= event->stream + 1 != flowing->first_stream;
		return;
	}
	put_time(flowing, &summary);
	flow_text_segment(&flowing->text, event, summary.time, from, to);
}

static bool lacks_header(const struct dissection *d)
{
	return d->failed && !strcmp(d->failed->name, "tcp");
}

static void put_packet(struct flowing *flowing, uint32_t number)
{
	struct tcp_event events[EVENTS];

	if (!view_port_dissect(&flowing->port, number, WANT_FIELDS) ||
	    (flowing->filter && !filter_matches(flowing->filter, &flowing->port.d)))
		return;
	unsigned count = tcp_events_of(&flowing->port.d, events, EVENTS);

	/* As in tshark, what is no whole header is no arrow. */
	if (count && lacks_header(&flowing->port.d))
		count--;
	for (unsigned i = 0; i < count; i++)
		put_event(flowing, &events[i]);
}

static void go_through(struct flowing *flowing, bool draws)
{
	const struct packet_index *index = &session_learned(flowing->session)->index;
	uint32_t count = session_packet_count(flowing->session);

	flowing->draws = draws;
	for (uint32_t n = 1; n <= count && !ferror(flowing->text.out); n++) {
		const struct tcp_note *note = index_tcp_note_of(index, n);

		if (note && note->bits)
			put_packet(flowing, n);
	}
}

static void print_flow(void *state, struct session *session, FILE *out)
{
	const struct flow_request *request = state;
	struct flowing flowing = { .session = session, .filter = request->filter };

	view_port_init(&flowing.port, session);
	flowing.port.d.tells_segments = true;
	/* Without a filter the conversations have the columns. */
	if (request->filter) {
		flow_text_begin_packets(&flowing.text, out);
		go_through(&flowing, false);
	} else {
		flow_text_begin(&flowing.text, out, session);
	}
	go_through(&flowing, true);
	view_port_free(&flowing.port);
}

const struct statistic flow_tcp_statistic = {
	.name = "flow,tcp",
	.arguments = FLOW_ARGUMENTS,
	.meaning = "each TCP segment as an arrow between the columns of its addresses",
	.begin = begin_flow,
	.print = print_flow,
	.end = end_flow,
};
