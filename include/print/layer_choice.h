/* layer_choice.h - what of a packet is printed in full: -j and -J. */
#ifndef PRINT_LAYER_CHOICE_H
#define PRINT_LAYER_CHOICE_H

#include <stdbool.h>
#include <stddef.h>

struct layer_choice {
	const char *names; /* of protocols and fields, separated by blanks; NULL: everything is */
	bool whole;	   /* -J: with all that is below it */
};

/* Is a node of this name shown with its children? */
bool layer_chosen(const struct layer_choice *choice, const char *name);
/* Of what is below a chosen one. */
static inline const struct layer_choice *layer_choice_below(const struct layer_choice *choice)
{
	return choice && choice->whole ? NULL : choice;
}

#endif
