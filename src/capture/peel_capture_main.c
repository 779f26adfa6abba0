/* peel_capture_main.c - the helper that captures: opens, drops every right, appends.
 *
 *      0: a socket from who started it; stop when it is closed.  Brings the next file
 *         after "switch"
 *      1: a pipe to who started it, a line each: "open", "counts ...", "problem ...", "switch",
 *         "unwritten ..." (why the file could not be written), "end"
 *      3: the file to append to
 *
 * One process and one loop for all interfaces, at most 2 us a packet. */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <linux/filter.h>
#include <pcap.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/text.h"
#include "capture/link_type.h"
#include "capture/live_capture.h"
#include "capture_filter.h"
#include "pcapng_blocks.h"
#include "privileges.h"

enum {
	CONTROL = 0, NEWS = 1, OUTPUT = 3,

	RING_MIB = 64,
	BLOCK_MS = 50,                  /* the kernel hands over a block at the latest after this */
	DRAIN_MS = 3 * BLOCK_MS,        /* how long the ring is emptied after a stop */
	DRAIN_LATE_MS = 1100,           /* netfilter's log collects for a second */
	FLUSH_MS = 50,
	COUNTS_MS = 250,
	STATISTICS_MS = 5000,
	SWITCH_MS = 10000,              /* the next file comes at once, unless the program hangs */
	FLUSH_BYTES = 1 << 20,
	MS = 1000000,                   /* nanoseconds */
};

struct source {
	struct helper *helper;
	const char *name, *filter;
	pcap_t *pcap;                   /* NULL: it has vanished */
	bool nanoseconds;
	bool counts_twice;              /* its received packets are not those we are given */
	uint64_t written, received, dropped, dropped_by_interface;
};

struct helper {
	struct source sources[LIVE_INTERFACES];
	unsigned source_count;
	struct block_buffer buffer;
	uint64_t written, in_file;      /* packets: put into the buffer, and known to be in the file */
	off_t whole_bytes;              /* of the file, up to the last whole block */
	uint64_t limit;
	int64_t duration_ns, started, flushed, counted, summed, drain_until;
	bool stopping, done, limit_reached, failed;
	int signals;
	char told[200];                 /* the last counts */
	uint32_t snap_length;
	int buffer_mib;
	int output;                     /* the file */
	struct ring_rules ring;         /* as far as they say when to go on in another */
	uint64_t file_packets;
	int64_t file_began, next_interval;      /* the latter in seconds of the clock */
	bool no_promiscuous, monitor, list_link_types;
	const char *link_type;
	const char *comments[CAPTURE_COMMENTS];
	unsigned comment_count;
};

static int64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* A line to who started us.  Newlines in it would be another message. */
static void tell(const char *format, ...) __attribute__((format(printf, 1, 2)));

static void tell(const char *format, ...)
{
	char line[1000];
	va_list args;

	va_start(args, format);
	int n = vsnprintf(line, sizeof line - 1, format, args);
	va_end(args);
	if (n < 0)
		return;
	size_t length = strlen(line);
	for (char *newline; (newline = strchr(line, '\n'));)
		*newline = ' ';
	line[length++] = '\n';
	if (write(NEWS, line, length) < 0)
		return;                 /* nobody listens: the control pipe will say so */
}

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
		used += (size_t)snprintf(list + used, sizeof list - used, "%s%s%s", used ? ", " : "",
					 one->name, note);
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
		return error_set(error, "cannot capture on \"%s\": no permission. This grants it: "
				 "sudo setcap cap_net_raw,cap_net_admin+eip %s", source->name, self);
	case PCAP_ERROR_IFACE_NOT_UP:
		return error_set(error, "cannot capture on \"%s\": it is down. This starts it: "
				 "sudo ip link set %s up", source->name, source->name);
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

	if (!name) {            /* the newer cooked header names the interface */
		if (!strcmp(source->name, "any"))
			pcap_set_datalink(source->pcap, DLT_LINUX_SLL2);
		return true;
	}
	int type = pcap_datalink_name_to_val(name);
	if (type == PCAP_ERROR)
		return error_set(error, "no link type \"%s\". -L lists those of an interface.", name);
	if (pcap_set_datalink(source->pcap, type) != 0)
		return error_set(error, "\"%s\" does not have the link type \"%s\". -L lists its own.",
				 source->name, name);
	return true;
}

static bool activate(struct helper *helper, struct source *source, struct error *error)
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
	source->nanoseconds = pcap_set_tstamp_precision(source->pcap, PCAP_TSTAMP_PRECISION_NANO) == 0;
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

static bool open_source(struct helper *helper, struct source *source, struct error *error)
{
	char message[PCAP_ERRBUF_SIZE];

	source->helper = helper;
	source->counts_twice = !strcmp(source->name, "any") || !strcmp(source->name, "lo");
	if (!activate(helper, source, error) || !choose_link_type(helper, source, error) ||
	    !set_filter(source, error))
		return false;
	if (pcap_setnonblock(source->pcap, 1, message) != 0)
		return error_set(error, "cannot capture on \"%s\": %s.", source->name, message);
	return true;
}

static void describe_source(struct helper *helper, const struct source *source)
{
	const char *link = pcap_datalink_val_to_name(pcap_datalink(source->pcap));
	struct utsname os;
	char system[200], name[200], filter[4000];
	struct capture_interface described = {
		.snap_length = helper->snap_length, .nanoseconds = source->nanoseconds,
		.name = name, .filter = source->filter && *source->filter ? filter : NULL,
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

/* A cut block at the end would spoil the file, so it is taken away. */
static bool output_failed(struct helper *helper)
{
	int cause = errno;

	if (ftruncate(helper->output, helper->whole_bytes) != 0)
		helper->whole_bytes = 0;
	tell("unwritten %s. Capture stopped, %" PRIu64 " packet%s kept.",
	     cause == ENOSPC || cause == EDQUOT ? "the disk is full" : strerror(cause),
	     helper->in_file, helper->in_file == 1 ? "" : "s");
	helper->written = helper->in_file;
	helper->buffer.used = 0;
	helper->failed = helper->done = true;
	return false;
}

static bool flush(struct helper *helper)
{
	size_t done = 0;

	while (done < helper->buffer.used) {
		ssize_t put = write(helper->output, helper->buffer.bytes + done, helper->buffer.used - done);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return output_failed(helper);
		done += (size_t)put;
	}
	helper->whole_bytes += (off_t)done;
	helper->in_file = helper->written;
	helper->buffer.used = 0;
	return true;
}

static void take_counts(struct source *source)
{
	struct pcap_stat counts;

	if (!source->pcap || pcap_stats(source->pcap, &counts) != 0)
		return;
	source->received = counts.ps_recv;
	source->dropped = counts.ps_drop;
	source->dropped_by_interface = counts.ps_ifdrop;
}

static void put_statistics(struct helper *helper)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	for (unsigned i = 0; i < helper->source_count; i++) {
		const struct source *source = &helper->sources[i];
		uint64_t ticks = source->nanoseconds
			? (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec
			: (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;

		put_statistics_block(&helper->buffer, i, ticks, source->received,
				     source->dropped + source->dropped_by_interface);
	}
}

static void put_headers(struct helper *helper)
{
	put_section_block(&helper->buffer, "peel", helper->comments, helper->comment_count);
	for (unsigned i = 0; i < helper->source_count; i++)
		describe_source(helper, &helper->sources[i]);
}

static void begin_stop(struct helper *helper);

/* The descriptor that came with an F; -1: none, and *ended if there will be no other. */
static int receive_file(struct helper *helper, bool *ended)
{
	struct pollfd ready = { .fd = CONTROL, .events = POLLIN };
	union {
		struct cmsghdr header;
		char room[CMSG_SPACE(sizeof(int))];
	} control;
	char byte = 0;
	struct iovec into = { &byte, 1 };
	struct msghdr message = { .msg_iov = &into, .msg_iovlen = 1, .msg_control = control.room,
				  .msg_controllen = sizeof control.room };
	int fd = -1;

	do {
		message.msg_controllen = sizeof control.room;
		if (byte == 'S')
			begin_stop(helper);
		if (poll(&ready, 1, SWITCH_MS) <= 0 ||
		    recvmsg(CONTROL, &message, MSG_CMSG_CLOEXEC) <= 0)
			return -1;
	} while (byte == 'S');
	*ended = byte == 'E';
	struct cmsghdr *header = CMSG_FIRSTHDR(&message);
	if (byte == 'F' && header && header->cmsg_type == SCM_RIGHTS)
		memcpy(&fd, CMSG_DATA(header), sizeof fd);
	return fd;
}

static void begin_file(struct helper *helper)
{
	struct timespec now;

	helper->file_packets = 0;
	helper->file_began = now_ns();
	clock_gettime(CLOCK_REALTIME, &now);
	if (helper->ring.interval)
		helper->next_interval =
			((int64_t)now.tv_sec / helper->ring.interval + 1) * helper->ring.interval;
}

/* This file is full: goes on in the next, or stops if there is to be none. */
static void end_file(struct helper *helper)
{
	bool ended = false;

	if (!helper->ring.several) {
		helper->done = helper->limit_reached = true;
		return;
	}
	for (unsigned i = 0; i < helper->source_count; i++)
		take_counts(&helper->sources[i]);
	put_statistics(helper);
	if (!flush(helper))
		return;
	tell("switch");
	int fd = receive_file(helper, &ended);
	if (ended)
		helper->done = helper->limit_reached = true;
	else if (fd < 0)
		begin_stop(helper);
	if (fd < 0) {
		helper->ring = (struct ring_rules){ 0 };
		return;
	}
	close(helper->output);
	helper->output = fd;
	helper->whole_bytes = 0;
	put_headers(helper);
	begin_file(helper);
}

static bool file_is_full(const struct helper *helper)
{
	const struct ring_rules *rules = &helper->ring;
	uint64_t bytes = (uint64_t)helper->whole_bytes + helper->buffer.used;

	return (rules->file_bytes && bytes >= rules->file_bytes) ||
	       (rules->file_packets && helper->file_packets >= rules->file_packets);
}

static bool file_is_old(const struct helper *helper)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (helper->ring.file_ns &&
		(uint64_t)(now_ns() - helper->file_began) >= helper->ring.file_ns) ||
	       (helper->ring.interval && now.tv_sec >= helper->next_interval);
}

static void take_packet(u_char *user, const struct pcap_pkthdr *header, const u_char *bytes)
{
	struct source *source = (struct source *)(void *)user;
	struct helper *helper = source->helper;
	struct record record = { .captured = header->caplen, .reported = header->len };
	uint64_t ticks = (uint64_t)header->ts.tv_sec * (source->nanoseconds ? 1000000000 : 1000000) +
			 (uint64_t)header->ts.tv_usec;

	if (helper->done)
		return;
	put_packet_block(&helper->buffer, (uint32_t)(source - helper->sources), ticks, &record, bytes,
			 NULL);
	source->written++;
	helper->written++;
	helper->file_packets++;
	if (helper->buffer.used >= FLUSH_BYTES && !flush(helper))
		pcap_breakloop(source->pcap);
	if (helper->limit && helper->written >= helper->limit) {
		helper->done = helper->limit_reached = true;
		pcap_breakloop(source->pcap);
	} else if (file_is_full(helper)) {
		end_file(helper);
	}
	if (helper->done)
		pcap_breakloop(source->pcap);
}

static void source_vanished(struct helper *helper, struct source *source)
{
	unsigned left = 0;
	char message[PCAP_ERRBUF_SIZE];

	snprintf(message, sizeof message, "%s", pcap_geterr(source->pcap));
	take_counts(source);
	pcap_close(source->pcap);
	source->pcap = NULL;
	for (unsigned i = 0; i < helper->source_count; i++)
		left += helper->sources[i].pcap != NULL;
	tell("problem Capturing on \"%s\" ended: %s.%s", source->name, message,
	     left ? " The others go on." : "");
	if (!left)
		helper->done = true;
}

static void dispatch(struct helper *helper, struct source *source)
{
	errno = 0;
	int taken = pcap_dispatch(source->pcap, -1, take_packet, (u_char *)(void *)source);

	/* nflog says so when there is nothing */
	if (taken == PCAP_ERROR && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)
		source_vanished(helper, source);
}

/* Nothing more enters the ring, so what is in it can be read to its end.  False: it has
 * none, but may be told packets late (netfilter's log). */
static bool close_ring(const struct source *source)
{
	struct sock_filter reject = { BPF_RET | BPF_K, 0, 0, 0 };
	struct sock_fprog program = { 1, &reject };
	int domain = 0, fd = pcap_fileno(source->pcap);
	socklen_t size = sizeof domain;

	if (getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &domain, &size) != 0 || domain != AF_PACKET)
		return false;
	return setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program) == 0;
}

static void begin_stop(struct helper *helper)
{
	int drain = DRAIN_MS;

	if (helper->stopping)
		return;
	helper->stopping = true;
	for (unsigned i = 0; i < helper->source_count; i++)
		if (helper->sources[i].pcap && !close_ring(&helper->sources[i]))
			drain = DRAIN_LATE_MS;
	helper->drain_until = now_ns() + (int64_t)drain * MS;
}

static void tell_counts(struct helper *helper)
{
	uint64_t received = 0, dropped = 0, by_interface = 0, silent = 0;
	char counts[sizeof helper->told];

	for (unsigned i = 0; i < helper->source_count; i++) {
		struct source *source = &helper->sources[i];

		take_counts(source);
		received += source->received;
		dropped += source->dropped;
		by_interface += source->dropped_by_interface;
		if (helper->done && !helper->limit_reached && !source->counts_twice &&
		    source->received > source->dropped + source->written)
			silent += source->received - source->dropped - source->written;
	}
	snprintf(counts, sizeof counts, "counts %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64,
		 helper->in_file, received, dropped, by_interface, silent);
	if (!strcmp(counts, helper->told))
		return;
	strcpy(helper->told, counts);
	tell("%s", counts);
}

static void do_what_is_due(struct helper *helper)
{
	int64_t now = now_ns();

	if (!helper->stopping && !helper->done && (helper->ring.file_ns || helper->ring.interval) &&
	    file_is_old(helper))
		end_file(helper);
	if (helper->duration_ns && now - helper->started >= helper->duration_ns)
		begin_stop(helper);
	if (helper->stopping && now >= helper->drain_until) {
		for (unsigned i = 0; i < helper->source_count && !helper->done; i++)
			if (helper->sources[i].pcap)
				dispatch(helper, &helper->sources[i]);
		helper->done = true;
	}
	if (now - helper->summed >= (int64_t)STATISTICS_MS * MS) {
		helper->summed = now;
		put_statistics(helper);
	}
	if (helper->buffer.used && now - helper->flushed >= (int64_t)FLUSH_MS * MS) {
		helper->flushed = now;
		flush(helper);
	}
	if (!helper->done && now - helper->counted >= (int64_t)COUNTS_MS * MS) {
		helper->counted = now;
		tell_counts(helper);
	}
}

/* Milliseconds until something is due even if no packet comes. */
static int longest_wait(const struct helper *helper)
{
	if (helper->buffer.used || helper->stopping)
		return BLOCK_MS / 2;
	return helper->duration_ns || helper->ring.several ? BLOCK_MS : COUNTS_MS;
}

static void wait_and_take(struct helper *helper)
{
	struct pollfd ready[LIVE_INTERFACES + 2];
	nfds_t count = helper->source_count + 2;

	for (unsigned i = 0; i < helper->source_count; i++) {
		const struct source *source = &helper->sources[i];

		ready[i].fd = source->pcap ? pcap_get_selectable_fd(source->pcap) : -1;
		ready[i].events = POLLIN;
	}
	ready[count - 2] = (struct pollfd){ .fd = helper->stopping ? -1 : CONTROL, .events = POLLIN };
	ready[count - 1] = (struct pollfd){ .fd = helper->stopping ? -1 : helper->signals, .events = POLLIN };
	if (poll(ready, count, longest_wait(helper)) < 0)
		return;
	for (unsigned i = 0; i < helper->source_count && !helper->done; i++)
		if (ready[i].revents)
			dispatch(helper, &helper->sources[i]);
	if (ready[count - 1].revents || ready[count - 2].revents)
		begin_stop(helper);
}

static bool open_all(struct helper *helper, struct error *error)
{
	for (unsigned i = 0; i < helper->source_count; i++)
		if (!open_source(helper, &helper->sources[i], error))
			return false;
	return true;
}

/* Signals become readable, so that the loop is the only place where things happen. */
static int signal_descriptor(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	sigprocmask(SIG_BLOCK, &set, NULL);
	signal(SIGINT, SIG_IGN);        /* Ctrl-C is for who started us */
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);       /* a limit of the file's size is an error of write() */
	return signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

static bool begin(struct helper *helper, struct error *error)
{
	helper->signals = signal_descriptor();
	if (!open_all(helper, error) || !privileges_drop(error))
		return false;
	prctl(PR_SET_PDEATHSIG, SIGTERM, 0, 0, 0);
	put_headers(helper);
	begin_file(helper);
	/* Only now, when nothing can go wrong any more, goes what was there before. */
	if (ftruncate(helper->output, 0) != 0)
		return error_set(error, "the file cannot be written: %s", strerror(errno));
	if (!flush(helper))
		return error_set(error, "nothing can be written");
	privileges_confine();
	return true;
}

static int capture(struct helper *helper)
{
	struct error error;

	if (!begin(helper, &error)) {
		if (!helper->failed)
			tell("problem %s", error.text);
		return 1;
	}
	tell("open");
	helper->started = helper->flushed = helper->counted = helper->summed = now_ns();
	while (!helper->done) {
		wait_and_take(helper);
		do_what_is_due(helper);
	}
	if (!helper->failed) {
		for (unsigned i = 0; i < helper->source_count; i++)
			take_counts(&helper->sources[i]);
		put_statistics(helper);
		flush(helper);
	}
	tell_counts(helper);
	tell("end");
	return helper->failed;
}

static int list_link_types(struct helper *helper)
{
	struct source *source = &helper->sources[0];
	struct error error;
	int *types, count;

	if (!activate(helper, source, &error)) {
		tell("problem %s", error.text);
		return 1;
	}
	count = pcap_list_datalinks(source->pcap, &types);
	for (int i = 0; i < count; i++) {
		const char *name = pcap_datalink_val_to_name(types[i]);

		if (name)
			tell("type %s (%s)", name, pcap_datalink_val_to_description(types[i]));
	}
	if (count >= 0)
		pcap_free_datalinks(types);
	pcap_close(source->pcap);
	return 0;
}

/* Numbers come from the program that starts us, but anyone may start us. */
static bool number_of(const char *text, uint64_t most, uint64_t *number)
{
	char *end;

	errno = 0;
	*number = strtoull(text, &end, 10);
	return !errno && !*end && end != text && *number <= most;
}

static bool take_option(struct helper *helper, int option, const char *value)
{
	struct source *last = helper->source_count ? &helper->sources[helper->source_count - 1] : NULL;
	uint64_t number = 0;

	switch (option) {
	case 'i':
		if (helper->source_count == LIVE_INTERFACES)
			return false;
		helper->sources[helper->source_count++].name = value;
		return true;
	case 'f':
		if (last)
			last->filter = value;
		return last != NULL;
	case 'y':
		helper->link_type = value;
		return true;
	case 'm':
		return helper->ring.several = true;
	case 'z':
		return number_of(value, UINT64_MAX, &helper->ring.file_bytes);
	case 'n':
		return number_of(value, UINT64_MAX, &helper->ring.file_packets);
	case 'd':
		return number_of(value, INT64_MAX, &helper->ring.file_ns);
	case 't':
		if (!number_of(value, INT32_MAX, &number))
			return false;
		helper->ring.interval = (uint32_t)number;
		return true;
	case 'C':
		if (helper->comment_count == CAPTURE_COMMENTS)
			return false;
		helper->comments[helper->comment_count++] = value;
		return true;
	case 'p':
		return helper->no_promiscuous = true;
	case 'I':
		return helper->monitor = true;
	case 'L':
		return helper->list_link_types = true;
	case 's':
		if (!number_of(value, RECORD_LIMIT, &number))
			return false;
		helper->snap_length = number ? (uint32_t)number : RECORD_LIMIT;
		return true;
	case 'B':
		if (!number_of(value, BUFFER_MIB_LIMIT, &number))
			return false;
		helper->buffer_mib = number ? (int)number : RING_MIB;
		return true;
	case 'c':
		return number_of(value, UINT64_MAX, &helper->limit);
	case 'a':
		if (!number_of(value, INT64_MAX, &number))
			return false;
		helper->duration_ns = (int64_t)number;
		return true;
	default:
		return false;
	}
}

int main(int argc, char **argv)
{
	struct helper *helper = must_zeroed(1, sizeof *helper);
	int option, status;

	helper->snap_length = RECORD_LIMIT;
	helper->buffer_mib = RING_MIB;
	helper->output = OUTPUT;
	while ((option = getopt(argc, argv, "i:f:y:s:B:c:a:C:z:n:d:t:mpIL")) != -1)
		if (!take_option(helper, option, optarg))
			break;
	if (option != -1 || optind != argc || !helper->source_count) {
		tell("problem peel-capture is started by peel, to capture with as few rights as possible.");
		return 2;
	}
	status = helper->list_link_types ? list_link_types(helper) : capture(helper);
	for (unsigned i = 0; i < helper->source_count; i++)
		if (helper->sources[i].pcap && !helper->list_link_types)
			pcap_close(helper->sources[i].pcap);
	block_buffer_free(&helper->buffer);
	free(helper);
	return status;
}
