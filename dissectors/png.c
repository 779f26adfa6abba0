/* png.c - Portable Network Graphics, RFC 2083.
 *
 * After the signature come chunks: length, type, data, CRC. */
#include <string.h>

#include "media_type.h"

enum { SIGNATURE_LENGTH = 8 };

enum {
	PNG,
	PNG_SIGNATURE,
	PNG_CHUNK,
	PNG_CHUNK_LEN,
	PNG_CHUNK_TYPE,
	PNG_ANCILLARY,
	PNG_PRIVATE,
	PNG_STC,
	PNG_CHUNK_DATA,
	PNG_CHUNK_CRC,
	PNG_WIDTH,
	PNG_HEIGHT,
	PNG_BITDEPTH,
	PNG_COLOUR_TYPE,
	PNG_COMPRESSION_METHOD,
	PNG_FILTER_METHOD,
	PNG_INTERLACE_METHOD,
	PNG_INTENT,
	PNG_KEYWORD,
	PNG_STRING,
	PNG_YEAR,
	PNG_MONTH,
	PNG_DAY,
	PNG_HOUR,
	PNG_MINUTE,
	PNG_SECOND,
	PNG_HORIZ,
	PNG_VERT,
	PNG_UNIT,
	PNG_PALETTE_INDEX,
	PNG_GREYSCALE,
	PNG_RED,
	PNG_GREEN,
	PNG_BLUE,
	PNG_WHITE_X,
	PNG_WHITE_Y,
	PNG_RED_X,
	PNG_RED_Y,
	PNG_GREEN_X,
	PNG_GREEN_Y,
	PNG_BLUE_X,
	PNG_BLUE_Y,
	PNG_GAMMA,
	PNG_CHUNK_TOO_LARGE,
};

static const struct value_name ancillary_names[] = { { 0, "This is a CRITICAL chunk" },
						     { 1, "This is an ANCILLARY chunk" },
						     { 0, NULL } };
static const struct value_name private_names[] = { { 0, "This is a PUBLIC chunk" },
						   { 1, "This is a PRIVATE chunk" },
						   { 0, NULL } };
static const struct value_name copy_names[] = { { 0, "This chunk is NOT safe to copy" },
						{ 1, "This chunk is SAFE TO COPY" },
						{ 0, NULL } };
static const struct value_name colour_names[] = { { 0, "Greyscale" },
						  { 2, "Truecolour" },
						  { 3, "Indexed-colour" },
						  { 4, "Greyscale with alpha" },
						  { 6, "Truecolour with alpha" },
						  { 0, NULL } };
static const struct value_name compression_names[] = { { 0, "Deflate" }, { 0, NULL } };
static const struct value_name filter_names[] = { { 0, "Adaptive" }, { 0, NULL } };
static const struct value_name interlace_names[] = { { 0, "No interlace" },
						     { 1, "Adam7" },
						     { 0, NULL } };
static const struct value_name intent_names[] = { { 0, "Perceptual" },
						  { 1, "Relative colorimetric" },
						  { 2, "Saturation" },
						  { 3, "Absolute colorimetric" },
						  { 0, NULL } };
static const struct value_name unit_names[] = { { 0, "Unit is unknown" },
						{ 1, "Unit is METRE" },
						{ 0, NULL } };

static const struct field png_fields[] = {
	[PNG] = { "png", "Portable Network Graphics", FIELD_PROTOCOL,
		  .help = "A picture, packed without loss", .reference = "PNG, 1" },
	[PNG_SIGNATURE] = { "png.signature", "PNG Signature", FIELD_BYTES,
			    .help = "Eight bytes that a PNG begins with; they break if it is sent "
				    "as text",
			    .reference = "PNG, 5.2" },
	[PNG_CHUNK] = { "png.chunk", "Chunk", FIELD_NONE,
			.help = "A part of the file: length, kind, data, checksum",
			.reference = "PNG, 5.3" },
	[PNG_CHUNK_LEN] = { "png.chunk.len", "Len", FIELD_U32, .help = "Bytes of the chunk's data",
			    .reference = "PNG, 5.3" },
	[PNG_CHUNK_TYPE] = { "png.chunk.type", "Chunk", FIELD_TEXT, .help = "What the chunk is",
			     .reference = "PNG, 5.3" },
	[PNG_ANCILLARY] = { "png.chunk.flag.ancillary", "Ancillary", FIELD_BOOL, BASE_DEC,
			    ancillary_names, 0x20000000,
			    .help = "The picture can be shown without the chunk",
			    .reference = "PNG, 5.4" },
	[PNG_PRIVATE] = { "png.chunk.flag.private", "Private", FIELD_BOOL, BASE_DEC, private_names,
			  0x200000, .help = "Its kind is not registered", .reference = "PNG, 5.4" },
	[PNG_STC] = { "png.chunk.flag.stc", "Safe To Copy", FIELD_BOOL, BASE_DEC, copy_names, 0x20,
		      .help = "An editor that does not know it may keep it",
		      .reference = "PNG, 5.4" },
	[PNG_CHUNK_DATA] = { "png.chunk.data", "Data", FIELD_NONE, .help = "The chunk's data",
			     .reference = "PNG, 5.3" },
	[PNG_CHUNK_CRC] = { "png.chunk.crc", "CRC", FIELD_U32, BASE_HEX,
			    .help = "A checksum of kind and data", .reference = "PNG, 5.3" },
	[PNG_WIDTH] = { "png.ihdr.width", "Width", FIELD_U32, .help = "Pixels in a row",
			.reference = "PNG, 11.2.2" },
	[PNG_HEIGHT] = { "png.ihdr.height", "Height", FIELD_U32, .help = "Rows",
			 .reference = "PNG, 11.2.2" },
	[PNG_BITDEPTH] = { "png.ihdr.bitdepth", "Bit Depth", FIELD_U8, .help = "Bits of a sample",
			   .reference = "PNG, 11.2.2" },
	[PNG_COLOUR_TYPE] = { "png.ihdr.colour_type", "Colour Type", FIELD_U8, BASE_DEC,
			      colour_names,
			      .help = "Whether pixels are grey, coloured, or indices into a "
				      "palette, and have transparency",
			      .reference = "PNG, 11.2.2" },
	[PNG_COMPRESSION_METHOD] = { "png.ihdr.compression_method", "Compression Method", FIELD_U8,
				     BASE_DEC, compression_names, .help = "0: deflate",
				     .reference = "PNG, 11.2.2" },
	[PNG_FILTER_METHOD] = { "png.ihdr.filter_method", "Filter Method", FIELD_U8, BASE_DEC,
				filter_names, .help = "0: five filters, one chosen for each row",
				.reference = "PNG, 11.2.2" },
	[PNG_INTERLACE_METHOD] = { "png.ihdr.interlace_method", "Interlace Method", FIELD_U8,
				   BASE_DEC, interlace_names,
				   .help = "Whether rows come in order, or in seven passes",
				   .reference = "PNG, 11.2.2" },
	[PNG_INTENT] = { "png.srgb.intent", "Intent", FIELD_U8, BASE_DEC, intent_names,
			 .help = "What matters when colours do not fit", .reference = "PNG, 11.3" },
	[PNG_KEYWORD] = { "png.text.keyword", "Keyword", FIELD_TEXT,
			  .help = "What the text is, such as Title or Author",
			  .reference = "PNG, 11.3" },
	[PNG_STRING] = { "png.text.string", "String", FIELD_TEXT, .help = "The text",
			 .reference = "PNG, 11.3" },
	[PNG_YEAR] = { "png.time.year", "Year", FIELD_U16,
		       .help = "When the picture was last changed", .reference = "PNG, 11.3" },
	[PNG_MONTH] = { "png.time.month", "Month", FIELD_U8, .help = "When it was last changed",
			.reference = "PNG, 11.3" },
	[PNG_DAY] = { "png.time.day", "Day", FIELD_U8, .help = "When it was last changed",
		      .reference = "PNG, 11.3" },
	[PNG_HOUR] = { "png.time.hour", "Hour", FIELD_U8,
		       .help = "When it was last changed, in UTC", .reference = "PNG, 11.3" },
	[PNG_MINUTE] = { "png.time.minute", "Minute", FIELD_U8, .help = "When it was last changed",
			 .reference = "PNG, 11.3" },
	[PNG_SECOND] = { "png.time.second", "Second", FIELD_U8, .help = "When it was last changed",
			 .reference = "PNG, 11.3" },
	[PNG_HORIZ] = { "png.phys.horiz", "Horizontal pixels per unit", FIELD_U32,
			.help = "How dense the pixels of a row are meant to be",
			.reference = "PNG, 11.3" },
	[PNG_VERT] = { "png.phys.vert", "Vertical pixels per unit", FIELD_U32,
		       .help = "How dense the rows are meant to be", .reference = "PNG, 11.3" },
	[PNG_UNIT] = { "png.phys.unit", "Unit", FIELD_U8, BASE_DEC, unit_names,
		       .help = "Whether these are pixels a metre, or only their ratio",
		       .reference = "PNG, 11.3" },
	[PNG_PALETTE_INDEX] = { "png.bkgd.palette_index", "Palette Index", FIELD_U8,
				.help = "The colour behind the picture, in the palette",
				.reference = "PNG, 11.3" },
	[PNG_GREYSCALE] = { "png.bkgd.greyscale", "Greyscale", FIELD_U16, BASE_HEX,
			    .help = "The grey behind the picture", .reference = "PNG, 11.3" },
	[PNG_RED] = { "png.bkgd.red", "Red", FIELD_U16, BASE_HEX,
		      .help = "The colour behind the picture: red", .reference = "PNG, 11.3" },
	[PNG_GREEN] = { "png.bkgd.green", "Green", FIELD_U16, BASE_HEX,
			.help = "The colour behind the picture: green", .reference = "PNG, 11.3" },
	[PNG_BLUE] = { "png.bkgd.blue", "Blue", FIELD_U16, BASE_HEX,
		       .help = "The colour behind the picture: blue", .reference = "PNG, 11.3" },
	[PNG_WHITE_X] = { "png.chrm.white.x", "White X", FIELD_DOUBLE,
			  .help = "Where white is among colours, times 100,000",
			  .reference = "PNG, 11.3" },
	[PNG_WHITE_Y] = { "png.chrm.white.y", "White Y", FIELD_DOUBLE,
			  .help = "Where white is among colours, times 100,000",
			  .reference = "PNG, 11.3" },
	[PNG_RED_X] = { "png.chrm.red.x", "Red X", FIELD_DOUBLE,
			.help = "Which red is meant, times 100,000", .reference = "PNG, 11.3" },
	[PNG_RED_Y] = { "png.chrm.red.y", "Red Y", FIELD_DOUBLE,
			.help = "Which red is meant, times 100,000", .reference = "PNG, 11.3" },
	[PNG_GREEN_X] = { "png.chrm.green.x", "Green X", FIELD_DOUBLE,
			  .help = "Which green is meant, times 100,000", .reference = "PNG, 11.3" },
	[PNG_GREEN_Y] = { "png.chrm.green.y", "Green Y", FIELD_DOUBLE,
			  .help = "Which green is meant, times 100,000", .reference = "PNG, 11.3" },
	[PNG_BLUE_X] = { "png.chrm.blue.x", "Blue X", FIELD_DOUBLE,
			 .help = "Which blue is meant, times 100,000", .reference = "PNG, 11.3" },
	[PNG_BLUE_Y] = { "png.chrm.blue.y", "Blue Y", FIELD_DOUBLE,
			 .help = "Which blue is meant, times 100,000", .reference = "PNG, 11.3" },
	[PNG_GAMMA] = { "png.gama.gamma", "Gamma", FIELD_DOUBLE,
			.help = "How samples relate to light, times 100,000",
			.reference = "PNG, 11.3" },
	[PNG_CHUNK_TOO_LARGE] = FINDING("png.chunk_too_large", "The chunk is longer than the image",
					EXPERT_WARN, GROUP_MALFORMED),
};

/* Fields of a chunk: numbers of fixed size one after the other. */
struct chunk_kind {
	const char type[5];
	const char *title;
	uint8_t first, last; /* 0: none are shown */
};

static const struct chunk_kind chunk_kinds[] = {
	{ "IHDR", "Image Header", PNG_WIDTH, PNG_INTERLACE_METHOD },
	{ "PLTE", "Palette", 0, 0 },
	{ "IDAT", "Image data chunk", 0, 0 },
	{ "IEND", "Image Trailer", 0, 0 },
	{ "tRNS", "Transparency", 0, 0 },
	{ "cHRM", "Primary chromaticities and white point", PNG_WHITE_X, PNG_BLUE_Y },
	{ "gAMA", "Image gamma", PNG_GAMMA, PNG_GAMMA },
	{ "iCCP", "Embedded ICC profile", 0, 0 },
	{ "sBIT", "Significant bits", 0, 0 },
	{ "sRGB", "Standard RGB colour space", PNG_INTENT, PNG_INTENT },
	{ "tEXt", "Textual data", PNG_KEYWORD, PNG_STRING },
	{ "iTXt", "International textual data", 0, 0 },
	{ "zTXt", "Compressed textual data", 0, 0 },
	{ "bKGD", "Background colour", PNG_PALETTE_INDEX, PNG_BLUE },
	{ "hIST", "Image Histogram", 0, 0 },
	{ "pHYs", "Physical pixel dimensions", PNG_HORIZ, PNG_UNIT },
	{ "sPLT", "Suggested palette", 0, 0 },
	{ "tIME", "Image last-modification time", PNG_YEAR, PNG_SECOND },
};

static void show_text(struct dissection *d, struct cursor *c)
{
	uint32_t n = cursor_left(c);
	const uint8_t *bytes;

	if (!cursor_peek(c, 0, n, &bytes))
		return;
	const uint8_t *end = n ? memchr(bytes, 0, n) : NULL;
	if (!end)
		return;
	uint32_t keyword = (uint32_t)(end - bytes);
	take_text(d, c, PNG_KEYWORD, keyword);
	cursor_skip(c, 1);
	take_text(d, c, PNG_STRING, n - keyword - 1);
}

static void show_background(struct dissection *d, struct cursor *c)
{
	uint32_t n = cursor_left(c);

	if (n == 1)
		take_u8(d, c, PNG_PALETTE_INDEX);
	else if (n == 2)
		take_u16(d, c, PNG_GREYSCALE);
	for (unsigned field = PNG_RED; n == 6 && field <= PNG_BLUE; field++)
		take_u16(d, c, field);
}

static void show_numbers(struct dissection *d, struct cursor *c, const struct chunk_kind *kind)
{
	for (unsigned field = kind->first; field <= kind->last && cursor_left(c); field++) {
		unsigned width = field_width(png_fields[field].type);
		if (png_fields[field].type != FIELD_DOUBLE) {
			take_uint_n(d, c, field, width);
			continue;
		}
		double value = cursor_u32(c) / 100000.0;
		node_id node = put_double(d, field, value);
		if (node != NO_NODE)
			d->nodes[node].flags &= (uint8_t)~NODE_GENERATED;
	}
}

static void show_data(struct dissection *d, struct cursor *c, const struct chunk_kind *kind)
{
	if (!cursor_left(c))
		return;
	if (!kind || !kind->first)
		add_node(d, c, PNG_CHUNK_DATA, c->pos, cursor_left(c));
	else if (kind->first == PNG_KEYWORD)
		show_text(d, c);
	else if (kind->first == PNG_PALETTE_INDEX)
		show_background(d, c);
	else
		show_numbers(d, c, kind);
}

static void show_chunk(struct dissection *d, struct cursor *c)
{
	const struct chunk_kind *kind = NULL;
	const uint8_t *type;

	if (!cursor_peek(c, 4, 4, &type)) {
		cursor_skip(c, 8);
		return;
	}
	for (unsigned i = 0; i < COUNT(chunk_kinds) && !kind; i++)
		if (memcmp(type, chunk_kinds[i].type, 4) == 0)
			kind = &chunk_kinds[i];
	const char *name = text_of(d, type, 4);
	node_id tree = open_tree(d, c, PNG_CHUNK);
	label_set(d, tree, "%s (%s)", kind ? kind->title : "unknown", name);
	uint32_t length = take_u32(d, c, PNG_CHUNK_LEN);
	take_text(d, c, PNG_CHUNK_TYPE, 4);
	c->pos -= cursor_ok(c) ? 4 : 0;
	for (unsigned flag = PNG_ANCILLARY; flag <= PNG_STC; flag++)
		look_uint_n(d, c, flag, 4);
	cursor_skip(c, 4);
	if (length > cursor_sent(c))
		note_finding(d, PNG_CHUNK_TOO_LARGE, NULL);
	struct cursor data = cursor_split(c, length);
	show_data(d, &data, kind);
	take_u32(d, c, PNG_CHUNK_CRC);
	close_tree(d, tree, c);
}

static void png_dissect(struct dissection *d, struct cursor *c)
{
	if (only_learning(d))
		return;
	info(d, " (PNG)");
	take_bytes(d, c, PNG_SIGNATURE, SIGNATURE_LENGTH);
	while (cursor_more(c))
		show_chunk(d, c);
}

const struct dissector png_dissector = {
	.name = "png",
	.short_name = "PNG",
	.title = "Portable Network Graphics",
	.fields = png_fields,
	.field_count = COUNT(png_fields),
	.dissect = png_dissect,
};
