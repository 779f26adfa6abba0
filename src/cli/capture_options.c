/* capture_options.c - interfaces and how they are captured from; when a capture ends, as
 * "duration:1.5", in tshark's words and units. */
#include "capture_options.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "capture/capture_file.h"
#include "choices.h"
#include "option_values.h"

enum { KILOBYTE = 1000, MOST_SECONDS = 1000000000 };

bool apply_interface(struct options *options, const char *value, struct error *error)
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
bool apply_capture_filter(struct options *options, const char *value, struct error *error)
{
	struct live_options *live = &options->live;

	(void)error;
	if (live->interface_count)
		live->filters[live->interface_count - 1] = value;
	else
		options->filter_for_all = value;
	return true;
}

bool apply_snap_length(struct options *options, const char *value, struct error *error)
{
	uint64_t number;

	if (!option_number(value, INT32_MAX, &number))
		return error_set(error,
				 "The specified snapshot length \"%s\" isn't a decimal number",
				 value);
	/* No packet is longer than that. */
	options->live.snap_length = number < RECORD_LIMIT ? (uint32_t)number : 0;
	return true;
}

bool apply_buffer(struct options *options, const char *value, struct error *error)
{
	uint64_t number;

	if (!option_number(value, BUFFER_MIB_LIMIT, &number) || !number)
		return error_set(
			error,
			"The specified buffer size \"%s\" isn't a number of MiB from 1 to 2047",
			value);
	options->live.buffer_mib = (uint32_t)number;
	return true;
}

bool apply_capture_comment(struct options *options, const char *value, struct error *error)
{
	struct live_options *live = &options->live;

	if (live->comment_count == CAPTURE_COMMENTS)
		return error_set(error, "more than %d capture comments", CAPTURE_COMMENTS);
	live->comments[live->comment_count++] = value;
	return true;
}

/* "2" is the second of -D, unless an interface is called so. */
bool interface_number_to_name(struct options *options, unsigned n, struct error *error)
{
	const char *given = options->live.interfaces[n];
	unsigned count;
	uint64_t number;

	if (!option_number(given, UINT32_MAX, &number))
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

static bool read_count(const char *text, const char *what, uint64_t most, uint64_t *count,
		       struct error *error)
{
	char *end;

	errno = 0;
	*count = strtoull(text, &end, 10);
	if (*text < '0' || *text > '9' || *end)
		return error_set(error, "The specified %s \"%s\" isn't a decimal number", what,
				 text);
	if (errno || *count > most)
		return error_set(error,
				 "The specified %s \"%s\" is too large (greater than %" PRIu64 ")",
				 what, text, most);
	return *count || error_set(error, "The specified %s is zero", what);
}

static bool read_seconds(const char *text, const char *what, uint64_t *ns, struct error *error)
{
	char *end;
	double seconds = strtod(text, &end);

	if (end == text || *end || !(seconds > 0 && seconds < MOST_SECONDS))
		return error_set(error, "The specified %s \"%s\" isn't a number of seconds", what,
				 text);
	*ns = (uint64_t)(seconds * 1e9);
	return true;
}

static bool read_size(struct ring_rules *rules, const char *text, const char *what,
		      struct error *error)
{
	uint64_t kilobytes;

	if (!read_count(text, what, 2000000000, &kilobytes, error))
		return false;
	rules->file_bytes = kilobytes * KILOBYTE;
	return true;
}

static bool read_files(const char *text, const char *what, uint64_t least, uint32_t *files,
		       struct error *error)
{
	uint64_t number = 0;

	if (!(least == 0 && !strcmp(text, "0")) && !read_count(text, what, 100000, &number, error))
		return false;
	*files = (uint32_t)number;
	return true;
}

enum condition {
	CONDITION_DURATION,
	CONDITION_SIZE,
	CONDITION_FILES,
	CONDITION_PACKETS,
	CONDITION_INTERVAL,
	CONDITION_NAME_ORDER,
	CONDITION_NAME_FILE,
};

static const struct choice autostops[] = {
	{ "duration", ":", "SECONDS", NULL, CONDITION_DURATION },
	{ "filesize", ":", "KB", NULL, CONDITION_SIZE },
	{ "files", ":", "N", "with -b", CONDITION_FILES },
	{ "packets", ":", "N", NULL, CONDITION_PACKETS },
	{ NULL },
};

const struct choices autostop_choices = { autostops };

bool apply_autostop(struct options *options, const char *value, struct error *error)
{
	struct ring_rules *rules = &options->live.ring;
	struct choice choice;
	const char *text = choice_begun(&autostop_choices, value, &choice);

	if (!text)
		return choices_refuse(&autostop_choices, error, "Invalid or unknown -a flag \"%s\"",
				      value);
	switch (choice.value) {
	case CONDITION_PACKETS:
		return read_count(text, "packet write count", UINT32_MAX, &options->packet_limit,
				  error);
	case CONDITION_DURATION:
		return read_seconds(text, "autostop duration", &options->live.duration_ns, error);
	case CONDITION_SIZE:
		return read_size(rules, text, "autostop filesize", error);
	default:
		rules->several = true;
		return read_files(text, "number of files", 1, &rules->files, error);
	}
}

static bool read_interval(struct ring_rules *rules, const char *text, struct error *error)
{
	uint64_t seconds;

	if (!read_count(text, "ring buffer interval", MOST_SECONDS, &seconds, error))
		return false;
	rules->interval = (uint32_t)seconds;
	return true;
}

static bool read_order(struct ring_rules *rules, const char *text, struct error *error)
{
	uint64_t order;

	if (!read_count(text, "file name order", UINT32_MAX, &order, error))
		return false;
	rules->time_first = order > 1;
	return true;
}

static const struct choice ring_conditions[] = {
	{ "duration", ":", "SECONDS", NULL, CONDITION_DURATION },
	{ "filesize", ":", "KB", NULL, CONDITION_SIZE },
	{ "files", ":", "N", "keep the last N", CONDITION_FILES },
	{ "interval", ":", "SECONDS", "at whole ones", CONDITION_INTERVAL },
	{ "nametimenum", ":", "1|2", "2: names begin with the time", CONDITION_NAME_ORDER },
	{ "packets", ":", "N", NULL, CONDITION_PACKETS },
	{ "printname", ":", "FILE", "tell the names there", CONDITION_NAME_FILE },
	{ NULL },
};

const struct choices ring_choices = { ring_conditions };

bool apply_ring(struct options *options, const char *value, struct error *error)
{
	struct ring_rules *rules = &options->live.ring;
	struct choice choice;
	const char *text = choice_begun(&ring_choices, value, &choice);

	rules->several = true;
	if (!text)
		return choices_refuse(&ring_choices, error, "Invalid or unknown -b arg \"%s\"",
				      value);
	switch (choice.value) {
	case CONDITION_FILES:
		return read_files(text, "number of ring buffer files", 0, &rules->keep, error);
	case CONDITION_SIZE:
		return read_size(rules, text, "ring buffer filesize", error);
	case CONDITION_PACKETS:
		return read_count(text, "ring buffer packet count", UINT32_MAX,
				  &rules->file_packets, error);
	case CONDITION_DURATION:
		return read_seconds(text, "ring buffer duration", &rules->file_ns, error);
	case CONDITION_INTERVAL:
		return read_interval(rules, text, error);
	case CONDITION_NAME_ORDER:
		return read_order(rules, text, error);
	default:
		rules->name_file = text;
		return true;
	}
}

static bool check_file(const struct options *options, struct error *error)
{
	const struct ring_rules *rules = &options->live.ring;

	if (rules->several)
		return error_set(error, "Multiple capture files requested, but a capture isn't "
					"being done.");
	if (rules->file_bytes)
		return error_set(error, "A maximum capture file size was specified, but a capture "
					"isn't being done.");
	if (options->live.duration_ns)
		return error_set(error, "A maximum capture time was specified, but a capture isn't "
					"being done.");
	return true;
}

bool check_capture_files(const struct options *options, struct error *error)
{
	const struct ring_rules *rules = &options->live.ring;
	bool several = rules->several;

	if (!options->live.interface_count)
		return check_file(options, error);
	if (!options->write_path)
		return several ? error_set(error, "Multiple capture files requested, but the "
						  "capture isn't being saved to a file.")
			       : !rules->file_bytes ||
					 error_set(error,
						   "Maximum capture file size specified, but "
						   "capture isn't being saved to a file.");
	if (!several)
		return true;
	if (!strcmp(options->write_path, "-"))
		return error_set(error, "Multiple capture files requested, but the capture is "
					"being written to the standard output.");
	if (options->write_format != FORMAT_PCAPNG)
		return error_set(error, "Several files are written as pcapng only");
	return ring_rules_check(rules, error);
}
