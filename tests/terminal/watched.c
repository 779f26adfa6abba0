/* watched.c - a pseudo terminal, libvterm, and the program's own word on when it has drawn. */
#include "terminal/watched.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

#include "base/text.h"
#include "ui/key.h"

enum {
	TRACE_FD = 9,
	ROW_ROOM = 1 << 14,
	ROWS_KEPT = 4,
	STEP_MS = 5,
	ESCAPE_MS = 40
};

struct watched {
	int pty, trace;
	pid_t process;
	int status; /* of waitpid(), once process is 0 */
	VTerm *terminal;
	VTermScreen *screen;
	struct terminal_state state;
	struct termios modes;
	int rows, columns;
	uint8_t *output;
	size_t length, room;
	unsigned drawn; /* keys, or several at once, that were drawn after */
	bool begun, closed;
	char sequence[32]; /* CSI, as far as it came */
	unsigned held;
	char last; /* the character before it */
	const char *background; /* it is told when asked; NULL: it is not */
	bool wide;
	unsigned asked; /* bytes of the question that have come */
};

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* --- the terminal --- */

static int on_property(VTermProp property, VTermValue *value, void *user)
{
	struct watched *w = user;

	if (property == VTERM_PROP_ALTSCREEN)
		w->state.alternate = value->boolean;
	else if (property == VTERM_PROP_CURSORVISIBLE)
		w->state.cursor_hidden = !value->boolean;
	else if (property == VTERM_PROP_MOUSE)
		w->state.mouse = value->number != VTERM_PROP_MOUSE_NONE;
	return 1;
}

static void write_all(int fd, const char *bytes, size_t length)
{
	while (length) {
		ssize_t n = write(fd, bytes, length);

		if (n < 0 && errno != EINTR && errno != EAGAIN)
			return;
		if (n < 0)
			continue;
		bytes += n;
		length -= (size_t)n;
	}
}

static void on_answer(const char *bytes, size_t length, void *user)
{
	const struct watched *w = user;

	if (w->wide && length == 6 && !memcmp(bytes, "\033[1;2R", 6))
		bytes = "\033[1;3R";
	write_all(((struct watched *)user)->pty, bytes, length);
}

static const VTermScreenCallbacks callbacks = { .settermprop = on_property };

static void open_terminal(struct watched *w)
{
	w->terminal = vterm_new(w->rows, w->columns);
	vterm_set_utf8(w->terminal, 1);
	vterm_output_set_callback(w->terminal, on_answer, w);
	w->screen = vterm_obtain_screen(w->terminal);
	vterm_screen_enable_altscreen(w->screen, 1);
	vterm_screen_set_callbacks(w->screen, &callbacks, w);
	vterm_screen_reset(w->screen, 1);
}

/* libvterm 0.1 puts one character too many on the next line after REP in the last columns. */
static void expand_repetition(struct watched *w)
{
	unsigned n = 1;
	char end = 0;

	if (sscanf(w->sequence + 2, "%u%c", &n, &end) < 2 || end != 'b' || n > 1000) {
		vterm_input_write(w->terminal, w->sequence, w->held);
		return;
	}
	while (n--)
		vterm_input_write(w->terminal, &w->last, 1);
}

static void answer_background(struct watched *w, char byte)
{
	static const char question[] = "\033]11;?\033\\";
	char answer[80];

	w->asked = byte == question[w->asked] ? w->asked + 1 : byte == question[0];
	if (question[w->asked])
		return;
	w->asked = 0;
	if (w->background)
		write_all(w->pty, answer,
			  (size_t)snprintf(answer, sizeof answer, "\033]11;rgb:%s\033\\",
					   w->background));
}

static void feed(struct watched *w, char byte)
{
	answer_background(w, byte);
	bool begins = !w->held && byte == '\033';
	bool goes_on = w->held == 1  ? byte == '['
		       : w->held > 1 ? byte < '@' && w->held < sizeof w->sequence - 2
				     : begins;

	if (!w->held && !begins) {
		w->last = byte;
		vterm_input_write(w->terminal, &byte, 1);
		return;
	}
	w->sequence[w->held++] = byte;
	w->sequence[w->held] = 0;
	if (goes_on)
		return;
	expand_repetition(w);
	w->held = 0;
}

/* --- the program --- */

static void become(const char *command, int trace)
{
	char number[8];

	dup2(trace, TRACE_FD);
	snprintf(number, sizeof number, "%d", TRACE_FD);
	setenv("PEEL_TRACE", number, 1);
	execl("/bin/sh", "sh", "-c", command, (char *)NULL);
	_exit(127);
}

struct watched *watched_start(const char *command, int rows, int columns)
{
	struct watched *w = calloc(1, sizeof *w);
	struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns };
	int trace[2];

	if (!w || pipe2(trace, O_CLOEXEC) || prctl(PR_SET_CHILD_SUBREAPER, 1))
		abort();
	w->rows = rows;
	w->columns = columns;
	w->process = forkpty(&w->pty, NULL, NULL, &size);
	if (w->process < 0)
		abort();
	if (!w->process)
		become(command, trace[1]);
	close(trace[1]);
	w->trace = trace[0];
	fcntl(w->trace, F_SETFL, O_NONBLOCK);
	fcntl(w->pty, F_SETFD, FD_CLOEXEC);
	tcgetattr(w->pty, &w->modes);
	open_terminal(w);
	return w;
}

static void reap(struct watched *w, int flags)
{
	if (w->process && waitpid(w->process, &w->status, flags) == w->process)
		w->process = 0;
}

pid_t watched_process(const struct watched *w)
{
	return w->process;
}

static bool has_raw_line(const struct watched *w)
{
	struct termios modes;

	return !tcgetattr(w->pty, &modes) && !(modes.c_lflag & ICANON);
}

static void take_output(struct watched *w)
{
	char bytes[1 << 14];
	ssize_t n = read(w->pty, bytes, sizeof bytes);

	if (n <= 0) {
		w->closed = n == 0 || errno == EIO;
		return;
	}
	if (w->length + (size_t)n > w->room) {
		w->room = 2 * w->room + sizeof bytes;
		w->output = realloc(w->output, w->room);
		if (!w->output)
			abort();
	}
	memcpy(w->output + w->length, bytes, (size_t)n);
	w->length += (size_t)n;
	for (ssize_t i = 0; i < n; i++)
		feed(w, bytes[i]);
	/* What is drawn first is complete when its last row is there. */
	w->begun = w->begun || (has_raw_line(w) && watched_row(w, w->rows - 1, false)[0]);
}

static void take_trace(struct watched *w)
{
	char bytes[4096];
	ssize_t n = read(w->trace, bytes, sizeof bytes);

	for (ssize_t i = 0; i < n; i++)
		w->drawn += bytes[i] == '\n';
}

/* Waits for more, at most so long; false: nothing came. */
static bool take_some(struct watched *w, int ms)
{
	struct pollfd fds[] = { { .fd = w->closed ? -1 : w->pty, .events = POLLIN },
				{ .fd = w->trace, .events = POLLIN } };

	if (poll(fds, 2, ms) <= 0)
		return false;
	if (fds[0].revents)
		take_output(w);
	if (fds[1].revents & POLLIN)
		take_trace(w);
	else if (fds[1].revents && !fds[0].revents)
		poll(NULL, 0, ms < STEP_MS ? ms : STEP_MS);
	return fds[0].revents || fds[1].revents & POLLIN;
}

void watched_settle(struct watched *w, int quiet_ms)
{
	while (!w->closed && take_some(w, quiet_ms))
		;
}

bool watched_wait_begun(struct watched *w)
{
	int64_t until = now_ms() + PATIENCE_MS;

	/* A key that moves does nothing yet where there are no packets. */
	while ((!w->begun || watched_shows(w, "reading")) && !w->closed && now_ms() < until)
		take_some(w, STEP_MS);
	return w->begun;
}

/* --- keys --- */

static bool send_named(struct watched *w, uint32_t key)
{
	static const struct {
		uint32_t key;
		VTermKey sent;
	} table[] = {
		{ KEY_TAB, VTERM_KEY_TAB },	   { KEY_ENTER, VTERM_KEY_ENTER },
		{ KEY_ESCAPE, VTERM_KEY_ESCAPE },  { KEY_BACKSPACE, VTERM_KEY_BACKSPACE },
		{ KEY_UP, VTERM_KEY_UP },	   { KEY_DOWN, VTERM_KEY_DOWN },
		{ KEY_LEFT, VTERM_KEY_LEFT },	   { KEY_RIGHT, VTERM_KEY_RIGHT },
		{ KEY_HOME, VTERM_KEY_HOME },	   { KEY_END, VTERM_KEY_END },
		{ KEY_PAGE_UP, VTERM_KEY_PAGEUP }, { KEY_PAGE_DOWN, VTERM_KEY_PAGEDOWN },
		{ KEY_INSERT, VTERM_KEY_INS },	   { KEY_DELETE, VTERM_KEY_DEL },
	};
	unsigned modifiers = (key & KEY_SHIFT ? VTERM_MOD_SHIFT : 0u) |
			     (key & KEY_ALT ? VTERM_MOD_ALT : 0u) |
			     (key & KEY_CONTROL ? VTERM_MOD_CTRL : 0u);
	VTermKey sent = VTERM_KEY_NONE;

	key &= ~(uint32_t)(KEY_SHIFT | KEY_ALT | KEY_CONTROL);
	if (key == KEY_BACK_TAB) {
		write_all(w->pty, "\033[Z", 3);
		return true;
	}
	for (unsigned i = 0; i < sizeof table / sizeof table[0]; i++)
		if (table[i].key == key)
			sent = table[i].sent;
	if (key >= KEY_F1 && key <= KEY_F12)
		sent = (VTermKey)VTERM_KEY_FUNCTION(key - KEY_F1 + 1);
	if (sent != VTERM_KEY_NONE)
		vterm_keyboard_key(w->terminal, sent, (VTermModifier)modifiers);
	else if (key < 0x20)
		write_all(w->pty, (char[]){ (char)key }, 1);
	else if (key < KEY_UP)
		vterm_keyboard_unichar(w->terminal, key, (VTermModifier)modifiers);
	else
		return false;
	return true;
}

/* One key as it is drawn after; false: it was not. */
static bool wait_drawn(struct watched *w, unsigned before)
{
	int64_t until = now_ms() + PATIENCE_MS;

	while (w->drawn == before && !w->closed && now_ms() < until)
		take_some(w, STEP_MS);
	return w->drawn != before || w->closed;
}

static bool send_key(struct watched *w, uint32_t key, bool waits)
{
	unsigned before = w->drawn;

	if (!send_named(w, key) || (waits && !wait_drawn(w, before)))
		return false;
	/* What follows too soon would make it the key of an Alt. */
	if (key == KEY_ESCAPE && waits)
		poll(NULL, 0, ESCAPE_MS);
	return true;
}

/* The characters up to the second quotation mark. */
static bool send_text(struct watched *w, const char **keys, bool waits)
{
	const char *p = *keys + 1;
	const char *end = strchr(p, '"');

	if (!end)
		return false;
	while (p < end) {
		uint32_t code = 0;
		unsigned n = text_character((const uint8_t *)p, (size_t)(end - p), &code);

		if (!n || !send_key(w, code, waits))
			return false;
		p += n;
	}
	*keys = end + 1;
	return true;
}

static bool send_all(struct watched *w, const char *keys, bool waits)
{
	while (*keys) {
		if (*keys == ' ') {
			keys++;
			continue;
		}
		if (*keys == '"') {
			if (!send_text(w, &keys, waits))
				return false;
			continue;
		}
		if (!send_key(w, key_parse(&keys, strcspn(keys, " ")), waits))
			return false;
	}
	return true;
}

bool watched_type(struct watched *w, const char *keys)
{
	return send_all(w, keys, true);
}

void watched_answers(struct watched *w, const char *background, bool wide)
{
	w->background = background;
	w->wide = wide;
}

void watched_send_bytes(struct watched *w, const char *bytes)
{
	write_all(w->pty, bytes, strlen(bytes));
}

bool watched_send(struct watched *w, const char *keys)
{
	return send_all(w, keys, false);
}

bool watched_click(struct watched *w, int row, int column, int button)
{
	unsigned before = w->drawn;

	vterm_mouse_move(w->terminal, row, column, VTERM_MOD_NONE);
	vterm_mouse_button(w->terminal, button, true, VTERM_MOD_NONE);
	if (button < 4)
		vterm_mouse_button(w->terminal, button, false, VTERM_MOD_NONE);
	return wait_drawn(w, before);
}

void watched_resize(struct watched *w, int rows, int columns)
{
	struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns };

	w->rows = rows;
	w->columns = columns;
	vterm_set_size(w->terminal, rows, columns);
	ioctl(w->pty, TIOCSWINSZ, &size);
}

/* --- what is seen --- */

int watched_rows(const struct watched *w)
{
	return w->rows;
}

int watched_columns(const struct watched *w)
{
	return w->columns;
}

static size_t put(char *out, uint32_t code)
{
	char text[KEY_NAME_ROOM];

	if (code <= ' ') {
		out[0] = ' ';
		return 1;
	}
	key_name(code, text); /* a character is its own name */
	memcpy(out, text, strlen(text));
	return strlen(text);
}

const char *watched_row(const struct watched *w, int row, bool whole)
{
	static char rows[ROWS_KEPT][ROW_ROOM];
	static unsigned next;
	char *text = rows[next++ % ROWS_KEPT];
	size_t used = 0;

	for (int column = 0; column < w->columns && used < ROW_ROOM - 200;) {
		VTermScreenCell cell = { .width = 1 };

		vterm_screen_get_cell(w->screen, (VTermPos){ row, column }, &cell);
		used += put(text + used, cell.chars[0]);
		for (unsigned i = 1; cell.chars[0] && i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i];
		     i++)
			used += put(text + used, cell.chars[i]);
		column += cell.width > 1 ? cell.width : 1;
	}
	while (!whole && used && text[used - 1] == ' ')
		used--;
	text[used] = 0;
	return text;
}

bool watched_shows(const struct watched *w, const char *text)
{
	for (int row = 0; row < w->rows; row++)
		if (strstr(watched_row(w, row, true), text))
			return true;
	return false;
}

bool watched_stands_out(const struct watched *w, int row, int column)
{
	VTermScreenCell cell = { .width = 1 };

	vterm_screen_get_cell(w->screen, (VTermPos){ row, column }, &cell);
	return cell.attrs.reverse || cell.attrs.underline || !VTERM_COLOR_IS_DEFAULT_BG(&cell.bg);
}

bool watched_wait_for(struct watched *w, const char *text)
{
	int64_t until = now_ms() + PATIENCE_MS;

	while (!watched_shows(w, text)) {
		if (now_ms() > until || (w->closed && !take_some(w, 0)))
			return watched_shows(w, text);
		take_some(w, STEP_MS);
	}
	return true;
}

struct terminal_state watched_state(const struct watched *w)
{
	return w->state;
}

bool watched_same_modes(const struct watched *w)
{
	struct termios now;

	return !tcgetattr(w->pty, &now) && now.c_iflag == w->modes.c_iflag &&
	       now.c_oflag == w->modes.c_oflag && now.c_lflag == w->modes.c_lflag &&
	       now.c_cflag == w->modes.c_cflag;
}

const uint8_t *watched_output(const struct watched *w, size_t *length)
{
	*length = w->length;
	return w->output;
}

void watched_print(const struct watched *w)
{
	for (int row = 0; row < w->rows; row++)
		fprintf(stderr, "# |%s\n", watched_row(w, row, false));
}

/* --- the end --- */

int watched_wait_end(struct watched *w)
{
	int64_t until = now_ms() + PATIENCE_MS;

	while (w->process && now_ms() < until) {
		take_some(w, STEP_MS);
		reap(w, WNOHANG);
	}
	while (!w->closed && take_some(w, STEP_MS))
		;
	if (w->process)
		return -1;
	return WIFEXITED(w->status) ? WEXITSTATUS(w->status) : 128 + WTERMSIG(w->status);
}

/* Does something run that it began?  Whose parent has ended became our child. */
static bool has_processes(pid_t leader)
{
	while (waitpid(-leader, NULL, WNOHANG) > 0)
		;
	return !kill(-leader, 0) || errno == EPERM;
}

bool watched_end(struct watched *w)
{
	pid_t leader = w->process;
	int64_t until = now_ms() + PATIENCE_MS;
	bool gone = true;

	close(w->pty); /* hangs up */
	while (w->process && now_ms() < until) {
		reap(w, WNOHANG);
		poll(NULL, 0, STEP_MS);
	}
	while (leader && has_processes(leader) && now_ms() < until)
		poll(NULL, 0, STEP_MS);
	if (leader && has_processes(leader)) {
		gone = false;
		kill(-leader, SIGKILL);
		reap(w, 0);
	}
	close(w->trace);
	vterm_free(w->terminal);
	free(w->output);
	free(w);
	return gone;
}
