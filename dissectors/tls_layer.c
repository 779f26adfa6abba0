/* tls_layer.c - what a layer of TLS knows when it begins, and what it leaves to the next one and to
 * later passes. */
#include <string.h>

#include "state/conversation.h"
#include "state/facts.h"
#include "tls_layer.h"

struct tls_connection *tls_connection_of(const struct dissection *d)
{
	return conversation_state(d, &tls_dissector, sizeof(struct tls_connection));
}

const char *tls_layer_version_word(const struct tls_layer *layer, uint16_t own)
{
	const char *word =
		tls_version_word(layer->now.version ? (uint16_t)layer->now.version : layer->chosen);

	if (!word)
		word = tls_version_word(own);
	return word ? word : "SSL";
}

void tls_say(struct dissection *d, const char *words)
{
	if (d->info_length)
		info_words(d, ", ");
	info(d, "%s", words);
}

void tls_layer_begin(struct dissection *d, struct tls_layer *layer)
{
	layer->connection = tls_connection_of(d);
	if (!layer->connection) {
		uint32_t size;
		const void *fact = recall(d, FACT_OWN, &size);
		if (fact)
			memcpy(&layer->now, fact,
			       size < sizeof layer->now ? size : sizeof layer->now);
		layer->completed = recall(d, FACT_OTHER, NULL);
		if (!layer->now.version)
			layer->chosen = tls_version_chosen(d);
		return;
	}
	struct tls_side *side = layer->side = &layer->connection->side[!d->from_opener];
	layer->now = (struct tls_standing){
		.version = layer->connection->version,
		.flags = flags_with_inner(side->flags, layer->connection->inner_row),
		.type = side->type & 0xff,
		.suite = layer->connection->suite,
		.head_length = side->head_length & 0xffff,
		.left = side->left,
	};
	memcpy(layer->now.head, side->head, sizeof side->head);
	/* Keys that were agreed on anew: the client went first. */
	if (layer->connection->side[d->from_opener].flags & SIDE_ENCRYPTED)
		layer->now.flags &= 0xff & ~(unsigned)SIDE_RESUMES;
	if (!layer->now.version)
		tls_version_await(d, &layer->connection->waiting);
	bool plain = side->flags & SIDE_ENCRYPTED && !side->left && !side->head_length;
	uint32_t size = plain ? sizeof(uint32_t) : sizeof layer->now;
	void *fact = layer->now.version || side->left || side->head_length
			     ? learn(d, FACT_OWN, size)
			     : NULL;
	if (fact)
		memcpy(fact, &layer->now, size);
}

void tls_layer_end(struct dissection *d, struct tls_layer *layer)
{
	struct tls_side *side = layer->side;

	if (!side)
		return;
	side->flags = layer->now.flags;
	side->type = layer->now.type;
	side->left = layer->now.left;
	side->head_length = layer->now.head_length;
	memcpy(side->head, layer->now.head, sizeof side->head);
	layer->connection->version = (uint16_t)layer->now.version;
	layer->connection->suite = (uint16_t)layer->now.suite;
	if (!layer->completed_count)
		return;
	struct tls_completed *fact =
		learn(d, FACT_OTHER,
		      (uint32_t)(sizeof *fact + layer->completed_count * sizeof *fact->made));
	if (!fact)
		return;
	fact->count = layer->completed_count;
	memcpy(fact->made, layer->made, layer->completed_count * sizeof *fact->made);
}

uint32_t tls_layer_made(struct tls_layer *layer, bool by_keys)
{
	uint32_t n = layer->completed_count;

	if (!layer->completed || n >= layer->completed->count ||
	    layer->completed->made[n].place != layer->record * 2 + by_keys)
		return 0;
	layer->completed_count++;
	return layer->completed->made[n].message;
}

void tls_layer_keep(struct tls_layer *layer, bool by_keys, uint32_t message)
{
	if (layer->completed_count < COMPLETED_LIMIT)
		layer->made[layer->completed_count++] =
			(struct tls_made){ layer->record * 2 + by_keys, message };
}
