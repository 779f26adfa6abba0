/* theme.h - how every style looks: one of those that there are, or a user's file. */
#ifndef UI_THEME_H
#define UI_THEME_H

#include <stdbool.h>

#include "base/error.h"
#include "ui/style.h"

/* What a theme begins with. */
enum theme_base { BASE_GUESSED, BASE_DARK, BASE_LIGHT, BASE_EIGHT, BASE_MONO };

struct theme_slot {
	int32_t colours[2]; /* foreground, background: of the 256, -1, or exact_colour() */
	int16_t eight[2];
	uint8_t look, mono;	      /* enum look */
};

struct theme {
	enum theme_base base;
	struct theme_slot slots[STYLE_COUNT];
};

enum { THEME_NAME_MOST = 40 };

/* BASE_GUESSED is as BASE_DARK. */
void theme_make(struct theme *theme, enum theme_base base);
/* NULL: no more. */
const char *theme_name(unsigned n);
/* False: there is none of this name, see *error.  True with an error: some line of the user's file
 * means nothing. */
bool theme_named(struct theme *theme, const char *name, struct error *error);

#endif
