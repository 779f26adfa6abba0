/* x509_extensions.c - the extensions of certificates, RFC 5280, 4.2. */
#include "x509.h"

#include <string.h>

static void show_general_name(struct dissection *d, const struct cursor *c, const struct der *der)
{
	uint32_t choice = der->tag & 0x1f;
	struct cursor body = der->body;
	struct der name;

	node_id tree = add_uint(d, c, X509_GENERAL_NAME, der->start, der->length, choice);
	open_node(d, tree);
	switch (choice) {
	case 1:
		x509_add_string(d, c, X509_EMAIL, der);
		break;
	case 2:
		x509_add_string(d, c, X509_DNS_NAME, der);
		break;
	case 4:
		if (take_tagged(&body, DER_SEQUENCE, &name))
			x509_show_name(d, &name, X509_DIRECTORY_NAME, X509_RDN_SEQUENCE);
		break;
	case 6:
		x509_add_string(d, c, X509_URI, der);
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
	if (take_tagged(&c, DER_INTEGER, &der))
		add_uint(d, &c, X509_PATH_LENGTH, der.start, der.length, der_unsigned(&der));
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
		x509_add_oid(d, &c, X509_PURPOSE, &der);
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
		if (x509_oid_is(oid, value_readers[i].name)) {
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
	const char *name = x509_oid_name(&oid);
	node_id tree = add_node(d, &body, X509_EXTENSION, extension->start, extension->length);
	if (name)
		label(d, tree, " (%s)", name);
	open_node(d, tree);
	x509_add_oid(d, &body, X509_EXTENSION_ID, &oid);
	if (take_tagged(&body, DER_BOOLEAN, &der) && der.length == 1)
		add_uint(d, &body, X509_CRITICAL, der.start, 1, der.bytes[0] != 0);
	if (take_tagged(&body, DER_OCTET_STRING, &der))
		show_value(d, &oid, &der);
	close_node(d, tree);
}

void x509_show_extensions(struct dissection *d, struct cursor c)
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
