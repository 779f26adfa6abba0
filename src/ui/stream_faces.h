/* stream_faces.h - what the faces of the stream view have in common; private to src/ui. */
#ifndef UI_STREAM_FACES_H
#define UI_STREAM_FACES_H

#include <stdio.h>

#include "ui/app.h"

enum { FACE_TEXT_ROOM = 600 };

struct stream_face_class {
	const char *title;
	/* Before it is drawn on so many rows and columns. */
	void (*settle)(struct view *view, struct app *app, int rows, int columns);
	void (*draw)(struct view *view, struct app *app, struct canvas *canvas);
	bool (*act)(struct view *view, struct app *app, enum action action, uint32_t count);
	/* How it is set, and where one is, for its title; the line about what is selected. */
	void (*set)(struct app *app, char *text, size_t room);
	void (*where)(struct view *view, struct app *app, char *text, size_t room);
	void (*explain)(struct app *app, char *text, size_t room);
	/* The packet at the cursor; 0: none. */
	uint32_t (*packet)(struct app *app);
	/* The row that was clicked on. */
	void (*pick)(struct view *view, struct app *app, int row);
	/* Its line, or what counts of it; NULL: it has no lines. */
	void (*copy)(struct app *app, bool whole, FILE *out);
	/* To a packet of the stream; NULL: it has no place for it. */
	void (*go)(struct app *app, uint32_t packet);
};

extern const struct stream_face_class ladder_face, text_face, summary_face, graph_face;

const struct stream_face_class *stream_face(const struct app *app);
/* Rows of the face, as it was last drawn. */
uint32_t face_rows(const struct view *view);
enum style style_of_side(enum ladder_side side);
enum style style_of_mark(enum mark mark);
/* What a segment means, in a sentence. */
void explain_segment(struct app *app, uint32_t segment, char *text, size_t room);
/* --- what the text is taken from --- */

/* Begins to follow what was asked for, or what is usual for such a stream. */
void reading_begin(struct app *app);
/* Something else to read; from another face, the text. */
void reading_act(struct app *app, enum action action);
/* Is there anything else to read in the stream?  Are there streams within what is read? */
bool stream_has_readings(const struct stream_screen *stream);
bool stream_has_inners(const struct stream_screen *stream);
/* What is read; "" if there is nothing else. */
void reading_text(const struct stream_screen *stream, char *text, size_t room);
/* Why there is no text. */
const char *stream_nothing_read(const struct stream_screen *stream);

/* --- of the text, done in steps --- */

/* Begins to follow what was said, if that was not done yet. */
void text_begin(struct app *app);
/* Nothing is followed, searched or saved any more. */
void text_forget(struct stream_screen *stream);
/* Where a packet's bytes stand, or it itself if it opens or ends the connection; false: it has no
 * place among what is shown. */
bool text_place_of(const struct stream_screen *stream, uint32_t packet, struct text_place *place);
/* The cursor goes to the packet that is wanted once that was followed.  Messages stand where they
 * are complete, which may be behind it. */
void text_go_to_wanted(struct app *app, int rows);
/* A place may be on no line any more, as what is shown was changed. */
void text_mend(const struct text_pager *pager, struct text_place *place);
/* Moves the top so that the cursor is among the rows, and none stays empty that need not. */
void text_scroll(struct text_pager *pager, uint32_t rows);
void text_find(struct app *app, const char *words);
/* What waited for the text. */
void text_find_begin(struct app *app);
void text_find_again(struct app *app, bool backwards);
/* True: there is more to do. */
bool text_search_more(struct app *app);
bool text_save_more(struct app *app);
void text_save_stop(struct stream_screen *stream);
/* False: nothing is being saved. */
bool text_save_progress(const struct stream_screen *stream, struct work_progress *progress);
void text_save_cancel(struct app *app);
/* enum follow_side as a bit set from enum ladder_side's. */
unsigned text_sides(const struct stream_screen *stream);

/* --- packets --- */

bool stream_has_packet(const struct app *app, uint32_t packet);
/* To a packet, which is gone to in the list if it is not in this stream. */
void stream_go(struct app *app, uint32_t packet);
/* Is one of the stream's marked, from the first to the last? */
bool stream_has_marked(const struct app *app, uint32_t first, uint32_t last);
/* False: the action is none of these. */
bool stream_act_on_marks(struct app *app, enum action action);
bool stream_copy(struct app *app, enum action action);

/* "both", "client", "server" */
const char *sides_text(unsigned sides);

#endif
