/* objects.c - collects what dissectors offer, and puts files together. */
#include "session/objects.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "dissect/object.h"
#include "dissect/path.h"
#include "dissect/registry.h"

enum { OBJECTS_LIMIT = 1 << 20, PARTS_LIMIT = 1 << 26, NAME_TRIES = 10000, BYTE_LIMIT = 200 };

const char *const object_kinds[] = { "ftp-data", "http", "imf", "smtp", "tftp", NULL };

const char *object_kind_named(const char *name)
{
	for (unsigned i = 0; object_kinds[i]; i++)
		if (!strcmp(object_kinds[i], name))
			return object_kinds[i];
	return NULL;
}

struct part {
	uint64_t offset;
	uint32_t packet, length;
	uint32_t object; /* in the list */
	uint16_t number; /* of those that the packet offers */
};

struct found {
	struct object object;
	uint64_t key, end;     /* end: where its last part ends */
	uint64_t appended;     /* where the next part goes, if that is behind the one before */
	uint32_t first, parts; /* of the sorted parts */
	bool last;	       /* its last part was seen */
};

struct object_list {
	struct session *session;
	struct view_port port;
	const char *kind;
	uint8_t *no_fields;
	uint32_t seen; /* packets */
	struct found *found;
	uint32_t count, room;
	struct part *parts;
	uint32_t part_count, part_room;
	uint32_t *by_key; /* a hash table: 1 + object */
	uint32_t key_room, keys;
	bool sorted;
};

struct object_list *object_list_new(struct session *session, const char *kind)
{
	struct object_list *list = must_zeroed(1, sizeof *list);

	list->session = session;
	list->kind = kind;
	view_port_init(&list->port, session);
	list->no_fields = must_zeroed(registry_field_count() / 8 + 1, 1);
	list->port.d.wanted_fields = list->no_fields;
	list->port.d.tells_objects = true;
	return list;
}

void object_list_free(struct object_list *list)
{
	if (!list)
		return;
	for (uint32_t i = 0; i < list->count; i++) {
		free(list->found[i].object.name);
		free(list->found[i].object.type);
		free(list->found[i].object.source);
	}
	view_port_free(&list->port);
	free(list->no_fields);
	free(list->found);
	free(list->parts);
	free(list->by_key);
	free(list);
}

static uint32_t key_slot(const struct object_list *list, const struct object_part *part)
{
	uint64_t hash =
		(part->key ^ (uint64_t)(unsigned char)part->kind[0] << 56) * 0x9e3779b97f4a7c15u;
	uint32_t slot = (uint32_t)(hash >> 32) & (list->key_room - 1);

	while (list->by_key[slot]) {
		const struct found *found = &list->found[list->by_key[slot] - 1];
		if (found->key == part->key && !strcmp(found->object.kind, part->kind))
			break;
		slot = (slot + 1) & (list->key_room - 1);
	}
	return slot;
}

static void grow_keys(struct object_list *list)
{
	if (2 * (list->keys + 1) < list->key_room)
		return;
	list->key_room = list->key_room ? 2 * list->key_room : 64;
	free(list->by_key);
	list->by_key = must_zeroed(list->key_room, sizeof *list->by_key);
	for (uint32_t i = 0; i < list->count; i++) {
		struct object_part part = { .kind = list->found[i].object.kind,
					    .key = list->found[i].key };
		if (part.key)
			list->by_key[key_slot(list, &part)] = i + 1;
	}
}

static uint32_t new_object(struct object_list *list, const struct object_part *part)
{
	if (list->count == list->room)
		list->found = must_grow(list->found, &list->room, 64, sizeof *list->found);
	list->found[list->count] = (struct found){
		.object = { .kind = part->kind,
			    .name = must_copy(part->name ? part->name : ""),
			    .type = must_copy(part->type ? part->type : ""),
			    .source = must_copy(part->source ? part->source : "") },
		.key = part->key,
	};
	return list->count++;
}

static uint32_t object_of(struct object_list *list, const struct object_part *part)
{
	if (!part->key)
		return new_object(list, part);
	grow_keys(list);
	uint32_t slot = key_slot(list, part);
	if (!list->by_key[slot]) {
		list->by_key[slot] = new_object(list, part) + 1;
		list->keys++;
	}
	return list->by_key[slot] - 1;
}

static void take_part(struct object_list *list, uint32_t packet, uint16_t number)
{
	const struct object_part *part = &list->port.d.parts[number];

	if (list->count >= OBJECTS_LIMIT || list->part_count >= PARTS_LIMIT)
		return;
	uint32_t n = object_of(list, part);
	struct found *found = &list->found[n];
	uint64_t offset = part->offset == OBJECT_APPEND ? found->appended : part->offset;
	if (list->part_count == list->part_room)
		list->parts = must_grow(list->parts, &list->part_room, 256, sizeof *list->parts);
	list->parts[list->part_count++] = (struct part){
		.offset = offset,
		.packet = packet,
		.length = part->length,
		.object = n,
		.number = number,
	};
	found->object.packet = packet;
	found->appended = offset + part->length;
	if (part->last) {
		found->last = true;
		found->end = offset + part->length;
	}
	list->sorted = false;
}

/* What the protocol offers objects as. */
static const char *kind_of_protocol(const char *name)
{
	/* A packet of QUIC may only say that a stream of HTTP/3 ends. */
	return !strcmp(name, "http2") || !strcmp(name, "quic") ? "http" : name;
}

/* A stack that has the kind's protocol in it.  A cut table does not tell. */
static bool may_offer(const struct object_list *list, uint32_t packet)
{
	const struct learned *learned = session_learned(list->session);
	uint16_t path = index_block_of(&learned->index, packet)->path[index_slot(packet)];

	if (path_table_is_cut(learned->paths))
		return true;
	for (; path != PATH_NONE; path = path_parent(learned->paths, path)) {
		const char *name = kind_of_protocol(path_name(learned->paths, path));
		if (list->kind ? !strcmp(name, list->kind) : object_kind_named(name) != NULL)
			return true;
	}
	return false;
}

bool object_list_update(struct object_list *list, uint32_t packets)
{
	struct dissection *d = &list->port.d;

	for (; packets && list->seen < session_packet_count(list->session); packets--) {
		uint32_t packet = ++list->seen;
		if (!may_offer(list, packet) ||
		    !view_port_dissect(&list->port, packet, WANT_FIELDS))
			continue;
		for (uint32_t i = 0; i < d->part_count && i < UINT16_MAX; i++)
			if (!list->kind || !strcmp(d->parts[i].kind, list->kind))
				take_part(list, packet, (uint16_t)i);
	}
	return list->seen < session_packet_count(list->session);
}

static int compare_parts(const void *one, const void *other)
{
	const struct part *a = one, *b = other;

	if (a->object != b->object)
		return a->object < b->object ? -1 : 1;
	if (a->offset != b->offset)
		return a->offset < b->offset ? -1 : 1;
	return a->packet < b->packet ? -1 : a->packet > b->packet;
}

/* How much of each can be saved: up to the first hole. */
static void sum_up(struct object_list *list)
{
	if (list->sorted)
		return;
	list->sorted = true;
	qsort(list->parts, list->part_count, sizeof *list->parts, compare_parts);
	for (uint32_t i = 0, next; i < list->part_count; i = next) {
		struct found *found = &list->found[list->parts[i].object];
		found->first = i;
		found->object.size = 0;
		for (next = i;
		     next < list->part_count && list->parts[next].object == list->parts[i].object;
		     next++) {
			const struct part *part = &list->parts[next];
			if (part->offset <= found->object.size &&
			    part->offset + part->length > found->object.size)
				found->object.size = part->offset + part->length;
		}
		found->parts = next - i;
		found->object.incomplete = !found->last || found->object.size < found->end;
	}
}

uint32_t object_list_seen(const struct object_list *list)
{
	return list->seen;
}

unsigned object_count(const struct object_list *list)
{
	return list->count;
}

const struct object *object_at(const struct object_list *list, unsigned n)
{
	sum_up((struct object_list *)(uintptr_t)list);
	return &list->found[n].object;
}

/* "text/html; charset=x" is "html" */
static size_t type_suffix(const char *type, char *suffix, size_t room)
{
	const char *at = strchr(type, '/');
	size_t n = 0;

	for (at = at ? at + 1 : ""; *at && *at != ';' && *at != ' ' && n + 1 < room; at++)
		suffix[n++] = *at;
	suffix[n] = '\0';
	if (!strcmp(suffix, "rfc822"))
		strcpy(suffix, "eml");
	return n;
}

static bool is_safe(unsigned char c, size_t at)
{
	return c >= ' ' && c != 0x7f && !strchr("\\/<>:\"|?*;", c) && (c != '.' || at);
}

/* As tshark, what is no good in a name is %xx. */
void object_file_name(const struct object *object, char name[OBJECT_NAME_ROOM])
{
	char given[OBJECT_NAME_ROOM];
	size_t used = 0, i = 0;

	if (object->name[0]) {
		snprintf(given, sizeof given, "%s", object->name);
	} else {
		char suffix[40];
		bool typed = type_suffix(object->type, suffix, sizeof suffix);
		snprintf(given, sizeof given, "object%u%s%s", object->packet, typed ? "." : "",
			 suffix);
	}
	for (; given[i] && used < BYTE_LIMIT; i++)
		if (is_safe((unsigned char)given[i], i))
			name[used++] = given[i];
		else
			used += (size_t)snprintf(name + used, OBJECT_NAME_ROOM - used, "%%%02x",
						 (unsigned char)given[i]);
	/* No half of a character at the end. */
	while (used && ((unsigned char)given[i] & 0xc0) == 0x80)
		i--, used--;
	name[used] = '\0';
}

/* A new file: NAME, or NAME(1) with the suffix behind that. */
static int create_file(const char *folder, const char *name, char *path, size_t room)
{
	const char *dot = strrchr(name, '.');
	size_t stem = dot && dot != name ? (size_t)(dot - name) : strlen(name);
	int fd = -1;

	for (unsigned i = 0; i < NAME_TRIES; i++) {
		int n = i ? snprintf(path, room, "%s/%.*s(%u)%s", folder, (int)stem, name, i,
				     name + stem)
			  : snprintf(path, room, "%s/%s", folder, name);
		if (n < 0 || (size_t)n >= room) {
			errno = ENAMETOOLONG;
			return -1;
		}
		fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
		if (fd >= 0 || errno != EEXIST)
			break;
	}
	return fd;
}

static bool write_all(int fd, const uint8_t *bytes, size_t n)
{
	while (n) {
		ssize_t put = write(fd, bytes, n);
		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return false;
		bytes += put;
		n -= (size_t)put;
	}
	return true;
}

/* What of the part lies behind `done` bytes; false: errno, or 0 if the capture was changed. */
static bool write_part(struct object_list *list, const struct part *part, uint64_t *done, int fd)
{
	const struct dissection *d = &list->port.d;
	uint64_t skip = *done - part->offset;

	if (part->offset > *done || skip >= part->length)
		return true;
	errno = 0;
	if (!view_port_dissect(&list->port, part->packet, WANT_FIELDS) ||
	    part->number >= d->part_count || d->parts[part->number].length != part->length)
		return false;
	if (!write_all(fd, d->parts[part->number].bytes + skip, part->length - (size_t)skip))
		return false;
	*done += part->length - skip;
	return true;
}

bool object_save(struct object_list *list, unsigned n, const char *folder, char *path, size_t room,
		 struct error *error)
{
	const struct found *found = &list->found[n];
	char name[OBJECT_NAME_ROOM];
	uint64_t done = 0;
	bool good = true;

	sum_up(list);
	object_file_name(&found->object, name);
	int fd = create_file(folder, name, path, room);
	if (fd < 0)
		return error_set(error, "cannot write \"%s/%s\": %s", folder, name,
				 strerror(errno));
	for (uint32_t i = 0; good && i < found->parts; i++)
		good = write_part(list, &list->parts[found->first + i], &done, fd);
	int cause = errno;
	if (close(fd) != 0 && good) {
		good = false;
		cause = errno;
	}
	if (good)
		return true;
	unlink(path);
	return error_set(error, "cannot write \"%s\": %s", path,
			 !cause		   ? "the capture was changed"
			 : cause == ENOSPC ? "the disk is full"
					   : strerror(cause));
}
