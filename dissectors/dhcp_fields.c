/* dhcp_fields.c - the fields of DHCP, and the names of their values. */
#include "dhcp.h"
#include "ethertype.h"

const struct value_name dhcp_message_names[] = { { 1, "Discover" },
						 { 2, "Offer" },
						 { 3, "Request" },
						 { 4, "Decline" },
						 { 5, "ACK" },
						 { 6, "NAK" },
						 { 7, "Release" },
						 { 8, "Inform" },
						 { 9, "Force Renew" },
						 { 10, "Lease query" },
						 { 11, "Lease Unassigned" },
						 { 12, "Lease Unknown" },
						 { 13, "Lease Active" },
						 { 14, "Bulk Lease Query" },
						 { 15, "Lease Query Done" },
						 { 16, "Active LeaseQuery" },
						 { 17, "Lease Query Status" },
						 { 18, "TLS" },
						 { 0, NULL } };

static const struct value_name dhcp_node_names[] = {
	{ 1, "B-node" }, { 2, "P-node" }, { 4, "M-node" }, { 8, "H-node" }, { 0, NULL }
};

static const struct value_name dhcp_architecture_names[] = { { 0, "IA x86 PC" },
							     { 1, "NEC/PC98" },
							     { 2, "IA64 PC" },
							     { 3, "DEC Alpha" },
							     { 4, "ArcX86" },
							     { 5, "Intel Lean Client" },
							     { 6, "EFI IA32" },
							     { 7, "EFI x64" },
							     { 8, "EFI Xscale" },
							     { 9, "EFI BC" },
							     { 10, "ARM 32-bit UEFI" },
							     { 11, "ARM 64-bit UEFI" },
							     { 12, "PowerPC Open Firmware" },
							     { 13, "PowerPC ePAPR" },
							     { 14, "POWER OPAL v3" },
							     { 15, "x86 UEFI HTTP" },
							     { 16, "x64 UEFI HTTP" },
							     { 17, "EBC UEFI HTTP" },
							     { 18, "ARM 32-bit UEFI HTTP" },
							     { 19, "ARM 64-bit UEFI HTTP" },
							     { 20, "PC/AT HTTP" },
							     { 21, "ARM 32-bit uboot" },
							     { 22, "ARM 64-bit uboot" },
							     { 23, "ARM 32-bit uboot HTTP" },
							     { 24, "ARM 64-bit uboot HTTP" },
							     { 25, "RISC-V 32-bit UEFI" },
							     { 26, "RISC-V 32-bit UEFI HTTP" },
							     { 27, "RISC-V 64-bit UEFI" },
							     { 28, "RISC-V 64-bit UEFI HTTP" },
							     { 29, "RISC-V 128-bit UEFI" },
							     { 30, "RISC-V 128-bit UEFI HTTP" },
							     { 31, "s390 Basic" },
							     { 32, "s390 Extended" },
							     { 0, NULL } };

static const struct value_name dhcp_auto_names[] = { { 0, "DoNotAutoConfigure" },
						     { 1, "AutoConfigure" },
						     { 0, NULL } };

static const struct value_name dhcp_nonce_names[] = { { 1, "HMAC-MD5" }, { 0, NULL } };

static const struct value_name dhcp_state_names[] = { { 1, "Available" }, { 2, "Active" },
						      { 3, "Expired" },	  { 4, "Released" },
						      { 5, "Abandoned" }, { 6, "Reset" },
						      { 7, "Remote" },	  { 8, "Transitioning" },
						      { 0, NULL } };

static const struct value_name type_names[] = { { 1, "Boot Request" },
						{ 2, "Boot Reply" },
						{ 0, NULL } };

static const struct value_name overload_names[] = {
	{ 1, "Boot file name holds options" },
	{ 2, "Server host name holds options" },
	{ 3, "Boot file and server host names hold options" },
	{ 0, NULL }
};

static const struct value_name duid_names[] = { { 1, "link-layer address plus time" },
						{ 2,
						  "assigned by vendor based on Enterprise number" },
						{ 3, "link-layer address" },
						{ 0, NULL } };

static const struct value_name slp_da_names[] = { { 0, "Dynamic Discovery" },
						  { 1, "Static Discovery" },
						  { 128, "Backwards compatibility" },
						  { 0, NULL } };

static const struct value_name slp_scope_names[] = { { 0, "Preferred Scope" },
						     { 1, "Mandatory Scope" },
						     { 0, NULL } };

static const struct value_name auth_protocol_names[] = { { 0, "configuration token" },
							 { 1, "delayed authentication" },
							 { 0, NULL } };

static const struct value_name auth_delayed_names[] = { { 1, "HMAC_MD5" }, { 0, NULL } };

static const struct value_name rdm_names[] = { { 0, "Monotonically-increasing counter" },
					       { 0, NULL } };

static const struct value_name sip_names[] = { { 0, "Fully Qualified Domain Name" },
					       { 1, "IPv4 Address" },
					       { 0, NULL } };

static const struct value_name preference_names[] = {
	{ 0, "Medium" }, { 1, "High" }, { 2, "Reserved" }, { 3, "Low" }, { 0, NULL }
};

static const struct value_name status_names[] = { { 0, "Success" },	    { 1, "UpsecFail" },
						  { 2, "QueryTerminated" }, { 3, "MalformedQuery" },
						  { 4, "NotAllowed" },	    { 0, NULL } };

static const struct value_name civic_what_names[] = {
	{ 0, "Location of the DHCP server" },
	{ 1, "Location of the network element believed to be closest to the client" },
	{ 2, "Location of the client" },
	{ 0, NULL }
};

static const struct value_name civic_type_names[] = { { 0, "Language" },
						      { 1, "A1" },
						      { 2, "A2" },
						      { 3, "A3" },
						      { 4, "A4" },
						      { 5, "A5" },
						      { 6, "A6" },
						      { 16, "PRD (Leading street direction)" },
						      { 17, "POD (Trailing street suffix)" },
						      { 18, "STS (Street suffix)" },
						      { 19, "HNO (House number)" },
						      { 20, "HNS (House number suffix)" },
						      { 21, "LMK (Landmark or vanity address)" },
						      { 22,
							"LOC (Additional location information)" },
						      { 23, "NAM" },
						      { 24, "PC (Postal/ZIP code)" },
						      { 25, "BLD (Building)" },
						      { 26, "UNIT" },
						      { 27, "FLR (Floor)" },
						      { 28, "ROOM" },
						      { 29, "PLC (Place-type)" },
						      { 30, "PCN (Postal community name)" },
						      { 31, "POBOX" },
						      { 32, "ADDCODE (Additional Code)" },
						      { 33, "SEAT" },
						      { 34, "RD (Primary road or street)" },
						      { 35, "RDSEC (Road section)" },
						      { 36, "RDBR (Road branch)" },
						      { 37, "RDSUBBR (Road sub-branch)" },
						      { 38, "PRM (Road pre-modifier)" },
						      { 39, "POM (Road post-modifier" },
						      { 128, "Script" },
						      { 0, NULL } };

static const struct value_name dhcp_search_names[] = {
	{ 0, "Local naming information (e.g., an /etc/hosts file on a UNIX machine)" },
	{ 6, "Domain Name Server Option" },
	{ 41, "Network Information Servers Option" },
	{ 44, "NetBIOS over TCP/IP Name Server Option" },
	{ 65, "Network Information Service+ Servers Option" },
	{ 0, NULL }
};

/* Of those in IANA's list of enterprise numbers that vendor options carry. */
const struct value_name dhcp_enterprise_names[] = { { 9, "ciscoSystems" },
						    { 311, "Microsoft" },
						    { 3561,
						      "Broadband Forum (previously 'DSL Forum')" },
						    { 4491, "Cable Television Laboratories, Inc." },
						    { 30065, "Arista Networks, Inc." },
						    { 0, NULL } };

static const struct value_name dhcp_enabled_names[] = { { 0, "Disabled" },
							{ 1, "Enabled" },
							{ 0, NULL } };
static const struct value_name dhcp_yes_names[] = { { 0, "No" }, { 1, "Yes" }, { 0, NULL } };
static const struct value_name dhcp_source_names[] = { { 0, "Local" },
						       { 1, "Remote" },
						       { 0, NULL } };
static const struct value_name broadcast_names[] = { { 0, "Unicast" },
						     { 1, "Broadcast" },
						     { 0, NULL } };
static const struct value_name fqdn_s_names[] = { { 0, "Client" }, { 1, "Server" }, { 0, NULL } };
static const struct value_name fqdn_o_names[] = { { 0, "No override" },
						  { 1, "Override" },
						  { 0, NULL } };
static const struct value_name fqdn_e_names[] = { { 0, "ASCII encoding" },
						  { 1, "Binary encoding" },
						  { 0, NULL } };
static const struct value_name fqdn_n_names[] = { { 0, "Some server updates" },
						  { 1, "No server updates" },
						  { 0, NULL } };

#define PLAIN(code, enumerator, option, kind, dotted, title, values)                               \
	[DHCP_##enumerator] = { .abbrev = "dhcp.option." dotted,                                   \
				.name = title,                                                     \
				.type = (enum field_type)TYPE_OF_DHCP_##kind,                      \
				.base = DHCP_##kind == DHCP_HEX8 || DHCP_##kind == DHCP_HEX32      \
						? BASE_HEX                                         \
						: BASE_DEC,                                        \
				.names = values },

const struct field dhcp_fields[DHCP_FIELDS] = {
	[DHCP] = { "dhcp", "Dynamic Host Configuration Protocol", FIELD_PROTOCOL },
	[DHCP_BOOTP] = { "dhcp.bootp", "Frame is BOOTP", FIELD_BOOL,
			 .help = "No option says that this is DHCP" },
	[DHCP_TYPE] = { "dhcp.type", "Message type", FIELD_U8, .names = type_names },
	[DHCP_HW_TYPE] = { "dhcp.hw.type", "Hardware type", FIELD_U8, BASE_HEX, hardware_names },
	[DHCP_HW_LEN] = { "dhcp.hw.len", "Hardware address length", FIELD_U8 },
	[DHCP_HOPS] = { "dhcp.hops", "Hops", FIELD_U8, .help = "Each relay agent adds one" },
	[DHCP_ID] = { "dhcp.id", "Transaction ID", FIELD_U32, BASE_HEX,
		      .help = "The same in all messages of one exchange" },
	[DHCP_SECS] = { "dhcp.secs", "Seconds elapsed", FIELD_U16,
			.help = "Since the client began" },
	[DHCP_FLAGS] = { "dhcp.flags", "Bootp flags", FIELD_U16, BASE_HEX },
	[DHCP_FLAGS_BC] = { "dhcp.flags.bc", "Broadcast flag", FIELD_BOOL, .names = broadcast_names,
			    .mask = 0x8000, .bits = 16,
			    .help = "The client cannot receive unicast yet" },
	[DHCP_FLAGS_RESERVED] = { "dhcp.flags.reserved", "Reserved flags", FIELD_U16, BASE_HEX,
				  .mask = 0x7fff },
	[DHCP_IP_CLIENT] = { "dhcp.ip.client", "Client IP address", FIELD_IPV4,
			     .help = "If the client has one and can be reached by it" },
	[DHCP_IP_YOUR] = { "dhcp.ip.your", "Your (client) IP address", FIELD_IPV4,
			   .help = "What the server offers" },
	[DHCP_IP_SERVER] = { "dhcp.ip.server", "Next server IP address", FIELD_IPV4,
			     .help = "To boot from" },
	[DHCP_IP_RELAY] = { "dhcp.ip.relay", "Relay agent IP address", FIELD_IPV4 },
	[DHCP_HW_ADDR] = { "dhcp.hw.addr", "Client hardware address", FIELD_BYTES },
	[DHCP_HW_PADDING] = { "dhcp.hw.addr_padding", "Client hardware address padding",
			      FIELD_BYTES },
	[DHCP_HW_MAC] = { "dhcp.hw.mac_addr", "Client MAC address", FIELD_ETHER },
	[DHCP_SERVER] = { "dhcp.server", "Server host name", FIELD_TEXT },
	[DHCP_FILE] = { "dhcp.file", "Boot file name", FIELD_TEXT },
	[DHCP_COOKIE] = { "dhcp.cookie", "Magic cookie", FIELD_IPV4,
			  .help = "99.130.83.99 before options (RFC 2132, 2)" },
	[DHCP_VENDOR_OPTIONS] = { "dhcp.vendor_specific_options", "Bootp vendor specific options",
				  FIELD_BYTES },
	[DHCP_OPTION] = { "dhcp.option.type", "Option", FIELD_U8 },
	[DHCP_OPTION_LENGTH] = { "dhcp.option.length", "Length", FIELD_U8 },
	[DHCP_OPTION_VALUE] = { "dhcp.option.value", "Value", FIELD_BYTES },
	[DHCP_PADDING] = { "dhcp.option.padding", "Padding", FIELD_BYTES },
	[DHCP_END] = { "dhcp.option.end", "Option End", FIELD_U8 },
	[DHCP_OPTION_DHCP] = { "dhcp.option.dhcp", "DHCP", FIELD_U8, .names = dhcp_message_names },
	[DHCP_SUBOPTION_LENGTH] = { "dhcp.option.suboption_length", "Length", FIELD_U8 },
	[DHCP_REQUEST_ITEM] = { "dhcp.option.request_list_item", "Parameter Request List Item",
				FIELD_U8 },
	[DHCP_OVERLOAD] = { "dhcp.option.option_overload", "Option Overload", FIELD_U8,
			    .names = overload_names },
	[DHCP_OVERLOAD_TREE] = { "dhcp.option.overloaded", "Option overload", FIELD_NONE },
	[DHCP_POLICY_IP] = { "dhcp.option.policy_filter.ip", "IP Address", FIELD_IPV4 },
	[DHCP_POLICY_MASK] = { "dhcp.option.policy_filter.subnet_mask", "Subnet Mask", FIELD_IPV4 },
	[DHCP_ROUTE_IP] = { "dhcp.option.static_route.ip", "Destination IP Address", FIELD_IPV4 },
	[DHCP_ROUTE_ROUTER] = { "dhcp.option.static_route.router", "Destination Router",
				FIELD_IPV4 },
	[DHCP_CLIENT_ID_TYPE] = { "dhcp.client_id.type", "Type", FIELD_U8 },
	[DHCP_CLIENT_ID] = { "dhcp.client_id", "Identifier", FIELD_BYTES },
	[DHCP_CLIENT_ID_UUID] = { "dhcp.client_id.uuid", "Client Identifier (UUID)", FIELD_GUID },
	[DHCP_CLIENT_ID_TEXT] = { "dhcp.client_id.undef", "Client Identifier", FIELD_TEXT },
	[DHCP_CLIENT_IAID] = { "dhcp.client_id.iaid", "IAID", FIELD_TEXT,
			       .help = "Identity association (RFC 4361, 6.1)" },
	[DHCP_CLIENT_DUID_TYPE] = { "dhcp.client_id.duid_type", "DUID Type", FIELD_U16,
				    .names = duid_names },
	[DHCP_CLIENT_LLT_HW] = { "dhcp.client_id.duid_llt_hw_type", "Hardware type", FIELD_U16,
				 .names = hardware_names },
	[DHCP_CLIENT_LL_HW] = { "dhcp.client_id.duid_ll_hw_type", "Hardware type", FIELD_U16,
				.names = hardware_names },
	[DHCP_CLIENT_TIME] = { "dhcp.client_id.time", "Time", FIELD_U32,
			       .help = "Seconds since 2000 (RFC 8415, 11.2)" },
	[DHCP_CLIENT_LINK] = { "dhcp.client_id.link_layer_address", "Link layer address",
			       FIELD_TEXT },
	[DHCP_CLIENT_ENTERPRISE] = { "dhcp.client_id.enterprise_num", "Enterprise-number",
				     FIELD_U32, .names = dhcp_enterprise_names },
	[DHCP_USER_CLASS] = { "dhcp.option.user_class", "Instance of User Class", FIELD_U8 },
	[DHCP_USER_CLASS_LENGTH] = { "dhcp.option.user_class.length", "User Class Length",
				     FIELD_U8 },
	[DHCP_USER_CLASS_DATA] = { "dhcp.option.user_class.data", "User Class Data", FIELD_BYTES },
	[DHCP_USER_CLASS_TEXT] = { "dhcp.option.user_class.text", "User Class Data (Text)",
				   FIELD_TEXT },
	[DHCP_SLP_DA] = { "dhcp.option.slp_directory_agent.value", "Value", FIELD_U8,
			  .names = slp_da_names },
	[DHCP_SLP_ADDRESS] = { "dhcp.option.slp_directory_agent.slpda_address", "IP Address",
			       FIELD_IPV4 },
	[DHCP_SLP_SCOPE] = { "dhcp.option.slp_service_scope.value", "Value", FIELD_U8,
			     .names = slp_scope_names },
	[DHCP_SLP_STRING] = { "dhcp.option.slp_service_scope.string", "SLP Service Scope",
			      FIELD_TEXT },
	[DHCP_FQDN_FLAGS] = { "dhcp.fqdn.flags", "Flags", FIELD_U8, BASE_HEX },
	[DHCP_FQDN_MBZ] = { "dhcp.fqdn.mbz", "Reserved flags", FIELD_U8, BASE_HEX, .mask = 0xf0 },
	[DHCP_FQDN_N] = { "dhcp.fqdn.n", "Server DDNS", FIELD_BOOL, .names = fqdn_n_names,
			  .mask = 8 },
	[DHCP_FQDN_E] = { "dhcp.fqdn.e", "Encoding", FIELD_BOOL, .names = fqdn_e_names, .mask = 4 },
	[DHCP_FQDN_O] = { "dhcp.fqdn.o", "Server overrides", FIELD_BOOL, .names = fqdn_o_names,
			  .mask = 2 },
	[DHCP_FQDN_S] = { "dhcp.fqdn.s", "Server", FIELD_BOOL, .names = fqdn_s_names, .mask = 1 },
	[DHCP_FQDN_RCODE1] = { "dhcp.fqdn.rcode1", "A-RR result", FIELD_U8 },
	[DHCP_FQDN_RCODE2] = { "dhcp.fqdn.rcode2", "PTR-RR result", FIELD_U8 },
	[DHCP_FQDN_NAME] = { "dhcp.fqdn.name", "Client name", FIELD_TEXT },
	[DHCP_AUTH_PROTOCOL] = { "dhcp.option.dhcp_authentication.protocol", "Protocol", FIELD_U8,
				 .names = auth_protocol_names },
	[DHCP_AUTH_ALGORITHM] = { "dhcp.option.dhcp_authentication.algorithm", "Algorithm",
				  FIELD_U8 },
	[DHCP_AUTH_DELAYED] = { "dhcp.option.dhcp_authentication.alg_delay", "Delay Algorithm",
				FIELD_U8, .names = auth_delayed_names },
	[DHCP_AUTH_RDM] = { "dhcp.option.dhcp_authentication.rdm", "Replay Detection Method",
			    FIELD_U8, .names = rdm_names },
	[DHCP_AUTH_COUNTER] = { "dhcp.option.dhcp_authentication.rdm_replay_detection",
				"RDM Replay Detection Value", FIELD_U64, BASE_HEX },
	[DHCP_AUTH_VALUE] = { "dhcp.option.dhcp_authentication.rdm_rdv", "Replay Detection Value",
			      FIELD_TEXT },
	[DHCP_AUTH_SECRET] = { "dhcp.option.dhcp_authentication.secret_id", "Secret ID", FIELD_U32,
			       BASE_HEX },
	[DHCP_AUTH_HASH] = { "dhcp.option.dhcp_authentication.hmac_md5_hash", "HMAC MD5 Hash",
			     FIELD_BYTES },
	[DHCP_AUTH_INFORMATION] = { "dhcp.option.dhcp_authentication.information",
				    "Authentication Information", FIELD_TEXT },
	[DHCP_NDI_MAJOR] = { "dhcp.client_network_id.major_ver", "Major Version", FIELD_U8 },
	[DHCP_NDI_MINOR] = { "dhcp.client_network_id.minor_ver", "Minor Version", FIELD_U8 },
	[DHCP_CIVIC_WHAT] = { "dhcp.option.civic_location.what", "What", FIELD_U8,
			      .names = civic_what_names },
	[DHCP_CIVIC_COUNTRY] = { "dhcp.option.civic_location.country", "Country", FIELD_TEXT },
	[DHCP_CIVIC_TYPE] = { "dhcp.option.civic_location.ca_type", "CA Type", FIELD_U8,
			      .names = civic_type_names },
	[DHCP_CIVIC_LENGTH] = { "dhcp.option.civic_location.ca_length", "CA Length", FIELD_U8 },
	[DHCP_CIVIC_VALUE] = { "dhcp.option.civic_location.ca_value", "CA Value", FIELD_TEXT },
	[DHCP_SEARCH] = { "dhcp.option.dhcp_dns_domain_search_list_fqdn", "FQDN", FIELD_TEXT },
	[DHCP_SIP_ENCODING] = { "dhcp.option.sip_server.encoding", "SIP Server Encoding", FIELD_U8,
				.names = sip_names },
	[DHCP_SIP_NAME] = { "dhcp.option.sip_server.name", "SIP Server Name", FIELD_TEXT },
	[DHCP_SIP_ADDRESS] = { "dhcp.option.sip_server.address", "SIP Server Address", FIELD_IPV4 },
	[DHCP_CLASSLESS] = { "dhcp.option.classless_static_route", "Subnet/MaskWidth-Router",
			     FIELD_BYTES },
	[DHCP_VI_CLASS_ENTERPRISE] = { "dhcp.option.vi_class.enterprise", "Enterprise", FIELD_U32,
				       .names = dhcp_enterprise_names },
	[DHCP_VI_CLASS_LENGTH] = { "dhcp.option.vi_class.length", "Length", FIELD_U8 },
	[DHCP_VI_CLASS_DATA] = { "dhcp.option.vi_class.data", "Data", FIELD_TEXT },
	[DHCP_VI_ENTERPRISE] = { "dhcp.option.vi.enterprise", "Enterprise", FIELD_U32,
				 .names = dhcp_enterprise_names },
	[DHCP_VI_LENGTH] = { "dhcp.option.vi.length", "Length", FIELD_U8 },
	[DHCP_VI_VALUE] = { "dhcp.option.vi.value", "Value", FIELD_BYTES },
	[DHCP_RDNSS_PREFERENCE] = { "dhcp.option.rdnss.preference", "Preference", FIELD_U8,
				    .names = preference_names, .mask = 3 },
	[DHCP_RDNSS_PRIMARY] = { "dhcp.option.rdnss.primary_dns", "Primary DNS", FIELD_IPV4 },
	[DHCP_RDNSS_SECONDARY] = { "dhcp.option.rdnss.secondary_dns", "Secondary DNS", FIELD_IPV4 },
	[DHCP_RDNSS_DOMAIN] = { "dhcp.option.rdnss.domain", "Domains and networks", FIELD_TEXT },
	[DHCP_STATUS] = { "dhcp.option.bulk_lease.status_code", "Status Code", FIELD_U8,
			  .names = status_names },
	[DHCP_STATUS_MESSAGE] = { "dhcp.option.bulk_lease.status_code_message",
				  "Status Code Message", FIELD_TEXT },
	[DHCP_PORTS_OFFSET] = { "dhcp.option.portparams.offset", "Offset", FIELD_U8 },
	[DHCP_PORTS_LENGTH] = { "dhcp.option.portparams.psid_length", "PSID-Length", FIELD_U8 },
	[DHCP_PORTS_PSID] = { "dhcp.option.portparams.psid", "PSID", FIELD_BYTES },
	[DHCP_6RD_MASK] = { "dhcp.option.6RD.ipv4_mask_len", "6RD IPv4 Mask Length", FIELD_U8 },
	[DHCP_6RD_LENGTH] = { "dhcp.option.6RD.prefix_len", "6RD Prefix Length", FIELD_U8 },
	[DHCP_6RD_PREFIX] = { "dhcp.option.6RD.prefix", "6RD Prefix", FIELD_IPV6 },
	[DHCP_6RD_RELAY] = { "dhcp.option.6RD.border_relay_ip", "Border Relay IP", FIELD_IPV4 },
	[DHCP_LOST] = { "dhcp.option.lost_server_domain_name", "LoST Server Domain Name",
			FIELD_TEXT },
	[DHCP_RELAY_SUBOPTION] = { "dhcp.option.agent_information_option.suboption",
				   "Option 82 Suboption", FIELD_U8 },
	[DHCP_RELAY_VALUE] = { "dhcp.option.agent_information_option.value", "Value", FIELD_BYTES },
	[DHCP_RELAY_BSSID] = { "dhcp.option.agent_information_option.ani_ap_bssid",
			       "Access Point BSSID", FIELD_ETHER },
	DHCP_PLAIN_OPTIONS(PLAIN) DHCP_PLAIN_SUBOPTIONS(PLAIN)[DHCP_BAD_LENGTH] =
		FINDING("dhcp.bad_length", "length isn't right", EXPERT_ERROR, GROUP_PROTOCOL),
	[DHCP_PARSE_ERROR] =
		FINDING("dhcp.option.parse_err", "Parse error", EXPERT_ERROR, GROUP_PROTOCOL),
	[DHCP_SUBOPTION_INVALID] = FINDING("dhcp.suboption_invalid", "Invalid suboption",
					   EXPERT_ERROR, GROUP_PROTOCOL),
	[DHCP_SECS_LE] =
		FINDING("dhcp.secs_le", "Seconds elapsed appears to be encoded as little-endian",
			EXPERT_NOTE, GROUP_PROTOCOL),
	[DHCP_END_MISSING] = FINDING("dhcp.end_option_missing", "End option missing", EXPERT_ERROR,
				     GROUP_PROTOCOL),
	[DHCP_FILE_END_MISSING] =
		FINDING("dhcp.option.option_overload.file_end_missing",
			"file overload end option missing", EXPERT_ERROR, GROUP_PROTOCOL),
	[DHCP_SNAME_END_MISSING] =
		FINDING("dhcp.option.option_overload.sname_end_missing",
			"sname overload end option missing", EXPERT_ERROR, GROUP_PROTOCOL),
	[DHCP_SERVER_OVERLOADED] =
		FINDING("dhcp.server_name_overloaded_by_dhcp",
			"Server name option overloaded by DHCP", EXPERT_NOTE, GROUP_PROTOCOL),
	[DHCP_FILE_OVERLOADED] =
		FINDING("dhcp.boot_filename_overloaded_by_dhcp",
			"Boot file name option overloaded by DHCP", EXPERT_NOTE, GROUP_PROTOCOL),
	[DHCP_BAD_MASK_WIDTH] = FINDING("dhcp.option.classless_static.route", "Mask width > 32",
					EXPERT_ERROR, GROUP_PROTOCOL),
	[DHCP_BAD_SIP] = FINDING("dhcp.option.sip_server_address.encoding",
				 "RFC 3361 defines only 0 and 1 for Encoding byte", EXPERT_ERROR,
				 GROUP_PROTOCOL),
	[DHCP_NO_CLIENT_ADDRESS] = FINDING("dhcp.client_address_not_given",
					   "Client address not given", EXPERT_NOTE, GROUP_PROTOCOL),
	[DHCP_DUID_BAD] = FINDING("dhcp.malformed.duid", "DUID: malformed option", EXPERT_ERROR,
				  GROUP_PROTOCOL),
};
