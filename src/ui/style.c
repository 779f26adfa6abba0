/* style.c - the table of styles. */
#include "ui/style.h"

const struct style_look style_looks[STYLE_COUNT] = {
#define STYLE_LOOK(name, dark, dark_bg, light, light_bg, eight, eight_bg, look, mono)              \
	[STYLE_##name] = {                                                                         \
		{ dark, dark_bg }, { light, light_bg }, { eight, eight_bg }, look, mono            \
	},
	STYLES(STYLE_LOOK)
#undef STYLE_LOOK
};
