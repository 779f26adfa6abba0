/* x509_layers.c - what tshark's frame.protocols says of a certificate: which dissector took each
 * attribute of a name (ITU-T X.520), each extension (RFC 5280, 4.2) and an algorithm's parameters.
 */
#include <string.h>

#include "der.h"
#include "dissect/dissector.h"
#include "tls.h"

enum { OID_PREFIX = 10, LEVELS = 18, MENTIONS = 100 };

/* Object identifiers that are alike but for their last number; bit n of `last`: with n. */
static const struct oid_layer {
	uint8_t length;
	uint8_t prefix[OID_PREFIX];
	uint64_t last[2];
	const char *name;
} oid_layers[] = {
#define BIT(n)	 (UINT64_C(1) << (n))
#define UP_TO(n) (BIT((n) + 1) - 1)
	/* 2.5.4 */
	{ 2,
	  { 0x55, 4 },
	  { BIT(1) | BIT(31) | BIT(32) | BIT(33) | BIT(34) | BIT(49), 0 },
	  "x509if" },
	{ 2, { 0x55, 4 }, { (UP_TO(40) & ~UP_TO(35)) | BIT(53) | BIT(58) | BIT(59), 0 }, "x509af" },
	{ 2, { 0x55, 4 }, { BIT(55), BIT(8) }, "pkixac" },
	{ 2,
	  { 0x55, 4 },
	  { (UP_TO(30) & ~BIT(1) & ~BIT(22)) | BIT(35) | (UP_TO(48) & ~UP_TO(40)) | BIT(50) |
		    BIT(51) | BIT(52) | BIT(54) | BIT(56),
	    BIT(1) | BIT(2) | BIT(3) },
	  "x509sat" },
	/* 0.9.2342.19200300.100.1, 1.2.840.113549.1.9, 1.3.6.1.4.1.311.60.2.1 */
	{ 9, { 9, 0x92, 0x26, 0x89, 0x93, 0xf2, 0x2c, 0x64, 1 }, { BIT(1) }, "x509af" },
	{ 9, { 9, 0x92, 0x26, 0x89, 0x93, 0xf2, 0x2c, 0x64, 1 }, { BIT(25) }, "x509sat" },
	{ 8,
	  { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9 },
	  { BIT(1) | BIT(20) | BIT(21) },
	  "x509sat" },
	{ 10, { 0x2b, 6, 1, 4, 1, 0x82, 0x37, 60, 2, 1 }, { BIT(1) | BIT(2) | BIT(3) }, "x509sat" },
	/* 2.5.29 */
	{ 2,
	  { 0x55, 29 },
	  { (UP_TO(37) & ~UP_TO(13) & ~BIT(22) & ~BIT(25) & ~BIT(26) & ~BIT(34)) | BIT(3) | BIT(9) |
		    BIT(40) | (UP_TO(47) & ~UP_TO(43)) | BIT(51) | BIT(53) | BIT(54) |
		    (UP_TO(61) & ~UP_TO(57)),
	    0 },
	  "x509ce" },
	{ 2, { 0x55, 29 }, { BIT(55) }, "pkixac" },
	/* 1.2.840.113533.7.65, 2.16.840.1.113730.1, 1.3.6.1.4.1.311 */
	{ 8, { 0x2a, 0x86, 0x48, 0x86, 0xf6, 0x7d, 7, 65 }, { BIT(0) }, "x509ce" },
	{ 8,
	  { 0x60, 0x86, 0x48, 1, 0x86, 0xf8, 0x42, 1 },
	  { 0x3000 | BIT(1) | BIT(2) | BIT(3) | BIT(4) | BIT(7) | BIT(8) },
	  "ns_cert_exts" },
	{ 8, { 0x2b, 6, 1, 4, 1, 0x82, 0x37, 20 }, { BIT(2) }, "x509sat" },
	{ 8, { 0x2b, 6, 1, 4, 1, 0x82, 0x37, 21 }, { BIT(1) }, "x509sat" },
	{ 8, { 0x2b, 6, 1, 4, 1, 0x82, 0x37, 21 }, { BIT(7) | BIT(10) }, "x509ce" },
	/* 1.3.6.1.5.5.7: extensions, policies' qualifiers, OCSP */
	{ 7, { 0x2b, 6, 1, 5, 5, 7, 1 }, { BIT(1) }, "pkix1implicit" },
	{ 7, { 0x2b, 6, 1, 5, 5, 7, 1 }, { BIT(2) | BIT(3) }, "pkixqualified" },
	{ 7, { 0x2b, 6, 1, 5, 5, 7, 1 }, { BIT(6) | BIT(10) }, "pkixac" },
	{ 7, { 0x2b, 6, 1, 5, 5, 7, 1 }, { BIT(7) | BIT(8) | BIT(24) }, "pkix1explicit" },
	{ 7, { 0x2b, 6, 1, 5, 5, 7, 1 }, { BIT(12) }, "logotypecertextn" },
	{ 7, { 0x2b, 6, 1, 5, 5, 7, 1 }, { BIT(13) }, "wlancertextn" },
	{ 7, { 0x2b, 6, 1, 5, 5, 7, 1 }, { BIT(14) }, "pkixproxy" },
	{ 7, { 0x2b, 6, 1, 5, 5, 7, 1 }, { BIT(25) }, "mudurl" },
	{ 7, { 0x2b, 6, 1, 5, 5, 7, 2 }, { BIT(1) }, "pkix1explicit" },
	{ 7, { 0x2b, 6, 1, 5, 5, 7, 2 }, { BIT(2) }, "pkix1implicit" },
	{ 8, { 0x2b, 6, 1, 5, 5, 7, 48, 1 }, { BIT(5) }, "ocsp" },
	/* 1.3.6.1.4.1.11129.2.4: certificate transparency (RFC 6962, 3.3) */
	{ 9, { 0x2b, 6, 1, 4, 1, 0xd6, 0x79, 2, 4 }, { BIT(2) }, "tls" },
	/* Parameters: RSA's of PKCS #1, 1.2.840.10045.2 of elliptic curves */
	{ 8, { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1 }, { BIT(8) | BIT(10) }, "pkcs-1" },
	{ 6, { 0x2a, 0x86, 0x48, 0xce, 0x3d, 2 }, { BIT(1) }, "pkcs-1" },
};

static const char *layer_of(const struct der *oid)
{
	uint8_t last = oid->length ? oid->bytes[oid->length - 1] : 0xff;

	for (unsigned i = 0; i < COUNT(oid_layers) && last < 128; i++) {
		const struct oid_layer *row = &oid_layers[i];
		if (oid->length == row->length + 1u &&
		    !memcmp(oid->bytes, row->prefix, row->length) &&
		    row->last[last / 64] >> last % 64 & 1)
			return row->name;
	}
	return NULL;
}

/* Names the layer for what stands behind the identifier; false: nobody takes it apart. */
static bool mention(struct dissection *d, const struct der *oid, const struct cursor *behind,
		    unsigned *left)
{
	const char *name = cursor_left(behind) ? layer_of(oid) : NULL;

	if (!name)
		return false;
	path_mention(d, name);
	--*left;
	return true;
}

/* Lists are looked into, and the value of an extension that is known. */
static void mention_within(struct dissection *d, struct cursor c, unsigned level, bool is_known,
			   unsigned *left)
{
	struct der der, oid;

	if (level == LEVELS)
		return;
	while (*left && take_der(&c, &der)) {
		struct cursor parts = der.body;
		bool known = der.tag == DER_SEQUENCE && take_tagged(&parts, DER_OID, &oid) &&
			     mention(d, &oid, &parts, left);
		if (der.tag & DER_LIST || (is_known && der.tag == DER_OCTET_STRING))
			mention_within(d, parts, level + 1, known, left);
	}
}

void x509_mention(struct dissection *d, struct cursor c)
{
	unsigned left = MENTIONS;

	mention_within(d, c, 0, false, &left);
}
