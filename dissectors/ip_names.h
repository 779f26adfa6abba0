/* ip_names.h - names of values that IPv4, IPv6 and what they carry share. */
#ifndef DISSECTORS_IP_NAMES_H
#define DISSECTORS_IP_NAMES_H

#include "dissect/field.h"

enum ip_protocol {
	IP_PROTO_HOPOPTS = 0, IP_PROTO_ICMP = 1, IP_PROTO_IGMP = 2, IP_PROTO_IPV4 = 4,
	IP_PROTO_TCP = 6, IP_PROTO_UDP = 17, IP_PROTO_IPV6 = 41, IP_PROTO_ROUTING = 43,
	IP_PROTO_FRAGMENT = 44, IP_PROTO_ESP = 50, IP_PROTO_AH = 51, IP_PROTO_ICMPV6 = 58,
	IP_PROTO_NONE = 59, IP_PROTO_DSTOPTS = 60, IP_PROTO_PIM = 103, IP_PROTO_MOBILITY = 135, IP_PROTO_HIP = 139,
	IP_PROTO_SHIM6 = 140,
};

extern const struct value_name ip_protocol_names[], ip_dscp_names[], ip_ecn_names[];
extern const struct value_name ip_quick_start_function_names[], ip_quick_start_rate_names[];
extern const struct value_name address_family_names[];
extern const struct value_name set_names[], yes_names[], true_names[];

/* "AF11", "Not-ECT", "UDP": for labels; never NULL. */
const char *dscp_short_name(unsigned dscp);
const char *ecn_short_name(unsigned ecn);
const char *ip_protocol_name(unsigned protocol);

#endif
