/* tcp_connection.h - one TCP connection as it is watched: its life, and which bytes were sent
 * where, so that bytes that are sent again can be compared. */
#ifndef SESSION_TCP_CONNECTION_H
#define SESSION_TCP_CONNECTION_H

#include <stdbool.h>
#include <stdint.h>

#include "session/session.h"
#include "session/tcp_event.h"
#include "session/tcp_life.h"
#include "state/conversation.h"

/* Payload that was sent, to compare with when it is sent again. */
struct tcp_sent {
	uint32_t sequence, length, packet;
};

struct tcp_sent_list {
	struct tcp_sent *rows; /* the latest, in the order of packets */
	uint32_t count, room;
};

struct tcp_connection {
	struct tcp_life life;
	struct tcp_sent_list sent[2]; /* by tcp_event.from_client */
};

/* Fetches packets that sent the same bytes before; one for any number of connections. */
struct tcp_witness {
	const struct tcp_event_reader *reader;
	struct view_port port;
};

void tcp_witness_init(struct tcp_witness *witness, struct session *session,
		      const struct tcp_event_reader *reader);
void tcp_witness_free(struct tcp_witness *witness);

void tcp_connection_begin(struct tcp_connection *connection, uint32_t stream);
void tcp_connection_free(struct tcp_connection *connection);
/* Takes in the next segment of `talk`; `from_opener`: of the dissection that it was read from. */
void tcp_connection_take(struct tcp_connection *connection, struct tcp_witness *witness,
			 const struct tcp_event *event, const struct conversation *talk,
			 bool from_opener);

#endif
