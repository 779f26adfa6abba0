/* frame.c - what the capture says about a packet, and the way into it: by its link type. */
#include <string.h>

#include "base/time.h"
#include "capture/capture_file.h"
#include "capture/link_type.h"
#include "dissect/path.h"
#include "ethertype.h"
#include "ip_names.h"
#include "state/learned.h"

enum {
	FRAME, FRAME_SECTION_NUMBER, FRAME_INTERFACE_ID, FRAME_INTERFACE_NAME,
	FRAME_INTERFACE_DESCRIPTION, FRAME_ENCAP_TYPE, FRAME_TIME, FRAME_OFFSET_SHIFT,
	FRAME_TIME_EPOCH, FRAME_TIME_DELTA, FRAME_TIME_DELTA_DISPLAYED, FRAME_TIME_RELATIVE,
	FRAME_NUMBER, FRAME_LEN, FRAME_CAP_LEN, FRAME_MARKED, FRAME_IGNORED, FRAME_PROTOCOLS,
	FRAME_COMMENT, FRAME_COMMENT_NOTE, FRAME_SENT_LESS,
	FRAME_PACKET_FLAGS, FRAME_DIRECTION, FRAME_RECEPTION_TYPE, FRAME_FCS_LENGTH, FRAME_RESERVED,
	FRAME_CRC_ERROR, FRAME_TOO_LONG, FRAME_TOO_SHORT, FRAME_WRONG_GAP, FRAME_UNALIGNED,
	FRAME_START_DELIMITER_ERROR, FRAME_PREAMBLE_ERROR, FRAME_SYMBOL_ERROR,
	FRAME_PACKET_ID, FRAME_INTERFACE_QUEUE, FRAME_DROP_COUNT, FRAME_P2P_DIR,
};

enum { INBOUND = 1, OUTBOUND };

static const struct value_name direction_names[] = {
	{ 0, "Unknown" }, { INBOUND, "Inbound" }, { OUTBOUND, "Outbound" }, { 0 },
};

static const struct value_name reception_names[] = {
	{ 0, "Not specified" }, { 1, "Unicast" }, { 2, "Multicast" }, { 3, "Broadcast" },
	{ 4, "Promiscuous" }, { 0 },
};

static const struct value_name p2p_names[] = { { 0, "Sent" }, { 1, "Received" }, { 0 } };

/* A bit of epb_flags. */
#define LINK_ERROR(name, title, bit, meaning) { "frame.packet_flags_" name, title, FIELD_BOOL, .mask = bit, \
						.bits = 32, .names = set_names, .help = meaning }

static const struct field frame_fields[] = {
	[FRAME]                       = { "frame", "Frame", FIELD_PROTOCOL,
					.help = "What the capture file says about this packet" },
	[FRAME_SECTION_NUMBER]        = { "frame.section_number", "Section number", FIELD_U32,
					  .help = "Of the file, from 1" },
	[FRAME_INTERFACE_ID]          = { "frame.interface_id", "Interface id", FIELD_U32,
					.help = "The number of the interface that it was captured "
						"on" },
	[FRAME_INTERFACE_NAME]        = { "frame.interface_name", "Interface name", FIELD_TEXT,
					.help = "The name of the interface that it was captured on" },
	[FRAME_INTERFACE_DESCRIPTION] = { "frame.interface_description", "Interface description",
					  FIELD_TEXT,
					.help = "What the file says of that interface" },
	[FRAME_ENCAP_TYPE]            = { "frame.encap_type", "Encapsulation type", FIELD_I16,
					.help = "What kind of link the packet was captured on, "
						"which says how to read its first bytes" },
	[FRAME_TIME]                  = { "frame.time", "Arrival Time", FIELD_TIME,
					.help = "When it was captured, by the clock of the machine "
						"that captured it", .place = PLACE_PACKET_TIME },
	[FRAME_OFFSET_SHIFT]          = { "frame.offset_shift", "Time shift for this packet",
					  FIELD_DURATION,
					  .unit = " seconds",
					.help = "What was added to the time that the file has" },
	[FRAME_TIME_EPOCH]            = { "frame.time_epoch", "Epoch Time", FIELD_DURATION,
					  .unit = " seconds",
					  .help = "Arrival time since 1970",
					  .place = PLACE_PACKET_TIME },
	[FRAME_TIME_DELTA]            = { "frame.time_delta",
					  "Time delta from previous captured frame",
					  FIELD_DURATION, .unit = " seconds",
					.help = "Since the packet before it in the file",
					.place = PLACE_PACKET_TIME_DELTA },
	[FRAME_TIME_DELTA_DISPLAYED]  = { "frame.time_delta_displayed",
					  "Time delta from previous displayed frame",
						  FIELD_DURATION,
					  .unit = " seconds",
					.help = "Since the packet before it in the list" },
	[FRAME_TIME_RELATIVE]         = { "frame.time_relative",
					  "Time since reference or first frame",
					  FIELD_DURATION, .unit = " seconds",
					.help = "Since the first packet of the file",
					.place = PLACE_PACKET_TIME_RELATIVE },
	[FRAME_NUMBER]                = { "frame.number", "Frame Number", FIELD_U32,
					.help = "Its place in the file, from 1",
					.place = PLACE_PACKET_NUMBER },
	[FRAME_LEN]                   = { "frame.len", "Frame length on the wire", FIELD_U32,
					.help = "How many bytes were on the wire",
					.place = PLACE_PACKET_LENGTH },
	[FRAME_CAP_LEN]               = { "frame.cap_len",
					  "Frame length stored into the capture file",
					  FIELD_U32,
					.help = "How many of them the file has: fewer if the "
						"capture cut packets short" },
	[FRAME_MARKED]                = { "frame.marked", "Frame is marked", FIELD_BOOL,
					  .names = true_names,
					.help = "Whether somebody marked it" },
	[FRAME_IGNORED]               = { "frame.ignored", "Frame is ignored", FIELD_BOOL,
					  .names = true_names,
					.help = "Whether somebody asked not to dissect it" },
	[FRAME_PROTOCOLS]             = { "frame.protocols", "Protocols in frame", FIELD_TEXT,
					.help = "The layers that were found, outermost first" },
	[FRAME_COMMENT]               = { "frame.comment", "Comment", FIELD_TEXT,
					.help = "What somebody wrote about the packet in the file" },
	[FRAME_COMMENT_NOTE]          = FINDING("frame.comment.expert", "Formatted comment",
						EXPERT_COMMENT, GROUP_COMMENTS),
	[FRAME_SENT_LESS]             = FINDING("frame.len_lt_caplen",
						"Frame length is less than captured length",
						EXPERT_ERROR, GROUP_MALFORMED),
	/* Rows for pcapng's epb_flags and other options of a packet (draft-ietf-opsawg-pcapng, 4.3). */
	[FRAME_PACKET_FLAGS]          = { "frame.packet_flags", "Packet flags", FIELD_U32, BASE_HEX,
					.help = "What who captured it knew of how it came" },
	[FRAME_DIRECTION]             = { "frame.packet_flags_direction", "Direction", FIELD_U32,
					BASE_HEX, .names = direction_names, .mask = 0x3,
					.help = "Whether the machine that captured it received "
						"or sent it" },
	[FRAME_RECEPTION_TYPE]        = { "frame.packet_flags_reception_type", "Reception type",
					FIELD_U32, .names = reception_names, .mask = 0x1c,
					.help = "To whom on the link it was sent, or that it was "
						"only overheard" },
	[FRAME_FCS_LENGTH]            = { "frame.packet_flags_fcs_length", "FCS length", FIELD_U32,
					.mask = 0x1e0,
					.help = "Bytes of its check sequence; 0: not known" },
	[FRAME_RESERVED]              = { "frame.packet_flags_reserved", "Reserved", FIELD_U32,
					.mask = 0xfe00, .help = "Must be 0" },
	[FRAME_CRC_ERROR]             = LINK_ERROR("crc_error", "CRC error", 0x01000000,
					"Its check sequence was wrong"),
	[FRAME_TOO_LONG]              = LINK_ERROR("packet_too_error", "Packet too long error",
					0x02000000, "It was longer than the link allows"),
	[FRAME_TOO_SHORT]             = LINK_ERROR("packet_too_short_error",
					"Packet too short error", 0x04000000,
					"It was shorter than the link allows"),
	[FRAME_WRONG_GAP]             = LINK_ERROR("wrong_inter_frame_gap_error",
					"Wrong interframe gap error", 0x08000000,
					"It followed the one before at a wrong distance"),
	[FRAME_UNALIGNED]             = LINK_ERROR("unaligned_frame_error",
					"Unaligned frame error", 0x10000000,
					"It did not end with a whole byte"),
	[FRAME_START_DELIMITER_ERROR] = LINK_ERROR("start_frame_delimiter_error",
					"Start frame delimiter error", 0x20000000,
					"What tells where a frame begins was wrong"),
	[FRAME_PREAMBLE_ERROR]        = LINK_ERROR("preamble_error", "Preamble error", 0x40000000,
					"What comes before a frame was wrong"),
	[FRAME_SYMBOL_ERROR]          = LINK_ERROR("symbol_error", "Symbol error", 0x80000000,
					"A symbol of the link was damaged"),
	[FRAME_PACKET_ID]             = { "frame.packet_id", "Packet id", FIELD_U64,
					.help = "The same for the same packet captured elsewhere" },
	[FRAME_INTERFACE_QUEUE]       = { "frame.interface_queue", "Interface queue", FIELD_U32,
					.help = "The queue of its interface that it came through" },
	[FRAME_DROP_COUNT]            = { "frame.drop_count", "Drop Count", FIELD_U64,
					.help = "How many packets were lost between the one "
						"before it on its interface and this one" },
	[FRAME_P2P_DIR]               = { "frame.p2p_dir", "Point-to-Point Direction", FIELD_I8,
					.names = p2p_names,
					.help = "Whether it was sent or received" },
};

static const struct field pkt_comment_fields[] = {
	{ "pkt_comment", "Packet comments", FIELD_PROTOCOL,
					.help = "What people wrote about the packet in the file" },
};

static void add_number(struct dissection *d, const struct cursor *c, unsigned field, uint64_t value)
{
	add_uint(d, c, field, 0, 0, value);
}

static bool is_noted(const struct dissection *d, unsigned note)
{
	return d->packet.notes && d->packet.notes->said & note;
}

/* 0: not said, or by a number that means nothing. */
static unsigned direction_of(const struct dissection *d)
{
	unsigned direction = is_noted(d, NOTE_FLAGS) ? d->packet.notes->flags & 3 : 0;

	return direction <= OUTBOUND ? direction : 0;
}

static void label_layer(struct dissection *d)
{
	const struct packet_facts *packet = &d->packet;

	label_set(d, layer_node(d),
		  "Frame %u: %u byte%s on wire (%llu bits), %u byte%s captured (%llu bits)",
		  packet->shown, packet->reported, packet->reported == 1 ? "" : "s",
		  8ull * packet->reported, packet->captured, packet->captured == 1 ? "" : "s",
		  8ull * packet->captured);
	if (packet->has_section)
		label(d, layer_node(d), " on interface %s, id %u",
		      packet->interface_name ? packet->interface_name : "unknown",
		      packet->interface_number);
	if (direction_of(d))
		label(d, layer_node(d), direction_of(d) == INBOUND ? " (inbound)" : " (outbound)");
}

static void show_interface(struct dissection *d, const struct cursor *c)
{
	const struct packet_facts *packet = &d->packet;
	const char *name = packet->interface_name ? packet->interface_name : "unknown";

	add_number(d, c, FRAME_SECTION_NUMBER, packet->section + 1u);
	node_id node = add_uint(d, c, FRAME_INTERFACE_ID, 0, 0, packet->interface_number);
	label(d, node, " (%s)", name);
	open_node(d, node);
	add_text(d, c, FRAME_INTERFACE_NAME, 0, 0, name);
	if (packet->interface_description)
		add_text(d, c, FRAME_INTERFACE_DESCRIPTION, 0, 0, packet->interface_description);
	close_node(d, node);
}

static void show_flags(struct dissection *d, const struct cursor *c)
{
	uint32_t flags = d->packet.notes->flags;
	node_id node = add_uint(d, c, FRAME_PACKET_FLAGS, 0, 0, flags);

	open_node(d, node);
	for (unsigned field = FRAME_DIRECTION; field <= FRAME_SYMBOL_ERROR; field++) {
		uint64_t mask = frame_fields[field].mask;
		add_number(d, c, field, (flags & mask) >> __builtin_ctzll(mask));
	}
	close_node(d, node);
}

static void show_encapsulation(struct dissection *d, const struct cursor *c)
{
	const char *name = NULL;
	uint16_t encapsulation = link_type_encapsulation(d->packet.link_type, &name);
	node_id node = add_uint(d, c, FRAME_ENCAP_TYPE, 0, 0, encapsulation);

	label_set(d, node, "Encapsulation type: %s (%u)", name ? name : "Unknown", encapsulation);
}

/* When packet n came, if it came before the one at work. */
static int64_t time_of(const struct dissection *d, uint32_t n)
{
	if (!d->learned || n == 0 || n >= d->packet.number)
		return d->packet.time_ns;
	return index_time(&d->learned->index, n);
}

static void show_times(struct dissection *d, const struct cursor *c)
{
	int64_t now = d->packet.time_ns;
	uint32_t before = d->packet.before, shown = d->last_shown ? *d->last_shown : before;

	add_number(d, c, FRAME_TIME, (uint64_t)now);
	put_duration(d, FRAME_OFFSET_SHIFT, 0);
	add_number(d, c, FRAME_TIME_EPOCH, (uint64_t)now);
	put_duration(d, FRAME_TIME_DELTA, time_between(time_of(d, before), now));
	put_duration(d, FRAME_TIME_DELTA_DISPLAYED, time_between(time_of(d, shown), now));
	put_duration(d, FRAME_TIME_RELATIVE, time_between(time_of(d, 1), now));
}

static void show_lengths(struct dissection *d, const struct cursor *c)
{
	uint32_t sent = d->packet.reported, held = d->packet.captured;

	add_number(d, c, FRAME_NUMBER, d->packet.shown);
	node_id node = add_uint(d, c, FRAME_LEN, 0, 0, sent);
	label_set(d, node, "Frame Length: %u byte%s (%llu bits)", sent, sent == 1 ? "" : "s",
		  8ull * sent);
	if (d->packet.sent_less)
		note_finding_on(d, node, FRAME_SENT_LESS, NULL);
	node = add_uint(d, c, FRAME_CAP_LEN, 0, 0, held);
	label_set(d, node, "Capture Length: %u byte%s (%llu bits)", held, held == 1 ? "" : "s",
		  8ull * held);
}

/* The node for the stack of protocols, which is known only once they have been dissected. */
static node_id show_frame(struct dissection *d, const struct cursor *c)
{
	label_layer(d);
	if (d->packet.has_section)
		show_interface(d, c);
	if (is_noted(d, NOTE_FLAGS))
		show_flags(d, c);
	if (is_noted(d, NOTE_QUEUE))
		add_number(d, c, FRAME_INTERFACE_QUEUE, d->packet.notes->queue);
	if (is_noted(d, NOTE_ID))
		add_number(d, c, FRAME_PACKET_ID, d->packet.notes->id);
	show_encapsulation(d, c);
	if (d->packet.has_time)
		show_times(d, c);
	show_lengths(d, c);
	if (is_noted(d, NOTE_LOST))
		add_number(d, c, FRAME_DROP_COUNT, d->packet.notes->lost);
	put_uint(d, FRAME_MARKED, 0);
	put_uint(d, FRAME_IGNORED, d->packet.ignored);
	if (direction_of(d))
		add_number(d, c, FRAME_P2P_DIR, direction_of(d) == INBOUND);
	return put_text(d, FRAME_PROTOCOLS, "");
}

static void fill_protocols(struct dissection *d, node_id node)
{
	char text[PATH_TEXT_ROOM];

	if (!d->learned)
		return;
	unsigned n = path_text(d->learned->paths, d->path, text);
	const char *below = strncmp(text, "frame", 5) ? text : text + 5;
	below += *below == ':';
	n -= (unsigned)(below - text);
	d->nodes[node].value.text = arena_text(&d->arena, below, n);
	d->nodes[node].value_length = n;
}

/* IPv4 and IPv6 have link types of their own beside their place in Ethernet. */
static struct onward whom_to_ask(uint16_t link_type)
{
	switch (link_type) {
	case LINK_IPV4:
		return (struct onward){ BY_ETHERTYPE, ETHERTYPE_IPV4 };
	case LINK_IPV6:
		return (struct onward){ BY_ETHERTYPE, ETHERTYPE_IPV6 };
	default:
		return (struct onward){ BY_LINK_TYPE, link_type };
	}
}

static bool hand_on_by_link_type(struct dissection *d, struct cursor payload)
{
	struct onward onward = whom_to_ask(d->packet.link_type);

	return hand_on(d, onward.table, onward.key, payload);
}

/* As if it were not there: nothing is handed on, so nothing is learnt. */
static void tell_ignored(struct dissection *d)
{
	if (d->wants & WANT_COLUMNS) {
		info_begin(d);
		info_protocol(d, "");
	}
	info(d, "<Ignored>");
}

static void frame_dissect(struct dissection *d, struct cursor *c)
{
	node_id protocols = wants_fields(d) ? show_frame(d, c) : NO_NODE;

	if (d->packet.ignored) {
		tell_ignored(d);
		if (protocols != NO_NODE)
			fill_protocols(d, protocols);
		return;
	}
	if (d->packet.sent_less && !wants_fields(d))
		note_finding(d, FRAME_SENT_LESS, NULL);
	if (!hand_on_by_link_type(d, *c)) {
		if (d->wants & WANT_COLUMNS) {
			const char *name = link_type_name(d->packet.link_type);
			info_begin(d);
			info_protocol(d, "UNKNOWN");
			info(d, "Link type %u%s%s%s", d->packet.link_type, name ? " (" : "",
			     name ? name : "", name ? ")" : "");
		}
		hand_on_as_data(d, *c);
	}
	if (protocols != NO_NODE)
		fill_protocols(d, protocols);
}

static struct onward frame_step(struct dissection *d, const struct outline *o)
{
	(void)d;
	return whom_to_ask(o->link_type);
}

static const struct plain_header frame_plain = { .step = frame_step, .carries = true };

const struct dissector frame_dissector = {
	.name = "frame",
	.short_name = "Frame",
	.title = "Frame",
	.fields = frame_fields,
	.field_count = COUNT(frame_fields),
	.plain = &frame_plain,
	.dissect = frame_dissect,
};

static void pkt_comment_dissect(struct dissection *d, struct cursor *c)
{
	const struct packet_notes *notes = d->packet.notes;
	const char *comment = notes->comments;

	use_fields_of(d, &frame_dissector);
	for (uint32_t i = 0; i < notes->comment_count; i++, comment += strlen(comment) + 1) {
		node_id node = add_text(d, c, FRAME_COMMENT, 0, 0, comment);
		label_set(d, node, "%s", comment);
		note_finding_on(d, node, FRAME_COMMENT_NOTE, "%s", comment);
	}
	use_fields_of(d, NULL);
}

const struct dissector pkt_comment_dissector = {
	.name = "pkt_comment",
	.short_name = "Frame",
	.title = "Packet comments",
	.fields = pkt_comment_fields,
	.field_count = COUNT(pkt_comment_fields),
	.dissect = pkt_comment_dissect,
	.apart = true,
};
