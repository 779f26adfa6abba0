/* dns_pairing.h - what judging a lookup asks of those who put it together; private to src/session.
 */
#ifndef SESSION_DNS_PAIRING_H
#define SESSION_DNS_PAIRING_H

#include "dns_message.h"
#include "session/dns_lookups.h"

/* Was anything seen of what this message's receiver asked its sender? */
bool dns_lookups_saw_asking(const struct dns_lookups *lookups, const struct dns_message *response);
/* To read messages with, between two dns_lookups_extend(). */
struct dns_reader *dns_lookups_reader(struct dns_lookups *lookups);

#endif
