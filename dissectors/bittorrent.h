/* bittorrent.h - what uTP asks of the peer protocol that it carries. */
#ifndef DISSECTORS_BITTORRENT_H
#define DISSECTORS_BITTORRENT_H

#include "dissect/dissector.h"

/* Are these n bytes, or as many as count, those that a connection begins with? */
bool bittorrent_begins(const uint8_t *at, uint32_t n);
/* Could a message begin here, if it is not known where one does? */
bool bittorrent_resumes(const uint8_t *at, uint32_t n);
/* Bytes of the message that begins at `at`, or how many tell that; 0: it is no message. */
uint32_t bittorrent_message_length(const uint8_t *at, uint32_t n);
extern const struct dissector bittorrent_dissector;

#endif
