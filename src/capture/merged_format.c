/* merged_format.c - several captures read as one, in the order of their packets' times.
 *
 * Nothing is copied: each record is read from its own file, which the upper bits of its offset
 * name. Interfaces of all files are those of the whole, with the name of their file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "capture_format.h"

enum {
	PART_SHIFT = 40,  /* bits of an offset within a file: 1 TiB */
	PARTS_MOST = 256, /* as the packet index has 48 bits for an offset */
	NOT_MAPPED = UINT16_MAX,
};

struct part {
	struct capture_file *file;
	char *label;	      /* the file's name without its folders */
	struct record record; /* the next one, if `has_record` */
	const uint8_t *bytes;
	bool has_record, ended;
	uint16_t *interfaces; /* its own number to that of the whole, NOT_MAPPED: not known yet */
	unsigned interface_count, names, secrets, sections; /* taken in so far */
};

struct merged {
	struct part *parts;
	unsigned count;
	char **paths;
	struct error problem; /* of the first file that had one */
	bool is_damaged;
};

/* --- what the files say --- */

/* "a.pcap", or "a.pcap eth0" where the interface has a name. */
static char *interface_name(struct capture_file *file, const struct part *part, const char *name)
{
	char text[600];

	snprintf(text, sizeof text, "%.250s%s%.250s", part->label, name ? " " : "",
		 name ? name : "");
	return capture_text(file, (const uint8_t *)text, strlen(text));
}

static void map_interface(struct capture_file *file, struct part *part, uint16_t n)
{
	const struct capture_interface *from = capture_file_interface(part->file, n);
	unsigned number = list_count(&file->interfaces);
	struct capture_interface *new = list_add(&file->interfaces, sizeof *new);

	part->interfaces = must_resize(part->interfaces, n + 1u, sizeof *part->interfaces);
	part->interfaces[n] = NOT_MAPPED;
	part->interface_count = n + 1u;
	if (!new)
		return;
	*new = *from;
	new->name = interface_name(file, part, from->name);
	new->number = number;
	new->section = 0;
	list_publish(&file->interfaces);
	part->interfaces[n] = (uint16_t)number;
}

/* Whoever reads packets finds the interfaces that they name. */
static void take_interfaces(struct capture_file *file, struct part *part)
{
	while (part->interface_count < capture_file_interface_count(part->file))
		map_interface(file, part, (uint16_t)part->interface_count);
}

/* What was received and lost stands behind the packets. */
static void take_counters(struct capture_file *file, const struct part *part)
{
	for (uint16_t n = 0; n < part->interface_count; n++) {
		const struct capture_interface *from = capture_file_interface(part->file, n);
		struct capture_interface *to =
			list_item(&file->interfaces, sizeof *to, part->interfaces[n]);

		if (!to)
			continue;
		to->received = from->received;
		to->dropped = from->dropped;
	}
}

/* Texts and bytes stay those of the part. */
static void take_rest(struct capture_file *file, struct part *part)
{
	void *item;

	for (; part->names < capture_file_name_count(part->file); part->names++)
		if ((item = list_add(&file->names, sizeof(struct capture_name)))) {
			memcpy(item, capture_file_name(part->file, part->names),
			       sizeof(struct capture_name));
			list_publish(&file->names);
		}
	for (; part->secrets < capture_file_secret_count(part->file); part->secrets++)
		if ((item = list_add(&file->secrets, sizeof(struct capture_secret)))) {
			memcpy(item, capture_file_secret(part->file, part->secrets),
			       sizeof(struct capture_secret));
			list_publish(&file->secrets);
		}
	for (; part->sections < capture_file_section_count(part->file); part->sections++)
		if ((item = list_add(&file->sections, sizeof(struct capture_section)))) {
			memcpy(item, capture_file_section(part->file, part->sections),
			       sizeof(struct capture_section));
			list_publish(&file->sections);
		}
}

/* --- in order --- */

static void note_problem(struct capture_file *file, const struct part *part, bool damaged)
{
	if (!file->merged->problem.text[0])
		error_set(&file->merged->problem, "%s: %s", part->label,
			  capture_file_problem(part->file));
	file->merged->is_damaged |= damaged;
}

static void read_ahead(struct capture_file *file, struct part *part)
{
	enum record_status status =
		capture_file_next(part->file, true, &part->record, &part->bytes);

	const char *passed_over = capture_file_passed_over(part->file);

	if (status != RECORD_OK && *passed_over)
		error_set(&file->passed_over, "%s: %s", part->label, passed_over);
	part->has_record = status == RECORD_OK;
	part->ended = !part->has_record;
	if (status == RECORD_CUT || status == RECORD_DAMAGED)
		note_problem(file, part, status == RECORD_DAMAGED);
	take_interfaces(file, part);
	take_rest(file, part);
	if (part->ended)
		take_counters(file, part);
}

/* Packets without a time keep their place in their file. */
static int64_t time_of(const struct part *part)
{
	return part->record.has_time ? part->record.time_ns : INT64_MIN;
}

static struct part *earliest(struct capture_file *file)
{
	struct merged *merged = file->merged;
	struct part *first = NULL;

	for (unsigned i = 0; i < merged->count; i++) {
		struct part *part = &merged->parts[i];

		if (!part->has_record && !part->ended)
			read_ahead(file, part);
		if (part->has_record && (!first || time_of(part) < time_of(first)))
			first = part;
	}
	return first;
}

/* All that could be read was, whatever was wrong with some of the files. */
static enum record_status end_of_all(struct capture_file *file)
{
	struct merged *merged = file->merged;

	if (!merged->problem.text[0])
		return RECORD_NONE;
	file->problem = merged->problem;
	file->damaged = merged->is_damaged;
	return merged->is_damaged ? RECORD_DAMAGED : RECORD_CUT;
}

static void add_up(struct capture_file *file)
{
	uint64_t at = 0, size = 0;

	for (unsigned i = 0; i < file->merged->count; i++) {
		const struct capture_file *part = file->merged->parts[i].file;

		at += capture_file_position(part);
		size += capture_file_size(part);
	}
	file->at = at;
	file->size = size;
}

static enum record_status merged_next(struct capture_file *file, bool wait, struct record *record,
				      const uint8_t **bytes)
{
	struct part *part = earliest(file);

	(void)wait; /* there are no pipes among them */
	add_up(file);
	if (!part)
		return end_of_all(file);
	unsigned number = (unsigned)(part - file->merged->parts);

	if (part->record.offset >> PART_SHIFT ||
	    part->interfaces[part->record.interface] == NOT_MAPPED)
		return capture_damaged(file,
				       "Packet #%" PRIu64 ", of %s, is beyond what can be merged",
				       file->packets + 1, part->label);
	*record = part->record;
	*bytes = part->bytes;
	record->offset |= (uint64_t)number << PART_SHIFT;
	record->interface = part->interfaces[record->interface];
	part->has_record = false;
	return RECORD_OK;
}

/* --- at random --- */

static const struct capture_file *part_of(const struct capture_file *file, uint64_t *offset)
{
	uint64_t number = *offset >> PART_SHIFT;

	*offset &= (UINT64_C(1) << PART_SHIFT) - 1;
	return number < file->merged->count ? file->merged->parts[number].file : NULL;
}

static bool merged_read(const struct capture_file *file, struct file_window *window,
			uint64_t offset, const struct capture_interface *from,
			struct record *record, const uint8_t **bytes)
{
	const struct capture_file *part = part_of(file, &offset);

	return part && part->format->read(part, window, offset, from, record, bytes);
}

void merged_notes(const struct capture_file *file, struct file_window *window, uint64_t offset,
		  bool big_endian, struct packet_notes *notes)
{
	const struct capture_file *part = part_of(file, &offset);

	if (part && !part->record_header)
		pcapng_notes(part, window, offset, big_endian, notes);
}

/* --- opening and closing --- */

static const char *merged_name(const struct capture_file *file)
{
	(void)file;
	return "merged";
}

static const struct capture_format merged_format = {
	.name = merged_name,
	.next = merged_next,
	.read = merged_read,
};

void merged_close(struct capture_file *file)
{
	struct merged *merged = file->merged;

	for (unsigned i = 0; i < merged->count; i++) {
		capture_file_close(merged->parts[i].file);
		free(merged->parts[i].label);
		free(merged->parts[i].interfaces);
		free(merged->paths[i]);
	}
	free(merged->parts);
	free(merged->paths);
	free(merged);
}

static bool open_part(struct capture_file *file, const char *path, struct error *error)
{
	struct merged *merged = file->merged;
	const char *slash = strrchr(path, '/');

	if (!strcmp(path, "-"))
		return error_set(error, "what comes through standard input cannot be merged: save "
					"it into a file");
	struct capture_file *part = capture_file_open(path, error);

	if (!part)
		return false;
	merged->paths[merged->count] = must_copy(path);
	merged->parts[merged->count++] =
		(struct part){ .file = part, .label = must_copy(slash ? slash + 1 : path) };
	return true;
}

/* "a.pcap + b.pcap" */
static char *name_of_all(const struct merged *merged)
{
	size_t room = 1, used = 0;

	for (unsigned i = 0; i < merged->count; i++)
		room += strlen(merged->parts[i].label) + 3;
	char *name = must_zeroed(room, 1);

	for (unsigned i = 0; i < merged->count; i++)
		used += (size_t)snprintf(name + used, room - used, "%s%s", i ? " + " : "",
					 merged->parts[i].label);
	return name;
}

struct capture_file *capture_file_open_merged(char *const *paths, unsigned count,
					      struct error *error)
{
	if (count > PARTS_MOST) {
		error_set(error, "no more than %d files can be merged", PARTS_MOST);
		return NULL;
	}
	struct capture_file *file = must_zeroed(1, sizeof *file);

	file->fd = -1;
	file->format = &merged_format;
	file->merged = must_zeroed(1, sizeof *file->merged);
	file->merged->parts = must_zeroed(count + 1, sizeof *file->merged->parts);
	file->merged->paths = must_zeroed(count + 1, sizeof *file->merged->paths);
	for (unsigned i = 0; i < count; i++)
		if (!open_part(file, paths[i], error)) {
			capture_file_close(file);
			return NULL;
		}
	file->path = name_of_all(file->merged);
	snprintf(file->format_name, sizeof file->format_name, "%u files merged", count);
	add_up(file);
	return file;
}

char *const *capture_file_paths(const struct capture_file *file, unsigned *count)
{
	*count = file->merged ? file->merged->count : 1;
	return file->merged ? file->merged->paths : &file->path;
}

void merged_skip(struct capture_file *file, uint32_t times)
{
	for (unsigned i = 0; i < file->merged->count; i++)
		capture_file_skip(file->merged->parts[i].file, times);
}

/* How often damage is passed over in all. */
static uint32_t skips_of(const struct capture_file *file)
{
	return file->skips > UINT32_MAX - file->skips_made ? UINT32_MAX
							    : file->skips + file->skips_made;
}

struct capture_file *capture_file_reopen(const struct capture_file *file, struct error *error)
{
	struct capture_file *again;

	if (file->merged)
		again = capture_file_open_merged(file->merged->paths, file->merged->count, error);
	else if (file->takes_raw)
		again = capture_file_open_raw(file->path, file->raw_link_type, error);
	else
		again = capture_file_open(file->path, error);
	if (again)
		capture_file_skip(again, skips_of(file));
	return again;
}
