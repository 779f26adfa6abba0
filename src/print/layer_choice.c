/* layer_choice.c - what of a packet is printed in full. */
#include "print/layer_choice.h"

#include <string.h>

bool layer_chosen(const struct layer_choice *choice, const char *name)
{
	size_t n = strlen(name);

	if (!choice || !choice->names)
		return true;
	for (const char *at = choice->names; *at; at += *at == ' ') {
		size_t length = strcspn(at, " ");
		if (length == n && !memcmp(at, name, n))
			return true;
		at += length;
	}
	return false;
}
