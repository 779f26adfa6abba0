/* pcap_format.c - the classic format (draft-ietf-opsawg-pcap) and its older variants.
 *
 *      0        4        8        12       16
 *      +--------+--------+--------+--------+---------------------+
 *      | second | micro- | bytes  | bytes  | captured bytes ...  |
 *      |        | second | here   | sent   |                     |
 *      +--------+--------+--------+--------+---------------------+
 *
 * The modified variant has 8 more bytes in the header; old versions swap the lengths. */
#include "capture_format.h"

enum {
	MAGIC_MICROSECONDS = 0xa1b2c3d4,
	MAGIC_NANOSECONDS = 0xa1b23c4d,
	MAGIC_MODIFIED = 0xa1b2cd34,

	FCS_PRESENT = 0x04000000,       /* in the link type's word; its length is in the top bits, */
	FCS_LENGTH_SHIFT = 28,          /* in 16-bit words */

	SECOND_NS = 1000000000,
	PCAP_RECORD_HEAD = 16,          /* but in the modified variant */
};

enum lengths_swapped { LENGTHS_RIGHT, LENGTHS_MAYBE_SWAPPED, LENGTHS_SWAPPED };

static bool magic_of(const uint8_t *bytes, bool *big_endian, uint32_t *magic)
{
	static const uint32_t known[] = { MAGIC_MICROSECONDS, MAGIC_NANOSECONDS, MAGIC_MODIFIED };

	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		*magic = known[i];
		*big_endian = load_be32(bytes) == *magic;
		if (*big_endian || load_le32(bytes) == *magic)
			return true;
	}
	return false;
}

bool pcap_matches(const uint8_t *bytes, size_t n)
{
	uint32_t magic;
	bool big_endian;

	return n >= 4 && magic_of(bytes, &big_endian, &magic);
}

/* Versions before 2.3 had the two lengths the other way round, 2.3 sometimes, and
 * so had DG/UX, which wrote version 543.0. */
static uint8_t lengths_of_version(uint16_t major, uint16_t minor)
{
	if ((major == 2 && minor < 3) || major == 543)
		return LENGTHS_SWAPPED;
	return major == 2 && minor == 3 ? LENGTHS_MAYBE_SWAPPED : LENGTHS_RIGHT;
}

static inline void take_lengths(uint8_t order, struct record *record, uint32_t first, uint32_t second)
{
	bool swap = order == LENGTHS_SWAPPED || (order == LENGTHS_MAYBE_SWAPPED && first > second);

	record->captured = swap ? second : first;
	record->reported = swap ? first : second;
	record->sent_less = record->reported < record->captured;
	if (record->sent_less)
		record->reported = record->captured;
}

static inline void take_header(const struct capture_file *file, const uint8_t *p, struct record *record)
{
	bool big_endian = file->swapped;

	record->time_ns = (int64_t)load_u32(p, big_endian) * SECOND_NS +
			  (int64_t)load_u32(p + 4, big_endian) * file->fraction_ns;
	take_lengths(file->lengths_swapped, record, load_u32(p + 8, big_endian),
		     load_u32(p + 12, big_endian));
	record->has_time = true;
}

static enum record_status pcap_next(struct capture_file *file, bool wait, struct record *record,
				    const uint8_t **bytes)
{
	size_t held, header = file->record_header;
	const uint8_t *p = capture_bytes(file, file->at, header, wait, &held);

	if (!p)
		return capture_ended(file, "the header of packet #", held, header);
	*record = (struct record){ .offset = file->at };
	take_header(file, p, record);
	if (record->captured > RECORD_LIMIT) {
		char number[32], at[32], length[32];

		return capture_damaged(file, "Packet #%s at byte %s has an impossible length (%s bytes)",
				       grouped(number, file->packets + 1), grouped(at, file->at),
				       grouped(length, record->captured));
	}
	p = capture_bytes(file, file->at, header + record->captured, wait, &held);
	if (!p)
		return capture_ended(file, "packet #", held > header ? held - header : 0,
				     record->captured);
	*bytes = p + header;
	file->at += header + record->captured;
	return RECORD_OK;
}

/* --- behind damage --- */

enum {
	CHAIN = 3,                      /* records in a row that must be plausible */
	REPORTED_LIMIT = 1 << 20,
	NEARBY_SECONDS = 10 * 24 * 3600,
};

static bool pcap_may_begin(const struct capture_file *file, const uint8_t *p)
{
	struct record record;
	uint32_t fraction = load_u32(p + 4, file->swapped);

	take_header(file, p, &record);
	if (!record.captured || record.captured > RECORD_LIMIT || record.sent_less ||
	    record.reported > REPORTED_LIMIT || fraction >= SECOND_NS / file->fraction_ns)
		return false;
	int64_t seconds = (record.time_ns - file->last_time_ns) / SECOND_NS;

	return !file->packets || (seconds < NEARBY_SECONDS && seconds > -NEARBY_SECONDS);
}

static bool pcap_begins(struct capture_file *file, uint64_t offset, bool wait)
{
	size_t held, header = file->record_header;

	for (unsigned i = 0; i < CHAIN; i++) {
		const uint8_t *p = capture_bytes(file, offset, header, wait, &held);
		struct record record;

		/* What ends just here fits; what is cut does after two that do. */
		if (!p)
			return !held ? i > 0 : i > 1;
		if (!pcap_may_begin(file, p))
			return false;
		take_header(file, p, &record);
		offset += header + record.captured;
		if (!capture_reaches(file, offset, wait))
			return i > 1;
	}
	return true;
}

/* NULL: they are not all there. */
static inline const uint8_t *bytes_at(const struct capture_file *file, struct file_window *window,
				      uint64_t offset, size_t n)
{
	const uint8_t *p = file_window_has(window, file->fd, offset, n);
	size_t held = n;

	if (!p)
		p = file_window_at(window, file->fd, offset, n, &held);
	return held == n ? p : NULL;
}

static bool pcap_read(const struct capture_file *file, struct file_window *window, uint64_t offset,
		      const struct capture_interface *from, struct record *record,
		      const uint8_t **bytes)
{
	size_t header = file->record_header;
	const uint8_t *p = bytes_at(file, window, offset, header);

	(void)from;
	if (!p)
		return false;
	take_header(file, p, record);
	if (record->captured > RECORD_LIMIT)
		return false;
	p = bytes_at(file, window, offset, header + record->captured);
	if (!p)
		return false;
	*bytes = p + header;
	return true;
}

static const char *pcap_name(const struct capture_file *file)
{
	if (file->record_header == 24)
		return "modified pcap";
	return file->fraction_ns == 1 ? "nanosecond pcap" : "pcap";
}

static uint32_t pcap_record_bytes(const struct capture_file *file, const uint8_t *record)
{
	return file->record_header + load_u32(record + 8, file->swapped);
}

static const struct capture_format pcap_format = {
	.name = pcap_name,
	.next = pcap_next,
	.may_begin = pcap_may_begin,
	.begins = pcap_begins,
	.read = pcap_read,
	.record_head = PCAP_RECORD_HEAD,
	.record_bytes = pcap_record_bytes,
};

bool pcap_start(struct capture_file *file, const uint8_t *header, struct error *error)
{
	struct capture_section *section = list_add(&file->sections, sizeof *section);
	struct capture_interface *only = list_add(&file->interfaces, sizeof *only);
	uint32_t magic, link;
	bool big_endian;

	if (!section || !only || !magic_of(header, &big_endian, &magic))
		return error_set(error, "is no pcap file.");
	file->format = &pcap_format;
	file->swapped = big_endian;
	file->record_header = magic == MAGIC_MODIFIED ? 24 : PCAP_RECORD_HEAD;
	file->fraction_ns = magic == MAGIC_NANOSECONDS ? 1 : 1000;
	file->lengths_swapped = lengths_of_version(load_u16(header + 4, big_endian),
						   load_u16(header + 6, big_endian));
	file->at = PCAP_HEADER;

	link = load_u32(header + 20, big_endian);
	section->swapped = big_endian;
	only->link_type = (uint16_t)link;
	if (link & FCS_PRESENT)
		only->fcs_bytes = (uint8_t)(link >> FCS_LENGTH_SHIFT << 1);
	only->swapped = big_endian;
	only->nanoseconds = magic == MAGIC_NANOSECONDS;
	only->precision = only->nanoseconds ? 9 : 6;
	only->snap_length = load_u32(header + 16, big_endian);
	only->ticks_per_second = only->nanoseconds ? 1000000000 : 1000000;
	only->received = only->dropped = UINT64_MAX;
	list_publish(&file->sections);
	list_publish(&file->interfaces);
	return true;
}
