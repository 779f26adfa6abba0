/* key.h - what is typed: keys as numbers and names, and bytes of a terminal as keys.
 *
 * The decoder knows the control sequences of ECMA-48 terminals.  One that means nothing to
 * it is swallowed whole, so that its letters never act as commands. */
#ifndef UI_KEY_H
#define UI_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A character's code, or one of these; plus modifiers that a terminal can tell apart. */
enum key {
	KEY_NONE = 0,
	KEY_TAB = '\t',
	KEY_ENTER = '\r',
	KEY_ESCAPE = 0x1b,
	KEY_BACKSPACE = 0x7f,
	KEY_UP = 0x110000,
	KEY_DOWN,
	KEY_LEFT,
	KEY_RIGHT,
	KEY_HOME,
	KEY_END,
	KEY_PAGE_UP,
	KEY_PAGE_DOWN,
	KEY_INSERT,
	KEY_DELETE,
	KEY_BACK_TAB,
	KEY_F1,
	KEY_F12 = KEY_F1 + 11,
	KEY_MOUSE, /* see event.mouse */
	KEY_PASTE, /* see event.text */
	KEY_ANSWER, /* of the terminal, which was asked something: see event.text */
	KEY_SHIFT = 1 << 24,
	KEY_ALT = 1 << 25,
	KEY_CONTROL = 1 << 26,
};

/* The key of Ctrl and a letter. */
#define KEY_CTRL(letter) ((letter)&0x1f)

enum mouse_kind { MOUSE_PRESS, MOUSE_RELEASE, MOUSE_DRAG, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN };

struct mouse {
	enum mouse_kind kind;
	int button;	 /* 0: left, 1: middle, 2: right */
	int row, column; /* from 0 */
};

enum { PASTE_LIMIT = 4096 };

struct event {
	uint32_t key;
	struct mouse mouse;
	/* Pasted, or "11;rgb:ffff/ffff/ffff" (the background), or "position 1 3"; valid until the
	 * next byte is taken in. */
	const char *text;
};

struct key_decoder {
	uint8_t held[64]; /* a sequence that is not complete */
	unsigned held_length;
	bool swallowing; /* a sequence longer than any we know */
	bool pasting;
	char string;	 /* ] or P: in a string of the terminal's, which ends by BEL or ST */
	bool string_ends; /* its Esc has come */
	unsigned waited; /* so often nothing of it came in time */
	/* The cursor's place was asked for: what may be a key is the answer. */
	bool asks_position;
	char paste[PASTE_LIMIT + 1];
	unsigned paste_length;
	uint64_t unknown; /* sequences swallowed */
};

/* Takes one byte in; true: *event was completed by it. */
bool key_decode(struct key_decoder *decoder, uint8_t byte, struct event *event);
/* Is an Esc, which may stand alone or begin a sequence, waiting for its fate? */
bool key_decoder_waits(const struct key_decoder *decoder);
/* Nothing followed in time: true if what was held is a key, as Esc is. */
bool key_decoder_flush(struct key_decoder *decoder, struct event *event);

/* "j", "^F", "PageDown", "Shift-Tab", "Alt-1", "Space". */
enum { KEY_NAME_ROOM = 32 };
void key_name(uint32_t key, char name[KEY_NAME_ROOM]);
/* The next key of a sequence such as "gg", "^Wh" or "Ctrl-Down", which is stepped over; 0: not one.
 */
uint32_t key_parse(const char **text, size_t length);

#endif
