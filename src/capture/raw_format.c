/* raw_format.c - a file that is no capture, as the bytes of packets: of one, or, if it is larger
 * than a packet may be, of several that follow one another. */
#include "capture_format.h"

static enum record_status raw_next(struct capture_file *file, bool wait, struct record *record,
				   const uint8_t **bytes)
{
	size_t held = RECORD_LIMIT;
	const uint8_t *p = capture_bytes(file, file->at, RECORD_LIMIT, wait, &held);

	/* More may come, which would belong to this packet. */
	if (!p && file->spool && !spool_ended(file->spool))
		return RECORD_NONE;
	if (!p && held)
		p = capture_bytes(file, file->at, held, wait, &held);
	if (!p)
		return capture_ended(file, "packet #", 0, 0);
	*record = (struct record){ .offset = file->at,
				   .captured = (uint32_t)held,
				   .reported = (uint32_t)held };
	*bytes = p;
	file->at += held;
	return RECORD_OK;
}

static bool raw_read(const struct capture_file *file, struct file_window *window, uint64_t offset,
		     const struct capture_interface *from, struct record *record,
		     const uint8_t **bytes)
{
	size_t held;
	const uint8_t *p = file_window_at(window, file->fd, offset, RECORD_LIMIT, &held);

	(void)from;
	if (!p)
		return false;
	record->captured = record->reported = (uint32_t)held;
	*bytes = p;
	return true;
}

static const char *raw_name(const struct capture_file *file)
{
	(void)file;
	return "bytes";
}

static const struct capture_format raw_format = {
	.name = raw_name,
	.next = raw_next,
	.read = raw_read,
};

void raw_start(struct capture_file *file)
{
	struct capture_section *section = list_add(&file->sections, sizeof *section);
	struct capture_interface *only = list_add(&file->interfaces, sizeof *only);

	file->format = &raw_format;
	/* As pcap, it has no blocks with comments. */
	file->record_header = 1;
	if (!section || !only)
		return;
	only->link_type = file->raw_link_type;
	only->precision = 6;
	only->ticks_per_second = 1000000;
	only->received = only->dropped = UINT64_MAX;
	list_publish(&file->sections);
	list_publish(&file->interfaces);
}
