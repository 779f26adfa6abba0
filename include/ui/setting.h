/* setting.h - what can be set on the screen, by ":set NAME=VALUE" or the file "config". */
#ifndef UI_SETTING_H
#define UI_SETTING_H

#include <stdbool.h>

struct app;

enum { SETTING_ROOM = 64 };

/* Where a value is from. */
enum setting_source { FROM_DEFAULT, FROM_COMMAND_LINE, FROM_CONFIG, FROM_USER };

struct setting {
	const char *name, *help;
	const char *values; /* "on off": those that there are; NULL: a number */
	void (*get)(const struct app *app, char text[SETTING_ROOM]);
	/* False: it cannot be that. */
	bool (*set)(struct app *app, const char *value);
};

/* The last one has no name. */
extern const struct setting settings[];
enum { SETTINGS_MOST = 24 };

/* "time=delta", "colours", "nomouse"; a message says what is wrong.  False: nothing was set. */
bool setting_apply(struct app *app, const char *text, enum setting_source source);
/* What is set, and what it is by default. */
void setting_text(const struct app *app, unsigned n, char text[SETTING_ROOM]);
/* The next of its values. */
void setting_step(struct app *app, unsigned n);
/* "default", "config", "command line", "set here". */
const char *setting_source_name(const struct app *app, unsigned n);
/* What the command line said. */
void settings_begin(struct app *app);
/* Reads the user's file, and keeps in it what is set now. */
void settings_read(struct app *app);
void settings_write(struct app *app);

#endif
