/* stride.c - the way from the frame to the transport, which most packets of a capture share, in a
 * few instructions a header instead of a layer's beginning and end. */
#include "stride.h"

#include <string.h>

#include "dissect/path.h"

static bool is_plain(const struct dissection *d, const struct plain_header *plain, struct outline *o)
{
	if (!plain->read)
		return true;
	if (o->at > o->captured || o->captured - o->at < plain->bytes || !plain->read(o))
		return false;
	return only_learning(d) || !plain->stands_out || !plain->stands_out(d, o);
}

/* The path behind the n-th header, which is mostly that of the packet before. */
static uint16_t path_behind(struct dissection *d, unsigned n, const struct dissector *who)
{
	struct strides *known = &d->strides;

	if (likely(known->over[n] == who))
		return known->paths[n];
	known->over[n] = who;
	memset(&known->over[n + 1], 0, (MAX_STRIDES - 1 - n) * sizeof(known->over[0]));
	uint16_t path = path_extend(d->paths, d->path, who->name);
	if (who->plain->mention)
		path = path_extend_mention(d->paths, path, who->plain->mention);
	return known->paths[n] = path;
}

/* Enters the layer of `who` as if it had been dissected up to what it hands on. */
static void step_into(struct dissection *d, const struct dissector *who, uint32_t start)
{
	unsigned n = d->layer_count++;

	d->layers[n] = (struct layer){
		.dissector = who, .node = NO_NODE, .start = start, .below = NO_NODE, .serial = (uint16_t)n,
	};
	if (d->paths)
		d->path = path_behind(d, n, who);
}

/* What stands in the row unless a layer behind them has its own: that of the last, if it has a header. */
static void word_row(struct dissection *d)
{
	const struct plain_header *plain = d->layers[d->layer_count - 1].dissector->plain;

	if (!plain->read)
		return;
	info_begin(d);
	if (plain->words)
		info_put(d, plain->words, strlen(plain->words));
}

const struct dissector *stride(struct dissection *d, const struct dissector *who, struct cursor *c)
{
	struct outline o = { .bytes = c->data, .at = c->pos, .link_type = d->packet.link_type,
			     .captured = c->captured, .reported = c->reported };
	const struct plain_header *plain = who->plain;

	while (plain && plain->step && likely(d->layer_count < MAX_STRIDES)) {
		if (!is_plain(d, plain, &o) || o.at + o.header >= o.captured)
			break;
		struct onward onward = plain->step(d, &o);
		const struct dissector *next = who_claims(onward.table, onward.key);
		if (!next)
			break;
		step_into(d, who, o.at);
		d->matched_port = onward.key;
		c->pos = o.at += o.header;
		c->captured = o.captured;
		c->reported = o.reported;
		o.header = 0;
		who = next;
		plain = who->plain;
	}
	d->serial = d->layer_count;
	if (d->layer_count) {
		d->fault = c->fault = &d->layers[d->layer_count - 1].fault;
		d->depth = 1;
		if (!only_learning(d))
			word_row(d);
	}
	return who;
}
