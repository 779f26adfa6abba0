/* export_objects.c - --export-objects: all objects of a kind into a folder. */
#include "export_objects.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "batch_print.h"
#include "choices.h"
#include "session/objects.h"

enum { STEP = 1 << 16, PATH_ROOM = 4096 };

static bool nth_object(unsigned n, struct choice *choice)
{
	choice->name = object_kinds[n];
	choice->ending = ",";
	return choice->name != NULL;
}

const struct choices object_choices = { .nth = nth_object };

bool object_request_read(struct object_request *request, const char *text, struct error *error)
{
	size_t length = strcspn(text, ",");
	char name[32];

	snprintf(name, sizeof name, "%.*s", (int)length, text);
	request->kind = object_kind_named(name);
	if (!request->kind)
		return choices_refuse(&object_choices, error, "--export-objects knows no \"%s\"",
				      name);
	request->folder = text + length + (text[length] == ',');
	return request->folder[0] ||
	       error_set(error,
			 "\"--export-objects\" are specified as: <protocol>,<destdir>; there is "
			 "no folder in \"%s\"",
			 text);
}

/* Empty ones are no files, as in tshark. */
static bool save(struct object_list *list, unsigned n, const char *folder)
{
	const struct object *object = object_at(list, n);
	char path[PATH_ROOM];
	struct error error;

	if (!object->size)
		return true;
	if (!object_save(list, n, folder, path, sizeof path, &error)) {
		complain("%s", error.text);
		return false;
	}
	if (object->incomplete)
		complain("\"%s\": not all of it is in the capture", path);
	return true;
}

static bool export_kind(struct session *session, const struct object_request *request)
{
	struct object_list *list = object_list_new(session, request->kind);
	bool good = true;

	while (object_list_update(list, STEP))
		;
	for (unsigned n = 0; good && n < object_count(list); n++)
		good = save(list, n, request->folder);
	object_list_free(list);
	return good;
}

int export_objects(const struct options *options, struct session *session)
{
	for (unsigned i = 0; i < options->object_request_count; i++) {
		const struct object_request *request = &options->object_requests[i];
		if (mkdir(request->folder, 0777) != 0 && errno != EEXIST) {
			complain("cannot make \"%s\": %s", request->folder, strerror(errno));
			return EXIT_TROUBLE;
		}
		if (!export_kind(session, request))
			return EXIT_TROUBLE;
	}
	return EXIT_FINE;
}
