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
	const char *meaning; /* of TRUE, or of the value; for the manual */
	enum preference_kind kind;
	size_t setting;
	size_t told; /* what TRUE sets besides; 0: nothing */
	char letter;
} preferences[] = {
	{ "dns.desegment_dns_messages", "put DNS messages over TCP together", PREFERENCE_TRUE },
	{ "gui.column.format", "print these columns, each a title and a format",
	  PREFERENCE_COLUMNS },
	{ "http.dechunk_body", "take chunked bodies out of their chunks", PREFERENCE_TRUE },
	{ "http.decompress_body", "unpack bodies", PREFERENCE_TRUE },
	{ "http.desegment_body", "put bodies together", PREFERENCE_TRUE },
	{ "http.desegment_headers", "put headers together", PREFERENCE_TRUE },
	{ "ip.check_checksum", "verify checksums of IPv4 headers", SETTING(trusts_ip_checksums) },
	{ "ip.defragment", "put fragments of IPv4 together", PREFERENCE_TRUE },
	{ "ip.use_geoip", "look up places of IPv4 addresses", SETTING(no_ipv4_places) },
	{ "ipv6.defragment", "put fragments of IPv6 together", PREFERENCE_TRUE },
	{ "ipv6.use_geoip", "look up places of IPv6 addresses", SETTING(no_ipv6_places) },
	{ "nameres.dns_pkt_addr_resolution", "as -N d", PREFERENCE_NAMES, .letter = 'd' },
	{ "nameres.mac_name", "as -N m", PREFERENCE_NAMES, .letter = 'm' },
	{ "nameres.network_name", "as -N n", PREFERENCE_NAMES, .letter = 'n' },
	{ "nameres.transport_name", "as -N t", PREFERENCE_NAMES, .letter = 't' },
	{ "nameres.use_external_name_resolver", "ask DNS servers for names", PREFERENCE_FALSE },
	{ "nameres.vlan_name", "as -N v", PREFERENCE_NAMES, .letter = 'v' },
	{ "smtp.desegment_data", "put mails together", PREFERENCE_TRUE },
	{ "smtp.desegment_lines", "put lines of SMTP together", PREFERENCE_TRUE },
	{ "ssl.keylog_file", "as tls.keylog_file, its newer name", PREFERENCE_KEY_LOG },
	{ "tcp.analyze_sequence_numbers", "tell lost, repeated and disordered segments",
	  PREFERENCE_TRUE },
	{ "tcp.calculate_timestamps", "tell times within a connection", PREFERENCE_TRUE },
	{ "tcp.check_checksum", "verify checksums of TCP, and tell wrong ones in rows",
	  SETTING(trusts_tcp_checksums),
	  .told = offsetof(struct dissection_settings, words_tcp_checksums) },
	{ "tcp.desegment_tcp_streams", "put messages over TCP together", PREFERENCE_TRUE },
	{ "tcp.reassemble_out_of_order", "put segments into order first", PREFERENCE_TRUE },
	{ "tcp.relative_sequence_numbers",
	  "count sequence numbers from the beginning of a connection",
	  SETTING(absolute_sequences) },
	{ "tcp.track_bytes_in_flight", "tell how much was not confirmed yet", PREFERENCE_TRUE },
	{ "tls.desegment_ssl_application_data", "put what TLS carries together", PREFERENCE_TRUE },
	{ "tls.desegment_ssl_records", "put records of TLS together", PREFERENCE_TRUE },
	{ "tls.keylog_file", "decrypt TLS with the secrets in this file, as --keylog",
	  PREFERENCE_KEY_LOG },
	{ "udp.check_checksum", "verify checksums of UDP, and tell wrong ones in rows",
	  SETTING(trusts_udp_checksums),
	  .told = offsetof(struct dissection_settings, words_udp_checksums) },
};

enum { PREFERENCES = sizeof preferences / sizeof *preferences };

static bool set_flag(struct options *options, const struct preference *preference, bool on,
		     const char *text, struct error *error)
{
	switch (preference->kind) {
	case PREFERENCE_SETTING:
		*((bool *)dissection_settings_to_change() + preference->setting) = !on;
		if (preference->told)
			*((bool *)dissection_settings_to_change() + preference->told) = on;
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

static bool nth_preference(unsigned n, struct choice *choice)
{
	if (n >= PREFERENCES)
		return false;
	choice->name = preferences[n].name;
	choice->ending = ":";
	return true;
}

const struct choices preference_choices = { .nth = nth_preference };

bool preference_told(unsigned n, struct preference_words *words)
{
	static const char *const values[] = {
		[PREFERENCE_SETTING] = "TRUE, FALSE", [PREFERENCE_NAMES] = "TRUE, FALSE",
		[PREFERENCE_TRUE] = "TRUE",	      [PREFERENCE_FALSE] = "FALSE",
		[PREFERENCE_KEY_LOG] = "FILE",	      [PREFERENCE_COLUMNS] = "\"TITLE\",\"%X\",...",
	};

	if (n >= PREFERENCES)
		return false;
	*words = (struct preference_words){ preferences[n].name, values[preferences[n].kind],
					    preferences[n].meaning };
	return true;
}
