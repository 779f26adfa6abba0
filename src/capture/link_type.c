/* link_type.c - link types by their LINKTYPE_ number.
 *
 * Columns: number, libpcap's name and what it is; tshark's number (frame.encap_type) and name. */
#include "capture/link_type.h"

#include <stddef.h>
#include <stdlib.h>
#include <strings.h>

struct link_type_row {
	uint16_t link_type;
	const char *name, *description;
	uint16_t encapsulation;
	const char *encapsulation_name;
};

static const struct link_type_row rows[] = {
	{ 0, "NULL", "BSD loopback", 15, "NULL/Loopback" },
	{ 1, "EN10MB", "Ethernet", 1, "Ethernet" },
	{ 2, NULL, NULL, 184, "Xerox 3MB Ethernet" },
	{ 3, NULL, NULL, 148, "Amateur Radio AX.25" },
	{ 6, "IEEE802", "Token ring", 2, "Token Ring" },
	{ 7, "ARCNET", "BSD ARCNET", 8, "ARCNET" },
	{ 8, "SLIP", "SLIP", 3, "SLIP" },
	{ 9, "PPP", "PPP", 4, "PPP" },
	{ 10, "FDDI", "FDDI", 6, "FDDI with bit-swapped MAC addresses" },
	{ 11, "ATM_RFC1483", "RFC 1483 LLC-encapsulated ATM", 10, "RFC 1483 ATM" },
	{ 12, "RAW", "Raw IP", 7, "Raw IP" },
	{ 13, NULL, NULL, 38, "OpenBSD enc(4) encapsulating interface" },
	{ 14, NULL, NULL, 7, "Raw IP" },
	{ 15, "SLIP_BSDOS", "BSD/OS SLIP", 0, NULL },
	{ 16, "PPP_BSDOS", "BSD/OS PPP", 11, "Linux ATM CLIP" },
	{ 18, NULL, NULL, 11, "Linux ATM CLIP" },
	{ 19, "ATM_CLIP", "Linux Classical IP over ATM", 11, "Linux ATM CLIP" },
	{ 32, NULL, NULL, 69, "Redback SmartEdge" },
	{ 50, "PPP_SERIAL", "PPP over serial", 4, "PPP" },
	{ 51, "PPP_ETHER", "PPPoE", 139, "PPP-over-Ethernet session" },
	{ 99, "SYMANTEC_FIREWALL", "Symantec Firewall", 61, "Symantec Enterprise Firewall" },
	{ 100, "ATM_RFC1483", "RFC 1483 LLC-encapsulated ATM", 10, "RFC 1483 ATM" },
	{ 101, "RAW", "Raw IP", 7, "Raw IP" },
	{ 102, "SLIP_BSDOS", "BSD/OS SLIP", 0, NULL },
	{ 103, "PPP_BSDOS", "BSD/OS PPP", 0, NULL },
	{ 104, "C_HDLC", "Cisco HDLC", 28, "Cisco HDLC" },
	{ 105, "IEEE802_11", "802.11", 20, "IEEE 802.11 Wireless LAN" },
	{ 106, "ATM_CLIP", "Linux Classical IP over ATM", 11, "Linux ATM CLIP" },
	{ 107, "FRELAY", "Frame Relay", 26, "Frame Relay" },
	{ 108, "LOOP", "OpenBSD loopback", 174, "OpenBSD loopback" },
	{ 109, "ENC", "OpenBSD encapsulated IP", 38, "OpenBSD enc(4) encapsulating interface" },
	{ 112, NULL, NULL, 28, "Cisco HDLC" },
	{ 113, "LINUX_SLL", "Linux cooked v1", 25, "Linux cooked-mode capture v1" },
	{ 114, "LTALK", "Localtalk", 30, "Localtalk" },
	{ 117, "PFLOG", "OpenBSD pflog file", 39, "OpenBSD PF Firewall logs" },
	{ 118, NULL, NULL, 29, "Cisco IOS internal" },
	{ 119, "PRISM_HEADER", "802.11 plus Prism header",
		21, "IEEE 802.11 plus Prism II monitor mode radio header" },
	{ 121, NULL, NULL, 32, "HiPath HDLC" },
	{ 122, "IP_OVER_FC", "RFC 2625 IP-over-Fibre Channel",
		18, "RFC 2625 IP-over-Fibre Channel" },
	{ 123, "SUNATM", "Sun raw ATM", 13, "ATM PDUs" },
	{ 127, "IEEE802_11_RADIO", "802.11 plus radiotap header",
		23, "IEEE 802.11 plus radiotap radio header" },
	{ 128, NULL, NULL, 37, "Tazmen sniffer protocol" },
	{ 129, "ARCNET_LINUX", "Linux ARCNET", 9, "Linux ARCNET" },
	{ 130, "JUNIPER_MLPPP", "Juniper Multi-Link PPP", 81, "Juniper MLPPP" },
	{ 131, "JUNIPER_MLFR", "Juniper Multi-Link Frame Relay", 82, "Juniper MLFR" },
	{ 132, "JUNIPER_ES", "Juniper Encryption Services PIC", 0, NULL },
	{ 133, "JUNIPER_GGSN", "Juniper GGSN PIC", 87, "Juniper GGSN" },
	{ 134, "JUNIPER_MFR", "Juniper FRF.16 Frame Relay", 0, NULL },
	{ 135, "JUNIPER_ATM2", "Juniper ATM2 PIC", 68, "Juniper ATM2" },
	{ 136, "JUNIPER_SERVICES", "Juniper Advanced Services PIC", 151, "Juniper Services" },
	{ 137, "JUNIPER_ATM1", "Juniper ATM1 PIC", 67, "Juniper ATM1" },
	{ 138, "APPLE_IP_OVER_IEEE1394", "Apple IP-over-IEEE 1394", 62, "Apple IP-over-IEEE 1394" },
	{ 139, "MTP2_WITH_PHDR", "SS7 MTP2 with Pseudo-header", 75, "MTP2 with pseudoheader" },
	{ 140, "MTP2", "SS7 MTP2", 42, "SS7 MTP2" },
	{ 141, "MTP3", "SS7 MTP3", 43, "SS7 MTP3" },
	{ 142, "SCCP", "SS7 SCCP", 101, "SS7 SCCP" },
	{ 143, "DOCSIS", "DOCSIS", 33, "Data Over Cable Service Interface Specification" },
	{ 144, "LINUX_IRDA", "Linux IrDA", 0, NULL },
	{ 147, NULL, NULL, 45, "USER 0" },
	{ 148, NULL, NULL, 46, "USER 1" },
	{ 149, NULL, NULL, 47, "USER 2" },
	{ 150, NULL, NULL, 48, "USER 3" },
	{ 151, NULL, NULL, 49, "USER 4" },
	{ 152, NULL, NULL, 50, "USER 5" },
	{ 153, NULL, NULL, 51, "USER 6" },
	{ 154, NULL, NULL, 52, "USER 7" },
	{ 155, NULL, NULL, 53, "USER 8" },
	{ 156, NULL, NULL, 54, "USER 9" },
	{ 157, NULL, NULL, 55, "USER 10" },
	{ 158, NULL, NULL, 56, "USER 11" },
	{ 159, NULL, NULL, 57, "USER 12" },
	{ 160, NULL, NULL, 58, "USER 13" },
	{ 161, NULL, NULL, 59, "USER 14" },
	{ 162, NULL, NULL, 60, "USER 15" },
	{ 163, "IEEE802_11_RADIO_AVS", "802.11 plus AVS radio information header",
		24, "IEEE 802.11 plus AVS radio header" },
	{ 164, "JUNIPER_MONITOR", "Juniper Passive Monitor PIC", 0, NULL },
	{ 165, "BACNET_MS_TP", "BACnet MS/TP", 63, "BACnet MS/TP" },
	{ 166, "PPP_PPPD", "PPP for pppd, with direction flag", 0, NULL },
	{ 167, "JUNIPER_PPPOE", "Juniper PPPoE", 76, "Juniper PPPoE" },
	{ 168, "JUNIPER_PPPOE_ATM", "Juniper PPPoE/ATM", 0, NULL },
	{ 169, "GPRS_LLC", "GPRS LLC", 66, "GPRS LLC" },
	{ 170, "GPF_T", "GPF-T",
		178, "ITU-T G.7041/Y.1303 Generic Framing Procedure Transparent mode" },
	{ 171, "GPF_F", "GPF-F",
		179, "ITU-T G.7041/Y.1303 Generic Framing Procedure Frame-mapped mode" },
	{ 172, NULL, NULL, 77, "GCOM TIE1" },
	{ 173, NULL, NULL, 78, "GCOM Serial" },
	{ 174, "JUNIPER_PIC_PEER", "Juniper PIC Peer", 0, NULL },
	{ 175, "ERF_ETH", "Ethernet with Endace ERF header", 0, NULL },
	{ 176, "ERF_POS", "Packet-over-SONET with Endace ERF header", 0, NULL },
	{ 177, "LINUX_LAPD", "Linux vISDN LAPD", 0, NULL },
	{ 178, "JUNIPER_ETHER", "Juniper Ethernet", 83, "Juniper Ethernet" },
	{ 179, "JUNIPER_PPP", "Juniper PPP", 84, "Juniper PPP" },
	{ 180, "JUNIPER_FRELAY", "Juniper Frame Relay", 85, "Juniper Frame-Relay" },
	{ 181, "JUNIPER_CHDLC", "Juniper C-HDLC", 86, "Juniper C-HDLC" },
	{ 182, "MFR", "FRF.16 Frame Relay", 0, NULL },
	{ 183, "JUNIPER_VP", "Juniper Voice PIC", 91, "Juniper Voice PIC" },
	{ 184, "A429", "Arinc 429", 181, "Juniper VN" },
	{ 185, "A653_ICM", "Arinc 653 Interpartition Communication", 0, NULL },
	{ 186, "USB_FREEBSD", "USB with FreeBSD header", 92, "USB packets with FreeBSD header" },
	{ 187, "BLUETOOTH_HCI_H4", "Bluetooth HCI UART transport layer", 41, "Bluetooth H4" },
	{ 188, "IEEE802_16_MAC_CPS", "IEEE 802.16 MAC Common Part Sublayer",
		93, "IEEE 802.16 MAC Common Part Sublayer" },
	{ 189, "USB_LINUX", "USB with Linux header", 95, "USB packets with Linux header" },
	{ 190, "CAN20B", "Controller Area Network (CAN) v. 2.0B",
		109, "Controller Area Network 2.0B" },
	{ 191, "IEEE802_15_4_LINUX", "IEEE 802.15.4 with Linux padding", 0, NULL },
	{ 192, "PPI", "Per-Packet Information", 97, "Per-Packet Information header" },
	{ 193, "IEEE802_16_MAC_CPS_RADIO", "IEEE 802.16 MAC Common Part Sublayer plus radiotap header",
		0, NULL },
	{ 194, "JUNIPER_ISM", "Juniper Integrated Service Module", 0, NULL },
	{ 195, "IEEE802_15_4", "IEEE 802.15.4 with FCS", 104, "IEEE 802.15.4 Wireless PAN" },
	{ 196, "SITA", "SITA pseudo-header", 100, "SITA WAN packets" },
	{ 197, "ERF", "Endace ERF header", 98, "Extensible Record Format" },
	{ 198, "RAIF1", "Ethernet with u10 Networks pseudo-header", 0, NULL },
	{ 199, "IPMB_KONTRON", "IPMB with Kontron pseudo-header",
		103, "Intelligent Platform Management Bus with Kontron pseudo-header" },
	{ 200, "JUNIPER_ST", "Juniper Secure Tunnel", 197, "Juniper Secure Tunnel Information" },
	{ 201, "BLUETOOTH_HCI_H4_WITH_PHDR", "Bluetooth HCI UART transport layer plus pseudo-header",
		99, "Bluetooth H4 with linux header" },
	{ 202, "AX25_KISS", "AX.25 with KISS header", 147, "AX.25 with KISS header" },
	{ 203, NULL, NULL, 131, "LAPD" },
	{ 204, NULL, NULL, 19, "PPP with Directional Info" },
	{ 209, "IPMB_LINUX", "IPMB with Linux/Pigeon Point pseudo-header",
		112, "I2C with Linux-specific pseudo-header" },
	{ 210, NULL, NULL, 106, "FlexRay" },
	{ 211, NULL, NULL, 108, "Media Oriented Systems Transport" },
	{ 212, NULL, NULL, 107, "Local Interconnect Network" },
	{ 213, NULL, NULL, 111, "X2E serial line capture" },
	{ 214, NULL, NULL, 105, "X2E Xoraya" },
	{ 215, "IEEE802_15_4_NONASK_PHY", "IEEE 802.15.4 with non-ASK PHY data",
		113, "IEEE 802.15.4 Wireless PAN non-ASK PHY" },
	{ 216, "LINUX_EVDEV", "Linux evdev events", 0, NULL },
	{ 219, "MPLS", "MPLS with label as link-layer header", 0, NULL },
	{ 220, "USB_LINUX_MMAPPED", "USB with padded Linux header",
		115, "USB packets with Linux header and padding" },
	{ 221, "DECT", "DECT", 0, NULL },
	{ 222, "AOS", "AOS Space Data Link protocol", 0, NULL },
	{ 223, "WIHART", "Wireless HART", 0, NULL },
	{ 224, "FC_2", "Fibre Channel FC-2", 121, "Fibre Channel FC-2" },
	{ 225, "FC_2_WITH_FRAME_DELIMS", "Fibre Channel FC-2 with frame delimiters",
		122, "Fibre Channel FC-2 With Frame Delimiter" },
	{ 226, "IPNET", "Solaris ipnet", 124, "Solaris IPNET" },
	{ 227, "CAN_SOCKETCAN", "CAN-bus with SocketCAN headers", 125, "SocketCAN" },
	{ 228, "IPV4", "Raw IPv4", 129, "Raw IPv4" },
	{ 229, "IPV6", "Raw IPv6", 130, "Raw IPv6" },
	{ 230, "IEEE802_15_4_NOFCS", "IEEE 802.15.4 without FCS",
		127, "IEEE 802.15.4 Wireless PAN with FCS not present" },
	{ 231, "DBUS", "D-Bus", 146, "D-Bus" },
	{ 232, "JUNIPER_VS", "Juniper Virtual Server", 0, NULL },
	{ 233, "JUNIPER_SRX_E2E", "Juniper SRX E2E", 0, NULL },
	{ 234, "JUNIPER_FIBRECHANNEL", "Juniper Fibre Channel", 0, NULL },
	{ 235, "DVB_CI", "DVB-CI", 132, "DVB-CI (Common Interface)" },
	{ 236, "MUX27010", "MUX27010", 133, "MUX27010" },
	{ 237, "STANAG_5066_D_PDU", "STANAG 5066 D_PDUs",
		157, "STANAG 5066 Data Transfer Sublayer PDUs(D_PDU)" },
	{ 238, "JUNIPER_ATM_CEMIC", "Juniper ATM CEMIC", 0, NULL },
	{ 239, "NFLOG", "Linux netfilter log messages", 141, "NFLOG" },
	{ 240, "NETANALYZER", "Ethernet with Hilscher netANALYZER pseudo-header",
		135, "Hilscher netANALYZER" },
	{ 241, "NETANALYZER_TRANSPARENT", "Ethernet with Hilscher netANALYZER pseudo-header and with preamble and SFD",
		136, "Hilscher netANALYZER-Transparent" },
	{ 242, "IPOIB", "RFC 4391 IP-over-Infiniband", 180, "IP over IB" },
	{ 243, "MPEG_2_TS", "MPEG-2 transport stream", 138, "ISO/IEC 13818-1 MPEG2-TS" },
	{ 244, "NG40", "ng40 protocol tester Iub/Iur", 0, NULL },
	{ 245, "NFC_LLCP", "NFC LLCP PDUs with pseudo-header", 140, "NFC LLCP" },
	{ 246, "PFSYNC", "Packet filter state syncing", 0, NULL },
	{ 247, "INFINIBAND", "InfiniBand", 0, NULL },
	{ 248, "SCTP", "SCTP", 149, "SCTP" },
	{ 249, "USBPCAP", "USB with USBPcap header", 152, "USB packets with USBPcap header" },
	{ 250, "RTAC_SERIAL", "Schweitzer Engineering Laboratories RTAC packets",
		153, "RTAC serial-line" },
	{ 251, "BLUETOOTH_LE_LL", "Bluetooth Low Energy air interface",
		154, "Bluetooth Low Energy Link Layer" },
	{ 252, NULL, NULL, 155, "Wireshark Upper PDU export" },
	{ 253, "NETLINK", "Linux netlink", 158, "Linux Netlink" },
	{ 254, "BLUETOOTH_LINUX_MONITOR", "Bluetooth Linux Monitor",
		159, "Bluetooth Linux Monitor" },
	{ 255, "BLUETOOTH_BREDR_BB", "Bluetooth Basic Rate/Enhanced Data Rate baseband packets",
		160, "Bluetooth BR/EDR Baseband RF" },
	{ 256, "BLUETOOTH_LE_LL_WITH_PHDR", "Bluetooth Low Energy air interface with pseudo-header",
		161, "Bluetooth Low Energy Link Layer RF" },
	{ 257, "PROFIBUS_DL", "PROFIBUS data link layer", 0, NULL },
	{ 258, "PKTAP", "Apple DLT_PKTAP", 171, "Apple PKTAP" },
	{ 259, "EPON", "Ethernet with 802.3 Clause 65 EPON preamble",
		172, "Ethernet Passive Optical Network" },
	{ 260, "IPMI_HPM_2", "IPMI trace packets", 173, "IPMI Trace Data Collection" },
	{ 261, "ZWAVE_R1_R2", "Z-Wave RF profile R1 and R2 packets", 0, NULL },
	{ 262, "ZWAVE_R3", "Z-Wave RF profile R3 packets", 0, NULL },
	{ 263, "WATTSTOPPER_DLM", "WattStopper Digital Lighting Management (DLM) and Legrand Nitoo Open protocol",
		0, NULL },
	{ 264, "ISO_14443", "ISO 14443 messages",
		177, "ISO 14443 contactless smartcard standards" },
	{ 265, "RDS", "IEC 62106 Radio Data System groups", 0, NULL },
	{ 266, "USB_DARWIN", "USB with Darwin header",
		182, "USB packets with Darwin (macOS, etc.) headers" },
	{ 267, "OPENFLOW", "OpenBSD DLT_OPENFLOW", 0, NULL },
	{ 268, "SDLC", "IBM SDLC frames", 36, "SDLC" },
	{ 269, "TI_LLN_SNIFFER", "TI LLN sniffer frames", 0, NULL },
	{ 270, NULL, NULL, 183, "LoRaTap" },
	{ 271, "VSOCK", "Linux vsock", 185, "Linux vsock" },
	{ 272, "NORDIC_BLE", "Nordic Semiconductor Bluetooth LE sniffer frames",
		186, "nRF Sniffer for Bluetooth LE" },
	{ 273, "DOCSIS31_XRA31", "Excentis XRA-31 DOCSIS 3.1 RF sniffer frames",
		199, "DOCSIS with Excentis XRA pseudo-header" },
	{ 274, "ETHERNET_MPACKET", "802.3br mPackets", 198, "IEEE 802.3br mPackets" },
	{ 275, "DISPLAYPORT_AUX", "DisplayPort AUX channel monitoring data",
		200, "DisplayPort AUX channel with Unigraf pseudo-header" },
	{ 276, "LINUX_SLL2", "Linux cooked v2", 210, "Linux cooked-mode capture v2" },
	{ 278, "OPENVIZSLA", "OpenVizsla USB", 0, NULL },
	{ 279, "EBHSCR", "Elektrobit High Speed Capture and Replay (EBHSCR)",
		204, "Elektrobit High Speed Capture and Replay" },
	{ 280, "VPP_DISPATCH", "VPP graph dispatch tracer",
		205, "Vector Packet Processing graph dispatch trace" },
	{ 281, "DSA_TAG_BRCM", "Broadcom tag", 0, NULL },
	{ 282, "DSA_TAG_BRCM_PREPEND", "Broadcom tag (prepended)", 0, NULL },
	{ 283, "IEEE802_15_4_TAP", "IEEE 802.15.4 with pseudo-header",
		206, "IEEE 802.15.4 Wireless with TAP pseudo-header" },
	{ 284, "DSA_TAG_DSA", "Marvell DSA", 0, NULL },
	{ 285, "DSA_TAG_EDSA", "Marvell EDSA", 0, NULL },
	{ 286, "ELEE", "ELEE lawful intercept packets", 0, NULL },
	{ 287, "Z_WAVE_SERIAL", "Z-Wave serial frames between host and chip",
		211, "Z-Wave Serial API packets" },
	{ 288, "USB_2_0", "USB 2.0/1.1/1.0 as transmitted over the cable",
		208, "USB 2.0/1.1/1.0 packets" },
	{ 289, "ATSC_ALP", "ATSC Link-Layer Protocol packets", 0, NULL },
	{ 290, NULL, NULL, 212, "Event Tracing for Windows messages" },
	{ 292, NULL, NULL, 214, "ZBOSS NCP" },
	{ 293, NULL, NULL, 215, "Low-Speed USB 2.0/1.1/1.0 packets" },
	{ 294, NULL, NULL, 216, "Full-Speed USB 2.0/1.1/1.0 packets" },
	{ 295, NULL, NULL, 217, "High-Speed USB 2.0 packets" },
};

static int by_link_type(const void *key, const void *row)
{
	return *(const uint16_t *)key - ((const struct link_type_row *)row)->link_type;
}

static const struct link_type_row *row_of(uint16_t link_type)
{
	return bsearch(&link_type, rows, sizeof rows / sizeof *rows, sizeof *rows, by_link_type);
}

const char *link_type_name(uint16_t link_type)
{
	const struct link_type_row *row = row_of(link_type);

	return row ? row->name : NULL;
}

const char *link_type_description(uint16_t link_type)
{
	const struct link_type_row *row = row_of(link_type);

	return row ? row->description : NULL;
}

/* The last of several: raw IP has old numbers, and a new one that counts. */
bool link_type_named(const char *name, uint16_t *link_type)
{
	for (size_t i = sizeof rows / sizeof *rows; i-- > 0;) {
		if (!rows[i].name || strcasecmp(rows[i].name, name))
			continue;
		*link_type = rows[i].link_type;
		return true;
	}
	return false;
}

uint16_t link_type_encapsulation(uint16_t link_type, const char **name)
{
	const struct link_type_row *row = row_of(link_type);

	if (name)
		*name = row && row->encapsulation_name ? row->encapsulation_name : "Unknown";
	return row ? row->encapsulation : 0;
}
