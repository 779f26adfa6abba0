/* tls_parameters.c - QUIC's transport parameters, an extension of hellos (RFC 9000, 18). */
#include "quic.h"

enum {
	RESET_TOKEN = 0x02,
	PREFERRED_ADDRESS = 0x0d,
	GOOGLE_VERSION = 0x4752,
	VERSIONS = 0x11,
	VERSIONS_DRAFT = 0xff73db,
};

enum shape { SHAPE_NUMBER, SHAPE_BYTES, SHAPE_TEXT };

static const struct parameter_row {
	uint64_t type;
	uint16_t field;
	enum shape shape;
	const char *unit;
} parameter_rows[] = {
	{ 0x00, TLS_QUIC_ORIGINAL_ID, SHAPE_BYTES, "" },
	{ 0x01, TLS_QUIC_IDLE_TIMEOUT, SHAPE_NUMBER, " ms" },
	{ 0x02, TLS_QUIC_RESET_TOKEN, SHAPE_BYTES, "" },
	{ 0x03, TLS_QUIC_UDP_SIZE, SHAPE_NUMBER, "" },
	{ 0x04, TLS_QUIC_MAX_DATA, SHAPE_NUMBER, "" },
	{ 0x05, TLS_QUIC_BIDI_LOCAL, SHAPE_NUMBER, "" },
	{ 0x06, TLS_QUIC_BIDI_REMOTE, SHAPE_NUMBER, "" },
	{ 0x07, TLS_QUIC_UNI, SHAPE_NUMBER, "" },
	{ 0x08, TLS_QUIC_STREAMS_BIDI, SHAPE_NUMBER, "" },
	{ 0x09, TLS_QUIC_STREAMS_UNI, SHAPE_NUMBER, "" },
	{ 0x0a, TLS_QUIC_ACK_EXPONENT, SHAPE_NUMBER, "" },
	{ 0x0b, TLS_QUIC_ACK_DELAY, SHAPE_NUMBER, "" },
	{ 0x0e, TLS_QUIC_ID_LIMIT, SHAPE_NUMBER, "" },
	{ 0x0f, TLS_QUIC_SOURCE_ID, SHAPE_BYTES, "" },
	{ 0x10, TLS_QUIC_RETRY_ID, SHAPE_BYTES, "" },
	{ 0x20, TLS_QUIC_DATAGRAM_SIZE, SHAPE_NUMBER, "" },
	{ 0x1057, TLS_QUIC_LOSS_BITS, SHAPE_NUMBER, "" },
	{ 0x3127, TLS_QUIC_GOOGLE_RTT, SHAPE_NUMBER, " us" },
	{ 0x3128, TLS_QUIC_GOOGLE_OPTIONS, SHAPE_BYTES, "" },
	{ 0x3129, TLS_QUIC_GOOGLE_AGENT, SHAPE_TEXT, "" },
	{ 0xff04de1a, TLS_QUIC_MIN_ACK_DELAY, SHAPE_NUMBER, "" },
	{ 0xff04de1b, TLS_QUIC_MIN_ACK_DELAY, SHAPE_NUMBER, "" },
};

static const struct parameter_row *parameter_row(uint64_t type)
{
	for (unsigned i = 0; i < COUNT(parameter_rows); i++)
		if (parameter_rows[i].type == type)
			return &parameter_rows[i];
	return NULL;
}

static void show_value(struct dissection *d, struct cursor *c, const struct parameter_row *row,
		       node_id tree)
{
	if (row->shape == SHAPE_BYTES) {
		put_bytes(d, row->field, c);
		cursor_skip(c, cursor_left(c));
	} else if (row->shape == SHAPE_TEXT) {
		take_text(d, c, row->field, cursor_left(c));
	} else {
		uint64_t value = quic_take_varint(d, c, row->field);
		label(d, tree, " %llu%s", (unsigned long long)value, row->unit);
	}
}

static void show_preferred_address(struct dissection *d, struct cursor *c)
{
	take_ipv4(d, c, TLS_QUIC_ADDRESS_IPV4);
	take_u16(d, c, TLS_QUIC_ADDRESS_PORT4);
	take_ipv6(d, c, TLS_QUIC_ADDRESS_IPV6);
	take_u16(d, c, TLS_QUIC_ADDRESS_PORT6);
	uint32_t n = take_u8(d, c, TLS_QUIC_ADDRESS_ID_LENGTH);
	if (n)
		take_bytes(d, c, TLS_QUIC_ADDRESS_ID, n);
	take_bytes(d, c, TLS_QUIC_ADDRESS_TOKEN, TLS_RESET_TOKEN);
}

static void show_versions(struct dissection *d, struct cursor *c)
{
	unsigned field = TLS_QUIC_CHOSEN_VERSION;

	for (; cursor_left(c) >= 4; field = TLS_QUIC_OTHER_VERSION)
		if ((take_u32(d, c, field) & 0x0f0f0f0f) == 0x0a0a0a0a)
			label(d, last_node(d), " (GREASE)");
}

/* Types that are there to be read over (RFC 9000, 18.1). */
static bool is_grease(uint64_t type)
{
	return type % 31 == 27;
}

static uint64_t take_type(struct dissection *d, struct cursor *c, node_id tree, const char **name)
{
	uint64_t type = quic_take_varint(d, c, TLS_QUIC_PARAMETER_TYPE);

	*name = is_grease(type) ? "GREASE"
				: value_name(tls_fields[TLS_QUIC_PARAMETER_TYPE].names, type);
	label_set(d, last_node(d), "Type: %s (0x%02llx)", *name ? *name : "Unknown",
		  (unsigned long long)type);
	if (*name)
		label_set(d, tree, "Parameter: %s", *name);
	else
		label_set(d, tree, "Parameter: Unknown 0x%04llx", (unsigned long long)type);
	return type;
}

void tls_quic_parameters(struct dissection *d, struct cursor *c, struct tls_hello *hello)
{
	while (cursor_more(c)) {
		node_id tree = open_tree(d, c, TLS_QUIC_PARAMETER);
		const char *name;
		uint64_t type = take_type(d, c, tree, &name);
		uint64_t n = quic_take_varint(d, c, TLS_QUIC_PARAMETER_LENGTH);
		struct cursor value = tls_vector(d, c, n < UINT32_MAX ? (uint32_t)n : UINT32_MAX);
		const struct parameter_row *row = parameter_row(type);
		if (type == RESET_TOKEN)
			cursor_peek(&value, 0, TLS_RESET_TOKEN, &hello->reset_token);
		label(d, tree, " (len=%u)", cursor_left(&value));
		put_bytes(d, TLS_QUIC_PARAMETER_VALUE, &value);
		if (row)
			show_value(d, &value, row, tree);
		else if (type == PREFERRED_ADDRESS)
			show_preferred_address(d, &value);
		else if (type == VERSIONS || type == VERSIONS_DRAFT)
			show_versions(d, &value);
		else if (type == GOOGLE_VERSION && cursor_left(&value) >= 4)
			take_u32(d, &value, TLS_QUIC_GOOGLE_VERSION);
		close_tree(d, tree, c);
	}
}
