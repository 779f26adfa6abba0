/* span.c - the unit that leaves three or four digits. */
#include "base/span.h"

#include <stdio.h>

const char *span_short(int64_t ns, char text[SPAN_ROOM])
{
	static const struct {
		double below; /* of the unit */
		double unit;  /* ns */
		int decimals;
		const char *name;
	} steps[] = {
		{ 10, 1e3, 1, "µs" }, { 10, 1e6, 2, "ms" }, { 1000, 1e6, 1, "ms" },
		{ 10, 1e9, 3, "s" },  { 100, 1e9, 2, "s" }, { 1000, 1e9, 1, "s" },
		{ 0, 1e9, 0, "s" },
	};
	double size = ns < 0 ? -(double)ns : (double)ns;
	unsigned i = 0;

	while (steps[i].below > 0 && size >= steps[i].below * steps[i].unit)
		i++;
	snprintf(text, SPAN_ROOM, "%.*f %s", steps[i].decimals, (double)ns / steps[i].unit,
		 steps[i].name);
	return text;
}
