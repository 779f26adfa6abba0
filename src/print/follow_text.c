/* follow_text.c - records of a stream as text: who said it, how much, and the bytes. */
#include "print/follow_text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/byte_text.h"
#include "base/number_text.h"
#include "base/text.h"

enum { HEX_BYTES = 16, BASE64_BYTES = 57, NOTE_ROOM = 64 };

struct follow_format {
	const char *name;
	bool framed; /* between lines of "=", with a heading */
	void (*put)(struct follow_text *text, const struct follow_record *record);
};

/* As much room as the words of a record need. */
static char *room_for(struct follow_text *text, size_t bytes)
{
	if (text->room_bytes < bytes) {
		text->room = must_resize(text->room, bytes, 1);
		text->room_bytes = bytes;
	}
	return (char *)text->room;
}

/* --- one character a byte --- */

/* A carriage return alone lets a line be written over, which no one who looks should see. */
static bool may_return(const struct follow_text *text, const struct follow_record *record,
		       uint32_t i)
{
	return !text->on_terminal || (i + 1 < record->length && record->bytes[i + 1] == '\n');
}

static void put_words(struct follow_text *text, const struct follow_record *record,
		      const char *words, size_t length)
{
	fprintf(text->out, "%s%" PRIu32 "\n", record->node ? "\t" : "", record->length);
	fwrite(words, 1, length, text->out);
	putc('\n', text->out);
}

static void put_ascii(struct follow_text *text, const struct follow_record *record)
{
	char *words = room_for(text, record->length);

	for (uint32_t i = 0; i < record->length; i++) {
		uint8_t c = record->bytes[i];
		bool shown = (c >= 0x20 && c < 0x7f) || c == '\n' ||
			     (c == '\r' && may_return(text, record, i));

		words[i] = shown ? (char)c : '.';
	}
	put_words(text, record, words, record->length);
}

static void put_ebcdic(struct follow_text *text, const struct follow_record *record)
{
	char *words = room_for(text, record->length);

	for (uint32_t i = 0; i < record->length; i++) {
		char c = ebcdic_characters[record->bytes[i]];

		words[i] = c != '\r' || !text->on_terminal ? c : '.';
	}
	put_words(text, record, words, record->length);
}

static void put_utf8(struct follow_text *text, const struct follow_record *record)
{
	char *words = room_for(text, record->length), *at = words;
	uint32_t code;

	for (uint32_t i = 0; i < record->length;) {
		const uint8_t *bytes = record->bytes + i;
		unsigned n = text_character(bytes, record->length - i, &code);
		bool shown = n && (text_is_safe(code) || code == '\n' ||
				   (code == '\r' && may_return(text, record, i)));

		if (shown)
			at = mempcpy(at, bytes, n);
		else
			*at++ = '.';
		i += n ? n : 1;
	}
	put_words(text, record, words, (size_t)(at - words));
}

/* --- numbers --- */

static void put_raw(struct follow_text *text, const struct follow_record *record)
{
	char *words = room_for(text, 2 * (size_t)record->length + 2), *at = words;

	if (record->node)
		*at++ = '\t';
	at = number_put_bytes(at, record->bytes, record->length);
	*at++ = '\n';
	fwrite(words, 1, (size_t)(at - words), text->out);
}

/* "00000010  3a 20 31 ...  68 6f 73  : 1..host" with 16 bytes in two halves. */
static char *put_hex_line(char *at, uint64_t offset, const uint8_t *bytes, uint32_t n)
{
	char digits[16];
	unsigned width = offset >> 32 ? 16 : 8;

	number_put_hex(digits, offset, width);
	for (unsigned i = 0; i < width; i++)
		*at++ = digits[i] >= 'a' ? (char)(digits[i] - 'a' + 'A') : digits[i];
	*at++ = ' ';
	for (uint32_t i = 0; i < HEX_BYTES; i++) {
		if (i % 8 == 0)
			*at++ = ' ';
		if (i < n)
			at = number_put_bytes(at, bytes + i, 1);
		else
			at = mempcpy(at, "  ", 2);
		*at++ = ' ';
	}
	*at++ = ' ';
	for (uint32_t i = 0; i < n; i++) {
		*at++ = bytes[i] >= 0x20 && bytes[i] < 0x7f ? (char)bytes[i] : '.';
		if (i == 7)
			*at++ = ' ';
	}
	/* As tshark has it: a blank that ends the line is left out. */
	if (at[-1] == ' ')
		at--;
	*at++ = '\n';
	return at;
}

static void put_hex(struct follow_text *text, const struct follow_record *record)
{
	char line[128];

	for (uint32_t i = 0; i < record->length; i += HEX_BYTES) {
		uint32_t n = record->length - i < HEX_BYTES ? record->length - i : HEX_BYTES;
		char *at = line;

		if (record->node)
			*at++ = '\t';
		at = put_hex_line(at, text->offset[record->node] + i, record->bytes + i, n);
		fwrite(line, 1, (size_t)(at - line), text->out);
	}
}

static void put_yaml(struct follow_text *text, const struct follow_record *record)
{
	char line[128];
	int64_t seconds = record->time_ns / 1000000000, rest = record->time_ns % 1000000000;

	/* As a floating point number, as tshark has it: the last digits are not those of the file.
	 */
	fprintf(text->out,
		"  - packet: %" PRIu32 "\n    peer: %u\n    timestamp: %.9f\n"
		"    data: !!binary |\n",
		record->packet, record->node, (double)seconds + (double)rest / 1e9);
	for (uint32_t i = 0; i < record->length; i += BASE64_BYTES) {
		uint32_t n = record->length - i < BASE64_BYTES ? record->length - i : BASE64_BYTES;
		char *at = mempcpy(line, "      ", 6);

		at = base64_put(at, record->bytes + i, n);
		*at++ = '\n';
		fwrite(line, 1, (size_t)(at - line), text->out);
	}
}

/* --- all of it --- */

static const struct follow_format formats[] = {
	{ "ascii", true, put_ascii }, { "ebcdic", true, put_ebcdic }, { "hex", true, put_hex },
	{ "raw", true, put_raw },     { "utf-8", true, put_utf8 },    { "yaml", false, put_yaml },
};

enum { FORMATS = sizeof(formats) / sizeof(*formats) };

const struct follow_format *follow_format_named(const char *name, size_t length)
{
	for (unsigned i = 0; i < FORMATS; i++)
		if (strlen(formats[i].name) == length && !memcmp(formats[i].name, name, length))
			return &formats[i];
	return NULL;
}

const char *follow_format_names(void)
{
	return "ascii, ebcdic, hex, raw, utf-8 and yaml";
}

static void put_nodes(struct follow_text *text)
{
	for (unsigned i = 0; i < 2; i++) {
		const struct endpoint *node = &text->nodes[i];
		char address[ADDRESS_TEXT_ROOM];

		address_text(node, address);
		if (!text->format->framed)
			fprintf(text->out, "  - peer: %u\n    host: %s\n    port: %u\n", i, address,
				node->port);
		else if (node->type == ADDRESS_IPV6)
			fprintf(text->out, "Node %u: [%s]:%u\n", i, address, node->port);
		else
			fprintf(text->out, "Node %u: %s:%u\n", i, address, node->port);
	}
}

static const char frame_line[] =
	"===================================================================\n";

static void put_heading(struct follow_text *text)
{
	if (text->begun)
		return;
	text->begun = true;
	if (text->format->framed)
		fprintf(text->out, "\n%sFollow: %s,%s\nFilter: %s\n", frame_line, text->protocol,
			text->format->name, text->filter);
	else
		fputs("peers:\n", text->out);
	put_nodes(text);
	if (!text->format->framed)
		fputs("packets:\n", text->out);
}

void follow_text_record(struct follow_text *text, const struct follow_record *record)
{
	struct follow_record shown = *record;
	char note[NOTE_ROOM];

	put_heading(text);
	text->records++;
	if (!record->bytes) {
		int n = snprintf(note, sizeof(note), "[%" PRIu32 " bytes missing in capture file]",
				 record->length);

		shown.bytes = (const uint8_t *)note;
		shown.length = (uint32_t)n + 1; /* with its 0, as in tshark */
		shown.time_ns = 0;
	}
	if (text->records >= text->first_record && text->records <= text->last_record)
		text->format->put(text, &shown);
	text->offset[shown.node] += shown.length;
}

void follow_text_end(struct follow_text *text)
{
	put_heading(text);
	if (text->format->framed)
		fputs(frame_line, text->out);
	free(text->room);
	text->room = NULL;
	text->room_bytes = 0;
}
