/* packet_flow_statistic.c - -z flow,any and its like: packets as arrows between addresses.
 *
 * The columns stand before the first arrow, so packets are gone through twice. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "dissect/registry.h"
#include "flow_request.h"
#include "print/flow_text.h"
#include "print/printer.h"
#include "statistics.h"

enum { ECHO_REQUEST = 8, ECHO_REPLY = 0, ECHO_REQUEST_6 = 128, ECHO_REPLY_6 = 129 };

struct packet_flow_kind {
	const char *protocol; /* whose messages; NULL: all packets */
	const char *type;     /* its field; the port that an arrow leads to, as tshark numbers it */
	uint8_t request, reply;
};

struct packet_flow {
	const struct packet_flow_kind *kind;
	struct flow_request request;
	uint16_t type; /* registry number */
	uint8_t *fields;
	uint8_t classes[PATH_LIMIT]; /* 0: not asked, 1: without, 2: with */
	struct flow_text text;
};

static const struct packet_flow_kind any_kind = { NULL, NULL, 0, 0 };
static const struct packet_flow_kind icmp_kind = { "icmp", "icmp.type", ECHO_REQUEST, ECHO_REPLY };
static const struct packet_flow_kind icmpv6_kind = { "icmpv6", "icmpv6.type", ECHO_REQUEST_6,
						     ECHO_REPLY_6 };

static void *begin_packet_flow(const void *kind, const char *arguments, struct error *error)
{
	struct packet_flow *flow = must_zeroed(1, sizeof *flow);
	size_t room = registry_field_count() / 8 + 1;

	if (!flow_request_read(&flow->request, arguments, error)) {
		free(flow);
		return NULL;
	}
	flow->kind = kind;
	flow->fields = must_zeroed(room, 1);
	if (flow->request.filter)
		memcpy(flow->fields, filter_wanted_fields(flow->request.filter), room);
	if (flow->kind->type) {
		flow->type = tally_field(flow->kind->type);
		flow->fields[flow->type / 8] |= (uint8_t)(1 << flow->type % 8);
	}
	return flow;
}

static void end_packet_flow(void *state)
{
	struct packet_flow *flow = state;

	filter_free(flow->request.filter);
	free(flow->fields);
	free(flow);
}

static bool is_network(const struct endpoint *end)
{
	return end->type == ADDRESS_IPV4 || end->type == ADDRESS_IPV6;
}

/* Is it one of those that are drawn?  *type: of the message. */
static bool takes(const struct packet_flow *flow, struct dissection *d, uint8_t *type)
{
	const struct packet_flow_kind *kind = flow->kind;
	bool has_ends = is_network(&d->from) && is_network(&d->to);

	if (flow->request.any_address)
		has_ends =
			has_ends || (d->from.type == ADDRESS_ETHER && d->to.type == ADDRESS_ETHER);
	if (!has_ends || (flow->request.filter && !filter_matches(flow->request.filter, d)))
		return false;
	if (!kind->type)
		return true;
	/* What an error message quotes is deeper than the message of the packet itself. */
	for (uint32_t i = 0; i < d->node_count; i++)
		if (d->nodes[i].field == flow->type && d->nodes[i].depth == 1) {
			*type = (uint8_t)d->nodes[i].value.number;
			return *type == kind->request || *type == kind->reply;
		}
	return false;
}

/* The stack tells most packets without a look. */
static bool may_take(struct packet_flow *flow, struct session *session, uint32_t number)
{
	const struct learned *learned = session_learned(session);
	struct tally_packet packet = {
		.learned = learned,
		.path = index_block_of(&learned->index, number)->path[index_slot(number)]
	};
	uint8_t *class = &flow->classes[packet.path];

	if (!flow->kind->protocol)
		return true;
	if (!*class)
		*class = tally_path_has(&packet, flow->kind->protocol) ? 2 : 1;
	return *class == 2;
}

static void put_packet(struct packet_flow *flow, const struct view_port *port, uint8_t type)
{
	const struct dissection *d = &port->d;
	const struct capture_file *file = session_file(port->session);
	struct time_context times = { .first_ns = session_packet_time(port->session, 1) };
	struct summary summary;
	unsigned decimals = 6;

	if (d->packet.interface < capture_file_interface_count(file))
		decimals = capture_file_interface(file, d->packet.interface)->precision;
	summary_make(&summary, d, TIME_RELATIVE, &times, decimals);
	char *comment = must_alloc(strlen(summary.protocol) + strlen(summary.info) + 3);
	stpcpy(stpcpy(stpcpy(comment, summary.protocol), ": "), summary.info);
	struct flow_arrow arrow = { summary.time, &d->from,	&d->to, d->from.port,
				    d->to.port,	  summary.info, comment };
	if (flow->kind->type) {
		arrow.source_port = 0;
		arrow.destination_port = (uint16_t)(type << 8);
	}
	flow_text_arrow(&flow->text, &arrow);
	free(comment);
}

/* Once for the columns, once for the arrows. */
static void go_through(struct packet_flow *flow, struct view_port *port, bool draws)
{
	uint32_t count = session_packet_count(port->session);

	for (uint32_t n = 1; n <= count && !ferror(flow->text.out); n++) {
		uint8_t type = 0;

		if (!may_take(flow, port->session, n) ||
		    !view_port_dissect(port, n, WANT_FIELDS | WANT_COLUMNS) ||
		    !takes(flow, &port->d, &type))
			continue;
		if (draws) {
			put_packet(flow, port, type);
			continue;
		}
		flow_text_add(&flow->text, &port->d.from);
		flow_text_add(&flow->text, &port->d.to);
	}
}

static void print_packet_flow(void *state, struct session *session, FILE *out)
{
	struct packet_flow *flow = state;
	struct view_port port;

	view_port_init(&port, session);
	port.d.wanted_fields = flow->fields;
	flow_text_begin_packets(&flow->text, out);
	go_through(flow, &port, false);
	go_through(flow, &port, true);
	view_port_free(&port);
}

#define PACKET_FLOW(name_, meaning_, kind_)                                                        \
	{                                                                                          \
		.name = name_, .arguments = FLOW_ARGUMENTS, .meaning = meaning_, .kind = kind_,    \
		.begin_kind = begin_packet_flow, .print = print_packet_flow,                       \
		.end = end_packet_flow,                                                            \
	}

const struct statistic packet_flow_statistics[] = {
	PACKET_FLOW("flow,any", "each packet as an arrow between the columns of its addresses",
		    &any_kind),
	PACKET_FLOW("flow,icmp", "the same of ICMP's echo requests and replies", &icmp_kind),
	PACKET_FLOW("flow,icmpv6", "the same of ICMPv6's", &icmpv6_kind),
	{ .name = NULL },
};
