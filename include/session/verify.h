/* verify.h - verdicts on all subjects of a capture: --verify.
 *
 * A kind of verification is a row of `verify_kinds`.  It may watch the first pass.  Its run() goes
 * through the capture, or what it saw of it, fills run->verdict for each subject (see verdict.h)
 * and calls verify_tell(). */
#ifndef SESSION_VERIFY_H
#define SESSION_VERIFY_H

#include <stdbool.h>
#include <stdint.h>

#include "session/session.h"
#include "session/verdict.h"

struct filter;
struct verify_run;

struct verify_kind {
	const char *name;		/* "dns": what --verify is given */
	const char *subject, *subjects; /* "lookup", "lookups" */
	const struct rule *rules;	/* all that can fire; ends with a row without id */
	/* What it keeps of the first pass, which is about to begin: run->watched; NULL: nothing. */
	void *(*watch)(struct session *session);
	void (*forget)(void *watched);
	void (*run)(struct verify_run *run);
};

/* Ends with NULL. */
extern const struct verify_kind *const verify_kinds[];
/* NULL: there is none of that name. */
const struct verify_kind *verify_kind_named(const char *name);

struct verify_counts {
	uint32_t subjects;
	uint32_t of[OUTCOMES];
};

/* Something unsaid for less than this before the capture's end may still have been said later. */
#define VERIFY_PATIENCE_NS INT64_C(1000000000)

struct verify_run {
	/* Given. */
	struct session *session;
	const struct verify_kind *kind;
	/* Told of each subject in order of its first packet; false: stop.  NULL: only count. */
	bool (*tell)(void *owner, const struct verdict *verdict);
	void *owner;
	uint64_t lost; /* packets that the capture is known to lack */

	/* Made. */
	struct verdict verdict; /* of the subject at hand; `chosen` and `wants_details` are given */
	struct verify_counts counts;
	bool stopped;
	void *watched;
	uint8_t *chosen;	   /* verdict.chosen's memory */
	int64_t first_ns, last_ns; /* of the capture: its earliest and latest packet */
};

/* Before the session is scanned. */
void verify_init(struct verify_run *run, struct session *session, const struct verify_kind *kind);
void verify_free(struct verify_run *run);
/* After that, as all that follows.  Only subjects with a packet that passes are told and counted.
 */
void verify_choose(struct verify_run *run, const struct filter *filter);
/* Sets first_ns and last_ns, for who judges single subjects; verify_run() does it itself. */
void verify_find_bounds(struct verify_run *run);
/* Goes through all subjects. */
void verify_run(struct verify_run *run);
/* For kinds: run->verdict is complete.  False: stop. */
bool verify_tell(struct verify_run *run);
/* Does the capture end less than VERIFY_PATIENCE_NS after this time? */
bool verify_ends_soon_after(const struct verify_run *run, int64_t ns);
/* Packets that the file itself says were lost. */
uint64_t verify_lost_by_file(const struct capture_file *file);
/* Of the whole capture: undecidable if there is no subject. */
enum outcome verify_outcome(const struct verify_counts *counts);

#endif
