/* output_options.c - what is printed and written, and in which form. */
#include "option_values.h"

#include <stdlib.h>
#include <string.h>

#include "batch_print.h"
#include "choices.h"
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

static const struct choice outputs[] = {
	{ "ek", .meaning = "for Elasticsearch", .value = OUTPUT_OTHER },
	{ "fields", .meaning = "those of -e", .value = OUTPUT_FIELDS },
	{ "json", .value = OUTPUT_JSON },
	{ "jsonraw", .meaning = "JSON with the bytes of fields", .value = OUTPUT_OTHER },
	{ "pdml", .meaning = "details as XML", .value = OUTPUT_OTHER },
	{ "psml", .meaning = "columns as XML", .value = OUTPUT_OTHER },
	{ "tabs", .meaning = "text with tabs between its columns", .value = OUTPUT_TABS },
	{ "text", .value = OUTPUT_TEXT },
	{ NULL },
};

const struct choices output_choices = { outputs };

bool apply_output(struct options *options, const char *value, struct error *error)
{
	struct choice choice;

	if (!strcmp(value, "ps"))
		return error_set(error,
				 "-T ps: peel does not print PostScript; -T text can be printed");
	if (!choice_named(&output_choices, value, &choice))
		return choices_refuse(&output_choices, error, "Invalid -T parameter \"%s\"", value);
	options->output = (enum output)choice.value;
	options->format = packet_format_named(value);
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

enum { HEX_ALL = -2, HEX_FRAMES }; /* beside enum hex_ascii */

static const struct choice hexdumps[] = {
	{ "all", .meaning = "also of what the packet was put together to", .value = HEX_ALL },
	{ "frames", .meaning = "of the frame only", .value = HEX_FRAMES },
	{ "ascii", .meaning = "with characters", .value = HEX_ASCII },
	{ "delimit", .meaning = "with characters between |", .value = HEX_ASCII_DELIMITED },
	{ "noascii", .meaning = "without characters", .value = HEX_NO_ASCII },
	{ NULL },
};

const struct choices hexdump_choices = { hexdumps };

bool apply_hexdump(struct options *options, const char *value, struct error *error)
{
	struct choice choice;

	if (!choice_named(&hexdump_choices, value, &choice))
		return choices_refuse(&hexdump_choices, error,
				      "\"%s\" is an invalid value for --hexdump", value);
	options->hex = true;
	if (choice.value == HEX_ALL || choice.value == HEX_FRAMES)
		options->hex_style.only_frame = choice.value == HEX_FRAMES;
	else
		options->hex_style.ascii = (enum hex_ascii)choice.value;
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

static const struct choice field_options[] = {
	{ "header", "=", "y|n" },
	{ "separator", "=", "/t|/s|CHARACTER" },
	{ "occurrence", "=", "f|l|a", "first, last or all" },
	{ "aggregator", "=", ",|/s|CHARACTER" },
	{ "quote", "=", "d|s|n" },
	{ "bom", "=", "y|n" },
	{ NULL },
};

const struct choices field_option_choices = { field_options };

bool apply_field_option(struct options *options, const char *value, struct error *error)
{
	return field_list_option(fields_of(options), value) ||
	       choices_refuse(&field_option_choices, error,
			      "\"%s\" is not a valid field output option=value pair", value);
}

static const struct choice times[] = {
	{ "a", .meaning = "of day", .value = TIME_ABSOLUTE },
	{ "ad", .meaning = "with the date", .value = TIME_ABSOLUTE_DATE },
	{ "adoy", .meaning = "with the day of the year", .value = TIME_ABSOLUTE_DAY_OF_YEAR },
	{ "d", .meaning = "since the packet before", .value = TIME_DELTA },
	{ "dd", .meaning = "since the packet shown before", .value = TIME_DELTA_SHOWN },
	{ "e", .meaning = "since 1970", .value = TIME_EPOCH },
	{ "r", .meaning = "since the first packet", .value = TIME_RELATIVE },
	{ "u", .meaning = "as a, in UTC", .value = TIME_UTC_CLOCK },
	{ "ud", .meaning = "as ad, in UTC", .value = TIME_UTC_DATE },
	{ "udoy", .meaning = "as adoy, in UTC", .value = TIME_UTC_DAY_OF_YEAR },
	{ NULL },
};

const struct choices time_choices = { times };

bool apply_time(struct options *options, const char *value, struct error *error)
{
	struct choice choice;

	if (!choice_named(&time_choices, value, &choice))
		return choices_refuse(&time_choices, error, "Invalid time stamp type \"%s\"",
				      value);
	options->time_format = (enum time_format)choice.value;
	return true;
}

static const struct choice spans[] = {
	{ "s", .meaning = "seconds", .value = false },
	{ "hms", .meaning = "hours, minutes and seconds", .value = true },
	{ NULL },
};

const struct choices seconds_choices = { spans };

bool apply_seconds(struct options *options, const char *value, struct error *error)
{
	struct choice choice;

	if (!choice_named(&seconds_choices, value, &choice))
		return choices_refuse(&seconds_choices, error, "Invalid seconds type \"%s\"",
				      value);
	options->time_in_hours = choice.value;
	return true;
}

static const struct choice formats[] = {
	{ "pcapng", .value = FORMAT_PCAPNG },
	{ "pcap", .value = FORMAT_PCAP },
	{ "nsecpcap", .meaning = "pcap with nanoseconds", .value = FORMAT_NSEC_PCAP },
	{ NULL },
};

const struct choices format_choices = { formats };

bool apply_format(struct options *options, const char *value, struct error *error)
{
	struct choice choice;

	if (!choice_named(&format_choices, value, &choice))
		return choices_refuse(&format_choices, error,
				      "\"%s\" isn't a valid capture file type", value);
	options->write_format = (enum capture_format)choice.value;
	return true;
}

bool apply_export_objects(struct options *options, const char *value, struct error *error)
{
	if (options->object_request_count == OBJECT_REQUESTS)
		return error_set(error, "more than %d --export-objects", OBJECT_REQUESTS);
	return object_request_read(&options->object_requests[options->object_request_count++],
				   value, error);
}

static bool nth_catalog(unsigned n, struct choice *choice)
{
	choice->name = catalogs[n].name;
	choice->value = (int)n;
	return choice->name != NULL;
}

const struct choices catalog_choices = { .nth = nth_catalog };

bool apply_catalog(struct options *options, const char *value, struct error *error)
{
	struct choice choice;

	if (!choice_named(&catalog_choices, value, &choice))
		return choices_refuse(&catalog_choices, error, "Invalid -G parameter \"%s\"",
				      value);
	options->errand = ERRAND_CATALOG;
	options->catalog = &catalogs[choice.value];
	return true;
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

static bool nth_verification(unsigned n, struct choice *choice)
{
	if (!verify_kinds[n])
		return false;
	choice->name = verify_kinds[n]->name;
	return true;
}

const struct choices verify_choices = { .nth = nth_verification };

bool apply_verify(struct options *options, const char *value, struct error *error)
{
	options->verify = verify_kind_named(value);
	if (options->verify)
		return true;
	return choices_refuse(&verify_choices, error, "--verify knows nothing of \"%s\"", value);
}

static const struct choice verdict_formats[] = {
	{ "text", .value = VERDICTS_TEXT },
	{ "json", .value = VERDICTS_JSON },
	{ "tap", .meaning = "Test Anything Protocol", .value = VERDICTS_TAP },
	{ NULL },
};

const struct choices verdict_format_choices = { verdict_formats };

bool apply_verdict_format(struct options *options, const char *value, struct error *error)
{
	struct choice choice;

	if (!choice_named(&verdict_format_choices, value, &choice))
		return choices_refuse(&verdict_format_choices, error, "Invalid --format \"%s\"",
				      value);
	options->verdict_format = (enum verdict_format)choice.value;
	options->verdict_format_given = true;
	return true;
}

bool apply_ladder(struct options *options, const char *value, struct error *error)
{
	return ladder_request_read(&options->ladder, value, error);
}
