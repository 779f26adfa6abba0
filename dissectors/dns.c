/* dns.c - the Domain Name System, RFC 1035: messages.
 *
 *       0  1  2  3  4  5  6  7  8  9 10 11 12 13 14 15
 *      |                      ID                       |
 *      |QR|   Opcode  |AA|TC|RD|RA| Z|AD|CD|   RCODE   |
 *      |   questions, answers, authorities, additionals: how many, 16 bits each
 *
 * Over TCP each message has its length in 16 bits before it. */
#include "dns.h"

#include <string.h>

#include "state/conversation.h"

enum {
	LENGTH_SIZE = 2,
	HEADER_LENGTH = 12,
	RECORD_HEAD = 10,
	FLAG_RESPONSE = 0x8000,
	FLAG_AUTHENTIC = 0x0020,
	OPCODE_UPDATE = 5,
	OPCODE_STATEFUL = 6,
	CLASS_TOP_BIT = 0x8000,
};

/* --- header --- */

/* "Unknown error (15)"; the flags' own line says the number elsewhere. */
static const char *name_or_number(struct dissection *d, const char *name, const char *unknown,
				  unsigned value)
{
	if (name || !dns_wants_words(d))
		return name ? name : "";
	return arena_printf(&d->arena, "%s (%u)", unknown, value);
}

static const uint16_t query_bits[] = {
	DNS_FLAGS_RESPONSE, DNS_FLAGS_OPCODE,	     DNS_FLAGS_TRUNCATED,    DNS_FLAGS_RECDESIRED,
	DNS_FLAGS_Z,	    DNS_FLAGS_AUTHENTICATED, DNS_FLAGS_CHECKDISABLE,
};

static const uint16_t response_bits[] = {
	DNS_FLAGS_RESPONSE,  DNS_FLAGS_OPCODE,	      DNS_FLAGS_AUTHORITATIVE,
	DNS_FLAGS_TRUNCATED, DNS_FLAGS_RECDESIRED,    DNS_FLAGS_RECAVAIL,
	DNS_FLAGS_Z,	     DNS_FLAGS_AUTHENTICATED, DNS_FLAGS_CHECKDISABLE,
	DNS_FLAGS_RCODE,
};

/* RFC 4795, 2.1.1 */
static const uint16_t link_local_query_bits[] = {
	DNS_FLAGS_RESPONSE,  DNS_FLAGS_OPCODE,	  DNS_FLAGS_CONFLICT,
	DNS_FLAGS_TRUNCATED, DNS_FLAGS_TENTATIVE,
};

static const uint16_t link_local_response_bits[] = {
	DNS_FLAGS_RESPONSE,  DNS_FLAGS_OPCODE,	  DNS_FLAGS_CONFLICT,
	DNS_FLAGS_TRUNCATED, DNS_FLAGS_TENTATIVE, DNS_FLAGS_RCODE,
};

static const struct {
	const uint16_t *bits;
	unsigned count;
} flag_sets[2][2] = {
	{ { query_bits, COUNT(query_bits) }, { response_bits, COUNT(response_bits) } },
	{ { link_local_query_bits, COUNT(link_local_query_bits) },
	  { link_local_response_bits, COUNT(link_local_response_bits) } },
};

/* In a query the bit asks for authentication (RFC 6840, 5.7). */
static void word_query_bit(struct dissection *d, unsigned field, uint16_t flags)
{
	node_id node = last_node(d);

	if (field == DNS_FLAGS_AUTHENTICATED)
		label_set(d, node, ".... .... ..1. .... = AD bit: Set");
	else if (field == DNS_FLAGS_CONFLICT && flags & FLAG_RESPONSE)
		label_set(d, node,
			  ".... .%u.. .... .... = Conflict: The name is %sconsidered unique",
			  flags >> 10 & 1, flags >> 10 & 1 ? "not " : "");
}

static void take_flag_bits(struct dissection *d, const struct dns_message *m, struct cursor *c)
{
	bool response = m->flags & FLAG_RESPONSE;
	const uint16_t *bits = flag_sets[m->variant == DNS_LINK_LOCAL][response].bits;
	unsigned count = flag_sets[m->variant == DNS_LINK_LOCAL][response].count;

	if (!wants_fields(d))
		return;
	for (unsigned i = 0; i < count; i++) {
		if (!response && bits[i] == DNS_FLAGS_AUTHENTICATED && !(m->flags & FLAG_AUTHENTIC))
			continue;
		look_uint_n(d, c, bits[i], 2);
		if (!response || bits[i] == DNS_FLAGS_CONFLICT)
			word_query_bit(d, bits[i], m->flags);
	}
}

static void word_id(struct dissection *d, uint16_t id)
{
	if (!(d->wants & WANT_COLUMNS))
		return;
	info_words(d, " 0x");
	char *at = info_room(d, 4);
	if (at)
		info_end(d, number_put_hex(at, id, 4));
}

static void word_header(struct dissection *d, const struct dns_message *m, node_id flags_node,
			uint16_t id)
{
	static const char unknown_opcode[] = "Unknown operation", unknown_error[] = "Unknown error";
	unsigned code = dns_opcode(m->flags), rcode = m->flags & 15;
	const char *opcode = value_name(dns_opcode_names, code);
	const char *error = value_name(dns_rcode_names, rcode);

	label(d, flags_node, " %s", opcode ? opcode : unknown_opcode);
	opcode = name_or_number(d, opcode, unknown_opcode, code);
	if (!(m->flags & FLAG_RESPONSE)) {
		label(d, layer_node(d), " (query)");
		info_text(d, "", opcode);
		word_id(d, id);
		return;
	}
	label(d, layer_node(d), " (response)");
	label(d, flags_node, " response, %s", error ? error : unknown_error);
	error = name_or_number(d, error, unknown_error, rcode);
	info_text(d, "", opcode);
	info_words(d, " response");
	word_id(d, id);
	if (rcode)
		info_text(d, " ", error);
}

/* --- sections --- */

/* ".000 0000 0000 0001": all but the top bit. */
static void low_bits_text(uint16_t word, char text[20])
{
	static const char digits[] = "01";
	unsigned n = 0;

	for (unsigned i = 0; i < 16; i++) {
		if (i && i % 4 == 0)
			text[n++] = ' ';
		text[n++] = digits[word >> (15 - i) & 1];
	}
	text[n] = '\0';
	text[0] = '.';
}

/* A word whose top bit is a field of its own in multicast DNS (RFC 6762, 5.4 and 10.2). */
static void take_low_bits(struct dissection *d, struct cursor *c, unsigned field,
			  unsigned bit_field)
{
	struct cursor at = *c;
	uint16_t word = cursor_u16(c);
	uint16_t low = word & (CLASS_TOP_BIT - 1);
	node_id node = add_uint(d, c, field, c->pos - 2, 2, low);
	const char *name = value_name(dns_class_names, low);
	char bits[20];

	low_bits_text(low, bits);
	if (field == DNS_RR_UDP_PAYLOAD_SIZE)
		label_set(d, node, "%s = UDP payload size: 0x%04x", bits, low);
	else
		label_set(d, node, "%s = Class: %s (0x%04x)", bits, name ? name : "Unknown", low);
	look_uint_n(d, &at, bit_field, 2);
}

static void take_class(struct dissection *d, const struct dns_message *m, struct cursor *c,
		       unsigned field, unsigned bit_field)
{
	if (m->variant == DNS_MULTICAST)
		take_low_bits(d, c, field, bit_field);
	else
		take_uint(d, c, field);
}

static const char *class_word(const struct dns_message *m, uint16_t class)
{
	if (m->variant == DNS_MULTICAST)
		class &= CLASS_TOP_BIT - 1;
	const char *name = value_name(dns_class_names, class);
	return name ? name : "Unknown";
}

static void take_question(struct dissection *d, const struct dns_message *m, struct cursor *c)
{
	struct cursor start = *c;
	struct dns_name name = dns_name_read(d, m, c);
	const uint8_t *head;

	if (!cursor_peek(c, 0, 4, &head)) {
		cursor_skip(c, 4);
		return;
	}
	const char *type = dns_type_word(d, load_be16(head));
	uint16_t class = load_be16(head + 2);
	const char *unicast = "";
	if (m->variant == DNS_MULTICAST)
		unicast = class & CLASS_TOP_BIT ? ", \"QU\" question" : ", \"QM\" question";
	info_text(d, " ", type);
	info_text(d, " ", name.text);
	if (*unicast)
		info_text(d, "", unicast);
	node_id tree = open_tree(d, &start, DNS_QUESTION);
	label_set(d, tree, "%s: type %s, class %s%s", name.text, type, class_word(m, class),
		  unicast);
	add_text(d, c, DNS_QRY_NAME, name.start, name.wire, name.text);
	node_id asked = last_node(d);
	node_stand_on(d, put_uint(d, DNS_QRY_NAME_LEN, name.length), asked);
	node_stand_on(d, put_uint(d, DNS_COUNT_LABELS, name.labels), asked);
	dns_name_show_unicode(d, c, &name);
	take_uint(d, c, DNS_QRY_TYPE);
	take_class(d, m, c, DNS_QRY_CLASS, DNS_QRY_QU);
	close_tree(d, tree, c);
}

/* The owner of a service record says the service, the protocol and the domain (RFC 2782). */
static void add_service_owner(struct dissection *d, const struct cursor *c,
			      const struct dns_name *owner)
{
	const char *first = strchr(owner->text, '.');
	const char *second = first ? strchr(first + 1, '.') : NULL;
	size_t n = first ? (size_t)(first - owner->text) : strlen(owner->text);

	add_text(d, c, DNS_SRV_SERVICE, owner->start, owner->wire,
		 arena_text(&d->arena, owner->text, n));
	if (!first)
		return;
	n = second ? (size_t)(second - first) - 1 : strlen(first + 1);
	add_text(d, c, DNS_SRV_PROTO, owner->start, owner->wire,
		 arena_text(&d->arena, first + 1, n));
	if (second)
		add_text(d, c, DNS_SRV_NAME, owner->start, owner->wire, second + 1);
}

/* RFC 6891, 6.1.2: what other records say of class and time to live. */
static void take_option_head(struct dissection *d, const struct dns_message *m, struct cursor *c)
{
	take_class(d, m, c, DNS_RR_UDP_PAYLOAD_SIZE, DNS_RESP_CACHE_FLUSH);
	take_uint(d, c, DNS_RESP_EXT_RCODE);
	take_uint(d, c, DNS_RESP_EDNS0_VERSION);
	take_flags(d, c, DNS_RESP_Z, DNS_RESP_Z_DO, DNS_RESP_Z_RESERVED);
}

static void take_record_head(struct dissection *d, const struct dns_message *m, struct cursor *c)
{
	take_class(d, m, c, DNS_RESP_CLASS, DNS_RESP_CACHE_FLUSH);
	if (dns_seconds_take(d, c, DNS_RESP_TTL) >> 31) {
		note_finding_on(d, last_node(d), DNS_TTL_HIGH_BIT_SET, NULL);
	}
}

/* Opens the record's tree, which says what is known from its first bytes. */
static node_id open_record(struct dissection *d, const struct dns_message *m,
			   const struct cursor *start, const char *owner, const uint8_t *head)
{
	uint16_t type = load_be16(head), class = load_be16(head + 2);
	const char *word = dns_type_word(d, type);
	node_id tree = open_tree(d, start, DNS_RECORD);

	if (type == DNS_TYPE_OPT) {
		info_text(d, " ", word);
		label_set(d, tree, "%s: type %s", owner, word);
		return tree;
	}
	bool flush = m->variant == DNS_MULTICAST && class & CLASS_TOP_BIT;
	info_text(d, " ", word);
	if (flush)
		info_words(d, ", cache flush");
	label_set(d, tree, "%s: type %s, class %s%s", owner, word, class_word(m, class),
		  flush ? ", cache flush" : "");
	return tree;
}

static void take_record(struct dissection *d, const struct dns_message *m, struct cursor *c)
{
	struct cursor start = *c;
	struct dns_name owner = dns_name_read(d, m, c);
	const uint8_t *head;

	if (!cursor_peek(c, 0, RECORD_HEAD, &head)) {
		cursor_skip(c, RECORD_HEAD);
		return;
	}
	struct dns_record record = { .owner = owner.text, .type = load_be16(head) };
	record.node = open_record(d, m, &start, owner.text, head);
	if (load_be16(head + RECORD_HEAD - 2) > cursor_sent(c) - RECORD_HEAD)
		cursor_fail(c, UINT32_MAX);
	if (record.type == DNS_TYPE_SRV)
		add_service_owner(d, c, &owner);
	else
		add_text(d, c, DNS_RESP_NAME, owner.start, owner.wire, owner.text);
	dns_name_show_unicode(d, c, &owner);
	take_uint(d, c, DNS_RESP_TYPE);
	if (record.type == DNS_TYPE_OPT)
		take_option_head(d, m, c);
	else
		take_record_head(d, m, c);
	uint16_t length = take_u16(d, c, DNS_RESP_LEN);
	struct cursor rdata = cursor_split(c, length);
	dns_rdata_dissect(d, m, &record, &rdata);
	close_tree(d, record.node, c);
}

static void take_section(struct dissection *d, const struct dns_message *m, struct cursor *c,
			 unsigned field, uint16_t count)
{
	if (!count)
		return;
	node_id tree = open_tree(d, c, field);
	for (; count && cursor_ok(c); count--) {
		if (field == DNS_QUERIES || field == DNS_ZONE)
			take_question(d, m, c);
		else
			take_record(d, m, c);
	}
	close_tree(d, tree, c);
}

static void take_sections(struct dissection *d, const struct dns_message *m, struct cursor *c)
{
	static const struct {
		uint16_t count, section;
	} parts[2][4] = {
		{ { DNS_COUNT_QUERIES, DNS_QUERIES },
		  { DNS_COUNT_ANSWERS, DNS_ANSWERS },
		  { DNS_COUNT_AUTH_RR, DNS_AUTHORITIES },
		  { DNS_COUNT_ADD_RR, DNS_ADDITIONALS } },
		{ { DNS_COUNT_ZONES, DNS_ZONE },
		  { DNS_COUNT_PREREQUISITES, DNS_PREREQUISITES },
		  { DNS_COUNT_UPDATES, DNS_UPDATES },
		  { DNS_COUNT_ADD_RR, DNS_ADDITIONALS } },
	};
	unsigned opcode = dns_opcode(m->flags);
	unsigned set = opcode == OPCODE_UPDATE;
	uint16_t counts[4];
	bool empty = true;

	for (unsigned i = 0; i < 4; i++) {
		counts[i] = take_u16(d, c, parts[set][i].count);
		empty = empty && counts[i] == 0;
	}
	if (opcode == OPCODE_STATEFUL && empty && cursor_more(c))
		dns_stateful_dissect(d, c);
	for (unsigned i = 0; i < 4; i++)
		take_section(d, m, c, parts[set][i].section, counts[i]);
}

static void show_extraneous(struct dissection *d, struct cursor *c)
{
	uint32_t n = cursor_sent(c);

	if (!n)
		return;
	node_id tree = open_tree(d, c, DNS_EXTRANEOUS);
	label_set(d, tree, "Extraneous Data (%u bytes)", n);
	take_bytes(d, c, DNS_EXTRANEOUS_DATA, n);
	put_uint(d, DNS_EXTRANEOUS_LENGTH, n);
	close_tree(d, tree, c);
}

/* --- messages --- */

/* Then a length comes before it.  A body is a message alone (RFC 8484, 6). */
static bool over_stream(const struct dissection *d, enum dns_variant variant)
{
	if (variant == DNS_IN_HTTP)
		return false;
	if (d->inside)
		return true;
	return d->layer_count > 1 &&
	       strcmp(d->layers[d->layer_count - 2].dissector->name, "tcp") == 0;
}

/* All that the bare first pass needs. */
static void learn_message(struct dissection *d, const struct cursor *c)
{
	const uint8_t *head;

	if (cursor_peek(c, 0, 4, &head))
		dns_learn_role(d, load_be16(head), load_be16(head + 2) & FLAG_RESPONSE);
}

void dns_dissect_as(struct dissection *d, struct cursor *c, enum dns_variant variant)
{
	static const char *const columns[] = { "DNS", "MDNS", "LLMNR", "DoH" };
	bool stream = over_stream(d, variant);

	if (only_learning(d)) {
		if (stream)
			cursor_skip(c, LENGTH_SIZE);
		learn_message(d, c);
		return;
	}
	info_begin(d);
	info_protocol(d, columns[variant]);
	if (stream)
		take_uint(d, c, DNS_LENGTH);
	struct dns_message message = { .whole = *c, .variant = variant };
	learn_message(d, c);
	uint16_t id = take_u16(d, c, DNS_ID);
	dns_note_repetition(d, last_node(d));
	struct cursor flags_at = *c;
	message.flags = take_u16(d, c, DNS_FLAGS);
	node_id flags_node = last_node(d);
	if (!cursor_ok(c))
		return;
	open_node(d, flags_node);
	take_flag_bits(d, &message, &flags_at);
	close_node(d, flags_node);
	word_header(d, &message, flags_node, id);
	take_sections(d, &message, c);
	show_extraneous(d, c);
	dns_show_role(d);
}

static void dns_dissect(struct dissection *d, struct cursor *c)
{
	bool body = d->media_type && strcmp(d->media_type, "application/dns-message") == 0;

	dns_dissect_as(d, c, body ? DNS_IN_HTTP : DNS_UNICAST);
}

static void dns_message_size(struct dissection *d, const struct cursor *c,
			     struct message_scan *scan)
{
	const uint8_t *at;

	(void)d;
	if (!cursor_peek(c, 0, LENGTH_SIZE, &at)) {
		scan->needed = LENGTH_SIZE;
		return;
	}
	scan->size = LENGTH_SIZE + (uint32_t)load_be16(at);
	scan->known = true;
}

/* What is counted has other names in an update. */
static bool is_plain(struct outline *o)
{
	o->header = HEADER_LENGTH;
	return dns_opcode(load_be16(o->bytes + o->at + 2)) != OPCODE_UPDATE;
}

const struct plain_header dns_plain = { is_plain, .bytes = HEADER_LENGTH };

static const struct claim dns_claims[] = { { BY_UDP_PORT, 53 }, { BY_TCP_PORT, 53 } };

const struct dissector dns_dissector = {
	.name = "dns",
	.short_name = "DNS",
	.title = "Domain Name System",
	.fields = dns_fields,
	.field_count = DNS_FIELD_COUNT,
	.claims = dns_claims,
	.claim_count = COUNT(dns_claims),
	.dissect = dns_dissect,
	.looks_like = dns_looks_like,
	.in_datagrams = true,
	.at_beginning = true,
	.message_size = dns_message_size,
	.tells_size = true,
	.plain = &dns_plain,
};
