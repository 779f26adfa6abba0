/* media.c - bodies of a media type that has no dissector. */
#include "media_type.h"

enum { MEDIA, MEDIA_TYPE };

static const struct field media_fields[] = {
	[MEDIA] = { "media", "Media Type", FIELD_PROTOCOL },
	[MEDIA_TYPE] = { "media.type", "Media type", FIELD_BYTES,
			 .help = "The body, of the type that its label says" },
};

static void media_dissect(struct dissection *d, struct cursor *c)
{
	const char *type = d->media_type ? d->media_type : "";
	uint32_t n = cursor_left(c);

	if (only_learning(d))
		return;
	info(d, " (%s)", type);
	if (!n)
		return;
	take_bytes(d, c, MEDIA_TYPE, n);
	label_set(d, last_node(d), "Media type: %s (%u byte%s)", type, n, n == 1 ? "" : "s");
}

const struct dissector media_dissector = {
	.name = "media",
	.short_name = "Media",
	.title = "Media Type",
	.fields = media_fields,
	.field_count = COUNT(media_fields),
	.dissect = media_dissect,
};
