/* arp_table.h - ARP over time: who asked and who answered when, and which station had which
 * address.
 *
 * Only ARP for IPv4 over Ethernet counts (RFC 826, RFC 5227). */
#ifndef SESSION_ARP_TABLE_H
#define SESSION_ARP_TABLE_H

#include "session/tally.h"

enum { ARP_ROWS_LIMIT = 1 << 20 };

enum arp_kind {
	ARP_REQUEST,
	ARP_PROBE,	  /* is the address in use?  Asked without having one */
	ARP_ANNOUNCEMENT, /* gratuitous: sender and target are the same */
	ARP_REPLY,	  /* nobody here had asked for it */
	ARP_KINDS
};

struct arp_exchange {
	uint32_t asked, answered;  /* packets; answered 0: not; of ARP_REPLY both are the reply's */
	int64_t since_ns, took_ns; /* took_ns: -1 without an answer */
	uint32_t asker, target;	   /* IPv4 */
	uint8_t asker_mac[6], answer_mac[6];
	uint8_t kind;	   /* enum arp_kind */
	uint32_t answers;  /* more than 1: others answered too */
	uint32_t conflict; /* the packet that shows the address with another station; 0: none */
};

/* That a station had an address. */
struct arp_binding {
	uint32_t address; /* IPv4 */
	uint8_t mac[6];
	uint32_t first, last; /* packets that say so */
	int64_t first_ns, last_ns;
	uint32_t requests, replies, announcements; /* which the station sent */
	uint32_t conflicts;			   /* while another one had it */
	uint32_t other;				   /* binding before it with this address, + 1 */
};

struct arp_table;

struct arp_table *arp_table_new(void);
void arp_table_free(struct arp_table *table);
/* The state is a struct arp_table. */
extern const struct counter arp_table_counter;

/* In the order in which they began. */
uint32_t arp_exchanges_count(const struct arp_table *table);
const struct arp_exchange *arp_exchange(const struct arp_table *table, uint32_t n);
uint32_t arp_bindings_count(const struct arp_table *table);
const struct arp_binding *arp_binding(const struct arp_table *table, uint32_t n);

enum { ARP_TEXT_ROOM = 64 };

/* "request", "probe", "announcement", "reply" */
const char *arp_kind_text(const struct arp_exchange *exchange);
/* "conflict with #3, 2 replies", "not asked", "" */
const char *arp_note_text(const struct arp_exchange *exchange, char text[ARP_TEXT_ROOM]);
/* The packets of the exchange; what the station sent with the address. */
void arp_exchange_filter(const struct arp_exchange *exchange, char *text, size_t room);
void arp_binding_filter(const struct arp_binding *binding, char *text, size_t room);

#endif
