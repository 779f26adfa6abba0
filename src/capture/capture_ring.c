/* capture_ring.c - names of a capture's files, and the oldest removed. */
#include "capture/capture_ring.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"

enum { NUMBERS = 100000 };

bool ring_rules_check(const struct ring_rules *rules, struct error *error)
{
	if (!rules->several)
		return true;
	return rules->file_bytes || rules->file_packets || rules->file_ns || rules->interval ||
	       error_set(error, "Multiple capture files requested, but no maximum capture file "
				"size, duration, interval or packets were specified.");
}

bool ring_name(const struct ring_rules *rules, const char *pattern, uint32_t number, time_t when,
	       char *name, size_t room)
{
	const char *slash = strrchr(pattern, '/'), *base = slash ? slash + 1 : pattern;
	const char *dot = strrchr(base, '.'), *end = dot ? dot : base + strlen(base);
	int stem = (int)(end - pattern);
	char stamp[32];
	struct tm tm;
	int n;

	number %= NUMBERS;
	if (!localtime_r(&when, &tm) || !strftime(stamp, sizeof stamp, "%Y%m%d%H%M%S", &tm))
		return false;
	if (rules->time_first)
		n = snprintf(name, room, "%.*s_%s_%05u%s", stem, pattern, stamp, number, end);
	else
		n = snprintf(name, room, "%.*s_%05u_%s%s", stem, pattern, number, stamp, end);
	return n >= 0 && (size_t)n < room;
}

/* Where the name is kept; what was there before is removed. */
static char **place_for(struct capture_ring *ring)
{
	uint32_t slots = ring->rules->keep ? ring->rules->keep : 1;
	char **place;

	if (!ring->names) {
		ring->names = must_zeroed(slots, sizeof *ring->names);
		ring->room = slots;
	}
	place = &ring->names[ring->begun % slots];
	if (*place && ring->rules->keep)
		unlink(*place);
	free(*place);
	*place = NULL;
	return place;
}

int ring_next(struct capture_ring *ring, char *name, size_t room, struct error *error)
{
	char **place = place_for(ring);
	int fd;

	/* What has the name already is not ours, so the next number is taken. */
	do {
		ring->number++;
		if (!ring_name(ring->rules, ring->pattern, ring->number, time(NULL), name, room)) {
			error_set(error, "the file's name is too long.");
			return -1;
		}
		fd = open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	} while (fd < 0 && errno == EEXIST && ring->number - ring->begun < NUMBERS);
	if (fd < 0) {
		error_set(error, "cannot write \"%s\": %s.", name, strerror(errno));
		return -1;
	}
	*place = must_copy(name);
	ring->begun++;
	return fd;
}

void ring_ended(const struct capture_ring *ring)
{
	const char *where = ring->rules->name_file;

	if (!where || !ring->begun)
		return;
	const char *name = ring->names[(ring->begun - 1) % ring->room];
	FILE *out = !strcmp(where, "-")	       ? stdout
		    : !strcmp(where, "stdout") ? stdout
		    : !strcmp(where, "stderr") ? stderr
					       : fopen(where, "a");
	if (!out)
		return;
	fprintf(out, "%s\n", name);
	if (out == stdout || out == stderr)
		fflush(out);
	else
		fclose(out);
}

void ring_free(struct capture_ring *ring)
{
	for (uint32_t i = 0; i < ring->room; i++)
		free(ring->names[i]);
	free(ring->names);
	ring->names = NULL;
	ring->room = 0;
}
