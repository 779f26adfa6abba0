/* scroll_map.h - where in the whole list something is: what the scroll bar shows beside the place. */
#ifndef UI_SCROLL_MAP_H
#define UI_SCROLL_MAP_H

#include <stdint.h>

struct app;

/* The weightier ones hide the others. */
enum scroll_sign { SIGN_NONE, SIGN_PROBLEM, SIGN_HIT, SIGN_MARK };

/* The worst that the first pass found, for so many packets at once. */
struct scroll_map {
	uint8_t *worst; /* enum expert_severity; zeroed: nothing was looked at */
	uint32_t room, looked_at; /* packets 1..looked_at were */
};

/* What is among rows from..end - 1. */
enum scroll_sign app_scroll_sign(struct app *app, uint32_t from, uint32_t end);
void scroll_map_forget(struct scroll_map *map);

#endif
