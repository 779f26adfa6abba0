/* theme.c - the themes that there are, and those of users' files. */
#include "ui/theme.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/user_file.h"
#include "ui/rule_looks.h"

enum { NAME_COLUMNS = 24, EIGHT = 8, PALETTE = 256 };

/* --- those that there are --- */

struct change {
	enum style style;
	int32_t colours[2];
};

/* White on the terminal's own, black on yellow for what is chosen; nothing is dim. */
static const struct change contrasts[] = {
	{ STYLE_NORMAL, { 231, -1 } },	     { STYLE_TITLE, { 16, 231 } },
	{ STYLE_TITLE_TEXT, { 16, 231 } },   { STYLE_HEADING, { 16, 252 } },
	{ STYLE_PANE, { 231, -1 } },	     { STYLE_PANE_FOCUSED, { 226, -1 } },
	{ STYLE_SELECTED, { 16, 226 } },     { STYLE_SELECTED_IDLE, { 16, 252 } },
	{ STYLE_DIM, { 254, -1 } },	     { STYLE_GUTTER, { 231, -1 } },
	{ STYLE_KEY, { 226, -1 } },	     { STYLE_STATUS, { 231, -1 } },
	{ STYLE_GOOD, { 117, -1 } },	     { STYLE_WARNING, { 226, -1 } },
	{ STYLE_ERROR, { 231, 88 } },	     { STYLE_FIELD, { 231, -1 } },
	{ STYLE_FIELD_MADE, { 254, -1 } },   { STYLE_FIELD_BAD, { 217, -1 } },
	{ STYLE_PROTOCOL, { 231, -1 } },     { STYLE_BYTES, { 231, -1 } },
	{ STYLE_BYTES_FIELD, { 16, 226 } },  { STYLE_BYTES_PARENT, { 16, 252 } },
	{ STYLE_BOX, { 231, 16 } },	     { STYLE_BOX_TITLE, { 226, 16 } },
	{ STYLE_BOX_KEY, { 226, 16 } },	     { STYLE_BOX_DIM, { 254, 16 } },
	{ STYLE_FILTER, { 231, 16 } },	     { STYLE_FILTER_SET, { 226, 16 } },
	{ STYLE_FILTER_TYPED, { 231, 16 } }, { STYLE_FILTER_GOOD, { 231, 18 } },
	{ STYLE_FILTER_BAD, { 16, 217 } },   { STYLE_VALID, { 117, 16 } },
	{ STYLE_INVALID, { 217, 16 } },	     { STYLE_GRAPH, { 117, -1 } },
	{ STYLE_CLIENT, { 220, -1 } },	     { STYLE_SERVER, { 117, -1 } },
};

/* Blue is good, yellow is to be noticed, orange is bad: no pair of red and green. */
static const struct change orange[] = {
	{ STYLE_ERROR, { 16, 208 } },	   { STYLE_FIELD_BAD, { 208, -1 } },
	{ STYLE_FILTER_BAD, { 16, 208 } }, { STYLE_INVALID, { 208, 236 } },
	{ STYLE_GOOD, { 75, -1 } },	   { STYLE_WARNING, { 228, -1 } },
	{ STYLE_CLIENT, { 222, -1 } },	   { STYLE_SERVER, { 69, -1 } },
};

static const struct {
	const char *name;
	enum theme_base base;
	const struct change *changes;
	unsigned change_count;
} themes[] = {
	{ "dark", BASE_DARK, NULL, 0 },
	{ "light", BASE_LIGHT, NULL, 0 },
	{ "16", BASE_EIGHT, NULL, 0 },
	{ "mono", BASE_MONO, NULL, 0 },
	{ "high-contrast", BASE_DARK, contrasts, sizeof contrasts / sizeof contrasts[0] },
	{ "colourblind", BASE_DARK, orange, sizeof orange / sizeof orange[0] },
};

enum { THEMES = sizeof themes / sizeof themes[0] };

const char *theme_name(unsigned n)
{
	return n < THEMES ? themes[n].name : NULL;
}

void theme_make(struct theme *theme, enum theme_base base)
{
	*theme = (struct theme){ .base = base };
	for (unsigned i = 0; i < STYLE_COUNT; i++) {
		const struct style_look *look = &style_looks[i];
		const int32_t *colours = base == BASE_LIGHT ? look->light : look->dark;
		bool eight = base == BASE_EIGHT;

		theme->slots[i].colours[0] = eight ? look->eight[0] : colours[0];
		theme->slots[i].colours[1] = eight ? look->eight[1] : colours[1];
		theme->slots[i].eight[0] = look->eight[0];
		theme->slots[i].eight[1] = look->eight[1];
		theme->slots[i].look = look->look;
		theme->slots[i].mono = look->mono;
	}
}

static bool make_named(struct theme *theme, const char *name)
{
	for (unsigned t = 0; t < THEMES; t++) {
		if (strcmp(themes[t].name, name) != 0)
			continue;
		theme_make(theme, themes[t].base);
		for (unsigned i = 0; i < themes[t].change_count; i++)
			memcpy(theme->slots[themes[t].changes[i].style].colours,
			       themes[t].changes[i].colours, sizeof theme->slots[0].colours);
		return true;
	}
	return false;
}

/* --- a user's --- */

/* STYLE_PANE_FOCUSED is "pane-focused" in a file. */
static const char *const style_names[STYLE_COUNT] = {
#define STYLE_NAME(name, ...) [STYLE_##name] = #name,
	STYLES(STYLE_NAME)
#undef STYLE_NAME
};

static bool is_style(const char *name, const char *text, size_t length)
{
	if (strlen(name) != length)
		return false;
	for (size_t i = 0; i < length; i++)
		if (tolower((unsigned char)name[i]) != (text[i] == '-' ? '_' : text[i]))
			return false;
	return true;
}

struct reader {
	struct theme *theme;
	struct error *error;
	unsigned line;
	bool any, bad;
};

/* "117", "default", "#87d7ff" */
static bool read_colour(const char *word, int32_t *colour)
{
	char *end;
	unsigned long n;

	if (!strcmp(word, "default")) {
		*colour = -1;
		return true;
	}
	n = strtoul(word + (*word == '#'), &end, *word == '#' ? 16 : 10);
	if (*end || end == word + (*word == '#'))
		return false;
	if (*word == '#') {
		*colour = exact_colour(
			(struct colour){ (uint8_t)(n >> 16), (uint8_t)(n >> 8), (uint8_t)n });
		return strlen(word) == 7;
	}
	*colour = (int32_t)n;
	return n < PALETTE;
}

static bool read_look(const char *word, uint8_t *look)
{
	static const struct {
		const char *name;
		uint8_t look;
	} looks[] = { { "bold", LOOK_BOLD },
		      { "underline", LOOK_UNDERLINE },
		      { "reverse", LOOK_REVERSE },
		      { "dim", LOOK_DIM } };

	for (unsigned i = 0; i < sizeof looks / sizeof looks[0]; i++) {
		if (strcmp(looks[i].name, word) != 0)
			continue;
		*look |= looks[i].look;
		return true;
	}
	return false;
}

static bool complain(struct reader *reader, const char *what, const char *word)
{
	if (!reader->bad)
		error_set(reader->error, "line %u: %s \"%s\"", reader->line, what, word);
	reader->bad = true;
	return false;
}

/* "231 25 bold" */
static bool read_slot(struct reader *reader, struct theme_slot *slot, char *text)
{
	char *rest, *fore = strtok_r(text, " \t\r", &rest), *back = strtok_r(NULL, " \t\r", &rest);
	uint8_t look = 0;

	if (!fore || !read_colour(fore, &slot->colours[0]))
		return complain(reader, "no colour:", fore ? fore : "");
	if (!back || !read_colour(back, &slot->colours[1]))
		return complain(reader, "no background:", back ? back : "");
	for (const char *word; (word = strtok_r(NULL, " \t\r", &rest));)
		if (!read_look(word, &look))
			return complain(reader, "no look:", word);
	slot->look = look;
	return true;
}

/* "base = light", "selected = 231 25 bold" */
static void take_line(void *owner, const char *line)
{
	struct reader *reader = owner;
	const char *at = line + strspn(line, " \t");
	size_t length = strcspn(at, " \t=");
	char value[200], name[NAME_COLUMNS + 1];

	reader->line++;
	if (!*at || *at == '#')
		return;
	snprintf(value, sizeof value, "%s", at + length + strspn(at + length, " \t="));
	snprintf(name, sizeof name, "%.*s", (int)length, at);
	reader->any = true;
	if (!strcmp(name, "base")) {
		value[strcspn(value, " \t\r")] = '\0';
		if (!make_named(reader->theme, value))
			complain(reader, "no theme to begin with:", value);
		return;
	}
	for (unsigned i = 0; i < STYLE_COUNT; i++) {
		if (!is_style(style_names[i], at, length))
			continue;
		read_slot(reader, &reader->theme->slots[i], value);
		return;
	}
	complain(reader, "there is no", name);
}

/* What is wrong with one line does not take the others away. */
static bool read_file(struct theme *theme, const char *name, struct error *error)
{
	struct reader reader = { .theme = theme, .error = error };
	char path[80];

	theme_make(theme, BASE_DARK);
	if (strchr(name, '/') || strlen(name) > THEME_NAME_MOST)
		return false;
	snprintf(path, sizeof path, "themes/%s.theme", name);
	user_file_read(USER_CONFIG, path, take_line, &reader);
	return reader.any;
}

bool theme_named(struct theme *theme, const char *name, struct error *error)
{
	error->text[0] = '\0';
	if (make_named(theme, name) || read_file(theme, name, error))
		return true;
	error_set(error,
		  "there is no theme \"%s\"; there are: dark, light, 16, mono, "
		  "high-contrast, colourblind, and NAME.theme among your files",
		  name);
	return false;
}
