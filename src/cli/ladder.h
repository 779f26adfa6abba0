/* ladder.h - --ladder in batch: what was asked for, and printing it; private to src/cli. */
#ifndef CLI_LADDER_H
#define CLI_LADDER_H

#include "cli/options.h"
#include "session/session.h"

/* "3", "udp,0,mermaid", "3,text,100" */
bool ladder_request_read(struct ladder_request *request, const char *text, struct error *error);
/* Prints a ladder of a capture that was scanned to its end; the exit status. */
int ladder_of_session(const struct options *options, struct session *session);

#endif
