/* key_decoder.c - a terminal's bytes as keys, mouse reports and pasted text (ECMA-48, and what
 * xterm, rxvt, tmux and the Linux console send). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "ui/key.h"

enum {
	PARAMETERS = 4,
	STRING_MOST = 4096, /* of one that does not end */
	WAITED_MOST = 40,   /* a second */
};

#define PASTE_END "\033[201~"

/* CSI and SS3 sequences that end in a letter. */
static const struct {
	char final;
	uint32_t key;
} letters[] = {
	{ 'A', KEY_UP },     { 'B', KEY_DOWN },	  { 'C', KEY_RIGHT },	 { 'D', KEY_LEFT },
	{ 'F', KEY_END },    { 'H', KEY_HOME },	  { 'P', KEY_F1 },	 { 'Q', KEY_F1 + 1 },
	{ 'R', KEY_F1 + 2 }, { 'S', KEY_F1 + 3 }, { 'Z', KEY_BACK_TAB }, { 'M', KEY_ENTER },
};

/* rxvt's arrows with Shift (CSI) and Ctrl (SS3). */
static const struct {
	char final;
	uint32_t key;
} small_letters[] = { { 'a', KEY_UP }, { 'b', KEY_DOWN }, { 'c', KEY_RIGHT }, { 'd', KEY_LEFT } };

/* CSI number ~ */
static const struct {
	uint8_t number;
	uint32_t key;
} numbers[] = {
	{ 1, KEY_HOME },    { 2, KEY_INSERT },	  { 3, KEY_DELETE },   { 4, KEY_END },
	{ 5, KEY_PAGE_UP }, { 6, KEY_PAGE_DOWN }, { 7, KEY_HOME },     { 8, KEY_END },
	{ 11, KEY_F1 },	    { 12, KEY_F1 + 1 },	  { 13, KEY_F1 + 2 },  { 14, KEY_F1 + 3 },
	{ 15, KEY_F1 + 4 }, { 17, KEY_F1 + 5 },	  { 18, KEY_F1 + 6 },  { 19, KEY_F1 + 7 },
	{ 20, KEY_F1 + 8 }, { 21, KEY_F1 + 9 },	  { 23, KEY_F1 + 10 }, { 24, KEY_F12 },
};

#define EACH(i, table) (unsigned i = 0; i < sizeof(table) / sizeof((table)[0]); i++)

static uint32_t key_of_letter(char final)
{
	for
		EACH(i, letters)
	if (letters[i].final == final)
		return letters[i].key;
	return KEY_NONE;
}

static uint32_t key_of_small_letter(char final, uint32_t modifier)
{
	for
		EACH(i, small_letters)
	if (small_letters[i].final == final)
		return small_letters[i].key | modifier;
	return KEY_NONE;
}

static uint32_t key_of_number(unsigned number)
{
	for
		EACH(i, numbers)
	if (numbers[i].number == number)
		return numbers[i].key;
	return KEY_NONE;
}

/* xterm's parameter: 1 + Shift 1 + Alt 2 + Ctrl 4. */
static uint32_t modifiers_of(unsigned parameter)
{
	unsigned bits = parameter ? parameter - 1 : 0;

	return (bits & 1 ? (uint32_t)KEY_SHIFT : 0) | (bits & 2 ? (uint32_t)KEY_ALT : 0) |
	       (bits & 4 ? (uint32_t)KEY_CONTROL : 0);
}

static unsigned parameters_of(const uint8_t *p, const uint8_t *end, unsigned value[PARAMETERS])
{
	unsigned count = 0;

	memset(value, 0, PARAMETERS * sizeof value[0]);
	for (; p < end; p++) {
		if (*p >= '0' && *p <= '9' && count < PARAMETERS && value[count] < 100000)
			value[count] = value[count] * 10 + (unsigned)(*p - '0');
		else if (*p == ';' && ++count == PARAMETERS)
			break;
	}
	return count < PARAMETERS ? count + 1 : count;
}

/* SGR: CSI < buttons ; column ; row M (pressed) or m (released). */
static bool mouse_event(const uint8_t *p, const uint8_t *end, bool pressed, struct event *event)
{
	unsigned value[PARAMETERS];

	if (parameters_of(p, end, value) < 3 || !value[1] || !value[2])
		return false;
	struct mouse *mouse = &event->mouse;

	*mouse = (struct mouse){ .button = (int)(value[0] & 3),
				 .row = (int)value[2] - 1,
				 .column = (int)value[1] - 1 };
	if (value[0] & 64)
		mouse->kind = value[0] & 1 ? MOUSE_WHEEL_DOWN : MOUSE_WHEEL_UP;
	else if (value[0] & 32)
		mouse->kind = MOUSE_DRAG;
	else
		mouse->kind = pressed ? MOUSE_PRESS : MOUSE_RELEASE;
	event->key = KEY_MOUSE;
	return true;
}

/* CSI-u and modifyOtherKeys: a character with modifiers. */
static uint32_t modified_character(unsigned code, unsigned parameter)
{
	uint32_t flags = modifiers_of(parameter);

	if (code == 0 || code > 0x10ffff || (code >= 0x80 && !text_is_safe(code)))
		return KEY_NONE;
	if (code == KEY_TAB && flags == KEY_SHIFT)
		return KEY_BACK_TAB;
	if (flags & KEY_CONTROL && code >= '@' && code < 0x7f)
		return (uint32_t)KEY_CTRL(code) | (flags & KEY_ALT);
	return (uint32_t)code | (flags & KEY_ALT);
}

static bool control_sequence(struct key_decoder *decoder, struct event *event)
{
	const uint8_t *p = decoder->held + 2;
	const uint8_t *end = decoder->held + decoder->held_length - 1;
	char final = (char)*end;
	unsigned value[PARAMETERS];

	if (p < end && *p == '<' && (final == 'M' || final == 'm'))
		return mouse_event(p + 1, end, final == 'M', event);
	if (p < end && *p == '[') { /* the Linux console's F1 to F5 */
		event->key = final >= 'A' && final <= 'E' ? KEY_F1 + (uint32_t)(final - 'A') : 0;
		return event->key;
	}
	if (p < end && (*p < '0' || *p > ';'))
		return false;
	unsigned count = parameters_of(p, end, value);

	if (final == 'R' && decoder->asks_position && count == 2) {
		decoder->asks_position = false;
		snprintf(decoder->paste, sizeof decoder->paste, "position %u %u", value[0], value[1]);
		event->key = KEY_ANSWER;
		event->text = decoder->paste;
		return true;
	}

	if (final == '~' && value[0] == 200) {
		decoder->pasting = true;
		decoder->paste_length = decoder->waited = 0;
		return false;
	}
	if (final == '~' && value[0] == 27 && count >= 3)
		event->key = modified_character(value[2], value[1]);
	else if (final == 'u')
		event->key = modified_character(value[0], value[1]);
	else if (final == '~' || final == '^' || final == '$' || final == '@')
		event->key = key_of_number(value[0]);
	else if (final >= 'a' && final <= 'd' && p == end)
		event->key = key_of_small_letter(final, KEY_SHIFT);
	else if (final != 'M')
		event->key = key_of_letter(final);
	if (!event->key)
		return false;
	if (final == '^' || final == '@')
		event->key |= KEY_CONTROL;
	if (final == '$' || final == '@')
		event->key |= KEY_SHIFT;
	if (count >= 2 && final != 'u' && value[0] != 27)
		event->key |= modifiers_of(value[1]);
	return true;
}

static bool finish(struct key_decoder *decoder, bool known)
{
	if (!known && !decoder->pasting)
		decoder->unknown++;
	decoder->held_length = 0;
	decoder->swallowing = false;
	return known;
}

/* --- strings of the terminal's --- */

static bool abandon_string(struct key_decoder *decoder)
{
	decoder->string = 0;
	decoder->string_ends = false;
	decoder->unknown++;
	return false;
}

static bool end_string(struct key_decoder *decoder, struct event *event)
{
	bool is_answer = decoder->string == ']' && decoder->paste_length < PASTE_LIMIT;

	if (!is_answer)
		return abandon_string(decoder);
	decoder->string = 0;
	decoder->string_ends = false;
	decoder->paste[decoder->paste_length] = 0;
	event->key = KEY_ANSWER;
	event->text = decoder->paste;
	return true;
}

static bool string(struct key_decoder *decoder, uint8_t byte, struct event *event)
{
	bool escaped = decoder->string_ends;

	decoder->waited = 0;
	decoder->string_ends = byte == 0x1b;
	if (byte == '\a' || (escaped && byte == '\\'))
		return end_string(decoder, event);
	if (escaped) { /* another sequence: it has none of the end */
		abandon_string(decoder);
		decoder->held[0] = 0x1b;
		decoder->held_length = 1;
		return key_decode(decoder, byte, event);
	}
	if (byte == 0x18 || byte == 0x1a || decoder->paste_length >= STRING_MOST)
		return abandon_string(decoder);
	if (byte != 0x1b)
		decoder->paste[decoder->paste_length++] = (char)byte;
	return false;
}

/* OSC and DCS begin with a digit or a sign; anything else is two keys. */
static bool begin_string(struct key_decoder *decoder, uint8_t third, struct event *event)
{
	uint8_t second = decoder->held[1];

	if ((third < '0' || third > '9') && (second == ']' || !third || !strchr(">!$+=", third)))
		return finish(decoder, false);
	decoder->held_length = 0;
	decoder->string = (char)second;
	decoder->paste_length = 0;
	decoder->waited = 0;
	return string(decoder, third, event);
}

/* After Esc. */
static bool escape_sequence(struct key_decoder *decoder, struct event *event)
{
	uint8_t second = decoder->held[1];
	uint8_t last = decoder->held[decoder->held_length - 1];

	if (second == '[') {
		if (decoder->held_length == 2)
			return false;
		if (decoder->held_length == 3 && last == '[')
			return false;
		if (last < 0x20 || last >= 0x7f) /* not of a sequence: give up on it */
			return finish(decoder, false);
		if (last < 0x40)
			return false;
		return finish(decoder, !decoder->swallowing && control_sequence(decoder, event));
	}
	if (second == 'O') {
		if (decoder->held_length == 2)
			return false;
		event->key = key_of_letter((char)last);
		if (!event->key)
			event->key = key_of_small_letter((char)last, KEY_CONTROL);
		return finish(decoder, event->key);
	}
	if (second == ']' || second == 'P') { /* Alt-] too, if nothing follows in time */
		if (decoder->held_length == 2)
			return false;
		return begin_string(decoder, last, event);
	}
	if (second == 0x1b) { /* Esc Esc: the second may begin a sequence */
		decoder->held_length = 1;
		event->key = KEY_ESCAPE;
		return true;
	}
	event->key = second | (uint32_t)KEY_ALT;
	return finish(decoder, second >= 0x20 && second < 0x7f);
}

static bool character(struct key_decoder *decoder, struct event *event)
{
	uint8_t first = decoder->held[0];
	unsigned needed = first < 0xc2 || first > 0xf4 ? 1
			  : first < 0xe0	       ? 2
			  : first < 0xf0	       ? 3
						       : 4;
	uint32_t code = 0;

	if (decoder->held_length < needed)
		return false;
	if (!text_character(decoder->held, decoder->held_length, &code))
		return finish(decoder, false);
	if (code == '\n')
		code = KEY_ENTER;
	if (code == '\b')
		code = KEY_BACKSPACE;
	if (code >= 0x80 && !text_is_safe(code))
		return finish(decoder, false);
	event->key = code;
	return finish(decoder, code);
}

static bool paste(struct key_decoder *decoder, uint8_t byte, struct event *event)
{
	static const unsigned end_length = sizeof PASTE_END - 1;

	decoder->waited = 0;
	if (decoder->paste_length == PASTE_LIMIT) { /* keep the end in sight, drop the rest */
		memmove(decoder->paste + PASTE_LIMIT - end_length,
			decoder->paste + PASTE_LIMIT - end_length + 1, end_length - 1);
		decoder->paste_length--;
	}
	decoder->paste[decoder->paste_length++] = (char)byte;
	if (decoder->paste_length < end_length ||
	    memcmp(decoder->paste + decoder->paste_length - end_length, PASTE_END, end_length))
		return false;
	decoder->paste[decoder->paste_length - end_length] = 0;
	decoder->pasting = false;
	event->key = KEY_PASTE;
	event->text = decoder->paste;
	return true;
}

bool key_decode(struct key_decoder *decoder, uint8_t byte, struct event *event)
{
	*event = (struct event){ 0 };
	if (decoder->pasting)
		return paste(decoder, byte, event);
	if (decoder->string)
		return string(decoder, byte, event);
	if (decoder->held_length == sizeof decoder->held) {
		decoder->swallowing = true;
		decoder->held_length--;
	}
	if (decoder->held_length && decoder->held[0] != 0x1b && (byte & 0xc0) != 0x80)
		finish(decoder, false); /* a character was cut by another */
	decoder->held[decoder->held_length++] = byte;
	if (decoder->held[0] != 0x1b)
		return character(decoder, event);
	if (decoder->held_length == 1)
		return false;
	return escape_sequence(decoder, event);
}

bool key_decoder_waits(const struct key_decoder *decoder)
{
	return decoder->string || decoder->pasting || (decoder->held_length && decoder->held[0] == 0x1b);
}

bool key_decoder_flush(struct key_decoder *decoder, struct event *event)
{
	unsigned length = decoder->held_length;

	*event = (struct event){ 0 };
	if (decoder->string) {
		if (++decoder->waited > WAITED_MOST)
			abandon_string(decoder);
		return false;
	}
	if (decoder->pasting) { /* a line that broke must not leave all keys dead */
		if (++decoder->waited > WAITED_MOST)
			decoder->pasting = false;
		return false;
	}
	if (!key_decoder_waits(decoder) || decoder->swallowing || length > 2)
		return false; /* the rest of a sequence is still on its way */
	event->key = length == 1 ? (uint32_t)KEY_ESCAPE : decoder->held[1] | (uint32_t)KEY_ALT;
	return finish(decoder, true);
}
