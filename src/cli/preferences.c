/* preferences.c - the table of tshark's preferences that peel has, or always does. */
#include "preferences.h"

#include <string.h>
#include <strings.h>

#include "dissect/dissection_settings.h"
#include "name_options.h"

enum preference_kind {
	PREFERENCE_SETTING, /* FALSE sets the setting, TRUE clears it */
	PREFERENCE_NAMES,   /* TRUE and FALSE, for a letter of -N */
	PREFERENCE_TRUE,    /* what peel always does */
	PREFERENCE_FALSE,   /* what it never does */
	PREFERENCE_KEY_LOG,
	PREFERENCE_COLUMNS,
};

#define SETTING(member) PREFERENCE_SETTING, .setting = offsetof(struct dissection_settings, member)

static const struct preference {
	const char *name;
	enum preference_kind kind;
	size_t setting;
	char letter;
} preferences[] = {
	{ "dns.desegment_dns_messages", PREFERENCE_TRUE },
	{ "gui.column.format", PREFERENCE_COLUMNS },
	{ "http.dechunk_body", PREFERENCE_TRUE },
	{ "http.decompress_body", PREFERENCE_TRUE },
	{ "http.desegment_body", PREFERENCE_TRUE },
	{ "http.desegment_headers", PREFERENCE_TRUE },
	{ "ip.check_checksum", SETTING(trusts_ip_checksums) },
	{ "ip.defragment", PREFERENCE_TRUE },
	{ "ip.use_geoip", PREFERENCE_FALSE },
	{ "ipv6.defragment", PREFERENCE_TRUE },
	{ "ipv6.use_geoip", PREFERENCE_FALSE },
	{ "nameres.dns_pkt_addr_resolution", PREFERENCE_NAMES, .letter = 'd' },
	{ "nameres.mac_name", PREFERENCE_NAMES, .letter = 'm' },
	{ "nameres.network_name", PREFERENCE_NAMES, .letter = 'n' },
	{ "nameres.transport_name", PREFERENCE_NAMES, .letter = 't' },
	{ "nameres.use_external_name_resolver", PREFERENCE_FALSE },
	{ "nameres.vlan_name", PREFERENCE_FALSE },
	{ "smtp.desegment_data", PREFERENCE_TRUE },
	{ "smtp.desegment_lines", PREFERENCE_TRUE },
	{ "ssl.keylog_file", PREFERENCE_KEY_LOG },
	{ "tcp.analyze_sequence_numbers", PREFERENCE_TRUE },
	{ "tcp.calculate_timestamps", PREFERENCE_TRUE },
	{ "tcp.check_checksum", SETTING(trusts_tcp_checksums) },
	{ "tcp.desegment_tcp_streams", PREFERENCE_TRUE },
	{ "tcp.reassemble_out_of_order", PREFERENCE_TRUE },
	{ "tcp.relative_sequence_numbers", SETTING(absolute_sequences) },
	{ "tcp.track_bytes_in_flight", PREFERENCE_TRUE },
	{ "tls.desegment_ssl_application_data", PREFERENCE_TRUE },
	{ "tls.desegment_ssl_records", PREFERENCE_TRUE },
	{ "tls.keylog_file", PREFERENCE_KEY_LOG },
	{ "udp.check_checksum", SETTING(trusts_udp_checksums) },
};

enum { PREFERENCES = sizeof preferences / sizeof *preferences };

static bool set_flag(struct options *options, const struct preference *preference, bool on,
		     const char *text, struct error *error)
{
	switch (preference->kind) {
	case PREFERENCE_SETTING:
		*((bool *)dissection_settings_to_change() + preference->setting) = !on;
		return true;
	case PREFERENCE_NAMES:
		return name_kind_switch(options, preference->letter, on, error);
	default:
		return on == (preference->kind == PREFERENCE_TRUE) ||
		       error_set(error, "-o %s is left out: peel %s does that", text,
				 on ? "never" : "always");
	}
}

bool preference_apply(struct options *options, const char *text, struct error *error)
{
	const char *colon = strchr(text, ':');
	size_t n = colon ? (size_t)(colon - text) : 0;

	if (!colon)
		return error_set(error, "Invalid -o flag \"%s\"; it is NAME:VALUE", text);
	for (unsigned i = 0; i < PREFERENCES; i++) {
		const struct preference *preference = &preferences[i];
		const char *value = colon + 1;
		if (strlen(preference->name) != n || memcmp(preference->name, text, n) != 0)
			continue;
		if (preference->kind == PREFERENCE_KEY_LOG) {
			options->key_log = value;
			return true;
		}
		if (preference->kind == PREFERENCE_COLUMNS) {
			column_list_free(&options->columns);
			return column_list_read(&options->columns, value, error);
		}
		bool on = !strcasecmp(value, "TRUE");
		if (!on && strcasecmp(value, "FALSE") != 0)
			return error_set(error, "-o %s is TRUE or FALSE, not \"%s\"",
					 preference->name, value);
		return set_flag(options, preference, on, text, error);
	}
	return error_set(error, "-o flag \"%s\" specifies unknown preference", text);
}

void preference_names(FILE *out)
{
	for (unsigned i = 0; i < PREFERENCES; i++)
		fprintf(out, "%s%s:", i ? " " : "", preferences[i].name);
}
