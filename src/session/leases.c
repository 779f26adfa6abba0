/* leases.c - messages belong together by transaction and client, until one has ended it. */
#include "session/leases.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "leases_rows.h"

static const char *const read_fields[LEASE_FIELDS + 1] = {
	[LEASE_LAYER] = "dhcp",
	[LEASE_KIND] = "dhcp.type",
	[LEASE_ID] = "dhcp.id",
	[LEASE_HARDWARE] = "dhcp.hw.addr",
	[LEASE_MAC] = "dhcp.hw.mac_addr",
	[LEASE_CLIENT_ADDRESS] = "dhcp.ip.client",
	[LEASE_YOUR_ADDRESS] = "dhcp.ip.your",
	[LEASE_RELAY] = "dhcp.ip.relay",
	[LEASE_TYPE] = "dhcp.option.dhcp",
	[LEASE_SERVER] = "dhcp.option.dhcp_server_id",
	[LEASE_REQUESTED] = "dhcp.option.requested_ip_address",
	[LEASE_SECONDS] = "dhcp.option.ip_address_lease_time",
	[LEASE_NAME] = "dhcp.option.hostname",
	[LEASE6_LAYER] = "dhcpv6",
	[LEASE6_TYPE] = "dhcpv6.msgtype",
	[LEASE6_ID] = "dhcpv6.xid",
	[LEASE6_LINK] = "dhcpv6.linkaddr",
	[LEASE6_OPTION] = "dhcpv6.option.type",
	[LEASE6_DUID] = "dhcpv6.duid.bytes",
	[LEASE6_ADDRESS] = "dhcpv6.iaaddr.ip",
	[LEASE6_SECONDS] = "dhcpv6.iaaddr.valid_lifetime",
	[LEASE6_PREFIX] = "dhcpv6.iaprefix.pref_addr",
	[LEASE6_PREFIX_LENGTH] = "dhcpv6.iaprefix.pref_len",
	[LEASE6_PREFIX_SECONDS] = "dhcpv6.iaprefix.valid_lifetime",
	[LEASE6_STATUS] = "dhcpv6.status_code",
	[LEASE6_NAME] = "dhcpv6.client_domain",
};

/* RFC 2132, 9.6; two more stand for messages of BOOTP. */
enum message_type { BOOTP, DISCOVER, OFFER, REQUEST, DECLINE, ACK, NAK, RELEASE, INFORM, TYPES };

enum stack_class { STACK_UNKNOWN, STACK_OTHER, STACK_DHCP, STACK_DHCPV6 };

enum { BOOTREQUEST = 1, BOOTREPLY, NAME_LIMIT = 255 };

struct lease_key {
	uint32_t id;
	uint8_t length, client[LEASE_CLIENT];
};

struct leases *leases_new(void)
{
	struct leases *leases = must_zeroed(1, sizeof *leases);

	for (unsigned i = 0; i < LEASE_FIELDS; i++)
		leases->fields[i] = tally_field(read_fields[i]);
	return leases;
}

void leases_free(struct leases *leases)
{
	if (!leases)
		return;
	latest_rows_free(&leases->latest);
	arena_free(&leases->names);
	free(leases->rows);
	free(leases);
}

static bool must_look(void *state, const struct tally_packet *packet)
{
	uint8_t *class = &((struct leases *)state)->classes[packet->path];

	if (!*class && tally_path_has(packet, "dhcp"))
		*class = STACK_DHCP;
	else if (!*class)
		*class = tally_path_has(packet, "dhcpv6") ? STACK_DHCPV6 : STACK_OTHER;
	return *class != STACK_OTHER;
}

static uint32_t number_in(const struct leases *leases, const struct message *message,
			  enum lease_field field)
{
	const struct node *node = message_node(message, leases->fields[field]);

	return node ? (uint32_t)node->value.number : 0;
}

static struct lease_key key_of(const struct leases *leases, const struct message *message)
{
	const struct node *client = message_node(message, leases->fields[LEASE_MAC]);
	struct lease_key key;

	memset(&key, 0, sizeof key);
	key.id = number_in(leases, message, LEASE_ID);
	if (client)
		key.length = 6;
	else if ((client = message_node(message, leases->fields[LEASE_HARDWARE])))
		key.length = client->value_length < LEASE_CLIENT ? (uint8_t)client->value_length
								 : LEASE_CLIENT;
	if (client)
		memcpy(key.client, client->value.bytes, key.length);
	return key;
}

static bool is_from_client(enum message_type type, uint32_t kind)
{
	static const bool from_client[TYPES] = {
		[DISCOVER] = true, [REQUEST] = true, [DECLINE] = true,
		[RELEASE] = true,  [INFORM] = true,
	};

	return type == BOOTP ? kind == BOOTREQUEST : from_client[type];
}

bool lease_has_ended(const struct lease *lease)
{
	return lease->outcome != LEASE_NO_OFFER && lease->outcome != LEASE_NOT_ASKED &&
	       lease->outcome != LEASE_NO_ANSWER;
}

struct lease *lease_begin(struct leases *leases, const struct tally_packet *packet)
{
	if (leases->count == LEASES_LIMIT)
		return NULL;
	if (leases->count == leases->room)
		leases->rows = must_grow(leases->rows, &leases->room, 16, sizeof *leases->rows);
	struct lease *lease = &leases->rows[leases->count++];
	*lease = (struct lease){ .first = packet->number,
				 .version = 4,
				 .name = "",
				 .status = "",
				 .since_ns = packet->since_ns,
				 .took_ns = -1 };
	return lease;
}

static struct lease *begin_lease(struct leases *leases, const struct lease_key *key,
				 const struct tally_packet *packet)
{
	struct lease *lease = lease_begin(leases, packet);

	if (!lease)
		return NULL;
	latest_row_set(&leases->latest, key, sizeof *key, leases->count - 1);
	lease->id = lease->last_id = key->id;
	lease->client_length = key->length;
	memcpy(lease->client, key->client, LEASE_CLIENT);
	return lease;
}

/* A client that has its answer begins anew, also under the number that it had. */
static struct lease *lease_of(struct leases *leases, const struct message *message,
			      const struct tally_packet *packet, bool from_client)
{
	struct lease_key key = key_of(leases, message);
	uint32_t row = latest_row_of(&leases->latest, &key, sizeof key);
	struct lease *lease = row == UINT32_MAX ? NULL : &leases->rows[row];

	if (!lease || (from_client && lease_has_ended(lease)))
		return begin_lease(leases, &key, packet);
	return lease;
}

void lease_add_step(struct lease *lease, char letter)
{
	size_t n = strlen(lease->steps);

	if (n < LEASE_STEPS && (!n || lease->steps[n - 1] != letter))
		lease->steps[n] = letter;
}

void lease_take_name(struct leases *leases, struct lease *lease, const struct node *name)
{
	if (strncmp(lease->name, name->value.text, NAME_LIMIT) != 0)
		lease->name = arena_text(&leases->names, name->value.text,
					 strnlen(name->value.text, NAME_LIMIT));
}

static char step_of(enum message_type type, uint32_t kind)
{
	static const char letters[TYPES] = {
		[DISCOVER] = 'D', [OFFER] = 'O', [REQUEST] = 'R', [DECLINE] = 'X',
		[ACK] = 'A',	  [NAK] = 'N',	 [RELEASE] = 'L', [INFORM] = 'I',
	};

	if (type == BOOTP)
		return kind == BOOTREQUEST ? 'B' : 'b';
	return letters[type];
}

static bool began_with(const struct lease *lease, char letter)
{
	return lease->steps[0] == letter;
}

static void settle(struct lease *lease, enum message_type type, uint32_t kind)
{
	static const uint8_t outcomes[TYPES] = {
		[DISCOVER] = LEASE_NO_OFFER, [OFFER] = LEASE_NOT_ASKED,
		[REQUEST] = LEASE_NO_ANSWER, [DECLINE] = LEASE_DECLINED,
		[ACK] = LEASE_GRANTED,	     [NAK] = LEASE_REFUSED,
		[RELEASE] = LEASE_RELEASED,  [INFORM] = LEASE_NO_ANSWER,
	};
	bool late_offer = type == OFFER && strpbrk(lease->steps, "RANXLI");

	if (type == BOOTP)
		lease->outcome = kind == BOOTREQUEST ? LEASE_NO_ANSWER : LEASE_ASSIGNED;
	else if (type == ACK && began_with(lease, 'I'))
		lease->outcome = LEASE_INFORMED;
	else if (!late_offer && !(lease_has_ended(lease) && !is_from_client(type, kind)))
		lease->outcome = outcomes[type];
}

static struct endpoint ipv4_endpoint(uint32_t address)
{
	struct endpoint endpoint = { .type = ADDRESS_IPV4, .length = 4 };

	for (unsigned i = 0; i < 4; i++)
		endpoint.address[i] = (uint8_t)(address >> (24 - 8 * i));
	return endpoint;
}

/* What the message says of the address; of several offers the first counts until one is chosen. */
static void read_address(const struct leases *leases, struct lease *lease,
			 const struct message *message, enum message_type type)
{
	uint32_t server = number_in(leases, message, LEASE_SERVER);
	uint32_t seconds = number_in(leases, message, LEASE_SECONDS);
	uint32_t address = number_in(leases, message, LEASE_YOUR_ADDRESS);

	if (type == OFFER && lease->address.type && strchr(lease->steps, 'O'))
		return;
	if (type != OFFER && type != ACK && type != BOOTP)
		address = number_in(leases, message, LEASE_REQUESTED);
	if (!address && type != NAK)
		address = number_in(leases, message, LEASE_CLIENT_ADDRESS);
	if (address)
		lease->address = ipv4_endpoint(address);
	if (server)
		lease->server = ipv4_endpoint(server);
	if (seconds && (type == OFFER || type == ACK))
		lease->seconds = seconds;
}

static void count_message(struct leases *leases, const struct message *message,
			  const struct tally_packet *packet)
{
	uint32_t type = number_in(leases, message, LEASE_TYPE),
		 kind = number_in(leases, message, LEASE_KIND);
	const struct node *name = message_node(message, leases->fields[LEASE_NAME]);
	bool from_client;

	if (type >= TYPES || (type == BOOTP && kind != BOOTREQUEST && kind != BOOTREPLY) ||
	    !message_node(message, leases->fields[LEASE_ID]))
		return;
	from_client = is_from_client(type, kind);
	struct lease *lease = lease_of(leases, message, packet, from_client);
	if (!lease)
		return;
	read_address(leases, lease, message, type);
	if (number_in(leases, message, LEASE_RELAY))
		lease->relay = ipv4_endpoint(number_in(leases, message, LEASE_RELAY));
	if (name && from_client)
		lease_take_name(leases, lease, name);
	bool had_ended = lease_has_ended(lease);
	lease_add_step(lease, step_of(type, kind));
	settle(lease, type, kind);
	if (!had_ended && lease_has_ended(lease) && !from_client && strchr("DRIB", lease->steps[0]))
		lease->took_ns = time_between(lease->since_ns, packet->since_ns);
	lease->last = packet->number;
	lease->messages++;
}

static void count_leases(void *state, const struct tally_packet *packet)
{
	struct leases *leases = state;
	struct message message = { 0 };

	if (!packet->d)
		return;
	if (leases->classes[packet->path] == STACK_DHCP)
		while (next_message(&message, packet->d, leases->fields[LEASE_LAYER]))
			count_message(leases, &message, packet);
	else
		while (next_message(&message, packet->d, leases->fields[LEASE6_LAYER]))
			leases_count_v6(leases, &message, packet);
}

const struct counter leases_counter = {
	.must_look = must_look,
	.count = count_leases,
	.fields = read_fields,
};

uint32_t leases_count(const struct leases *leases)
{
	return leases->count;
}

const struct lease *leases_row(const struct leases *leases, uint32_t n)
{
	return &leases->rows[n];
}

const char *lease_outcome_text(const struct lease *lease, char text[LEASE_TEXT_ROOM])
{
	static const char *const words[LEASE_OUTCOMES] = {
		[LEASE_NO_OFFER] = "no offer",	 [LEASE_NOT_ASKED] = "offered, not requested",
		[LEASE_NO_ANSWER] = "no answer", [LEASE_GRANTED] = "leased",
		[LEASE_REFUSED] = "refused",	 [LEASE_DECLINED] = "declined",
		[LEASE_RELEASED] = "released",	 [LEASE_INFORMED] = "informed",
		[LEASE_ASSIGNED] = "assigned",	 [LEASE_CONFIRMED] = "confirmed",
	};

	if (lease->outcome == LEASE_GRANTED && lease->seconds == UINT32_MAX)
		snprintf(text, LEASE_TEXT_ROOM, "leased for ever");
	else if (lease->outcome == LEASE_GRANTED && lease->seconds)
		snprintf(text, LEASE_TEXT_ROOM, "leased for %" PRIu32 " s", lease->seconds);
	else
		snprintf(text, LEASE_TEXT_ROOM, "%s%s%s", words[lease->outcome],
			 *lease->status ? ": " : "", lease->status);
	return text;
}

const char *lease_address_text(const struct lease *lease, char text[LEASE_TEXT_ROOM])
{
	unsigned n = address_text(&lease->address, text);

	if (lease->prefix)
		snprintf(text + n, LEASE_TEXT_ROOM - n, "/%u", lease->prefix);
	return text;
}

const char *lease_client_text(const struct lease *lease, char text[LEASE_TEXT_ROOM])
{
	size_t used = 0;

	text[0] = '\0';
	for (unsigned i = 0; i < lease->client_length; i++)
		used += (size_t)snprintf(text + used, LEASE_TEXT_ROOM - used, i ? ":%02x" : "%02x",
					 lease->client[i]);
	return text;
}

void lease_filter(const struct lease *lease, char *text, size_t room)
{
	int n;

	if (lease->version == 4)
		n = snprintf(text, room, "dhcp.id == 0x%08x", lease->id);
	else if (lease->id == lease->last_id)
		n = snprintf(text, room, "dhcpv6.xid == 0x%06x", lease->id);
	else
		n = snprintf(text, room, "dhcpv6.xid in {0x%06x, 0x%06x}", lease->id,
			     lease->last_id);
	if (n > 0 && (size_t)n < room)
		snprintf(text + n, room - (size_t)n, " && frame.number in {%u..%u}", lease->first,
			 lease->last);
}
