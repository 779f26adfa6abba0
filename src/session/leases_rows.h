/* leases_rows.h - the rows that both versions of DHCP fill; private to src/session. */
#ifndef SESSION_LEASES_ROWS_H
#define SESSION_LEASES_ROWS_H

#include "base/arena.h"
#include "latest_rows.h"
#include "session/leases.h"
#include "topics.h"

enum lease_field {
	LEASE_LAYER,
	LEASE_KIND,
	LEASE_ID,
	LEASE_HARDWARE,
	LEASE_MAC,
	LEASE_CLIENT_ADDRESS,
	LEASE_YOUR_ADDRESS,
	LEASE_RELAY,
	LEASE_TYPE,
	LEASE_SERVER,
	LEASE_REQUESTED,
	LEASE_SECONDS,
	LEASE_NAME,
	LEASE6_LAYER,
	LEASE6_TYPE,
	LEASE6_ID,
	LEASE6_LINK,
	LEASE6_OPTION,
	LEASE6_DUID,
	LEASE6_ADDRESS,
	LEASE6_SECONDS,
	LEASE6_PREFIX,
	LEASE6_PREFIX_LENGTH,
	LEASE6_PREFIX_SECONDS,
	LEASE6_STATUS,
	LEASE6_NAME,
	LEASE_FIELDS
};

struct leases {
	uint16_t fields[LEASE_FIELDS]; /* registry numbers */
	uint8_t classes[PATH_LIMIT];   /* 0: not asked, 1: without, 2: DHCP, 3: DHCPv6 */
	struct lease *rows;
	uint32_t count, room;
	struct latest_rows latest; /* by what each version takes for a transaction */
	struct arena names;
};

/* A new row, or NULL if there are too many; it is not found by any key yet. */
struct lease *lease_begin(struct leases *leases, const struct tally_packet *packet);
bool lease_has_ended(const struct lease *lease);
void lease_add_step(struct lease *lease, char letter);
void lease_take_name(struct leases *leases, struct lease *lease, const struct node *name);

/* One message of DHCPv6. */
void leases_count_v6(struct leases *leases, const struct message *message,
		     const struct tally_packet *packet);

#endif
