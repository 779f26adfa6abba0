/* stream_list.h - the packets of one TCP or UDP conversation, in the order of the capture.
 *
 * Found by walking back from the conversation's last packet, once; after that only what has
 * come since is walked.  Any thread may have lists of its own while the first pass goes on. */
#ifndef SESSION_STREAM_LIST_H
#define SESSION_STREAM_LIST_H

#include <stdbool.h>
#include <stdint.h>

#include "session/session.h"
#include "state/conversation.h"

enum stream_protocol { STREAM_TCP = 6, STREAM_UDP = 17 }; /* IP protocol numbers */

struct stream_list {
	const struct learned *learned;
	const struct conversation *talk;
	uint32_t *packets; /* ascending */
	uint32_t count, room;
};

/* Which stream a packet belongs to: the innermost TCP or UDP conversation.  NULL: none. */
const struct conversation *stream_of_packet(const struct session *session, uint32_t packet);
/* Streams are numbered 0 to count - 1, per protocol. */
uint32_t stream_count(const struct session *session, uint8_t protocol);

/* False: there is no such stream (yet).  The list is empty until stream_list_extend(). */
bool stream_list_open(struct stream_list *list, const struct session *session, uint8_t protocol,
		      uint32_t stream);
void stream_list_free(struct stream_list *list);
/* Takes in what was published since; returns how many packets there are now. */
uint32_t stream_list_extend(struct stream_list *list);

#endif
