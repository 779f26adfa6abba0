/* command.h - what ":" takes besides names of actions: words that are followed by something. */
#ifndef UI_COMMAND_H
#define UI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

struct app;

struct command {
	const char *name, *other; /* "w", "save"; NULL: it has but one name */
	const char *takes;	  /* "FILE"; "": nothing */
	const char *example, *help;
	bool of_packets; /* means something when a capture is open */
	bool alone;	 /* also without what it takes */
	void (*run)(struct app *app, const char *rest);
};

/* The last one has no name. */
extern const struct command commands[];

/* NULL: there is no such command. */
const struct command *command_named(const char *name, size_t length);

#endif
