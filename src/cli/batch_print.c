/* batch_print.c - what happens to each packet in batch. */
#include "batch_print.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/user_file.h"
#include "dissect/expert.h"
#include "dissect/redact.h"
#include "dissect/registry.h"
#include "filter/field_glance.h"
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
	if (options->format || options->verify || options->count)
		return false;
	if (options->summary_too)
		return true;
	return !options->tree && !options->hex && !options->write_path && !options->quiet;
}

bool batch_prints(const struct options *options)
{
	return options->format || options->tree || options->hex || prints_summary(options);
}

bool batch_dissects(const struct options *options)
{
	return options->statistics || options->match || options->count || options->write_names ||
	       batch_prints(options);
}

/* Lines, or a format of them; what -e names is looked after there. */
static bool prints_columns(const struct options *options)
{
	return prints_summary(options) || (options->format && !options->format->takes_fields &&
					   options->format->wants & WANT_COLUMNS);
}

static bool columns_need_later(const struct options *options)
{
	for (unsigned i = 0; prints_columns(options) && i < options->columns.count; i++)
		if (column_needs_later(&options->columns.columns[i]))
			return true;
	return false;
}

bool batch_looks_ahead(const struct options *options, const struct filter *filter)
{
	if (options->two_passes || (filter && filter_needs_later(filter)) ||
	    (options->statistics && statistics_wants(options->statistics) & WANT_FIELDS))
		return true;
	if (options->format && options->fields)
		return field_list_needs_later(options->fields);
	if (columns_need_later(options))
		return true;
	return options->tree || (options->format && options->format->wants & WANT_FIELDS);
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

/* Statistics look at what any layer noted. */
static void choose_dissectors(struct batch *batch)
{
	const uint8_t *fields = batch->all_fields ? batch->all_fields : batch->wanted_fields;

	if (!fields || batch->options->statistics ||
	    (batch->wants & WANT_FIELDS && !batch->wanted_fields))
		return;
	batch->dissectors = must_zeroed(registry_dissector_count() / 8 + 1, 1);
	registry_showing(fields, batch->dissectors);
}

static void want_fields(const struct batch *batch, struct dissection *d, const uint8_t *fields)
{
	d->wanted_fields = fields;
	d->ignores_findings = fields && !batch->options->statistics && !expert_is_among(fields);
}

void batch_prepare(const struct batch *batch, struct dissection *d)
{
	d->wanted_dissectors = batch->dissectors;
	d->wants = batch->wants | batch->filter_wants;
	d->last_shown = batch->filter ? &batch->place.last_shown : NULL;
	want_fields(batch, d, batch->all_fields ? batch->all_fields : batch->wanted_fields);
}

void batch_prepare_found(const struct batch *batch, struct dissection *d)
{
	d->wants = batch->wants;
	d->last_shown = &batch->place.last_shown;
	d->wanted_dissectors = batch->dissectors;
	want_fields(batch, d, batch->wanted_fields);
}

void batch_open_port(const struct batch *batch, struct view_port *port, bool one_pass)
{
	view_port_init(port, batch->session);
	port->numbers = batch->numbers;
	port->d.one_pass = one_pass;
	if (batch->filter)
		batch_prepare_found(batch, &port->d);
	else
		batch_prepare(batch, &port->d);
}

bool batch_only_prints(const struct batch *batch)
{
	const struct options *options = batch->options;

	return batch_prints(options) && !options->statistics && !options->flush_lines &&
	       !batch->copier;
}

bool batch_passes(const struct batch *batch, struct dissection *d)
{
	/* As in tshark, -z counts what is not shown too. */
	if (batch->options->statistics && batch->filter)
		statistics_packet(batch->options->statistics, d);
	return !batch->filter || filter_matches(batch->filter, d);
}

static void begin_format(struct batch *batch)
{
	const struct options *options = batch->options;

	batch->output = (struct packet_output){
		.out = batch->out,
		.format = options->format,
		.fields = options->fields,
		.columns = &options->columns,
		.facts = &batch->facts,
		.choice = options->layers,
		.bytes = options->hex,
		.path = options->read_path ? options->read_path : "-",
	};
	batch->wants |= packet_output_wants(&batch->output);
	if (packet_output_has_fields(&batch->output))
		batch->wanted_fields = field_list_wanted(options->fields);
	packet_output_begin(&batch->output);
}

/* The fields that columns read, if nothing else that is printed reads all of them. */
static void begin_columns(struct batch *batch)
{
	const struct column_list *columns = &batch->options->columns;

	if (batch->wants & WANT_FIELDS && !batch->wanted_fields)
		return;
	batch->column_fields = must_zeroed(registry_field_count() / 8 + 1, 1);
	if (batch->wanted_fields)
		add_fields(batch->column_fields, batch->wanted_fields);
	for (unsigned i = 0; i < columns->count; i++) {
		batch->wants |= column_wants(&columns->columns[i]);
		column_want_fields(&columns->columns[i], batch->column_fields);
	}
	batch->wanted_fields = batch->column_fields;
}

/* As tshark: only where all colours are to be had. */
static bool has_colours(void)
{
	const char *said = getenv("COLORTERM");

	return isatty(STDOUT_FILENO) && said &&
	       (!strcmp(said, "truecolor") || !strcmp(said, "24bit"));
}

static void begin_colours(struct batch *batch)
{
	char path[USER_PATH_ROOM];

	user_path(USER_CONFIG, "colorfilters", path);
	FILE *in = *path ? fopen(path, "re") : NULL;

	if (in) {
		colour_rules_read(&batch->rules, in);
		fclose(in);
	} else {
		colour_rules_default(&batch->rules);
	}
	if (!batch->rules.wanted || (batch->wants & WANT_FIELDS && !batch->wanted_fields))
		return;
	batch->rule_fields = must_zeroed(registry_field_count() / 8 + 1, 1);
	add_fields(batch->rule_fields, batch->rules.wanted);
	if (batch->wanted_fields)
		add_fields(batch->rule_fields, batch->wanted_fields);
	batch->wanted_fields = batch->rule_fields;
	batch->wants |= WANT_FIELDS;
}

void batch_begin(struct batch *batch, const struct options *options, const struct filter *filter,
		 struct session *session)
{
	*batch = (struct batch){
		.options = options, .filter = filter, .session = session, .out = stdout
	};
	batch->times.hours = options->time_in_hours;
	if (prints_summary(options))
		batch->wants |= WANT_COLUMNS;
	if (options->format)
		begin_format(batch);
	else if (options->tree || options->hex)
		batch->wants |= WANT_FIELDS | (options->tree ? WANT_LABELS : 0u);
	if (options->columns.count && prints_columns(options))
		begin_columns(batch);
	if (options->statistics) {
		want_statistics(batch, options->statistics);
		batch->tally = statistics_tally(options->statistics, session);
	}
	if (options->colour && prints_summary(options) && has_colours())
		begin_colours(batch);
	if (options->redact) {
		/* Secrets are found in fields, and masked wherever they are said. */
		batch->wants |= WANT_FIELDS | WANT_LABELS;
		batch->wanted_fields = NULL;
	}
	begin_filter(batch);
	choose_dissectors(batch);
}

/* When the packets before `number` came, those that were not shown too. */
static void follow_times(struct batch *batch, uint32_t number)
{
	const struct packet_index *x = &session_learned(batch->session)->index;
	struct time_context *times = &batch->times;

	while (batch->timed + 1 < number) {
		uint32_t n = ++batch->timed;
		const struct index_block *block = index_block_of(x, n);
		bool left_out =
			batch->numbers && n > 1 && batch->numbers[n] == batch->numbers[n + 1];
		if (left_out || !(block->flags[index_slot(n)] & INDEX_HAS_TIME))
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
	times.previous_shown_ns =
		batch->place.shown ? batch->place.previous_shown_ns : d->packet.time_ns;
	return times;
}

/* Of a second, in the packet's time stamp. */
static unsigned decimals_of(const struct batch *batch, const struct dissection *d)
{
	return capture_file_interface(session_file(batch->session), d->packet.interface)->precision;
}

static void take_facts(struct batch *batch, const struct dissection *d)
{
	batch->fact_times = times_for(batch, d);
	batch->facts = (struct column_facts){
		.time_format = batch->options->time_format,
		.times = &batch->fact_times,
		.decimals = decimals_of(batch, d),
		.bytes = batch->place.bytes,
	};
}

static void make_summary(const struct batch *batch, struct summary *summary,
			 const struct dissection *d)
{
	struct time_context times = times_for(batch, d);

	summary_make(summary, d, batch->options->time_format, &times, decimals_of(batch, d));
}

static bool begin_colour(const struct batch *batch, struct dissection *d)
{
	int n = colour_rules_match(&batch->rules, d, session_learned(batch->session)->paths);

	if (n < 0)
		return false;
	struct colour fore = batch->rules.rules[n].fore, back = batch->rules.rules[n].back;

	fprintf(batch->out, "\033[38;2;%u;%u;%um\033[48;2;%u;%u;%um", fore.red, fore.green,
		fore.blue, back.red, back.green, back.blue);
	return true;
}

static void print_summary_line(struct batch *batch, struct dissection *d)
{
	const struct options *options = batch->options;
	struct time_context times = times_for(batch, d);
	char line[SUMMARY_LINE_ROOM];
	struct summary summary;

	if (options->output == OUTPUT_TABS) {
		make_summary(batch, &summary, d);
		summary_tabs_print(batch->out, &summary);
		return;
	}
	size_t n = summary_line(line, d, options->time_format, &times, decimals_of(batch, d));
	fwrite_unlocked(line, 1, n, batch->out);
}

/* Colours go to the end of the line, as tshark's do. */
static void print_line(struct batch *batch, struct dissection *d)
{
	const struct options *options = batch->options;
	bool coloured =
		batch->rules.count && options->output != OUTPUT_TABS && begin_colour(batch, d);

	if (options->columns.count)
		column_list_print(batch->out, &options->columns, d, &batch->facts,
				  options->output == OUTPUT_TABS ? '\t' : ' ');
	else
		print_summary_line(batch, d);
	if (coloured)
		fputs_unlocked("\033[K\n\033[0m", batch->out);
	else
		putc_unlocked('\n', batch->out);
}

static void print_text(struct batch *batch, struct dissection *d)
{
	const struct options *options = batch->options;
	struct tree_style style = {
		.open_only = options->open_only,
		.bytes_follow = options->hex,
		.separator = options->separator,
	};

	if (prints_summary(options)) {
		print_line(batch, d);
		if (options->hex && !options->tree)
			putc_unlocked('\n', batch->out);
	}
	if (options->tree)
		tree_print(batch->out, d, &style);
	if (options->hex) {
		hex_print(batch->out, d, &options->hex_style);
		fputs_unlocked(options->separator ? options->separator : "", batch->out);
		putc_unlocked('\n', batch->out);
	}
}

static void print_packet(struct batch *batch, struct dissection *d)
{
	struct summary summary;

	if (batch->options->columns.count)
		take_facts(batch, d);
	if (!batch->options->format) {
		print_text(batch, d);
		return;
	}
	if (batch->wants & WANT_COLUMNS)
		make_summary(batch, &summary, d);
	packet_output_packet(&batch->output, d, &summary);
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
		.has_notes = block->flags[slot] & INDEX_NOTES,
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
	if (batch->options->format)
		packet_output_flush(&batch->output);
	fflush(batch->out);
	return notice_write_error(batch);
}

bool batch_packet(struct batch *batch, struct dissection *d)
{
	follow_times(batch, d->packet.number);
	batch->place.bytes += d->packet.reported;
	if (batch->options->redact)
		redact(d);
	if (batch_prints(batch->options))
		print_packet(batch, d);
	if (batch->options->statistics && !batch->filter)
		statistics_packet(batch->options->statistics, d);
	if (batch->options->flush_lines)
		batch_flush(batch);
	if (!notice_write_error(batch))
		return false;
	if (batch->copier) {
		struct record record = record_of(batch, d);
		if (!copier_packet(batch->copier, session_file(batch->session), &record,
				   d->buffers[0].bytes, &batch->error))
			return false;
	}
	if (d->packet.has_time)
		batch->place.previous_shown_ns = d->packet.time_ns;
	batch->place.last_shown = d->packet.number;
	batch->place.shown++;
	return true;
}

static void advance(struct batch *batch, uint32_t number)
{
	const struct index_block *block =
		index_block_of(&session_learned(batch->session)->index, number);
	uint32_t slot = index_slot(number);

	if (block->flags[slot] & INDEX_HAS_TIME)
		batch->place.previous_shown_ns = block->time_ns[slot];
	batch->place.bytes += block->reported[slot];
	batch->place.last_shown = number;
	batch->place.shown++;
}

void batch_pass(struct batch *batch, uint32_t number)
{
	advance(batch, number);
	batch->output.count++;
}

bool batch_values(struct batch *batch, uint32_t number, const struct node *nodes,
		  const uint8_t *counts)
{
	advance(batch, number);
	field_list_take(batch->output.fields, nodes, counts, GLANCED_VALUES);
	packet_output_taken(&batch->output);
	return notice_write_error(batch);
}

bool batch_write(struct batch *batch, const char *text, size_t n)
{
	fwrite_unlocked(text, 1, n, batch->out);
	return notice_write_error(batch);
}

bool batch_tell_changed(struct batch *batch)
{
	return error_set(&batch->error,
			 "\"%s\": a packet cannot be read any more: the file was changed",
			 capture_file_path(session_file(batch->session)));
}

bool batch_show(struct batch *batch, struct view_port *port, uint32_t number)
{
	return (view_port_dissect(port, number, port->d.wants) || batch_tell_changed(batch)) &&
	       batch_packet(batch, &port->d);
}

void batch_share(struct batch *copy, const struct batch *batch, FILE *out)
{
	*copy = *batch;
	copy->out = out;
	if (!batch->options->format)
		return;
	copy->output.out = NULL;
	copy->output.facts = &copy->facts;
	copy->output.fields = field_list_copy(batch->output.fields);
	packet_output_begin(&copy->output);
}

void batch_unshare(struct batch *copy)
{
	if (!copy->options->format)
		return;
	packet_output_end(&copy->output);
	field_list_free(copy->output.fields);
}

void batch_stand(struct batch *copy, const struct batch_place *place)
{
	copy->place = *place;
	copy->output.count = place->shown;
}

static void print_statistics(struct batch *batch)
{
	tally_step(batch->tally, UINT32_MAX, session_packet_count(batch->session));
	if (tally_is_damaged(batch->tally))
		batch_tell_changed(batch);
	statistics_print(batch->options->statistics, batch->session, batch->out);
}

bool batch_end(struct batch *batch)
{
	bool good = true;

	if (batch->options->format)
		packet_output_end(&batch->output);
	if (batch->options->statistics && !batch->write_error)
		print_statistics(batch);
	if (batch->options->count)
		fprintf(batch->out, "%u\n", batch->place.shown);
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
	colour_rules_free(&batch->rules);
	free(batch->rule_fields);
	free(batch->column_fields);
	free(batch->numbers);
	free(batch->filter_fields);
	free(batch->all_fields);
	free(batch->dissectors);
	tally_free(batch->tally);
	return good;
}

int batch_status(const struct batch *batch, int status)
{
	return status == EXIT_FINE && batch->options->match && !batch->place.shown ? EXIT_NO
										   : status;
}
