/* sdp.c - Session Description Protocol, RFC 8866: lines of a letter, `=` and a value say which
 * media a session has, and where they go. */
#include <string.h>

#include "rtp.h"
#include "sdp.h"

enum { FORMATS_LIMIT = 16, CANDIDATE_WORDS = 7 };

/* What a line of a media description that follows needs: the last formats that were named. */
struct named_format {
	struct text_part number, name;
};

struct description {
	struct dissection *d;
	const struct cursor *c;
	bool in_media; /* a media description began */
	struct named_format formats[FORMATS_LIMIT];
	unsigned format_count;
};

/* --- values made of words --- */

/* The next word; several blanks in a row are noted, and skipped. */
static struct text_part next_word(struct description *s, struct text_part *rest)
{
	struct text_part word = *rest;
	uint32_t n = part_find(rest, ' '), next = n;

	word.length = n;
	while (next < rest->length && rest->bytes[next] == ' ')
		next++;
	if (next > n + 1)
		note_finding(s->d, SDP_EXTRA_SPACE, NULL);
	*rest = part_from(rest, next);
	return word;
}

/* A node for each word, with fields that follow each other; false: one is missing. */
static bool show_words(struct description *s, struct text_part *rest, unsigned field,
		       unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		struct text_part word = next_word(s, rest);
		if (!word.length) {
			note_finding(s->d, SDP_MISSING_FIELDS, NULL);
			return false;
		}
		add_part(s->d, s->c, field + i, &word);
	}
	return true;
}

/* What is before the byte, and what behind it; false: it is not there. */
static bool split_at(struct text_part whole, uint8_t byte, struct text_part *before,
		     struct text_part *behind)
{
	uint32_t at = part_find(&whole, byte);

	*before = whole;
	before->length = at;
	*behind = part_from(&whole, at < whole.length ? at + 1 : at);
	return at < whole.length;
}

/* address/TTL/count; IPv6 has no TTL. */
static void show_connection(struct description *s, struct text_part value)
{
	struct text_part type, address, more, count;

	if (!show_words(s, &value, SDP_CONNECTION_NETWORK_TYPE, 1))
		return;
	type = value;
	if (!show_words(s, &value, SDP_CONNECTION_ADDRESS_TYPE, 1))
		return;
	if (!value.length) {
		note_finding(s->d, SDP_MISSING_FIELDS, NULL);
		return;
	}
	bool has_more = split_at(next_word(s, &value), '/', &address, &more);
	add_part(s->d, s->c, SDP_CONNECTION_ADDRESS, &address);
	if (!has_more)
		return;
	split_at(more, '/', &more, &count);
	if (part_begins(&type, "IP6"))
		count = more;
	else
		add_part(s->d, s->c, SDP_CONNECTION_TTL, &more);
	if (count.length)
		add_part(s->d, s->c, SDP_CONNECTION_COUNT, &count);
}

static const struct bandwidth_kind {
	const char *modifier, *words, *unit;
} bandwidth_kinds[] = {
	{ "CT", "Conference Total(total bandwidth of all RTP sessions)", "kb/s" },
	{ "AS", "Application Specific (RTP session bandwidth)", "kb/s" },
	{ "TIAS", "Transport Independent Application Specific maximum", "b/s" },
};

static void show_bandwidth(struct description *s, struct text_part value)
{
	struct dissection *d = s->d;
	struct text_part modifier, amount;
	const struct bandwidth_kind *kind = NULL;

	if (!split_at(value, ':', &modifier, &amount)) {
		note_finding(d, SDP_MISSING_FIELDS, NULL);
		return;
	}
	for (unsigned i = 0; i < COUNT(bandwidth_kinds); i++)
		if (part_is(&modifier, bandwidth_kinds[i].modifier))
			kind = &bandwidth_kinds[i];
	node_id node = add_part(d, s->c, SDP_BANDWIDTH_MODIFIER, &modifier);
	if (kind)
		label(d, node, " [%s]", kind->words);
	node = add_part(d, s->c, SDP_BANDWIDTH_VALUE, &amount);
	if (kind)
		label(d, node, " %s", kind->unit);
}

static void show_repetition(struct description *s, struct text_part value)
{
	if (!show_words(s, &value, SDP_REPEAT_INTERVAL, 2))
		return;
	while (value.length && show_words(s, &value, SDP_REPEAT_OFFSET, 1))
		;
}

static void show_zones(struct description *s, struct text_part value)
{
	while (value.length && show_words(s, &value, SDP_TIMEZONE_TIME, 2))
		;
}

static void show_key(struct description *s, struct text_part value)
{
	struct text_part type, data;

	if (!split_at(value, ':', &type, &data))
		return;
	add_part(s->d, s->c, SDP_KEY_TYPE, &type);
	add_part(s->d, s->c, SDP_KEY_DATA, &data);
}

/* --- media --- */

/* What a payload type of RTP stands for (RFC 3551, 6); NULL: it is no such number. */
static const char *payload_name(struct dissection *d, const struct text_part *word)
{
	uint64_t number;

	if (!part_number(word, 127, &number))
		return NULL;
	const char *name = value_name(sdp_payload_names, number);
	if (!name && number >= 96)
		name = arena_printf(&d->arena, "DynamicRTP-Type-%u", (unsigned)number);
	return name;
}

static void show_formats(struct description *s, struct text_part rest, bool rtp)
{
	while (rest.length) {
		struct text_part word = next_word(s, &rest);
		const char *name = rtp ? payload_name(s->d, &word) : NULL;
		if (name)
			add_text(s->d, s->c, SDP_MEDIA_FORMAT, word.start, word.length, name);
		else
			add_part(s->d, s->c, SDP_MEDIA_FORMAT, &word);
	}
}

static void show_media(struct description *s, struct text_part value)
{
	struct dissection *d = s->d;
	struct text_part port, count;
	uint64_t number;

	s->in_media = true;
	s->format_count = 0;
	if (!show_words(s, &value, SDP_MEDIA_TYPE, 1))
		return;
	bool counted = split_at(next_word(s, &value), '/', &port, &count);
	node_flag(d, add_part(d, s->c, SDP_MEDIA_PORT_STRING, &port), NODE_HIDDEN);
	bool good = part_number(&port, UINT16_MAX, &number);
	add_uint(d, s->c, SDP_MEDIA_PORT, port.start, port.length, good ? number : 0);
	label_set(d, last_node(d), "Media Port: %s", part_text(d, &port));
	if (!good)
		note_finding_on(d, last_node(d), SDP_INVALID_PORT, NULL);
	if (counted)
		add_part(d, s->c, SDP_MEDIA_PORT_COUNT, &count);
	struct text_part protocol = value;
	protocol.length = part_find(&protocol, ' ');
	if (!show_words(s, &value, SDP_MEDIA_PROTOCOL, 1))
		return;
	if (!value.length)
		note_finding(d, SDP_MISSING_FIELDS, NULL);
	bool rtp = protocol.length >= 4 && memmem(protocol.bytes, protocol.length, "RTP/", 4);
	show_formats(s, value, rtp);
}

/* --- attributes --- */

/* format name/rate/channels */
static void show_rtpmap(struct description *s, struct text_part value)
{
	struct text_part number = next_word(s, &value), name, rate;

	add_part(s->d, s->c, SDP_MEDIA_FORMAT, &number);
	if (!value.length) {
		note_finding(s->d, SDP_MISSING_FIELDS, NULL);
		return;
	}
	bool rated = split_at(value, '/', &name, &rate);
	add_part(s->d, s->c, SDP_MIME_TYPE, &name);
	if (s->format_count < FORMATS_LIMIT)
		s->formats[s->format_count++] = (struct named_format){ number, name };
	if (!rated)
		return;
	rate.length = part_find(&rate, '/');
	add_part(s->d, s->c, SDP_SAMPLE_RATE, &rate);
}

static const struct text_part *find_format(const struct description *s,
					   const struct text_part *number)
{
	for (unsigned i = 0; i < s->format_count; i++)
		if (s->formats[i].number.length == number->length &&
		    !memcmp(s->formats[i].number.bytes, number->bytes, number->length))
			return &s->formats[i].name;
	return NULL;
}

/* format parameter;parameter */
static void show_fmtp(struct description *s, struct text_part value)
{
	struct dissection *d = s->d;
	struct text_part number = next_word(s, &value), one;
	node_id node = add_part(d, s->c, SDP_MEDIA_FORMAT, &number);
	const struct text_part *name = find_format(s, &number);

	if (name)
		label(d, node, " [%s]", part_text(d, name));
	while (value.length) {
		split_at(value, ';', &one, &value);
		one = trim_part(one);
		if (one.length)
			add_part(d, s->c, SDP_FMTP_PARAMETER, &one);
	}
}

/* foundation component transport priority address port typ kind ... (RFC 8839, 5.1) */
static void show_candidate(struct description *s, struct text_part value)
{
	if (!show_words(s, &value, SDP_CANDIDATE_FOUNDATION, CANDIDATE_WORDS - 1))
		return;
	struct text_part word = next_word(s, &value);
	if (!part_is(&word, "typ") || !value.length) {
		note_finding(s->d, SDP_MISSING_FIELDS, NULL);
		return;
	}
	word = next_word(s, &value);
	node_id node = add_part(s->d, s->c, SDP_CANDIDATE_TYPE, &word);
	const char *name = part_is(&word, "host")    ? "Host candidate"
			   : part_is(&word, "srflx") ? "Server reflexive candidate"
			   : part_is(&word, "prflx") ? "Peer reflexive candidate"
			   : part_is(&word, "relay") ? "Relayed candidate"
						     : NULL;
	if (name)
		label(s->d, node, " (%s)", name);
}

/* Key and salt in base64, of the lengths that the suite has. */
static void show_inline_key(struct description *s, struct text_part key, uint32_t key_bytes)
{
	struct dissection *d = s->d;
	uint8_t *bytes = arena_alloc(&d->arena, key.length);
	int64_t n = base64_decode(bytes, key.bytes, key.length);

	if (!key.length || n <= 0)
		return;
	add_bytes(d, s->c, SDP_CRYPTO_KEY_AND_SALT, key.start, key.length, bytes, (uint32_t)n);
	if (!key_bytes || n != (int64_t)key_bytes + SRTP_SALT_BYTES)
		return;
	add_bytes(d, s->c, SDP_CRYPTO_MASTER_KEY, key.start, key.length, bytes, key_bytes);
	add_bytes(d, s->c, SDP_CRYPTO_MASTER_SALT, key.start, key.length, bytes + key_bytes,
		  SRTP_SALT_BYTES);
}

/* inline:key|lifetime|number:length (RFC 4568, 6.1) */
static void show_key_parameter(struct description *s, struct text_part value, uint32_t key_bytes)
{
	struct dissection *d = s->d;
	struct text_part method, key, rest, one, length;

	node_id tree = add_node(d, s->c, SDP_CRYPTO_PARAMETERS, value.start, value.length);
	open_node(d, tree);
	if (!split_at(value, ':', &method, &key)) {
		note_finding(d, SDP_INVALID_KEY, NULL);
	} else {
		split_at(key, '|', &key, &rest);
		if (wants_fields(d))
			show_inline_key(s, key, key_bytes);
		while (rest.length) {
			split_at(rest, '|', &one, &rest);
			if (!split_at(one, ':', &one, &length)) {
				add_part(d, s->c, SDP_CRYPTO_LIFETIME, &one);
				continue;
			}
			add_part(d, s->c, SDP_CRYPTO_MKI, &one);
			add_part(d, s->c, SDP_CRYPTO_MKI_LENGTH, &length);
		}
	}
	close_node(d, tree);
}

/* tag suite key;key ... */
static void show_crypto(struct description *s, struct text_part value)
{
	struct dissection *d = s->d;
	struct text_part tag = next_word(s, &value), suite = next_word(s, &value), one;
	uint64_t number;

	if (part_number(&tag, UINT32_MAX, &number))
		add_uint(d, s->c, SDP_CRYPTO_TAG, tag.start, tag.length, number);
	else
		note_finding(d, SDP_INVALID_TAG, NULL);
	if (!suite.length || !value.length) {
		note_finding(d, SDP_MISSING_FIELDS, NULL);
		return;
	}
	add_part(d, s->c, SDP_CRYPTO_SUITE, &suite);
	uint32_t key_bytes =
		part_begins(&suite, "AES_CM_128_") || part_begins(&suite, "F8_128_")	   ? 16
		: part_begins(&suite, "AES_CM_256_") || part_begins(&suite, "AES_256_CM_") ? 32
											   : 0;
	value = next_word(s, &value);
	while (value.length) {
		split_at(value, ';', &one, &value);
		show_key_parameter(s, one, key_bytes);
	}
}

static void show_plain(struct description *s, struct text_part value)
{
	add_part(s->d, s->c, s->in_media ? SDP_MEDIA_ATTRIBUTE_VALUE : SDP_SESSION_ATTRIBUTE_VALUE,
		 &value);
}

static const struct {
	const char *name;
	void (*show)(struct description *s, struct text_part value);
} attributes[] = {
	{ "rtpmap", show_rtpmap },
	{ "fmtp", show_fmtp },
	{ "candidate", show_candidate },
	{ "crypto", show_crypto },
};

/* name:value, or a name alone. */
static void show_attribute(struct description *s, struct text_part value)
{
	struct text_part name, rest;

	if (!split_at(value, ':', &name, &rest))
		return;
	add_part(s->d, s->c, s->in_media ? SDP_MEDIA_ATTRIBUTE_FIELD : SDP_SESSION_ATTRIBUTE_FIELD,
		 &name);
	for (unsigned i = 0; i < COUNT(attributes) && s->in_media; i++)
		if (part_is(&name, attributes[i].name)) {
			attributes[i].show(s, rest);
			return;
		}
	if (rest.length)
		show_plain(s, rest);
}

/* --- lines --- */

static void show_owner(struct description *s, struct text_part value)
{
	show_words(s, &value, SDP_OWNER_USERNAME, 6);
}

static void show_time(struct description *s, struct text_part value)
{
	show_words(s, &value, SDP_TIME_START, 2);
}

static const struct line_kind {
	char letter;
	uint16_t field, media_field; /* within a media description; 0: the same */
	void (*show)(struct description *s, struct text_part value);
} line_kinds[] = {
	{ 'v', SDP_VERSION, 0, NULL },
	{ 'o', SDP_OWNER, 0, show_owner },
	{ 's', SDP_SESSION_NAME, 0, NULL },
	{ 'i', SDP_SESSION_INFO, SDP_MEDIA_TITLE, NULL },
	{ 'u', SDP_URI, 0, NULL },
	{ 'e', SDP_EMAIL, 0, NULL },
	{ 'p', SDP_PHONE, 0, NULL },
	{ 'c', SDP_CONNECTION, 0, show_connection },
	{ 'b', SDP_BANDWIDTH, 0, show_bandwidth },
	{ 't', SDP_TIME, 0, show_time },
	{ 'r', SDP_REPEAT_TIME, 0, show_repetition },
	{ 'z', SDP_TIMEZONE, 0, show_zones },
	{ 'k', SDP_KEY, 0, show_key },
	{ 'a', SDP_SESSION_ATTRIBUTE, SDP_MEDIA_ATTRIBUTE, show_attribute },
	{ 'm', SDP_MEDIA, 0, show_media },
};

static void show_line(struct description *s, const struct text_line *line)
{
	struct text_part whole = line_part(line);
	struct text_part value = part_from(&whole, whole.length < 2 ? whole.length : 2);
	const struct line_kind *kind = NULL;

	if (whole.length < 2 || whole.bytes[1] != '=') {
		add_part(s->d, s->c, SDP_INVALID, &whole);
		note_finding_on(s->d, last_node(s->d), SDP_NO_EQUAL, NULL);
		return;
	}
	for (unsigned i = 0; i < COUNT(line_kinds); i++)
		if (line_kinds[i].letter == (char)whole.bytes[0])
			kind = &line_kinds[i];
	if (!kind) {
		add_part(s->d, s->c, SDP_UNKNOWN, &whole);
		return;
	}
	unsigned field = s->in_media && kind->media_field ? kind->media_field : kind->field;
	node_id node =
		add_text(s->d, s->c, field, line->start, line->length, part_text(s->d, &value));
	open_node(s->d, node);
	if (kind->show)
		kind->show(s, value);
	close_node(s->d, node);
}

static void sdp_dissect(struct dissection *d, struct cursor *c)
{
	struct description s = { .d = d, .c = c };
	struct text_line line;

	if (d->pen)
		sdp_announce(d, *c);
	if (only_learning(d))
		return;
	if (d->wants & WANT_COLUMNS)
		info_protocol(d,
			      d->protocol ? arena_printf(&d->arena, "%s/SDP", d->protocol) : "SDP");
	if (!wants_fields(d))
		return;
	while (take_line(c, &line))
		if (line.length)
			show_line(&s, &line);
}

const struct dissector sdp_dissector = {
	.name = "sdp",
	.short_name = "SDP",
	.title = "Session Description Protocol",
	.fields = sdp_fields,
	.field_count = SDP_FIELDS,
	.dissect = sdp_dissect,
};
