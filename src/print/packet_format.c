/* packet_format.c - the formats of -T that are not plain text. */
#include "print/packet_format.h"

#include <string.h>

#include "formats.h"

static const struct packet_format *const formats[] = {
	&fields_format, &json_format, &jsonraw_format, &ek_format, &pdml_format, &psml_format,
};

const struct packet_format *packet_format_named(const char *name)
{
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
		if (!strcmp(name, formats[i]->name))
			return formats[i];
	return NULL;
}

bool packet_output_has_fields(const struct packet_output *output)
{
	return output->fields && !field_list_is_empty(output->fields);
}

unsigned packet_output_wants(const struct packet_output *output)
{
	return packet_output_has_fields(output) ? field_list_wants(output->fields)
						: output->format->wants;
}

void packet_output_begin(struct packet_output *output)
{
	sink_init(&output->sink, output->out);
	output->format->begin(output);
}

void packet_output_packet(struct packet_output *output, struct dissection *d,
			  const struct summary *columns)
{
	if (packet_output_has_fields(output))
		field_list_gather(output->fields, d, columns, output->facts);
	output->format->packet(output, d, columns);
	output->count++;
}

void packet_output_taken(struct packet_output *output)
{
	output->format->packet(output, NULL, NULL);
	output->count++;
}

void packet_output_flush(struct packet_output *output)
{
	sink_flush(&output->sink);
}

void packet_output_end(struct packet_output *output)
{
	output->format->end(output);
	sink_flush(&output->sink);
	sink_free(&output->sink);
}
