/* sealed.c - key logs, the keys of connections, and records opened with them. */
#include "state/sealed.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/number_text.h"
#include "tables.h"

enum { LABEL_ROOM = 32, RANDOM = 32, SECRET_SLOTS = 1 << 16 };

struct secret_name {
	char label[LABEL_ROOM]; /* zeros behind it */
	uint8_t random[RANDOM];
};

struct secret_line {
	struct secret_name name;
	struct secret secret;
	uint32_t next; /* in its slot, + 1 */
};

struct sealed_row {
	uint32_t keys;
	uint32_t sequence; /* a packet's number, as far as it fits */
	uint16_t version;  /* a packet's bytes before its number */
	uint8_t type, inner_type;
	uint32_t length; /* of the plaintext */
	uint8_t previous[16];
};

struct sealed_table {
	struct secret_line *lines;
	uint32_t line_count, line_room;
	uint32_t slots[SECRET_SLOTS]; /* the number of a line + 1; 0: none */
	struct table keys;	      /* struct cipher_keys */
	struct table rows;	      /* struct sealed_row */
};

struct sealed_table *sealed_table_new(void)
{
	struct sealed_table *table = must_zeroed(1, sizeof *table);

	table_init(&table->keys, sizeof(struct cipher_keys), 8);
	table_init(&table->rows, sizeof(struct sealed_row), 12);
	return table;
}

void sealed_table_free(struct sealed_table *table)
{
	table_free(&table->keys);
	table_free(&table->rows);
	free(table->lines);
	free(table);
}

/* --- key logs --- */

/* Hexadecimal digits up to a blank or the end; the bytes, or 0: they are none, or too many. */
static uint32_t take_hex(const uint8_t **at, const uint8_t *end, uint8_t *out, uint32_t room)
{
	uint32_t n = 0;

	while (*at < end && **at == ' ')
		(*at)++;
	while (end - *at >= 2 && hex_value((*at)[0]) >= 0) {
		int low = hex_value((*at)[1]);
		if (low < 0 || n == room)
			return 0;
		out[n++] = (uint8_t)(hex_value((*at)[0]) << 4 | low);
		*at += 2;
	}
	return n;
}

/* By label and random: a log may have any number of labels for one random. */
static uint32_t *slot_of(struct sealed_table *table, const struct secret_name *name)
{
	return &table->slots[hash_bytes(name, sizeof *name) % SECRET_SLOTS];
}

static struct secret_line *line_named(struct sealed_table *table, const struct secret_name *name)
{
	uint32_t at = *slot_of(table, name);

	while (at && memcmp(&table->lines[at - 1].name, name, sizeof *name) != 0)
		at = table->lines[at - 1].next;
	return at ? &table->lines[at - 1] : NULL;
}

/* The line that came last counts. */
static void keep_secret(struct sealed_table *table, const struct secret_name *name,
			const struct secret *secret)
{
	struct secret_line *known = line_named(table, name);
	uint32_t *slot = slot_of(table, name);

	if (known)
		known->secret = *secret;
	if (known || table->line_count == SECRETS_LIMIT_LINES)
		return;
	if (table->line_count == table->line_room)
		table->lines = must_grow(table->lines, &table->line_room, 64, sizeof *table->lines);
	table->lines[table->line_count++] = (struct secret_line){ *name, *secret, *slot };
	*slot = table->line_count;
}

static void take_secret(struct sealed_table *table, const uint8_t *at, const uint8_t *end)
{
	struct secret_name name = { 0 };
	struct secret secret = { 0 };
	uint32_t n = 0;

	while (at < end && *at != ' ' && n < LABEL_ROOM - 1)
		name.label[n++] = (char)*at++;
	if (!n || name.label[0] == '#' || take_hex(&at, end, name.random, RANDOM) != RANDOM)
		return;
	secret.length = take_hex(&at, end, secret.bytes, SECRET_ROOM);
	if (secret.length)
		keep_secret(table, &name, &secret);
}

void secrets_read(struct learned *learned, const uint8_t *text, uint32_t n)
{
	const uint8_t *end = text + n;

	while (text < end) {
		const uint8_t *stop = memchr(text, '\n', (size_t)(end - text));
		if (!stop)
			stop = end;
		take_secret(learned->sealed, text, stop);
		text = stop < end ? stop + 1 : end;
	}
}

bool secret_find(const struct learned *learned, const char *label, const uint8_t random[32],
		 struct secret *secret)
{
	struct secret_name name = { 0 };
	size_t length = strlen(label);

	if (length >= LABEL_ROOM)
		return false;
	memcpy(name.label, label, length);
	memcpy(name.random, random, RANDOM);
	const struct secret_line *line = line_named(learned->sealed, &name);
	if (line)
		*secret = line->secret;
	return line;
}

bool secrets_known(const struct learned *learned)
{
	return learned->sealed->line_count != 0;
}

/* --- records --- */

uint32_t sealed_keys(struct dissection *d, const struct cipher_keys *keys)
{
	struct cipher_keys *row = d->pen ? table_append(&d->pen->sealed->keys) : NULL;

	if (!row)
		return 0;
	*row = *keys;
	return d->pen->sealed->keys.count;
}

/* Zeros behind the content are padding, and its last byte is its type (RFC 8446, 5.4). */
static bool strip_1_3(const uint8_t *bytes, uint32_t *n, uint8_t *type)
{
	while (*n && !bytes[*n - 1])
		--*n;
	if (!*n)
		return false;
	*type = bytes[--*n];
	return true;
}

static bool open_bytes(struct dissection *d, const struct cipher_keys *keys,
		       const struct sealed_record *sealed, struct opened *opened)
{
	uint8_t *out = arena_alloc(&d->arena, sealed->length + 1);

	opened->type = sealed->type;
	if (!cipher_open(keys, sealed, out, &opened->length) ||
	    (keys->is_1_3 && !strip_1_3(out, &opened->length, &opened->type)))
		return false;
	opened->bytes = out;
	return true;
}

/* Keeps how the record in `c` was opened. */
static bool keep_opened(struct dissection *d, const struct cursor *c, uint32_t number,
			const struct sealed_record *sealed, struct opened *opened)
{
	struct sealed_table *table = d->pen->sealed;
	struct sealed_row *row = table_append(&table->rows);
	uint32_t message = row ? message_open(d->pen->messages) : 0;
	struct extent extent = extent_of(d, c);
	if (!message)
		return false;
	*row = (struct sealed_row){
		.keys = number,
		.sequence = (uint32_t)sealed->sequence,
		.version = sealed->version,
		.type = sealed->type,
		.inner_type = opened->type,
		.length = opened->length,
	};
	if (sealed->previous)
		memcpy(row->previous, sealed->previous, sizeof row->previous);
	struct message *as = message_numbered(d->pen->messages, message);
	as->sealed = table->rows.count;
	opened->message = message;
	return message_complete(d->pen->messages, as, &extent, 1, d->packet.number);
}

bool sealed_open(struct dissection *d, const struct cursor *c, uint32_t number,
		 const struct sealed_record *sealed, struct opened *opened)
{
	return d->pen && number &&
	       open_bytes(d, table_row(&d->pen->sealed->keys, number - 1), sealed, opened) &&
	       keep_opened(d, c, number, sealed, opened);
}

/* --- packets of QUIC --- */

enum { SAMPLE_BEHIND = 4 }; /* bytes from where the number begins to the sample */

/* The number that has these low bits and is nearest to the one that is expected (RFC 9000, A.3). */
static uint64_t whole_number(uint64_t expected, uint64_t low, unsigned bytes)
{
	uint64_t window = UINT64_C(1) << 8 * bytes, half = window / 2;
	uint64_t number = (expected & ~(window - 1)) | low;

	if (expected >= half && number <= expected - half && number < (UINT64_C(1) << 62) - window)
		return number + window;
	if (number > expected + half && number >= window)
		return number - window;
	return number;
}

static bool unmask(const struct cipher_keys *keys, const uint8_t *bytes, uint32_t n,
		   struct sealed_packet *packet)
{
	uint8_t mask[CIPHER_MASK];
	uint32_t at = packet->number_at;
	uint64_t low = 0;

	if (at > n || n - at < SAMPLE_BEHIND + CIPHER_SAMPLE ||
	    !cipher_mask(keys, bytes + at + SAMPLE_BEHIND, mask))
		return false;
	packet->first_byte = bytes[0] ^ (mask[0] & (bytes[0] & 0x80 ? 0x0f : 0x1f));
	packet->number_length = (packet->first_byte & 3) + 1;
	for (uint32_t i = 0; i < packet->number_length; i++)
		low = low << 8 | (bytes[at + i] ^ mask[1 + i]);
	packet->number = whole_number(packet->expected, low, packet->number_length);
	return true;
}

bool sealed_unmask(struct dissection *d, const struct cursor *c, uint32_t number,
		   struct sealed_packet *packet)
{
	const uint8_t *bytes;
	uint32_t n = cursor_left(c);

	return d->pen && number && cursor_peek(c, 0, n, &bytes) &&
	       unmask(table_row(&d->pen->sealed->keys, number - 1), bytes, n, packet);
}

/* The packet in `bytes` as a record; its header, without protection, goes into the arena. */
static void packet_as_record(struct dissection *d, const uint8_t *bytes, uint32_t n,
			     const struct sealed_packet *packet, struct sealed_record *sealed)
{
	uint32_t head_length = packet->number_at + packet->number_length;
	uint8_t *head = arena_alloc(&d->arena, head_length);

	memcpy(head, bytes, packet->number_at);
	head[0] = packet->first_byte;
	for (uint32_t i = 0; i < packet->number_length; i++)
		head[head_length - 1 - i] = (uint8_t)(packet->number >> 8 * i);
	*sealed = (struct sealed_record){
		.bytes = bytes + head_length,
		.length = n - head_length,
		.sequence = packet->number,
		.version = (uint16_t)packet->number_at,
		.head = head,
		.head_length = head_length,
	};
}

bool sealed_open_packet(struct dissection *d, const struct cursor *c, uint32_t number,
			const struct sealed_packet *packet, struct opened *opened)
{
	struct sealed_record sealed;
	const uint8_t *bytes;
	uint32_t n = cursor_left(c);

	if (!d->pen || !number || !cursor_peek(c, 0, n, &bytes) || packet->number_at > UINT16_MAX ||
	    packet->number > UINT32_MAX)
		return false;
	packet_as_record(d, bytes, n, packet, &sealed);
	return open_bytes(d, table_row(&d->pen->sealed->keys, number - 1), &sealed, opened) &&
	       keep_opened(d, c, number, &sealed, opened);
}

/* Its ciphertext, header included, in the arena; NULL: it is not to be had. */
static const uint8_t *gather_packet(struct dissection *d, const struct message *message,
				    uint32_t *n)
{
	const struct extent *extent = message_extents(d->learned, message);
	uint8_t *bytes = extent ? arena_alloc(&d->arena, extent->length + 1) : NULL;

	*n = extent ? extent->length : 0;
	return extent && extents_gather(d, extent, 1, 0, *n, bytes) == *n ? bytes : NULL;
}

static bool reopen_packet(struct dissection *d, const struct message *message,
			  const struct sealed_row *row, struct opened *opened)
{
	const struct cipher_keys *keys = table_row(&d->learned->sealed->keys, row->keys - 1);
	struct sealed_packet packet = { .number_at = row->version, .expected = row->sequence };
	struct sealed_record sealed;
	uint32_t n;
	const uint8_t *bytes = gather_packet(d, message, &n);

	if (!bytes || !unmask(keys, bytes, n, &packet))
		return false;
	packet_as_record(d, bytes, n, &packet, &sealed);
	return open_bytes(d, keys, &sealed, opened);
}

void sealed_last_block(const struct dissection *d, uint32_t number,
		       const struct sealed_record *sealed, uint8_t block[16])
{
	const struct cipher_keys *keys = table_row(&d->pen->sealed->keys, number - 1);
	uint32_t mac = keys->encrypt_then_mac ? keys->mac_length : 0;
	uint32_t size = keys->block == BLOCK_3DES ? 8 : 16;

	if (keys->kind == CIPHER_CBC && sealed->length >= mac + size)
		memcpy(block, sealed->bytes + sealed->length - mac - size, size);
}

bool sealed_reopen(struct dissection *d, uint32_t number, struct opened *opened)
{
	const struct message *message = message_numbered(d->learned->messages, number);
	struct sealed_table *table = d->learned->sealed;
	const struct sealed_row *row = table_row(&table->rows, message->sealed - 1);
	const struct cipher_keys *keys = table_row(&table->keys, row->keys - 1);
	opened->message = number;
	if (keys->is_quic)
		return reopen_packet(d, message, row, opened);
	uint8_t *bytes = arena_alloc(&d->arena, message->length + 1);
	struct sealed_record sealed = {
		.bytes = bytes,
		.length = message->length,
		.sequence = row->sequence,
		.type = row->type,
		.version = row->version,
		.previous = row->previous,
	};
	return extents_gather(d, message_extents(d->learned, message), 1, 0, message->length,
			      bytes) == message->length &&
	       open_bytes(d, keys, &sealed, opened);
}

struct cursor sealed_source(struct dissection *d, const struct cursor *c,
			    const struct opened *opened, const char *title)
{
	struct cursor made = cursor_on_buffer(d, c, opened->bytes, opened->length, title);

	if (made.source)
		d->buffers[made.source].message = opened->message;
	return made;
}
