/* tls_inner.c - what is spoken inside of TLS, and to whom what was opened is given. */
#include <string.h>

#include "dissect/registry.h"
#include "state/announced.h"
#include "state/reassembly.h"
#include "tls_layer.h"

static const struct {
	const char *name, *dissector;
} alpn_rows[] = {
	{ "http/1.1", "http" }, { "http/1.0", "http" }, { "h2", "http2" }, { "dot", "dns" },
	{ "imap", "imap" },	{ "pop3", "pop" },	{ "ftp", "ftp" },  { "smtp", "smtp" },
};

uint8_t tls_inner_row(const uint8_t *name, uint32_t n)
{
	for (unsigned i = 0; i < COUNT(alpn_rows); i++)
		if (strlen(alpn_rows[i].name) == n && !memcmp(alpn_rows[i].name, name, n))
			return (uint8_t)(i + 1);
	return 0;
}

static const struct dissector *inner_of_row(unsigned row)
{
	return row ? registry_dissector_named(alpn_rows[row - 1].dissector) : NULL;
}

const struct dissector *tls_inner_by_name(const uint8_t *name, uint32_t n)
{
	return inner_of_row(tls_inner_row(name, n));
}

/* What ports say is inside, and who dissects it; NULL: Wireshark has no name for it there, or
 * nobody does. */
static const struct port_row {
	uint16_t port;
	const char *dissector, *title;
} port_rows[] = {
	{ 443, "http", "Hypertext Transfer Protocol" },
	{ 8443, "http", "Hypertext Transfer Protocol" },
	{ 993, "imap", "Internet Message Access Protocol" },
	{ 143, "imap", "Internet Message Access Protocol" },
	{ 995, "pop", "Post Office Protocol" },
	{ 110, "pop", "Post Office Protocol" },
	{ 465, "smtp", "Simple Mail Transfer Protocol" },
	{ 587, "smtp", "Simple Mail Transfer Protocol" },
	{ 25, "smtp", "Simple Mail Transfer Protocol" },
	{ 990, "ftp", NULL },
	{ 21, "ftp", "File Transfer Protocol (FTP)" },
	{ 853, "dns", "Domain Name System" },
	{ 636, NULL, "Lightweight Directory Access Protocol" },
	{ 0, NULL, NULL },
};

/* The row of one of the packet's ports; the last if there is none. */
static const struct port_row *row_of_ports(const struct dissection *d)
{
	const struct port_row *row = port_rows;

	while (row->port && row->port != d->from.port && row->port != d->to.port)
		row++;
	return row;
}

/* The name of what is inside, by ALPN, else by the port; NULL: it has none. */
static const char *inner_title(const struct dissection *d, const struct tls_layer *layer)
{
	const struct dissector *agreed = inner_of_row(layer->now.flags >> INNER_SHIFT);

	return agreed ? agreed->title : row_of_ports(d)->title;
}

/* Who dissects what is inside, by ALPN, else as it was announced, else by the port, else by its
 * looks; first pass only. */
static const struct dissector *inner_dissector(struct dissection *d, struct tls_layer *layer,
					       const struct cursor *plain)
{
	struct tls_connection *connection = layer->connection;

	if (connection->inner || connection->inner_asked)
		return connection->inner;
	connection->inner_asked = true;
	const struct dissector *announced = announced_dissector(d);
	connection->inner = announced != &tls_dissector ? announced : NULL;
	const char *name = row_of_ports(d)->dissector;
	if (!connection->inner && name)
		connection->inner = registry_dissector_named(name);
	for (const struct dissector *const *at = registry_recognizers(RECOGNIZE_STREAM_BEGINNING);
	     !connection->inner && *at; at++)
		if (*at != &tls_dissector && (*at)->looks_like(d, plain))
			connection->inner = *at;
	return connection->inner;
}

void tls_tell_parts(struct dissection *d, const struct message *message, bool within)
{
	static const struct part_fields fields = { TLS_SEGMENTS, TLS_SEGMENT, TLS_SEGMENT_COUNT,
						   TLS_REASSEMBLED_LENGTH, TLS_REASSEMBLED_DATA };

	if (!within)
		show_message_parts_beside(d, message, &fields);
}

/* Once in a layer, behind what has been said, without a comma, as tshark words it. */
static void say_unfinished(struct dissection *d, struct tls_layer *layer)
{
	if (!layer->said_unfinished)
		info(d, "[TLS segment of a reassembled PDU]");
	layer->said_unfinished = true;
}

void tls_hand_on_plain(struct dissection *d, struct tls_layer *layer)
{
	struct cursor *c = &layer->plain;
	const struct dissector *inner = layer->connection ? inner_dissector(d, layer, c) : NULL;
	struct segment_fate fate = { 0 };
	const char *protocol = d->protocol;
	uint32_t before = d->info_length;

	layer->has_plain = false;
	if (c->source && (inner || !layer->connection))
		fate = stream_feed_inner(d, layer->side ? &layer->side->inner : NULL, c, inner);
	show_segment_parts(d, c, &fate, TLS_SEGMENTS_IN, TLS_SEGMENT_DATA);
	if (fate.dissected || d->info_length != before) {
		layer->inner_worded |= fate.dissected;
		return;
	}
	if (fate.unfinished) {
		say_unfinished(d, layer);
		return;
	}
	hand_on_as_data(d, *c);
	d->protocol = protocol;
	tls_say(d, "Application Data");
}

static const char *show_plain(struct dissection *d, struct tls_layer *layer, struct cursor *c)
{
	const char *inner = inner_title(d, layer);

	layer->plain = *c;
	layer->has_plain = true;
	if (c->source)
		put_bytes(d, TLS_PLAINTEXT, c);
	if (inner)
		put_text(d, TLS_APP_DATA_PROTO, inner);
	return inner ? inner : "Application Data";
}

const char *tls_show_application_data(struct dissection *d, struct tls_layer *layer,
				      struct cursor *c)
{
	const char *inner = inner_title(d, layer);
	uint32_t n = cursor_sent(c);

	if (layer->opened)
		return show_plain(d, layer, c);

	if (n)
		take_bytes(d, c, TLS_APP_DATA, n);
	if (inner)
		put_text(d, TLS_APP_DATA_PROTO, inner);
	tls_say(d, "Application Data");
	return inner ? inner : "Application Data";
}
