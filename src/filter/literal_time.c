/* literal_time.c - points in time and durations as they are written in filters. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "syntax.h"

enum { NS_DIGITS = 9, NS_PER_SECOND = 1000000000 };

static void skip_blanks(const char **at)
{
	while (isspace((unsigned char)**at))
		(*at)++;
}

/* A number of 1 to `most` digits that is not larger than `largest`. */
static bool take_number(const char **at, unsigned most, int largest, int *number)
{
	unsigned n = 0;

	*number = 0;
	while (n < most && isdigit((unsigned char)(*at)[n]))
		*number = *number * 10 + ((*at)[n++] - '0');
	*at += n;
	return n && *number <= largest;
}

static bool take_sign(const char **at, char sign)
{
	if (**at != sign)
		return false;
	(*at)++;
	return true;
}

/* "26" is .26; digits beyond the ninth are passed over. */
static uint32_t take_fraction(const char **at)
{
	uint32_t ns = 0;
	unsigned n = 0;

	for (; isdigit((unsigned char)**at); (*at)++, n++)
		if (n < NS_DIGITS)
			ns = ns * 10 + (uint32_t)(**at - '0');
	for (; n < NS_DIGITS; n++)
		ns *= 10;
	return ns;
}

/* hh:mm[:ss[.fraction]]; with `whole` the seconds must be there. */
static bool take_clock(const char **at, bool whole, struct tm *tm, uint32_t *ns)
{
	if (!take_number(at, 2, 23, &tm->tm_hour) || !take_sign(at, ':') ||
	    !take_number(at, 2, 59, &tm->tm_min))
		return false;
	if (**at != ':')
		return !whole;
	(*at)++;
	if (!take_number(at, 2, 61, &tm->tm_sec))
		return false;
	if (**at == '.' || (!whole && **at == ',')) {
		(*at)++;
		*ns = take_fraction(at);
	}
	return true;
}

/* Z, +01, +0100 or +01:00; false: it is none of these. */
static bool take_zone(const char **at, int *minutes)
{
	int hour, minute = 0;

	if (take_sign(at, 'Z')) {
		*minutes = 0;
		return true;
	}
	char sign = **at;
	if (sign != '+' && sign != '-')
		return false;
	(*at)++;
	if (!take_number(at, 2, 23, &hour))
		return false;
	take_sign(at, ':');
	if (isdigit((unsigned char)**at) && !take_number(at, 2, 59, &minute))
		return false;
	*minutes = (60 * hour + minute) * (sign == '-' ? -1 : 1);
	return true;
}

static bool finish(const char *at, struct tm *tm, uint32_t ns, const int *zone, int64_t *time_ns)
{
	skip_blanks(&at);
	if (*at)
		return false;
	tm->tm_isdst = -1;
	int64_t seconds = zone ? timegm(tm) - 60 * (int64_t)*zone : mktime(tm);
	if (__builtin_mul_overflow(seconds, (int64_t)NS_PER_SECOND, time_ns) ||
	    __builtin_add_overflow(*time_ns, (int64_t)ns, time_ns))
		*time_ns = seconds < 0 ? INT64_MIN : INT64_MAX;
	return true;
}

/* 2023-07-04[T12:34[:56[.5]][zone]] (RFC 3339, more loosely). */
static bool read_iso(const char *at, int64_t *time_ns)
{
	struct tm tm = { 0 };
	uint32_t ns = 0;
	int zone;

	if (!take_number(&at, 4, 9999, &tm.tm_year) || !take_sign(&at, '-') ||
	    !take_number(&at, 2, 12, &tm.tm_mon) || !tm.tm_mon || !take_sign(&at, '-') ||
	    !take_number(&at, 2, 31, &tm.tm_mday) || !tm.tm_mday)
		return false;
	tm.tm_year -= 1900;
	tm.tm_mon--;
	if (!take_sign(&at, 'T'))
		skip_blanks(&at);
	if (!*at)
		return finish(at, &tm, 0, NULL, time_ns);
	if (!take_clock(&at, false, &tm, &ns))
		return false;
	bool has_zone = take_zone(&at, &zone);
	return finish(at, &tm, ns, has_zone ? &zone : NULL, time_ns);
}

/* Jul 4, 2023 12:34:56[.5] [UTC] */
static bool read_month_first(const char *at, int64_t *time_ns)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	struct tm tm = { 0 };
	uint32_t ns = 0;
	int utc = 0;

	while (tm.tm_mon < 12 && strncasecmp(at, months + 3 * tm.tm_mon, 3) != 0)
		tm.tm_mon++;
	if (tm.tm_mon == 12)
		return false;
	at += 3;
	skip_blanks(&at);
	if (!take_number(&at, 2, 31, &tm.tm_mday) || !take_sign(&at, ','))
		return false;
	skip_blanks(&at);
	if (!take_number(&at, 4, 9999, &tm.tm_year))
		return false;
	tm.tm_year -= 1900;
	skip_blanks(&at);
	if (!take_clock(&at, true, &tm, &ns))
		return false;
	skip_blanks(&at);
	bool in_utc = !strncmp(at, "UTC", 3);
	return finish(in_utc ? at + 3 : at, &tm, ns, in_utc ? &utc : NULL, time_ns);
}

bool literal_time(const char *text, int64_t *ns)
{
	skip_blanks(&text);
	return isdigit((unsigned char)*text) ? read_iso(text, ns) : read_month_first(text, ns);
}

bool literal_duration(const char *text, int64_t *ns)
{
	size_t whole = strspn(text, "0123456789");
	const char *at = text + whole;
	uint32_t fraction = 0;
	int64_t seconds;

	if (!whole)
		return false;
	if (*at == '.') {
		at++;
		if (strspn(at, "0123456789") > NS_DIGITS)
			return false;
		fraction = take_fraction(&at);
	}
	if (*at)
		return false;
	seconds = strtoll(text, NULL, 10);
	if (__builtin_mul_overflow(seconds, (int64_t)NS_PER_SECOND, ns) ||
	    __builtin_add_overflow(*ns, (int64_t)fraction, ns))
		*ns = INT64_MAX;
	return true;
}
