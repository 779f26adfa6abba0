/* input_options.c - what is read, and who dissects it. */
#include "option_values.h"

#include <stdlib.h>
#include <string.h>

#include "capture/link_type.h"
#include "dissect/decode_as.h"
#include "dissect/names.h"

bool apply_read(struct options *options, const char *value, struct error *error)
{
	if (options->read_path)
		return error_set(error, "only one file can be read at a time: \"%s\" or \"%s\"",
				 options->read_path, value);
	options->read_path = value;
	return true;
}

bool apply_count(struct options *options, const char *value, struct error *error)
{
	if (!option_number(value, UINT32_MAX, &options->packet_limit))
		return error_set(error, "The specified packet count \"%s\" isn't a decimal number",
				 value);
	if (!options->packet_limit)
		return error_set(error, "The specified packet count is zero");
	return true;
}

bool apply_selected_frame(struct options *options, const char *value, struct error *error)
{
	uint64_t number;

	if (!option_number(value, UINT32_MAX, &number) || !number)
		return error_set(error, "The specified frame \"%s\" isn't a number from 1 on",
				 value);
	options->selected_frame = (uint32_t)number;
	return true;
}

static bool nth_layer(unsigned n, struct choice *choice)
{
	choice->name = decode_layers[n].name;
	choice->ending = "==";
	return choice->name != NULL;
}

const struct choices decode_choices = { .nth = nth_layer };

/* The registry is told at once: there are no threads yet. */
bool apply_decode_as(struct options *options, const char *value, struct error *error)
{
	struct decode_rule rule;

	(void)options;
	if (!decode_rule_read(&rule, value, error))
		return false;
	decode_rule_apply(&rule);
	return true;
}

bool disable_protocol(struct options *options, const char *value, struct error *error)
{
	(void)options;
	return protocol_switch(value, false, error);
}

bool enable_protocol(struct options *options, const char *value, struct error *error)
{
	(void)options;
	return protocol_switch(value, true, error);
}

bool only_protocols(struct options *options, const char *value, struct error *error)
{
	(void)options;
	return protocols_only(value, error);
}

static const struct choice raw_types[] = { { "ethernet" }, { NULL } };

const struct choices raw_choices = { raw_types };

bool apply_raw(struct options *options, const char *value, struct error *error)
{
	uint64_t number;
	uint16_t link_type;

	if (!strcasecmp(value, "ethernet"))
		value = "EN10MB";
	if (option_number(value, UINT16_MAX, &number))
		options->raw_link_type = (uint16_t)number;
	else if (link_type_named(value, &link_type))
		options->raw_link_type = link_type;
	else
		return error_set(
			error, "--raw wants a link type, such as ethernet, RAW or 101; not \"%s\"",
			value);
	options->takes_raw = true;
	return true;
}
