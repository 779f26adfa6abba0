/* interfaces.c - what can be captured from: -D, -L, and interfaces given by number. */
#include <stdlib.h>
#include <string.h>

#include "live.h"

enum { TYPES_ROOM = 4096 };

bool print_interfaces(FILE *out, struct error *error)
{
	unsigned count;
	struct live_interface *all = live_interfaces(&count, error);

	if (!all)
		return false;
	for (unsigned i = 0; i < count; i++) {
		fprintf(out, "%u. %s", i + 1, all[i].name);
		if (all[i].description[0])
			fprintf(out, " (%s)", all[i].description);
		else if (all[i].loopback)
			fputs(" (Loopback)", out);
		putc('\n', out);
	}
	free(all);
	return true;
}

/* As tshark: the first that is no loopback. */
static bool default_interface(char name[sizeof((struct live_interface *)0)->name],
			      struct error *error)
{
	unsigned count;
	struct live_interface *all = live_interfaces(&count, error);

	if (!all)
		return false;
	const struct live_interface *first = count ? &all[0] : NULL;
	for (unsigned i = count; i-- > 0;)
		if (!all[i].loopback && all[i].up)
			first = &all[i];
	if (first)
		memcpy(name, first->name, sizeof first->name);
	else
		error_set(error, "there are no interfaces to capture from");
	free(all);
	return first != NULL;
}

bool print_link_types(FILE *out, const struct options *options, struct error *error)
{
	char name[sizeof((struct live_interface *)0)->name], types[TYPES_ROOM];

	if (options->live.interface_count)
		snprintf(name, sizeof name, "%s", options->live.interfaces[0]);
	else if (!default_interface(name, error))
		return false;
	if (!live_link_types(name, types, sizeof types, error))
		return false;
	fprintf(out, "Data link types of interface %s (use option -y to set):\n", name);
	for (const char *at = types; *at;) {
		int n = (int)strcspn(at, "\n");
		fprintf(out, "  %.*s\n", n, at);
		at += n + (at[n] == '\n');
	}
	return true;
}
