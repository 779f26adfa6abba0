/* batch_print.c - what happens to each packet in batch. */
#include "batch_print.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "dissect/registry.h"
#include "statistics.h"

void complain(const char *format, ...)
{
	struct error line; /* for its cleaning */
	char text[sizeof line.text];
	va_list args;

	fflush(stdout);
	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	error_set(&line, "%s", text);
	fprintf(stderr, "peel: %s\n", line.text);
}

/* Details and bytes replace the line, and so does a file, unless -P asks for it. */
static bool prints_summary(const struct options *options)
{
	if (options->output != OUTPUT_TEXT || options->verify)
		return false;
	if (options->summary_too)
		return true;
	return !options->tree && !options->hex && !options->write_path && !options->quiet;
}

bool batch_prints(const struct options *options)
{
	return options->output != OUTPUT_TEXT || options->tree || options->hex ||
	       prints_summary(options);
}

bool batch_dissects(const struct options *options)
{
	return options->statistics || batch_prints(options);
}

bool batch_looks_ahead(const struct options *options, const struct filter *filter)
{
	if (options->two_passes || (filter && filter_needs_later(filter)) ||
	    (options->statistics && statistics_wants(options->statistics) & WANT_FIELDS))
		return true;
	if (options->output == OUTPUT_FIELDS)
		return field_list_needs_later(options->fields);
	return options->tree || options->output == OUTPUT_JSON;
}

static bool needs_columns(const struct options *options)
{
	return prints_summary(options) || (options->output == OUTPUT_FIELDS &&
					   field_list_wants(options->fields) & WANT_COLUMNS);
}

/* Where nothing else looks at fields, only theirs are filled in. */
static void want_statistics(struct batch *batch, const struct statistics *statistics)
{
	if (!(batch->wants & WANT_FIELDS))
		batch->wanted_fields = statistics_fields(statistics);
	batch->wants |= statistics_wants(statistics);
}

static void add_fields(uint8_t *to, const uint8_t *from)
{
	for (unsigned i = 0; i < registry_field_count() / 8 + 1; i++)
		to[i] |= from[i];
}

static void begin_filter(struct batch *batch)
{
	size_t size = registry_field_count() / 8 + 1;

	if (!batch->filter)
		return;
	batch->filter_wants = WANT_FIELDS;
	batch->filter_fields = must_zeroed(size, 1);
	add_fields(batch->filter_fields, filter_wanted_fields(batch->filter));
	if (batch->options->statistics) {
		batch->filter_wants |= statistics_wants(batch->options->statistics);
		add_fields(batch->filter_fields, statistics_fields(batch->options->statistics));
	}
	if (batch->wants & WANT_FIELDS && !batch->wanted_fields)
		return;
	batch->all_fields = must_zeroed(size, 1);
	add_fields(batch->all_fields, batch->filter_fields);
	if (batch->wanted_fields)
		add_fields(batch->all_fields, batch->wanted_fields);
}

void batch_prepare(const struct batch *batch, struct dissection *d)
{
	d->wants = batch->wants | batch->filter_wants;
	d->wanted_fields = batch->all_fields ? batch->all_fields : batch->wanted_fields;
}

void batch_prepare_found(const struct batch *batch, struct dissection *d)
{
	d->wants = batch->wants;
	d->wanted_fields = batch->wanted_fields;
}

bool batch_passes(const struct batch *batch, struct dissection *d)
{
	/* As in tshark, -z counts what is not shown too. */
	if (batch->options->statistics && batch->filter)
		statistics_packet(batch->options->statistics, d);
	return !batch->filter || filter_matches(batch->filter, d);
}

void batch_begin(struct batch *batch, const struct options *options, const struct filter *filter,
		 struct session *session)
{
	*batch = (struct batch){
		.options = options, .filter = filter, .session = session, .out = stdout
	};
	batch->times.hours = options->time_in_hours;
	if (needs_columns(options))
		batch->wants |= WANT_COLUMNS;
	if (options->output == OUTPUT_FIELDS) {
		batch->wants |= field_list_wants(options->fields);
		batch->wanted_fields = field_list_wanted(options->fields);
		field_list_header(batch->out, options->fields);
	} else if (options->output == OUTPUT_JSON) {
		batch->wants |= WANT_FIELDS | WANT_LABELS;
		json_begin(batch->out);
	}
	if (options->tree || options->hex)
		batch->wants |= WANT_FIELDS | WANT_LABELS;
	if (options->statistics)
		want_statistics(batch, options->statistics);
	begin_filter(batch);
}

/* When the packets before `number` came, those that were not shown too. */
static void follow_times(struct batch *batch, uint32_t number)
{
	const struct packet_index *x = &session_learned(batch->session)->index;
	struct time_context *times = &batch->times;

	while (batch->timed + 1 < number) {
		uint32_t n = ++batch->timed;
		const struct index_block *block = index_block_of(x, n);
		if (!(block->flags[index_slot(n)] & INDEX_HAS_TIME))
			continue;
		times->previous_ns = index_time(x, n);
		if (!times->has_previous)
			times->first_ns = times->previous_ns;
		times->has_previous = true;
	}
}

static struct time_context times_for(const struct batch *batch, const struct dissection *d)
{
	struct time_context times = batch->times;

	if (!times.has_previous)
		times.first_ns = d->packet.time_ns;
	if (!batch->shown)
		times.previous_shown_ns = d->packet.time_ns;
	return times;
}

/* Of a second, in the packet's time stamp. */
static unsigned decimals_of(const struct batch *batch, const struct dissection *d)
{
	return capture_file_interface(session_file(batch->session), d->packet.interface)->precision;
}

static void make_summary(const struct batch *batch, struct summary *summary,
			 const struct dissection *d)
{
	struct time_context times = times_for(batch, d);

	summary_make(summary, d, batch->options->time_format, &times, decimals_of(batch, d));
}

static void print_text(struct batch *batch, struct dissection *d)
{
	const struct options *options = batch->options;
	struct tree_style style = { .open_only = options->open_only, .bytes_follow = options->hex };

	if (prints_summary(options)) {
		struct time_context times = times_for(batch, d);
		char line[SUMMARY_LINE_ROOM + 1];
		size_t n =
			summary_line(line, d, options->time_format, &times, decimals_of(batch, d));
		line[n++] = '\n';
		fwrite_unlocked(line, 1, n, batch->out);
		if (options->hex && !options->tree)
			putc_unlocked('\n', batch->out);
	}
	if (options->tree)
		tree_print(batch->out, d, &style);
	if (options->hex)
		hex_print(batch->out, d);
}

static void print_packet(struct batch *batch, struct dissection *d)
{
	struct summary summary;

	switch (batch->options->output) {
	case OUTPUT_TEXT:
		print_text(batch, d);
		break;
	case OUTPUT_FIELDS:
		if (batch->wants & WANT_COLUMNS)
			make_summary(batch, &summary, d);
		field_list_print(batch->out, batch->options->fields, d, &summary);
		break;
	case OUTPUT_JSON:
		json_print(batch->out, d, batch->shown == 0);
		break;
	}
}

/* The record that a packet was, but for what copying does not need. */
static struct record record_of(const struct batch *batch, const struct dissection *d)
{
	uint32_t number = d->packet.number, slot = index_slot(number);
	const struct index_block *block =
		index_block_of(&session_learned(batch->session)->index, number);

	return (struct record){
		.offset = (uint64_t)block->offset_high[slot] << 32 | block->offset_low[slot],
		.time_ns = d->packet.time_ns,
		.captured = d->packet.captured,
		.reported = d->packet.reported,
		.interface = d->packet.interface,
		.has_time = d->packet.has_time,
		.has_comment = block->flags[slot] & INDEX_COMMENT,
	};
}

/* Called right after something was written, while errno still says why it was not. */
static bool notice_write_error(struct batch *batch)
{
	if (!batch->write_error && ferror_unlocked(batch->out))
		batch->write_error = errno ? errno : EIO;
	return !batch->write_error;
}

bool batch_flush(struct batch *batch)
{
	fflush(batch->out);
	return notice_write_error(batch);
}

bool batch_packet(struct batch *batch, struct dissection *d)
{
	follow_times(batch, d->packet.number);
	if (batch_prints(batch->options))
		print_packet(batch, d);
	if (batch->options->statistics && !batch->filter)
		statistics_packet(batch->options->statistics, d);
	if (batch->options->flush_lines)
		fflush(batch->out);
	if (!notice_write_error(batch))
		return false;
	if (batch->copier) {
		struct record record = record_of(batch, d);
		if (!copier_packet(batch->copier, session_file(batch->session), &record,
				   d->buffers[0].bytes, &batch->error))
			return false;
	}
	if (d->packet.has_time)
		batch->times.previous_shown_ns = d->packet.time_ns;
	batch->shown++;
	return true;
}

bool batch_end(struct batch *batch)
{
	bool good = true;

	if (batch->options->output == OUTPUT_JSON && !batch->write_error)
		json_end(batch->out, batch->shown == 0);
	if (batch->options->statistics && !batch->write_error)
		statistics_print(batch->options->statistics, batch->session, batch->out);
	batch_flush(batch);
	if (batch->write_error) {
		good = false;
		complain("cannot write standard output: %s", strerror(batch->write_error));
	}
	if (batch->copier && !batch->error.text[0])
		copier_finish(batch->copier, session_file(batch->session), &batch->error);
	else
		copier_abandon(batch->copier);
	if (batch->error.text[0]) {
		good = false;
		complain("%s", batch->error.text);
	}
	free(batch->filter_fields);
	free(batch->all_fields);
	return good;
}
