/* exchanges.c - a reply names its request's packet, which is found among the rows by halving. */
#include "session/exchanges.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "dissect/registry.h"
#include "topics.h"

enum exchange_field {
	LAYER,
	KIND,
	HOST,
	NAME,
	IS_REPLY,
	REQUEST_IN,
	STATUS,
	RESULT,
	TOOK,
	EXCHANGE_FIELDS
};

enum { TEXT_LIMIT = 512 };

static const char *const field_names[2][EXCHANGE_FIELDS] = {
	[EXCHANGE_DNS] = { "dns", "dns.qry.type", NULL, "dns.qry.name", "dns.flags.response",
			   "dns.response_to", "dns.flags.rcode", NULL, "dns.time" },
	[EXCHANGE_HTTP] = { "http", "http.request.method", "http.host", "http.request.uri",
			    "http.response.code", "http.request_in", "http.response.code",
			    "http.response.phrase", "http.time" },
};

struct exchanges {
	enum exchange_protocol protocol;
	struct topics *layers; /* for topics_have_layer() */
	uint16_t fields[EXCHANGE_FIELDS];
	struct exchange *rows;
	uint32_t count, room;
	struct arena texts;
};

struct exchanges *exchanges_new(enum exchange_protocol protocol)
{
	struct exchanges *exchanges = must_zeroed(1, sizeof *exchanges);

	exchanges->protocol = protocol;
	exchanges->layers = topics_new(TOPICS_LENGTHS);
	for (unsigned i = 0; i < EXCHANGE_FIELDS; i++)
		exchanges->fields[i] = field_names[protocol][i]
					       ? tally_field(field_names[protocol][i])
					       : UINT16_MAX;
	return exchanges;
}

void exchanges_free(struct exchanges *exchanges)
{
	if (!exchanges)
		return;
	topics_free(exchanges->layers);
	free(exchanges->rows);
	arena_free(&exchanges->texts);
	free(exchanges);
}

static bool must_look(void *state, const struct tally_packet *packet)
{
	struct exchanges *exchanges = state;

	return topics_have_layer(exchanges->layers, packet,
				 field_names[exchanges->protocol][LAYER]);
}

static const struct node *node_of(const struct exchanges *exchanges, const struct message *message,
				  enum exchange_field field)
{
	return message_node(message, exchanges->fields[field]);
}

/* A text, or the name of a number. */
static const char *text_of_node(struct exchanges *exchanges, const struct message *message,
				enum exchange_field field)
{
	const struct node *node = node_of(exchanges, message, field);
	const struct field *row = node ? registry_field(node->field) : NULL;
	const char *text = "";

	if (row && row->type == FIELD_TEXT)
		text = node->value.text;
	else if (row && row->names && value_name(row->names, node->value.number))
		text = value_name(row->names, node->value.number);
	return arena_text(&exchanges->texts, text, strnlen(text, TEXT_LIMIT));
}

static struct exchange *add_row(struct exchanges *exchanges, const struct tally_packet *packet)
{
	if (exchanges->count == EXCHANGES_LIMIT)
		return NULL;
	if (exchanges->count == exchanges->room) {
		exchanges->room = exchanges->room ? 2 * exchanges->room : 64;
		exchanges->rows =
			must_resize(exchanges->rows, exchanges->room, sizeof *exchanges->rows);
	}
	struct exchange *row = &exchanges->rows[exchanges->count++];
	*row = (struct exchange){ .since_ns = packet->since_ns, .took_ns = -1, .result = "" };
	return row;
}

static void count_request(struct exchanges *exchanges, const struct message *message,
			  const struct tally_packet *packet)
{
	struct exchange *row = add_row(exchanges, packet);

	if (!row)
		return;
	row->request = packet->number;
	row->kind = text_of_node(exchanges, message, KIND);
	row->host = text_of_node(exchanges, message, HOST);
	row->name = text_of_node(exchanges, message, NAME);
}

/* The first request of this packet that has no reply yet; NULL: none. */
static struct exchange *request_in(struct exchanges *exchanges, uint32_t packet)
{
	uint32_t low = 0, high = exchanges->count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (exchanges->rows[middle].request < packet)
			low = middle + 1;
		else
			high = middle;
	}
	while (low < exchanges->count && exchanges->rows[low].request == packet &&
	       exchanges->rows[low].reply)
		low++;
	if (low == exchanges->count || exchanges->rows[low].request != packet)
		return NULL;
	return &exchanges->rows[low];
}

static void count_reply(struct exchanges *exchanges, const struct message *message,
			const struct tally_packet *packet)
{
	const struct node *request = node_of(exchanges, message, REQUEST_IN);
	const struct node *status = node_of(exchanges, message, STATUS);
	const struct node *took = node_of(exchanges, message, TOOK);
	struct exchange *row =
		request ? request_in(exchanges, (uint32_t)request->value.number) : NULL;

	if (!row)
		return;
	row->reply = packet->number;
	row->length = packet->length;
	row->status = status ? (uint32_t)status->value.number : 0;
	row->result = text_of_node(exchanges, message,
				   exchanges->protocol == EXCHANGE_DNS ? STATUS : RESULT);
	row->took_ns = took ? (int64_t)took->value.number : -1;
}

static bool is_reply(const struct exchanges *exchanges, const struct message *message)
{
	const struct node *node = node_of(exchanges, message, IS_REPLY);

	return node && node->value.number;
}

static void count_exchanges(void *state, const struct tally_packet *packet)
{
	struct exchanges *exchanges = state;
	struct message message = { 0 };

	if (!packet->d)
		return;
	while (next_message(&message, packet->d, exchanges->fields[LAYER]))
		if (is_reply(exchanges, &message))
			count_reply(exchanges, &message, packet);
		else if (node_of(exchanges, &message, KIND))
			count_request(exchanges, &message, packet);
}

static const char *const read_fields[] = {
	"dns",
	"dns.qry.type",
	"dns.qry.name",
	"dns.flags.response",
	"dns.response_to",
	"dns.flags.rcode",
	"dns.time",
	"http",
	"http.request.method",
	"http.host",
	"http.request.uri",
	"http.response.code",
	"http.request_in",
	"http.response.phrase",
	"http.time",
	NULL,
};

const struct counter exchanges_counter = {
	.must_look = must_look,
	.count = count_exchanges,
	.fields = read_fields,
};

uint32_t exchanges_count(const struct exchanges *exchanges)
{
	return exchanges->count;
}

const struct exchange *exchanges_row(const struct exchanges *exchanges, uint32_t n)
{
	return &exchanges->rows[n];
}
