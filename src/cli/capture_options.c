/* capture_options.c - conditions: "duration:1.5", "filesize:100", in tshark's words and units. */
#include "capture_options.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { KILOBYTE = 1000, MOST_SECONDS = 1000000000 };

/* What follows "name:"; NULL: it is another condition. */
static const char *value_of(const char *condition, const char *name)
{
	size_t n = strlen(name);

	return !strncmp(condition, name, n) && condition[n] == ':' ? condition + n + 1 : NULL;
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

bool apply_autostop(struct options *options, const char *value, struct error *error)
{
	struct ring_rules *rules = &options->live.ring;
	const char *text;

	if ((text = value_of(value, "packets")))
		return read_count(text, "packet write count", UINT32_MAX, &options->packet_limit,
				  error);
	if ((text = value_of(value, "duration")))
		return read_seconds(text, "autostop duration", &options->live.duration_ns, error);
	if ((text = value_of(value, "filesize")))
		return read_size(rules, text, "autostop filesize", error);
	if ((text = value_of(value, "files"))) {
		rules->several = true;
		return read_files(text, "number of files", 1, &rules->files, error);
	}
	return error_set(error,
			 "Invalid or unknown -a flag \"%s\"; it is one of duration:SECONDS, "
			 "filesize:KB, files:N, packets:N",
			 value);
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

bool apply_ring(struct options *options, const char *value, struct error *error)
{
	struct ring_rules *rules = &options->live.ring;
	const char *text;

	rules->several = true;
	if ((text = value_of(value, "files")))
		return read_files(text, "number of ring buffer files", 0, &rules->keep, error);
	if ((text = value_of(value, "filesize")))
		return read_size(rules, text, "ring buffer filesize", error);
	if ((text = value_of(value, "packets")))
		return read_count(text, "ring buffer packet count", UINT32_MAX,
				  &rules->file_packets, error);
	if ((text = value_of(value, "duration")))
		return read_seconds(text, "ring buffer duration", &rules->file_ns, error);
	if ((text = value_of(value, "interval")))
		return read_interval(rules, text, error);
	if ((text = value_of(value, "nametimenum")))
		return read_order(rules, text, error);
	if ((text = value_of(value, "printname"))) {
		rules->name_file = text;
		return true;
	}
	return error_set(error,
			 "Invalid or unknown -b arg \"%s\"; it is one of duration:SECONDS, "
			 "filesize:KB, files:N, interval:SECONDS, nametimenum:1|2, packets:N, "
			 "printname:FILE",
			 value);
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
