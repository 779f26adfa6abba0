/* test_theme.c - every theme can be read, also by who sees red and green alike; and users' files.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "support/typed_app.h"
#include "support/unit_test.h"
#include "ui/rule_looks.h"
#include "ui/theme.h"

struct light {
	double red, green, blue; /* linear, 0 to 1 */
};

static double linear(uint8_t value)
{
	double v = value / 255.0;

	return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

/* What a terminal's own colours mostly are. */
static struct light light_of(int32_t number, int32_t own)
{
	struct colour c = colour_of(number < 0 ? own : number);

	return (struct light){ linear(c.red), linear(c.green), linear(c.blue) };
}

static double luminance(struct light l)
{
	return 0.2126 * l.red + 0.7152 * l.green + 0.0722 * l.blue;
}

/* WCAG 2.1 */
static double contrast(struct light a, struct light b)
{
	double x = luminance(a), y = luminance(b);

	return x > y ? (x + 0.05) / (y + 0.05) : (y + 0.05) / (x + 0.05);
}

/* Machado, Oliveira and Fernandes 2009, severity 1. */
static const double sights[][9] = {
	{ 1, 0, 0, 0, 1, 0, 0, 0, 1 },
	{ 0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116,
	  1.051998 },
	{ 0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940,
	  0.968881 },
};

static struct light seen(const double m[9], struct light l)
{
	return (struct light){ m[0] * l.red + m[1] * l.green + m[2] * l.blue,
			       m[3] * l.red + m[4] * l.green + m[5] * l.blue,
			       m[6] * l.red + m[7] * l.green + m[8] * l.blue };
}

static double bent(double t)
{
	return t > 0.008856 ? cbrt(t) : 7.787 * t + 16.0 / 116;
}

/* CIE 1976, by L*a*b* under D65. */
static double difference(struct light a, struct light b)
{
	struct light both[] = { a, b };
	double lab[2][3];

	for (int i = 0; i < 2; i++) {
		struct light l = both[i];
		double x = bent((0.4124 * l.red + 0.3576 * l.green + 0.1805 * l.blue) / 0.95047);
		double y = bent(luminance(l));
		double z = bent((0.0193 * l.red + 0.1192 * l.green + 0.9505 * l.blue) / 1.08883);

		lab[i][0] = 116 * y - 16;
		lab[i][1] = 500 * (x - y);
		lab[i][2] = 200 * (y - z);
	}
	return sqrt(pow(lab[0][0] - lab[1][0], 2) + pow(lab[0][1] - lab[1][1], 2) +
		    pow(lab[0][2] - lab[1][2], 2));
}

static const char *const coloured[] = { "dark", "light", "high-contrast", "colourblind" };

enum { COLOURED = sizeof coloured / sizeof coloured[0] };

static struct theme made(const char *name)
{
	struct theme theme;
	struct error error = { "" };

	assert_true(theme_named(&theme, name, &error));
	assert_string_equal(error.text, "");
	return theme;
}

static struct light fore_of(const struct theme *theme, enum style style)
{
	return light_of(theme->slots[style].colours[0], theme->base == BASE_LIGHT ? 236 : 252);
}

static struct light back_of(const struct theme *theme, enum style style)
{
	return light_of(theme->slots[style].colours[1], theme->base == BASE_LIGHT ? 231 : 234);
}

static void text_can_be_read(void **state)
{
	(void)state;
	for (unsigned t = 0; t < COLOURED; t++) {
		struct theme theme = made(coloured[t]);

		for (enum style s = 0; s < STYLE_COUNT; s++) {
			double got = contrast(fore_of(&theme, s), back_of(&theme, s));
			bool needed = s == STYLE_TITLE || s == STYLE_TITLE_TEXT ||
				      s == STYLE_SELECTED || s == STYLE_SELECTED_IDLE ||
				      s == STYLE_STATUS;

			if (got < (needed ? 7.0 : 4.5))
				fail_msg("%s, style %d: contrast %.2f", coloured[t], (int)s, got);
		}
	}
}

/* Pastel as Wireshark's ICMP, and light on dark as its Bad TCP. */
static const struct colour_rule rules[] = {
	{ .back = { 0xfc, 0xe0, 0xff }, .fore = { 0x12, 0x27, 0x2d } },
	{ .back = { 0x12, 0x27, 0x2d }, .fore = { 0xf7, 0x87, 0x87 } },
};

static void rows_can_be_read_in_each_style(void **state)
{
	(void)state;
	for (unsigned r = 0; r < 2; r++)
		for (unsigned s = 0; s < RULE_STYLE_COUNT; s++) {
			struct style_look look = rule_look(&rules[r], (enum rule_style)s);
			double dark = contrast(light_of(look.dark[0], 252),
					       light_of(look.dark[1], 234)),
			       light = contrast(light_of(look.light[0], 236),
						light_of(look.light[1], 231));

			if (dark < 4.5 || light < 4.5)
				fail_msg("rule %u, style %u: contrast %.2f, %.2f", r, s, dark,
					 light);
		}
}

static void styles_take_what_they_say_of_a_rule(void **state)
{
	(void)state;
	struct style_look as_is = rule_look(&rules[0], RULES_WIRESHARK);
	struct style_look tint = rule_look(&rules[0], RULES_TINT);
	struct style_look text = rule_look(&rules[0], RULES_TEXT);

	assert_int_equal(as_is.dark[0], exact_colour(rules[0].fore));
	assert_int_equal(as_is.dark[1], exact_colour(rules[0].back));
	assert_int_equal(tint.dark[0], exact_colour(rules[0].back));
	assert_int_equal(tint.light[1], exact_colour(rules[0].back));
	assert_int_equal(text.dark[0], exact_colour(rules[0].back));
	assert_int_equal(text.dark[1], -1);
	assert_int_equal(text.light[1], -1);
}

static void what_differs_looks_so_to_everybody(void **state)
{
	(void)state;
	static const enum style pairs[][2] = {
		{ STYLE_GOOD, STYLE_WARNING },	    { STYLE_GOOD, STYLE_FIELD_BAD },
		{ STYLE_WARNING, STYLE_FIELD_BAD }, { STYLE_VALID, STYLE_INVALID },
		{ STYLE_CLIENT, STYLE_SERVER },
	};

	for (unsigned t = 0; t < COLOURED; t++) {
		struct theme theme = made(coloured[t]);

		for (unsigned p = 0; p < sizeof pairs / sizeof pairs[0]; p++)
			for (unsigned s = 0; s < 3; s++) {
				double got =
					difference(seen(sights[s], fore_of(&theme, pairs[p][0])),
						   seen(sights[s], fore_of(&theme, pairs[p][1])));

				if (got < 25)
					fail_msg("%s, pair %u, sight %u: %.1f", coloured[t], p, s,
						 got);
			}
	}
}

static void all_that_are_listed_are_there(void **state)
{
	(void)state;
	unsigned n = 0;

	for (; theme_name(n); n++)
		made(theme_name(n));
	assert_int_equal(n, 6);
	assert_int_equal(made("16").base, BASE_EIGHT);
	assert_int_equal(made("mono").base, BASE_MONO);
}

static void nearest_colours_are_near(void **state)
{
	(void)state;
	assert_int_equal(nearest_colour((struct colour){ 255, 255, 255 }), 231);
	assert_int_equal(nearest_colour((struct colour){ 0, 95, 135 }), 24);
}

/* --- files --- */

static char home[] = "/tmp/peel-theme-XXXXXX";

static int set_up(void **state)
{
	(void)state;
	char folder[200];

	strcpy(home, "/tmp/peel-theme-XXXXXX");
	assert_non_null(mkdtemp(home));
	setenv("XDG_CONFIG_HOME", home, 1);
	snprintf(folder, sizeof folder, "%s/peel", home);
	mkdir(folder, 0700);
	snprintf(folder, sizeof folder, "%s/peel/themes", home);
	return mkdir(folder, 0700);
}

static int tear_down(void **state)
{
	(void)state;
	char command[200];

	snprintf(command, sizeof command, "rm -r '%s'", home);
	unsetenv("XDG_CONFIG_HOME");
	return system(command);
}

static void write_theme(const char *text)
{
	char path[200];

	snprintf(path, sizeof path, "%s/peel/themes/mine.theme", home);
	FILE *out = fopen(path, "w");

	fputs(text, out);
	fclose(out);
}

static void a_users_theme_is_read(void **state)
{
	(void)state;
	write_theme("# mine\nbase = light\nselected = 231 #005f87 bold underline\n"
		    "pane-focused = default 236\n");
	struct theme theme = made("mine");

	assert_int_equal(theme.base, BASE_LIGHT);
	assert_int_equal(theme.slots[STYLE_SELECTED].colours[1],
			 exact_colour((struct colour){ 0, 0x5f, 0x87 }));
	assert_int_equal(number_of_256(theme.slots[STYLE_SELECTED].colours[1]), 24);
	assert_int_equal(theme.slots[STYLE_SELECTED].look, LOOK_BOLD | LOOK_UNDERLINE);
	assert_int_equal(theme.slots[STYLE_PANE_FOCUSED].colours[0], -1);
	assert_int_equal(theme.slots[STYLE_DIM].colours[0], style_looks[STYLE_DIM].light[0]);
}

static void faults_are_told_with_their_line(void **state)
{
	(void)state;
	static const char *const faults[][2] = {
		{ "selected = 1 2\nno-such = 1 2\n", "line 2: there is no \"no-such\"" },
		{ "selected = 300 2\n", "line 1: no colour: \"300\"" },
		{ "selected = 30\n", "line 1: no background: \"\"" },
		{ "\n\nselected = 30 #12\n", "line 3: no background: \"#12\"" },
		{ "selected = 30 1 blinking\n", "line 1: no look: \"blinking\"" },
		{ "base = mine\n", "line 1: no theme to begin with: \"mine\"" },
	};

	for (unsigned i = 0; i < sizeof faults / sizeof faults[0]; i++) {
		struct theme theme;
		struct error error = { "" };

		write_theme(faults[i][0]);
		assert_true(theme_named(&theme, "mine", &error));
		assert_string_equal(error.text, faults[i][1]);
	}
}

static void no_path_is_a_theme(void **state)
{
	(void)state;
	struct theme theme;
	struct error error = { "" };

	assert_false(theme_named(&theme, "../../etc/passwd", &error));
	assert_false(theme_named(&theme, "none", &error));
	assert_non_null(strstr(error.text, "high-contrast"));
}

static void it_is_a_setting(void **state)
{
	(void)state;
	begin_app_on("http.pcap");
	app_command(&app, "set theme=colourblind");
	assert_true(app.theme_changed);
	assert_string_equal(app.user.theme_name, "colourblind");
	app_command(&app, "set theme=none");
	assert_non_null(strstr(app.message, "there is no theme \"none\""));
	assert_string_equal(app.user.theme_name, "colourblind");
	write_theme("selected = 1\n");
	app_command(&app, "set theme=mine");
	assert_string_equal(app.message, "mine.theme, line 1: no background: \"\"");
	end_app();
}

#define FILE_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

UNIT_TESTS(test_theme)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_can_be_read),
		cmocka_unit_test(what_differs_looks_so_to_everybody),
		cmocka_unit_test(all_that_are_listed_are_there),
		cmocka_unit_test(nearest_colours_are_near),
		cmocka_unit_test(rows_can_be_read_in_each_style),
		cmocka_unit_test(styles_take_what_they_say_of_a_rule),
		FILE_TEST(a_users_theme_is_read),
		FILE_TEST(faults_are_told_with_their_line),
		FILE_TEST(no_path_is_a_theme),
		FILE_TEST(it_is_a_setting),
	};

	return cmocka_run_group_tests_name("themes", tests, NULL, NULL);
}
