/* tls_fingerprint.c - JA3, JA3S and JA4: what a hello offers, as a word that tells its maker.
 *
 * They read the hello again, from its bytes: they are made only if somebody looks. */
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "tls.h"

enum { HELLO_RANDOM = 32, SHORT_HASH = 12, MD5_WORDS = 33 };

/* A list of 16-bit numbers in the hello; `bytes` may be NULL. */
struct numbers {
	const uint8_t *bytes;
	uint32_t count;
	uint8_t width;
};

struct hello_parts {
	uint16_t version, highest;
	struct numbers suites, groups, points, signatures;
	uint16_t extensions[TLS_EXTENSIONS_LIMIT];
	uint32_t extension_count;
	bool has_server_name;
	const uint8_t *alpn;
	uint32_t alpn_length;
};

/* RFC 8701: numbers that only keep others from breaking. */
static bool is_grease(uint16_t number)
{
	return (number & 0x0f0f) == 0x0a0a && number >> 8 == (number & 0xff);
}

static uint32_t number_at(const struct numbers *numbers, uint32_t n)
{
	return numbers->width == 1 ? numbers->bytes[n] : load_be16(numbers->bytes + 2 * (size_t)n);
}

static struct numbers take_numbers(struct cursor *c, uint32_t length, uint8_t width)
{
	struct numbers numbers = { .width = width };

	if (length > cursor_left(c))
		length = cursor_left(c);
	numbers.count = length / width;
	cursor_peek(c, 0, length, &numbers.bytes);
	cursor_skip(c, length);
	return numbers;
}

static void read_list(struct cursor *body, struct numbers *numbers, unsigned head, uint8_t width)
{
	if (cursor_left(body) < head)
		return;
	uint32_t n = head == 1 ? cursor_u8(body) : cursor_u16(body);
	*numbers = take_numbers(body, n, width);
}

static void read_highest(struct hello_parts *parts, struct cursor *body)
{
	struct numbers versions = { 0 };

	read_list(body, &versions, 1, 2);
	for (uint32_t i = 0; i < versions.count; i++) {
		uint16_t version = (uint16_t)number_at(&versions, i);
		if (!is_grease(version) && version > parts->highest)
			parts->highest = version;
	}
}

static void read_one(struct hello_parts *parts, uint16_t type, struct cursor body)
{
	switch (type) {
	case 0:
		parts->has_server_name = true;
		break;
	case 10:
		read_list(&body, &parts->groups, 2, 2);
		break;
	case 11:
		read_list(&body, &parts->points, 1, 1);
		break;
	case 13:
		read_list(&body, &parts->signatures, 2, 2);
		break;
	case 16:
		if (cursor_left(&body) < 3)
			break;
		cursor_u16(&body);
		parts->alpn_length = cursor_u8(&body);
		if (!cursor_peek(&body, 0, parts->alpn_length, &parts->alpn))
			parts->alpn_length = 0;
		break;
	case 43:
		read_highest(parts, &body);
		break;
	default:
		break;
	}
}

static void read_extensions(struct hello_parts *parts, struct cursor *c)
{
	uint32_t n = cursor_left(c) >= 2 ? cursor_u16(c) : 0;
	struct cursor v = cursor_split(c, n < cursor_left(c) ? n : cursor_left(c));

	while (cursor_left(&v) >= 4 && parts->extension_count < TLS_EXTENSIONS_LIMIT) {
		uint16_t type = cursor_u16(&v);
		uint32_t length = cursor_u16(&v);
		if (length > cursor_left(&v))
			length = cursor_left(&v);
		parts->extensions[parts->extension_count++] = type;
		read_one(parts, type, cursor_split(&v, length));
	}
}

/* False: it is too damaged for a fingerprint. */
static bool read_hello(struct hello_parts *parts, struct cursor c, bool is_client, bool is_datagram)
{
	if (cursor_left(&c) < 2 + HELLO_RANDOM + 1)
		return false;
	parts->version = parts->highest = cursor_u16(&c);
	cursor_skip(&c, HELLO_RANDOM);
	bool is_draft = !is_client && parts->version >> 8 == 0x7f && (parts->version & 0xff) < 22;
	if (!is_draft)
		cursor_skip(&c, cursor_u8(&c));
	if (is_datagram && is_client && cursor_left(&c))
		cursor_skip(&c, cursor_u8(&c));
	if (cursor_left(&c) < 3)
		return false;
	if (is_client) {
		parts->suites = take_numbers(&c, cursor_u16(&c), 2);
		if (cursor_left(&c))
			cursor_skip(&c, cursor_u8(&c));
		parts->highest = parts->version;
	} else {
		parts->suites = take_numbers(&c, 2, 2);
		cursor_skip(&c, !is_draft);
	}
	if (cursor_left(&c))
		read_extensions(parts, &c);
	return cursor_ok(&c);
}

/* --- words --- */

struct word {
	char *text;
	size_t length, room;
};

static void word_number(struct word *word, const char *separator, const char *format,
			unsigned number)
{
	if (word->room - word->length < 16)
		return;
	char digits[12];
	const char *at = word->length ? separator : "";
	while (*at)
		word->text[word->length++] = *at++;
	unsigned n = 0, base = format[0] == 'x' ? 16 : 10;
	do
		digits[n++] = "0123456789abcdef"[number % base];
	while ((number /= base) || (base == 16 && n < 4));
	while (n)
		word->text[word->length++] = digits[--n];
	word->text[word->length] = '\0';
}

static struct word word_new(struct dissection *d, size_t numbers)
{
	struct word word = { .room = numbers * 7 + 32 };

	word.text = arena_zeroed(&d->arena, word.room);
	return word;
}

/* The numbers but GREASE, with dashes between them. */
static const char *dashed(struct dissection *d, const struct numbers *numbers)
{
	struct word word = word_new(d, numbers->count);

	for (uint32_t i = 0; i < numbers->count; i++) {
		uint32_t number = number_at(numbers, i);
		if (numbers->width == 1 || !is_grease((uint16_t)number))
			word_number(&word, "-", "d", number);
	}
	return word.text;
}

static const char *dashed_extensions(struct dissection *d, const struct hello_parts *parts)
{
	struct word word = word_new(d, parts->extension_count);

	for (uint32_t i = 0; i < parts->extension_count; i++)
		if (!is_grease(parts->extensions[i]))
			word_number(&word, "-", "d", parts->extensions[i]);
	return word.text;
}

/* The digest in hexadecimal; NULL: this build has none. */
static char *hashed(struct dissection *d, enum digest digest, const char *text)
{
	uint8_t bytes[DIGEST_ROOM];
	size_t n = digest_size(digest);

	if (!digest_bytes(digest, text, strlen(text), bytes))
		return NULL;
	char *out = arena_zeroed(&d->arena, n * 2 + 1);
	for (size_t i = 0; i < n; i++) {
		out[2 * i] = "0123456789abcdef"[bytes[i] >> 4];
		out[2 * i + 1] = "0123456789abcdef"[bytes[i] & 15];
	}
	return out;
}

static void put_hashed(struct dissection *d, unsigned full_field, unsigned field, const char *full)
{
	const char *hash = hashed(d, DIGEST_MD5, full);

	put_text(d, full_field, full);
	if (hash)
		put_text(d, field, hash);
}

static void put_ja3(struct dissection *d, const struct hello_parts *parts)
{
	put_hashed(d, TLS_JA3_FULL, TLS_JA3,
		   arena_printf(&d->arena, "%u,%s,%s,%s,%s", parts->version,
				dashed(d, &parts->suites), dashed_extensions(d, parts),
				dashed(d, &parts->groups), dashed(d, &parts->points)));
}

static void put_ja3s(struct dissection *d, const struct hello_parts *parts)
{
	struct word word = word_new(d, parts->extension_count);

	for (uint32_t i = 0; i < parts->extension_count; i++)
		word_number(&word, "-", "d", parts->extensions[i]);
	put_hashed(d, TLS_JA3S_FULL, TLS_JA3S,
		   arena_printf(&d->arena, "%u,%u,%s", parts->version,
				parts->suites.count ? number_at(&parts->suites, 0) : 0, word.text));
}

/* --- JA4 --- */

static int compare_numbers(const void *a, const void *b)
{
	const uint16_t *left = a, *right = b;

	return (*left > *right) - (*left < *right);
}

/* Sorted, in hexadecimal, with commas; without GREASE, and without server name and ALPN if
 * `extensions`. */
static const char *sorted(struct dissection *d, const uint16_t *numbers, uint32_t count,
			  bool extensions)
{
	uint16_t *order = arena_alloc(&d->arena, (count + 1) * sizeof *order);
	struct word word = word_new(d, count);
	uint32_t n = 0;

	for (uint32_t i = 0; i < count; i++)
		if (!is_grease(numbers[i]) &&
		    !(extensions && (numbers[i] == 0 || numbers[i] == 16)))
			order[n++] = numbers[i];
	qsort(order, n, sizeof *order, compare_numbers);
	for (uint32_t i = 0; i < n; i++)
		word_number(&word, ",", "x", order[i]);
	return word.text;
}

static const char *hex_list(struct dissection *d, const struct numbers *numbers)
{
	struct word word = word_new(d, numbers->count);

	for (uint32_t i = 0; i < numbers->count; i++)
		if (!is_grease((uint16_t)number_at(numbers, i)))
			word_number(&word, ",", "x", number_at(numbers, i));
	return word.text;
}

static const char *ja4_version(uint16_t version)
{
	switch (version) {
	case TLS_1_3:
		return "13";
	case TLS_1_2:
		return "12";
	case TLS_1_1:
		return "11";
	case TLS_1_0:
		return "10";
	case SSL_3_0:
		return "s3";
	case SSL_2_0:
		return "s2";
	case DTLS_1_0:
		return "d1";
	case DTLS_1_2:
		return "d2";
	default:
		return "00";
	}
}

static bool is_alphanumeric(uint8_t byte)
{
	return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
	       (byte >= 'a' && byte <= 'z');
}

/* The first and the last character of the first protocol, or of its bytes in hexadecimal. */
static void ja4_alpn(const struct hello_parts *parts, char out[3])
{
	uint32_t n = parts->alpn_length;

	memcpy(out, "00", 3);
	if (!n)
		return;
	uint8_t first = parts->alpn[0], last = parts->alpn[n - 1];
	bool plain = is_alphanumeric(first) && is_alphanumeric(last);
	out[0] = plain ? (char)first : "0123456789abcdef"[first >> 4];
	out[1] = plain ? (char)last : "0123456789abcdef"[last & 15];
}

static const char *short_hash(struct dissection *d, const char *text)
{
	char *hash = text[0] ? hashed(d, DIGEST_SHA256, text) : NULL;

	if (!hash)
		return "000000000000";
	hash[SHORT_HASH] = '\0';
	return hash;
}

static uint32_t count_real(const uint16_t *numbers, uint32_t count)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < count; i++)
		n += !is_grease(numbers[i]);
	return n > 99 ? 99 : n;
}

static void put_ja4(struct dissection *d, const struct hello_parts *parts,
		    const struct tls_reading *reading)
{
	uint16_t *suites = arena_alloc(&d->arena, (parts->suites.count + 1) * sizeof *suites);
	char alpn[3];
	uint8_t probe[DIGEST_ROOM];

	for (uint32_t i = 0; i < parts->suites.count; i++)
		suites[i] = (uint16_t)number_at(&parts->suites, i);
	ja4_alpn(parts, alpn);
	const char *start =
		arena_printf(&d->arena, "%c%s%c%02u%02u%s",
			     reading->over_quic	    ? 'q'
			     : reading->is_datagram ? 'd'
						    : 't',
			     ja4_version(parts->highest), parts->has_server_name ? 'd' : 'i',
			     count_real(suites, parts->suites.count),
			     count_real(parts->extensions, parts->extension_count), alpn);
	const char *ciphers = sorted(d, suites, parts->suites.count, false);
	const char *rest = sorted(d, parts->extensions, parts->extension_count, true);
	const char *signatures = hex_list(d, &parts->signatures);
	if (rest[0] && signatures[0])
		rest = arena_printf(&d->arena, "%s_%s", rest, signatures);
	if (digest_bytes(DIGEST_SHA256, "", 0, probe))
		put_text(d, TLS_JA4,
			 arena_printf(&d->arena, "%s_%s_%s", start, short_hash(d, ciphers),
				      short_hash(d, rest)));
	put_text(d, TLS_JA4_RAW, arena_printf(&d->arena, "%s_%s_%s", start, ciphers, rest));
}

void tls_fingerprint(struct dissection *d, const struct cursor *c, uint8_t type,
		     const struct tls_reading *reading)
{
	if (!wants_fields(d) || !cursor_ok(c))
		return;
	bool is_client = type == TLS_CLIENT_HELLO;
	struct hello_parts *parts = arena_zeroed(&d->arena, sizeof *parts);
	uint8_t fault = FAULT_NONE;
	struct cursor own = *c;
	own.fault = &fault;
	if (!read_hello(parts, own, is_client, reading->is_datagram))
		return;
	if (!is_client) {
		put_ja3s(d, parts);
		return;
	}
	put_ja3(d, parts);
	put_ja4(d, parts, reading);
}
