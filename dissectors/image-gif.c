/* image-gif.c - Graphics Interchange Format, versions 87a and 89a.
 *
 * A header with the screen and its colours, then blocks: images and extensions, whose data come
 * in runs of at most 255 bytes. */
#include "media_type.h"

enum { EXTENSION = 0x21, IMAGE = 0x2c, TRAILER = 0x3b, VERSION_LENGTH = 6 };

enum {
	GIF,
	GIF_VERSION,
	GIF_WIDTH,
	GIF_HEIGHT,
	GIF_GLOBAL,
	GIF_GLOBAL_PRESENT,
	GIF_GLOBAL_COLOR_BPP,
	GIF_GLOBAL_ORDERED,
	GIF_GLOBAL_BPP,
	GIF_BACKGROUND,
	GIF_ASPECT,
	GIF_GLOBAL_MAP,
	GIF_EXTENSION,
	GIF_EXTENSION_LABEL,
	GIF_IMAGE,
	GIF_LEFT,
	GIF_TOP,
	GIF_IMAGE_WIDTH,
	GIF_IMAGE_HEIGHT,
	GIF_LOCAL,
	GIF_LOCAL_PRESENT,
	GIF_LOCAL_COLOR_BPP,
	GIF_LOCAL_ORDERED,
	GIF_LOCAL_BPP,
	GIF_LOCAL_MAP,
	GIF_CODE_SIZE,
	GIF_DATA_BLOCK,
	GIF_END,
};

static const struct value_name truth[] = { { 0, "False" }, { 1, "True" }, { 0, NULL } };
static const struct value_name extension_names[] = { { 0x01, "Plain Text" },
						     { 0xf9, "Graphics Control" },
						     { 0xfe, "Comment" },
						     { 0xff, "Application" },
						     { 0, NULL } };

static const struct field image_gif_fields[] = {
	[GIF] = { "image-gif", "Compuserve GIF", FIELD_PROTOCOL,
		  .help = "A picture of up to 256 colours, or several of them",
		  .reference = "GIF89a, 18" },
	[GIF_VERSION] = { "image-gif.version", "Version", FIELD_TEXT, .help = "87a or 89a",
			  .reference = "GIF89a, 17" },
	[GIF_WIDTH] = { "image-gif.screen.width", "Screen width", FIELD_U16,
			.help = "Pixels in a row of all pictures together",
			.reference = "GIF89a, 18" },
	[GIF_HEIGHT] = { "image-gif.screen.height", "Screen height", FIELD_U16,
			 .help = "Rows of all pictures together", .reference = "GIF89a, 18" },
	[GIF_GLOBAL] = { "image-gif.global", "Global settings", FIELD_NONE,
			 .help = "What applies to all pictures", .reference = "GIF89a, 18" },
	[GIF_GLOBAL_PRESENT] = { "image-gif.global.color_map.present",
				 "Global color map is present", FIELD_U8, BASE_DEC, truth, 0x80,
				 .help = "A palette for all pictures follows",
				 .reference = "GIF89a, 18" },
	[GIF_GLOBAL_COLOR_BPP] = { "image-gif.global.color_bpp", "Bits per color minus 1", FIELD_U8,
				   BASE_DEC, NULL, 0x70,
				   .help = "How fine the original's colours were",
				   .reference = "GIF89a, 18" },
	[GIF_GLOBAL_ORDERED] = { "image-gif.global.color_map.ordered",
				 "Global color map is ordered", FIELD_U8, BASE_DEC, truth, 0x08,
				 .help = "The most important colours come first",
				 .reference = "GIF89a, 18" },
	[GIF_GLOBAL_BPP] = { "image-gif.global.bpp", "Image bits per pixel minus 1", FIELD_U8,
			     BASE_DEC, NULL, 0x07,
			     .help = "How many colours the palette has: 2 to this plus 1",
			     .reference = "GIF89a, 18" },
	[GIF_BACKGROUND] = { "image-gif.image_background_index", "Background color index", FIELD_U8,
			     .help = "The colour behind the pictures", .reference = "GIF89a, 18" },
	[GIF_ASPECT] = { "image-gif.global.pixel_aspect_ratio", "Global pixel aspect ratio",
			 FIELD_U8, .help = "How wide pixels are against their height; 0: not said",
			 .reference = "GIF89a, 18" },
	[GIF_GLOBAL_MAP] = { "image-gif.global.color_map", "Global color map", FIELD_BYTES,
			     .help = "Red, green and blue of each colour",
			     .reference = "GIF89a, 19" },
	[GIF_EXTENSION] = { "image-gif.extension", "Extension", FIELD_NONE,
			    .help = "A comment, text, an animation's timing, or an application's "
				    "own",
			    .reference = "GIF89a, 23" },
	[GIF_EXTENSION_LABEL] = { "image-gif.extension.label", "Extension label", FIELD_U8,
				  BASE_HEX, extension_names, .help = "What the extension is",
				  .reference = "GIF89a, 23" },
	[GIF_IMAGE] = { "image-gif.image", "Image", FIELD_NONE, .help = "One picture",
			.reference = "GIF89a, 20" },
	[GIF_LEFT] = { "image-gif.image.left", "Image left position", FIELD_U16,
		       .help = "Where its left side is", .reference = "GIF89a, 20" },
	[GIF_TOP] = { "image-gif.image.top", "Image top position", FIELD_U16,
		      .help = "Where its top is", .reference = "GIF89a, 20" },
	[GIF_IMAGE_WIDTH] = { "image-gif.image.width", "Image width", FIELD_U16,
			      .help = "Pixels in a row of it", .reference = "GIF89a, 20" },
	[GIF_IMAGE_HEIGHT] = { "image-gif.image.height", "Image height", FIELD_U16,
			       .help = "Its rows", .reference = "GIF89a, 20" },
	[GIF_LOCAL] = { "image-gif.local", "Local settings", FIELD_NONE,
			.help = "What applies to this picture", .reference = "GIF89a, 20" },
	[GIF_LOCAL_PRESENT] = { "image-gif.local.color_map.present", "Local color map is present",
				FIELD_U8, BASE_DEC, truth, 0x80,
				.help = "A palette of its own follows", .reference = "GIF89a, 20" },
	[GIF_LOCAL_COLOR_BPP] = { "image-gif.local.color_bpp", "Bits per color minus 1", FIELD_U8,
				  BASE_DEC, NULL, 0x70,
				  .help = "How fine the original's colours were",
				  .reference = "GIF89a, 20" },
	[GIF_LOCAL_ORDERED] = { "image-gif.local.color_map.ordered", "Local color map is ordered",
				FIELD_U8, BASE_DEC, truth, 0x08,
				.help = "The most important colours come first",
				.reference = "GIF89a, 20" },
	[GIF_LOCAL_BPP] = { "image-gif.local.bpp", "Image bits per pixel minus 1", FIELD_U8,
			    BASE_DEC, NULL, 0x07,
			    .help = "How many colours the palette has: 2 to this plus 1",
			    .reference = "GIF89a, 20" },
	[GIF_LOCAL_MAP] = { "image-gif.local.color_map", "Local color map", FIELD_BYTES,
			    .help = "Red, green and blue of each colour",
			    .reference = "GIF89a, 21" },
	[GIF_CODE_SIZE] = { "image-gif.image.code_size", "LZW minimum code size", FIELD_U8,
			    .help = "Bits of the first codes, less one",
			    .reference = "GIF89a, 22" },
	[GIF_DATA_BLOCK] = { "image-gif.data_block", "Data block", FIELD_BYTES,
			     .flags = FIELD_MAY_BE_EMPTY, .help = "Up to 255 bytes",
			     .reference = "GIF89a, 15" },
	[GIF_END] = { "image-gif.end", "Trailer (End of the GIF stream)", FIELD_NONE,
		      .help = "Where the file ends", .reference = "GIF89a, 27" },
};

/* The byte of settings at the cursor and its four fields.  Returns the bytes of the colours. */
static uint32_t take_settings(struct dissection *d, struct cursor *c, unsigned field,
			      const char *whose)
{
	const uint8_t *at;

	if (!cursor_peek(c, 0, 1, &at)) {
		cursor_skip(c, 1);
		return 0;
	}
	bool present = *at & 0x80;
	uint32_t colors = (*at >> 4 & 7) + 1u, pixel = (*at & 7) + 1u;
	node_id tree = open_tree(d, c, field);
	label_set(d, tree, "%s settings:%s (%u bit%s per color) (%u bit%s per pixel)", whose,
		  !present	  ? ""
		  : *whose == 'G' ? " (Global color table present)"
				  : " (Local color table present)",
		  colors, colors == 1 ? "" : "s", pixel, pixel == 1 ? "" : "s");
	for (unsigned i = field + 1; i <= field + 4; i++)
		look_uint(d, c, i);
	cursor_skip(c, 1);
	close_tree(d, tree, c);
	return present ? 3u << pixel : 0;
}

static void take_data_blocks(struct dissection *d, struct cursor *c)
{
	uint32_t length;

	do {
		uint32_t start = c->pos;
		length = cursor_u8(c);
		const uint8_t *bytes = cursor_bytes(c, length);
		if (!bytes)
			return;
		node_id node = add_bytes(d, c, GIF_DATA_BLOCK, start, length + 1, bytes, length);
		label(d, node, " (length = %u)", length);
	} while (length);
}

static void take_extension(struct dissection *d, struct cursor *c)
{
	const uint8_t *at;
	node_id tree = open_tree(d, c, GIF_EXTENSION);

	if (cursor_peek(c, 1, 1, &at)) {
		const char *name = value_name(extension_names, *at);
		label_set(d, tree, "Extension: %s", name ? name : "unknown");
	}
	cursor_skip(c, 1);
	take_u8(d, c, GIF_EXTENSION_LABEL);
	take_data_blocks(d, c);
	close_tree(d, tree, c);
}

static void take_image(struct dissection *d, struct cursor *c)
{
	node_id tree = open_tree(d, c, GIF_IMAGE);

	cursor_skip(c, 1);
	for (unsigned field = GIF_LEFT; field <= GIF_IMAGE_HEIGHT; field++)
		take_uint_le(d, c, field);
	uint32_t map = take_settings(d, c, GIF_LOCAL, "Local");
	if (map)
		take_bytes(d, c, GIF_LOCAL_MAP, map);
	take_u8(d, c, GIF_CODE_SIZE);
	take_data_blocks(d, c);
	close_tree(d, tree, c);
}

static bool take_block(struct dissection *d, struct cursor *c)
{
	const uint8_t *kind;

	if (!cursor_peek(c, 0, 1, &kind)) {
		cursor_skip(c, 1);
		return false;
	}
	if (*kind == EXTENSION)
		take_extension(d, c);
	else if (*kind == IMAGE)
		take_image(d, c);
	else if (*kind == TRAILER) {
		add_node(d, c, GIF_END, c->pos, 1);
		cursor_skip(c, 1);
	}
	return *kind == EXTENSION || *kind == IMAGE;
}

static void image_gif_dissect(struct dissection *d, struct cursor *c)
{
	const uint8_t *version;

	if (only_learning(d) || !cursor_peek(c, 0, VERSION_LENGTH, &version))
		return;
	const char *name = text_of(d, version, VERSION_LENGTH);
	info(d, " (%s)", name);
	label(d, layer_node(d), ", Version: %s", name);
	take_text(d, c, GIF_VERSION, VERSION_LENGTH);
	take_uint_le(d, c, GIF_WIDTH);
	take_uint_le(d, c, GIF_HEIGHT);
	uint32_t map = take_settings(d, c, GIF_GLOBAL, "Global");
	take_u8(d, c, GIF_BACKGROUND);
	const uint8_t *ratio;
	if (cursor_peek(c, 0, 1, &ratio) && *ratio)
		take_u8(d, c, GIF_ASPECT);
	else
		cursor_skip(c, 1);
	if (map)
		take_bytes(d, c, GIF_GLOBAL_MAP, map);
	while (cursor_more(c) && take_block(d, c))
		;
}

const struct dissector image_gif_dissector = {
	.name = "image-gif",
	.short_name = "GIF image",
	.title = "Compuserve GIF",
	.fields = image_gif_fields,
	.field_count = COUNT(image_gif_fields),
	.dissect = image_gif_dissect,
};
