/* json_object.h - layers and fields as nested objects; private to src/print.
 *
 * A key that occurs more than once in an object becomes one with an array, as JSON readers
 * keep only the last of several. */
#ifndef PRINT_JSON_OBJECT_H
#define PRINT_JSON_OBJECT_H

#include "form.h"
#include "node_value.h"
#include "print/layer_choice.h"
#include "siblings.h"

enum { JSON_STEP = 2, JSON_LAYERS_INDENT = 8, JSON_KEY_ROOM = 64 };

enum value_kind {
	VALUE_OTHER,
	VALUE_SCALAR,  /* needs no escaping */
	VALUE_DECIMAL, /* a number as it is */
};

/* What is printed for a field over and over: "\"ip.src\": ". */
struct key {
	char text[JSON_KEY_ROOM];
	uint8_t length; /* 0: too long for the room */
	uint8_t kind;	/* enum value_kind */
	bool has_raw, is_bare, is_words;
};

struct json {
	struct sink *sink; /* the output's, or that of the form at hand */
	struct forms forms;
	struct siblings siblings;
	struct key *keys;		 /* by registry field */
	bool values, raw, generated_raw; /* raw also of what stands on no bytes */
	bool has_forms;
	struct packet_day day;
};

/* A new line, after a comma if there was something before. */
void json_put_line(struct json *json, bool comma, size_t depth);
/* All of a packet. */
void json_put_layers(struct json *json, struct dissection *d, const struct layer_choice *choice);
extern const struct form_fillers json_fillers;

#endif
