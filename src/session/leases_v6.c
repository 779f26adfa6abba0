/* leases_v6.c - transactions of DHCPv6, RFC 8415, 18: what a client asks and what comes of it.
 *
 * A Request that takes up an Advertise has a number of its own, but goes on with the Solicit's row;
 * the client's DUID ties them. */
#include <string.h>

#include "base/time.h"
#include "dissect/registry.h"
#include "leases_rows.h"

enum { OPTION_CLIENT_ID = 1, DUID_LIMIT = 130, ETHERNET = 1, MAC_LENGTH = 6 };

/* RFC 8415, 7.3 */
enum message_type {
	SOLICIT = 1,
	ADVERTISE,
	REQUEST,
	CONFIRM,
	RENEW,
	REBIND,
	REPLY,
	RELEASE,
	DECLINE,
	RECONFIGURE,
	INFORMATION_REQUEST,
	TYPES
};

/* Reconfigure begins no transaction, and what is between servers and relays stays out. */
static const struct {
	char letter;
	uint8_t outcome; /* until an answer comes */
} steps[TYPES] = {
	[SOLICIT] = { 'S', LEASE_NO_OFFER },  [ADVERTISE] = { 'A', LEASE_NOT_ASKED },
	[REQUEST] = { 'R', LEASE_NO_ANSWER }, [CONFIRM] = { 'C', LEASE_NO_ANSWER },
	[RENEW] = { 'N', LEASE_NO_ANSWER },   [REBIND] = { 'B', LEASE_NO_ANSWER },
	[REPLY] = { 'r', LEASE_GRANTED },     [RELEASE] = { 'L', LEASE_RELEASED },
	[DECLINE] = { 'X', LEASE_DECLINED },  [INFORMATION_REQUEST] = { 'I', LEASE_NO_ANSWER },
};

/* What a message says; of a relayed one, the innermost. */
struct said {
	uint32_t type, id, seconds, status;
	uint8_t prefix;
	bool has_id, has_seconds;
	const struct node *client, *link, *name, *address;
};

struct lease_key {
	uint32_t id; /* UINT32_MAX: the client's last row, whatever its number */
	uint8_t length, client[DUID_LIMIT];
};

static void read_lease_node(const struct leases *leases, const struct node *node, struct said *said)
{
	const uint16_t *fields = leases->fields;
	bool is_seconds = node->field == fields[LEASE6_SECONDS] ||
			  node->field == fields[LEASE6_PREFIX_SECONDS];

	if (is_seconds && !said->has_seconds) {
		said->seconds = (uint32_t)node->value.number;
		said->has_seconds = true;
	} else if (node->field == fields[LEASE6_ADDRESS] && !said->address) {
		said->address = node;
	} else if (node->field == fields[LEASE6_PREFIX] && !said->address) {
		said->address = node;
	} else if (node->field == fields[LEASE6_PREFIX_LENGTH] && !said->address) {
		said->prefix = (uint8_t)node->value.number;
	} else if (node->field == fields[LEASE6_STATUS] && !said->status) {
		said->status = (uint32_t)node->value.number;
	}
}

static void read_message(const struct leases *leases, const struct message *message,
			 struct said *said)
{
	const uint16_t *fields = leases->fields;
	uint64_t option = 0;

	for (const struct node *node = message->layer; node < message->end; node++) {
		if (node->field == fields[LEASE6_TYPE]) {
			said->type = (uint32_t)node->value.number;
		} else if (node->field == fields[LEASE6_ID]) {
			said->id = (uint32_t)node->value.number;
			said->has_id = true;
		} else if (node->field == fields[LEASE6_LINK]) {
			said->link = node;
		} else if (node->field == fields[LEASE6_OPTION]) {
			option = node->value.number;
		} else if (node->field == fields[LEASE6_DUID] && option == OPTION_CLIENT_ID) {
			said->client = node;
		} else if (node->field == fields[LEASE6_NAME]) {
			said->name = node;
		} else {
			read_lease_node(leases, node, said);
		}
	}
}

static struct lease_key key_of(const struct said *said, uint32_t id)
{
	struct lease_key key;

	memset(&key, 0, sizeof key);
	key.id = id;
	if (said->client) {
		key.length = said->client->value_length < DUID_LIMIT
				     ? (uint8_t)said->client->value_length
				     : DUID_LIMIT;
		memcpy(key.client, said->client->value.bytes, key.length);
	}
	return key;
}

/* The Ethernet address that the DUID is made of (RFC 8415, 11.2 and 11.4), or its first bytes. */
static void take_client(struct lease *lease, const struct said *said)
{
	enum { DUID_LLT = 1, DUID_LL = 3 };
	const struct node *duid = said->client;

	if (!duid)
		return;
	const uint8_t *at = duid->value.bytes;
	uint32_t n = duid->value_length;
	uint32_t head = n > 4 && !at[0] && at[1] == DUID_LLT ? 8 : 4;
	if (n == head + MAC_LENGTH && !at[0] && (at[1] == DUID_LLT || at[1] == DUID_LL) && !at[2] &&
	    at[3] == ETHERNET) {
		at += head;
		n = MAC_LENGTH;
	}
	lease->client_length = n < LEASE_CLIENT ? (uint8_t)n : LEASE_CLIENT;
	memcpy(lease->client, at, lease->client_length);
}

static bool is_from_client(uint32_t type)
{
	return type != ADVERTISE && type != REPLY;
}

static bool was_said(const struct lease *lease, uint32_t type)
{
	return strchr(lease->steps, steps[type].letter) != NULL;
}

static struct lease *row_of(struct leases *leases, const struct lease_key *key)
{
	uint32_t row = latest_row_of(&leases->latest, key, sizeof *key);

	return row == UINT32_MAX ? NULL : &leases->rows[row];
}

static void found_by(struct leases *leases, const struct lease_key *key, const struct lease *lease)
{
	latest_row_set(&leases->latest, key, sizeof *key, (uint32_t)(lease - leases->rows));
}

static struct lease *lease_of(struct leases *leases, const struct said *said,
			      const struct tally_packet *packet)
{
	struct lease_key key = key_of(said, said->id), client = key_of(said, UINT32_MAX);
	struct lease *lease = row_of(leases, &key);

	if (lease && !(is_from_client(said->type) && was_said(lease, REPLY)))
		return lease;
	lease = said->client && said->type == REQUEST ? row_of(leases, &client) : NULL;
	if (!lease || lease_has_ended(lease) || !was_said(lease, ADVERTISE)) {
		lease = lease_begin(leases, packet);
		if (!lease)
			return NULL;
		lease->version = 6;
		lease->id = said->id;
		take_client(lease, said);
		found_by(leases, &client, lease);
	}
	lease->last_id = said->id;
	found_by(leases, &key, lease);
	return lease;
}

static void refuse(const struct leases *leases, struct lease *lease, uint32_t status)
{
	const char *name = value_name(registry_field(leases->fields[LEASE6_STATUS])->names, status);

	lease->outcome = LEASE_REFUSED;
	lease->status = status && name ? name : "";
}

/* What a Reply means depends on what was asked last (RFC 8415, 18.2.10). */
static void settle_reply(const struct leases *leases, struct lease *lease, const struct said *said)
{
	size_t n = strlen(lease->steps);
	char asked = n > 1 ? lease->steps[n - 2] : 0;

	if (asked == steps[RELEASE].letter || asked == steps[DECLINE].letter)
		return;
	bool says_nothing = !said->status && !said->has_seconds;
	if (asked == steps[INFORMATION_REQUEST].letter || (!asked && says_nothing))
		lease->outcome = LEASE_INFORMED;
	else if (asked == steps[CONFIRM].letter && !said->status)
		lease->outcome = LEASE_CONFIRMED;
	else if (said->has_seconds && said->seconds)
		lease->outcome = LEASE_GRANTED;
	else
		refuse(leases, lease, said->status);
}

/* Another server may offer what one refused. */
static void offer(struct lease *lease)
{
	if (lease->outcome != LEASE_NO_OFFER && lease->outcome != LEASE_REFUSED)
		return;
	lease->outcome = LEASE_NOT_ASKED;
	lease->status = "";
}

static void settle(const struct leases *leases, struct lease *lease, const struct said *said,
		   bool again)
{
	if (again && is_from_client(said->type))
		return;
	if (said->type == REPLY) {
		if (!again)
			settle_reply(leases, lease, said);
	} else if (said->type == ADVERTISE) {
		bool refused = said->status && !said->has_seconds;
		if (lease->outcome == LEASE_NO_OFFER && refused)
			refuse(leases, lease, said->status);
		else if (!refused && !was_said(lease, REPLY))
			offer(lease);
	} else {
		lease->outcome = steps[said->type].outcome;
	}
}

/* Of several servers that advertise the first counts until one answers a Request. */
static void read_address(struct lease *lease, const struct said *said,
			 const struct tally_packet *packet, bool again)
{
	bool first = !again || !lease->address.type;

	if (first && !is_from_client(said->type))
		lease->server = packet->d->from;
	if (said->address && first && (said->type != REQUEST || !lease->address.type)) {
		lease->address = (struct endpoint){ .type = ADDRESS_IPV6, .length = 16 };
		memcpy(lease->address.address, said->address->value.bytes, 16);
		lease->prefix = said->prefix;
	}
	if (said->has_seconds && first && !is_from_client(said->type))
		lease->seconds = said->seconds;
	if (said->link) {
		lease->relay = (struct endpoint){ .type = ADDRESS_IPV6, .length = 16 };
		memcpy(lease->relay.address, said->link->value.bytes, 16);
	}
}

void leases_count_v6(struct leases *leases, const struct message *message,
		     const struct tally_packet *packet)
{
	struct said said = { 0 };

	read_message(leases, message, &said);
	if (!said.has_id || said.type >= TYPES || !steps[said.type].letter)
		return;
	struct lease *lease = lease_of(leases, &said, packet);
	if (!lease)
		return;
	bool again = was_said(lease, said.type);
	read_address(lease, &said, packet, again);
	if (said.name && is_from_client(said.type))
		lease_take_name(leases, lease, said.name);
	lease_add_step(lease, steps[said.type].letter);
	settle(leases, lease, &said, again);
	if (said.type == REPLY && !again && lease->messages)
		lease->took_ns = time_between(lease->since_ns, packet->since_ns);
	lease->last = packet->number;
	lease->messages++;
}
