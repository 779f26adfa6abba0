/* catalog.c - what peel knows of protocols and fields: -G. */
#include <string.h>

#include "base/arena.h"
#include "dissect/decode_as.h"
#include "dissect/registry.h"
#include "node_value.h"
#include "print/column.h"
#include "print/printer.h"

static const char *const base_names[FIELD_BASES] = {
	[BASE_DEC] = "BASE_DEC",
	[BASE_HEX] = "BASE_HEX",
	[BASE_OCT] = "BASE_OCT",
	[BASE_DEC_HEX] = "BASE_DEC_HEX",
	[BASE_HEX_DEC] = "BASE_HEX_DEC",
	[BASE_PORT] = "BASE_DEC",
	[BASE_OUI] = "BASE_OUI",
	[BASE_UTC] = "",
	[BASE_LINK] = "",
};

static bool is_integer(enum field_type type)
{
	return type >= FIELD_U8 && type <= FIELD_I64;
}

static void print_field(FILE *out, const struct field *field, const char *protocol)
{
	unsigned bits = field->bits;

	while (field->type == FIELD_BOOL && !field->bits && bits < 64 && field->mask >> bits)
		bits += 8;
	fprintf(out, "F\t%s\t%s\t%s\t%s\t", field->name, field->abbrev,
		field_type_name(field->type), protocol);
	if (bits)
		fprintf(out, "%u", bits);
	else if (is_integer(field->type) && base_names[field->base])
		fputs(base_names[field->base], out);
	fprintf(out, "\t0x%llx\t%s\n",
		(unsigned long long)(field->flags & FIELD_NO_MASK ? 0 : field->mask),
		field->help ? field->help : "");
}

/* As `tshark -G fields`: P lines for protocols, F lines for fields, separated by tabs. */
void catalog_fields(FILE *out)
{
	registry_build();
	for (unsigned n = 0; n < registry_field_count(); n++) {
		const struct field *field = registry_field(n);
		if (field->type == FIELD_PROTOCOL)
			fprintf(out, "P\t%s\t%s\n", field->name, field->abbrev);
		else
			print_field(out, field, registry_field_owner(n)->name);
	}
}

void catalog_protocols(FILE *out)
{
	registry_build();
	for (unsigned n = 0; n < registry_dissector_count(); n++) {
		const struct dissector *dissector = registry_dissector(n);
		fprintf(out, "%s\t%s\t%s\n", dissector->title, dissector->short_name,
			dissector->name);
	}
}

static void print_values(FILE *out, const struct field *field)
{
	const char *yes = value_name(field->names, 1), *no = value_name(field->names, 0);
	bool hex = field->base == BASE_HEX || field->base == BASE_HEX_DEC;

	if (field->type == FIELD_BOOL) {
		if (yes && no)
			fprintf(out, "T\t%s\t%s\t%s\n", field->abbrev, yes, no);
		return;
	}
	for (const struct value_name *name = field->names; name && name->name; name++)
		fprintf(out, hex ? "V\t%s\t0x%llx\t%s\n" : "V\t%s\t%llu\t%s\n", field->abbrev,
			(unsigned long long)name->value, name->name);
}

static void catalog_values(FILE *out)
{
	registry_build();
	for (unsigned n = 0; n < registry_field_count(); n++)
		print_values(out, registry_field(n));
}

/* Which dissector is given what, as `tshark -G decodes`. */
static void catalog_decodes(FILE *out)
{
	registry_build();
	for (unsigned n = 0; n < registry_dissector_count(); n++) {
		const struct dissector *dissector = registry_dissector(n);
		for (unsigned i = 0; i < dissector->claim_count; i++) {
			const struct decode_layer *layer = decode_layers;
			while (layer->name && layer->table != dissector->claims[i].table)
				layer++;
			if (layer->name)
				fprintf(out, "%s\t%u\t%s\n", layer->name, dissector->claims[i].key,
					dissector->name);
		}
	}
}

static void catalog_types(FILE *out)
{
	static const char *const meanings[FIELD_TYPES] = {
		[FIELD_NONE] = "Label",
		[FIELD_PROTOCOL] = "Protocol",
		[FIELD_BOOL] = "Boolean",
		[FIELD_U8] = "Unsigned integer (1 byte)",
		[FIELD_U16] = "Unsigned integer (2 bytes)",
		[FIELD_U24] = "Unsigned integer (3 bytes)",
		[FIELD_U32] = "Unsigned integer (4 bytes)",
		[FIELD_U40] = "Unsigned integer (5 bytes)",
		[FIELD_U48] = "Unsigned integer (6 bytes)",
		[FIELD_U56] = "Unsigned integer (7 bytes)",
		[FIELD_U64] = "Unsigned integer (8 bytes)",
		[FIELD_I8] = "Signed integer (1 byte)",
		[FIELD_I16] = "Signed integer (2 bytes)",
		[FIELD_I24] = "Signed integer (3 bytes)",
		[FIELD_I32] = "Signed integer (4 bytes)",
		[FIELD_I64] = "Signed integer (8 bytes)",
		[FIELD_DOUBLE] = "Floating point (double-precision)",
		[FIELD_TIME] = "Date and time",
		[FIELD_DURATION] = "Time offset",
		[FIELD_TEXT] = "Character string",
		[FIELD_ETHER] = "Ethernet or other MAC address",
		[FIELD_BYTES] = "Byte sequence",
		[FIELD_IPV4] = "IPv4 address",
		[FIELD_IPV6] = "IPv6 address",
		[FIELD_FRAME] = "Frame number",
		[FIELD_GUID] = "Globally Unique Identifier",
		[FIELD_OID] = "ASN.1 object identifier",
		[FIELD_EUI64] = "EUI64 address",
	};

	for (unsigned type = 0; type < FIELD_TYPES; type++)
		if (meanings[type])
			fprintf(out, "%s\t%s\n", field_type_name(type), meanings[type]);
}

static void catalog_field_count(FILE *out)
{
	unsigned protocols = 0;

	registry_build();
	for (unsigned n = 0; n < registry_field_count(); n++)
		protocols += registry_field(n)->type == FIELD_PROTOCOL;
	fprintf(out, "There are %u header fields registered, of which:\n\t%u are protocols\n",
		registry_field_count(), protocols);
}

static void catalog_column_formats(FILE *out)
{
	for (const struct column_format *f = column_formats; f->text; f++)
		fprintf(out, "%s\t%s\n", f->text, f->meaning);
}

const struct catalog catalogs[] = {
	{ "column-formats", catalog_column_formats },
	{ "decodes", catalog_decodes },
	{ "fieldcount", catalog_field_count },
	{ "fields", catalog_fields },
	{ "ftypes", catalog_types },
	{ "protocols", catalog_protocols },
	{ "values", catalog_values },
	{ NULL, NULL },
};
