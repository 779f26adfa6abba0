/* object_screen.h - files that were transferred, as far as they were found, and which are saved. */
#ifndef UI_OBJECT_SCREEN_H
#define UI_OBJECT_SCREEN_H

#include "session/objects.h"

struct object_screen {
	struct object_list *list; /* NULL: nobody looks */
	bool complete;		  /* all packets that there were... */
	bool stopped;		  /* by the user, before that */
	uint32_t seen;		  /* ...this many, were looked at */
	int64_t told_at;
	uint32_t from, until;  /* asked to be saved */
	uint32_t to_save, end; /* being saved, one a step */
	uint32_t saved;	       /* so far */
	char folder[4096];     /* into which; "": not said yet */
};

struct app;

/* Those that were asked for, into a folder. */
void app_export_objects(struct app *app, const char *folder);
/* False: nothing is being saved. */
bool app_stop_exporting(struct app *app);
/* When to call app_objects_more(): 0 at once, INT64_MAX: no need. */
int64_t app_objects_time(const struct app *app);
void app_objects_more(struct app *app);

#endif
