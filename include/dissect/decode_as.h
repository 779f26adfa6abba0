/* decode_as.h - what the user says against the claims of dissectors: "tcp.port==8888,http".
 *
 * Rules and switched-off protocols change the registry, so they are set before there are threads
 * that dissect; a capture that was begun earlier must be scanned anew. */
#ifndef DISSECT_DECODE_AS_H
#define DISSECT_DECODE_AS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "dissect/dissector.h"

struct decode_layer {	   /* a kind of selector */
	const char *name;  /* "tcp.port" */
	const char *title; /* "TCP port" */
	enum claim_table table;
	uint32_t last_key;
};

/* In alphabetical order; the last one has no name. */
extern const struct decode_layer decode_layers[];

struct decode_rule {
	const struct decode_layer *layer;
	uint32_t first, last;		   /* keys */
	const struct dissector *dissector; /* NULL: who claims them is asked again */
};

/* LAYER==SELECTOR,PROTOCOL; a selector is "80", "0x50", "8000-8100" or "8000:3". */
bool decode_rule_read(struct decode_rule *rule, const char *text, struct error *error);
void decode_rule_apply(const struct decode_rule *rule);
/* Who can be chosen there: the n-th, in the order of the registry; NULL: no more. */
const struct dissector *decode_choice(const struct decode_layer *layer, unsigned n);

/* A protocol that is off is data.  Those that hold all others (frame) cannot be switched. */
bool protocol_switch(const char *name, bool on, struct error *error);
/* Only these, separated by commas, and what every packet needs. */
bool protocols_only(const char *names, struct error *error);

#endif
