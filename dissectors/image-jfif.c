/* image-jfif.c - JPEG File Interchange Format, ISO/IEC 10918-1 and 10918-5.
 *
 * Segments: a marker, mostly with a length and parameters; after the last one the picture. */
#include <string.h>

#include "media_type.h"

enum {
	JFIF,
	JFIF_MARKER,
	JFIF_SEGMENT,
	JFIF_LENGTH,
	JFIF_IDENTIFIER,
	JFIF_VERSION,
	JFIF_VERSION_MAJOR,
	JFIF_VERSION_MINOR,
	JFIF_UNITS,
	JFIF_XDENSITY,
	JFIF_YDENSITY,
	JFIF_XTHUMBNAIL,
	JFIF_YTHUMBNAIL,
	JFIF_RGB,
	JFIF_SOF,
	JFIF_SOF_PRECISION,
	JFIF_SOF_LINES,
	JFIF_SOF_SAMPLES,
	JFIF_SOF_NF,
	JFIF_SOF_C,
	JFIF_SOF_H,
	JFIF_SOF_V,
	JFIF_SOF_TQ,
	JFIF_SOS,
	JFIF_SOS_NS,
	JFIF_SOS_SELECTOR,
	JFIF_SOS_DC,
	JFIF_SOS_AC,
	JFIF_SOS_SS,
	JFIF_SOS_SE,
	JFIF_SOS_AH,
	JFIF_SOS_AL,
	JFIF_COMMENT_HEADER,
	JFIF_COMMENT,
	JFIF_REMAINING,
	JFIF_ENTROPY,
};

enum {
	MARKER_SOI = 0xffd8,
	MARKER_EOI = 0xffd9,
	MARKER_SOS = 0xffda,
	MARKER_APP0 = 0xffe0,
	MARKER_COMMENT = 0xfffe,
	MARKER_RST0 = 0xffd0,
	MARKER_RST7 = 0xffd7,
	MARKER_TEM = 0xff01,
};

/* ISO/IEC 10918-1, table B.1. */
static const struct value_name marker_names[] = {
	{ 0xff01, "Reserved - For temporary private use in arithmetic coding" },
	{ 0xffc0, "Start of Frame (non-differential, Huffman coding) - Baseline DCT" },
	{ 0xffc1, "Start of Frame (non-differential, Huffman coding) - Extended sequential DCT" },
	{ 0xffc2, "Start of Frame (non-differential, Huffman coding) - Progressive DCT" },
	{ 0xffc3, "Start of Frame (non-differential, Huffman coding) - Lossless (sequential)" },
	{ 0xffc4, "Define Huffman table(s)" },
	{ 0xffc5, "Start of Frame (differential, Huffman coding) - Differential sequential DCT" },
	{ 0xffc6, "Start of Frame (differential, Huffman coding) - Differential progressive DCT" },
	{ 0xffc7,
	  "Start of Frame (differential, Huffman coding) - Differential lossless (sequential)" },
	{ 0xffc8,
	  "Start of Frame (non-differential, arithmetic coding) - Reserved for JPEG extensions" },
	{ 0xffc9,
	  "Start of Frame (non-differential, arithmetic coding) - Extended sequential DCT" },
	{ 0xffca, "Start of Frame (non-differential, arithmetic coding) - Progressive DCT" },
	{ 0xffcb, "Start of Frame (non-differential, arithmetic coding) - Lossless (sequential)" },
	{ 0xffcc, "Define arithmetic coding conditioning(s)" },
	{ 0xffcd,
	  "Start of Frame (differential, arithmetic coding) - Differential sequential DCT" },
	{ 0xffce,
	  "Start of Frame (differential, arithmetic coding) - Differential progressive DCT" },
	{ 0xffcf,
	  "Start of Frame (differential, arithmetic coding) - Differential lossless (sequential)" },
	{ 0xffd0, "Restart interval termination - Restart with modulo 8 count 0" },
	{ 0xffd1, "Restart interval termination - Restart with modulo 8 count 1" },
	{ 0xffd2, "Restart interval termination - Restart with modulo 8 count 2" },
	{ 0xffd3, "Restart interval termination - Restart with modulo 8 count 3" },
	{ 0xffd4, "Restart interval termination - Restart with modulo 8 count 4" },
	{ 0xffd5, "Restart interval termination - Restart with modulo 8 count 5" },
	{ 0xffd6, "Restart interval termination - Restart with modulo 8 count 6" },
	{ 0xffd7, "Restart interval termination - Restart with modulo 8 count 7" },
	{ 0xffd8, "Start of Image" },
	{ 0xffd9, "End of Image" },
	{ 0xffda, "Start of Scan" },
	{ 0xffdb, "Define quantization table(s)" },
	{ 0xffdc, "Define number of lines" },
	{ 0xffdd, "Define restart interval" },
	{ 0xffde, "Define hierarchical progression" },
	{ 0xffdf, "Expand reference component(s)" },
	{ 0xffe0, "Reserved for application segments - 0" },
	{ 0xffe1, "Reserved for application segments - 1" },
	{ 0xffe2, "Reserved for application segments - 2" },
	{ 0xffe3, "Reserved for application segments - 3" },
	{ 0xffe4, "Reserved for application segments - 4" },
	{ 0xffe5, "Reserved for application segments - 5" },
	{ 0xffe6, "Reserved for application segments - 6" },
	{ 0xffe7, "Reserved for application segments - 7" },
	{ 0xffe8, "Reserved for application segments - 8" },
	{ 0xffe9, "Reserved for application segments - 9" },
	{ 0xffea, "Reserved for application segments - 10" },
	{ 0xffeb, "Reserved for application segments - 11" },
	{ 0xffec, "Reserved for application segments - 12" },
	{ 0xffed, "Reserved for application segments - 13" },
	{ 0xffee, "Reserved for application segments - 14" },
	{ 0xffef, "Reserved for application segments - 15" },
	{ 0xfff0, "Reserved for JPEG extensions - 0" },
	{ 0xfff1, "Reserved for JPEG extensions - 1" },
	{ 0xfff2, "Reserved for JPEG extensions - 2" },
	{ 0xfff3, "Reserved for JPEG extensions - 3" },
	{ 0xfff4, "Reserved for JPEG extensions - 4" },
	{ 0xfff5, "Reserved for JPEG extensions - 5" },
	{ 0xfff6, "Reserved for JPEG extensions - 6" },
	{ 0xfff7, "Reserved for JPEG extensions - 7" },
	{ 0xfff8, "Reserved for JPEG extensions - 8" },
	{ 0xfff9, "Reserved for JPEG extensions - 9" },
	{ 0xfffa, "Reserved for JPEG extensions - 10" },
	{ 0xfffb, "Reserved for JPEG extensions - 11" },
	{ 0xfffc, "Reserved for JPEG extensions - 12" },
	{ 0xfffd, "Reserved for JPEG extensions - 13" },
	{ 0xfffe, "Comment" },
	{ 0, NULL },
};
static const struct value_name unit_names[] = {
	{ 0, "No units; Xdensity and Ydensity specify the pixel aspect ratio" },
	{ 1, "Dots per inch" },
	{ 2, "Dots per centimeter" },
	{ 0, NULL },
};

static const struct field image_jfif_fields[] = {
	[JFIF] = { "image-jfif", "JPEG File Interchange Format", FIELD_PROTOCOL,
		   .help = "A photograph, packed with loss", .reference = "ITU-T T.871" },
	[JFIF_MARKER] = { "image-jfif.marker", "Marker", FIELD_U16, BASE_HEX, marker_names,
			  .help = "Two bytes that say what follows",
			  .reference = "ITU-T T.81, B.1" },
	[JFIF_SEGMENT] = { "image-jfif.marker_segment", "Marker segment", FIELD_NONE,
			   .help = "A part of the file", .reference = "ITU-T T.81, B.1" },
	[JFIF_LENGTH] = { "image-jfif.length", "Length", FIELD_U16,
			  .help = "With the two bytes of itself" },
	[JFIF_IDENTIFIER] = { "image-jfif.identifier", "Identifier", FIELD_TEXT,
			      .help = "JFIF, JFXX or Exif", .reference = "ITU-T T.871, 10" },
	[JFIF_VERSION] = { "image-jfif.version", "Version", FIELD_NONE,
			   .help = "Of the file format", .reference = "ITU-T T.871, 10" },
	[JFIF_VERSION_MAJOR] = { "image-jfif.version.major", "Major Version", FIELD_U8,
				 .help = "Its first number", .reference = "ITU-T T.871, 10" },
	[JFIF_VERSION_MINOR] = { "image-jfif.version.minor", "Minor Version", FIELD_U8,
				 .help = "Its second number", .reference = "ITU-T T.871, 10" },
	[JFIF_UNITS] = { "image-jfif.units", "Units", FIELD_U8, BASE_DEC, unit_names,
			 .help = "Whether densities are by inch or centimetre, or only a ratio",
			 .reference = "ITU-T T.871, 10" },
	[JFIF_XDENSITY] = { "image-jfif.Xdensity", "Xdensity", FIELD_U16,
			    .help = "Pixels of a row by the unit", .reference = "ITU-T T.871, 10" },
	[JFIF_YDENSITY] = { "image-jfif.Ydensity", "Ydensity", FIELD_U16,
			    .help = "Rows by the unit", .reference = "ITU-T T.871, 10" },
	[JFIF_XTHUMBNAIL] = { "image-jfif.Xthumbnail", "Xthumbnail", FIELD_U8,
			      .help = "Pixels in a row of a small picture that follows",
			      .reference = "ITU-T T.871, 10" },
	[JFIF_YTHUMBNAIL] = { "image-jfif.Ythumbnail", "Ythumbnail", FIELD_U8, .help = "Its rows",
			      .reference = "ITU-T T.871, 10" },
	[JFIF_RGB] = { "image-jfif.RGB", "RGB values of thumbnail pixels", FIELD_BYTES,
		       .help = "The small picture", .reference = "ITU-T T.871, 10" },
	[JFIF_SOF] = { "image-jfif.sof", "Start of Frame header", FIELD_NONE,
		       .help = "How the picture is made", .reference = "ITU-T T.81, B.2.2" },
	[JFIF_SOF_PRECISION] = { "image-jfif.sof.precision", "Sample Precision (bits)", FIELD_U8,
				 .help = "Bits of a sample", .reference = "ITU-T T.81, B.2.2" },
	[JFIF_SOF_LINES] = { "image-jfif.sof.lines", "Lines", FIELD_U16,
			     .help = "Rows of the picture", .reference = "ITU-T T.81, B.2.2" },
	[JFIF_SOF_SAMPLES] = { "image-jfif.sof.samples_per_line", "Samples per line", FIELD_U16,
			       .help = "Pixels in a row", .reference = "ITU-T T.81, B.2.2" },
	[JFIF_SOF_NF] = { "image-jfif.sof.nf", "Number of image components in frame", FIELD_U8,
			  .help = "1: grey; 3: brightness and two of colour",
			  .reference = "ITU-T T.81, B.2.2" },
	[JFIF_SOF_C] = { "image-jfif.sof.c_i", "Component identifier", FIELD_U8,
			 .help = "Which component this is about",
			 .reference = "ITU-T T.81, B.2.2" },
	[JFIF_SOF_H] = { "image-jfif.sof.h_i", "Horizontal sampling factor", FIELD_U8, BASE_DEC,
			 NULL, 0xf0, .help = "How many samples of it are side by side in a block",
			 .reference = "ITU-T T.81, B.2.2" },
	[JFIF_SOF_V] = { "image-jfif.sof.v_i", "Vertical sampling factor", FIELD_U8, BASE_DEC, NULL,
			 0x0f, .help = "How many are above each other",
			 .reference = "ITU-T T.81, B.2.2" },
	[JFIF_SOF_TQ] = { "image-jfif.sof.tq_i", "Quantization table destination selector",
			  FIELD_U8, .help = "Which table says how coarse it is",
			  .reference = "ITU-T T.81, B.2.2" },
	[JFIF_SOS] = { "image-jfif.header.sos", "Start of Segment header", FIELD_NONE,
		       .help = "What the packed data behind it hold",
		       .reference = "ITU-T T.81, B.2.3" },
	[JFIF_SOS_NS] = { "image-jfif.sos.ns", "Number of image components in scan", FIELD_U8,
			  .help = "How many components", .reference = "ITU-T T.81, B.2.3" },
	[JFIF_SOS_SELECTOR] = { "image-jfif.sos.component_selector", "Scan component selector",
				FIELD_U8, .help = "Which component this is about",
				.reference = "ITU-T T.81, B.2.3" },
	[JFIF_SOS_DC] = { "image-jfif.sos.dc_entropy_selector",
			  "DC entropy coding table destination selector", FIELD_U8, BASE_DEC, NULL,
			  0xf0, .help = "Which table unpacks blocks' averages",
			  .reference = "ITU-T T.81, B.2.3" },
	[JFIF_SOS_AC] = { "image-jfif.sos.ac_entropy_selector",
			  "AC entropy coding table destination selector", FIELD_U8, BASE_DEC, NULL,
			  0x0f, .help = "Which table unpacks the rest of blocks",
			  .reference = "ITU-T T.81, B.2.3" },
	[JFIF_SOS_SS] = { "image-jfif.sos.ss", "Start of spectral or predictor selection", FIELD_U8,
			  .help = "The first of a block's 64 values that is there",
			  .reference = "ITU-T T.81, B.2.3" },
	[JFIF_SOS_SE] = { "image-jfif.sos.se", "End of spectral selection", FIELD_U8,
			  .help = "The last of them", .reference = "ITU-T T.81, B.2.3" },
	[JFIF_SOS_AH] = { "image-jfif.sos.ah", "Successive approximation bit position high",
			  FIELD_U8, BASE_DEC, NULL, 0xf0,
			  .help = "To which bit earlier scans had them",
			  .reference = "ITU-T T.81, B.2.3" },
	[JFIF_SOS_AL] = { "image-jfif.sos.al",
			  "Successive approximation bit position low or point transform", FIELD_U8,
			  BASE_DEC, NULL, 0x0f, .help = "To which bit this scan has them",
			  .reference = "ITU-T T.81, B.2.3" },
	[JFIF_COMMENT_HEADER] = { "image-jfif.header.comment", "Comment header", FIELD_NONE,
				  .help = "Text for people", .reference = "ITU-T T.81, B.2.4.5" },
	[JFIF_COMMENT] = { "image-jfif.comment", "Comment", FIELD_TEXT, .help = "The text",
			   .reference = "ITU-T T.81, B.2.4.5" },
	[JFIF_REMAINING] = { "image-jfif.remain_seg_data", "Remaining segment data", FIELD_BYTES,
			     .help = "What the segment has that is not taken apart",
			     .reference = "ITU-T T.81, B.1" },
	[JFIF_ENTROPY] = { "image-jfif.entropy_coded_segment",
			   "Entropy-coded segment (dissection is not yet implemented)", FIELD_BYTES,
			   .help = "The packed picture", .reference = "ITU-T T.81, B.1" },
};

static bool is_frame(unsigned marker)
{
	return marker >= 0xffc0 && marker <= 0xffcf && marker != 0xffc4 && marker != 0xffc8 &&
	       marker != 0xffcc;
}

static bool stands_alone(unsigned marker)
{
	return (marker >= MARKER_RST0 && marker <= MARKER_EOI) || marker == MARKER_TEM;
}

static void take_remaining(struct dissection *d, struct cursor *c)
{
	uint32_t n = cursor_sent(c);

	if (!n)
		return;
	take_bytes(d, c, JFIF_REMAINING, n);
	label_set(d, last_node(d), "Remaining segment data: %u bytes", n);
}

static void take_app0(struct dissection *d, struct cursor *c)
{
	const uint8_t *at;

	if (!cursor_peek(c, 0, 5, &at) || memcmp(at, "JFIF", 5) != 0)
		return;
	take_text(d, c, JFIF_IDENTIFIER, 5);
	node_id tree = open_tree(d, c, JFIF_VERSION);
	uint8_t major = take_u8(d, c, JFIF_VERSION_MAJOR);
	uint8_t minor = take_u8(d, c, JFIF_VERSION_MINOR);
	label_set(d, tree, "Version: %u.%u", major, minor);
	close_tree(d, tree, c);
	take_u8(d, c, JFIF_UNITS);
	take_u16(d, c, JFIF_XDENSITY);
	take_u16(d, c, JFIF_YDENSITY);
	uint32_t width = take_u8(d, c, JFIF_XTHUMBNAIL), height = take_u8(d, c, JFIF_YTHUMBNAIL);
	if (width && height)
		take_bytes(d, c, JFIF_RGB, 3 * width * height);
}

static void take_frame(struct dissection *d, struct cursor *c)
{
	take_u8(d, c, JFIF_SOF_PRECISION);
	take_u16(d, c, JFIF_SOF_LINES);
	take_u16(d, c, JFIF_SOF_SAMPLES);
	for (unsigned n = take_u8(d, c, JFIF_SOF_NF); n && cursor_more(c); n--) {
		take_u8(d, c, JFIF_SOF_C);
		look_uint(d, c, JFIF_SOF_H);
		take_u8(d, c, JFIF_SOF_V);
		take_u8(d, c, JFIF_SOF_TQ);
	}
}

static void take_scan(struct dissection *d, struct cursor *c)
{
	for (unsigned n = take_u8(d, c, JFIF_SOS_NS); n && cursor_more(c); n--) {
		take_u8(d, c, JFIF_SOS_SELECTOR);
		look_uint(d, c, JFIF_SOS_DC);
		take_u8(d, c, JFIF_SOS_AC);
	}
	take_u8(d, c, JFIF_SOS_SS);
	take_u8(d, c, JFIF_SOS_SE);
	look_uint(d, c, JFIF_SOS_AH);
	take_u8(d, c, JFIF_SOS_AL);
}

/* The coded picture ends before a marker that is neither a stuffed byte nor a restart. */
static void take_entropy(struct dissection *d, struct cursor *c)
{
	uint32_t n = cursor_left(c), at = 0;
	const uint8_t *bytes;

	if (!n || !cursor_peek(c, 0, n, &bytes))
		return;
	while (at < n) {
		const uint8_t *mark = memchr(bytes + at, 0xff, n - at);
		at = mark ? (uint32_t)(mark - bytes) : n;
		if (!mark || n - at < 2)
			break;
		if (bytes[at + 1] && !(bytes[at + 1] >= 0xd0 && bytes[at + 1] <= 0xd7))
			break;
		at += 2;
	}
	if (n - at < 2)
		at = n;
	take_bytes(d, c, JFIF_ENTROPY, at);
}

static void take_segment(struct dissection *d, struct cursor *c, unsigned marker)
{
	const char *name = value_name(marker_names, marker);
	unsigned field = is_frame(marker)	    ? JFIF_SOF
			 : marker == MARKER_SOS	    ? JFIF_SOS
			 : marker == MARKER_COMMENT ? JFIF_COMMENT_HEADER
						    : JFIF_SEGMENT;
	node_id tree = open_tree(d, c, field);

	label_set(d, tree, "%s: %s (0x%04X)", image_jfif_fields[field].name,
		  name ? name : "Unknown", marker);
	take_u16(d, c, JFIF_MARKER);
	uint32_t length = take_u16(d, c, JFIF_LENGTH);
	struct cursor body = cursor_split(c, length > 2 ? length - 2 : 0);
	if (is_frame(marker))
		take_frame(d, &body);
	else if (marker == MARKER_SOS)
		take_scan(d, &body);
	else if (marker == MARKER_COMMENT && cursor_more(&body))
		take_text(d, &body, JFIF_COMMENT, cursor_sent(&body));
	else if (marker == MARKER_APP0)
		take_app0(d, &body);
	take_remaining(d, &body);
	close_tree(d, tree, c);
	if (marker == MARKER_SOS)
		take_entropy(d, c);
}

static void image_jfif_dissect(struct dissection *d, struct cursor *c)
{
	const uint8_t *at;

	if (only_learning(d))
		return;
	info(d, " (JPEG JFIF image)");
	while (cursor_more(c)) {
		if (!cursor_peek(c, 0, 2, &at)) {
			cursor_skip(c, 2);
			return;
		}
		unsigned marker = (unsigned)at[0] << 8 | at[1];
		if (at[0] != 0xff) {
			take_remaining(d, c);
			return;
		}
		if (at[1] == 0xff) /* fill bytes */
			cursor_skip(c, 1);
		else if (stands_alone(marker))
			take_u16(d, c, JFIF_MARKER);
		else
			take_segment(d, c, marker);
	}
}

const struct dissector image_jfif_dissector = {
	.name = "image-jfif",
	.short_name = "JFIF (JPEG) image",
	.title = "JPEG File Interchange Format",
	.fields = image_jfif_fields,
	.field_count = COUNT(image_jfif_fields),
	.dissect = image_jfif_dissect,
};
