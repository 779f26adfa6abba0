/* psml.c - -T psml: the columns of each packet as XML. */
#include "formats.h"
#include "xml_text.h"

static void put_section(struct sink *sink, const char *text)
{
	sink_put_text(sink, "<section>");
	xml_put_text(sink, text, strlen(text));
	sink_put_text(sink, "</section>\n");
}

static bool chosen(const struct packet_output *output)
{
	return output->columns && output->columns->count;
}

static void psml_begin(struct packet_output *output)
{
	sink_put_text(&output->sink,
		      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
		      "<psml version=\"0\" creator=\"peel/" PACKAGE_VERSION "\">\n<structure>\n");
	if (chosen(output))
		for (unsigned i = 0; i < output->columns->count; i++)
			put_section(&output->sink, output->columns->columns[i].title);
	else
		for (unsigned i = 0; i < SUMMARY_COLUMNS; i++)
			put_section(&output->sink, summary_column_names[i]);
	sink_put_text(&output->sink, "</structure>\n\n");
}

static void put_chosen(struct packet_output *output, struct dissection *d)
{
	char room[COLUMN_TEXT_ROOM];

	for (unsigned i = 0; i < output->columns->count; i++)
		put_section(&output->sink,
			    column_text(&output->columns->columns[i], d, output->facts, room));
}

static void put_usual(struct packet_output *output, const struct summary *columns)
{
	const char *const texts[] = { columns->number,	    columns->time,     columns->source,
				      columns->destination, columns->protocol, columns->length,
				      columns->info };

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		put_section(&output->sink, texts[i]);
}

static void psml_packet(struct packet_output *output, struct dissection *d,
			const struct summary *columns)
{
	sink_put_text(&output->sink, "<packet>\n");
	if (chosen(output))
		put_chosen(output, d);
	else
		put_usual(output, columns);
	sink_put_text(&output->sink, "</packet>\n\n");
}

static void psml_end(struct packet_output *output)
{
	sink_put_text(&output->sink, "</psml>\n");
}

const struct packet_format psml_format = {
	.name = "psml",
	.wants = WANT_COLUMNS,
	.begin = psml_begin,
	.packet = psml_packet,
	.end = psml_end,
};
