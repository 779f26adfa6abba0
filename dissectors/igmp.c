/* igmp.c - Internet Group Management Protocol.
 *
 * Version 0: RFC 988; 1: RFC 1112; 2: RFC 2236; 3: RFC 3376; traceroute:
 * draft-ietf-idmr-traceroute-ipm.  DVMRP and PIM version 1 travel in its types. */
#include "dissect/dissector.h"
#include "igmp.h"
#include "ip_names.h"
#include "message_checksum.h"

enum igmp_type {
	TYPE_QUERY = 0x11,
	TYPE_REPORT_1 = 0x12,
	TYPE_DVMRP = 0x13,
	TYPE_PIM = 0x14,
	TYPE_REPORT_2 = 0x16,
	TYPE_LEAVE = 0x17,
	TYPE_TRACE_RESPONSE = 0x1e,
	TYPE_TRACE = 0x1f,
	TYPE_REPORT_3 = 0x22,
};

enum { SHORT_LENGTH = 8, QUERY_3_LENGTH = 12, VERSION_0_LENGTH = 20, TRACE_BLOCK = 32 };

static const struct value_name dvmrp_names[] = { { 1, "Probe" },	   { 2, "Report" },
						 { 3, "Ask Neighbors" },   { 4, "Neighbors" },
						 { 5, "Ask Neighbors 2" }, { 6, "Neighbors 2" },
						 { 7, "Prune" },	   { 8, "Graft" },
						 { 9, "Graft ACK" },	   { 0, NULL } };

static const struct value_name pim_names[] = { { 0, "Query" },	       { 1, "Register" },
					       { 2, "Register-stop" }, { 3, "Join/Prune" },
					       { 4, "RP-Reachable" },  { 5, "Assert" },
					       { 6, "Graft" },	       { 7, "Graft-Ack" },
					       { 8, "Mode" },	       { 0, NULL } };

/* The message at hand. */
struct message {
	uint32_t start; /* of its type in its buffer */
	uint32_t length;
	uint8_t type, code;
};

/* Of the first `length` bytes of the message: versions 1 and 2 have no more than 8. */
static void show_checksum(struct dissection *d, struct cursor *c, const struct message *m,
			  uint32_t length)
{
	take_message_checksum(d, c,
			      &(struct message_checksum){
				      .field = IGMP_CHECKSUM,
				      .status = IGMP_CHECKSUM_STATUS,
				      .finding = IGMP_BAD_CHECKSUM,
				      .start = m->start,
				      .length = length,
			      });
}

static void show_version(struct dissection *d, unsigned version)
{
	static const char *const names[] = { "IGMPv0", "IGMPv1", "IGMPv2", "IGMPv3" };

	path_mention(d, "igmp");
	info_protocol(d, names[version]);
	put_uint(d, IGMP_VERSION, version);
}

static const char *address_words(struct dissection *d, uint32_t address)
{
	char text[ADDRESS_TEXT_ROOM];
	unsigned n = address_text_ipv4(address, text);

	return arena_text(&d->arena, text, n);
}

/* RFC 988, appendix I. */
static void show_version_0(struct dissection *d, struct cursor *c, const struct message *m)
{
	show_version(d, 0);
	info(d, "%s", value_name(igmp_fields[IGMP_TYPE].names, m->type));
	take_u8(d, c, IGMP_TYPE);
	if (m->type == 1)
		take_u8(d, c, IGMP_GROUP_TYPE);
	else if (m->type & 1)
		cursor_skip(c, 1);
	else
		take_u8(d, c, m->code < 5 ? IGMP_REPLY : IGMP_REPLY_PENDING);
	show_checksum(d, c, m, VERSION_0_LENGTH);
	take_u32(d, c, IGMP_IDENTIFIER);
	take_ipv4(d, c, IGMP_MADDR);
	take_bytes(d, c, IGMP_ACCESS_KEY, 8);
}

static void show_version_1(struct dissection *d, struct cursor *c, const struct message *m)
{
	show_version(d, 1);
	info(d, "%s", value_name(igmp_fields[IGMP_TYPE].names, m->type));
	take_u8(d, c, IGMP_TYPE);
	take_bytes(d, c, IGMP_RESERVED, 1);
	show_checksum(d, c, m, SHORT_LENGTH);
	take_ipv4(d, c, IGMP_MADDR);
}

/* Tenths of a second; from 128 on as a floating point number (RFC 3376, 4.1.1). */
static void show_response_time(struct dissection *d, struct cursor *c)
{
	struct cursor parts = *c;
	unsigned code = cursor_u8(c);
	unsigned tenths = code < 128 ? code : ((code & 15) | 16) << ((code >> 4 & 7) + 3);

	if (!cursor_ok(c))
		return;
	node_id node = add_uint(d, c, IGMP_MAX_RESP, parts.pos, 1, tenths);
	label_set(d, node, "Max Resp Time: %u.%u sec (0x%02x)", tenths / 10, tenths % 10, code);
	if (code < 128)
		return;
	open_node(d, node);
	look_uint(d, &parts, IGMP_MAX_RESP_EXP);
	look_uint(d, &parts, IGMP_MAX_RESP_MANT);
	close_node(d, node);
}

static void show_version_2(struct dissection *d, struct cursor *c, const struct message *m)
{
	show_version(d, 2);
	info(d, "%s", value_name(igmp_fields[IGMP_TYPE].names, m->type));
	take_u8(d, c, IGMP_TYPE);
	show_response_time(d, c);
	show_checksum(d, c, m, SHORT_LENGTH);
	uint32_t group = take_ipv4(d, c, IGMP_MADDR);
	if (only_learning(d))
		return;
	if (m->type == TYPE_QUERY && !group)
		info(d, ", general");
	else if (m->type == TYPE_QUERY)
		info(d, ", specific for group %s", address_words(d, group));
	else
		info(d, "%s%s", m->type == TYPE_REPORT_2 ? " group " : " ",
		     address_words(d, group));
}

/* "{10.0.0.1, 10.0.0.2}" goes to the Info column while they are read. */
static void show_sources(struct dissection *d, struct cursor *c, unsigned count)
{
	info(d, "{");
	for (unsigned i = 0; i < count && cursor_ok(c); i++) {
		uint32_t source = take_ipv4(d, c, IGMP_SADDR);
		if (d->wants & WANT_COLUMNS && cursor_ok(c))
			info(d, "%s%s", i ? ", " : "", address_words(d, source));
	}
	info(d, "}");
}

static void show_query_3(struct dissection *d, struct cursor *c, const struct message *m)
{
	show_version(d, 3);
	info(d, "%s", value_name(igmp_fields[IGMP_TYPE].names, m->type));
	take_u8(d, c, IGMP_TYPE);
	show_response_time(d, c);
	show_checksum(d, c, m, m->length);
	uint32_t group = take_ipv4(d, c, IGMP_MADDR);
	if (!group)
		info(d, ", general");
	else if (!only_learning(d))
		info(d, ", specific for group %s", address_words(d, group));
	look_uint(d, c, IGMP_S);
	take_u8(d, c, IGMP_QRV);
	take_u8(d, c, IGMP_QQIC);
	unsigned count = take_u16(d, c, IGMP_NUM_SRC);
	if (!count)
		return;
	info(d, ", source%s ", count == 1 ? "" : "s");
	show_sources(d, c, count);
}

/* What a record says, in words: "Join group 224.0.1.1 for any sources". */
static void word_record(struct dissection *d, uint8_t type, unsigned count, const char *group)
{
	const char *plural = count == 1 ? "" : "s";

	switch (type) {
	case 1:
	case 3:
		if (count)
			info(d, " / Join group %s for source%s ", group, count == 1 ? "" : "s in");
		else
			info(d, " / Leave group %s", group);
		break;
	case 2:
	case 4:
		if (count)
			info(d, " / Join group %s, for source%s ", group,
			     count == 1 ? " not" : "s not in");
		else
			info(d, " / Join group %s for any sources", group);
		break;
	case 5:
		info(d, " / Group %s, new source%s ", group, plural);
		break;
	case 6:
		info(d, " / Group %s, block source%s ", group, plural);
		break;
	default:
		info(d, " / Group %s, unknown record type (?)", group);
	}
}

static void show_record(struct dissection *d, struct cursor *c)
{
	node_id tree = open_tree(d, c, IGMP_RECORD);
	uint8_t type = take_u8(d, c, IGMP_RECORD_TYPE);
	uint32_t aux = take_u8(d, c, IGMP_AUX_DATA_LEN) * 4u;
	unsigned count = take_u16(d, c, IGMP_NUM_SRC);
	uint32_t group = take_ipv4(d, c, IGMP_MADDR);

	if (!only_learning(d) && cursor_ok(c)) {
		const char *words = address_words(d, group),
			   *name = value_name(igmp_fields[IGMP_RECORD_TYPE].names, type);
		label(d, tree, " : %s  %s", words, name ? name : "");
		word_record(d, type, count, words);
	}
	if (count)
		show_sources(d, c, count);
	if (aux)
		take_bytes(d, c, IGMP_AUX_DATA, aux);
	close_tree(d, tree, c);
}

static void show_report_3(struct dissection *d, struct cursor *c, const struct message *m)
{
	show_version(d, 3);
	info(d, "%s", value_name(igmp_fields[IGMP_TYPE].names, m->type));
	take_u8(d, c, IGMP_TYPE);
	take_bytes(d, c, IGMP_RESERVED, 1);
	show_checksum(d, c, m, m->length);
	take_bytes(d, c, IGMP_RESERVED, 2);
	unsigned count = take_u16(d, c, IGMP_NUM_GRP_RECS);
	if (!count)
		info(d, " - General query");
	for (unsigned i = 0; i < count && cursor_ok(c); i++)
		show_record(d, c);
}

static void show_trace_block(struct dissection *d, struct cursor *c)
{
	node_id tree = open_tree(d, c, IGMP_TRACE_BLOCK);

	take_u32(d, c, IGMP_TRACE_ARRIVAL);
	uint32_t in = take_ipv4(d, c, IGMP_TRACE_INADDR);
	uint32_t out = take_ipv4(d, c, IGMP_TRACE_OUTADDR);
	take_ipv4(d, c, IGMP_TRACE_PREVIOUS);
	take_u32(d, c, IGMP_TRACE_INPKT);
	take_u32(d, c, IGMP_TRACE_OUTPKT);
	take_u32(d, c, IGMP_TRACE_TOTAL);
	const char *routing = value_name(igmp_fields[IGMP_TRACE_ROUTING].names,
					 take_u8(d, c, IGMP_TRACE_ROUTING));
	take_u8(d, c, IGMP_TRACE_FWD_TTL);
	look_uint(d, c, IGMP_TRACE_MBZ);
	look_uint(d, c, IGMP_TRACE_S);
	take_u8(d, c, IGMP_TRACE_MASK);
	const char *code =
		value_name(igmp_fields[IGMP_TRACE_CODE].names, take_u8(d, c, IGMP_TRACE_CODE));
	if (d->wants & WANT_ANY_LABELS)
		label(d, tree, ": %s -> %s,  Proto: %s,  Forwarding Code: %s", address_words(d, in),
		      address_words(d, out), routing ? routing : "Unknown",
		      code ? code : "Unknown");
	close_tree(d, tree, c);
}

/* A request is a query to which routers on the way have added blocks. */
static void show_trace(struct dissection *d, struct cursor *c, const struct message *m)
{
	uint32_t blocks = m->length < 24 ? 0 : (m->length - 24) / TRACE_BLOCK;
	const char *kind = m->type == TYPE_TRACE_RESPONSE ? "Traceroute Response"
			   : blocks			  ? "Traceroute Request"
							  : "Traceroute Query";

	path_mention(d, "igmp");
	info(d, "%s", kind);
	if (m->type == TYPE_TRACE_RESPONSE)
		info(d, ", %u block%s", blocks, blocks == 1 ? "" : "s");
	take_u8(d, c, IGMP_TYPE);
	label_set(d, last_node(d), "Type: %s (0x%02x)", kind, m->type);
	take_u8(d, c, IGMP_TRACE_HOPS);
	show_checksum(d, c, m, m->length);
	take_ipv4(d, c, IGMP_MADDR);
	take_ipv4(d, c, IGMP_TRACE_SADDR);
	take_ipv4(d, c, IGMP_TRACE_RADDR);
	take_ipv4(d, c, IGMP_TRACE_RSPADDR);
	take_u8(d, c, IGMP_TRACE_RESP_TTL);
	take_uint(d, c, IGMP_TRACE_ID);
	while (cursor_sent(c) >= TRACE_BLOCK && cursor_ok(c))
		show_trace_block(d, c);
}

/* DVMRP and PIM version 1 (RFC 1075, draft-ietf-idmr-pim-spec): what they are, not what they say.
 */
static void show_routing(struct dissection *d, struct cursor *c, const struct message *m)
{
	bool dvmrp = m->type == TYPE_DVMRP;
	const char *name = value_name(dvmrp ? dvmrp_names : pim_names, m->code);

	path_mention(d, dvmrp ? "dvmrp" : "pim");
	info_protocol(d, dvmrp ? "DVMRP" : "PIMv1");
	info(d, "%s%s", dvmrp ? "V3 " : "", name ? name : "Unknown");
	if (!name)
		info(d, " (%u)", m->code);
	take_u8(d, c, IGMP_TYPE);
	label(d, last_node(d), ", %s", name ? name : "Unknown");
	cursor_skip(c, 1);
	show_checksum(d, c, m, m->length);
	if (cursor_more(c))
		take_bytes(d, c, IGMP_DATA, cursor_sent(c));
}

static void show_unknown(struct dissection *d, struct cursor *c, const struct message *m)
{
	info(d, "Unknown Type:0x%02x", m->type);
	take_u8(d, c, IGMP_TYPE);
	if (cursor_more(c))
		take_bytes(d, c, IGMP_DATA, cursor_sent(c));
}

static void show_query(struct dissection *d, struct cursor *c, const struct message *m)
{
	/* RFC 3376, 7.1: the length and the response time tell the versions apart. */
	if (m->length >= QUERY_3_LENGTH)
		show_query_3(d, c, m);
	else if (m->code)
		show_version_2(d, c, m);
	else
		show_version_1(d, c, m);
}

static void igmp_dissect(struct dissection *d, struct cursor *c)
{
	struct message m = { .start = c->pos, .length = cursor_sent(c) };
	const uint8_t *p;

	info_begin(d);
	if (!cursor_peek(c, 0, 2, &p)) {
		take_u8(d, c, IGMP_TYPE);
		cursor_fail(c, 1);
		return;
	}
	m.type = p[0];
	m.code = p[1];
	switch (m.type) {
	case 1:
	case 2:
	case 3:
	case 4:
	case 5:
	case 6:
	case 7:
	case 8:
		show_version_0(d, c, &m);
		break;
	case TYPE_QUERY:
		show_query(d, c, &m);
		break;
	case TYPE_REPORT_1:
		show_version_1(d, c, &m);
		break;
	case TYPE_REPORT_2:
	case TYPE_LEAVE:
		show_version_2(d, c, &m);
		break;
	case TYPE_REPORT_3:
		show_report_3(d, c, &m);
		break;
	case TYPE_TRACE:
	case TYPE_TRACE_RESPONSE:
		show_trace(d, c, &m);
		break;
	case TYPE_DVMRP:
	case TYPE_PIM:
		show_routing(d, c, &m);
		break;
	default:
		show_unknown(d, c, &m);
	}
}

static const struct claim igmp_claims[] = { { BY_IP_PROTO, IP_PROTO_IGMP } };

const struct dissector igmp_dissector = {
	.name = "igmp",
	.short_name = "IGMP",
	.title = "Internet Group Management Protocol",
	.fields = igmp_fields,
	.field_count = IGMP_FIELDS,
	.claims = igmp_claims,
	.claim_count = COUNT(igmp_claims),
	.dissect = igmp_dissect,
};
