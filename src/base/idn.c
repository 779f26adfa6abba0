/* idn.c - names of hosts in other scripts, by Libidn2. */
#include "base/idn.h"

#include <string.h>
#include <strings.h>

#ifdef HAVE_IDN2
#include <idn2.h>
#endif

static const char prefix[] = "xn--";

bool idn_is_coded(const char *name)
{
	for (const char *label = name; label; label = strchr(label, '.')) {
		label += *label == '.';
		if (!strncasecmp(label, prefix, sizeof prefix - 1))
			return true;
	}
	return false;
}

#ifdef HAVE_IDN2
bool idn_to_unicode(const char *name, char *text, size_t room)
{
	char *found = NULL;

	if (idn2_to_unicode_8z8z(name, &found, 0) != IDN2_OK)
		return false;
	bool fits = strlen(found) < room && strcmp(found, name) != 0;
	if (fits)
		strcpy(text, found);
	idn2_free(found);
	return fits;
}
#else
bool idn_to_unicode(const char *name, char *text, size_t room)
{
	(void)name;
	(void)text;
	(void)room;
	return false;
}
#endif
