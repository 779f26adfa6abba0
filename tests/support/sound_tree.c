/* sound_tree.c - spans nest, depths go down one at a time, bytes lie in their buffer. */
#include "support/sound_tree.h"

#include <stdio.h>
#include <string.h>

#include "dissect/address.h"
#include "dissect/registry.h"

static _Thread_local char words[300];

static const char *broken(const struct dissection *d, uint32_t i, const char *rule)
{
	const struct node *node = &d->nodes[i];

	snprintf(words, sizeof(words), "packet %u, node %u of %u (%s), bytes %u+%u of buffer %u: %s",
		 d->packet.number, i, d->node_count, registry_field(node->field)->abbrev, node->start,
		 node->length, node->source, rule);
	return words;
}

static const char *node_fault(const struct dissection *d, uint32_t i)
{
	const struct node *node = &d->nodes[i];

	if (node->field >= registry_field_count())
		return "a field of that number does not exist";
	if (!node->span || node->span > d->node_count - i)
		return broken(d, i, "its subtree goes beyond the packet's nodes");
	if (i && node->depth > d->nodes[i - 1].depth + 1)
		return broken(d, i, "it is more than one step below the node before it");
	if (!i && node->depth)
		return broken(d, i, "the first node is no root");
	for (uint32_t k = 1; k < node->span; k++)
		if (d->nodes[i + k].depth <= node->depth)
			return broken(d, i, "its subtree holds a node that is not below it");
	if (node->span < d->node_count - i && d->nodes[i + node->span].depth > node->depth)
		return broken(d, i, "a node below it is not in its subtree");
	if (node->source >= d->buffer_count)
		return broken(d, i, "that buffer does not exist");
	if (node->start > d->buffers[node->source].length ||
	    node->length > d->buffers[node->source].length - node->start)
		return broken(d, i, "its bytes are not in the buffer");
	return NULL;
}

const char *sound_tree_fault(const struct dissection *d)
{
	for (uint32_t i = 0; i < d->node_count; i++) {
		const char *fault = node_fault(d, i);
		if (fault)
			return fault;
	}
	if (d->info_length != strlen(d->info))
		return "the Info column's length is wrong";
	return NULL;
}

static uint64_t mix(uint64_t sum, uint64_t value)
{
	return (sum ^ value) * 0x9e3779b97f4a7c15U ^ sum >> 29;
}

static uint64_t mix_bytes(uint64_t sum, const void *bytes, size_t length)
{
	const uint8_t *at = bytes;

	for (size_t i = 0; at && i < length; i++)
		sum = mix(sum, at[i]);
	return mix(sum, length);
}

static uint64_t mix_value(uint64_t sum, const struct node *node)
{
	switch (registry_field(node->field)->type) {
	case FIELD_PROTOCOL:
	case FIELD_NONE:
		return sum;
	case FIELD_IPV6:
	case FIELD_GUID:
	case FIELD_ETHER:
	case FIELD_OID:
	case FIELD_BYTES:
	case FIELD_TEXT:
		return mix_bytes(sum, node->value.bytes, node->value_length);
	default:
		return mix(sum, node->value.number);
	}
}

uint64_t dissection_fingerprint(const struct dissection *d)
{
	uint64_t sum = mix(0, d->node_count);

	for (uint32_t i = 0; i < d->node_count; i++) {
		const struct node *node = &d->nodes[i];
		sum = mix(sum, (uint64_t)node->field << 32 | (uint64_t)node->depth << 8 | node->flags);
		sum = mix(sum, (uint64_t)node->span << 8 | node->source);
		sum = mix(sum, (uint64_t)node->start << 32 | node->length);
		sum = mix_value(sum, node);
		if (node->label)
			sum = mix_bytes(sum, d->labels[node->label], strlen(d->labels[node->label]));
	}
	sum = mix_bytes(sum, d->protocol, strlen(d->protocol));
	return mix_bytes(sum, d->info, d->info_length);
}

char *row_of(struct dissection *d)
{
	char from[ADDRESS_TEXT_ROOM], to[ADDRESS_TEXT_ROOM];

	address_text(&d->from, from);
	address_text(&d->to, to);
	return arena_printf(&d->arena, "%s %s %s %s", from, to, d->protocol, d->info);
}
