/* left_out.h - options of tshark that peel does not have; private to src/cli. */
#ifndef CLI_LEFT_OUT_H
#define CLI_LEFT_OUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* If it is one of them, `error` says why. */
bool is_left_out_letter(char letter, struct error *error);
/* `n` bytes of a name without its dashes. */
bool is_left_out_name(const char *name, size_t n, struct error *error);

#endif
