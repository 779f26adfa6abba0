/* words.c - labels of nodes and the Info column.
 *
 * Info is worded for every row that scrolls by and for every line of batch output. */
#include <string.h>

#include "base/format.h"
#include "base/text.h"
#include "dissect/dissector.h"
#include "dissect/names.h"
#include "dissect/registry.h"
#include "dissect/value_text.h"
#include "words.h"

enum { LABEL_LIMIT = 1024 };

static bool layer_ok(const struct dissection *d)
{
	return *d->fault == FAULT_NONE;
}

/* A piece that would make the column longer than it may get is left out. */
static void info_raw(struct dissection *d, const char *text, size_t n)
{
	if (n > INFO_LIMIT - d->info_length)
		return;
	memcpy(d->info + d->info_length, text, n);
	d->info_length += (uint32_t)n;
	d->info[d->info_length] = '\0';
}

/* Text that may come from the packet. */
static void info_clean(struct dissection *d, const char *text, size_t n)
{
	if (text_is_plain((const uint8_t *)text, n)) {
		info_raw(d, text, n);
		return;
	}
	if (n > INFO_LIMIT)
		n = INFO_LIMIT;
	char clean[4 * INFO_LIMIT + 1];
	size_t length = text_clean(clean, sizeof clean, (const uint8_t *)text, n, true);
	if (length > INFO_LIMIT - d->info_length)
		length = text_clean(clean, INFO_LIMIT - d->info_length + 1, (const uint8_t *)text,
				    n, true);
	info_raw(d, clean, length);
}

void info_put_foreign(struct dissection *d, const char *words, size_t n, const char *text)
{
	if (!layer_ok(d))
		return;
	info_raw(d, words, n);
	info_clean(d, text, strlen(text));
}

void info_append(struct dissection *d, const char *text)
{
	info_raw(d, text, strlen(text));
}

void info_add(struct dissection *d, const char *format, ...)
{
	struct format_reader reader = { .at = format };
	const char *piece;
	size_t n;

	if (!layer_ok(d))
		return;
	va_start(reader.args, format);
	while ((piece = format_piece(&reader, &n))) {
		if (reader.foreign)
			info_clean(d, piece, n);
		else
			info_raw(d, piece, n);
	}
	va_end(reader.args);
}

void info_begin(struct dissection *d)
{
	if (!layer_ok(d) || !(d->wants & WANT_COLUMNS))
		return;
	d->protocol = d->layers[d->layer_count - 1].dissector->short_name;
	d->info_length = d->info_fence;
	d->info[d->info_length] = '\0';
}

void info_prefix(struct dissection *d, const char *text)
{
	size_t n = strlen(text);

	if (!(d->wants & WANT_COLUMNS) || !layer_ok(d) || n > INFO_LIMIT - d->info_length)
		return;
	memmove(d->info + n, d->info, d->info_length + 1);
	memcpy(d->info, text, n);
	d->info_length += (uint32_t)n;
	d->info_fence += (uint32_t)n;
}

void info_fence(struct dissection *d)
{
	d->info_fence = d->info_length;
}

void info_protocol(struct dissection *d, const char *name)
{
	if (layer_ok(d) && d->wants & WANT_COLUMNS)
		d->protocol = name;
}

static void tell_port_names(struct dissection *d, uint8_t protocol)
{
	const uint16_t ports[2] = { d->from.port, d->to.port };

	for (unsigned i = 0; i < 2; i++) {
		const char *name = name_port(protocol, ports[i]);
		if (i)
			info_words(d, " → ");
		if (name)
			info(d, "%s(%u)", name, ports[i]);
		else
			info(d, "%u", ports[i]);
		label(d, layer_node(d), i ? ", Dst Port: " : ", Src Port: ");
		if (name)
			label(d, layer_node(d), "%s (%u)", name, ports[i]);
		else
			label(d, layer_node(d), "%u (%u)", ports[i], ports[i]);
	}
}

void tell_ports(struct dissection *d, uint8_t protocol)
{
	if (only_learning(d))
		return;
	if (names_chosen() & NAMES_PORT)
		return tell_port_names(d, protocol);
	info_count(d, "", d->from.port);
	info_count(d, " → ", d->to.port);
	label(d, layer_node(d), ", Src Port: %u, Dst Port: %u", d->from.port, d->to.port);
}

/* Each layer begins with what was asked for, so it is taken away there too. */
unsigned columns_off(struct dissection *d)
{
	unsigned wanted = d->wants & WANT_COLUMNS;

	d->wants &= ~(unsigned)WANT_COLUMNS;
	d->asked &= ~(unsigned)WANT_COLUMNS;
	return wanted;
}

void columns_on(struct dissection *d, unsigned wanted)
{
	d->wants |= wanted;
	d->asked |= wanted;
}

bool label_is_name(const struct dissection *d, node_id node)
{
	const struct field *field = registry_field(d->nodes[node].field);

	/* A layer is known by its fields; what is reported beside them has none. */
	return field->flags & FIELD_WORDS ||
	       (field->type == FIELD_PROTOCOL && field->abbrev[0] == '_');
}

static void put_label(struct dissection *d, struct node *node, const char *text)
{
	if (d->label_count == d->label_room)
		d->labels = must_grow(d->labels, &d->label_room, 64, sizeof *d->labels);
	if (!d->label_count)
		d->labels[d->label_count++] = "";
	node->label = d->label_count & 0xffffff;
	d->labels[d->label_count++] = text;
}

/* The words with n bytes more behind them, as far as a line has room; that it is full is not told. */
static const char *words_with(struct dissection *d, const struct node *node, const char *more,
			      size_t n)
{
	const char *words = d->labels[node->label];
	size_t length = strlen(words);

	if (node->flags & NODE_LABEL_ONLY && length + n >= LABEL_ROOM) {
		n = length < LABEL_ROOM ? LABEL_ROOM - 1 - length : 0;
		while (n && ((uint8_t)more[n] & 0xc0) == 0x80)
			n--;
	}
	char *text = arena_alloc(&d->arena, length + n + 1);
	memcpy(text, words, length);
	memcpy(text + length, more, n);
	text[length + n] = '\0';
	return text;
}

/* What format_text() wrote of so many bytes. */
static size_t written(size_t n)
{
	return n < LABEL_LIMIT ? n : LABEL_LIMIT - 1;
}

void label_add(struct dissection *d, node_id node, const char *format, ...)
{
	char text[LABEL_LIMIT];
	va_list args;

	if (!layer_ok(d) || d->label_count >= MAX_NODES)
		return;
	va_start(args, format);
	size_t n = written(format_text(text, sizeof text, format, args));
	va_end(args);
	struct node *at = &d->nodes[node];
	put_label(d, at,
		  at->label ? words_with(d, at, text, n) : arena_text(&d->arena, text, n));
}

void label_put(struct dissection *d, node_id node, const char *format, ...)
{
	char text[LABEL_LIMIT];
	va_list args;

	if (!layer_ok(d) || d->label_count >= MAX_NODES)
		return;
	va_start(args, format);
	size_t n = written(format_text(text, sizeof text, format, args));
	va_end(args);
	put_label(d, &d->nodes[node], arena_text(&d->arena, text, n));
	node_flag(d, node, NODE_LABEL_ONLY);
}

const char *text_of(struct dissection *d, const uint8_t *bytes, uint32_t n)
{
	uint32_t code, at = 0;

	if (text_is_plain(bytes, n))
		return arena_text(&d->arena, (const char *)bytes, n);
	const uint8_t *zero = memchr(bytes, 0, n);
	if (zero)
		n = (uint32_t)(zero - bytes);
	while (at < n && bytes[at] < 0x80)
		at++;
	if (at == n)
		return arena_text(&d->arena, (const char *)bytes, n);
	char *text = arena_alloc(&d->arena, (size_t)n * 3 + 1);
	size_t length = at;
	memcpy(text, bytes, at);
	while (at < n) {
		unsigned size = text_character(bytes + at, n - at, &code);
		if (size) {
			memcpy(text + length, bytes + at, size);
			length += size;
			at += size;
		} else {
			memcpy(text + length, "\xef\xbf\xbd", 3);
			length += 3;
			at++;
		}
	}
	text[length] = '\0';
	return text;
}
