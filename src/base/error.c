/* error.c - wording of errors; what reaches the terminal is clean. */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

bool error_set(struct error *error, const char *format, ...)
{
	char raw[sizeof error->text];
	va_list args;

	if (!error)
		return false;
	va_start(args, format);
	vsnprintf(raw, sizeof raw, format, args);
	va_end(args);
	text_clean(error->text, sizeof error->text, (const uint8_t *)raw, strlen(raw), false);
	return false;
}
