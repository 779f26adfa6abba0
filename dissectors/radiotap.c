/* radiotap.c - what a wireless card told of a frame: a head that says by bits which fields follow,
 * all of them little endian and aligned to their size (radiotap.org).  Of the fields only the flags
 * are read.
 *
 *      0         1       2         4
 *      +---------+-------+---------+---------------------------------+
 *      | version | pad   | length  | present: words, bit 31: another |
 *      +---------+-------+---------+---------------------------------+
 */
#include "dissect/dissector.h"

enum {
	LINK_RADIOTAP = 127,
	LINK_80211 = 105,
	HEAD = 8,
	HAS_TSFT = 1,
	HAS_FLAGS = 2,
	FCS_FLAG = 0x10,
	TSFT_LENGTH = 8
};

enum {
	RADIOTAP,
	RADIOTAP_VERSION,
	RADIOTAP_PAD,
	RADIOTAP_LENGTH,
	RADIOTAP_PRESENT,
	RADIOTAP_TSFT,
	RADIOTAP_FLAGS,
	RADIOTAP_FCS,
	RADIOTAP_BAD_FCS,
};

extern const struct dissector wlan_dissector;

static const struct field radiotap_fields[] = {
	[RADIOTAP] = { "radiotap", "IEEE 802.11 Radiotap Capture header", FIELD_PROTOCOL,
		       .help = "What the wireless card told of the frame" },
	[RADIOTAP_VERSION] = { "radiotap.version", "Header revision", FIELD_U8,
			       .help = "Always 0" },
	[RADIOTAP_PAD] = { "radiotap.pad", "Header pad", FIELD_U8, .help = "Filler" },
	[RADIOTAP_LENGTH] = { "radiotap.length", "Header length", FIELD_U16,
			      .help = "Bytes of this header" },
	[RADIOTAP_PRESENT] = { "radiotap.present.word", "Present flags word", FIELD_U32, BASE_HEX,
			       .help = "Which fields follow" },
	[RADIOTAP_TSFT] = { "radiotap.mactime", "MAC timestamp", FIELD_U64,
			    .help = "When the frame's first bit came, in microseconds of the "
				    "network's clock" },
	[RADIOTAP_FLAGS] = { "radiotap.flags", "Flags", FIELD_U8, BASE_HEX,
			     .help = "How the frame was sent" },
	[RADIOTAP_FCS] = { "radiotap.flags.fcs", "FCS at end", FIELD_BOOL, .mask = FCS_FLAG,
			   .help = "A check sequence ends the frame" },
	[RADIOTAP_BAD_FCS] = { "radiotap.flags.badfcs", "Bad FCS", FIELD_BOOL, .mask = 0x40,
			       .help = "The check sequence was wrong" },
};

/* The first word; others are for names of vendors. */
static uint32_t take_present(struct dissection *d, struct cursor *c)
{
	uint32_t first = 0, word, count = 0;

	do {
		word = (uint32_t)take_uint_le(d, c, RADIOTAP_PRESENT);
		if (!count++)
			first = word;
	} while (cursor_more(c) && word >> 31);
	return first;
}

static uint8_t take_flag_byte(struct dissection *d, struct cursor *c, uint32_t present)
{
	if (present & HAS_TSFT) {
		cursor_skip(c, (TSFT_LENGTH - c->pos % TSFT_LENGTH) % TSFT_LENGTH);
		take_uint_le(d, c, RADIOTAP_TSFT);
	}
	return present & HAS_FLAGS
		       ? (uint8_t)take_flags(d, c, RADIOTAP_FLAGS, RADIOTAP_FCS, RADIOTAP_BAD_FCS)
		       : 0;
}

static void radiotap_dissect(struct dissection *d, struct cursor *c)
{
	const uint8_t *p;

	info_begin(d);
	if (!cursor_peek(c, 0, HEAD, &p)) {
		cursor_skip(c, HEAD);
		return;
	}
	uint32_t length = load_le16(p + 2);
	struct cursor header = cursor_split(c, length < HEAD ? HEAD : length);
	take_u8(d, &header, RADIOTAP_VERSION);
	take_u8(d, &header, RADIOTAP_PAD);
	take_uint_le(d, &header, RADIOTAP_LENGTH);
	label_set(d, layer_node(d), "Radiotap Header v%u, Length %u", p[0], length);
	uint8_t flags = take_flag_byte(d, &header, take_present(d, &header));
	if (!cursor_ok(c))
		return;
	end_header(d, c);
	path_mention(d, "wlan_radio");
	d->matched_port = flags & FCS_FLAG ? LINK_RADIOTAP : LINK_80211;
	dissect_layer(d, &wlan_dissector, *c);
}

static const struct claim radiotap_claims[] = { { BY_LINK_TYPE, LINK_RADIOTAP } };

const struct dissector radiotap_dissector = {
	.name = "radiotap",
	.short_name = "Radiotap",
	.title = "Radiotap Header",
	.fields = radiotap_fields,
	.field_count = COUNT(radiotap_fields),
	.claims = radiotap_claims,
	.claim_count = COUNT(radiotap_claims),
	.dissect = radiotap_dissect,
};
