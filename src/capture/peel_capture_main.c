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
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "helper.h"
#include "privileges.h"

enum {
	RING_MIB = 64,
	DRAIN_MS = 3 * BLOCK_MS, /* how long the ring is emptied after a stop */
	DRAIN_LATE_MS = 1100,	 /* netfilter's log collects for a second */
	FLUSH_MS = 50,
	COUNTS_MS = 250,
	STATISTICS_MS = 5000,
	FLUSH_BYTES = 1 << 20,
	MS = 1000000, /* nanoseconds */
};

int64_t helper_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

void helper_tell(const char *format, ...)
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
		return; /* nobody listens: the control pipe will say so */
}

static void take_packet(u_char *user, const struct pcap_pkthdr *header, const u_char *bytes)
{
	struct source *source = (struct source *)(void *)user;
	struct helper *helper = source->helper;
	struct record record = { .captured = header->caplen, .reported = header->len };
	uint64_t ticks =
		(uint64_t)header->ts.tv_sec * (source->nanoseconds ? 1000000000 : 1000000) +
		(uint64_t)header->ts.tv_usec;

	if (helper->done)
		return;
	put_packet_block(&helper->buffer, (uint32_t)(source - helper->sources), ticks, &record,
			 bytes, NULL);
	source->written++;
	helper->written++;
	helper->file_packets++;
	if (helper->buffer.used >= FLUSH_BYTES && !file_flush(helper))
		pcap_breakloop(source->pcap);
	if (helper->limit && helper->written >= helper->limit) {
		helper->done = helper->limit_reached = true;
		pcap_breakloop(source->pcap);
	} else if (file_is_full(helper)) {
		file_end(helper);
	}
	if (helper->done)
		pcap_breakloop(source->pcap);
}

static void source_vanished(struct helper *helper, struct source *source)
{
	unsigned left = 0;
	char message[PCAP_ERRBUF_SIZE];

	snprintf(message, sizeof message, "%s", pcap_geterr(source->pcap));
	source_take_counts(source);
	pcap_close(source->pcap);
	source->pcap = NULL;
	for (unsigned i = 0; i < helper->source_count; i++)
		left += helper->sources[i].pcap != NULL;
	helper_tell("problem Capturing on \"%s\" ended: %s.%s", source->name, message,
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

void helper_begin_stop(struct helper *helper)
{
	int drain = DRAIN_MS;

	if (helper->stopping)
		return;
	helper->stopping = true;
	for (unsigned i = 0; i < helper->source_count; i++)
		if (helper->sources[i].pcap && !source_close_ring(&helper->sources[i]))
			drain = DRAIN_LATE_MS;
	helper->drain_until = helper_now() + (int64_t)drain * MS;
}

static void tell_counts(struct helper *helper)
{
	uint64_t received = 0, dropped = 0, by_interface = 0, silent = 0;
	char counts[sizeof helper->told];

	for (unsigned i = 0; i < helper->source_count; i++) {
		struct source *source = &helper->sources[i];

		source_take_counts(source);
		received += source->received;
		dropped += source->dropped;
		by_interface += source->dropped_by_interface;
		if (helper->done && !helper->limit_reached && !source->counts_twice &&
		    source->received > source->dropped + source->written)
			silent += source->received - source->dropped - source->written;
	}
	snprintf(counts, sizeof counts,
		 "counts %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64, helper->in_file,
		 received, dropped, by_interface, silent);
	if (!strcmp(counts, helper->told))
		return;
	strcpy(helper->told, counts);
	helper_tell("%s", counts);
}

static void do_what_is_due(struct helper *helper)
{
	int64_t now = helper_now();

	if (!helper->stopping && !helper->done && (helper->ring.file_ns || helper->ring.interval) &&
	    file_is_old(helper))
		file_end(helper);
	if (helper->duration_ns && now - helper->started >= helper->duration_ns)
		helper_begin_stop(helper);
	if (helper->stopping && now >= helper->drain_until) {
		for (unsigned i = 0; i < helper->source_count && !helper->done; i++)
			if (helper->sources[i].pcap)
				dispatch(helper, &helper->sources[i]);
		helper->done = true;
	}
	if (now - helper->summed >= (int64_t)STATISTICS_MS * MS) {
		helper->summed = now;
		file_put_statistics(helper);
	}
	if (helper->buffer.used && now - helper->flushed >= (int64_t)FLUSH_MS * MS) {
		helper->flushed = now;
		file_flush(helper);
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
	ready[count - 2] =
		(struct pollfd){ .fd = helper->stopping ? -1 : CONTROL, .events = POLLIN };
	ready[count - 1] =
		(struct pollfd){ .fd = helper->stopping ? -1 : helper->signals, .events = POLLIN };
	if (poll(ready, count, longest_wait(helper)) < 0)
		return;
	for (unsigned i = 0; i < helper->source_count && !helper->done; i++)
		if (ready[i].revents)
			dispatch(helper, &helper->sources[i]);
	if (ready[count - 1].revents || ready[count - 2].revents)
		helper_begin_stop(helper);
}

static bool open_all(struct helper *helper, struct error *error)
{
	for (unsigned i = 0; i < helper->source_count; i++)
		if (!source_open(helper, &helper->sources[i], error))
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
	signal(SIGINT, SIG_IGN); /* Ctrl-C is for who started us */
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN); /* a limit of the file's size is an error of write() */
	return signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

static bool begin(struct helper *helper, struct error *error)
{
	helper->signals = signal_descriptor();
	if (!open_all(helper, error) || !privileges_drop(error))
		return false;
	prctl(PR_SET_PDEATHSIG, SIGTERM, 0, 0, 0);
	file_put_headers(helper);
	file_begin(helper);
	/* Only now, when nothing can go wrong any more, goes what was there before. */
	if (ftruncate(helper->output, 0) != 0)
		return error_set(error, "the file cannot be written: %s", strerror(errno));
	if (!file_flush(helper))
		return error_set(error, "nothing can be written");
	privileges_confine();
	return true;
}

static int capture(struct helper *helper)
{
	struct error error;

	if (!begin(helper, &error)) {
		if (!helper->failed)
			helper_tell("problem %s", error.text);
		return 1;
	}
	helper_tell("open");
	helper->started = helper->flushed = helper->counted = helper->summed = helper_now();
	while (!helper->done) {
		wait_and_take(helper);
		do_what_is_due(helper);
	}
	if (!helper->failed) {
		for (unsigned i = 0; i < helper->source_count; i++)
			source_take_counts(&helper->sources[i]);
		file_put_statistics(helper);
		file_flush(helper);
	}
	tell_counts(helper);
	helper_tell("end");
	return helper->failed;
}

static int list_link_types(struct helper *helper)
{
	struct source *source = &helper->sources[0];
	struct error error;
	int *types, count;

	if (!source_activate(helper, source, &error)) {
		helper_tell("problem %s", error.text);
		return 1;
	}
	count = pcap_list_datalinks(source->pcap, &types);
	for (int i = 0; i < count; i++) {
		const char *name = pcap_datalink_val_to_name(types[i]);

		if (name)
			helper_tell("type %s (%s)", name,
				    pcap_datalink_val_to_description(types[i]));
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

static bool take_flag(struct helper *helper, int option)
{
	switch (option) {
	case 'm':
		return helper->ring.several = true;
	case 'p':
		return helper->no_promiscuous = true;
	case 'I':
		return helper->monitor = true;
	case 'L':
		return helper->list_link_types = true;
	default:
		return false;
	}
}

static bool take_text(struct helper *helper, int option, const char *value)
{
	switch (option) {
	case 'i':
		if (helper->source_count == LIVE_INTERFACES)
			return false;
		helper->sources[helper->source_count++].name = value;
		return true;
	case 'f':
		if (!helper->source_count)
			return false;
		helper->sources[helper->source_count - 1].filter = value;
		return true;
	case 'y':
		helper->link_type = value;
		return true;
	case 'C':
		if (helper->comment_count == CAPTURE_COMMENTS)
			return false;
		helper->comments[helper->comment_count++] = value;
		return true;
	default:
		return false;
	}
}

static bool take_number(struct helper *helper, int option, const char *value)
{
	uint64_t most = option == 'd' || option == 'a' ? INT64_MAX
			: option == 't'		       ? INT32_MAX
			: option == 's'		       ? RECORD_LIMIT
			: option == 'B'		       ? BUFFER_MIB_LIMIT
						       : UINT64_MAX;
	uint64_t number;

	if (!value || !number_of(value, most, &number))
		return false;
	if (option == 'z')
		helper->ring.file_bytes = number;
	else if (option == 'n')
		helper->ring.file_packets = number;
	else if (option == 'd')
		helper->ring.file_ns = number;
	else if (option == 't')
		helper->ring.interval = (uint32_t)number;
	else if (option == 's')
		helper->snap_length = number ? (uint32_t)number : RECORD_LIMIT;
	else if (option == 'B')
		helper->buffer_mib = number ? (int)number : RING_MIB;
	else if (option == 'c')
		helper->limit = number;
	else if (option == 'a')
		helper->duration_ns = (int64_t)number;
	else
		return false;
	return true;
}

int main(int argc, char **argv)
{
	struct helper *helper = must_zeroed(1, sizeof *helper);
	int option, status;

	helper->snap_length = RECORD_LIMIT;
	helper->buffer_mib = RING_MIB;
	helper->output = OUTPUT;
	while ((option = getopt(argc, argv, "i:f:y:s:B:c:a:C:z:n:d:t:mpIL")) != -1)
		if (!take_flag(helper, option) && !take_text(helper, option, optarg) &&
		    !take_number(helper, option, optarg))
			break;
	if (option != -1 || optind != argc || !helper->source_count) {
		helper_tell("problem peel-capture is started by peel, to capture with as few "
			    "rights as possible.");
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
