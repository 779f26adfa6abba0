/* name_options.c - the letters of -N, and hosts files. */
#include "name_options.h"

#include <string.h>

#include "base/bytes.h"
#include "dissect/names.h"

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

static void read_told_names(const struct capture_file *file)
{
	for (unsigned i = 0; i < capture_file_name_count(file); i++) {
		const struct capture_name *name = capture_file_name(file, i);
		struct endpoint address = name->size == 4 ? endpoint_ipv4(load_be32(name->address))
							  : endpoint_ipv6(name->address);
		names_add_host(&address, name->name, NAME_FROM_CAPTURE);
	}
}

void names_read_capture(const struct options *options, struct session *session)
{
	while (session_scan(session, SCAN_PACKETS, true) == SCAN_MORE)
		;
	read_told_names(session_file(session));
	if (options->names_from_dns || options->write_names)
		names_read_answers(session);
}

/* As in tshark, who names a file of hosts wants to see their names. */
bool apply_hosts_file(struct options *options, const char *value, struct error *error)
{
	return names_read_hosts(value, error) && name_kind_switch(options, 'n', true, error);
}
