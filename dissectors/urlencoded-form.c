/* urlencoded-form.c - what HTML forms send (application/x-www-form-urlencoded, URL Standard 5). */
#include <string.h>

#include "media_type.h"

enum { FORM, FORM_ITEM, FORM_KEY, FORM_VALUE };

static const struct field urlencoded_form_fields[] = {
	[FORM] = { "urlencoded-form", "HTML Form URL Encoded", FIELD_PROTOCOL,
		   .help = "A form as a browser sends it", .reference = "HTML, 4.10.21" },
	[FORM_ITEM] = { "urlencoded-form.item", "Form item", FIELD_NONE,
			.help = "A field of the form", .reference = "HTML, 4.10.21" },
	[FORM_KEY] = { "urlencoded-form.key", "Key", FIELD_TEXT, .help = "The field's name",
		       .reference = "HTML, 4.10.21" },
	[FORM_VALUE] = { "urlencoded-form.value", "Value", FIELD_TEXT, .help = "What was entered",
			 .reference = "HTML, 4.10.21" },
};

/* A percent sign that no two hexadecimal digits follow is one. */
static const char *decode(struct dissection *d, struct text_part part)
{
	uint8_t *out = arena_alloc(&d->arena, part.length + 1);
	uint32_t n = 0;

	for (uint32_t i = 0; i < part.length; i++) {
		uint8_t c = part.bytes[i];
		int high = -1, low = -1;
		if (c == '%' && part.length - i > 2) {
			high = hex_value(part.bytes[i + 1]);
			low = hex_value(part.bytes[i + 2]);
		}
		if (high >= 0 && low >= 0) {
			c = (uint8_t)(high << 4 | low);
			i += 2;
		} else if (c == '+') {
			c = ' ';
		}
		out[n++] = c;
	}
	return text_of(d, out, n);
}

/* "password", "csrf_token": what --redact masks. */
static bool names_secret(const char *key)
{
	static const char *const words[] = { "pass", "pwd", "secret", "token" };

	for (unsigned i = 0; i < COUNT(words); i++)
		if (strcasestr(key, words[i]))
			return true;
	return false;
}

static void show_item(struct dissection *d, const struct cursor *c, struct text_part item)
{
	struct text_part key = item, value;

	key.length = part_find(&item, '=');
	value = part_from(&item, key.length < item.length ? key.length + 1 : key.length);
	const char *key_text = decode(d, key), *value_text = decode(d, value);
	node_id node = add_node(d, c, FORM_ITEM, item.start, item.length);
	if (key.length < item.length)
		label_set(d, node, "Form item: \"%s\" = \"%s\"", key_text, value_text);
	else
		label_set(d, node, "Form item: \"%s\"", key_text);
	open_node(d, node);
	add_text(d, c, FORM_KEY, key.start, key.length, key_text);
	if (key.length < item.length) {
		add_text(d, c, FORM_VALUE, value.start, value.length, value_text);
		if (wants_fields(d) && names_secret(key_text))
			node_flag(d, last_node(d), NODE_SECRET);
	}
	close_node(d, node);
}

static void urlencoded_form_dissect(struct dissection *d, struct cursor *c)
{
	const char *type = d->media_type ? d->media_type : "";
	uint32_t start = c->pos, n = cursor_left(c);
	const uint8_t *bytes = cursor_bytes(c, n);

	if (only_learning(d) || !bytes)
		return;
	info(d, " (%s)", type);
	label(d, layer_node(d), ": %s", type);
	if (!wants_fields(d))
		return;
	struct text_part rest = { bytes, start, n };
	while (rest.length) {
		struct text_part item = rest;
		item.length = part_find(&rest, '&');
		rest = part_from(&rest, item.length < rest.length ? item.length + 1 : item.length);
		if (item.length)
			show_item(d, c, item);
	}
}

const struct dissector urlencoded_form_dissector = {
	.name = "urlencoded-form",
	.short_name = "URL Encoded Form Data",
	.title = "HTML Form URL Encoded",
	.fields = urlencoded_form_fields,
	.field_count = COUNT(urlencoded_form_fields),
	.dissect = urlencoded_form_dissect,
};
