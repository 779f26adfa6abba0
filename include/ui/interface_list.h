/* interface_list.h - the interfaces of this machine, and what goes through them.
 *
 * Counted by the system's own counters (/sys/class/net), so it takes no rights and records nothing.
 */
#ifndef UI_INTERFACE_LIST_H
#define UI_INTERFACE_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "capture/live_capture.h"

enum { TRAFFIC_SAMPLES = 60 };

struct interface_traffic {
	uint64_t packets, bytes;	   /* counters when last read */
	uint64_t packet_rate, bit_rate;	   /* of the last second */
	uint32_t samples[TRAFFIC_SAMPLES]; /* packets in each second, the latest first */
	bool counted;			   /* the system counts it */
	bool chosen;
};

struct interface_list {
	struct live_interface *interfaces; /* zeroed: none */
	struct interface_traffic *traffic;
	unsigned count;
	int64_t read_at; /* CLOCK_MONOTONIC, ns */
	struct error error;
};

void interface_list_refresh(struct interface_list *list);
void interface_list_free(struct interface_list *list);
/* Reads the counters, at most once in a second. */
void interface_list_count(struct interface_list *list, int64_t now);

/* What the system says of one: "eth0   Ethernet   1 Gbit/s   MTU 1500". */
void interface_details(const char *name, char *text, size_t room);

/* Does it end as captures do? */
bool is_capture_name(const char *name);

/* Capture files in a folder, the latest first. */
struct capture_choice {
	char name[256];
	uint64_t bytes;
	int64_t changed; /* seconds since 1970 */
};
struct capture_choice *capture_choices(const char *folder, unsigned limit, unsigned *count);

#endif
