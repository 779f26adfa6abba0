/* export_objects.h - --export-objects in batch; private to src/cli. */
#ifndef CLI_EXPORT_OBJECTS_H
#define CLI_EXPORT_OBJECTS_H

#include "cli/options.h"
#include "session/session.h"

/* "http,FOLDER" */
extern const struct choices object_choices;
bool object_request_read(struct object_request *request, const char *text, struct error *error);
/* Saves what a capture that was scanned to its end holds; the exit status. */
int export_objects(const struct options *options, struct session *session);

#endif
