/* ftp.c - File Transfer Protocol's control connection, RFC 959, with EPRT and EPSV (RFC 2428).
 *
 * A message is the whole lines at hand.  The first pass follows the working directory, and
 * which reply is still going on. */
#include <arpa/inet.h>
#include <string.h>

#include "dissect/text_line.h"
#include "state/conversation.h"
#include "state/facts.h"

enum {
	FTP,
	FTP_LINE,
	FTP_REQUEST,
	FTP_REQUEST_COMMAND,
	FTP_REQUEST_ARG,
	FTP_RESPONSE,
	FTP_RESPONSE_CODE,
	FTP_RESPONSE_ARG,
	FTP_CURRENT_WORKING_DIRECTORY,
	FTP_PASSIVE_IP,
	FTP_PASSIVE_PORT,
	FTP_PASSIVE_NAT,
	FTP_ACTIVE_CIP,
	FTP_ACTIVE_PORT,
	FTP_ACTIVE_NAT,
	FTP_EPRT_AF,
	FTP_EPRT_IP,
	FTP_EPRT_IPV6,
	FTP_EPRT_PORT,
	FTP_EPSV_IP,
	FTP_EPSV_IPV6,
	FTP_EPSV_PORT,
	FTP_COMMAND_FRAME,
	FTP_PORT_INVALID,
	FTP_PASSIVE_INVALID,
	FTP_EPRT_ARGS_INVALID,
	FTP_EPSV_ARGS_INVALID,
	FTP_RESPONSE_PWD_INVALID,
};

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
	[FTP] = { "ftp", "File Transfer Protocol (FTP)", FIELD_PROTOCOL },
	[FTP_LINE] = { "ftp.line", "Line", FIELD_TEXT },
	[FTP_REQUEST] = { "ftp.request", "Request", FIELD_BOOL },
	[FTP_REQUEST_COMMAND] = { "ftp.request.command", "Request command", FIELD_TEXT },
	[FTP_REQUEST_ARG] = { "ftp.request.arg", "Request arg", FIELD_TEXT },
	[FTP_RESPONSE] = { "ftp.response", "Response", FIELD_BOOL },
	[FTP_RESPONSE_CODE] = { "ftp.response.code", "Response code", FIELD_U32,
				.names = reply_names },
	[FTP_RESPONSE_ARG] = { "ftp.response.arg", "Response arg", FIELD_TEXT },
	[FTP_CURRENT_WORKING_DIRECTORY] = { "ftp.current-working-directory",
					    "Current working directory", FIELD_TEXT,
					    .help = "As far as it was named; else empty" },
	[FTP_PASSIVE_IP] = { "ftp.passive.ip", "Passive IP address", FIELD_IPV4 },
	[FTP_PASSIVE_PORT] = { "ftp.passive.port", "Passive port", FIELD_U16 },
	[FTP_PASSIVE_NAT] = { "ftp.passive.nat", "Passive IP NAT", FIELD_BOOL,
			      .help = "The address differs from the sender's" },
	[FTP_ACTIVE_CIP] = { "ftp.active.cip", "Active IP address", FIELD_IPV4 },
	[FTP_ACTIVE_PORT] = { "ftp.active.port", "Active port", FIELD_U16 },
	[FTP_ACTIVE_NAT] = { "ftp.active.nat", "Active IP NAT", FIELD_BOOL,
			     .help = "The address differs from the sender's" },
	[FTP_EPRT_AF] = { "ftp.eprt.af", "Extended active address family", FIELD_U8,
			  .names = family_names },
	[FTP_EPRT_IP] = { "ftp.eprt.ip", "Extended active IP address", FIELD_IPV4 },
	[FTP_EPRT_IPV6] = { "ftp.eprt.ipv6", "Extended active IPv6 address", FIELD_IPV6 },
	[FTP_EPRT_PORT] = { "ftp.eprt.port", "Extended active port", FIELD_U16 },
	[FTP_EPSV_IP] = { "ftp.epsv.ip", "Extended passive IPv4 address", FIELD_IPV4 },
	[FTP_EPSV_IPV6] = { "ftp.epsv.ipv6", "Extended passive IPv6 address", FIELD_IPV6 },
	[FTP_EPSV_PORT] = { "ftp.epsv.port", "Extended passive port", FIELD_U16 },
	[FTP_COMMAND_FRAME] = { "ftp.command-frame", "Command frame", FIELD_FRAME,
				.flags = FIELD_FORWARD,
				.help = "The next command, which uses the data connection" },
	[FTP_PORT_INVALID] = FINDING("ftp.port.args_invalid", "Invalid PORT arguments", EXPERT_WARN,
				     GROUP_MALFORMED),
	[FTP_PASSIVE_INVALID] = FINDING("ftp.passive.args_invalid", "Invalid PASV reply",
					EXPERT_WARN, GROUP_MALFORMED),
	[FTP_EPRT_ARGS_INVALID] =
		FINDING("ftp.eprt.args_invalid",
			"EPRT arguments must have the form: |<family>|<addr>|<port>|", EXPERT_WARN,
			GROUP_MALFORMED),
	[FTP_EPSV_ARGS_INVALID] =
		FINDING("ftp.epsv.args_invalid", "EPSV arguments must have the form (|||<port>|)",
			EXPERT_WARN, GROUP_MALFORMED),
	[FTP_RESPONSE_PWD_INVALID] = FINDING("ftp.response.pwd.invalid", "Invalid PWD response",
					     EXPERT_ERROR, GROUP_MALFORMED),
};

enum { PATH_ROOM = 256, CODE_PWD = 257, CODE_DONE = 250, CODE_AUTH_OK = 234 };

/* Learnt with a message: what stood before it, and after it. */
struct ftp_fact {
	uint32_t reply; /* code of the reply that goes on, 0: none */
	uint32_t secured;
	uint32_t command_frame; /* a link forward */
	uint32_t directory_length;
	char directory[];
};

struct ftp_connection {
	struct ftp_fact *setup; /* the last PORT or PASV, until a command follows */
	uint16_t reply;
	bool secured, tls_seen; /* AUTH TLS was granted; TLS has begun */
	bool auth_asked;
	bool directory_asked; /* CWD or CDUP: `target` */
	char directory[PATH_ROOM], target[PATH_ROOM];
};

/* A message at work. */
struct ftp_message {
	struct ftp_connection *connection; /* NULL after the first pass */
	uint32_t reply;
	bool is_setup; /* says where a data connection will be */
};

extern const struct dissector ftp_dissector;

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
	const struct ftp_connection *connection = ftp_connection(d);

	if (connection && scan->offset == 0 && speaks_tls(connection, c))
		scan_all(c, scan);
	else
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

static void follow_request(struct ftp_connection *connection, const struct text_part *command,
			   const struct text_part *arg)
{
	static const struct text_part up = { (const uint8_t *)"..", 0, 2 };
	bool parent = part_is(command, "CDUP") || part_is(command, "XCUP");

	connection->auth_asked = part_is(command, "AUTH");
	connection->directory_asked = parent || part_is(command, "CWD") || part_is(command, "XCWD");
	if (connection->directory_asked) {
		memcpy(connection->target, connection->directory, PATH_ROOM);
		change_directory(connection->target, parent ? &up : arg);
	}
}

static void follow_reply(struct ftp_connection *connection, uint32_t code,
			 const struct text_part *arg)
{
	char path[PATH_ROOM];

	if (code == CODE_PWD && read_quoted(arg, path) && path[0] == '/')
		memcpy(connection->directory, path, PATH_ROOM);
	if (code / 100 == 2 && connection->directory_asked)
		memcpy(connection->directory, connection->target, PATH_ROOM);
	if (code == CODE_AUTH_OK && connection->auth_asked)
		connection->secured = true;
	connection->directory_asked = connection->auth_asked = false;
}

/* --- addresses in commands and replies --- */

static bool is_own_address(const struct dissection *d, uint32_t address)
{
	return d->from.type != ADDRESS_IPV4 || load_be32(d->from.address) == address;
}

/* h1,h2,h3,h4,p1,p2 at the front of the part; its length is set to what they take. */
static bool read_host_port(struct text_part *part, uint32_t *address, uint16_t *port)
{
	uint8_t numbers[6];
	uint32_t at = 0;

	for (unsigned i = 0; i < 6; i++) {
		struct text_part digits = part_from(part, at);
		uint64_t number;
		uint32_t n = 0;
		while (n < digits.length && digits.bytes[n] >= '0' && digits.bytes[n] <= '9')
			n++;
		digits.length = n;
		if (!part_number(&digits, 255, &number))
			return false;
		numbers[i] = (uint8_t)number;
		at += n;
		if (i < 5 && (at == part->length || part->bytes[at++] != ','))
			return false;
	}
	part->length = at;
	*address = load_be32(numbers);
	*port = load_be16(numbers + 4);
	return true;
}

static bool show_port_command(struct dissection *d, const struct cursor *c, struct text_part arg)
{
	uint32_t address;
	uint16_t port;

	if (!read_host_port(&arg, &address, &port)) {
		note_finding(d, FTP_PORT_INVALID, "PORT arguments must be six numbers below 256");
		return false;
	}
	add_uint(d, c, FTP_ACTIVE_CIP, arg.start, arg.length, address);
	add_uint(d, c, FTP_ACTIVE_PORT, arg.start, arg.length, port);
	if (!is_own_address(d, address))
		add_uint(d, c, FTP_ACTIVE_NAT, arg.start, arg.length, 1);
	return true;
}

static bool show_pasv_reply(struct dissection *d, const struct cursor *c, struct text_part arg)
{
	uint32_t address;
	uint16_t port;

	while (arg.length && (arg.bytes[0] < '0' || arg.bytes[0] > '9'))
		arg = part_from(&arg, 1);
	if (!read_host_port(&arg, &address, &port)) {
		note_finding(d, FTP_PASSIVE_INVALID, "PASV reply must hold six numbers below 256");
		return false;
	}
	add_uint(d, c, FTP_PASSIVE_IP, arg.start, arg.length, address);
	add_uint(d, c, FTP_PASSIVE_PORT, arg.start, arg.length, port);
	if (!is_own_address(d, address))
		add_uint(d, c, FTP_PASSIVE_NAT, arg.start, arg.length, 1);
	return true;
}

/* The part before the next delimiter, which is skipped with it.  False: there is none. */
static bool take_until(struct text_part *rest, uint8_t delimiter, struct text_part *part)
{
	*part = *rest;
	part->length = part_find(rest, delimiter);
	if (part->length == rest->length)
		return false;
	*rest = part_from(rest, part->length + 1);
	return true;
}

static bool add_eprt_address(struct dissection *d, const struct cursor *c, uint64_t family,
			     const struct text_part *address)
{
	char text[INET6_ADDRSTRLEN];
	struct in_addr ipv4;
	uint8_t *ipv6;

	if (address->length >= sizeof text)
		return false;
	memcpy(text, address->bytes, address->length);
	text[address->length] = '\0';
	if (family == 1 && inet_pton(AF_INET, text, &ipv4) == 1) {
		add_uint(d, c, FTP_EPRT_IP, address->start, address->length, ntohl(ipv4.s_addr));
		return true;
	}
	ipv6 = arena_alloc(&d->arena, 16);
	if (family != 2 || inet_pton(AF_INET6, text, ipv6) != 1)
		return false;
	add_bytes(d, c, FTP_EPRT_IPV6, address->start, address->length, ipv6, 16);
	return true;
}

/* |family|address|port|, with any delimiter. */
static bool show_eprt_command(struct dissection *d, const struct cursor *c, struct text_part arg)
{
	struct text_part family, address, port;
	uint64_t af, number;

	if (arg.length) {
		uint8_t delimiter = arg.bytes[0];
		arg = part_from(&arg, 1);
		if (take_until(&arg, delimiter, &family) && take_until(&arg, delimiter, &address) &&
		    take_until(&arg, delimiter, &port) && part_number(&family, 255, &af) &&
		    part_number(&port, 65535, &number)) {
			add_uint(d, c, FTP_EPRT_AF, family.start, family.length, af);
			if (add_eprt_address(d, c, af, &address)) {
				add_uint(d, c, FTP_EPRT_PORT, port.start, port.length, number);
				return true;
			}
		}
	}
	note_finding(d, FTP_EPRT_ARGS_INVALID,
		     "EPRT arguments must have the form: |<family>|<addr>|<port>|");
	return false;
}

static void put_own_address(struct dissection *d)
{
	if (d->from.type == ADDRESS_IPV4) {
		put_uint(d, FTP_EPSV_IP, load_be32(d->from.address));
	} else if (d->from.type == ADDRESS_IPV6) {
		uint8_t *address = arena_alloc(&d->arena, 16);
		memcpy(address, d->from.address, 16);
		node_id node = add_bytes(d, NULL, FTP_EPSV_IPV6, 0, 0, address, 16);
		node_flag(d, node, NODE_GENERATED);
	}
}

/* ... (|||port|) */
static bool show_epsv_reply(struct dissection *d, const struct cursor *c, struct text_part arg)
{
	struct text_part port;
	uint64_t number;
	uint32_t open = part_find(&arg, '(');

	if (arg.length - open > 4) {
		arg = part_from(&arg, open + 1);
		uint8_t delimiter = arg.bytes[0];
		bool form = arg.bytes[1] == delimiter && arg.bytes[2] == delimiter;
		arg = part_from(&arg, 3);
		if (form && take_until(&arg, delimiter, &port) &&
		    part_number(&port, 65535, &number)) {
			put_own_address(d);
			add_uint(d, c, FTP_EPSV_PORT, port.start, port.length, number);
			return true;
		}
	}
	note_finding(d, FTP_EPSV_ARGS_INVALID, "EPSV arguments must have the form (|||<port>|)");
	return false;
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
	if (fields && rest.length)
		add_part(d, c, FTP_REQUEST_ARG, &rest);
	if (part_is(&command, "PORT"))
		message->is_setup = show_port_command(d, c, rest);
	else if (part_is(&command, "EPRT"))
		message->is_setup = show_eprt_command(d, c, rest);
	close_node(d, tree);
	if (message->connection)
		follow_request(message->connection, &command, &rest);
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
	if (code == 227)
		message->is_setup = show_pasv_reply(d, c, *arg);
	else if (code == 229)
		message->is_setup = show_epsv_reply(d, c, *arg);
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
	if (last && code && message->connection)
		follow_reply(message->connection, code, &arg);
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

static void learn_message(struct dissection *d, const struct ftp_message *message,
			  uint32_t reply_before)
{
	struct ftp_connection *connection = message->connection;
	uint32_t length = (uint32_t)strlen(connection->directory);
	bool plain = !reply_before && !length && !message->is_setup;

	if (connection->setup && from_client(d)) {
		fact_set_link(&connection->setup->command_frame, d->packet.number);
		connection->setup = NULL;
	}
	connection->reply = (uint16_t)message->reply;
	struct ftp_fact *fact = plain ? NULL : learn(d, FACT_OWN, (uint32_t)sizeof *fact + length);
	if (!fact)
		return;
	fact->reply = reply_before;
	fact->directory_length = length;
	memcpy(fact->directory, connection->directory, length);
	if (message->is_setup)
		connection->setup = fact;
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
		secured->secured = 1;
	return true;
}

static void show_learned(struct dissection *d, const struct ftp_fact *fact)
{
	const char *directory = "";

	if (fact && fact->directory_length)
		directory = text_of(d, (const uint8_t *)fact->directory, fact->directory_length);
	put_text(d, FTP_CURRENT_WORKING_DIRECTORY, directory);
	if (fact && link_seen(d, &fact->command_frame))
		put_uint(d, FTP_COMMAND_FRAME, link_seen(d, &fact->command_frame));
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
	.message_size = ftp_message_size,
};
