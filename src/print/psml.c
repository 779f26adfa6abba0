/* psml.c - -T psml: the columns of each packet as XML. */
#include "formats.h"
#include "xml_text.h"

static void put_section(struct sink *sink, const char *text)
{
	sink_put_text(sink, "<section>");
	xml_put_text(sink, text, strlen(text));
	sink_put_text(sink, "</section>\n");
}

static void psml_begin(struct packet_output *output)
{
	sink_put_text(&output->sink,
		      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
		      "<psml version=\"0\" creator=\"peel/" PACKAGE_VERSION "\">\n<structure>\n");
	for (unsigned i = 0; i < SUMMARY_COLUMNS; i++)
		put_section(&output->sink, summary_column_names[i]);
	sink_put_text(&output->sink, "</structure>\n\n");
}

static void psml_packet(struct packet_output *output, struct dissection *d,
			const struct summary *columns)
{
	const char *const texts[] = { columns->number,	    columns->time,     columns->source,
				      columns->destination, columns->protocol, columns->length,
				      columns->info };

	(void)d;
	sink_put_text(&output->sink, "<packet>\n");
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		put_section(&output->sink, texts[i]);
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
