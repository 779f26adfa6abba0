/* file_digest.c - files are read in pieces, so that it can end between two of them. */
#include "session/file_digest.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/digest.h"

enum { PIECE = 1 << 18 };

struct file_digest {
	char **paths;
	unsigned count;
	char (*texts)[FILE_DIGEST_ROOM]; /* "": not known */
	uint64_t total;
	_Atomic uint64_t done;
	atomic_bool finished, stopped;
	pthread_t thread;
	bool has_thread;
};

static bool add_file(struct file_digest *digest, int fd, struct digest_run *run)
{
	uint8_t *piece = must_alloc(PIECE);
	ssize_t n;

	while ((n = read(fd, piece, PIECE)) > 0) {
		if (atomic_load_explicit(&digest->stopped, memory_order_relaxed))
			break;
		digest_run_add(run, piece, (size_t)n);
		atomic_fetch_add_explicit(&digest->done, (uint64_t)n, memory_order_relaxed);
	}
	free(piece);
	return n == 0;
}

static void hash_file(struct file_digest *digest, unsigned n)
{
	struct digest_run *run = digest_run_new(DIGEST_SHA256);
	int fd = open(digest->paths[n], O_RDONLY | O_CLOEXEC);
	uint8_t made[DIGEST_ROOM];

	if (fd >= 0 && add_file(digest, fd, run) && digest_run_end(run, made))
		for (size_t i = 0; i < digest_size(DIGEST_SHA256); i++)
			snprintf(digest->texts[n] + 2 * i, 3, "%02x", made[i]);
	if (fd >= 0)
		close(fd);
	digest_run_free(run);
}

static void *work(void *owner)
{
	struct file_digest *digest = owner;

	for (unsigned n = 0; n < digest->count && !atomic_load(&digest->stopped); n++)
		hash_file(digest, n);
	atomic_store_explicit(&digest->finished, true, memory_order_release);
	return NULL;
}

struct file_digest *file_digest_start(char *const *paths, unsigned count)
{
	struct digest_run *run = digest_run_new(DIGEST_SHA256);

	if (!run)
		return NULL;
	digest_run_free(run);
	struct file_digest *digest = must_zeroed(1, sizeof *digest);

	digest->count = count;
	digest->paths = must_zeroed(count + 1, sizeof *digest->paths);
	digest->texts = must_zeroed(count + 1, sizeof *digest->texts);
	for (unsigned n = 0; n < count; n++) {
		struct stat stat_of;

		digest->paths[n] = must_copy(paths[n]);
		if (!stat(paths[n], &stat_of) && stat_of.st_size > 0)
			digest->total += (uint64_t)stat_of.st_size;
	}
	digest->has_thread = !pthread_create(&digest->thread, NULL, work, digest);
	if (!digest->has_thread)
		digest->finished = true;
	return digest;
}

bool file_digest_progress(const struct file_digest *digest, uint64_t *done, uint64_t *total)
{
	*done = atomic_load_explicit(&digest->done, memory_order_relaxed);
	*total = digest->total;
	return atomic_load_explicit(&digest->finished, memory_order_acquire);
}

const char *file_digest_text(const struct file_digest *digest, unsigned n)
{
	return n < digest->count && digest->texts[n][0] ? digest->texts[n] : NULL;
}

void file_digest_free(struct file_digest *digest)
{
	if (!digest)
		return;
	atomic_store(&digest->stopped, true);
	if (digest->has_thread)
		pthread_join(digest->thread, NULL);
	for (unsigned n = 0; n < digest->count; n++)
		free(digest->paths[n]);
	free(digest->paths);
	free(digest->texts);
	free(digest);
}
