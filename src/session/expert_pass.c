/* expert_pass.c - findings of a whole capture: kinds and counts, and one byte a packet. */
#include "session/expert_pass.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "dissect/registry.h"

enum { PACKETS_LISTED = 1 << 22 };

struct expert_pass {
	struct expert_list *list;
	struct view_port port;
	uint32_t done;
	uint8_t *severities; /* of packet 1, 2, ... */
	uint32_t room;
	uint8_t *no_fields;
};

struct expert_pass *expert_pass_new(struct session *session)
{
	struct expert_pass *pass = must_zeroed(1, sizeof *pass);

	registry_build();
	pass->list = expert_list_new(EXPERT_SAME_FIELD, PACKETS_LISTED);
	pass->no_fields = must_zeroed(registry_field_count() / 8 + 1, 1);
	view_port_init(&pass->port, session);
	pass->port.d.wanted_fields = pass->no_fields;
	return pass;
}

void expert_pass_free(struct expert_pass *pass)
{
	if (!pass)
		return;
	view_port_free(&pass->port);
	expert_list_free(pass->list);
	free(pass->severities);
	free(pass->no_fields);
	free(pass);
}

static void take(struct expert_pass *pass, uint32_t number)
{
	const struct dissection *d = &pass->port.d;
	bool is_read = view_port_dissect(&pass->port, number, WANT_FIELDS);

	if (number > pass->room)
		pass->severities = must_grow(pass->severities, &pass->room, 1 << 12, 1);
	pass->severities[number - 1] = is_read ? d->severity : EXPERT_NONE;
	if (is_read)
		expert_list_take(pass->list, d);
	pass->done = number;
}

void expert_pass_step(struct expert_pass *pass, uint32_t packets, uint32_t last)
{
	while (packets-- && pass->done < last)
		take(pass, pass->done + 1);
}

uint32_t expert_pass_done(const struct expert_pass *pass)
{
	return pass->done;
}

const struct expert_list *expert_pass_list(const struct expert_pass *pass)
{
	return pass->list;
}

enum expert_severity expert_pass_severity(const struct expert_pass *pass, uint32_t packet)
{
	return packet && packet <= pass->done ? (enum expert_severity)pass->severities[packet - 1]
					      : EXPERT_NONE;
}

const char *expert_pass_words(struct expert_pass *pass, const struct expert_row *row,
			      uint32_t packet)
{
	const struct dissection *d = &pass->port.d;

	if (!view_port_dissect(&pass->port, packet, WANT_FIELDS))
		return "";
	for (uint32_t i = 0; i < d->finding_count; i++)
		if (d->findings[i].field == row->field &&
		    !strcmp(d->findings[i].protocol, row->protocol))
			return d->findings[i].words;
	return "";
}
