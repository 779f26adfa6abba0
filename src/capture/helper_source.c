/* helper_source.c - an interface that is captured from: opening it, and what it counts. */
#include "helper.h"

#include <linux/filter.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/text.h"
#include "capture/link_type.h"
#include "capture_filter.h"

static bool no_such_interface(const char *name, struct error *error)
{
	char list[400] = "", message[PCAP_ERRBUF_SIZE];
	pcap_if_t *all = NULL;
	size_t used = 0;

	if (pcap_findalldevs(&all, message) != 0)
		return error_set(error, "no interface \"%s\".", name);
	for (pcap_if_t *one = all; one && used < sizeof list - 100; one = one->next) {
		const char *note = one->flags & PCAP_IF_UP ? " (up)" : " (down)";

		if (strlen(one->name) > 60)
			continue;
		if (one->flags & PCAP_IF_LOOPBACK || !(one->flags & (PCAP_IF_UP | PCAP_IF_RUNNING)))
			note = one->flags & PCAP_IF_UP ? "" : note;
		used += (size_t)snprintf(list + used, sizeof list - used, "%s%s%s",
					 used ? ", " : "", one->name, note);
	}
	pcap_freealldevs(all);
	return error_set(error, "no interface \"%s\". There are: %s.", name, list);
}

static bool activation_error(const struct source *source, int status, struct error *error)
{
	char self[4096];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);

	self[n > 0 ? n : 0] = 0;
	switch (status) {
	case PCAP_ERROR_NO_SUCH_DEVICE:
		return no_such_interface(source->name, error);
	case PCAP_ERROR_PERM_DENIED:
	case PCAP_ERROR_PROMISC_PERM_DENIED:
		return error_set(error,
				 "cannot capture on \"%s\": no permission. This grants it: "
				 "sudo setcap cap_net_raw,cap_net_admin+eip %s",
				 source->name, self);
	case PCAP_ERROR_IFACE_NOT_UP:
		return error_set(error,
				 "cannot capture on \"%s\": it is down. This starts it: "
				 "sudo ip link set %s up",
				 source->name, source->name);
	case PCAP_ERROR_RFMON_NOTSUP:
		return error_set(error, "\"%s\" has no monitor mode.", source->name);
	case PCAP_ERROR:
		return error_set(error, "cannot capture on \"%s\": %s.", source->name,
				 pcap_geterr(source->pcap));
	default:
		return error_set(error, "cannot capture on \"%s\": %s.", source->name,
				 pcap_statustostr(status));
	}
}

static bool choose_link_type(struct helper *helper, struct source *source, struct error *error)
{
	const char *name = helper->link_type;

	if (!name) { /* the newer cooked header names the interface */
		if (!strcmp(source->name, "any"))
			pcap_set_datalink(source->pcap, DLT_LINUX_SLL2);
		return true;
	}
	int type = pcap_datalink_name_to_val(name);
	if (type == PCAP_ERROR)
		return error_set(error, "no link type \"%s\". -L lists those of an interface.",
				 name);
	if (pcap_set_datalink(source->pcap, type) != 0)
		return error_set(error,
				 "\"%s\" does not have the link type \"%s\". -L lists its own.",
				 source->name, name);
	return true;
}

bool source_activate(struct helper *helper, struct source *source, struct error *error)
{
	char message[PCAP_ERRBUF_SIZE] = "";

	source->pcap = pcap_create(source->name, message);
	if (!source->pcap)
		return error_set(error, "cannot capture on \"%s\": %s.", source->name, message);
	pcap_set_snaplen(source->pcap, (int)helper->snap_length);
	pcap_set_promisc(source->pcap, !helper->no_promiscuous);
	pcap_set_timeout(source->pcap, BLOCK_MS);
	pcap_set_buffer_size(source->pcap, helper->buffer_mib << 20);
	if (helper->monitor)
		pcap_set_rfmon(source->pcap, 1);
	source->nanoseconds =
		pcap_set_tstamp_precision(source->pcap, PCAP_TSTAMP_PRECISION_NANO) == 0;
	int status = pcap_activate(source->pcap);
	if (status < 0)
		return activation_error(source, status, error);
	return true;
}

static bool set_filter(struct source *source, struct error *error)
{
	struct bpf_program program;

	if (!source->filter || !*source->filter)
		return true;
	if (!capture_filter_compile(source->pcap, source->filter, &program, error))
		return false;
	int status = pcap_setfilter(source->pcap, &program);
	pcap_freecode(&program);
	if (status != 0)
		return error_set(error, "cannot filter on \"%s\": %s.", source->name,
				 pcap_geterr(source->pcap));
	return true;
}

bool source_open(struct helper *helper, struct source *source, struct error *error)
{
	char message[PCAP_ERRBUF_SIZE];

	source->helper = helper;
	source->counts_twice = !strcmp(source->name, "any") || !strcmp(source->name, "lo");
	if (!source_activate(helper, source, error) || !choose_link_type(helper, source, error) ||
	    !set_filter(source, error))
		return false;
	if (pcap_setnonblock(source->pcap, 1, message) != 0)
		return error_set(error, "cannot capture on \"%s\": %s.", source->name, message);
	return true;
}

void source_describe(struct helper *helper, const struct source *source)
{
	const char *link = pcap_datalink_val_to_name(pcap_datalink(source->pcap));
	struct utsname os;
	char system[200], name[200], filter[4000];
	struct capture_interface described = {
		.snap_length = helper->snap_length,
		.nanoseconds = source->nanoseconds,
		.name = name,
		.filter = source->filter && *source->filter ? filter : NULL,
	};

	if (!link || !link_type_named(link, &described.link_type))
		described.link_type = (uint16_t)pcap_datalink(source->pcap);
	text_clean(name, sizeof name, (const uint8_t *)source->name, strlen(source->name), false);
	if (described.filter)
		text_clean(filter, sizeof filter, (const uint8_t *)source->filter,
			   strlen(source->filter), false);
	if (uname(&os) == 0) {
		snprintf(system, sizeof system, "%s %s", os.sysname, os.release);
		described.system = system;
	}
	put_interface_block(&helper->buffer, &described);
}

void source_take_counts(struct source *source)
{
	struct pcap_stat counts;

	if (!source->pcap || pcap_stats(source->pcap, &counts) != 0)
		return;
	source->received = counts.ps_recv;
	source->dropped = counts.ps_drop;
	source->dropped_by_interface = counts.ps_ifdrop;
}

bool source_close_ring(const struct source *source)
{
	struct sock_filter reject = { BPF_RET | BPF_K, 0, 0, 0 };
	struct sock_fprog program = { 1, &reject };
	int domain = 0, fd = pcap_fileno(source->pcap);
	socklen_t size = sizeof domain;

	if (getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &domain, &size) != 0 || domain != AF_PACKET)
		return false;
	return setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program) == 0;
}
