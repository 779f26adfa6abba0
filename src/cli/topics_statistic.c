/* topics_statistic.c - -z plen,tree and the other trees. */
#include "print/count_tree_text.h"
#include "session/count_trees.h"
#include "tally_statistic.h"

static const char *const titles[TOPICS_KINDS] = {
	[TOPICS_LENGTHS] = "Packet Lengths",
	[TOPICS_HOSTS] = "IPv4 Statistics/All Addresses",
	[TOPICS_SOURCES_AND_DESTINATIONS] = "IPv4 Statistics/Source and Destination Addresses",
	[TOPICS_PROTOCOLS] = "IPv4 Statistics/IP Protocol Types",
	[TOPICS_DESTINATIONS] = "IPv4 Statistics/Destinations and Ports",
	[TOPICS_HOSTS_IPV6] = "IPv6 Statistics/All Addresses",
	[TOPICS_SOURCES_AND_DESTINATIONS_IPV6] = "IPv6 Statistics/Source and Destination Addresses",
	[TOPICS_PROTOCOLS_IPV6] = "IPv6 Statistics/IP Protocol Types",
	[TOPICS_DESTINATIONS_IPV6] = "IPv6 Statistics/Destinations and Ports",
	[TOPICS_DNS] = "DNS",
	[TOPICS_HTTP] = "HTTP/Packet Counter",
	[TOPICS_HTTP_REQUESTS] = "HTTP/Requests",
	[TOPICS_HTTP_SERVERS] = "HTTP/Load Distribution",
	[TOPICS_HTTP_SEQUENCES] = "HTTP/Request Sequences",
};

static void *begin_topics(unsigned kind)
{
	return topics_new((enum topics_kind)kind);
}

static void print_topics(const void *counts, unsigned kind, const char *filter,
			 struct session *session, FILE *out)
{
	(void)filter;
	(void)session;
	print_count_tree(out, titles[kind], topics_tree(counts));
}

static void end_topics(void *counts)
{
	topics_free(counts);
}

#define TREE(name, kind, counter, meaning)                                                         \
	TALLY_STATISTIC(name, meaning, counter, kind, begin_topics, print_topics, end_topics)

const struct statistic topics_statistics[] = {
	TREE("dests,tree", TOPICS_DESTINATIONS, &addresses_counter,
	     "IPv4 packets by destination, protocol and port"),
	TREE("dns,tree", TOPICS_DNS, &dns_counter, "DNS messages by what they ask and answer"),
	TREE("http,tree", TOPICS_HTTP, &http_counter, "HTTP messages by method and status"),
	TREE("http_req,tree", TOPICS_HTTP_REQUESTS, &http_counter,
	     "HTTP requests by host and path"),
	TREE("http_seq,tree", TOPICS_HTTP_SEQUENCES, &http_sequences_counter,
	     "HTTP requests below the pages that refer or redirect to them"),
	TREE("http_srv,tree", TOPICS_HTTP_SERVERS, &http_counter,
	     "HTTP requests and responses by server"),
	TREE("ip_hosts,tree", TOPICS_HOSTS, &addresses_counter, "IPv4 packets by address"),
	TREE("ip_srcdst,tree", TOPICS_SOURCES_AND_DESTINATIONS, &addresses_counter,
	     "IPv4 packets by source and by destination"),
	TREE("ipv6_dests,tree", TOPICS_DESTINATIONS_IPV6, &addresses_counter,
	     "IPv6 packets by destination, protocol and port"),
	TREE("ipv6_hosts,tree", TOPICS_HOSTS_IPV6, &addresses_counter, "IPv6 packets by address"),
	TREE("ipv6_ptype,tree", TOPICS_PROTOCOLS_IPV6, &addresses_counter,
	     "IPv6 packets by the protocol that has ports"),
	TREE("ipv6_srcdst,tree", TOPICS_SOURCES_AND_DESTINATIONS_IPV6, &addresses_counter,
	     "IPv6 packets by source and by destination"),
	TREE("plen,tree", TOPICS_LENGTHS, &lengths_counter, "packets by length"),
	TREE("ptype,tree", TOPICS_PROTOCOLS, &addresses_counter,
	     "IPv4 packets by the protocol that has ports"),
	{ .name = NULL },
};
