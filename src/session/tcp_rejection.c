/* tcp_rejection.c - reads an ICMP message that quotes a SYN. */
#include "session/tcp_rejection.h"

#include "dissect/registry.h"
#include "state/facts.h"

/* The first node of the field, or -1. */
static int value_of(const struct dissection *d, const char *field)
{
	int id = registry_field_named(field);

	for (uint32_t n = 0; n < d->node_count; n++)
		if (d->nodes[n].field == id)
			return (int)d->nodes[n].value.number;
	return -1;
}

/* Destination unreachable: protocol, port, and what is forbidden by who manages it (RFC 792, 1812
 * 5.2.7.1, 4443 3.1).  Other errors may pass (RFC 1122, 4.2.3.9). */
static bool is_final(const struct dissection *d)
{
	enum { UNREACHABLE = 3, UNREACHABLE6 = 1 };
	const uint32_t codes = 1 << 2 | 1 << 3 | 1 << 9 | 1 << 10 | 1 << 13;
	const uint32_t codes6 = 1 << 1 | 1 << 4 | 1 << 5 | 1 << 6;
	int code = value_of(d, "icmp.code"), code6 = value_of(d, "icmpv6.code");

	if (value_of(d, "icmp.type") == UNREACHABLE)
		return code >= 0 && code < 32 && codes >> code & 1;
	return value_of(d, "icmpv6.type") == UNREACHABLE6 && code6 >= 0 && code6 < 32 &&
	       codes6 >> code6 & 1;
}

struct tcp_rejection tcp_rejection_of(const struct conversation *talk, struct view_port *port)
{
	struct tcp_rejection rejection = {
		.packet = fact_link(&tcp_talk_of(session_learned(port->session), talk)->rejected_in)
	};

	if (!rejection.packet)
		return rejection;
	if (!view_port_dissect(port, rejection.packet, WANT_FIELDS | WANT_COLUMNS))
		return (struct tcp_rejection){ 0 };
	rejection.words = port->d.info;
	rejection.is_final = is_final(&port->d);
	return rejection;
}
