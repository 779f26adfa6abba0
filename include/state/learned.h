/* learned.h - what the first, sequential pass finds out and every later pass reads.
 *
 * One thread writes, through dissection.pen; it only ever appends, and what a packet
 * taught is published with that packet's index entry.  So any thread may take apart
 * any published packet at any time and gets the same result, but for forward links. */
#ifndef STATE_LEARNED_H
#define STATE_LEARNED_H

#include "dissect/path.h"
#include "state/packet_index.h"

struct announced_table;
struct capture_table;
struct connection_id_table;
struct conversation_table;
struct fact_log;
struct fragment_table;
struct message_table;
struct pieces_table;
struct sealed_table;
struct stream_table;
struct tcp_tracks;

struct learned {
	struct packet_index index;
	struct path_table *paths;
	struct conversation_table *conversations;
	struct announced_table *announced;      /* ends of conversations to come; NULL: none yet */
	struct capture_table *capture_states;   /* what dissectors know by keys; NULL: nothing yet */
	struct connection_id_table *connection_ids; /* of QUIC */
	struct fact_log *facts;
	struct message_table *messages;
	struct fragment_table *fragments;       /* datagrams being put together */
	struct pieces_table *pieces;            /* of messages being put together by dissectors */
	struct sealed_table *sealed;            /* keys, and records that they open */
	struct stream_table *streams;           /* TCP directions being followed */
	struct tcp_tracks *tcp_tracks;          /* what its connections' ends have sent so far */
};

struct learned *learned_new(void);
void learned_free(struct learned *learned);
/* Readers may have the last packet appended to the index, and what it taught. */
void learned_publish(struct learned *learned);
/* Frees what only the first pass needs. */
void learned_finish(struct learned *learned);

#endif
