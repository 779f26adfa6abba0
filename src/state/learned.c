/* learned.c - the tables of the first pass, made and freed together. */
#include "state/learned.h"

#include <stdlib.h>

#include "base/arena.h"
#include "tables.h"

struct learned *learned_new(void)
{
	struct learned *learned = must_zeroed(1, sizeof *learned);

	learned->paths = path_table_new();
	learned->conversations = conversation_table_new();
	learned->connection_ids = connection_id_table_new();
	learned->facts = fact_log_new();
	learned->messages = message_table_new();
	learned->fragments = fragment_table_new();
	learned->pieces = pieces_table_new();
	learned->sealed = sealed_table_new();
	learned->streams = stream_table_new();
	learned->tcp_tracks = tcp_tracks_new();
	return learned;
}

void learned_publish(struct learned *learned)
{
	index_publish(&learned->index);
	conversation_table_publish(learned->conversations, learned->index.count);
}

void learned_finish(struct learned *learned)
{
	conversation_table_finish(learned->conversations);
	capture_table_free(learned->capture_states);
	learned->capture_states = NULL;
	announced_table_free(learned->announced);
	learned->announced = NULL;
	connection_id_table_free(learned->connection_ids);
	learned->connection_ids = NULL;
	fragment_table_free(learned->fragments);
	learned->fragments = NULL;
	pieces_table_free(learned->pieces);
	learned->pieces = NULL;
	stream_table_free(learned->streams);
	learned->streams = NULL;
	tcp_tracks_free(learned->tcp_tracks);
	learned->tcp_tracks = NULL;
}

void learned_free(struct learned *learned)
{
	if (!learned)
		return;
	learned_finish(learned);
	index_free(&learned->index);
	path_table_free(learned->paths);
	conversation_table_free(learned->conversations);
	fact_log_free(learned->facts);
	message_table_free(learned->messages);
	sealed_table_free(learned->sealed);
	free(learned);
}
