/* objects.h - files that were transferred: found in a capture, listed, saved.
 *
 * The list keeps where parts are (24 bytes each), and takes packets apart again to save them. */
#ifndef SESSION_OBJECTS_H
#define SESSION_OBJECTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "session/session.h"

struct object {
	const char *kind;    /* "http" */
	char *name;	     /* as it was said: unclean; "": none */
	char *type, *source; /* a media type, a host; "": not said */
	uint32_t packet;     /* where it is complete, or its last part */
	uint64_t size;	     /* bytes that can be saved */
	bool incomplete;     /* its end, or something before it, is missing */
};

/* What there is, for error texts and completion; NULL ends the list. */
extern const char *const object_kinds[];
/* A constant of object_kinds, or NULL. */
const char *object_kind_named(const char *name);

struct object_list;

/* `kind`: one of object_kinds; NULL: all of them. */
struct object_list *object_list_new(struct session *session, const char *kind);
void object_list_free(struct object_list *list);
/* Looks at `packets` more; false: all that are known were looked at. */
bool object_list_update(struct object_list *list, uint32_t packets);

/* Packets looked at so far. */
uint32_t object_list_seen(const struct object_list *list);
unsigned object_count(const struct object_list *list);
const struct object *object_at(const struct object_list *list, unsigned n);

enum { OBJECT_NAME_ROOM = 256 };
/* A name for a file, which stays in its folder: no separators, no controls, no leading dot. */
void object_file_name(const struct object *object, char name[OBJECT_NAME_ROOM]);
/* Saves into the folder under object_file_name(), with (1), (2) ... if that is taken; never
 * overwrites. `path` has room for `room` bytes and is where it was saved.  False: *error. */
bool object_save(struct object_list *list, unsigned n, const char *folder, char *path, size_t room,
		 struct error *error);

#endif
