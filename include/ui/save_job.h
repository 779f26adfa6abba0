/* save_job.h - saving the packets of a capture, a piece at a time, behind the screen. */
#ifndef UI_SAVE_JOB_H
#define UI_SAVE_JOB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "session/session.h"

struct save_job;

/* `count` packets, by their numbers, which it takes over; NULL: the first ones of the session.
 * ".pcap" in the name asks for that format. */
struct save_job *save_job_start(struct session *session, const char *path, uint32_t *packets,
				uint32_t count, struct error *error);
enum save_state { SAVE_GOES_ON, SAVE_DONE, SAVE_FAILED };
/* Some thousands of packets more; once it is not SAVE_GOES_ON, free the job. */
enum save_state save_job_step(struct save_job *job, struct error *error);
uint32_t save_job_done(const struct save_job *job);
uint32_t save_job_total(const struct save_job *job);
const char *save_job_path(const struct save_job *job);
/* Gives up what is not done. */
void save_job_free(struct save_job *job);

#endif
