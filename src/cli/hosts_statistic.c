/* hosts_statistic.c - -z hosts: the names that DNS answers give to addresses. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "session/answered_hosts.h"
#include "statistics.h"

enum { NAME_LIMIT = 256 };

struct hosts {
	struct answered_hosts *answered;
	bool shows_ipv4, shows_ipv6;
};

static void *begin_hosts(const char *arguments, struct error *error)
{
	bool ipv4 = strstr(arguments, "ipv4"), ipv6 = strstr(arguments, "ipv6");
	struct hosts *hosts;

	if (*arguments && !ipv4 && !ipv6) {
		error_set(error, "invalid \"-z hosts[,ipv4][,ipv6]\" argument");
		return NULL;
	}
	hosts = must_zeroed(1, sizeof *hosts);
	hosts->shows_ipv4 = ipv4 || !ipv6;
	hosts->shows_ipv6 = ipv6 || !ipv4;
	hosts->answered = answered_hosts_new();
	return hosts;
}

static void end_hosts(void *state)
{
	struct hosts *hosts = state;

	answered_hosts_free(hosts->answered);
	free(hosts);
}

static void join_hosts(void *state, struct tally *tally)
{
	const struct hosts *hosts = state;

	tally_add(tally, &answered_hosts_counter, hosts->answered, NULL);
}

static void print_family(const struct hosts *hosts, enum address_type type, FILE *out)
{
	char address[ADDRESS_TEXT_ROOM], name[4 * NAME_LIMIT + 1];

	for (uint32_t i = 0; i < answered_hosts_count(hosts->answered); i++) {
		const struct answered_host *host = answered_host(hosts->answered, i);

		if (host->address.type != type)
			continue;
		address_text(&host->address, address);
		text_clean(name, sizeof name, (const uint8_t *)host->name, strlen(host->name),
			   true);
		fprintf(out, "%s\t%s\n", address, name);
	}
}

static void print_hosts(void *state, struct session *session, FILE *out)
{
	const struct hosts *hosts = state;

	fprintf(out, "# TShark hosts output\n#\n# Host data gathered from %s\n\n",
		capture_file_path(session_file(session)));
	if (hosts->shows_ipv4)
		print_family(hosts, ADDRESS_IPV4, out);
	if (hosts->shows_ipv6)
		print_family(hosts, ADDRESS_IPV6, out);
}

const struct statistic hosts_statistic = {
	.name = "hosts",
	.arguments = "[,ipv4][,ipv6]",
	.meaning = "addresses and the names that DNS answers give them, as a hosts file",
	.begin = begin_hosts,
	.join = join_hosts,
	.print = print_hosts,
	.end = end_hosts,
};
