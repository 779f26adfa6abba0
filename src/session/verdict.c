/* verdict.c - a verdict is put together, finding by finding. */
#include "session/verdict.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/bitmap.h"
#include "base/span.h"

const char *const outcome_names[OUTCOMES] = {
	[OUTCOME_NEUTRAL] = "neutral",
	[OUTCOME_CLEAN] = "clean",
	[OUTCOME_UNDECIDABLE] = "undecidable",
	[OUTCOME_VIOLATION] = "violation",
};

const char *const mark_texts[MARKS] = {
	[MARK_NONE] = "",     [MARK_COUNTED] = "·", [MARK_GOOD] = "✓",
	[MARK_NOTABLE] = "!", [MARK_BAD] = "✗",	    [MARK_OPEN] = "?",
};

void verdict_init(struct verdict *v)
{
	memset(v, 0, sizeof *v);
}

void verdict_free(struct verdict *v)
{
	arena_free(&v->arena);
	free(v->details);
	v->details = NULL;
	v->detail_room = v->detail_count = 0;
}

void verdict_begin(struct verdict *v, uint32_t number)
{
	arena_reset(&v->arena);
	v->number = number;
	v->name = "";
	v->outcome = OUTCOME_CLEAN;
	v->first_packet = v->last_packet = v->packet_count = 0;
	v->has_chosen = false;
	v->finding_count = v->unnamed = 0;
	v->attribute_count = v->detail_count = 0;
}

void verdict_name(struct verdict *v, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	v->name = arena_vprintf(&v->arena, format, args);
	va_end(args);
}

void verdict_packet(struct verdict *v, uint32_t packet)
{
	if (!v->packet_count || packet < v->first_packet)
		v->first_packet = packet;
	if (packet > v->last_packet)
		v->last_packet = packet;
	v->packet_count++;
	v->has_chosen = v->has_chosen || !v->chosen || bitmap_has(v->chosen, packet);
}

static void add(struct verdict *v, const struct rule *rule, enum outcome counts_as,
		const char *text)
{
	if (counts_as > v->outcome)
		v->outcome = counts_as;
	if (v->finding_count == VERDICT_FINDINGS) {
		v->unnamed++;
		return;
	}
	v->findings[v->finding_count++] = (struct verdict_finding){
		.rule = rule,
		.counts_as = counts_as,
		.mark = counts_as == OUTCOME_UNDECIDABLE ? MARK_OPEN : rule->mark,
		.text = text,
	};
}

void verdict_add(struct verdict *v, const struct rule *rule, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add(v, rule, rule->counts_as, arena_vprintf(&v->arena, format, args));
	va_end(args);
}

void verdict_add_as(struct verdict *v, const struct rule *rule, enum outcome counts_as,
		    const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add(v, rule, counts_as, arena_vprintf(&v->arena, format, args));
	va_end(args);
}

void verdict_point(struct verdict *v, uint32_t packet)
{
	/* What there was no room for has no packets either. */
	if (!v->finding_count || v->unnamed)
		return;
	struct verdict_finding *finding = &v->findings[v->finding_count - 1];
	if (finding->packet_count < FINDING_PACKETS)
		finding->packets[finding->packet_count++] = packet;
}

static void add_attribute(struct verdict *v, const char *name, const char *value, bool number)
{
	if (v->attribute_count < VERDICT_ATTRIBUTES)
		v->attributes[v->attribute_count++] = (struct attribute){ name, value, number };
}

void verdict_attribute(struct verdict *v, const char *name, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add_attribute(v, name, arena_vprintf(&v->arena, format, args), false);
	va_end(args);
}

void verdict_number(struct verdict *v, const char *name, uint64_t value)
{
	add_attribute(v, name, arena_printf(&v->arena, "%llu", (unsigned long long)value), true);
}

void verdict_detail(struct verdict *v, uint32_t packet, const char *name, const char *value,
		    const char *meaning)
{
	if (!v->wants_details)
		return;
	if (v->detail_count == v->detail_room)
		v->details = must_grow(v->details, &v->detail_room, 64, sizeof *v->details);
	value = arena_text(&v->arena, value, strlen(value));
	v->details[v->detail_count++] = (struct detail){ packet, name, value, meaning, false };
}

void verdict_detail_is_unusual(struct verdict *v)
{
	if (v->wants_details && v->detail_count)
		v->details[v->detail_count - 1].unusual = true;
}

const char *verdict_span(struct verdict *v, int64_t ns)
{
	char text[SPAN_ROOM];

	span_short(ns, text);
	return arena_text(&v->arena, text, strlen(text));
}

const char *verdict_packet_list(struct verdict *v, const uint32_t *packets, uint32_t count)
{
	uint32_t shown = count < FINDING_PACKETS ? count : FINDING_PACKETS;
	const char *text = "";

	for (uint32_t i = 0; i < shown; i++) {
		const char *between = !i ? "" : i + 1 == count ? " and " : ", ";
		text = arena_printf(&v->arena, "%s%s#%u", text, between, packets[i]);
	}
	if (shown < count)
		text = arena_printf(&v->arena, "%s and %u more", text, count - shown);
	return text;
}
