/* media_type.c - which dissector shows a body, by its Content-Type. */
#include <ctype.h>
#include <string.h>

#include "bt-tracker.h"
#include "media_type.h"

/* The first row that fits counts.  A type that begins with * is an ending, one that ends with * a
 * beginning. */
static const struct {
	const char *type;
	const struct dissector *dissector; /* NULL: data */
} media_types[] = {
	{ "application/json", &json_dissector },
	{ "application/json-rpc", &json_dissector },
	{ "application/jsonrequest", &json_dissector },
	{ "application/dds-web+json", &json_dissector },
	{ "*+json", &json_dissector },
	{ "text/xml", &xml_dissector },
	{ "text/vnd.wap.wml", &xml_dissector },
	{ "text/vnd.wap.si", &xml_dissector },
	{ "text/vnd.wap.sl", &xml_dissector },
	{ "text/vnd.wap.co", &xml_dissector },
	{ "text/vnd.wap.emn", &xml_dissector },
	{ "application/xml", &xml_dissector },
	{ "application/xml-dtd", &xml_dissector },
	{ "application/auth-policy+xml", &xml_dissector },
	{ "application/vnd.wv.csp.xml", &xml_dissector },
	{ "application/vnd.wv.csp+xml", &xml_dissector },
	{ "application/x-wms-logconnectstats", &xml_dissector },
	{ "application/x-wms-logplaystats", &xml_dissector },
	{ "application/x-wms-sendevent", &xml_dissector },
	{ "application/rss+xml", &xml_dissector },
	{ "application/x-crd+xml", &xml_dissector },
	{ "image/svg+xml", &xml_dissector },
	{ "*+xml", &xml_dissector },
	{ "application/sdp", &sdp_dissector },
	{ "text/*", &data_text_lines_dissector },
	{ "application/x-www-form-urlencoded", &urlencoded_form_dissector },
	{ "multipart/*", &mime_multipart_dissector },
	{ "message/rfc822", &imf_dissector },
	{ "image/png", &png_dissector },
	{ "image/gif", &image_gif_dissector },
	{ "image/jpeg", &image_jfif_dissector },
	{ "image/jpg", &image_jfif_dissector },
	{ "image/jfif", &image_jfif_dissector },
	{ "application/dns-message", &dns_dissector },
	{ "application/octet-stream", NULL },
};

static bool type_fits(const char *row, const char *type)
{
	size_t n = strlen(row), length = strlen(type);

	if (row[0] == '*')
		return length >= n - 1 && strcmp(type + length - (n - 1), row + 1) == 0;
	if (row[n - 1] == '*')
		return strncmp(type, row, n - 1) == 0;
	return strcmp(row, type) == 0;
}

static const struct dissector *find_dissector(const char *type, bool *data)
{
	*data = false;
	for (unsigned i = 0; i < COUNT(media_types); i++)
		if (type_fits(media_types[i].type, type)) {
			*data = !media_types[i].dissector;
			return media_types[i].dissector;
		}
	return &media_dissector;
}

/* The type without its parameters, in lower case. */
static const char *type_of(struct dissection *d, struct text_part value)
{
	value.length = part_find(&value, ';');
	value.length = part_find(&value, ' ');
	char *type =
		arena_text(&d->arena, value.length ? (const char *)value.bytes : "", value.length);

	for (char *c = type; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	return value.length ? text_of(d, (const uint8_t *)type, (uint32_t)strlen(type)) : "";
}

static const char *parameters_of(struct dissection *d, struct text_part value)
{
	uint32_t at = part_find(&value, ';');

	value = part_from(&value, at < value.length ? at + 1 : at);
	value = trim_part(value);
	return part_text(d, &value);
}

static void hand_on_typed(struct dissection *d, struct text_part content_type, struct cursor body,
			  bool within)
{
	const char *type = d->media_type, *parameters = d->media_parameters;
	bool data;

	d->media_type = type_of(d, content_type);
	d->media_parameters = parameters_of(d, content_type);
	const struct dissector *who = find_dissector(d->media_type, &data);
	if ((data || who == &data_text_lines_dissector || who == &media_dissector) &&
	    bt_tracker_is_answer(&body)) {
		who = &bt_tracker_answer_dissector;
		data = false;
	}
	if (data)
		(within ? hand_on_as_data_within : hand_on_as_data)(d, body);
	else if (*d->fault == FAULT_NONE)
		(within ? dissect_layer_within : dissect_layer)(d, who, body);
	d->media_type = type;
	d->media_parameters = parameters;
}

void hand_on_media(struct dissection *d, struct text_part content_type, struct cursor body)
{
	hand_on_typed(d, content_type, body, false);
}

void hand_on_media_within(struct dissection *d, struct text_part content_type, struct cursor body)
{
	hand_on_typed(d, content_type, body, true);
}

const char *media_parameter(struct dissection *d, const char *name)
{
	const char *text = d->media_parameters ? d->media_parameters : "";
	struct text_part rest = { (const uint8_t *)text, 0, (uint32_t)strlen(text) };

	while (rest.length) {
		struct text_part one = rest;
		one.length = part_find(&rest, ';');
		rest = part_from(&rest, one.length < rest.length ? one.length + 1 : one.length);
		uint32_t equals = part_find(&one, '=');
		struct text_part key = one, value = part_from(&one, equals);
		key.length = equals;
		key = trim_folds(key);
		if (!value.length || !part_is(&key, name))
			continue;
		value = part_from(&value, 1);
		value = trim_folds(value);
		if (value.length >= 2 && value.bytes[0] == '"' &&
		    value.bytes[value.length - 1] == '"') {
			value = part_from(&value, 1);
			value.length--;
		}
		return part_text(d, &value);
	}
	return NULL;
}
