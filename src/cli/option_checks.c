/* option_checks.c - what one option says about another. */
#include "option_values.h"

#include <string.h>

#include "dissect/dissection_settings.h"
#include "batch_print.h"
#include "capture_options.h"

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
	if (options->read_only &&
	    (options->write_path || options->live.interface_count || options->object_request_count))
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
bool options_check(struct options *options, struct error *error)
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
		if (!interface_number_to_name(options, i, error))
			return false;
	options->live.packet_limit = options->packet_limit;
	dissection_settings_to_change()->tells_whole_messages = options->two_passes;
	return true;
}
