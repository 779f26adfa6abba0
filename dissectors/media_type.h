/* media_type.h - what a body is, by its Content-Type (RFC 9110, 8.3; RFC 2045, 5). */
#ifndef DISSECTORS_MEDIA_TYPE_H
#define DISSECTORS_MEDIA_TYPE_H

#include "dissect/dissector.h"
#include "dissect/text_line.h"

/* How much of what HTTP and mail carry is taken apart.  Reaching a limit is a finding or is said.
 */
enum {
	INFLATED_LIMIT = 16 << 20,    /* bytes that a packed body may become */
	INFLATED_LEARNING = 64 << 10, /* the same where only the packet's path counts */
	CODINGS_LIMIT = 4,	      /* Content-Encoding: packed so many times */
	JSON_DEPTH_LIMIT = 32,	      /* objects and arrays in each other */
	JSON_PATH_LIMIT = 512,	      /* bytes of json.path */
	XML_DEPTH_LIMIT = 48,	      /* elements in each other */
	MULTIPART_DEPTH_LIMIT = 8,    /* bodies of parts in each other */
	PARTS_WITHIN = 32 << 10,      /* parts that begin later in a body are shown as data */
	PARTS_LIMIT = 1000,
};

/* The body's media type is kept in d->media_type while its dissector works, and the dissector is
 * told by it.  A type that nobody knows is shown as `media`, an empty value likewise. */
void hand_on_media(struct dissection *d, struct text_part content_type, struct cursor body);
/* The same below the tree that is open. */
void hand_on_media_within(struct dissection *d, struct text_part content_type, struct cursor body);

/* A parameter of the body at hand, without its quotes, in the arena; NULL: it is not there. */
const char *media_parameter(struct dissection *d, const char *name);

extern const struct dissector data_text_lines_dissector, dns_dissector, image_gif_dissector,
	image_jfif_dissector, imf_dissector, json_dissector, media_dissector,
	mime_multipart_dissector, png_dissector, sdp_dissector, urlencoded_form_dissector,
	xml_dissector;

#endif
