/* export_objects.c - --export-objects: all objects of a kind into a folder. */
#include "export_objects.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "batch_print.h"
#include "session/objects.h"

enum { STEP = 1 << 16, PATH_ROOM = 4096 };

bool object_request_read(struct object_request *request, const char *text, struct error *error)
{
	const char *comma = strchr(text, ',');
	struct error kinds = { "" };
	char name[32];

	for (unsigned i = 0; object_kinds[i]; i++)
		error_set(&kinds, "%s%s%s", kinds.text, i ? ", " : "", object_kinds[i]);
	if (!comma || !comma[1])
		return error_set(error,
				 "\"--export-objects\" are specified as: <protocol>,<destdir>; the "
				 "protocol is one of: %s",
				 kinds.text);
	snprintf(name, sizeof name, "%.*s", (int)(comma - text), text);
	request->kind = object_kind_named(name);
	request->folder = comma + 1;
	return request->kind || error_set(error, "--export-objects knows no \"%s\"; it exports: %s",
					  name, kinds.text);
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
