/* terminal.h - the terminal that a screen is shown on. */
#ifndef UI_TERMINAL_H
#define UI_TERMINAL_H

#include <stdbool.h>

#include "base/error.h"
#include "ui/canvas.h"
#include "ui/theme.h"
#include "ui/ui.h"

struct terminal;

/* Takes the terminal over; NULL: see error. */
struct terminal *terminal_open(const struct ui_options *options, struct error *error);
/* Gives it back as it was. */
void terminal_close(struct terminal *terminal);

/* How everything else looks; NULL: for the background that the terminal tells of. */
void terminal_theme(struct terminal *terminal, const struct theme *theme);
/* How STYLE_RULE and those that follow look. */
void terminal_rules(struct terminal *terminal, const struct style_look *looks, unsigned count);

/* Into the clipboard of the terminal, if it lets us. */
void terminal_copy(struct terminal *terminal, const char *text);

/* To draw on; its size changes by terminal_resize() only. */
struct screen *terminal_screen(struct terminal *terminal);
/* Brings what differs from what was shown before to the terminal. */
void terminal_show(struct terminal *terminal);
/* Asks for the size again. */
void terminal_resize(struct terminal *terminal);
/* The next terminal_show() draws everything. */
void terminal_forget(struct terminal *terminal);
/* Was it asked where its cursor is?  The answer looks like a key. */
bool terminal_asks_position(const struct terminal *terminal);
/* Takes in what it answered; true: it is to look otherwise, so terminal_theme() again. */
bool terminal_answer(struct terminal *terminal, const char *text);
void terminal_mouse(struct terminal *terminal, bool on);
/* To the shell until someone continues us. */
void terminal_suspend(struct terminal *terminal);
/* Readable when keys were typed. */
int terminal_input(const struct terminal *terminal);
/* "UTF-8, 256 colours" */
const char *terminal_description(const struct terminal *terminal);

#endif
