/* nbns.c - NetBIOS Name Service, RFC 1002 section 4.2: messages laid out as DNS's, names of 16
 * bytes as 32 letters (RFC 1001, 14.1). */
#include <string.h>

#include "dns.h"
#include "ip_names.h"
#include "nbns.h"

enum {
	OPCODE_WAIT = 7,
	NAME_LENGTH = 16,
	ENCODED_LENGTH = 32,
	MAX_JUMPS = 8,
	NAME_ROOM = 16 * 4 + 256 + 2,
};

/* What the last byte of a name says (Microsoft, "NetBIOS Suffixes"). */
static const struct value_name suffix_names[] = {
	{ 0x00, "Workstation/Redirector" }, { 0x01, "Browser" },
	{ 0x02, "Workstation/Redirector" }, { 0x03, "Messenger service/Main name" },
	{ 0x05, "Forwarded name" },	    { 0x06, "RAS Server service" },
	{ 0x1b, "Domain Master Browser" },  { 0x1c, "Domain Controllers" },
	{ 0x1d, "Local Master Browser" },   { 0x1e, "Browser Election Service" },
	{ 0x1f, "Net DDE Service" },	    { 0x20, "Server service" },
	{ 0x21, "RAS client service" },	    { 0xbe, "Network Monitor agent" },
	{ 0xbf, "Network Monitor name" },   { 0, NULL },
};

/* --- names --- */

struct netbios_name {
	char text[NAME_ROOM];
	uint32_t length;
	int suffix; /* the last byte; -1: it is no NetBIOS name */
	bool illegal;
};

static void put_byte(struct netbios_name *name, uint8_t byte)
{
	static const char digits[] = "0123456789abcdef";

	if (name->length + 4 >= NAME_ROOM)
		return;
	if (byte >= ' ' && byte <= '~') {
		name->text[name->length++] = (char)byte;
		return;
	}
	const char escaped[] = { '<', digits[byte >> 4], digits[byte & 15], '>' };
	memcpy(name->text + name->length, escaped, sizeof escaped);
	name->length += sizeof escaped;
}

/* The 16 bytes: blanks fill up a name, the last byte is shown apart. */
static void put_name(struct netbios_name *name, const uint8_t bytes[NAME_LENGTH])
{
	static const char digits[] = "0123456789abcdef";
	unsigned n = NAME_LENGTH - 1;

	while (n && bytes[n - 1] == ' ')
		n--;
	for (unsigned i = 0; i < n; i++)
		put_byte(name, bytes[i]);
	const char suffix[] = { '<', digits[bytes[NAME_LENGTH - 1] >> 4],
				digits[bytes[NAME_LENGTH - 1] & 15], '>' };
	memcpy(name->text + name->length, suffix, sizeof suffix);
	name->length += sizeof suffix;
	name->suffix = bytes[0] == '*' ? -1 : bytes[NAME_LENGTH - 1];
}

static void put_illegal(struct netbios_name *name, uint32_t at)
{
	static const char *const why[] = {
		"Illegal NetBIOS name (1st character not between A and Z in first-level encoding)",
		"Illegal NetBIOS name (2nd character not between A and Z in first-level encoding)",
	};

	name->illegal = true;
	name->length = (uint32_t)strlen(why[at % 2]);
	memcpy(name->text, why[at % 2], name->length);
}

/* RFC 1001 section 14.1: two letters from A to P a byte. */
static void put_encoded(struct netbios_name *name, const uint8_t *label, uint32_t n)
{
	uint8_t bytes[NAME_LENGTH];

	for (uint32_t i = 0; i < n; i++) {
		if (label[i] < 'A' || label[i] > 'Z')
			return put_illegal(name, i);
		if (n != ENCODED_LENGTH || label[i] > 'P') {
			for (i = 0; i < n; i++)
				put_byte(name, label[i]);
			return;
		}
		uint8_t nibble = (uint8_t)(label[i] - 'A');
		bytes[i / 2] = (uint8_t)(i % 2 ? bytes[i / 2] | nibble : nibble << 4);
	}
	if (n)
		put_name(name, bytes);
}

/* A name with its scope, whose labels follow; pointers lead back (RFC 1002, 4.1). */
static void take_name(struct cursor *c, const struct cursor *message, struct netbios_name *name)
{
	struct cursor elsewhere, *at = c;
	unsigned jumps = 0, labels = 0;

	name->length = 0;
	name->suffix = -1;
	name->illegal = false;
	for (;;) {
		uint8_t size = cursor_u8(at);
		if (!cursor_ok(at) || !size)
			break;
		if (size >= 0xc0) {
			uint32_t offset = (uint32_t)(size & 0x3f) << 8 | cursor_u8(at);
			elsewhere = *message;
			cursor_skip(&elsewhere, offset);
			at = &elsewhere;
			if (++jumps > MAX_JUMPS)
				cursor_fail(c, UINT32_MAX);
			continue;
		}
		const uint8_t *label = cursor_bytes(at, size);
		if (!label)
			break;
		if (!labels++) {
			put_encoded(name, label, size);
			continue;
		}
		if (name->illegal)
			continue;
		put_byte(name, '.');
		for (unsigned i = 0; i < size; i++)
			put_byte(name, label[i]);
	}
	name->text[name->length] = '\0';
}

static node_id add_name(struct dissection *d, const struct cursor *c, unsigned field,
			uint32_t start, const struct netbios_name *name)
{
	const char *what =
		name->suffix < 0 ? NULL : value_name(suffix_names, (uint64_t)name->suffix);
	const char *text = arena_printf(&d->arena, what ? "%s (%s)" : "%s", name->text, what);

	return add_text(d, c, field, start, c->pos - start, text);
}

/* --- records --- */

static void take_flag_bits(struct dissection *d, struct cursor *c, unsigned field, unsigned last)
{
	uint16_t flags = (uint16_t)look_uint(d, c, field);
	node_id tree = last_node(d);

	open_node(d, tree);
	for (unsigned bit = field + 1; bit <= last; bit++) {
		uint64_t value = look_uint_n(d, c, bit, 2);
		if (nbns_fields[bit].type != FIELD_BOOL)
			label(d, tree, ", %s: %s", nbns_fields[bit].name,
			      value_name(nbns_fields[bit].names, value));
		else if (flags & nbns_fields[bit].mask)
			label(d, tree, ", %s", nbns_fields[bit].name);
	}
	close_node(d, tree);
	cursor_skip(c, 2);
}

static void take_owner_flags(struct dissection *d, struct cursor *c)
{
	uint16_t flags = (uint16_t)look_uint(d, c, NBNS_NB_FLAGS);
	const char *node = value_name(nbns_fields[NBNS_NB_ONT].names, flags >> 13 & 3);

	label(d, last_node(d), ", ONT: %s (%s, %s)", node, node,
	      flags & 0x8000 ? "group" : "unique");
	node_id tree = last_node(d);
	open_node(d, tree);
	look_uint_n(d, c, NBNS_NB_GROUP, 2);
	look_uint(d, c, NBNS_NB_ONT);
	close_node(d, tree);
	cursor_skip(c, 2);
}

/* The first one is told in the columns. */
static void take_addresses(struct dissection *d, struct cursor *data, bool worded)
{
	char text[ADDRESS_TEXT_ROOM];

	while (cursor_more(data)) {
		if (cursor_sent(data) < 6) {
			note_finding(d, NBNS_INCOMPLETE, NULL);
			cursor_skip(data, cursor_sent(data));
			return;
		}
		take_owner_flags(d, data);
		uint32_t address = take_ipv4(d, data, NBNS_ADDR);
		address_text_ipv4(address, text);
		if (worded)
			info(d, " %s", text);
		worded = false;
	}
}

static void take_status(struct dissection *d, struct cursor *data)
{
	uint8_t count = take_u8(d, data, NBNS_NUMBER_OF_NAMES);

	for (unsigned i = 0; i < count && cursor_more(data); i++) {
		struct netbios_name name = { .length = 0, .suffix = -1 };
		uint32_t start = data->pos;
		const uint8_t *bytes = cursor_bytes(data, NAME_LENGTH);
		if (!bytes)
			return;
		put_name(&name, bytes);
		name.text[name.length] = '\0';
		if (wants_fields(d))
			add_name(d, data, NBNS_NETBIOS_NAME, start, &name);
		take_flag_bits(d, data, NBNS_NAME_FLAGS, NBNS_NAME_PRM);
	}
	if (!cursor_more(data))
		return;
	take_ether(d, data, NBNS_UNIT_ID);
	for (unsigned field = NBNS_JUMPERS; field <= NBNS_PACKET_SIZE && cursor_more(data); field++)
		take_uint(d, data, field);
}

static void label_record(struct dissection *d, node_id tree, const struct netbios_name *name,
			 uint16_t type, uint16_t class)
{
	const char *type_name = value_name(nbns_fields[NBNS_TYPE].names, type);
	const char *class_name = value_name(nbns_fields[NBNS_CLASS].names, class);

	label_set(d, tree, "%s: type %s, class %s", name->text, type_name ? type_name : "Unknown",
		  class_name ? class_name : "Unknown");
}

/* The name, type and class that queries and records begin with. */
static uint16_t take_question(struct dissection *d, struct cursor *c, const struct cursor *message,
			      node_id tree, struct netbios_name *name)
{
	uint32_t start = c->pos;

	take_name(c, message, name);
	if (wants_fields(d))
		add_name(d, c, NBNS_NAME, start, name);
	uint16_t type = take_u16(d, c, NBNS_TYPE);
	uint16_t class = take_u16(d, c, NBNS_CLASS);
	label_record(d, tree, name, type, class);
	return type;
}

static void take_query(struct dissection *d, struct cursor *c, const struct cursor *message)
{
	struct netbios_name name;
	node_id tree = open_tree(d, c, NBNS_RECORD);
	uint16_t type = take_question(d, c, message, tree, &name);
	const char *type_name = value_name(nbns_fields[NBNS_TYPE].names, type);

	if (cursor_ok(c))
		info(d, " %s %s", type_name ? type_name : "Unknown", name.text);
	close_tree(d, tree, c);
}

static void take_record(struct dissection *d, struct cursor *c, const struct cursor *message,
			bool worded)
{
	struct netbios_name name;
	node_id tree = open_tree(d, c, NBNS_RECORD);
	uint16_t type = take_question(d, c, message, tree, &name);
	const char *type_name = value_name(nbns_fields[NBNS_TYPE].names, type);

	if (worded && cursor_ok(c))
		info(d, " %s", type_name ? type_name : "Unknown");
	uint32_t ttl = take_u32(d, c, NBNS_TTL);
	label_set(d, last_node(d), "Time to live: %s", dns_seconds_text(d, ttl));
	uint16_t length = take_u16(d, c, NBNS_DATA_LENGTH);
	struct cursor data = cursor_split(c, length);
	if (type == TYPE_NB)
		take_addresses(d, &data, worded);
	else if (type == TYPE_NBSTAT)
		take_status(d, &data);
	else if (cursor_sent(&data))
		take_bytes(d, &data, NBNS_DATA, cursor_sent(&data));
	close_tree(d, tree, c);
}

static void take_section(struct dissection *d, struct cursor *c, const struct cursor *message,
			 unsigned section, uint16_t count, bool worded)
{
	if (!count || !cursor_more(c))
		return;
	node_id tree = open_tree(d, c, section);
	for (unsigned i = 0; i < count && cursor_more(c); i++) {
		if (section == NBNS_SECTION_QUERIES)
			take_query(d, c, message);
		else
			take_record(d, c, message, worded && section == NBNS_SECTION_ANSWERS);
	}
	close_tree(d, tree, c);
}

/* --- the message --- */

static uint16_t take_header_flags(struct dissection *d, struct cursor *c)
{
	static const uint8_t query_fields[] = { NBNS_RESPONSE, NBNS_OPCODE, NBNS_TRUNCATED,
						NBNS_RECDESIRED, NBNS_BROADCAST };
	uint16_t flags = (uint16_t)look_uint(d, c, NBNS_FLAGS);
	bool response = flags & RESPONSE;
	node_id tree = last_node(d);

	open_node(d, tree);
	for (unsigned i = 0; i < (response ? NBNS_RCODE - NBNS_RESPONSE + 1 : COUNT(query_fields));
	     i++) {
		unsigned field = response ? NBNS_RESPONSE + i : query_fields[i];
		uint64_t value = look_uint_n(d, c, field, 2);
		const char *words = value_name(nbns_fields[field].names, value);
		if (nbns_fields[field].type != FIELD_BOOL)
			label(d, tree, ", %s: %s", nbns_fields[field].name,
			      words ? words : "Unknown");
		else if (value)
			label(d, tree, ", %s", nbns_fields[field].name);
	}
	close_node(d, tree);
	cursor_skip(c, 2);
	return flags;
}

static void nbns_dissect(struct dissection *d, struct cursor *c)
{
	struct cursor message = *c;
	uint16_t counts[4];

	info_begin(d);
	take_u16(d, c, NBNS_ID);
	uint16_t flags = take_header_flags(d, c);
	for (unsigned i = 0; i < 4; i++)
		counts[i] = take_u16(d, c, NBNS_QUERIES + i);
	if (!cursor_ok(c))
		return;
	const char *opcode = value_name(nbns_fields[NBNS_OPCODE].names, flags >> 11 & 15);
	const char *rcode = value_name(nbns_fields[NBNS_RCODE].names, flags & 15);
	info(d, "%s%s", opcode ? opcode : "Unknown operation", flags & RESPONSE ? " response" : "");
	if (flags & RESPONSE && flags & 15)
		info(d, ", %s", rcode ? rcode : "Unknown error");
	/* What a wait answers with is the flags of the request. */
	bool worded = (flags >> 11 & 15) != OPCODE_WAIT;
	for (unsigned i = 0; i < 4; i++)
		take_section(d, c, &message, NBNS_SECTION_QUERIES + i, counts[i], worded);
}

static const struct claim nbns_claims[] = { { BY_UDP_PORT, 137 } };

const struct dissector nbns_dissector = {
	.name = "nbns",
	.short_name = "NBNS",
	.title = "NetBIOS Name Service",
	.fields = nbns_fields,
	.field_count = NBNS_FIELDS,
	.claims = nbns_claims,
	.claim_count = COUNT(nbns_claims),
	.dissect = nbns_dissect,
	.looks_like = nbns_looks_like,
	.at_beginning = true,
};
