/* digest.c - MD5, SHA-1 and SHA-2, alone and with a key. */
#include "base/digest.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

#ifdef HAVE_GCRYPT
#include <gcrypt.h>

static const int algorithms[DIGESTS] = {
	[DIGEST_MD5] = GCRY_MD_MD5,
	[DIGEST_SHA1] = GCRY_MD_SHA1,
	[DIGEST_SHA256] = GCRY_MD_SHA256,
	[DIGEST_SHA384] = GCRY_MD_SHA384,
};

bool digest_bytes(enum digest digest, const void *bytes, size_t n, uint8_t out[DIGEST_ROOM])
{
	gcry_buffer_t part = { .data = (void *)(uintptr_t)bytes, .len = n };

	return !gcry_md_hash_buffers(algorithms[digest], 0, out, &part, 1);
}

bool digest_hmac_parts(enum digest digest, const uint8_t *key, size_t key_length,
		       const struct digest_part *parts, unsigned count, uint8_t out[DIGEST_ROOM])
{
	gcry_md_hd_t md;
	bool done;

	if (gcry_md_open(&md, algorithms[digest], GCRY_MD_FLAG_HMAC))
		return false;
	done = !gcry_md_setkey(md, key, key_length);
	for (unsigned i = 0; i < count; i++)
		gcry_md_write(md, parts[i].bytes, parts[i].length);
	const unsigned char *made = gcry_md_read(md, algorithms[digest]);
	for (size_t i = 0; made && i < digest_size(digest); i++)
		out[i] = made[i];
	gcry_md_close(md);
	return done && made;
}

struct digest_run {
	gcry_md_hd_t md;
	enum digest digest;
};

struct digest_run *digest_run_new(enum digest digest)
{
	struct digest_run *run = must_zeroed(1, sizeof *run);

	run->digest = digest;
	if (!gcry_md_open(&run->md, algorithms[digest], 0))
		return run;
	free(run);
	return NULL;
}

void digest_run_add(struct digest_run *run, const void *bytes, size_t n)
{
	gcry_md_write(run->md, bytes, n);
}

bool digest_run_end(struct digest_run *run, uint8_t out[DIGEST_ROOM])
{
	const unsigned char *made = gcry_md_read(run->md, algorithms[run->digest]);

	if (made)
		memcpy(out, made, digest_size(run->digest));
	return made;
}

void digest_run_free(struct digest_run *run)
{
	if (!run)
		return;
	gcry_md_close(run->md);
	free(run);
}

#else

struct digest_run *digest_run_new(enum digest digest)
{
	(void)digest;
	return NULL;
}

void digest_run_add(struct digest_run *run, const void *bytes, size_t n)
{
	(void)run;
	(void)bytes;
	(void)n;
}

bool digest_run_end(struct digest_run *run, uint8_t out[DIGEST_ROOM])
{
	(void)run;
	(void)out;
	return false;
}

void digest_run_free(struct digest_run *run)
{
	(void)run;
}

bool digest_bytes(enum digest digest, const void *bytes, size_t n, uint8_t out[DIGEST_ROOM])
{
	(void)digest;
	(void)bytes;
	(void)n;
	(void)out;
	return false;
}

bool digest_hmac_parts(enum digest digest, const uint8_t *key, size_t key_length,
		       const struct digest_part *parts, unsigned count, uint8_t out[DIGEST_ROOM])
{
	(void)digest;
	(void)key;
	(void)key_length;
	(void)parts;
	(void)count;
	(void)out;
	return false;
}

#endif

size_t digest_size(enum digest digest)
{
	static const uint8_t sizes[DIGESTS] = { 16, 20, 32, 48 };

	return sizes[digest];
}

bool digest_hmac(enum digest digest, const uint8_t *key, size_t key_length, const void *bytes,
		 size_t n, uint8_t out[DIGEST_ROOM])
{
	struct digest_part part = { bytes, n };

	return digest_hmac_parts(digest, key, key_length, &part, 1, out);
}
