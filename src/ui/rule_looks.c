/* rule_looks.c - 24 bits of colour as they are, as one of 256, or of 8. */
#include "ui/rule_looks.h"

enum { LIGHT = 110, GREY_SPREAD = 24, DARKENED = 17, SHADED = 45, NO_COLOUR = -1, EXACT = 1 << 24 };

static int lightness(struct colour c)
{
	return (c.red * 30 + c.green * 59 + c.blue * 11) / 100;
}

static int spread(struct colour c)
{
	int most = c.red > c.green ? c.red : c.green, least = c.red < c.green ? c.red : c.green;

	most = c.blue > most ? c.blue : most;
	return most - (c.blue < least ? c.blue : least);
}

static struct colour part(struct colour c, int percent)
{
	return (struct colour){ (uint8_t)(c.red * percent / 100),
				(uint8_t)(c.green * percent / 100),
				(uint8_t)(c.blue * percent / 100) };
}

static int distance(struct colour a, struct colour b)
{
	int red = a.red - b.red, green = a.green - b.green, blue = a.blue - b.blue;

	return 3 * red * red + 6 * green * green + blue * blue;
}

/* Of the 256: 16 to 231 are a cube of 6 steps a side, then 24 greys. */
struct colour colour_number(int n)
{
	static const uint8_t steps[] = { 0, 95, 135, 175, 215, 255 };

	if (n >= 232) {
		uint8_t grey = (uint8_t)(8 + 10 * (n - 232));

		return (struct colour){ grey, grey, grey };
	}
	n -= 16;
	return (struct colour){ steps[n / 36], steps[n / 6 % 6], steps[n % 6] };
}

int16_t nearest_colour(struct colour c)
{
	int best = 16;

	for (int n = 17; n < 256; n++)
		if (distance(colour_number(n), c) < distance(colour_number(best), c))
			best = n;
	return (int16_t)best;
}

int32_t exact_colour(struct colour c)
{
	return EXACT | c.red << 16 | c.green << 8 | c.blue;
}

struct colour colour_of(int32_t number)
{
	if (number < EXACT)
		return colour_number(number);
	return (struct colour){ (uint8_t)(number >> 16), (uint8_t)(number >> 8), (uint8_t)number };
}

int16_t number_of_256(int32_t number)
{
	return number < EXACT ? (int16_t)number : nearest_colour(colour_of(number));
}

/* Of the 8 colours the one of this hue; greys are the terminal's own. */
static int16_t hue(struct colour c)
{
	int middle = (c.red + c.green + c.blue) / 3;

	if (spread(c) < GREY_SPREAD)
		return NO_COLOUR;
	return (int16_t)((c.red >= middle ? 1 : 0) | (c.green >= middle ? 2 : 0) |
			 (c.blue >= middle ? 4 : 0));
}

/* On a dark background the lighter of the rule's colours is the text, on a light one a dark shade. */
static void colour_text(struct style_look *look, const struct colour_rule *rule, bool light)
{
	struct colour hue_of_it = light ? rule->back : rule->fore;

	look->dark[0] = exact_colour(hue_of_it);
	look->light[0] = exact_colour(part(hue_of_it, SHADED));
	look->dark[1] = look->light[1] = look->eight[1] = NO_COLOUR;
	look->eight[0] = hue(hue_of_it);
}

struct style_look rule_look(const struct colour_rule *rule, enum rule_style style)
{
	bool light = lightness(rule->back) > LIGHT;
	bool strong = !light && spread(rule->back) > LIGHT;
	struct style_look look = {
		.light = { exact_colour(rule->fore), exact_colour(rule->back) },
		.look = light ? 0 : LOOK_BOLD,
		/* What is not light stands out; grey does a little. */
		.mono = !light ? LOOK_BOLD
			: spread(rule->back) < GREY_SPREAD / 4 && lightness(rule->back) < 200
				? LOOK_UNDERLINE
				: 0,
	};
	bool turned = light && style == RULES_TINT;

	look.dark[0] = turned ? exact_colour(rule->back) : look.light[0];
	look.dark[1] = turned ? exact_colour(part(rule->back, DARKENED)) : look.light[1];
	look.eight[0] = hue(light ? rule->back : rule->fore);
	look.eight[1] = strong ? hue(rule->back) : NO_COLOUR;
	if (style == RULES_TEXT)
		colour_text(&look, rule, light);
	return look;
}
