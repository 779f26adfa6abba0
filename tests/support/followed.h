/* followed.h - what follows from the segments said so far, in words. */
#ifndef SUPPORT_FOLLOWED_H
#define SUPPORT_FOLLOWED_H

#include "session/follow.h"

/* The stream at work. */
extern struct follow *follow;

/* For cmocka: a capture to say segments into, and its end. */
int start(void **state);
int stop(void **state);

/* Data of either side, with the numbers of segments_handshake(). */
void client(uint32_t sequence, const char *text);
void server(uint32_t acknowledged, const char *text);

/* Follows stream 0 of what was said, from its beginning. */
void begin_follow(enum follow_kind kind);
void follow_in(struct session *session);
/* "> hello [3 lost]you\n< [4 cut]\n": the opener's turns, and the other's. */
const char *tell(void);
/* TCP stream 0, to its end. */
const char *followed(void);

#endif
