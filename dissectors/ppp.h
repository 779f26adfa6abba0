/* ppp.h - what PPP's control protocols share: the header and the list of options
 * (RFC 1661, 5 and 6).
 *
 *      0           8           16               32
 *     +-----------+-----------+----------------+----------------
 *     |   code    | identifier|     length     | data or options
 *     +-----------+-----------+----------------+----------------
 */
#ifndef PPP_H
#define PPP_H

#include "dissect/dissector.h"

enum {
	PPP, PPP_ADDRESS, PPP_CONTROL, PPP_PROTOCOL, PPP_CODE, PPP_IDENTIFIER, PPP_LENGTH,
	PPP_OPTIONS, PPP_OPTION_NOTE,
};

enum {
	CONFIGURE_REQUEST = 1, CONFIGURE_ACK, CONFIGURE_NAK, CONFIGURE_REJECT, TERMINATE_REQUEST,
	TERMINATE_ACK, CODE_REJECT, PROTOCOL_REJECT, ECHO_REQUEST, ECHO_REPLY, DISCARD_REQUEST,
	IDENTIFICATION, TIME_REMAINING,
};

enum { OPTION_FIELDS = 4 };

/* An option's data: its fields one after the other; one of bytes or text takes the rest. */
struct ppp_option {
	uint8_t type;
	uint8_t smallest;               /* its whole length, at least */
	bool says_value;                /* its line tells the first field's value */
	const char *name;
	uint8_t fields[OPTION_FIELDS];  /* of the protocol; 0 ends them */
};

/* The fields that every option begins with, and the protocol's options, ended by a name of NULL. */
struct ppp_options {
	const struct ppp_option *table;
	unsigned tree, type, length;
};

extern const struct value_name ppp_code_names[], ppp_protocol_names[];
extern const struct dissector ppp_dissector;

/* Takes the header; *body is what its length says follows.  Returns the code; 0 after a fault. */
unsigned take_control_header(struct dissection *d, struct cursor *c, struct cursor *body);
void show_options(struct dissection *d, struct cursor *body, const struct ppp_options *options);

#endif
