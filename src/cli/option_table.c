/* option_table.c - the table of options.
 *
 * Letters and meanings are tshark's wherever it has the option. */
#include "capture_options.h"
#include "export_objects.h"
#include "name_options.h"
#include "option_values.h"
#include "preferences.h"
#include "statistics.h"

const char *const option_section_names[SECTIONS] = {
	[SECTION_INPUT] = "Input",   [SECTION_LIVE] = "Live capture", [SECTION_OUTPUT] = "Output",
	[SECTION_SCREEN] = "Screen", [SECTION_OTHER] = "Other",
};

#define FLAG(member) .flag = offsetof(struct options, member)
#define TEXT(member) .text = offsetof(struct options, member)

static const struct choice themes[] = { { "dark" }, { "light" },	 { "16" },
					{ "mono" }, { "high-contrast" }, { "colourblind" },
					{ NULL } };
static const struct choice key_maps[] = {
	{ "default" }, { "vim" }, { "less" }, { "wireshark" }, { NULL }
};

/* The screen's tables are not below this layer: tests/test_options.c compares them. */
static const struct choices theme_choices = { themes }, key_map_choices = { key_maps };

const struct option_row option_table[] = {
	{ 'r', "read-file", "FILE", SECTION_INPUT, "read packets from FILE; - is standard input",
	  .apply = apply_read },
	{ 'c', NULL, "N", SECTION_INPUT, "stop after N packets", .apply = apply_count },
	{ '2', NULL, NULL, SECTION_INPUT, "read the whole file before anything is shown",
	  FLAG(two_passes) },
	{ 'Y', "display-filter", "FILTER", SECTION_INPUT,
	  "show only packets that match, in Wireshark's language; words after FILE say the same",
	  TEXT(display_filter) },
	{ 'R', "read-filter", "FILTER", SECTION_INPUT,
	  "with -2, take only packets that match in the first pass", TEXT(read_filter) },
	{ 0, "selected-frame", "N", SECTION_INPUT,
	  "with -2, the packet whose fields ${FIELD} in a filter means",
	  .apply = apply_selected_frame },

	{ 'd', NULL, "RULE", SECTION_INPUT,
	  "who dissects what: LAYER==SELECTOR,PROTOCOL as tcp.port==8888,http, "
	  "udp.port==8000-8100,dns or ethertype==0x88b5,ip; may be repeated",
	  .choices = &decode_choices, .apply = apply_decode_as },
	{ 0, "disable-protocol", "PROTOCOL", SECTION_INPUT,
	  "leave this protocol undissected; may be repeated", .apply = disable_protocol },
	{ 0, "enable-protocol", "PROTOCOL", SECTION_INPUT,
	  "dissect this protocol again, after --only-protocols or --disable-protocol",
	  .apply = enable_protocol },
	{ 0, "only-protocols", "PROTOCOLS", SECTION_INPUT,
	  "dissect no others than these, separated by commas", .apply = only_protocols },

	{ 0, "keylog", "FILE", SECTION_INPUT,
	  "decrypt TLS with the secrets in FILE, as SSLKEYLOGFILE has them", TEXT(key_log) },
	{ 'o', NULL, "NAME:VALUE", SECTION_INPUT,
	  "a preference of tshark's, as far as peel has it: tls.keylog_file:FILE, "
	  "tcp.relative_sequence_numbers:FALSE, tcp.check_checksum:FALSE, "
	  "gui.column.format:\"No.\",\"%m\",\"Host\",\"%Cus:http.host:0:R\"; may be repeated",
	  .choices = &preference_choices, .apply = preference_apply },

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
	  TEXT(live.link_type) },
	{ 'a', "autostop", "CONDITION", SECTION_LIVE, "stop after {}; may be repeated",
	  .choices = &autostop_choices, .apply = apply_autostop },
	{ 'b', "ring-buffer", "RULE", SECTION_LIVE,
	  "when to go on in another file, and how: {}; may be repeated", .choices = &ring_choices,
	  .apply = apply_ring },
	{ 'D', "list-interfaces", NULL, SECTION_LIVE, "list the interfaces",
	  .errand = ERRAND_INTERFACES },
	{ 'L', "list-data-link-types", NULL, SECTION_LIVE,
	  "list the link types of the interface of -i", .errand = ERRAND_LINK_TYPES },

	{ 'V', NULL, NULL, SECTION_OUTPUT, "print all details of each packet", FLAG(tree) },
	{ 'O', NULL, "PROTOCOLS", SECTION_OUTPUT,
	  "print the details of these protocols only, separated by commas",
	  .apply = apply_open_only },
	{ 'x', NULL, NULL, SECTION_OUTPUT, "print the bytes of each packet", FLAG(hex) },
	{ 0, "hexdump", "WHAT", SECTION_OUTPUT,
	  "print the bytes of each packet: {}; may be repeated", .choices = &hexdump_choices,
	  .apply = apply_hexdump },
	{ 'S', NULL, "LINE", SECTION_OUTPUT,
	  "print LINE, not a blank one, after each packet's details or bytes", TEXT(separator) },
	{ 'P', "print", NULL, SECTION_OUTPUT, "print one line per packet even with -V, -x or -w",
	  FLAG(summary_too) },
	{ 'T', NULL, "FORMAT", SECTION_OUTPUT, "print {}", .choices = &output_choices,
	  .apply = apply_output },
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
	{ 'E', NULL, "NAME=VALUE", SECTION_OUTPUT, "how -T fields prints: {}",
	  .choices = &field_option_choices, .apply = apply_field_option },
	{ 't', NULL, "FORMAT", SECTION_OUTPUT, "time: {}", .choices = &time_choices,
	  .apply = apply_time },
	{ 'u', NULL, "UNIT", SECTION_OUTPUT, "spans of time in {}", .choices = &seconds_choices,
	  .apply = apply_seconds },
	{ 'n', NULL, NULL, SECTION_OUTPUT,
	  "print addresses and ports as numbers, which is so without -N and -H", FLAG(no_names) },
	{ 'N', NULL, "KINDS", SECTION_OUTPUT, "print names: {}", .choices = &name_kind_choices,
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
	  .choices = &verify_choices, .apply = apply_verify },
	{ 0, "format", "FORMAT", SECTION_OUTPUT, "print --verify's verdicts as {}",
	  .choices = &verdict_format_choices, .apply = apply_verdict_format },
	{ 0, "ladder", "STREAM", SECTION_OUTPUT,
	  "draw TCP stream N, or udp,N, instead of the packets: N[,text[,COLUMNS]|,mermaid|,csv]; "
	  "with -V each segment has a line",
	  .apply = apply_ladder },
	{ 'z', NULL, "STATISTIC", SECTION_OUTPUT,
	  "print a statistic after the packets, or with -q instead of them; may be repeated; -z "
	  "help lists them",
	  .choices = &statistic_choices, .apply = apply_statistic },
	{ 'w', NULL, "FILE", SECTION_OUTPUT, "write the packets into FILE; - is standard output",
	  TEXT(write_path) },
	{ 'g', NULL, NULL, SECTION_OUTPUT, "let the group read the file that is written",
	  FLAG(live.group_read) },
	{ 'W', NULL, "n", SECTION_OUTPUT, "write names of hosts into the file (pcapng): {}",
	  .choices = &name_writing_choices, .apply = apply_name_writing },
	{ 'F', NULL, "FORMAT", SECTION_OUTPUT, "write {}", .choices = &format_choices,
	  .apply = apply_format },

	{ 0, "capture-comment", "TEXT", SECTION_OUTPUT,
	  "a comment on the file that is written (pcapng); may be repeated",
	  .apply = apply_capture_comment },

	{ 0, "export-objects", "KIND,DIR", SECTION_OUTPUT,
	  "save what was transferred ({}) into files in DIR; may be repeated",
	  .choices = &object_choices, .apply = apply_export_objects },

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
	  .choices = &raw_choices, .apply = apply_raw },
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
	{ 0, "theme", "NAME", SECTION_SCREEN, "colours: a file of yours, {}",
	  .choices = &theme_choices, TEXT(theme) },
	{ 0, "keymap", "NAME", SECTION_SCREEN,
	  "keys like those of another program where they differ: {}", .choices = &key_map_choices,
	  TEXT(key_map) },

	{ 'G', NULL, "WHAT", SECTION_OTHER,
	  "list what peel knows: {}; decodes are ports and the like", .choices = &catalog_choices,
	  .apply = apply_catalog },
	{ 0, "show-filter", NULL, SECTION_OTHER, "print what the filter of -Y is compiled to",
	  .errand = ERRAND_SHOW_FILTER },
	{ 'v', "version", NULL, SECTION_OTHER, "tell peel's version and its libraries'",
	  .errand = ERRAND_VERSION },
	{ 'h', "help", NULL, SECTION_OTHER, "show this", .errand = ERRAND_HELP },
	{ 0, "generate-man", NULL, SECTION_OTHER, NULL, .errand = ERRAND_MAN_PAGE },
	{ 0, "generate-completion", NULL, SECTION_OTHER, NULL, .errand = ERRAND_COMPLETION },
	{ 0 },
};
