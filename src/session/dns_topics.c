/* dns_topics.c - DNS messages by what they ask and answer. */
#include <stdio.h>
#include <string.h>

#include "dissect/dissector.h"
#include "dissect/registry.h"
#include "topics.h"

enum dns_node {
	TOTAL,
	RCODE,
	OPCODE,
	QUERY_OR_RESPONSE,
	TYPE,
	CLASS,
	SIZE,
	QUERY_STATS,
	NAME_LENGTH,
	LABELS,
	LEVEL_1,
	LEVEL_2,
	LEVEL_3,
	LEVEL_4,
	RESPONSE_STATS,
	QUESTIONS,
	AUTHORITIES,
	ANSWERS,
	ADDITIONALS,
	SERVICE_STATS,
	TIME,
	RETRANSMISSIONS,
	UNSOLICITED,
	DNS_NODES,
};

_Static_assert((int)DNS_NODES <= (int)TOPIC_NODES, "they fit");

static const struct {
	uint8_t parent; /* a node before it; its own number: a topic */
	const char *name;
} rows[DNS_NODES] = {
	[TOTAL] = { TOTAL, "Total Packets" },
	[RCODE] = { TOTAL, "rcode" },
	[OPCODE] = { TOTAL, "opcodes" },
	[QUERY_OR_RESPONSE] = { TOTAL, "Query/Response" },
	[TYPE] = { TOTAL, "Query Type" },
	[CLASS] = { TOTAL, "Class" },
	[SIZE] = { SIZE, "Payload size" },
	[QUERY_STATS] = { QUERY_STATS, "Query Stats" },
	[NAME_LENGTH] = { QUERY_STATS, "Qname Len" },
	[LABELS] = { QUERY_STATS, "Label Stats" },
	[LEVEL_1] = { LABELS, "1st Level" },
	[LEVEL_2] = { LABELS, "2nd Level" },
	[LEVEL_3] = { LABELS, "3rd Level" },
	[LEVEL_4] = { LABELS, "4th Level or more" },
	[RESPONSE_STATS] = { RESPONSE_STATS, "Response Stats" },
	[QUESTIONS] = { RESPONSE_STATS, "no. of questions" },
	[AUTHORITIES] = { RESPONSE_STATS, "no. of authorities" },
	[ANSWERS] = { RESPONSE_STATS, "no. of answers" },
	[ADDITIONALS] = { RESPONSE_STATS, "no. of additionals" },
	[SERVICE_STATS] = { SERVICE_STATS, "Service Stats" },
	[TIME] = { SERVICE_STATS, "request-response time (msec)" },
	[RETRANSMISSIONS] = { SERVICE_STATS, "no. of retransmissions" },
	[UNSOLICITED] = { SERVICE_STATS, "no. of unsolicited responses" },
};

enum dns_field {
	DNS,
	RESPONSE,
	FLAG_OPCODE,
	FLAG_RCODE,
	QRY_TYPE,
	QRY_CLASS,
	QRY_LENGTH,
	QRY_LABELS,
	COUNT_QUERIES,
	COUNT_ANSWERS,
	COUNT_AUTHORITIES,
	COUNT_ADDITIONALS,
	MESSAGE_TIME,
	RETRANSMISSION,
	IS_UNSOLICITED,
	COUNT_ZONES,
	COUNT_PREREQUISITES,
	COUNT_UPDATES,
	DNS_FIELDS,
};

_Static_assert((int)DNS_FIELDS <= (int)TOPIC_FIELDS, "they fit");

static const char *const field_names[] = {
	"dns",
	"dns.flags.response",
	"dns.flags.opcode",
	"dns.flags.rcode",
	"dns.qry.type",
	"dns.qry.class",
	"dns.qry.name.len",
	"dns.count.labels",
	"dns.count.queries",
	"dns.count.answers",
	"dns.count.auth_rr",
	"dns.count.add_rr",
	"dns.time",
	"dns.retransmission",
	"dns.unsolicited",
	"dns.count.zones",
	"dns.count.prerequisites",
	"dns.count.updates",
	NULL,
};

void begin_dns_topics(struct topics *topics)
{
	for (unsigned i = 0; i < DNS_NODES; i++)
		topics->nodes[i] =
			count_tree_node(topics->tree,
					rows[i].parent == i ? (uint32_t)COUNT_TREE_ROOT
							    : topics->nodes[rows[i].parent],
					rows[i].name);
	for (unsigned i = 0; i < DNS_FIELDS; i++)
		topics->fields[i] = tally_field(field_names[i]);
}

/* 0 if the message has no such field. */
static uint64_t number_of(const struct topics *topics, const struct message *message,
			  enum dns_field field)
{
	const struct node *node = message_node(message, topics->fields[field]);

	return node ? node->value.number : 0;
}

/* Counts the name of a value below a topic. */
static void count_name(const struct topics *topics, const struct message *message,
		       enum dns_node topic, enum dns_field field, const char *unknown)
{
	uint64_t value = number_of(topics, message, field);
	const struct field *row = registry_field(topics->fields[field]);
	const char *name = row->names ? value_name(row->names, value) : NULL;
	char text[64];

	if (!name) {
		snprintf(text, sizeof text, "%s (%llu)", unknown, (unsigned long long)value);
		name = text;
	}
	count_tree_add(topics->tree, topics->nodes[topic]);
	count_tree_tick(topics->tree, topics->nodes[topic], name);
}

/* The first of two fields that it has: updates (RFC 2136) call their sections otherwise. */
static uint64_t either_of(const struct topics *topics, const struct message *message,
			  enum dns_field field, enum dns_field in_updates)
{
	return message_node(message, topics->fields[field])
		       ? number_of(topics, message, field)
		       : number_of(topics, message, in_updates);
}

static void count_value(const struct topics *topics, const struct message *message,
			enum dns_node topic, enum dns_field field)
{
	count_tree_add_value(topics->tree, topics->nodes[topic], VALUE_WHOLE,
			     (double)number_of(topics, message, field));
}

static void count_query(const struct topics *topics, const struct message *message)
{
	uint64_t labels = number_of(topics, message, QRY_LABELS);
	enum dns_node level = LEVEL_4;

	if (labels <= 3)
		level = (enum dns_node)(LEVEL_1 + (labels ? labels - 1 : 0));
	count_value(topics, message, NAME_LENGTH, QRY_LENGTH);
	if (labels)
		count_tree_add(topics->tree, topics->nodes[level]);
}

static void count_service(const struct topics *topics, const struct message *message)
{
	const struct node *time = message_node(message, topics->fields[MESSAGE_TIME]);

	if (number_of(topics, message, IS_UNSOLICITED))
		count_tree_add(topics->tree, topics->nodes[UNSOLICITED]);
	else if (number_of(topics, message, RETRANSMISSION))
		count_tree_add(topics->tree, topics->nodes[RETRANSMISSIONS]);
	else if (time)
		count_tree_add_value(topics->tree, topics->nodes[TIME], VALUE_REAL,
				     (double)(int64_t)time->value.number / 1e6);
}

/* The sections of a response, which tshark counts twice if it was asked for: scripts expect its
 * numbers. */
static void count_response(const struct topics *topics, const struct message *message)
{
	static const struct {
		enum dns_node node;
		enum dns_field field, in_updates;
	} sections[] = {
		{ QUESTIONS, COUNT_QUERIES, COUNT_ZONES },
		{ ANSWERS, COUNT_ANSWERS, COUNT_PREREQUISITES },
		{ AUTHORITIES, COUNT_AUTHORITIES, COUNT_UPDATES },
		{ ADDITIONALS, COUNT_ADDITIONALS, COUNT_ADDITIONALS },
	};

	unsigned times = number_of(topics, message, IS_UNSOLICITED) ? 1 : 2;

	for (unsigned i = 0; i < times * sizeof sections / sizeof *sections; i++) {
		unsigned n = i / times;
		uint64_t count =
			either_of(topics, message, sections[n].field, sections[n].in_updates);
		count_tree_add_value(topics->tree, topics->nodes[sections[n].node], VALUE_WHOLE,
				     (double)count);
	}
	count_service(topics, message);
}

static void count_message(const struct topics *topics, const struct message *message)
{
	bool is_response = number_of(topics, message, RESPONSE);

	count_tree_add(topics->tree, topics->nodes[TOTAL]);
	count_name(topics, message, RCODE, FLAG_RCODE, "Unknown rcode");
	count_name(topics, message, OPCODE, FLAG_OPCODE, "Unknown opcode");
	count_tree_add(topics->tree, topics->nodes[QUERY_OR_RESPONSE]);
	count_tree_tick(topics->tree, topics->nodes[QUERY_OR_RESPONSE],
			is_response ? "Response" : "Query");
	count_name(topics, message, TYPE, QRY_TYPE, "Unknown packet type");
	count_name(topics, message, CLASS, QRY_CLASS, "Unknown class");
	count_tree_add_value(topics->tree, topics->nodes[SIZE], VALUE_WHOLE,
			     message->layer->value_length);
	if (!is_response)
		count_query(topics, message);
	else
		count_response(topics, message);
}

static bool must_look(void *state, const struct tally_packet *packet)
{
	return topics_have_layer(state, packet, "dns");
}

/* Is it the packet's last one, and malformed?  tshark leaves that out. */
static bool is_broken(const struct message *message, const struct dissection *d)
{
	return d->failed && !strcmp(d->failed->name, "dns") &&
	       message->end == d->nodes + d->node_count;
}

static void count_dns(void *state, const struct tally_packet *packet)
{
	struct topics *topics = state;
	struct message message = { 0 };

	if (!packet->d)
		return;
	while (next_message(&message, packet->d, topics->fields[DNS])) {
		if (is_broken(&message, packet->d))
			continue;
		count_tree_at(topics->tree, packet->since_ns);
		count_message(topics, &message);
	}
}

const struct counter dns_counter = {
	.must_look = must_look,
	.count = count_dns,
	.fields = field_names,
};
