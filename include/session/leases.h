/* leases.h - how clients of DHCP came by their addresses: one row a transaction, RFC 2131, 3, and
 * RFC 8415, 18. */
#ifndef SESSION_LEASES_H
#define SESSION_LEASES_H

#include "dissect/address.h"
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
	LEASE_INFORMED,	 /* an ACK to an Inform: no address */
	LEASE_ASSIGNED,	 /* by BOOTP, for good */
	LEASE_CONFIRMED, /* DHCPv6: the addresses still belong to the link */
	LEASE_OUTCOMES
};

struct lease {
	uint32_t first, last; /* packets */
	uint32_t messages;
	uint32_t id, last_id;	      /* dhcp.id, dhcpv6.xid; what begins with a Solicit has two */
	int64_t since_ns, took_ns;    /* took_ns: from its beginning to the answer; -1: not known */
	uint8_t version;	      /* of IP: 4, 6 */
	uint8_t client[LEASE_CLIENT]; /* its hardware address, or the beginning of its DUID */
	uint8_t client_length;	      /* at most LEASE_CLIENT */
	uint8_t outcome;	      /* enum lease_outcome */
	uint8_t prefix;		      /* bits of an address that is a prefix; 0: it is none */
	/* ADDRESS_NONE: not said.  DHCPv6's servers by where they answer from, its relays by the
	 * link. */
	struct endpoint address, server, relay;
	uint32_t seconds;   /* of the lease; 0: not said, UINT32_MAX: for ever */
	const char *name;   /* what the client calls itself, as it came; "" */
	const char *status; /* why it was refused; "": not said */
	/* What was said, in order, each again only after another one: D(iscover) O(ffer) R(equest)
	 * A(CK) N(AK) I(nform) L (Release) X (Decline) B(OOTP request) b (its reply); in DHCPv6
	 * S(olicit) A(dvertise) R(equest) C(onfirm) N (Renew) B (Rebind) I(nformation) L X r(eply).
	 */
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

/* "leased for 3600 s", "refused", "refused: NoAddrAvail", "no offer". */
const char *lease_outcome_text(const struct lease *lease, char text[LEASE_TEXT_ROOM]);
/* "192.0.2.1", "2001:db8::/56", "". */
const char *lease_address_text(const struct lease *lease, char text[LEASE_TEXT_ROOM]);
/* "02:00:00:00:00:0a", or digits if it is not of Ethernet's length. */
const char *lease_client_text(const struct lease *lease, char text[LEASE_TEXT_ROOM]);
/* "dhcp.id == 0x1234abcd && frame.number in {3..6}", "dhcpv6.xid in {0x12, 0x34} && ..." */
void lease_filter(const struct lease *lease, char *text, size_t room);

#endif
