/* name_screen.h - which names stand in place of addresses and ports, and what the capture itself
 * calls its hosts.
 *
 * Names may change only while nobody reads packets, so the capture is read anew once they are
 * known; what DNS answers say is looked for first, in short steps. */
#ifndef UI_NAME_SCREEN_H
#define UI_NAME_SCREEN_H

#include <stdbool.h>
#include <stdint.h>

#include "dissect/names.h"
#include "session/answered_hosts.h"

struct app;

enum { ALL_NAMES = NAMES_ETHER | NAMES_HOST | NAMES_PORT };

struct name_choice {
	unsigned kinds; /* enum name_kind */
	bool answers;	/* hosts are called what DNS answers in the capture call them */
};

struct name_screen {
	struct name_choice next; /* once they are known */
	bool taken;		 /* what this capture tells is in the book, or is not wanted */
	struct answered_hosts *hosts;
	struct tally *tally; /* NULL: nobody looks for answers */
	uint32_t told, answered;
};

struct name_choice app_names(const struct app *app);
/* False: the capture cannot be read anew; a message says why. */
bool app_choose_names(struct app *app, struct name_choice choice);
/* All names, or those that were on the last time; or none. */
void app_toggle_names(struct app *app);
/* "off", "on" or letters as of -N: "dmnt".  False: they are none of these. */
bool name_choice_read(const char *text, struct name_choice *choice);
void name_choice_text(const struct name_choice *choice, char text[8]);

/* When to call app_names_more(): 0 at once, INT64_MAX: no need. */
int64_t app_names_time(const struct app *app);
void app_names_more(struct app *app);
/* Before the session ends; before another capture. */
void app_names_stop(struct app *app);
void app_names_forget(struct app *app);

#endif
