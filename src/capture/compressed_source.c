/* compressed_source.c - pipes and compressed files, unpacked as far as was asked for. */
#include "compressed_source.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/arena.h"
#include "codec.h"

enum {
	INPUT_BYTES = 1 << 16,
	OUTPUT_BYTES = 1 << 18,
	CHECK_DISK_EVERY = 1 << 26,
};

struct spool {
	int input, file;
	bool stream;                    /* input may come slowly */
	bool input_ended, ended, cut;
	const struct codec *codec;      /* NULL: copied as it is */
	void *codec_state;
	struct codec_flow flow;
	uint64_t taken, size;           /* bytes read from the input, written to the file */
	uint64_t disk_checked;          /* size at which the disk's room was looked at */
	struct error problem;
	uint8_t in[INPUT_BYTES], out[OUTPUT_BYTES];
};

const char *compression_name(const uint8_t *bytes, size_t n, bool *missing)
{
	static const struct { const char *name, *magic; uint8_t length; } others[] = {
		{ "xz", "\xfd" "7zXZ", 5 }, { "bzip2", "BZh", 3 }, { "zip", "PK\3\4", 4 },
		{ "compress", "\x1f\x9d", 2 }, { "gzip", "\x1f\x8b", 2 },
		{ "zstd", "\x28\xb5\x2f\xfd", 4 }, { "lz4", "\x04\x22\x4d\x18", 4 },
	};
	const struct codec *codec = codec_for(bytes, n);

	*missing = !codec;
	if (codec)
		return codec->name;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (n >= others[i].length && !memcmp(bytes, others[i].magic, others[i].length))
			return others[i].name;
	*missing = false;
	return NULL;
}

static int unlinked_file(struct error *error)
{
	const char *folder = getenv("TMPDIR");
	char path[4096];
	int fd;

	if (!folder || !*folder)
		folder = "/var/tmp";
	fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (fd >= 0)
		return fd;
	if (strlen(folder) < sizeof path - 20) {
		stpcpy(stpcpy(path, folder), "/peel-XXXXXX");
		fd = mkostemp(path, O_CLOEXEC);
		if (fd >= 0)
			unlink(path);
	}
	if (fd < 0)
		error_set(error, "cannot make a temporary file in \"%s\": %s. TMPDIR names another folder.",
			  folder, strerror(errno));
	return fd;
}

/* Ends with a problem; what was unpacked so far stays readable. */
static enum spool_status give_up(struct spool *spool, bool cut)
{
	spool->ended = true;
	spool->cut = cut;
	return SPOOL_ENDED;
}

/* Reads on into the empty input buffer. */
static enum spool_status take_input(struct spool *spool, bool wait)
{
	struct pollfd ready = { .fd = spool->input, .events = POLLIN };
	ssize_t got;

	if (spool->stream && !wait && poll(&ready, 1, 0) == 0)
		return SPOOL_QUIET;
	do {
		got = read(spool->input, spool->in, sizeof spool->in);
	} while (got < 0 && errno == EINTR);
	if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
		if (!wait)
			return SPOOL_QUIET;
		return poll(&ready, 1, -1) < 0 && errno != EINTR ? SPOOL_QUIET : SPOOL_GREW;
	}
	if (got < 0) {
		error_set(&spool->problem, "The input cannot be read: %s.", strerror(errno));
		return give_up(spool, false);
	}
	spool->input_ended = got == 0;
	spool->taken += (uint64_t)got;
	spool->flow.in = spool->in;
	spool->flow.in_left = (size_t)got;
	return SPOOL_GREW;
}

/* Is there room on the disk for what was just made, and is the file no bomb? */
static bool may_grow(struct spool *spool)
{
	struct statvfs disk;

	if (spool->codec && spool->size > UNPACK_FREE && spool->size / UNPACK_RATIO > spool->taken) {
		error_set(&spool->problem, "Unpacking stopped: %" PRIu64 " bytes of %s data hold more than "
			  "%" PRIu64 " bytes, %d times as much.", spool->taken, spool->codec->name,
			  spool->size, UNPACK_RATIO);
		return false;
	}
	if (spool->size - spool->disk_checked < CHECK_DISK_EVERY)
		return true;
	spool->disk_checked = spool->size;
	if (fstatvfs(spool->file, &disk) == 0 &&
	    (uint64_t)disk.f_bavail * disk.f_frsize >> 20 < DISK_RESERVE_MIB) {
		error_set(&spool->problem, "The temporary file's disk is nearly full (%d MiB left). "
			  "TMPDIR names another folder.", (int)DISK_RESERVE_MIB);
		return false;
	}
	return true;
}

static bool put_output(struct spool *spool, const uint8_t *bytes, size_t n)
{
	size_t done = 0;

	while (done < n) {
		ssize_t put = pwrite(spool->file, bytes + done, n - done, (off_t)(spool->size + done));

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0) {
			error_set(&spool->problem, "The temporary file cannot be written: %s. "
				  "TMPDIR names another folder.", strerror(errno));
			return false;
		}
		done += (size_t)put;
	}
	spool->size += n;
	return may_grow(spool);
}

/* The input is used up and ended. */
static enum spool_status finish(struct spool *spool)
{
	if (!spool->codec || spool->flow.between)
		return give_up(spool, false);
	error_set(&spool->problem, "The %s data ends early, after %" PRIu64 " packed bytes. "
		  "Copying was interrupted.", spool->codec->name, spool->taken);
	return give_up(spool, true);
}

static enum spool_status unpack_some(struct spool *spool)
{
	struct codec_flow *flow = &spool->flow;
	size_t given = flow->in_left;
	const char *reason;

	flow->out = spool->out;
	flow->out_left = sizeof spool->out;
	reason = spool->codec->unpack(spool->codec_state, flow);
	size_t made = sizeof spool->out - flow->out_left;
	if (!reason && given && flow->in_left == given && !made)
		reason = "it makes no progress";
	if (made && !put_output(spool, spool->out, made))
		return give_up(spool, false);
	if (reason) {
		error_set(&spool->problem, "The %s data is damaged near packed byte %" PRIu64 " (%s).",
			  spool->codec->name, spool->taken - flow->in_left, reason);
		return give_up(spool, false);
	}
	return SPOOL_GREW;
}

enum spool_status spool_more(struct spool *spool, bool wait)
{
	uint64_t before = spool->size;

	while (!spool->ended && spool->size == before) {
		bool full = spool->codec && !spool->flow.out_left;  /* it may hold more yet */

		if (!spool->flow.in_left && !spool->input_ended && !full) {
			enum spool_status status = take_input(spool, wait);

			if (status != SPOOL_GREW)
				return status;
		} else if (!spool->flow.in_left && !full) {
			return finish(spool);
		} else if (spool->codec) {
			unpack_some(spool);
		} else if (!put_output(spool, spool->flow.in, spool->flow.in_left)) {
			return give_up(spool, false);
		} else {
			spool->flow.in_left = 0;
		}
	}
	return spool->ended && spool->size == before ? SPOOL_ENDED : SPOOL_GREW;
}

/* Reads until the kind of compression can be told.  The bytes stay in the buffer. */
static bool sniff(struct spool *spool, struct error *error)
{
	size_t have = 0;

	while (have < SNIFF_BYTES) {
		ssize_t got = read(spool->input, spool->in + have, sizeof spool->in - have);
		struct pollfd ready = { .fd = spool->input, .events = POLLIN };

		if (got == 0)
			break;
		if (got > 0)
			have += (size_t)got;
		else if (errno == EAGAIN || errno == EWOULDBLOCK)
			poll(&ready, 1, -1);
		else if (errno != EINTR)
			return error_set(error, "cannot read the input: %s", strerror(errno));
	}
	spool->taken = have;
	spool->flow.in = spool->in;
	spool->flow.in_left = have;
	spool->codec = codec_for(spool->in, have);
	return true;
}

struct spool *spool_open(int input, bool stream, struct error *error)
{
	struct spool *spool = must_zeroed(1, sizeof *spool);

	spool->input = input;
	spool->stream = stream;
	spool->flow.out_left = 1;
	spool->file = unlinked_file(error);
	if (spool->file < 0 || !sniff(spool, error)) {
		spool_close(spool);
		return NULL;
	}
	if (spool->codec)
		spool->codec_state = spool->codec->open();
	return spool;
}

void spool_close(struct spool *spool)
{
	if (!spool)
		return;
	if (spool->codec)
		spool->codec->close(spool->codec_state);
	if (spool->file >= 0)
		close(spool->file);
	close(spool->input);
	free(spool);
}

int spool_file(const struct spool *spool)
{
	return spool->file;
}

uint64_t spool_size(const struct spool *spool)
{
	return spool->size;
}

int spool_input(const struct spool *spool)
{
	return spool->stream && !spool->input_ended && !spool->ended ? spool->input : -1;
}

bool spool_ended(const struct spool *spool)
{
	return spool->ended;
}

const char *spool_compression(const struct spool *spool)
{
	return spool->codec ? spool->codec->name : NULL;
}

const char *spool_problem(const struct spool *spool, bool *cut)
{
	*cut = spool->cut;
	return spool->problem.text;
}
