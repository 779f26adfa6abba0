/* file_digest.h - SHA-256 of files, made by a thread while the screen goes on.
 *
 * A file is hashed as it lies there, packed or not, as far as it reached when its turn came. */
#ifndef SESSION_FILE_DIGEST_H
#define SESSION_FILE_DIGEST_H

#include <stdbool.h>
#include <stdint.h>

enum { FILE_DIGEST_ROOM = 2 * 32 + 1 };

struct file_digest;

/* NULL: peel was built without libgcrypt.  Paths are copied. */
struct file_digest *file_digest_start(char *const *paths, unsigned count);
/* True: all is done, or it was stopped. */
bool file_digest_progress(const struct file_digest *digest, uint64_t *done, uint64_t *total);
/* In hexadecimal digits; NULL: not (yet) known, or the file cannot be read.  Once all is done. */
const char *file_digest_text(const struct file_digest *digest, unsigned n);
/* Waits for the thread, which ends at once; NULL is fine. */
void file_digest_free(struct file_digest *digest);

#endif
