/* time.h - nanoseconds since 1970 in 64 bits, which files may fill to the brim. */
#ifndef BASE_TIME_H
#define BASE_TIME_H

#include <stdint.h>

/* From `from` to `to`, clamped to what 64 bits can say. */
static inline int64_t time_between(int64_t from, int64_t to)
{
	int64_t ns;

	if (__builtin_sub_overflow(to, from, &ns))
		return to > from ? INT64_MAX : INT64_MIN;
	return ns;
}

#endif
