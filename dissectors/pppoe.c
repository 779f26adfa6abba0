/* pppoe.c - PPP over Ethernet, RFC 2516: discovery (pppoed) and session (pppoes); tags
 * also of RFC 4679, 4938 and 5578.
 *
 *      0    4    8           16               32               48
 *     +----+----+-----------+----------------+----------------+-----------
 *     |ver |type|   code    |    session     |     length     | tags or PPP
 *     +----+----+-----------+----------------+----------------+-----------
 */
#include "ethertype.h"
#include "ip_names.h"
#include "ppp.h"

enum {
	CODE_SESSION = 0x00, CODE_PADO = 0x07, TAG_END = 0x0000, TAG_AC_NAME = 0x0102,
	TAG_VENDOR = 0x0105, TAG_CREDITS = 0x0106, TAG_METRICS = 0x0107, TAG_GENERIC_ERROR = 0x0203,
	VENDOR_DSL_FORUM = 3561,
};

enum {
	PPPOED, PPPOE_VERSION, PPPOE_TYPE, PPPOE_CODE, PPPOE_SESSION_ID, PPPOE_PAYLOAD_LENGTH,
	PPPOED_TAGS, PPPOED_TAG, PPPOED_TAG_LENGTH, PPPOED_UNKNOWN, PPPOED_SERVICE_NAME,
	PPPOED_AC_NAME, PPPOED_HOST_UNIQ, PPPOED_AC_COOKIE, PPPOED_VENDOR_ID,
	PPPOED_VENDOR_UNSPECIFIED, PPPOED_VENDOR_TAGS, PPPOED_CIRCUIT_ID, PPPOED_REMOTE_ID,
	PPPOED_FCN, PPPOED_BCN, PPPOED_SEQ_NUM, PPPOED_CREDIT_SCALE, PPPOED_RELAY_SESSION_ID,
	PPPOED_HURL, PPPOED_MOTM, PPPOED_MAX_PAYLOAD, PPPOED_IP_ROUTE_ADD,
	PPPOED_SERVICE_NAME_ERROR, PPPOED_AC_SYSTEM_ERROR, PPPOED_GENERIC_ERROR, PPPOED_MDR_UNITS,
	PPPOED_CDR_UNITS, PPPOED_RECEIVE_ONLY, PPPOED_RLQ, PPPOED_RESOURCE, PPPOED_LATENCY,
	PPPOED_CURR_DRATE, PPPOED_MAX_DRATE, PPPOE_PAYLOAD_LENGTH_BAD,
};

static const struct value_name code_names[] = {
	{ 0x00, "Session Data" }, { 0x07, "Active Discovery Offer (PADO)" },
	{ 0x09, "Active Discovery Initiation (PADI)" },
	{ 0x0a, "Active Discovery Session-Grant (PADG)" },
	{ 0x0b, "Active Discovery Session-Credit Resp.(PADC)" },
	{ 0x0c, "Active Discovery Quality (PADQ)" }, { 0x19, "Active Discovery Request (PADR)" },
	{ 0x65, "Active Discovery Session-confirmation (PADS)" },
	{ 0xa7, "Active Discovery Terminate (PADT)" }, { 0xd3, "Active Discovery Message (PADM)" },
	{ 0xd4, "Active Discovery Network (PADN)" }, { 0 },
};

static const struct value_name unit_names[] = {
	{ 0, "kilobits per second" }, { 1, "megabits per second" }, { 2, "gigabits per second" },
	{ 3, "terabits per second" }, { 0 },
};

static const struct field pppoed_fields[] = {
	[PPPOED]                    = { "pppoed", "PPP-over-Ethernet Discovery", FIELD_PROTOCOL,
				.help = "Finds an access concentrator and opens a session of "
					"PPP over Ethernet",
				.reference = "RFC 2516" },
	[PPPOE_VERSION]             = { "pppoe.version", "Version", FIELD_U8, .mask = 0xf0,
				.help = "Always 1",
				.reference = "RFC 2516, 4" },
	[PPPOE_TYPE]                = { "pppoe.type", "Type", FIELD_U8, .mask = 0x0f,
				.help = "Always 1",
				.reference = "RFC 2516, 4" },
	[PPPOE_CODE]                = { "pppoe.code", "Code", FIELD_U8, BASE_HEX, code_names,
				.help = "What the packet is",
				.reference = "RFC 2516, 5" },
	[PPPOE_SESSION_ID]          = { "pppoe.session_id", "Session ID", FIELD_U16, BASE_HEX,
				.help = "Number of the session; 0 before there is one",
				.reference = "RFC 2516, 4" },
	[PPPOE_PAYLOAD_LENGTH]      = { "pppoe.payload_length", "Payload Length", FIELD_U16,
				.help = "Bytes that follow",
				.reference = "RFC 2516, 4" },
	[PPPOED_TAGS]               = { "pppoed.tags", "PPPoE Tags", FIELD_NONE,
				.help = "What is asked for and offered",
				.reference = "RFC 2516, A" },
	[PPPOED_TAG]                = { "pppoed.tag", "Tag", FIELD_U16, BASE_HEX,
				.help = "Which tag",
				.reference = "RFC 2516, A" },
	[PPPOED_TAG_LENGTH]         = { "pppoed.tag_length", "Tag Length", FIELD_U16,
				.help = "Bytes of the tag's value",
				.reference = "RFC 2516, A" },
	[PPPOED_UNKNOWN]            = { "pppoed.tag.unknown_data", "Unknown Data", FIELD_BYTES,
				.help = "The value of a tag that is not known",
				.reference = "RFC 2516, A" },
	[PPPOED_SERVICE_NAME]       = { "pppoed.tags.service_name", "Service-Name", FIELD_TEXT,
				.help = "The service that is wanted or offered; empty: any",
				.reference = "RFC 2516, A" },
	[PPPOED_AC_NAME]            = { "pppoed.tags.ac_name", "AC-Name", FIELD_TEXT,
				.help = "The access concentrator's name",
				.reference = "RFC 2516, A" },
	[PPPOED_HOST_UNIQ]          = { "pppoed.tags.host_uniq", "Host-Uniq", FIELD_BYTES,
				.help = "Joins answers to the host's request",
				.reference = "RFC 2516, A" },
	[PPPOED_AC_COOKIE]          = { "pppoed.tags.ac_cookie", "AC-Cookie", FIELD_BYTES,
				.help = "What the host must send back, against floods",
				.reference = "RFC 2516, A" },
	[PPPOED_VENDOR_ID]          = { "pppoed.tags.vendor_id", "Vendor id", FIELD_U32,
				.help = "The maker who defines what follows",
				.reference = "RFC 2516, A" },
	[PPPOED_VENDOR_UNSPECIFIED] = { "pppoed.tags.vendor_unspecified", "Vendor unspecified",
					FIELD_BYTES,
				.help = "What a maker defines",
				.reference = "RFC 2516, A" },
	[PPPOED_VENDOR_TAGS]        = { "pppoed.tags.vendorspecific.tags",
					"Vendor Specific PPPoE Tags",
					FIELD_NONE,
				.help = "What a maker defines, as tags",
				.reference = "RFC 2516, A" },
	[PPPOED_CIRCUIT_ID]         = { "pppoed.tags.circuit_id", "Circuit ID", FIELD_TEXT,
				.help = "The line that the subscriber is on",
				.reference = "TR-101, 3.9.1" },
	[PPPOED_REMOTE_ID]          = { "pppoed.tags.remote_id", "Remote ID", FIELD_TEXT,
				.help = "The subscriber",
				.reference = "TR-101, 3.9.1" },
	[PPPOED_FCN]                = { "pppoed.tags.credits.fcn", "FCN", FIELD_U16,
				.help = "Credits that are granted to the other side",
				.reference = "RFC 5578, 6" },
	[PPPOED_BCN]                = { "pppoed.tags.credits.bcn", "BCN", FIELD_U16,
				.help = "Credits that the sender still has",
				.reference = "RFC 5578, 6" },
	[PPPOED_SEQ_NUM]            = { "pppoed.tags.seq_num", "Sequence Number", FIELD_U16,
					BASE_HEX,
				.help = "Joins an answer to its request",
				.reference = "RFC 5578, 6" },
	[PPPOED_CREDIT_SCALE]       = { "pppoed.tags.credit_scale", "Credit Scale Factor",
					FIELD_U16,
				.help = "Bytes that one credit stands for",
				.reference = "RFC 5578, 6" },
	[PPPOED_RELAY_SESSION_ID]   = { "pppoed.tags.relay_session_id", "Relay-Session-Id",
					FIELD_BYTES,
				.help = "Names the session for a relay in between",
				.reference = "RFC 2516, A" },
	[PPPOED_HURL]               = { "pppoed.tags.hurl", "HURL", FIELD_BYTES,
				.help = "An address in the web that the host shall open",
				.reference = "draft-carrel-info-pppoe-ext" },
	[PPPOED_MOTM]               = { "pppoed.tags.motm", "MOTM", FIELD_BYTES,
				.help = "Words for people",
				.reference = "draft-carrel-info-pppoe-ext" },
	[PPPOED_MAX_PAYLOAD]        = { "pppoed.tags.max_payload", "PPP-Max-Payload", FIELD_BYTES,
				.help = "The longest payload, if more than 1492 bytes",
				.reference = "RFC 4638, 3" },
	[PPPOED_IP_ROUTE_ADD]       = { "pppoed.tags.ip_route_add", "IP Route Add", FIELD_BYTES,
				.help = "A route that the host shall use",
				.reference = "draft-carrel-info-pppoe-ext" },
	[PPPOED_SERVICE_NAME_ERROR] = { "pppoed.tags.service_name_error", "Service-Name-Error",
					FIELD_TEXT,
				.help = "Why the service is not given",
				.reference = "RFC 2516, A" },
	[PPPOED_AC_SYSTEM_ERROR]    = { "pppoed.tags.ac_system_error", "AC-System-Error",
					FIELD_TEXT,
				.help = "What went wrong in the access concentrator",
				.reference = "RFC 2516, A" },
	[PPPOED_GENERIC_ERROR]      = { "pppoed.tags.generic_error", "Generic-Error", FIELD_TEXT,
				.help = "What went wrong",
				.reference = "RFC 2516, A" },
	[PPPOED_MDR_UNITS]          = { "pppoed.tags.metrics.mdr_units", "MDR Units", FIELD_U16,
					BASE_HEX,
					unit_names, .mask = 0x0018,
				.help = "Unit of the largest data rate",
				.reference = "RFC 5578, 6" },
	[PPPOED_CDR_UNITS]          = { "pppoed.tags.metrics.cdr_units", "CDR Units", FIELD_U16,
					BASE_HEX,
					unit_names, .mask = 0x0006,
				.help = "Unit of the current data rate",
				.reference = "RFC 5578, 6" },
	[PPPOED_RECEIVE_ONLY]       = { "pppoed.tags.metrics.r", "Receive Only", FIELD_BOOL,
					.names = true_names,
					.mask = 0x0001,
				.help = "The link only receives",
				.reference = "RFC 5578, 6" },
	[PPPOED_RLQ]                = { "pppoed.tags.metrics.rlq", "Relative Link Quality",
					FIELD_U8,
				.help = "How good the link is, of 100",
				.reference = "RFC 5578, 6" },
	[PPPOED_RESOURCE]           = { "pppoed.tags.metrics.resource", "Resource", FIELD_U8,
				.help = "What is left of the radio's resources, of 100",
				.reference = "RFC 5578, 6" },
	[PPPOED_LATENCY]            = { "pppoed.tags.metrics.latency", "Latency", FIELD_U16,
				.help = "How long packets take, in milliseconds",
				.reference = "RFC 5578, 6" },
	[PPPOED_CURR_DRATE]         = { "pppoed.tags.metrics.curr_drate", "Curr. datarate",
					FIELD_U16,
				.help = "The data rate of now",
				.reference = "RFC 5578, 6" },
	[PPPOED_MAX_DRATE]          = { "pppoed.tags.metrics.max_drate", "Max. datarate",
					FIELD_U16,
				.help = "The largest data rate",
				.reference = "RFC 5578, 6" },
	[PPPOE_PAYLOAD_LENGTH_BAD]  = FINDING("pppoe.payload_length.bad",
					      "Possible bad payload length",
					      EXPERT_WARN, GROUP_MALFORMED),
};

static const struct field pppoes_fields[] = {
	{ "pppoes", "PPP-over-Ethernet Session", FIELD_PROTOCOL,
				.help = "A frame of PPP in an open session",
				.reference = "RFC 2516, 4" },
};

/* Tags of one field. */
static const struct { uint16_t tag; uint8_t field; } simple_tags[] = {
	{ 0x0101, PPPOED_SERVICE_NAME }, { TAG_AC_NAME, PPPOED_AC_NAME },
	{ 0x0103, PPPOED_HOST_UNIQ }, { 0x0104, PPPOED_AC_COOKIE }, { 0x0108, PPPOED_SEQ_NUM },
	{ 0x0109, PPPOED_CREDIT_SCALE }, { 0x0110, PPPOED_RELAY_SESSION_ID },
	{ 0x0111, PPPOED_HURL }, { 0x0112, PPPOED_MOTM }, { 0x0120, PPPOED_MAX_PAYLOAD },
	{ 0x0121, PPPOED_IP_ROUTE_ADD }, { 0x0201, PPPOED_SERVICE_NAME_ERROR },
	{ 0x0202, PPPOED_AC_SYSTEM_ERROR }, { TAG_GENERIC_ERROR, PPPOED_GENERIC_ERROR },
};

/* Only a frame of Ethernet's smallest size may have padding behind the payload. */
static void note_length(struct dissection *d, const struct cursor *c, uint32_t length)
{
	enum { HEADER_LENGTH = 6, SHORTEST_PAYLOAD = 46 };
	uint32_t sent = cursor_sent(c);

	if (!cursor_ok(c) || sent <= length || HEADER_LENGTH + sent <= SHORTEST_PAYLOAD)
		return;
	note_finding_on(d, last_node(d), PPPOE_PAYLOAD_LENGTH_BAD,
			"Possible bad payload length %u != %u", length, sent);
}

/* The payload that the header says follows. */
static struct cursor take_header(struct dissection *d, struct cursor *c, unsigned *code)
{
	info_begin(d);
	look_uint(d, c, PPPOE_VERSION);
	take_u8(d, c, PPPOE_TYPE);
	*code = take_u8(d, c, PPPOE_CODE);
	const char *name = value_name(code_names, *code);
	if (cursor_ok(c))
		info(d, "%s", name ? name : "Unknown");
	take_u16(d, c, PPPOE_SESSION_ID);
	uint32_t length = take_u16(d, c, PPPOE_PAYLOAD_LENGTH);
	if (*code == CODE_SESSION)
		note_length(d, c, length);
	end_header(d, c);
	return cursor_split(c, length);
}

static void take_text_tag(struct dissection *d, struct cursor *data, unsigned field, unsigned code)
{
	const char *text = take_text(d, data, field, cursor_left(data));

	if (field == PPPOED_AC_NAME && code == CODE_PADO)
		info(d, " AC-Name='%s'", text);
}

static void take_simple_tag(struct dissection *d, struct cursor *data, unsigned field,
			    unsigned code)
{
	if (!cursor_more(data))
		return;
	if (pppoed_fields[field].type == FIELD_TEXT)
		take_text_tag(d, data, field, code);
	else if (pppoed_fields[field].type == FIELD_BYTES)
		take_bytes(d, data, field, cursor_left(data));
	else
		take_uint(d, data, field);
}

/* RFC 4679: the line that the subscriber hangs on. */
static void take_vendor_tag(struct dissection *d, struct cursor *data)
{
	uint32_t vendor = take_u32(d, data, PPPOED_VENDOR_ID);
	const uint8_t *p;

	if (vendor != VENDOR_DSL_FORUM) {
		if (cursor_more(data))
			take_bytes(d, data, PPPOED_VENDOR_UNSPECIFIED, cursor_left(data));
		return;
	}
	node_id tree = open_tree(d, data, PPPOED_VENDOR_TAGS);
	while (cursor_peek(data, 0, 2, &p)) {
		uint32_t n = p[1];
		unsigned tag = p[0];
		cursor_skip(data, 2);
		if (tag == 1 || tag == 2)
			take_text(d, data, tag == 1 ? PPPOED_CIRCUIT_ID : PPPOED_REMOTE_ID, n);
		else
			take_bytes(d, data, PPPOED_UNKNOWN, n);
	}
	close_tree(d, tree, data);
}

static void take_metrics(struct dissection *d, struct cursor *data)
{
	look_uint(d, data, PPPOED_MDR_UNITS);
	look_uint(d, data, PPPOED_CDR_UNITS);
	take_uint_n(d, data, PPPOED_RECEIVE_ONLY, 2);
	take_u8(d, data, PPPOED_RLQ);
	take_u8(d, data, PPPOED_RESOURCE);
	take_u16(d, data, PPPOED_LATENCY);
	take_u16(d, data, PPPOED_CURR_DRATE);
	take_u16(d, data, PPPOED_MAX_DRATE);
}

static void take_unknown_tag(struct dissection *d, struct cursor *data, uint16_t tag)
{
	node_id node = add_uint(d, data, PPPOED_TAG, data->pos - 4, 2, tag);

	label_set(d, node, "Tag: Unknown (0x%04x)", tag);
	add_uint(d, data, PPPOED_TAG_LENGTH, data->pos - 2, 2, cursor_sent(data));
	take_bytes(d, data, PPPOED_UNKNOWN, cursor_left(data));
}

static void take_tag(struct dissection *d, struct cursor *data, uint16_t tag, unsigned code)
{
	for (unsigned i = 0; i < COUNT(simple_tags); i++)
		if (simple_tags[i].tag == tag) {
			take_simple_tag(d, data, simple_tags[i].field, code);
			return;
		}
	if (tag == TAG_VENDOR) {
		take_vendor_tag(d, data);
	} else if (tag == TAG_CREDITS) {
		take_u16(d, data, PPPOED_FCN);
		take_u16(d, data, PPPOED_BCN);
	} else if (tag == TAG_METRICS) {
		take_metrics(d, data);
	} else {
		take_unknown_tag(d, data, tag);
	}
}

static void take_tags(struct dissection *d, struct cursor *body, unsigned code)
{
	node_id tree = open_tree(d, body, PPPOED_TAGS);

	while (cursor_more(body)) {
		uint16_t tag = cursor_u16(body);
		uint32_t n = cursor_u16(body);
		if (tag == TAG_END)
			break;
		if (n > cursor_left(body))
			cursor_skip(body, n);
		struct cursor data = cursor_split(body, n);
		take_tag(d, &data, tag, code);
	}
	close_tree(d, tree, body);
}

static void pppoed_dissect(struct dissection *d, struct cursor *c)
{
	unsigned code;
	struct cursor body = take_header(d, c, &code);

	if (only_learning(d) || !cursor_more(&body))
		return;
	take_tags(d, &body, code);
}

static void pppoes_dissect(struct dissection *d, struct cursor *c)
{
	unsigned code;
	struct cursor body = take_header(d, c, &code);

	if (!cursor_sent(c) && !cursor_sent(&body))
		cursor_skip(c, 1);
	if (cursor_ok(c))
		dissect_layer(d, &ppp_dissector, body);
}

static const struct claim pppoed_claims[] = { { BY_ETHERTYPE, ETHERTYPE_PPPOE_DISCOVERY } };
static const struct claim pppoes_claims[] = { { BY_ETHERTYPE, ETHERTYPE_PPPOE_SESSION } };

const struct dissector pppoed_dissector = {
	.name = "pppoed",
	.short_name = "PPPoED",
	.title = "PPP-over-Ethernet Discovery",
	.fields = pppoed_fields,
	.field_count = COUNT(pppoed_fields),
	.claims = pppoed_claims,
	.claim_count = COUNT(pppoed_claims),
	.dissect = pppoed_dissect,
};

const struct dissector pppoes_dissector = {
	.name = "pppoes",
	.short_name = "PPPoES",
	.title = "PPP-over-Ethernet Session",
	.fields = pppoes_fields,
	.field_count = COUNT(pppoes_fields),
	.fields_of = &pppoed_dissector,
	.claims = pppoes_claims,
	.claim_count = COUNT(pppoes_claims),
	.dissect = pppoes_dissect,
};
