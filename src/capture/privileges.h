/* privileges.h - giving up every right that a capturing process no longer needs. */
#ifndef CAPTURE_PRIVILEGES_H
#define CAPTURE_PRIVILEGES_H

#include <stdbool.h>

#include "base/error.h"

/* Becomes the user who asked (SUDO_UID, or the real user of a set-uid program), drops all
 * capabilities for good, and can gain none again. */
bool privileges_drop(struct error *error);
/* From here on only what capturing into open files takes; anything else fails. */
void privileges_confine(void);

#endif
