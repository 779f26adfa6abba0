/* catalog.c - what peel knows of protocols and fields: -G. */
#include <string.h>

#include "base/arena.h"
#include "dissect/registry.h"
#include "node_value.h"
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
