/* typed_app.h - the app on a screen in memory: a capture is opened, keys are typed, rows are read. */
#ifndef SUPPORT_TYPED_APP_H
#define SUPPORT_TYPED_APP_H

#include "support/memory_screen.h"
#include "ui/app.h"

extern struct app app;
extern struct screen screen;
extern struct ui_options typed_options; /* zeroed: nothing is remembered */

/* Opens the capture on a screen of 24 by 80, and reads it to its end.  `path` has to stay. */
void begin_app(const char *path);
/* One of captures/. */
void begin_app_on(const char *capture);
void end_app(void);
/* The screen, once the first pass has caught up with the file. */
void read_all(void);
/* The screen, once what it shows has been found out. */
void draw(void);
void show_at(int rows, int columns);
/* Keys by their names, separated by blanks; single characters may stand together: "gg". */
void type(const char *keys);

#endif
