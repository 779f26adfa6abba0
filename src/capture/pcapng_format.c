/* pcapng_format.c - blocks in sections (draft-ietf-opsawg-pcapng).
 *
 *      0        4        8                       n-4      n
 *      +--------+--------+-----------------------+--------+
 *      | type   | n      | body, then options    | n      |
 *      +--------+--------+-----------------------+--------+
 *
 * Packets in broken containers end the reading, as nothing tells where the next block
 * begins. */
#include "pcapng_block.h"
#include "pcapng_blocks.h"

enum {
	PACKET_HEAD = 28, /* block header and fixed fields of both kinds of packet */
	SIMPLE_HEAD = 12,
};

bool pcapng_matches(const uint8_t *bytes, size_t n)
{
	return n >= 4 && load_be32(bytes) == SECTION_HEADER;
}

/* Which byte order does the section header at p have?  12 bytes are there. */
static bool order_of(const uint8_t *p, bool *big_endian)
{
	*big_endian = load_be32(p + 8) == ORDER_MAGIC;
	return *big_endian || load_le32(p + 8) == ORDER_MAGIC;
}

static int64_t clamp_time(bool overflow, bool negative, int64_t time_ns, bool *clamped)
{
	*clamped = overflow;
	if (!overflow)
		return time_ns;
	return negative ? INT64_MIN : INT64_MAX;
}

/* Nanoseconds since 1970 of a count of ticks. */
static int64_t time_of(const struct capture_interface *interface, uint64_t ticks, bool *clamped)
{
	uint64_t rate = interface->ticks_per_second;
	int64_t seconds, ns;
	uint64_t whole, rest;

	*clamped = false;
	if (!rate)
		return 0;
	whole = ticks / rate;
	rest = ticks % rate;
	__extension__ unsigned __int128 fraction = (unsigned __int128)rest * 1000000000u / rate;

	if (whole > INT64_MAX ||
	    __builtin_add_overflow((int64_t)whole, interface->offset_seconds, &seconds))
		return clamp_time(true, whole <= INT64_MAX && interface->offset_seconds < 0, 0,
				  clamped);
	bool overflow = __builtin_mul_overflow(seconds, (int64_t)1000000000, &ns);
	overflow |= __builtin_add_overflow(ns, (int64_t)fraction, &ns);
	return clamp_time(overflow, seconds < 0, ns, clamped);
}

static inline void take_time(const struct capture_interface *interface, const uint8_t *p,
			     bool big_endian, struct record *record)
{
	uint64_t ticks = (uint64_t)load_u32(p, big_endian) << 32 | load_u32(p + 4, big_endian);

	record->has_time = true;
	if (interface->offset_seconds || ticks > INT64_MAX / 1000 ||
	    (interface->ticks_per_second != 1000000 && interface->ticks_per_second != 1000000000))
		record->time_ns = time_of(interface, ticks, &record->time_clamped);
	else
		record->time_ns =
			(int64_t)ticks * (interface->ticks_per_second == 1000000 ? 1000 : 1);
}

/* The fixed fields of a packet block; returns where its bytes begin, 0: a broken block. */
static size_t take_packet(const struct capture_interface *from, const uint8_t *p,
			  const struct block *block, struct record *record)
{
	uint32_t room;

	if (block->type == BLOCK_SIMPLE_PACKET) {
		room = block->total - BLOCK_LEAST - 4;
		record->reported = load_u32(p + 8, block->big_endian);
		record->captured = record->reported < room ? record->reported : room;
		if (from->snap_length && record->captured > from->snap_length)
			record->captured = from->snap_length;
		return record->captured <= RECORD_LIMIT ? SIMPLE_HEAD : 0;
	}
	take_time(from, p + 12, block->big_endian, record);
	record->captured = load_u32(p + 20, block->big_endian);
	record->reported = load_u32(p + 24, block->big_endian);
	record->sent_less = record->reported < record->captured;
	if (record->sent_less)
		record->reported = record->captured;
	room = block->total - PACKET_HEAD - 4;
	return record->captured <= room && record->captured <= RECORD_LIMIT ? PACKET_HEAD : 0;
}

static uint32_t packet_interface(const uint8_t *p, const struct block *block)
{
	if (block->type == BLOCK_SIMPLE_PACKET)
		return 0;
	return block->type == BLOCK_PACKET ? load_u32(p + 8, block->big_endian)
					   : load_u16(p + 8, block->big_endian);
}

static bool is_packet(uint32_t type)
{
	return type == BLOCK_PACKET || type == BLOCK_SIMPLE_PACKET || type == BLOCK_OLD_PACKET;
}

static uint32_t least_of(uint32_t type)
{
	return type == BLOCK_SIMPLE_PACKET ? SIMPLE_HEAD + 4 : PACKET_HEAD + 4;
}

/* Keeps a number that an option says; the first one counts. */
static void take_number(const struct option *option, bool big_endian, struct packet_notes *notes)
{
	unsigned before = notes->said;

	if (option->code == PACKET_FLAGS && option->length == 4 && !(before & NOTE_FLAGS)) {
		notes->said |= NOTE_FLAGS;
		notes->flags = load_u32(option->bytes, big_endian);
	} else if (option->code == PACKET_QUEUE && option->length == 4 && !(before & NOTE_QUEUE)) {
		notes->said |= NOTE_QUEUE;
		notes->queue = load_u32(option->bytes, big_endian);
	} else if (option->code == PACKET_LOST && option->length == 8 && !(before & NOTE_LOST)) {
		notes->said |= NOTE_LOST;
		notes->lost = load_u64(option->bytes, big_endian);
	} else if (option->code == PACKET_ID && option->length == 8 && !(before & NOTE_ID)) {
		notes->said |= NOTE_ID;
		notes->id = load_u64(option->bytes, big_endian);
	}
}

/* Which notes there are. */
static void look_for_notes(struct block options, struct record *record)
{
	struct packet_notes notes = { 0 };
	struct option option;

	while (block_option(&options, &option)) {
		if (option.code == OPTION_COMMENT)
			record->has_comment = true;
		else
			take_number(&option, options.big_endian, &notes);
	}
	record->has_notes = record->has_comment || notes.said;
}

/* The block at p, wholly there, is a packet.  What is wrong with it, or NULL. */
static const char *take_packet_block(struct capture_file *file, const uint8_t *p,
				     struct block *block, struct record *record,
				     const uint8_t **bytes)
{
	if (block->total < least_of(block->type))
		return "has no room for its header";

	uint32_t number = packet_interface(p, block);
	const struct capture_interface *from = section_interface(file, number);

	if (!from)
		return "names an interface that its section has not described";
	*record = (struct record){ .offset = file->at };
	record->interface = (uint16_t)(file->first_interface + number);
	size_t head = take_packet(from, p, block, record);
	if (!head)
		return "says it has more bytes than its block";
	*bytes = p + head;
	if (block->type != BLOCK_SIMPLE_PACKET) {
		block->at = p + head;
		block->left = block->total - head - 4;
		block_skip(block, record->captured);
		if (block->left >= 4)
			look_for_notes(*block, record);
	}
	return NULL;
}

static enum record_status packet_damaged(struct capture_file *file, const char *what)
{
	char number[32], at[32];

	return capture_damaged(file, "Packet #%s at byte %s %s", grouped(number, file->packets + 1),
			       grouped(at, file->at), what);
}

/* The type and length of the block at file->at. */
static enum record_status take_block_head(struct capture_file *file, bool wait, struct block *block)
{
	size_t held;
	const uint8_t *p = capture_bytes(file, file->at, BLOCK_LEAST, wait, &held);
	char at[32];

	if (!p)
		return capture_ended(file, "the header of a block at byte ", held, BLOCK_LEAST);
	block->big_endian = file->swapped;
	if (load_le32(p) == SECTION_HEADER && !order_of(p, &block->big_endian))
		return capture_damaged(
			file, "The section at byte %s has the byte-order magic %02x%02x%02x%02x",
			grouped(at, file->at), p[8], p[9], p[10], p[11]);
	block->type = load_u32(p, block->big_endian);
	block->total = load_u32(p + 4, block->big_endian);
	bool known = is_packet(block->type) || block->type == SECTION_HEADER;
	if (block->total < BLOCK_LEAST || block->total % 4 ||
	    (known && block->total > BLOCK_LIMIT)) {
		char length[32];

		return capture_damaged(file,
				       "The block at byte %s has an impossible length (%s bytes)",
				       grouped(at, file->at), grouped(length, block->total));
	}
	return RECORD_OK;
}

static bool is_looked_into(uint32_t type)
{
	return is_packet(type) || type == SECTION_HEADER || type == BLOCK_INTERFACE ||
	       type == BLOCK_NAMES || type == BLOCK_STATISTICS || type == BLOCK_SECRETS;
}

/* Brings the whole block into memory, if it is one that is looked into, and checks
 * its second length.  NULL: *status says why. */
static const uint8_t *whole_block(struct capture_file *file, bool wait, const struct block *block,
				  enum record_status *status)
{
	char at[32];
	size_t held;
	const uint8_t *p = capture_bytes(file, file->at, block->total, wait, &held);

	if (!p) {
		*status = capture_ended(file,
					is_packet(block->type) ? "packet #" : "a block at byte ",
					held, block->total);
		return NULL;
	}
	if (load_u32(p + block->total - 4, block->big_endian) != block->total) {
		*status = capture_damaged(
			file, "The two lengths of the block at byte %s differ (%u and %u)",
			grouped(at, file->at), block->total,
			load_u32(p + block->total - 4, block->big_endian));
		return NULL;
	}
	return p;
}

static enum record_status skip_block(struct capture_file *file, bool wait,
				     const struct block *block)
{
	if (!capture_reaches(file, file->at + block->total, wait))
		return capture_ended(file, "a block at byte ", file->size - file->at, block->total);
	return RECORD_OK;
}

static enum record_status pcapng_next(struct capture_file *file, bool wait, struct record *record,
				      const uint8_t **bytes)
{
	struct block block;

	for (;;) {
		enum record_status status = take_block_head(file, wait, &block);

		if (status != RECORD_OK)
			return status;
		if (!is_looked_into(block.type) || block.total > BLOCK_LIMIT) {
			status = skip_block(file, wait, &block);
		} else {
			const uint8_t *p = whole_block(file, wait, &block, &status);

			if (!p)
				return status;
			if (is_packet(block.type)) {
				const char *wrong =
					take_packet_block(file, p, &block, record, bytes);

				if (wrong)
					return packet_damaged(file, wrong);
				file->at += block.total;
				return RECORD_OK;
			}
			block.at = p + BLOCK_HEAD;
			block.left = block.total - BLOCK_LEAST;
			status = pcapng_describe(file, &block);
		}
		if (status != RECORD_OK)
			return status;
		file->at += block.total;
	}
}

/* --- behind damage: a block says its length twice, which nothing else does by chance --- */

/* Larger ones are not looked for: each place that looks like one costs reading at its end. */
enum { SEARCHED_BLOCK = RECORD_LIMIT + (1 << 16) };

static bool pcapng_may_begin(const struct capture_file *file, const uint8_t *p)
{
	bool big_endian = file->swapped;
	uint32_t type, total;

	if (load_le32(p) == SECTION_HEADER && !order_of(p, &big_endian))
		return false;
	type = load_u32(p, big_endian);
	total = load_u32(p + 4, big_endian);
	return is_looked_into(type) && total >= BLOCK_LEAST && total % 4 == 0 &&
	       total <= SEARCHED_BLOCK;
}

static bool packet_begins(struct capture_file *file, uint64_t offset, bool wait,
			  const struct block *block)
{
	size_t held;
	const uint8_t *p = capture_bytes(file, offset, least_of(block->type) - 4, wait, &held);
	struct record record;

	if (!p || block->total < least_of(block->type))
		return false;
	const struct capture_interface *from = section_interface(file, packet_interface(p, block));

	return from && take_packet(from, p, block, &record);
}

static bool pcapng_begins(struct capture_file *file, uint64_t offset, bool wait)
{
	struct block block = { .big_endian = file->swapped };
	size_t held;
	const uint8_t *p = capture_bytes(file, offset, DAMAGE_HEAD, wait, &held);

	if (!p || (load_le32(p) == SECTION_HEADER && !order_of(p, &block.big_endian)))
		return false;
	block.type = load_u32(p, block.big_endian);
	block.total = load_u32(p + 4, block.big_endian);
	if (is_packet(block.type) && !packet_begins(file, offset, wait, &block))
		return false;
	p = capture_bytes(file, offset + block.total - 4, 4, wait, &held);
	return p && load_u32(p, block.big_endian) == block.total;
}

/* The head of the packet block at `offset`, and as much as there is up to n bytes. */
static const uint8_t *packet_again(const struct capture_file *file, struct file_window *window,
				   uint64_t offset, bool big_endian, struct block *block)
{
	size_t held;
	const uint8_t *p = file_window_at(window, file->fd, offset, PACKET_HEAD, &held);

	if (!p || held < SIMPLE_HEAD)
		return NULL;
	block->big_endian = big_endian;
	block->type = load_u32(p, big_endian);
	block->total = load_u32(p + 4, big_endian);
	if (!is_packet(block->type) || block->total < least_of(block->type) ||
	    block->total > BLOCK_LIMIT)
		return NULL;
	if (block->type != BLOCK_SIMPLE_PACKET && held < PACKET_HEAD)
		return NULL;
	return p;
}

static bool pcapng_read(const struct capture_file *file, struct file_window *window,
			uint64_t offset, const struct capture_interface *from,
			struct record *record, const uint8_t **bytes)
{
	struct block block;
	size_t held, head = 0;
	const uint8_t *p = packet_again(file, window, offset, from->swapped, &block);

	if (p)
		head = take_packet(from, p, &block, record);
	if (!head)
		return false;
	p = file_window_at(window, file->fd, offset, head + record->captured, &held);
	if (!p || held < head + record->captured)
		return false;
	*bytes = p + head;
	return true;
}

void pcapng_notes(const struct capture_file *file, struct file_window *window, uint64_t offset,
		  bool big_endian, struct packet_notes *notes)
{
	struct block block;
	struct option option;
	size_t held;
	const uint8_t *p = packet_again(file, window, offset, big_endian, &block);

	if (!p || block.type == BLOCK_SIMPLE_PACKET)
		return;
	p = file_window_at(window, file->fd, offset, block.total, &held);
	if (!p || held < block.total)
		return;
	uint32_t captured = load_u32(p + 20, big_endian);
	block.at = p + PACKET_HEAD;
	block.left = block.total - PACKET_HEAD - 4;
	if (captured > block.left)
		return;
	block_skip(&block, captured);
	while (block_option(&block, &option)) {
		if (option.code == OPTION_COMMENT)
			packet_notes_comment(notes, (const char *)option.bytes, option.length);
		else
			take_number(&option, big_endian, notes);
	}
}

static const char *pcapng_name(const struct capture_file *file)
{
	(void)file;
	return "pcapng";
}

static uint32_t pcapng_record_bytes(const struct capture_file *file, const uint8_t *record)
{
	bool is_packet = load_u32(record, file->swapped) == BLOCK_PACKET;

	return is_packet ? load_u32(record + 4, file->swapped) : 0;
}

static const struct capture_format pcapng_format = {
	.name = pcapng_name,
	.next = pcapng_next,
	.may_begin = pcapng_may_begin,
	.begins = pcapng_begins,
	.read = pcapng_read,
	.record_head = PACKET_HEAD,
	.record_bytes = pcapng_record_bytes,
};

bool pcapng_start(struct capture_file *file, const uint8_t *header, struct error *error)
{
	bool big_endian;
	size_t held;
	const uint8_t *p;

	file->format = &pcapng_format;
	if (!order_of(header, &big_endian))
		return error_set(error,
				 "is no pcapng file: its byte-order magic is %02x%02x%02x%02x.",
				 header[8], header[9], header[10], header[11]);
	p = capture_bytes(file, 0, 28, true, &held);
	if (!p)
		return error_set(error,
				 "is cut off inside its section header (%zu of 28 bytes): "
				 "nothing can be read.",
				 held);
	uint16_t major = load_u16(p + 12, big_endian);
	if (major != 1)
		return error_set(error,
				 "is of pcapng version %u.%u, which is unknown; 1.0 is read.",
				 major, load_u16(p + 14, big_endian));
	return true;
}
