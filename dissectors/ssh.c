/* ssh.c - Secure Shell transport, RFC 4253; key exchanges: RFC 4419, RFC 5656, RFC 8731.
 *
 * What is in plain text is read to the field; after "New Keys" there is only length to tell. */
#include <string.h>

#include "dissect/text_line.h"
#include "state/conversation.h"
#include "state/facts.h"
#include "ssh.h"

enum { LONGEST_PACKET = 1 << 18, LONGEST_BANNER = 1 << 13, LENGTH_BYTES = 4, CODE_AT = 5 };

/* --- how far a connection is: the first pass's; later passes get it with each message --- */

enum phase {
	PHASE_BANNER, /* lines, until one says "SSH-" (RFC 4253, 4.2) */
	PHASE_PLAIN,
	PHASE_ENCRYPTED,
};

struct ssh_connection {
	uint8_t phase[2];     /* of what the opener says, and the other */
	uint8_t version;      /* as the client's banner says; 0: it did not come */
	uint16_t sequence[2]; /* packets that each has sent in plain text */
	struct ssh_offers offers;
};

static struct ssh_connection *connection_of(const struct dissection *d);

static bool begins_banner(const uint8_t *bytes, uint32_t n)
{
	return n >= 4 && !memcmp(bytes, "SSH-", 4);
}

/* Bytes of the line, its end too; 0: it has none yet, or is none. */
static uint32_t line_length(const uint8_t *bytes, uint32_t n)
{
	const uint8_t *end = memchr(bytes, '\n', n < LONGEST_BANNER ? n : LONGEST_BANNER);

	return end ? (uint32_t)(end - bytes) + 1 : 0;
}

static bool may_be_text(const uint8_t *bytes, uint32_t n)
{
	for (uint32_t i = 0; i < n && i < 32; i++)
		if ((bytes[i] < ' ' && !strchr("\r\n\t", bytes[i])) || bytes[i] == 0 ||
		    bytes[i] == 127)
			return false;
	return true;
}

/* The packet at `bytes` with its length, by which it may be plain; 0: it cannot be. */
static uint32_t packet_length(const uint8_t *bytes, uint32_t n)
{
	uint32_t length = load_be32(bytes);

	if (length < 2 || length > LONGEST_PACKET || (n > 4 && bytes[4] >= length))
		return 0;
	return 4 + length;
}

/* Steps over one whole unit; *needed: how many bytes would show it whole, if it is not. */
static uint32_t next_unit(const uint8_t *bytes, uint32_t n, uint8_t *phase, uint32_t *needed)
{
	*needed = 0;
	if (*phase == PHASE_BANNER) {
		uint32_t length = line_length(bytes, n);
		if (!may_be_text(bytes, length ? length : n) || (!length && n >= LONGEST_BANNER)) {
			*phase = PHASE_ENCRYPTED;
			return n;
		}
		if (!length)
			*needed = n + 1;
		else if (begins_banner(bytes, n))
			*phase = PHASE_PLAIN;
		return length;
	}
	if (*phase == PHASE_ENCRYPTED)
		return n;
	uint32_t length = n < 4 ? 4 : packet_length(bytes, n);
	if (!length) {
		*phase = PHASE_ENCRYPTED;
		return n;
	}
	if (n < 6 || length > n) {
		*needed = length < 6 ? 6 : length;
		return 0;
	}
	if (bytes[CODE_AT] == SSH_NEWKEYS)
		*phase = PHASE_ENCRYPTED;
	return length;
}

/* The message is the whole lines and packets at hand, at least one. */
static void ssh_message_size(struct dissection *d, const struct cursor *c,
			     struct message_scan *scan)
{
	const struct ssh_connection *connection = connection_of(d);
	uint8_t phase = connection ? connection->phase[!d->from_opener] : PHASE_BANNER;
	uint32_t n = cursor_left(c), at = 0, needed = 0;
	const uint8_t *bytes;

	if (!cursor_peek(c, 0, n, &bytes))
		return;
	while (at < n) {
		uint32_t length = next_unit(bytes + at, n - at, &phase, &needed);
		if (!length)
			break;
		at += length;
	}
	if (at || scan->ended) {
		scan->size = at ? at : n;
		scan->known = true;
	} else {
		scan->needed = needed;
	}
}

/* --- the message --- */

static void say(struct dissection *d, const char *words, bool *said)
{
	info(d, "%s%s", *said ? ", " : "", words);
	*said = true;
}

/* What is known where a line or a packet begins. */
struct ssh_unit {
	const struct ssh_agreed *agreed; /* NULL: nothing is */
	uint16_t sequence;
	uint8_t version;
	bool from_server;
};

static node_id open_packet(struct dissection *d, struct cursor *c, const struct ssh_unit *unit)
{
	node_id tree = open_tree(d, c, SSH_PACKET);

	if (unit->agreed)
		label(d, tree, " (encryption:%s compression:%s)",
		      ssh_agreed_name(unit->agreed, AGREED_CIPHER + unit->from_server),
		      ssh_agreed_name(unit->agreed, AGREED_COMPRESSION + unit->from_server));
	return tree;
}

static void take_packet(struct dissection *d, struct cursor *c, const struct ssh_unit *unit,
			bool *said)
{
	node_id tree = open_packet(d, c, unit);
	uint32_t length = take_u32(d, c, SSH_PACKET_LENGTH);
	node_id length_node = last_node(d);
	struct cursor packet = cursor_split(c, length);
	uint8_t padding = take_u8(d, &packet, SSH_PADDING_LENGTH);

	if (padding + 1u >= length || padding < 4)
		note_finding_on(d, length_node, SSH_LENGTH_BAD,
				"Padding of %u bytes in a packet of %u", padding, length);
	struct cursor tail = cursor_cut_tail(&packet, padding);
	node_id exchange = open_tree(d, &packet, SSH_KEY_EXCHANGE);
	if (unit->agreed)
		label(d, exchange, " (method:%s)", ssh_agreed_name(unit->agreed, AGREED_KEX));
	uint8_t code = take_u8(d, &packet, SSH_CODE);
	const char *words = ssh_code_words(d, &packet, code);
	label_set(d, last_node(d), "Message Code: %s (%u)", words, code);
	say(d, words, said);
	ssh_take_body(d, &packet, code, unit->from_server);
	close_tree(d, exchange, &packet);
	if (cursor_left(&tail))
		take_bytes(d, &tail, SSH_PADDING, cursor_left(&tail));
	add_uint(d, c, SSH_SEQUENCE, c->pos, 0, unit->sequence);
	close_tree(d, tree, c);
}

/* 2 if it is 1.99: RFC 4253, 5.1. */
static uint8_t banner_version(const uint8_t *bytes, uint32_t n)
{
	bool first = n > 5 && bytes[4] == '1' && bytes[5] == '.';

	return first && (n < 8 || memcmp(bytes + 4, "1.99", 4) != 0) ? 1 : 2;
}

static const char *protocol_word(uint8_t version)
{
	return version == 1 ? "SSHv1" : version ? "SSHv2" : "SSH";
}

static void take_banner(struct dissection *d, struct cursor *c, uint32_t length, bool *said)
{
	uint32_t start = c->pos, n = length;
	const uint8_t *bytes = cursor_bytes(c, length);

	if (!bytes || only_learning(d))
		return;
	while (n && (bytes[n - 1] == '\n' || bytes[n - 1] == '\r'))
		n--;
	const char *text = text_of(d, bytes, n);
	if (!begins_banner(bytes, n)) {
		add_text(d, c, SSH_LINE, start, n, text);
		say(d, arena_printf(&d->arena, "Line (%s)", text), said);
		return;
	}
	add_text(d, c, SSH_PROTOCOL, start, n, text);
	if (!d->in_error && !knows_no_later(d))
		info_protocol(d, protocol_word(banner_version(bytes, n)));
	say(d, arena_printf(&d->arena, "Protocol (%s)", text), said);
}

/* Most ciphers hide the length too, which comes first all the same. */
static void take_encrypted(struct dissection *d, struct cursor *c, const struct ssh_unit *unit,
			   bool *said)
{
	uint32_t n = cursor_left(c);
	node_id tree = unit->version ? open_packet(d, c, unit) : 0;

	if (n > LENGTH_BYTES)
		take_bytes(d, c, SSH_ENCRYPTED_LENGTH, LENGTH_BYTES);
	take_bytes(d, c, SSH_ENCRYPTED, cursor_left(c));
	if (unit->version)
		close_tree(d, tree, c);
	say(d, arena_printf(&d->arena, "Encrypted packet (len=%u)", n), said);
}

/* Is the unit that took the connection from one phase to the other unreadable? */
static bool is_encrypted(uint8_t before, uint8_t after, const uint8_t *bytes, uint32_t length)
{
	if (before == PHASE_PLAIN && after == PHASE_ENCRYPTED)
		return length < 6 || packet_length(bytes, length) != length;
	return after == PHASE_ENCRYPTED;
}

/* What was known where the message begins; NULL: nothing. */
static const struct ssh_start *start_of_message(struct dissection *d,
						const struct ssh_connection *connection)
{
	struct ssh_start *start = connection ? learn(d, FACT_OWN, sizeof *start) : NULL;

	if (!start)
		return recall(d, FACT_OWN, NULL);
	start->phase = connection->phase[!d->from_opener];
	start->version = connection->version;
	start->sequence = connection->sequence[!d->from_opener];
	ssh_know_agreed(start, &connection->offers);
	return start;
}

static void note_version(struct ssh_connection *connection, const uint8_t *bytes, uint32_t n)
{
	if (connection && begins_banner(bytes, n))
		connection->version = banner_version(bytes, n);
}

/* The packet at the cursor is in plain text. */
static void take_plain(struct dissection *d, struct cursor *c, struct ssh_unit *unit,
		       struct ssh_connection *connection, bool *said)
{
	const uint8_t *code;

	if (connection && cursor_peek(c, CODE_AT, 1, &code) && *code == SSH_KEXINIT) {
		struct cursor lists = *c;
		cursor_skip(&lists, CODE_AT + 1 + SSH_COOKIE_LENGTH);
		ssh_note_offer(d, &connection->offers, &lists, unit->from_server);
	}
	take_packet(d, c, unit, said);
	unit->sequence++;
}

/* The lines and packets at hand; how far the connection is behind them. */
static uint8_t take_units(struct dissection *d, struct cursor *c, struct ssh_unit *unit,
			  struct ssh_connection *connection, uint8_t phase)
{
	bool said = false;
	uint32_t needed;

	while (cursor_left(c)) {
		const uint8_t *bytes;
		uint8_t before = phase;
		if (!cursor_peek(c, 0, cursor_left(c), &bytes))
			break;
		uint32_t length = next_unit(bytes, cursor_left(c), &phase, &needed);
		if (is_encrypted(before, phase, bytes, length))
			take_encrypted(d, c, unit, &said);
		else if (before == PHASE_BANNER) {
			if (!unit->from_server)
				note_version(connection, bytes, length);
			take_banner(d, c, length ? length : cursor_left(c), &said);
		} else
			take_plain(d, c, unit, connection, &said);
	}
	return phase;
}

static void ssh_dissect(struct dissection *d, struct cursor *c)
{
	struct ssh_connection *connection = connection_of(d);
	const struct ssh_start *start = start_of_message(d, connection);
	struct ssh_unit unit = { .from_server = !from_client(d) };
	uint8_t phase = start ? start->phase : PHASE_BANNER;

	if (start) {
		unit.agreed = ssh_agreed_of(d, start);
		unit.sequence = start->sequence;
		unit.version = start->version;
	}
	info_begin(d);
	if (!d->in_error && knows_no_later(d))
		info_protocol(d, protocol_word(unit.version));
	else if (!d->in_error && phase != PHASE_BANNER)
		info_protocol(d, "SSHv2");
	info(d, "%s%s: ", d->info_fence ? " " : "", unit.from_server ? "Server" : "Client");
	phase = take_units(d, c, &unit, connection, phase);
	info_fence(d);
	put_uint(d, SSH_DIRECTION, unit.from_server);
	if (!connection)
		return;
	connection->phase[!d->from_opener] = phase;
	connection->sequence[!d->from_opener] = unit.sequence;
}

static bool ssh_looks_like(const struct dissection *d, const struct cursor *c)
{
	const uint8_t *at;

	(void)d;
	return cursor_peek(c, 0, 8, &at) &&
	       (!memcmp(at, "SSH-2.0-", 8) || !memcmp(at, "SSH-1.99", 8) ||
		!memcmp(at, "SSH-1.5-", 8));
}

static const struct claim ssh_claims[] = { { BY_TCP_PORT, 22 }, { BY_TCP_PORT, 29418 } };

const struct dissector ssh_dissector = {
	.name = "ssh",
	.short_name = "SSH",
	.title = "SSH Protocol",
	.fields = ssh_fields,
	.field_count = SSH_FIELDS,
	.claims = ssh_claims,
	.claim_count = COUNT(ssh_claims),
	.dissect = ssh_dissect,
	.looks_like = ssh_looks_like,
	.message_size = ssh_message_size,
};

static struct ssh_connection *connection_of(const struct dissection *d)
{
	return conversation_state(d, &ssh_dissector, sizeof(struct ssh_connection));
}
