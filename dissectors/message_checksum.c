/* message_checksum.c - the checksum in bytes 2 and 3 of a message, RFC 792, 2236 and 4443. */
#include "message_checksum.h"

#include "dissect/checksum.h"
#include "dissect/dissector.h"

void take_message_checksum(struct dissection *d, struct cursor *c,
			   const struct message_checksum *sum)
{
	const uint8_t *bytes = c->data + sum->start;
	uint16_t found = take_u16(d, c, sum->field);
	node_id node = last_node(d);

	if (!cursor_ok(c) || only_learning(d))
		return;
	if (sum->unknowable || sum->length > c->captured - sum->start) {
		label(d, node, " [unverified]%s",
		      sum->unknowable && d->in_error ? " [in ICMP error packet]" : "");
		node_stand_at(d, put_uint(d, sum->status, CHECKSUM_UNVERIFIED), node);
		return;
	}
	uint32_t rest = checksum_add(sum->pseudo, bytes, 2);
	uint16_t right = checksum_finish(checksum_add(rest, bytes + 4, sum->length - 4));
	bool good = right == found || (right == 0 && found == 0xffff);
	if (good) {
		label(d, node, " [correct]");
	} else {
		label(d, node, " incorrect, should be 0x%04x", right);
		note_finding_on(d, node, sum->finding, "Bad checksum [should be 0x%04x]", right);
	}
	node_stand_at(d, put_uint(d, sum->status, good ? CHECKSUM_GOOD : CHECKSUM_BAD), node);
}
