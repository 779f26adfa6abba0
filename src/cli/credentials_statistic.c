/* credentials_statistic.c - -z credentials: who logged in, without the passwords. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "state/conversation.h"
#include "tally_statistic.h"

enum { NAME_LIMIT = 256, WORDS_ROOM = 4 * NAME_LIMIT + 1, LOGINS_LIMIT = 1 << 20 };

enum login_field {
	FTP_COMMAND,
	FTP_ARGUMENT,
	POP_COMMAND,
	POP_ARGUMENT,
	SMTP_USERNAME,
	SMTP_PASSWORD,
	IMAP_USERNAME,
	HTTP_BASIC,
	LOGIN_FIELDS,
};

static const char *const field_names[] = {
	"ftp.request.command",	 "ftp.request.arg",    "pop.request.command",
	"pop.request.parameter", "smtp.auth.username", "smtp.auth.password",
	"imap.request.username", "http.authbasic",     NULL,
};

struct login {
	uint32_t packet, name_packet;	/* name_packet 0: the same */
	const char *protocol, *between; /* "Username in packet", and what is behind that */
	const char *name;
};

/* A name that a conversation said, until its password comes. */
struct waiting {
	uint32_t packet;
	const char *name;
};

struct logins {
	uint16_t fields[LOGIN_FIELDS];
	struct login *rows;
	uint32_t count, room;
	struct waiting *waiting; /* by conversation id */
	uint32_t waiting_room;
	struct arena names;
	uint8_t classes[PATH_LIMIT]; /* 0: not asked, 1: without, 2: with */
};

static void *begin_logins(unsigned variant)
{
	struct logins *logins = must_zeroed(1, sizeof *logins);

	(void)variant;
	for (unsigned i = 0; i < LOGIN_FIELDS; i++)
		logins->fields[i] = tally_field(field_names[i]);
	return logins;
}

static void end_logins(void *counts)
{
	struct logins *logins = counts;

	arena_free(&logins->names);
	free(logins->rows);
	free(logins->waiting);
	free(logins);
}

static bool must_look(void *state, const struct tally_packet *packet)
{
	static const char *const protocols[] = { "ftp", "pop", "smtp", "imap", "http" };
	struct logins *logins = state;
	uint8_t *class = &logins->classes[packet->path];

	if (!*class) {
		*class = 1;
		for (unsigned i = 0; i < sizeof protocols / sizeof *protocols; i++)
			if (tally_path_has(packet, protocols[i]))
				*class = 2;
	}
	return *class == 2;
}

static const char *kept(struct logins *logins, const char *name, size_t length)
{
	return arena_text(&logins->names, name, length < NAME_LIMIT ? length : NAME_LIMIT);
}

static void add_login(struct logins *logins, const struct login *login)
{
	if (logins->count == LOGINS_LIMIT)
		return;
	if (logins->count == logins->room)
		logins->rows = must_grow(logins->rows, &logins->room, 16, sizeof *logins->rows);
	logins->rows[logins->count++] = *login;
}

/* Of the packet's conversation; NULL: it has none. */
static struct waiting *waiting_in(struct logins *logins, const struct tally_packet *packet)
{
	const struct conversation *talk = conversation_of_index(packet->learned, packet->number);

	if (!talk)
		return NULL;
	if (talk->id >= logins->waiting_room) {
		uint32_t old = logins->waiting_room, room = talk->id + talk->id / 2 + 64;
		logins->waiting = must_resize(logins->waiting, room, sizeof *logins->waiting);
		memset(logins->waiting + old, 0, (room - old) * sizeof *logins->waiting);
		logins->waiting_room = room;
	}
	return &logins->waiting[talk->id];
}

static void meet_name(struct logins *logins, const struct tally_packet *packet, const char *name)
{
	struct waiting *waiting = waiting_in(logins, packet);

	if (waiting && logins->count < LOGINS_LIMIT)
		*waiting = (struct waiting){ packet->number, kept(logins, name, strlen(name)) };
}

static void meet_password(struct logins *logins, const struct tally_packet *packet,
			  const char *protocol, const char *between)
{
	const struct waiting *waiting = waiting_in(logins, packet);

	if (waiting && waiting->name)
		add_login(logins, &(struct login){ packet->number, waiting->packet, protocol,
						   between, waiting->name });
}

/* "USER" or "PASS", with its argument in the next field. */
static void meet_command(struct logins *logins, const struct tally_packet *packet,
			 const struct node *node, const char *protocol, const char *between)
{
	bool is_ftp = node->field == logins->fields[FTP_COMMAND];
	uint16_t argument = logins->fields[is_ftp ? FTP_ARGUMENT : POP_ARGUMENT];
	const struct node *next = tally_node(packet->d, argument);

	if (!strcasecmp(node->value.text, "USER") && next)
		meet_name(logins, packet, next->value.text);
	else if (!strcasecmp(node->value.text, "PASS"))
		meet_password(logins, packet, protocol, between);
}

static void meet(struct logins *logins, const struct tally_packet *packet, const struct node *node)
{
	const uint16_t *fields = logins->fields;
	const char *text = node->value.text;

	if (node->field == fields[FTP_COMMAND])
		meet_command(logins, packet, node, "FTP", "packet: ");
	else if (node->field == fields[POP_COMMAND])
		meet_command(logins, packet, node, "POP3", "packet ");
	else if (node->field == fields[SMTP_USERNAME])
		meet_name(logins, packet, text);
	else if (node->field == fields[SMTP_PASSWORD])
		meet_password(logins, packet, "SMTP", "packet ");
	else if (node->field == fields[IMAP_USERNAME])
		add_login(logins, &(struct login){ packet->number, 0, "IMAP", "",
						   kept(logins, text, strlen(text)) });
	else if (node->field == fields[HTTP_BASIC])
		add_login(logins, &(struct login){ packet->number, 0, "HTTP basic auth", "",
						   kept(logins, text, strcspn(text, ":")) });
}

static void count_logins(void *state, const struct tally_packet *packet)
{
	for (uint32_t i = 0; packet->d && i < packet->d->node_count; i++)
		meet(state, packet, &packet->d->nodes[i]);
}

static void print_logins(const void *counts, unsigned variant, const char *filter,
			 struct session *session, FILE *out)
{
	static const char rule[] =
		"===================================================================\n";
	const struct logins *logins = counts;

	(void)variant;
	(void)filter;
	(void)session;
	fprintf(out, "%s%-10s %-16s %-16s %-16s\n%-10s %-16s %-16s %s\n", rule, "Packet",
		"Protocol", "Username", "Info", "------", "--------", "--------", "--------");
	for (uint32_t i = 0; i < logins->count; i++) {
		const struct login *login = &logins->rows[i];
		char name[WORDS_ROOM], where[64] = "";
		text_clean(name, sizeof name, (const uint8_t *)login->name, strlen(login->name),
			   true);
		if (login->name_packet)
			snprintf(where, sizeof where, "Username in %s%u", login->between,
				 login->name_packet);
		fprintf(out, "%-10u %-16s %-16s %-16s\n", login->packet, login->protocol, name,
			where);
	}
	fputs(rule, out);
}

static const struct counter login_counter = {
	.must_look = must_look,
	.count = count_logins,
	.fields = field_names,
};

const struct statistic credentials_statistic =
	TALLY_STATISTIC("credentials", "who logged in to FTP, HTTP, IMAP, POP and SMTP",
			&login_counter, 0, begin_logins, print_logins, end_logins);
