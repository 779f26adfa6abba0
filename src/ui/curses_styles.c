/* curses_styles.c - what a terminal can show of a theme: 24 bits, 256 colours, 16, 8 or none. */
#include "curses_styles.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PALETTE = 256, DIRECT_LEAST = 16 };

/* COLORFGBG, "15;0", is what some terminals say of themselves. */
bool curses_says_light(void)
{
	const char *said = getenv("COLORFGBG");
	const char *background = said ? strrchr(said, ';') : NULL;

	return background && (!strcmp(background, ";7") || !strcmp(background, ";15"));
}

static bool is_mono(bool wanted)
{
	const char *no_color = getenv("NO_COLOR");

	if (wanted || (no_color && *no_color) || !has_colors())
		return true;
	start_color(); /* sets COLORS */
	use_default_colors();
	return COLORS < 8;
}

void curses_styles_begin(struct curses_styles *styles, bool mono)
{
	styles->always_mono = is_mono(mono);
}

static attr_t attributes_of(uint8_t look)
{
	return (look & LOOK_BOLD ? A_BOLD : 0) | (look & LOOK_UNDERLINE ? A_UNDERLINE : 0) |
	       (look & LOOK_REVERSE ? A_REVERSE : 0) | (look & LOOK_DIM ? A_DIM : 0);
}

/* Terminals of 8 colours have but 64 pairs, so each is used as often as it can be. */
static bool is_direct(void)
{
	return COLORS > PALETTE;
}

/* Terminals of 24 bits have no 256: there, numbers from 8 on are red, green and blue. */
static int shown_colour(int32_t number)
{
	if (!is_direct())
		return number_of_256(number);
	if (number < DIRECT_LEAST)
		return number < 0 ? -1 : number % 8;
	struct colour c = colour_of(number);
	int direct = c.red << 16 | c.green << 8 | c.blue;

	return direct < 8 ? 0 : direct;
}

static short pair_of(struct curses_styles *styles, const int colours[2])
{
	for (short i = 1; i <= styles->pair_count; i++)
		if (!memcmp(styles->colours[i - 1], colours, sizeof styles->colours[0]))
			return i;
	if (styles->pair_count == PAIRS || styles->pair_count + 1 >= COLOR_PAIRS)
		return 0;
	memcpy(styles->colours[styles->pair_count++], colours, sizeof styles->colours[0]);
	init_extended_pair(styles->pair_count, colours[0], colours[1]);
	return styles->pair_count;
}

static void make_style(struct curses_styles *styles, unsigned style, const struct theme_slot *slot)
{
	bool mono = styles->mono;

	styles->attributes[style] = attributes_of(mono ? slot->mono : slot->look);
	const int colours[2] = {
		styles->eight ? slot->eight[0] : shown_colour(slot->colours[0]),
		styles->eight ? slot->eight[1] : shown_colour(slot->colours[1]),
	};

	styles->pairs[style] = mono ? 0 : pair_of(styles, colours);
}

static struct theme_slot slot_of_rule(const struct curses_styles *styles,
				      const struct style_look *look)
{
	const int32_t *colours = styles->light ? look->light : look->dark;

	return (struct theme_slot){ .colours = { colours[0], colours[1] },
				    .eight = { look->eight[0], look->eight[1] },
				    .look = look->look,
				    .mono = look->mono };
}

void curses_styles_of_rules(struct curses_styles *styles, const struct style_look *looks,
			    unsigned count)
{
	for (unsigned i = 0; i < count && i < RULE_STYLES; i++) {
		struct theme_slot slot = slot_of_rule(styles, &looks[i]);

		make_style(styles, STYLE_RULE + i, &slot);
	}
}

void curses_colours_text(const struct curses_styles *styles, char text[COLOURS_ROOM])
{
	if (styles->mono)
		snprintf(text, COLOURS_ROOM, "no colours");
	else if (!styles->eight && is_direct())
		snprintf(text, COLOURS_ROOM, "24-bit colours");
	else
		snprintf(text, COLOURS_ROOM, "%d colours", styles->eight ? 8 : COLORS);
}

void curses_styles_of(struct curses_styles *styles, const struct theme *theme, bool light)
{
	struct theme guessed;

	if (!theme || theme->base == BASE_GUESSED) {
		theme_make(&guessed, light ? BASE_LIGHT : BASE_DARK);
		theme = &guessed;
	}
	styles->light = theme->base == BASE_LIGHT;
	styles->eight = COLORS < PALETTE || theme->base == BASE_EIGHT;
	styles->mono = styles->always_mono || theme->base == BASE_MONO;
	styles->pair_count = 0;
	for (unsigned i = 0; i < STYLE_COUNT; i++)
		make_style(styles, i, &theme->slots[i]);
}
