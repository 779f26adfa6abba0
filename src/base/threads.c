/* threads.c - the processors that this process may use. */
#include "base/threads.h"

#include <sched.h>
#include <unistd.h>

unsigned threads_at_once(void)
{
	cpu_set_t allowed;
	/* More processors than the set has room for: all that are there. */
	long count = sched_getaffinity(0, sizeof allowed, &allowed) ? sysconf(_SC_NPROCESSORS_ONLN)
								    : CPU_COUNT(&allowed);

	return count < 1 ? 1 : count > MOST_THREADS ? MOST_THREADS : (unsigned)count;
}
