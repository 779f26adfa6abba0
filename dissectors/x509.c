/* x509.c - certificates, RFC 5280, in DER (X.690).
 *
 * A damaged certificate is noted, and the handshake around it goes on. */
#include <string.h>

#include "der.h"
#include "tls.h"

enum { NAME_WORDS = 1024 }; /* bytes of a name in a label */

/* --- object identifiers --- */

static const struct oid_row {
	uint8_t length;
	uint8_t bytes[11];
	const char *name;
} oid_rows[] = {
	{ 3, { 0x55, 4, 3 }, "id-at-commonName" },
	{ 3, { 0x55, 4, 4 }, "id-at-surname" },
	{ 3, { 0x55, 4, 5 }, "id-at-serialNumber" },
	{ 3, { 0x55, 4, 6 }, "id-at-countryName" },
	{ 3, { 0x55, 4, 7 }, "id-at-localityName" },
	{ 3, { 0x55, 4, 8 }, "id-at-stateOrProvinceName" },
	{ 3, { 0x55, 4, 9 }, "id-at-streetAddress" },
	{ 3, { 0x55, 4, 10 }, "id-at-organizationName" },
	{ 3, { 0x55, 4, 11 }, "id-at-organizationalUnitName" },
	{ 3, { 0x55, 4, 12 }, "id-at-title" },
	{ 3, { 0x55, 4, 13 }, "id-at-description" },
	{ 3, { 0x55, 4, 15 }, "id-at-businessCategory" },
	{ 3, { 0x55, 4, 17 }, "id-at-postalCode" },
	{ 3, { 0x55, 4, 42 }, "id-at-givenName" },
	{ 3, { 0x55, 4, 46 }, "id-at-dnQualifier" },
	{ 3, { 0x55, 4, 65 }, "id-at-pseudonym" },
	{ 9, { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 1 }, "pkcs-9-at-emailAddress" },
	{ 10, { 0x09, 0x92, 0x26, 0x89, 0x93, 0xf2, 0x2c, 0x64, 1, 25 }, "dc" },
	{ 9, { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1 }, "rsaEncryption" },
	{ 9, { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 4 }, "md5WithRSAEncryption" },
	{ 9, { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 5 }, "sha1WithRSAEncryption" },
	{ 9, { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 10 }, "id-RSASSA-PSS" },
	{ 9, { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 11 }, "sha256WithRSAEncryption" },
	{ 9, { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 12 }, "sha384WithRSAEncryption" },
	{ 9, { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 13 }, "sha512WithRSAEncryption" },
	{ 7, { 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1 }, "id-ecPublicKey" },
	{ 7, { 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 1 }, "ecdsa-with-SHA1" },
	{ 8, { 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2 }, "ecdsa-with-SHA256" },
	{ 8, { 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 3 }, "ecdsa-with-SHA384" },
	{ 8, { 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 4 }, "ecdsa-with-SHA512" },
	{ 8, { 0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7 }, "secp256r1" },
	{ 5, { 0x2b, 0x81, 4, 0, 34 }, "secp384r1" },
	{ 5, { 0x2b, 0x81, 4, 0, 35 }, "secp521r1" },
	{ 3, { 0x2b, 101, 112 }, "id-Ed25519" },
	{ 3, { 0x55, 29, 14 }, "id-ce-subjectKeyIdentifier" },
	{ 3, { 0x55, 29, 15 }, "id-ce-keyUsage" },
	{ 3, { 0x55, 29, 17 }, "id-ce-subjectAltName" },
	{ 3, { 0x55, 29, 18 }, "id-ce-issuerAltName" },
	{ 3, { 0x55, 29, 19 }, "id-ce-basicConstraints" },
	{ 3, { 0x55, 29, 30 }, "id-ce-nameConstraints" },
	{ 3, { 0x55, 29, 31 }, "id-ce-cRLDistributionPoints" },
	{ 3, { 0x55, 29, 32 }, "id-ce-certificatePolicies" },
	{ 3, { 0x55, 29, 35 }, "id-ce-authorityKeyIdentifier" },
	{ 3, { 0x55, 29, 37 }, "id-ce-extKeyUsage" },
	{ 8, { 0x2b, 6, 1, 5, 5, 7, 1, 1 }, "id-pe-authorityInfoAccess" },
	{ 8, { 0x2b, 6, 1, 5, 5, 7, 1, 24 }, "id-pe-tlsfeature" },
	{ 8, { 0x2b, 6, 1, 5, 5, 7, 3, 1 }, "id-kp-serverAuth" },
	{ 8, { 0x2b, 6, 1, 5, 5, 7, 3, 2 }, "id-kp-clientAuth" },
	{ 8, { 0x2b, 6, 1, 5, 5, 7, 3, 3 }, "id-kp-codeSigning" },
	{ 8, { 0x2b, 6, 1, 5, 5, 7, 3, 4 }, "id-kp-emailProtection" },
	{ 8, { 0x2b, 6, 1, 5, 5, 7, 3, 9 }, "id-kp-OCSPSigning" },
	{ 10, { 0x2b, 6, 1, 4, 1, 0xd6, 0x79, 2, 4, 2 }, "SignedCertificateTimestampList" },
	{ 9, { 0x60, 0x86, 0x48, 1, 0x86, 0xf8, 0x42, 1, 1 }, "ns_cert_exts.cert_type" },
	{ 9, { 0x60, 0x86, 0x48, 1, 0x86, 0xf8, 0x42, 1, 13 }, "ns_cert_exts.comment" },
};

static const char *oid_name(const struct der *oid)
{
	for (unsigned i = 0; i < COUNT(oid_rows); i++)
		if (oid_rows[i].length == oid->length &&
		    !memcmp(oid_rows[i].bytes, oid->bytes, oid->length))
			return oid_rows[i].name;
	return NULL;
}

static bool oid_is(const struct der *oid, const char *name)
{
	const char *own = oid_name(oid);

	return own && !strcmp(own, name);
}

static void add_oid(struct dissection *d, const struct cursor *c, unsigned field,
		    const struct der *oid)
{
	const char *name = oid_name(oid);

	add_bytes(d, c, field, oid->start, oid->length, oid->bytes, oid->length);
	if (name)
		label(d, last_node(d), " (%s)", name);
}

/* --- strings --- */

/* What the element says, as UTF-8 (X.690, 8.23). */
static const char *string_of(struct dissection *d, const struct der *der)
{
	uint32_t unit = der->tag == DER_BMP ? 2 : der->tag == DER_UNIVERSAL ? 4 : 1;

	if (unit == 1)
		return text_of(d, der->bytes, der->length);
	uint8_t *out = arena_alloc(&d->arena, der->length * 2 + 1);
	uint32_t n = 0;
	for (uint32_t at = 0; der->length - at >= unit; at += unit) {
		uint32_t code = unit == 2 ? load_be16(der->bytes + at) : load_be32(der->bytes + at);
		if (code < 0x80) {
			out[n++] = (uint8_t)code;
		} else if (code < 0x800) {
			out[n++] = (uint8_t)(0xc0 | code >> 6);
			out[n++] = (uint8_t)(0x80 | (code & 0x3f));
		} else if (code < 0x10000) {
			out[n++] = (uint8_t)(0xe0 | code >> 12);
			out[n++] = (uint8_t)(0x80 | (code >> 6 & 0x3f));
			out[n++] = (uint8_t)(0x80 | (code & 0x3f));
		} else {
			out[n++] = '?';
		}
	}
	return text_of(d, out, n);
}

static const struct string_row {
	uint8_t tag;
	uint8_t choice; /* in X.520's DirectoryString */
	uint16_t field;
} string_rows[] = {
	{ DER_TELETEX, 0, X509_TELETEX },     { DER_PRINTABLE, 1, X509_PRINTABLE },
	{ DER_UNIVERSAL, 2, X509_UNIVERSAL }, { DER_BMP, 3, X509_BMP },
	{ DER_UTF8, 4, X509_UTF8 },
};

static void add_string(struct dissection *d, const struct cursor *c, unsigned field,
		       const struct der *der)
{
	add_text(d, c, field, der->start, der->length, string_of(d, der));
}

static void add_directory_string(struct dissection *d, const struct cursor *c,
				 const struct der *der)
{
	for (unsigned i = 0; i < COUNT(string_rows); i++) {
		if (string_rows[i].tag != der->tag)
			continue;
		node_id node = add_uint(d, c, X509_DIRECTORY_STRING, der->start, der->length,
					string_rows[i].choice);
		open_node(d, node);
		add_string(d, c, string_rows[i].field, der);
		close_node(d, node);
		return;
	}
	add_string(d, c, X509_IA5, der);
}

/* --- names --- */

/* "id-at-commonName=a,id-at-countryName=b", the last part first; of a whole name or of one part of
 * it. */
static const char *name_words(struct dissection *d, struct cursor c, bool one)
{
	const char *words = "";
	struct der set, pair, type, value;

	for (unsigned i = 0; i < X509_NAMES_LIMIT && take_der(&c, &set); i++) {
		struct cursor parts = set.body;
		if (one)
			pair = set;
		else if (!take_tagged(&parts, DER_SEQUENCE, &pair))
			continue;
		struct cursor body = pair.body;
		if (!take_tagged(&body, DER_OID, &type) || !take_der(&body, &value))
			continue;
		const char *name = oid_name(&type);
		words = arena_printf(&d->arena, "%s=%s%s%s", name ? name : "?",
				     string_of(d, &value), words[0] ? "," : "", words);
		if (strlen(words) > NAME_WORDS)
			break;
	}
	return words;
}

static void show_attribute(struct dissection *d, const struct der *pair)
{
	struct cursor body = pair->body;
	struct der type, value;

	if (!take_tagged(&body, DER_OID, &type) || !take_der(&body, &value))
		return;
	node_id tree = add_node(d, &body, X509_ATTRIBUTE, pair->start, pair->length);
	if (d->wants & WANT_LABELS) {
		const char *name = oid_name(&type);
		label_set(d, tree, "RelativeDistinguishedName item (%s=%s)", name ? name : "?",
			  string_of(d, &value));
	}
	open_node(d, tree);
	add_oid(d, &body, X509_ATTRIBUTE_ID, &type);
	if (oid_is(&type, "id-at-countryName"))
		add_string(d, &body, X509_COUNTRY, &value);
	else if (oid_is(&type, "id-at-serialNumber"))
		add_string(d, &body, X509_SERIAL_NAME, &value);
	else
		add_directory_string(d, &body, &value);
	close_node(d, tree);
}

/* An RDNSequence: its contents are `c`. */
static void show_name(struct dissection *d, struct cursor c, unsigned field)
{
	uint32_t count = count_elements(c);
	node_id tree = add_uint(d, &c, field, c.pos, cursor_left(&c), count);
	struct der set, pair;

	if (d->wants & WANT_LABELS)
		label_set(d, tree, "rdnSequence: %u item%s (%s)", count, count == 1 ? "" : "s",
			  name_words(d, c, false));
	open_node(d, tree);
	for (unsigned i = 0; i < X509_NAMES_LIMIT && take_der(&c, &set); i++) {
		uint32_t pairs = count_elements(set.body);
		node_id item = add_uint(d, &c, X509_RDN, set.start, set.length, pairs);
		struct cursor parts = set.body;
		if (d->wants & WANT_LABELS)
			label_set(d, item, "RDNSequence item: %u item%s (%s)", pairs,
				  pairs == 1 ? "" : "s", name_words(d, set.body, true));
		open_node(d, item);
		while (i++ < X509_NAMES_LIMIT && take_tagged(&parts, DER_SEQUENCE, &pair))
			show_attribute(d, &pair);
		close_node(d, item);
	}
	close_node(d, tree);
}

static void show_chosen_name(struct dissection *d, const struct der *name, unsigned field,
			     unsigned sequence)
{
	node_id tree = add_uint(d, &name->body, field, name->start, name->length, 0);

	open_node(d, tree);
	show_name(d, name->body, sequence);
	close_node(d, tree);
}

void x509_name(struct dissection *d, struct cursor c)
{
	struct der name;

	if (take_tagged(&c, DER_SEQUENCE, &name))
		show_name(d, name.body, X509_RDN_SEQUENCE);
}

/* --- times --- */

static bool two_digits(const uint8_t *at, int *number)
{
	if (at[0] < '0' || at[0] > '9' || at[1] < '0' || at[1] > '9')
		return false;
	*number = (at[0] - '0') * 10 + at[1] - '0';
	return true;
}

/* Days since 1970 in the Gregorian calendar. */
static int64_t days_of(int year, int month, int day)
{
	year -= month <= 2;
	int64_t era = year / 400;
	int64_t of_era = year - era * 400;
	int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

struct date {
	int year, month, day, hour, minute, second;
};

/* YYMMDDhhmm[ss]Z or, four digits in front, YYYYMMDDhhmmssZ (RFC 5280, 4.1.2.5). */
static bool read_date(const struct der *der, struct date *date)
{
	const uint8_t *at = der->bytes;
	uint32_t n = der->length;
	int century = 0;

	if (der->tag == DER_GENERALIZED_TIME) {
		if (n < 14 || !two_digits(at, &century))
			return false;
		at += 2;
		n -= 2;
	}
	if (n < 10 || !two_digits(at, &date->year) || !two_digits(at + 2, &date->month) ||
	    !two_digits(at + 4, &date->day) || !two_digits(at + 6, &date->hour) ||
	    !two_digits(at + 8, &date->minute))
		return false;
	date->second = 0;
	if (n >= 12 && !two_digits(at + 10, &date->second))
		date->second = 0;
	if (der->tag == DER_UTC_TIME)
		century = date->year < 50 ? 20 : 19;
	date->year += century * 100;
	return date->month >= 1 && date->month <= 12;
}

static int64_t seconds_of(const struct date *date)
{
	return ((days_of(date->year, date->month, date->day) * 24 + date->hour) * 60 +
		date->minute) *
		       60 +
	       date->second;
}

/* Seconds since 1970, or *known false. */
static int64_t show_time(struct dissection *d, const struct der *time, unsigned field, bool *known)
{
	struct date date = { 0 };
	bool general = time->tag == DER_GENERALIZED_TIME;

	*known = read_date(time, &date);
	int64_t seconds = *known ? seconds_of(&date) : 0;
	node_id tree = add_uint(d, &time->body, field, time->start, time->length, general);
	open_node(d, tree);
	if (!*known) {
		note_finding(d, TLS_CERTIFICATE_DAMAGED, "The time is damaged");
	} else if (general) {
		/* Years up to 9999 do not fit in nanoseconds: the last that do stand for them. */
		int64_t most = INT64_MAX / 1000000000;
		add_uint(d, &time->body, X509_GENERALIZED_TIME, time->start, time->length,
			 (uint64_t)((seconds < most ? seconds : most) * 1000000000));
	} else {
		add_text(d, &time->body, X509_UTC_TIME, time->start, time->length,
			 arena_printf(&d->arena, "%04d-%02d-%02d %02d:%02d:%02d (UTC)", date.year,
				      date.month, date.day, date.hour, date.minute, date.second));
	}
	close_node(d, tree);
	return seconds;
}

static void show_validity(struct dissection *d, const struct der *validity)
{
	struct cursor body = validity->body;
	struct der before, after;
	bool before_known = false, after_known = false;
	int64_t from = 0, until = 0, now = d->packet.time_ns / 1000000000;

	node_id tree = add_node(d, &body, X509_VALIDITY, validity->start, validity->length);
	open_node(d, tree);
	if (take_der(&body, &before))
		from = show_time(d, &before, X509_NOT_BEFORE, &before_known);
	if (take_der(&body, &after))
		until = show_time(d, &after, X509_NOT_AFTER, &after_known);
	if (d->packet.has_time && before_known && now < from)
		note_finding(d, TLS_CERTIFICATE_DATES, "The certificate is not valid yet");
	else if (d->packet.has_time && after_known && now > until)
		note_finding(d, TLS_CERTIFICATE_DATES, "The certificate has expired");
	close_node(d, tree);
}

/* --- keys and algorithms --- */

static void show_algorithm(struct dissection *d, const struct der *algorithm, unsigned field)
{
	struct cursor body = algorithm->body;
	struct der oid, parameter;

	node_id tree = add_node(d, &body, field, algorithm->start, algorithm->length);
	if (!take_tagged(&body, DER_OID, &oid))
		return;
	const char *name = oid_name(&oid);
	if (name)
		label(d, tree, " (%s)", name);
	open_node(d, tree);
	add_oid(d, &body, X509_ALGORITHM, &oid);
	if (take_tagged(&body, DER_OID, &parameter))
		add_oid(d, &body, X509_CURVE, &parameter);
	close_node(d, tree);
}

/* An integer of any length, in hexadecimal. */
static void show_number(struct dissection *d, const struct cursor *c, unsigned field,
			const struct der *number)
{
	enum { SHOWN = 36 };
	node_id node = add_bytes(d, c, field, number->start, number->length, number->bytes,
				 number->length);
	char digits[2 * SHOWN + 1];
	uint32_t n = number->length < SHOWN ? number->length : SHOWN;

	for (uint32_t i = 0; i < n; i++) {
		digits[2 * i] = "0123456789abcdef"[number->bytes[i] >> 4];
		digits[2 * i + 1] = "0123456789abcdef"[number->bytes[i] & 15];
	}
	digits[2 * n] = '\0';
	label_set(d, node, "%s: 0x%s%s", tls_fields[field].name, digits,
		  number->length > SHOWN ? "…" : "");
}

static void show_rsa_key(struct dissection *d, struct cursor c)
{
	struct der key, modulus, exponent;
	uint64_t value = 0;

	if (!take_tagged(&c, DER_SEQUENCE, &key))
		return;
	c = key.body;
	if (!take_tagged(&c, DER_INTEGER, &modulus) || !take_tagged(&c, DER_INTEGER, &exponent))
		return;
	show_number(d, &c, X509_MODULUS, &modulus);
	for (uint32_t i = 0; i < exponent.length && i < 8; i++)
		value = value << 8 | exponent.bytes[i];
	add_uint(d, &c, X509_EXPONENT, exponent.start, exponent.length, value);
}

static void show_key_info(struct dissection *d, const struct der *info)
{
	struct cursor body = info->body;
	struct der algorithm, key;

	node_id tree = add_node(d, &body, X509_KEY_INFO, info->start, info->length);
	open_node(d, tree);
	if (take_tagged(&body, DER_SEQUENCE, &algorithm))
		show_algorithm(d, &algorithm, X509_KEY_ALGORITHM);
	if (take_tagged(&body, DER_BIT_STRING, &key) && key.length) {
		struct cursor inner = key.body, id = algorithm.body;
		struct der oid;
		cursor_skip(&inner, 1);
		node_id bits = add_bytes(d, &body, X509_KEY, key.start + 1, key.length - 1,
					 key.bytes + 1, key.length - 1);
		open_node(d, bits);
		if (take_tagged(&id, DER_OID, &oid) && oid_is(&oid, "rsaEncryption"))
			show_rsa_key(d, inner);
		close_node(d, bits);
	}
	close_node(d, tree);
}

/* --- extensions --- */

static void show_general_name(struct dissection *d, const struct cursor *c, const struct der *der)
{
	uint32_t choice = der->tag & 0x1f;
	struct cursor body = der->body;
	struct der name;

	node_id tree = add_uint(d, c, X509_GENERAL_NAME, der->start, der->length, choice);
	open_node(d, tree);
	switch (choice) {
	case 1:
		add_string(d, c, X509_EMAIL, der);
		break;
	case 2:
		add_string(d, c, X509_DNS_NAME, der);
		break;
	case 4:
		if (take_tagged(&body, DER_SEQUENCE, &name))
			show_chosen_name(d, &name, X509_DIRECTORY_NAME, X509_RDN_SEQUENCE);
		break;
	case 6:
		add_string(d, c, X509_URI, der);
		break;
	case 7:
		if (der->length == 4)
			add_uint(d, c, X509_IPV4, der->start, 4, load_be32(der->bytes));
		else if (der->length == 16)
			add_bytes(d, c, X509_IPV6, der->start, 16, der->bytes, 16);
		break;
	default:
		break;
	}
	close_node(d, tree);
}

/* The contents of GeneralNames. */
static void show_general_names(struct dissection *d, struct cursor c, unsigned field)
{
	uint32_t count = count_elements(c);
	node_id tree = add_uint(d, &c, field, c.pos, cursor_left(&c), count);
	struct der der;

	label(d, tree, " item%s", count == 1 ? "" : "s");
	open_node(d, tree);
	for (unsigned i = 0; i < X509_NAMES_LIMIT && take_der(&c, &der); i++)
		show_general_name(d, &c, &der);
	close_node(d, tree);
}

static void show_alternative_names(struct dissection *d, struct cursor c)
{
	struct der names;

	if (take_tagged(&c, DER_SEQUENCE, &names))
		show_general_names(d, names.body, X509_GENERAL_NAMES);
}

static void show_subject_key(struct dissection *d, struct cursor c)
{
	struct der id;

	if (take_tagged(&c, DER_OCTET_STRING, &id))
		add_bytes(d, &c, X509_SUBJECT_KEY, id.start, id.length, id.bytes, id.length);
}

static void show_authority_key(struct dissection *d, struct cursor c)
{
	struct der outer, der;

	if (!take_tagged(&c, DER_SEQUENCE, &outer))
		return;
	node_id tree = add_node(d, &c, X509_AUTHORITY, outer.start, outer.length);
	open_node(d, tree);
	c = outer.body;
	while (take_der(&c, &der)) {
		if (der.tag == DER_CONTEXT)
			add_bytes(d, &c, X509_AUTHORITY_KEY, der.start, der.length, der.bytes,
				  der.length);
		else if (der.tag == DER_CONSTRUCTED + 1)
			show_general_names(d, der.body, X509_AUTHORITY_ISSUER);
		else if (der.tag == DER_CONTEXT + 2)
			add_bytes(d, &c, X509_AUTHORITY_SERIAL, der.start, der.length, der.bytes,
				  der.length);
	}
	close_node(d, tree);
}

static void show_constraints(struct dissection *d, struct cursor c)
{
	struct der outer, der;

	if (!take_tagged(&c, DER_SEQUENCE, &outer))
		return;
	node_id tree = add_node(d, &c, X509_CONSTRAINTS, outer.start, outer.length);
	open_node(d, tree);
	c = outer.body;
	if (take_tagged(&c, DER_BOOLEAN, &der) && der.length == 1)
		add_uint(d, &c, X509_CA, der.start, 1, der.bytes[0] != 0);
	if (take_tagged(&c, DER_INTEGER, &der)) {
		uint64_t value = 0;
		for (uint32_t i = 0; i < der.length && i < 8; i++)
			value = value << 8 | der.bytes[i];
		add_uint(d, &c, X509_PATH_LENGTH, der.start, der.length, value);
	}
	close_node(d, tree);
}

static void show_key_usage(struct dissection *d, struct cursor c)
{
	struct der bits;

	if (!take_tagged(&c, DER_BIT_STRING, &bits) || bits.length < 2)
		return;
	add_uint(d, &c, X509_PADDING, bits.start, 1, bits.bytes[0]);
	node_id tree = add_bytes(d, &c, X509_KEY_USAGE, bits.start + 1, bits.length - 1,
				 bits.bytes + 1, bits.length - 1);
	open_node(d, tree);
	for (unsigned field = X509_USAGE_SIGNATURE; field <= X509_USAGE_ENCIPHER; field++)
		add_uint(d, &c, field, bits.start + 1, 1,
			 (bits.bytes[1] & tls_fields[field].mask) != 0);
	close_node(d, tree);
}

static void show_purposes(struct dissection *d, struct cursor c)
{
	struct der outer, der;

	if (!take_tagged(&c, DER_SEQUENCE, &outer))
		return;
	uint32_t count = count_elements(outer.body);
	node_id tree = add_uint(d, &c, X509_PURPOSES, outer.start, outer.length, count);
	label(d, tree, " item%s", count == 1 ? "" : "s");
	open_node(d, tree);
	c = outer.body;
	while (take_tagged(&c, DER_OID, &der))
		add_oid(d, &c, X509_PURPOSE, &der);
	close_node(d, tree);
}

static const struct value_reader {
	const char *name;
	void (*show)(struct dissection *d, struct cursor c);
} value_readers[] = {
	{ "id-ce-subjectAltName", show_alternative_names },
	{ "id-ce-issuerAltName", show_alternative_names },
	{ "id-ce-subjectKeyIdentifier", show_subject_key },
	{ "id-ce-authorityKeyIdentifier", show_authority_key },
	{ "id-ce-basicConstraints", show_constraints },
	{ "id-ce-keyUsage", show_key_usage },
	{ "id-ce-extKeyUsage", show_purposes },
};

static void show_value(struct dissection *d, const struct der *oid, const struct der *value)
{
	for (unsigned i = 0; i < COUNT(value_readers); i++)
		if (oid_is(oid, value_readers[i].name)) {
			value_readers[i].show(d, value->body);
			return;
		}
	add_bytes(d, &value->body, X509_EXTENSION_VALUE, value->start, value->length, value->bytes,
		  value->length);
}

static void show_extension(struct dissection *d, const struct der *extension)
{
	struct cursor body = extension->body;
	struct der oid, der;

	if (!take_tagged(&body, DER_OID, &oid))
		return;
	const char *name = oid_name(&oid);
	node_id tree = add_node(d, &body, X509_EXTENSION, extension->start, extension->length);
	if (name)
		label(d, tree, " (%s)", name);
	open_node(d, tree);
	add_oid(d, &body, X509_EXTENSION_ID, &oid);
	if (take_tagged(&body, DER_BOOLEAN, &der) && der.length == 1)
		add_uint(d, &body, X509_CRITICAL, der.start, 1, der.bytes[0] != 0);
	if (take_tagged(&body, DER_OCTET_STRING, &der))
		show_value(d, &oid, &der);
	close_node(d, tree);
}

static void show_extensions(struct dissection *d, struct cursor c)
{
	struct der list, der;

	if (!take_tagged(&c, DER_SEQUENCE, &list))
		return;
	uint32_t count = count_elements(list.body);
	node_id tree = add_uint(d, &c, X509_EXTENSIONS, list.start, list.length, count);
	label(d, tree, " item%s", count == 1 ? "" : "s");
	open_node(d, tree);
	c = list.body;
	for (unsigned i = 0; i < X509_NAMES_LIMIT && take_tagged(&c, DER_SEQUENCE, &der); i++)
		show_extension(d, &der);
	close_node(d, tree);
}

/* --- a certificate --- */

static const char *show_signed_part(struct dissection *d, const struct der *part)
{
	struct cursor body = part->body;
	const char *subject = "";
	struct der der;

	if (take_tagged(&body, DER_CONSTRUCTED, &der)) {
		struct cursor version = der.body;
		if (take_tagged(&version, DER_INTEGER, &der) && der.length == 1)
			add_uint(d, &body, X509_VERSION, der.start, 1, der.bytes[0]);
	}
	if (take_tagged(&body, DER_INTEGER, &der))
		show_number(d, &body, X509_SERIAL, &der);
	if (take_tagged(&body, DER_SEQUENCE, &der))
		show_algorithm(d, &der, X509_SIGNATURE);
	if (take_tagged(&body, DER_SEQUENCE, &der))
		show_chosen_name(d, &der, X509_ISSUER, X509_RDN_SEQUENCE);
	if (take_tagged(&body, DER_SEQUENCE, &der))
		show_validity(d, &der);
	if (take_tagged(&body, DER_SEQUENCE, &der)) {
		show_chosen_name(d, &der, X509_SUBJECT, X509_SUBJECT_SEQUENCE);
		if (d->wants & WANT_LABELS)
			subject = name_words(d, der.body, false);
	}
	if (take_tagged(&body, DER_SEQUENCE, &der))
		show_key_info(d, &der);
	while (take_der(&body, &der))
		if (der.tag == DER_CONSTRUCTED + 3)
			show_extensions(d, der.body);
	return subject;
}

static const char *show_parts(struct dissection *d, struct cursor c)
{
	const char *subject = "";
	struct der outer, part, der;

	if (!take_tagged(&c, DER_SEQUENCE, &outer)) {
		note_finding(d, TLS_CERTIFICATE_DAMAGED, NULL);
		return subject;
	}
	c = outer.body;
	if (!take_tagged(&c, DER_SEQUENCE, &part)) {
		note_finding(d, TLS_CERTIFICATE_DAMAGED, NULL);
		return subject;
	}
	node_id tree = add_node(d, &c, X509_SIGNED, part.start, part.length);
	open_node(d, tree);
	subject = show_signed_part(d, &part);
	close_node(d, tree);
	if (take_tagged(&c, DER_SEQUENCE, &der))
		show_algorithm(d, &der, X509_SIGNATURE_ALGORITHM);
	if (take_tagged(&c, DER_BIT_STRING, &der) && der.length) {
		add_uint(d, &c, X509_PADDING, der.start, 1, der.bytes[0]);
		add_bytes(d, &c, X509_ENCRYPTED, der.start + 1, der.length - 1, der.bytes + 1,
			  der.length - 1);
	}
	return subject;
}

void x509_certificate(struct dissection *d, struct cursor c, node_id node)
{
	open_node(d, node);
	const char *subject = show_parts(d, c);
	close_node(d, node);
	if (subject[0])
		label(d, node, " (%s)", subject);
}
