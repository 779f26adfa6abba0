/* quantity.c - digits in groups, prefixes, spans of time. */
#include "ui/quantity.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#include "base/number_text.h"

const char *count_text(uint64_t n, char text[QUANTITY_ROOM])
{
	*number_put_grouped(text, n) = 0;
	return text;
}

static const char *with_prefix(uint64_t n, const char *unit, char text[QUANTITY_ROOM])
{
	static const char *const prefixes[] = { "", "k", "M", "G", "T", "P", "E" };
	double value = (double)n;
	unsigned prefix = 0;

	while (value >= 999.5 && prefix < 6) {
		value /= 1000;
		prefix++;
	}
	const char *blank = prefixes[prefix][0] || unit[0] ? " " : "";

	snprintf(text, QUANTITY_ROOM, prefix && value < 9.95 ? "%.1f%s%s%s" : "%.0f%s%s%s", value,
		 blank, prefixes[prefix], unit);
	return text;
}

const char *short_count_text(uint64_t n, char text[QUANTITY_ROOM])
{
	return n < 10000 ? count_text(n, text) : with_prefix(n, "", text);
}

const char *bytes_text(uint64_t bytes, char text[QUANTITY_ROOM])
{
	return with_prefix(bytes, "B", text);
}

const char *clock_text(int64_t ns, char text[QUANTITY_ROOM])
{
	int64_t seconds = ns < 0 ? 0 : ns / 1000000000;

	snprintf(text, QUANTITY_ROOM, "%02" PRId64 ":%02d:%02d", seconds / 3600,
		 (int)(seconds / 60 % 60), (int)(seconds % 60));
	return text;
}

const char *span_text(int64_t ns, char text[QUANTITY_ROOM])
{
	int64_t seconds = ns / 1000000000;

	if (ns > -60000000000 && ns < 60000000000)
		snprintf(text, QUANTITY_ROOM, ns && seconds == 0 ? "%.4g s" : "%.2f s",
			 (double)ns / 1e9);
	else if (seconds < 0)
		snprintf(text, QUANTITY_ROOM, "%" PRId64 " s", seconds);
	else if (seconds < 3600)
		snprintf(text, QUANTITY_ROOM, "%d min %d s", (int)(seconds / 60),
			 (int)(seconds % 60));
	else if (seconds < 172800)
		snprintf(text, QUANTITY_ROOM, "%d h %d min", (int)(seconds / 3600),
			 (int)(seconds / 60 % 60));
	else
		snprintf(text, QUANTITY_ROOM, "%" PRId64 " d %d h", seconds / 86400,
			 (int)(seconds / 3600 % 24));
	return text;
}

const char *date_text(int64_t seconds, char text[QUANTITY_ROOM])
{
	time_t time = (time_t)seconds;
	struct tm tm;

	text[0] = 0;
	if (localtime_r(&time, &tm))
		text[strftime(text, QUANTITY_ROOM - 1, "%Y-%m-%d %H:%M", &tm)] = 0;
	return text;
}
