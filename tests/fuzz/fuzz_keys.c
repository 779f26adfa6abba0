/* fuzz_keys.c - any bytes as what a terminal sends, and as names of keys.
 *
 * The first byte says after how many bytes nothing comes for a while (its low bits; 0: never) and
 * whether the cursor's place was asked for (its top bit). */
#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"

#include "ui/key.h"

enum { A_WHILE = 50, ASKED = 0x80 };

static void check_event(const struct event *event)
{
	bool has_text = event->key == KEY_PASTE || event->key == KEY_ANSWER;
	char name[KEY_NAME_ROOM];

	if (event->key == KEY_NONE || has_text != (event->text != NULL))
		abort();
	if (has_text && strlen(event->text) > PASTE_LIMIT)
		abort();
	if (event->key == KEY_MOUSE && (event->mouse.row < 0 || event->mouse.column < 0))
		abort();
	key_name(event->key, name);
	if (strlen(name) >= sizeof name)
		abort();
}

/* A string or a paste that never ends must not leave the keys dead. */
static void wait_a_while(struct key_decoder *decoder)
{
	struct event event;

	for (unsigned i = 0; i < A_WHILE; i++)
		if (key_decoder_flush(decoder, &event))
			check_event(&event);
	if (decoder->pasting || decoder->string)
		abort();
}

static void decode(uint8_t how, const uint8_t *bytes, size_t size)
{
	struct key_decoder decoder = { .asks_position = how & ASKED };
	unsigned interval = how & 0x7f;
	struct event event;

	for (size_t i = 0; i < size; i++) {
		if (key_decode(&decoder, bytes[i], &event))
			check_event(&event);
		if (interval && i % interval == interval - 1)
			wait_a_while(&decoder);
	}
	wait_a_while(&decoder);
}

/* What is parsed has a name, which means the same key. */
static void parse(const uint8_t *bytes, size_t size)
{
	char *text = malloc(size + 1);
	const char *at = text, *before = at;
	uint32_t key;

	if (!text)
		abort();
	memcpy(text, bytes, size);
	while ((key = key_parse(&at, size - (size_t)(at - text)))) {
		char name[KEY_NAME_ROOM];
		const char *again = name;

		if (at <= before || at > text + size)
			abort();
		before = at;
		key_name(key, name);
		if (key_parse(&again, strlen(name)) != key)
			abort();
	}
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!size)
		return 0;
	decode(data[0], data + 1, size - 1);
	parse(data + 1, size - 1);
	return 0;
}
