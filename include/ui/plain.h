/* plain.h - the screen as a screen reader wants it (--plain): one pane, nothing drawn by
 * characters, and sentences. */
#ifndef UI_PLAIN_H
#define UI_PLAIN_H

#include <stddef.h>
#include <stdint.h>

struct app;
struct ladder_line;

/* "Packet 40 of 238, HTTP from 198.51.100.10 to 203.0.113.10, 157 bytes: HEAD / HTTP/1.1" */
void plain_packet(struct app *app, char *text, size_t room);
/* "#6 server to client: FIN, ACK, sequence 2903, acknowledges 539; server closes" */
void plain_ladder_row(const struct app *app, uint32_t row, const struct ladder_line *line,
		      char *text, size_t room);

#endif
