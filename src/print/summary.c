/* summary.c - one line per packet: No., Time, Source, Destination, Protocol, Length, Info.
 *
 * Printed a million times, so nothing here goes through printf. */
#include <string.h>
#include <time.h>

#include "base/number_text.h"
#include "print/printer.h"

enum { NS_PER_SECOND = 1000000000, NUMBER_WIDTH = 5, TIME_WIDTH = 10, ADDRESS_WIDTH = 12 };

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

/* Right-aligned in `width`. */
static char *put_padded(char *at, uint64_t value, unsigned width)
{
	char text[NUMBER_TEXT_ROOM];
	unsigned n = (unsigned)(number_put(text, value) - text);

	for (unsigned i = n; i < width; i++)
		*at++ = ' ';
	memcpy(at, text, n);
	return at + n;
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
		at = put_padded(at, seconds / 3600, 1);
		memcpy(at, "h ", 2);
		at += 2;
	}
	if (seconds >= 60) {
		at = put_padded(at, seconds / 60 % 60, seconds >= 3600 ? 2 : 1);
		memcpy(at, "m ", 2);
		at += 2;
	}
	at = put_padded(at, seconds % 60, 2);
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

void summary_make(struct summary *summary, const struct dissection *d, enum time_format format,
		  const struct time_context *times, unsigned decimals)
{
	char *end = summary->time;

	*number_put(summary->number, d->packet.number) = '\0';
	if (d->packet.has_time)
		end = put_time(end, d->packet.time_ns, format, times, decimals);
	*end = '\0';
	address_text(&d->from, summary->source);
	address_text(&d->to, summary->destination);
	*number_put(summary->length, d->packet.reported) = '\0';
	summary->protocol = d->protocol ? d->protocol : "";
	summary->info = d->info ? d->info : "";
}

static char *put_spaces(char *at, size_t n)
{
	while (n--)
		*at++ = ' ';
	return at;
}

static char *put_right(char *at, const char *text, size_t width)
{
	size_t n = strlen(text);

	if (n < width)
		at = put_spaces(at, width - n);
	memcpy(at, text, n);
	return at + n;
}

static char *put_left(char *at, const char *text, size_t width)
{
	size_t n = strlen(text);

	memcpy(at, text, n);
	at += n;
	return n < width ? put_spaces(at, width - n) : at;
}

size_t summary_line(const struct summary *summary, char *line, size_t room)
{
	/* All that stands before Info, at its longest. */
	char head[NUMBER_WIDTH + sizeof summary->number + sizeof summary->time +
		  2 * ADDRESS_TEXT_ROOM + sizeof summary->length + sizeof ARROW + 100],
		*at = head;
	size_t protocol = strnlen(summary->protocol, 64), info = strlen(summary->info);

	if (!room)
		return 0;
	at = put_right(at, summary->number, NUMBER_WIDTH);
	*at++ = ' ';
	at = put_right(at, summary->time, TIME_WIDTH);
	*at++ = ' ';
	at = put_right(at, summary->source, ADDRESS_WIDTH);
	memcpy(at, ARROW, sizeof ARROW - 1);
	at = put_left(at + sizeof ARROW - 1, summary->destination, ADDRESS_WIDTH);
	*at++ = ' ';
	memcpy(at, summary->protocol, protocol);
	at += protocol;
	*at++ = ' ';
	at = put_left(at, summary->length, 0);
	*at++ = ' ';
	size_t n = (size_t)(at - head);
	if (n > room - 1)
		n = room - 1;
	memcpy(line, head, n);
	if (info > room - 1 - n) {
		info = room - 1 - n;
		while (info && ((uint8_t)summary->info[info] & 0xc0) == 0x80)
			info--;
	}
	memcpy(line + n, summary->info, info);
	line[n + info] = '\0';
	return n + info;
}
