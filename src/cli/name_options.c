/* name_options.c - the letters of -N, and hosts files. */
#include "name_options.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "choices.h"
#include "dissect/names.h"
#include "session/answered_hosts.h"

enum { SCAN_PACKETS = 1 << 16 };

static const struct choice name_kinds[] = {
	{ "m", .meaning = "of network cards' makers", .value = NAMES_ETHER },
	{ "n", .meaning = "of hosts, from /etc/hosts", .value = NAMES_HOST },
	{ "d", .meaning = "of hosts as the capture's DNS answers name them" },
	{ "t", .meaning = "of ports", .value = NAMES_PORT },
	{ "v", .meaning = "of VLANs: the lines \"100 NAME\" of $XDG_CONFIG_HOME/peel/vlans",
	  .value = NAMES_VLAN },
	{ NULL },
};

const struct choices name_kind_choices = { name_kinds };

static const struct {
	char letter;
	const char *why;
} left_out[] = {
	{ 'g', "peel has no places of addresses" },
	{ 'N', "peel asks no servers; -N d takes the answers that the capture holds" },
	{ 's', "SS7 is not dissected" },
};

bool name_kind_switch(struct options *options, char letter, bool on, struct error *error)
{
	struct choice kind;

	for (unsigned i = 0; i < sizeof left_out / sizeof *left_out; i++)
		if (left_out[i].letter == letter)
			return error_set(error, "-N %c is left out: %s", letter, left_out[i].why);
	if (!choice_named(&name_kind_choices, (char[]){ letter, '\0' }, &kind))
		return choices_refuse(&name_kind_choices, error,
				      "-N specifies unknown resolving option '%c'", letter);
	if (kind.value)
		names_choose(on ? names_chosen() | (unsigned)kind.value
				: names_chosen() & ~(unsigned)kind.value);
	else
		options->names_from_dns = on;
	return true;
}

/* N has no effect without n, says tshark's manual. */
bool apply_name_kinds(struct options *options, const char *value, struct error *error)
{
	bool hosts = strchr(value, 'n') != NULL;

	for (; *value; value++)
		if ((*value != 'N' || hosts) && !name_kind_switch(options, *value, true, error))
			return false;
	return true;
}

static const struct choice written_names[] = {
	{ "n", .meaning = "those of -H, and of the capture's DNS answers" },
	{ NULL },
};

const struct choices name_writing_choices = { written_names };

bool apply_name_writing(struct options *options, const char *value, struct error *error)
{
	struct choice choice;

	if (!choice_named(&name_writing_choices, value, &choice))
		return choices_refuse(&name_writing_choices, error,
				      "-W specifies unknown option \"%s\"", value);
	options->write_names = true;
	return true;
}

/* From the n-th on; returns how many there are. */
static unsigned read_told_names(const struct capture_file *file, unsigned n)
{
	for (; n < capture_file_name_count(file); n++) {
		const struct capture_name *name = capture_file_name(file, n);
		struct endpoint address = name->size == 4 ? endpoint_ipv4(load_be32(name->address))
							  : endpoint_ipv6(name->address);
		names_add_host(&address, name->name, NAME_FROM_CAPTURE);
	}
	return n;
}

void names_read_capture(const struct options *options, struct session *session)
{
	struct names_follower *follower;

	while (session_scan(session, SCAN_PACKETS, true) == SCAN_MORE)
		;
	follower = names_follow(options, session);
	names_follow_packet(follower);
	names_follow_end(follower);
}

struct names_follower {
	const struct capture_file *file;
	unsigned told;
	struct session *session;
	struct answered_hosts *answered; /* NULL: not asked for */
	struct tally *tally;
};

struct names_follower *names_follow(const struct options *options, struct session *session)
{
	struct names_follower *follower;

	if (!(names_chosen() & NAMES_HOST) && !options->write_names)
		return NULL;
	follower = must_zeroed(1, sizeof *follower);
	follower->file = session_file(session);
	if (!options->names_from_dns && !options->write_names)
		return follower;
	follower->session = session;
	follower->answered = answered_hosts_new();
	follower->tally = tally_new(session);
	answered_hosts_name_at_once(follower->answered);
	tally_add(follower->tally, &answered_hosts_counter, follower->answered, NULL);
	return follower;
}

void names_follow_packet(struct names_follower *follower)
{
	if (!follower)
		return;
	follower->told = read_told_names(follower->file, follower->told);
	if (follower->answered)
		tally_step(follower->tally, UINT32_MAX, session_packet_count(follower->session));
}

void names_follow_end(struct names_follower *follower)
{
	if (!follower)
		return;
	tally_free(follower->tally);
	if (follower->answered)
		answered_hosts_free(follower->answered);
	free(follower);
}

/* As in tshark, who names a file of hosts wants to see their names. */
bool apply_hosts_file(struct options *options, const char *value, struct error *error)
{
	return names_read_hosts(value, error) && name_kind_switch(options, 'n', true, error);
}
