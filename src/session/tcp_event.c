/* tcp_event.c - which fields make an event, as a table. */
#include "session/tcp_event.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/bitmap.h"
#include "dissect/registry.h"

enum how {
	READ_SEGMENT, /* begins another event */
	READ_U8,
	READ_U16,
	READ_U32,
	READ_FIRST, /* the same, unless it was there before */
	READ_TIME,
	READ_TRUE,    /* it is there */
	READ_FINDING, /* `operand` among the findings */
	READ_STATE,
	READ_BYTES,
};

#define AT(member) offsetof(struct tcp_event, member)

static const struct row {
	const char *abbrev;
	enum how how;
	size_t at;
	uint32_t operand;
} rows[] = {
	{ "tcp", READ_SEGMENT, 0, 0 },
	{ "tcp.srcport", READ_U16, AT(source_port), 0 },
	{ "tcp.dstport", READ_U16, AT(destination_port), 0 },
	{ "tcp.stream", READ_U32, AT(stream), 0 },
	{ "peel.tcp.from_client", READ_U8, AT(from_client), 0 },
	{ "tcp.len", READ_U32, AT(length), 0 },
	{ "tcp.seq", READ_U32, AT(relative_sequence), 0 },
	{ "tcp.seq_raw", READ_U32, AT(sequence), 0 },
	{ "tcp.ack", READ_U32, AT(relative_acknowledgment), 0 },
	{ "tcp.ack_raw", READ_U32, AT(acknowledgment), 0 },
	{ "tcp.flags", READ_U16, AT(flags), 0 },
	{ "tcp.window_size", READ_U32, AT(window), 0 },
	{ "tcp.options.mss_val", READ_U32, AT(mss), 0 },
	{ "tcp.options.wscale.shift", READ_TRUE, AT(has_scale), 0 },
	{ "tcp.options.sack_perm", READ_TRUE, AT(sack_permitted), 0 },
	{ "tcp.options.sack", READ_TRUE, AT(has_sack), 0 },
	{ "tcp.options.sack_le", READ_FIRST, AT(sack_left), 0 },
	{ "tcp.options.sack_re", READ_FIRST, AT(sack_right), 0 },
	{ "tcp.options.tfo.cookie", READ_TRUE, AT(fast_open_cookie), 0 },
	{ "tcp.analysis.acks_frame", READ_U32, AT(acks_packet), 0 },
	{ "tcp.analysis.ack_rtt", READ_TIME, AT(ack_rtt_ns), 0 },
	{ "tcp.analysis.duplicate_ack_num", READ_U32, AT(duplicate_number), 0 },
	{ "tcp.analysis.duplicate_ack_frame", READ_U32, AT(duplicate_of), 0 },
	{ "tcp.analysis.retransmission", READ_FINDING, 0, TCP_FOUND_RETRANSMISSION },
	{ "tcp.analysis.fast_retransmission", READ_FINDING, 0, TCP_FOUND_FAST_RETRANSMISSION },
	{ "tcp.analysis.spurious_retransmission", READ_FINDING, 0, TCP_FOUND_SPURIOUS },
	{ "tcp.analysis.out_of_order", READ_FINDING, 0, TCP_FOUND_OUT_OF_ORDER },
	{ "tcp.analysis.lost_segment", READ_FINDING, 0, TCP_FOUND_LOST_SEGMENT },
	{ "tcp.analysis.ack_lost_segment", READ_FINDING, 0, TCP_FOUND_ACKED_UNSEEN },
	{ "tcp.analysis.duplicate_ack", READ_FINDING, 0, TCP_FOUND_DUPLICATE_ACK },
	{ "tcp.analysis.zero_window", READ_FINDING, 0, TCP_FOUND_ZERO_WINDOW },
	{ "tcp.analysis.zero_window_probe", READ_FINDING, 0, TCP_FOUND_ZERO_WINDOW_PROBE },
	{ "tcp.analysis.zero_window_probe_ack", READ_FINDING, 0, TCP_FOUND_ZERO_WINDOW_PROBE_ACK },
	{ "tcp.analysis.window_update", READ_FINDING, 0, TCP_FOUND_WINDOW_UPDATE },
	{ "tcp.analysis.window_full", READ_FINDING, 0, TCP_FOUND_WINDOW_FULL },
	{ "tcp.analysis.keep_alive", READ_FINDING, 0, TCP_FOUND_KEEP_ALIVE },
	{ "tcp.analysis.keep_alive_ack", READ_FINDING, 0, TCP_FOUND_KEEP_ALIVE_ACK },
	{ "tcp.analysis.reused_ports", READ_FINDING, 0, TCP_FOUND_REUSED_PORTS },
	{ "peel.tcp.state.client", READ_STATE, AT(client), 0 },
	{ "peel.tcp.state.server", READ_STATE, AT(server), 0 },
	{ "tcp.payload", READ_BYTES, 0, 0 },
};

void tcp_event_reader_init(struct tcp_event_reader *reader)
{
	unsigned count = registry_field_count();

	reader->wanted = must_zeroed(count / 8 + 1, 1);
	reader->rows = must_zeroed(count + 1, 1);
	for (unsigned i = 0; i < COUNT(rows); i++) {
		int field = registry_field_named(rows[i].abbrev);
		if (field < 0)
			continue;
		bitmap_add(reader->wanted, (uint32_t)field);
		reader->rows[field] = (uint8_t)(i + 1);
	}
}

void tcp_event_reader_free(struct tcp_event_reader *reader)
{
	free(reader->wanted);
	free(reader->rows);
}

static enum tcp_state state_named(const char *name)
{
	for (unsigned i = 0; i < TCP_STATES; i++)
		if (!strcmp(tcp_state_names[i], name))
			return (enum tcp_state)i;
	return TCP_UNKNOWN;
}

static void read_node(struct tcp_event *event, const struct row *row, const struct node *node)
{
	uint8_t *to = (uint8_t *)event + row->at;
	uint64_t number = node->value.number;

	switch (row->how) {
	case READ_SEGMENT:
		break;
	case READ_U8:
		*to = number & 0xff;
		break;
	case READ_U16:
		memcpy(to, &(uint16_t){ number & 0xffff }, sizeof(uint16_t));
		break;
	case READ_FIRST:
		if (memcmp(to, &(uint32_t){ 0 }, sizeof(uint32_t)) != 0)
			break;
		__attribute__((fallthrough));
	case READ_U32:
		memcpy(to, &(uint32_t){ number & 0xffffffff }, sizeof(uint32_t));
		break;
	case READ_TIME:
		memcpy(to, &number, sizeof number);
		break;
	case READ_TRUE:
		*to = true;
		break;
	case READ_FINDING:
		event->findings |= row->operand;
		break;
	case READ_STATE:
		memcpy(to, &(enum tcp_state){ state_named(node->value.text) },
		       sizeof(enum tcp_state));
		break;
	case READ_BYTES:
		event->payload = node->value.bytes;
		event->payload_held = node->value_length;
		break;
	}
	if (row->at == AT(has_scale) && row->how == READ_TRUE)
		event->scale = number & 0xff;
}

unsigned tcp_events_read(const struct tcp_event_reader *reader, const struct dissection *d,
			 struct tcp_event *events, unsigned room)
{
	struct tcp_event *event = NULL;
	unsigned count = 0;

	for (uint32_t n = 0; n < d->node_count; n++) {
		uint8_t row = reader->rows[d->nodes[n].field];
		if (!row)
			continue;
		if (rows[row - 1].how == READ_SEGMENT) {
			if (count == room)
				break;
			event = &events[count++];
			*event = (struct tcp_event){ .packet = d->packet.number,
						     .time_ns = d->packet.time_ns,
						     .stream = UINT32_MAX };
		} else if (event) {
			read_node(event, &rows[row - 1], &d->nodes[n]);
		}
	}
	/* What belongs to no conversation, as in packets that ICMP quotes, is no event. */
	while (count && events[count - 1].stream == UINT32_MAX)
		count--;
	if (count && d->worst_fault == FAULT_CUT_SHORT && d->failed &&
	    !strcmp(d->failed->name, "tcp"))
		events[count - 1].is_cut = true;
	return count;
}
