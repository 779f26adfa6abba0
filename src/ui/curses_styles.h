/* curses_styles.h - styles as attributes and pairs of colours of ncurses; private to the terminal.
 */
#ifndef CURSES_STYLES_H
#define CURSES_STYLES_H

#define NCURSES_WIDECHAR 1
#include <curses.h>

#include <stdbool.h>

#include "ui/rule_looks.h"
#include "ui/theme.h"

enum { PAIRS = 256, COLOURS_ROOM = 30 };

struct curses_styles {
	attr_t attributes[STYLE_COUNT + RULE_STYLES];
	short pairs[STYLE_COUNT + RULE_STYLES];
	int colours[PAIRS][2]; /* of each pair, from 1 on */
	short pair_count;
	bool light, eight; /* a light background; 8 colours, or to look so */
	bool always_mono;  /* whatever the theme */
	bool mono;	   /* no colours */
};

/* Once ncurses has the terminal. */
void curses_styles_begin(struct curses_styles *styles, bool mono);
/* Does the environment say that the background is light? */
bool curses_says_light(void);
/* Of a theme; NULL, or one that is to be guessed: for a light background or a dark one. */
void curses_styles_of(struct curses_styles *styles, const struct theme *theme, bool light);
/* Of STYLE_RULE and what follows it. */
void curses_styles_of_rules(struct curses_styles *styles, const struct style_look *looks,
			    unsigned count);
/* "256 colours" */
void curses_colours_text(const struct curses_styles *styles, char text[COLOURS_ROOM]);

#endif
