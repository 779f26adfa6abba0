/* macros.c - ${name:argument;argument} before the filter is read.
 *
 * What is between the braces and is a field is left for the parser: a value of the selected
 * packet. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "dissect/registry.h"
#include "syntax.h"

enum { MOST_EXPANSIONS = 100, MOST_TEXT = 1 << 20, MOST_ARGUMENTS = 20, LINE_ROOM = 4096 };

struct macro {
	char *name, *text;
};

struct filter_macros {
	struct macro *items;
	unsigned count;
};

/* A string in quotes, where two of them or \x22 are one; NULL: there is none. */
static char *take_quoted(char **at)
{
	char *from = strchr(*at, '"'), *to, *start;

	if (!from)
		return NULL;
	start = to = ++from;
	while (*from && (*from != '"' || from[1] == '"')) {
		if (!strncmp(from, "\\x22", 4) || (from[0] == '\\' && from[1] == '"')) {
			from += from[1] == 'x' ? 4 : 2;
			*to++ = '"';
			continue;
		}
		from += *from == '"';
		*to++ = *from++;
	}
	if (!*from)
		return NULL;
	*at = from + 1;
	*to = '\0';
	return start;
}

static void add_line(struct filter_macros *macros, char *line)
{
	char *name = line[0] == '"' ? take_quoted(&line) : NULL;
	char *text = name ? take_quoted(&line) : NULL;

	if (!text)
		return;
	macros->items = must_resize(macros->items, macros->count + 1, sizeof *macros->items);
	macros->items[macros->count++] = (struct macro){ must_copy(name), must_copy(text) };
}

struct filter_macros *filter_macros_read(const char *path)
{
	struct filter_macros *macros = must_zeroed(1, sizeof *macros);
	char line[LINE_ROOM];
	FILE *file = path ? fopen(path, "re") : NULL;

	while (file && fgets(line, sizeof line, file))
		add_line(macros, line);
	if (file)
		fclose(file);
	return macros;
}

void filter_macros_free(struct filter_macros *macros)
{
	if (!macros)
		return;
	for (unsigned i = 0; i < macros->count; i++) {
		free(macros->items[i].name);
		free(macros->items[i].text);
	}
	free(macros->items);
	free(macros);
}

static const char *macro_text(const struct filter_macros *macros, const char *name, size_t n)
{
	for (unsigned i = 0; macros && i < macros->count; i++)
		if (strlen(macros->items[i].name) == n && !memcmp(macros->items[i].name, name, n))
			return macros->items[i].text;
	return NULL;
}

struct growing {
	char *text;
	size_t length, room;
};

static void append_text(struct growing *out, const char *text, size_t n)
{
	if (out->length + n + 1 > out->room) {
		out->room = 2 * (out->length + n + 1);
		out->text = must_resize(out->text, out->room, 1);
	}
	memcpy(out->text + out->length, text, n);
	out->length += n;
	out->text[out->length] = '\0';
}

struct use {
	const char *start, *name, *end; /* ${ to the byte after } */
	size_t name_length;
	struct {
		const char *text;
		size_t length;
	} arguments[MOST_ARGUMENTS];
	unsigned count;
};

/* Where a text in quotes ends, which begins at `at`. */
static const char *skip_quotes(const char *at)
{
	for (at++; *at && *at != '"'; at++)
		at += at[0] == '\\' && at[1];
	return *at ? at + 1 : at;
}

/* The first ${ that is not in a string; NULL: there is none. */
static const char *find_use(const char *text)
{
	while (*text && (text[0] != '$' || text[1] != '{'))
		text = *text == '"' ? skip_quotes(text) : text + 1;
	return *text ? text : NULL;
}

static bool take_arguments(struct use *use, const char *at, const char *end)
{
	for (;;) {
		const char *next = at;
		while (next < end && *next != ';')
			next = *next == '"' ? skip_quotes(next) : next + 1;
		if (next > end || use->count == MOST_ARGUMENTS)
			return false;
		use->arguments[use->count].text = at;
		use->arguments[use->count++].length = (size_t)(next - at);
		if (next == end)
			return true;
		at = next + 1;
	}
}

/* False: it is no use of a macro, but may be a field's. */
static bool read_use(const char *start, struct use *use)
{
	*use = (struct use){ .start = start, .name = start + 2 };
	const char *at = use->name;
	while (isalnum((unsigned char)*at) || *at == '_')
		at++;
	use->name_length = (size_t)(at - use->name);
	if (*at == '}') {
		use->end = at + 1;
		return use->name_length > 0;
	}
	if (*at != ':' || !use->name_length)
		return false;
	const char *end = ++at;
	while (*end && *end != '}')
		end = *end == '"' ? skip_quotes(end) : end + 1;
	use->end = *end ? end + 1 : end;
	return *end && take_arguments(use, at, end);
}

/* "$2" becomes the second argument. */
static bool put_body(struct growing *out, const char *body, const struct use *use)
{
	for (; *body; body++) {
		if (body[0] != '$' || !isdigit((unsigned char)body[1])) {
			append_text(out, body, 1);
			continue;
		}
		char *end;
		unsigned long n = strtoul(body + 1, &end, 10);
		if (!n || n > use->count)
			return false;
		append_text(out, use->arguments[n - 1].text, use->arguments[n - 1].length);
		body = end - 1;
	}
	return true;
}

static bool is_field(const struct use *use)
{
	char name[80];

	if (use->name_length >= sizeof name || use->count)
		return false;
	memcpy(name, use->name, use->name_length);
	name[use->name_length] = '\0';
	return registry_field_named(name) >= 0;
}

enum expansion { EXPANSION_NONE, EXPANSION_MADE, EXPANSION_FAILED };

/* Copies up to and with the next use; *text goes on behind it. */
static enum expansion expand_next(const char **text, const struct filter_macros *macros,
				  struct growing *out, struct filter_error *error)
{
	const char *start = find_use(*text);
	struct use use;
	char room[QUOTED_ROOM];

	if (!start)
		return EXPANSION_NONE;
	append_text(out, *text, (size_t)(start - *text));
	*text = start + 2;
	bool is_use = read_use(start, &use);
	const char *body = is_use ? macro_text(macros, use.name, use.name_length) : NULL;
	if (body) {
		*text = use.end;
		if (put_body(out, body, &use) && out->length < MOST_TEXT)
			return EXPANSION_MADE;
	} else if (!is_use || is_field(&use)) {
		append_text(out, start, 2);
		return EXPANSION_NONE;
	}
	struct place place = { (uint32_t)(start - error->text), (uint32_t)use.name_length + 2 };
	filter_fail(
		error, place, body ? "%s has not these arguments" : "there is no macro %s",
		quoted(error, (struct place){ place.start + 2, (uint32_t)use.name_length }, room));
	return EXPANSION_FAILED;
}

/* Once over the text; *made counts what was replaced. */
static bool expand_all(const char *text, const struct filter_macros *macros, struct growing *out,
		       unsigned *made, struct filter_error *error)
{
	for (;;) {
		const char *before = text;
		enum expansion result = expand_next(&text, macros, out, error);
		if (result == EXPANSION_FAILED)
			return false;
		if (result == EXPANSION_MADE && ++*made > MOST_EXPANSIONS)
			return filter_fail(error, (struct place){ 0, 0 },
					   "the macros lead to each other without end");
		if (text == before)
			break;
	}
	append_text(out, text, strlen(text));
	return true;
}

char *expand_macros(const char *text, const struct filter_macros *macros,
		    struct filter_error *error)
{
	unsigned made = 0;

	error->text = must_copy(text);
	for (;;) {
		struct growing out = { 0 };
		unsigned before = made;
		if (!expand_all(error->text, macros, &out, &made, error)) {
			free(out.text);
			return NULL;
		}
		free(error->text);
		error->text = out.text;
		if (made == before)
			return must_copy(error->text);
	}
}
