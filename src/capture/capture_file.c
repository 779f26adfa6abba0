/* capture_file.c - opens captures and gives the readers of each format their bytes. */
#include "capture/capture_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "capture_format.h"

/* Chunk k holds CHUNK_FIRST << k items: which chunk item n is in, and where there. */
static unsigned chunk_of(unsigned n, unsigned *within)
{
	unsigned chunk = 31u - (unsigned)__builtin_clz(n / CHUNK_FIRST + 1);

	*within = n - CHUNK_FIRST * ((1u << chunk) - 1);
	return chunk;
}

void *list_add(struct growing_list *list, size_t item_size)
{
	unsigned within, n = atomic_load_explicit(&list->count, memory_order_relaxed);

	if (n >= LIST_LIMIT)
		return NULL;
	unsigned chunk = chunk_of(n, &within);
	if (!list->chunk[chunk])
		list->chunk[chunk] = must_zeroed((size_t)CHUNK_FIRST << chunk, item_size);
	return (char *)list->chunk[chunk] + within * item_size;
}

void list_publish(struct growing_list *list)
{
	atomic_fetch_add_explicit(&list->count, 1, memory_order_release);
}

void *list_item(const struct growing_list *list, size_t item_size, unsigned n)
{
	unsigned within;

	if (n >= list_count(list))
		return NULL;
	unsigned chunk = chunk_of(n, &within);
	return (char *)list->chunk[chunk] + within * item_size;
}

void list_free(struct growing_list *list)
{
	for (int i = 0; i < CHUNKS; i++)
		free(list->chunk[i]);
}

const char *grouped(char out[32], uint64_t number)
{
	char digits[24];
	int length = snprintf(digits, sizeof digits, "%" PRIu64, number), put = 0;

	for (int i = 0; i < length; i++) {
		if (i && (length - i) % 3 == 0)
			out[put++] = ' ';
		out[put++] = digits[i];
	}
	out[put] = 0;
	return out;
}

char *capture_text(struct capture_file *file, const uint8_t *bytes, size_t n)
{
	char stack[1024];
	char *clean = stack, *copy;

	if (n > TEXT_LIMIT - file->text_bytes)
		return NULL;
	if (n * 4 + 1 > sizeof stack)
		clean = must_alloc(n * 4 + 1);
	size_t length = text_clean(clean, n * 4 + 1, bytes, n, false);
	copy = arena_text(&file->texts, clean, length);
	if (clean != stack)
		free(clean);
	file->text_bytes += n;
	return copy;
}

/* Looks whether the file has grown. */
static bool grow(struct capture_file *file, bool wait)
{
	uint64_t before = file->size;
	struct stat now;

	if (file->spool) {
		enum spool_status status = spool_more(file->spool, wait);

		file->size = spool_size(file->spool);
		return status == SPOOL_GREW;
	}
	if (fstat(file->fd, &now) == 0 && now.st_size >= 0)
		file->size = (uint64_t)now.st_size;
	return file->size > before;
}

bool capture_reaches(struct capture_file *file, uint64_t end, bool wait)
{
	while (end > file->size)
		if (!grow(file, wait))
			return false;
	return true;
}

/* Of the part at hand, that is read again, so that a record on the border is whole in the next. */
enum { AHEAD_OVERLAP = 1 << 14 };

/* What was read ahead becomes the window, if these bytes are there. */
static bool turn_to_ahead(struct capture_file *file, uint64_t offset, size_t n)
{
	if (!file->ahead_asked)
		return false;
	file->reads_ahead->wait(file->reads_ahead->owner);
	file->ahead_asked = false;
	uint64_t into = offset - file->ahead_start;
	if (offset < file->ahead_start || into > file->ahead_held || n > file->ahead_held - into)
		return false;
	recent_bytes_turn_to_reserved(&file->recent, &file->window);
	file->window.start = file->ahead_start;
	file->window.held = file->ahead_held;
	file->window.error = 0;
	return true;
}

static void ask_ahead(struct capture_file *file)
{
	const struct file_window *window = &file->window;

	if (!file->reads_ahead || file->ahead_asked || !file->recent.last ||
	    window->held < WINDOW_BYTES)
		return;
	uint64_t start = window->start + window->held - AHEAD_OVERLAP;
	if (start + WINDOW_BYTES > file->size || !recent_bytes_reserve(&file->recent))
		return;
	file->ahead_start = start;
	file->ahead_asked = file->reads_ahead->ask(file->reads_ahead->owner);
}

void capture_file_read_ahead(struct capture_file *file)
{
	struct recent_part *part = file->recent.reserved;
	struct file_window window = { .own = part->bytes, .room = part->room };

	file_window_at(&window, file->fd, file->ahead_start, WINDOW_BYTES, &file->ahead_held);
	part->bytes = window.own;
	part->room = window.room;
}

void capture_file_use_ahead(struct capture_file *file, const struct reads_ahead *reads_ahead)
{
	if (file->ahead_asked)
		file->reads_ahead->wait(file->reads_ahead->owner);
	file->ahead_asked = false;
	file->reads_ahead = reads_ahead;
	if (reads_ahead)
		file->recent.wanted = true;
}

const uint8_t *capture_bytes_slowly(struct capture_file *file, uint64_t offset, size_t n, bool wait,
				    size_t *held)
{
	const uint8_t *bytes = NULL;

	capture_reaches(file, offset + n, wait);
	*held = 0;
	if (offset < file->size) {
		if (!turn_to_ahead(file, offset, n))
			recent_bytes_turn(&file->recent, &file->window);
		bytes = file_window_at(&file->window, file->fd, offset, n, held);
		recent_bytes_publish(&file->recent, &file->window);
		ask_ahead(file);
	}
	return *held == n ? bytes : NULL;
}

enum record_status capture_damaged(struct capture_file *file, const char *format, ...)
{
	char what[300], count[32];
	va_list args;

	va_start(args, format);
	vsnprintf(what, sizeof what, format, args);
	va_end(args);
	file->damaged = true;
	if (file->packets)
		error_set(&file->problem, "%s. Reading stopped; %s packet%s shown.", what,
			  grouped(count, file->packets), file->packets == 1 ? " is" : "s are");
	else
		error_set(&file->problem, "%s. Reading stopped; no packet can be shown.", what);
	return RECORD_DAMAGED;
}

static enum record_status cut_short(struct capture_file *file, const char *what, uint64_t held,
				    uint64_t wanted)
{
	char number[32], have[32], want[32], count[32];

	grouped(number, strchr(what, '#') ? file->packets + 1 : file->at);
	error_set(&file->problem, "The file ends inside %s%s (%s of %s bytes): %s packet%s complete. "
		  "Copying or capture was interrupted.", what, number, grouped(have, held), grouped(want, wanted), grouped(count, file->packets),
		  file->packets == 1 ? " is" : "s are");
	return RECORD_CUT;
}

enum record_status capture_ended(struct capture_file *file, const char *what, uint64_t held,
				 uint64_t wanted)
{
	const char *problem;
	bool cut;

	if (file->window.error)
		return capture_damaged(file, "The file cannot be read at byte %" PRIu64 " (%s)",
				       file->at, strerror(file->window.error));
	if (!file->spool)
		return file->size > file->at ? cut_short(file, what, held, wanted) : RECORD_NONE;
	if (!spool_ended(file->spool))
		return RECORD_NONE;
	problem = spool_problem(file->spool, &cut);
	if (!*problem)
		return file->size > file->at ? cut_short(file, what, held, wanted) : RECORD_NONE;
	if (cut) {
		char count[32];

		error_set(&file->problem, "%s %s packet%s complete.", problem,
			  grouped(count, file->packets), file->packets == 1 ? " is" : "s are");
		return RECORD_CUT;
	}
	return capture_damaged(file, "%.*s", (int)strlen(problem) - 1, problem);
}

static void count_record(struct capture_file *file, const struct record *record)
{
	file->packets++;
	file->last_time_ns = record->time_ns;
}

enum record_status capture_file_next(struct capture_file *file, bool wait, struct record *record,
				     const uint8_t **bytes)
{
	enum record_status status;

	do {
		status = file->damaged ? RECORD_DAMAGED : RECORD_OK;
		if (file->damaged && file->skips)
			status = damage_pass_over(file, wait);
		if (status == RECORD_OK)
			status = file->format->next(file, wait, record, bytes);
	} while (status == RECORD_DAMAGED && file->skips);
	if (status == RECORD_OK)
		count_record(file, record);
	if (status == RECORD_OK || status == RECORD_NONE)
		file->problem.text[0] = 0;      /* the file was cut, and has grown */
	atomic_store_explicit(&file->position, file->at, memory_order_relaxed);
	return status;
}

/* Is all of the next record in the window? */
static bool is_at_hand(const struct capture_file *file)
{
	size_t head = file->format->record_head;
	const uint8_t *record =
		head ? file_window_has(&file->window, file->fd, file->at, head) : NULL;
	uint32_t n = record ? file->format->record_bytes(file, record) : 0;

	return n && file_window_has(&file->window, file->fd, file->at, n);
}

unsigned capture_file_more(struct capture_file *file, struct record *records, const uint8_t **bytes,
			   unsigned room)
{
	unsigned n = 0;

	/* Damage is told to who asks for it next. */
	while (n < room && !file->damaged && is_at_hand(file) &&
	       file->format->next(file, false, &records[n], &bytes[n]) == RECORD_OK)
		count_record(file, &records[n++]);
	atomic_store_explicit(&file->position, file->at, memory_order_relaxed);
	return n;
}

void capture_file_skip(struct capture_file *file, uint32_t times)
{
	file->skips = times;
	if (file->merged)
		merged_skip(file, times);
}

bool capture_file_may_skip(const struct capture_file *file)
{
	return file->damaged && !file->search_failed;
}

const char *capture_file_passed_over(const struct capture_file *file)
{
	return file->passed_over.text;
}

bool capture_file_read(const struct capture_file *file, struct file_window *window, uint64_t offset,
		       uint16_t interface, struct record *record, const uint8_t **bytes)
{
	const struct capture_interface *from = capture_file_interface(file, interface);

	*record = (struct record){ .offset = offset, .interface = interface };
	return from && file->format->read(file, window, offset, from, record, bytes);
}

void capture_file_look_beside(const struct capture_file *file, struct file_window *window)
{
	window->beside = &file->window;
}

void capture_file_follow(struct capture_file *file, struct file_window *window)
{
	file->recent.wanted = true;
	window->follows = &file->recent;
}

void packet_notes_free(struct packet_notes *notes)
{
	free(notes->comments);
	*notes = (struct packet_notes){ 0 };
}

void packet_notes_clear(struct packet_notes *notes)
{
	*notes = (struct packet_notes){ .comments = notes->comments, .room = notes->room };
}

void packet_notes_comment(struct packet_notes *notes, const char *text, size_t length)
{
	length = strnlen(text, length);
	if (notes->room - notes->used <= length) {
		notes->room = 2 * (notes->room + length) + 64;
		notes->comments = must_resize(notes->comments, notes->room, 1);
	}
	memcpy(notes->comments + notes->used, text, length);
	notes->used += length;
	notes->comments[notes->used++] = '\0';
	notes->comment_count++;
}

void capture_file_notes(const struct capture_file *file, struct file_window *window,
			uint64_t offset, uint16_t interface, struct packet_notes *notes)
{
	const struct capture_interface *from = capture_file_interface(file, interface);

	packet_notes_clear(notes);
	if (!from || file->record_header)
		return;
	if (file->merged)
		merged_notes(file, window, offset, from->swapped, notes);
	else
		pcapng_notes(file, window, offset, from->swapped, notes);
}

/* Takes over fd: reads it where it is if it can be read at random, else by a copy. */
static bool attach(struct capture_file *file, int fd, struct error *error)
{
	uint8_t first[SNIFF_BYTES];
	struct stat status;
	bool plain, missing;

	if (fstat(fd, &status) != 0)
		status.st_mode = 0;
	if (S_ISDIR(status.st_mode)) {
		close(fd);
		return open_error(error, file->path, EISDIR);
	}
	plain = S_ISREG(status.st_mode) && lseek(fd, 0, SEEK_CUR) == 0;
	if (plain) {
		ssize_t n = pread(fd, first, sizeof first, 0);

		if (n < 0) {
			int cause = errno;

			close(fd);
			return open_error(error, file->path, cause);
		}
		if (!compression_name(first, (size_t)n, &missing) || missing) {
			file->fd = fd;
			file->size = (uint64_t)status.st_size;
			return true;
		}
	}
	file->spool = spool_open(fd, !plain, error);
	if (!file->spool)
		return false;
	file->fd = spool_file(file->spool);
	return true;
}

static int open_input(const char *path, struct error *error)
{
	int fd;

	if (!strcmp(path, "-")) {
		if (isatty(STDIN_FILENO)) {
			error_set(error, "standard input is a terminal, not a capture: "
				  "tcpdump -w - | peel -r -");
			return -1;
		}
		fd = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
	} else {
		fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	}
	if (fd < 0)
		open_error(error, path, errno);
	return fd;
}

/* The name is "pcapng, gzip" and the like. */
static void name_format(struct capture_file *file, const char *format)
{
	const char *packed = file->spool ? spool_compression(file->spool) : NULL;

	snprintf(file->format_name, sizeof file->format_name, "%s%s%s", format, packed ? ", " : "",
		 packed ? packed : "");
}

/* Prefixes the reason why a header is not accepted by the file's name. */
static bool header_error(struct error *error, const struct capture_file *file,
			 const struct error *reason)
{
	return error_set(error, "\"%s\" %s", file->path, reason->text);
}

static bool header_cut(struct error *error, const struct capture_file *file, size_t held, int wanted)
{
	struct error reason;

	error_set(&reason, "is cut off inside its file header (%zu of %d bytes): nothing can be read.",
		  held, wanted);
	return header_error(error, file, &reason);
}

/* Which format is it?  Its header is read and taken in. */
static bool recognize(struct capture_file *file, struct error *error)
{
	const char *packed = file->spool ? spool_compression(file->spool) : NULL;
	struct error reason = { "" };
	const uint8_t *header;
	size_t held;
	bool cut;

	capture_bytes(file, 0, PCAP_HEADER, true, &held);
	header = file_window_at(&file->window, file->fd, 0, held, NULL);
	if (file->spool && *spool_problem(file->spool, &cut) && held < PCAP_HEADER)
		return error_set(error, "\"%s\" cannot be unpacked. %s", file->path,
				 spool_problem(file->spool, &cut));
	if (!header && file->window.error)
		return open_error(error, file->path, file->window.error);
	if (!header)
		return error_set(error, "\"%s\" is empty (0 bytes)%s", file->path,
				 file->spool ? "." : ": nothing was written to it.");
	if (pcap_matches(header, held)) {
		if (held < PCAP_HEADER)
			return header_cut(error, file, held, PCAP_HEADER);
		return pcap_start(file, header, &reason) || header_error(error, file, &reason);
	}
	if (!pcapng_matches(header, held) && file->takes_raw) {
		raw_start(file);
		return true;
	}
	if (!pcapng_matches(header, held))
		return foreign_error(error, file->path, header, held, packed);
	if (held < PCAPNG_HEADER)
		return header_cut(error, file, held, PCAPNG_HEADER);
	return pcapng_start(file, header, &reason) || header_error(error, file, &reason);
}

/* `raw`: the link type of what is no capture; NULL: that cannot be opened. */
static struct capture_file *open_as(const char *path, const uint16_t *raw, struct error *error)
{
	int fd = open_input(path, error);

	if (fd < 0)
		return NULL;
	struct capture_file *file = must_zeroed(1, sizeof *file);
	file->path = must_copy(strcmp(path, "-") ? path : "standard input");
	file->is_input = !strcmp(path, "-");
	file->fd = -1;
	file->takes_raw = raw;
	file->raw_link_type = raw ? *raw : 0;
	if (!attach(file, fd, error) || !recognize(file, error)) {
		capture_file_close(file);
		return NULL;
	}
	name_format(file, file->format->name(file));
	return file;
}

struct capture_file *capture_file_open(const char *path, struct error *error)
{
	return open_as(path, NULL, error);
}

struct capture_file *capture_file_open_raw(const char *path, uint16_t link_type,
					   struct error *error)
{
	return open_as(path, &link_type, error);
}

void capture_file_close(struct capture_file *file)
{
	if (!file)
		return;
	if (file->spool)
		spool_close(file->spool);
	else if (file->fd >= 0)
		close(file->fd);
	for (unsigned i = 0; !file->merged && i < list_count(&file->secrets); i++)
		free(((struct capture_secret *)
		      list_item(&file->secrets, sizeof(struct capture_secret), i))->bytes);
	list_free(&file->interfaces);
	list_free(&file->names);
	list_free(&file->secrets);
	list_free(&file->sections);
	if (file->merged)
		merged_close(file);
	arena_free(&file->texts);
	recent_bytes_free(&file->recent, &file->window);
	free(file->path);
	free(file);
}

const struct capture_interface *capture_file_interface(const struct capture_file *file, uint16_t n)
{
	return list_item(&file->interfaces, sizeof(struct capture_interface), n);
}

unsigned capture_file_interface_count(const struct capture_file *file)
{
	return list_count(&file->interfaces);
}

const char *capture_file_problem(const struct capture_file *file)
{
	return file->problem.text;
}

bool capture_file_is_damaged(const struct capture_file *file)
{
	return file->damaged;
}

const char *capture_file_format(const struct capture_file *file)
{
	return file->format_name;
}

const char *capture_file_path(const struct capture_file *file)
{
	return file->path;
}

bool capture_file_is_input(const struct capture_file *file)
{
	return file->is_input;
}

uint64_t capture_file_size(const struct capture_file *file)
{
	return atomic_load_explicit(&file->size, memory_order_relaxed);
}

uint64_t capture_file_position(const struct capture_file *file)
{
	return atomic_load_explicit(&file->position, memory_order_relaxed);
}

bool capture_file_has_grown(const struct capture_file *file)
{
	struct stat now;

	return !file->spool && !file->merged && !file->damaged && fstat(file->fd, &now) == 0 && now.st_size >= 0 &&
	       (uint64_t)now.st_size > capture_file_size(file);
}

int capture_file_news(const struct capture_file *file)
{
	return file->spool ? spool_input(file->spool) : -1;
}

unsigned capture_file_section_count(const struct capture_file *file)
{
	return list_count(&file->sections);
}

const struct capture_section *capture_file_section(const struct capture_file *file, unsigned n)
{
	return list_item(&file->sections, sizeof(struct capture_section), n);
}

unsigned capture_file_name_count(const struct capture_file *file)
{
	return list_count(&file->names);
}

const struct capture_name *capture_file_name(const struct capture_file *file, unsigned n)
{
	return list_item(&file->names, sizeof(struct capture_name), n);
}

unsigned capture_file_secret_count(const struct capture_file *file)
{
	return list_count(&file->secrets);
}

const struct capture_secret *capture_file_secret(const struct capture_file *file, unsigned n)
{
	return list_item(&file->secrets, sizeof(struct capture_secret), n);
}
