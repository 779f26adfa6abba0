/* field_look.h - one thread's way to values of chosen fields without taking packets apart. */
#ifndef SESSION_FIELD_LOOK_H
#define SESSION_FIELD_LOOK_H

#include "filter/field_glance.h"
#include "session/session.h"

struct field_look;

/* Session and list must outlive it. */
struct field_look *field_look_new(struct session *session, const struct chosen_fields *chosen);
void field_look_free(struct field_look *look);
/* Values as in glance_at_fields(); their bytes stay until the next call.  False: this packet has to
 * be taken apart. */
bool field_look_at(struct field_look *look, uint32_t packet, struct node *nodes, uint8_t *counts);

#endif
