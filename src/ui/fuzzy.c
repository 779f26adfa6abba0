/* fuzzy.c - the best way to find letters in a text: at the beginnings of words, or in one run. */
#include "ui/fuzzy.h"

#include <ctype.h>
#include <string.h>

enum {
	TEXT_MOST = 160,
	TYPED_MOST = 40,
	FOR_LETTER = 2,
	FOR_WORD = 4, /* one that begins a word */
	FOR_RUN = 5,  /* one that follows the letter before it */
	FOR_FIRST = 1,
	NEVER = -1000,
};

static bool same(char a, char b)
{
	return tolower((unsigned char)a) == tolower((unsigned char)b);
}

static bool begins_word(const char *text, unsigned at)
{
	return !at || (!isalnum((unsigned char)text[at - 1]) && isalnum((unsigned char)text[at]));
}

/* Without blanks. */
static unsigned take_letters(const char *typed, char letters[TYPED_MOST])
{
	unsigned count = 0;

	for (; *typed && count < TYPED_MOST; typed++)
		if (*typed != ' ')
			letters[count++] = *typed;
	return count;
}

/* Row by row: the best score with this letter at each place of the text.  `clear`: in one run or at
 * the beginning of a word, or not at all. */
static int best_score(const char *typed, const char *text, bool clear)
{
	char letters[TYPED_MOST];
	int before[TEXT_MOST] = { 0 }, now[TEXT_MOST] = { 0 };
	unsigned count = take_letters(typed, letters);
	unsigned length = (unsigned)strnlen(text, TEXT_MOST);
	int best = 0;

	for (unsigned i = 0; i < count; i++) {
		int so_far = i ? NEVER : 0; /* the best that ends before this place */

		best = NEVER;
		for (unsigned at = 0; at < length; at++) {
			int run = i && at ? before[at - 1] + FOR_RUN : NEVER;
			int word = begins_word(text, at) ? so_far + FOR_WORD
				   : clear && i		 ? NEVER
							 : so_far;

			if (i && before[at] > so_far)
				so_far = before[at];
			now[at] = !same(letters[i], text[at]) ? NEVER
				  : run > word		      ? run + FOR_LETTER
							      : word + FOR_LETTER;
			if (!i && !at && now[at] > 0)
				now[at] += FOR_FIRST;
			best = now[at] > best ? now[at] : best;
		}
		memcpy(before, now, sizeof before);
	}
	return best;
}

int fuzzy_score(const char *typed, const char *text)
{
	int score = best_score(typed, text, false);
	int length = (int)strnlen(text, TEXT_MOST);

	/* Of equal ones the shorter. */
	return score > 0 ? score * 8 + (TEXT_MOST - length) / 32 : 0;
}

bool fuzzy_is_clear(const char *typed, const char *text)
{
	return best_score(typed, text, true) > 0;
}
