/* segments.h - a capture of TCP segments with chosen numbers, and UDP datagrams, in memory. */
#ifndef SUPPORT_SEGMENTS_H
#define SUPPORT_SEGMENTS_H

#include <stdbool.h>
#include <stdint.h>

struct session;

enum { FIN = 1, SYN = 2, RST = 4, PUSH = 8, ACK = 16 };

/* Between 192.0.2.1 port 40000 (the client) and 198.51.100.2 port 9999. */
void segments_begin(void);
void segments_end(void);
/* Each returns its packet's number.  Numbers are as on the wire. */
uint32_t segment(bool client, uint32_t sequence, uint32_t acknowledged, unsigned flags,
		 const char *text);
uint32_t segment_bytes(bool client, uint32_t sequence, uint32_t acknowledged, unsigned flags,
		       const uint8_t *bytes, uint32_t n);
/* The same, of whose payload the capture holds `held` bytes only. */
uint32_t segment_cut(bool client, uint32_t sequence, uint32_t acknowledged, const char *text,
		     uint32_t held);
uint32_t datagram(bool client, const char *text);
/* The client's SYN with `isn`, and the rest of a handshake: the client's data begins with isn + 1,
 * the server's with 5001. */
void segments_handshake(uint32_t isn);
/* Later segments have this client port. */
void segments_client_port(uint16_t port);

/* The next packet comes so much later than a millisecond after the one before. */
void segments_wait(uint32_t us);
/* Later segments have this window, not 65535. */
void segments_window(uint16_t window);
/* The next segment has these options: a multiple of four bytes. */
void segments_options(const uint8_t *options, uint32_t n);
/* Later segments have the right checksum, not 0. */
void segments_sum(bool right);

/* All that was said so far, scanned; valid until segments_end() or the next call. */
struct session *segments_session(void);
/* The same, not yet scanned. */
struct session *segments_unscanned(void);

#endif
