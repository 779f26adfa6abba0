/* catalog.c - what peel knows of protocols and fields: -G. */
#include <string.h>

#include "base/arena.h"
#include "dissect/registry.h"
#include "print/printer.h"

static const char *const type_names[FIELD_TYPES] = {
	[FIELD_PROTOCOL] = "FT_PROTOCOL",
	[FIELD_NONE] = "FT_NONE",
	[FIELD_BOOL] = "FT_BOOLEAN",
	[FIELD_U8] = "FT_UINT8",
	[FIELD_U16] = "FT_UINT16",
	[FIELD_U24] = "FT_UINT24",
	[FIELD_U32] = "FT_UINT32",
	[FIELD_U40] = "FT_UINT40",
	[FIELD_U48] = "FT_UINT48",
	[FIELD_U56] = "FT_UINT56",
	[FIELD_U64] = "FT_UINT64",
	[FIELD_I8] = "FT_INT8",
	[FIELD_I16] = "FT_INT16",
	[FIELD_I24] = "FT_INT24",
	[FIELD_I32] = "FT_INT32",
	[FIELD_I64] = "FT_INT64",
	[FIELD_DOUBLE] = "FT_DOUBLE",
	[FIELD_IPV4] = "FT_IPv4",
	[FIELD_IPV6] = "FT_IPv6",
	[FIELD_ETHER] = "FT_ETHER",
	[FIELD_EUI64] = "FT_EUI64",
	[FIELD_GUID] = "FT_GUID",
	[FIELD_OID] = "FT_OID",
	[FIELD_BYTES] = "FT_BYTES",
	[FIELD_TEXT] = "FT_STRING",
	[FIELD_TIME] = "FT_ABSOLUTE_TIME",
	[FIELD_DURATION] = "FT_RELATIVE_TIME",
	[FIELD_FRAME] = "FT_FRAMENUM",
};

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
	fprintf(out, "F\t%s\t%s\t%s\t%s\t", field->name, field->abbrev, type_names[field->type],
		protocol);
	if (bits)
		fprintf(out, "%u", bits);
	else if (is_integer(field->type) && base_names[field->base])
		fputs(base_names[field->base], out);
	fprintf(out, "\t0x%llx\t%s\n", (unsigned long long)field->mask,
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
