/* topics.h - what the counters of trees share; private to src/session. */
#ifndef SESSION_TOPICS_H
#define SESSION_TOPICS_H

#include "session/count_trees.h"

enum { TOPIC_NODES = 24, TOPIC_FIELDS = 20 };

struct last_nodes;

struct topics {
	enum topics_kind kind;
	struct count_tree *tree;
	uint32_t nodes[TOPIC_NODES];   /* made beforehand: the kind's own enum */
	uint16_t fields[TOPIC_FIELDS]; /* registry numbers: the kind's own enum */
	struct last_nodes *last;       /* of sequences; NULL: others */
	uint8_t classes[PATH_LIMIT];   /* what a stack says, the kind's own; 0: not asked yet */
};

void begin_lengths(struct topics *topics);
void begin_addresses(struct topics *topics);
void begin_dns_topics(struct topics *topics);
void begin_http_topics(struct topics *topics);
void begin_http_sequences(struct topics *topics);
void last_nodes_free(struct last_nodes *last);

/* Does the stack name this protocol, not counting what ICMP quotes?  Remembered in `classes`. */
bool topics_have_layer(struct topics *topics, const struct tally_packet *packet,
		       const char *protocol);
bool topics_have_either(struct topics *topics, const struct tally_packet *packet, const char *one,
			const char *other);

/* A message: the nodes of one layer. */
struct message {
	const struct dissection *d;
	const struct node *layer, *end;
};

/* The next layer of this protocol that no other one quotes; message->end is NULL at first. */
bool next_message(struct message *message, const struct dissection *d, uint16_t protocol);
/* The first node of this field in it, or NULL. */
const struct node *message_node(const struct message *message, uint16_t field);

#endif
