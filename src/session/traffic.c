/* traffic.c - rows found by a conversation's number where it has one, else by a hash of addresses.
 */
#include "session/traffic.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/hash.h"
#include "base/time.h"
#include "state/conversation.h"

enum { IP_PROTO_TCP = 6, IP_PROTO_UDP = 17, ETHER_ADDRESSES = 12, ETHER_HEADER = 14 };

/* What the stack says of a packet. */
enum path_class {
	PATH_UNKNOWN,
	PATH_WITHOUT,
	PATH_ONCE, /* one layer of ours; of Ethernet: the frame begins with it */
	PATH_LOOK,
};

struct traffic {
	enum traffic_layer layer;
	struct traffic_row *rows;
	uint32_t count, room;
	uint32_t (*times)[TRAFFIC_TIMES]; /* by row; NULL: they are not kept */
	int64_t times_ns;		  /* interval; 0: they are not to be kept */
	uint32_t *slots;		  /* by hash: row + 1 */
	uint32_t slot_mask;
	uint32_t *by_conversation; /* row + 1, by conversation id, or by stream of TCP and UDP */
	uint32_t conversation_room;
	uint16_t fields[6]; /* registry numbers of enum traffic_field */
	uint8_t classes[PATH_LIMIT];
};

enum traffic_field { FROM, TO, FROM_IPV6, TO_IPV6, PORT, STREAM };

static const char *const layer_names[TRAFFIC_LAYERS] = { "eth", "wlan", "ip", "ipv6", "tcp",
							 "udp" };

static const char *const field_names[TRAFFIC_LAYERS][6] = {
	[TRAFFIC_ETH] = { "eth.src", "eth.dst" },
	[TRAFFIC_WLAN] = { "wlan.sa", "wlan.da" },
	[TRAFFIC_IP] = { "ip.src", "ip.dst" },
	[TRAFFIC_IPV6] = { "ipv6.src", "ipv6.dst" },
	[TRAFFIC_TCP] = { "ip.src", "ip.dst", "ipv6.src", "ipv6.dst", "tcp.srcport", "tcp.stream" },
	[TRAFFIC_UDP] = { "ip.src", "ip.dst", "ipv6.src", "ipv6.dst", "udp.srcport", "udp.stream" },
};

struct traffic *traffic_new(enum traffic_layer layer)
{
	struct traffic *traffic = must_zeroed(1, sizeof *traffic);

	traffic->layer = layer;
	traffic->slot_mask = (1 << 10) - 1;
	traffic->slots = must_zeroed(traffic->slot_mask + 1, sizeof *traffic->slots);
	for (unsigned i = 0; i < 6; i++)
		traffic->fields[i] =
			field_names[layer][i] ? tally_field(field_names[layer][i]) : UINT16_MAX;
	return traffic;
}

void traffic_free(struct traffic *traffic)
{
	if (!traffic)
		return;
	free(traffic->rows);
	free(traffic->times);
	free(traffic->slots);
	free(traffic->by_conversation);
	free(traffic);
}

/* --- when they had packets --- */

void traffic_keep_times(struct traffic *traffic)
{
	traffic->times_ns = INT64_C(1000000);
}

const uint32_t *traffic_times(const struct traffic *traffic, uint32_t n, int64_t *interval_ns)
{
	*interval_ns = traffic->times_ns;
	return traffic->times[n];
}

/* Intervals become twice as long until this time is in one: the length of a capture is not known
 * before its end. */
static void count_time(struct traffic *traffic, const struct traffic_row *row, int64_t since_ns)
{
	if (!traffic->times_ns || since_ns < 0)
		return;
	for (; since_ns / traffic->times_ns >= TRAFFIC_TIMES; traffic->times_ns *= 2)
		for (uint32_t n = 0; n < traffic->count; n++) {
			uint32_t *times = traffic->times[n];

			for (unsigned i = 0; i < TRAFFIC_TIMES / 2; i++)
				times[i] = times[2 * i] + times[2 * i + 1];
			memset(times + TRAFFIC_TIMES / 2, 0, sizeof *traffic->times / 2);
		}
	traffic->times[row - traffic->rows][since_ns / traffic->times_ns]++;
}

/* --- the stack --- */

static bool quotes(const char *name)
{
	return !strcmp(name, "icmp") || !strcmp(name, "icmpv6");
}

/* tshark counts an IPv6 datagram once it is put together, not its earlier fragments. */
static bool is_fragment(const struct path_table *paths, uint16_t path)
{
	return !strcmp(path_name(paths, path), "data") &&
	       !strcmp(path_name(paths, path_parent(paths, path)), "ipv6.fraghdr");
}

/* From the innermost layer outwards; what ICMP quotes does not count. */
static enum path_class classify(const struct traffic *traffic, const struct path_table *paths,
				uint16_t path)
{
	const char *own = layer_names[traffic->layer], *name = "";
	unsigned count = 0;

	if (path_table_is_cut(paths))
		return PATH_LOOK;
	if (path == PATH_NONE || (traffic->layer == TRAFFIC_IPV6 && is_fragment(paths, path)))
		return PATH_WITHOUT;
	for (; path != PATH_NONE; path = path_parent(paths, path)) {
		if (path_is_mention(paths, path))
			continue;
		name = path_name(paths, path);
		if (quotes(name))
			count = 0;
		count += !strcmp(name, own);
	}
	if (!count)
		return PATH_WITHOUT;
	if (traffic->layer == TRAFFIC_ETH && strcmp(name, own) != 0)
		return PATH_LOOK;
	return count == 1 ? PATH_ONCE : PATH_LOOK;
}

static enum path_class class_of(struct traffic *traffic, const struct tally_packet *packet)
{
	uint8_t *class = &traffic->classes[packet->path];

	if (*class == PATH_UNKNOWN)
		*class = (uint8_t)classify(traffic, packet->learned->paths, packet->path);
	return (enum path_class) * class;
}

/* --- rows --- */

static struct traffic_row *add_row(struct traffic *traffic, const struct endpoint *a,
				   const struct endpoint *b, int64_t since_ns)
{
	if (traffic->count == traffic->room) {
		traffic->rows = must_grow(traffic->rows, &traffic->room, 64, sizeof *traffic->rows);
		if (traffic->times_ns)
			traffic->times =
				must_resize(traffic->times, traffic->room, sizeof *traffic->times);
	}
	if (traffic->times_ns)
		memset(traffic->times[traffic->count], 0, sizeof *traffic->times);
	struct traffic_row *row = &traffic->rows[traffic->count++];
	*row = (struct traffic_row){ .a = *a, .b = *b, .first_ns = since_ns, .last_ns = since_ns };
	return row;
}

static bool same(const struct endpoint *a, const struct endpoint *b)
{
	return !memcmp(a, b, sizeof *a);
}

static uint32_t pair_hash(const struct endpoint *a, const struct endpoint *b)
{
	return (uint32_t)(hash_bytes(a, sizeof *a) + hash_bytes(b, sizeof *b));
}

static uint32_t *find_slot(const struct traffic *traffic, const struct endpoint *a,
			   const struct endpoint *b)
{
	for (uint32_t at = pair_hash(a, b);; at++) {
		uint32_t *slot = &traffic->slots[at & traffic->slot_mask];
		if (!*slot)
			return slot;
		const struct traffic_row *row = &traffic->rows[*slot - 1];
		if ((same(&row->a, a) && same(&row->b, b)) ||
		    (same(&row->a, b) && same(&row->b, a)))
			return slot;
	}
}

static void grow_slots(struct traffic *traffic)
{
	traffic->slot_mask = traffic->slot_mask * 2 + 1;
	free(traffic->slots);
	traffic->slots = must_zeroed((size_t)traffic->slot_mask + 1, sizeof *traffic->slots);
	for (uint32_t i = 0; i < traffic->count; i++) {
		uint32_t at = pair_hash(&traffic->rows[i].a, &traffic->rows[i].b);
		while (traffic->slots[at & traffic->slot_mask])
			at++;
		traffic->slots[at & traffic->slot_mask] = i + 1;
	}
}

/* The number of the row of this pair. */
static uint32_t row_between(struct traffic *traffic, const struct endpoint *from,
			    const struct endpoint *to, int64_t since_ns)
{
	if (traffic->count > traffic->slot_mask / 4 * 3)
		grow_slots(traffic);
	uint32_t *slot = find_slot(traffic, from, to);
	if (!*slot) {
		add_row(traffic, from, to, since_ns);
		*slot = traffic->count;
	}
	return *slot - 1;
}

static void add_packet(struct traffic *traffic, uint32_t number, bool from_a,
		       const struct tally_packet *packet)
{
	struct traffic_row *row = &traffic->rows[number];

	row->frames[!from_a]++;
	count_time(traffic, row, packet->since_ns);
	row->bytes[!from_a] += packet->length;
	if (packet->since_ns > row->last_ns)
		row->last_ns = packet->since_ns;
	if (packet->since_ns < row->first_ns)
		row->first_ns = packet->since_ns;
}

static void add_between(struct traffic *traffic, const struct endpoint *from,
			const struct endpoint *to, const struct tally_packet *packet)
{
	uint32_t row = row_between(traffic, from, to, packet->since_ns);

	add_packet(traffic, row, same(&traffic->rows[row].a, from), packet);
}

/* Where the row of a conversation is remembered. */
static uint32_t *place_of(struct traffic *traffic, uint32_t n)
{
	if (n >= traffic->conversation_room) {
		uint32_t room = traffic->conversation_room ? traffic->conversation_room : 1 << 10;

		while (room <= n)
			room = room > UINT32_MAX / 2 ? UINT32_MAX : 2 * room;
		traffic->by_conversation = must_resize(traffic->by_conversation, room,
						       sizeof *traffic->by_conversation);
		memset(traffic->by_conversation + traffic->conversation_room, 0,
		       (room - traffic->conversation_room) * sizeof *traffic->by_conversation);
		traffic->conversation_room = room;
	}
	return &traffic->by_conversation[n];
}

/* --- from the index --- */

static uint8_t protocol_of(enum traffic_layer layer)
{
	return layer == TRAFFIC_TCP ? IP_PROTO_TCP : IP_PROTO_UDP;
}

static bool is_of_layer(const struct conversation *talk, enum traffic_layer layer)
{
	switch (layer) {
	case TRAFFIC_IP:
		return talk->opener.type == ADDRESS_IPV4;
	case TRAFFIC_IPV6:
		return talk->opener.type == ADDRESS_IPV6;
	case TRAFFIC_TCP:
	case TRAFFIC_UDP:
		return talk->protocol == protocol_of(layer);
	case TRAFFIC_ETH:
	case TRAFFIC_WLAN:
	case TRAFFIC_LAYERS:
		break;
	}
	return false;
}

/* The packet's one conversation, if its ends are those of our layer. */
static const struct conversation *known(const struct traffic *traffic,
					const struct tally_packet *packet)
{
	if (!(packet->flags & INDEX_ENDS))
		return NULL;
	const struct conversation *talk = conversation_of_index(packet->learned, packet->number);
	return talk && is_of_layer(talk, traffic->layer) ? talk : NULL;
}

static bool must_look(void *state, const struct tally_packet *packet)
{
	struct traffic *traffic = state;

	switch (class_of(traffic, packet)) {
	case PATH_ONCE:
		return traffic->layer != TRAFFIC_ETH && !known(traffic, packet);
	case PATH_LOOK:
		return true;
	case PATH_UNKNOWN:
	case PATH_WITHOUT:
		break;
	}
	return false;
}

static struct endpoint address_of(const struct endpoint *end)
{
	struct endpoint address = *end;

	address.port = 0;
	return address;
}

/* Its row: the stream's own, or that of the addresses. */
static uint32_t row_of_talk(struct traffic *traffic, const struct conversation *talk,
			    bool from_opener, int64_t since_ns)
{
	const struct endpoint *from = from_opener ? &talk->opener : &talk->other;
	const struct endpoint *to = from_opener ? &talk->other : &talk->opener;

	if (!traffic_has_ports(traffic->layer)) {
		struct endpoint a = address_of(from), b = address_of(to);
		return row_between(traffic, &a, &b, since_ns);
	}
	add_row(traffic, from, to, since_ns)->stream = talk->stream;
	return traffic->count - 1;
}

static void add_talk(struct traffic *traffic, const struct conversation *talk, bool from_opener,
		     const struct tally_packet *packet)
{
	bool has_ports = traffic_has_ports(traffic->layer);
	uint32_t *place = place_of(traffic, has_ports ? talk->stream : talk->id);

	if (!*place)
		*place = 1 + row_of_talk(traffic, talk, from_opener, packet->since_ns);
	const struct endpoint *from = from_opener ? &talk->opener : &talk->other;
	const struct endpoint *a = &traffic->rows[*place - 1].a;
	bool from_a = has_ports ? same(a, from) : !memcmp(a->address, from->address, 16);
	add_packet(traffic, *place - 1, from_a, packet);
}

/* The frame begins with Ethernet: its addresses are its first bytes. */
static void count_ethernet(struct traffic *traffic, const struct tally_packet *packet)
{
	struct endpoint from = { .type = ADDRESS_ETHER, .length = 6 }, to = from;
	const uint8_t *bytes;
	uint32_t length;

	if (!tally_bytes(packet->tally, packet, &bytes, &length) || length < ETHER_HEADER)
		return;
	memcpy(to.address, bytes, 6);
	memcpy(from.address, bytes + 6, 6);
	add_between(traffic, &from, &to, packet);
}

/* --- from the packet taken apart --- */

/* The layers met so far. */
struct walk {
	struct endpoint from, to;
	bool has_from, has_to;
	uint16_t port;
};

static void put_address(struct endpoint *end, const struct node *node, enum traffic_layer layer)
{
	*end = (struct endpoint){ 0 };
	if (layer == TRAFFIC_IP) {
		end->type = ADDRESS_IPV4;
		end->length = 4;
		for (unsigned i = 0; i < 4; i++)
			end->address[i] = (uint8_t)(node->value.number >> (24 - 8 * i));
		return;
	}
	end->type = layer == TRAFFIC_IPV6 ? ADDRESS_IPV6 : ADDRESS_ETHER;
	end->length = layer == TRAFFIC_IPV6 ? 16 : 6;
	memcpy(end->address, node->value.bytes, end->length);
}

static void meet_stream(struct traffic *traffic, struct walk *walk, const struct node *node,
			const struct tally_packet *packet)
{
	const struct conversation *talk = conversation_numbered(
		packet->learned, protocol_of(traffic->layer), (uint32_t)node->value.number);

	if (!talk)
		return;
	walk->from.port = walk->port;
	add_talk(traffic, talk, same(&walk->from, &talk->opener), packet);
}

static void meet_addresses(struct traffic *traffic, struct walk *walk,
			   const struct tally_packet *packet)
{
	if (!walk->has_from || !walk->has_to)
		return;
	walk->has_from = walk->has_to = false;
	if (!traffic_has_ports(traffic->layer))
		add_between(traffic, &walk->from, &walk->to, packet);
}

static void meet(struct traffic *traffic, struct walk *walk, const struct node *node,
		 const struct tally_packet *packet)
{
	const uint16_t *fields = traffic->fields;
	enum traffic_layer layer = traffic_has_ports(traffic->layer) ? TRAFFIC_IP : traffic->layer;

	if (node->field == fields[FROM] || node->field == fields[FROM_IPV6]) {
		put_address(&walk->from, node, node->field == fields[FROM] ? layer : TRAFFIC_IPV6);
		walk->has_from = true;
	} else if (node->field == fields[TO] || node->field == fields[TO_IPV6]) {
		put_address(&walk->to, node, node->field == fields[TO] ? layer : TRAFFIC_IPV6);
		walk->has_to = true;
	} else if (node->field == fields[PORT]) {
		walk->port = (uint16_t)node->value.number;
	} else if (node->field == fields[STREAM]) {
		meet_stream(traffic, walk, node, packet);
	}
	meet_addresses(traffic, walk, packet);
}

/* Layers are at depth 0; what ICMP quotes is deeper. */
static void count_layers(struct traffic *traffic, const struct tally_packet *packet)
{
	const struct dissection *d = packet->d;
	struct walk walk = { .has_from = false };

	for (uint32_t i = 0; i < d->node_count; i++)
		if (d->nodes[i].depth == 1)
			meet(traffic, &walk, &d->nodes[i], packet);
}

static void count(void *state, const struct tally_packet *packet)
{
	struct traffic *traffic = state;

	if (class_of(traffic, packet) == PATH_WITHOUT)
		return;
	if (packet->d) {
		count_layers(traffic, packet);
		return;
	}
	if (traffic->layer == TRAFFIC_ETH) {
		count_ethernet(traffic, packet);
		return;
	}
	const struct conversation *talk = known(traffic, packet);
	if (talk)
		add_talk(traffic, talk, packet->flags & INDEX_FROM_OPENER, packet);
}

static const char *const read_fields[] = {
	"eth.src",  "eth.dst",	   "wlan.sa",	 "wlan.da",	"ip.src",     "ip.dst", "ipv6.src",
	"ipv6.dst", "tcp.srcport", "tcp.stream", "udp.srcport", "udp.stream", NULL,
};

const struct counter traffic_counter = {
	.must_look = must_look,
	.count = count,
	.fields = read_fields,
};

/* --- what was counted --- */

uint32_t traffic_count(const struct traffic *traffic)
{
	return traffic->count;
}

const struct traffic_row *traffic_row(const struct traffic *traffic, uint32_t n)
{
	return &traffic->rows[n];
}

static void add_end(struct traffic *ends, const struct endpoint *end, const struct traffic_row *row,
		    bool is_a)
{
	static const struct endpoint nobody = { 0 };
	uint32_t number = row_between(ends, end, &nobody, row->first_ns);
	struct traffic_row *sum = &ends->rows[number];

	for (unsigned i = 0; i < 2; i++) {
		sum->frames[i] += row->frames[is_a ? i : !i];
		sum->bytes[i] += row->bytes[is_a ? i : !i];
	}
	if (row->first_ns < sum->first_ns)
		sum->first_ns = row->first_ns;
	if (row->last_ns > sum->last_ns)
		sum->last_ns = row->last_ns;
}

struct traffic_row *traffic_ends(const struct traffic *traffic, uint32_t *count)
{
	struct traffic *ends = traffic_new(traffic->layer);

	for (uint32_t i = 0; i < traffic->count; i++) {
		add_end(ends, &traffic->rows[i].a, &traffic->rows[i], true);
		add_end(ends, &traffic->rows[i].b, &traffic->rows[i], false);
	}
	struct traffic_row *rows = ends->rows;
	*count = ends->count;
	ends->rows = NULL;
	traffic_free(ends);
	return rows;
}

static uint64_t frames_of(const struct traffic_row *row)
{
	return row->frames[0] + row->frames[1];
}

struct ranked {
	uint64_t frames;
	uint32_t row;
};

static int by_frames(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->frames != y->frames)
		return x->frames < y->frames ? 1 : -1;
	return x->row < y->row ? -1 : 1;
}

void traffic_sort(struct traffic_row *rows, uint32_t count)
{
	struct ranked *ranks = must_alloc(count * sizeof *ranks + 1);
	struct traffic_row *sorted = must_alloc(count * sizeof *sorted + 1);

	for (uint32_t i = 0; i < count; i++)
		ranks[i] = (struct ranked){ frames_of(&rows[i]), i };
	qsort(ranks, count, sizeof *ranks, by_frames);
	for (uint32_t i = 0; i < count; i++)
		sorted[i] = rows[ranks[i].row];
	if (count)
		memcpy(rows, sorted, count * sizeof *rows);
	free(sorted);
	free(ranks);
}
