/* help_screen.h - which line of help is chosen, and what is searched for in it. */
#ifndef UI_HELP_SCREEN_H
#define UI_HELP_SCREEN_H

#include <stdbool.h>
#include <stdint.h>

#include "ui/line_edit.h"

struct help_screen {
	struct line_edit line; /* "": nothing is searched for */
	bool typing;
	uint32_t chosen; /* UINT32_MAX: none */
};

#endif
