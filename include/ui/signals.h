/* signals.h - signals as bytes in a pipe, and the terminal given back when peel crashes. */
#ifndef UI_SIGNALS_H
#define UI_SIGNALS_H

#include <stdbool.h>

struct termios;

/* Readable when a signal came; -1: no pipe could be had. */
int signals_begin(void);
/* The next signal that came; 0: none. */
int signals_next(void);
void signals_end(void);

/* What to write to the terminal `fd` before dying, and the modes to give it again. */
void signals_guard_terminal(int fd, const struct termios *modes, const char *restore);
void signals_unguard_terminal(void);
/* The file that a live capture grows in: said after a crash, as it is kept then.  NULL: none. */
void signals_name_packets(const char *path);

#endif
