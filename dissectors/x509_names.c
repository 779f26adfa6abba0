/* x509_names.c - what stands in certificates again and again: object identifiers, strings
 * (X.690, 8.23) and names (X.501). */
#include "x509.h"

#include <string.h>

enum { NAME_WORDS = 1024 }; /* bytes of a name in a label */

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

const char *x509_oid_name(const struct der *oid)
{
	for (unsigned i = 0; i < COUNT(oid_rows); i++)
		if (oid_rows[i].length == oid->length &&
		    !memcmp(oid_rows[i].bytes, oid->bytes, oid->length))
			return oid_rows[i].name;
	return NULL;
}

bool x509_oid_is(const struct der *oid, const char *name)
{
	const char *own = x509_oid_name(oid);

	return own && !strcmp(own, name);
}

void x509_add_oid(struct dissection *d, const struct cursor *c, unsigned field,
		  const struct der *oid)
{
	const char *name = x509_oid_name(oid);

	add_bytes(d, c, field, oid->start, oid->length, oid->bytes, oid->length);
	if (name)
		label(d, last_node(d), " (%s)", name);
}

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

void x509_add_string(struct dissection *d, const struct cursor *c, unsigned field,
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
		x509_add_string(d, c, string_rows[i].field, der);
		close_node(d, node);
		return;
	}
	x509_add_string(d, c, X509_IA5, der);
}

const char *x509_name_words(struct dissection *d, struct cursor c, bool one)
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
		const char *name = x509_oid_name(&type);
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
		const char *name = x509_oid_name(&type);
		label_set(d, tree, "RelativeDistinguishedName item (%s=%s)", name ? name : "?",
			  string_of(d, &value));
	}
	open_node(d, tree);
	x509_add_oid(d, &body, X509_ATTRIBUTE_ID, &type);
	if (x509_oid_is(&type, "id-at-countryName"))
		x509_add_string(d, &body, X509_COUNTRY, &value);
	else if (x509_oid_is(&type, "id-at-serialNumber"))
		x509_add_string(d, &body, X509_SERIAL_NAME, &value);
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
			  x509_name_words(d, c, false));
	open_node(d, tree);
	for (unsigned i = 0; i < X509_NAMES_LIMIT && take_der(&c, &set); i++) {
		uint32_t pairs = count_elements(set.body);
		node_id item = add_uint(d, &c, X509_RDN, set.start, set.length, pairs);
		struct cursor parts = set.body;
		if (d->wants & WANT_LABELS)
			label_set(d, item, "RDNSequence item: %u item%s (%s)", pairs,
				  pairs == 1 ? "" : "s", x509_name_words(d, set.body, true));
		open_node(d, item);
		while (i++ < X509_NAMES_LIMIT && take_tagged(&parts, DER_SEQUENCE, &pair))
			show_attribute(d, &pair);
		close_node(d, item);
	}
	close_node(d, tree);
}

void x509_show_name(struct dissection *d, const struct der *name, unsigned field, unsigned sequence)
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
