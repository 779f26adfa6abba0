/* fields_alone.c - the first pass, and behind it a glance at what it has just read. */
#include "fields_alone.h"

#include <stdlib.h>

#include "session/field_look.h"

enum { STEP = 32 }; /* packets, whose bytes are still near */

struct glancing {
	struct batch *batch;
	struct chosen_fields chosen;
	struct field_look *look;
	struct view_port port; /* for packets that are not plain */
	struct node *nodes;
	uint8_t *counts;
	uint32_t printed; /* packets 1..printed */
};

static bool is_possible(const struct batch *batch)
{
	const struct options *options = batch->options;

	return options->format && options->format->only_fields &&
	       packet_output_has_fields(&batch->output) && batch_only_prints(batch) &&
	       !batch->filter && !options->redact;
}

static void begin(struct glancing *glancing)
{
	struct batch *batch = glancing->batch;
	uint32_t count = glancing->chosen.count;

	glancing->look = field_look_new(batch->session, &glancing->chosen);
	glancing->nodes = must_zeroed((size_t)count * GLANCED_VALUES, sizeof *glancing->nodes);
	glancing->counts = must_zeroed(count, sizeof *glancing->counts);
	batch_open_port(batch, &glancing->port, true);
}

static void end(struct glancing *glancing)
{
	view_port_free(&glancing->port);
	field_look_free(glancing->look);
	free(glancing->nodes);
	free(glancing->counts);
}

static bool print(struct glancing *glancing, uint32_t number)
{
	struct batch *batch = glancing->batch;

	if (field_look_at(glancing->look, number, glancing->nodes, glancing->counts))
		return batch_values(batch, number, glancing->nodes, glancing->counts);
	return batch_show(batch, &glancing->port, number);
}

static bool print_known(struct glancing *glancing)
{
	uint32_t count = session_packet_count(glancing->batch->session);

	while (glancing->printed < count)
		if (!print(glancing, ++glancing->printed))
			return false;
	return true;
}

bool print_fields_alone(struct batch *batch)
{
	struct glancing glancing = { .batch = batch };
	bool more = true;

	uint16_t *fields = is_possible(batch) ? field_list_numbers(batch->options->fields,
								   &glancing.chosen.count)
					      : NULL;
	if (!fields)
		return false;
	glancing.chosen.fields = fields;
	begin(&glancing);
	while (more) {
		more = session_scan(batch->session, STEP, true) == SCAN_MORE;
		more = print_known(&glancing) && more;
	}
	end(&glancing);
	free(fields);
	return true;
}
