/* dhcp.h - what the files of DHCP share: its fields, and the options that hold one kind of value.
 */
#ifndef DISSECTORS_DHCP_H
#define DISSECTORS_DHCP_H

#include "dissect/dissector.h"

enum dhcp_kind {
	DHCP_BYTES,	/* shown as dhcp.option.value alone */
	DHCP_ADDRESS,	/* one, also named in the option's line */
	DHCP_ADDRESSES, /* one or more */
	DHCP_TEXT,
	DHCP_BOOL,
	DHCP_U8,
	DHCP_U8S,
	DHCP_U16,
	DHCP_U16S,
	DHCP_HEX8,
	DHCP_HEX32,
	DHCP_SECONDS,
	DHCP_SIGNED_SECONDS,
	DHCP_EPOCH,   /* seconds since 1970 */
	DHCP_RAW,     /* bytes in a field of their own */
	DHCP_SPECIAL, /* an option with its own code */
};

enum {
	TYPE_OF_DHCP_ADDRESS = FIELD_IPV4,
	TYPE_OF_DHCP_ADDRESSES = FIELD_IPV4,
	TYPE_OF_DHCP_TEXT = FIELD_TEXT,
	TYPE_OF_DHCP_BOOL = FIELD_BOOL,
	TYPE_OF_DHCP_U8 = FIELD_U8,
	TYPE_OF_DHCP_U8S = FIELD_U8,
	TYPE_OF_DHCP_U16 = FIELD_U16,
	TYPE_OF_DHCP_U16S = FIELD_U16,
	TYPE_OF_DHCP_HEX8 = FIELD_U8,
	TYPE_OF_DHCP_HEX32 = FIELD_U32,
	TYPE_OF_DHCP_SECONDS = FIELD_U32,
	TYPE_OF_DHCP_SIGNED_SECONDS = FIELD_I32,
	TYPE_OF_DHCP_EPOCH = FIELD_TIME,
	TYPE_OF_DHCP_RAW = FIELD_BYTES,
};

/* X(code, enumerator, name, kind, field's name, its title, names of its values, sentence, section):
 * where the section is NULL, no RFC defines it. */
#define DHCP_PLAIN_OPTIONS(X)                                                                      \
	X(1, SUBNET_MASK, "Subnet Mask", ADDRESS, "subnet_mask", "Subnet Mask", NULL,              \
	  "Which bits of the address are the network's", "RFC 2132, 3")                            \
	X(2, TIME_OFFSET, "Time Offset", SIGNED_SECONDS, "time_offset", "Time Offset", NULL,       \
	  "Local time's distance from UTC", "RFC 2132, 3")                                         \
	X(3, ROUTER, "Router", ADDRESSES, "router", "Router", NULL,                                \
	  "A way out of the network, best first", "RFC 2132, 3")                                   \
	X(4, TIME_SERVER, "Time Server", ADDRESSES, "time_server", "Time Server", NULL,            \
	  "A server of the time protocol of RFC 868", "RFC 2132, 3")                               \
	X(5, NAME_SERVER, "Name Server", ADDRESSES, "name_server", "Name Server", NULL,            \
	  "A server of names of an older protocol, IEN 116", "RFC 2132, 3")                        \
	X(6, DNS_SERVER, "Domain Name Server", ADDRESSES, "domain_name_server",                    \
	  "Domain Name Server", NULL, "A server of DNS to ask", "RFC 2132, 3")                     \
	X(7, LOG_SERVER, "Log Server", ADDRESSES, "log_server", "Log Server", NULL,                \
	  "A server that keeps lines of logs", "RFC 2132, 3")                                      \
	X(8, QUOTES_SERVER, "Quotes Server", ADDRESSES, "quotes_server", "Quotes Server", NULL,    \
	  "A server of quotes of the day", "RFC 2132, 3")                                          \
	X(9, LPR_SERVER, "LPR Server", ADDRESSES, "lpr_server", "LPR Server", NULL,                \
	  "A server that prints", "RFC 2132, 3")                                                   \
	X(10, IMPRESS_SERVER, "Impress Server", ADDRESSES, "impress_server", "Impress Server",     \
	  NULL, "A server of Imagen Impress", "RFC 2132, 3")                                       \
	X(11, RESOURCE_SERVER, "Resource Location Server", ADDRESSES, "resource_location_server",  \
	  "Resource Location Server", NULL, "A server that knows where things are", "RFC 2132, 3") \
	X(12, HOSTNAME, "Host Name", TEXT, "hostname", "Host Name", NULL, "The client's own name", \
	  "RFC 2132, 3")                                                                           \
	X(13, BOOT_FILE_SIZE, "Boot File Size", U16, "boot_file_size", "Boot File Size", NULL,     \
	  "Blocks of 512 bytes of the file to boot", "RFC 2132, 3")                                \
	X(14, MERIT_DUMP_FILE, "Merit Dump File", TEXT, "merit_dump_file", "Merit Dump File",      \
	  NULL, "Where the client should put its memory if it crashes", "RFC 2132, 3")             \
	X(15, DOMAIN_NAME, "Domain Name", TEXT, "domain_name", "Domain Name", NULL,                \
	  "The domain in which the client looks for names without dots", "RFC 2132, 3")            \
	X(16, SWAP_SERVER, "Swap Server", ADDRESS, "swap_server", "Swap Server", NULL,             \
	  "The host with its swap", "RFC 2132, 3")                                                 \
	X(17, ROOT_PATH, "Root Path", TEXT, "root_path", "Root Path", NULL,                        \
	  "Where its root file system is", "RFC 2132, 3")                                          \
	X(18, EXTENSION_PATH, "Extensions Path", TEXT, "extension_path", "Extensions Path", NULL,  \
	  "A file with more options", "RFC 2132, 3")                                               \
	X(19, IP_FORWARDING, "IP Forwarding", BOOL, "ip_forwarding", "IP Forwarding",              \
	  dhcp_enabled_names, "Whether the client should pass packets on", "RFC 2132, 4")          \
	X(20, SOURCE_ROUTING, "Non-Local Source Routing", BOOL, "non_local_source_routing",        \
	  "Non-Local Source Routing", dhcp_enabled_names,                                          \
	  "Whether it should pass on what says its own way", "RFC 2132, 4")                        \
	X(22, REASSEMBLY_SIZE, "Maximum Datagram Reassembly Size", U16,                            \
	  "max_datagram_reassembly_size", "Maximum Datagram Reassembly Size", NULL,                \
	  "How long a packet it must be able to put together", "RFC 2132, 4")                      \
	X(23, DEFAULT_TTL, "Default IP Time-to-Live", U8, "default_ip_ttl",                        \
	  "Default IP Time-to-Live", NULL, "The time to live to begin with", "RFC 2132, 4")        \
	X(24, MTU_TIMEOUT, "Path MTU Aging Timeout", SECONDS, "path_mtu_aging_timeout",            \
	  "Path MTU Aging Timeout", NULL,                                                          \
	  "For how many seconds a path's longest packet is remembered", "RFC 2132, 4")             \
	X(25, MTU_PLATEAUS, "Path MTU Plateau Table", U16S, "path_mtu_plateau_table_item",         \
	  "Path MTU Plateau Table Item", NULL, "A length to try when a path takes less",           \
	  "RFC 2132, 4")                                                                           \
	X(26, INTERFACE_MTU, "Interface MTU", U16, "interface_mtu", "Interface MTU", NULL,         \
	  "The longest packet to send on this network", "RFC 2132, 5")                             \
	X(27, SUBNETS_LOCAL, "All Subnets are Local", BOOL, "all_subnets_are_local",               \
	  "All Subnets are Local", yes_names,                                                 \
	  "Whether all networks here take packets as long", "RFC 2132, 5")                         \
	X(28, BROADCAST, "Broadcast Address", ADDRESS, "broadcast_address", "Broadcast Address",   \
	  NULL, "The address that stands for all hosts here", "RFC 2132, 5")                       \
	X(29, MASK_DISCOVERY, "Perform Mask Discovery", BOOL, "perform_mask_discovery",            \
	  "Perform Mask Discovery", dhcp_enabled_names, "Whether to ask for the mask by ICMP",     \
	  "RFC 2132, 5")                                                                           \
	X(30, MASK_SUPPLIER, "Mask Supplier", BOOL, "mask_supplier", "Mask Supplier",              \
	  yes_names, "Whether to answer such questions", "RFC 2132, 5")                       \
	X(31, ROUTER_DISCOVERY, "Perform Router Discover", BOOL, "perform_router_discover",        \
	  "Perform Router Discover", dhcp_enabled_names, "Whether to ask for routers by ICMP",     \
	  "RFC 2132, 5")                                                                           \
	X(32, SOLICITATION, "Router Solicitation Address", ADDRESS, "router_solicitation_address", \
	  "Router Solicitation Address", NULL, "Where to ask for them", "RFC 2132, 5")             \
	X(34, TRAILERS, "Trailer Encapsulation", BOOL, "trailer_encapsulation",                    \
	  "Trailer Encapsulation", dhcp_enabled_names,                                             \
	  "Whether headers may stand behind the payload, as they once did", "RFC 2132, 6")         \
	X(35, ARP_TIMEOUT, "ARP Cache Timeout", SECONDS, "arp_cache_timeout", "ARP Cache Timeout", \
	  NULL, "For how many seconds ARP's answers are remembered", "RFC 2132, 6")                \
	X(36, ETHERNET, "Ethernet Encapsulation", BOOL, "ethernet_encapsulation",                  \
	  "Ethernet Encapsulation", dhcp_enabled_names,                                            \
	  "Whether frames have a length where Ethernet has a type", "RFC 2132, 6")                 \
	X(37, TCP_TTL, "TCP Default TTL", U8, "tcp_default_ttl", "TCP Default TTL", NULL,          \
	  "The time to live of segments", "RFC 2132, 7")                                           \
	X(38, TCP_KEEPALIVE, "TCP Keepalive Interval", SECONDS, "tcp_keepalive_interval",          \
	  "TCP Keepalive Interval", NULL,                                                          \
	  "After how many seconds without use a connection is probed", "RFC 2132, 7")              \
	X(39, TCP_GARBAGE, "TCP Keepalive Garbage", BOOL, "tcp_keepalive_garbage",                 \
	  "TCP Keepalive Garbage", dhcp_enabled_names,                                             \
	  "Whether probes have a byte of nothing, for old programs", "RFC 2132, 7")                \
	X(40, NIS_DOMAIN, "Network Information Service Domain", TEXT, "nis_domain",                \
	  "Network Information Service Domain", NULL, "The domain of NIS", "RFC 2132, 8")          \
	X(41, NIS_SERVER, "Network Information Service Servers", ADDRESSES, "nis_server",          \
	  "Network Information Service Server", NULL, "A server of NIS", "RFC 2132, 8")            \
	X(42, NTP_SERVER, "Network Time Protocol Servers", ADDRESSES, "ntp_server",                \
	  "Network Time Protocol Server", NULL, "A server that tells the time", "RFC 2132, 8")     \
	X(44, NETBIOS_SERVER, "NetBIOS over TCP/IP Name Server", ADDRESSES,                        \
	  "netbios_over_tcpip_name_server", "NetBIOS over TCP/IP Name Server", NULL,               \
	  "A server of NetBIOS names", "RFC 2132, 8")                                              \
	X(45, NETBIOS_DD, "NetBIOS over TCP/IP Datagram Distribution Name Server", ADDRESSES,      \
	  "netbios_over_tcpip_dd_name_server",                                                     \
	  "NetBIOS over TCP/IP Datagram Distribution Name Server", NULL,                           \
	  "A server that passes on NetBIOS datagrams", "RFC 2132, 8")                              \
	X(46, NETBIOS_NODE, "NetBIOS over TCP/IP Node Type", U8, "netbios_over_tcpip_node_type",   \
	  "NetBIOS over TCP/IP Node Type", dhcp_node_names, "How to look for NetBIOS names",       \
	  "RFC 2132, 8")                                                                           \
	X(47, NETBIOS_SCOPE, "NetBIOS over TCP/IP Scope", TEXT, "netbios_over_tcpip_scope",        \
	  "NetBIOS over TCP/IP Scope", NULL, "The scope of NetBIOS names", "RFC 2132, 8")          \
	X(48, X_FONT, "X Window System Font Server", ADDRESSES, "xwindows_system_font_server",     \
	  "X Window System Font Server", NULL, "A server of fonts", "RFC 2132, 8")                 \
	X(49, X_DISPLAY, "X Window System Display Manager", ADDRESSES,                             \
	  "xwindows_system_display_manager", "X Window System Display Manager", NULL,              \
	  "A host to log in on", "RFC 2132, 8")                                                    \
	X(50, REQUESTED_IP, "Requested IP Address", ADDRESS, "requested_ip_address",               \
	  "Requested IP Address", NULL, "The address that the client would like", "RFC 2132, 9")   \
	X(51, LEASE_TIME, "IP Address Lease Time", SECONDS, "ip_address_lease_time",               \
	  "IP Address Lease Time", NULL, "For how long the address is lent", "RFC 2132, 9")        \
	X(54, SERVER_ID, "DHCP Server Identifier", ADDRESS, "dhcp_server_id",                      \
	  "DHCP Server Identifier", NULL, "The server that speaks, or that is meant",              \
	  "RFC 2132, 9")                                                                           \
	X(56, MESSAGE, "Message", TEXT, "message", "Message", NULL,                                \
	  "Why it was refused, in words", "RFC 2132, 9")                                           \
	X(57, MAX_SIZE, "Maximum DHCP Message Size", U16, "dhcp_max_message_size",                 \
	  "Maximum DHCP Message Size", NULL, "How long a message the client takes", "RFC 2132, 9") \
	X(58, RENEWAL, "Renewal Time Value", SECONDS, "renewal_time_value", "Renewal Time Value",  \
	  NULL, "After how long the client should ask this server for more time", "RFC 2132, 9")   \
	X(59, REBINDING, "Rebinding Time Value", SECONDS, "rebinding_time_value",                  \
	  "Rebinding Time Value", NULL, "After how long it should ask any server", "RFC 2132, 9")  \
	X(60, VENDOR_CLASS, "Vendor class identifier", TEXT, "vendor_class_id",                    \
	  "Vendor class identifier", NULL, "What kind of client it is", "RFC 2132, 9")             \
	X(64, NISPLUS_DOMAIN, "Network Information Service+ Domain", TEXT, "nis_plus_domain",      \
	  "Network Information Service+ Domain", NULL, "The domain of NIS+", "RFC 2132, 8")        \
	X(65, NISPLUS_SERVER, "Network Information Service+ Servers", ADDRESSES,                   \
	  "nis_plus_server", "Network Information Service+ Server", NULL, "A server of NIS+",      \
	  "RFC 2132, 8")                                                                           \
	X(66, TFTP_NAME, "TFTP Server Name", TEXT, "tftp_server_name", "TFTP Server Name", NULL,   \
	  "The server of the file to boot", "RFC 2132, 9")                                         \
	X(67, BOOTFILE, "Bootfile name", TEXT, "bootfile_name", "Bootfile name", NULL,             \
	  "The file to boot", "RFC 2132, 9")                                                       \
	X(68, HOME_AGENT, "Mobile IP Home Agent", ADDRESSES, "mobile_ip_home_agent",               \
	  "Mobile IP Home Agent", NULL, "The agent of a host that is away", "RFC 2132, 8")         \
	X(69, SMTP_SERVER, "SMTP Server", ADDRESSES, "smtp_server", "SMTP Server", NULL,           \
	  "A server that takes mail", "RFC 2132, 8")                                               \
	X(70, POP3_SERVER, "POP3 Server", ADDRESSES, "pop3_server", "POP3 Server", NULL,           \
	  "A server that keeps mail", "RFC 2132, 8")                                               \
	X(71, NNTP_SERVER, "NNTP Server", ADDRESSES, "nntp_server", "NNTP Server", NULL,           \
	  "A server of news", "RFC 2132, 8")                                                       \
	X(72, WWW_SERVER, "Default WWW Server", ADDRESSES, "default_www_server",                   \
	  "Default WWW Server", NULL, "A server of pages", "RFC 2132, 8")                          \
	X(73, FINGER_SERVER, "Default Finger Server", ADDRESSES, "default_finger_server",          \
	  "Default Finger Server", NULL, "A server that knows about users", "RFC 2132, 8")         \
	X(74, IRC_SERVER, "Default IRC Server", ADDRESSES, "default_irc_server",                   \
	  "Default IRC Server", NULL, "A server of talks", "RFC 2132, 8")                          \
	X(75, STREETTALK, "StreetTalk Server", ADDRESSES, "streettalk_server",                     \
	  "StreetTalk Server", NULL, "A server of StreetTalk", "RFC 2132, 8")                      \
	X(76, STREETTALK_DA, "StreetTalk Directory Assistance Server", ADDRESSES,                  \
	  "streettalk_da_server", "StreetTalk Directory Assistance Server", NULL,                  \
	  "A directory of StreetTalk", "RFC 2132, 8")                                              \
	/* RFC 2241 */                                                                             \
	X(85, NDS_SERVERS, "Novell Directory Services Servers", ADDRESSES, "novell_dss.ip",        \
	  "IP Address", NULL, "A server of Novell's directory", "RFC 2241")                        \
	X(86, NDS_TREE, "Novell Directory Services Tree Name", TEXT, "novell_ds_tree_name",        \
	  "Novell Directory Services Tree Name", NULL, "The tree in it", "RFC 2241")               \
	X(87, NDS_CONTEXT, "Novell Directory Services Context", TEXT, "novell_ds_context",         \
	  "Novell Directory Services Context", NULL, "Where the client is in the tree",            \
	  "RFC 2241")                                                                              \
	/* RFC 4388 */                                                                             \
	X(91, LAST_TRANSACTION, "Client last transaction time", SECONDS,                           \
	  "client_last_transaction_time", "Client last transaction time", NULL,                    \
	  "How long ago the client last spoke to the server", "RFC 4388, 6.1")                     \
	X(92, ASSOCIATED_IP, "Associated IP option", ADDRESSES, "associated_ip_option",            \
	  "Associated IP option", NULL, "Another address of the same client", "RFC 4388, 6.1")     \
	/* RFC 4578 */                                                                             \
	X(93, ARCHITECTURE, "Client System Architecture", U16S, "client_system_architecture",      \
	  "Client System Architecture", dhcp_architecture_names, "What kind of machine it is",     \
	  "RFC 4578, 2.1")                                                                         \
	/* RFC 4833 */                                                                             \
	X(100, TZ_PCODE, "PCode", TEXT, "tz_pcode", "TZ PCode", NULL,                              \
	  "The time zone with its rules, as POSIX writes it", "RFC 4833, 2")                       \
	X(101, TZ_TCODE, "TCode", TEXT, "tz_tcode", "TZ TCode", NULL, "The time zone's name",      \
	  "RFC 4833, 2")                                                                           \
	X(112, NETINFO_ADDRESS, "NetInfo Parent Server Address", ADDRESSES,                        \
	  "netinfo_parent_server_address", "NetInfo Parent Server Address", NULL,                  \
	  "A server of NetInfo", NULL)                                                             \
	X(113, NETINFO_TAG, "NetInfo Parent Server Tag", TEXT, "netinfo_parent_server_tag",        \
	  "NetInfo Parent Server Tag", NULL, "Its tag", NULL)                                      \
	/* RFC 8910 */                                                                             \
	X(114, CAPTIVE_PORTAL, "DHCP Captive-Portal", TEXT, "captive_portal", "Captive Portal",    \
	  NULL, "Where the client learns whether it is let out", "RFC 8910, 2.1")                  \
	/* RFC 2563 */                                                                             \
	X(116, AUTO_CONFIGURATION, "DHCP Auto-Configuration", U8, "dhcp_auto_configuration",       \
	  "DHCP Auto-Configuration", dhcp_auto_names,                                              \
	  "Whether the client may choose an address by itself", "RFC 2563, 2")                     \
	/* RFC 2937 */                                                                             \
	X(117, NAME_SEARCH, "Name Service Search", U16S, "dhcp_name_service_search_option",        \
	  "Name Service", dhcp_search_names, "In which order to ask for names", "RFC 2937")        \
	/* RFC 3011 */                                                                             \
	X(118, SUBNET_SELECTION, "Subnet Selection Option", ADDRESSES, "subnet_selection_option",  \
	  "Subnet Selection Option", NULL, "The network that an address is wanted in", "RFC 3011") \
	/* RFC 5192, 5417, 6153 */                                                                 \
	X(136, PANA_AGENT, "PANA Authentication Agent", ADDRESSES, "pana_agent",                   \
	  "PAA IPv4 Address", NULL, "Who lets the client in", "RFC 5192")                          \
	X(138, CAPWAP, "CAPWAP Access Controllers", ADDRESSES, "capwap_access_controller",         \
	  "CAPWAP Access Controllers", NULL, "Who controls the access point", "RFC 5417")          \
	X(142, ANDSF, "IPv4 Address ANDSF", ADDRESSES, "andsf_server", "ANDSF Server", NULL,       \
	  "A server that knows which networks to use", "RFC 6153")                                 \
	/* RFC 6704 */                                                                             \
	X(145, FORCERENEW, "Forcerenew Nonce Capable", U8S, "forcerenew_nonce.algorithm",          \
	  "Algorithm", dhcp_nonce_names, "How a call to renew will be signed", "RFC 6704, 3")      \
	/* RFC 5859 */                                                                             \
	X(150, TFTP_ADDRESS, "TFTP Server Address", ADDRESSES, "tftp_server_address",              \
	  "TFTP Server Address", NULL, "The server of the file to boot", "RFC 5859")               \
	/* RFC 6926 */                                                                             \
	X(152, BASE_TIME, "Leasequery Base Time", EPOCH, "bulk_lease.base_time", "Base Time",      \
	  NULL, "When the server said so", "RFC 6926, 6.2")                                        \
	X(153, STATE_START, "Leasequery Start Time of State", SECONDS,                             \
	  "bulk_lease.start_time_of_state", "Start Time Of State", NULL, "Since when it is so",    \
	  "RFC 6926, 6.2")                                                                         \
	X(154, QUERY_START, "Leasequery Query Start Time", EPOCH, "bulk_lease.query_start_time",   \
	  "Query Start Time", NULL, "Only what changed after this is asked for", "RFC 6926, 6.2")  \
	X(155, QUERY_END, "Leasequery Query End Time", EPOCH, "bulk_lease.query_end_time",         \
	  "Query End Time", NULL, "Only what changed before this is asked for", "RFC 6926, 6.2")   \
	X(156, LEASE_STATE, "Leasequery Dhcp State", U8, "bulk_lease.dhcp_state", "Dhcp State",    \
	  dhcp_state_names, "What became of the address", "RFC 6926, 6.2")                         \
	X(157, DATA_SOURCE, "Leasequery Data Source", BOOL, "bulk_lease.data_source",              \
	  "Data Source", dhcp_source_names, "Who told the server", "RFC 6926, 6.2")                \
	/* RFC 8520 */                                                                             \
	X(161, MUD_URL, "Manufacturer Usage Description", TEXT, "mudurl", "MUDURL", NULL,          \
	  "Where the maker says what the device needs", "RFC 8520, 10")                            \
	/* RFC 5071 */                                                                             \
	X(209, PXE_CONFIG, "PXE Configuration file", TEXT, "pxe_config_file",                      \
	  "PXELINUX configuration file", NULL, "The file that tells a boot program what to do",    \
	  "RFC 5071")                                                                              \
	X(210, PXE_PREFIX, "PXE Path Prefix", TEXT, "pxe_path_prefix", "PXELINUX path prefix",     \
	  NULL, "What names of files begin with", "RFC 5071")                                      \
	X(252, PROXY, "Private/Proxy autodiscovery", TEXT, "private_proxy_autodiscovery",          \
	  "Private/Proxy autodiscovery", NULL, "Where a browser learns its proxy", NULL)

/* The same for the relay agent's (RFC 3046 and successors), and for PXE's and Novell's. */
#define DHCP_PLAIN_SUBOPTIONS(X)                                                                   \
	X(1, RELAY_CIRCUIT, "Agent Circuit ID", RAW, "agent_information_option.agent_circuit_id",  \
	  "Agent Circuit ID", NULL, "The port of the relay that the client is on", "RFC 3046, 2")  \
	X(2, RELAY_REMOTE, "Agent Remote ID", RAW, "agent_information_option.agent_remote_id",     \
	  "Agent Remote ID", NULL, "The client, as the relay knows it", "RFC 3046, 2")             \
	X(3, RELAY_RESERVED, "Reserved", RAW, "agent_information_option.reserved", "Reserved",     \
	  NULL, "Not used", "RFC 3046, 2")                                                         \
	X(4, RELAY_DOCSIS, "DOCSIS Device Class", HEX32,                                           \
	  "agent_information_option.docsis_device_class", "DOCSIS Device Class", NULL,             \
	  "What kind of cable device it is", "RFC 3256")                                           \
	X(5, RELAY_LINK, "Link selection", ADDRESS, "agent_information_option.link_selection",     \
	  "Link selection", NULL, "The network that an address is wanted in", "RFC 3527")          \
	X(6, RELAY_SUBSCRIBER, "Subscriber ID", TEXT, "agent_information_option.subscriber_id",    \
	  "Subscriber ID", NULL, "The customer", "RFC 3993")                                       \
	X(7, RELAY_RADIUS, "RADIUS Attributes", RAW, "agent_information_option.radius_attributes", \
	  "RADIUS Attributes", NULL, "What RADIUS says of the client", "RFC 4014")                 \
	X(8, RELAY_AUTHENTICATION, "Authentication", RAW,                                          \
	  "agent_information_option.authentication", "Authentication", NULL,                       \
	  "The relay's signature", "RFC 4030")                                                     \
	X(9, RELAY_VENDOR, "Vendor-Specific Information", RAW, "agent_information_option.vi",      \
	  "Vendor-Specific Information", NULL, "What the relay's maker says", "RFC 4243")          \
	X(10, RELAY_FLAGS, "Flags", HEX8, "agent_information_option.flags", "Flags", NULL,         \
	  "How the message came to the relay", "RFC 5010")                                         \
	X(11, RELAY_SERVER, "Server ID Override", ADDRESS,                                         \
	  "agent_information_option.server_id_override", "Server ID Override", NULL,               \
	  "Where the client should send what it has for the server", "RFC 5107")                   \
	X(12, RELAY_ID, "Relay Agent Identifier", RAW, "agent_information_option.relay_agent_id",  \
	  "Relay Agent Identifier", NULL, "The relay's own name", "RFC 6925")                      \
	X(13, RELAY_ATT, "Access Technology Type", U8S, "agent_information_option.ani_att",        \
	  "Access Technology Type", NULL, "By which technology the client came", "RFC 7839")       \
	X(14, RELAY_NETWORK, "Access Network Name", TEXT,                                          \
	  "agent_information_option.ani_network_name", "Access Network Name", NULL,                \
	  "The wireless network that it uses", "RFC 7839")                                         \
	X(15, RELAY_AP, "Access Point Name", TEXT, "agent_information_option.ani_ap_name",         \
	  "Access Point Name", NULL, "The access point", "RFC 7839")                               \
	X(17, RELAY_OPERATOR, "Access Network Operator ID", RAW,                                   \
	  "agent_information_option.ani_operator_id", "Access Network Operator ID", NULL,          \
	  "Who runs it, as a number", "RFC 7839")                                                  \
	X(18, RELAY_REALM, "Access Network Operator Realm", TEXT,                                  \
	  "agent_information_option.ani_operator_realm", "Access Network Operator Realm", NULL,    \
	  "Who runs it, as a domain", "RFC 7839")                                                  \
	X(150, RELAY_LINK_CISCO, "Link selection (Cisco proprietary)", ADDRESS,                    \
	  "agent_information_option.link_selection_cisco", "Link selection (Cisco proprietary)",   \
	  NULL, "The same, with Cisco's number", "RFC 3527")                                       \
	X(151, RELAY_VRF, "VRF name/VPN ID", RAW, "agent_information_option.vrf_name.vpn_id",      \
	  "VRF name/VPN ID", NULL, "The private network that the client is in", "RFC 6607")        \
	X(152, RELAY_SERVER_CISCO, "Server ID Override (Cisco proprietary)", ADDRESS,              \
	  "agent_information_option.server_id_override_cisco",                                     \
	  "Server ID Override (Cisco proprietary)", NULL, "The same, with Cisco's number",         \
	  "RFC 5107")

enum {
	DHCP,
	DHCP_BOOTP,
	DHCP_TYPE,
	DHCP_HW_TYPE,
	DHCP_HW_LEN,
	DHCP_HOPS,
	DHCP_ID,
	DHCP_SECS,
	DHCP_FLAGS,
	DHCP_FLAGS_BC,
	DHCP_FLAGS_RESERVED,
	DHCP_IP_CLIENT,
	DHCP_IP_YOUR,
	DHCP_IP_SERVER,
	DHCP_IP_RELAY,
	DHCP_HW_ADDR,
	DHCP_HW_PADDING,
	DHCP_HW_MAC,
	DHCP_SERVER,
	DHCP_FILE,
	DHCP_COOKIE,
	DHCP_VENDOR_OPTIONS,
	DHCP_OPTION,
	DHCP_OPTION_LENGTH,
	DHCP_OPTION_VALUE,
	DHCP_PADDING,
	DHCP_END,
	DHCP_OPTION_DHCP,
	DHCP_SUBOPTION_LENGTH,
	DHCP_REQUEST_ITEM,
	DHCP_OVERLOAD,
	DHCP_OVERLOAD_TREE,
	DHCP_POLICY_IP,
	DHCP_POLICY_MASK,
	DHCP_ROUTE_IP,
	DHCP_ROUTE_ROUTER,
	DHCP_CLIENT_ID_TYPE,
	DHCP_CLIENT_ID,
	DHCP_CLIENT_ID_UUID,
	DHCP_CLIENT_ID_TEXT,
	DHCP_CLIENT_IAID,
	DHCP_CLIENT_DUID_TYPE,
	DHCP_CLIENT_LLT_HW,
	DHCP_CLIENT_LL_HW,
	DHCP_CLIENT_TIME,
	DHCP_CLIENT_LINK,
	DHCP_CLIENT_ENTERPRISE,
	DHCP_USER_CLASS,
	DHCP_USER_CLASS_LENGTH,
	DHCP_USER_CLASS_DATA,
	DHCP_USER_CLASS_TEXT,
	DHCP_SLP_DA,
	DHCP_SLP_ADDRESS,
	DHCP_SLP_SCOPE,
	DHCP_SLP_STRING,
	DHCP_FQDN_FLAGS,
	DHCP_FQDN_MBZ,
	DHCP_FQDN_N,
	DHCP_FQDN_E,
	DHCP_FQDN_O,
	DHCP_FQDN_S,
	DHCP_FQDN_RCODE1,
	DHCP_FQDN_RCODE2,
	DHCP_FQDN_NAME,
	DHCP_AUTH_PROTOCOL,
	DHCP_AUTH_ALGORITHM,
	DHCP_AUTH_DELAYED,
	DHCP_AUTH_RDM,
	DHCP_AUTH_COUNTER,
	DHCP_AUTH_VALUE,
	DHCP_AUTH_SECRET,
	DHCP_AUTH_HASH,
	DHCP_AUTH_INFORMATION,
	DHCP_NDI_MAJOR,
	DHCP_NDI_MINOR,
	DHCP_CIVIC_WHAT,
	DHCP_CIVIC_COUNTRY,
	DHCP_CIVIC_TYPE,
	DHCP_CIVIC_LENGTH,
	DHCP_CIVIC_VALUE,
	DHCP_SEARCH,
	DHCP_SIP_ENCODING,
	DHCP_SIP_NAME,
	DHCP_SIP_ADDRESS,
	DHCP_CLASSLESS,
	DHCP_VI_CLASS_ENTERPRISE,
	DHCP_VI_CLASS_LENGTH,
	DHCP_VI_CLASS_DATA,
	DHCP_VI_ENTERPRISE,
	DHCP_VI_LENGTH,
	DHCP_VI_VALUE,
	DHCP_RDNSS_PREFERENCE,
	DHCP_RDNSS_PRIMARY,
	DHCP_RDNSS_SECONDARY,
	DHCP_RDNSS_DOMAIN,
	DHCP_STATUS,
	DHCP_STATUS_MESSAGE,
	DHCP_PORTS_OFFSET,
	DHCP_PORTS_LENGTH,
	DHCP_PORTS_PSID,
	DHCP_6RD_MASK,
	DHCP_6RD_LENGTH,
	DHCP_6RD_PREFIX,
	DHCP_6RD_RELAY,
	DHCP_LOST,
	DHCP_RELAY_SUBOPTION,
	DHCP_RELAY_VALUE,
	DHCP_RELAY_BSSID,
#define ENUMERATOR(code, name, ...) DHCP_##name,
	DHCP_PLAIN_OPTIONS(ENUMERATOR) DHCP_PLAIN_SUBOPTIONS(ENUMERATOR)
#undef ENUMERATOR
		DHCP_BAD_LENGTH,
	DHCP_PARSE_ERROR,
	DHCP_SUBOPTION_INVALID,
	DHCP_SECS_LE,
	DHCP_END_MISSING,
	DHCP_FILE_END_MISSING,
	DHCP_SNAME_END_MISSING,
	DHCP_SERVER_OVERLOADED,
	DHCP_FILE_OVERLOADED,
	DHCP_AMBIGUOUS_ARCHITECTURE,
	DHCP_BAD_MASK_WIDTH,
	DHCP_BAD_SIP,
	DHCP_NO_CLIENT_ADDRESS,
	DHCP_DUID_BAD,
	DHCP_FIELDS,
};

extern const struct field dhcp_fields[DHCP_FIELDS];
extern const struct value_name dhcp_message_names[], dhcp_enterprise_names[];

/* What an option is called; "Unknown" is no answer. */
const char *dhcp_option_name(uint8_t code);
/* The value of an option as bytes; hidden where its fields say the same. */
void dhcp_add_value(struct dissection *d, const struct cursor *c, bool hidden);
/* The value of an option, in the tree that is open: all of the cursor. */
void dhcp_option_value(struct dissection *d, node_id tree, uint8_t code, struct cursor *c);
/* Options that say more than one value: dhcp_special.c.  False: the code is none of them. */
bool dhcp_special_value(struct dissection *d, uint8_t code, struct cursor *c);

#endif
