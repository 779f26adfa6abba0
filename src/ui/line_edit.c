/* line_edit.c - editing by whole characters of UTF-8. */
#include "ui/line_edit.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

void line_set(struct line_edit *line, const char *text)
{
	snprintf(line->text, sizeof line->text, "%s", text);
	line->length = line->cursor = (unsigned)strlen(line->text);
}

static unsigned before(const struct line_edit *line, unsigned at)
{
	while (at && ((uint8_t)line->text[--at] & 0xc0) == 0x80)
		;
	return at;
}

static unsigned after(const struct line_edit *line, unsigned at)
{
	if (at < line->length)
		at++;
	while (at < line->length && ((uint8_t)line->text[at] & 0xc0) == 0x80)
		at++;
	return at;
}

static unsigned word_before(const struct line_edit *line, unsigned at)
{
	while (at && line->text[at - 1] == ' ')
		at--;
	while (at && line->text[at - 1] != ' ')
		at--;
	return at;
}

static unsigned word_after(const struct line_edit *line, unsigned at)
{
	while (at < line->length && line->text[at] == ' ')
		at++;
	while (at < line->length && line->text[at] != ' ')
		at++;
	return at;
}

static void insert(struct line_edit *line, const char *text, size_t n)
{
	if (n > sizeof line->text - 1 - line->length)
		return;
	memmove(line->text + line->cursor + n, line->text + line->cursor,
		line->length - line->cursor + 1);
	memcpy(line->text + line->cursor, text, n);
	line->length += (unsigned)n;
	line->cursor += (unsigned)n;
}

static void remove_range(struct line_edit *line, unsigned from, unsigned to, bool keep)
{
	if (keep && to > from) {
		memcpy(line->killed, line->text + from, to - from);
		line->killed[to - from] = 0;
	}
	memmove(line->text + from, line->text + to, line->length - to + 1);
	line->length -= to - from;
	line->cursor = from;
}

/* Pasted text comes in without its control characters. */
static void insert_clean(struct line_edit *line, const char *text)
{
	size_t left = strlen(text);

	while (left) {
		uint32_t code = 0;
		unsigned n = text_character((const uint8_t *)text, left, &code);

		if (n && text_is_safe(code))
			insert(line, text, n);
		n = n ? n : 1;
		text += n;
		left -= n;
	}
}

static bool type_key(struct line_edit *line, uint32_t key)
{
	unsigned at = line->cursor;

	switch (key) {
	case KEY_CTRL('A'):
	case KEY_HOME:
		line->cursor = 0;
		return true;
	case KEY_CTRL('E'):
	case KEY_END:
		line->cursor = line->length;
		return true;
	case KEY_CTRL('B'):
	case KEY_LEFT:
		line->cursor = before(line, at);
		return true;
	case KEY_CTRL('F'):
	case KEY_RIGHT:
		line->cursor = after(line, at);
		return true;
	case 'b' | KEY_ALT:
	case KEY_LEFT | KEY_CONTROL:
		line->cursor = word_before(line, at);
		return true;
	case 'f' | KEY_ALT:
	case KEY_RIGHT | KEY_CONTROL:
		line->cursor = word_after(line, at);
		return true;
	case KEY_BACKSPACE:
		remove_range(line, before(line, at), at, false);
		return true;
	case KEY_CTRL('D'):
	case KEY_DELETE:
		remove_range(line, at, after(line, at), false);
		return true;
	case KEY_CTRL('K'):
		remove_range(line, at, line->length, true);
		return true;
	case KEY_CTRL('U'):
		remove_range(line, 0, at, true);
		return true;
	case KEY_CTRL('W'):
		remove_range(line, word_before(line, at), at, true);
		return true;
	case 'd' | KEY_ALT:
		remove_range(line, at, word_after(line, at), true);
		return true;
	case KEY_CTRL('Y'):
		insert(line, line->killed, strlen(line->killed));
		return true;
	default:
		return false;
	}
}

bool line_type(struct line_edit *line, const struct event *event)
{
	char text[KEY_NAME_ROOM];

	if (event->key == KEY_PASTE) {
		insert_clean(line, event->text);
		return true;
	}
	if (type_key(line, event->key))
		return true;
	if (event->key < ' ' || event->key >= KEY_UP || event->key == KEY_BACKSPACE)
		return false;
	if (event->key == ' ')
		insert(line, " ", 1);
	else {
		key_name(event->key, text);
		insert(line, text, strlen(text));
	}
	return true;
}

void line_draw(const struct line_edit *line, struct canvas *canvas, int row, int column, int room,
	       enum style style)
{
	char head[LINE_ROOM];
	unsigned from = 0;

	if (room < 2)
		return;
	memcpy(head, line->text, line->cursor);
	head[line->cursor] = 0;
	while (text_columns(head + from) >= room)
		from = after(line, from);
	int at = column + text_columns(head + from);

	canvas_repeat(canvas, row, column, room, style, ' ');
	canvas_text(canvas, row, column, room, style, line->text + from);
	canvas_cursor(canvas, row, at);
	canvas->screen->typing = true;
}
