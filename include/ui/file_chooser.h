/* file_chooser.h - files and folders that a path may go on to, while it is typed. */
#ifndef UI_FILE_CHOOSER_H
#define UI_FILE_CHOOSER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CHOICES_MOST = 2000 };

struct file_choice {
	char *name; /* within the folder, or a whole path of a recent file */
	bool is_folder, is_capture, is_recent;
	uint64_t bytes;
	int64_t changed; /* seconds since 1970 */
};

struct file_chooser {
	struct file_choice *choices; /* recent ones, folders, captures, others */
	unsigned count, room, top;
	int chosen;		/* -1: none, what was typed counts */
	unsigned folder_length; /* of what was typed, up to the last slash */
	bool unreadable;	/* the folder is */
};

struct app;

/* Looks for what the prompt's line may go on to. */
void file_chooser_look(struct app *app);
void file_chooser_free(struct file_chooser *chooser);
/* Down, or up if negative. */
void file_chooser_move(struct app *app, int by);
/* Tab: what is chosen becomes the line, or else as much as all choices have in common. */
void file_chooser_fill(struct app *app);
/* Before Enter counts: what is chosen becomes the line.  True: it is a folder, which is looked
 * into. */
bool file_chooser_enter(struct app *app);
/* Lines that its box takes. */
int file_chooser_rows(const struct app *app);

#endif
