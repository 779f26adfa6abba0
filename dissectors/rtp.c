/* rtp.c - Real-time Transport Protocol, RFC 3550, on the ports that SDP has announced; telephone
 * keys in it, RFC 4733.
 *
 *      0 1 2 3       8             16                             31
 *     +---+-+-+-------+-+-------------+-------------------------------+
 *     |V=2|P|X|  CC   |M|     PT      |       sequence number         |
 *     +---+-+-+-------+-+-------------+-------------------------------+
 *     |                           timestamp                           |
 *     +---------------------------------------------------------------+
 *     |           synchronization source (SSRC) identifier            |
 *     +---------------------------------------------------------------+
 *     |  CC contributing sources, extension if X, payload, padding    |
 */
#include "rtp.h"

#include <string.h>
#include <strings.h>

#include "dissect/registry.h"
#include "sdp.h"
#include "state/announced.h"
#include "state/facts.h"

enum {
	RTP,
	RTP_SETUP,
	RTP_SETUP_FRAME,
	RTP_SETUP_METHOD,
	RTP_VERSION,
	RTP_PADDING,
	RTP_EXT,
	RTP_CC,
	RTP_MARKER,
	RTP_P_TYPE,
	RTP_SEQ,
	RTP_EXTSEQ,
	RTP_TIMESTAMP,
	RTP_SSRC,
	RTP_CSRC_ITEMS,
	RTP_CSRC_ITEM,
	RTP_EXT_PROFILE,
	RTP_EXT_LEN,
	RTP_HDR_EXTS,
	RTP_HDR_EXT,
	RTP_ONE_BYTE,
	RTP_TWO_BYTES,
	RTP_EXT_APPBITS,
	RTP_EXT_ID,
	RTP_EXT_ELEMENT_LEN,
	RTP_EXT_DATA,
	RTP_PAYLOAD,
	RTP_PADDING_DATA,
	RTP_PADDING_COUNT,
};

enum {
	KNOWN_VERSION = 2,
	LEAST_HEADER = 12,
	FIRST_CONTROL = 192,
	LAST_CONTROL = 223,
	FIRST_CYCLE = 0x10000
};

static const struct value_name version_names[] = { { 0, "Old VAT Version" },
						   { 1, "First Draft Version" },
						   { 2, "RFC 1889 Version" },
						   { 0, NULL } };

static const struct field rtp_fields[] = {
	[RTP] = { "rtp", "Real-Time Transport Protocol", FIELD_PROTOCOL,
		  .help = "Carries sound and pictures, with times to play them at",
		  .reference = "RFC 3550" },
	[RTP_SETUP] = { "rtp.setup", "Stream setup", FIELD_TEXT,
			.help = "Who said that these ports carry media" },
	[RTP_SETUP_FRAME] = { "rtp.setup-frame", "Setup frame", FIELD_FRAME,
			      .help = "The packet that said so" },
	[RTP_SETUP_METHOD] = { "rtp.setup-method", "Setup Method", FIELD_TEXT,
			       .help = "The protocol that said so" },
	[RTP_VERSION] = { "rtp.version", "Version", FIELD_U8, .names = version_names, .mask = 0xc0,
			  .help = "2; other versions were never in use",
			  .reference = "RFC 3550, 5.1" },
	[RTP_PADDING] = { "rtp.padding", "Padding", FIELD_BOOL, .mask = 0x20, .bits = 8,
			  .help = "Bytes that mean nothing follow the payload",
			  .reference = "RFC 3550, 5.1" },
	[RTP_EXT] = { "rtp.ext", "Extension", FIELD_BOOL, .mask = 0x10, .bits = 8,
		      .help = "An extension follows the header", .reference = "RFC 3550, 5.1" },
	[RTP_CC] = { "rtp.cc", "Contributing source identifiers count", FIELD_U8, .mask = 0x0f,
		     .help = "How many sources were mixed", .reference = "RFC 3550, 5.1" },
	[RTP_MARKER] = { "rtp.marker", "Marker", FIELD_BOOL, .mask = 0x80, .bits = 8,
			 .help = "Sound begins after silence, or a picture ends here",
			 .reference = "RFC 3551, 4.1" },
	[RTP_P_TYPE] = { "rtp.p_type", "Payload type", FIELD_U8, .names = sdp_payload_names,
			 .mask = 0x7f, .help = "How the payload is coded; from 96 on as SDP said",
			 .reference = "RFC 3551, 6" },
	[RTP_SEQ] = { "rtp.seq", "Sequence number", FIELD_U16,
		      .help = "Counts the packets of the source, from anywhere",
		      .reference = "RFC 3550, 5.1" },
	[RTP_EXTSEQ] = { "rtp.extseq", "Extended sequence number", FIELD_U32,
			 .help = "The same, with how often it began anew (and one)",
			 .reference = "RFC 3550, A.1" },
	[RTP_TIMESTAMP] = { "rtp.timestamp", "Timestamp", FIELD_U32,
			    .help = "When the payload's first byte was sampled, in the coding's "
				    "clock",
			    .reference = "RFC 3550, 5.1" },
	[RTP_SSRC] = { "rtp.ssrc", "Synchronization Source identifier", FIELD_U32, BASE_HEX_DEC,
		       .help = "Who sends; chosen at random", .reference = "RFC 3550, 5.1" },
	[RTP_CSRC_ITEMS] = { "rtp.csrc.items", "Contributing Source identifiers", FIELD_NONE,
			     .help = "Whose streams were mixed", .reference = "RFC 3550, 5.1" },
	[RTP_CSRC_ITEM] = { "rtp.csrc.item", "CSRC item", FIELD_U32, BASE_HEX_DEC,
			    .help = "One of them", .reference = "RFC 3550, 5.1" },
	[RTP_EXT_PROFILE] = { "rtp.ext.profile", "Defined by profile", FIELD_U16, BASE_HEX_DEC,
			      .help = "What kind of extension it is",
			      .reference = "RFC 3550, 5.3.1" },
	[RTP_EXT_LEN] = { "rtp.ext.len", "Extension length", FIELD_U16,
			  .help = "In words of 4 bytes", .reference = "RFC 3550, 5.3.1" },
	[RTP_HDR_EXTS] = { "rtp.hdr_exts", "Header extensions", FIELD_NONE, .help = "The extension",
			   .reference = "RFC 3550, 5.3.1" },
	[RTP_HDR_EXT] = { "rtp.hdr_ext", "Header extension", FIELD_U32, BASE_HEX_DEC,
			  .help = "A word of an extension whose form is not known",
			  .reference = "RFC 3550, 5.3.1" },
	[RTP_ONE_BYTE] = { "peel.rtp.ext.one_byte", "RFC 5285 Header Extension (One-Byte Header)",
			   FIELD_NONE, .flags = FIELD_WORDS,
			   .help = "One element, of 1 to 16 bytes", .reference = "RFC 8285, 4.2" },
	[RTP_TWO_BYTES] = { "peel.rtp.ext.two_bytes", "RFC 5285 Header Extension (Two-Byte Header)",
			    FIELD_NONE, .flags = FIELD_WORDS,
			    .help = "One element, of up to 255 bytes",
			    .reference = "RFC 8285, 4.3" },
	[RTP_EXT_APPBITS] = { "rtp.ext.rfc5285.appbits", "Application Bits", FIELD_U8,
			      .help = "Up to the application", .reference = "RFC 8285, 4.3" },
	[RTP_EXT_ID] = { "rtp.ext.rfc5285.id", "Identifier", FIELD_U8,
			 .help = "What it is, as SDP said", .reference = "RFC 8285, 4.2" },
	[RTP_EXT_ELEMENT_LEN] = { "rtp.ext.rfc5285.len", "Length", FIELD_U8, .help = "In bytes",
				  .reference = "RFC 8285, 4.2" },
	[RTP_EXT_DATA] = { "rtp.ext.rfc5285.data", "Extension Data", FIELD_BYTES,
			   .help = "What it says", .reference = "RFC 8285, 4.2" },
	[RTP_PAYLOAD] = { "rtp.payload", "Payload", FIELD_BYTES,
			  .help = "Sound or picture, as the type says",
			  .reference = "RFC 3550, 5.1" },
	[RTP_PADDING_DATA] = { "rtp.padding.data", "Padding data", FIELD_BYTES,
			       .help = "Bytes that mean nothing", .reference = "RFC 3550, 5.1" },
	[RTP_PADDING_COUNT] = { "rtp.padding.count", "Padding count", FIELD_U8,
				.help = "How many there are, this one too",
				.reference = "RFC 3550, 5.1" },
};

/* --- what SDP said --- */

void rtp_show_setup(struct dissection *d, unsigned setup_field)
{
	const struct announcement *by =
		d->conversation ? announcement_of(d->learned, d->conversation) : NULL;

	if (!by || !wants_fields(d))
		return;
	node_id tree = put_text(d, setup_field, "");
	label_set(d, tree, "Stream setup by SDP (frame %u)", by->packet);
	open_node(d, tree);
	put_uint(d, setup_field + 1, by->packet);
	put_text(d, setup_field + 2, "SDP");
	close_node(d, tree);
}

/* The coding that the number was given; NULL: none. */
static const char *format_name(struct dissection *d, uint8_t type)
{
	const struct announcement *by =
		d->conversation ? announcement_of(d->learned, d->conversation) : NULL;
	const struct rtp_formats *formats =
		by ? fact_of(d, by->packet, FACT_OWN, (uint16_t)by->layer, NULL) : NULL;

	for (uint32_t i = 0; formats && i < formats->count; i++)
		if (formats->format[i].type == type)
			return formats->format[i].name;
	return NULL;
}

/* --- how often the number began anew --- */

/* The first pass's: of the last source in this direction. */
struct rtp_side {
	uint32_t source, number; /* extended; 0: none yet */
};

struct rtp_cycle {
	uint32_t number;
};

static uint32_t extend(uint32_t before, uint16_t number)
{
	uint32_t now = (before & 0xffff0000) | number;

	if (now + 0x8000 < before)
		return now + 0x10000;
	return before + 0x8000 < now ? now - 0x10000 : now;
}

/* One cycle is what all begin with: only another number is a fact. */
static uint32_t extended_number(struct dissection *d, uint32_t source, uint16_t number)
{
	struct rtp_side *sides = conversation_state(d, &rtp_dissector, 2 * sizeof *sides);

	if (!sides) {
		const struct rtp_cycle *fact = recall(d, FACT_OWN, NULL);
		return fact ? fact->number : (FIRST_CYCLE | number);
	}
	struct rtp_side *side = &sides[d->from_opener];
	if (!side->number || side->source != source)
		*side = (struct rtp_side){ source, FIRST_CYCLE };
	side->number = extend(side->number, number);
	struct rtp_cycle *fact = side->number >> 16 != 1 ? learn(d, FACT_OWN, sizeof *fact) : NULL;
	if (fact)
		fact->number = side->number;
	return side->number;
}

/* --- the header --- */

static void take_sources(struct dissection *d, struct cursor *c, uint32_t count)
{
	if (!count)
		return;
	node_id tree = open_tree(d, c, RTP_CSRC_ITEMS);
	label_set(d, tree, "Contributing Source identifiers (%u item%s)", count,
		  count == 1 ? "" : "s");
	for (uint32_t i = 0; i < count && cursor_ok(c); i++) {
		uint32_t source = take_u32(d, c, RTP_CSRC_ITEM);
		label_set(d, last_node(d), "CSRC item %u: 0x%X", i, source);
	}
	close_tree(d, tree, c);
}

/* One byte has identifier and length, or two have. */
static void take_element(struct dissection *d, struct cursor *c, uint16_t profile, bool is_short)
{
	node_id tree = open_tree(d, c, is_short ? RTP_ONE_BYTE : RTP_TWO_BYTES);
	uint32_t start = c->pos, length;

	if (is_short) {
		uint8_t head = cursor_u8(c);
		length = (head & 15u) + 1;
		add_uint(d, c, RTP_EXT_ID, start, 1, head >> 4);
		add_uint(d, c, RTP_EXT_ELEMENT_LEN, start, 1, length);
	} else {
		add_uint(d, c, RTP_EXT_APPBITS, start, 1, profile & 15);
		take_u8(d, c, RTP_EXT_ID);
		length = take_u8(d, c, RTP_EXT_ELEMENT_LEN);
	}
	take_bytes(d, c, RTP_EXT_DATA, length);
	close_tree(d, tree, c);
}

static void take_extension(struct dissection *d, struct cursor *c)
{
	enum { ONE_BYTE = 0xbede, TWO_BYTES = 0x100, RESERVED = 15 };
	uint16_t profile = take_u16(d, c, RTP_EXT_PROFILE);
	const uint8_t *at;

	label_set(d, last_node(d), "Defined by profile: Unknown (0x%04x)", profile);
	uint32_t length = 4u * take_u16(d, c, RTP_EXT_LEN);
	if (!length)
		return;
	if (length > cursor_sent(c)) {
		cursor_fail(c, length);
		return;
	}
	struct cursor words = cursor_split(c, length);
	bool is_short = profile == ONE_BYTE;
	node_id tree = open_tree(d, &words, RTP_HDR_EXTS);
	while (cursor_more(&words)) {
		if (!is_short && profile >> 4 != TWO_BYTES) {
			take_u32(d, &words, RTP_HDR_EXT);
			continue;
		}
		if (cursor_peek(&words, 0, 1, &at) && !*at) {
			cursor_skip(&words, 1);
			continue;
		}
		if (is_short && cursor_peek(&words, 0, 1, &at) && *at >> 4 == RESERVED)
			break;
		take_element(d, &words, profile, is_short);
	}
	close_tree(d, tree, &words);
}

/* --- what it carries --- */

static void hand_on_payload(struct dissection *d, struct cursor payload, const char *coding)
{
	const struct dissector *event = registry_dissector_named("rtpevent");

	if (!cursor_sent(&payload))
		return;
	if (coding && event && !strcasecmp(coding, "telephone-event")) {
		dissect_layer(d, event, payload);
		return;
	}
	take_bytes(d, &payload, RTP_PAYLOAD, cursor_sent(&payload));
}

/* The last byte says how many bytes, itself too, mean nothing; more than there are: all of them do.
 */
static void take_rest(struct dissection *d, struct cursor *c, bool padded, const char *coding)
{
	uint32_t left = cursor_sent(c), padding = 0;
	const uint8_t *at;

	if (padded && left && cursor_peek(c, left - 1, 1, &at))
		padding = *at && *at < left ? *at : left;
	struct cursor payload = cursor_split(c, left - padding);
	if (padding > 1)
		take_bytes(d, c, RTP_PADDING_DATA, padding - 1);
	if (padding)
		take_u8(d, c, RTP_PADDING_COUNT);
	end_header(d, &payload);
	hand_on_payload(d, payload, coding);
}

static void take_type(struct dissection *d, struct cursor *c, const char **coding, bool *marked)
{
	*marked = look_uint(d, c, RTP_MARKER);
	uint8_t type = (uint8_t)take_uint(d, c, RTP_P_TYPE);
	const char *name = NULL;

	*coding = type >= RTP_FIRST_DYNAMIC ? format_name(d, type) : NULL;
	name = *coding ? *coding : value_name(sdp_payload_names, type);
	if (!name && type >= RTP_FIRST_DYNAMIC)
		name = arena_printf(&d->arena, "DynamicRTP-Type-%u", type);
	if (!name)
		name = "Unassigned";
	label_set(d, last_node(d), "Payload type: %s (%u)", name, type);
	info(d, "PT=%s", name);
}

static void rtp_dissect(struct dissection *d, struct cursor *c)
{
	const char *coding;
	const uint8_t *at;
	bool marked;

	if (cursor_peek(c, 0, 2, &at) && at[0] >> 6 == KNOWN_VERSION && at[1] >= FIRST_CONTROL &&
	    at[1] <= LAST_CONTROL) {
		node_set_length(d, layer_node(d), 0);
		dissect_layer(d, &rtcp_dissector, *c);
		return;
	}
	info_begin(d);
	if (cursor_peek(c, 0, 1, &at) && *at >> 6 != KNOWN_VERSION) {
		info(d, "Unknown RTP version %u", *at >> 6);
		look_uint(d, c, RTP_VERSION);
		hand_on_as_data(d, *c);
		return;
	}
	rtp_show_setup(d, RTP_SETUP);
	look_uint(d, c, RTP_VERSION);
	bool padded = look_uint(d, c, RTP_PADDING);
	bool extended = look_uint(d, c, RTP_EXT);
	uint32_t sources = (uint32_t)take_uint(d, c, RTP_CC);
	take_type(d, c, &coding, &marked);
	uint16_t number = take_u16(d, c, RTP_SEQ);
	node_id node = last_node(d);
	uint32_t time = 0, source = 0;
	if (cursor_peek(c, 4, 4, &at))
		source = load_be32(at);
	if (cursor_left(c) >= LEAST_HEADER - 4)
		node_stand_on(d, put_uint(d, RTP_EXTSEQ, extended_number(d, source, number)), node);
	time = take_u32(d, c, RTP_TIMESTAMP);
	source = take_u32(d, c, RTP_SSRC);
	info(d, ", SSRC=0x%X, Seq=%u, Time=%u%s", source, number, time, marked ? ", Mark" : "");
	take_sources(d, c, sources);
	if (extended)
		take_extension(d, c);
	take_rest(d, c, padded, coding);
}

const struct dissector rtp_dissector = {
	.name = "rtp",
	.short_name = "RTP",
	.title = "Real-Time Transport Protocol",
	.fields = rtp_fields,
	.field_count = COUNT(rtp_fields),
	.dissect = rtp_dissect,
};

/* --- keys of a telephone --- */

enum { EVENT, EVENT_ID, EVENT_END, EVENT_RESERVED, EVENT_VOLUME, EVENT_DURATION };

static const struct value_name event_names[] = {
	{ 0, "DTMF Zero 0" },  { 1, "DTMF One 1" },	  { 2, "DTMF Two 2" },
	{ 3, "DTMF Three 3" }, { 4, "DTMF Four 4" },	  { 5, "DTMF Five 5" },
	{ 6, "DTMF Six 6" },   { 7, "DTMF Seven 7" },	  { 8, "DTMF Eight 8" },
	{ 9, "DTMF Nine 9" },  { 10, "DTMF Star *" },	  { 11, "DTMF Pound #" },
	{ 12, "DTMF A" },      { 13, "DTMF B" },	  { 14, "DTMF C" },
	{ 15, "DTMF D" },      { 16, "Flash" },		  { 64, "Off Hook" },
	{ 65, "On Hook" },     { 66, "Dial tone" },	  { 70, "Ringing tone" },
	{ 72, "Busy tone" },   { 73, "Congestion tone" }, { 89, "Ring" },
	{ 0, NULL },
};

static const struct field event_fields[] = {
	[EVENT] = { "rtpevent", "RFC 2833 RTP Event", FIELD_PROTOCOL,
		    .help = "A key that is pressed on a telephone", .reference = "RFC 4733" },
	[EVENT_ID] = { "rtpevent.event_id", "Event ID", FIELD_U8, .names = event_names,
		       .help = "Which key, or tone", .reference = "RFC 4733, 2.3.1" },
	[EVENT_END] = { "rtpevent.end_of_event", "End of Event", FIELD_BOOL, .mask = 0x80,
			.bits = 8, .help = "It is released", .reference = "RFC 4733, 2.3.2" },
	[EVENT_RESERVED] = { "rtpevent.reserved", "Reserved", FIELD_BOOL, .mask = 0x40, .bits = 8,
			     .help = "Not in use", .reference = "RFC 4733, 2.3.3" },
	[EVENT_VOLUME] = { "rtpevent.volume", "Volume", FIELD_U8, .mask = 0x3f,
			   .help = "In decibels below the loudest",
			   .reference = "RFC 4733, 2.3.4" },
	[EVENT_DURATION] = { "rtpevent.duration", "Event Duration", FIELD_U16,
			     .help = "So far, in the clock of the stream",
			     .reference = "RFC 4733, 2.3.5" },
};

static void event_dissect(struct dissection *d, struct cursor *c)
{
	info_begin(d);
	uint8_t id = take_u8(d, c, EVENT_ID);
	const char *name = value_name(event_names, id);
	bool ends = look_uint(d, c, EVENT_END);

	look_uint(d, c, EVENT_RESERVED);
	take_uint(d, c, EVENT_VOLUME);
	take_u16(d, c, EVENT_DURATION);
	info(d, "Payload type=RTP Event, %s%s", name ? name : "Unknown", ends ? " (end)" : "");
}

const struct dissector rtpevent_dissector = {
	.name = "rtpevent",
	.short_name = "RTP EVENT",
	.title = "RFC 2833 RTP Event",
	.fields = event_fields,
	.field_count = COUNT(event_fields),
	.dissect = event_dissect,
};
