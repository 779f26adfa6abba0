/* dialogue.h - protocols of text whose server speaks first, recognised by what both sides say. */
#ifndef DISSECTORS_DIALOGUE_H
#define DISSECTORS_DIALOGUE_H

#include "dissect/dissector.h"

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

#endif
