/* ssh.c - Secure Shell transport, RFC 4253; key exchanges: RFC 4419, RFC 5656, RFC 8731.
 *
 * What is in plain text is read to the field; after "New Keys" there is only length to tell. */
#include <string.h>

#include "base/digest.h"
#include "dissect/text_line.h"
#include "state/conversation.h"
#include "state/facts.h"
#include "ssh.h"

enum { LONGEST_PACKET = 1 << 18, LONGEST_BANNER = 1 << 13, COOKIE_LENGTH = 16 };

enum ssh_code {
	CODE_DISCONNECT = 1,
	CODE_KEXINIT = 20,
	CODE_NEWKEYS = 21,
	CODE_KEX_FIRST = 30,
	CODE_KEX_REPLY = 31,
	CODE_GEX_INIT = 32,
	CODE_GEX_REPLY = 33,
	CODE_GEX_REQUEST = 34,
};

/* --- how far a connection is: the first pass's; later passes get it with each message --- */

enum phase {
	PHASE_BANNER, /* lines, until one says "SSH-" (RFC 4253, 4.2) */
	PHASE_PLAIN,
	PHASE_ENCRYPTED,
};

struct ssh_connection {
	uint8_t phase[2]; /* of what the opener says, and the other */
	uint8_t version;  /* as the client's banner says; 0: it did not come */
};

struct ssh_start {
	uint8_t phase;	 /* where a message begins */
	uint8_t version; /* what was known then */
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
	if (bytes[5] == CODE_NEWKEYS)
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

/* --- the parts of messages --- */

/* The list's text whoever looks at its field, as the fingerprint is made of it. */
static const char *take_list(struct dissection *d, struct cursor *c, unsigned field)
{
	uint32_t length = take_u32(d, c, field);
	const uint8_t *bytes;
	const char *text = "";

	if (wants_fields(d) && cursor_peek(c, 0, length, &bytes))
		text = text_of(d, bytes, length);
	take_text(d, c, field + 1, length);
	return text;
}

/* HASSH: the lists that tell makes of programs apart, and the digest of them. */
static void put_fingerprint(struct dissection *d, const char *lists[LISTS], bool from_server)
{
	static const uint8_t hashed[2][4] = {
		{ LIST_KEX, LIST_CIPHER_TO_SERVER, LIST_MAC_TO_SERVER, LIST_COMPRESSION_TO_SERVER },
		{ LIST_KEX, LIST_CIPHER_TO_CLIENT, LIST_MAC_TO_CLIENT, LIST_COMPRESSION_TO_CLIENT },
	};
	const uint8_t *which = hashed[from_server];
	unsigned field = from_server ? SSH_HASSH_SERVER_ALGORITHMS : SSH_HASSH_ALGORITHMS;
	uint8_t digest[DIGEST_ROOM];

	if (!field_wanted(d, field) && !field_wanted(d, field + 1))
		return;
	const char *text = arena_printf(&d->arena, "%s;%s;%s;%s", lists[which[0]], lists[which[1]],
					lists[which[2]], lists[which[3]]);
	put_text(d, field, text);
	if (!digest_bytes(DIGEST_MD5, text, strlen(text), digest))
		return;
	size_t n = digest_size(DIGEST_MD5);
	char *hex = arena_alloc(&d->arena, 2 * n + 1);
	*number_put_bytes(hex, digest, (uint32_t)n) = '\0';
	put_text(d, field + 1, hex);
}

static void take_kexinit(struct dissection *d, struct cursor *c, bool from_server)
{
	const char *lists[LISTS];
	node_id tree = open_tree(d, c, SSH_ALGORITHMS);

	take_bytes(d, c, SSH_COOKIE, COOKIE_LENGTH);
	for (unsigned i = 0; i < LISTS; i++)
		lists[i] = take_list(d, c, SSH_LISTS_FIRST + 2 * i);
	take_u8(d, c, SSH_FIRST_FOLLOWS);
	take_bytes(d, c, SSH_RESERVED, 4);
	if (cursor_ok(c))
		put_fingerprint(d, lists, from_server);
	close_tree(d, tree, c);
}

/* The length of the string at the cursor, which is not stepped over. */
static uint32_t string_length(const struct cursor *c)
{
	const uint8_t *at;

	return cursor_peek(c, 0, 4, &at) ? load_be32(at) : 0;
}

/* A point of a curve: of X25519 (RFC 8731), or uncompressed (RFC 5656, 4). */
static bool is_point(const struct cursor *c)
{
	uint32_t n = string_length(c);
	const uint8_t *at;

	return n == 32 ||
	       ((n == 65 || n == 97 || n == 133) && cursor_peek(c, 4, 1, &at) && *at == 4);
}

/* The names of keys are text, and numbers of groups are not. */
static bool is_host_key(const struct cursor *c)
{
	const uint8_t *at;

	return cursor_peek(c, 4, 8, &at) && load_be32(at) < 128 && at[4] >= 'a' && at[4] <= 'z';
}

static void take_number(struct dissection *d, struct cursor *c, unsigned field)
{
	uint32_t n = take_u32(d, c, SSH_MPINT);

	if (n)
		take_bytes(d, c, field, n);
}

static void take_exchanged(struct dissection *d, struct cursor *c, bool from_server)
{
	if (!is_point(c)) {
		take_number(d, c, from_server ? SSH_DH_F : SSH_DH_E);
		return;
	}
	uint32_t n = take_u32(d, c, from_server ? SSH_ECDH_LENGTH_S : SSH_ECDH_LENGTH_C);
	take_bytes(d, c, from_server ? SSH_ECDH_S : SSH_ECDH_C, n);
}

static void take_named_blob(struct dissection *d, struct cursor *c, unsigned tree_field,
			    unsigned length_field, unsigned data_field)
{
	node_id tree = open_tree(d, c, tree_field);
	uint32_t n = take_u32(d, c, length_field);
	struct cursor blob = cursor_split(c, n);
	uint32_t name_length = take_u32(d, &blob, SSH_HOST_KEY_TYPE_LENGTH);
	const char *name = take_text(d, &blob, SSH_HOST_KEY_TYPE, name_length);

	label(d, tree, " (type: %s)", name);
	if (cursor_left(&blob))
		take_bytes(d, &blob, data_field, cursor_left(&blob));
	close_tree(d, tree, c);
}

static void take_reply(struct dissection *d, struct cursor *c)
{
	take_named_blob(d, c, SSH_HOST_KEY, SSH_HOST_KEY_LENGTH, SSH_HOST_KEY_DATA);
	take_exchanged(d, c, true);
	take_named_blob(d, c, SSH_SIGNATURE, SSH_SIGNATURE_LENGTH, SSH_SIGNATURE_DATA);
}

/* What 30 and 31 mean depends on the method, which what they carry shows. */
static const char *code_words(struct dissection *d, const struct cursor *body, uint8_t code)
{
	const char *words = value_name(ssh_fields[SSH_CODE].names, code);

	if (code == CODE_KEX_FIRST && is_point(body))
		return "Elliptic Curve Diffie-Hellman Key Exchange Init";
	if (code == CODE_KEX_REPLY && !is_host_key(body))
		return "Diffie-Hellman Group Exchange Group";
	if (code == CODE_KEX_REPLY) {
		struct cursor rest = *body;
		uint32_t n = string_length(body);
		if (n <= cursor_left(body) && cursor_left(body) - n >= 4) {
			cursor_skip(&rest, 4 + n);
			if (is_point(&rest))
				return "Elliptic Curve Diffie-Hellman Key Exchange Reply";
		}
	}
	return words ? words : arena_printf(&d->arena, "Unknown (%u)", code);
}

static void take_body(struct dissection *d, struct cursor *c, uint8_t code, bool from_server)
{
	switch (code) {
	case CODE_KEXINIT:
		take_kexinit(d, c, from_server);
		break;
	case CODE_KEX_FIRST:
	case CODE_GEX_INIT:
		take_exchanged(d, c, false);
		break;
	case CODE_KEX_REPLY:
		if (is_host_key(c)) {
			take_reply(d, c);
		} else {
			take_number(d, c, SSH_GEX_P);
			take_number(d, c, SSH_GEX_G);
		}
		break;
	case CODE_GEX_REPLY:
		take_reply(d, c);
		break;
	case CODE_GEX_REQUEST:
		take_u32(d, c, SSH_GEX_MIN);
		take_u32(d, c, SSH_GEX_BITS);
		take_u32(d, c, SSH_GEX_MAX);
		break;
	default:
		break;
	}
	if (cursor_left(c))
		take_bytes(d, c, SSH_PAYLOAD, cursor_left(c));
}

static void say(struct dissection *d, const char *words, bool *said)
{
	info(d, "%s%s", *said ? ", " : "", words);
	*said = true;
}

static void take_packet(struct dissection *d, struct cursor *c, bool from_server, bool *said)
{
	node_id tree = open_tree(d, c, SSH_PACKET);
	uint32_t length = take_u32(d, c, SSH_PACKET_LENGTH);
	node_id length_node = last_node(d);
	struct cursor packet = cursor_split(c, length);
	uint8_t padding = take_u8(d, &packet, SSH_PADDING_LENGTH);

	if (padding + 1u >= length || padding < 4)
		note_finding_on(d, length_node, SSH_LENGTH_BAD,
				"Padding of %u bytes in a packet of %u", padding, length);
	struct cursor tail = cursor_cut_tail(&packet, padding);
	node_id exchange = open_tree(d, &packet, SSH_KEY_EXCHANGE);
	uint8_t code = take_u8(d, &packet, SSH_CODE);
	const char *words = code_words(d, &packet, code);
	label_set(d, last_node(d), "Message Code: %s (%u)", words, code);
	say(d, words, said);
	take_body(d, &packet, code, from_server);
	close_tree(d, exchange, &packet);
	if (cursor_left(&tail))
		take_bytes(d, &tail, SSH_PADDING, cursor_left(&tail));
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

static void take_encrypted(struct dissection *d, struct cursor *c, bool *said)
{
	uint32_t n = cursor_left(c);
	node_id tree = open_tree(d, c, SSH_PACKET);

	take_bytes(d, c, SSH_ENCRYPTED, n);
	close_tree(d, tree, c);
	say(d, arena_printf(&d->arena, "Encrypted packet (len=%u)", n), said);
}

/* --- the message --- */

/* Is the unit that took the connection from one phase to the other unreadable? */
static bool is_encrypted(uint8_t before, uint8_t after, const uint8_t *bytes, uint32_t length)
{
	if (before == PHASE_PLAIN && after == PHASE_ENCRYPTED)
		return length < 6 || packet_length(bytes, length) != length;
	return after == PHASE_ENCRYPTED;
}

static struct ssh_start start_of_message(struct dissection *d,
					 const struct ssh_connection *connection)
{
	const struct ssh_start *known = recall(d, FACT_OWN, NULL);
	struct ssh_start start = { .phase = PHASE_BANNER };

	if (!connection)
		return known ? *known : start;
	start.phase = connection->phase[!d->from_opener];
	start.version = connection->version;
	struct ssh_start *kept =
		start.phase || start.version ? learn(d, FACT_OWN, sizeof *kept) : NULL;
	if (kept)
		*kept = start;
	return start;
}

static void note_version(struct ssh_connection *connection, const uint8_t *bytes, uint32_t n)
{
	if (connection && begins_banner(bytes, n))
		connection->version = banner_version(bytes, n);
}

static void ssh_dissect(struct dissection *d, struct cursor *c)
{
	struct ssh_connection *connection = connection_of(d);
	struct ssh_start start = start_of_message(d, connection);
	uint8_t phase = start.phase;
	bool from_server = !from_client(d), said = false;
	uint32_t needed;

	info_begin(d);
	if (!d->in_error && knows_no_later(d))
		info_protocol(d, protocol_word(start.version));
	else if (!d->in_error && phase != PHASE_BANNER)
		info_protocol(d, "SSHv2");
	info(d, "%s%s: ", d->info_fence ? " " : "", from_server ? "Server" : "Client");
	while (cursor_left(c)) {
		const uint8_t *bytes;
		uint8_t before = phase;
		if (!cursor_peek(c, 0, cursor_left(c), &bytes))
			break;
		uint32_t length = next_unit(bytes, cursor_left(c), &phase, &needed);
		if (is_encrypted(before, phase, bytes, length))
			take_encrypted(d, c, &said);
		else if (before == PHASE_BANNER) {
			if (!from_server)
				note_version(connection, bytes, length);
			take_banner(d, c, length ? length : cursor_left(c), &said);
		} else
			take_packet(d, c, from_server, &said);
	}
	info_fence(d);
	put_uint(d, SSH_DIRECTION, from_server);
	if (connection)
		connection->phase[!d->from_opener] = phase;
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
