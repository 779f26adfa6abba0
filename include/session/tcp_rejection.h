/* tcp_rejection.h - what ICMP said of a SYN that did not arrive (RFC 1122, 4.2.3.9). */
#ifndef SESSION_TCP_REJECTION_H
#define SESSION_TCP_REJECTION_H

#include <stdbool.h>
#include <stdint.h>

#include "session/session.h"
#include "state/conversation.h"

struct tcp_rejection {
	uint32_t packet;   /* 0: ICMP said nothing */
	const char *words; /* its Info, as long as the port keeps it */
	bool is_final;	   /* no use in trying again: nobody listens, or somebody forbids it */
};

/* Reads it for a connection; through the port, which has to be of the same session. */
struct tcp_rejection tcp_rejection_of(const struct conversation *talk, struct view_port *port);

#endif
