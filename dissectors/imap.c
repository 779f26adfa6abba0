/* imap.c - Internet Message Access Protocol, RFC 3501 and RFC 9051.
 *
 * Lines may end in {n}: n bytes of any kind follow, then the line goes on (RFC 9051, 4.3).  What
 * the server sends is whole with those bytes; the client is shown up to {n}, as it may wait there
 * for the server, and the bytes are its next message.  The first pass matches tags. */
#include "base/time.h"
#include "dialogue.h"
#include "imap.h"
#include "media_type.h"
#include "state/conversation.h"
#include "state/learned.h"

static struct imap_connection *imap_connection(const struct dissection *d)
{
	return conversation_state(d, &imap_dissector, sizeof(struct imap_connection));
}

/* --- where messages end --- */

static bool ends_in_literal(const struct text_line *line)
{
	return imap_literal_of(line).found;
}

static bool is_secured(uint32_t mode, const struct cursor *c)
{
	return mode == MODE_TLS || (mode == MODE_TLS_ASKED && begins_tls(c));
}

static void imap_message_size(struct dissection *d, const struct cursor *c,
			      struct message_scan *scan)
{
	struct imap_connection *connection = imap_connection(d);
	uint32_t mode = connection ? connection->now.mode : MODE_LINES;

	if (scan->offset == 0 && is_secured(mode, c)) {
		if (connection)
			connection->now.mode = MODE_TLS;
		scan_tls(d, c, scan);
	} else if (!from_client(d)) {
		imap_scan_responses(c, scan);
	} else if (scan->offset == 0 && mode == MODE_LITERAL) {
		scan->size = connection->now.literal;
		scan->known = true;
	} else {
		scan_lines_until(c, scan, ends_in_literal);
	}
}

/* --- what the client sends --- */

/* The next argument: a quoted string without its quotes, or up to a blank. */
static struct text_part take_argument(struct text_part *rest)
{
	struct text_part argument;

	if (!rest->length || rest->bytes[0] != '"')
		return take_word(rest);
	argument = part_from(rest, 1);
	uint32_t end = 0;
	while (end < argument.length && argument.bytes[end] != '"')
		end += argument.bytes[end] == '\\' && end + 1 < argument.length ? 2 : 1;
	if (end > argument.length)
		end = argument.length;
	*rest = part_from(&argument, end < argument.length ? end + 1 : end);
	*rest = trim_part(*rest);
	argument.length = end;
	return argument;
}

static const struct folder_command {
	const char *name;
	unsigned argument; /* which one is the mailbox */
} folder_commands[] = {
	{ "SELECT", 0 }, { "EXAMINE", 0 },     { "CREATE", 0 }, { "DELETE", 0 },
	{ "RENAME", 0 }, { "SUBSCRIBE", 0 },   { "STATUS", 0 }, { "APPEND", 0 },
	{ "COPY", 1 },	 { "UNSUBSCRIBE", 0 },
};

static void show_folder(struct dissection *d, const struct cursor *c,
			const struct text_part *command, struct text_part rest)
{
	for (unsigned i = 0; i < COUNT(folder_commands); i++) {
		if (!part_is(command, folder_commands[i].name))
			continue;
		struct text_part folder = take_argument(&rest);
		if (folder_commands[i].argument)
			folder = take_argument(&rest);
		if (folder.length)
			add_part(d, c, IMAP_REQUEST_FOLDER, &folder);
	}
}

/* LOGIN's arguments, which may be literals: then they are in the messages that follow. */
static void show_login(struct dissection *d, const struct cursor *c, struct text_part rest,
		       struct imap_standing *now)
{
	while (rest.length && now->arguments < 2) {
		struct text_part argument = take_argument(&rest);
		if (!rest.length && now->literal)
			return;
		if (d->wants & WANT_FIELDS)
			add_part(d, c,
				 now->arguments ? IMAP_REQUEST_PASSWORD : IMAP_REQUEST_USERNAME,
				 &argument);
		now->arguments++;
	}
}

static void expect_literal(const struct text_line *line, struct imap_standing *now)
{
	struct imap_literal literal = imap_literal_of(line);

	now->goes_on = literal.found;
	now->literal = literal.length;
	now->synchronizing = literal.found && literal.synchronizing;
	if (literal.found && literal.length)
		now->mode = MODE_LITERAL;
}

/* What filters ask for both of requests and responses. */
static void add_hidden_part(struct dissection *d, const struct cursor *c, unsigned field,
			    const struct text_part *part)
{
	node_flag(d, add_part(d, c, field, part), NODE_HIDDEN);
}

static void show_request(struct dissection *d, const struct cursor *c, const struct text_line *line,
			 struct imap_message *message)
{
	struct text_part words = line_part(line), rest = words;
	struct text_part tag = take_word(&rest), command = take_word(&rest), first = command;
	bool fields = d->wants & WANT_FIELDS, uid = part_is(&command, "UID");

	if (uid)
		command = take_word(&rest);
	expect_literal(line, &message->now);
	message->now.arguments = 0;
	message->now.command = part_is(&command, "LOGIN")    ? COMMAND_LOGIN
			       : part_is(&command, "APPEND") ? COMMAND_APPEND
							     : COMMAND_OTHER;
	if (fields) {
		add_part(d, c, IMAP_REQUEST, &words);
		add_part(d, c, IMAP_REQUEST_TAG, &tag);
		add_hidden_part(d, c, IMAP_TAG, &tag);
		if (uid)
			add_uint(d, c, IMAP_REQUEST_UID, words.start, words.length, 1);
		if (command.length)
			add_part(d, c, IMAP_REQUEST_COMMAND, &command);
		if (first.length)
			add_hidden_part(d, c, IMAP_COMMAND, &first);
		show_folder(d, c, &command, rest);
	}
	if (message->now.command == COMMAND_LOGIN)
		show_login(d, c, rest, &message->now);
	if (!command.length)
		return;
	imap_ask(d, message, &tag, &command);
	uint32_t frame = imap_answer_frame(d, message);
	if (frame && fields)
		put_uint(d, IMAP_RESPONSE_IN, frame);
}

/* RFC 4616's 0 bytes as blanks. */
static void show_sasl(struct dissection *d, const struct cursor *c, const struct text_part *part)
{
	if (!(d->wants & WANT_FIELDS) || !part->length)
		return;
	add_part(d, c, IMAP_REQUEST, part);
	add_part(d, c, IMAP_SASL, part);
	uint8_t *plain = arena_alloc(&d->arena, part->length);
	int64_t n = base64_decode(plain, part->bytes, part->length);
	if (n <= 0)
		return;
	for (int64_t i = 0; i < n; i++)
		if (!plain[i])
			plain[i] = ' ';
	node_flag(d,
		  add_text(d, c, IMAP_SASL_TEXT, part->start, part->length,
			   text_of(d, plain, (uint32_t)n)),
		  NODE_GENERATED);
}

static node_id add_line(struct dissection *d, const struct cursor *c, const struct text_line *line)
{
	if (!(d->wants & WANT_FIELDS))
		return NO_NODE;
	return add_text(d, c, IMAP_LINE, line->start, line->whole, line_text(d, line));
}

static void show_requests(struct dissection *d, struct cursor *c, struct imap_message *message)
{
	struct text_line line;

	while (take_line(c, &line)) {
		struct text_part words = line_part(&line);
		if (!message->worded && !(message->now.goes_on && !words.length && d->info_fence))
			info(d, "Request: %s", part_text(d, &words));
		message->worded = true;
		open_node(d, add_line(d, c, &line));
		node_id tree = last_node(d);
		if (message->now.goes_on) {
			expect_literal(&line, &message->now);
			if (message->now.command == COMMAND_LOGIN)
				show_login(d, c, trim_part(words), &message->now);
		} else if (message->now.mode == MODE_SASL) {
			show_sasl(d, c, &words);
		} else if (words.length) {
			show_request(d, c, &line, message);
		}
		close_node(d, tree);
	}
}

static void show_literal(struct dissection *d, struct cursor *c, struct imap_message *message)
{
	uint32_t n = cursor_left(c), start = c->pos;
	const uint8_t *bytes;

	message->now.mode = MODE_LINES;
	message->now.literal = 0;
	info(d, "Request: literal, %u byte%s", n, n == 1 ? "" : "s");
	if (!cursor_peek(c, 0, n, &bytes))
		return;
	struct text_part part = { bytes, start, n };
	if (message->now.command == COMMAND_APPEND) {
		dissect_layer(d, &imf_dissector, *c);
	} else if (message->now.command == COMMAND_LOGIN && message->now.arguments < 2) {
		if (d->wants & WANT_FIELDS)
			add_part(d, c,
				 message->now.arguments ? IMAP_REQUEST_PASSWORD
							: IMAP_REQUEST_USERNAME,
				 &part);
		message->now.arguments++;
	} else {
		put_bytes(d, IMAP_LITERAL, c);
	}
	cursor_skip(c, n);
}

/* --- what the server sends --- */

static void show_time(struct dissection *d, uint32_t request)
{
	put_uint(d, IMAP_RESPONSE_TO, request);
	put_duration(
		d, IMAP_TIME,
		time_between(
			index_block_of(&d->learned->index, request)->time_ns[index_slot(request)],
			d->packet.time_ns));
}

static void show_tagged(struct dissection *d, const struct cursor *c, const struct text_line *line,
			struct imap_message *message)
{
	struct text_part words = line_part(line), rest = words;
	struct text_part tag = take_word(&rest), status = take_word(&rest);
	struct text_part command = take_word(&rest);
	bool continues = part_is(&tag, "+"), fields = d->wants & WANT_FIELDS;

	if (fields) {
		add_part(d, c, IMAP_RESPONSE, &words);
		add_part(d, c, IMAP_RESPONSE_TAG, &tag);
		add_hidden_part(d, c, IMAP_TAG, &tag);
		if (status.length)
			add_part(d, c, IMAP_RESPONSE_STATUS, &status);
		if (command.length)
			add_part(d, c, IMAP_RESPONSE_COMMAND, &command);
		if (command.length)
			add_hidden_part(d, c, IMAP_COMMAND, &command);
	}
	if (continues)
		return;
	imap_answer(d, message, &tag, part_is(&status, "OK"));
	uint32_t frame = imap_answer_frame(d, message);
	if (frame && fields)
		show_time(d, frame);
	if (part_is(&status, "NO") || part_is(&status, "BAD"))
		note_finding(d, IMAP_REJECTED, NULL);
	else if (!frame && message->answers)
		note_finding(d, IMAP_UNKNOWN_TAG, NULL);
}

/* FETCH's data items that are a mail, or its header (RFC 9051, 7.5.2). */
static bool is_mail(const struct text_line *line)
{
	static const char *const items[] = { "RFC822", "RFC822.HEADER", "BODY[]", "BODY[HEADER]" };
	struct text_part rest = line_part(line), word = rest;

	while (rest.length) {
		word = take_word(&rest);
		if (word.length && word.bytes[0] == '(')
			word = part_from(&word, 1);
		if (part_begins(&word, "BODY[HEADER.FIELDS"))
			return true;
		for (unsigned i = 0; i < COUNT(items); i++)
			if (part_is(&word, items[i]))
				return true;
	}
	return false;
}

static void take_literal(struct dissection *d, struct cursor *c, uint32_t n, bool mail)
{
	struct cursor literal = cursor_split(c, n);

	if (!cursor_left(&literal))
		return;
	if (mail)
		dissect_layer(d, &imf_dissector, literal);
	else
		put_bytes(d, IMAP_LITERAL, &literal);
}

static void show_responses(struct dissection *d, struct cursor *c, struct imap_message *message)
{
	struct text_line line;
	bool goes_on = false;

	while (take_line(c, &line)) {
		struct text_part words = line_part(&line);
		bool untagged = words.length && words.bytes[0] == '*';
		bool tagged = !goes_on && words.length && !untagged;
		struct imap_literal literal = imap_literal_of(&line);

		if (!message->worded && (tagged || !(d->info_length > d->info_fence))) {
			info_begin(d);
			info(d, "Response: %s", part_text(d, &words));
			message->worded = tagged;
		}
		node_id tree = add_line(d, c, &line);
		open_node(d, tree);
		if (tagged)
			show_tagged(d, c, &line, message);
		close_node(d, tree);
		goes_on = literal.found;
		if (!literal.found || !literal.length)
			continue;
		bool mail = is_mail(&line);
		message->worded |= mail;
		take_literal(d, c, literal.length, mail);
	}
}

/* --- a message --- */

static void imap_dissect(struct dissection *d, struct cursor *c)
{
	struct imap_connection *connection = imap_connection(d);
	struct imap_message message = { .connection = connection };
	bool client = from_client(d);

	dialogue_standing(d, connection ? &connection->now : NULL, &message.now,
			  sizeof message.now);
	if (is_secured(message.now.mode, c)) {
		if (connection)
			connection->now.mode = MODE_TLS;
		hand_on_as_data(d, *c);
		return;
	}
	imap_begin_answers(d, c, &message);
	/* Behind a literal the command often has only its line's end left. */
	if (!(client && message.now.goes_on && cursor_left(c) <= 2 && d->info_fence)) {
		info_begin(d);
		info(d, "%s", d->info_fence ? " | " : "");
	}
	node_flag(d, put_uint(d, IMAP_ISREQUEST, client), NODE_HIDDEN);
	if (!client)
		show_responses(d, c, &message);
	else if (message.now.mode == MODE_LITERAL)
		show_literal(d, c, &message);
	else
		show_requests(d, c, &message);
	info_fence(d);
	if (connection && client)
		connection->now = message.now;
}

static const char *const first_commands[] = { "CAPABILITY", "LOGIN",   "AUTHENTICATE", "STARTTLS",
					      "ID",	    "ENABLE",  "NAMESPACE",    "LIST",
					      "SELECT",	    "EXAMINE", "STATUS",       "NOOP",
					      "LOGOUT",	    NULL };
static const struct dialogue dialogue = { "* OK", .commands = first_commands, .tagged = true };

static bool imap_looks_like(const struct dissection *d, const struct cursor *c)
{
	return dialogue_is_greeting(&dialogue, d, c);
}

static bool imap_is_refuted(const struct dissection *d, const struct cursor *c)
{
	return dialogue_is_refuted(&dialogue, d, c);
}

static const struct claim imap_claims[] = { { BY_TCP_PORT, 143 } };

const struct dissector imap_dissector = {
	.name = "imap",
	.short_name = "IMAP",
	.title = "Internet Message Access Protocol",
	.fields = imap_fields,
	.field_count = IMAP_FIELDS,
	.claims = imap_claims,
	.claim_count = COUNT(imap_claims),
	.dissect = imap_dissect,
	.looks_like = imap_looks_like,
	.is_refuted = imap_is_refuted,
	.at_beginning = true,
	.message_size = imap_message_size,
};
