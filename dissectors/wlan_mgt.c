/* wlan_mgt.c - what management frames of IEEE 802.11 say: parameters at fixed places, then
 * elements, each with a number, a length and so many bytes.  IEEE 802.11-2016 9.3.3, 9.4.
 *
 * Words are little endian. */
#include <string.h>

#include "base/number_text.h"
#include "base/text.h"
#include "wlan.h"

enum { BITS_PER_BYTE = 8, SUITE_LENGTH = 4, PMKID_LENGTH = 16, MOST_AIDS = 64, RATES_ROOM = 600 };
enum { TIME_UNIT_US = 1024, SAE = 3 };
enum {
	TAG_SSID = 0,
	TAG_RATES = 1,
	TAG_DS = 3,
	TAG_TIM = 5,
	TAG_IBSS = 6,
	TAG_COUNTRY = 7,
	TAG_CHALLENGE = 16,
	TAG_ERP = 42,
	TAG_RSN = 48,
	TAG_MORE_RATES = 50,
	TAG_VENDOR = 221,
};

const struct value_name wlan_tag_names[] = {
	{ 0, "SSID parameter set" },
	{ 1, "Supported Rates" },
	{ 2, "FH Parameter set" },
	{ 3, "DS Parameter set" },
	{ 4, "CF Parameter set" },
	{ 5, "Traffic Indication Map (TIM)" },
	{ 6, "IBSS Parameter set" },
	{ 7, "Country Information" },
	{ 8, "Hopping Pattern Parameters" },
	{ 9, "Hopping Pattern Table" },
	{ 10, "Request" },
	{ 11, "QBSS Load Element" },
	{ 12, "EDCA Parameter Set" },
	{ 13, "Traffic Specification" },
	{ 14, "Traffic Classification" },
	{ 15, "Schedule" },
	{ 16, "Challenge text" },
	{ 32, "Power Constraint" },
	{ 33, "Power Capability" },
	{ 34, "TPC Request" },
	{ 35, "TPC Report" },
	{ 36, "Supported Channels" },
	{ 37, "Channel Switch Announcement" },
	{ 38, "Measurement Request" },
	{ 39, "Measurement Report" },
	{ 40, "Quiet" },
	{ 41, "IBSS DFS" },
	{ 42, "ERP Information" },
	{ 43, "TS Delay" },
	{ 44, "TCLAS Processing" },
	{ 45, "HT Capabilities (802.11n D1.10)" },
	{ 46, "QoS Capability" },
	{ 47, "ERP Information" },
	{ 48, "RSN Information" },
	{ 50, "Extended Supported Rates" },
	{ 51, "AP Channel Report" },
	{ 52, "Neighbor Report" },
	{ 53, "RCPI" },
	{ 54, "Mobility Domain" },
	{ 55, "Fast BSS Transition" },
	{ 56, "Timeout Interval" },
	{ 57, "RIC Data" },
	{ 58, "DSE Registered Location" },
	{ 59, "Supported Operating Classes" },
	{ 60, "Extended Channel Switch Announcement" },
	{ 61, "HT Information (802.11n D1.10)" },
	{ 62, "Secondary Channel Offset (802.11n D1.10)" },
	{ 63, "BSS Average Access Delay" },
	{ 64, "Antenna" },
	{ 65, "RSNI" },
	{ 66, "Measurement Pilot Transmission" },
	{ 67, "BSS Available Admission Capacity" },
	{ 68, "BSS AC Access Delay/WAPI Parameter Set" },
	{ 69, "Time Advertisement" },
	{ 70, "RM Enabled Capabilities" },
	{ 71, "Multiple BSSID" },
	{ 72, "20/40 BSS Coexistence" },
	{ 73, "20/40 BSS Intolerant Channel Report" },
	{ 74, "Overlapping BSS Scan Parameters" },
	{ 75, "RIC Descriptor" },
	{ 76, "Management MIC" },
	{ 78, "Event Request" },
	{ 79, "Event Report" },
	{ 80, "Diagnostic Request" },
	{ 107, "Interworking" },
	{ 127, "Extended Capabilities" },
	{ 191, "VHT Capabilities" },
	{ 192, "VHT Operation" },
	{ 195, "Tx Power Envelope" },
	{ 221, "Vendor Specific" },
	{ 255, "Element ID Extension" },
	{ 0 },
};

const struct value_name wlan_reason_names[] = {
	{ 1, "Unspecified reason" },
	{ 2, "Previous authentication no longer valid" },
	{ 3, "Deauthenticated because sending STA is leaving (or has left) the BSS" },
	{ 4, "Disassociated due to inactivity" },
	{ 5, "Disassociated because AP is unable to handle all currently associated STAs" },
	{ 6, "Class 2 frame received from nonauthenticated STA" },
	{ 7, "Class 3 frame received from nonassociated STA" },
	{ 8, "Disassociated because sending STA is leaving (or has left) BSS" },
	{ 9, "STA requesting (re)association is not authenticated with responding STA" },
	{ 10,
	  "Disassociated because the information in the Power Capability element is unacceptable" },
	{ 11, "Disassociated because the information in the Supported Channels element is "
	      "unacceptable" },
	{ 12, "Disassociated due to BSS transition management" },
	{ 13, "Invalid information element, i.e., an information element defined in this standard "
	      "for which the content does not meet the specifications in Clause 9" },
	{ 14, "Message integrity code (MIC) failure" },
	{ 15, "4-way handshake timeout" },
	{ 16, "Group key handshake timeout" },
	{ 17, "Element in 4-way handshake different from (Re)Association Request/Probe "
	      "Response/Beacon frame" },
	{ 18, "Invalid group cipher" },
	{ 19, "Invalid pairwise cipher" },
	{ 20, "Invalid AKMP" },
	{ 21, "Unsupported RSNE version" },
	{ 22, "Invalid RSNE capabilities" },
	{ 23, "IEEE 802.1X authentication failed" },
	{ 24, "Cipher suite rejected because of the security policy" },
	{ 0 },
};

const struct value_name wlan_status_names[] = {
	{ 0, "Successful" },
	{ 1, "Unspecified failure" },
	{ 2, "TDLS wakeup schedule rejected but alternative schedule provided" },
	{ 3, "TDLS wakeup schedule rejected" },
	{ 5, "Security disabled" },
	{ 6, "Unacceptable lifetime" },
	{ 7, "Not in same BSS" },
	{ 10, "Cannot support all requested capabilities in the Capability Information field" },
	{ 11, "Reassociation denied due to inability to confirm that association exists" },
	{ 12, "Association denied due to reason outside the scope of this standard" },
	{ 13, "Responding STA does not support the specified authentication algorithm" },
	{ 14, "Received an Authentication frame with authentication transaction sequence number "
	      "out of expected sequence" },
	{ 15, "Authentication rejected because of challenge failure" },
	{ 16, "Authentication rejected due to timeout waiting for next frame in sequence" },
	{ 17, "Association denied because AP is unable to handle additional associated STAs" },
	{ 19, "Association denied due to requesting STA not supporting the short preamble option" },
	{ 22, "Association request rejected because spectrum management capability is required" },
	{ 23, "Association request rejected because the information in the Power Capability "
	      "element is unacceptable" },
	{ 24, "Association request rejected because the information in the Supported Channels "
	      "element is unacceptable" },
	{ 25, "Association denied due to requesting STA not supporting short slot time" },
	{ 27, "Association denied because the requesting STA does not support HT features" },
	{ 28, "R0KH unreachable" },
	{ 30, "Association request rejected temporarily; try again later" },
	{ 31, "Robust management frame policy violation" },
	{ 32, "Unspecified, QoS-related failure" },
	{ 33, "Association denied because QoS AP or PCP has insufficient bandwidth to handle "
	      "another QoS STA" },
	{ 34, "Association denied due to excessive frame loss rates and/ or poor conditions on "
	      "current operating channel" },
	{ 35, "Association (with QoS BSS) denied because the requesting STA does not support the "
	      "QoS facility" },
	{ 37, "The request has been declined" },
	{ 38, "The request has not been successful as one or more parameters have invalid values" },
	{ 43, "Invalid AKMP" },
	{ 44, "Unsupported RSNE version" },
	{ 45, "Invalid RSNE capabilities" },
	{ 53, "Invalid pairwise master key identifier (PMKID)" },
	{ 72, "Invalid contents of RSNE, other than unsupported RSNE version or invalid RSNE "
	      "capabilities, AKMP or pairwise cipher" },
	{ 76, "Authentication is rejected because an anti-clogging token is required" },
	{ 77,
	  "Authentication is rejected because the offered finite cyclic group is not supported" },
	{ 0, "Admission accepted" },
	{ 1, "Invalid parameters" },
	{ 3, "Refused" },
	{ 0 },
};

const struct value_name wlan_authentication_names[] = {
	{ 0, "Open System" },
	{ 1, "Shared key" },
	{ 2, "Fast BSS Transition" },
	{ 3, "Simultaneous Authentication of Equals (SAE)" },
	{ 4, "FILS Shared Key authentication without PFS" },
	{ 5, "FILS Shared Key authentication with PFS" },
	{ 6, "FILS Public Key authentication" },
	{ 7, "Pre-Association Security Negotiation (PASN)" },
	{ 128, "Network EAP" },
	{ 0 },
};

const struct value_name wlan_category_names[] = {
	{ 0, "Spectrum Management (SM)" },
	{ 1, "Quality of Service (QoS)" },
	{ 2, "Direct-Link Setup (DLS)" },
	{ 3, "Block Ack" },
	{ 4, "Public Action" },
	{ 5, "Radio Measurement" },
	{ 6, "Fast BSS Transition" },
	{ 7, "High Throughput" },
	{ 8, "SA Query" },
	{ 9, "Protected Dual of Public Action" },
	{ 10, "WNM" },
	{ 11, "Unprotected WNM" },
	{ 12, "TDLS" },
	{ 13, "MESH" },
	{ 14, "Multihop" },
	{ 15, "Self-protected" },
	{ 16, "DMG" },
	{ 17, "Management Notification" },
	{ 18, "Fast Session Transfer" },
	{ 19, "Robust AV Streaming" },
	{ 20, "Unprotected DMG" },
	{ 21, "VHT" },
	{ 22, "S1G" },
	{ 23, "S1G Relay" },
	{ 24, "Flow Control" },
	{ 25, "Control Response MCS Negotiation" },
	{ 26, "FILS" },
	{ 30, "HE" },
	{ 31, "Protected HE" },
	{ 34, "Protected FTM" },
	{ 126, "Vendor-specific Protected" },
	{ 127, "Vendor Specific" },
	{ 0 },
};

const struct value_name wlan_cipher_names[] = {
	{ 0, "NONE" },
	{ 1, "WEP (40-bit)" },
	{ 2, "TKIP" },
	{ 3, "AES (OCB)" },
	{ 4, "AES (CCM)" },
	{ 5, "WEP (104-bit)" },
	{ 6, "BIP (128)" },
	{ 7, "Group addressed traffic not allowed" },
	{ 8, "GCMP (128)" },
	{ 9, "GCMP (256)" },
	{ 10, "CCMP (256)" },
	{ 11, "BIP (GMAC-128)" },
	{ 12, "BIP (GMAC-256)" },
	{ 13, "BIP (CMAC-256)" },
	{ 0 },
};

const struct value_name wlan_akm_names[] = {
	{ 0, "NONE" },
	{ 1, "WPA" },
	{ 2, "PSK" },
	{ 3, "FT over IEEE 802.1X" },
	{ 4, "FT using PSK" },
	{ 5, "WPA (SHA256)" },
	{ 6, "PSK (SHA256)" },
	{ 7, "TDLS / TPK Handshake (SHA256)" },
	{ 8, "SAE (SHA256)" },
	{ 9, "FT using SAE (SHA256)" },
	{ 10, "APPeerKey (SHA256)" },
	{ 11, "WPA (SHA256-SuiteB)" },
	{ 12, "WPA (SHA384-SuiteB)" },
	{ 13, "FT over IEEE 802.1X (SHA384)" },
	{ 14, "FILS (SHA256 and AES-SIV-256)" },
	{ 15, "FILS (SHA384 and AES-SIV-512)" },
	{ 16, "FT over FILS (SHA256 and AES-SIV-256)" },
	{ 17, "FT over FILS (SHA384 and AES-SIV-512)" },
	{ 18, "Opportunistic Wireless Encryption" },
	{ 19, "FT using PSK (SHA384)" },
	{ 20, "PSK (SHA384)" },
	{ 21, "PASN" },
	{ 0 },
};

const struct value_name wlan_ess_names[] = { { 0, "Transmitter is a STA" },
					     { 1, "Transmitter is an AP" },
					     { 0 } };
const struct value_name wlan_ibss_names[] = { { 0, "Transmitter belongs to a BSS" },
					      { 1, "Transmitter belongs to an IBSS" },
					      { 0 } };
const struct value_name wlan_privacy_names[] = { { 0, "Data confidentiality not required" },
						 { 1, "Data confidentiality required" },
						 { 0 } };
const struct value_name wlan_allowed_names[] = { { 0, "Not Allowed" }, { 1, "Allowed" }, { 0 } };
const struct value_name wlan_implemented_names[] = { { 0, "Not Implemented" },
						     { 1, "Implemented" },
						     { 0 } };
const struct value_name wlan_in_use_names[] = { { 0, "Not in use" }, { 1, "In use" }, { 0 } };
const struct value_name wlan_preauth_names[] = {
	{ 0, "Transmitter does not support pre-authentication" },
	{ 1, "Transmitter supports pre-authentication" },
	{ 0 }
};
const struct value_name wlan_no_pairwise_names[] = {
	{ 0, "Transmitter can support WEP default key 0 simultaneously with Pairwise key" },
	{ 1, "Transmitter cannot support WEP default key 0 simultaneously with Pairwise key" },
	{ 0 }
};
const struct value_name wlan_supported_names[] = { { 0, "Not supported" },
						   { 1, "Supported" },
						   { 0 } };
const struct value_name wlan_environment_names[] = {
	{ 32, "All" }, { 73, "Indoor" }, { 79, "Outdoor" }, { 0 }
};
const struct value_name wlan_replay_names[] = {
	{ 0, "1 replay counter per PTKSA/GTKSA/STAKeySA" },
	{ 1, "2 replay counters per PTKSA/GTKSA/STAKeySA" },
	{ 2, "4 replay counters per PTKSA/GTKSA/STAKeySA" },
	{ 3, "16 replay counters per PTKSA/GTKSA/STAKeySA" },
	{ 0 },
};

/* --- elements --- */

/* In quotes if it is text, else its digits. */
static const char *ssid_text(struct dissection *d, const uint8_t *at, uint32_t n)
{
	uint32_t code, i = 0;
	unsigned size;

	while (i < n && (size = text_character(at + i, n - i, &code)) && code >= ' ' &&
	       code != 0x7f)
		i += size;
	if (i == n)
		return arena_printf(&d->arena, "\"%s\"",
				    arena_text(&d->arena, (const char *)at, n));
	char *digits = arena_alloc(&d->arena, 2 * (size_t)n + 1);
	*number_put_bytes(digits, at, n) = '\0';
	return digits;
}

static void take_ssid(struct dissection *d, struct cursor *c, node_id tag)
{
	uint32_t n = cursor_left(c);
	const uint8_t *at = take_bytes(d, c, WLAN_SSID, n);

	if (!at || only_learning(d))
		return;
	const char *text = n ? ssid_text(d, at, n) : "Wildcard";
	if (n)
		label_set(d, last_node(d), "SSID: %s", text);
	label(d, tag, ": %s%s", text, n ? "" : " SSID");
	info(d, ", SSID=%s%s", text, n ? "" : " (Broadcast)");
}

/* Half megabits a second; the upper bit says that all stations of the network have to know it. */
static void take_rates(struct dissection *d, struct cursor *c, node_id tag, unsigned field)
{
	char all[RATES_ROOM], *end = all;

	if (only_learning(d)) {
		cursor_skip(c, cursor_left(c));
		return;
	}
	while (cursor_left(c)) {
		uint8_t rate = take_u8(d, c, field);
		char *start = end;
		end = number_put(end, (rate & 0x7fu) / 2);
		if (rate & 1)
			end = stpcpy(end, ".5");
		if (rate & 0x80)
			end = stpcpy(end, "(B)");
		*end = '\0';
		label_set(d, last_node(d), "%s: %s (0x%02x)",
			  field == WLAN_RATE ? "Supported Rates" : "Extended Supported Rates",
			  start, rate);
		end = (size_t)(end - all) < sizeof all - 16 ? stpcpy(end, ", ") : start;
	}
	*end = '\0';
	label(d, tag, " %s[Mbit/sec]", all);
}

/* For whom the access point has frames; bit 0 is for those that go to all. */
static void show_aids(struct dissection *d, const struct cursor *c, const uint8_t *bitmap,
		      uint32_t n, unsigned first)
{
	unsigned shown = 0;

	for (uint32_t bit = 0; bit < n * BITS_PER_BYTE && shown < MOST_AIDS; bit++) {
		if (!(bitmap[bit / BITS_PER_BYTE] >> bit % BITS_PER_BYTE & 1))
			continue;
		uint32_t at = c->pos - n + bit / BITS_PER_BYTE;
		add_uint(d, c, WLAN_TIM_AID, at, 1, first + bit);
		label_set(d, last_node(d), "Association ID: 0x%02x", first + bit);
		shown++;
	}
}

static void take_tim(struct dissection *d, struct cursor *c, node_id tag)
{
	uint8_t count = take_u8(d, c, WLAN_DTIM_COUNT), period = take_u8(d, c, WLAN_DTIM_PERIOD);
	uint64_t control = take_flags(d, c, WLAN_TIM_CONTROL, WLAN_TIM_MULTICAST, WLAN_TIM_OFFSET);
	uint32_t n = cursor_left(c);

	label(d, tag, ": DTIM %u of %u bitmap", count, period);
	if (!n)
		return;
	const uint8_t *bitmap = take_bytes(d, c, WLAN_TIM_BITMAP, n);
	if (bitmap && wants_fields(d))
		show_aids(d, c, bitmap, n, (unsigned)(control >> 1) * 2 * BITS_PER_BYTE);
}

static void take_country(struct dissection *d, struct cursor *c, node_id tag)
{
	const char *code = take_text(d, c, WLAN_COUNTRY, 2);
	uint8_t environment = take_u8(d, c, WLAN_COUNTRY_ENVIRONMENT);
	const char *where = value_name(wlan_environment_names, environment);

	label(d, tag, ": Country Code %s, Environment %s", code, where ? where : "Unknown");
	while (cursor_left(c) >= 3) {
		node_id range = open_tree(d, c, WLAN_COUNTRY_RANGE);
		unsigned first = take_u8(d, c, WLAN_COUNTRY_FIRST),
			 count = take_u8(d, c, WLAN_COUNTRY_COUNT);
		int power = (int8_t)take_u8(d, c, WLAN_COUNTRY_POWER);
		label(d, range,
		      ": First Channel Number: %u, Number of Channels: %u, Maximum Transmit Power "
		      "Level: %d dBm",
		      first, count, power);
		close_tree(d, range, c);
	}
	cursor_skip(c, cursor_left(c));
}

/* Which one, and of whom: IEEE 802.11 has an OUI of its own. */
struct suite {
	unsigned whole, oui, type;
	const struct value_name *names;
};

static const char *take_suite(struct dissection *d, struct cursor *c, const struct suite *suite)
{
	enum { OUI_80211 = 0x000fac };
	const uint8_t *at;

	if (only_learning(d) || !cursor_peek(c, 0, SUITE_LENGTH, &at)) {
		cursor_skip(c, SUITE_LENGTH);
		return "";
	}
	uint32_t word = load_be32(at);
	const char *name = word >> 8 == OUI_80211 ? value_name(suite->names, word & 0xff) : NULL;
	const char *text = arena_printf(&d->arena, "%02x:%02x:%02x%s %s", at[0], at[1], at[2],
					word >> 8 == OUI_80211 ? " (Ieee 802.11)" : "",
					name ? name : arena_printf(&d->arena, "Unknown %u", at[3]));
	node_id tree = add_uint(d, c, suite->whole, c->pos, SUITE_LENGTH, word);
	label_set(d, tree, "%s: %s", wlan_dissector.fields[suite->whole].name, text);
	open_node(d, tree);
	take_uint(d, c, suite->oui);
	take_u8(d, c, suite->type);
	close_node(d, tree);
	return text;
}

/* A number of suites, and these.  False: there is no more. */
static bool take_suites(struct dissection *d, struct cursor *c, const struct suite *suite,
			unsigned count_field, unsigned list_field)
{
	if (!cursor_left(c))
		return false;
	uint16_t count = (uint16_t)take_uint_le(d, c, count_field);
	if ((uint32_t)count * SUITE_LENGTH > cursor_sent(c)) {
		note_finding_on(d, last_node(d), WLAN_RSN_TOO_MANY,
				"Suite count too large, 4*%u > %u", count, cursor_sent(c));
		count = (uint16_t)(cursor_left(c) / SUITE_LENGTH);
	}
	node_id list = open_tree(d, c, list_field);
	for (; count && cursor_ok(c); count--) {
		const char *name = take_suite(d, c, suite);
		label(d, list, " %s", name);
	}
	close_tree(d, list, c);
	return cursor_ok(c);
}

static void take_pmkids(struct dissection *d, struct cursor *c)
{
	uint16_t count = (uint16_t)take_uint_le(d, c, WLAN_RSN_PMKID_COUNT);
	node_id list = open_tree(d, c, WLAN_RSN_PMKID_LIST);

	for (; count && cursor_left(c) >= PMKID_LENGTH; count--)
		take_bytes(d, c, WLAN_RSN_PMKID, PMKID_LENGTH);
	close_tree(d, list, c);
}

/* Whatever is behind the version may be left out, from some field on. */
static void take_rsn(struct dissection *d, struct cursor *c)
{
	static const struct suite group = { WLAN_RSN_GROUP, WLAN_RSN_GROUP_OUI, WLAN_RSN_GROUP_TYPE,
					    wlan_cipher_names },
				  pairwise = { WLAN_RSN_PAIRWISE, WLAN_RSN_PAIRWISE_OUI,
					       WLAN_RSN_PAIRWISE_TYPE, wlan_cipher_names },
				  akm = { WLAN_RSN_AKM, WLAN_RSN_AKM_OUI, WLAN_RSN_AKM_TYPE,
					  wlan_akm_names },
				  management = { WLAN_RSN_MANAGEMENT, WLAN_RSN_MANAGEMENT_OUI,
						 WLAN_RSN_MANAGEMENT_TYPE, wlan_cipher_names };

	take_uint_le(d, c, WLAN_RSN_VERSION);
	if (cursor_left(c))
		take_suite(d, c, &group);
	if (!take_suites(d, c, &pairwise, WLAN_RSN_PAIRWISE_COUNT, WLAN_RSN_PAIRWISE_LIST) ||
	    !take_suites(d, c, &akm, WLAN_RSN_AKM_COUNT, WLAN_RSN_AKM_LIST) || !cursor_left(c))
		return;
	wlan_take_word(d, c, WLAN_RSN_CAPABILITIES, WLAN_RSN_PREAUTH, WLAN_RSN_EXTENDED_ID);
	if (cursor_left(c))
		take_pmkids(d, c);
	if (cursor_left(c))
		take_suite(d, c, &management);
}

static void take_vendor(struct dissection *d, struct cursor *c)
{
	take_uint(d, c, WLAN_VENDOR_OUI);
	if (cursor_left(c))
		take_u8(d, c, WLAN_VENDOR_TYPE);
	if (cursor_left(c))
		take_bytes(d, c, WLAN_VENDOR_DATA, cursor_left(c));
}

/* What an element needs at least. */
static uint32_t least_length(uint8_t number)
{
	switch (number) {
	case TAG_DS:
	case TAG_ERP:
		return 1;
	case TAG_IBSS:
	case TAG_RSN:
		return 2;
	case TAG_COUNTRY:
	case TAG_VENDOR:
		return 3;
	case TAG_TIM:
		return 4;
	default:
		return 0;
	}
}

static void take_body(struct dissection *d, struct cursor *c, uint8_t number, node_id tag)
{
	switch (number) {
	case TAG_SSID:
		take_ssid(d, c, tag);
		break;
	case TAG_RATES:
		take_rates(d, c, tag, WLAN_RATE);
		break;
	case TAG_MORE_RATES:
		take_rates(d, c, tag, WLAN_MORE_RATE);
		break;
	case TAG_DS: {
		uint8_t channel = take_u8(d, c, WLAN_CHANNEL);
		label(d, tag, ": Current Channel: %u", channel);
		break;
	}
	case TAG_TIM:
		take_tim(d, c, tag);
		break;
	case TAG_IBSS: {
		uint16_t window = (uint16_t)take_uint_le(d, c, WLAN_ATIM_WINDOW);
		label(d, tag, ": ATIM window 0x%x", window);
		break;
	}
	case TAG_COUNTRY:
		take_country(d, c, tag);
		break;
	case TAG_CHALLENGE:
		take_bytes(d, c, WLAN_CHALLENGE, cursor_left(c));
		break;
	case TAG_ERP:
		take_flags(d, c, WLAN_ERP, WLAN_ERP_PRESENT, WLAN_ERP_RESERVED);
		break;
	case TAG_RSN:
		take_rsn(d, c);
		break;
	case TAG_VENDOR:
		take_vendor(d, c);
		break;
	default:
		break;
	}
	if (cursor_left(c))
		take_bytes(d, c, WLAN_TAG_DATA, cursor_left(c));
}

static void take_element(struct dissection *d, struct cursor *c)
{
	node_id tag = open_tree(d, c, WLAN_TAG);
	uint8_t number = take_u8(d, c, WLAN_TAG_NUMBER);
	const char *name = value_name(wlan_tag_names, number);
	uint32_t length = (uint32_t)take_uint_n(d, c, WLAN_TAG_LENGTH, 1);
	node_id length_node = last_node(d);

	label_set(d, tag, "Tag: %s", name ? name : "Reserved");
	if (cursor_ok(c) && length > cursor_sent(c))
		note_finding_on(d, length_node, WLAN_TAG_TOO_LONG, NULL);
	struct cursor body = cursor_split(c, length);
	if (cursor_ok(c) && length < least_length(number)) {
		note_finding_on(d, length_node, WLAN_TAG_TOO_SHORT, NULL);
		if (cursor_left(&body))
			take_bytes(d, &body, WLAN_TAG_DATA, cursor_left(&body));
	} else if (cursor_ok(c)) {
		take_body(d, &body, number, tag);
	}
	close_tree(d, tag, c);
}

void wlan_show_elements(struct dissection *d, struct cursor *c)
{
	while (cursor_left(c))
		take_element(d, c);
}

/* --- frames --- */

static void take_interval(struct dissection *d, struct cursor *c)
{
	uint32_t at = c->pos;
	unsigned units = cursor_le16(c);

	if (!cursor_ok(c))
		return;
	add_uint(d, c, WLAN_BEACON_INTERVAL, at, 2, units);
	label_set(d, last_node(d), "Beacon Interval: %u.%06u [Seconds]",
		  units * TIME_UNIT_US / 1000000, units * TIME_UNIT_US % 1000000);
	info(d, ", BI=%u", units);
}

static void take_capabilities(struct dissection *d, struct cursor *c)
{
	wlan_take_word(d, c, WLAN_CAPABILITIES, WLAN_CAP_ESS, WLAN_CAP_RESERVED6);
}

static void take_authentication(struct dissection *d, struct cursor *c)
{
	uint16_t algorithm = (uint16_t)take_uint_le(d, c, WLAN_AUTH_ALGORITHM);

	take_uint_le(d, c, WLAN_AUTH_SEQUENCE);
	take_uint_le(d, c, WLAN_STATUS);
	if (algorithm == SAE && cursor_left(c))
		take_bytes(d, c, WLAN_BODY, cursor_left(c));
}

/* What stands at fixed places of this kind of frame. */
static void take_fixed(struct dissection *d, struct cursor *c, enum wlan_management kind)
{
	switch (kind) {
	case WLAN_BEACON:
	case WLAN_PROBE_RESPONSE:
		take_uint_le(d, c, WLAN_TIMESTAMP);
		take_interval(d, c);
		take_capabilities(d, c);
		break;
	case WLAN_ASSOCIATION_REQUEST:
	case WLAN_REASSOCIATION_REQUEST:
		take_capabilities(d, c);
		take_uint_le(d, c, WLAN_LISTEN);
		if (kind == WLAN_REASSOCIATION_REQUEST)
			take_ether(d, c, WLAN_CURRENT_AP);
		break;
	case WLAN_ASSOCIATION_RESPONSE:
	case WLAN_REASSOCIATION_RESPONSE:
		take_capabilities(d, c);
		take_uint_le(d, c, WLAN_STATUS);
		take_uint_le(d, c, WLAN_FIXED_AID);
		break;
	case WLAN_AUTHENTICATION:
		take_authentication(d, c);
		break;
	case WLAN_DISASSOCIATION:
	case WLAN_DEAUTHENTICATION:
		take_uint_le(d, c, WLAN_REASON);
		break;
	case WLAN_ACTION:
	case WLAN_ACTION_NO_ACK:
		take_u8(d, c, WLAN_CATEGORY);
		take_u8(d, c, WLAN_ACTION_CODE);
		/* What follows is each action's own. */
		if (cursor_left(c))
			take_bytes(d, c, WLAN_BODY, cursor_left(c));
		break;
	default:
		break;
	}
}

void wlan_show_management(struct dissection *d, struct cursor *c, enum wlan_management kind)
{
	if (!cursor_left(c))
		return;
	node_id all = open_tree_beside(d, c, WLAN_MGT);
	struct cursor start = *c;
	if (kind != WLAN_PROBE_REQUEST) {
		node_id fixed = open_tree(d, c, WLAN_FIXED);
		take_fixed(d, c, kind);
		label(d, fixed, " (%u bytes)", c->pos - start.pos);
		close_tree(d, fixed, c);
	}
	if (cursor_left(c)) {
		node_id tagged = open_tree(d, c, WLAN_TAGGED);
		label(d, tagged, " (%u bytes)", cursor_left(c));
		wlan_show_elements(d, c);
		close_tree(d, tagged, c);
	}
	close_tree_beside(d, all);
}
