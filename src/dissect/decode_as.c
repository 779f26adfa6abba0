/* decode_as.c - rules read and applied; the registry keeps what they say. */
#include "dissect/decode_as.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dissect/registry.h"

enum { NAMES_ROOM = 480, NAME_ROOM = 100 };

const struct decode_layer decode_layers[] = {
	{ "ethertype", "Ethertype", BY_ETHERTYPE, UINT16_MAX },
	{ "ip.proto", "IP protocol", BY_IP_PROTO, UINT8_MAX },
	{ "llc.cisco_pid", "LLC Cisco PID", BY_CISCO_PID, UINT16_MAX },
	{ "llc.dsap", "LLC SAP", BY_LLC_SAP, UINT8_MAX },
	{ "ppp.protocol", "PPP protocol", BY_PPP_PROTO, UINT16_MAX },
	{ "tcp.port", "TCP port", BY_TCP_PORT, UINT16_MAX },
	{ "udp.port", "UDP port", BY_UDP_PORT, UINT16_MAX },
	{ NULL, NULL, CLAIM_TABLES, 0 },
};

static bool has_claim(const struct dissector *dissector, enum claim_table table)
{
	for (unsigned i = 0; i < dissector->claim_count; i++)
		if (dissector->claims[i].table == table)
			return true;
	return false;
}

/* Its own claims tell, or that it recognises its payload. */
static bool can_be_chosen(const struct dissector *dissector, enum claim_table table)
{
	if (dissector == registry_data() || has_claim(dissector, table))
		return true;
	if (!dissector->looks_like && !dissector->message_size)
		return false;
	if (table == BY_UDP_PORT)
		return !dissector->message_size || dissector->in_datagrams;
	return dissector->message_size && table == BY_TCP_PORT;
}

const struct dissector *decode_choice(const struct decode_layer *layer, unsigned n)
{
	for (unsigned id = 0; id < registry_dissector_count(); id++) {
		const struct dissector *dissector = registry_dissector(id);
		if (can_be_chosen(dissector, layer->table) && !n--)
			return dissector;
	}
	return NULL;
}

static bool unknown_layer(const char *name, struct error *error)
{
	struct error names = { "" };

	for (const struct decode_layer *layer = decode_layers; layer->name; layer++)
		error_set(&names, "%s%s%s", names.text, layer == decode_layers ? "" : ", ",
			  layer->name);
	return error_set(error, "Unknown layer type -- %s; there are: %s", name, names.text);
}

static bool unknown_protocol(const struct decode_layer *layer, const char *problem,
			     struct error *error)
{
	char names[NAMES_ROOM] = "";
	const struct dissector *dissector;
	size_t used = 0;

	for (unsigned n = 0; (dissector = decode_choice(layer, n)); n++) {
		if (used + strlen(dissector->name) + 6 > sizeof names)
			break;
		used += (size_t)snprintf(names + used, sizeof names - used, "%s%s", n ? ", " : "",
					 dissector->name);
	}
	return error_set(error, "%s; for layer type \"%s\" there are: %s%s", problem, layer->name,
			 names, dissector ? ", ..." : "");
}

static bool is_no_rule(const char *text, struct error *error)
{
	return error_set(error,
			 "Parameter \"%s\" doesn't follow the template "
			 "\"<layer_type>==<selector>,<decode_as_protocol>\"",
			 text);
}

static bool read_key(const char *text, char **end, uint32_t most, uint32_t *key)
{
	errno = 0;
	unsigned long number = strtoul(text, end, 0);
	*key = (uint32_t)number;
	return *end != text && *text >= '0' && *text <= '9' && !errno && number <= most;
}

/* "80", "8000-8100", "8000:3" */
static bool read_selector(struct decode_rule *rule, const char *text, struct error *error)
{
	uint32_t most = rule->layer->last_key, second;
	char *end;

	if (!read_key(text, &end, most, &rule->first) || (*end && *end != '-' && *end != ':'))
		return error_set(error, "Invalid selector number \"%s\"; %s is at most %u", text,
				 rule->layer->name, most);
	rule->last = rule->first;
	if (!*end)
		return true;
	bool is_count = *end == ':';
	bool good = read_key(end + 1, &end, most + 1, &second) && !*end;
	if (is_count)
		good = good && second && second - 1 <= most - rule->first;
	else
		good = good && second <= most && second >= rule->first;
	rule->last = is_count ? rule->first + second - 1 : second;
	return good || error_set(error, "Invalid selector numeric range \"%s\"", text);
}

static const struct decode_layer *layer_named(const char *name)
{
	for (const struct decode_layer *layer = decode_layers; layer->name; layer++)
		if (!strcmp(layer->name, name))
			return layer;
	return NULL;
}

bool decode_rule_read(struct decode_rule *rule, const char *text, struct error *error)
{
	const char *equals = strstr(text, "=="), *comma = equals ? strchr(equals, ',') : NULL;
	char name[NAME_ROOM], selector[NAME_ROOM], problem[2 * NAME_ROOM];

	registry_build();
	if (!equals)
		return is_no_rule(text, error);
	snprintf(name, sizeof name, "%.*s", (int)(equals - text), text);
	*rule = (struct decode_rule){ .layer = layer_named(name) };
	if (!rule->layer)
		return unknown_layer(name, error);
	if (!comma || !comma[1])
		return unknown_protocol(rule->layer, "No protocol name specified", error);
	snprintf(selector, sizeof selector, "%.*s", (int)(comma - equals - 2), equals + 2);
	if (!read_selector(rule, selector, error))
		return false;
	rule->dissector = registry_dissector_named(comma + 1);
	if (rule->dissector && can_be_chosen(rule->dissector, rule->layer->table))
		return true;
	snprintf(problem, sizeof problem, "Unknown protocol -- \"%.*s\"", NAME_ROOM, comma + 1);
	return unknown_protocol(rule->layer, problem, error);
}

void decode_rule_apply(const struct decode_rule *rule)
{
	for (uint32_t key = rule->first; key <= rule->last; key++)
		registry_choose(rule->layer->table, key, rule->dissector);
}

static bool may_be_off(const struct dissector *dissector)
{
	return dissector != registry_root() && dissector != registry_data() && !dissector->apart;
}

bool protocol_switch(const char *name, bool on, struct error *error)
{
	registry_build();
	const struct dissector *dissector = registry_dissector_named(name);
	if (!dissector)
		return error_set(error, "No such protocol: \"%s\" (peel -G protocols lists them)",
				 name);
	if (!on && !may_be_off(dissector))
		return error_set(error, "The protocol \"%s\" cannot be disabled", name);
	registry_switch(dissector, on);
	return true;
}

bool protocols_only(const char *names, struct error *error)
{
	char name[NAME_ROOM];

	registry_build();
	for (unsigned id = 0; id < registry_dissector_count(); id++)
		if (may_be_off(registry_dissector(id)))
			registry_switch(registry_dissector(id), false);
	while (*names) {
		size_t n = strcspn(names, ",");
		snprintf(name, sizeof name, "%.*s", (int)n, names);
		if (!protocol_switch(name, true, error))
			return false;
		names += n + (names[n] == ',');
	}
	return true;
}
