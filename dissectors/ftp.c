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

/* RFC 959 section 4.2.2, RFC 2228, RFC 2428. */
static const struct value_name reply_names[] = {
	{ 110, "Restart marker reply" },
	{ 120, "Service ready in nnn minutes" },
	{ 125, "Data connection already open; transfer starting" },
	{ 150, "File status okay; about to open data connection" },
	{ 200, "Command okay" },
	{ 202, "Command not implemented, superfluous at this site" },
	{ 211, "System status, or system help reply" },
	{ 212, "Directory status" },
	{ 213, "File status" },
	{ 214, "Help message" },
	{ 215, "NAME system type" },
	{ 220, "Service ready for new user" },
	{ 221, "Service closing control connection" },
	{ 225, "Data connection open; no transfer in progress" },
	{ 226, "Closing data connection" },
	{ 227, "Entering Passive Mode" },
	{ 228, "Entering Long Passive Mode" },
	{ 229, "Entering Extended Passive Mode" },
	{ 230, "User logged in, proceed" },
	{ 232, "User logged in, authorized by security data exchange" },
	{ 234, "Security data exchange complete" },
	{ 235, "Security data exchange completed successfully" },
	{ 250, "Requested file action okay, completed" },
	{ 257, "PATHNAME created" },
	{ 331, "User name okay, need password" },
	{ 332, "Need account for login" },
	{ 334, "Requested security mechanism is ok" },
	{ 335, "Security data is acceptable, more is required" },
	{ 336, "Username okay, need password. Challenge is ..." },
	{ 350, "Requested file action pending further information" },
	{ 421, "Service not available, closing control connection" },
	{ 425, "Can't open data connection" },
	{ 426, "Connection closed; transfer aborted" },
	{ 430, "Invalid username or password" },
	{ 431, "Need some unavailable resource to process security" },
	{ 434, "Requested host unavailable" },
	{ 450, "Requested file action not taken" },
	{ 451, "Requested action aborted: local error in processing" },
	{ 452, "Requested action not taken. Insufficient storage space in system" },
	{ 500, "Syntax error, command unrecognized" },
	{ 501, "Syntax error in parameters or arguments" },
	{ 502, "Command not implemented" },
	{ 503, "Bad sequence of commands" },
	{ 504, "Command not implemented for that parameter" },
	{ 522, "Network protocol not supported" },
	{ 530, "Not logged in" },
	{ 532, "Need account for storing files" },
	{ 533, "Command protection level denied for policy reasons" },
	{ 534, "Request denied for policy reasons" },
	{ 535, "Failed security check (hash, sequence, etc)" },
	{ 536, "Requested PROT level not supported by mechanism" },
	{ 537, "Command protection level not supported by security mechanism" },
	{ 550, "Requested action not taken: File unavailable" },
	{ 551, "Requested action aborted: page type unknown" },
	{ 552, "Requested file action aborted: Exceeded storage allocation" },
	{ 553, "Requested action not taken: File name not allowed" },
	{ 631, "Integrity protected reply" },
	{ 632, "Confidentiality and integrity protected reply" },
	{ 633, "Confidentiality protected reply" },
	{ 0, NULL },
};

static const struct value_name family_names[] = { { 1, "IPv4" }, { 2, "IPv6" }, { 0, NULL } };

static const struct field ftp_fields[] = {
	[FTP] = { "ftp", "File Transfer Protocol (FTP)", FIELD_PROTOCOL,
		  .help = "Fetches and stores files; the files go over "
			  "connections of their own",
		  .reference = "RFC 959" },
	[FTP_LINE] = { "ftp.line", "Line", FIELD_TEXT, .flags = FIELD_WORDS,
		       .help = "One line of a command or reply", .reference = "RFC 959, 4" },
	[FTP_REQUEST] = { "ftp.request", "Request", FIELD_BOOL, .help = "The client speaks",
			  .reference = "RFC 959, 4" },
	[FTP_REQUEST_COMMAND] = { "ftp.request.command", "Request command", FIELD_TEXT,
				  .help = "What the client asks for", .reference = "RFC 959, 4" },
	[FTP_REQUEST_ARG] = { "ftp.request.arg", "Request arg", FIELD_TEXT,
			      .help = "What the command is about", .reference = "RFC 959, 4" },
	[FTP_RESPONSE] = { "ftp.response", "Response", FIELD_BOOL, .help = "The server speaks",
			   .reference = "RFC 959, 4" },
	[FTP_RESPONSE_CODE] = { "ftp.response.code", "Response code", FIELD_U32,
				.names = reply_names,
				.help = "How it went: 1xx begun, 2xx done, 3xx go on, 4xx "
					"try later, 5xx refused",
				.reference = "RFC 959, 4.2" },
	[FTP_RESPONSE_ARG] = { "ftp.response.arg", "Response arg", FIELD_TEXT,
			       .help = "The same in words", .reference = "RFC 959, 4.2" },
	[FTP_CURRENT_WORKING_DIRECTORY] = { "ftp.current-working-directory",
					    "Current working directory", FIELD_TEXT,
					    .help = "As far as it was named; else empty" },
	[FTP_PASSIVE_IP] = { "ftp.passive.ip", "Passive IP address", FIELD_IPV4,
			     .help = "Where the client should connect to for the file",
			     .reference = "RFC 959, 4.1.2" },
	[FTP_PASSIVE_PORT] = { "ftp.passive.port", "Passive port", FIELD_U16,
			       .help = "The port there", .reference = "RFC 959, 4.1.2" },
	[FTP_PASSIVE_NAT] = { "ftp.passive.nat", "Passive IP NAT", FIELD_BOOL,
			      .help = "The address differs from the sender's",
			      .reference = "RFC 959, 4.1.2" },
	[FTP_ACTIVE_CIP] = { "ftp.active.cip", "Active IP address", FIELD_IPV4,
			     .help = "Where the server should connect to for the file",
			     .reference = "RFC 959, 4.1.2" },
	[FTP_ACTIVE_PORT] = { "ftp.active.port", "Active port", FIELD_U16, .help = "The port there",
			      .reference = "RFC 959, 4.1.2" },
	[FTP_ACTIVE_NAT] = { "ftp.active.nat", "Active IP NAT", FIELD_BOOL,
			     .help = "The address differs from the sender's",
			     .reference = "RFC 959, 4.1.2" },
	[FTP_EPRT_AF] = { "ftp.eprt.af", "Extended active address family", FIELD_U8,
			  .names = family_names, .help = "Of which protocol the address is",
			  .reference = "RFC 2428, 2" },
	[FTP_EPRT_IP] = { "ftp.eprt.ip", "Extended active IP address", FIELD_IPV4,
			  .help = "Where the server should connect to for the file",
			  .reference = "RFC 2428, 2" },
	[FTP_EPRT_IPV6] = { "ftp.eprt.ipv6", "Extended active IPv6 address", FIELD_IPV6,
			    .help = "Where the server should connect to for the file",
			    .reference = "RFC 2428, 2" },
	[FTP_EPRT_PORT] = { "ftp.eprt.port", "Extended active port", FIELD_U16,
			    .help = "The port there", .reference = "RFC 2428, 2" },
	[FTP_EPSV_IP] = { "ftp.epsv.ip", "Extended passive IPv4 address", FIELD_IPV4,
			  .help = "Where the client should connect to for the file: "
				  "the server itself",
			  .reference = "RFC 2428, 3" },
	[FTP_EPSV_IPV6] = { "ftp.epsv.ipv6", "Extended passive IPv6 address", FIELD_IPV6,
			    .help = "Where the client should connect to for the file: "
				    "the server itself",
			    .reference = "RFC 2428, 3" },
	[FTP_EPSV_PORT] = { "ftp.epsv.port", "Extended passive port", FIELD_U16,
			    .help = "The port there", .reference = "RFC 2428, 3" },
	[FTP_COMMAND] = { "ftp.command", "Command", FIELD_TEXT, .flags = FIELD_FORWARD,
			  .help = "What the data connection was used for" },
	[FTP_COMMAND_FRAME] = { "ftp.command-frame", "Command frame", FIELD_FRAME,
				.flags = FIELD_FORWARD, .help = "Where that command is" },
	[FTP_SETUP_FRAME] = { "ftp.setup-frame", "Setup frame", FIELD_FRAME,
			      .help = "Which agreed on the data connection of this transfer" },
	[FTP_TRANSFER_FRAMES] = { "ftp.command-response.frames", "Command response frames",
				  FIELD_U32, .flags = FIELD_FORWARD,
				  .help = "How many packets the transfer took" },
	[FTP_TRANSFER_BYTES] = { "ftp.command-response.bytes", "Command response bytes", FIELD_U64,
				 .flags = FIELD_FORWARD, .help = "How many bytes were moved" },
	[FTP_TRANSFER_FIRST] = { "ftp.command-response.first-frame-num",
				 "Command response first frame", FIELD_FRAME,
				 .flags = FIELD_FORWARD, .help = "The first packet with data" },
	[FTP_TRANSFER_LAST] = { "ftp.command-response.last-frame-num",
				"Command response last frame", FIELD_FRAME, .flags = FIELD_FORWARD,
				.help = "The last packet with data" },
	[FTP_TRANSFER_DURATION] = { "ftp.command-response.duration", "Response duration", FIELD_U32,
				    .unit = "ms", .flags = FIELD_FORWARD,
				    .help = "From the first of them to the last" },
	[FTP_TRANSFER_BITRATE] = { "ftp.command-response.bitrate", "Response bitrate", FIELD_U64,
				   .unit = "Kbps", .flags = FIELD_FORWARD,
				   .help = "Bits in a second" },
	[FTP_TRANSFER_REPLY] = { "peel.ftp.transfer.reply_frame", "Transfer ended in", FIELD_FRAME,
				 .flags = FIELD_FORWARD,
				 .help = "The reply that says how the transfer went" },
	[FTP_TRANSFER_COMMAND] = { "peel.ftp.transfer.command_frame", "Transfer begun in",
				   FIELD_FRAME, .help = "The command that asked for the transfer" },
	[FTP_TRANSFER_TEXT] = { "peel.ftp.transfer", "Transfer", FIELD_TEXT, .flags = FIELD_FORWARD,
				.help = "The command, and how much came of it" },
	[FTP_TRANSFER_RESULT] = { "peel.ftp.transfer.result", "Transfer result", FIELD_TEXT,
				  .help = "complete, aborted or refused, as the server says" },
	[FTP_TRANSFER_SIZE] = { "peel.ftp.transfer.size", "Size of the file", FIELD_U64,
				.help = "As the reply to SIZE said" },
	[FTP_PORT_INVALID] = FINDING("ftp.port.args_invalid", "Invalid PORT arguments", EXPERT_WARN,
				     GROUP_PROTOCOL),
	[FTP_PASSIVE_INVALID] = FINDING("ftp.passive.args_invalid", "Invalid PASV reply",
					EXPERT_WARN, GROUP_PROTOCOL),
	[FTP_EPRT_ARGS_INVALID] =
		FINDING("ftp.eprt.args_invalid",
			"EPRT arguments must have the form: |<family>|<addr>|<port>|", EXPERT_WARN,
			GROUP_MALFORMED),
	[FTP_EPSV_ARGS_INVALID] =
		FINDING("ftp.epsv.args_invalid", "EPSV arguments must have the form (|||<port>|)",
			EXPERT_WARN, GROUP_MALFORMED),
	[FTP_TRANSFER_SIZE_DIFFERS] =
		FINDING("peel.ftp.transfer.size_differs",
			"The transfer has another number of bytes than the file", EXPERT_WARN,
			GROUP_SEQUENCE),
	[FTP_RESPONSE_PWD_INVALID] = FINDING("ftp.response.pwd.invalid", "Invalid PWD response",
					     EXPERT_ERROR, GROUP_MALFORMED),
};

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

/* Goes from `directory`, which is absolute, to `path`; too long: not known any more. */
static void change_directory(char directory[PATH_ROOM], const struct text_part *path)
{
	struct text_part rest = *path;
	size_t length = strlen(directory);

	if (!length && (!rest.length || rest.bytes[0] != '/'))
		return;
	if (rest.length && rest.bytes[0] == '/')
		length = 0;
	while (rest.length) {
		struct text_part name = rest;
		name.length = part_find(&rest, '/');
		rest = part_from(&rest, name.length < rest.length ? name.length + 1 : name.length);
		if (part_is(&name, "..")) {
			while (length && directory[--length] != '/')
				;
		} else if (name.length && !part_is(&name, ".")) {
			if (name.length > PATH_ROOM - 2 - length) {
				directory[0] = '\0';
				return;
			}
			directory[length++] = '/';
			memcpy(directory + length, name.bytes, name.length);
			length += name.length;
		}
	}
	if (!length)
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

static uint32_t reply_code(const struct text_part *line)
{
	struct text_part digits = *line;
	uint64_t code;

	digits.length = 3;
	if (line->length < 3 || !part_number(&digits, 999, &code))
		return 0;
	if (line->length > 3 && line->bytes[3] != ' ' && line->bytes[3] != '-')
		return 0;
	return (uint32_t)code;
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
	uint32_t code = reply_code(&words);
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
	const struct ftp_setup *setup =
		fact_of(d, packet, FACT_OWN, (uint16_t)layer, NULL);

	return setup && setup->fact.method ? setup : NULL;
}

static uint32_t size_of(uint8_t method)
{
	return method ? sizeof(struct ftp_setup) : sizeof(struct ftp_fact);
}

const char *ftp_directory(struct dissection *d, const struct ftp_fact *fact)
{
	const struct ftp_fact *changed = fact->directory_in
						 ? fact_of(d, fact->directory_in, FACT_OWN,
							   fact->directory_layer, NULL)
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
	.field_count = COUNT(ftp_fields),
	.claims = ftp_claims,
	.claim_count = COUNT(ftp_claims),
	.dissect = ftp_dissect,
	.looks_like = ftp_looks_like,
	.becomes_sure = ftp_becomes_sure,
	.is_refuted = ftp_is_refuted,
	.at_beginning = true,
	.message_size = ftp_message_size,
};
