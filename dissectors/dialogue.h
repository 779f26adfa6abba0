/* dialogue.h - protocols of text whose server speaks first, recognised by what both sides say;
 * and what their dissectors have in common. */
#ifndef DISSECTORS_DIALOGUE_H
#define DISSECTORS_DIALOGUE_H

#include "dissect/text_line.h"

struct dialogue {
	const char *greeting; /* what the server's first line begins with */
	const char *const
		*names; /* one of them in that line names the protocol; NULL: it needs none */
	const char *const
		*openings; /* with what the client's first line tells it from others; NULL: */
	const char *const *commands; /* with any command that it may begin with */
	bool tagged;		     /* a word that the client chooses comes before the command */
};

/* For looks_like(): the side that was called speaks first, and names the protocol. */
bool dialogue_is_greeting(const struct dialogue *dialogue, const struct dissection *d,
			  const struct cursor *c);
/* For becomes_sure(): the caller's command tells what the greeting did not. */
bool dialogue_becomes_sure(const struct dialogue *dialogue, struct dissection *d,
			   const struct cursor *c);
/* For is_refuted(): the caller answers the greeting with what is no command. */
bool dialogue_is_refuted(const struct dialogue *dialogue, const struct dissection *d,
			 const struct cursor *c);

/* The three digits that a reply of SMTP or FTP begins with (RFC 5321, 4.2); 0: there are none. */
uint32_t dialogue_reply_code(const struct text_part *line);

/* Where the connection stands before a message, `size` bytes that are all 0 at its start: what the
 * first pass has `kept`, learnt as the message's FACT_OWN for later passes, which keep NULL.
 * Without either `now` stays as it is. */
void dialogue_standing(struct dissection *d, const void *kept, void *now, uint32_t size);

#endif
