/* leases_statistic.c - -z dhcp,leases: each transaction of DHCP as one row. */
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

static const char *ipv4_or_none(uint32_t address, char text[ADDRESS_TEXT_ROOM])
{
	if (address)
		address_text_ipv4(address, text);
	else
		strcpy(text, "-");
	return text;
}

static void print_lease(const struct lease *lease, FILE *out)
{
	char client[LEASE_TEXT_ROOM], outcome[LEASE_TEXT_ROOM], took[SPAN_ROOM] = "-";
	char address[ADDRESS_TEXT_ROOM], server[ADDRESS_TEXT_ROOM], relay[ADDRESS_TEXT_ROOM];
	char name[NAME_ROOM];

	if (lease->took_ns >= 0)
		span_short(lease->took_ns, took);
	text_clean(name, sizeof name, (const uint8_t *)lease->name, strlen(lease->name), true);
	int width = 9 + (int)strlen(took) - text_columns(took); /* a "µ" is two bytes */
	fprintf(out, "%8u %13.6f  0x%08x  %-17s  %-15s  %-15s  %-6s %5u  %*s  %s", lease->first,
		(double)lease->since_ns / 1e9, lease->id, lease_client_text(lease, client),
		ipv4_or_none(lease->address, address), ipv4_or_none(lease->server, server),
		lease->steps, lease->messages, width, took, lease_outcome_text(lease, outcome));
	if (lease->relay)
		fprintf(out, ", relayed by %s", ipv4_or_none(lease->relay, relay));
	if (*name)
		fprintf(out, ", to \"%s\"", name);
	fputc('\n', out);
}

static void print_leases(const void *counts, unsigned variant, const char *filter,
			 struct session *session, FILE *out)
{
	const struct leases *leases = counts;

	(void)variant;
	(void)session;
	fprintf(out, "%sDHCP Leases\nFilter:%s\n", rule, *filter ? filter : "<No Filter>");
	fprintf(out, "%8s %13s  %-10s  %-17s  %-15s  %-15s  %-6s %5s  %9s  %s\n", "Packet", "Time",
		"ID", "Client", "Address", "Server", "Steps", "Msgs", "Took", "Outcome");
	for (uint32_t i = 0; i < leases_count(leases); i++)
		print_lease(leases_row(leases, i), out);
	fputs(rule, out);
}

static void end_leases(void *counts)
{
	leases_free(counts);
}

const struct statistic leases_statistic = TALLY_STATISTIC(
	"dhcp,leases", "DHCP's transactions: who got which address, from whom, how it went",
	&leases_counter, 0, begin_leases, print_leases, end_leases);
