/* statistics_addresses.h - the tables of statistics about DHCP and ARP; private to src/ui. */
#ifndef UI_STATISTICS_ADDRESSES_H
#define UI_STATISTICS_ADDRESSES_H

#include "ui/statistics_screen.h"

enum lease_column {
	LEASE_PACKET,
	LEASE_TIME,
	LEASE_FOR,
	LEASE_ADDRESS,
	LEASE_SERVER,
	LEASE_SAID,
	LEASE_OUTCOME,
	LEASE_TOOK
};

enum arp_column {
	ARP_PACKET,
	ARP_TIME,
	ARP_WHAT,
	ARP_SENDER,
	ARP_ASKED_FOR,
	ARP_ANSWER,
	ARP_NOTE,
	ARP_TOOK
};

enum binding_column {
	BINDING_ADDRESS,
	BINDING_MAC,
	BINDING_FIRST,
	BINDING_LAST,
	BINDING_REQUESTS,
	BINDING_REPLIES,
	BINDING_ANNOUNCED,
	BINDING_CONFLICTS
};

/* For struct table. */
uint32_t count_leases(struct statistics_screen *s);
void lease_cell(const struct statistics_screen *s, uint32_t row, unsigned column,
		char text[TABLE_CELL_ROOM]);
double lease_key(const struct statistics_screen *s, uint32_t row, unsigned column);
uint32_t lease_packet(const struct statistics_screen *s, uint32_t row);
void lease_row_filter(const struct statistics_screen *s, uint32_t row, char text[TABLE_CELL_ROOM]);

uint32_t count_arp_exchanges(struct statistics_screen *s);
void arp_cell(const struct statistics_screen *s, uint32_t row, unsigned column,
	      char text[TABLE_CELL_ROOM]);
double arp_key(const struct statistics_screen *s, uint32_t row, unsigned column);
uint32_t arp_packet(const struct statistics_screen *s, uint32_t row);
void arp_row_filter(const struct statistics_screen *s, uint32_t row, char text[TABLE_CELL_ROOM]);

uint32_t count_arp_bindings(struct statistics_screen *s);
void binding_cell(const struct statistics_screen *s, uint32_t row, unsigned column,
		  char text[TABLE_CELL_ROOM]);
double binding_key(const struct statistics_screen *s, uint32_t row, unsigned column);
void binding_row_filter(const struct statistics_screen *s, uint32_t row,
			char text[TABLE_CELL_ROOM]);

#endif
