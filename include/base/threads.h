/* threads.h - how many threads work at the same time. */
#ifndef BASE_THREADS_H
#define BASE_THREADS_H

enum { MOST_THREADS = 64 };

/* How many threads keep all processors busy that this process may use: 1 to MOST_THREADS. */
unsigned threads_at_once(void);

#endif
