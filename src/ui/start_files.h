/* start_files.h - the lower half of the start screen: files that were opened, and others here.
 *
 * Rows are counted from 0: recent files, those of the folder, "Browse". */
#ifndef UI_START_FILES_H
#define UI_START_FILES_H

#include "ui/app.h"

uint32_t start_file_rows(const struct app *app);
/* Lines that it takes, of at most so many... */
int start_file_lines(const struct app *app, int most);
/* ...and draws them. */
void draw_start_files(struct app *app, struct canvas *canvas, int line, int most);
/* False: see error. */
bool open_start_file(struct app *app, uint32_t row, struct error *error);
/* From the list of recent ones. */
void remove_start_file(struct app *app, uint32_t row);
/* What the selected row is, in a line. */
void explain_start_row(const struct app *app, char *text, size_t room);

/* The row that a line shows, or what a click means there. */
void start_note_line(struct app *app, int line, uint32_t what);

void start_heading(struct canvas *canvas, int line, const char *left, const char *right);

#endif
