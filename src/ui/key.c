/* key.c - the names of keys, as help shows and a configuration file writes them. */
#include "ui/key.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

static const struct {
	uint32_t key;
	const char *name;
} names[] = {
	{ KEY_TAB, "Tab" },
	{ KEY_BACK_TAB, "Shift-Tab" },
	{ KEY_ENTER, "Enter" },
	{ KEY_ESCAPE, "Esc" },
	{ KEY_BACKSPACE, "Backspace" },
	{ ' ', "Space" },
	{ KEY_UP, "Up" },
	{ KEY_DOWN, "Down" },
	{ KEY_LEFT, "Left" },
	{ KEY_RIGHT, "Right" },
	{ KEY_HOME, "Home" },
	{ KEY_END, "End" },
	{ KEY_PAGE_UP, "PageUp" },
	{ KEY_PAGE_DOWN, "PageDown" },
	{ KEY_INSERT, "Insert" },
	{ KEY_DELETE, "Delete" },
	{ KEY_F1, "F1" },
	{ KEY_F1 + 1, "F2" },
	{ KEY_F1 + 2, "F3" },
	{ KEY_F1 + 3, "F4" },
	{ KEY_F1 + 4, "F5" },
	{ KEY_F1 + 5, "F6" },
	{ KEY_F1 + 6, "F7" },
	{ KEY_F1 + 7, "F8" },
	{ KEY_F1 + 8, "F9" },
	{ KEY_F1 + 9, "F10" },
	{ KEY_F1 + 10, "F11" },
	{ KEY_F12, "F12" },
};

static const struct {
	uint32_t flag;
	const char *prefix;
} modifiers[] = { { KEY_CONTROL, "Ctrl-" }, { KEY_ALT, "Alt-" }, { KEY_SHIFT, "Shift-" } };

enum { NAMES = sizeof names / sizeof names[0], MODIFIERS = sizeof modifiers / sizeof modifiers[0] };

static size_t put_utf8(char *out, uint32_t code)
{
	if (code < 0x80) {
		out[0] = (char)code;
		return 1;
	}
	size_t n = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
	static const uint8_t lead[] = { 0, 0, 0xc0, 0xe0, 0xf0 };

	for (size_t i = n - 1; i > 0; i--, code >>= 6)
		out[i] = (char)(0x80 | (code & 0x3f));
	out[0] = (char)(lead[n] | code);
	return n;
}

void key_name(uint32_t key, char name[KEY_NAME_ROOM])
{
	size_t used = 0;

	for (unsigned i = 0; i < MODIFIERS; i++)
		if (key & modifiers[i].flag)
			used += (size_t)snprintf(name + used, KEY_NAME_ROOM - used, "%s",
						 modifiers[i].prefix);
	key &= ~(uint32_t)(KEY_CONTROL | KEY_ALT | KEY_SHIFT);
	for (unsigned i = 0; i < NAMES; i++) {
		if (names[i].key == key) {
			snprintf(name + used, KEY_NAME_ROOM - used, "%s", names[i].name);
			return;
		}
	}
	if (key < 0x20) {
		name[used++] = '^';
		key |= 0x40;
	}
	if (key < KEY_UP)
		used += put_utf8(name + used, key);
	name[used] = 0;
}

static uint32_t named(const char *text, size_t length)
{
	for (unsigned i = 0; i < NAMES; i++)
		if (strlen(names[i].name) == length && !memcmp(names[i].name, text, length))
			return names[i].key;
	return KEY_NONE;
}

/* One plain character or ^X. */
static uint32_t character(const char **text, size_t length)
{
	const char *p = *text;
	uint32_t code = 0;

	if (length >= 2 && p[0] == '^' && p[1] >= '?' && p[1] <= '_') {
		*text += 2;
		return p[1] == '?' ? KEY_BACKSPACE : (uint32_t)KEY_CTRL(p[1]);
	}
	unsigned n = text_character((const uint8_t *)p, length, &code);
	if (!n || !text_is_safe(code))
		return KEY_NONE;
	*text += n;
	return code;
}

uint32_t key_parse(const char **text, size_t length)
{
	const char *p = *text;
	const char *end = p + length;
	uint32_t flags = 0;
	uint32_t key = named(p, length);

	for (unsigned i = 0; !key && i < MODIFIERS; i++) {
		size_t n = strlen(modifiers[i].prefix);

		if ((size_t)(end - p) <= n || memcmp(p, modifiers[i].prefix, n))
			continue;
		p += n;
		flags |= modifiers[i].flag;
		key = named(p, (size_t)(end - p));
	}
	if (key) {
		*text = end;
		return key | flags;
	}
	if (!length)
		return KEY_NONE;
	key = character(&p, (size_t)(end - p));
	if (!key)
		return KEY_NONE;
	*text = p;
	/* Terminals send Ctrl and a letter as one character. */
	if (flags & KEY_CONTROL && key >= '@' && key < 0x7f)
		return (uint32_t)KEY_CTRL(key) | (flags & ~(uint32_t)KEY_CONTROL);
	return key | flags;
}
