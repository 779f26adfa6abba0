/* app_rows.c - what the rows of the packet list show, and of which packets. */
#include "ui/app_rows.h"

#include <stdio.h>
#include <string.h>

#include "state/conversation.h"
#include "state/learned.h"
#include "ui/app_columns.h"
#include "ui/app_statistics.h"

uint32_t app_packet_count(const struct app *app)
{
	return app->packet_count;
}

uint32_t app_row_count(const struct app *app)
{
	return app->filter.run ? app->filter.progress.passed : app->packet_count;
}

uint32_t app_packet_in_row(const struct app *app, uint32_t row)
{
	row = app_captured_row(app, row);
	if (app->filter.run)
		return filter_run_packet(app->filter.run, row);
	return row < app->packet_count ? row + 1 : 0;
}

uint32_t app_row_of_packet(const struct app *app, uint32_t packet)
{
	if (!packet || packet > app->packet_count)
		return UINT32_MAX;
	if (!app->filter.run)
		return app_sorted_row(app, packet - 1);
	return filter_run_passes(app->filter.run, packet)
		       ? app_sorted_row(app, filter_run_row(app->filter.run, packet))
		       : UINT32_MAX;
}

/* The packet that was captured before a row's among those that are shown; 0: none. */
static uint32_t shown_before(const struct app *app, uint32_t row)
{
	uint32_t captured = app_captured_row(app, row);

	if (!captured)
		return 0;
	return app->filter.run ? filter_run_packet(app->filter.run, captured - 1) : captured;
}

uint32_t app_selected_row(const struct app *app)
{
	return app_row_of_packet(app, app->selected);
}

/* Decimals of a second that the packet's interface gives. */
static unsigned decimals_of(const struct app *app, const struct dissection *d)
{
	const struct capture_file *file = session_file(app->session);

	if (d->packet.interface >= capture_file_interface_count(file))
		return 6;
	return capture_file_interface(file, d->packet.interface)->precision;
}

/* A rule beyond those that have styles of their own is the terminal's. */
static enum style style_of(int rule)
{
	return rule < 0 || rule >= RULE_STYLES ? STYLE_NORMAL
					       : (enum style)(STYLE_RULE + (unsigned)rule);
}

/* What the summary has already need not be worded again; NULL: it has not. */
static const char *from_summary(const struct column *column, const struct summary *summary)
{
	const struct column_format *format = column->format;

	switch (format->says) {
	case SAYS_NUMBER:
		return summary->number;
	case SAYS_TIME:
		return format->time == TIME_AS_CHOSEN ? summary->time : NULL;
	case SAYS_SOURCE:
		return format->of_network || column->as_numbers ? NULL : summary->source;
	case SAYS_DESTINATION:
		return format->of_network || column->as_numbers ? NULL : summary->destination;
	case SAYS_PROTOCOL:
		return summary->protocol;
	case SAYS_LENGTH:
		return summary->length;
	case SAYS_INFO:
		return summary->info;
	default:
		return NULL;
	}
}

static void read_texts(const struct app *app, struct dissection *d,
		       const struct time_context *times, struct list_row *out)
{
	const struct column_facts facts = { .time_format = app->user.time_format,
					    .times = times,
					    .decimals = decimals_of(app, d) };
	char room[COLUMN_TEXT_ROOM];

	for (unsigned i = 0; i < app->user.columns.count; i++) {
		const struct list_column *c = &app->user.columns.columns[i];

		out->texts[i] = c->hidden ? NULL : from_summary(&c->column, &out->summary);
		if (c->hidden || out->texts[i])
			continue;
		const char *text = column_text(&c->column, d, &facts, room);

		out->texts[i] = arena_text(&d->arena, text, strlen(text));
	}
}

static unsigned row_wants(const struct app *app)
{
	unsigned wants = WANT_COLUMNS | (app->user.colours ? WANT_FIELDS : 0u);

	for (unsigned i = 0; i < app->user.columns.count; i++)
		if (!app->user.columns.columns[i].hidden)
			wants |= column_wants(&app->user.columns.columns[i].column);
	return wants;
}

static char letter_of(const struct app *app, uint32_t packet)
{
	for (unsigned i = 0; i < NAMES; i++)
		if (app->named[i] == packet)
			return (char)('a' + (int)i);
	return 0;
}

bool app_read_row(struct app *app, uint32_t row, struct list_row *out)
{
	struct dissection *d = &app->list_port.d;
	uint32_t number = app_packet_in_row(app, row);

	if (!number || !view_port_dissect(&app->list_port, number, row_wants(app)))
		return false;
	struct time_context times = { .first_ns = session_packet_time(app->session, 1) };

	if (number > 1) {
		times.previous_ns = session_packet_time(app->session, number - 1);
		uint32_t before = shown_before(app, row);

		times.previous_shown_ns =
			session_packet_time(app->session, before ? before : number);
		times.has_previous = true;
	}
	uint32_t reference = packet_set_until(&app->references, number);

	if (reference)
		times.first_ns = session_packet_time(app->session, reference);
	summary_make(&out->summary, d, app->user.time_format, &times, decimals_of(app, d));
	out->marked = packet_set_has(&app->marked, number);
	out->ignored = packet_set_has(&app->ignored, number);
	out->is_reference = reference == number;
	out->letter = letter_of(app, number);
	if (reference == number && app->user.time_format == TIME_RELATIVE)
		snprintf(out->summary.time, sizeof out->summary.time, "*REF*");
	if (!out->summary.protocol)
		out->summary.protocol = "";
	if (!out->summary.info)
		out->summary.info = "";
	read_texts(app, d, &times, out);
	out->number = number;
	out->severity = app_severity(app, number);
	if (out->severity < d->severity)
		out->severity = d->severity;
	int rule = app->user.colours && !out->ignored
			   ? colour_rules_match(&app->user.rules, d,
						session_learned(app->session)->paths)
			   : -1;

	out->style = out->ignored ? STYLE_DIM : style_of(rule);
	if (!out->letter)
		out->letter = app_talk_digit(app, rule);
	out->has_comment = app_has_comment(app, number);
	out->conversation = app_conversation(app, number);
	out->to_opener = d->conversation && !d->from_opener;
	return true;
}

bool app_has_comment(const struct app *app, uint32_t packet)
{
	const char *said = comments_of(app->comments, packet);

	if (said)
		return *said;
	return index_block_of(&session_learned(app->session)->index, packet)
		       ->flags[index_slot(packet)] &
	       INDEX_COMMENT;
}

uint32_t app_conversation(const struct app *app, uint32_t packet)
{
	if (!packet || packet > app->packet_count)
		return 0;
	return index_block_of(&session_learned(app->session)->index, packet)
		->conversation[index_slot(packet)];
}

uint32_t app_previous_in_conversation(const struct app *app, uint32_t packet)
{
	if (!packet || packet > app->packet_count)
		return 0;
	return index_block_of(&session_learned(app->session)->index, packet)
		->previous[index_slot(packet)];
}
