/* fuzz_keylog.c - any bytes as a key log: read at once or line by line it knows the same. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"

#include "base/number_text.h"
#include "state/learned.h"
#include "state/sealed.h"

enum { RANDOM = 32, MOST_LINES = 2000 };

struct asked {
	char label[32];
	char digits[2 * RANDOM + 1];
	uint8_t random[RANDOM];
};

/* What a line may have told a secret of; false: nothing. */
static bool read_question(struct asked *asked, const uint8_t *line, size_t length)
{
	char text[128] = "";

	memcpy(text, line, length < sizeof text ? length : sizeof text - 1);
	if (sscanf(text, "%31s %64[0-9a-fA-F]", asked->label, asked->digits) != 2 ||
	    strlen(asked->digits) != sizeof asked->digits - 1)
		return false;
	for (unsigned i = 0; i < RANDOM; i++)
		asked->random[i] = (uint8_t)(hex_value((uint8_t)asked->digits[2 * i]) << 4 |
					     hex_value((uint8_t)asked->digits[2 * i + 1]));
	return true;
}

static void compare(const struct learned *whole, const struct learned *lines,
		    const struct asked *asked)
{
	struct secret first = { 0 }, second = { 0 };
	bool known = secret_find(whole, asked->label, asked->random, &first);

	if (known != secret_find(lines, asked->label, asked->random, &second) ||
	    memcmp(&first, &second, sizeof first) != 0)
		abort();
	if (known && (!first.length || first.length > SECRET_ROOM || !secrets_known(whole)))
		abort();
}

static size_t line_length(const uint8_t *line, size_t left)
{
	const uint8_t *stop = memchr(line, '\n', left);

	return stop ? (size_t)(stop - line) : left;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct learned *whole = learned_new(), *lines = learned_new();
	struct asked asked;
	size_t length, end = 0;

	for (unsigned n = 0; end < size && n < MOST_LINES; n++, end += length + 1) {
		length = line_length(data + end, size - end);
		secrets_read(lines, data + end, (uint32_t)length);
	}
	end = end < size ? end : size;
	secrets_read(whole, data, (uint32_t)end);
	if (secrets_known(whole) != secrets_known(lines))
		abort();
	for (size_t at = 0; at < end; at += length + 1) {
		length = line_length(data + at, end - at);
		if (read_question(&asked, data + at, length))
			compare(whole, lines, &asked);
	}
	learned_free(whole);
	learned_free(lines);
	return 0;
}
