/* name_options.c - the letters of -N, and hosts files. */
#include "name_options.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "dissect/names.h"
#include "session/answered_hosts.h"

enum { SCAN_PACKETS = 1 << 16 };

static const struct name_letter {
	char letter;
	unsigned kind;	 /* enum name_kind; 0: of another sort */
	const char *why; /* it is left out; NULL: it is not */
} letters[] = {
	{ 'd', 0, NULL },
	{ 'm', NAMES_ETHER, NULL },
	{ 'n', NAMES_HOST, NULL },
	{ 't', NAMES_PORT, NULL },
	{ 'v', NAMES_VLAN, NULL },
	{ 'g', 0, "peel has no places of addresses" },
	{ 'N', 0, "peel asks no servers; -N d takes the answers that the capture holds" },
	{ 's', 0, "SS7 is not dissected" },
};

static const struct name_letter *row_of(char letter)
{
	for (unsigned i = 0; i < sizeof letters / sizeof *letters; i++)
		if (letters[i].letter == letter)
			return &letters[i];
	return NULL;
}

bool name_kind_switch(struct options *options, char letter, bool on, struct error *error)
{
	const struct name_letter *row = row_of(letter);

	if (!row)
		return error_set(error,
				 "-N specifies unknown resolving option '%c'; valid options "
				 "are: 'd', 'm', 'n', 't', 'v'",
				 letter);
	if (row->why)
		return error_set(error, "-N %c is left out: %s", letter, row->why);
	if (row->kind)
		names_choose(on ? names_chosen() | row->kind : names_chosen() & ~row->kind);
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

bool apply_name_writing(struct options *options, const char *value, struct error *error)
{
	if (strcmp(value, "n") != 0)
		return error_set(error, "-W specifies unknown option \"%s\"; valid options are: n",
				 value);
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
