/* verdict.h - how one subject (a conversation, a lookup) went: the rules that fired, the packets
 * that each names, and its sentence.
 *
 * Built from the top down, and used again for the next subject:
 *
 *         verdict_begin(v, stream);
 *         verdict_name(v, "%s ⇄ %s", client, server);
 *         verdict_packet(v, n);                  for each packet of the subject
 *         verdict_add(v, &rules[REFUSED], "Connection refused by %s.", server);
 *         verdict_point(v, reset);               the sentence just added names this packet
 *
 * All texts live in the verdict's arena until the next verdict_begin().  Text of packets may be in
 * them as it is: who prints cleans it. */
#ifndef SESSION_VERDICT_H
#define SESSION_VERDICT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

enum outcome {			/* the later outweighs the earlier */
	       OUTCOME_NEUTRAL, /* said, not counted */
	       OUTCOME_CLEAN,
	       OUTCOME_UNDECIDABLE,
	       OUTCOME_VIOLATION,
	       OUTCOMES,
};

/* "neutral", "clean", "undecidable", "violation" */
extern const char *const outcome_names[OUTCOMES];

enum mark { /* before a sentence: as good as a colour where there is none */
	    MARK_NONE,
	    MARK_COUNTED, /* · */
	    MARK_GOOD,	  /* ✓ */
	    MARK_NOTABLE, /* ! */
	    MARK_BAD,	  /* ✗ */
	    MARK_OPEN,	  /* ? */
	    MARKS,
};

extern const char *const mark_texts[MARKS];

/* A row of a kind's table of rules. */
struct rule {
	const char *id; /* "H1", "wrong-id": for tests and programs, so it never changes */
	enum mark mark;
	enum outcome counts_as; /* unless verdict_add_as() says otherwise */
	const char *meaning;	/* when it fires, as a phrase */
};

enum { FINDING_PACKETS = 8, VERDICT_FINDINGS = 64, VERDICT_ATTRIBUTES = 16 };

struct verdict_finding {
	const struct rule *rule;
	enum outcome counts_as;
	enum mark mark;	  /* the rule's; MARK_OPEN if it counts as undecidable */
	const char *text; /* the sentence without its mark */
	uint32_t packets[FINDING_PACKETS];
	unsigned packet_count;
};

/* What programs want to know of the subject: "client", "server", "id". */
struct attribute {
	const char *name, *value;
	bool number;
};

/* A line of -V: a bit of a header, the state after a packet. */
struct detail {
	uint32_t packet; /* 0: of none */
	const char *name, *value, *meaning;
	bool unusual; /* to be marked */
};

struct verdict {
	/* Kept from subject to subject. */
	bool wants_details;
	const uint8_t *chosen; /* one bit per packet number: those that a display filter lets
				* through; NULL: all */

	uint32_t number;  /* of the stream or lookup, from 0 */
	const char *name; /* "192.0.2.1:40000 ⇄ 198.51.100.2:80" */
	enum outcome outcome;
	uint32_t first_packet, last_packet, packet_count;
	bool has_chosen; /* one of its packets is chosen */
	struct verdict_finding findings[VERDICT_FINDINGS];
	unsigned finding_count;
	unsigned unnamed; /* findings for which there was no room; they count */
	struct attribute attributes[VERDICT_ATTRIBUTES];
	unsigned attribute_count;
	struct detail *details;
	unsigned detail_count, detail_room;
	struct arena arena;
};

void verdict_init(struct verdict *v);
void verdict_free(struct verdict *v);

/* A clean verdict without findings. */
void verdict_begin(struct verdict *v, uint32_t number);
void verdict_name(struct verdict *v, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A packet of the subject, in any order. */
void verdict_packet(struct verdict *v, uint32_t packet);
/* A rule fired: a sentence with its full stop, without the mark. */
void verdict_add(struct verdict *v, const struct rule *rule, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* The same, counting as something else than the rule usually does. */
void verdict_add_as(struct verdict *v, const struct rule *rule, enum outcome counts_as,
		    const char *format, ...) __attribute__((format(printf, 4, 5)));
/* The finding just added names this packet; beyond FINDING_PACKETS it is not kept. */
void verdict_point(struct verdict *v, uint32_t packet);
/* `name` is a constant. */
void verdict_attribute(struct verdict *v, const char *name, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void verdict_number(struct verdict *v, const char *name, uint64_t value);
/* Only if wants_details; `name` and `meaning` are constants or live in the arena. */
void verdict_detail(struct verdict *v, uint32_t packet, const char *name, const char *value,
		    const char *meaning);
/* The detail just added is to be marked. */
void verdict_detail_is_unusual(struct verdict *v);

/* "0.17 ms", "5.73 ms", "185.5 ms", "5.007 s", "60.16 s" in the arena. */
const char *verdict_span(struct verdict *v, int64_t ns);
/* "#1, #2 and #7", at most FINDING_PACKETS of them. */
const char *verdict_packet_list(struct verdict *v, const uint32_t *packets, uint32_t count);

#endif
