/* dissection_settings.h - what the user chose of how packets are taken apart.
 *
 * Like the registry it is written before there are threads, and only read afterwards. */
#ifndef DISSECT_DISSECTION_SETTINGS_H
#define DISSECT_DISSECTION_SETTINGS_H

#include <stdbool.h>

struct dissection_settings {
	bool absolute_sequences;   /* TCP's numbers as they are sent, not from the first one on */
	bool tells_whole_messages; /* not what begins in a segment, as tshark with -2 */
	bool trusts_ip_checksums, trusts_tcp_checksums, trusts_udp_checksums; /* verifies none */
	bool no_ipv4_places, no_ipv6_places; /* does not ask databases where addresses are */
	/* Rows say which are wrong, as tshark's do where it is told to look. */
	bool words_tcp_checksums, words_udp_checksums;
};

const struct dissection_settings *dissection_settings(void);
struct dissection_settings *dissection_settings_to_change(void);

#endif
