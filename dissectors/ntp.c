/* ntp.c - Network Time Protocol: RFC 5905 (version 4), RFC 1305 (3 and control), RFC 8915 (NTS),
 * RFC 7822 (extension fields), RFC 9327 (control messages).
 *
 *     |LI| VN |mode|   stratum  |    poll    | precision  |
 *     | root delay, root dispersion, reference            |  3 of 4 bytes
 *     | reference, origin, receive, transmit time         |  4 of 8 bytes
 *     | extension fields, key, MAC                        |
 */
#include "base/time.h"
#include "ntp.h"
#include "state/conversation.h"
#include "state/facts.h"

enum mode { MODE_CLIENT = 3, MODE_SERVER = 4, MODE_CONTROL = 6, MODE_PRIVATE = 7 };

enum { UDP = 17, MAC_MD5 = 4 + 16, MAC_SHA1 = 4 + 20, MAC_LONGEST = 4 + 20, LEAST_EXTENSION = 16 };

/* --- requests and responses --- */

struct ntp_match {
	uint32_t request, response; /* packets; 0: not known */
};

/* The first pass's: the client's last request of this conversation. */
struct ntp_waiting {
	uint32_t key[2]; /* what the answer repeats: a time, or a mode and a number */
	uint32_t packet;
};

extern const struct dissector ntp_dissector;

static void note_request(struct dissection *d, uint32_t first, uint32_t second)
{
	struct ntp_waiting *waiting = conversation_state(d, &ntp_dissector, sizeof *waiting);

	if (!waiting)
		return;
	*waiting = (struct ntp_waiting){ { first, second }, d->packet.number };
	(void)learn(d, FACT_OWN, sizeof(struct ntp_match));
}

/* The request keeps the first of several answers. */
static void note_response(struct dissection *d, uint32_t first, uint32_t second, bool last)
{
	struct ntp_waiting *waiting = conversation_state(d, &ntp_dissector, sizeof *waiting);

	if (!waiting || !waiting->packet || waiting->key[0] != first || waiting->key[1] != second)
		return;
	struct ntp_match *here = learn(d, FACT_OWN, sizeof *here);
	struct ntp_match *there = fact_pen(d, waiting->packet, FACT_OWN, fact_number(d));
	if (here)
		here->request = waiting->packet;
	if (there && !there->response)
		fact_set_link(&there->response, d->packet.number);
	if (last)
		waiting->packet = 0;
}

static void match(struct dissection *d, uint8_t mode, const uint8_t *times)
{
	const uint8_t *origin = times + 8, *sent = times + 24;

	if (mode == MODE_CLIENT)
		note_request(d, load_be32(sent), load_be32(sent + 4));
	else if (mode == MODE_SERVER)
		note_response(d, load_be32(origin), load_be32(origin + 4), true);
}

/* Of modes 6 and 7, whose answers may take several packets. */
static void match_numbered(struct dissection *d, uint8_t mode, uint32_t number, bool response)
{
	if (response)
		note_response(d, mode, number, false);
	else
		note_request(d, mode, number);
}

static void show_match(struct dissection *d)
{
	const struct ntp_match *known = recall(d, FACT_OWN, NULL);
	uint32_t response = known ? link_seen(d, &known->response) : 0;

	if (response)
		put_uint(d, NTP_RESPONSE_IN, response);
	if (!known || !known->request)
		return;
	put_uint(d, NTP_REQUEST_IN, known->request);
	put_duration(d, NTP_DELTA, time_since(d, known->request));
}

/* --- versions 1 to 4 --- */

static const char *stratum_words(uint8_t stratum)
{
	if (stratum == 0)
		return "unspecified or invalid";
	if (stratum == 1)
		return "primary reference";
	if (stratum < 16)
		return "secondary reference";
	return stratum == 16 ? "unsynchronized" : "reserved";
}

static void take_time(struct dissection *d, struct cursor *c, unsigned field)
{
	uint32_t start = c->pos;
	uint32_t seconds = cursor_u32(c);
	uint32_t fraction = cursor_u32(c);
	bool unset = !seconds && !fraction;
	int64_t ns = unset ? TIME_UNSET : ntp_time_ns(seconds, fraction);

	add_uint(d, c, field, start, 8, (uint64_t)ns);
}

/* In 1/65536 seconds. */
static void take_short_time(struct dissection *d, struct cursor *c, unsigned field)
{
	uint32_t value = take_u32(d, c, field);
	uint64_t millionths = ((uint64_t)value * 1000000 + 0x8000) >> 16;

	label_set(d, last_node(d), "%s: %u.%06u seconds", ntp_fields[field].name,
		  (unsigned)(millionths / 1000000), (unsigned)(millionths % 1000000));
}

static void take_poll(struct dissection *d, struct cursor *c)
{
	enum { LEAST = 4, MOST = 17 };
	uint8_t poll = take_u8(d, c, NTP_POLL);

	if (poll >= LEAST && poll <= MOST)
		label_set(d, last_node(d), "Peer Polling Interval: %u (%u seconds)", poll,
			  1u << poll);
	else
		label_set(d, last_node(d), "Peer Polling Interval: invalid (%u)", poll);
}

static void take_precision(struct dissection *d, struct cursor *c)
{
	int8_t power = (int8_t)take_u8(d, c, NTP_PRECISION);
	double seconds = 1;

	if (!(d->wants & WANT_LABELS))
		return;
	for (int i = 0; i < (power < 0 ? -power : power); i++)
		seconds = power < 0 ? seconds / 2 : seconds * 2;
	label_set(d, last_node(d), "Peer Clock Precision: %.6f seconds", seconds);
}

/* A name for the first two strata, and whatever its sender likes else, often an address. */
static void take_reference(struct dissection *d, struct cursor *c, uint8_t stratum)
{
	const uint8_t *id = take_bytes(d, c, NTP_REFID, 4);
	char text[ADDRESS_TEXT_ROOM];

	if (!id)
		return;
	if (!load_be32(id)) {
		label_set(d, last_node(d), "Reference ID: NULL");
	} else if (stratum == 1 && value_name(ntp_source_names, load_be32(id))) {
		label_set(d, last_node(d), "Reference ID: %s",
			  value_name(ntp_source_names, load_be32(id)));
	} else if (stratum <= 1) {
		label_set(d, last_node(d),
			  stratum ? "Reference ID: Unidentified reference source '%s'"
				  : "Reference ID: Unidentified Kiss-o'-Death message '%s'",
			  text_of(d, id, 4));
	} else {
		address_text_ipv4(load_be32(id), text);
		label_set(d, last_node(d), "Reference ID: %s", text);
	}
}

static bool is_extension(const struct cursor *c)
{
	const uint8_t *at;

	/* RFC 7822, 3: the last one is longer than a MAC could be. */
	return cursor_left(c) > MAC_LONGEST && cursor_peek(c, 0, 4, &at);
}

static void take_extension(struct dissection *d, struct cursor *c)
{
	uint32_t start = c->pos;
	node_id tree = open_tree(d, c, NTP_EXT);

	take_u16(d, c, NTP_EXT_TYPE);
	uint32_t length = take_u16(d, c, NTP_EXT_LENGTH);
	if (length < LEAST_EXTENSION || length % 4 || length - 4 > cursor_left(c)) {
		note_finding_on(d, last_node(d), NTP_EXT_BAD, "Extension invalid length: %u",
				length);
		length = 4 + cursor_left(c);
	}
	if (c->pos - start < length)
		take_bytes(d, c, NTP_EXT_VALUE, length - (c->pos - start));
	close_tree(d, tree, c);
}

static void take_mac(struct dissection *d, struct cursor *c)
{
	if (cursor_left(c) < 4)
		return;
	take_bytes(d, c, NTP_KEYID, 4);
	if (cursor_left(c))
		take_bytes(d, c, NTP_MAC, cursor_left(c));
}

static void take_standard(struct dissection *d, struct cursor *c, uint8_t flags)
{
	enum { TO_TIMES = 15 };
	const uint8_t *times;

	if (d->conversation && cursor_peek(c, TO_TIMES, 32, &times))
		match(d, flags & 7, times);
	show_match(d);
	uint8_t stratum = take_u8(d, c, NTP_STRATUM);

	label_set(d, last_node(d), "Peer Clock Stratum: %s (%u)", stratum_words(stratum), stratum);
	take_poll(d, c);
	take_precision(d, c);
	take_short_time(d, c, NTP_ROOT_DELAY);
	take_short_time(d, c, NTP_ROOT_DISPERSION);
	take_reference(d, c, stratum);
	for (unsigned i = 0; i < 4; i++)
		take_time(d, c, NTP_REFTIME + i);
	while ((flags >> 3 & 7) >= 4 && is_extension(c))
		take_extension(d, c);
	take_mac(d, c);
}

/* --- mode 6: RFC 9327 --- */

enum opcode { READ_STATUS = 1, READ_VARIABLES, WRITE_VARIABLES, READ_CLOCK, WRITE_CLOCK };

/* What the bits say, in the line above them: numbers without names are left out. */
static void label_bits(struct dissection *d, node_id tree, uint16_t status, unsigned first,
		       unsigned last)
{
	for (unsigned i = first; i <= last; i++) {
		const struct field *field = &ntp_fields[i];
		uint64_t value = (status & field->mask) >> __builtin_ctzll(field->mask);
		const char *name = field->names ? value_name(field->names, value) : NULL;
		if (field->type == FIELD_BOOL && value)
			label(d, tree, ", %s", field->name);
		else if (field->type != FIELD_BOOL && name)
			label(d, tree, ", %s: %s", field->name, name);
	}
}

static void take_status_bits(struct dissection *d, struct cursor *c, unsigned first, unsigned last)
{
	uint16_t status = (uint16_t)take_flags(d, c, NTP_CTRL_STATUS, first, last);

	label_bits(d, last_node(d), status, first, last);
}

static void take_status(struct dissection *d, struct cursor *c, uint8_t flags, uint16_t association)
{
	uint8_t opcode = flags & 0x1f;

	if (!(flags & 0x80))
		take_u16(d, c, NTP_CTRL_STATUS);
	else if (flags & 0x40)
		take_status_bits(d, c, NTP_CTRL_ERROR_STATUS, NTP_CTRL_ERROR_STATUS);
	else if (opcode != READ_STATUS && opcode != READ_VARIABLES)
		take_u16(d, c, NTP_CTRL_STATUS);
	else if (association)
		take_status_bits(d, c, NTP_PEER_CONFIG, NTP_PEER_CODE);
	else
		take_status_bits(d, c, NTP_SYS_LI, NTP_SYS_CODE);
}

/* The answer about the host itself: its associations, each with its status (RFC 9327, 4). */
static void take_associations(struct dissection *d, struct cursor *c)
{
	enum { ASSOCIATION_LENGTH = 4 };

	while (cursor_left(c) >= ASSOCIATION_LENGTH) {
		node_id tree = open_tree(d, c, NTP_CTRL_PEER);
		take_u16(d, c, NTP_CTRL_ASSOCIATION);
		take_status_bits(d, c, NTP_PEER_CONFIG, NTP_PEER_CODE);
		close_tree(d, tree, c);
	}
}

static bool is_blank(uint8_t byte)
{
	return byte == ' ' || byte == '\r' || byte == '\n';
}

static void take_item(struct dissection *d, struct cursor *c, uint32_t n)
{
	uint32_t start = c->pos;
	const uint8_t *at = cursor_bytes(c, n);

	while (n && is_blank(*at)) {
		at++;
		start++;
		n--;
	}
	while (n && is_blank(at[n - 1]))
		n--;
	if (!n || !field_wanted(d, NTP_CTRL_ITEM))
		return;
	const char *text = text_of(d, at, n);
	node_id node = add_text(d, c, NTP_CTRL_ITEM, start, n, text);
	label_set(d, node, "%s", text);
}

/* "name=value, name=value": what stands in quotes may have commas. */
static void take_items(struct dissection *d, struct cursor *c)
{
	while (cursor_left(c)) {
		uint32_t n = 0, left = cursor_left(c);
		const uint8_t *at;
		bool quoted = false;
		if (!cursor_peek(c, 0, left, &at))
			return;
		while (n < left && (quoted || at[n] != ',')) {
			quoted ^= at[n] == '"';
			n++;
		}
		take_item(d, c, n);
		cursor_skip(c, n < left);
	}
}

static void take_control(struct dissection *d, struct cursor *c)
{
	const uint8_t *at;
	uint8_t flags = (uint8_t)take_flags(d, c, NTP_CTRL_FLAGS, NTP_CTRL_R, NTP_CTRL_OPCODE);
	const char *opcode = value_name(ntp_opcode_names, flags & 0x1f);

	label(d, last_node(d), ", Response bit: %s, Opcode: %s",
	      flags & 0x80 ? "Response" : "Request", opcode ? opcode : "Unknown");
	match_numbered(d, MODE_CONTROL, take_u16(d, c, NTP_CTRL_SEQUENCE), flags & 0x80);
	show_match(d);
	uint16_t association = cursor_peek(c, 2, 2, &at) ? load_be16(at) : 0;
	take_status(d, c, flags, association);
	take_u16(d, c, NTP_CTRL_ASSOCIATION);
	take_u16(d, c, NTP_CTRL_OFFSET);
	uint16_t count = take_u16(d, c, NTP_CTRL_COUNT);
	if (!count)
		return;
	struct cursor data = cursor_split(c, count);
	node_id tree = open_tree(d, &data, NTP_CTRL_DATA);
	if ((flags & 0xdf) == (0x80 | READ_STATUS) && !association)
		take_associations(d, &data);
	take_items(d, &data);
	close_tree(d, tree, &data);
	uint32_t padding = -count & 3u;
	if (padding && padding <= cursor_left(c))
		take_bytes(d, c, NTP_PADDING, padding);
	take_mac(d, c);
}

/* --- mode 7 --- */

static void take_private(struct dissection *d, struct cursor *c, bool response)
{
	take_flags(d, c, NTP_PRIV_AUTH_SEQ, NTP_PRIV_AUTH, NTP_PRIV_SEQ);
	take_u8(d, c, NTP_PRIV_IMPL);
	uint8_t request = take_u8(d, c, NTP_PRIV_REQUEST);
	match_numbered(d, MODE_PRIVATE, request, response);
	show_match(d);
	const char *name = value_name(ntp_request_names, request);
	if (name)
		info(d, ", %s, %s", response ? "Response" : "Request", name);
	else
		info(d, ", %s", response ? "Response" : "Request");
	look_uint(d, c, NTP_PRIV_ERR);
	take_uint(d, c, NTP_PRIV_ITEMS);
	look_uint(d, c, NTP_PRIV_RESERVED);
	take_uint(d, c, NTP_PRIV_ITEM_SIZE);
	if (cursor_left(c))
		take_bytes(d, c, NTP_PRIV_DATA, cursor_left(c));
}

/* --- the message --- */

static void say_flags(struct dissection *d, uint8_t flags, node_id tree)
{
	static const char *const short_names[] = {
		"reserved", "symmetric active", "symmetric passive", "client",
		"server",   "broadcast",	"control",	     "private"
	};
	const char *version = value_name(ntp_version_names, flags >> 3 & 7);
	uint8_t mode = flags & 7;

	info(d, "%s, %s", version, short_names[mode]);
	label(d, layer_node(d), " (%s, %s)", version, short_names[mode]);
	if (mode == MODE_PRIVATE)
		label(d, tree, ", Response bit: %s, Version number: %s, Mode: %s",
		      flags & 0x80 ? "Response" : "Request", version,
		      value_name(ntp_mode_names, mode));
	else
		label(d, tree, ", Leap Indicator: %s, Version number: %s, Mode: %s",
		      value_name(ntp_leap_names, flags >> 6), version,
		      value_name(ntp_mode_names, mode));
}

static void ntp_dissect(struct dissection *d, struct cursor *c)
{
	info_begin(d);
	uint8_t flags = (uint8_t)look_uint(d, c, NTP_FLAGS), mode = flags & 7;
	node_id tree = last_node(d);
	if (!cursor_ok(c))
		return;
	say_flags(d, flags, tree);
	open_node(d, tree);
	if (mode == MODE_PRIVATE) {
		look_uint(d, c, NTP_PRIV_R);
		look_uint(d, c, NTP_PRIV_MORE);
	} else {
		look_uint(d, c, NTP_LI);
	}
	look_uint(d, c, NTP_VN);
	look_uint(d, c, NTP_MODE);
	close_node(d, tree);
	cursor_skip(c, 1);
	if (mode == MODE_CONTROL)
		take_control(d, c);
	else if (mode == MODE_PRIVATE)
		take_private(d, c, flags & 0x80);
	else
		take_standard(d, c, flags);
}

/* --- is it? --- */

enum {
	STANDARD_LENGTH = 48,
	ORIGIN_AT = 24,
	TRANSMIT_AT = 40,
	UNKNOWN_STRATUM = 16,
	CLOSE = 24 * 3600, /* seconds that a clock may be wrong for its time to be a sign */
};

static const int64_t seconds_to_1970 = 2208988800;

/* A question or its answer, alone or with extensions and a checksum behind it. */
static bool is_exchange(const struct cursor *c, const uint8_t **at)
{
	uint32_t n = cursor_left(c);

	if (n < STANDARD_LENGTH || n % 4 || n != cursor_sent(c) || !cursor_peek(c, 0, n, at))
		return false;
	uint8_t mode = (*at)[0] & 7, version = (*at)[0] >> 3 & 7;
	return version && version <= 4 && (mode == MODE_CLIENT || mode == MODE_SERVER) &&
	       (*at)[1] <= UNKNOWN_STRATUM;
}

/* The sender's time is that of the capture; later datagrams between the same ends need not say so.
 */
static bool ntp_looks_like(const struct dissection *d, const struct cursor *c)
{
	const uint8_t *at;

	if (conversation_recognized(d) == &ntp_dissector)
		return cursor_peek(c, 0, 12, &at) && (at[0] >> 3 & 7) <= 4;
	if (!is_exchange(c, &at))
		return false;
	uint32_t now = (uint32_t)(d->packet.time_ns / 1000000000 + seconds_to_1970);
	int32_t apart = (int32_t)(load_be32(at + TRANSMIT_AT) - now);
	return cursor_left(c) == STANDARD_LENGTH && apart > -CLOSE && apart < CLOSE;
}

/* Clients may put a random number in place of their time: the answer gives it back. */
static bool ntp_becomes_sure(struct dissection *d, const struct cursor *c)
{
	struct ntp_waiting *waiting;
	const uint8_t *at;

	if (!is_exchange(c, &at) ||
	    !(waiting = conversation_state(d, &ntp_dissector, sizeof *waiting)))
		return false;
	if ((at[0] & 7) == MODE_CLIENT) {
		waiting->key[0] = load_be32(at + TRANSMIT_AT);
		waiting->key[1] = load_be32(at + TRANSMIT_AT + 4);
		return false;
	}
	if (!waiting->key[1] || waiting->key[0] != load_be32(at + ORIGIN_AT) ||
	    waiting->key[1] != load_be32(at + ORIGIN_AT + 4))
		return false;
	conversation_recognize(d, &ntp_dissector);
	return true;
}

static const struct claim ntp_claims[] = { { BY_UDP_PORT, 123 } };

const struct dissector ntp_dissector = {
	.name = "ntp",
	.short_name = "NTP",
	.title = "Network Time Protocol",
	.fields = ntp_fields,
	.field_count = NTP_FIELDS,
	.claims = ntp_claims,
	.claim_count = COUNT(ntp_claims),
	.dissect = ntp_dissect,
	.looks_like = ntp_looks_like,
	.becomes_sure = ntp_becomes_sure,
	.at_beginning = true,
};
