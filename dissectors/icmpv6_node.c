/* icmpv6_node.c - Node Information, RFC 4620. */
#include "icmpv6.h"

enum { NAME_LIMIT = 255 }; /* bytes (RFC 1035, 2.3.4); what goes on counts as another name */

/* Labels of RFC 1035 to the end, with dots. */
static void take_names(struct dissection *d, struct cursor *c, unsigned field)
{
	while (cursor_more(c)) {
		uint32_t start = c->pos;
		const char *name = "";
		uint8_t length;
		while (c->pos - start < NAME_LIMIT && (length = cursor_u8(c)) && length < 64 &&
		       cursor_more(c)) {
			const uint8_t *bytes = cursor_bytes(c, length);
			if (bytes && !only_learning(d))
				name = arena_printf(&d->arena, "%s%s%s", name, *name ? "." : "",
						    text_of(d, bytes, length));
		}
		if (*name)
			add_text(d, c, field, start, c->pos - start, name);
	}
}

static void show_node_flags(struct dissection *d, struct cursor *c)
{
	static const char *const names[] = { "Global-scope addresses", "Site-local addresses",
					     "Link-local addresses",   "Compression",
					     "Unicast Addresses",      "Truncated" };
	unsigned flags =
		(unsigned)take_flags(d, c, ICMPV6_NI_FLAG, ICMPV6_NI_FLAG_G, ICMPV6_NI_FLAG_RSV);

	for (unsigned i = 0; i < COUNT(names); i++)
		if (flags & 0x20u >> i)
			label(d, last_node(d), ", %s", names[i]);
}

void icmpv6_show_node_query(struct dissection *d, struct cursor *c, uint8_t code)
{
	take_u16(d, c, ICMPV6_NI_QTYPE);
	show_node_flags(d, c);
	take_uint(d, c, ICMPV6_NI_NONCE);
	if (code == 0)
		take_ipv6(d, c, ICMPV6_NI_QUERY_SUBJECT_IPV6);
	else if (code == 1)
		take_names(d, c, ICMPV6_NI_QUERY_SUBJECT_FQDN);
	else if (code == 2)
		take_ipv4(d, c, ICMPV6_NI_QUERY_SUBJECT_IPV4);
}

void icmpv6_show_node_reply(struct dissection *d, struct cursor *c, uint8_t code)
{
	unsigned type = take_u16(d, c, ICMPV6_NI_QTYPE);

	show_node_flags(d, c);
	take_uint(d, c, ICMPV6_NI_NONCE);
	if (code != 0 || !cursor_more(c))
		return;
	if (type == 2) {
		take_u32(d, c, ICMPV6_NI_REPLY_NODE_TTL);
		take_names(d, c, ICMPV6_NI_REPLY_NODE_NAME);
	}
	while ((type == 3 || type == 4) && cursor_more(c)) {
		take_u32(d, c, ICMPV6_NI_REPLY_NODE_TTL);
		if (type == 3)
			take_ipv6(d, c, ICMPV6_NI_REPLY_NODE_ADDRESS);
		else
			take_ipv4(d, c, ICMPV6_NI_REPLY_IPV4_ADDRESS);
	}
}
