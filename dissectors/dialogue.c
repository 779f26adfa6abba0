/* dialogue.c - SMTP, FTP, POP and IMAP on any port: the server greets, the client gives a command.
 *
 * A greeting that names its protocol is believed at once, and taken back if the client answers with
 * something else.  One that does not ("220 ready") waits for the client's command.
 * Then what they have in common: replies, and what the first pass knew before a message. */
#include "dialogue.h"

#include <string.h>
#include <strings.h>

#include "state/conversation.h"
#include "state/facts.h"

enum { GREETING_LIMIT = 512, TAG_LIMIT = 16 };

/* Is this the first payload of the connection?  Only the first pass asks. */
static bool speaks_first(const struct dissection *d)
{
	const struct conversation *talk = d->conversation;

	return talk && (d->inside || tcp_talk_of(d->learned, talk)->asked == 1);
}

/* Who has called does not greet. */
static bool may_greet(const struct dissection *d)
{
	return !d->from_opener && speaks_first(d);
}

/* The first line; others may follow. */
static bool read_greeting(const struct dialogue *dialogue, const struct cursor *c,
			  struct text_line *line)
{
	uint32_t n = (uint32_t)strlen(dialogue->greeting);
	struct cursor at = *c;
	const uint8_t *bytes;

	return cursor_peek(c, 0, n + 1, &bytes) && !memcmp(bytes, dialogue->greeting, n) &&
	       memchr(" -\r", bytes[n], 3) && take_line(&at, line) && line->whole > line->length &&
	       line->length < GREETING_LIMIT;
}

static bool has_word(const struct text_part *text, const char *word)
{
	size_t n = strlen(word);

	for (uint32_t i = 0; i + n <= text->length; i++)
		if (!strncasecmp((const char *)text->bytes + i, word, n))
			return true;
	return false;
}

/* A host's name, which may come first, says nothing. */
static bool names_itself(const struct dialogue *dialogue, const struct text_line *line)
{
	struct text_part words = line_part(line);
	const char *const *name = dialogue->names;

	if (!name)
		return true;
	words = part_from(&words, (uint32_t)strlen(dialogue->greeting) + 1);
	struct text_part rest = words, host = take_word(&rest);
	while (*name && !has_word(part_find(&host, '.') < host.length ? &rest : &words, *name))
		name++;
	return *name;
}

/* What is typed key by key may be the beginning of a command. */
static bool is_one_of(const char *const *commands, const struct text_part *word, bool is_whole)
{
	for (; *commands; commands++)
		if (is_whole ? part_is(word, *commands)
			     : word->length <= strlen(*commands) &&
				       !strncasecmp((const char *)word->bytes, *commands,
						    word->length))
			return true;
	return false;
}

/* Does the client's first line begin with one of these, as far as it is there? */
static bool begins_with(const struct dialogue *dialogue, const char *const *commands,
			const struct text_line *line)
{
	bool ends = line->whole > line->length;
	struct text_part rest = line_part(line), word = take_word(&rest);

	if (dialogue->tagged && !ends && !rest.length)
		return word.length < TAG_LIMIT;
	if (dialogue->tagged)
		word = take_word(&rest);
	return is_one_of(commands, &word, ends || rest.length);
}

static bool greets(const struct dialogue *dialogue, const struct cursor *c, bool by_name)
{
	struct text_line line;

	return read_greeting(dialogue, c, &line) && (!by_name || names_itself(dialogue, &line));
}

static bool opens(const struct dialogue *dialogue, const struct cursor *c)
{
	struct cursor at = *c;
	struct text_line line;

	return take_line(&at, &line) && line.whole > line.length &&
	       begins_with(dialogue, dialogue->openings, &line);
}

bool dialogue_is_greeting(const struct dialogue *dialogue, const struct dissection *d,
			  const struct cursor *c)
{
	return may_greet(d) && greets(dialogue, c, true);
}

bool dialogue_becomes_sure(const struct dialogue *dialogue, struct dissection *d,
			   const struct cursor *c)
{
	struct tcp_talk *talk = d->conversation ? tcp_talk_pen(d, d->conversation) : NULL;

	if (talk && may_greet(d) && greets(dialogue, c, false))
		talk->greeted = true;
	return talk && talk->greeted && d->from_opener && opens(dialogue, c);
}

bool dialogue_is_refuted(const struct dialogue *dialogue, const struct dissection *d,
			 const struct cursor *c)
{
	struct cursor at = *c;
	struct text_line line;

	return d->from_opener && take_line(&at, &line) && line.length && !begins_tls(c) &&
	       !begins_with(dialogue, dialogue->commands, &line);
}

uint32_t dialogue_reply_code(const struct text_part *line)
{
	struct text_part digits = *line;
	uint64_t code;

	digits.length = 3;
	if (line->length < 3 || !part_number(&digits, 999, &code))
		return 0;
	if (line->length > 3 && line->bytes[3] != ' ' && line->bytes[3] != '-')
		return 0;
	return (uint32_t)code;
}

static bool is_start(const uint8_t *standing, uint32_t size)
{
	while (size && !standing[size - 1])
		size--;
	return !size;
}

void dialogue_standing(struct dissection *d, const void *kept, void *now, uint32_t size)
{
	const void *standing = kept ? kept : recall(d, FACT_OWN, NULL);

	if (!standing)
		return;
	memcpy(now, standing, size);
	if (!kept || is_start(kept, size))
		return;
	void *fact = learn(d, FACT_OWN, size);
	if (fact)
		memcpy(fact, kept, size);
}
