/* live_interfaces.c - which interfaces there are, and what libpcap says of filters. */
#include "capture/live_capture.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pcap.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "capture/capture_file.h"
#include "capture/link_type.h"
#include "capture_filter.h"

static void add_address(struct live_interface *to, const struct sockaddr *address)
{
	char text[INET6_ADDRSTRLEN] = "";
	size_t used = strlen(to->addresses);

	if (address && address->sa_family == AF_INET)
		inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)address)->sin_addr,
			  text, sizeof text);
	else if (address && address->sa_family == AF_INET6)
		inet_ntop(AF_INET6,
			  &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr, text,
			  sizeof text);
	if (*text && used + strlen(text) + 2 <= sizeof to->addresses)
		snprintf(to->addresses + used, sizeof to->addresses - used, "%s%s", used ? " " : "",
			 text);
}

static void take_interface(struct live_interface *to, const pcap_if_t *from)
{
	const char *description = from->description ? from->description : "";

	text_clean(to->name, sizeof to->name, (const uint8_t *)from->name, strlen(from->name),
		   false);
	text_clean(to->description, sizeof to->description, (const uint8_t *)description,
		   strlen(description), false);
	to->up = from->flags & PCAP_IF_UP;
	to->running = from->flags & PCAP_IF_RUNNING;
	to->loopback = from->flags & PCAP_IF_LOOPBACK;
	to->wireless = from->flags & PCAP_IF_WIRELESS;
	for (const pcap_addr_t *one = from->addresses; one; one = one->next)
		add_address(to, one->addr);
}

struct live_interface *live_interfaces(unsigned *count, struct error *error)
{
	char message[PCAP_ERRBUF_SIZE];
	struct live_interface *list;
	pcap_if_t *all;
	unsigned n = 0;

	*count = 0;
	if (pcap_findalldevs(&all, message) != 0) {
		error_set(error, "cannot list the interfaces: %s.", message);
		return NULL;
	}
	for (const pcap_if_t *one = all; one; one = one->next)
		n++;
	list = must_zeroed(n, sizeof *list);
	for (const pcap_if_t *one = all; one; one = one->next)
		take_interface(&list[(*count)++], one);
	pcap_freealldevs(all);
	return list;
}

bool live_filter_check(const char *filter, uint16_t link_type, struct error *error)
{
	const char *name = link_type_name(link_type);
	int type = name ? pcap_datalink_name_to_val(name) : PCAP_ERROR;
	pcap_t *pcap = pcap_open_dead(type == PCAP_ERROR ? DLT_EN10MB : type, RECORD_LIMIT);
	struct bpf_program program;
	bool right;

	if (!pcap)
		return error_set(error, "out of memory");
	right = capture_filter_compile(pcap, filter, &program, error);
	if (right)
		pcap_freecode(&program);
	pcap_close(pcap);
	return right;
}

const char *live_library_version(void)
{
	return pcap_lib_version();
}
