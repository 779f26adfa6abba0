/* copier.h - packets of one capture file into another; private to src/cli. */
#ifndef CLI_COPIER_H
#define CLI_COPIER_H

#include "capture/capture_writer.h"

struct copier;

struct copier *copier_open(const char *path, const struct capture_writing *how,
			   struct error *error);
/* A record of `file` with its comments, and what the file has said of names and secrets so far. */
bool copier_packet(struct copier *copier, const struct capture_file *file,
		   const struct record *record, const uint8_t *bytes, struct error *error);
/* The names of hosts that were told or found out; what the source says is copied anyway. */
bool copier_names(struct copier *copier, struct error *error);
bool copier_flush(struct copier *copier, struct error *error);
/* Completes the file under its name, and frees. */
bool copier_finish(struct copier *copier, const struct capture_file *file, struct error *error);
/* Throws away what was written; NULL is fine. */
void copier_abandon(struct copier *copier);

#endif
