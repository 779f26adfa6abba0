/* echo_statistic.c - -z icmp,srt and -z icmpv6,srt: how long echo requests waited for their
 * replies. */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "tally_statistic.h"

enum { TIMES_LIMIT = 1 << 22, RULE = 74 };

struct echoes {
	uint16_t type, time; /* registry numbers */
	uint64_t request_type;
	uint64_t requests, replies;
	double *times; /* milliseconds, of the first TIMES_LIMIT replies */
	uint32_t count, room;
	double sum, squares, least, largest;
	uint32_t least_packet, largest_packet;
	bool is_icmpv6;
	uint8_t classes[PATH_LIMIT]; /* 0: not asked, 1: without, 2: with */
};

enum { ECHO_REQUEST = 8, ECHO_REQUEST_ICMPV6 = 128 };

static void *begin_echoes(unsigned is_icmpv6)
{
	struct echoes *echoes = must_zeroed(1, sizeof *echoes);

	echoes->is_icmpv6 = is_icmpv6;
	echoes->type = tally_field(is_icmpv6 ? "icmpv6.type" : "icmp.type");
	echoes->time = tally_field(is_icmpv6 ? "icmpv6.resptime" : "icmp.resptime");
	echoes->request_type = is_icmpv6 ? ECHO_REQUEST_ICMPV6 : ECHO_REQUEST;
	return echoes;
}

static bool must_look(void *state, const struct tally_packet *packet)
{
	struct echoes *echoes = state;
	uint8_t *class = &echoes->classes[packet->path];

	if (!*class)
		*class = tally_path_has(packet, echoes->is_icmpv6 ? "icmpv6" : "icmp") ? 2 : 1;
	return *class == 2;
}

static void add_time(struct echoes *echoes, double ms, uint32_t packet)
{
	echoes->replies++;
	echoes->sum += ms;
	echoes->squares += ms * ms;
	if (echoes->replies == 1 || ms < echoes->least) {
		echoes->least = ms;
		echoes->least_packet = packet;
	}
	if (echoes->replies == 1 || ms > echoes->largest) {
		echoes->largest = ms;
		echoes->largest_packet = packet;
	}
	if (echoes->count == TIMES_LIMIT)
		return;
	if (echoes->count == echoes->room)
		echoes->times = must_grow(echoes->times, &echoes->room, 64, sizeof *echoes->times);
	echoes->times[echoes->count++] = ms;
}

/* Layers stand at depth 0, their fields at 1; what ICMP quotes is deeper. */
static void count_echo(void *state, const struct tally_packet *packet)
{
	struct echoes *echoes = state;
	const struct dissection *d = packet->d;

	for (uint32_t i = 0; d && i < d->node_count; i++) {
		const struct node *node = &d->nodes[i];
		if (node->depth != 1)
			continue;
		if (node->field == echoes->type && node->value.number == echoes->request_type)
			echoes->requests++;
		else if (node->field == echoes->time)
			add_time(echoes, node->value.real, packet->number);
	}
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static double median(const struct echoes *echoes)
{
	uint32_t n = echoes->count;

	if (!n)
		return 0;
	qsort(echoes->times, n, sizeof *echoes->times, by_value);
	return n % 2 ? echoes->times[n / 2] : (echoes->times[n / 2 - 1] + echoes->times[n / 2]) / 2;
}

static double deviation(const struct echoes *echoes)
{
	double n = (double)echoes->replies;
	double spread = n > 1 ? (echoes->squares - echoes->sum * echoes->sum / n) / (n - 1) : 0;

	return spread > 0 ? sqrt(spread) : 0;
}

static void print_rule(FILE *out)
{
	for (int i = 0; i < RULE; i++)
		fputc('=', out);
	fputc('\n', out);
}

static void print_echoes(const void *counts, unsigned is_icmpv6, const char *filter,
			 struct session *session, FILE *out)
{
	const struct echoes *e = counts;
	uint64_t lost = e->requests > e->replies ? e->requests - e->replies : 0;
	double mean = e->replies ? e->sum / (double)e->replies : 0;

	(void)session;
	fputc('\n', out);
	print_rule(out);
	fprintf(out,
		"%s Service Response Time (SRT) Statistics (all times in ms):\nFilter: %s\n\n"
		"Requests  Replies   Lost      %% Loss\n%-10" PRIu64 "%-10" PRIu64 "%-10" PRIu64
		"%5.1f%%\n\n"
		"Minimum   Maximum   Mean      Median    SDeviation     Min Frame Max Frame\n"
		"%-10.3f%-10.3f%-10.3f%-10.3f%-10.3f     ",
		is_icmpv6 ? "ICMPv6" : "ICMP", *filter ? filter : "<none>", e->requests, e->replies,
		lost, e->requests ? 100.0 * (double)lost / (double)e->requests : 0, e->least,
		e->largest, mean, median(e), deviation(e));
	if (e->replies)
		fprintf(out, "%-10u%-10u\n", e->least_packet, e->largest_packet);
	else
		fputs("0         0\n", out);
	print_rule(out);
}

static void end_echoes(void *counts)
{
	struct echoes *echoes = counts;

	free(echoes->times);
	free(echoes);
}

static const char *const read_fields[] = { "icmp.type", "icmp.resptime", "icmpv6.type",
					   "icmpv6.resptime", NULL };

static const struct counter echo_counter = {
	.must_look = must_look,
	.count = count_echo,
	.fields = read_fields,
};

const struct statistic echo_statistics[] = {
	TALLY_STATISTIC("icmp,srt", "how long echo requests waited for their replies",
			&echo_counter, false, begin_echoes, print_echoes, end_echoes),
	TALLY_STATISTIC("icmpv6,srt", "the same of ICMPv6", &echo_counter, true, begin_echoes,
			print_echoes, end_echoes),
	{ .name = NULL },
};
