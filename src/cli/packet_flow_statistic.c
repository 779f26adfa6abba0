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

enum flow_field { FLOW_TYPE, FLOW_CODE, FLOW_REPLY_IN, FLOW_REPLY_TO, FLOW_FIELDS };

/* The fields of an echo message: what it is, and what ties it to the other one of its exchange. */
struct packet_flow_kind {
	const char *protocol; /* NULL: all packets are drawn */
	const char *fields[FLOW_FIELDS];
};

struct packet_flow {
	const struct packet_flow_kind *kind;
	struct flow_request request;
	uint16_t numbers[FLOW_FIELDS]; /* of the kind's fields in the registry */
	uint8_t *fields;
	uint8_t classes[PATH_LIMIT]; /* 0: not asked, 1: without, 2: with */
	struct flow_text text;
};

static const struct packet_flow_kind any_kind = { .protocol = NULL };
static const struct packet_flow_kind icmp_kind = {
	"icmp", { "icmp.type", "icmp.code", "icmp.resp_in", "icmp.resp_to" }
};
static const struct packet_flow_kind icmpv6_kind = {
	"icmpv6", { "icmpv6.type", "icmpv6.code", "icmpv6.resp_in", "icmpv6.resp_to" }
};

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
	for (unsigned i = 0; flow->kind->protocol && i < FLOW_FIELDS; i++) {
		flow->numbers[i] = tally_field(flow->kind->fields[i]);
		flow->fields[flow->numbers[i] / 8] |= (uint8_t)(1 << flow->numbers[i] % 8);
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

/* The field in the packet's own message: what an error message quotes is deeper. */
static const struct node *own_field(const struct packet_flow *flow, const struct dissection *d,
				    enum flow_field field)
{
	for (uint32_t i = 0; i < d->node_count; i++)
		if (d->nodes[i].field == flow->numbers[field] && d->nodes[i].depth == 1)
			return &d->nodes[i];
	return NULL;
}

/* Is it one of those that are drawn?  Of echo messages those whose other half is there. */
static bool takes(const struct packet_flow *flow, struct dissection *d)
{
	bool has_ends = is_network(&d->from) && is_network(&d->to);

	if (flow->request.any_address)
		has_ends =
			has_ends || (d->from.type == ADDRESS_ETHER && d->to.type == ADDRESS_ETHER);
	if (!has_ends || (flow->request.filter && !filter_matches(flow->request.filter, d)))
		return false;
	return !flow->kind->protocol || own_field(flow, d, FLOW_REPLY_IN) ||
	       own_field(flow, d, FLOW_REPLY_TO);
}

/* Type and code, which tshark prints in a port's place. */
static uint16_t kind_of_message(const struct packet_flow *flow, const struct dissection *d)
{
	const struct node *type = own_field(flow, d, FLOW_TYPE);
	const struct node *code = own_field(flow, d, FLOW_CODE);

	return type && code ? (uint16_t)(type->value.number << 8 | code->value.number) : 0;
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

static void put_packet(struct packet_flow *flow, const struct view_port *port)
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
	if (flow->kind->protocol) {
		arrow.source_port = 0;
		arrow.destination_port = kind_of_message(flow, d);
	}
	flow_text_arrow(&flow->text, &arrow);
	free(comment);
}

/* Once for the columns, once for the arrows. */
static void go_through(struct packet_flow *flow, struct view_port *port, bool draws)
{
	uint32_t count = session_packet_count(port->session);

	for (uint32_t n = 1; n <= count && !ferror(flow->text.out); n++) {
		if (!may_take(flow, port->session, n) ||
		    !view_port_dissect(port, n, WANT_FIELDS | WANT_COLUMNS) ||
		    !takes(flow, &port->d))
			continue;
		if (draws) {
			put_packet(flow, port);
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
