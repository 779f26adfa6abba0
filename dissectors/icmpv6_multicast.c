/* icmpv6_multicast.c - what is said about multicast: Multicast Listener Discovery, RFC 2710 and
 * 3810, and MPL, RFC 7731. */
#include "icmpv6.h"

enum { MLD_2_LENGTH = 28 };

/* RFC 3810, 5.1: a longer query is of the second version. */
void icmpv6_show_listener(struct dissection *d, struct cursor *c, uint8_t type, uint32_t length)
{
	bool second = type == ICMPV6_LISTENER_QUERY && length >= MLD_2_LENGTH;

	unsigned code = cursor_u16(c);
	/* From 32768 on a floating point number (RFC 3810, 5.1.3). */
	if (second && code >= 0x8000)
		code = ((code & 0xfff) | 0x1000) << ((code >> 12 & 7) + 3);
	if (cursor_ok(c))
		add_uint(d, c,
			 second ? ICMPV6_MLD_MAXIMUM_RESPONSE_CODE
				: ICMPV6_MLD_MAXIMUM_RESPONSE_DELAY,
			 c->pos - 2, 2, code);
	take_bytes(d, c, ICMPV6_RESERVED, 2);
	take_ipv6(d, c, ICMPV6_MLD_MULTICAST_ADDRESS);
	if (!second)
		return;
	unsigned flags = (unsigned)take_flags(d, c, ICMPV6_MLD_FLAG, ICMPV6_MLD_FLAG_S,
					      ICMPV6_MLD_FLAG_RESERVED);
	if (flags & 8)
		label(d, last_node(d), ", Suppress Router-Side Processing");
	take_u8(d, c, ICMPV6_MLD_QQI);
	unsigned count = take_u16(d, c, ICMPV6_MLD_NB_SOURCES);
	for (unsigned i = 0; i < count && cursor_ok(c); i++)
		take_ipv6(d, c, ICMPV6_MLD_SOURCE_ADDRESS);
}

static void show_listener_record(struct dissection *d, struct cursor *c)
{
	char text[ADDRESS_TEXT_ROOM];
	node_id tree = open_tree(d, c, ICMPV6_MLDR_MAR);
	uint8_t type = take_u8(d, c, ICMPV6_MLDR_MAR_RECORD_TYPE);
	uint32_t aux = take_u8(d, c, ICMPV6_MLDR_MAR_AUX_DATA_LEN) * 4u;
	unsigned count = take_u16(d, c, ICMPV6_MLDR_MAR_NB_SOURCES);
	const uint8_t *group = take_ipv6(d, c, ICMPV6_MLDR_MAR_MULTICAST_ADDRESS);

	if (group && d->wants & WANT_ANY_LABELS) {
		const char *name = icmpv6_name(ICMPV6_MLDR_MAR_RECORD_TYPE, type);
		address_text_ipv6(group, text);
		label(d, tree, " %s: %s", name ? name : "Unknown Record Type", text);
	}
	for (unsigned i = 0; i < count && cursor_ok(c); i++)
		take_ipv6(d, c, ICMPV6_MLDR_MAR_SOURCE_ADDRESS);
	if (aux)
		take_bytes(d, c, ICMPV6_MLDR_MAR_AUXILIARY_DATA, aux);
	close_tree(d, tree, c);
}

void icmpv6_show_listener_report(struct dissection *d, struct cursor *c)
{
	take_bytes(d, c, ICMPV6_RESERVED, 2);
	take_u16(d, c, ICMPV6_MLDR_NB_MCAST_RECORDS);
	/* Whatever their number is said to be. */
	while (cursor_more(c))
		show_listener_record(d, c);
}

/* A seed without an identifier is the sender. */
static void show_seed(struct dissection *d, struct cursor *c, uint32_t n)
{
	char text[ADDRESS_TEXT_ROOM];
	uint32_t start = c->pos;
	const uint8_t *seed = cursor_bytes(c, n);
	const char *words = "";

	if (!seed || only_learning(d))
		return;
	if (!n) {
		unsigned length = address_text(&d->from, text);
		words = arena_text(&d->arena, text, length);
	}
	for (uint32_t i = 0; i < n; i++)
		words = arena_printf(&d->arena, "%s%02x", words, seed[i]);
	add_text(d, c, ICMPV6_MPL_SEED_INFO_SEED_ID, start, n, words);
}

/* A bit for each message from the lowest sequence number on. */
static void show_buffered(struct dissection *d, struct cursor *c, uint32_t n, unsigned minimum)
{
	const uint8_t *bits = cursor_bytes(c, n);

	for (uint32_t i = 0; bits && i < n * 8; i++)
		if (bits[i / 8] & 0x80u >> i % 8)
			put_uint(d, ICMPV6_MPL_SEED_INFO_SEQUENCE, (minimum + i) & 0xff);
}

void icmpv6_show_seeds(struct dissection *d, struct cursor *c)
{
	static const uint8_t sizes[] = { 0, 2, 8, 16 };

	for (unsigned i = 1; cursor_more(c); i++) {
		node_id tree = open_tree(d, c, ICMPV6_MPL_SEED_INFO);
		label_set(d, tree, "MPL Seed Info: [%u]", i);
		unsigned minimum = take_u8(d, c, ICMPV6_MPL_SEED_INFO_MIN_SEQUENCE);
		uint32_t length = (uint32_t)look_uint(d, c, ICMPV6_MPL_SEED_INFO_BM_LEN);
		unsigned kind = take_u8(d, c, ICMPV6_MPL_SEED_INFO_S);
		show_seed(d, c, sizes[kind & 3]);
		if (cursor_sent(c) < length)
			note_finding(d, ICMPV6_UNKNOWN_DATA_EXPERT,
				     "Remaining data, %u bytes, is too short for Buffered Messages "
				     "of %u bytes",
				     cursor_sent(c), length);
		show_buffered(d, c, length < cursor_sent(c) ? length : cursor_sent(c), minimum);
		close_tree(d, tree, c);
	}
}
