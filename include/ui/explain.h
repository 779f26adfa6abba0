/* explain.h - what is selected, in one line. */
#ifndef UI_EXPLAIN_H
#define UI_EXPLAIN_H

#include <stddef.h>

#include "ui/app.h"

/* "tcp.flags == 0x018   12 bits at byte 46, mask 0x0fff"; "": nothing is selected. */
void explain_field(struct packet_focus *focus, char *text, size_t room);

/* "udp.checksum.zero   Illegal checksum value (0)": the finding selected, whole. */
void explain_finding(struct app *app, char *text, size_t room);

/* "tcp.stream == 3": the display filter that Enter on a row of statistics sets. */
void explain_statistics(struct app *app, char *text, size_t room);
/* Which packet Enter goes to in the graph. */
void explain_io_graph(struct app *app, char *text, size_t room);

#endif
