/* lldp_fields.c - LLDP's fields, and the names of its numbers (IEEE 802.1AB, and annexes of 802.1Q
 * and 802.3).
 */
#include "ip_names.h"
#include "lldp.h"

static const struct value_name type_names[] = {
	{ 0, "End of LLDPDU" },
	{ 1, "Chassis Id" },
	{ 2, "Port Id" },
	{ 3, "Time to Live" },
	{ 4, "Port Description" },
	{ 5, "System Name" },
	{ 6, "System Description" },
	{ 7, "System Capabilities" },
	{ 8, "Management Address" },
	{ 127, "Organization Specific" },
	{ 0, NULL },
};

static const struct value_name chassis_names[] = {
	{ 0, "Reserved" },	 { 1, "Chassis component" }, { 2, "Interface alias" },
	{ 3, "Port component" }, { 4, "MAC address" },	     { 5, "Network address" },
	{ 6, "Interface name" }, { 7, "Locally assigned" },  { 0, NULL },
};

static const struct value_name port_names[] = {
	{ 0, "Reserved" },	   { 1, "Interface alias" },  { 2, "Port component" },
	{ 3, "MAC address" },	   { 4, "Network address" },  { 5, "Interface name" },
	{ 6, "Agent circuit Id" }, { 7, "Locally assigned" }, { 0, NULL },
};

static const struct value_name interface_names[] = {
	{ 1, "Unknown" },
	{ 2, "ifIndex" },
	{ 3, "System port number" },
	{ 0, NULL },
};

static const struct value_name ieee8021_names[] = {
	{ 1, "Port VLAN ID" },
	{ 2, "Port and Protocol VLAN ID" },
	{ 3, "VLAN Name" },
	{ 4, "Protocol Identity" },
	{ 5, "VID Usage Digest" },
	{ 6, "Management VID" },
	{ 7, "Link Aggregation" },
	{ 8, "Congestion Notification" },
	{ 9, "ETS Configuration" },
	{ 10, "ETS Recommendation" },
	{ 11, "Priority Flow Control Configuration" },
	{ 12, "Application Protocol" },
	{ 13, "EVB" },
	{ 14, "CDCP" },
	{ 15, "Port extension" },
	{ 16, "Application VLAN" },
	{ 17, "LRP ECP Discovery" },
	{ 18, "LRP TCP Discovery" },
	{ 19, "Congestion Isolation" },
	{ 20, "Topology Recognition" },
	{ 0, NULL },
};

static const struct value_name ieee8023_names[] = {
	{ 1, "MAC/PHY Configuration/Status" },
	{ 2, "Power Via MDI" },
	{ 3, "Link Aggregation" },
	{ 4, "Maximum Frame Size" },
	{ 5, "EEE (Energy-Efficient Ethernet)" },
	{ 7, "IEEE 802.3br Additional Ethernet capabilities" },
	{ 0, NULL },
};

static const struct value_name aggregation_names[] = {
	{ 0, "Not specified" },
	{ 1, "From aggregation port" },
	{ 2, "From aggregator" },
	{ 3, "From single-port aggregator" },
	{ 0, NULL },
};

static const struct value_name mau_names[] = {
	{ 0, "other or unknown" },
	{ 1, "AUI - no internal MAU, view from AUI" },
	{ 2, "10Base5 - thick coax MAU" },
	{ 3, "Foirl - FOIRL MAU" },
	{ 4, "10Base2 - thin coax MAU" },
	{ 5, "10BaseT - UTP MAU" },
	{ 6, "10BaseFP - passive fiber MAU" },
	{ 7, "10BaseFB - sync fiber MAU" },
	{ 8, "10BaseFL - async fiber MAU" },
	{ 9, "10Broad36 - broadband DTE MAU" },
	{ 10, "10BaseTHD - UTP MAU, half duplex mode" },
	{ 11, "10BaseTFD - UTP MAU, full duplex mode" },
	{ 12, "10BaseFLHD - async fiber MAU, half duplex mode" },
	{ 13, "10BaseFLDF - async fiber MAU, full duplex mode" },
	{ 14, "10BaseT4 - 4 pair category 3 UTP" },
	{ 15, "100BaseTXHD - 2 pair category 5 UTP, half duplex mode" },
	{ 16, "100BaseTXFD - 2 pair category 5 UTP, full duplex mode" },
	{ 17, "100BaseFXHD - X fiber over PMT, half duplex mode" },
	{ 18, "100BaseFXFD - X fiber over PMT, full duplex mode" },
	{ 19, "100BaseT2HD - 2 pair category 3 UTP, half duplex mode" },
	{ 20, "100BaseT2DF - 2 pair category 3 UTP, full duplex mode" },
	{ 21, "1000BaseXHD - PCS/PMA, unknown PMD, half duplex mode" },
	{ 22, "1000BaseXFD - PCS/PMA, unknown PMD, full duplex mode" },
	{ 23, "1000BaseLXHD - Fiber over long-wavelength laser, half duplex mode" },
	{ 24, "1000BaseLXFD - Fiber over long-wavelength laser, full duplex mode" },
	{ 25, "1000BaseSXHD - Fiber over short-wavelength laser, half duplex mode" },
	{ 26, "1000BaseSXFD - Fiber over short-wavelength laser, full duplex mode" },
	{ 27, "1000BaseCXHD - Copper over 150-Ohm balanced cable, half duplex mode" },
	{ 28, "1000BaseCXFD - Copper over 150-Ohm balanced cable, full duplex mode" },
	{ 29, "1000BaseTHD - Four-pair Category 5 UTP, half duplex mode" },
	{ 30, "1000BaseTFD - Four-pair Category 5 UTP, full duplex mode" },
	{ 31, "10GigBaseX - X PCS/PMA, unknown PMD." },
	{ 32, "10GigBaseLX4 - X fiber over WWDM optics" },
	{ 33, "10GigBaseR - R PCS/PMA, unknown PMD." },
	{ 34, "10GigBaseER - R fiber over 1550 nm optics" },
	{ 35, "10GigBaseLR - R fiber over 1310 nm optics" },
	{ 36, "10GigBaseSR - R fiber over 850 nm optics" },
	{ 37, "10GigBaseW - W PCS/PMA, unknown PMD." },
	{ 38, "10GigBaseEW - W fiber over 1550 nm optics" },
	{ 39, "10GigBaseLW - W fiber over 1310 nm optics" },
	{ 40, "10GigBaseSW - W fiber over 850 nm optics" },
	{ 41, "10GBASE-CX4 - X copper over 8 pair 100-Ohm balanced cable" },
	{ 42, "2BASE-TL - Voice grade UTP copper, up to 2700m, optional PAF" },
	{ 43, "10PASS-TS - Voice grade UTP copper, up to 750m, optional PAF" },
	{ 44, "100BASE-BX10D - One single-mode fiber OLT, long wavelength, 10km" },
	{ 45, "100BASE-BX10U - One single-mode fiber ONU, long wavelength, 10km" },
	{ 46, "100BASE-LX10 - One single-mode fiber ONU, long wavelength, 10km" },
	{ 47, "1000BASE-BX10D - One single-mode fiber OLT, long wavelength, 10km" },
	{ 48, "1000BASE-BX10U - One single-mode fiber ONU, long wavelength, 10km" },
	{ 49, "1000BASE-LX10 - Two single-mode fiber, long wavelength, 10km" },
	{ 50, "1000BASE-PX10D - One single-mode fiber EPON OLT, 10km" },
	{ 51, "1000BASE-PX10U - One single-mode fiber EPON ONU, 10km" },
	{ 52, "1000BASE-PX20D - One single-mode fiber EPON OLT, 20km" },
	{ 53, "1000BASE-PX20U - One single-mode fiber EPON ONU, 20km" },
	{ 0, NULL },
};

static const struct value_name class_names[] = {
	{ 1, "0" }, { 2, "1" }, { 3, "2" }, { 4, "3" }, { 5, "4" }, { 0, NULL },
};

/* Of the organizations whose TLVs are taken apart, and of those that are often met. */
static const struct value_name oui_names[] = {
	{ 0x0080c2, "IEEE" },
	{ 0x00120f, "Ieee 802.3" },
	{ 0x0012bb, "Telecommunications Industry Association TR-41 Committee" },
	{ 0 },
};

static const struct value_name capable_names[] = { { 0, "Not capable" },
						   { 1, "Capable" },
						   { 0, NULL } };
static const struct value_name supported_names[] = { { 0, "Not supported" },
						     { 1, "Supported" },
						     { 0, NULL } };
static const struct value_name enabled_names[] = { { 0, "Disabled" },
						   { 1, "Enabled" },
						   { 0, NULL } };
static const struct value_name port_class_names[] = { { 0, "PD" }, { 1, "PSE" }, { 0, NULL } };

#define SAYS(words, where) .help = words, .reference = where

static const struct value_name media_names[] = {
	{ 1, "Media Capabilities" },
	{ 2, "Network Policy" },
	{ 3, "Location Identification" },
	{ 4, "Extended Power-via-MDI" },
	{ 5, "Inventory - Hardware Revision" },
	{ 6, "Inventory - Firmware Revision" },
	{ 7, "Inventory - Software Revision" },
	{ 8, "Inventory - Serial Number" },
	{ 9, "Inventory - Manufacturer Name" },
	{ 10, "Inventory - Model Name" },
	{ 11, "Inventory - Asset ID" },
	{ 0, NULL },
};

static const struct value_name media_class_names[] = {
	{ 0, "Type Not Defined" },   { 1, "Endpoint Class I" },	    { 2, "Endpoint Class II" },
	{ 3, "Endpoint Class III" }, { 4, "Network Connectivity" }, { 0, NULL },
};

static const struct value_name application_names[] = {
	{ 0, "Reserved" },
	{ 1, "Voice" },
	{ 2, "Voice Signaling" },
	{ 3, "Guest Voice" },
	{ 4, "Guest Voice Signaling" },
	{ 5, "Softphone Voice" },
	{ 6, "Video Conferencing" },
	{ 7, "Streaming Video" },
	{ 8, "Video Signaling" },
	{ 0, NULL },
};

static const struct value_name location_names[] = {
	{ 0, "Invalid " },
	{ 1, "Coordinate-based LCI" },
	{ 2, "Civic Address LCI" },
	{ 3, "ECS ELIN" },
	{ 0, NULL },
};

static const struct value_name altitude_names[] = {
	{ 1, "Meters" },
	{ 2, "Floors" },
	{ 0, NULL },
};

static const struct value_name civic_what_names[] = {
	{ 0, "Location of the DHCP server" },
	{ 1, "Location of the network element believed to be closest to the client" },
	{ 2, "Location of the client" },
	{ 0, NULL },
};

static const struct value_name civic_names[] = {
	{ 0, "Language" },
	{ 1, "National subdivisions (province, state, etc)" },
	{ 2, "County, parish, district" },
	{ 3, "City, township" },
	{ 4, "City division, borough, ward" },
	{ 5, "Neighborhood, block" },
	{ 6, "Street" },
	{ 16, "Leading street direction" },
	{ 17, "Trailing street suffix" },
	{ 18, "Street suffix" },
	{ 19, "House number" },
	{ 20, "House number suffix" },
	{ 21, "Landmark or vanity address" },
	{ 22, "Additional location information" },
	{ 23, "Name" },
	{ 24, "Postal/ZIP code" },
	{ 25, "Building" },
	{ 26, "Unit" },
	{ 27, "Floor" },
	{ 28, "Room number" },
	{ 29, "Place type" },
	{ 128, "Script" },
	{ 0, NULL },
};

static const struct value_name power_type_names[] = {
	{ 0, "PSE Device" }, { 1, "PD Device" }, { 2, "PSE Device" },
	{ 3, "PD Device" },  { 0, NULL },
};

static const struct value_name power_priority_names[] = {
	{ 0, "Unknown" }, { 1, "Critical" }, { 2, "High" }, { 3, "Low" }, { 0, NULL },
};

static const struct value_name policy_names[] = { { 0, "Defined" }, { 1, "Unknown" }, { 0, NULL } };

const struct field lldp_fields[LLDP_FIELDS] = {
	[LLDP] = { "lldp", "Link Layer Discovery Protocol", FIELD_PROTOCOL,
		   SAYS("Tells neighbours who and what a station is", "IEEE 802.1AB") },
	[LLDP_TLV] = { "lldp.tlv", "TLV", FIELD_NONE, .flags = FIELD_WORDS,
		       SAYS("A type, a length and a value", "IEEE 802.1AB, 8.4") },
	[LLDP_TLV_TYPE] = { "lldp.tlv.type", "TLV Type", FIELD_U16, .names = type_names,
			    .mask = 0xfe00, SAYS("What is told", "IEEE 802.1AB, 8.4.1") },
	[LLDP_TLV_LENGTH] = { "lldp.tlv.len", "TLV Length", FIELD_U16, .mask = 0x1ff,
			      SAYS("Bytes of the value", "IEEE 802.1AB, 8.4.2") },
	[LLDP_CHASSIS_SUBTYPE] = { "lldp.chassis.subtype", "Chassis Id Subtype", FIELD_U8,
				   .names = chassis_names,
				   SAYS("How the device names itself", "IEEE 802.1AB, 8.5.2") },
	[LLDP_CHASSIS_ID] = { "lldp.chassis.id", "Chassis Id", FIELD_BYTES,
			      SAYS("Names the device", "IEEE 802.1AB, 8.5.2") },
	[LLDP_CHASSIS_MAC] = { "lldp.chassis.id.mac", "Chassis Id", FIELD_ETHER,
			       SAYS("Names the device", "IEEE 802.1AB, 8.5.2") },
	[LLDP_CHASSIS_IP4] = { "lldp.chassis.id.ip4", "Chassis Id", FIELD_IPV4,
			       SAYS("Names the device", "IEEE 802.1AB, 8.5.2") },
	[LLDP_CHASSIS_IP6] = { "lldp.chassis.id.ip6", "Chassis Id", FIELD_IPV6,
			       SAYS("Names the device", "IEEE 802.1AB, 8.5.2") },
	[LLDP_PORT_SUBTYPE] = { "lldp.port.subtype", "Port Id Subtype", FIELD_U8,
				.names = port_names,
				SAYS("How the port is named", "IEEE 802.1AB, 8.5.3") },
	[LLDP_PORT_ID] = { "lldp.port.id", "Port Id", FIELD_TEXT,
			   SAYS("The port that this left by", "IEEE 802.1AB, 8.5.3") },
	[LLDP_PORT_MAC] = { "lldp.port.id.mac", "Port Id", FIELD_ETHER,
			    SAYS("The port that this left by", "IEEE 802.1AB, 8.5.3") },
	[LLDP_PORT_IP4] = { "lldp.port.id.ip4", "Port Id", FIELD_IPV4,
			    SAYS("The port that this left by", "IEEE 802.1AB, 8.5.3") },
	[LLDP_PORT_IP6] = { "lldp.port.id.ip6", "Port Id", FIELD_IPV6,
			    SAYS("The port that this left by", "IEEE 802.1AB, 8.5.3") },
	[LLDP_FAMILY] = { "lldp.network_address.subtype", "Network Address family", FIELD_U8,
			  .names = address_family_names,
			  SAYS("What kind of address follows", "IEEE 802.1AB, 8.5.2.3") },
	[LLDP_TIME_TO_LIVE] = { "lldp.time_to_live", "Seconds", FIELD_U16,
				SAYS("So long this holds; 0: the station leaves",
				     "IEEE 802.1AB, 8.5.4") },
	[LLDP_PORT_DESCRIPTION] = { "lldp.port.desc", "Port Description", FIELD_TEXT,
				    SAYS("The port, for people", "IEEE 802.1AB, 8.5.5") },
	[LLDP_SYSTEM_NAME] = { "lldp.tlv.system.name", "System Name", FIELD_TEXT,
			       SAYS("The device's name", "IEEE 802.1AB, 8.5.6") },
	[LLDP_SYSTEM_DESCRIPTION] = { "lldp.tlv.system.desc", "System Description", FIELD_TEXT,
				      SAYS("The device, for people", "IEEE 802.1AB, 8.5.7") },
	[LLDP_CAPABILITIES] = { "lldp.tlv.system_cap", "Capabilities", FIELD_U16, BASE_HEX,
				SAYS("What the device can be", "IEEE 802.1AB, 8.5.8") },
	[LLDP_CAPABILITIES + 1] = { "lldp.tlv.system_cap.other", "Other", FIELD_BOOL,
				    .names = capable_names, .mask = 0x1,
				    SAYS("Something else", "IEEE 802.1AB, 8.5.8") },
	[LLDP_CAPABILITIES + 2] = { "lldp.tlv.system_cap.repeater", "Repeater", FIELD_BOOL,
				    .names = capable_names, .mask = 0x2,
				    SAYS("Passes on what it hears", "IEEE 802.1AB, 8.5.8") },
	[LLDP_CAPABILITIES + 3] = { "lldp.tlv.system_cap.bridge", "Bridge", FIELD_BOOL,
				    .names = capable_names, .mask = 0x4,
				    SAYS("Switches frames", "IEEE 802.1AB, 8.5.8") },
	[LLDP_CAPABILITIES + 4] = { "lldp.tlv.system_cap.wlan_access_pt", "WLAN access point",
				    FIELD_BOOL, .names = capable_names, .mask = 0x8,
				    SAYS("Connects wireless stations", "IEEE 802.1AB, 8.5.8") },
	[LLDP_CAPABILITIES + 5] = { "lldp.tlv.system_cap.router", "Router", FIELD_BOOL,
				    .names = capable_names, .mask = 0x10,
				    SAYS("Routes packets", "IEEE 802.1AB, 8.5.8") },
	[LLDP_CAPABILITIES + 6] = { "lldp.tlv.system_cap.telephone", "Telephone", FIELD_BOOL,
				    .names = capable_names, .mask = 0x20,
				    SAYS("Is a telephone", "IEEE 802.1AB, 8.5.8") },
	[LLDP_CAPABILITIES + 7] = { "lldp.tlv.system_cap.docsis_cable_device",
				    "DOCSIS cable device", FIELD_BOOL, .names = capable_names,
				    .mask = 0x40, SAYS("Is a cable modem", "IEEE 802.1AB, 8.5.8") },
	[LLDP_CAPABILITIES +
		8] = { "lldp.tlv.system_cap.station_only", "Station only", FIELD_BOOL,
		       .names = capable_names, .mask = 0x80,
		       SAYS("Only sends and receives its own", "IEEE 802.1AB, 8.5.8") },
	[LLDP_ENABLED] = { "lldp.tlv.enable_system_cap", "Enabled Capabilities", FIELD_U16,
			   BASE_HEX, SAYS("What the device is now", "IEEE 802.1AB, 8.5.8") },
	[LLDP_ENABLED + 1] = { "lldp.tlv.enable_system_cap.other", "Other", FIELD_BOOL,
			       .names = capable_names, .mask = 0x1,
			       SAYS("Something else", "IEEE 802.1AB, 8.5.8") },
	[LLDP_ENABLED + 2] = { "lldp.tlv.enable_system_cap.repeater", "Repeater", FIELD_BOOL,
			       .names = capable_names, .mask = 0x2,
			       SAYS("Passes on what it hears", "IEEE 802.1AB, 8.5.8") },
	[LLDP_ENABLED + 3] = { "lldp.tlv.enable_system_cap.bridge", "Bridge", FIELD_BOOL,
			       .names = capable_names, .mask = 0x4,
			       SAYS("Switches frames", "IEEE 802.1AB, 8.5.8") },
	[LLDP_ENABLED + 4] = { "lldp.tlv.enable_system_cap.wlan_access_pt", "WLAN access point",
			       FIELD_BOOL, .names = capable_names, .mask = 0x8,
			       SAYS("Connects wireless stations", "IEEE 802.1AB, 8.5.8") },
	[LLDP_ENABLED + 5] = { "lldp.tlv.enable_system_cap.router", "Router", FIELD_BOOL,
			       .names = capable_names, .mask = 0x10,
			       SAYS("Routes packets", "IEEE 802.1AB, 8.5.8") },
	[LLDP_ENABLED + 6] = { "lldp.tlv.enable_system_cap.telephone", "Telephone", FIELD_BOOL,
			       .names = capable_names, .mask = 0x20,
			       SAYS("Is a telephone", "IEEE 802.1AB, 8.5.8") },
	[LLDP_ENABLED + 7] = { "lldp.tlv.enable_system_cap.docsis_cable_device",
			       "DOCSIS cable device", FIELD_BOOL, .names = capable_names,
			       .mask = 0x40, SAYS("Is a cable modem", "IEEE 802.1AB, 8.5.8") },
	[LLDP_ENABLED + 8] = { "lldp.tlv.enable_system_cap.station_only", "Station only",
			       FIELD_BOOL, .names = capable_names, .mask = 0x80,
			       SAYS("Only sends and receives its own", "IEEE 802.1AB, 8.5.8") },
	[LLDP_ADDRESS_LENGTH] = { "lldp.mgn.address.len", "Address String Length", FIELD_U8,
				  SAYS("Bytes of the kind and the address",
				       "IEEE 802.1AB, 8.5.9") },
	[LLDP_ADDRESS_SUBTYPE] = { "lldp.mgn.address.subtype", "Address Subtype", FIELD_U8,
				   .names = address_family_names,
				   SAYS("What kind of address follows", "IEEE 802.1AB, 8.5.9") },
	[LLDP_ADDRESS_IP4] = { "lldp.mgn.addr.ip4", "Management Address", FIELD_IPV4,
			       SAYS("Where the device is managed", "IEEE 802.1AB, 8.5.9") },
	[LLDP_ADDRESS_IP6] = { "lldp.mgn.addr.ip6", "Management Address", FIELD_IPV6,
			       SAYS("Where the device is managed", "IEEE 802.1AB, 8.5.9") },
	[LLDP_ADDRESS_HEX] = { "lldp.mgn.addr.hex", "Management Address", FIELD_BYTES,
			       SAYS("Where the device is managed", "IEEE 802.1AB, 8.5.9") },
	[LLDP_INTERFACE_SUBTYPE] = { "lldp.mgn.interface.subtype", "Interface Subtype", FIELD_U8,
				     .names = interface_names,
				     SAYS("How the interface is counted", "IEEE 802.1AB, 8.5.9") },
	[LLDP_INTERFACE] = { "lldp.mgn.interface.number", "Interface Number", FIELD_U32,
			     SAYS("The interface that the address is of", "IEEE 802.1AB, 8.5.9") },
	[LLDP_OID_LENGTH] = { "lldp.mgn.obj.len", "OID String Length", FIELD_U8,
			      SAYS("Bytes of the object identifier", "IEEE 802.1AB, 8.5.9") },
	[LLDP_OID] = { "lldp.mgn.obj.id", "Object Identifier", FIELD_OID,
		       SAYS("What the address is of, for SNMP", "IEEE 802.1AB, 8.5.9") },
	[LLDP_OUI] = { "lldp.orgtlv.oui", "Organization Unique Code", FIELD_U24, .names = oui_names,
		       SAYS("Who defines the value", "IEEE 802.1AB, 8.6") },
	[LLDP_OTHER_SUBTYPE] = { "lldp.unknown_subtype", "Unknown Subtype", FIELD_U8,
				 SAYS("What is told; the organization knows",
				      "IEEE 802.1AB, 8.6") },
	[LLDP_OTHER_CONTENT] = { "lldp.unknown_subtype.content", "Unknown Subtype Content",
				 FIELD_BYTES,
				 SAYS("The value, which the organization defines",
				      "IEEE 802.1AB, 8.6") },
	[LLDP_WRONG_ORDER] =
		FINDING("lldp.bad_type", "Incorrect type", EXPERT_WARN, GROUP_MALFORMED),
	[LLDP_DEPRECATED] = FINDING("lldp.tlv_deprecated", "TLV has been deprecated", EXPERT_WARN,
				    GROUP_PROTOCOL),
	[LLDP_TOO_SHORT] = FINDING("lldp.incorrect_length", "Invalid length, too short",
				   EXPERT_WARN, GROUP_MALFORMED),
	[LLDP_TOO_LONG] = FINDING("lldp.excess_length", "Invalid length, greater than expected",
				  EXPERT_WARN, GROUP_MALFORMED),
#include "lldp_organization_rows.h"
#include "lldp_media_rows.h"
};
