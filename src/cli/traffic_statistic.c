/* traffic_statistic.c - -z conv,TYPE and -z endpoints,TYPE. */
#include "print/traffic_text.h"
#include "tally_statistic.h"

static void *begin_traffic(unsigned layer)
{
	return traffic_new((enum traffic_layer)layer);
}

static void print_conv(const void *counts, unsigned layer, const char *filter,
		       struct session *session, FILE *out)
{
	(void)session;
	print_conversations(out, (enum traffic_layer)layer, filter, counts);
}

static void print_ends(const void *counts, unsigned layer, const char *filter,
		       struct session *session, FILE *out)
{
	(void)session;
	print_endpoints(out, (enum traffic_layer)layer, filter, counts);
}

static void end_traffic(void *counts)
{
	traffic_free(counts);
}

#define CONVERSATIONS(name, layer, of)                                                             \
	TALLY_STATISTIC(name, "conversations between " of ", the busiest first", &traffic_counter, \
			layer, begin_traffic, print_conv, end_traffic)
#define ENDPOINTS(name, layer, of)                                                                 \
	TALLY_STATISTIC(name, "what " of " sent and received, the busiest first",                  \
			&traffic_counter, layer, begin_traffic, print_ends, end_traffic)

const struct statistic traffic_statistics[] = {
	CONVERSATIONS("conv,eth", TRAFFIC_ETH, "Ethernet addresses"),
	CONVERSATIONS("conv,wlan", TRAFFIC_WLAN, "stations of IEEE 802.11"),
	CONVERSATIONS("conv,ip", TRAFFIC_IP, "IPv4 addresses"),
	CONVERSATIONS("conv,ipv6", TRAFFIC_IPV6, "IPv6 addresses"),
	CONVERSATIONS("conv,tcp", TRAFFIC_TCP, "TCP ports"),
	CONVERSATIONS("conv,udp", TRAFFIC_UDP, "UDP ports"),
	ENDPOINTS("endpoints,eth", TRAFFIC_ETH, "Ethernet addresses"),
	ENDPOINTS("endpoints,wlan", TRAFFIC_WLAN, "stations of IEEE 802.11"),
	ENDPOINTS("endpoints,ip", TRAFFIC_IP, "IPv4 addresses"),
	ENDPOINTS("endpoints,ipv6", TRAFFIC_IPV6, "IPv6 addresses"),
	ENDPOINTS("endpoints,tcp", TRAFFIC_TCP, "TCP ports"),
	ENDPOINTS("endpoints,udp", TRAFFIC_UDP, "UDP ports"),
	{ .name = NULL },
};
