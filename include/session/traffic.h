/* traffic.h - who talked to whom on a layer, and how much: conversations, and the ends of them.
 *
 * Most packets are counted from the index and their conversation there, without a look at
 * their bytes. */
#ifndef SESSION_TRAFFIC_H
#define SESSION_TRAFFIC_H

#include "dissect/address.h"
#include "session/tally.h"

enum traffic_layer {
	TRAFFIC_ETH,
	TRAFFIC_WLAN, /* of frames that say who sent and who gets them, over access points or not */
	TRAFFIC_IP,
	TRAFFIC_IPV6,
	TRAFFIC_TCP,
	TRAFFIC_UDP,
	TRAFFIC_LAYERS
};

/* Either direction of a conversation, [0] from `a`; or what an end sent [0] and got [1]. */
struct traffic_row {
	struct endpoint a, b; /* a: who sent the first packet.  b: of conversations only */
	uint64_t frames[2], bytes[2];
	int64_t first_ns, last_ns; /* since the first packet of the capture */
	uint32_t stream;	   /* of TCP and UDP conversations */
};

struct traffic;

struct traffic *traffic_new(enum traffic_layer layer);
void traffic_free(struct traffic *traffic);

enum { TRAFFIC_TIMES = 32 };

/* Before anything is counted: rows are to know when they had packets, too. */
void traffic_keep_times(struct traffic *traffic);
/* Packets of a conversation in intervals of so many nanoseconds each, from the capture's first
 * packet on: TRAFFIC_TIMES of them, of which at least the half could be needed. */
const uint32_t *traffic_times(const struct traffic *traffic, uint32_t n, int64_t *interval_ns);
/* For tally_add(); the state is a struct traffic. */
extern const struct counter traffic_counter;

/* Conversations in the order of their first packets. */
uint32_t traffic_count(const struct traffic *traffic);
const struct traffic_row *traffic_row(const struct traffic *traffic, uint32_t n);
/* Their ends, each once, in that order: *count rows that the caller frees. */
struct traffic_row *traffic_ends(const struct traffic *traffic, uint32_t *count);
/* The rows with most frames first, those alike in their order. */
void traffic_sort(struct traffic_row *rows, uint32_t count);

static inline bool traffic_has_ports(enum traffic_layer layer)
{
	return layer == TRAFFIC_TCP || layer == TRAFFIC_UDP;
}

#endif
