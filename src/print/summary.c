/* summary.c - one line per packet: No., Time, Source, Destination, Protocol, Length, Info.
 *
 * Printed a million times, so nothing here goes through printf. */
#include <string.h>
#include <time.h>

#include "base/number_text.h"
#include "dissect/names.h"
#include "print/printer.h"

enum {
	NS_PER_SECOND = 1000000000,
	NUMBER_WIDTH = 5,
	TIME_WIDTH = 10,
	ADDRESS_WIDTH = 12,
	LONGEST_PROTOCOL = 64
};

#define ARROW " \xe2\x86\x92 "

/* Decimals of a second. */
static char *put_fraction(char *at, uint64_t ns, unsigned decimals)
{
	if (!decimals)
		return at;
	if (decimals > 9)
		decimals = 9;
	for (unsigned i = decimals; i < 9; i++)
		ns /= 10;
	*at++ = '.';
	return number_put_fixed(at, ns, decimals);
}

static char *put_seconds(char *at, int64_t ns, unsigned decimals)
{
	uint64_t magnitude = ns < 0 ? -(uint64_t)ns : (uint64_t)ns;

	if (ns < 0)
		*at++ = '-';
	at = number_put(at, magnitude / NS_PER_SECOND);
	return put_fraction(at, magnitude % NS_PER_SECOND, decimals);
}

/* "1h  2m  3.000000s" */
static char *put_hours(char *at, int64_t ns, unsigned decimals)
{
	uint64_t magnitude = ns < 0 ? -(uint64_t)ns : (uint64_t)ns;
	uint64_t seconds = magnitude / NS_PER_SECOND;

	if (ns < 0)
		*at++ = '-';
	if (ns < 0 && seconds >= 60)
		*at++ = ' ';
	if (seconds >= 3600) {
		at = number_put_right(at, seconds / 3600, 1);
		memcpy(at, "h ", 2);
		at += 2;
	}
	if (seconds >= 60) {
		at = number_put_right(at, seconds / 60 % 60, seconds >= 3600 ? 2 : 1);
		memcpy(at, "m ", 2);
		at += 2;
	}
	at = number_put_right(at, seconds % 60, 2);
	at = put_fraction(at, magnitude % NS_PER_SECOND, decimals);
	*at++ = 's';
	return at;
}

static char *put_clock(char *at, int64_t ns, enum time_format format, unsigned decimals)
{
	bool utc = format == TIME_UTC_CLOCK || format == TIME_UTC_DATE ||
		   format == TIME_UTC_DAY_OF_YEAR;
	int64_t rest = ns % NS_PER_SECOND;
	time_t seconds = (time_t)(ns / NS_PER_SECOND - (rest < 0));
	struct tm tm;

	if (!(utc ? gmtime_r(&seconds, &tm) : localtime_r(&seconds, &tm)))
		return at;
	if (format != TIME_ABSOLUTE && format != TIME_UTC_CLOCK) {
		at = number_put_signed(at, 1900 + (int64_t)tm.tm_year);
		if (format == TIME_ABSOLUTE_DATE || format == TIME_UTC_DATE) {
			*at++ = '-';
			at = number_put_fixed(at, (unsigned)tm.tm_mon + 1, 2);
			*at++ = '-';
			at = number_put_fixed(at, (unsigned)tm.tm_mday, 2);
		} else {
			*at++ = '/';
			at = number_put_fixed(at, (unsigned)tm.tm_yday + 1, 3);
		}
		*at++ = ' ';
	}
	at = number_put_fixed(at, (unsigned)tm.tm_hour, 2);
	*at++ = ':';
	at = number_put_fixed(at, (unsigned)tm.tm_min, 2);
	*at++ = ':';
	at = number_put_fixed(at, (unsigned)tm.tm_sec, 2);
	return put_fraction(at, (uint64_t)(rest < 0 ? rest + NS_PER_SECOND : rest), decimals);
}

static char *put_time(char *at, int64_t now, enum time_format format,
		      const struct time_context *times, unsigned decimals)
{
	int64_t since = times->first_ns;

	switch (format) {
	case TIME_EPOCH:
		return put_seconds(at, now, decimals);
	case TIME_DELTA:
		since = times->has_previous ? times->previous_ns : now;
		break;
	case TIME_DELTA_SHOWN:
		since = times->has_previous ? times->previous_shown_ns : now;
		break;
	case TIME_RELATIVE:
		break;
	default:
		return put_clock(at, now, format, decimals);
	}
	int64_t span = (int64_t)((uint64_t)now - (uint64_t)since);
	return times->hours ? put_hours(at, span, decimals) : put_seconds(at, span, decimals);
}

static char *put_packet_time(char *at, const struct dissection *d, enum time_format format,
			     const struct time_context *times, unsigned decimals)
{
	return d->packet.has_time ? put_time(at, d->packet.time_ns, format, times, decimals) : at;
}

void summary_time(char text[SUMMARY_TIME_ROOM], const struct dissection *d, enum time_format format,
		  const struct time_context *times, unsigned decimals)
{
	*put_packet_time(text, d, format, times, decimals) = '\0';
}

void summary_make(struct summary *summary, const struct dissection *d, enum time_format format,
		  const struct time_context *times, unsigned decimals)
{
	*number_put(summary->number, d->packet.shown) = '\0';
	summary_time(summary->time, d, format, times, decimals);
	name_address(&d->from, summary->source);
	name_address(&d->to, summary->destination);
	*number_put(summary->length, d->packet.reported) = '\0';
	summary->protocol = d->protocol ? d->protocol : "";
	summary->info = d->info ? d->info : "";
}

/* What stands between `at` and `end` moves to the right of `width` columns. */
static char *pad_left(char *at, char *end, size_t width)
{
	size_t n = (size_t)(end - at);

	if (n >= width)
		return end;
	memmove(at + width - n, at, n);
	memset(at, ' ', width - n);
	return at + width;
}

static char *pad_right(const char *at, char *end, size_t width)
{
	while (end < at + width)
		*end++ = ' ';
	return end;
}

/* All that stands before Info; at its longest it is well below SUMMARY_LINE_ROOM. */
static char *put_head(char *at, const struct dissection *d, enum time_format format,
		      const struct time_context *times, unsigned decimals)
{
	size_t protocol = d->protocol ? strnlen(d->protocol, LONGEST_PROTOCOL) : 0;

	at = number_put_right(at, d->packet.shown, NUMBER_WIDTH);
	*at++ = ' ';
	at = pad_left(at, put_packet_time(at, d, format, times, decimals), TIME_WIDTH);
	*at++ = ' ';
	at = pad_left(at, at + name_address(&d->from, at), ADDRESS_WIDTH);
	memcpy(at, ARROW, sizeof ARROW - 1);
	at += sizeof ARROW - 1;
	at = pad_right(at, at + name_address(&d->to, at), ADDRESS_WIDTH);
	*at++ = ' ';
	memcpy(at, protocol ? d->protocol : "", protocol);
	at += protocol;
	*at++ = ' ';
	at = number_put(at, d->packet.reported);
	*at++ = ' ';
	return at;
}

size_t summary_line(char line[SUMMARY_LINE_ROOM], const struct dissection *d,
		    enum time_format format, const struct time_context *times, unsigned decimals)
{
	char *at = put_head(line, d, format, times, decimals);
	size_t room = SUMMARY_LINE_ROOM - 1 - (size_t)(at - line), info = d->info_length;

	if (info > room) {
		info = room;
		while (info && ((uint8_t)d->info[info] & 0xc0) == 0x80)
			info--;
	}
	memcpy(at, info ? d->info : "", info);
	at[info] = '\0';
	return (size_t)(at + info - line);
}

const char *const summary_column_names[SUMMARY_COLUMNS] = {
	"No.", "Time", "Source", "Destination", "Protocol", "Length", "Info",
};

void summary_tabs_print(FILE *out, const struct summary *summary)
{
	fprintf(out, "%*s\t%*s\t%*s\t\xe2\x86\x92\t%-*s\t%s\t%s\t%s", NUMBER_WIDTH,
		summary->number, TIME_WIDTH, summary->time, ADDRESS_WIDTH, summary->source,
		ADDRESS_WIDTH, summary->destination, summary->protocol, summary->length,
		summary->info);
}
