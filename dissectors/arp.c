/* arp.c - Address Resolution Protocol, RFC 826; RARP, RFC 903; InARP, RFC 2390; announcements and
 * probes, RFC 5227.
 *
 *      0           16           32     40     48
 *     +-----------+------------+------+------+-----------+
 *     | hardware  | protocol   | HLEN | PLEN | operation |
 *     +-----------+------------+------+------+-----------+
 *     | sender: HLEN bytes, PLEN bytes; target: the same |
 *     +--------------------------------------------------+
 */
#include <string.h>

#include "ethertype.h"
#include "ip_names.h"
#include "state/capture_state.h"
#include "state/facts.h"

enum {
	OP_REQUEST = 1, OP_REPLY, OP_REVERSE_REQUEST, OP_REVERSE_REPLY, OP_DRARP_REQUEST,
	OP_DRARP_REPLY, OP_DRARP_ERROR, OP_INVERSE_REQUEST, OP_INVERSE_REPLY, OP_NAK,
	OP_MARS_REQUEST, OP_UNARP = 23, OP_EXPERIMENTAL_1, OP_EXPERIMENTAL_2, OP_RESERVED = 65535,
	HARDWARE_ETHERNET = 1, HARDWARE_EXPERIMENTAL_ETHERNET = 2, HARDWARE_IEEE802 = 6,
};

enum {
	ARP, ARP_HW_TYPE, ARP_PROTO_TYPE, ARP_HW_SIZE, ARP_PROTO_SIZE, ARP_OPCODE,
	ARP_ISGRATUITOUS, ARP_ISPROBE, ARP_ISANNOUNCEMENT, ARP_SRC_HW, ARP_SRC_HW_MAC,
	ARP_SRC_PROTO, ARP_SRC_PROTO_IPV4, ARP_DST_HW, ARP_DST_HW_MAC, ARP_DST_PROTO,
	ARP_DST_PROTO_IPV4, ARP_DRARP_ERROR_STATUS, ARP_DUPLICATE, ARP_DUPLICATE_FRAME,
	ARP_DUPLICATE_SECONDS, ARP_DUPLICATE_FOUND,
};

static const struct value_name opcode_names[] = {
	{ 0, "reserved" }, { 1, "request" }, { 2, "reply" }, { 3, "reverse request" },
	{ 4, "reverse reply" }, { 5, "drarp request" }, { 6, "drarp reply" }, { 7, "drarp error" },
	{ 8, "inverse request" }, { 9, "inverse reply" }, { 10, "arp nak" },
	{ 11, "mars request" }, { 12, "mars multi" }, { 13, "mars mserv" }, { 14, "mars join" },
	{ 15, "mars leave" }, { 16, "mars nak" }, { 17, "mars unserv" }, { 18, "mars sjoin" },
	{ 19, "mars sleave" }, { 20, "mars grouplist request" }, { 21, "mars grouplist reply" },
	{ 22, "mars redirect map" }, { 23, "mapos unarp" }, { 24, "experimental 1" },
	{ 25, "experimental 2" }, { 65535, "reserved" }, { 0 },
};

static const struct value_name drarp_names[] = {
	{ 1, "restricted" }, { 2, "no address" }, { 3, "serverdown" }, { 4, "moved" },
	{ 5, "failure" }, { 0 },
};

static const struct field arp_fields[] = {
	[ARP]                    = { "arp", "Address Resolution Protocol", FIELD_PROTOCOL,
					.help = "Finds the hardware address that belongs to an "
						"address of the network layer",
					.reference = "RFC 826" },
	[ARP_HW_TYPE]            = { "arp.hw.type", "Hardware type", FIELD_U16,
				     .names = hardware_names,
					.help = "What kind of network the hardware addresses are "
						"of",
					.reference = "RFC 826", PLACED(0) },
	[ARP_PROTO_TYPE]         = { "arp.proto.type", "Protocol type", FIELD_U16, BASE_HEX,
				     ethertype_names,
					.help = "What protocol the other addresses are of: an "
						"EtherType",
					.reference = "RFC 826", PLACED(2) },
	[ARP_HW_SIZE]            = { "arp.hw.size", "Hardware size", FIELD_U8,
				     .help = "Of a hardware address, in bytes",
					.reference = "RFC 826", PLACED(4) },
	[ARP_PROTO_SIZE]         = { "arp.proto.size", "Protocol size", FIELD_U8,
				     .help = "Of a protocol address, in bytes",
					.reference = "RFC 826", PLACED(5) },
	[ARP_OPCODE]             = { "arp.opcode", "Opcode", FIELD_U16, .names = opcode_names,
					.help = "Whether this asks, answers, or does another thing",
					.reference = "RFC 826", PLACED(6) },
	[ARP_ISGRATUITOUS]       = { "arp.isgratuitous", "Is gratuitous", FIELD_BOOL,
				     .names = true_names,
				     .help = "Sender and target are the same",
					.reference = "RFC 5227, 3" },
	[ARP_ISPROBE]            = { "arp.isprobe", "Is probe", FIELD_BOOL, .names = true_names,
				     .help = "Asks whether the address is in use",
					.reference = "RFC 5227, 1.1" },
	[ARP_ISANNOUNCEMENT]     = { "arp.isannouncement", "Is announcement", FIELD_BOOL,
				     .names = true_names,
				     .help = "Claims the address",
					.reference = "RFC 5227, 1.1" },
	[ARP_SRC_HW]             = { "arp.src.hw", "Sender hardware address", FIELD_BYTES,
					.help = "The hardware address of the station that sends "
						"this",
					.reference = "RFC 826" },
	[ARP_SRC_HW_MAC]         = { "arp.src.hw_mac", "Sender MAC address", FIELD_ETHER,
					.help = "The MAC address of the station that sends this; "
						"others may learn it",
					.reference = "RFC 826", PLACED(8) },
	[ARP_SRC_PROTO]          = { "arp.src.proto", "Sender protocol address", FIELD_BYTES,
					.help = "The protocol address of the station that sends "
						"this",
					.reference = "RFC 826" },
	[ARP_SRC_PROTO_IPV4]     = { "arp.src.proto_ipv4", "Sender IP address", FIELD_IPV4,
					.help = "The IP address of the station that sends this; "
						"0.0.0.0: it only probes",
					.reference = "RFC 826", PLACED(14) },
	[ARP_DST_HW]             = { "arp.dst.hw", "Target hardware address", FIELD_BYTES,
					.help = "The hardware address that is looked for, in a "
						"request unknown; in a reply the asker's",
					.reference = "RFC 826" },
	[ARP_DST_HW_MAC]         = { "arp.dst.hw_mac", "Target MAC address", FIELD_ETHER,
					.help = "The MAC address that is looked for, in a request "
						"unknown; in a reply the asker's",
					.reference = "RFC 826", PLACED(18) },
	[ARP_DST_PROTO]          = { "arp.dst.proto", "Target protocol address", FIELD_BYTES,
					.help = "The protocol address whose owner should answer; "
						"in a reply the asker's",
					.reference = "RFC 826" },
	[ARP_DST_PROTO_IPV4]     = { "arp.dst.proto_ipv4", "Target IP address", FIELD_IPV4,
					.help = "The IP address whose owner should answer; in a "
						"reply the asker's",
					.reference = "RFC 826", PLACED(24) },
	[ARP_DRARP_ERROR_STATUS] = { "arp.dst.drarp_error_status", "DRARP error status", FIELD_U16,
				     .names = drarp_names,
					.help = "Why no address was given",
					.reference = "RFC 1931" },
	[ARP_DUPLICATE]          = { "arp.duplicate-address-detected",
				     "Duplicate IP address detected", FIELD_NONE,
				     .help = "Two hardware addresses claim the IP address, RFC 5227" },
	[ARP_DUPLICATE_FRAME]    = { "arp.duplicate-address-frame",
				     "Frame showing earlier use of IP address", FIELD_FRAME,
					.help = "The earlier packet in which another station had "
						"this address" },
	[ARP_DUPLICATE_SECONDS]  = { "arp.seconds-since-duplicate-address-frame",
				     "Seconds since earlier frame seen", FIELD_U32,
					.help = "How long ago the other station was seen" },
	[ARP_DUPLICATE_FOUND]    = FINDING("arp.duplicate-address-detected",
					   "Duplicate IP address configured", EXPERT_WARN,
					   GROUP_SEQUENCE),
};

struct header {
	uint16_t hardware, protocol, operation;
	uint8_t hardware_size, protocol_size;
};

/* The four addresses; each NULL when its size is 0. */
struct addresses {
	const uint8_t *sender_hardware, *sender, *target_hardware, *target;
};

static bool is_mac(const struct header *header)
{
	return header->hardware_size == 6 &&
	       (header->hardware == HARDWARE_ETHERNET ||
		header->hardware == HARDWARE_EXPERIMENTAL_ETHERNET ||
		header->hardware == HARDWARE_IEEE802);
}

static bool is_ipv4(const struct header *header)
{
	return header->protocol == ETHERTYPE_IPV4 && header->protocol_size == 4;
}

/* "192.0.2.1", "02:00:00:00:00:01", hexadecimal digits, or "<No address>". */
static const char *address_words(struct dissection *d, const uint8_t *p, uint32_t n, bool mac,
				 bool ipv4)
{
	static const char digits[] = "0123456789abcdef";
	char text[ADDRESS_TEXT_ROOM];

	if (!p || !n)
		return "<No address>";
	if (ipv4)
		return arena_text(&d->arena, text, address_text_ipv4(load_be32(p), text));
	if (mac)
		return arena_text(&d->arena, text, address_text_ether(p, text));
	char *words = arena_alloc(&d->arena, 2 * (size_t)n + 1);
	for (uint32_t i = 0; i < n; i++) {
		words[2 * i] = digits[p[i] >> 4];
		words[2 * i + 1] = digits[p[i] & 15];
	}
	words[2 * n] = '\0';
	return words;
}

static const char *hardware_words(struct dissection *d, const struct header *header,
				  const uint8_t *p)
{
	return address_words(d, p, header->hardware_size, is_mac(header), false);
}

static const char *protocol_words(struct dissection *d, const struct header *header,
				  const uint8_t *p)
{
	return address_words(d, p, header->protocol_size, false, is_ipv4(header));
}

static struct header take_header(struct dissection *d, struct cursor *c)
{
	struct header header;

	header.hardware = take_u16(d, c, ARP_HW_TYPE);
	header.protocol = take_u16(d, c, ARP_PROTO_TYPE);
	header.hardware_size = take_u8(d, c, ARP_HW_SIZE);
	header.protocol_size = take_u8(d, c, ARP_PROTO_SIZE);
	header.operation = take_u16(d, c, ARP_OPCODE);
	return header;
}

static struct addresses look_at_addresses(const struct cursor *c, const struct header *header)
{
	uint32_t h = header->hardware_size, p = header->protocol_size;
	struct addresses at = { 0 };
	const uint8_t *bytes;

	if (!cursor_peek(c, 0, 2 * (h + p), &bytes))
		return at;
	at.sender_hardware = h ? bytes : NULL;
	at.sender = p ? bytes + h : NULL;
	at.target_hardware = h ? bytes + h + p : NULL;
	at.target = p ? bytes + h + p + h : NULL;
	return at;
}

static void take_half(struct dissection *d, struct cursor *c, const struct header *header,
		      bool sender)
{
	uint32_t h = header->hardware_size, p = header->protocol_size;

	if (h && is_mac(header))
		take_ether(d, c, sender ? ARP_SRC_HW_MAC : ARP_DST_HW_MAC);
	else if (h)
		take_bytes(d, c, sender ? ARP_SRC_HW : ARP_DST_HW, h);
	if (p && !sender && header->operation == OP_DRARP_ERROR && p >= 2)
		add_uint(d, c, ARP_DRARP_ERROR_STATUS, c->pos, 2, load_be16(c->data + c->pos));
	if (p && is_ipv4(header))
		take_ipv4(d, c, sender ? ARP_SRC_PROTO_IPV4 : ARP_DST_PROTO_IPV4);
	else if (p)
		take_bytes(d, c, sender ? ARP_SRC_PROTO : ARP_DST_PROTO, p);
}

enum kind { KIND_PLAIN, KIND_GRATUITOUS, KIND_PROBE, KIND_ANNOUNCEMENT };

static enum kind kind_of(const struct header *header, const struct addresses *at)
{
	if (!at->sender || (header->operation != OP_REQUEST && header->operation != OP_REPLY))
		return KIND_PLAIN;
	bool request = header->operation == OP_REQUEST;
	bool no_target = at->target_hardware &&
			 bytes_are_zero(at->target_hardware, header->hardware_size);
	if (!memcmp(at->sender, at->target, header->protocol_size))
		return request && no_target ? KIND_ANNOUNCEMENT : KIND_GRATUITOUS;
	if (request && no_target && is_ipv4(header) && bytes_are_zero(at->sender, 4))
		return KIND_PROBE;
	return KIND_PLAIN;
}

static void word_request(struct dissection *d, const struct header *header,
			 const struct addresses *at, enum kind kind)
{
	const char *sender = protocol_words(d, header, at->sender);
	const char *target = protocol_words(d, header, at->target);

	switch (kind) {
	case KIND_GRATUITOUS:
		info(d, "Gratuitous ARP for %s (Request)", target);
		break;
	case KIND_ANNOUNCEMENT:
		info(d, "ARP Announcement for %s", target);
		break;
	case KIND_PROBE:
		info(d, "Who has %s? (ARP Probe)", target);
		break;
	case KIND_PLAIN:
		info(d, "Who has %s? Tell %s", target, sender);
		break;
	}
}

/* RFC 2022 and RFC 2176. */
static const char *mars_words(unsigned operation)
{
	static const char *const words[] = {
		"MARS request", "MARS MULTI request", "MARS MSERV request", "MARS JOIN request",
		"MARS LEAVE", "MARS NAK", "MARS UNSERV request", "MARS SJOIN request",
		"MARS SLEAVE", "MARS grouplist request", "MARS grouplist reply",
		"MARS redirect map", "MAPOS UNARP request",
	};

	if (operation < OP_MARS_REQUEST || operation > OP_UNARP)
		return NULL;
	return words[operation - OP_MARS_REQUEST];
}

static void word_rest(struct dissection *d, const struct header *header, const struct addresses *at)
{
	const char *sender_hardware = hardware_words(d, header, at->sender_hardware);
	const char *target_hardware = hardware_words(d, header, at->target_hardware);
	const char *sender = protocol_words(d, header, at->sender);
	const char *target = protocol_words(d, header, at->target);

	if (mars_words(header->operation)) {
		info(d, "%s from %s at %s", mars_words(header->operation), sender_hardware, sender);
		return;
	}
	switch (header->operation) {
	case OP_REVERSE_REQUEST:
	case OP_DRARP_REQUEST:
		info(d, "Who is %s? Tell %s", target_hardware, sender_hardware);
		break;
	case OP_REVERSE_REPLY:
	case OP_DRARP_REPLY:
		info(d, "%s is at %s", target_hardware, target);
		break;
	case OP_DRARP_ERROR:
		info(d, "DRARP Error");
		break;
	case OP_INVERSE_REQUEST:
		info(d, "Who is %s? Tell %s", target_hardware, sender_hardware);
		break;
	case OP_INVERSE_REPLY:
		info(d, "%s is at %s", sender_hardware, sender);
		break;
	case OP_NAK:
		info(d, "ARP NAK");
		break;
	case OP_EXPERIMENTAL_1:
		info(d, "Experimental 1 ( opcode 24 )");
		break;
	case OP_EXPERIMENTAL_2:
		info(d, "Experimental 2 ( opcode 25 )");
		break;
	case 0:
	case OP_RESERVED:
		info(d, "Reserved opcode %u", header->operation);
		break;
	default:
		info(d, "Unknown ARP opcode 0x%04x", header->operation);
	}
}

static void word_info(struct dissection *d, const struct header *header, const struct addresses *at,
		      enum kind kind)
{
	if (!(d->wants & WANT_COLUMNS))
		return;
	if (header->operation == OP_REQUEST)
		word_request(d, header, at, kind);
	else if (header->operation == OP_REPLY && kind == KIND_GRATUITOUS)
		info(d, "Gratuitous ARP for %s (Reply)", protocol_words(d, header, at->sender));
	else if (header->operation == OP_REPLY)
		info(d, "%s is at %s", protocol_words(d, header, at->sender),
		     hardware_words(d, header, at->sender_hardware));
	else
		word_rest(d, header, at);
}

static void show_kind(struct dissection *d, const struct header *header, enum kind kind)
{
	static const char *const words[] = {
		[KIND_PLAIN] = "", [KIND_GRATUITOUS] = "/gratuitous ARP", [KIND_PROBE] = "",
		[KIND_ANNOUNCEMENT] = "",
	};
	const char *name = value_name(opcode_names, header->operation);

	if (kind == KIND_PROBE)
		label(d, layer_node(d), " (ARP Probe)");
	else if (kind == KIND_ANNOUNCEMENT)
		label(d, layer_node(d), " (ARP Announcement)");
	else if (name)
		label(d, layer_node(d), " (%s%s)", name, words[kind]);
	else
		label(d, layer_node(d), " (opcode 0x%04x)", header->operation);
	if (kind == KIND_PROBE)
		put_uint(d, ARP_ISPROBE, 1);
	if (kind == KIND_GRATUITOUS || kind == KIND_ANNOUNCEMENT)
		put_uint(d, ARP_ISGRATUITOUS, 1);
	if (kind == KIND_ANNOUNCEMENT)
		put_uint(d, ARP_ISANNOUNCEMENT, 1);
}

/* --- an address that two claim --- */

/* Who was last seen with an IP address; only the first who had it counts until it is gone. */
struct address_use {
	uint8_t mac[6];
	uint32_t packet; /* 0: nobody was */
	int64_t second;
};

struct duplicate {
	uint8_t mac[6], other[6];
	uint32_t address, packet, seconds;
};

/* The fact of a packet that claims what others have: as sender, as target, or both. */
struct duplicates {
	uint32_t count;
	struct duplicate one[2];
};

static bool names_host(const uint8_t *mac, const uint8_t *address)
{
	return !(mac[0] & 1) && !bytes_are_zero(mac, 6) && !bytes_are_zero(address, 4);
}

static void note_use(const struct dissection *d, const uint8_t *mac, const uint8_t *address,
		     struct duplicates *found)
{
	int64_t second = d->packet.time_ns / 1000000000;

	if (!names_host(mac, address))
		return;
	struct address_use *use = capture_state(d, address, 4, sizeof *use);
	if (!use)
		return;
	if (!use->packet || !memcmp(use->mac, mac, 6)) {
		memcpy(use->mac, mac, 6);
		use->packet = d->packet.number;
		use->second = second;
		return;
	}
	struct duplicate *one = &found->one[found->count++];
	*one = (struct duplicate){ .address = load_be32(address), .packet = use->packet,
				   .seconds = (uint32_t)(second - use->second) };
	memcpy(one->mac, mac, 6);
	memcpy(one->other, use->mac, 6);
}

/* A request's target is who is asked for, not who was found. */
static void learn_uses(struct dissection *d, const struct header *header,
		       const struct addresses *at)
{
	struct duplicates found = { 0 };

	if (!d->pen || !is_mac(header) || !is_ipv4(header) ||
	    (header->operation != OP_REQUEST && header->operation != OP_REPLY))
		return;
	note_use(d, at->sender_hardware, at->sender, &found);
	if (header->operation == OP_REPLY && memcmp(at->sender, at->target, 4) != 0)
		note_use(d, at->target_hardware, at->target, &found);
	struct duplicates *fact = found.count ? learn(d, FACT_OWN, sizeof *fact) : NULL;
	if (fact)
		*fact = found;
}

static void show_duplicate(struct dissection *d, const struct cursor *c,
			   const struct duplicate *one)
{
	char address[ADDRESS_TEXT_ROOM], mac[ADDRESS_TEXT_ROOM], other[ADDRESS_TEXT_ROOM];
	node_id tree = open_tree_beside(d, c, ARP_DUPLICATE);

	address_text_ipv4(one->address, address);
	address_text_ether(one->mac, mac);
	address_text_ether(one->other, other);
	node_flag(d, tree, NODE_GENERATED);
	node_set_length(d, tree, 0);
	label_set(d, tree,
		  "Duplicate IP address detected for %s (%s) - also in use by %s (frame %u)",
		  address, mac, other, one->packet);
	put_uint(d, ARP_DUPLICATE_FRAME, one->packet);
	note_finding_on(d, last_node(d), ARP_DUPLICATE_FOUND,
			"Duplicate IP address configured (%s)", address);
	put_uint(d, ARP_DUPLICATE_SECONDS, one->seconds);
	close_tree_beside(d, tree);
}

static void show_duplicates(struct dissection *d, const struct cursor *c)
{
	const struct duplicates *fact = recall(d, FACT_OWN, NULL);
	char address[ADDRESS_TEXT_ROOM];

	if (!fact)
		return;
	for (uint32_t i = 0; i < fact->count; i++)
		show_duplicate(d, c, &fact->one[i]);
	address_text_ipv4(fact->one[fact->count - 1].address, address);
	info(d, " (duplicate use of %s detected!)", address);
}

static const char *protocol_name(unsigned operation)
{
	switch (operation) {
	case OP_REVERSE_REQUEST:
	case OP_REVERSE_REPLY:
		return "RARP";
	case OP_DRARP_REQUEST:
	case OP_DRARP_REPLY:
	case OP_DRARP_ERROR:
		return "DRARP";
	case OP_INVERSE_REQUEST:
	case OP_INVERSE_REPLY:
		return "Inverse ARP";
	case OP_UNARP:
		return "MAPOS";
	default:
		return mars_words(operation) ? "MARS" : "ARP";
	}
}

static void arp_dissect(struct dissection *d, struct cursor *c)
{
	info_begin(d);
	info_protocol(d, "ARP");
	struct header header = take_header(d, c);
	struct addresses at = look_at_addresses(c, &header);
	uint32_t size = 2u * header.hardware_size + 2u * header.protocol_size;

	if (size > cursor_left(c)) {
		cursor_skip(c, size);
		return;
	}
	learn_uses(d, &header, &at);
	if (only_learning(d)) {
		show_duplicates(d, c);
		return;
	}
	info_protocol(d, protocol_name(header.operation));
	enum kind kind = kind_of(&header, &at);
	word_info(d, &header, &at, kind);
	show_kind(d, &header, kind);
	take_half(d, c, &header, true);
	take_half(d, c, &header, false);
	end_header(d, c);
	show_duplicates(d, c);
}

/* For Ethernet and IPv4. */
static bool arp_is_plain(struct outline *o)
{
	const uint8_t *p = o->bytes + o->at;

	o->header = 28;
	return load_be16(p) == HARDWARE_ETHERNET && load_be16(p + 2) == ETHERTYPE_IPV4 && p[4] == 6 &&
	       p[5] == 4;
}

static const struct plain_header arp_plain = { arp_is_plain, .bytes = 28 };

static const struct claim arp_claims[] = {
	{ BY_ETHERTYPE, ETHERTYPE_ARP }, { BY_ETHERTYPE, ETHERTYPE_RARP },
};

const struct dissector arp_dissector = {
	.name = "arp",
	.short_name = "ARP/RARP",
	.title = "Address Resolution Protocol",
	.fields = arp_fields,
	.field_count = COUNT(arp_fields),
	.claims = arp_claims,
	.claim_count = COUNT(arp_claims),
	.plain = &arp_plain,
	.dissect = arp_dissect,
};
