/* app_capture.h - the capture: opened, read on, captured live, read anew, saved or lost. */
#ifndef UI_APP_CAPTURE_H
#define UI_APP_CAPTURE_H

#include "ui/app.h"

/* Opens a file, or captures; what was open is closed.  False: see error, nothing has changed. */
bool app_open(struct app *app, const char *path, struct error *error);
/* Several are merged by time. */
bool app_open_files(struct app *app, char *const *paths, unsigned count, struct error *error);
bool app_capture(struct app *app, const struct live_options *options, struct error *error);
void app_close(struct app *app);
/* Shows a file that was opened, in place of nothing; from here on it belongs to the session. */
bool app_look_at(struct app *app, struct capture_file *file, struct error *error);
void app_live_end(struct app *app);
void app_live_news(struct app *app);
/* Without asking whether packets may be lost by it. */
void app_restart_now(struct app *app);
bool app_act_on_capture(struct app *app, enum action action);
/* Reads the capture anew from its beginning, after `change`, while no thread reads packets: marks
 * and what is selected stay.  False: it cannot be read again, and nothing has changed. */
bool app_rescan(struct app *app, void (*change)(void *owner), void *owner, struct error *error);
/* The two halves of it, for a capture that is not the one changed. */
bool app_can_read_again(struct app *app, struct error *error);
void app_suspend_reading(struct app *app);
bool app_resume_reading(struct app *app, struct error *error);
/* Looks for interfaces and files to offer. */
void app_start_screen(struct app *app);
/* Reads no further, for now; false: there is no more to read, or the capture goes on by itself. */
void app_stop_reading(struct app *app);
bool app_read_on(struct app *app);
/* Reads on if the file has been written to since it was read. */
void app_look_for_growth(struct app *app);
/* Something can be read from the scanner or the capture. */
void app_news(struct app *app);

/* ":skip", ":skip all": goes on behind damage. */
void app_skip(struct app *app, const char *rest);
/* Shows no packet that comes, though they are captured and read; or all of them again. */
void app_freeze(struct app *app);
void app_thaw(struct app *app);
/* Those that were read, shown or not. */
uint32_t app_packets_read(const struct app *app);
/* Packets that were lost while capturing, between a row's and the one shown before it. */
uint64_t app_lost_before(const struct app *app, uint32_t row);
/* The SHA-256 of its files, by a thread that is looked after now and then. */
void app_start_digest(struct app *app);
void app_forget_digest(struct app *app);
int64_t app_digest_time(const struct app *app);
void app_digest_more(struct app *app);
/* Is the capture filter of the start screen valid? */
void app_check_filter(struct app *app);
/* What is wrong with the file; "": nothing is known yet. */
const char *app_problem(const struct app *app);
/* Is the capture going on? */
bool app_is_live(const struct app *app);
/* May more packets come? */
bool app_can_grow(const struct app *app);
bool app_has_unsaved(const struct app *app);
/* The share of the file that was read, in percent; -1: not known. */
int app_progress(const struct app *app);
const char *app_name(const struct app *app);

#endif
