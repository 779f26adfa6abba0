/* packet_set.h - some packets, by number, in order: marked ones, references of time. */
#ifndef BASE_PACKET_SET_H
#define BASE_PACKET_SET_H

#include <stdbool.h>
#include <stdint.h>

struct packet_set {
	uint32_t *numbers; /* zeroed: an empty set */
	uint32_t count, room;
};

bool packet_set_has(const struct packet_set *set, uint32_t number);
/* In, or out if it was in; true: it is in now. */
bool packet_set_toggle(struct packet_set *set, uint32_t number);
/* Numbers in rising order. */
void packet_set_add_all(struct packet_set *set, const uint32_t *numbers, uint32_t count);
/* The one nearest to `number` after it, before it, or at or before it; 0: there is none. */
uint32_t packet_set_after(const struct packet_set *set, uint32_t number);
uint32_t packet_set_before(const struct packet_set *set, uint32_t number);
uint32_t packet_set_until(const struct packet_set *set, uint32_t number);
void packet_set_free(struct packet_set *set);

#endif
