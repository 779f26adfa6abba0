/* recent_files.h - captures that were opened, the last one first, in the user's file "recent".
 *
 * Several peels may write it: each takes in what the others wrote before it writes. */
#ifndef UI_RECENT_FILES_H
#define UI_RECENT_FILES_H

#include <stdbool.h>
#include <stdint.h>

enum { RECENT_FILES = 20 };

struct recent_file {
	char *path;	  /* absolute */
	char *filter;	  /* that was set; NULL: none */
	int64_t left;	  /* when it was; seconds since 1970 */
	int64_t first_ns; /* time of its first packet */
	uint32_t packets, selected, marks;
	bool is_there; /* these were looked up when the list was read: */
	uint64_t bytes;
};

struct recent_files {
	struct recent_file files[RECENT_FILES]; /* zeroed: none */
	unsigned count;
};

void recent_files_read(struct recent_files *recent);
void recent_files_free(struct recent_files *recent);
/* Writes it down as the newest; strings are copied. */
void recent_files_add(const struct recent_file *file);
/* No longer there from the next time on. */
void recent_files_remove(const char *path);

/* "09:41", "yest.", "Mon", "2026-11-20": when something was, seen from `now`; both are seconds
 * since 1970. */
enum { WHEN_ROOM = 16 };
const char *when_text(int64_t then, int64_t now, char text[WHEN_ROOM]);
/* With ~ for the user's home. */
void home_shortened(const char *path, char *text, unsigned room);

#endif
