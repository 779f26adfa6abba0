/* icmp_quote.c - the packet inside an error message. */
#include "dissect/dissector.h"
#include "icmp.h"

/* A quote often ends early: that is no fault of the packet, nor news for its columns. */
void show_quoted_packet(struct dissection *d, struct cursor quote, uint16_t ethertype)
{
	struct endpoint from = d->from, to = d->to;
	const struct conversation *conversation = d->conversation;
	uint8_t worst_fault = d->worst_fault, hops_left = d->hops_left;
	uint8_t severity = d->severity;
	bool was_in_error = d->in_error, from_opener = d->from_opener;

	if (!cursor_more(&quote))
		return;
	d->in_error = true;
	unsigned columns = columns_off(d);
	d->worst_fault = FAULT_CUT_SHORT;
	hand_on_within(d, BY_ETHERTYPE, ethertype, quote);
	d->worst_fault = worst_fault;
	columns_on(d, columns);
	d->in_error = was_in_error;
	d->severity = severity;
	d->from_opener = from_opener;
	d->conversation = conversation;
	d->from = from;
	d->to = to;
	d->hops_left = hops_left;
}

void show_undelivered_packet(struct dissection *d, struct cursor quote, uint16_t ethertype)
{
	bool was_undelivered = d->is_undelivered;

	d->is_undelivered = true;
	show_quoted_packet(d, quote, ethertype);
	d->is_undelivered = was_undelivered;
}
