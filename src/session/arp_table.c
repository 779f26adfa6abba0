/* arp_table.c - a reply belongs to the last request of its receiver for its sender's address. */
#include "session/arp_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/time.h"
#include "dissect/address.h"
#include "latest_rows.h"
#include "topics.h"

enum arp_field { LAYER, OPCODE, SENDER_MAC, SENDER, TARGET_MAC, TARGET, DUPLICATE, ARP_FIELDS };

static const char *const read_fields[ARP_FIELDS + 1] = {
	[LAYER] = "arp",
	[OPCODE] = "arp.opcode",
	[SENDER_MAC] = "arp.src.hw_mac",
	[SENDER] = "arp.src.proto_ipv4",
	[TARGET_MAC] = "arp.dst.hw_mac",
	[TARGET] = "arp.dst.proto_ipv4",
	[DUPLICATE] = "arp.duplicate-address-frame",
};

enum { OPCODE_REQUEST = 1, OPCODE_REPLY };

static const int64_t ANSWERED_WITHIN = INT64_C(5000000000);

struct arp_table {
	uint16_t fields[ARP_FIELDS]; /* registry numbers */
	uint8_t classes[PATH_LIMIT]; /* 0: not asked, 1: without, 2: with */
	struct arp_exchange *exchanges;
	struct arp_binding *bindings;
	uint32_t exchange_count, exchange_room, binding_count, binding_room;
	struct latest_rows asked;    /* exchanges, by struct station: who asks for which address */
	struct latest_rows bound;    /* bindings, by struct station */
	struct latest_rows last_had; /* bindings, by address */
};

/* A station with an address; padding is 0. */
struct station {
	uint32_t address;
	uint8_t mac[8];
};

/* What an ARP packet says. */
struct arp_words {
	uint32_t opcode;
	struct station sender, target;
	uint32_t duplicate;
};

struct arp_table *arp_table_new(void)
{
	struct arp_table *table = must_zeroed(1, sizeof *table);

	for (unsigned i = 0; i < ARP_FIELDS; i++)
		table->fields[i] = tally_field(read_fields[i]);
	return table;
}

void arp_table_free(struct arp_table *table)
{
	if (!table)
		return;
	latest_rows_free(&table->asked);
	latest_rows_free(&table->bound);
	latest_rows_free(&table->last_had);
	free(table->exchanges);
	free(table->bindings);
	free(table);
}

static bool must_look(void *state, const struct tally_packet *packet)
{
	uint8_t *class = &((struct arp_table *)state)->classes[packet->path];

	if (!*class)
		*class = tally_path_has(packet, "arp") ? 2 : 1;
	return *class == 2;
}

static bool read_station(const struct arp_table *table, const struct message *message,
			 enum arp_field mac, struct station *station)
{
	const struct node *hardware = message_node(message, table->fields[mac]);
	const struct node *address = message_node(message, table->fields[mac + 1]);

	if (!hardware || !address)
		return false;
	*station = (struct station){ .address = (uint32_t)address->value.number };
	memcpy(station->mac, hardware->value.bytes, 6);
	return true;
}

static bool read_words(const struct arp_table *table, const struct message *message,
		       struct arp_words *words)
{
	const struct node *opcode = message_node(message, table->fields[OPCODE]);
	/* It stands beside the layer. */
	const struct node *duplicate = tally_node(message->d, table->fields[DUPLICATE]);

	words->opcode = opcode ? (uint32_t)opcode->value.number : 0;
	words->duplicate = duplicate ? (uint32_t)duplicate->value.number : 0;
	return (words->opcode == OPCODE_REQUEST || words->opcode == OPCODE_REPLY) &&
	       read_station(table, message, SENDER_MAC, &words->sender) &&
	       read_station(table, message, TARGET_MAC, &words->target);
}

static enum arp_kind kind_of(const struct arp_words *words)
{
	if (words->sender.address == words->target.address)
		return ARP_ANNOUNCEMENT;
	if (words->opcode == OPCODE_REPLY)
		return ARP_REPLY;
	return words->sender.address ? ARP_REQUEST : ARP_PROBE;
}

static struct arp_exchange *begin_exchange(struct arp_table *table, const struct arp_words *words,
					   const struct tally_packet *packet)
{
	if (table->exchange_count == ARP_ROWS_LIMIT)
		return NULL;
	if (table->exchange_count == table->exchange_room)
		table->exchanges = must_grow(table->exchanges, &table->exchange_room, 64,
					     sizeof *table->exchanges);
	struct arp_exchange *exchange = &table->exchanges[table->exchange_count++];
	*exchange = (struct arp_exchange){ .asked = packet->number,
					   .since_ns = packet->since_ns,
					   .took_ns = -1,
					   .asker = words->sender.address,
					   .target = words->target.address,
					   .kind = (uint8_t)kind_of(words),
					   .conflict = words->duplicate };
	memcpy(exchange->asker_mac, words->sender.mac, 6);
	return exchange;
}

static void count_request(struct arp_table *table, const struct arp_words *words,
			  const struct tally_packet *packet)
{
	struct station asks = words->sender;

	asks.address = words->target.address;
	if (begin_exchange(table, words, packet))
		latest_row_set(&table->asked, &asks, sizeof asks, table->exchange_count - 1);
}

/* An answer that nobody asked for has its receiver as asker. */
static void count_unasked(struct arp_table *table, const struct arp_words *words,
			  const struct tally_packet *packet)
{
	struct arp_words turned = *words;
	struct arp_exchange *exchange;

	turned.sender = words->target;
	turned.target = words->sender;
	exchange = begin_exchange(table, &turned, packet);
	if (!exchange)
		return;
	exchange->answered = packet->number;
	exchange->answers = 1;
	memcpy(exchange->answer_mac, words->sender.mac, 6);
}

/* The question that this may answer; the same station once more was not asked once more. */
static struct arp_exchange *question_of(struct arp_table *table, const struct arp_words *words,
					const struct tally_packet *packet)
{
	struct station asked = words->target;

	asked.address = words->sender.address;
	uint32_t row = latest_row_of(&table->asked, &asked, sizeof asked);
	struct arp_exchange *exchange = row == UINT32_MAX ? NULL : &table->exchanges[row];

	if (!exchange || time_between(exchange->since_ns, packet->since_ns) > ANSWERED_WITHIN)
		return NULL;
	return exchange->answered && !memcmp(exchange->answer_mac, words->sender.mac, 6) ? NULL
											 : exchange;
}

static void count_reply(struct arp_table *table, const struct arp_words *words,
			const struct tally_packet *packet)
{
	struct arp_exchange *exchange = question_of(table, words, packet);

	if (!exchange) {
		count_unasked(table, words, packet);
		return;
	}
	if (exchange->answers++ == 0) {
		exchange->answered = packet->number;
		exchange->took_ns = time_between(exchange->since_ns, packet->since_ns);
		memcpy(exchange->answer_mac, words->sender.mac, 6);
	}
	if (words->duplicate)
		exchange->conflict = words->duplicate;
}

static struct arp_binding *binding_of(struct arp_table *table, const struct station *station,
				      const struct tally_packet *packet)
{
	uint32_t row = latest_row_of(&table->bound, station, sizeof *station);
	uint32_t before = latest_row_of(&table->last_had, &station->address, 4);

	if (row != UINT32_MAX)
		return &table->bindings[row];
	if (table->binding_count == ARP_ROWS_LIMIT)
		return NULL;
	if (table->binding_count == table->binding_room)
		table->bindings = must_grow(table->bindings, &table->binding_room, 64,
					    sizeof *table->bindings);
	row = table->binding_count++;
	latest_row_set(&table->bound, station, sizeof *station, row);
	latest_row_set(&table->last_had, &station->address, 4, row);
	struct arp_binding *binding = &table->bindings[row];
	*binding = (struct arp_binding){ .address = station->address,
					 .first = packet->number,
					 .first_ns = packet->since_ns,
					 .other = before + 1 };
	memcpy(binding->mac, station->mac, 6);
	return binding;
}

static void count_binding(struct arp_table *table, const struct arp_words *words,
			  const struct tally_packet *packet)
{
	enum arp_kind kind = kind_of(words);
	struct arp_binding *binding;

	if (!words->sender.address)
		return;
	binding = binding_of(table, &words->sender, packet);
	if (!binding)
		return;
	binding->requests += kind == ARP_REQUEST;
	binding->replies += kind == ARP_REPLY;
	binding->announcements += kind == ARP_ANNOUNCEMENT;
	binding->conflicts += words->duplicate != 0;
	binding->last = packet->number;
	binding->last_ns = packet->since_ns;
}

static void count_arp(void *state, const struct tally_packet *packet)
{
	struct arp_table *table = state;
	struct message message = { 0 };
	struct arp_words words;

	if (!packet->d)
		return;
	while (next_message(&message, packet->d, table->fields[LAYER])) {
		if (!read_words(table, &message, &words))
			continue;
		if (kind_of(&words) == ARP_REPLY)
			count_reply(table, &words, packet);
		else if (kind_of(&words) == ARP_ANNOUNCEMENT)
			begin_exchange(table, &words, packet);
		else
			count_request(table, &words, packet);
		count_binding(table, &words, packet);
	}
}

const struct counter arp_table_counter = {
	.must_look = must_look,
	.count = count_arp,
	.fields = read_fields,
};

uint32_t arp_exchanges_count(const struct arp_table *table)
{
	return table->exchange_count;
}

const struct arp_exchange *arp_exchange(const struct arp_table *table, uint32_t n)
{
	return &table->exchanges[n];
}

uint32_t arp_bindings_count(const struct arp_table *table)
{
	return table->binding_count;
}

const struct arp_binding *arp_binding(const struct arp_table *table, uint32_t n)
{
	return &table->bindings[n];
}

const char *arp_kind_text(const struct arp_exchange *exchange)
{
	static const char *const words[ARP_KINDS] = {
		[ARP_REQUEST] = "request",
		[ARP_PROBE] = "probe",
		[ARP_ANNOUNCEMENT] = "announcement",
		[ARP_REPLY] = "reply",
	};

	return words[exchange->kind];
}

const char *arp_note_text(const struct arp_exchange *exchange, char text[ARP_TEXT_ROOM])
{
	char conflict[ARP_TEXT_ROOM / 2] = "", answers[ARP_TEXT_ROOM / 2 - 2] = "";

	if (exchange->conflict)
		snprintf(conflict, sizeof conflict, "conflict with #%u", exchange->conflict);
	if (exchange->answers > 1)
		snprintf(answers, sizeof answers, "%u replies", exchange->answers);
	else if (exchange->kind == ARP_REPLY)
		snprintf(answers, sizeof answers, "not asked");
	snprintf(text, ARP_TEXT_ROOM, "%s%s%s", conflict, *answers && *conflict ? ", " : "",
		 answers);
	return text;
}

void arp_exchange_filter(const struct arp_exchange *exchange, char *text, size_t room)
{
	snprintf(text, room, "frame.number in {%u, %u}", exchange->asked,
		 exchange->answered ? exchange->answered : exchange->asked);
}

void arp_binding_filter(const struct arp_binding *binding, char *text, size_t room)
{
	char address[ADDRESS_TEXT_ROOM], mac[ADDRESS_TEXT_ROOM];

	address_text_ipv4(binding->address, address);
	address_text_ether(binding->mac, mac);
	snprintf(text, room, "arp.src.proto_ipv4 == %s && arp.src.hw_mac == %s", address, mac);
}
