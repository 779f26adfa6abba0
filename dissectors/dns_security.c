/* dns_security.c - records of DNSSEC and TSIG that are not a plain row of items. */
#include "dns.h"

enum { KEY_TYPE = 0xc000, KEY_TYPE_NONE = 0xc000, ALGORITHM_RSA_MD5 = 1 };

/* RFC 4034, appendix B: a checksum of the record's data, but for the first algorithm. */
static void show_key_tag(struct dissection *d, const struct cursor *whole, unsigned field,
			 uint8_t algorithm)
{
	const uint8_t *at;
	uint32_t n = cursor_left(whole), sum = 0;

	if (!wants_fields(d) || !cursor_peek(whole, 0, n, &at))
		return;
	if (n < 4 || (algorithm == ALGORITHM_RSA_MD5 && n < 7)) {
		note_finding(d, DNS_KEY_ID_BUFFER_TOO_SHORT, NULL);
		return;
	}
	if (algorithm == ALGORITHM_RSA_MD5) {
		put_uint(d, field, load_be16(at + n - 3));
		return;
	}
	for (uint32_t i = 0; i < n; i++)
		sum += i & 1 ? at[i] : (uint32_t)at[i] << 8;
	put_uint(d, field, (sum + (sum >> 16)) & 0xffff);
}

static void take_public_key(struct dissection *d, struct cursor *c, unsigned field)
{
	if (cursor_more(c))
		take_bytes(d, c, field, cursor_sent(c));
}

/* RFC 2535, 3.1: where there is no key, most flags mean nothing. */
static void take_key_flags(struct dissection *d, struct cursor *c)
{
	static const uint16_t bits[] = {
		DNS_KEY_FLAGS_AUTHENTICATION,
		DNS_KEY_FLAGS_CONFIDENTIALITY,
		DNS_KEY_FLAGS_REQUIRED,
		DNS_KEY_FLAGS_ASSOCIATED_USER,
		DNS_KEY_FLAGS_ASSOCIATED_NAMED_ENTITY,
		DNS_KEY_FLAGS_IPSEC,
		DNS_KEY_FLAGS_MIME,
		DNS_KEY_FLAGS_SIGNATORY,
	};
	struct cursor at = *c;
	uint16_t flags = take_u16(d, c, DNS_KEY_FLAGS);
	node_id tree = last_node(d);
	unsigned count = (flags & KEY_TYPE) == KEY_TYPE_NONE ? 2 : COUNT(bits);

	open_node(d, tree);
	for (unsigned i = 0; i < count; i++)
		look_uint_n(d, &at, bits[i], 2);
	close_node(d, tree);
}

void dns_key_take(struct dissection *d, struct cursor *c)
{
	struct cursor whole = *c;

	take_key_flags(d, c);
	take_uint(d, c, DNS_KEY_PROTOCOL);
	uint8_t algorithm = take_u8(d, c, DNS_KEY_ALGORITHM);
	show_key_tag(d, &whole, DNS_KEY_KEY_ID, algorithm);
	take_public_key(d, c, DNS_KEY_PUBLIC_KEY);
}

void dns_dnskey_take(struct dissection *d, struct cursor *c)
{
	struct cursor whole = *c;

	take_flags(d, c, DNS_DNSKEY_FLAGS, DNS_DNSKEY_FLAGS_ZONE_KEY, DNS_DNSKEY_FLAGS_RESERVED);
	take_uint(d, c, DNS_DNSKEY_PROTOCOL);
	uint8_t algorithm = take_u8(d, c, DNS_DNSKEY_ALGORITHM);
	show_key_tag(d, &whole, DNS_DNSKEY_KEY_ID, algorithm);
	take_public_key(d, c, DNS_DNSKEY_PUBLIC_KEY);
}

/* RFC 4648, 7: base32 with extended hex alphabet, without padding. */
static const char *base32_text(struct dissection *d, const uint8_t *bytes, uint32_t n)
{
	static const char digits[] = "0123456789abcdefghijklmnopqrstuv";
	char *text = arena_alloc(&d->arena, (size_t)n * 8 / 5 + 2);
	uint32_t bits = 0, bit_count = 0, length = 0;

	for (uint32_t i = 0; i < n; i++) {
		bits = bits << 8 | bytes[i];
		for (bit_count += 8; bit_count >= 5; bit_count -= 5)
			text[length++] = digits[bits >> (bit_count - 5) & 31];
	}
	if (bit_count)
		text[length++] = digits[bits << (5 - bit_count) & 31];
	text[length] = '\0';
	return text;
}

static void take_salt(struct dissection *d, struct cursor *c)
{
	take_uint(d, c, DNS_NSEC3_ITERATIONS);
	take_bytes(d, c, DNS_NSEC3_SALT_VALUE, take_u8(d, c, DNS_NSEC3_SALT_LENGTH));
}

/* RFC 5155, 4.1.2: opting out is no matter of the zone. */
void dns_nsec3param_take(struct dissection *d, struct cursor *c)
{
	take_uint(d, c, DNS_NSEC3_ALGO);
	take_uint(d, c, DNS_NSEC3_FLAGS);
	take_salt(d, c);
}

void dns_nsec3_take(struct dissection *d, struct cursor *c)
{
	take_uint(d, c, DNS_NSEC3_ALGO);
	take_flags(d, c, DNS_NSEC3_FLAGS, DNS_NSEC3_FLAGS_OPT_OUT, DNS_NSEC3_FLAGS_OPT_OUT);
	take_salt(d, c);
	uint8_t n = take_u8(d, c, DNS_NSEC3_HASH_LENGTH);
	const uint8_t *hash = cursor_bytes(c, n);
	if (!hash)
		return;
	if (field_wanted(d, DNS_NSEC3_HASH_VALUE))
		node_flag(d,
			  add_text(d, c, DNS_NSEC3_HASH_VALUE, c->pos - n, n,
				   base32_text(d, hash, n)),
			  NODE_GENERATED);
	dns_type_windows_take(d, c);
}

void dns_type_in_bitmap_add(struct dissection *d, const struct cursor *c, unsigned type)
{
	node_id node = add_uint(d, c, DNS_RESP_TYPE, c->pos - 1, 1, type);
	const char *name = value_name(dns_type_names, type);

	if (name)
		label_set(d, node, "RR type in bit map: %s", name);
	else
		label_set(d, node, "RR type in bit map: Unknown (%u)", type);
}

void dns_type_windows_take(struct dissection *d, struct cursor *c)
{
	while (cursor_more(c)) {
		unsigned type = (unsigned)cursor_u8(c) << 8;
		uint32_t n = cursor_u8(c);
		for (; n && cursor_ok(c); n--) {
			uint8_t bits = cursor_u8(c);
			for (unsigned bit = 0; bit < 8; bit++, type++)
				if (bits & 0x80 >> bit)
					dns_type_in_bitmap_add(d, c, type & 0xffff);
		}
	}
}

/* RFC 8945, 4.2 */
void dns_tsig_take(struct dissection *d, const struct dns_message *m, struct cursor *c)
{
	const char *algorithm = dns_name_take(d, m, c, DNS_TSIG_ALGORITHM_NAME);
	uint64_t seconds = (uint64_t)cursor_u16(c) << 32;
	seconds |= cursor_u32(c);
	/* 2^48 seconds do not fit in 64 bits of nanoseconds. */
	if (seconds > INT64_MAX / 1000000000)
		seconds = INT64_MAX / 1000000000;
	add_uint(d, c, DNS_TSIG_TIME_SIGNED, c->pos - 6, 6, seconds * 1000000000);
	take_uint(d, c, DNS_TSIG_FUDGE);
	uint16_t size = take_u16(d, c, DNS_TSIG_MAC_SIZE);
	if (size) {
		add_node(d, c, DNS_TSIG_MAC, c->pos, size);
		note_finding_on(d, last_node(d), DNS_TSIG_NOALG, "No dissector for algorithm:%s",
				algorithm);
		cursor_skip(c, size);
	}
	take_uint(d, c, DNS_TSIG_ORIGINAL_ID);
	take_uint(d, c, DNS_TSIG_ERROR);
	size = take_u16(d, c, DNS_TSIG_OTHER_LEN);
	if (size)
		take_bytes(d, c, DNS_TSIG_OTHER_DATA, size);
}
