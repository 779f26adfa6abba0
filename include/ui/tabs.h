/* tabs.h - several captures at once: each has an app of its own, of which one is on the screen.
 *
 * What the user has set goes along to the tab that is shown; what is asked about packets stays.
 * Captures behind it are read on, and live ones go on; filters and counts wait. */
#ifndef UI_TABS_H
#define UI_TABS_H

#include <stdbool.h>

#include "base/error.h"
#include "ui/ui.h"

enum { TABS_MOST = 30 };

struct app;

struct tabs {
	struct app *apps[TABS_MOST];
	unsigned count, at;
	bool leaving; /* all of them, as soon as nothing is unsaved */
};

/* One tab, with an app that is to be filled; tabs_free() it. */
void tabs_init(struct tabs *tabs, const struct ui_options *options);
void tabs_free(struct tabs *tabs);
struct app *tabs_current(const struct tabs *tabs);

/* Opens a file beside the others, or several merged by time, and shows it.  False: see error,
 * nothing has changed. */
bool tabs_open(struct tabs *tabs, char *const *paths, unsigned count, struct error *error);
/* Numbered from 0. */
void tabs_show(struct tabs *tabs, unsigned number);
/* The one that is shown is left.  False: it was the last one. */
bool tabs_leave(struct tabs *tabs);
/* Leaves all; what is unsaved is asked about, one tab after the other. */
void tabs_leave_all(struct tabs *tabs);

/* Before names or protocols change, which all captures are read by: reads none any more.  False:
 * one cannot be read again; see error, nothing has changed. */
bool tabs_stop_reading(struct tabs *tabs, const struct app *but, struct error *error);
void tabs_read_again(struct tabs *tabs, const struct app *but);

#endif
