/* options.c - the table of options, and reading a command line by it.
 *
 * Letters and meanings are tshark's wherever it has the option. */
#include "cli/options.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "capture/capture_file.h"
#include "capture/link_type.h"
#include "dissect/decode_as.h"
#include "dissect/dissection_settings.h"
#include "dissect/names.h"
#include "batch_print.h"
#include "capture_options.h"
#include "export_objects.h"
#include "ladder.h"
#include "left_out.h"
#include "name_options.h"
#include "preferences.h"
#include "statistics.h"

const char *const option_section_names[SECTIONS] = {
	[SECTION_INPUT] = "Input",   [SECTION_LIVE] = "Live capture", [SECTION_OUTPUT] = "Output",
	[SECTION_SCREEN] = "Screen", [SECTION_OTHER] = "Other",
};

static bool read_number(const char *text, uint64_t most, uint64_t *value)
{
	char *end;

	if (!isdigit((unsigned char)text[0]))
		return false;
	errno = 0;
	*value = strtoull(text, &end, 10);
	return !errno && !*end && *value <= most;
}

static bool apply_read(struct options *options, const char *value, struct error *error)
{
	if (options->read_path)
		return error_set(error, "only one file can be read at a time: \"%s\" or \"%s\"",
				 options->read_path, value);
	options->read_path = value;
	return true;
}

static bool apply_count(struct options *options, const char *value, struct error *error)
{
	if (!read_number(value, UINT32_MAX, &options->packet_limit))
		return error_set(error, "The specified packet count \"%s\" isn't a decimal number",
				 value);
	if (!options->packet_limit)
		return error_set(error, "The specified packet count is zero");
	return true;
}

static bool apply_selected_frame(struct options *options, const char *value, struct error *error)
{
	uint64_t number;

	if (!read_number(value, UINT32_MAX, &number) || !number)
		return error_set(error, "The specified frame \"%s\" isn't a number from 1 on",
				 value);
	options->selected_frame = (uint32_t)number;
	return true;
}

static bool apply_explain(struct options *options, const char *value, struct error *error)
{
	uint64_t number;

	if (!read_number(value, UINT32_MAX, &number) || !number)
		return error_set(error, "--explain wants a packet's number, not \"%s\"", value);
	options->explained = (uint32_t)number;
	return true;
}

static bool apply_interface(struct options *options, const char *value, struct error *error)
{
	struct live_options *live = &options->live;

	if (!value[0])
		return error_set(error, "the name of an interface is empty");
	if (live->interface_count == LIVE_INTERFACES)
		return error_set(error, "more than %d interfaces", LIVE_INTERFACES);
	live->filters[live->interface_count] = options->filter_for_all;
	live->interfaces[live->interface_count++] = value;
	return true;
}

/* As in tshark: for the interface before it, or for all if it comes first. */
static bool apply_capture_filter(struct options *options, const char *value, struct error *error)
{
	struct live_options *live = &options->live;

	(void)error;
	if (live->interface_count)
		live->filters[live->interface_count - 1] = value;
	else
		options->filter_for_all = value;
	return true;
}

static bool apply_snap_length(struct options *options, const char *value, struct error *error)
{
	uint64_t number;

	if (!read_number(value, INT32_MAX, &number))
		return error_set(error,
				 "The specified snapshot length \"%s\" isn't a decimal number",
				 value);
	/* No packet is longer than that. */
	options->live.snap_length = number < RECORD_LIMIT ? (uint32_t)number : 0;
	return true;
}

static bool apply_buffer(struct options *options, const char *value, struct error *error)
{
	uint64_t number;

	if (!read_number(value, BUFFER_MIB_LIMIT, &number) || !number)
		return error_set(
			error,
			"The specified buffer size \"%s\" isn't a number of MiB from 1 to 2047",
			value);
	options->live.buffer_mib = (uint32_t)number;
	return true;
}

static bool apply_link_type(struct options *options, const char *value, struct error *error)
{
	(void)error;
	options->live.link_type = value;
	return true;
}

static bool apply_open_only(struct options *options, const char *value, struct error *error)
{
	(void)error;
	options->open_only = value;
	options->tree = true;
	return true;
}

static bool apply_output(struct options *options, const char *value, struct error *error)
{
	options->format = packet_format_named(value);
	if (!strcmp(value, "text"))
		options->output = OUTPUT_TEXT;
	else if (!strcmp(value, "tabs"))
		options->output = OUTPUT_TABS;
	else if (!strcmp(value, "fields"))
		options->output = OUTPUT_FIELDS;
	else if (!strcmp(value, "json"))
		options->output = OUTPUT_JSON;
	else if (options->format)
		options->output = OUTPUT_OTHER;
	else if (!strcmp(value, "ps"))
		return error_set(error,
				 "-T ps: peel does not print PostScript; -T text can be printed");
	else
		return error_set(
			error,
			"Invalid -T parameter \"%s\"; it must be one of: ek, fields, json, "
			"jsonraw, pdml, psml, tabs, text",
			value);
	options->output_given = true;
	return true;
}

static bool set_layers(struct options *options, const char *names, bool whole, struct error *error)
{
	if (options->layers.names)
		return error_set(error, "-j or -J was already specified (before \"%s\")", names);
	options->layers = (struct layer_choice){ names, whole };
	return true;
}

static bool apply_layers(struct options *options, const char *value, struct error *error)
{
	return set_layers(options, value, false, error);
}

static bool apply_whole_layers(struct options *options, const char *value, struct error *error)
{
	return set_layers(options, value, true, error);
}

static bool apply_hexdump(struct options *options, const char *value, struct error *error)
{
	options->hex = true;
	if (!strcmp(value, "all"))
		options->hex_style.only_frame = false;
	else if (!strcmp(value, "frames"))
		options->hex_style.only_frame = true;
	else if (!strcmp(value, "ascii"))
		options->hex_style.ascii = HEX_ASCII;
	else if (!strcmp(value, "delimit"))
		options->hex_style.ascii = HEX_ASCII_DELIMITED;
	else if (!strcmp(value, "noascii"))
		options->hex_style.ascii = HEX_NO_ASCII;
	else
		return error_set(
			error,
			"\"%s\" is an invalid value for --hexdump; it must be one of: all, "
			"frames, ascii, delimit, noascii",
			value);
	return true;
}

static bool apply_separator(struct options *options, const char *value, struct error *error)
{
	(void)error;
	options->separator = value;
	return true;
}

static struct field_list *fields_of(struct options *options)
{
	if (!options->fields)
		options->fields = field_list_new();
	return options->fields;
}

static bool apply_field(struct options *options, const char *value, struct error *error)
{
	return field_list_add(fields_of(options), value, error);
}

static bool apply_field_option(struct options *options, const char *value, struct error *error)
{
	return field_list_option(fields_of(options), value, error);
}

static bool apply_time(struct options *options, const char *value, struct error *error)
{
	static const struct {
		const char *name;
		enum time_format format;
	} formats[] = {
		{ "a", TIME_ABSOLUTE },
		{ "ad", TIME_ABSOLUTE_DATE },
		{ "adoy", TIME_ABSOLUTE_DAY_OF_YEAR },
		{ "d", TIME_DELTA },
		{ "dd", TIME_DELTA_SHOWN },
		{ "e", TIME_EPOCH },
		{ "r", TIME_RELATIVE },
		{ "u", TIME_UTC_CLOCK },
		{ "ud", TIME_UTC_DATE },
		{ "udoy", TIME_UTC_DAY_OF_YEAR },
	};

	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
		if (!strcmp(value, formats[i].name)) {
			options->time_format = formats[i].format;
			return true;
		}
	return error_set(
		error,
		"Invalid time stamp type \"%s\"; it must be one of: a, ad, adoy, d, dd, e, r, u, "
		"ud, udoy",
		value);
}

static bool apply_seconds(struct options *options, const char *value, struct error *error)
{
	options->time_in_hours = !strcmp(value, "hms");
	if (!options->time_in_hours && strcmp(value, "s") != 0)
		return error_set(error, "Invalid seconds type \"%s\"; it must be one of: s, hms",
				 value);
	return true;
}

static bool apply_write(struct options *options, const char *value, struct error *error)
{
	(void)error;
	options->write_path = value;
	return true;
}

static bool apply_format(struct options *options, const char *value, struct error *error)
{
	if (!strcmp(value, "pcapng"))
		options->write_format = FORMAT_PCAPNG;
	else if (!strcmp(value, "pcap"))
		options->write_format = FORMAT_PCAP;
	else if (!strcmp(value, "nsecpcap"))
		options->write_format = FORMAT_NSEC_PCAP;
	else
		return error_set(
			error,
			"\"%s\" isn't a valid capture file type; there are: pcap, pcapng, nsecpcap",
			value);
	return true;
}

static bool apply_capture_comment(struct options *options, const char *value, struct error *error)
{
	struct live_options *live = &options->live;

	if (live->comment_count == CAPTURE_COMMENTS)
		return error_set(error, "more than %d capture comments", CAPTURE_COMMENTS);
	live->comments[live->comment_count++] = value;
	return true;
}

static bool check_standard_output(const struct options *options, struct error *error)
{
	return !options->write_path || strcmp(options->write_path, "-") != 0 ||
	       !batch_prints(options) ||
	       error_set(error, "You can't write both raw packet data and dissected packets to "
				"the standard output.");
}

/* Comments, and what else is said of the file that -w writes. */
static bool check_write(const struct options *options, struct error *error)
{
	if (options->read_only && (options->write_path || options->live.interface_count ||
				   options->object_request_count))
		return error_set(error, "--readonly writes nothing: -w, -i and --export-objects do "
					"not go with it");
	if (options->explained && options->live.interface_count)
		return error_set(error, "--explain tells a packet of a file");
	if (options->explained &&
	    (options->output_given || options->tree || options->hex || options->summary_too ||
	     options->statistics || options->write_path || options->count || options->match ||
	     options->verify || options->ladder.asked || options->display_filter ||
	     options->read_filter || options->object_request_count))
		return error_set(error, "--explain tells one packet: options that print, filter or "
					"write others do not go with it");
	if (options->redact && (options->write_path || options->object_request_count ||
				options->statistics || options->ladder.asked))
		return error_set(error,
				 "--redact masks what is printed of packets: -w, -z, --ladder "
				 "and --export-objects do not go with it");
	if (options->object_request_count && options->live.interface_count)
		return error_set(error, "--export-objects saves what a file holds: capture with -w "
					"first");
	if (options->write_names &&
	    (!options->write_path || options->write_format != FORMAT_PCAPNG ||
	     options->live.interface_count))
		return error_set(error,
				 "-W n writes names into the pcapng that -w copies a file into");
	if (!options->live.comment_count)
		return true;
	if (!options->write_path)
		return error_set(error, "Capture comments were specified, but you aren't writing a "
					"capture file.");
	if (options->write_format != FORMAT_PCAPNG)
		return error_set(error, "Capture comments can only be written to files of the "
					"following types: pcapng");
	return true;
}

static bool apply_export_objects(struct options *options, const char *value, struct error *error)
{
	if (options->object_request_count == OBJECT_REQUESTS)
		return error_set(error, "more than %d --export-objects", OBJECT_REQUESTS);
	return object_request_read(&options->object_requests[options->object_request_count++],
				   value, error);
}

static bool apply_catalog(struct options *options, const char *value, struct error *error)
{
	struct error names = { "" };

	for (const struct catalog *catalog = catalogs; catalog->name; catalog++) {
		if (!strcmp(value, catalog->name)) {
			options->errand = ERRAND_CATALOG;
			options->catalog = catalog;
			return true;
		}
		error_set(&names, "%s%s%s", names.text, catalog == catalogs ? "" : ", ",
			  catalog->name);
	}
	return error_set(error, "Invalid -G parameter \"%s\"; it must be one of: %s", value,
			 names.text);
}

static bool apply_statistic(struct options *options, const char *value, struct error *error)
{
	if (!strcmp(value, "help")) {
		options->errand = ERRAND_STATISTICS;
		return true;
	}
	if (!options->statistics)
		options->statistics = statistics_new();
	return statistics_add(options->statistics, value, error);
}

static bool apply_display_filter(struct options *options, const char *value, struct error *error)
{
	(void)error;
	options->display_filter = value;
	return true;
}

static bool apply_read_filter(struct options *options, const char *value, struct error *error)
{
	(void)error;
	options->read_filter = value;
	return true;
}

/* The registry is told at once: there are no threads yet. */
static bool apply_decode_as(struct options *options, const char *value, struct error *error)
{
	struct decode_rule rule;

	(void)options;
	if (!decode_rule_read(&rule, value, error))
		return false;
	decode_rule_apply(&rule);
	return true;
}

static bool disable_protocol(struct options *options, const char *value, struct error *error)
{
	(void)options;
	return protocol_switch(value, false, error);
}

static bool enable_protocol(struct options *options, const char *value, struct error *error)
{
	(void)options;
	return protocol_switch(value, true, error);
}

static bool only_protocols(struct options *options, const char *value, struct error *error)
{
	(void)options;
	return protocols_only(value, error);
}

static bool ask_show_filter(struct options *options, const char *value, struct error *error)
{
	(void)value;
	(void)error;
	options->errand = ERRAND_SHOW_FILTER;
	return true;
}

static bool apply_verify(struct options *options, const char *value, struct error *error)
{
	struct error names = { "" };

	options->verify = verify_kind_named(value);
	if (options->verify)
		return true;
	for (unsigned i = 0; verify_kinds[i]; i++)
		error_set(&names, "%s%s%s", names.text, i ? ", " : "", verify_kinds[i]->name);
	return error_set(error, "--verify knows nothing of \"%s\"; it verifies: %s", value,
			 names.text);
}

static bool apply_verdict_format(struct options *options, const char *value, struct error *error)
{
	if (!strcmp(value, "text"))
		options->verdict_format = VERDICTS_TEXT;
	else if (!strcmp(value, "json"))
		options->verdict_format = VERDICTS_JSON;
	else if (!strcmp(value, "tap"))
		options->verdict_format = VERDICTS_TAP;
	else
		return error_set(error, "--format is text, json or tap, not \"%s\"", value);
	options->verdict_format_given = true;
	return true;
}

static bool apply_ladder(struct options *options, const char *value, struct error *error)
{
	return ladder_request_read(&options->ladder, value, error);
}

static bool apply_theme(struct options *options, const char *value, struct error *error)
{
	(void)error;
	options->theme = value;
	return true;
}

static bool apply_raw(struct options *options, const char *value, struct error *error)
{
	uint64_t number;
	uint16_t link_type;

	if (!strcasecmp(value, "ethernet"))
		value = "EN10MB";
	if (read_number(value, UINT16_MAX, &number))
		options->raw_link_type = (uint16_t)number;
	else if (link_type_named(value, &link_type))
		options->raw_link_type = link_type;
	else
		return error_set(error,
				 "--raw wants a link type, such as ethernet, RAW or 101; not \"%s\"",
				 value);
	options->takes_raw = true;
	return true;
}

static bool apply_key_map(struct options *options, const char *value, struct error *error)
{
	(void)error;
	options->key_map = value;
	return true;
}

static bool ask_help(struct options *options, const char *value, struct error *error)
{
	(void)value;
	(void)error;
	options->errand = ERRAND_HELP;
	return true;
}

static bool ask_version(struct options *options, const char *value, struct error *error)
{
	(void)value;
	(void)error;
	options->errand = ERRAND_VERSION;
	return true;
}

static bool ask_interfaces(struct options *options, const char *value, struct error *error)
{
	(void)value;
	(void)error;
	options->errand = ERRAND_INTERFACES;
	return true;
}

static bool ask_link_types(struct options *options, const char *value, struct error *error)
{
	(void)value;
	(void)error;
	options->errand = ERRAND_LINK_TYPES;
	return true;
}

static bool ask_man_page(struct options *options, const char *value, struct error *error)
{
	(void)value;
	(void)error;
	options->errand = ERRAND_MAN_PAGE;
	return true;
}

static bool ask_completion(struct options *options, const char *value, struct error *error)
{
	(void)value;
	(void)error;
	options->errand = ERRAND_COMPLETION;
	return true;
}

static bool apply_key_log(struct options *options, const char *value, struct error *error)
{
	(void)error;
	options->key_log = value;
	return true;
}

#define FLAG(member) .flag = offsetof(struct options, member)

const struct option_row option_table[] = {
	{ 'r', "read-file", "FILE", SECTION_INPUT, "read packets from FILE; - is standard input",
	  .apply = apply_read },
	{ 'c', NULL, "N", SECTION_INPUT, "stop after N packets", .apply = apply_count },
	{ '2', NULL, NULL, SECTION_INPUT, "read the whole file before anything is shown",
	  FLAG(two_passes) },
	{ 'Y', "display-filter", "FILTER", SECTION_INPUT,
	  "show only packets that match, in Wireshark's language; words after FILE say the same",
	  .apply = apply_display_filter },
	{ 'R', "read-filter", "FILTER", SECTION_INPUT,
	  "with -2, take only packets that match in the first pass", .apply = apply_read_filter },
	{ 0, "selected-frame", "N", SECTION_INPUT,
	  "with -2, the packet whose fields ${FIELD} in a filter means",
	  .apply = apply_selected_frame },

	{ 'd', NULL, "RULE", SECTION_INPUT,
	  "who dissects what: LAYER==SELECTOR,PROTOCOL as tcp.port==8888,http, "
	  "udp.port==8000-8100,dns or ethertype==0x88b5,ip; may be repeated",
	  .choices = "ethertype== ip.proto== llc.dsap== ppp.protocol== tcp.port== udp.port==",
	  .apply = apply_decode_as },
	{ 0, "disable-protocol", "PROTOCOL", SECTION_INPUT,
	  "leave this protocol undissected; may be repeated", .apply = disable_protocol },
	{ 0, "enable-protocol", "PROTOCOL", SECTION_INPUT,
	  "dissect this protocol again, after --only-protocols or --disable-protocol",
	  .apply = enable_protocol },
	{ 0, "only-protocols", "PROTOCOLS", SECTION_INPUT,
	  "dissect no others than these, separated by commas", .apply = only_protocols },

	{ 0, "keylog", "FILE", SECTION_INPUT,
	  "decrypt TLS with the secrets in FILE, as SSLKEYLOGFILE has them",
	  .apply = apply_key_log },
	{ 'o', NULL, "NAME:VALUE", SECTION_INPUT,
	  "a preference of tshark's, as far as peel has it: tls.keylog_file:FILE, "
	  "tcp.relative_sequence_numbers:FALSE, tcp.check_checksum:FALSE, "
	  "gui.column.format:\"No.\",\"%m\",\"Host\",\"%Cus:http.host:0:R\"; may be repeated",
	  .names = preference_names, .apply = preference_apply },

	{ 'i', "interface", "NAME", SECTION_LIVE,
	  "capture from an interface, given by name or its number in -D; may be repeated",
	  .apply = apply_interface },
	{ 'f', NULL, "FILTER", SECTION_LIVE,
	  "capture only what matches, in libpcap's language: for the interface before it, or for "
	  "all",
	  .apply = apply_capture_filter },
	{ 's', "snapshot-length", "N", SECTION_LIVE, "capture at most N bytes of each packet",
	  .apply = apply_snap_length },
	{ 'p', "no-promiscuous-mode", NULL, SECTION_LIVE,
	  "do not put the interface into promiscuous mode", FLAG(live.no_promiscuous) },
	{ 'I', "monitor-mode", NULL, SECTION_LIVE, "put a wireless interface into monitor mode",
	  FLAG(live.monitor) },
	{ 'B', "buffer-size", "MIB", SECTION_LIVE, "size of the kernel's buffer (64)",
	  .apply = apply_buffer },
	{ 'y', "linktype", "TYPE", SECTION_LIVE, "capture with this link type",
	  .apply = apply_link_type },
	{ 'a', "autostop", "CONDITION", SECTION_LIVE,
	  "stop after duration:SECONDS, packets:N, filesize:KB or, with -b, files:N; may be "
	  "repeated",
	  .choices = "duration: filesize: files: packets:", .apply = apply_autostop },
	{ 'b', "ring-buffer", "RULE", SECTION_LIVE,
	  "go on in another file after duration:SECONDS, filesize:KB, packets:N or at whole "
	  "interval:SECONDS; files:N keeps the last N, nametimenum:2 puts the time into names "
	  "first, printname:FILE tells their names; may be repeated",
	  .choices = "duration: filesize: files: interval: nametimenum: packets: printname:",
	  .apply = apply_ring },
	{ 'D', "list-interfaces", NULL, SECTION_LIVE, "list the interfaces",
	  .apply = ask_interfaces },
	{ 'L', "list-data-link-types", NULL, SECTION_LIVE,
	  "list the link types of the interface of -i", .apply = ask_link_types },

	{ 'V', NULL, NULL, SECTION_OUTPUT, "print all details of each packet", FLAG(tree) },
	{ 'O', NULL, "PROTOCOLS", SECTION_OUTPUT,
	  "print the details of these protocols only, separated by commas",
	  .apply = apply_open_only },
	{ 'x', NULL, NULL, SECTION_OUTPUT, "print the bytes of each packet", FLAG(hex) },
	{ 0, "hexdump", "WHAT", SECTION_OUTPUT,
	  "print the bytes of all that a packet was put together to (all) or of frames; and how: "
	  "ascii, "
	  "delimit or noascii; may be repeated",
	  .choices = "all frames ascii delimit noascii", .apply = apply_hexdump },
	{ 'S', NULL, "LINE", SECTION_OUTPUT,
	  "print LINE, not a blank one, after each packet's details or bytes",
	  .apply = apply_separator },
	{ 'P', "print", NULL, SECTION_OUTPUT, "print one line per packet even with -V, -x or -w",
	  FLAG(summary_too) },
	{ 'T', NULL, "FORMAT", SECTION_OUTPUT,
	  "print text, tabs (text with tabs between its columns), fields (those of -e), json, "
	  "jsonraw, "
	  "ek (for Elasticsearch), pdml (details as XML) or psml (columns as XML)",
	  .choices = "text tabs fields json jsonraw ek pdml psml", .apply = apply_output },
	{ 'j', NULL, "NAMES", SECTION_OUTPUT,
	  "with -T json, jsonraw, ek or pdml: print only what is named, separated by blanks: "
	  "protocols and "
	  "fields, without what is below fields that are not",
	  .apply = apply_layers },
	{ 'J', NULL, "PROTOCOLS", SECTION_OUTPUT,
	  "the same for whole protocols, with all that is below them",
	  .apply = apply_whole_layers },
	{ 0, "color", NULL, SECTION_OUTPUT,
	  "colour the lines by the rules in colorfilters, on terminals that have 24 bits of it",
	  FLAG(colour) },
	{ 0, "no-duplicate-keys", NULL, SECTION_OUTPUT,
	  "what occurs twice in an object of JSON is an array, which is always so",
	  FLAG(no_duplicate_keys) },
	{ 'e', NULL, "FIELD", SECTION_OUTPUT,
	  "a field, or a column as _ws.col.Info, for -T fields, json, jsonraw, ek or pdml; may be "
	  "repeated",
	  .apply = apply_field },
	{ 'E', NULL, "NAME=VALUE", SECTION_OUTPUT,
	  "how -T fields prints: header=y|n, separator=/t|/s|C, occurrence=f|l|a, "
	  "aggregator=,|/s|C, quote=d|s|n, "
	  "bom=y|n",
	  .choices = "header= separator= occurrence= aggregator= quote= bom=",
	  .apply = apply_field_option },
	{ 't', NULL, "FORMAT", SECTION_OUTPUT,
	  "time: a(bsolute), ad or adoy with the date, d(elta), dd since the packet shown before, "
	  "e(poch), r(elative), "
	  "u, ud or udoy in UTC",
	  .choices = "a ad adoy d dd e r u ud udoy", .apply = apply_time },
	{ 'u', NULL, "UNIT", SECTION_OUTPUT,
	  "spans of time in seconds (s) or hours, minutes and seconds (hms)", .choices = "s hms",
	  .apply = apply_seconds },
	{ 'n', NULL, NULL, SECTION_OUTPUT,
	  "print addresses and ports as numbers, which is so without -N and -H", FLAG(no_names) },
	{ 'N', NULL, "KINDS", SECTION_OUTPUT,
	  "print names: m of network cards' makers, n of hosts (/etc/hosts), d of hosts as the "
	  "capture's DNS answers name them, t of ports, v of VLANs (the lines \"100 NAME\" of "
	  "$XDG_CONFIG_HOME/peel/vlans)",
	  .apply = apply_name_kinds },
	{ 'H', NULL, "FILE", SECTION_OUTPUT,
	  "print the names of hosts that FILE has, which is as /etc/hosts; may be repeated",
	  .apply = apply_hosts_file },
	{ 'l', NULL, NULL, SECTION_OUTPUT, "write each packet out at once", FLAG(flush_lines) },
	{ 'q', NULL, NULL, SECTION_OUTPUT, "print no packets, and no counts while capturing",
	  FLAG(quiet) },
	{ 'Q', NULL, NULL, SECTION_OUTPUT, "tell nothing but errors on standard error",
	  FLAG(only_errors) },
	{ 0, "explain", "N", SECTION_OUTPUT,
	  "tell packet N layer by layer: each field, what it means and where it is defined",
	  .apply = apply_explain },
	{ 0, "redact", NULL, SECTION_OUTPUT,
	  "mask passwords, keys, authorization headers and cookies in all that is printed",
	  FLAG(redact) },
	{ 0, "match", NULL, SECTION_OUTPUT,
	  "exit with 0 if any packet passed the filters, with 1 if none did", FLAG(match) },
	{ 0, "count", NULL, SECTION_OUTPUT, "print how many packets passed instead of the packets",
	  FLAG(count) },
	{ 0, "verify", "WHAT", SECTION_OUTPUT,
	  "tell of each connection (tcp) or lookup (dns) whether it went as its RFCs say; the exit "
	  "status is the answer",
	  .choices = "tcp dns", .apply = apply_verify },
	{ 0, "format", "FORMAT", SECTION_OUTPUT, "print --verify's verdicts as text, json or tap",
	  .choices = "text json tap", .apply = apply_verdict_format },
	{ 0, "ladder", "STREAM", SECTION_OUTPUT,
	  "draw TCP stream N, or udp,N, instead of the packets: N[,text[,COLUMNS]|,mermaid|,csv]; "
	  "with -V each segment has a line",
	  .apply = apply_ladder },
	{ 'z', NULL, "STATISTIC", SECTION_OUTPUT,
	  "print a statistic after the packets, or with -q instead of them; may be repeated; -z "
	  "help lists them",
	  .names = statistics_names, .apply = apply_statistic },
	{ 'w', NULL, "FILE", SECTION_OUTPUT, "write the packets into FILE; - is standard output",
	  .apply = apply_write },
	{ 'g', NULL, NULL, SECTION_OUTPUT, "let the group read the file that is written",
	  FLAG(live.group_read) },
	{ 'W', NULL, "n", SECTION_OUTPUT,
	  "write names of hosts into the file (pcapng): those of -H, and of the capture's DNS "
	  "answers",
	  .choices = "n", .apply = apply_name_writing },
	{ 'F', NULL, "FORMAT", SECTION_OUTPUT, "write pcapng, pcap or nsecpcap",
	  .choices = "pcapng pcap nsecpcap", .apply = apply_format },

	{ 0, "capture-comment", "TEXT", SECTION_OUTPUT,
	  "a comment on the file that is written (pcapng); may be repeated",
	  .apply = apply_capture_comment },

	{ 0, "export-objects", "KIND,DIR", SECTION_OUTPUT,
	  "save what was transferred (http, ftp-data, tftp, smtp, imf) into files in DIR; may be "
	  "repeated",
	  .choices = "ftp-data, http, imf, smtp, tftp,", .apply = apply_export_objects },

	{ 0, "ascii", NULL, SECTION_SCREEN, "draw with ASCII only", FLAG(ascii) },
	{ 0, "mono", NULL, SECTION_SCREEN, "draw without colours", FLAG(mono) },
	{ 0, "no-mouse", NULL, SECTION_SCREEN, "leave the mouse to the terminal", FLAG(no_mouse) },
	{ 0, "merge", NULL, SECTION_INPUT,
	  "read all files that are named as one, in the order of their packets' times; names of "
	  "interfaces begin with their file's; -Y filters",
	  FLAG(merge) },
	{ 0, "skip", NULL, SECTION_INPUT,
	  "pass over damage in a file: go on with the next packet that is plausible",
	  FLAG(skips_damage) },
	{ 0, "raw", "LINKTYPE", SECTION_INPUT,
	  "show a file that is no capture as the bytes of a packet of this link type: ethernet, a "
	  "name as EN10MB, or a number",
	  .choices = "ethernet", .apply = apply_raw },
	{ 0, "readonly", NULL, SECTION_SCREEN,
	  "write nothing: what is remembered and set is read but stays, saving is refused",
	  FLAG(read_only) },
	{ 0, "fresh", NULL, SECTION_SCREEN, "begin without what is remembered of the file",
	  FLAG(fresh) },
	{ 0, "restore", NULL, SECTION_SCREEN,
	  "apply the filter of the last time too; without a file, open the one that was left last",
	  FLAG(restore) },
	{ 0, "plain", NULL, SECTION_SCREEN,
	  "for screen readers: one pane, sentences, nothing drawn by characters", FLAG(plain) },
	{ 0, "theme", "NAME", SECTION_SCREEN,
	  "colours: dark, light, 16, mono, high-contrast, colourblind or a file of yours",
	  .choices = "dark light 16 mono high-contrast colourblind", .apply = apply_theme },
	{ 0, "keymap", "NAME", SECTION_SCREEN,
	  "keys like those of another program where they differ: default, vim, less or wireshark",
	  .choices = "default vim less wireshark", .apply = apply_key_map },

	{ 'G', NULL, "WHAT", SECTION_OTHER,
	  "list what peel knows: column-formats, decodes (ports and the like), fieldcount, fields, "
	  "ftypes, "
	  "protocols or values",
	  .choices = "column-formats decodes fieldcount fields ftypes protocols values",
	  .apply = apply_catalog },
	{ 0, "show-filter", NULL, SECTION_OTHER, "print what the filter of -Y is compiled to",
	  .apply = ask_show_filter },
	{ 'v', "version", NULL, SECTION_OTHER, "tell peel's version and its libraries'",
	  .apply = ask_version },
	{ 'h', "help", NULL, SECTION_OTHER, "show this", .apply = ask_help },
	{ 0, "generate-man", NULL, SECTION_OTHER, NULL, .apply = ask_man_page },
	{ 0, "generate-completion", NULL, SECTION_OTHER, NULL, .apply = ask_completion },
	{ 0 },
};

void options_init(struct options *options)
{
	*options = (struct options){ .write_format = FORMAT_PCAPNG };
}

void options_free(struct options *options)
{
	field_list_free(options->fields);
	column_list_free(&options->columns);
	statistics_free(options->statistics);
	names_free();
	free(options->live_names);
	free(options->filter_words);
	free(options->more_paths);
}

static bool apply(struct options *options, const struct option_row *row, const char *value,
		  struct error *error)
{
	if (row->apply)
		return row->apply(options, value, error);
	*(bool *)((char *)options + row->flag) = true;
	return true;
}

static const struct option_row *row_of_letter(char letter)
{
	for (const struct option_row *row = option_table; row->letter || row->name; row++)
		if (letter && row->letter == letter)
			return row;
	return NULL;
}

static const struct option_row *row_of_name(const char *name, size_t n)
{
	for (const struct option_row *row = option_table; row->letter || row->name; row++)
		if (row->name && strlen(row->name) == n && !memcmp(row->name, name, n))
			return row;
	return NULL;
}

struct words {
	char **argv;
	int argc, at;
};

static const char *next_word(struct words *words)
{
	return words->at < words->argc ? words->argv[words->at++] : NULL;
}

/* "--name", "--name value" or "--name=value" */
static bool parse_long(struct options *options, const char *text, struct words *words,
		       struct error *error)
{
	const char *value = strchr(text, '=');
	size_t n = value ? (size_t)(value++ - text) : strlen(text);
	const struct option_row *row = row_of_name(text, n);

	if (!row && !is_left_out_name(text, n, error))
		error_set(error, "unrecognized option: --%.*s (peel --help lists them)", (int)n,
			  text);
	if (!row)
		return false;
	if (!row->argument && value)
		return error_set(error, "--%s takes no value", row->name);
	if (row->argument && !value && !(value = next_word(words)))
		return error_set(error, "--%s wants a value: %s", row->name, row->argument);
	return apply(options, row, value, error);
}

/* "-V", "-Vx", "-c 5" or "-c5" */
static bool parse_letters(struct options *options, const char *text, struct words *words,
			  struct error *error)
{
	for (; *text; text++) {
		const struct option_row *row = row_of_letter(*text);
		if (!row && !is_left_out_letter(*text, error))
			error_set(error, "invalid option -- '%c' (peel --help lists them)", *text);
		if (!row)
			return false;
		if (!row->argument) {
			if (!apply(options, row, NULL, error))
				return false;
			continue;
		}
		const char *value = text[1] ? text + 1 : next_word(words);
		if (!value)
			return error_set(error, "-%c wants a value: %s", row->letter,
					 row->argument);
		return apply(options, row, value, error);
	}
	return true;
}

static char *join_words(char **words, unsigned count)
{
	size_t room = 1;

	for (unsigned i = 0; i < count; i++)
		room += strlen(words[i]) + 1;
	char *joined = must_zeroed(room, 1), *at = joined;
	for (unsigned i = 0; i < count; i++)
		at = stpcpy(stpcpy(at, i ? " " : ""), words[i]);
	return joined;
}

/* Words that are names of files, as long as there are such; what follows is a filter.  What is to
 * be merged is no filter. */
static void take_more_files(struct options *options, char ***words, unsigned *count)
{
	struct stat status;

	options->more_paths = must_zeroed(*count + 1, sizeof *options->more_paths);
	while (*count &&
	       (options->merge || (stat(**words, &status) == 0 && !S_ISDIR(status.st_mode)))) {
		options->more_paths[options->more_count++] = *(*words)++;
		--*count;
	}
}

/* A file or more, unless -r named it, and a display filter. */
static bool take_file_words(struct options *options, char **words, unsigned count,
			    struct error *error)
{
	if (!options->read_path) {
		options->path_is_word = true;
		options->read_path = *words++;
		count--;
		take_more_files(options, &words, &count);
	}
	if (!count)
		return true;
	options->filter_words = join_words(words, count);
	if (options->display_filter)
		return error_set(error, "the display filter is given twice: -Y \"%s\" and \"%s\"",
				 options->display_filter, options->filter_words);
	options->display_filter = options->filter_words;
	return true;
}

/* The words that are no options: a file and a display filter, or after -i a capture filter. */
static bool take_words(struct options *options, char **words, unsigned count, struct error *error)
{
	struct live_options *live = &options->live;

	if (!count)
		return true;
	if (!live->interface_count)
		return take_file_words(options, words, count, error);
	options->filter_words = join_words(words, count);
	for (unsigned i = 0; i < live->interface_count; i++) {
		if (live->filters[i])
			return error_set(error,
					 "the capture filter is given twice: -f \"%s\" and \"%s\"",
					 live->filters[i], options->filter_words);
		live->filters[i] = options->filter_words;
	}
	return true;
}

/* "2" is the second of -D, unless an interface is called so. */
static bool number_to_name(struct options *options, unsigned n, struct error *error)
{
	const char *given = options->live.interfaces[n];
	unsigned count;
	uint64_t number;

	if (!read_number(given, UINT32_MAX, &number))
		return true;
	struct live_interface *all = live_interfaces(&count, error);
	if (!all)
		return false;
	bool named = false;
	for (unsigned i = 0; i < count; i++)
		named = named || !strcmp(all[i].name, given);
	bool found = number >= 1 && number <= count;
	if (found && !named) {
		if (!options->live_names)
			options->live_names =
				must_zeroed(LIVE_INTERFACES, sizeof *options->live_names);
		memcpy(options->live_names[n], all[number - 1].name, sizeof all[0].name);
		options->live.interfaces[n] = options->live_names[n];
	}
	free(all);
	return named || found ||
	       error_set(error, "There is no interface with that number: %s (see peel -D)", given);
}

/* Verdicts replace packets: -T json and -V say how they are printed. */
static bool check_verify(struct options *options, struct error *error)
{
	if (!options->verify)
		return !options->verdict_format_given ||
		       error_set(error,
				 "--format says how --verify prints, which is not asked for");
	if ((options->output != OUTPUT_TEXT && options->output != OUTPUT_JSON) || options->hex ||
	    options->open_only || options->summary_too)
		return error_set(error, "--verify prints verdicts, no packets: -T fields, -x, -O "
					"and -P do not go with it");
	if (options->read_filter)
		return error_set(error,
				 "--verify judges whole streams and lookups: -R does not go with "
				 "it, -Y chooses among them");
	if (options->write_path && (options->read_path || !strcmp(options->write_path, "-")))
		return error_set(error, "--verify and -w go together only while capturing, into a "
					"file");
	if (options->output == OUTPUT_JSON && !options->verdict_format_given)
		options->verdict_format = VERDICTS_JSON;
	options->output = OUTPUT_TEXT;
	options->format = NULL;
	options->verdict_details = options->tree;
	options->tree = false;
	return true;
}

/* A ladder replaces packets, too. */
static bool check_ladder(struct options *options, struct error *error)
{
	if (!options->ladder.asked)
		return true;
	if (options->verify || options->output_given || options->hex || options->open_only ||
	    options->summary_too || options->statistics || options->write_path)
		return error_set(error, "--ladder draws one stream: --verify, -T, -x, -O, -P, -z "
					"and -w do not go with it");
	if (options->display_filter || options->read_filter)
		return error_set(error, "--ladder draws a whole stream: filters do not go with it");
	if (options->live.interface_count)
		return error_set(error, "--ladder draws a stream of a file, not of an interface");
	options->ladder_whole = options->tree;
	options->tree = false;
	return true;
}

/* What goes with -T. */
static bool check_format(const struct options *options, bool has_fields, struct error *error)
{
	const struct packet_format *format = options->format;
	const char *name = format ? format->name : options->output == OUTPUT_TABS ? "tabs" : "text";

	if (has_fields && !(format && format->takes_fields))
		return error_set(error,
				 "Output fields were specified with \"-e\", but \"-Tek, -Tfields, "
				 "-Tjson or -Tpdml\" was not specified");
	if (options->layers.names && !(format && format->takes_choice))
		return error_set(
			error,
			"-j and -J choose layers for -T json, jsonraw, ek and pdml, not for -T %s",
			name);
	if (options->hex && format && !format->takes_bytes)
		return error_set(error, "-x does not go with -T %s", name);
	return true;
}

/* A number instead of packets. */
static bool check_count(const struct options *options, struct error *error)
{
	if (options->count && (options->output_given || options->tree || options->hex ||
			       options->summary_too || options->verify || options->ladder.asked))
		return error_set(error, "--count prints a number instead of packets: -T, -V, -O, "
					"-x, -P, --verify and --ladder do not go with it");
	if ((options->match || options->count) && (options->verify || options->ladder.asked))
		return error_set(error,
				 "--match is about packets: --verify and --ladder print none");
	if (options->selected_frame && !options->two_passes)
		return error_set(error, "--selected-frame is for two passes (-2)");
	return true;
}

/* What one option says about another. */
static bool check(struct options *options, struct error *error)
{
	bool has_fields = options->fields && !field_list_is_empty(options->fields);

	if (options->errand == ERRAND_SHOW_FILTER && !options->display_filter &&
	    !options->read_filter)
		return error_set(error, "--show-filter wants a filter: give it with -Y");
	if (options->errand != ERRAND_NONE && options->errand != ERRAND_LINK_TYPES)
		return true;
	if (!check_count(options, error) || !check_write(options, error) ||
	    !check_standard_output(options, error) || !check_capture_files(options, error) ||
	    !check_ladder(options, error) || !check_verify(options, error))
		return false;
	if (options->read_filter && !options->two_passes)
		return error_set(error, "-R is for two passes (-2); -Y filters in one");
	if (options->live.interface_count && options->write_path &&
	    (options->display_filter || options->read_filter))
		return error_set(error,
				 "what is captured and written is filtered by -f, not by -Y");
	if (options->output == OUTPUT_FIELDS && !has_fields)
		return error_set(
			error,
			"\"-Tfields\" was specified, but no fields were specified with \"-e\"");
	if (!check_format(options, has_fields, error) ||
	    (has_fields && !field_list_use_columns(options->fields, &options->columns, error)))
		return false;
	if (options->live.interface_count && options->read_path)
		return error_set(error,
				 "packets come from a file or from an interface, not from both: "
				 "\"%s\", \"%s\"",
				 options->read_path, options->live.interfaces[0]);
	if (options->filter_for_all && !options->live.interface_count)
		return error_set(error, "-f filters a live capture: name its interface with -i");
	for (unsigned i = 0; i < options->live.interface_count; i++)
		if (!number_to_name(options, i, error))
			return false;
	options->live.packet_limit = options->packet_limit;
	dissection_settings_to_change()->tells_whole_messages = options->two_passes;
	return true;
}

bool options_parse(struct options *options, int argc, char **argv, struct error *error)
{
	struct words words = { argv, argc, 1 };
	char **others = must_zeroed((size_t)argc + 1, sizeof *others);
	unsigned count = 0;
	bool good = true, ended = false;

	for (const char *word; good && (word = next_word(&words));) {
		if (ended || word[0] != '-' || !word[1])
			others[count++] = argv[words.at - 1];
		else if (!strcmp(word, "--"))
			ended = true;
		else if (word[1] == '-')
			good = parse_long(options, word + 2, &words, error);
		else
			good = parse_letters(options, word + 1, &words, error);
	}
	good = good && take_words(options, others, count, error) && check(options, error);
	free(others);
	return good;
}

struct capture_writing options_writing(const struct options *options)
{
	return (struct capture_writing){
		.format = options->write_format,
		.group_read = options->live.group_read,
		.comments = options->live.comments,
		.comment_count = options->live.comment_count,
	};
}

bool options_ask_for_text(const struct options *options)
{
	return options->output_given || options->tree || options->hex || options->summary_too ||
	       options->verify || options->ladder.asked || options->quiet || options->flush_lines ||
	       options->write_path || options->two_passes || options->statistics ||
	       options->match || options->count || options->colour || options->redact ||
	       options->explained || options->object_request_count;
}
