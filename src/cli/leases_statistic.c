/* leases_statistic.c - -z dhcp,leases and dhcpv6,leases: each transaction as one row. */
#include <string.h>

#include "base/glyph.h"
#include "base/span.h"
#include "base/text.h"
#include "dissect/address.h"
#include "session/leases.h"
#include "tally_statistic.h"

enum { NAME_ROOM = 1024 };

static const char rule[] = "=============================================================="
			   "==============================================\n";

static void *begin_leases(unsigned variant)
{
	(void)variant;
	return leases_new();
}

/* The variants: versions of IP.  How wide addresses are, most of the time. */
enum { DHCP = 4, DHCPV6 = 6 };

static int address_width(unsigned variant)
{
	return variant == DHCP ? 15 : 24;
}

static void print_lease(const struct lease *lease, FILE *out)
{
	char client[LEASE_TEXT_ROOM], outcome[LEASE_TEXT_ROOM], took[SPAN_ROOM] = "-";
	char address[LEASE_TEXT_ROOM], server[ADDRESS_TEXT_ROOM], relay[ADDRESS_TEXT_ROOM];
	char name[NAME_ROOM];
	int digits = lease->version == DHCP ? 8 : 6, wide = address_width(lease->version);

	if (lease->took_ns >= 0)
		span_short(lease->took_ns, took);
	text_clean(name, sizeof name, (const uint8_t *)lease->name, strlen(lease->name), true);
	lease_address_text(lease, address);
	address_text(&lease->server, server);
	int width = 9 + (int)strlen(took) - text_columns(took); /* a "µ" is two bytes */
	fprintf(out, "%8u %13.6f  0x%0*x%*s  %-17s  %-*s  %-*s  %-6s %5u  %*s  %s", lease->first,
		(double)lease->since_ns / 1e9, digits, lease->id, 8 - digits, "",
		lease_client_text(lease, client), wide, *address ? address : "-", wide,
		*server ? server : "-", lease->steps, lease->messages, width, took,
		lease_outcome_text(lease, outcome));
	if (address_text(&lease->relay, relay))
		fprintf(out, ", relayed by %s", relay);
	if (*name)
		fprintf(out, ", to \"%s\"", name);
	fputc('\n', out);
}

static void print_leases(const void *counts, unsigned variant, const char *filter,
			 struct session *session, FILE *out)
{
	const struct leases *leases = counts;
	int wide = address_width(variant);

	(void)session;
	fprintf(out, "%s%s Leases\nFilter:%s\n", rule, variant == DHCP ? "DHCP" : "DHCPv6",
		*filter ? filter : "<No Filter>");
	fprintf(out, "%8s %13s  %-10s  %-17s  %-*s  %-*s  %-6s %5s  %9s  %s\n", "Packet", "Time",
		"ID", "Client", wide, "Address", wide, "Server", "Steps", "Msgs", "Took",
		"Outcome");
	for (uint32_t i = 0; i < leases_count(leases); i++)
		if (leases_row(leases, i)->version == variant)
			print_lease(leases_row(leases, i), out);
	fputs(rule, out);
}

static void end_leases(void *counts)
{
	leases_free(counts);
}

const struct statistic leases_statistic = TALLY_STATISTIC(
	"dhcp,leases", "DHCP's transactions: who got which address, from whom, how it went",
	&leases_counter, DHCP, begin_leases, print_leases, end_leases);
const struct statistic leases_v6_statistic =
	TALLY_STATISTIC("dhcpv6,leases", "the same of DHCPv6", &leases_counter, DHCPV6,
			begin_leases, print_leases, end_leases);
