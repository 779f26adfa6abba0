/* pcapng_descriptions.c - what blocks tell of the packets: sections, interfaces, names, secrets.
 *
 * Broken options, names and secrets are left out: the packets matter more. */
#include "pcapng_block.h"

#include <string.h>

#include "pcapng_blocks.h"

bool block_option(struct block *block, struct option *option)
{
	size_t padded;

	if (block->left < 4)
		return false;
	option->code = load_u16(block->at, block->big_endian);
	option->length = load_u16(block->at + 2, block->big_endian);
	option->bytes = block->at + 4;
	padded = ((size_t)option->length + 3) & ~(size_t)3;
	if (option->code == OPTION_END || option->length > block->left - 4)
		return false;
	if (padded > block->left - 4)
		padded = block->left - 4;
	block->at += 4 + padded;
	block->left -= 4 + padded;
	return true;
}

void block_skip(struct block *block, size_t n)
{
	n = (n + 3) & ~(size_t)3;
	if (n > block->left)
		n = block->left;
	block->at += n;
	block->left -= n;
}

static void keep_text(struct capture_file *file, char **to, const struct option *option)
{
	size_t n = option->length;

	while (n && !option->bytes[n - 1]) /* some writers end texts in 0 */
		n--;
	if (!*to)
		*to = capture_text(file, option->bytes, n);
}

static enum record_status section_begins(struct capture_file *file, struct block *block)
{
	struct capture_section *section = list_add(&file->sections, sizeof *section);
	struct option option;
	uint16_t major;

	if (block->total < 28)
		return capture_damaged(file,
				       "The section header at byte %" PRIu64 " is too short "
				       "(%u bytes)",
				       file->at, block->total);
	major = load_u16(block->at + 4, block->big_endian);
	if (major != 1)
		return capture_damaged(file,
				       "The section at byte %" PRIu64
				       " is of pcapng version %u.%u, "
				       "which is unknown",
				       file->at, major, load_u16(block->at + 6, block->big_endian));
	file->swapped = block->big_endian;
	file->first_interface = list_count(&file->interfaces);
	file->interface_count = 0;
	block_skip(block, 16);
	if (!section)
		return RECORD_OK;
	section->swapped = block->big_endian;
	while (block_option(block, &option)) {
		if (option.code == OPTION_COMMENT)
			keep_text(file, &section->comment, &option);
		else if (option.code == SECTION_HARDWARE)
			keep_text(file, &section->hardware, &option);
		else if (option.code == SECTION_OS)
			keep_text(file, &section->system, &option);
		else if (option.code == SECTION_APPLICATION)
			keep_text(file, &section->application, &option);
	}
	list_publish(&file->sections);
	return RECORD_OK;
}

/* if_tsresol: a negative power of 10, or of 2 when the top bit is set.  Finer than 64
 * bits can count is taken as 0: such packets have the time 0. */
static uint64_t ticks_of(uint8_t resolution)
{
	uint64_t ticks = 1;
	unsigned power = resolution & 0x7f;

	if (resolution & 0x80)
		return power < 64 ? UINT64_C(1) << power : 0;
	while (power--)
		if (__builtin_mul_overflow(ticks, 10, &ticks))
			return 0;
	return ticks;
}

static uint8_t precision_of(uint64_t ticks)
{
	static const struct {
		uint64_t ticks;
		uint8_t digits;
	} steps[] = {
		{ 1000000000, 9 }, { 1000000, 6 }, { 1000, 3 }, { 100, 2 }, { 10, 1 },
	};

	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
		if (ticks >= steps[i].ticks)
			return steps[i].digits;
	return ticks ? 0 : 9;
}

static void take_interface_option(struct capture_file *file, struct capture_interface *interface,
				  const struct option *option, bool big_endian)
{
	uint64_t number = 0;

	switch (option->code) {
	case INTERFACE_NAME:
		keep_text(file, &interface->name, option);
		break;
	case INTERFACE_DESCRIPTION:
		keep_text(file, &interface->description, option);
		break;
	case INTERFACE_OS:
		keep_text(file, &interface->system, option);
		break;
	case INTERFACE_HARDWARE:
		keep_text(file, &interface->hardware, option);
		break;
	case INTERFACE_FILTER: /* byte 0: 0 for text, 1 for BPF code */
		if (option->length > 1 && !option->bytes[0]) {
			struct option text = { option->bytes + 1, 0,
					       (uint16_t)(option->length - 1) };

			keep_text(file, &interface->filter, &text);
		}
		break;
	case INTERFACE_RESOLUTION:
		if (option->length == 1)
			interface->ticks_per_second = ticks_of(option->bytes[0]);
		break;
	case INTERFACE_FCS_LENGTH: /* in bits in the draft, in bytes as some write it */
		if (option->length == 1)
			interface->fcs_bytes =
				option->bytes[0] >= 16 ? option->bytes[0] / 8 : option->bytes[0];
		break;
	case INTERFACE_TIME_OFFSET:
		if (option->length != 8)
			break;
		number = load_u64(option->bytes, big_endian);
		interface->offset_seconds = (int64_t)number;
		break;
	default:
		break;
	}
}

static enum record_status interface_described(struct capture_file *file, struct block *block)
{
	struct capture_interface *interface = list_add(&file->interfaces, sizeof *interface);
	struct option option;

	if (block->left < 8)
		return capture_damaged(file,
				       "The interface block at byte %" PRIu64 " is too short "
				       "(%u bytes)",
				       file->at, block->total);
	if (!interface)
		return capture_damaged(file, "The file has more than %d interfaces", LIST_LIMIT);
	interface->link_type = load_u16(block->at, block->big_endian);
	interface->snap_length = load_u32(block->at + 4, block->big_endian);
	interface->swapped = block->big_endian;
	interface->ticks_per_second = 1000000;
	interface->section = (uint16_t)(list_count(&file->sections) - 1);
	interface->number = file->interface_count;
	interface->received = interface->dropped = UINT64_MAX;
	block_skip(block, 8);
	while (block_option(block, &option))
		take_interface_option(file, interface, &option, block->big_endian);
	interface->precision = precision_of(interface->ticks_per_second);
	interface->nanoseconds = interface->ticks_per_second > 1000000;
	file->interface_count++;
	list_publish(&file->interfaces);
	return RECORD_OK;
}

static void statistics_given(struct capture_file *file, struct block *block)
{
	struct capture_interface *interface;
	struct option option;

	if (block->left < 12)
		return;
	interface = section_interface(file, load_u32(block->at, block->big_endian));
	block_skip(block, 12);
	while (interface && block_option(block, &option)) {
		if (option.length != 8)
			continue;
		uint64_t number =
			load_u64(option.bytes, block->big_endian);
		if (option.code == STATISTICS_RECEIVED)
			interface->received = number;
		else if (option.code == STATISTICS_DROPPED)
			interface->dropped = number;
	}
}

/* A record of the name block: an address, then names that each end in 0. */
static void keep_names(struct capture_file *file, uint8_t size, const struct option *record)
{
	const uint8_t *text = record->bytes + size;
	size_t left = record->length - size;

	while (left) {
		const uint8_t *end = memchr(text, 0, left);
		size_t n = end ? (size_t)(end - text) : left;
		struct capture_name *name = n ? list_add(&file->names, sizeof *name) : NULL;

		if (name) {
			name->name = capture_text(file, text, n);
			if (!name->name)
				return;
			name->size = size;
			memcpy(name->address, record->bytes, size);
			list_publish(&file->names);
		}
		if (!end)
			return;
		text += n + 1;
		left -= n + 1;
	}
}

static void names_given(struct capture_file *file, struct block *block)
{
	struct option record; /* same shape as an option */

	while (block_option(block, &record)) {
		if (record.code == NAME_IPV4 && record.length > 4)
			keep_names(file, 4, &record);
		else if (record.code == NAME_IPV6 && record.length > 16)
			keep_names(file, 16, &record);
	}
}

static void secrets_given(struct capture_file *file, struct block *block)
{
	struct capture_secret *secret;
	uint32_t length;

	if (block->left < 8)
		return;
	length = load_u32(block->at + 4, block->big_endian);
	if (length > block->left - 8 || length > SECRETS_LIMIT - file->secret_bytes)
		return;
	secret = list_add(&file->secrets, sizeof *secret);
	if (!secret)
		return;
	secret->type = load_u32(block->at, block->big_endian);
	secret->length = length;
	secret->bytes = must_alloc(length);
	memcpy(secret->bytes, block->at + 8, length);
	file->secret_bytes += length;
	list_publish(&file->secrets);
}

enum record_status pcapng_describe(struct capture_file *file, struct block *block)
{
	switch (block->type) {
	case SECTION_HEADER:
		return section_begins(file, block);
	case BLOCK_INTERFACE:
		return interface_described(file, block);
	case BLOCK_NAMES:
		names_given(file, block);
		return RECORD_OK;
	case BLOCK_STATISTICS:
		statistics_given(file, block);
		return RECORD_OK;
	case BLOCK_SECRETS:
		secrets_given(file, block);
		return RECORD_OK;
	default:
		return RECORD_OK;
	}
}
