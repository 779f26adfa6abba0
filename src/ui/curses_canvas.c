/* curses_canvas.c - the terminal, by ncurses: the only file that knows it.
 *
 * ncurses writes; what is typed is read from the descriptor and decoded by key_decoder.c, since
 * ncurses hands sequences that it does not know through as letters. */
#include "ui/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <term.h>
#undef columns /* a macro of term.h */

#include "base/arena.h"
#include "ui/signals.h"
#include "curses_styles.h"

#define MOUSE_ON  "\033[?1000h\033[?1002h\033[?1006h"
#define PASTE_ON  "\033[?2004h"
#define PASTE_OFF "\033[?2004l"

/* The colour of the background. */
#define ASK_BACKGROUND "\033]11;?\033\\"
/* Where the cursor is behind a character whose width no standard tells, at the left of line 1; what
 * is drawn then covers it. */
#define ASK_WIDTH "\0337\033[H─\033[6n\0338"

#define MOUSE_OFF "\033[?1006l\033[?1002l\033[?1000l"

static const int64_t ANSWER_LATE = INT64_C(1000000000); /* ns */

enum { LARGEST = 1000 };

struct terminal {
	SCREEN *curses;
	FILE *input, *output; /* input: of its own if standard input is the capture */
	struct screen screen;
	struct cell *shown; /* what the terminal has; as many cells as the screen */
	struct curses_styles styles;
	bool has_mouse, mouse, pastes;
	bool asks_position, asks_background;
	bool told_light, told; /* of its background */
	int64_t asked_at;      /* CLOCK_MONOTONIC, ns */
	char description[64];
};

/* --- what the terminal can do --- */

static bool any_set(const char *const names[], unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		const char *value = getenv(names[i]);

		if (value && *value)
			return true;
	}
	return false;
}

/* Without any locale, as in a container or under cron, most terminals still are UTF-8. */
static bool is_utf8(void)
{
	static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LANG" };

	setlocale(LC_CTYPE, any_set(names, 3) ? "" : "C.UTF-8");
	return !strcmp(nl_langinfo(CODESET), "UTF-8");
}

static enum glyphs choose_glyphs(const struct ui_options *options)
{
	const char *term = getenv("TERM");
	bool utf8 = is_utf8();

	if (options->ascii || !utf8)
		return GLYPHS_ASCII;
	return term && !strcmp(term, "linux") ? GLYPHS_CP437 : GLYPHS_UNICODE;
}

/* --- open and close --- */

static const char *capability(const char *name)
{
	char copy[16];

	snprintf(copy, sizeof copy, "%s", name);
	const char *text = tigetstr(copy);

	return text && text != (const char *)-1 ? text : "";
}

static void send(const struct terminal *terminal, const char *text)
{
	fputs(text, terminal->output);
	fflush(terminal->output);
}

/* Keys come from the terminal, even if standard input is the capture. */
static FILE *open_input(void)
{
	int fd = isatty(STDIN_FILENO) ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
				      : open("/dev/tty", O_RDONLY | O_CLOEXEC);
	FILE *input = fd >= 0 ? fdopen(fd, "r") : NULL;

	if (!input && fd >= 0)
		close(fd);
	return input;
}

/* "xterm-direct" for "xterm-256color", where COLORTERM says that the terminal has 24 bits; "": not.
 */
static void direct_name(const char *term, char name[80])
{
	static const char *const words[] = { "truecolor", "24bit" };
	const char *said = getenv("COLORTERM");
	bool has = false;

	name[0] = '\0';
	for (unsigned i = 0; said && i < 2; i++)
		has |= !strcmp(said, words[i]);
	if (has && term && !strstr(term, "-direct"))
		snprintf(name, 80, "%.*s-direct", (int)(strcspn(term, "-") % 60), term);
}

/* Asked first, as newterm() keeps memory of a type that it does not know. */
static bool is_known(const char *type)
{
	int problem;

	if (setupterm(type, STDOUT_FILENO, &problem) != OK)
		return false;
	del_curterm(cur_term);
	return true;
}

/* What ncurses knows nothing of has 256. */
static SCREEN *new_screen(FILE *output, FILE *input)
{
	const char *term = getenv("TERM");
	char direct[80];

	direct_name(term, direct);
	if (*direct && is_known(direct))
		return newterm(direct, output, input);
	if (is_known(term))
		return newterm(NULL, output, input);
	fprintf(stderr,
		"peel: terminal type \"%s\" is unknown. Using \"vt100\"; set TERM (such as "
		"xterm-256color) for colour.\n",
		term ? term : "");
	setenv("TERM", "vt100", 1);
	return newterm("vt100", output, input);
}

/* --- what it is asked --- */

static int64_t clock_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

/* Old terminals, and the Linux console, might show what they do not understand. */
static bool may_be_asked(void)
{
	static const char *const kinds[] = { "xterm", "tmux",	   "screen", "rxvt",
					     "foot",  "alacritty", "kitty",  "konsole",
					     "gnome", "vte",	   "st",     "wezterm" };
	const char *term = getenv("TERM");

	for (unsigned i = 0; term && i < sizeof kinds / sizeof kinds[0]; i++) {
		size_t n = strlen(kinds[i]);

		if (!strncmp(term, kinds[i], n) && (!term[n] || term[n] == '-'))
			return true;
	}
	return false;
}

/* It answers, if ever, as if it were typed; nobody waits for that. */
static void ask(struct terminal *terminal)
{
	terminal->pastes = may_be_asked();
	if (!terminal->pastes)
		return;
	terminal->asks_background = !terminal->styles.always_mono && !getenv("COLORFGBG");
	terminal->asks_position = terminal->screen.glyphs == GLYPHS_UNICODE;
	terminal->asked_at = clock_ns();
	send(terminal, PASTE_ON);
	if (terminal->asks_background)
		send(terminal, ASK_BACKGROUND);
	if (!terminal->asks_position)
		return;
	refresh(); /* on a screen of our own: what was there before stays as it was */
	send(terminal, ASK_WIDTH);
	terminal_forget(terminal);
}

bool terminal_asks_position(const struct terminal *terminal)
{
	return terminal->asks_position;
}

/* Of 1 to 4 hexadecimal digits. */
static double part_of_white(const char *digits)
{
	return (double)strtoul(digits, NULL, 16) / (double)((1ul << 4 * strlen(digits)) - 1);
}

static bool take_background(struct terminal *terminal, const char *text)
{
	char red[5], green[5], blue[5];

	if (!terminal->asks_background ||
	    sscanf(text, "11;rgb:%4[0-9a-fA-F]/%4[0-9a-fA-F]/%4[0-9a-fA-F]", red, green, blue) != 3)
		return false;
	bool was_light = terminal->told ? terminal->told_light : curses_says_light();

	terminal->asks_background = false;
	terminal->told = true;
	terminal->told_light = 0.3 * part_of_white(red) + 0.59 * part_of_white(green) +
				       0.11 * part_of_white(blue) >
			       0.5;
	return terminal->told_light != was_light;
}

static bool take_position(struct terminal *terminal, const char *text)
{
	unsigned row, column;

	if (!terminal->asks_position || sscanf(text, "position %u %u", &row, &column) != 2)
		return false;
	terminal->asks_position = false;
	if (row != 1 || column != 3)
		return false;
	/* Lines would be twice as long as they are meant to be. */
	terminal->screen.glyphs = GLYPHS_ASCII;
	return true;
}

bool terminal_answer(struct terminal *terminal, const char *text)
{
	/* Who has begun to read should not see the colours change. */
	if (clock_ns() - terminal->asked_at > ANSWER_LATE)
		return false;
	return take_background(terminal, text) || take_position(terminal, text);
}

/* `modes` are from before newterm(), which changes them. */
static void guard(const struct terminal *terminal, const struct termios *modes)
{
	char restore[200];

	snprintf(restore, sizeof restore, "%s%s%s%s%s", may_be_asked() ? PASTE_OFF : "",
		 terminal->has_mouse ? MOUSE_OFF : "", capability("sgr0"), capability("cnorm"),
		 capability("rmcup"));
	signals_guard_terminal(fileno(terminal->output), modes, restore);
}

struct terminal *terminal_open(const struct ui_options *options, struct error *error)
{
	struct terminal *terminal = must_zeroed(1, sizeof *terminal);

	terminal->screen.glyphs = choose_glyphs(options);
	terminal->output = stdout;
	terminal->input = open_input();
	if (!terminal->input) {
		free(terminal);
		error_set(error, "no terminal to read keys from (/dev/tty: %s)", strerror(errno));
		return NULL;
	}
	/* The size is asked for by us, at each SIGWINCH. */
	use_env(FALSE);
	use_tioctl(TRUE);
	struct termios modes;
	bool has_modes = !tcgetattr(fileno(terminal->output), &modes);

	terminal->curses = new_screen(terminal->output, terminal->input);
	if (!terminal->curses) {
		fclose(terminal->input);
		free(terminal);
		error_set(error, "the terminal cannot be used");
		return NULL;
	}
	terminal->has_mouse = *capability("kmous");
	if (has_modes)
		guard(terminal, &modes);
	raw();
	noecho();
	nonl();
	curses_styles_begin(&terminal->styles, options->mono);
	terminal_resize(terminal);
	terminal_theme(terminal, NULL);
	ask(terminal);
	terminal_mouse(terminal, !options->no_mouse);
	return terminal;
}

void terminal_close(struct terminal *terminal)
{
	if (!terminal)
		return;
	terminal_mouse(terminal, false);
	if (terminal->pastes)
		send(terminal, PASTE_OFF);
	endwin();
	signals_unguard_terminal();
	delscreen(terminal->curses);
	fclose(terminal->input);
	screen_free(&terminal->screen);
	free(terminal->shown);
	free(terminal);
}

void terminal_mouse(struct terminal *terminal, bool on)
{
	if (terminal->has_mouse && on != terminal->mouse)
		send(terminal, on ? MOUSE_ON : MOUSE_OFF);
	terminal->mouse = on;
}

/* --- how it looks --- */

static void describe(struct terminal *terminal)
{
	const char *encoding = terminal->screen.glyphs == GLYPHS_UNICODE ? "UTF-8"
			       : terminal->screen.glyphs == GLYPHS_CP437 ? "CP437"
									 : "ASCII";
	char colours[COLOURS_ROOM];

	curses_colours_text(&terminal->styles, colours);
	snprintf(terminal->description, sizeof terminal->description, "%s, %s", encoding, colours);
}

void terminal_theme(struct terminal *terminal, const struct theme *theme)
{
	curses_styles_of(&terminal->styles, theme,
			 terminal->told ? terminal->told_light : curses_says_light());
	terminal->screen.mono = terminal->styles.mono;
	describe(terminal);
	terminal_forget(terminal);
}

void terminal_rules(struct terminal *terminal, const struct style_look *looks, unsigned count)
{
	curses_styles_of_rules(&terminal->styles, looks, count);
	terminal_forget(terminal);
}

/* --- showing --- */

struct screen *terminal_screen(struct terminal *terminal)
{
	return &terminal->screen;
}

void terminal_forget(struct terminal *terminal)
{
	struct screen *screen = &terminal->screen;
	size_t count = (size_t)screen->rows * (size_t)screen->columns;

	for (size_t i = 0; i < count; i++)
		terminal->shown[i] = (struct cell){ .columns = 0xff };
	clearok(stdscr, TRUE);
}

void terminal_resize(struct terminal *terminal)
{
	struct winsize size = { .ws_row = 24, .ws_col = 80 };

	if (ioctl(fileno(terminal->output), TIOCGWINSZ, &size) || !size.ws_row || !size.ws_col) {
		size.ws_row = 24;
		size.ws_col = 80;
	}
	int rows = size.ws_row < LARGEST ? size.ws_row : LARGEST;
	int columns = size.ws_col < LARGEST ? size.ws_col : LARGEST;

	resizeterm(rows, columns);
	screen_resize(&terminal->screen, rows, columns);
	terminal->shown = must_resize(terminal->shown, (size_t)rows * (size_t)columns,
				      sizeof *terminal->shown);
	terminal_forget(terminal);
}

static void put_cell(const struct terminal *terminal, int row, int column, const struct cell *cell)
{
	wchar_t text[CELL_MARKS + 2] = { (wchar_t)cell->code };
	short pair = terminal->styles.pairs[cell->style];
	cchar_t character;

	for (unsigned i = 0; i < CELL_MARKS; i++)
		text[i + 1] = (wchar_t)cell->marks[i];
	setcchar(&character, text, terminal->styles.attributes[cell->style], pair, NULL);
	mvadd_wch(row, column, &character);
}

void terminal_show(struct terminal *terminal)
{
	const struct screen *screen = &terminal->screen;

	for (int row = 0; row < screen->rows; row++) {
		size_t start = (size_t)row * (size_t)screen->columns;

		for (int column = 0; column < screen->columns; column++) {
			const struct cell *cell = &screen->cells[start + (size_t)column];
			struct cell *shown = &terminal->shown[start + (size_t)column];

			if (!memcmp(cell, shown, sizeof *cell))
				continue;
			*shown = *cell;
			if (cell->code)
				put_cell(terminal, row, column, cell);
		}
	}
	move(screen->cursor_row, screen->cursor_column);
	refresh();
}

/* --- the clipboard --- */

/* RFC 4648 */
static void put_base64(FILE *out, const uint8_t *bytes, size_t n)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < n; i += 3) {
		uint32_t group = (uint32_t)bytes[i] << 16 |
				 (i + 1 < n ? (uint32_t)bytes[i + 1] << 8 : 0) |
				 (i + 2 < n ? bytes[i + 2] : 0u);

		putc(digits[group >> 18], out);
		putc(digits[group >> 12 & 63], out);
		putc(i + 1 < n ? digits[group >> 6 & 63] : '=', out);
		putc(i + 2 < n ? digits[group & 63] : '=', out);
	}
}

/* GNU screen passes on what is wrapped in its own string. */
void terminal_copy(struct terminal *terminal, const char *text)
{
	const char *term = getenv("TERM");
	bool wrapped = term && !strncmp(term, "screen", 6) && !getenv("TMUX");

	fputs(wrapped ? "\033P\033]52;c;" : "\033]52;c;", terminal->output);
	put_base64(terminal->output, (const uint8_t *)text, strlen(text));
	fputs(wrapped ? "\a\033\\" : "\a", terminal->output);
	fflush(terminal->output);
}

/* --- the shell --- */

void terminal_suspend(struct terminal *terminal)
{
	struct sigaction stop = { .sa_handler = SIG_DFL }, ours;
	bool mouse = terminal->mouse;

	terminal_mouse(terminal, false);
	if (terminal->pastes)
		send(terminal, PASTE_OFF);
	endwin();
	sigemptyset(&stop.sa_mask);
	sigaction(SIGTSTP, &stop, &ours);
	kill(0, SIGTSTP); /* the whole job: the shell waits for all of it */
	sigaction(SIGTSTP, &ours, NULL);
	terminal_resize(terminal);
	if (terminal->pastes)
		send(terminal, PASTE_ON);
	terminal_mouse(terminal, mouse);
}

int terminal_input(const struct terminal *terminal)
{
	return fileno(terminal->input);
}

const char *terminal_description(const struct terminal *terminal)
{
	return terminal->description;
}

const char *ui_library_version(void)
{
	return curses_version();
}
