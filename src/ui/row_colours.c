/* row_colours.c - rules on what a packet is, until rules are filters. */
#include "ui/row_colours.h"

#include <string.h>

static const struct {
	const char *protocol;
	enum style style;
} rules[] = {
	{ "hsrp", STYLE_ROW_TOPOLOGY }, { "stp", STYLE_ROW_TOPOLOGY },
	{ "ospf", STYLE_ROW_TOPOLOGY }, { "arp", STYLE_ROW_ARP },
	{ "icmp", STYLE_ROW_ICMP },	{ "icmpv6", STYLE_ROW_ICMP },
	{ "http", STYLE_ROW_HTTP },	{ "http2", STYLE_ROW_HTTP },
	{ "igmp", STYLE_ROW_ROUTING },	{ "bgp", STYLE_ROW_ROUTING },
	{ "rip", STYLE_ROW_ROUTING },	{ "tcp", STYLE_ROW_TCP },
	{ "udp", STYLE_ROW_UDP },
};

enum { RULES = sizeof rules / sizeof rules[0] };

static unsigned rule_of(const char *name)
{
	unsigned i = 0;

	while (i < RULES && strcmp(rules[i].protocol, name))
		i++;
	return i;
}

/* The flags as TCP words them: "55079 → 80 [SYN, ACK] Seq=0". */
static bool has_flag(const struct dissection *d, const char *flag)
{
	if (!d->info || !d->protocol || strcmp(d->protocol, "TCP"))
		return false;
	const char *flags = strstr(d->info, "→ ");

	flags = flags ? strchr(flags, '[') : NULL;
	const char *end = flags ? strchr(flags, ']') : NULL;
	const char *at = flags ? strstr(flags, flag) : NULL;

	return at && at < end;
}

static bool is_broadcast(const struct dissection *d)
{
	return d->to.type == ADDRESS_ETHER && d->to.address[0] & 1;
}

enum style row_style(const struct dissection *d, const struct path_table *paths)
{
	unsigned best = RULES;

	/* A reset is a warning, with a look of its own. */
	if (d->severity >= EXPERT_WARN)
		return d->severity == EXPERT_WARN && has_flag(d, "RST") ? STYLE_ROW_RESET
									: STYLE_ROW_PROBLEM;
	for (uint16_t path = d->path; path != PATH_NONE; path = path_parent(paths, path)) {
		unsigned rule = rule_of(path_name(paths, path));

		if (rule < best)
			best = rule;
	}
	if (best == RULES)
		return is_broadcast(d) ? STYLE_ROW_BROADCAST : STYLE_NORMAL;
	if (rules[best].style != STYLE_ROW_TCP)
		return rules[best].style;
	if (has_flag(d, "RST"))
		return STYLE_ROW_RESET;
	return has_flag(d, "SYN") || has_flag(d, "FIN") ? STYLE_ROW_OPENING : STYLE_ROW_TCP;
}
