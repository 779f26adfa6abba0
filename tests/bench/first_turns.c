/* first_turns.c - how long it takes until a stream's first turns are there, and all of them.
 *
 * first_turns FILE            of stream 0, in ms: until 64 KiB of text could be drawn, until the
 * end */
#include <stdio.h>
#include <time.h>

#include "session/follow.h"

enum { SCREEN_BYTES = 1 << 16, STEP = 256 };

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static uint32_t read_screen(struct follow *follow)
{
	static uint8_t bytes[SCREEN_BYTES];
	uint32_t got = 0;

	for (uint32_t i = 0; i < follow_turn_count(follow) && got < sizeof(bytes); i++)
		got += follow_read(follow, follow_turn(follow, i), 0, bytes + got,
				   (uint32_t)sizeof(bytes) - got);
	return got;
}

int main(int argc, char **argv)
{
	struct error error;
	struct capture_file *file = argc == 2 ? capture_file_open(argv[1], &error) : NULL;

	if (!file)
		return 2;
	struct session *session = session_new(file);
	while (session_scan(session, 1 << 20, true) == SCAN_MORE)
		;
	double begin = now_ms(), first = 0;
	struct follow *follow = follow_new(session, FOLLOW_TCP, 0);
	enum follow_state state = follow ? FOLLOW_MORE : FOLLOW_DONE;
	while (state == FOLLOW_MORE) {
		state = follow_update(follow, STEP, true);
		if (first == 0 && read_screen(follow) == SCREEN_BYTES)
			first = now_ms() - begin;
	}
	printf("%.2f %.2f\n", first, now_ms() - begin);
	follow_free(follow);
	session_free(session);
	return 0;
}
