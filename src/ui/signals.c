/* signals.c - handlers do no more than write().
 *
 * A handler reaches nothing but globals, so this is the one file that has some. */
#include "ui/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum { STACK_BYTES = 1 << 15, RESTORE_ROOM = 256, PACKETS_ROOM = 4200 };

static const int told[] = { SIGWINCH, SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGCONT, SIGTSTP };
static const int fatal[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT };

static int news[2] = { -1, -1 };

static struct {
	volatile sig_atomic_t guarded;
	int fd;
	struct termios modes;
	char text[RESTORE_ROOM];
	size_t length;
	char packets[PACKETS_ROOM];
	size_t packets_length;
} rescue;

static char crash_stack[STACK_BYTES];

static void tell(int number)
{
	int saved = errno;
	char byte = (char)number;
	ssize_t ignored = write(news[1], &byte, 1);

	(void)ignored;
	errno = saved;
}

static void crash(int number)
{
	static const char words[] = "peel: internal error, please report it.\n";

	if (rescue.guarded) {
		ssize_t ignored = write(rescue.fd, rescue.text, rescue.length);

		(void)ignored;
		tcsetattr(rescue.fd, TCSANOW, &rescue.modes);
		ignored = write(STDERR_FILENO, words, sizeof words - 1);
		ignored = write(STDERR_FILENO, rescue.packets, rescue.packets_length);
		(void)ignored;
	}
	signal(number, SIG_DFL);
	raise(number);
}

static void handle(int number, void (*handler)(int), int flags)
{
	struct sigaction action = { .sa_handler = handler, .sa_flags = flags };

	sigemptyset(&action.sa_mask);
	sigaction(number, &action, NULL);
}

int signals_begin(void)
{
	if (pipe2(news, O_NONBLOCK | O_CLOEXEC))
		return -1;
	for (unsigned i = 0; i < sizeof told / sizeof told[0]; i++)
		handle(told[i], tell, SA_RESTART);
	handle(SIGPIPE, SIG_IGN, 0);
	return news[0];
}

int signals_next(void)
{
	unsigned char byte;

	return read(news[0], &byte, 1) == 1 ? byte : 0;
}

void signals_end(void)
{
	for (unsigned i = 0; i < sizeof told / sizeof told[0]; i++)
		handle(told[i], SIG_DFL, 0);
	close(news[0]);
	close(news[1]);
	news[0] = news[1] = -1;
}

void signals_guard_terminal(int fd, const struct termios *modes, const char *restore)
{
	stack_t stack = { .ss_sp = crash_stack, .ss_size = sizeof crash_stack };

	rescue.fd = fd;
	rescue.length = strlen(restore);
	if (rescue.length > RESTORE_ROOM)
		rescue.length = RESTORE_ROOM;
	memcpy(rescue.text, restore, rescue.length);
	rescue.modes = *modes;
	rescue.guarded = 1;
	sigaltstack(&stack, NULL);
	for (unsigned i = 0; i < sizeof fatal / sizeof fatal[0]; i++) {
		struct sigaction old;

		/* A sanitizer that watches stays in charge. */
		if (!sigaction(fatal[i], NULL, &old) && old.sa_handler == SIG_DFL)
			handle(fatal[i], crash, SA_ONSTACK | (int)SA_RESETHAND);
	}
}

void signals_unguard_terminal(void)
{
	rescue.guarded = 0;
}

void signals_name_packets(const char *path)
{
	rescue.packets_length = 0;
	if (!path)
		return;
	int n = snprintf(rescue.packets, PACKETS_ROOM, "peel: packets are in %s\n", path);
	rescue.packets_length = n < PACKETS_ROOM ? (size_t)n : 0;
}
