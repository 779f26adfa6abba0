/* style.h - what things on the screen are, and how each looks in many, few or no colours. */
#ifndef UI_STYLE_H
#define UI_STYLE_H

#include <stdbool.h>
#include <stdint.h>

enum look { LOOK_BOLD = 1, LOOK_UNDERLINE = 2, LOOK_REVERSE = 4, LOOK_DIM = 8 };

/* Colours are indices of the 256, and of the 8 that every colour terminal has; -1: the terminal's
 * own.  Columns: name, then fg bg of 256 on dark, fg bg of 256 on light, fg bg of 8, looks in
 * colour, looks without. */
/* clang-format off */
#define STYLES(STYLE) \
	STYLE(NORMAL,         -1,  -1,  -1,  -1, -1, -1, 0, 0) \
	STYLE(TITLE,         252, 237, 236, 252, -1, -1, LOOK_BOLD, LOOK_BOLD) \
	STYLE(TITLE_TEXT,    254, 237, 236, 252, -1, -1, 0, 0) \
	STYLE(HEADING,       250, 236, 236, 253, -1, -1, LOOK_BOLD, LOOK_BOLD) \
	STYLE(PANE,          245,  -1, 240,  -1, -1, -1, 0, 0) \
	STYLE(PANE_FOCUSED,  117,  -1,  25,  -1,  6, -1, LOOK_BOLD, LOOK_BOLD) \
	STYLE(SELECTED,      231,  24, 231,  24,  7,  4, LOOK_BOLD, LOOK_REVERSE) \
	STYLE(SELECTED_IDLE, 231, 239, 16,  250, -1, -1, LOOK_BOLD, LOOK_REVERSE) \
	STYLE(DIM,           246,  -1, 241,  -1, -1, -1, 0, 0) \
	STYLE(GUTTER,        110,  -1,  25,  -1,  6, -1, 0, 0) \
	STYLE(KEY,           117,  -1,  25,  -1,  6, -1, LOOK_BOLD, LOOK_BOLD) \
	STYLE(STATUS,        252,  -1, 236,  -1, -1, -1, 0, 0) \
	STYLE(GOOD,           75,  -1,  25,  -1,  2, -1, LOOK_BOLD, LOOK_BOLD) \
	STYLE(WARNING,       220,  -1, 130,  -1,  3, -1, LOOK_BOLD, LOOK_BOLD) \
	STYLE(ERROR,         231, 124, 231, 124,  7,  1, LOOK_BOLD, LOOK_REVERSE) \
	STYLE(FIELD,         252,  -1, 236,  -1, -1, -1, 0, 0) \
	STYLE(FIELD_MADE,    246,  -1, 241,  -1, -1, -1, 0, 0) \
	STYLE(FIELD_BAD,     210,  -1, 161,  -1,  1, -1, LOOK_BOLD, LOOK_BOLD) \
	STYLE(PROTOCOL,      153,  -1,  24,  -1, -1, -1, LOOK_BOLD, LOOK_BOLD) \
	STYLE(BYTES,         252,  -1, 236,  -1, -1, -1, 0, 0) \
	STYLE(BYTES_FIELD,   231,  24, 231,  24,  7,  4, LOOK_BOLD, LOOK_REVERSE) \
	STYLE(BYTES_PARENT,  252, 238,  16, 252, -1, -1, LOOK_UNDERLINE, LOOK_UNDERLINE) \
	STYLE(BOX,           250, 236, 236, 254, -1, -1, 0, 0) \
	STYLE(BOX_TITLE,     231, 236,  16, 254, -1, -1, LOOK_BOLD, LOOK_BOLD) \
	STYLE(BOX_KEY,       117, 236,  25, 254,  6, -1, LOOK_BOLD, LOOK_BOLD) \
	STYLE(BOX_DIM,       249, 236, 239, 254, -1, -1, 0, 0) \
	STYLE(FILTER,        250, 236, 236, 253, -1, -1, 0, 0) \
	STYLE(FILTER_SET,    231, 236,  16, 253, -1, -1, LOOK_BOLD, LOOK_BOLD) \
	STYLE(FILTER_TYPED,  231, 238,  16, 251, -1, -1, 0, 0) \
	STYLE(FILTER_GOOD,   231,  24,  16, 153, -1, -1, 0, 0) \
	STYLE(FILTER_BAD,    231,  88,  16, 217, -1,  1, 0, LOOK_UNDERLINE) \
	STYLE(VALID,          75, 236,  25, 253,  6, -1, LOOK_BOLD, LOOK_BOLD) \
	STYLE(INVALID,       210, 236, 124, 253,  1, -1, LOOK_BOLD, LOOK_BOLD) \
	STYLE(HIT,            16, 220,  16, 220,  0,  3, LOOK_BOLD, LOOK_REVERSE | LOOK_UNDERLINE) \
	STYLE(GRAPH,          75,  -1,  25,  -1,  6, -1, 0, 0) \
	STYLE(CLIENT,        215,  -1, 130,  -1,  3, -1, 0, 0) \
	STYLE(SERVER,         75,  -1,  25,  -1,  6, -1, 0, 0)
/* clang-format on */

enum style {
#define STYLE_ID(name, ...) STYLE_##name,
	STYLES(STYLE_ID)
#undef STYLE_ID
	STYLE_COUNT,
	STYLE_RULE = STYLE_COUNT, /* of the first colour rule; the others follow */
};

struct style_look {
	int32_t dark[2], light[2]; /* foreground, background: of the 256, -1, or exact_colour() */
	int16_t eight[2];
	uint8_t look, mono; /* enum look */
};

enum { RULE_STYLES = 128 };

extern const struct style_look style_looks[STYLE_COUNT];

#endif
