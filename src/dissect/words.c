/* words.c - labels of nodes and the Info column.
 *
 * Info is worded for every row that scrolls by and for every line of batch output, so
 * the few conversions that dissectors use are done here; printf took most of the time. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "dissect/dissector.h"
#include "words.h"

enum { INFO_LIMIT = 4096, LABEL_LIMIT = 1024 };

static bool layer_ok(const struct dissection *d)
{
	return d->layer_count == 0 || d->layers[d->layer_count - 1].fault == FAULT_NONE;
}

/* Room for n more bytes and a 0; false once the column is as long as it may get. */
static bool info_reserve(struct dissection *d, size_t n)
{
	if (n > INFO_LIMIT || d->info_length > INFO_LIMIT - n)
		return false;
	while (d->info_length + n + 1 > d->info_room) {
		d->info_room *= 2;
		d->info = must_resize(d->info, d->info_room, 1);
	}
	return true;
}

static void info_raw(struct dissection *d, const char *text, size_t n)
{
	if (!info_reserve(d, n))
		return;
	memcpy(d->info + d->info_length, text, n);
	d->info_length += (uint32_t)n;
	d->info[d->info_length] = '\0';
}

/* Text that may come from the packet. */
static void info_clean(struct dissection *d, const char *text, size_t n)
{
	bool plain = true;

	for (size_t i = 0; i < n && plain; i++)
		plain = text[i] >= 0x20 && text[i] < 0x7f && text[i] != '\\';
	if (plain) {
		info_raw(d, text, n);
		return;
	}
	if (n > INFO_LIMIT)
		n = INFO_LIMIT;
	char clean[4 * INFO_LIMIT + 1];
	size_t length = text_clean(clean, sizeof clean, (const uint8_t *)text, n, true);
	if (length > INFO_LIMIT - d->info_length)
		length = text_clean(clean, INFO_LIMIT - d->info_length + 1, (const uint8_t *)text, n, true);
	info_raw(d, clean, length);
}

void info_append(struct dissection *d, const char *text)
{
	info_raw(d, text, strlen(text));
}

/* A conversion: %[0][width][l|ll|z][u|d|x|X]. */
struct conversion { bool zero; unsigned width; unsigned longs; };

static void info_number(struct dissection *d, uint64_t value, bool negative, unsigned base, bool upper,
			const struct conversion *conversion)
{
	const char *digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
	char text[72];
	unsigned at = sizeof text, width = conversion->width < 40 ? conversion->width : 40;

	do {
		text[--at] = digits[value % base];
		value /= base;
	} while (value);
	if (conversion->zero)
		while (sizeof text - at + negative < width)
			text[--at] = '0';
	if (negative)
		text[--at] = '-';
	while (sizeof text - at < width)
		text[--at] = ' ';
	info_raw(d, text + at, sizeof text - at);
}

static uint64_t next_unsigned(va_list *args, unsigned longs)
{
	return longs ? va_arg(*args, uint64_t) : va_arg(*args, unsigned);
}

static int64_t next_signed(va_list *args, unsigned longs)
{
	return longs ? va_arg(*args, int64_t) : va_arg(*args, int);
}

/* One conversion after its '%'; returns what follows it, or NULL if it is not one of ours. */
static const char *info_convert(struct dissection *d, const char *format, va_list *args)
{
	struct conversion conversion = { 0 };
	int limit = -1;

	if (*format == '0') {
		conversion.zero = true;
		format++;
	}
	while (*format >= '0' && *format <= '9')
		conversion.width = conversion.width * 10 + (unsigned)(*format++ - '0');
	if (format[0] == '.' && format[1] == '*') {
		limit = va_arg(*args, int);
		format += 2;
	}
	for (; *format == 'l' || *format == 'z'; format++)
		conversion.longs++;
	switch (*format) {
	case 'u':
		info_number(d, next_unsigned(args, conversion.longs), false, 10, false, &conversion);
		break;
	case 'x':
	case 'X':
		info_number(d, next_unsigned(args, conversion.longs), false, 16, *format == 'X', &conversion);
		break;
	case 'd': {
		int64_t value = next_signed(args, conversion.longs);
		info_number(d, value < 0 ? -(uint64_t)value : (uint64_t)value, value < 0, 10, false, &conversion);
		break;
	}
	case 's': {
		const char *text = va_arg(*args, const char *);
		info_clean(d, text, limit >= 0 ? strnlen(text, (size_t)limit) : strlen(text));
		break;
	}
	case 'c': {
		char one = (char)va_arg(*args, int);
		info_clean(d, &one, 1);
		break;
	}
	case '%':
		info_raw(d, "%", 1);
		break;
	default:
		return NULL;
	}
	return format + 1;
}

void info_add(struct dissection *d, const char *format, ...)
{
	va_list args;

	if (!layer_ok(d))
		return;
	va_start(args, format);
	while (*format) {
		const char *percent = strchrnul(format, '%');
		info_raw(d, format, (size_t)(percent - format));
		if (!*percent)
			break;
		format = info_convert(d, percent + 1, &args);
		if (!format)
			break;
	}
	va_end(args);
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

	if (!(d->wants & WANT_COLUMNS) || !layer_ok(d) || !info_reserve(d, n))
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
	if (layer_ok(d))
		d->protocol = name;
}

static void put_label(struct dissection *d, struct node *node, const char *text)
{
	if (d->label_count == d->label_room) {
		d->label_room = d->label_room ? d->label_room * 2 : 64;
		d->labels = must_resize(d->labels, d->label_room, sizeof *d->labels);
	}
	if (!d->label_count)
		d->labels[d->label_count++] = "";
	node->label = d->label_count & 0xffffff;
	d->labels[d->label_count++] = text;
}

void label_add(struct dissection *d, node_id node, const char *format, ...)
{
	char text[LABEL_LIMIT];
	va_list args;

	if (!layer_ok(d) || d->label_count >= MAX_NODES)
		return;
	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	struct node *at = &d->nodes[node];
	put_label(d, at, at->label ? arena_printf(&d->arena, "%s%s", d->labels[at->label], text)
				   : arena_text(&d->arena, text, strlen(text)));
}

void label_put(struct dissection *d, node_id node, const char *format, ...)
{
	char text[LABEL_LIMIT];
	va_list args;

	if (!layer_ok(d) || d->label_count >= MAX_NODES)
		return;
	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	put_label(d, &d->nodes[node], arena_text(&d->arena, text, strlen(text)));
	node_flag(d, node, NODE_LABEL_ONLY);
}

const char *text_of(struct dissection *d, const uint8_t *bytes, uint32_t n)
{
	const uint8_t *zero = memchr(bytes, 0, n);
	uint32_t code;

	if (zero)
		n = (uint32_t)(zero - bytes);
	uint32_t at = 0;
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
