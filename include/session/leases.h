/* leases.h - how clients of DHCP came by their addresses: one row a transaction, RFC 2131, 3. */
#ifndef SESSION_LEASES_H
#define SESSION_LEASES_H

#include "session/tally.h"

enum { LEASES_LIMIT = 1 << 20, LEASE_STEPS = 12, LEASE_CLIENT = 16 };

enum lease_outcome {
	LEASE_NO_OFFER,	 /* nobody answered the Discover */
	LEASE_NOT_ASKED, /* an offer that was not taken up here */
	LEASE_NO_ANSWER, /* to a Request, an Inform, a request of BOOTP */
	LEASE_GRANTED,
	LEASE_REFUSED,	/* NAK */
	LEASE_DECLINED, /* the client found the address in use */
	LEASE_RELEASED,
	LEASE_INFORMED, /* an ACK to an Inform: no address */
	LEASE_ASSIGNED, /* by BOOTP, for good */
	LEASE_OUTCOMES
};

struct lease {
	uint32_t first, last; /* packets */
	uint32_t messages;
	uint32_t id;		      /* dhcp.id */
	int64_t since_ns, took_ns;    /* took_ns: from its beginning to the answer; -1: not known */
	uint8_t client[LEASE_CLIENT]; /* its hardware address */
	uint8_t client_length;	      /* at most LEASE_CLIENT */
	uint8_t outcome;	      /* enum lease_outcome */
	uint32_t address, server, relay; /* IPv4; 0: not said */
	uint32_t seconds;		 /* of the lease; 0: not said, UINT32_MAX: for ever */
	const char *name;		 /* what the client calls itself, as it came; "" */
	/* What was said, in order, each again only after another one: D(iscover) O(ffer) R(equest)
	 * A(CK) N(AK) I(nform) L (Release) X (Decline) B(OOTP request) b (its reply). */
	char steps[LEASE_STEPS + 1];
};

struct leases;

struct leases *leases_new(void);
void leases_free(struct leases *leases);
/* The state is a struct leases. */
extern const struct counter leases_counter;

/* In the order in which they began. */
uint32_t leases_count(const struct leases *leases);
const struct lease *leases_row(const struct leases *leases, uint32_t n);

enum { LEASE_TEXT_ROOM = 64 };

/* "leased for 3600 s", "refused", "no offer". */
const char *lease_outcome_text(const struct lease *lease, char text[LEASE_TEXT_ROOM]);
/* "02:00:00:00:00:0a", or digits if it is not of Ethernet's length. */
const char *lease_client_text(const struct lease *lease, char text[LEASE_TEXT_ROOM]);
/* "dhcp.id == 0x1234abcd && frame.number in {3..6}" */
void lease_filter(const struct lease *lease, char *text, size_t room);

#endif
