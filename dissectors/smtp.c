/* smtp.c - Simple Mail Transfer Protocol, RFC 5321, with AUTH (RFC 4954) and BDAT (RFC 3030).
 *
 * A message is the whole lines at hand, or a piece of mail.  What came before (a mail being
 * sent, an AUTH exchange, a reply that goes on) is learnt with each message. */
#include <string.h>

#include "dissect/object.h"
#include "dialogue.h"
#include "media_type.h"
#include "sent_mail.h"
#include "smtp.h"
#include "state/conversation.h"
#include "state/facts.h"
#include "state/pieces.h"
#include "state/reassembly.h"

enum client_mode { MODE_COMMANDS, MODE_DATA, MODE_BDAT, MODE_TLS_ASKED, MODE_TLS };

/* Where a connection stands before a message: what its message's fact holds. */
struct smtp_standing {
	uint8_t mode;		   /* enum client_mode */
	uint8_t auth;		   /* enum smtp_auth_step */
	uint8_t ending;		   /* how much of CR LF . CR LF the mail's last bytes are */
	bool last_chunk;	   /* the BDAT chunk is the mail's last */
	uint32_t left;		   /* bytes of it to come */
	uint32_t fragments, bytes; /* of the mail so far */
	uint32_t reply;		   /* code of the reply that goes on, 0: none */
};

struct smtp_connection {
	struct smtp_standing now;
	uint32_t unanswered; /* commands */
	uint32_t mail;	     /* its pieces so far (state/pieces.h) */
	uint32_t mail_in;    /* where its first fragment is */
	uint16_t mail_layer;
	bool data_asked, tls_asked; /* the last unanswered command is DATA, or STARTTLS */
};

/* A fragment's fact, but for the last one's: which mail it is of. */
struct smtp_fragment {
	uint32_t first_in, first_layer;
	uint32_t ended_in; /* a link, of the first one; 0: the mail does not end */
};

extern const struct dissector smtp_dissector;

static struct smtp_connection *smtp_connection(const struct dissection *d)
{
	return conversation_state(d, &smtp_dissector, sizeof(struct smtp_connection));
}

/* --- where messages end --- */

static bool is_command(const struct text_line *line, const char *command)
{
	struct text_part rest = line_part(line);
	struct text_part word = take_word(&rest);

	return part_is(&word, command);
}

/* What follows these commands is no command. */
static bool ends_commands(const struct text_line *line)
{
	return is_command(line, "DATA") || is_command(line, "BDAT") || is_command(line, "STARTTLS");
}

/* Plain text may follow all the same, as long as no TLS was seen. */
static bool is_secured(uint32_t mode, const struct cursor *c)
{
	return mode == MODE_TLS || (mode == MODE_TLS_ASKED && begins_tls(c));
}

static void smtp_message_size(struct dissection *d, const struct cursor *c,
			      struct message_scan *scan)
{
	struct smtp_connection *connection = smtp_connection(d);
	uint32_t mode = connection ? connection->now.mode : MODE_COMMANDS;
	uint32_t n = cursor_left(c);
	const uint8_t *bytes;

	if (!cursor_peek(c, 0, n, &bytes))
		return;
	if (scan->offset == 0 && is_secured(mode, c)) {
		if (connection)
			connection->now.mode = MODE_TLS;
		scan_tls(d, c, scan);
	} else if (!from_client(d)) {
		scan_lines(c, scan);
	} else if (scan->offset == 0 && mode == MODE_DATA) {
		uint8_t ending = connection->now.ending;
		scan->size = dot_ended_length(bytes, n, &ending);
		scan->known = true;
	} else if (scan->offset == 0 && mode == MODE_BDAT) {
		scan->size = n < connection->now.left ? n : connection->now.left;
		scan->known = true;
	} else {
		scan_lines_until(c, scan, ends_commands);
	}
}

/* --- what the client sends --- */

static void take_bdat(const struct text_part *rest, struct smtp_standing *now)
{
	struct text_part sizes = *rest;
	struct text_part number = take_word(&sizes);
	struct text_part last = trim_part(sizes);
	uint64_t size;

	if (part_number(&number, UINT32_MAX, &size) && size) {
		now->mode = MODE_BDAT;
		now->left = (uint32_t)size;
		now->last_chunk = part_is(&last, "LAST");
	}
}

/* The line "." alone ends the mail, and so is the first line after DATA. */
static void begin_mail(struct smtp_standing *now)
{
	now->mode = MODE_DATA;
	now->ending = DOT_LINE_START;
	now->fragments = now->bytes = 0;
}

static void show_command(struct dissection *d, const struct cursor *c, const struct text_line *line,
			 struct smtp_standing *now)
{
	struct text_part rest = line_part(line);

	info(d, "%s", part_text(d, &rest));
	node_id tree = add_text(d, c, SMTP_COMMAND_LINE, line->start, line->whole,
				only_learning(d) ? "" : line_text(d, line));
	struct text_part command = take_word(&rest);
	open_node(d, tree);
	if (!only_learning(d)) {
		add_part(d, c, SMTP_REQ_COMMAND, &command);
		if (rest.length)
			add_part(d, c, SMTP_REQ_PARAMETER, &rest);
		if (rest.length && part_is(&command, "AUTH") &&
		    memchr(rest.bytes, ' ', rest.length))
			node_flag(d, last_node(d), NODE_SECRET);
	}
	if (part_is(&command, "AUTH"))
		smtp_take_auth(d, c, rest, &now->auth);
	else if (part_is(&command, "DATA"))
		begin_mail(now);
	else if (part_is(&command, "BDAT"))
		take_bdat(&rest, now);
	close_node(d, tree);
}

static void put_hidden(struct dissection *d, unsigned field)
{
	node_flag(d, put_uint(d, field, 1), NODE_HIDDEN);
}

static void show_commands(struct dissection *d, struct cursor *c,
			  struct smtp_connection *connection, struct smtp_standing *now)
{
	struct text_line line;
	const char *join = "C: ";

	while (take_line(c, &line)) {
		info(d, "%s", join);
		join = " | ";
		if (now->auth == AUTH_NONE)
			put_hidden(d, SMTP_REQ);
		if (connection) {
			connection->unanswered++;
			connection->data_asked = is_command(&line, "DATA");
			connection->tls_asked = is_command(&line, "STARTTLS");
		}
		if (now->auth != AUTH_NONE)
			smtp_show_auth_line(d, c, &line, &now->auth);
		else
			show_command(d, c, &line, now);
	}
}

static void show_mail_lines(struct dissection *d, struct cursor *c, bool ended)
{
	struct text_line line;

	if (!(d->wants & WANT_FIELDS))
		return;
	while (take_line(c, &line)) {
		const char *text = line_text(d, &line);
		bool end = ended && !cursor_left(c);
		node_id node = end ? add_node(d, c, SMTP_EOM, line.start, line.whole)
				   : add_text(d, c, SMTP_DATA_LINE, line.start, line.whole, text);
		label_set(d, node, "%s", end ? "C: ." : text);
	}
}

/* How many of them hold the mail: the line that ends it may come alone. */
static uint32_t pieces_within(const struct extent *extents, uint32_t count, uint32_t total)
{
	uint32_t n = 0, at = 0;

	while (n < count && at < total)
		at += extents[n++].length;
	return n;
}

/* "[2 DATA fragments (1565 bytes): #17(1448), #18(117)]" */
static void show_fragments(struct dissection *d, const struct cursor *mail,
			   const struct message *message)
{
	const struct extent *extents = message ? message_extents(d->learned, message) : NULL;
	uint32_t total = cursor_sent(mail);
	const struct extent here = { .packet = d->packet.number, .length = total };
	uint32_t count = extents ? pieces_within(extents, message->extent_count, total) : 1;

	if (!(d->wants & WANT_FIELDS))
		return;
	node_id tree = open_tree(d, mail, SMTP_DATA_FRAGMENTS);
	node_flag(d, tree, NODE_GENERATED);
	label_set(d, tree, "%u DATA fragment%s (%u bytes): ", count, count == 1 ? "" : "s", total);
	show_extents(d, mail, tree, SMTP_DATA_FRAGMENT, extents ? extents : &here, count, total);
	put_uint(d, SMTP_DATA_FRAGMENT_COUNT, count);
	put_uint(d, SMTP_DATA_REASSEMBLED_LENGTH, total);
	close_node(d, tree);
}

static void offer_mail(struct dissection *d, const struct cursor *mail)
{
	struct object_part part = {
		.kind = "smtp", .name = "", .type = "message/rfc822", .length = cursor_left(mail)
	};

	if (!d->tells_objects || !cursor_peek(mail, 0, part.length, &part.bytes))
		return;
	part.last = part.length == cursor_sent(mail);
	offer_object(d, &part);
}

/* RFC 5321 section 4.5.2: the line that ends the mail is no part of it, and lines that begin with a
 * dot have another one in front. */
static void show_whole_mail(struct dissection *d, const struct cursor *piece,
			    const struct smtp_standing *now, bool dotted)
{
	enum { END_LINE = 3 };
	struct cursor whole = *piece;

	if (now->fragments > 1) {
		whole = pieces_whole(d, piece, "Reassembled SMTP");
		if (!cursor_sent(&whole))
			return;
	}
	uint32_t sent = cursor_sent(&whole);
	if (dotted)
		whole = cursor_split(&whole, sent > END_LINE ? sent - END_LINE : 0);
	show_fragments(d, &whole, now->fragments > 1 ? pieces_of(d) : NULL);
	if (dotted)
		whole = without_dots(d, &whole);
	offer_mail(d, &whole);
	dissect_layer(d, &imf_dissector, whole);
}

/* In the first pass. */
static void learn_fragment(struct dissection *d, struct smtp_connection *connection,
			   uint32_t fragments, bool ended)
{
	if (fragments == 1) {
		connection->mail_in = d->packet.number;
		connection->mail_layer = fact_number(d);
	}
	struct smtp_fragment *fact =
		ended ? fact_pen(d, connection->mail_in, FACT_OTHER, connection->mail_layer)
		      : learn(d, FACT_OTHER, sizeof *fact);
	if (fact && ended) {
		fact_set_link(&fact->ended_in, d->packet.number);
	} else if (fact) {
		fact->first_in = connection->mail_in;
		fact->first_layer = connection->mail_layer;
	}
}

static void show_mail_end(struct dissection *d)
{
	const struct smtp_fragment *here = recall(d, FACT_OTHER, NULL), *first = here;

	if (!here)
		return;
	if (here->first_in != d->packet.number || here->first_layer != fact_number(d))
		first = fact_of(d, here->first_in, FACT_OTHER, (uint16_t)here->first_layer, NULL);
	uint32_t end = first ? link_seen(d, &first->ended_in) : 0;
	if (end)
		put_uint(d, SMTP_DATA_REASSEMBLED_IN, end);
}

static void show_mail(struct dissection *d, struct cursor *c, struct smtp_connection *connection,
		      struct smtp_standing *now)
{
	uint32_t n = cursor_left(c);
	const uint8_t *bytes;

	if (!cursor_peek(c, 0, n, &bytes))
		return;
	info(d, "C: DATA fragment, %u byte%s", n, n == 1 ? "" : "s");
	dot_ended_length(bytes, n, &now->ending);
	now->fragments++;
	now->bytes += n;
	bool dotted = now->mode == MODE_DATA;
	bool ended = dotted ? now->ending == DOT_ENDED : now->last_chunk && n >= now->left;
	if (!dotted) {
		now->left -= n < now->left ? n : now->left;
		if (!now->left)
			now->mode = MODE_COMMANDS;
	}
	if (connection) {
		keep_mail_piece(d, &connection->mail, c, now->fragments, ended);
		learn_fragment(d, connection, now->fragments, ended);
	}
	struct cursor piece = *c;
	if (!ended) {
		dissect_layer_within(d, &data_text_lines_dissector, piece);
		show_mail_end(d);
		cursor_skip(c, n);
		return;
	}
	show_mail_lines(d, c, dotted);
	if (connection && dotted)
		connection->unanswered = 1;
	now->mode = MODE_COMMANDS;
	show_whole_mail(d, &piece, now, dotted);
	now->fragments = now->bytes = 0;
}

/* --- what the server sends --- */

/* A reply is complete: commands change what comes next. */
static void answer(struct smtp_connection *connection, struct smtp_standing *now, uint32_t code)
{
	if (connection->unanswered)
		connection->unanswered--;
	if (code != 334)
		now->auth = AUTH_NONE;
	if (connection->unanswered)
		return;
	if (connection->data_asked && code != 354 && now->mode == MODE_DATA && !now->fragments)
		now->mode = MODE_COMMANDS;
	if (connection->tls_asked && code == 220)
		now->mode = MODE_TLS_ASKED;
	connection->data_asked = connection->tls_asked = false;
}

static const char *parameter_text(struct dissection *d, const struct text_part *rest, uint32_t code)
{
	uint8_t *plain;

	if (code == 334 && rest->length) {
		plain = arena_alloc(&d->arena, rest->length);
		int64_t n = base64_decode(plain, rest->bytes, rest->length);
		if (n >= 0)
			return text_of(d, plain, (uint32_t)n);
	}
	return part_text(d, rest);
}

/* One line; the first of a reply is a tree that stays open for the others. */
static node_id show_reply_line(struct dissection *d, const struct cursor *c,
			       const struct text_line *line, uint32_t code, bool first)
{
	struct text_part words = line_part(line);
	struct text_part rest = part_from(&words, code ? (words.length > 3 ? 4 : 3) : 0);
	node_id tree = NO_NODE;

	info(d, "%s", part_text(d, first || !code ? &words : &rest));
	if (!(d->wants & WANT_FIELDS))
		return NO_NODE;
	if (first || !code) {
		tree = add_text(d, c, SMTP_RESPONSE, line->start, line->whole, line_text(d, line));
		open_node(d, tree);
		if (code)
			add_uint(d, c, SMTP_RESPONSE_CODE, line->start, 3, code);
	}
	if (code && rest.length)
		add_text(d, c, SMTP_RSP_PARAMETER, rest.start, rest.length,
			 parameter_text(d, &rest, code));
	return tree;
}

static void show_replies(struct dissection *d, struct cursor *c, struct smtp_connection *connection,
			 struct smtp_standing *now)
{
	struct text_line line;
	const char *join = "S: ";
	node_id tree = NO_NODE;
	bool open = false;

	put_hidden(d, SMTP_RSP);
	while (take_line(c, &line)) {
		struct text_part words = line_part(&line);
		uint32_t code = dialogue_reply_code(&words);
		bool more = code && words.length > 3 && words.bytes[3] == '-';
		bool first = !now->reply;

		info(d, "%s", join);
		join = " | ";
		if (open && (first || !code)) {
			close_node(d, tree);
			open = false;
		}
		node_id node = show_reply_line(d, c, &line, code, first);
		if ((first || !code) && d->wants & WANT_FIELDS) {
			tree = node;
			open = true;
		}
		if (!first && code && code != now->reply)
			note_finding(
				d, SMTP_RESPONSE_CODE_UNEXPECTED,
				"Unexpected response code %u in multiline response. Expected %u",
				code, now->reply);
		now->reply = more ? (first ? code : now->reply) : 0;
		if (!more && connection)
			answer(connection, now, code);
	}
	if (open)
		close_node(d, tree);
}

/* --- a message --- */

static void smtp_dissect(struct dissection *d, struct cursor *c)
{
	struct smtp_connection *connection = smtp_connection(d);
	struct smtp_standing now = { 0 };

	dialogue_standing(d, connection ? &connection->now : NULL, &now, sizeof now);
	if (is_secured(now.mode, c)) {
		if (connection)
			connection->now.mode = MODE_TLS;
		hand_on_as_data(d, *c);
		return;
	}
	info_begin(d);
	if (d->info_fence)
		info(d, " | ");
	if (!from_client(d))
		show_replies(d, c, connection, &now);
	else if (now.mode == MODE_DATA || now.mode == MODE_BDAT)
		show_mail(d, c, connection, &now);
	else
		show_commands(d, c, connection, &now);
	if (cursor_sent(c))
		note_finding(d, SMTP_DATA_INCOMPLETE, "Not all of it is at hand");
	info_fence(d);
	if (connection)
		connection->now = now;
}

static const char *const greeting_names[] = { "SMTP", "LMTP", NULL };
static const char *const opening_commands[] = { "EHLO", "HELO", "LHLO", "MAIL", NULL };
static const char *const first_commands[] = { "EHLO",	  "HELO", "LHLO", "MAIL", "AUTH",
					      "STARTTLS", "RSET", "NOOP", "VRFY", "EXPN",
					      "HELP",	  "QUIT", NULL };
static const struct dialogue dialogue = { "220", greeting_names, opening_commands,
					  .commands = first_commands };

static bool smtp_looks_like(const struct dissection *d, const struct cursor *c)
{
	return dialogue_is_greeting(&dialogue, d, c);
}

static bool smtp_becomes_sure(struct dissection *d, const struct cursor *c)
{
	return dialogue_becomes_sure(&dialogue, d, c);
}

static bool smtp_is_refuted(const struct dissection *d, const struct cursor *c)
{
	return dialogue_is_refuted(&dialogue, d, c);
}

static const struct claim smtp_claims[] = {
	{ BY_TCP_PORT, 25 },
	{ BY_TCP_PORT, 587 },
};

const struct dissector smtp_dissector = {
	.name = "smtp",
	.short_name = "SMTP",
	.title = "Simple Mail Transfer Protocol",
	.fields = smtp_fields,
	.field_count = SMTP_FIELDS,
	.claims = smtp_claims,
	.claim_count = COUNT(smtp_claims),
	.dissect = smtp_dissect,
	.looks_like = smtp_looks_like,
	.becomes_sure = smtp_becomes_sure,
	.is_refuted = smtp_is_refuted,
	.at_beginning = true,
	.message_size = smtp_message_size,
};
