/* watched.h - a program on a terminal of its own, which libvterm emulates: what is typed, what is
 * seen, and every byte the program wrote. */
#ifndef TERMINAL_WATCHED_H
#define TERMINAL_WATCHED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* Wait at most so long for what a test expects: long, as the machine may be busy. */
enum { PATIENCE_MS = 15000 };

struct watched;

/* Runs `sh -c command` in a new session with a terminal of this size.  PEEL_TRACE is set. */
struct watched *watched_start(const char *command, int rows, int columns);
/* Hangs up, and kills what still runs after a second; false: something had to be killed. */
bool watched_end(struct watched *watched);
/* The process; 0: it has ended. */
pid_t watched_process(const struct watched *watched);

/* What the terminal answers when it is asked for its background, "ffff/ffff/ffff", and whether it gives
 * two cells to characters that others give one.  Right after watched_start(). */
void watched_answers(struct watched *watched, const char *background, bool wide);
/* Bytes as a terminal sends them. */
void watched_send_bytes(struct watched *watched, const char *bytes);

/* Takes in what the program writes, until nothing came for so long. */
void watched_settle(struct watched *watched, int quiet_ms);
/* Before that, keys might be lost.  False: the program has not taken the terminal over in time. */
bool watched_wait_begun(struct watched *watched);
/* Types keys by their names, separated by blanks, or "text" as it is.  Waits for each until the
 * program has acted on it and drawn.  False: it did not, or there is no such key. */
bool watched_type(struct watched *watched, const char *keys);
/* The same at once, without waiting. */
bool watched_send(struct watched *watched, const char *keys);
/* Button 1 is the left one, 4 and 5 turn the wheel up and down.  Waits as watched_type() does. */
bool watched_click(struct watched *watched, int row, int column, int button);
void watched_resize(struct watched *watched, int rows, int columns);

/* False: the screen did not show it in time. */
bool watched_wait_for(struct watched *watched, const char *text);
/* The exit status, or 128 + the signal; -1: it did not end in time. */
int watched_wait_end(struct watched *watched);

int watched_rows(const struct watched *watched);
int watched_columns(const struct watched *watched);
/* A row as UTF-8, without blanks at its end unless `whole`; valid until the fourth call from now.
 */
const char *watched_row(const struct watched *watched, int row, bool whole);
bool watched_shows(const struct watched *watched, const char *text);
/* In reverse, with a background or underlined: does the cell stand out? */
bool watched_stands_out(const struct watched *watched, int row, int column);
/* What a program changes of a terminal, and has to give back. */
struct terminal_state {
	bool alternate, cursor_hidden, mouse;
};
struct terminal_state watched_state(const struct watched *watched);
/* Are the line's modes as they were at the start? */
bool watched_same_modes(const struct watched *watched);

/* All that the program wrote. */
const uint8_t *watched_output(const struct watched *watched, size_t *length);
/* Prints the screen, as a comment. */
void watched_print(const struct watched *watched);

#endif
