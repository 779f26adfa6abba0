/* ui.h - peel on a terminal. */
#ifndef UI_UI_H
#define UI_UI_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "capture/live_capture.h"
#include "print/column.h"
#include "print/printer.h"

struct ui_options {
	const char *path;		 /* NULL: live, or the start screen; "-": standard input */
	char **more_paths; /* opened beside it */
	unsigned more_count;
	bool merge; /* with it, by time */
	const struct live_options *live; /* NULL: not asked for */
	enum time_format time_format;
	uint32_t packet_limit; /* 0: none */
	const char *key_log;   /* secrets of TLS; NULL: none */
	const char *display_filter; /* to begin with; NULL: none */
	bool ascii, mono, no_mouse;
	bool fresh; /* begins without what is remembered of the file */
	bool restore; /* its filter too, or without a path the file that was left last */
	bool remembers; /* reads and writes files of the user's */
	bool read_only; /* writes none, nor any other */
	bool skips_damage; /* in files; see capture_file_skip() */
	bool takes_raw; /* files that are no capture are shown as packets of this link type: */
	uint16_t raw_link_type;
	const struct column_list *columns; /* -o gui.column.format; NULL or empty: the user's */
	const char *theme; /* its name; NULL: a guess */
	bool names_from_dns; /* -N d */
	bool plain;	     /* for a screen reader */
	const char *key_set; /* "vim"; NULL: what the user's files say */
};

/* Shows the screen until the user leaves it; returns the exit status.  Files and interfaces that
 * cannot be opened are told on standard error, without a screen. */
int ui_run(const struct ui_options *options);
/* "ncurses 6.4.20221231". */
const char *ui_library_version(void);

#endif
