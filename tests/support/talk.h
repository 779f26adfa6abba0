/* talk.h - a TCP connection in memory: what each side says, scanned and taken apart as any capture.
 */
#ifndef SUPPORT_TALK_H
#define SUPPORT_TALK_H

#include <stdbool.h>
#include <stdint.h>

#include "dissect/dissection.h"

/* Begins with the handshake, packets 1 to 3, from 192.0.2.1 port 40000 to 198.51.100.2. */
void talk_begin(uint16_t server_port);
/* One segment of text each; returns its packet's number. */
uint32_t talk_client(const char *text);
uint32_t talk_server(const char *text);
/* The same in segments of `size` bytes; returns the last one's number. */
uint32_t talk_in_pieces(bool client, const char *text, uint32_t size);
/* A FIN without data. */
uint32_t talk_close(bool client);

/* The packet, once all has been said; valid until the next call. */
const struct dissection *talk_packet(uint32_t number);
/* The same with its row only. */
const struct dissection *talk_row(uint32_t number);
void talk_end(void);

#endif
