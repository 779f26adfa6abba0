/* copier.c - packets of one capture file into another, with all the file says of them. */
#include "copier.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "dissect/names.h"

enum { INTERFACE_UNKNOWN = -1 };

struct copier {
	struct capture_writer *writer;
	struct file_window window; /* for notes */
	int64_t *numbers;	   /* of the source's interfaces in the new file */
	unsigned interfaces, names, secrets;
	struct packet_notes notes;
};

struct copier *copier_open(const char *path, const struct capture_writing *how, struct error *error)
{
	struct capture_writer *writer = capture_writer_open_as(path, how, error);

	if (!writer)
		return NULL;
	struct copier *copier = must_zeroed(1, sizeof *copier);
	copier->writer = writer;
	return copier;
}

static void copier_free(struct copier *copier)
{
	file_window_free(&copier->window);
	free(copier->numbers);
	packet_notes_free(&copier->notes);
	free(copier);
}

static bool copy_interface(struct copier *copier, const struct capture_file *file,
			   uint16_t interface, uint32_t *number, struct error *error)
{
	if (interface >= copier->interfaces) {
		unsigned count = capture_file_interface_count(file);
		copier->numbers = must_resize(copier->numbers, count, sizeof *copier->numbers);
		while (copier->interfaces < count)
			copier->numbers[copier->interfaces++] = INTERFACE_UNKNOWN;
	}
	if (copier->numbers[interface] == INTERFACE_UNKNOWN) {
		if (!capture_writer_interface(
			    copier->writer, capture_file_interface(file, interface), number, error))
			return false;
		copier->numbers[interface] = *number;
	}
	*number = (uint32_t)copier->numbers[interface];
	return true;
}

static bool copy_sayings(struct copier *copier, const struct capture_file *file,
			 struct error *error)
{
	for (; copier->names < capture_file_name_count(file); copier->names++)
		if (!capture_writer_name(copier->writer, capture_file_name(file, copier->names),
					 error))
			return false;
	for (; copier->secrets < capture_file_secret_count(file); copier->secrets++)
		if (!capture_writer_secret(copier->writer,
					   capture_file_secret(file, copier->secrets), error))
			return false;
	return true;
}

bool copier_packet(struct copier *copier, const struct capture_file *file,
		   const struct record *record, const uint8_t *bytes, struct error *error)
{
	uint32_t number;

	if (record->has_notes)
		capture_file_notes(file, &copier->window, record->offset, record->interface,
				   &copier->notes);
	return copy_sayings(copier, file, error) &&
	       copy_interface(copier, file, record->interface, &number, error) &&
	       capture_writer_packet(copier->writer, number, record, bytes,
				     record->has_notes ? &copier->notes : NULL, error);
}

bool copier_names(struct copier *copier, struct error *error)
{
	bool good = true;

	for (unsigned i = 0; good && i < names_host_count(); i++) {
		enum name_origin origin;
		struct endpoint address;
		const char *text = names_host(i, &address, &origin);
		if (origin != NAME_FROM_FILE && origin != NAME_FROM_ANSWER)
			continue;
		struct capture_name name = { must_copy(text), address.length, { 0 } };
		memcpy(name.address, address.address, address.length);
		good = capture_writer_name(copier->writer, &name, error);
		free(name.name);
	}
	return good;
}

bool copier_flush(struct copier *copier, struct error *error)
{
	return capture_writer_flush(copier->writer, error);
}

/* pcap cannot do without an interface, so an empty capture keeps the source's. */
bool copier_finish(struct copier *copier, const struct capture_file *file, struct error *error)
{
	uint32_t number;
	bool good = copy_sayings(copier, file, error);

	for (unsigned i = 0; good && !copier->interfaces && i < capture_file_interface_count(file);
	     i++)
		good = copy_interface(copier, file, 0, &number, error);
	if (good)
		good = capture_writer_finish(copier->writer, error);
	else
		capture_writer_abandon(copier->writer);
	copier_free(copier);
	return good;
}

void copier_abandon(struct copier *copier)
{
	if (!copier)
		return;
	capture_writer_abandon(copier->writer);
	copier_free(copier);
}
