/* app_names.c - names in place of addresses and ports, or not.
 *
 * Names may change only while nobody reads packets, so the capture is read anew. */
#include <stdlib.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "dissect/names.h"
#include "ui/app.h"

enum { ALL_NAMES = NAMES_ETHER | NAMES_HOST | NAMES_PORT };

/* What the capture itself calls addresses: its file is closed while they are taken in. */
struct told {
	struct endpoint address;
	char *name;
};

struct change {
	unsigned kinds;
	struct told *told;
	unsigned count;
};

static void gather(struct change *change, const struct capture_file *file)
{
	change->count = capture_file_name_count(file);
	change->told = must_zeroed(change->count + 1, sizeof *change->told);
	for (unsigned i = 0; i < change->count; i++) {
		const struct capture_name *name = capture_file_name(file, i);

		change->told[i].address = name->size == 4 ? endpoint_ipv4(load_be32(name->address))
							  : endpoint_ipv6(name->address);
		change->told[i].name = must_copy(name->name);
	}
}

static void apply(void *owner)
{
	const struct change *change = owner;

	names_choose(change->kinds);
	for (unsigned i = 0; i < change->count; i++)
		names_add_host(&change->told[i].address, change->told[i].name, NAME_FROM_CAPTURE);
}

static void end(struct change *change)
{
	for (unsigned i = 0; i < change->count; i++)
		free(change->told[i].name);
	free(change->told);
}

bool app_has_names(void)
{
	return names_chosen() != 0;
}

bool app_set_names(struct app *app, bool on)
{
	struct change change = { .kinds = on ? ALL_NAMES : 0 };
	struct error error = { "" };
	bool done = true;

	if (on == app_has_names())
		return true;
	if (!app->session) {
		names_choose(change.kinds);
		return true;
	}
	gather(&change, session_file(app->session));
	done = app_rescan(app, apply, &change, &error);
	end(&change);
	if (!done)
		app_message(app, MESSAGE_WARNING, "%s", error.text);
	else
		app_message(app, MESSAGE_NOTE,
			    on ? "Names of hosts, ports and network cards are shown."
			       : "Addresses and ports are shown as they are.");
	columns_reset(&app->columns);
	app->measured_from = app->measured_to = 0;
	return done;
}
