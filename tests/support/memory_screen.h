/* memory_screen.h - a screen in memory: what a terminal would show, as text. */
#ifndef SUPPORT_MEMORY_SCREEN_H
#define SUPPORT_MEMORY_SCREEN_H

#include "ui/canvas.h"

/* An empty screen, whose characters are as wide as in a UTF-8 locale. */
struct screen memory_screen(int rows, int columns);
/* All of it. */
struct canvas memory_canvas(struct screen *screen);
/* A row without the blanks at its end; valid until the fourth call from now. */
const char *screen_row(const struct screen *screen, int row);
/* The first row that holds the text; -1: none. */
int screen_find(const struct screen *screen, const char *text);
/* Prints it all, to see why a test fails. */
void screen_print(const struct screen *screen);
enum style screen_style(const struct screen *screen, int row, int column);

/* assert_row(&screen, 0, "...") */
#define assert_row(screen, row, text) assert_string_equal(screen_row((screen), (row)), (text))
#define assert_on_screen(screen, text)                                                             \
	do {                                                                                       \
		if (screen_find((screen), (text)) < 0) {                                           \
			screen_print(screen);                                                      \
			fail_msg("not on the screen: %s", (text));                                 \
		}                                                                                  \
	} while (0)

#endif
