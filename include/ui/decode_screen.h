/* decode_screen.h - what the user says a port or a number is to be decoded as, and what of the
 * selected packet could be. */
#ifndef UI_DECODE_SCREEN_H
#define UI_DECODE_SCREEN_H

#include "dissect/decode_as.h"

enum { DECODE_RULES = 64, DECODE_OFFERS = 16 };

struct decode_screen {
	struct decode_rule rules[DECODE_RULES]; /* that hold, made in this run */
	unsigned rule_count;
	struct decode_rule offers[DECODE_OFFERS]; /* their dissectors are not set */
	unsigned offer_count;
	struct decode_rule chosen; /* the one that a protocol is chosen for */
	struct decode_rule recalled[DECODE_RULES]; /* of the last time: to be applied */
	unsigned recalled_count;
};

struct app;

/* "tcp.port==8888,http", as decode_rule_read() takes it. */
enum { DECODE_TEXT_ROOM = 200 };
void decode_rule_text(const struct decode_rule *rule, char text[DECODE_TEXT_ROOM]);
/* A rule of the last time, as text; what is none is left out. */
void decode_recall(struct decode_screen *decode, const char *text);
/* Applies those that were recalled. */
void app_decode_recalled(struct app *app);
/* ":decode-as tcp.port==8888,http" */
void app_decode_as(struct app *app, const char *text);

#endif
