/* ip_options.c - the options of an IPv4 header.
 *
 * RFC 791, 3.1; RFC 1063, 1108, 1393, 1770, 2113, 4782; draft-ietf-cipso-ipsecurity. */
#include <stdio.h>
#include <string.h>

#include "dissect/dissector.h"
#include "dissect/value_text.h"
#include "ip.h"
#include "ip_names.h"

enum {
	OPTION_EOL = 0, OPTION_NOP = 1, OPTION_LSRR = 131, OPTION_SSRR = 137,
	CIPSO_BITMAP = 1, CIPSO_LIST = 2, CIPSO_RANGES = 5,
	FIRST_POINTER = 4,              /* of a route: counted from 1 at the option's type */
};

/* What an option is called in labels, how long it must be, and who shows what follows its length. */
struct option {
	uint8_t type;
	uint8_t minimum, exact;         /* lengths with type and length; exact 0: any from minimum on */
	uint8_t field;
	const char *name;
	void (*show)(struct dissection *d, struct cursor *c, const struct option *option, uint8_t ttl);
};

/* The last address of a route is where the packet is bound for, unless the route is used up. */
bool ip_final_destination(const uint8_t *options, uint32_t n, uint32_t *address)
{
	for (uint32_t at = 0; at < n;) {
		uint8_t type = options[at];
		if (type == OPTION_EOL)
			return false;
		if (type == OPTION_NOP) {
			at++;
			continue;
		}
		if (n - at < 2 || options[at + 1] < 2 || options[at + 1] > n - at)
			return false;
		uint32_t length = options[at + 1];
		if (type == OPTION_LSRR || type == OPTION_SSRR) {
			if (length < 7 || options[at + 2] < FIRST_POINTER || options[at + 2] >= length)
				return false;
			*address = load_be32(options + at + 3 + (length - 7) / 4 * 4);
			return true;
		}
		at += length;
	}
	return false;
}

static void show_pointer(struct dissection *d, struct cursor *c, unsigned step, uint8_t *pointer)
{
	*pointer = take_u8(d, c, IP_OPT_PTR);
	if (*pointer < FIRST_POINTER)
		note_finding_on(d, last_node(d), IP_OPT_PTR_BEFORE_ADDRESS,
				"Pointer points before first address");
	else if ((*pointer - FIRST_POINTER) % step)
		note_finding_on(d, last_node(d), IP_OPT_PTR_MIDDLE_ADDRESS,
				"Pointer points to middle of address");
}

/* One stop: which field it is depends on whether the pointer has passed it. */
static void show_stop(struct dissection *d, struct cursor *c, const struct option *option,
		      uint32_t position, uint8_t pointer)
{
	bool recorded = position < pointer, last = cursor_sent(c) < 8;
	bool source = option->field != IP_OPTION_RECORD_ROUTE;
	unsigned field = recorded ? IP_REC_RT : !source ? IP_EMPTY_RT : last ? IP_DST : IP_SRC_RT;
	unsigned host = recorded ? IP_REC_RT_HOST : !source ? IP_EMPTY_RT_HOST
							    : last ? IP_DST_HOST : IP_SRC_RT_HOST;
	uint32_t address = take_ipv4(d, c, field);

	if (field != IP_DST && position == pointer)
		label(d, last_node(d), " <- (next)");
	if (field == IP_DST)
		put_alias(d, IP_ADDR, address);
	ip_add_host(d, c, host, field == IP_DST ? IP_HOST : 0, address);
}

static void show_route(struct dissection *d, struct cursor *c, const struct option *option, uint8_t ttl)
{
	uint8_t pointer;

	(void)ttl;
	show_pointer(d, c, 4, &pointer);
	if (pointer < FIRST_POINTER || (pointer - FIRST_POINTER) % 4)
		return;
	for (uint32_t position = FIRST_POINTER; cursor_more(c); position += 4) {
		if (cursor_sent(c) < 4) {
			note_finding(d, IP_SUBOPT_TOO_LONG,
				     "Suboption would go past end of option");
			cursor_skip(c, cursor_sent(c));
			return;
		}
		show_stop(d, c, option, position, pointer);
	}
}

static void show_time_stamps(struct dissection *d, struct cursor *c, const struct option *option,
			     uint8_t ttl)
{
	(void)option;
	(void)ttl;
	uint8_t pointer = take_u8(d, c, IP_OPT_PTR);
	if (pointer < 5)
		label(d, last_node(d), " (points before first address)");
	look_uint(d, c, IP_OPT_OVERFLOW);
	unsigned flag = take_u8(d, c, IP_OPT_FLAG);
	bool with_address = flag == 1 || flag == 3;
	while (cursor_more(c)) {
		if (cursor_sent(c) < (with_address ? 8 : 4)) {
			note_finding(d, IP_SUBOPT_TOO_LONG,
				     "Suboption would go past end of option");
			cursor_skip(c, cursor_sent(c));
			return;
		}
		if (with_address)
			take_ipv4(d, c, IP_OPT_TIME_STAMP_ADDR);
		take_u32(d, c, IP_OPT_TIME_STAMP);
	}
}

static void show_stream_id(struct dissection *d, struct cursor *c, const struct option *option,
			   uint8_t ttl)
{
	(void)option;
	(void)ttl;
	take_u16(d, c, IP_OPT_SID);
}

static void show_mtu(struct dissection *d, struct cursor *c, const struct option *option, uint8_t ttl)
{
	(void)option;
	(void)ttl;
	take_u16(d, c, IP_OPT_MTU);
}

static void show_traceroute(struct dissection *d, struct cursor *c, const struct option *option,
			    uint8_t ttl)
{
	(void)option;
	(void)ttl;
	take_u16(d, c, IP_OPT_ID_NUMBER);
	take_u16(d, c, IP_OPT_OHC);
	take_u16(d, c, IP_OPT_RHC);
	take_ipv4(d, c, IP_OPT_ORIGINATOR);
}

static const char *router_alert_name(unsigned value)
{
	return value ? "Reserved" : "Router shall examine packet";
}

static void show_router_alert(struct dissection *d, struct cursor *c, const struct option *option,
			      uint8_t ttl)
{
	(void)option;
	(void)ttl;
	unsigned value = take_u16(d, c, IP_OPT_RA);
	label_set(d, last_node(d), "Router Alert: %s (%u)", router_alert_name(value), value);
}

static void show_directed_broadcast(struct dissection *d, struct cursor *c, const struct option *option,
				    uint8_t ttl)
{
	(void)option;
	(void)ttl;
	while (cursor_sent(c) >= 4)
		take_ipv4(d, c, IP_OPT_ADDR);
	if (cursor_more(c))
		take_bytes(d, c, IP_OPT_PADDING, cursor_sent(c));
}

/* RFC 4782, 3.1. */
static void show_quick_start(struct dissection *d, struct cursor *c, const struct option *option,
			     uint8_t ttl)
{
	(void)option;
	unsigned function = (unsigned)look_uint(d, c, IP_OPT_QS_FUNC);

	if (function != 0 && function != 8)
		return;
	take_u8(d, c, IP_OPT_QS_RATE);
	if (function == 0) {
		unsigned qs_ttl = take_u8(d, c, IP_OPT_QS_TTL);
		put_uint(d, IP_OPT_QS_TTL_DIFF, (uint8_t)(ttl - qs_ttl));
	} else {
		take_u8(d, c, IP_OPT_QS_UNUSED);
	}
	look_uint(d, c, IP_OPT_QS_NONCE);
	take_u32(d, c, IP_OPT_QS_RESERVED);
}

/* RFC 1108, 2.4: octets of flags, the last bit of each says whether another follows. */
static void show_authorities(struct dissection *d, struct cursor *c)
{
	static const char *const names[] = { "GENSER", "SIOP-ESI", "SCI", "NSA", "DOE" };

	while (cursor_more(c)) {
		unsigned flags = (unsigned)take_flags(d, c, IP_OPT_SEC_FLAGS, IP_OPT_SEC_GENSER,
						      IP_OPT_SEC_FTI);
		for (unsigned i = 0; i < COUNT(names); i++)
			if (flags & 0x80u >> i)
				label(d, last_node(d), ", %s", names[i]);
		if (!(flags & 1))
			return;
	}
}

static void show_security(struct dissection *d, struct cursor *c, const struct option *option, uint8_t ttl)
{
	const uint8_t *p;

	(void)option;
	(void)ttl;
	/* RFC 791's is 11 bytes long and holds one of a few 16-bit values. */
	if (cursor_sent(c) == 9 && cursor_peek(c, 0, 2, &p) && value_name(ip_security_names, load_be16(p))) {
		take_u16(d, c, IP_OPT_SEC_SECURITY);
		take_u16(d, c, IP_OPT_SEC_COMPARTMENTS);
		take_text(d, c, IP_OPT_SEC_HANDLING, 2);
		take_text(d, c, IP_OPT_SEC_CONTROL, 3);
		return;
	}
	take_u8(d, c, IP_OPT_SEC_LEVEL);
	show_authorities(d, c);
	if (cursor_more(c))
		note_finding(d, IP_OPT_LEN_INVALID, "Extraneous data in option");
}

static void show_extended_security(struct dissection *d, struct cursor *c, const struct option *option,
				   uint8_t ttl)
{
	(void)option;
	(void)ttl;
	take_u8(d, c, IP_OPT_EXT_SEC_FORMAT);
	if (cursor_more(c))
		take_bytes(d, c, IP_OPT_EXT_SEC_INFO, cursor_sent(c));
}

/* Appends "7" or "7-3" to a list in `text`, with a comma before all but the first. */
static void list_category(char *text, size_t room, const char *words)
{
	size_t used = strlen(text);

	if (used + strlen(words) + 2 > room)
		return;
	if (used)
		strcat(text, ",");
	strcat(text, words);
}

/* The categories that n bytes of a tag name, as text. */
static const char *cipso_categories(struct dissection *d, uint8_t tag, const uint8_t *bytes, uint32_t n)
{
	char text[NODE_TEXT_ROOM] = "", word[16];

	for (uint32_t i = 0; tag == CIPSO_BITMAP && i < n * 8; i++) {
		if (!(bytes[i / 8] & 0x80u >> i % 8))
			continue;
		snprintf(word, sizeof word, "%u", i);
		list_category(text, sizeof text, word);
	}
	for (uint32_t i = 0; tag == CIPSO_LIST && i + 2 <= n; i += 2) {
		snprintf(word, sizeof word, "%u", load_be16(bytes + i));
		list_category(text, sizeof text, word);
	}
	/* From the highest down; the last range may leave out that it ends at 0. */
	for (uint32_t i = 0; tag == CIPSO_RANGES && i + 2 <= n; i += 4) {
		unsigned low = i + 4 <= n ? load_be16(bytes + i + 2) : 0;
		snprintf(word, sizeof word, "%u-%u", load_be16(bytes + i), low);
		list_category(text, sizeof text, word);
	}
	return arena_text(&d->arena, text, strlen(text));
}

/* A tag of one of the types 1, 2 and 5, from its alignment octet on. */
static void show_categories(struct dissection *d, struct cursor *tag, uint8_t type)
{
	cursor_skip(tag, 1);
	take_u8(d, tag, IP_CIPSO_LEVEL);
	uint32_t n = cursor_left(tag), start = tag->pos;
	const uint8_t *bytes = cursor_bytes(tag, n);
	if (bytes && n && !only_learning(d))
		add_text(d, tag, IP_CIPSO_CATEGORIES, start, n, cipso_categories(d, type, bytes, n));
}

/* False: the tags that follow cannot be found. */
static bool show_cipso_tag(struct dissection *d, struct cursor *c)
{
	uint8_t type = take_u8(d, c, IP_CIPSO_TAG_TYPE);

	if (type == 0)
		return true;
	node_id node = last_node(d);
	bool known = type == CIPSO_BITMAP || type == CIPSO_LIST || type == CIPSO_RANGES;
	uint32_t size = cursor_u8(c);
	if (size < (known ? 4 : 2) || size - 2 > cursor_sent(c)) {
		note_finding_on(d, last_node(d), IP_CIPSO_MALFORMED, "Malformed CIPSO tag");
		return false;
	}
	struct cursor tag = cursor_split(c, size - 2);
	if (known)
		show_categories(d, &tag, type);
	else if (type == 6 || type == 7)
		take_bytes(d, &tag, IP_CIPSO_TAG_DATA, size - 2);
	else
		label(d, node, " (%u bytes)", size);
	return true;
}

static void show_cipso(struct dissection *d, struct cursor *c, const struct option *option, uint8_t ttl)
{
	(void)option;
	(void)ttl;
	take_u32(d, c, IP_CIPSO_DOI);
	while (cursor_more(c) && show_cipso_tag(d, c))
		;
}

static const struct option options[] = {
	{ 130, 3, 0, IP_OPTION_SECURITY, "Security", show_security },
	{ 131, 3, 0, IP_OPTION_LSRR, "Loose Source Route", show_route },
	{ 68, 4, 0, IP_OPTION_TIMESTAMP, "Time Stamp", show_time_stamps },
	{ 133, 3, 0, IP_OPTION_EXT_SECURITY, "Extended Security", show_extended_security },
	{ 134, 10, 0, IP_OPTION_CIPSO, "Commercial Security", show_cipso },
	{ 7, 3, 0, IP_OPTION_RECORD_ROUTE, "Record Route", show_route },
	{ 136, 4, 4, IP_OPTION_SID, "Stream ID", show_stream_id },
	{ 137, 3, 0, IP_OPTION_SSRR, "Strict Source Route", show_route },
	{ 11, 4, 4, IP_OPTION_MTU_PROBE, "MTU Probe", show_mtu },
	{ 12, 4, 4, IP_OPTION_MTU_REPLY, "MTU Reply", show_mtu },
	{ 82, 12, 12, IP_OPTION_TRACEROUTE, "Traceroute", show_traceroute },
	{ 148, 4, 4, IP_OPTION_ROUTER_ALERT, "Router Alert", show_router_alert },
	{ 149, 6, 38, IP_OPTION_SDB, "Selective Directed Broadcast", show_directed_broadcast },
	{ 25, 8, 8, IP_OPTION_QUICK_START, "Quick-Start", show_quick_start },
};

static const struct option *option_of(uint8_t type)
{
	for (size_t i = 0; i < COUNT(options); i++)
		if (options[i].type == type)
			return &options[i];
	return NULL;
}

static void show_type(struct dissection *d, struct cursor *c)
{
	take_flags(d, c, IP_OPT_TYPE, IP_OPT_TYPE_COPY, IP_OPT_TYPE_NUMBER);
}

/* One byte long: no length follows. */
static void show_single(struct dissection *d, struct cursor *c, unsigned field)
{
	node_id tree = open_tree(d, c, field);

	show_type(d, c);
	close_tree(d, tree, c);
}

/* An option whose length cannot be: the words name it and say why. */
static void show_bad_length(struct dissection *d, struct cursor *c, const char *words)
{
	node_id tree = open_tree(d, c, IP_OPTION);

	label_set(d, tree, "%s", words);
	note_finding(d, IP_OPT_LEN_INVALID, "%s", words);
	close_tree(d, tree, c);
}

/* The words of the option's value that its own line repeats. */
static void label_value(struct dissection *d, node_id tree, const struct option *option,
			const uint8_t *value, uint32_t n, uint8_t ttl)
{
	if (option->type == 148 && n == 2) {
		unsigned alert = load_be16(value);
		label(d, tree, ": %s (%u)", router_alert_name(alert), alert);
	}
	if (option->type != 25 || n != 6)
		return;
	unsigned function = value[0] >> 4;
	const char *name = value_name(ip_quick_start_function_names, function);
	if (!name) {
		label(d, tree, ": Unknown (%u) (%u)", function, function);
		return;
	}
	label(d, tree, ": %s (%u), %s", name, function,
	      value_name(ip_quick_start_rate_names, value[0] & 0xf));
	if (function == 0)
		label(d, tree, ", QS TTL %u, QS TTL diff %u", value[1], (uint8_t)(ttl - value[1]));
}

static void show_option(struct dissection *d, struct cursor *c, const struct option *option,
			uint32_t length, uint8_t ttl)
{
	struct cursor body = cursor_split(c, length);
	bool wrong = length < option->minimum || (option->exact && length > option->exact);
	node_id tree = open_tree(d, &body, option->field);

	/* A fixed length is what the packet should have said. */
	label(d, tree, " (%u byte%s)", wrong && option->exact == option->minimum ? option->exact : length,
	      length == 1 ? "" : "s");
	const uint8_t *value;
	if (cursor_peek(&body, 2, length - 2, &value))
		label_value(d, tree, option, value, length - 2, ttl);
	show_type(d, &body);
	take_u8(d, &body, IP_OPT_LEN);
	if (wrong && option->exact == option->minimum)
		note_finding_on(d, last_node(d), IP_OPT_LEN_INVALID,
				"%s (with option length = %u byte%s; should be %u)", option->name,
				length, length == 1 ? "" : "s", option->exact);
	option->show(d, &body, option, ttl);
	close_tree(d, tree, &body);
}

static const char *option_name(struct dissection *d, uint8_t type, const struct option *option)
{
	return option ? option->name : arena_printf(&d->arena, "Unknown (0x%02x)", type);
}

/* An option with a length.  False: no other can be found after it. */
static bool show_sized(struct dissection *d, struct cursor *c, node_id list, uint8_t ttl)
{
	const uint8_t *p;

	cursor_peek(c, 0, 1, &p);
	const struct option *option = option_of(*p);
	const char *name = option_name(d, *p, option);
	if (!cursor_peek(c, 0, 2, &p)) {
		show_bad_length(d, c, arena_printf(&d->arena, "%s (length byte past end of options)", name));
		return false;
	}
	uint32_t length = p[1];
	if (length < 2) {
		show_bad_length(d, c, arena_printf(&d->arena,
				"%s (with too-short option length = %u byte%s)", name, length,
				length == 1 ? "" : "s"));
		return false;
	}
	if (length > cursor_sent(c)) {
		show_bad_length(d, c, arena_printf(&d->arena,
				"%s (option length = %u bytes says option goes past end of options)",
				name, length));
		return false;
	}
	if (option) {
		show_option(d, c, option, length, ttl);
		label(d, list, ", %s", name);
		return true;
	}
	node_id node = add_node(d, c, IP_OPTION, c->pos, length);
	label_set(d, node, "%s (%u bytes)", name, length);
	cursor_skip(c, length);
	return true;
}

/* RFC 791: NOPs align; four in a row are a hint that a router blotted an option out. */
static void show_nop(struct dissection *d, struct cursor *c, unsigned in_a_row)
{
	if (in_a_row == 4)
		note_finding(d, IP_NOP, "4 NOP in a row - a router may have removed some options");
	show_single(d, c, IP_OPTION_NOP);
}

void ip_show_options(struct dissection *d, struct cursor *c, uint8_t ttl)
{
	unsigned nops = 0;
	node_id list = open_tree(d, c, IP_OPTIONS);
	const uint8_t *type;

	label_set(d, list, "Options: (%u bytes)", cursor_sent(c));
	while (cursor_peek(c, 0, 1, &type)) {
		if (*type == OPTION_NOP) {
			show_nop(d, c, ++nops);
			continue;
		}
		nops = 0;
		if (*type == OPTION_EOL) {
			show_single(d, c, IP_OPTION_EOL);
			break;
		}
		if (!show_sized(d, c, list, ttl))
			break;
	}
	if (cursor_more(c) && !cursor_left(c))
		cursor_fail(c, 1);
	close_tree(d, list, c);
}
