/* ppp.c - Point-to-Point Protocol, RFC 1661, in HDLC-like framing, RFC 1662.
 *
 *      0           8           16               32
 *     + - - - - - + - - - - - +----------------+
 *     |  address  |  control  |    protocol    |
 *     + - - - - - + - - - - - +----------------+
 *
 * Address and control (ff 03) may be left out, and the protocol's first byte if it is 0. */
#include "ppp.h"

#include "ethertype.h"

enum { ALL_STATIONS = 0xff, LINK_PPP = 9, LINK_PPP_HDLC = 50 };
enum { PROTOCOL_IPV4 = 0x0021, PROTOCOL_IPV6 = 0x0057 };

const struct value_name ppp_protocol_names[] = {
	{ 0x0001, "Padding Protocol" }, { 0x0003, "ROHC small-CID" },
	{ 0x0005, "ROHC large-CID" }, { 0x0021, "Internet Protocol version 4" },
	{ 0x0023, "OSI Network Layer" }, { 0x0025, "Xerox NS IDP" },
	{ 0x0027, "DECnet Phase IV" }, { 0x0029, "Appletalk" }, { 0x002b, "Novell IPX" },
	{ 0x002d, "Van Jacobson Compressed TCP/IP" },
	{ 0x002f, "Van Jacobson Uncompressed TCP/IP" }, { 0x0031, "Bridging PDU" },
	{ 0x0033, "Stream Protocol (ST-II)" }, { 0x0035, "Banyan Vines" },
	{ 0x0039, "AppleTalk EDDP" }, { 0x003b, "AppleTalk SmartBuffered" },
	{ 0x003d, "Multi-Link" }, { 0x003f, "NETBIOS Framing" }, { 0x0041, "Cisco Systems" },
	{ 0x0043, "Ascom Timeplex" }, { 0x0045, "Fujitsu Link Backup and Load Balancing (LBLB)" },
	{ 0x0047, "DCA Remote Lan" }, { 0x0049, "Serial Data Transport Protocol (PPP-SDTP)" },
	{ 0x004b, "SNA over 802.2" }, { 0x004d, "SNA" }, { 0x004f, "IPv6 Header Compression " },
	{ 0x0051, "KNX Bridging Data" }, { 0x0053, "Encryption" },
	{ 0x0055, "Individual Link Encryption" }, { 0x0057, "Internet Protocol version 6" },
	{ 0x0059, "PPP Muxing" }, { 0x005b, "Vendor-Specific Network Protocol (VSNP)" },
	{ 0x005d, "TRILL Network Protocol (TNP)" }, { 0x0061, "RTP IPHC Full Header" },
	{ 0x0063, "RTP IPHC Compressed TCP" }, { 0x0065, "RTP IPHC Compressed Non TCP" },
	{ 0x0067, "RTP IPHC Compressed UDP 8" }, { 0x0069, "RTP IPHC Compressed RTP 8" },
	{ 0x006f, "Stampede Bridging" }, { 0x0073, "MP+ Protocol" }, { 0x00c1, "NTCITS IPI" },
	{ 0x00fb, "Single link compression in multilink" }, { 0x00fd, "Compressed datagram" },
	{ 0x0201, "802.1d Hello Packets" }, { 0x0203, "IBM Source Routing BPDU" },
	{ 0x0205, "DEC LANBridge100 Spanning Tree" }, { 0x0207, "Cisco Discovery Protocol" },
	{ 0x0209, "Netcs Twin Routing" }, { 0x020b, "STP - Scheduled Transfer Protocol" },
	{ 0x020d, "EDP - Extreme Discovery Protocol" },
	{ 0x0211, "Optical Supervisory Channel Protocol (OSCP)" },
	{ 0x0213, "Optical Supervisory Channel Protocol (OSCP)" }, { 0x0231, "Luxcom" },
	{ 0x0233, "Sigma Network Systems" }, { 0x0235, "Apple Client Server Protocol" },
	{ 0x0281, "MPLS Unicast" }, { 0x0283, "MPLS Multicast" },
	{ 0x0285, "IEEE p1284.4 standard - data packets" },
	{ 0x0287, "ETSI TETRA Network Protocol Type 1" },
	{ 0x0289, "Multichannel Flow Treatment Protocol" },
	{ 0x2063, "RTP IPHC Compressed TCP No Delta" }, { 0x2065, "RTP IPHC Context State" },
	{ 0x2067, "RTP IPHC Compressed UDP 16" }, { 0x2069, "RTP IPHC Compressed RTP 16" },
	{ 0x4001, "Cray Communications Control Protocol" },
	{ 0x4003, "CDPD Mobile Network Registration Protocol" },
	{ 0x4005, "Expand accelerator protocol" }, { 0x4007, "ODSICP NCP" },
	{ 0x4009, "DOCSIS DLL" }, { 0x400b, "Cetacean Network Detection Protocol" },
	{ 0x4021, "Stacker LZS" }, { 0x4023, "RefTek Protocol" }, { 0x4025, "Fibre Channel" },
	{ 0x4027, "EMIT Protocols" }, { 0x405b, "Vendor-Specific Protocol (VSP)" },
	{ 0x405d, "TRILL Link State Protocol (TLSP)" },
	{ 0x8021, "Internet Protocol Control Protocol" },
	{ 0x8023, "OSI Network Layer Control Protocol" },
	{ 0x8025, "Xerox NS IDP Control Protocol" },
	{ 0x8027, "DECnet Phase IV Control Protocol" }, { 0x8029, "AppleTalk Control Protocol" },
	{ 0x802b, "Novell IPX Control Protocol" }, { 0x8031, "Bridging NCP" },
	{ 0x8033, "Stream Protocol Control Protocol" },
	{ 0x8035, "Banyan Vines Control Protocol" }, { 0x803d, "Multi-Link Control Protocol" },
	{ 0x803f, "NETBIOS Framing Control Protocol" },
	{ 0x8041, "Cisco Systems Control Protocol" }, { 0x8043, "Ascom Timeplex" },
	{ 0x8045, "Fujitsu LBLB Control Protocol" },
	{ 0x8047, "DCA Remote Lan Network Control Protocol (RLNCP)" },
	{ 0x8049, "Serial Data Control Protocol (PPP-SDCP)" },
	{ 0x804b, "SNA over 802.2 Control Protocol" }, { 0x804d, "SNA Control Protocol" },
	{ 0x804f, "IP6 Header Compression Control Protocol" },
	{ 0x8051, "KNX Bridging Control Protocol" }, { 0x8053, "Encryption Control Protocol" },
	{ 0x8055, "Individual Link Encryption Control Protocol" },
	{ 0x8057, "IPv6 Control Protocol" }, { 0x8059, "PPP Muxing Control Protocol" },
	{ 0x805b, "Vendor-Specific Network Control Protocol (VSNCP)" },
	{ 0x805d, "TRILL Network Control Protocol" },
	{ 0x806f, "Stampede Bridging Control Protocol" }, { 0x8073, "MP+ Control Protocol" },
	{ 0x80c1, "NTCITS IPI Control Protocol" },
	{ 0x80fb, "Single link compression in multilink control" },
	{ 0x80fd, "Compression Control Protocol" },
	{ 0x8207, "Cisco Discovery Protocol Control Protocol" }, { 0x8209, "Netcs Twin Routing" },
	{ 0x820b, "STP - Control Protocol" },
	{ 0x820d, "EDPCP - Extreme Discovery Protocol Control Protocol" },
	{ 0x8235, "Apple Client Server Protocol Control" }, { 0x8281, "MPLS Control Protocol" },
	{ 0x8285, "IEEE p1284.4 standard - Protocol Control" },
	{ 0x8287, "ETSI TETRA TNP1 Control Protocol" },
	{ 0x8289, "Multichannel Flow Treatment Protocol" }, { 0xc021, "Link Control Protocol" },
	{ 0xc023, "Password Authentication Protocol" }, { 0xc025, "Link Quality Report" },
	{ 0xc027, "Shiva Password Authentication Protocol" },
	{ 0xc029, "Callback Control Protocol (CBCP)" },
	{ 0xc02b, "BACP Bandwidth Allocation Control Protocol" },
	{ 0xc02d, "BAP Bandwidth Allocation Protocol" },
	{ 0xc05b, "Vendor-Specific Authentication Protocol (VSAP)" },
	{ 0xc081, "Container Control Protocol" },
	{ 0xc223, "Challenge Handshake Authentication Protocol" },
	{ 0xc225, "RSA Authentication Protocol" },
	{ 0xc227, "Extensible Authentication Protocol" },
	{ 0xc229, "Mitsubishi Security Information Exchange Protocol (SIEP)" },
	{ 0xc26f, "Stampede Bridging Authorization Protocol" },
	{ 0xc281, "Proprietary Authentication Protocol" },
	{ 0xc283, "Proprietary Authentication Protocol" },
	{ 0xc481, "Proprietary Node ID Authentication Protocol" },
	{ 0 },
};

static const struct field ppp_fields[] = {
	[PPP]             = { "ppp", "Point-to-Point Protocol", FIELD_PROTOCOL,
				.help = "Carries packets over a link between two ends",
				.reference = "RFC 1661" },
	[PPP_ADDRESS]     = { "ppp.address", "Address", FIELD_U8, BASE_HEX,
				.help = "Always 0xff: all stations",
				.reference = "RFC 1662, 3.1" },
	[PPP_CONTROL]     = { "ppp.control", "Control", FIELD_U8, BASE_HEX,
				.help = "Always 3: frames without numbers",
				.reference = "RFC 1662, 3.1" },
	[PPP_PROTOCOL]    = { "ppp.protocol", "Protocol", FIELD_U16, BASE_HEX, ppp_protocol_names,
				.help = "What the payload is",
				.reference = "RFC 1661, 2" },
	[PPP_CODE]        = { "ppp.code", "Code", FIELD_U8, .names = ppp_code_names,
				.help = "What the message is",
				.reference = "RFC 1661, 5" },
	[PPP_IDENTIFIER]  = { "ppp.identifier", "Identifier", FIELD_U8, BASE_DEC_HEX,
				.help = "Joins a reply to its request",
				.reference = "RFC 1661, 5" },
	[PPP_LENGTH]      = { "ppp.length", "Length", FIELD_U16,
				.help = "Bytes of the message, these four included",
				.reference = "RFC 1661, 5" },
	[PPP_OPTIONS]     = { "ppp.options", "Options", FIELD_NONE, .flags = FIELD_WORDS,
				.help = "What is to be agreed on",
				.reference = "RFC 1661, 6" },
	[PPP_OPTION_NOTE] = FINDING("ppp.opt.len.invalid", "Invalid length for option", EXPERT_WARN,
				    GROUP_PROTOCOL),
};

static bool hand_on_network_layer(struct dissection *d, uint16_t protocol, struct cursor payload)
{
	if (hand_on(d, BY_PPP_PROTO, protocol, payload))
		return true;
	if (protocol == PROTOCOL_IPV4)
		return hand_on(d, BY_ETHERTYPE, ETHERTYPE_IPV4, payload);
	return protocol == PROTOCOL_IPV6 && hand_on(d, BY_ETHERTYPE, ETHERTYPE_IPV6, payload);
}

static void show_unknown(struct dissection *d, uint16_t protocol, struct cursor payload)
{
	const char *name = value_name(ppp_protocol_names, protocol);

	if (d->wants & WANT_COLUMNS) {
		info(d, "PPP %s (0x%04x)", name ? name : "Unknown", protocol);
		info_protocol(d, arena_printf(&d->arena, "0x%04x", protocol));
	}
	hand_on_as_data(d, payload);
}

static void ppp_dissect(struct dissection *d, struct cursor *c)
{
	const uint8_t *p;

	if (!cursor_peek(c, 0, 1, &p)) {
		cursor_skip(c, 1);
		return;
	}
	info_begin(d);
	no_link_addresses(d);
	if (p[0] == ALL_STATIONS) {
		take_u8(d, c, PPP_ADDRESS);
		take_u8(d, c, PPP_CONTROL);
	}
	uint32_t width = cursor_peek(c, 0, 1, &p) && (p[0] & 1) ? 1 : 2;
	uint16_t protocol = (uint16_t)take_uint_n(d, c, PPP_PROTOCOL, width);
	if (!cursor_ok(c))
		return;
	end_header(d, c);
	if (!hand_on_network_layer(d, protocol, *c))
		show_unknown(d, protocol, *c);
}

static const struct claim ppp_claims[] = {
	{ BY_LINK_TYPE, LINK_PPP }, { BY_LINK_TYPE, LINK_PPP_HDLC },
};

const struct dissector ppp_dissector = {
	.name = "ppp",
	.short_name = "PPP",
	.title = "Point-to-Point Protocol",
	.fields = ppp_fields,
	.field_count = COUNT(ppp_fields),
	.claims = ppp_claims,
	.claim_count = COUNT(ppp_claims),
	.dissect = ppp_dissect,
};
