/* data-text-lines.c - bodies of text, line by line. */
#include "media_type.h"

enum { TEXT_LINES, TEXT_LINES_LINE };

static const struct field data_text_lines_fields[] = {
	[TEXT_LINES] = { "data-text-lines", "Line-based text data", FIELD_PROTOCOL,
			 .help = "Text, shown line by line", .reference = "RFC 2046, 4.1" },
	[TEXT_LINES_LINE] = { "data-text-lines.line", "Line", FIELD_NONE,
			      .help = "A line, with its end", .reference = "RFC 2046, 4.1" },
};

static void data_text_lines_dissect(struct dissection *d, struct cursor *c)
{
	const char *type = d->media_type ? d->media_type : "";
	struct text_line line;
	uint32_t count = 0;

	if (only_learning(d))
		return;
	/* JSON that is none has said the type before. */
	if (type[0] == 't')
		info(d, " (%s)", type);
	if (!wants_fields(d))
		return;
	while (take_line(c, &line)) {
		node_id node = add_node(d, c, TEXT_LINES_LINE, line.start, line.whole);
		label_set(d, node, "%s", line_text(d, &line));
		count++;
	}
	if (*type)
		label(d, layer_node(d), ": %s", type);
	label(d, layer_node(d), " (%u lines)", count);
}

const struct dissector data_text_lines_dissector = {
	.name = "data-text-lines",
	.short_name = "Line-based text data",
	.title = "Line-based text data",
	.fields = data_text_lines_fields,
	.field_count = COUNT(data_text_lines_fields),
	.dissect = data_text_lines_dissect,
};
