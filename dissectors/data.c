/* data.c - bytes that nobody knows. */
#include "dissect/dissector.h"

enum { DATA, DATA_DATA, DATA_LEN };

static const struct field data_fields[] = {
	[DATA]      = { "data", "Data", FIELD_PROTOCOL,
					.help = "Bytes whose protocol is not known" },
	[DATA_DATA] = { "data.data", "Data", FIELD_BYTES,
					.help = "The bytes" },
	[DATA_LEN]  = { "data.len", "Length", FIELD_I32,
					.help = "How many there are" },
};

static void data_dissect(struct dissection *d, struct cursor *c)
{
	uint32_t n = cursor_left(c);

	if (only_learning(d))
		return;
	if (n == 0) {
		node_flag(d, layer_node(d), NODE_HIDDEN);
		return;
	}
	label(d, layer_node(d), " (%u byte%s)", n, n == 1 ? "" : "s");
	take_bytes(d, c, DATA_DATA, n);
	put_uint(d, DATA_LEN, n);
}

const struct dissector data_dissector = {
	.name = "data",
	.short_name = "Data",
	.title = "Data",
	.fields = data_fields,
	.field_count = COUNT(data_fields),
	.dissect = data_dissect,
};
