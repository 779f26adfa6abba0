/* pop.c - Post Office Protocol version 3, RFC 1939, with CAPA (RFC 2449) and AUTH (RFC 5034).
 *
 * Which replies have lines of data depends on the command; the first pass keeps a queue of
 * that.  A message is whole lines, and data as far as it is at hand. */
#include "dialogue.h"
#include "sent_mail.h"
#include "state/conversation.h"
#include "state/pieces.h"

enum {
	POP,
	POP_LINE,
	POP_REQUEST_COMMAND,
	POP_REQUEST_PARAMETER,
	POP_RESPONSE_INDICATOR,
	POP_RESPONSE_DESCRIPTION,
	POP_RESPONSE_DATA,
};

static const struct field pop_fields[] = {
	[POP] = { "pop", "Post Office Protocol", FIELD_PROTOCOL,
		  .help = "Fetches mail from the server that keeps it", .reference = "RFC 1939" },
	[POP_LINE] = { "pop.line", "Line", FIELD_TEXT, .flags = FIELD_WORDS,
		       .help = "A command or the first line of a reply" },
	[POP_REQUEST_COMMAND] = { "pop.request.command", "Request command", FIELD_TEXT,
				  .help = "What the client asks for", .reference = "RFC 1939, 3" },
	[POP_REQUEST_PARAMETER] = { "pop.request.parameter", "Request parameter", FIELD_TEXT,
				    .help = "What the command is about: often the number of a "
					    "mail",
				    .reference = "RFC 1939, 3" },
	[POP_RESPONSE_INDICATOR] = { "pop.response.indicator", "Response indicator", FIELD_TEXT,
				     .help = "+OK: it was done; -ERR: it was not",
				     .reference = "RFC 1939, 3" },
	[POP_RESPONSE_DESCRIPTION] = { "pop.response.description", "Response description",
				       FIELD_TEXT, .help = "More about it, in words or numbers",
				       .reference = "RFC 1939, 3" },
	[POP_RESPONSE_DATA] = { "pop.response.data", "Data", FIELD_TEXT,
				.help = "A line of a reply's data" },
};

enum { QUEUE_LIMIT = 64 };
/* Plain text may follow STLS all the same, as long as no TLS was seen. */
enum secured { SECURED_NOT, SECURED_ASKED, SECURED };
enum expected { EXPECT_LINE, EXPECT_DATA, EXPECT_MAIL, EXPECT_TLS, EXPECT_BITS = 2 };

/* Where a connection stands before a message: what its message's fact holds. */
struct pop_standing {
	bool in_data;	 /* lines of data go on */
	uint8_t ending;	 /* how much of CR LF . CR LF its last bytes are */
	uint8_t secured; /* enum secured */
	uint8_t expects; /* enum expected: the next reply has data if it is +OK */
	uint32_t pieces; /* of the mail that is being sent; 0: it is none */
};

struct pop_connection {
	struct pop_standing now;
	uint32_t queued;
	uint32_t queue[QUEUE_LIMIT * EXPECT_BITS / 32 +
		       1]; /* enum expected of unanswered commands */
	uint32_t first;
	uint32_t mail; /* its pieces so far (state/pieces.h) */
};

extern const struct dissector pop_dissector;

static struct pop_connection *pop_connection(const struct dissection *d)
{
	return conversation_state(d, &pop_dissector, sizeof(struct pop_connection));
}

/* What the reply to this command will be. */
static enum expected expected_of(const struct text_line *line)
{
	struct text_part rest = line_part(line);
	struct text_part command = take_word(&rest);

	if (part_is(&command, "STLS"))
		return EXPECT_TLS;
	if (part_is(&command, "RETR") || part_is(&command, "TOP"))
		return EXPECT_MAIL;
	if (part_is(&command, "CAPA"))
		return EXPECT_DATA;
	bool lists =
		part_is(&command, "LIST") || part_is(&command, "UIDL") || part_is(&command, "AUTH");
	return lists && !rest.length ? EXPECT_DATA : EXPECT_LINE;
}

/* The queue: two bits a command, oldest first.  What does not fit is taken for a line. */
static enum expected queue_at(const struct pop_connection *connection, uint32_t n)
{
	uint32_t slot = (connection->first + n) % QUEUE_LIMIT;

	if (n >= connection->queued)
		return EXPECT_LINE;
	return connection->queue[slot / 16] >> slot % 16 * 2 & 3;
}

static void queue_add(struct pop_connection *connection, enum expected expected)
{
	uint32_t slot = (connection->first + connection->queued) % QUEUE_LIMIT;

	if (connection->queued == QUEUE_LIMIT)
		return;
	connection->queue[slot / 16] &= ~(3U << slot % 16 * 2);
	connection->queue[slot / 16] |= (uint32_t)expected << slot % 16 * 2;
	connection->queued++;
}

static void queue_drop(struct pop_connection *connection)
{
	if (connection->queued) {
		connection->first = (connection->first + 1) % QUEUE_LIMIT;
		connection->queued--;
	}
}

static bool has_data(enum expected expected)
{
	return expected == EXPECT_DATA || expected == EXPECT_MAIL;
}

static bool is_ok(const struct text_line *line)
{
	struct text_part words = line_part(line);

	return part_begins(&words, "+OK");
}

/* RFC 1939, 3; a lone "+" asks for more (RFC 5034, 4). */
static bool is_status(const struct text_line *line)
{
	struct text_part words = line_part(line);
	struct text_part rest = words;
	struct text_part first = take_word(&rest);

	return part_begins(&words, "+OK") || part_begins(&words, "-ERR") || part_is(&first, "+");
}

/* --- where messages end --- */

static bool is_secured(const struct pop_standing *now, const struct cursor *c)
{
	return now->secured == SECURED || (now->secured == SECURED_ASKED && begins_tls(c));
}

/* A list without its dot ends at the reply to the next command: no line of a list looks so. */
static bool is_data(const struct pop_connection *connection, const struct cursor *c)
{
	const struct pop_standing *now = &connection->now;
	struct cursor lines = *c;
	struct text_line line;

	if (!now->in_data || now->pieces || now->ending != DOT_LINE_START || !connection->queued ||
	    !take_line(&lines, &line))
		return now->in_data;
	struct text_part words = line_part(&line);
	return !part_begins(&words, "+OK") && !part_begins(&words, "-ERR");
}

/* One reply: its line, and the data that follows as far as it is at hand. */
static void scan_reply(const struct pop_connection *connection, const struct cursor *c,
		       struct message_scan *scan)
{
	struct cursor lines = *c;
	struct text_line line;
	const uint8_t *bytes;
	uint8_t ending = DOT_LINE_START;

	scan_lines(c, scan);
	if (!scan->known)
		return;
	if (scan->offset) {
		/* The line began in what was shown before. */
		*scan = (struct message_scan){ .ended = scan->ended };
		return;
	}
	if (!take_line(&lines, &line) || line.length == line.whole)
		return;
	scan->size = line.whole;
	if (!has_data(queue_at(connection, 0)) || !is_ok(&line))
		return;
	uint32_t left = cursor_left(&lines);
	if (left && cursor_peek(&lines, 0, left, &bytes))
		scan->size += dot_ended_length(bytes, left, &ending);
}

static void pop_message_size(struct dissection *d, const struct cursor *c,
			     struct message_scan *scan)
{
	struct pop_connection *connection = pop_connection(d);
	uint32_t n = cursor_left(c);
	const uint8_t *bytes;

	if (!cursor_peek(c, 0, n, &bytes))
		return;
	if (!connection || from_client(d)) {
		if (connection && scan->offset == 0 && is_secured(&connection->now, c)) {
			connection->now.secured = SECURED;
			scan_tls(d, c, scan);
		} else
			scan_lines(c, scan);
	} else if (scan->offset == 0 && is_secured(&connection->now, c)) {
		connection->now.secured = SECURED;
		scan_tls(d, c, scan);
	} else if (scan->offset == 0 && is_data(connection, c)) {
		uint8_t ending = connection->now.ending;
		scan->size = dot_ended_length(bytes, n, &ending);
		scan->known = true;
	} else {
		connection->now.in_data = 0;
		scan_reply(connection, c, scan);
	}
}

/* --- showing it --- */

static node_id add_line(struct dissection *d, const struct cursor *c, unsigned field,
			const struct text_line *line)
{
	if (!(d->wants & WANT_FIELDS))
		return NO_NODE;
	const char *text = line_text(d, line);
	node_id node = add_text(d, c, field, line->start, line->whole, text);
	label_set(d, node, "%s", text);
	return node;
}

/* A line of two parts: what comes first, and the rest. */
static void show_line(struct dissection *d, const struct cursor *c, const struct text_line *line,
		      unsigned first_field)
{
	struct text_part rest = line_part(line);
	node_id tree = add_line(d, c, POP_LINE, line);

	if (!(d->wants & WANT_FIELDS))
		return;
	struct text_part first = take_word(&rest);
	open_node(d, tree);
	if (first.length)
		add_part(d, c, first_field, &first);
	if (rest.length)
		add_part(d, c, first_field + 1, &rest);
	if (rest.length && first_field == POP_REQUEST_COMMAND &&
	    (part_is(&first, "PASS") || part_is(&first, "APOP") || part_is(&first, "AUTH")))
		node_flag(d, last_node(d), NODE_SECRET);
	close_node(d, tree);
}

static void show_requests(struct dissection *d, struct cursor *c, struct pop_connection *connection)
{
	struct text_line line;
	const char *join = "C: ";

	while (take_line(c, &line)) {
		struct text_part words = line_part(&line);
		info(d, "%s%s", join, part_text(d, &words));
		join = " | ";
		show_line(d, c, &line, POP_REQUEST_COMMAND);
		if (connection)
			queue_add(connection, expected_of(&line));
	}
}

/* RFC 1939 section 3: the line that ends it is no part of the mail. */
static void show_mail(struct dissection *d, const struct cursor *piece,
		      const struct pop_standing *now)
{
	enum { END_LINE = 3 };
	struct cursor mail = now->pieces > 1 ? pieces_whole(d, piece, "Reassembled POP") : *piece;
	uint32_t sent = cursor_sent(&mail);

	if (sent <= END_LINE)
		return;
	mail = cursor_split(&mail, sent - END_LINE);
	mail = without_dots(d, &mail);
	dissect_layer(d, &imf_dissector, mail);
}

static void show_data(struct dissection *d, struct cursor *c, struct pop_connection *connection,
		      struct pop_standing *now)
{
	uint32_t n = cursor_left(c);
	struct cursor piece = *c;
	const uint8_t *bytes;
	struct text_line line;

	if (n && cursor_peek(c, 0, n, &bytes))
		dot_ended_length(bytes, n, &now->ending);
	now->in_data = now->ending != DOT_ENDED;
	if (d->wants & WANT_FIELDS)
		while (take_line(c, &line))
			add_line(d, c, POP_RESPONSE_DATA, &line);
	if (!now->pieces)
		return;
	if (connection)
		keep_mail_piece(d, &connection->mail, &piece, now->pieces, !now->in_data);
	if (!now->in_data)
		show_mail(d, &piece, now);
	now->pieces = now->in_data ? now->pieces + 1 : 0;
}

static void show_reply(struct dissection *d, struct cursor *c, struct pop_connection *connection,
		       struct pop_standing *now)
{
	struct text_line line;

	if (!take_line(c, &line))
		return;
	struct text_part words = line_part(&line);
	bool data = has_data((enum expected)now->expects) && is_ok(&line);
	if (!is_status(&line)) {
		info(d, "S: %s", part_text(d, &words));
		add_line(d, c, POP_LINE, &line);
		return;
	}
	info(d, "S: %s", part_text(d, &words));
	show_line(d, c, &line, POP_RESPONSE_INDICATOR);
	if (connection) {
		bool tls = queue_at(connection, 0) == EXPECT_TLS && is_ok(&line);
		now->secured = tls ? SECURED_ASKED : SECURED_NOT;
		queue_drop(connection);
	}
	if (!data)
		return;
	now->ending = DOT_LINE_START;
	now->pieces = now->expects == EXPECT_MAIL;
	show_data(d, c, connection, now);
}

static void pop_dissect(struct dissection *d, struct cursor *c)
{
	struct pop_connection *connection = pop_connection(d);
	struct pop_standing now = { 0 };
	uint32_t n = cursor_left(c);

	if (connection)
		connection->now.expects =
			from_client(d) ? EXPECT_LINE : (uint8_t)queue_at(connection, 0);
	dialogue_standing(d, connection ? &connection->now : NULL, &now, sizeof now);
	if (is_secured(&now, c)) {
		if (connection)
			connection->now.secured = SECURED;
		hand_on_as_data(d, *c);
		return;
	}
	info_begin(d);
	if (d->info_fence)
		info(d, " | ");
	if (from_client(d)) {
		show_requests(d, c, connection);
	} else if (now.in_data) {
		info(d, "S: DATA fragment, %u byte%s", n, n == 1 ? "" : "s");
		show_data(d, c, connection, &now);
	} else {
		show_reply(d, c, connection, &now);
	}
	info_fence(d);
	if (connection)
		connection->now = now;
}

static const char *const first_commands[] = { "CAPA", "USER", "APOP", "AUTH", "STLS", "UTF8",
					      "LANG", "NOOP", "STAT", "LIST", "QUIT", NULL };
static const struct dialogue dialogue = { "+OK", .commands = first_commands };

static bool pop_looks_like(const struct dissection *d, const struct cursor *c)
{
	return dialogue_is_greeting(&dialogue, d, c);
}

static bool pop_is_refuted(const struct dissection *d, const struct cursor *c)
{
	return dialogue_is_refuted(&dialogue, d, c);
}

static const struct claim pop_claims[] = { { BY_TCP_PORT, 110 } };

const struct dissector pop_dissector = {
	.name = "pop",
	.short_name = "POP",
	.title = "Post Office Protocol",
	.fields = pop_fields,
	.field_count = COUNT(pop_fields),
	.claims = pop_claims,
	.claim_count = COUNT(pop_claims),
	.dissect = pop_dissect,
	.looks_like = pop_looks_like,
	.is_refuted = pop_is_refuted,
	.at_beginning = true,
	.message_size = pop_message_size,
};
