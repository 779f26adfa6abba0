/* fuzzy.h - how well a few typed letters stand for a longer text. */
#ifndef UI_FUZZY_H
#define UI_FUZZY_H

#include <stdbool.h>

/* The higher the better; 0: the letters do not all occur in this order.  Case does not matter, and
 * blanks in what is typed stand for anything. */
int fuzzy_score(const char *typed, const char *text);
/* Does each letter begin a word, or follow the letter before it?  What is no more than near is
 * not to be taken for what was meant. */
bool fuzzy_is_clear(const char *typed, const char *text);

#endif
