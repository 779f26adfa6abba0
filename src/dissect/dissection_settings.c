/* dissection_settings.c - the one that all dissections share. */
#include "dissect/dissection_settings.h"

static struct dissection_settings chosen;

const struct dissection_settings *dissection_settings(void)
{
	return &chosen;
}

struct dissection_settings *dissection_settings_to_change(void)
{
	return &chosen;
}
