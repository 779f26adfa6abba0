/* colour_rules.c - colorfilters files, and which rule a packet meets.
 *
 *      @HTTP@http || tcp.port == 80 || http2@[58596,65535,51143][4718,10030,11796] */
#include "filter/colour_rules.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "dissect/registry.h"

enum { UNKNOWN_NAMES = 40, RULES = 200, LINE_ROOM = 8192 };

/* No packet has it. */
static const char absent[] = "(frame.number == 0)";

/* Name, filter, background, text: as Wireshark 4.0 has them where nothing else was chosen. */
static const struct {
	const char *name, *text;
	struct colour back, fore;
} defaults[] = {
	{ "Bad TCP",
	  "tcp.analysis.flags && !tcp.analysis.window_update && !tcp.analysis.keep_alive && "
	  "!tcp.analysis.keep_alive_ack",
	  { 18, 39, 46 },
	  { 247, 135, 135 } },
	{ "HSRP State Change",
	  "hsrp.state != 8 && hsrp.state != 16",
	  { 18, 39, 46 },
	  { 255, 252, 156 } },
	{ "Spanning Tree Topology  Change", "stp.type == 0x80", { 18, 39, 46 }, { 255, 252, 156 } },
	{ "OSPF State Change", "ospf.msg != 1", { 18, 39, 46 }, { 255, 252, 156 } },
	{ "ICMP errors",
	  "icmp.type in { 3..5, 11 } || icmpv6.type in { 1..4 }",
	  { 18, 39, 46 },
	  { 183, 247, 116 } },
	{ "ARP", "arp", { 250, 240, 215 }, { 18, 39, 46 } },
	{ "ICMP", "icmp || icmpv6", { 252, 224, 255 }, { 18, 39, 46 } },
	{ "TCP RST", "tcp.flags.reset eq 1", { 164, 0, 0 }, { 255, 252, 156 } },
	{ "SCTP ABORT", "sctp.chunk_type eq ABORT", { 164, 0, 0 }, { 255, 252, 156 } },
	{ "TTL low or unexpected",
	  "(ip.dst != 224.0.0.0/4 && ip.ttl < 5 && !pim && !ospf) || (ip.dst == 224.0.0.0/24 && "
	  "ip.dst != 224.0.0.251 && ip.ttl != 1 && !(vrrp || carp))",
	  { 164, 0, 0 },
	  { 236, 240, 236 } },
	{ "Checksum Errors",
	  "eth.fcs.status==\"Bad\" || ip.checksum.status==\"Bad\" || tcp.checksum.status==\"Bad\" "
	  "|| "
	  "udp.checksum.status==\"Bad\" || sctp.checksum.status==\"Bad\" || "
	  "mstp.checksum.status==\"Bad\" || cdp.checksum.status==\"Bad\" || "
	  "edp.checksum.status==\"Bad\" || wlan.fcs.status==\"Bad\" || "
	  "stt.checksum.status==\"Bad\"",
	  { 18, 39, 46 },
	  { 247, 135, 135 } },
	{ "SMB", "smb || nbss || nbns || netbios", { 254, 255, 208 }, { 18, 39, 46 } },
	{ "HTTP", "http || tcp.port == 80 || http2", { 228, 255, 199 }, { 18, 39, 46 } },
	{ "DCERPC", "dcerpc", { 199, 151, 255 }, { 18, 39, 46 } },
	{ "Routing",
	  "hsrp || eigrp || ospf || bgp || cdp || vrrp || carp || gvrp || igmp || ismp",
	  { 255, 243, 214 },
	  { 18, 39, 46 } },
	{ "TCP SYN/FIN",
	  "tcp.flags & 0x02 || tcp.flags.fin == 1",
	  { 160, 160, 160 },
	  { 18, 39, 46 } },
	{ "TCP", "tcp", { 231, 230, 255 }, { 18, 39, 46 } },
	{ "UDP", "udp", { 218, 238, 255 }, { 18, 39, 46 } },
	{ "Broadcast", "eth[0] & 1", { 255, 255, 255 }, { 186, 189, 182 } },
	{ "System Event", "systemd_journal || sysdig", { 230, 230, 230 }, { 45, 111, 154 } },
};

/* --- compiling what is known --- */

static bool is_name(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '.' || c == '-';
}

/* A comparison that goes on after a name belongs to it. */
static size_t comparison_end(const char *text, size_t at)
{
	size_t after = at + strspn(text + at, " ");
	size_t operators = strspn(text + after, "=!<>~&");

	if (!operators && (!strncmp(text + after, "eq ", 3) || !strncmp(text + after, "ne ", 3)))
		operators = 2;
	if (!operators || (operators == 2 && text[after] == '&'))
		return at;
	after += operators + strspn(text + after + operators, " ");
	if (text[after] == '"')
		return after + 2 + strcspn(text + after + 1, "\"");
	return after + strcspn(text + after, " )&|");
}

/* Puts what no packet has in the place of the name that is not known; false: it is another fault.
 */
static bool replace_unknown(char **text, const struct filter_error *error)
{
	size_t length = strlen(*text), from = error->column, to = from;
	char name[200], *fresh;

	while (to < length && is_name((*text)[to]))
		to++;
	if (to == from || to - from >= sizeof name)
		return false;
	snprintf(name, sizeof name, "%.*s", (int)(to - from), *text + from);
	if (registry_field_named(name) >= 0 || !isalpha((unsigned char)name[0]))
		return false;
	to = comparison_end(*text, to);
	if (to > length)
		return false;
	size_t room = length + sizeof absent + 1;

	fresh = must_alloc(room);
	snprintf(fresh, room, "%.*s%s%s", (int)from, *text, absent, *text + to);
	free(*text);
	*text = fresh;
	return true;
}

static struct filter *compile_known(const char *rule, bool *is_whole)
{
	char *text = must_copy(rule);
	struct filter *filter = NULL;
	bool goes_on = true;

	*is_whole = true;
	for (unsigned i = 0; i < UNKNOWN_NAMES && goes_on && !filter; i++) {
		struct filter_error error;

		filter = filter_compile(text, NULL, &error);
		if (filter)
			break;
		*is_whole = false;
		goes_on = error.text && !strcmp(error.text, text) && replace_unknown(&text, &error);
		free(error.text);
	}
	free(text);
	return filter;
}

/* --- the list --- */

static void take_in(struct colour_rules *rules, struct colour_rule *rule)
{
	unsigned bytes = registry_field_count() / 8 + 1;

	rule->filter = compile_known(rule->text, &rule->is_whole);
	if (!rules->wanted)
		rules->wanted = must_zeroed(bytes, 1);
	if (!rule->filter || rule->disabled)
		return;
	for (unsigned i = 0; i < bytes; i++)
		rules->wanted[i] |= filter_wanted_fields(rule->filter)[i];
	rules->needs_later |= filter_needs_later(rule->filter);
}

static struct colour_rule *room_for_one(struct colour_rules *rules)
{
	rules->rules = must_resize(rules->rules, rules->count + 1, sizeof *rules->rules);
	return &rules->rules[rules->count++];
}

void colour_rules_default(struct colour_rules *rules)
{
	registry_build();
	for (unsigned i = 0; i < sizeof defaults / sizeof defaults[0]; i++) {
		struct colour_rule rule = { .name = must_copy(defaults[i].name),
					    .text = must_copy(defaults[i].text),
					    .back = defaults[i].back,
					    .fore = defaults[i].fore };

		take_in(rules, &rule);
		*room_for_one(rules) = rule;
	}
}

void colour_rules_add(struct colour_rules *rules, const char *name, const char *text,
		      struct colour back, struct colour fore)
{
	struct colour_rule rule = {
		.name = must_copy(name), .text = must_copy(text), .back = back, .fore = fore
	};

	take_in(rules, &rule);
	room_for_one(rules);
	memmove(rules->rules + 1, rules->rules, (rules->count - 1) * sizeof rule);
	rules->rules[0] = rule;
}

static struct colour colour_of(const unsigned parts[3])
{
	return (struct colour){ (uint8_t)(parts[0] >> 8), (uint8_t)(parts[1] >> 8),
				(uint8_t)(parts[2] >> 8) };
}

/* @name@filter@[r,g,b][r,g,b], with a ! before it if it is not in use.  The filter may hold @. */
static bool read_rule(char *line, struct colour_rule *rule)
{
	unsigned back[3], fore[3];

	*rule = (struct colour_rule){ .disabled = *line == '!' };
	line += rule->disabled;
	char *name = line + 1;
	char *text = *line == '@' ? strchr(name, '@') : NULL;
	char *colours = text ? strrchr(text + 1, '@') : NULL;

	if (!colours || sscanf(colours, "@[%5u,%5u,%5u][%5u,%5u,%5u]", &back[0], &back[1], &back[2],
			       &fore[0], &fore[1], &fore[2]) != 6)
		return false;
	*text = *colours = '\0';
	rule->name = must_copy(name);
	rule->text = must_copy(text + 1);
	rule->back = colour_of(back);
	rule->fore = colour_of(fore);
	return true;
}

unsigned colour_rules_read(struct colour_rules *rules, FILE *in)
{
	char *line = must_alloc(LINE_ROOM);
	unsigned faults = 0;

	registry_build();
	while (fgets(line, LINE_ROOM, in) && rules->count < RULES) {
		struct colour_rule rule;

		if (*line == '#' || line[strspn(line, " \t\r\n")] == '\0')
			continue;
		if (!read_rule(line, &rule)) {
			faults++;
			continue;
		}
		take_in(rules, &rule);
		*room_for_one(rules) = rule;
	}
	free(line);
	return faults;
}

static void print_colour(struct colour c, FILE *out)
{
	fprintf(out, "[%u,%u,%u]", c.red * 257u, c.green * 257u, c.blue * 257u);
}

void colour_rules_print(const struct colour_rules *rules, FILE *out)
{
	for (unsigned i = 0; i < rules->count; i++) {
		const struct colour_rule *rule = &rules->rules[i];

		if (rule->is_passing)
			continue;
		fprintf(out, "%s@%s@%s@", rule->disabled ? "!" : "", rule->name, rule->text);
		print_colour(rule->back, out);
		print_colour(rule->fore, out);
		putc('\n', out);
	}
}

static void free_rule(struct colour_rule *rule)
{
	free(rule->name);
	free(rule->text);
	filter_free(rule->filter);
}

/* What it alone read stays wanted, which does no harm. */
void colour_rules_remove(struct colour_rules *rules, unsigned n)
{
	free_rule(&rules->rules[n]);
	memmove(rules->rules + n, rules->rules + n + 1,
		(--rules->count - n) * sizeof *rules->rules);
}

void colour_rules_free(struct colour_rules *rules)
{
	for (unsigned i = 0; i < rules->count; i++)
		free_rule(&rules->rules[i]);
	free(rules->rules);
	free(rules->wanted);
	*rules = (struct colour_rules){ 0 };
}

int colour_rules_match(const struct colour_rules *rules, struct dissection *d,
		       const struct path_table *paths)
{
	for (unsigned i = 0; i < rules->count; i++) {
		const struct colour_rule *rule = &rules->rules[i];

		if (rule->disabled || !rule->filter)
			continue;
		enum filter_verdict verdict = filter_verdict_on_path(rule->filter, paths, d->path);

		if (verdict == FILTER_YES ||
		    (verdict == FILTER_LOOK && filter_matches(rule->filter, d)))
			return (int)i;
	}
	return -1;
}
