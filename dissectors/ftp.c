/* ftp.c - File Transfer Protocol's control connection, RFC 959, with EPRT and EPSV (RFC 2428).
 *
 * A message is the whole lines at hand.  The first pass follows the working directory, and
 * which reply is still going on. */
#include "ftp.h"

#include <string.h>

#include "dialogue.h"
#include "ftp_transfer.h"
#include "state/announced.h"
#include "state/facts.h"

enum { PATH_ROOM = 256, CODE_PWD = 257, CODE_DONE = 250, CODE_AUTH_OK = 234 };

struct ftp_place {
	char directory[PATH_ROOM]; /* "": not known */
	char target[PATH_ROOM];	   /* where CWD or CDUP leads */
};

struct ftp_connection {
	struct ftp_place *place; /* NULL: nobody asked for it yet */
	struct ftp_transfers transfers;
	uint16_t reply;
	bool secured, tls_seen; /* AUTH TLS was granted; TLS has begun */
	bool auth_asked;
	bool data_protected;	/* the last PROT asked for P */
	bool directory_asked;	/* CWD or CDUP: the place's target */
	bool directory_changed; /* since the fact of directory_in */
	uint16_t directory_layer;
	uint32_t directory_in;
};

/* A message at work. */
struct ftp_message {
	struct ftp_connection *connection; /* NULL after the first pass */
	uint32_t reply;
	enum ftp_method method; /* it says where a data connection will be: at */
	struct endpoint end;
};

static struct ftp_connection *ftp_connection(const struct dissection *d)
{
	return conversation_state(d, &ftp_dissector, sizeof(struct ftp_connection));
}

/* Plain text may follow AUTH all the same, as long as no TLS was seen. */
static bool speaks_tls(const struct ftp_connection *connection, const struct cursor *c)
{
	return connection->tls_seen || (connection->secured && begins_tls(c));
}

static void ftp_message_size(struct dissection *d, const struct cursor *c,
			     struct message_scan *scan)
{
	struct ftp_connection *connection = ftp_connection(d);

	if (connection && scan->offset == 0 && speaks_tls(connection, c)) {
		connection->tls_seen = true;
		scan_tls(d, c, scan);
	} else
		scan_lines(c, scan);
}

/* --- the working directory, in the first pass --- */

/* Goes from `directory`, which is absolute, to `path`; too long: not known any more.  A slash at
 * the end stays, as it was typed. */
static void change_directory(char directory[PATH_ROOM], const struct text_part *path)
{
	struct text_part rest = *path;
	size_t length = strlen(directory);

	if (!length && (!rest.length || rest.bytes[0] != '/'))
		return;
	if (rest.length && rest.bytes[0] == '/')
		length = 0;
	else if (directory[length - 1] == '/')
		length--;
	while (rest.length) {
		struct text_part name = rest;
		name.length = part_find(&rest, '/');
		rest = part_from(&rest, name.length < rest.length ? name.length + 1 : name.length);
		if (part_is(&name, "..")) {
			while (length && directory[--length] != '/')
				;
		} else if (name.length && !part_is(&name, ".")) {
			if (length + name.length > PATH_ROOM - 3) {
				directory[0] = '\0';
				return;
			}
			directory[length++] = '/';
			memcpy(directory + length, name.bytes, name.length);
			length += name.length;
		}
	}
	bool slash = path->length && path->bytes[path->length - 1] == '/';
	if (!length || (slash && length < PATH_ROOM - 1))
		directory[length++] = '/';
	directory[length] = '\0';
}

/* 257 "/a ""quoted"" path" ... */
static bool read_quoted(const struct text_part *arg, char path[PATH_ROOM])
{
	uint32_t length = 0, i = part_find(arg, '"') + 1;

	for (; i < arg->length; i++) {
		bool doubled =
			arg->bytes[i] == '"' && i + 1 < arg->length && arg->bytes[i + 1] == '"';
		if (arg->bytes[i] == '"' && !doubled)
			break;
		if (length == PATH_ROOM - 1)
			return false;
		path[length++] = (char)arg->bytes[i];
		i += doubled;
	}
	path[length] = '\0';
	return i < arg->length && length;
}

/* In the first pass. */
static struct ftp_place *place_of(const struct dissection *d, struct ftp_connection *connection)
{
	if (!connection->place)
		connection->place = conversation_memory(d, sizeof *connection->place);
	return connection->place;
}

static void follow_request(const struct dissection *d, struct ftp_connection *connection,
			   const struct text_part *command, const struct text_part *arg)
{
	static const struct text_part up = { (const uint8_t *)"..", 0, 2 };
	bool parent = part_is(command, "CDUP") || part_is(command, "XCUP");

	connection->auth_asked = part_is(command, "AUTH");
	if (part_is(command, "PROT"))
		connection->data_protected = part_is(arg, "P");
	connection->directory_asked = parent || part_is(command, "CWD") || part_is(command, "XCWD");
	struct ftp_place *place = connection->directory_asked ? place_of(d, connection) : NULL;
	if (place) {
		memcpy(place->target, place->directory, PATH_ROOM);
		change_directory(place->target, parent ? &up : arg);
	}
}

static void change_to(const struct dissection *d, struct ftp_connection *connection,
		      const char path[PATH_ROOM])
{
	struct ftp_place *place = place_of(d, connection);

	if (!place || !strcmp(place->directory, path))
		return;
	memcpy(place->directory, path, PATH_ROOM);
	connection->directory_changed = true;
}

static void follow_reply(const struct dissection *d, struct ftp_connection *connection,
			 uint32_t code, const struct text_part *arg)
{
	char path[PATH_ROOM];

	if (code == CODE_PWD && read_quoted(arg, path) && path[0] == '/')
		change_to(d, connection, path);
	if (code / 100 == 2 && connection->directory_asked && connection->place)
		change_to(d, connection, connection->place->target);
	if (code == CODE_AUTH_OK && connection->auth_asked)
		connection->secured = true;
	connection->directory_asked = connection->auth_asked = false;
}

/* --- lines --- */

static node_id add_line(struct dissection *d, const struct cursor *c, const struct text_line *line)
{
	if (!(d->wants & WANT_FIELDS))
		return NO_NODE;
	const char *text = line_text(d, line);
	node_id node = add_text(d, c, FTP_LINE, line->start, line->whole, text);
	label_set(d, node, "%s", text);
	return node;
}

static void show_request(struct dissection *d, const struct cursor *c, const struct text_line *line,
			 struct ftp_message *message)
{
	struct text_part words = line_part(line), rest = words;
	struct text_part command = take_word(&rest);
	bool fields = d->wants & WANT_FIELDS;

	info(d, "Request: %s", part_text(d, &words));
	node_id tree = add_line(d, c, line);
	open_node(d, tree);
	if (fields)
		add_part(d, c, FTP_REQUEST_COMMAND, &command);
	if (fields && rest.length) {
		add_part(d, c, FTP_REQUEST_ARG, &rest);
		if (part_is(&command, "PASS") || part_is(&command, "ACCT"))
			node_flag(d, last_node(d), NODE_SECRET);
	}
	if (part_is(&command, "PORT") && ftp_show_port(d, c, rest, &message->end))
		message->method = FTP_PORT;
	else if (part_is(&command, "EPRT") && ftp_show_eprt(d, c, rest, &message->end))
		message->method = FTP_EPRT;
	close_node(d, tree);
	if (!message->connection)
		return;
	follow_request(d, message->connection, &command, &rest);
	ftp_follow_command(d, &message->connection->transfers, &command, &words, &rest);
}

static void show_reply_fields(struct dissection *d, const struct cursor *c,
			      const struct text_line *line, uint32_t code,
			      const struct text_part *arg, struct ftp_message *message)
{
	bool fields = d->wants & WANT_FIELDS;

	if (fields && code)
		add_uint(d, c, FTP_RESPONSE_CODE, line->start, 3, code);
	if (fields && arg->length)
		add_part(d, c, FTP_RESPONSE_ARG, arg);
	if (code == 227 && ftp_show_pasv(d, c, *arg, &message->end))
		message->method = FTP_PASV;
	else if (code == 229 && ftp_show_epsv(d, c, *arg, &message->end))
		message->method = FTP_EPSV;
}

/* The lines of a reply after its first are shown without fields of their own, but for one
 * that begins the message. */
static void show_reply(struct dissection *d, const struct cursor *c, const struct text_line *line,
		       bool first, struct ftp_message *message)
{
	struct text_part words = line_part(line);
	uint32_t code = dialogue_reply_code(&words);
	struct text_part arg = part_from(&words, !code ? 0 : words.length > 3 ? 4 : 3);
	bool more = code && words.length > 3 && words.bytes[3] == '-';
	bool goes_on = message->reply != 0;
	bool last = !more && (!goes_on || code == message->reply);

	if (first || !goes_on) {
		info(d, first ? "Response: %s" : " | %s", part_text(d, &words));
		node_id tree = add_line(d, c, line);
		open_node(d, tree);
		show_reply_fields(d, c, line, code, &arg, message);
		close_node(d, tree);
	} else {
		add_line(d, c, line);
	}
	if (more && !goes_on)
		message->reply = code;
	else if (last)
		message->reply = 0;
	if (!last || !code || !message->connection)
		return;
	follow_reply(d, message->connection, code, &arg);
	ftp_follow_reply(d, &message->connection->transfers, code, &arg);
}

static void show_lines(struct dissection *d, struct cursor *c, struct ftp_message *message)
{
	bool client = from_client(d), first = true;
	struct text_line line;

	node_flag(d, put_uint(d, FTP_REQUEST, client), NODE_HIDDEN);
	node_flag(d, put_uint(d, FTP_RESPONSE, !client), NODE_HIDDEN);
	for (; take_line(c, &line); first = false) {
		if (client && !first)
			info(d, " | ");
		if (client)
			show_request(d, c, &line, message);
		else
			show_reply(d, c, &line, first, message);
	}
}

/* --- a message --- */

const struct ftp_setup *ftp_setup_in(struct dissection *d, uint32_t packet, uint32_t layer)
{
	const struct ftp_setup *setup = fact_of(d, packet, FACT_OWN, (uint16_t)layer, NULL);

	return setup && setup->fact.method ? setup : NULL;
}

static uint32_t size_of(uint8_t method)
{
	return method ? sizeof(struct ftp_setup) : sizeof(struct ftp_fact);
}

const char *ftp_directory(struct dissection *d, const struct ftp_fact *fact)
{
	const struct ftp_fact *changed =
		fact->directory_in
			? fact_of(d, fact->directory_in, FACT_OWN, fact->directory_layer, NULL)
			: NULL;

	return changed ? text_of(d, (const uint8_t *)changed + size_of(changed->method),
				 changed->directory_length)
		       : "";
}

static void learn_directory(struct dissection *d, struct ftp_connection *connection,
			    struct ftp_fact *fact, uint32_t length)
{
	if (connection->directory_changed) {
		connection->directory_in = length ? d->packet.number : 0;
		connection->directory_layer = fact_number(d);
		connection->directory_changed = false;
		fact->directory_length = (uint16_t)length;
		memcpy((uint8_t *)fact + size_of(fact->method), connection->place->directory,
		       length);
	}
	fact->directory_in = connection->directory_in;
	fact->directory_layer = connection->directory_layer;
}

static void learn_message(struct dissection *d, const struct ftp_message *message,
			  uint32_t reply_before)
{
	struct ftp_connection *connection = message->connection;
	const char *directory = connection->place ? connection->place->directory : "";
	uint32_t length = connection->directory_changed ? (uint32_t)strlen(directory) : 0;
	bool plain = !reply_before && !directory[0] && !message->method;

	connection->reply = (uint16_t)message->reply;
	uint8_t method = (uint8_t)message->method;
	struct ftp_fact *fact = plain ? NULL : learn(d, FACT_OWN, size_of(method) + length);
	if (!fact)
		return;
	fact->reply = (uint16_t)reply_before;
	fact->method = method;
	learn_directory(d, connection, fact, length);
	if (!method)
		return;
	struct ftp_setup *setup = (struct ftp_setup *)fact;
	setup->protected = connection->data_protected;
	ftp_follow_setup(d, &connection->transfers, setup, &message->end);
}

static bool is_secured(struct dissection *d, const struct cursor *c,
		       struct ftp_connection *connection, const struct ftp_fact *fact)
{
	struct ftp_fact *secured;

	if (fact)
		return fact->secured;
	if (!connection || !speaks_tls(connection, c))
		return false;
	connection->tls_seen = true;
	secured = learn(d, FACT_OWN, sizeof *secured);
	if (secured)
		secured->secured = true;
	return true;
}

/* What a data connection was agreed on for, once data came. */
static void show_use(struct dissection *d, const struct ftp_setup *setup)
{
	uint32_t packet;
	const struct ftp_transfer *transfer =
		link_seen(d, &setup->last) ? ftp_transfer_of(d, setup, &packet) : NULL;

	if (!transfer)
		return;
	put_text(d, FTP_COMMAND,
		 text_of(d, (const uint8_t *)transfer->text, transfer->text_length));
	put_uint(d, FTP_COMMAND_FRAME, packet);
}

static void show_learned(struct dissection *d, const struct ftp_fact *fact)
{
	begin_beside(d);
	put_text(d, FTP_CURRENT_WORKING_DIRECTORY, fact ? ftp_directory(d, fact) : "");
	if (fact && fact->method)
		show_use(d, (const struct ftp_setup *)fact);
	end_beside(d);
	ftp_show_transfer(d);
}

static void ftp_dissect(struct dissection *d, struct cursor *c)
{
	struct ftp_connection *connection = ftp_connection(d);
	const struct ftp_fact *fact = connection ? NULL : recall(d, FACT_OWN, NULL);
	struct ftp_message message = { .connection = connection };

	if (is_secured(d, c, connection, fact)) {
		hand_on_as_data(d, *c);
		return;
	}
	message.reply = connection ? connection->reply : fact ? fact->reply : 0;
	uint32_t reply_before = message.reply;
	info_begin(d);
	if (d->info_fence)
		info(d, " | ");
	show_lines(d, c, &message);
	if (connection)
		learn_message(d, &message, reply_before);
	if (!only_learning(d))
		show_learned(d, recall(d, FACT_OWN, NULL));
	info_fence(d);
}

static const char *const greeting_names[] = { "FTP", NULL };
static const char *const opening_commands[] = { "USER", "AUTH", "FEAT", "HOST",
						"OPTS", "SYST", "CLNT", NULL };
static const char *const first_commands[] = { "USER", "AUTH", "FEAT", "HOST", "OPTS",
					      "SYST", "CLNT", "PBSZ", "LANG", "NOOP",
					      "HELP", "QUIT", NULL };
static const struct dialogue dialogue = { "220", greeting_names, opening_commands,
					  .commands = first_commands };

static bool ftp_looks_like(const struct dissection *d, const struct cursor *c)
{
	return dialogue_is_greeting(&dialogue, d, c);
}

static bool ftp_becomes_sure(struct dissection *d, const struct cursor *c)
{
	return dialogue_becomes_sure(&dialogue, d, c);
}

static bool ftp_is_refuted(const struct dissection *d, const struct cursor *c)
{
	return dialogue_is_refuted(&dialogue, d, c);
}

static const struct claim ftp_claims[] = { { BY_TCP_PORT, 21 } };

const struct dissector ftp_dissector = {
	.name = "ftp",
	.short_name = "FTP",
	.title = "File Transfer Protocol (FTP)",
	.fields = ftp_fields,
	.field_count = FTP_FIELDS,
	.claims = ftp_claims,
	.claim_count = COUNT(ftp_claims),
	.dissect = ftp_dissect,
	.looks_like = ftp_looks_like,
	.becomes_sure = ftp_becomes_sure,
	.is_refuted = ftp_is_refuted,
	.at_beginning = true,
	.message_size = ftp_message_size,
};
