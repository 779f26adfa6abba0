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

char *put_time_text(char at[SCALAR_ROOM], int64_t time_ns, bool utc)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	uint32_t rest;
	time_t seconds = (time_t)split_seconds(time_ns, &rest);
	struct tm tm;

	if (time_ns == TIME_UNSET)
		return memcpy(at, "NULL", 4) + 4;
	if (!(utc ? gmtime_r(&seconds, &tm) : localtime_r(&seconds, &tm)))
		return at;
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
	at = number_put_nine(at, rest);
	*at++ = ' ';
	const char *zone = utc || !tm.tm_zone ? "UTC" : tm.tm_zone;
	size_t n = strnlen(zone, 20);
	memcpy(at, zone, n);
	return at + n;
}

/* What is the same in each second: "Nov 14, 2023 22:13:" and " UTC". */
static void remember_minute(struct time_minute *minute, const char *text, const char *end,
			    uint32_t second)
{
	const char *colon = memrchr(text, ':', (size_t)(end - text));
	char digits[2];

	number_put_fixed(digits, second, 2);
	/* Where zones are whole minutes, all of them have the same seconds. */
	if (!colon || end - colon < 13 || memcmp(colon + 1, digits, 2) != 0)
		return;
	minute->head = (uint8_t)(colon + 1 - text);
	minute->tail = (uint8_t)(end - colon - 13);
	memcpy(minute->text, text, minute->head);
	memcpy(minute->text + minute->head, colon + 13, minute->tail);
}

char *put_time_of_minute(char at[SCALAR_ROOM], struct time_minute *minute, int64_t time_ns, bool utc)
{
	uint32_t rest;
	int64_t seconds = split_seconds(time_ns, &rest), number = seconds / 60;
	uint32_t second = (uint32_t)(seconds % 60);

	if (seconds <= 0)
		return put_time_text(at, time_ns, utc);
	if (!minute->head || minute->number != number || minute->utc != utc) {
		char *end = put_time_text(at, time_ns, utc);
		minute->head = 0;
		minute->number = number;
		minute->utc = utc;
		remember_minute(minute, at, end, second);
		return end;
	}
	memcpy(at, minute->text, minute->head);
	at = number_put_fixed(at + minute->head, second, 2);
	*at++ = '.';
	at = number_put_nine(at, rest);
	memcpy(at, minute->text + minute->head, minute->tail);
	return at + minute->tail;
}

size_t time_text(int64_t time_ns, bool utc, char *text, size_t room)
{
	char line[SCALAR_ROOM];

	return keep(text, room, line, put_time_text(line, time_ns, utc));
}

/* The seconds and what is left of them, which is returned. */
static uint32_t put_seconds(char **at, int64_t ns)
{
	uint64_t magnitude = ns < 0 ? -(uint64_t)ns : (uint64_t)ns;
	uint64_t seconds = magnitude / NS_PER_SECOND;

	if (ns < 0)
		*(*at)++ = '-';
	*at = number_put(*at, seconds);
	return (uint32_t)(magnitude - seconds * NS_PER_SECOND);
}

char *put_duration_text(char *at, int64_t ns)
{
	uint32_t rest = put_seconds(&at, ns);

	*at++ = '.';
	return number_put_nine(at, rest);
}

size_t duration_text(int64_t ns, unsigned decimals, char *text, size_t room)
{
	static const uint32_t powers[] = { 1,	   10,	    100,      1000,	 10000,
					   100000, 1000000, 10000000, 100000000, 1000000000 };
	char line[NUMBER_TEXT_ROOM + 12], *at = line;
	uint32_t rest = put_seconds(&at, ns);

	if (decimals > 9)
		decimals = 9;
	if (decimals) {
		*at++ = '.';
		at = number_put_fixed(at, rest / powers[9 - decimals], decimals);
	}
	return keep(text, room, line, at);
}
