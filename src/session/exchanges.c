/* exchanges.c - a reply names its request's packet, which is found among the rows by halving. */
#include "session/exchanges.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/rising.h"
#include "base/time.h"
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
	ID,
	RECORDS,
	EXCHANGE_FIELDS
};

enum { TEXT_LIMIT = 512 };

/* After this long the same words are another lookup. */
#define RETRY_NS INT64_C(60000000000)

static const char *const field_names[2][EXCHANGE_FIELDS] = {
	[EXCHANGE_DNS] = { "dns", "dns.qry.type", NULL, "dns.qry.name", "dns.flags.response",
			   "dns.response_to", "dns.flags.rcode", NULL, "dns.time", "dns.id",
			   "dns.count.answers" },
	[EXCHANGE_HTTP] = { "http", "http.request.method", "http.host", "http.request.uri",
			    "http.response.code", "http.request_in", "http.response.code",
			    "http.response.phrase", "http.time" },
};

/* What was asked again is another row's. */
struct repetition {
	uint32_t packet, row;
};

struct exchanges {
	enum exchange_protocol protocol;
	struct topics *layers; /* for topics_have_layer() */
	uint16_t fields[EXCHANGE_FIELDS];
	struct exchange *rows;
	uint32_t count, room;
	struct repetition *repetitions; /* by their packets */
	uint32_t repetition_count, repetition_room;
	uint32_t *asked;     /* the newest row of each question, + 1, by its number; 0: free */
	uint32_t asked_room; /* a power of 2 */
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

enum exchange_protocol exchanges_protocol(const struct exchanges *exchanges)
{
	return exchanges->protocol;
}

void exchanges_free(struct exchanges *exchanges)
{
	if (!exchanges)
		return;
	topics_free(exchanges->layers);
	free(exchanges->rows);
	free(exchanges->repetitions);
	free(exchanges->asked);
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

static struct exchange *add_row(struct exchanges *exchanges)
{
	if (exchanges->count == EXCHANGES_LIMIT)
		return NULL;
	if (exchanges->count == exchanges->room)
		exchanges->rows =
			must_grow(exchanges->rows, &exchanges->room, 64, sizeof *exchanges->rows);
	return &exchanges->rows[exchanges->count++];
}

/* The first row whose request is in this packet or a later one. */
static uint32_t row_from(const struct exchanges *exchanges, uint32_t packet)
{
	return rising_place(exchanges->rows, sizeof *exchanges->rows,
			    offsetof(struct exchange, request), exchanges->count, packet);
}

/* The row that this packet asked for again; UINT32_MAX: none. */
static uint32_t row_repeated(const struct exchanges *exchanges, uint32_t packet)
{
	const struct repetition *repetitions = exchanges->repetitions;
	uint32_t count = exchanges->repetition_count;
	uint32_t at = rising_place(repetitions, sizeof *repetitions,
				   offsetof(struct repetition, packet), count, packet);

	return at < count && repetitions[at].packet == packet ? repetitions[at].row : UINT32_MAX;
}

/* The first request of this packet that has no reply yet; NULL: none. */
static struct exchange *request_in(struct exchanges *exchanges, uint32_t packet)
{
	uint32_t repeated = row_repeated(exchanges, packet);

	if (repeated != UINT32_MAX)
		return exchanges->rows[repeated].reply ? NULL : &exchanges->rows[repeated];
	for (uint32_t n = row_from(exchanges, packet);
	     n < exchanges->count && exchanges->rows[n].request == packet; n++)
		if (!exchanges->rows[n].reply)
			return &exchanges->rows[n];
	return NULL;
}

/* --- the same asked again --- */

static uint64_t question_number(const struct exchange *e)
{
	uint64_t number = hash_bytes(&e->client, sizeof e->client);
	char name[TEXT_LIMIT + 1];
	size_t length = 0;

	for (; e->name[length] && length < TEXT_LIMIT; length++)
		name[length] = (char)tolower((unsigned char)e->name[length]);
	number ^= hash_bytes(&e->server, sizeof e->server) * 3;
	number ^= hash_bytes(&e->id, sizeof e->id) * 5;
	return number ^ hash_bytes(name, length) * 7;
}

static bool is_same_question(const struct exchange *a, const struct exchange *b)
{
	return a->id == b->id && !strcmp(a->kind, b->kind) && !strcasecmp(a->name, b->name) &&
	       !memcmp(&a->client, &b->client, sizeof a->client) &&
	       !memcmp(&a->server, &b->server, sizeof a->server);
}

/* Where the newest row of this question is, or would be. */
static uint32_t *asked_slot(struct exchanges *exchanges, const struct exchange *e)
{
	uint32_t mask = exchanges->asked_room - 1, at = (uint32_t)question_number(e) & mask;

	while (exchanges->asked[at] &&
	       !is_same_question(&exchanges->rows[exchanges->asked[at] - 1], e))
		at = (at + 1) & mask;
	return &exchanges->asked[at];
}

static void make_room_to_ask(struct exchanges *exchanges)
{
	if (2 * (exchanges->count + 1) <= exchanges->asked_room)
		return;
	exchanges->asked_room = exchanges->asked_room ? 2 * exchanges->asked_room : 64;
	free(exchanges->asked);
	exchanges->asked = must_zeroed(exchanges->asked_room, sizeof *exchanges->asked);
	for (uint32_t i = 0; i < exchanges->count; i++)
		*asked_slot(exchanges, &exchanges->rows[i]) = i + 1;
}

/* The row that still waits for an answer to the same question; NULL: none. */
static struct exchange *waiting_row(struct exchanges *exchanges, const struct exchange *asked)
{
	make_room_to_ask(exchanges);
	uint32_t n = *asked_slot(exchanges, asked);
	struct exchange *row = n ? &exchanges->rows[n - 1] : NULL;

	return row && !row->reply && time_between(row->since_ns, asked->since_ns) < RETRY_NS ? row
											     : NULL;
}

static void repeat(struct exchanges *exchanges, struct exchange *row, uint32_t packet)
{
	if (exchanges->repetition_count == exchanges->repetition_room)
		exchanges->repetitions =
			must_grow(exchanges->repetitions, &exchanges->repetition_room, 16,
				  sizeof *exchanges->repetitions);
	exchanges->repetitions[exchanges->repetition_count++] =
		(struct repetition){ packet, (uint32_t)(row - exchanges->rows) };
	row->again = packet;
	row->requests++;
}

static void count_request(struct exchanges *exchanges, const struct message *message,
			  const struct tally_packet *packet)
{
	const struct node *id = node_of(exchanges, message, ID);
	struct exchange request = { .request = packet->number,
				    .requests = 1,
				    .since_ns = packet->since_ns,
				    .took_ns = -1,
				    .result = "",
				    .client = packet->d->from,
				    .server = packet->d->to,
				    .id = id ? (uint32_t)id->value.number : 0 },
			*row;

	request.kind = text_of_node(exchanges, message, KIND);
	request.host = text_of_node(exchanges, message, HOST);
	request.name = text_of_node(exchanges, message, NAME);
	if (exchanges->protocol == EXCHANGE_DNS && (row = waiting_row(exchanges, &request))) {
		repeat(exchanges, row, packet->number);
		return;
	}
	row = add_row(exchanges);
	if (!row)
		return;
	*row = request;
	if (exchanges->protocol == EXCHANGE_DNS)
		*asked_slot(exchanges, row) = exchanges->count;
}

static void count_reply(struct exchanges *exchanges, const struct message *message,
			const struct tally_packet *packet)
{
	const struct node *request = node_of(exchanges, message, REQUEST_IN);
	const struct node *status = node_of(exchanges, message, STATUS);
	const struct node *took = node_of(exchanges, message, TOOK);
	const struct node *records = node_of(exchanges, message, RECORDS);
	struct exchange *row =
		request ? request_in(exchanges, (uint32_t)request->value.number) : NULL;

	if (!row)
		return;
	row->reply = packet->number;
	row->length = packet->length;
	row->status = status ? (uint32_t)status->value.number : 0;
	row->result = text_of_node(exchanges, message,
				   exchanges->protocol == EXCHANGE_DNS ? STATUS : RESULT);
	row->took_ns = row->again ? time_between(row->since_ns, packet->since_ns)
		       : took	  ? (int64_t)took->value.number
				  : -1;
	row->records = records ? (uint32_t)records->value.number : 0;
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
	"dns.id",
	"dns.count.answers",
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
