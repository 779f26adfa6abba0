/* decode_sheet.c - says what a port of the selected packet is to be decoded as: first a list of
 * what can be said, then one of the protocols.
 *
 * A rule changes what is learnt, so the capture is read anew; no thread may dissect meanwhile. */
#include <stdio.h>
#include <string.h>

#include "dissect/registry.h"
#include "ui/app.h"
#include "ui/app_capture.h"

enum { NAME_AT = 0, NOW_AT = 26 };

/* --- what can be said of the packet --- */

static const struct {
	const char *layer, *field;
} places[] = {
	{ "tcp.port", "tcp.dstport" }, { "tcp.port", "tcp.srcport" },
	{ "udp.port", "udp.dstport" }, { "udp.port", "udp.srcport" },
	{ "ip.proto", "ip.proto" },    { "ethertype", "eth.type" },
	{ "llc.dsap", "llc.dsap" },    { "ppp.protocol", "ppp.protocol" },
};

static const struct decode_layer *layer_named(const char *name)
{
	const struct decode_layer *layer = decode_layers;

	while (layer->name && strcmp(layer->name, name) != 0)
		layer++;
	return layer->name ? layer : NULL;
}

static bool is_same(const struct decode_rule *a, const struct decode_rule *b)
{
	return a->layer == b->layer && a->first == b->first && a->last == b->last;
}

static void offer(struct decode_screen *decode, const struct decode_layer *layer, uint64_t key)
{
	struct decode_rule rule = { .layer = layer, .first = (uint32_t)key, .last = (uint32_t)key };

	if (!layer || key > layer->last_key || decode->offer_count == DECODE_OFFERS)
		return;
	for (unsigned i = 0; i < decode->offer_count; i++)
		if (is_same(&decode->offers[i], &rule))
			return;
	for (unsigned i = 0; i < decode->rule_count; i++)
		if (is_same(&decode->rules[i], &rule))
			return;
	decode->offers[decode->offer_count++] = rule;
}

static void begin(struct app *app)
{
	struct decode_screen *decode = &app->decode;
	const struct dissection *d = app->packet.d;

	decode->offer_count = 0;
	/* The lower port first: servers listen there. */
	bool swapped = d && d->from.port < d->to.port;

	for (size_t p = 0; d && p < sizeof places / sizeof places[0]; p++) {
		bool is_port = strstr(places[p].layer, "port");
		int field = registry_field_named(places[swapped && is_port ? p ^ 1 : p].field);

		for (node_id i = 0; i < d->node_count; i++)
			if (d->nodes[i].field == field)
				offer(decode, layer_named(places[p].layer),
				      d->nodes[i].value.number);
	}
}

static uint32_t count(const struct app *app)
{
	return app->decode.rule_count + app->decode.offer_count;
}

static const struct decode_rule *rule_at(const struct app *app, uint32_t row)
{
	const struct decode_screen *decode = &app->decode;

	return row < decode->rule_count ? &decode->rules[row]
					: &decode->offers[row - decode->rule_count];
}

static void draw_row(struct app *app, struct canvas *canvas, int line, uint32_t row,
		     enum style style)
{
	const struct decode_rule *rule = rule_at(app, row);
	bool holds = row < app->decode.rule_count;

	if (rule->last > rule->first)
		canvas_printf(canvas, line, NAME_AT, NOW_AT - 1, style, "%s %u-%u",
			      rule->layer->title, rule->first, rule->last);
	else
		canvas_printf(canvas, line, NAME_AT, NOW_AT - 1, style,
			      rule->layer->last_key > UINT8_MAX &&
					      !strstr(rule->layer->name, "port")
				      ? "%s 0x%04x"
				      : "%s %u",
			      rule->layer->title, rule->first);
	canvas_text(canvas, line, NOW_AT, -1, holds || style != STYLE_BOX ? style : STYLE_BOX_DIM,
		    holds ? rule->dissector->title : "as peel finds it");
}

/* --- changes --- */

struct change {
	struct app *app;
	struct decode_rule rule; /* without a dissector: it does not hold any more */
};

static void apply(void *owner)
{
	const struct change *change = owner;

	decode_rule_apply(&change->rule);
}

static void forget_rule(struct decode_screen *decode, const struct decode_rule *rule)
{
	for (unsigned i = 0; i < decode->rule_count; i++) {
		if (!is_same(&decode->rules[i], rule))
			continue;
		memmove(&decode->rules[i], &decode->rules[i + 1],
			(--decode->rule_count - i) * sizeof *rule);
		return;
	}
}

static void change_rule(struct app *app, const struct decode_rule *rule)
{
	struct decode_screen *decode = &app->decode;
	struct change change = { app, *rule };
	struct error error = { "" };

	if (!app_rescan(app, apply, &change, &error)) {
		app_message(app, MESSAGE_WARNING, "%s", error.text);
		return;
	}
	forget_rule(decode, rule);
	if (rule->dissector && decode->rule_count < DECODE_RULES)
		decode->rules[decode->rule_count++] = *rule;
	app_message(app, MESSAGE_NOTE, "%s %u is decoded %s%s.", rule->layer->title, rule->first,
		    rule->dissector ? "as " : "as peel finds it",
		    rule->dissector ? rule->dissector->title : "");
}

/* --- of the last time --- */

void decode_rule_text(const struct decode_rule *rule, char text[DECODE_TEXT_ROOM])
{
	char last[16] = "";

	if (rule->last > rule->first)
		snprintf(last, sizeof last, "-%u", rule->last);
	snprintf(text, DECODE_TEXT_ROOM, "%s==%u%s,%s", rule->layer->name, rule->first, last,
		 rule->dissector->name);
}

static bool holds(const struct decode_screen *decode, const struct decode_rule *rule)
{
	for (unsigned i = 0; i < decode->rule_count; i++)
		if (is_same(&decode->rules[i], rule) &&
		    decode->rules[i].dissector == rule->dissector)
			return true;
	return false;
}

void decode_recall(struct decode_screen *decode, const char *text)
{
	struct decode_rule rule;
	struct error error;

	if (decode_rule_read(&rule, text, &error) && rule.dissector && !holds(decode, &rule) &&
	    decode->recalled_count < DECODE_RULES)
		decode->recalled[decode->recalled_count++] = rule;
}

static void apply_recalled(void *owner)
{
	const struct app *app = owner;

	for (unsigned i = 0; i < app->decode.recalled_count; i++)
		decode_rule_apply(&app->decode.recalled[i]);
}

static void tell_recalled(struct app *app)
{
	const struct decode_rule *first = &app->decode.recalled[0];
	char more[40] = "", filter[LINE_ROOM + KEYS_ROOM + 60] = "", keys[KEYS_ROOM];

	if (app->decode.recalled_count > 1)
		snprintf(more, sizeof more, ", and %u more rules hold",
			 app->decode.recalled_count - 1);
	key_map_names(&app->user.keys, ACTION_LAST_FILTER, IN_PACKETS, 1, keys);
	if (app->offered_filter[0])
		snprintf(filter, sizeof filter, "   Filter \"%s\": %s applies it.",
			 app->offered_filter, keys);
	app_message(app, MESSAGE_NOTE, "As the last time, %s %u is decoded as %s%s: D.%s",
		    first->layer->title, first->first, first->dissector->title, more, filter);
}

void app_decode_recalled(struct app *app)
{
	struct decode_screen *decode = &app->decode;
	uint32_t anchor = app->filter_anchor;
	int line = app->filter_line;
	struct error error = { "" };

	if (!decode->recalled_count)
		return;
	if (app_rescan(app, apply_recalled, app, &error)) {
		for (unsigned i = 0; i < decode->recalled_count; i++) {
			forget_rule(decode, &decode->recalled[i]);
			if (decode->rule_count < DECODE_RULES)
				decode->rules[decode->rule_count++] = decode->recalled[i];
		}
		if (anchor) {
			app->filter_anchor = anchor;
			app->filter_line = line;
		}
		tell_recalled(app);
	} else {
		app_message(app, MESSAGE_WARNING, "Rules of the last time do not hold: %s",
			    error.text);
	}
	decode->recalled_count = 0;
}

void app_decode_as(struct app *app, const char *text)
{
	struct decode_rule rule;
	struct error error = { "" };

	if (decode_rule_read(&rule, text, &error))
		change_rule(app, &rule);
	else
		app_message(app, MESSAGE_WARNING, "%s", error.text);
}

static bool act(struct app *app, enum action action, uint32_t row)
{
	struct decode_rule rule;

	if (row >= count(app))
		return false;
	rule = *rule_at(app, row);
	switch (action) {
	case ACTION_OPEN:
		app->decode.chosen = rule;
		app_show_sheet(app, SHEET_DECODE_CHOICE);
		return true;
	case ACTION_REMOVE_ROW:
		rule.dissector = NULL;
		if (row >= app->decode.rule_count)
			return true;
		app_close_sheet(app);
		change_rule(app, &rule);
		return true;
	default:
		return false;
	}
}

const struct sheet_class decode_sheet = {
	.title = "Decode as",
	.heading = "What                      Decoded as",
	.nothing = "This packet has nothing that could be decoded otherwise.",
	.keys = { { ACTION_OPEN, "Choose a protocol" }, { ACTION_REMOVE_ROW, "As before" } },
	.begin = begin,
	.count = count,
	.draw_row = draw_row,
	.act = act,
};

/* --- the protocols to choose from --- */

static uint32_t choice_count(const struct app *app)
{
	uint32_t n = 0;

	while (decode_choice(app->decode.chosen.layer, n))
		n++;
	return n + 1;
}

static void draw_choice(struct app *app, struct canvas *canvas, int line, uint32_t row,
			enum style style)
{
	const struct dissector *dissector =
		row ? decode_choice(app->decode.chosen.layer, row - 1) : NULL;

	canvas_text(canvas, line, NAME_AT, NOW_AT - 1, style,
		    dissector ? dissector->name : "as before");
	canvas_text(canvas, line, NOW_AT, -1, style,
		    dissector ? dissector->title : "what peel finds by itself");
}

static bool act_on_choice(struct app *app, enum action action, uint32_t row)
{
	struct decode_rule rule = app->decode.chosen;

	if (action != ACTION_OPEN)
		return false;
	rule.dissector = row ? decode_choice(rule.layer, row - 1) : NULL;
	app_close_sheet(app);
	change_rule(app, &rule);
	return true;
}

const struct sheet_class decode_choice_sheet = {
	.title = "Decode as: the protocol",
	.nothing = "",
	.keys = { { ACTION_OPEN, "Decode so" } },
	.count = choice_count,
	.draw_row = draw_choice,
	.act = act_on_choice,
};
