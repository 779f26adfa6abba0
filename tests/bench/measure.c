/* measure.c - what a command costs: the median of several runs.
 *
 * measure RUNS COMMAND...              CPU seconds and peak memory in KiB
 * measure RUNS -s TEXT COMMAND...      seconds until TEXT is on a terminal of 80x24 */
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_RUNS = 100, SCREEN_BYTES = 1 << 16, PATIENCE_SECONDS = 20 };

struct cost {
	double seconds;
	long peak_kib;
};

static double seconds_of(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static double clock_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void become(char **command)
{
	execvp(command[0], command);
	perror(command[0]);
	_exit(127);
}

static void fail(const char *what)
{
	fprintf(stderr, "measure: %s\n", what);
	exit(1);
}

static struct cost run_quietly(char **command)
{
	struct rusage usage;
	int status = 0;
	pid_t child = fork();

	if (!child) {
		int nowhere = open("/dev/null", O_RDWR);
		dup2(nowhere, 0);
		dup2(nowhere, 1);
		become(command);
	}
	if (child < 0 || wait4(child, &status, 0, &usage) < 0)
		fail("cannot run the command");
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		fail("the command failed");
	return (struct cost){ seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime),
			      usage.ru_maxrss };
}

/* Reads the terminal until the text has come; false if it ends before. */
static int wait_for_text(int terminal, const char *text)
{
	static char screen[SCREEN_BYTES];
	size_t length = 0;

	while (length < sizeof(screen) - 1) {
		ssize_t n = read(terminal, screen + length, sizeof(screen) - 1 - length);
		if (n <= 0)
			return 0;
		length += (size_t)n;
		if (memmem(screen, length, text, strlen(text)))
			return 1;
	}
	return 0;
}

static struct cost run_on_terminal(const char *text, char **command)
{
	struct winsize size = { .ws_row = 24, .ws_col = 80 };
	int terminal, came;
	double start = clock_now();
	pid_t child = forkpty(&terminal, NULL, NULL, &size);

	if (!child) {
		setenv("TERM", "xterm-256color", 1);
		alarm(PATIENCE_SECONDS);
		become(command);
	}
	if (child < 0)
		fail("no terminal");
	came = wait_for_text(terminal, text);
	struct cost cost = { .seconds = clock_now() - start };
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	close(terminal);
	if (!came)
		fail("the text never came");
	return cost;
}

static int by_seconds(const void *a, const void *b)
{
	double x = ((const struct cost *)a)->seconds, y = ((const struct cost *)b)->seconds;

	return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
	struct cost costs[MOST_RUNS];
	int runs = argc > 2 ? atoi(argv[1]) : 0;
	const char *text = NULL;
	char **command = argv + 2;

	if (argc > 4 && !strcmp(argv[2], "-s")) {
		text = argv[3];
		command += 2;
	}
	if (runs < 1 || runs > MOST_RUNS || !*command) {
		fprintf(stderr, "usage: measure RUNS [-s TEXT] COMMAND...\n");
		return 2;
	}
	for (int i = 0; i < runs; i++)
		costs[i] = text ? run_on_terminal(text, command) : run_quietly(command);
	qsort(costs, (size_t)runs, sizeof(costs[0]), by_seconds);
	printf("%.6f %ld\n", costs[runs / 2].seconds, costs[runs / 2].peak_kib);
	return 0;
}
