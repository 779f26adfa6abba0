/* rule_looks.h - how lines of a colour rule look, in many, few or no colours. */
#ifndef UI_RULE_LOOKS_H
#define UI_RULE_LOOKS_H

#include "filter/colour_rules.h"
#include "ui/style.h"

/* How much of a rule's colours a row has. */
enum rule_style {
	RULES_TINT,	 /* on a light background as the rule says; on a dark one the same hue with light
			  * and dark changed over, as a screen full of light lines would dazzle */
	RULES_WIRESHARK, /* as the rule says */
	RULES_TEXT,	 /* the words, on the terminal's own background */
	RULE_STYLE_COUNT,
};

/* Of the 256, without the 16 that a terminal may show as it likes. */
int16_t nearest_colour(struct colour c);
struct colour colour_number(int n);
/* All 24 bits, as a number beyond the 256. */
int32_t exact_colour(struct colour c);
/* What such a number, or one of the 256, looks like; and the nearest of the 256 (-1 stays). */
struct colour colour_of(int32_t number);
int16_t number_of_256(int32_t number);
struct style_look rule_look(const struct colour_rule *rule, enum rule_style style);

#endif
