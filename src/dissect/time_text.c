/* time_text.c - points in time and durations as tshark words them. */
#include <string.h>
#include <time.h>

#include "base/number_text.h"
#include "dissect/value_text.h"

enum { NS_PER_SECOND = 1000000000 };

/* Seconds rounded down and what is left, which is never negative. */
static int64_t split_seconds(int64_t ns, uint32_t *rest)
{
	int64_t seconds = ns / NS_PER_SECOND;
	int64_t left = ns % NS_PER_SECOND;

	if (left < 0) {
		left += NS_PER_SECOND;
		seconds--;
	}
	*rest = (uint32_t)left;
	return seconds;
}

static size_t keep(char *text, size_t room, const char *from, const char *end)
{
	size_t n = (size_t)(end - from);

	if (!room)
		return 0;
	if (n > room - 1)
		n = room - 1;
	memcpy(text, from, n);
	text[n] = '\0';
	return n;
}

size_t time_text(int64_t time_ns, bool utc, char *text, size_t room)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	static const char unset[] = "NULL";
	char line[100], *at = line;
	uint32_t rest;
	time_t seconds = (time_t)split_seconds(time_ns, &rest);
	struct tm tm;

	if (time_ns == TIME_UNSET)
		return keep(text, room, unset, unset + strlen(unset));

	if (!(utc ? gmtime_r(&seconds, &tm) : localtime_r(&seconds, &tm)))
		return keep(text, room, line, line);
	memcpy(at, months + 3 * tm.tm_mon, 3);
	at[3] = ' ';
	at[4] = (char)(tm.tm_mday < 10 ? ' ' : '0' + tm.tm_mday / 10);
	at[5] = (char)('0' + tm.tm_mday % 10);
	at[6] = ',';
	at[7] = ' ';
	at = number_put_signed(at + 8, 1900 + (int64_t)tm.tm_year);
	*at++ = ' ';
	at = number_put_fixed(at, (unsigned)tm.tm_hour, 2);
	*at++ = ':';
	at = number_put_fixed(at, (unsigned)tm.tm_min, 2);
	*at++ = ':';
	at = number_put_fixed(at, (unsigned)tm.tm_sec, 2);
	*at++ = '.';
	at = number_put_fixed(at, rest, 9);
	*at++ = ' ';
	const char *zone = utc || !tm.tm_zone ? "UTC" : tm.tm_zone;
	size_t n = strnlen(zone, 20);
	memcpy(at, zone, n);
	return keep(text, room, line, at + n);
}

size_t duration_text(int64_t ns, unsigned decimals, char *text, size_t room)
{
	static const uint32_t powers[] = { 1,	   10,	    100,      1000,	 10000,
					   100000, 1000000, 10000000, 100000000, 1000000000 };
	char line[NUMBER_TEXT_ROOM + 12], *at = line;
	uint64_t magnitude = ns < 0 ? -(uint64_t)ns : (uint64_t)ns;

	if (decimals > 9)
		decimals = 9;
	if (ns < 0)
		*at++ = '-';
	at = number_put(at, magnitude / NS_PER_SECOND);
	if (decimals) {
		*at++ = '.';
		at = number_put_fixed(at, magnitude % NS_PER_SECOND / powers[9 - decimals],
				      decimals);
	}
	return keep(text, room, line, at);
}
