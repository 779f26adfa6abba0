/* snmp.c - Simple Network Management Protocol: versions 1 (RFC 1157), 2c (RFC 1901) and 3 (RFC
 * 3412, RFC 3414), in BER.
 *
 *     SEQUENCE { version, community, data }                        1 and 2c
 *     SEQUENCE { version, global data, security parameters, data } 3
 *
 * Data that version 3 encrypts is shown as its bytes. */
#include <inttypes.h>
#include <string.h>

#include "base/time.h"
#include "der.h"
#include "snmp.h"
#include "state/conversation.h"
#include "state/facts.h"
#include "state/requests.h"

enum { VERSION_3 = 3, MODEL_USM = 3, FLAG_ENCRYPTED = 2, PDU_TAG = 0xa0, COUNTER_64 = 0x46 };
enum { PDU_RESPONSE = 2, PDU_TRAP = 4, PDU_GET_BULK = 5, PDU_TRAP_2 = 7, PDU_KINDS = 9 };

/* The element with that tag; damage is noted once, as nothing can be read behind it. */
static bool expect(struct dissection *d, struct cursor *c, uint8_t tag, struct der *der)
{
	if (take_tagged(c, tag, der))
		return true;
	if (cursor_left(c) < cursor_sent(c))
		cursor_skip(c, cursor_sent(c)); /* the capture lacks it */
	else
		note_finding(d, SNMP_DAMAGED, NULL);
	return false;
}

static bool take_number(struct dissection *d, struct cursor *c, unsigned field, int64_t *value)
{
	struct der der;

	if (!expect(d, c, DER_INTEGER, &der))
		return false;
	*value = der_signed(&der);
	add_uint(d, c, field, der.start, der.length, (uint64_t)*value);
	return true;
}

static bool take_octets(struct dissection *d, struct cursor *c, unsigned field, struct der *der)
{
	if (!expect(d, c, DER_OCTET_STRING, der))
		return false;
	if (snmp_fields[field].type == FIELD_TEXT)
		add_text(d, c, field, der->start, der->length, text_of(d, der->bytes, der->length));
	else
		add_bytes(d, c, field, der->start, der->length, der->bytes, der->length);
	return true;
}

/* --- object names and values --- */

static const char *oid_text(struct dissection *d, const struct der *oid)
{
	size_t room = (size_t)oid->length * 4 + 3 * NUMBER_TEXT_ROOM;
	char *text = arena_alloc(&d->arena, room + 1);

	*number_put_oid(text, room, oid->bytes, oid->length) = '\0';
	return text;
}

/* Most begin with 1, which is ISO's. */
static bool is_iso(const struct der *oid)
{
	return oid->length && oid->bytes[0] / 40 == 1;
}

static void add_oid(struct dissection *d, const struct cursor *c, unsigned field,
		    const struct der *oid)
{
	add_bytes(d, c, field, oid->start, oid->length, oid->bytes, oid->length);
	if (is_iso(oid))
		label(d, last_node(d), " (iso%s)", oid_text(d, oid) + 1);
}

static bool is_printable(const struct der *der)
{
	for (uint32_t i = 0; i < der->length; i++)
		if ((der->bytes[i] < 0x20 && !strchr("\t\n\r", der->bytes[i])) ||
		    der->bytes[i] > 0x7e)
			return false;
	return der->length != 0;
}

static const char *quoted(struct dissection *d, const struct der *der)
{
	return arena_printf(&d->arena, "\"%s\"", text_of(d, der->bytes, der->length));
}

/* Returns what the binding's own line says. */
static const char *show_octets(struct dissection *d, const struct cursor *c, const struct der *name,
			       const struct der *value)
{
	static const uint8_t system_description[] = { 0x2b, 6, 1, 2, 1, 1, 1, 0 };
	node_id node = add_bytes(d, c, SNMP_OCTETS, value->start, value->length, value->bytes,
				 value->length);

	if (name->length == sizeof system_description &&
	    !memcmp(name->bytes, system_description, name->length)) {
		open_node(d, node);
		add_text(d, c, SNMP_STRING, value->start, value->length,
			 text_of(d, value->bytes, value->length));
		close_node(d, node);
	}
	if (!is_printable(value))
		return NULL;
	label_set(d, node, "Value (OctetString): %s", quoted(d, value));
	return quoted(d, value);
}

static const struct value_row {
	uint8_t tag;
	uint8_t field;
} value_rows[] = {
	{ DER_INTEGER, SNMP_INTEGER }, { DER_OCTET_STRING, SNMP_OCTETS },
	{ 0x05, SNMP_NULL },	       { DER_OID, SNMP_OID },
	{ 0x40, SNMP_IPV4 },	       { 0x41, SNMP_COUNTER },
	{ 0x42, SNMP_GAUGE },	       { 0x43, SNMP_TICKS },
	{ 0x44, SNMP_OPAQUE },	       { 0x45, SNMP_NSAP },
	{ COUNTER_64, SNMP_COUNTER },  { 0x47, SNMP_UNSIGNED },
	{ 0x80, SNMP_NO_OBJECT },      { 0x81, SNMP_NO_INSTANCE },
	{ 0x82, SNMP_END_OF_VIEW },
};

static unsigned value_field(const struct der *value)
{
	for (unsigned i = 0; i < COUNT(value_rows); i++)
		if (value_rows[i].tag == value->tag)
			return value_rows[i].field == SNMP_IPV4 && value->length != 4
				       ? SNMP_ADDRESS
				       : value_rows[i].field;
	return SNMP_UNKNOWN;
}

static const char *bytes_text(struct dissection *d, const struct der *value)
{
	enum { SHOWN = 36 };
	uint32_t n = value->length < SHOWN ? value->length : SHOWN;
	char *text = arena_alloc(&d->arena, SHOWN * 2 + 1);

	*number_put_bytes(text, value->bytes, n) = '\0';
	if (!n)
		return "<MISSING>";
	return n < value->length ? arena_printf(&d->arena, "%s…", text) : text;
}

static const char *show_value(struct dissection *d, const struct cursor *c, const struct der *name,
			      const struct der *value)
{
	unsigned field = value_field(value);
	const char *text = field == SNMP_OCTETS ? show_octets(d, c, name, value) : NULL;

	switch (snmp_fields[field].type) {
	case FIELD_NONE:
		add_node(d, c, field, value->start, value->length);
		if (field != SNMP_NULL)
			note_finding_on(d, last_node(d), SNMP_BINDING_RESPONSE, "%s",
					snmp_fields[field].name);
		return snmp_fields[field].name;
	case FIELD_BYTES:
		if (field != SNMP_OCTETS)
			add_bytes(d, c, field, value->start, value->length, value->bytes,
				  value->length);
		return text ? text : bytes_text(d, value);
	case FIELD_OID:
		add_oid(d, c, field, value);
		if (!is_iso(value))
			return oid_text(d, value);
		return arena_printf(&d->arena, "%s (iso%s)", oid_text(d, value),
				    oid_text(d, value) + 1);
	case FIELD_IPV4:
		add_uint(d, c, field, value->start, 4, load_be32(value->bytes));
		return arena_printf(&d->arena, "%u.%u.%u.%u", value->bytes[0], value->bytes[1],
				    value->bytes[2], value->bytes[3]);
	default:
		break;
	}
	if (field == SNMP_INTEGER) {
		add_uint(d, c, field, value->start, value->length, (uint64_t)der_signed(value));
		return arena_printf(&d->arena, "%" PRId64, der_signed(value));
	}
	add_uint(d, c, field, value->start, value->length, der_unsigned(value));
	if (value->tag == COUNTER_64)
		label_set(d, last_node(d), "Value (Counter64): %" PRIu64, der_unsigned(value));
	return arena_printf(&d->arena, "%" PRIu64, der_unsigned(value));
}

static bool show_binding(struct dissection *d, const struct der *binding)
{
	struct cursor body = binding->body;
	struct der name, value;
	uint32_t start = binding->start;

	if (!expect(d, &body, DER_OID, &name) || !take_der(&body, &value))
		return false;
	info(d, " %s", oid_text(d, &name));
	if (!wants_fields(d))
		return true;
	node_id tree = add_node(d, &body, SNMP_BINDING, start, binding->length);
	open_node(d, tree);
	add_oid(d, &body, SNMP_NAME, &name);
	const char *words = show_value(d, &body, &name, &value);
	close_node(d, tree);
	label_set(d, tree, "%s: %s", oid_text(d, &name), words);
	return true;
}

static void show_bindings(struct dissection *d, struct cursor *c)
{
	struct der list, binding;

	if (!expect(d, c, DER_SEQUENCE, &list))
		return;
	uint32_t count = count_elements(list.body);
	node_id tree = add_uint(d, c, SNMP_BINDINGS, list.start, list.length, count);
	label_set(d, tree, "variable-bindings: %u item%s", count, count == 1 ? "" : "s");
	open_node(d, tree);
	while (cursor_left(&list.body) && expect(d, &list.body, DER_SEQUENCE, &binding))
		if (!show_binding(d, &binding))
			break;
	close_node(d, tree);
}

/* --- pairs of request and response --- */

struct snmp_fact {
	uint32_t request;     /* the packet that this one answers; 0: it asks */
	uint32_t answered_in; /* a link */
};

struct snmp_request {
	struct snmp_fact fact;
	struct request request;
};

enum { LOOK_BACK = 16 };

/* For the first pass. */
struct snmp_talk {
	struct request *newest;
};

extern const struct dissector snmp_dissector;

static void learn_response(struct dissection *d, const struct snmp_talk *talk, uint32_t id)
{
	struct request *found = request_find(talk->newest, id, LOOK_BACK);
	struct snmp_request *asked =
		found ? FACT_OF_REQUEST(found, struct snmp_request, request) : NULL;

	if (!asked || asked->fact.answered_in)
		return;
	struct snmp_fact *fact = learn(d, FACT_OWN, sizeof *fact);
	if (!fact)
		return;
	fact->request = found->packet;
	fact_set_link(&asked->fact.answered_in, d->packet.number);
}

static void learn_pair(struct dissection *d, uint32_t id, bool is_response)
{
	struct snmp_talk *talk = conversation_state(d, &snmp_dissector, sizeof *talk);

	if (!talk)
		return;
	if (is_response) {
		learn_response(d, talk, id);
		return;
	}
	struct snmp_request *asked = learn(d, FACT_OWN, sizeof *asked);
	if (asked)
		request_add(&talk->newest, &asked->request, id, d->packet.number);
}

static void show_pair(struct dissection *d)
{
	const struct snmp_fact *fact = recall(d, FACT_OWN, NULL);

	if (!fact)
		return;
	if (fact->request) {
		put_uint(d, SNMP_RESPONSE_TO, fact->request);
		put_duration(d, SNMP_TIME, time_since(d, fact->request));
	} else if (link_seen(d, &fact->answered_in)) {
		put_uint(d, SNMP_RESPONSE_IN, link_seen(d, &fact->answered_in));
	}
}

/* --- what is asked and told (RFC 3416, 3) --- */

static void show_trap(struct dissection *d, struct cursor *c)
{
	struct der der;
	int64_t number;

	if (!expect(d, c, DER_OID, &der))
		return;
	add_oid(d, c, SNMP_ENTERPRISE, &der);
	info(d, " %s%s", is_iso(&der) ? "iso" : "", oid_text(d, &der) + is_iso(&der));
	if (!expect(d, c, 0x40, &der))
		return;
	if (der.length == 4)
		add_uint(d, c, SNMP_AGENT, der.start, 4, load_be32(der.bytes));
	if (!take_number(d, c, SNMP_GENERIC_TRAP, &number) ||
	    !take_number(d, c, SNMP_SPECIFIC_TRAP, &number) || !expect(d, c, 0x43, &der))
		return;
	add_uint(d, c, SNMP_TIME_STAMP, der.start, der.length, der_unsigned(&der));
	show_bindings(d, c);
}

static void show_request(struct dissection *d, struct cursor *c, unsigned kind)
{
	bool bulk = kind == PDU_GET_BULK;
	int64_t id, number;

	if (!take_number(d, c, SNMP_REQUEST_ID, &id) ||
	    !take_number(d, c, bulk ? SNMP_NON_REPEATERS : SNMP_ERROR_STATUS, &number) ||
	    !take_number(d, c, bulk ? SNMP_MAX_REPETITIONS : SNMP_ERROR_INDEX, &number))
		return;
	show_bindings(d, c);
	if (kind != PDU_TRAP_2 && kind < PDU_KINDS - 1)
		learn_pair(d, (uint32_t)id, kind == PDU_RESPONSE);
}

static void show_data(struct dissection *d, struct cursor *c)
{
	struct der pdu;

	if (!take_der(c, &pdu) || pdu.tag < PDU_TAG || pdu.tag >= PDU_TAG + PDU_KINDS) {
		note_finding(d, SNMP_DAMAGED, NULL);
		return;
	}
	unsigned kind = pdu.tag - PDU_TAG;
	node_id tree = add_uint(d, c, SNMP_DATA, pdu.start, pdu.length, kind);
	info(d, "%s", snmp_fields[SNMP_GET + kind].name);
	open_node(d, tree);
	node_id element = add_node(d, c, SNMP_GET + kind, pdu.start, pdu.length);
	open_node(d, element);
	if (kind == PDU_TRAP)
		show_trap(d, &pdu.body);
	else
		show_request(d, &pdu.body, kind);
	close_node(d, element);
	close_node(d, tree);
}

/* --- version 3 --- */

/* Net-SNMP's own format: four random bytes, and when it was made up. */
static void show_net_snmp(struct dissection *d, struct cursor *c)
{
	take_bytes(d, c, SNMP_ENGINE_DATA, 4);
	uint32_t start = c->pos;
	uint64_t seconds = cursor_le32(c);
	add_uint(d, c, SNMP_ENGINE_TIME, start, 4, seconds * 1000000000);
}

static void show_engine_data(struct dissection *d, struct cursor *c, uint32_t enterprise)
{
	enum { NET_SNMP = 8072, NET_SNMP_RANDOM = 128 };
	uint8_t format = take_u8(d, c, SNMP_ENGINE_FORMAT);
	node_id node = last_node(d);
	uint32_t n = cursor_left(c);

	if (format >= NET_SNMP_RANDOM)
		label_set(d, node, "Engine ID Format: Reserved/Enterprise-specific (%u)%s", format,
			  enterprise == NET_SNMP && format == NET_SNMP_RANDOM ? ": Net-SNMP Random"
									      : "");
	if (enterprise == NET_SNMP && format == NET_SNMP_RANDOM && n >= 8)
		show_net_snmp(d, c);
	else if (format == 1 && n == 4)
		take_ipv4(d, c, SNMP_ENGINE_IPV4);
	else if (format == 2 && n == 16)
		take_ipv6(d, c, SNMP_ENGINE_IPV6);
	else if (format == 3 && n == 6)
		take_ether(d, c, SNMP_ENGINE_MAC);
	else if (format == 4)
		take_text(d, c, SNMP_ENGINE_TEXT, n);
	else if (n)
		take_bytes(d, c, SNMP_ENGINE_DATA, n);
}

/* RFC 3411, 5. */
static bool take_engine(struct dissection *d, struct cursor *c, unsigned field)
{
	struct der engine;

	if (!take_octets(d, c, field, &engine))
		return false;
	if (engine.length < 5)
		return true;
	node_id node = last_node(d);
	struct cursor body = engine.body;
	open_node(d, node);
	bool conform = look_uint_n(d, &body, SNMP_ENGINE_CONFORM, 1);
	uint32_t start = body.pos, enterprise = cursor_u32(&body) & INT32_MAX;
	add_uint(d, &body, SNMP_ENGINE_ENTERPRISE, start, 4, enterprise);
	if (conform)
		show_engine_data(d, &body, enterprise);
	else
		take_bytes(d, &body, SNMP_AGENT_TRAILER, cursor_left(&body));
	close_node(d, node);
	return true;
}

/* Returns whether the data is encrypted. */
static bool show_global(struct dissection *d, struct cursor *c, int64_t *model)
{
	struct der global, flags;
	int64_t number;

	if (!expect(d, c, DER_SEQUENCE, &global))
		return false;
	node_id tree = add_node(d, c, SNMP_GLOBAL, global.start, global.length);
	bool encrypted = false;
	open_node(d, tree);
	struct cursor body = global.body;
	if (take_number(d, &body, SNMP_MSG_ID, &number) &&
	    take_number(d, &body, SNMP_MAX_SIZE, &number) &&
	    take_octets(d, &body, SNMP_FLAGS, &flags)) {
		node_id node = last_node(d);
		encrypted = flags.length && flags.bytes[0] & FLAG_ENCRYPTED;
		open_node(d, node);
		for (unsigned i = SNMP_FLAG_REPORTABLE;
		     flags.length && i <= SNMP_FLAG_AUTHENTICATED; i++)
			look_uint(d, &flags.body, i);
		close_node(d, node);
		take_number(d, &body, SNMP_MODEL, model);
	}
	close_node(d, tree);
	return encrypted;
}

/* RFC 3414, 2.4: a sequence in an octet string. */
static void show_parameters(struct dissection *d, struct cursor *c, int64_t model)
{
	struct der wrapped, list;
	int64_t number;

	if (model != MODEL_USM) {
		take_octets(d, c, SNMP_PARAMETERS, &wrapped);
		return;
	}
	if (!expect(d, c, DER_OCTET_STRING, &wrapped) ||
	    !expect(d, &wrapped.body, DER_SEQUENCE, &list))
		return;
	if (take_engine(d, &list.body, SNMP_ENGINE) &&
	    take_number(d, &list.body, SNMP_BOOTS, &number) &&
	    take_number(d, &list.body, SNMP_ENGINE_SECONDS, &number) &&
	    take_octets(d, &list.body, SNMP_USER, &wrapped) &&
	    take_octets(d, &list.body, SNMP_AUTHENTICATION, &wrapped))
		take_octets(d, &list.body, SNMP_PRIVACY, &wrapped);
}

static void show_message_data(struct dissection *d, struct cursor *c, bool encrypted)
{
	struct der data, name;
	node_id tree = add_uint(d, c, SNMP_MSG_DATA, c->pos, cursor_left(c), encrypted);

	open_node(d, tree);
	if (encrypted) {
		take_octets(d, c, SNMP_ENCRYPTED_PDU, &data);
		info_words(d, "encryptedPDU: privKey Unknown");
	} else if (expect(d, c, DER_SEQUENCE, &data)) {
		node_id plain = add_node(d, c, SNMP_PLAINTEXT, data.start, data.length);
		open_node(d, plain);
		if (take_engine(d, &data.body, SNMP_CONTEXT_ENGINE) &&
		    take_octets(d, &data.body, SNMP_CONTEXT_NAME, &name))
			show_data(d, &data.body);
		show_pair(d);
		close_node(d, plain);
	}
	close_node(d, tree);
}

static void show_version_3(struct dissection *d, struct cursor *c)
{
	int64_t model = 0;
	bool encrypted = show_global(d, c, &model);

	show_parameters(d, c, model);
	show_message_data(d, c, encrypted);
}

static void snmp_dissect(struct dissection *d, struct cursor *c)
{
	struct der message, version, community;

	struct cursor rest = *c;
	if (!take_tagged(c, DER_SEQUENCE, &message)) {
		node_flag(d, layer_node(d), NODE_HIDDEN);
		hand_on_as_data(d, rest);
		return;
	}
	info_begin(d);
	struct cursor *body = &message.body;
	if (!expect(d, body, DER_INTEGER, &version))
		return;
	bool is_3 = der_signed(&version) == VERSION_3;
	add_uint(d, body, is_3 ? SNMP_MSG_VERSION : SNMP_VERSION, version.start, version.length,
		 (uint64_t)der_signed(&version));
	if (is_3) {
		show_version_3(d, body);
	} else if (take_octets(d, body, SNMP_COMMUNITY, &community)) {
		show_data(d, body);
		show_pair(d);
	}
}

/* One element's head, as BER writes it (X.690, 8.1); false: it does not fit. */
static bool read_head(const uint8_t **at, uint32_t *n, uint8_t *tag, uint32_t *size)
{
	uint32_t extra = *n > 1 && (*at)[1] & 0x80 ? (*at)[1] & 0x7f : 0;

	if (*n < 2 + extra || extra > 3 || ((*at)[1] == 0x80))
		return false;
	*tag = (*at)[0];
	*size = extra ? 0 : (*at)[1];
	for (uint32_t i = 0; i < extra; i++)
		*size = *size << 8 | (*at)[2 + i];
	*at += 2 + extra;
	*n -= 2 + extra;
	return *size <= *n;
}

/* A sequence up to the last byte: a version, then a community and a PDU up to the last byte (RFC
 * 3416, 3), or what version 3 has (RFC 3412, 6). */
static bool snmp_looks_like(const struct dissection *d, const struct cursor *c)
{
	enum { INTEGER = 2, OCTETS = 4, SEQUENCE = 0x30, FIRST_PDU = 0xa0, LAST_PDU = 0xa8 };
	uint32_t n = cursor_left(c), size;
	const uint8_t *at;
	uint8_t tag;

	(void)d;
	if (n < 12 || n != cursor_sent(c) || !cursor_peek(c, 0, n, &at) || at[0] != SEQUENCE ||
	    !read_head(&at, &n, &tag, &size) || size != n)
		return false;
	if (!read_head(&at, &n, &tag, &size) || tag != INTEGER || size != 1)
		return false;
	uint8_t version = *at;
	at += size;
	n -= size;
	if (!read_head(&at, &n, &tag, &size) || tag != (version == 3 ? SEQUENCE : OCTETS))
		return false;
	at += size;
	n -= size;
	if (!read_head(&at, &n, &tag, &size))
		return false;
	return version == 3 ? tag == OCTETS
			    : version <= 1 && tag >= FIRST_PDU && tag <= LAST_PDU && size == n;
}

static const struct claim snmp_claims[] = { { BY_UDP_PORT, 161 },
					    { BY_UDP_PORT, 162 },
					    { BY_UDP_PORT, 8161 } };

const struct dissector snmp_dissector = {
	.name = "snmp",
	.short_name = "SNMP",
	.title = "Simple Network Management Protocol",
	.fields = snmp_fields,
	.field_count = SNMP_FIELDS,
	.claims = snmp_claims,
	.claim_count = COUNT(snmp_claims),
	.dissect = snmp_dissect,
	.looks_like = snmp_looks_like,
	.at_beginning = true,
};
