/* form.h - the text of a subtree with blanks where values go; private to src/print.
 *
 * Most packets of a capture have layers of few shapes: the same fields in the same order.  What is
 * constant in the text of a shape is written once and copied from then on.  A shape that is met for
 * the second time is worth a form; there is room for a small number of them. */
#ifndef PRINT_FORM_H
#define PRINT_FORM_H

#include "dissect/dissection.h"
#include "dissect/value_text.h"
#include "print/sink.h"

enum blank_kind {
	BLANK_NOTHING, /* only the text in front of it */
	BLANK_DECIMAL, /* a number as it is */
	BLANK_SCALAR,  /* what put_scalar() writes */
	BLANK_VALUE,   /* the format's to fill in */
	BLANK_KEY,     /* the same, of a line of text */
	/* Scalars that are met most often. */
	BLANK_HEX,
	BLANK_BIT,
	BLANK_IPV4,
	BLANK_ETHER,
	BLANK_TIME,
	BLANK_DURATION,
};

struct blank {
	const struct field *field;
	uint32_t node;	 /* counted from the subtree's first */
	uint16_t before; /* bytes of text in front of it */
	uint8_t kind;	 /* enum blank_kind */
	uint8_t digits;	 /* of BLANK_HEX */
};

/* What all nodes of a shape have in common, and where their text stands. */
struct form {
	uint64_t *shape; /* by node */
	struct blank *blanks;
	char *text;
	uint32_t node_count, blank_count;
	unsigned depth;
	bool is_open; /* the text of this shape depends on more: no form has it */
};

struct form_fillers {
	void (*value)(struct sink *sink, struct dissection *d, const struct node *node);
	void (*key)(struct sink *sink, struct dissection *d, const struct node *node);
};

enum { FORM_SLOTS = 512, FORM_GUESSES = 256 };

struct forms {
	const struct form_fillers *fillers;
	struct form_slot {
		uint64_t seen; /* the hash of a shape that was met once; 0: none */
		uint64_t hash; /* of the form's */
		struct form *form;
	} slots[FORM_SLOTS];
	/* Where the form was of the last subtree with the same top and as many nodes: mostly it is
	 * the one again, which is seen sooner than a hash is made. */
	uint16_t guesses[FORM_GUESSES];
	struct time_minute minute;

	/* The form that is being written. */
	struct sink text;
	struct blank *blanks;
	uint32_t blank_count, first;
	size_t blank_at; /* where in the text the last blank is */
	bool is_writing, is_open;
};

void forms_init(struct forms *forms, const struct form_fillers *fillers);
void forms_free(struct forms *forms);

/* Where the form of the nodes in [first, end) is kept, or will be, which are all below the node
 * before `first`; `depth` is how far it is indented.  NULL: this shape was not met before, or is
 * too large. */
struct form_slot *forms_slot(struct forms *forms, const struct dissection *d, uint32_t first,
			     uint32_t end, unsigned depth);
/* From here on what is put into forms->text, and the blanks, are the form of nodes from `first` on.
 */
void forms_begin(struct forms *forms, uint32_t first);
void forms_blank(struct forms *forms, const struct dissection *d, uint32_t node,
		 enum blank_kind kind);
/* The form that was written is that of the nodes in [first, end). */
void forms_end(struct forms *forms, struct form_slot *slot, const struct dissection *d,
	       uint32_t end, unsigned depth);

void form_fill(struct forms *forms, const struct form *form, struct sink *sink,
	       struct dissection *d, uint32_t first);

#endif
