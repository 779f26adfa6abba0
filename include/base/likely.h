/* likely.h - tells the compiler which way most packets go.
 *
 * Each packet of a mixed capture meets other dissectors than the one before it, so a pass waits
 * for code more than for data.  What is off the usual way is laid behind it, where it takes no
 * room in the cache. */
#ifndef BASE_LIKELY_H
#define BASE_LIKELY_H

#define likely(condition)   __builtin_expect(!!(condition), 1)
#define unlikely(condition) __builtin_expect(!!(condition), 0)

#endif
