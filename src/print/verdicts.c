/* verdicts.c - what --verify prints: a line, an object or a test for each subject, then a summary.
 */
#include "print/verdicts.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "print/json_text.h"

/* Text that may hold a packet's, fit for a terminal; the caller frees it. */
static char *clean_copy(const char *text)
{
	size_t n = strlen(text);
	char *clean = must_alloc(4 * n + 1);

	text_clean(clean, 4 * n + 1, (const uint8_t *)text, n, true);
	return clean;
}

static void put_clean(FILE *out, const char *text)
{
	char *clean = clean_copy(text);

	fputs(clean, out);
	free(clean);
}

/* --- text --- */

static void put_sentence(FILE *out, const struct verdict_finding *finding)
{
	const char *mark = mark_texts[finding->mark];

	fprintf(out, "%s%s", mark, *mark ? " " : "");
	put_clean(out, finding->text);
}

/* "[H1 D3 C4]": the rules that fired. */
static void put_rules(FILE *out, const struct verdict *v)
{
	putc('[', out);
	for (unsigned i = 0; i < v->finding_count; i++)
		fprintf(out, "%s%s", i ? " " : "", v->findings[i].rule->id);
	fputs(v->unnamed ? " ...]" : "]", out);
}

/* On the one line only what made the verdict is said. */
static bool is_decisive(const struct verdict *v, const struct verdict_finding *finding)
{
	for (unsigned i = 0; i < v->finding_count; i++)
		if (v->findings[i].counts_as == v->outcome)
			return finding->counts_as == v->outcome;
	return true;
}

static void put_details(FILE *out, const struct verdict *v)
{
	uint32_t packet = 0;

	for (unsigned i = 0; i < v->detail_count; i++) {
		const struct detail *detail = &v->details[i];
		if (detail->packet && detail->packet != packet)
			fprintf(out, "    #%" PRIu32 "\n", detail->packet);
		packet = detail->packet;
		fprintf(out, "      %s %s ", detail->unusual ? mark_texts[MARK_NOTABLE] : " ",
			detail->name);
		put_clean(out, detail->value);
		fputs(": ", out);
		put_clean(out, detail->meaning);
		putc('\n', out);
	}
}

static void print_text(const struct verdict_printer *printer, const struct verdict *v)
{
	FILE *out = printer->out;

	if (printer->only_summary)
		return;
	fprintf(out, "%-11s  %s %" PRIu32 "  ", outcome_names[v->outcome], printer->kind->subject,
		v->number);
	put_clean(out, v->name);
	fputs("  ", out);
	put_rules(out, v);
	for (unsigned i = 0; i < v->finding_count; i++) {
		const struct verdict_finding *finding = &v->findings[i];
		if (printer->everything)
			fprintf(out, "\n    %s: ", finding->rule->id);
		else if (is_decisive(v, finding))
			fputs("  ", out);
		else
			continue;
		put_sentence(out, finding);
	}
	putc('\n', out);
	if (printer->everything) {
		put_details(out, v);
		putc('\n', out);
	}
}

/* "5 lookups: 3 clean, 1 violation, 1 undecidable" */
static void put_summary(FILE *out, const struct verify_kind *kind,
			const struct verify_counts *counts)
{
	static const enum outcome order[] = { OUTCOME_CLEAN, OUTCOME_VIOLATION,
					      OUTCOME_UNDECIDABLE };
	const char *between = ": ";

	if (!counts->subjects) {
		fprintf(out, "no %s", kind->subjects);
		return;
	}
	fprintf(out, "%" PRIu32 " %s", counts->subjects,
		counts->subjects == 1 ? kind->subject : kind->subjects);
	for (unsigned i = 0; i < sizeof order / sizeof order[0]; i++) {
		if (!counts->of[order[i]])
			continue;
		fprintf(out, "%s%" PRIu32 " %s", between, counts->of[order[i]],
			outcome_names[order[i]]);
		between = ", ";
	}
}

/* --- JSON --- */

static void put_json(FILE *out, const char *text)
{
	json_put_text(out, text, strlen(text));
}

static void put_json_finding(FILE *out, const struct verdict_finding *finding)
{
	fputs("{\"rule\": ", out);
	put_json(out, finding->rule->id);
	fprintf(out, ", \"counts_as\": \"%s\", \"packets\": [", outcome_names[finding->counts_as]);
	for (unsigned i = 0; i < finding->packet_count; i++)
		fprintf(out, "%s%" PRIu32, i ? ", " : "", finding->packets[i]);
	fputs("], \"text\": ", out);
	put_json(out, finding->text);
	putc('}', out);
}

static void put_json_detail(FILE *out, const struct detail *detail)
{
	fprintf(out, "{\"packet\": %" PRIu32 ", \"name\": ", detail->packet);
	put_json(out, detail->name);
	fputs(", \"value\": ", out);
	put_json(out, detail->value);
	fputs(", \"meaning\": ", out);
	put_json(out, detail->meaning);
	fprintf(out, ", \"unusual\": %s}", detail->unusual ? "true" : "false");
}

static void put_json_attributes(FILE *out, const struct verdict *v)
{
	for (unsigned i = 0; i < v->attribute_count; i++) {
		const struct attribute *attribute = &v->attributes[i];
		fputs(",\n      ", out);
		put_json(out, attribute->name);
		fputs(": ", out);
		if (attribute->number)
			fputs(attribute->value, out);
		else
			put_json(out, attribute->value);
	}
}

static void print_json(const struct verdict_printer *printer, const struct verdict *v)
{
	FILE *out = printer->out;

	fprintf(out, "%s\n    {\n      \"number\": %" PRIu32 ",\n      \"name\": ",
		printer->count ? "," : "", v->number);
	put_json(out, v->name);
	fprintf(out,
		",\n      \"verdict\": \"%s\",\n      \"first_packet\": %" PRIu32
		",\n      \"last_packet\": %" PRIu32 ",\n      \"packets\": %" PRIu32,
		outcome_names[v->outcome], v->first_packet, v->last_packet, v->packet_count);
	put_json_attributes(out, v);
	fputs(",\n      \"findings\": [", out);
	for (unsigned i = 0; i < v->finding_count; i++) {
		fputs(i ? ",\n        " : "\n        ", out);
		put_json_finding(out, &v->findings[i]);
	}
	fputs(v->finding_count ? "\n      ]" : "]", out);
	if (v->unnamed)
		fprintf(out, ",\n      \"findings_left_out\": %u", v->unnamed);
	if (printer->everything) {
		fputs(",\n      \"details\": [", out);
		for (unsigned i = 0; i < v->detail_count; i++) {
			fputs(i ? ",\n        " : "\n        ", out);
			put_json_detail(out, &v->details[i]);
		}
		fputs(v->detail_count ? "\n      ]" : "]", out);
	}
	fputs("\n    }", out);
}

static void end_json(const struct verdict_printer *printer, const struct verify_counts *counts,
		     const char *problem)
{
	FILE *out = printer->out;

	fprintf(out, "%s],\n  \"summary\": {", printer->count ? "\n  " : "");
	fprintf(out, "\"subjects\": %" PRIu32, counts->subjects);
	for (int i = OUTCOME_CLEAN; i < OUTCOMES; i++)
		fprintf(out, ", \"%s\": %" PRIu32, outcome_names[i], counts->of[i]);
	fprintf(out,
		", \"verdict\": \"%s\"},\n  \"problem\": ", outcome_names[verify_outcome(counts)]);
	if (problem[0])
		put_json(out, problem);
	else
		fputs("null", out);
	fputs("\n}\n", out);
}

/* --- TAP, version 13 --- */

/* In a description # begins a directive. */
static void put_description(FILE *out, const char *text)
{
	char *clean = clean_copy(text);

	for (const char *at = clean; *at; at++) {
		if (*at == '#' || *at == '\\')
			putc('\\', out);
		putc(*at, out);
	}
	free(clean);
}

/* A description of sentences whose weight is that of the verdict. */
static void put_reasons(FILE *out, const struct verdict *v)
{
	const char *between = "";

	for (unsigned i = 0; i < v->finding_count; i++) {
		if (!is_decisive(v, &v->findings[i]))
			continue;
		fputs(between, out);
		put_description(out, v->findings[i].text);
		between = " ";
	}
}

/* In the part of YAML that TAP::Parser reads. */
static void put_tap_finding(FILE *out, const struct verdict_finding *finding)
{
	fprintf(out, "    - rule: %s\n      counts_as: %s\n", finding->rule->id,
		outcome_names[finding->counts_as]);
	fputs(finding->packet_count ? "      packets:\n" : "      packets: []\n", out);
	for (unsigned i = 0; i < finding->packet_count; i++)
		fprintf(out, "        - %" PRIu32 "\n", finding->packets[i]);
	fputs("      text: ", out);
	put_json(out, finding->text);
	putc('\n', out);
}

static void print_tap(const struct verdict_printer *printer, const struct verdict *v)
{
	FILE *out = printer->out;

	fprintf(out, "%s %" PRIu32 " - %s %" PRIu32 ": ",
		v->outcome == OUTCOME_VIOLATION ? "not ok" : "ok", printer->count + 1,
		printer->kind->subject, v->number);
	put_description(out, v->name);
	if (v->outcome == OUTCOME_UNDECIDABLE) {
		fputs(" # SKIP undecidable: ", out);
		put_reasons(out, v);
	}
	putc('\n', out);
	if (!v->finding_count || (v->outcome == OUTCOME_CLEAN && !printer->everything))
		return;
	fprintf(out, "  ---\n  verdict: %s\n  findings:\n", outcome_names[v->outcome]);
	for (unsigned i = 0; i < v->finding_count; i++)
		put_tap_finding(out, &v->findings[i]);
	fputs("  ...\n", out);
}

static void end_tap(const struct verdict_printer *printer, const struct verify_counts *counts,
		    const char *problem)
{
	FILE *out = printer->out;

	if (printer->count)
		fprintf(out, "1..%" PRIu32 "\n# ", printer->count);
	else
		fprintf(out, "1..0 # SKIP ");
	put_summary(out, printer->kind, counts);
	putc('\n', out);
	if (problem[0]) {
		fputs("# the capture is damaged: ", out);
		put_clean(out, problem);
		putc('\n', out);
	}
}

/* --- all of them --- */

void verdicts_begin(struct verdict_printer *printer)
{
	if (printer->format == VERDICTS_TAP) {
		fputs("TAP version 13\n", printer->out);
	} else if (printer->format == VERDICTS_JSON) {
		fprintf(printer->out,
			"{\n  \"verify\": \"%s\",\n  \"capture\": ", printer->kind->name);
		if (printer->path)
			put_json(printer->out, printer->path);
		else
			fputs("null", printer->out);
		fputs(",\n  \"subjects\": [", printer->out);
	}
}

void verdicts_print(struct verdict_printer *printer, const struct verdict *verdict)
{
	switch (printer->format) {
	case VERDICTS_TEXT:
		print_text(printer, verdict);
		break;
	case VERDICTS_JSON:
		print_json(printer, verdict);
		break;
	case VERDICTS_TAP:
		print_tap(printer, verdict);
		break;
	}
	printer->count++;
}

void verdicts_end(struct verdict_printer *printer, const struct verify_counts *counts,
		  const char *problem)
{
	switch (printer->format) {
	case VERDICTS_TEXT:
		put_summary(printer->out, printer->kind, counts);
		putc('\n', printer->out);
		break;
	case VERDICTS_JSON:
		end_json(printer, counts, problem);
		break;
	case VERDICTS_TAP:
		end_tap(printer, counts, problem);
		break;
	}
}
