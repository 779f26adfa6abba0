/* statistics_addresses.c - how stations came by their addresses: leases of DHCP, and ARP. */
#include "statistics_addresses.h"

#include <stdio.h>

#include "base/span.h"
#include "dissect/address.h"

static void put_address(char text[TABLE_CELL_ROOM], uint32_t address)
{
	char words[ADDRESS_TEXT_ROOM];

	address_text_ipv4(address, words);
	snprintf(text, TABLE_CELL_ROOM, "%s", words);
}

static void put_mac(char text[TABLE_CELL_ROOM], const uint8_t mac[6])
{
	char words[ADDRESS_TEXT_ROOM];

	address_text_ether(mac, words);
	snprintf(text, TABLE_CELL_ROOM, "%s", words);
}

static void put_time(char text[TABLE_CELL_ROOM], int64_t ns)
{
	snprintf(text, TABLE_CELL_ROOM, "%.3f", (double)ns / 1e9);
}

static void put_span(char text[TABLE_CELL_ROOM], int64_t ns)
{
	char span[SPAN_ROOM];

	if (ns >= 0)
		snprintf(text, TABLE_CELL_ROOM, "%s", span_short(ns, span));
}

/* What did not come to an end took longer than anything. */
static double took_key(int64_t ns)
{
	return ns >= 0 ? (double)ns : 1e30;
}

/* --- leases --- */

uint32_t count_leases(struct statistics_screen *s)
{
	return leases_count(s->leases);
}

double lease_key(const struct statistics_screen *s, uint32_t row, unsigned column)
{
	const struct lease *lease = leases_row(s->leases, row);

	if (column == LEASE_TIME)
		return (double)lease->since_ns;
	return column == LEASE_TOOK ? took_key(lease->took_ns) : lease->first;
}

static void put_outcome(char text[TABLE_CELL_ROOM], const struct lease *lease)
{
	bool failed = lease->outcome == LEASE_NO_OFFER || lease->outcome == LEASE_NO_ANSWER ||
		      lease->outcome == LEASE_REFUSED || lease->outcome == LEASE_DECLINED;
	char outcome[LEASE_TEXT_ROOM];

	snprintf(text, TABLE_CELL_ROOM, "%s%s", failed ? "✗ " : "",
		 lease_outcome_text(lease, outcome));
}

void lease_cell(const struct statistics_screen *s, uint32_t row, unsigned column,
		char text[TABLE_CELL_ROOM])
{
	const struct lease *lease = leases_row(s->leases, row);
	char words[LEASE_TEXT_ROOM];

	text[0] = '\0';
	if (column == LEASE_PACKET)
		snprintf(text, TABLE_CELL_ROOM, "%u", lease->first);
	else if (column == LEASE_TIME)
		put_time(text, lease->since_ns);
	else if (column == LEASE_FOR)
		snprintf(text, TABLE_CELL_ROOM, "%s", lease_client_text(lease, words));
	else if (column == LEASE_ADDRESS)
		snprintf(text, TABLE_CELL_ROOM, "%s", lease_address_text(lease, words));
	else if (column == LEASE_SERVER)
		address_text(&lease->server, text);
	else if (column == LEASE_SAID)
		snprintf(text, TABLE_CELL_ROOM, "%s", lease->steps);
	else if (column == LEASE_OUTCOME)
		put_outcome(text, lease);
	else if (column == LEASE_TOOK)
		put_span(text, lease->took_ns);
}

uint32_t lease_packet(const struct statistics_screen *s, uint32_t row)
{
	return leases_row(s->leases, row)->first;
}

void lease_row_filter(const struct statistics_screen *s, uint32_t row, char text[TABLE_CELL_ROOM])
{
	lease_filter(leases_row(s->leases, row), text, TABLE_CELL_ROOM);
}

/* --- ARP: exchanges --- */

uint32_t count_arp_exchanges(struct statistics_screen *s)
{
	return arp_exchanges_count(s->arp);
}

double arp_key(const struct statistics_screen *s, uint32_t row, unsigned column)
{
	const struct arp_exchange *exchange = arp_exchange(s->arp, row);

	if (column == ARP_TIME)
		return (double)exchange->since_ns;
	return column == ARP_TOOK ? took_key(exchange->took_ns) : exchange->asked;
}

void arp_cell(const struct statistics_screen *s, uint32_t row, unsigned column,
	      char text[TABLE_CELL_ROOM])
{
	const struct arp_exchange *exchange = arp_exchange(s->arp, row);
	char note[ARP_TEXT_ROOM];

	text[0] = '\0';
	if (column == ARP_PACKET)
		snprintf(text, TABLE_CELL_ROOM, "%u", exchange->asked);
	else if (column == ARP_TIME)
		put_time(text, exchange->since_ns);
	else if (column == ARP_WHAT)
		snprintf(text, TABLE_CELL_ROOM, "%s", arp_kind_text(exchange));
	else if (column == ARP_SENDER)
		put_address(text, exchange->asker);
	else if (column == ARP_ASKED_FOR)
		put_address(text, exchange->target);
	else if (column == ARP_ANSWER && exchange->answered)
		put_mac(text, exchange->answer_mac);
	else if (column == ARP_ANSWER && exchange->kind != ARP_ANNOUNCEMENT)
		snprintf(text, TABLE_CELL_ROOM, "✗ no reply");
	else if (column == ARP_NOTE)
		snprintf(text, TABLE_CELL_ROOM, "%s", arp_note_text(exchange, note));
	else if (column == ARP_TOOK)
		put_span(text, exchange->took_ns);
}

uint32_t arp_packet(const struct statistics_screen *s, uint32_t row)
{
	return arp_exchange(s->arp, row)->asked;
}

void arp_row_filter(const struct statistics_screen *s, uint32_t row, char text[TABLE_CELL_ROOM])
{
	arp_exchange_filter(arp_exchange(s->arp, row), text, TABLE_CELL_ROOM);
}

/* --- ARP: who had which address --- */

uint32_t count_arp_bindings(struct statistics_screen *s)
{
	return arp_bindings_count(s->arp);
}

double binding_key(const struct statistics_screen *s, uint32_t row, unsigned column)
{
	const struct arp_binding *binding = arp_binding(s->arp, row);

	switch (column) {
	case BINDING_FIRST:
		return (double)binding->first_ns;
	case BINDING_LAST:
		return (double)binding->last_ns;
	case BINDING_REQUESTS:
		return binding->requests;
	case BINDING_REPLIES:
		return binding->replies;
	case BINDING_ANNOUNCED:
		return binding->announcements;
	default:
		return binding->conflicts;
	}
}

void binding_cell(const struct statistics_screen *s, uint32_t row, unsigned column,
		  char text[TABLE_CELL_ROOM])
{
	const struct arp_binding *binding = arp_binding(s->arp, row);

	if (column == BINDING_ADDRESS)
		put_address(text, binding->address);
	else if (column == BINDING_MAC)
		put_mac(text, binding->mac);
	else if (column == BINDING_FIRST)
		put_time(text, binding->first_ns);
	else if (column == BINDING_LAST)
		put_time(text, binding->last_ns);
	else
		snprintf(text, TABLE_CELL_ROOM, "%.0f", binding_key(s, row, column));
}

void binding_row_filter(const struct statistics_screen *s, uint32_t row, char text[TABLE_CELL_ROOM])
{
	arp_binding_filter(arp_binding(s->arp, row), text, TABLE_CELL_ROOM);
}
