/* arp_statistic.c - -z arp,exchanges and -z arp,addresses: ARP over time. */
#include <string.h>

#include "base/glyph.h"
#include "base/span.h"
#include "dissect/address.h"
#include "session/arp_table.h"
#include "tally_statistic.h"

enum arp_variant { ARP_EXCHANGES, ARP_ADDRESSES };

static const char rule[] = "=============================================================="
			   "==============================================\n";

static void *begin_arp(unsigned variant)
{
	(void)variant;
	return arp_table_new();
}

static void print_exchange(const struct arp_exchange *exchange, FILE *out)
{
	char asker[ADDRESS_TEXT_ROOM], target[ADDRESS_TEXT_ROOM], mac[ADDRESS_TEXT_ROOM];
	char answer[ADDRESS_TEXT_ROOM] = "-", took[SPAN_ROOM] = "-", note[ARP_TEXT_ROOM];

	address_text_ipv4(exchange->asker, asker);
	address_text_ether(exchange->asker_mac, mac);
	address_text_ipv4(exchange->target, target);
	if (!exchange->answered && exchange->kind != ARP_ANNOUNCEMENT)
		strcpy(answer, "no reply");
	if (exchange->answered)
		address_text_ether(exchange->answer_mac, answer);
	if (exchange->took_ns >= 0)
		span_short(exchange->took_ns, took);
	arp_note_text(exchange, note);
	int width = 9 + (int)strlen(took) - text_columns(took); /* a "µ" is two bytes */
	fprintf(out, "%8u %13.6f  %-12s  %-15s  %-17s  %-15s  %-17s  %*s  %s\n", exchange->asked,
		(double)exchange->since_ns / 1e9, arp_kind_text(exchange), asker, mac, target,
		answer, width, took, *note ? note : "-");
}

static void print_exchanges(const struct arp_table *table, FILE *out)
{
	fprintf(out, "%8s %13s  %-12s  %-15s  %-17s  %-15s  %-17s  %9s  %s\n", "Packet", "Time",
		"What", "Sender", "MAC", "Asked for", "Answer", "Took", "Note");
	for (uint32_t i = 0; i < arp_exchanges_count(table); i++)
		print_exchange(arp_exchange(table, i), out);
}

static void print_binding(const struct arp_table *table, const struct arp_binding *binding,
			  FILE *out)
{
	char address[ADDRESS_TEXT_ROOM], mac[ADDRESS_TEXT_ROOM], other[ADDRESS_TEXT_ROOM] = "-";

	address_text_ipv4(binding->address, address);
	address_text_ether(binding->mac, mac);
	if (binding->other)
		address_text_ether(arp_binding(table, binding->other - 1)->mac, other);
	fprintf(out, "%-15s  %-17s %13.6f %13.6f %8u %8u %9u %9u  %s\n", address, mac,
		(double)binding->first_ns / 1e9, (double)binding->last_ns / 1e9, binding->requests,
		binding->replies, binding->announcements, binding->conflicts, other);
}

static void print_addresses(const struct arp_table *table, FILE *out)
{
	fprintf(out, "%-15s  %-17s %13s %13s %8s %8s %9s %9s  %s\n", "Address", "MAC", "First",
		"Last", "Requests", "Replies", "Announced", "Conflicts", "Before it");
	for (uint32_t i = 0; i < arp_bindings_count(table); i++)
		print_binding(table, arp_binding(table, i), out);
}

static void print_arp(const void *counts, unsigned variant, const char *filter,
		      struct session *session, FILE *out)
{
	(void)session;
	fprintf(out, "%s%s\nFilter:%s\n", rule,
		variant == ARP_EXCHANGES ? "ARP Exchanges" : "ARP Addresses",
		*filter ? filter : "<No Filter>");
	if (variant == ARP_EXCHANGES)
		print_exchanges(counts, out);
	else
		print_addresses(counts, out);
	fputs(rule, out);
}

static void end_arp(void *counts)
{
	arp_table_free(counts);
}

const struct statistic arp_statistics[] = {
	TALLY_STATISTIC("arp,addresses", "which station had which address, from when until when",
			&arp_table_counter, ARP_ADDRESSES, begin_arp, print_arp, end_arp),
	TALLY_STATISTIC("arp,exchanges",
			"ARP's requests with their answers, probes, announcements, conflicts",
			&arp_table_counter, ARP_EXCHANGES, begin_arp, print_arp, end_arp),
	{ .name = NULL },
};
