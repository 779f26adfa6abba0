/* memory_screen.c - cells read back as UTF-8. */
#include "support/memory_screen.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "ui/key.h"

enum { ROW_ROOM = 1 << 14, ROWS_KEPT = 4 };

struct screen memory_screen(int rows, int columns)
{
	struct screen screen = { 0 };

	setlocale(LC_CTYPE, "C.UTF-8");
	screen_resize(&screen, rows, columns);
	return screen;
}

struct canvas memory_canvas(struct screen *screen)
{
	return canvas_on(screen, (struct rect){ 0, 0, screen->rows, screen->columns });
}

static size_t put(char *out, uint32_t code)
{
	char text[KEY_NAME_ROOM];

	if (code == ' ') {
		out[0] = ' ';
		return 1;
	}
	key_name(code, text); /* a character is its own name */
	memcpy(out, text, strlen(text));
	return strlen(text);
}

const char *screen_row(const struct screen *screen, int row)
{
	static char rows[ROWS_KEPT][ROW_ROOM];
	static unsigned next;
	char *text = rows[next++ % ROWS_KEPT];
	size_t used = 0;

	for (int column = 0; column < screen->columns; column++) {
		const struct cell *cell = &screen->cells[row * screen->columns + column];

		if (cell->code)
			used += put(text + used, cell->code);
		for (unsigned i = 0; i < CELL_MARKS && cell->marks[i]; i++)
			used += put(text + used, cell->marks[i]);
	}
	while (used && text[used - 1] == ' ')
		used--;
	text[used] = 0;
	return text;
}

int screen_find(const struct screen *screen, const char *text)
{
	for (int row = 0; row < screen->rows; row++)
		if (strstr(screen_row(screen, row), text))
			return row;
	return -1;
}

void screen_print(const struct screen *screen)
{
	for (int row = 0; row < screen->rows; row++)
		fprintf(stderr, "# |%s\n", screen_row(screen, row));
}

enum style screen_style(const struct screen *screen, int row, int column)
{
	return (enum style)screen->cells[row * screen->columns + column].style;
}
