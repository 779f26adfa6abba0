/* words.h - building the Info column; private to src/dissect. */
#ifndef DISSECT_WORDS_H
#define DISSECT_WORDS_H

#include "dissect/dissection.h"

/* As info_add(), even where the layer has failed: for the report of that. */
void info_append(struct dissection *d, const char *text);

#endif
