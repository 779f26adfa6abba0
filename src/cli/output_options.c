/* output_options.c - what is printed and written, and in which form. */
#include "option_values.h"

#include <stdlib.h>
#include <string.h>

#include "batch_print.h"
#include "export_objects.h"
#include "ladder.h"
#include "statistics.h"

bool apply_open_only(struct options *options, const char *value, struct error *error)
{
	(void)error;
	options->open_only = value;
	options->tree = true;
	return true;
}

bool apply_output(struct options *options, const char *value, struct error *error)
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

bool apply_layers(struct options *options, const char *value, struct error *error)
{
	return set_layers(options, value, false, error);
}

bool apply_whole_layers(struct options *options, const char *value, struct error *error)
{
	return set_layers(options, value, true, error);
}

bool apply_hexdump(struct options *options, const char *value, struct error *error)
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

static struct field_list *fields_of(struct options *options)
{
	if (!options->fields)
		options->fields = field_list_new();
	return options->fields;
}

bool apply_field(struct options *options, const char *value, struct error *error)
{
	return field_list_add(fields_of(options), value, error);
}

bool apply_field_option(struct options *options, const char *value, struct error *error)
{
	return field_list_option(fields_of(options), value, error);
}

bool apply_time(struct options *options, const char *value, struct error *error)
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

bool apply_seconds(struct options *options, const char *value, struct error *error)
{
	options->time_in_hours = !strcmp(value, "hms");
	if (!options->time_in_hours && strcmp(value, "s") != 0)
		return error_set(error, "Invalid seconds type \"%s\"; it must be one of: s, hms",
				 value);
	return true;
}

bool apply_format(struct options *options, const char *value, struct error *error)
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

bool apply_export_objects(struct options *options, const char *value, struct error *error)
{
	if (options->object_request_count == OBJECT_REQUESTS)
		return error_set(error, "more than %d --export-objects", OBJECT_REQUESTS);
	return object_request_read(&options->object_requests[options->object_request_count++],
				   value, error);
}

bool apply_catalog(struct options *options, const char *value, struct error *error)
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

bool apply_statistic(struct options *options, const char *value, struct error *error)
{
	if (!strcmp(value, "help")) {
		options->errand = ERRAND_STATISTICS;
		return true;
	}
	if (!options->statistics)
		options->statistics = statistics_new();
	return statistics_add(options->statistics, value, error);
}

bool apply_explain(struct options *options, const char *value, struct error *error)
{
	uint64_t number;

	if (!option_number(value, UINT32_MAX, &number) || !number)
		return error_set(error, "--explain wants a packet's number, not \"%s\"", value);
	options->explained = (uint32_t)number;
	return true;
}

bool apply_verify(struct options *options, const char *value, struct error *error)
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

bool apply_verdict_format(struct options *options, const char *value, struct error *error)
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

bool apply_ladder(struct options *options, const char *value, struct error *error)
{
	return ladder_request_read(&options->ladder, value, error);
}
