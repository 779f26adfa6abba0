/* user_file.h - where a user's own files are: $XDG_CONFIG_HOME/peel, $XDG_STATE_HOME/peel. */
#ifndef BASE_USER_FILE_H
#define BASE_USER_FILE_H

#include <stdbool.h>
#include <stddef.h>

enum user_folder {
	USER_CONFIG,	   /* what a user writes */
	USER_STATE,	   /* what peel remembers */
	USER_OF_WIRESHARK, /* what the user wrote for it; only read */
};

enum { USER_PATH_ROOM = 4096 };

/* The path of a file with this name; "": the user has no home. */
void user_path(enum user_folder folder, const char *name, char path[USER_PATH_ROOM]);

/* What a shell makes of a path that is typed: "~/" is the user's home. */
void user_typed_path(const char *typed, char *path, size_t room);

/* Calls `take` with each line of a file, without its newline; overlong and further lines than the
 * limit are left out.  A file that is not there has none. */
enum { USER_LINE_ROOM = 4096, USER_LINES = 10000 };
void user_file_read(enum user_folder folder, const char *name,
		    void (*take)(void *owner, const char *line), void *owner);
/* Replaces the file whole or not at all; its folders are made, for the user alone.  False: errno
 * says why. */
bool user_file_write(enum user_folder folder, const char *name, const char *text);

#endif
