/* registry.h - all dissectors and all fields, numbered; made once, before any thread. */
#ifndef DISSECT_REGISTRY_H
#define DISSECT_REGISTRY_H

#include <stdbool.h>
#include <stdint.h>

#include "dissect/dissector.h"

/* The list made from dissectors/list.mk; ends in NULL. */
extern const struct dissector *const dissector_table[];

/* Numbers dissectors and fields and fills the claim tables.  Later calls do nothing. */
void registry_build(void);

unsigned registry_dissector_count(void);
const struct dissector *registry_dissector(unsigned n);
/* NULL: no such protocol. */
const struct dissector *registry_dissector_named(const char *name);
/* The one that is given each packet, and the one that is given what nobody knows; may be NULL. */
const struct dissector *registry_root(void);
/* What shows a packet's comment, before the root. */
const struct dissector *registry_comment(void);
const struct dissector *registry_data(void);
/* -1: not in the table. */
int registry_dissector_id(const struct dissector *dissector);
/* Those that look at payload to find out whether it is theirs; ends in NULL. */
enum recognizers {
	RECOGNIZE_STREAM,
	RECOGNIZE_STREAM_BEGINNING, /* these and those that only look at a conversation's beginning */
	RECOGNIZE_DATAGRAM,
	RECOGNIZE_DATAGRAM_BEGINNING,
	RECOGNIZERS,
};
const struct dissector *const *registry_recognizers(enum recognizers which);

/* Before there are threads: who is given the key, whoever claims it; NULL: who claims it. */
void registry_choose(enum claim_table table, uint32_t key, const struct dissector *dissector);
/* The same for a protocol that is not to be dissected. */
void registry_switch(const struct dissector *dissector, bool on);
/* True of few, and mostly of none. */
bool registry_is_off(const struct dissector *dissector);

unsigned registry_field_count(void);
const struct field *registry_field(unsigned n);
/* The dissector in whose table the field stands. */
const struct dissector *registry_field_owner(unsigned n);
/* Which dissectors may show one of the fields, which are one bit each: one bit per dissector, as
 * registry_dissector_id() numbers them. */
void registry_showing(const uint8_t *fields, uint8_t *dissectors);
/* -1: no field or protocol has this name. */
int registry_field_named(const char *abbrev);
/* Registry number of a dissector's field 0. */
uint16_t registry_first_field(const struct dissector *dissector);

#endif
