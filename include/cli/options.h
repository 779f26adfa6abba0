/* options.h - the command line: what was asked for.
 *
 * One table says what options there are; parsing, --help, the man page and the shell's
 * completion all come from it. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/error.h"
#include "capture/capture_writer.h"
#include "capture/live_capture.h"
#include "print/column.h"
#include "print/ladder_text.h"
#include "print/packet_format.h"
#include "print/printer.h"
#include "print/verdicts.h"

enum errand { /* what to do instead of showing packets */
	      ERRAND_NONE,
	      ERRAND_HELP,
	      ERRAND_VERSION,
	      ERRAND_INTERFACES,
	      ERRAND_LINK_TYPES,
	      ERRAND_CATALOG,
	      ERRAND_STATISTICS,
	      ERRAND_MAN_PAGE,
	      ERRAND_COMPLETION,
	      ERRAND_SHOW_FILTER,
};

/* Anything but text and tabs has a packet_format. */
enum output { OUTPUT_TEXT, OUTPUT_TABS, OUTPUT_FIELDS, OUTPUT_JSON, OUTPUT_OTHER };

enum exit_status { EXIT_FINE = 0, EXIT_NO = 1, EXIT_TROUBLE = 2, EXIT_UNDECIDABLE = 3 };

struct statistics;

enum { OBJECT_REQUESTS = 8 };

struct object_request { /* --export-objects */
	const char *kind, *folder;
};

struct ladder_request { /* --ladder */
	bool asked;
	uint8_t protocol; /* enum stream_protocol */
	uint32_t stream;
	enum ladder_format format;
	uint32_t columns; /* of text; 0: the terminal's */
};

struct options {
	enum errand errand;
	const struct catalog *catalog; /* of ERRAND_CATALOG */
	const char *read_path;	       /* -r or the argument; NULL: none; "-": standard input */
	struct live_options live;      /* interface_count 0: not asked for */
	char (*live_names)[64];	       /* of those given by number */
	char *filter_words;	       /* a filter given as words: a capture filter after -i */
	const char *filter_for_all;    /* -f before the first -i */
	bool colour;		       /* --color */
	const char *display_filter;    /* -Y, or words; NULL: none */
	const char *read_filter;       /* -R */
	const char *key_log;	       /* --keylog; NULL: none */
	bool names_from_dns;	       /* -N d */
	bool write_names;	       /* -W n */
	char **more_paths;	       /* files named after it */
	unsigned more_count;
	bool merge;	   /* all of them are read as one */
	bool skips_damage; /* --skip */
	bool takes_raw;	   /* --raw: what is no capture is taken for packets of this type: */
	uint16_t raw_link_type;
	bool path_is_word; /* the file was named without -r */

	enum output output;
	bool output_given;		    /* -T */
	const struct packet_format *format; /* of -T; NULL: plain text */
	struct layer_choice layers;	    /* -j, -J */
	bool tree, hex, summary_too;
	struct hex_style hex_style; /* --hexdump */
	const char *separator;	    /* -S; NULL: a blank line */
	const char *open_only;	    /* -O */
	struct field_list *fields;
	struct column_list columns;    /* -o gui.column.format; none: the usual ones */
	struct statistics *statistics; /* -z; NULL: none */
	enum time_format time_format;
	bool time_in_hours;
	uint64_t packet_limit;	 /* 0: none */
	uint32_t selected_frame; /* 0: none */
	uint32_t explained;	 /* --explain: this packet; 0: none */
	bool match, count, redact;
	bool two_passes, quiet, only_errors, flush_lines, no_names, no_duplicate_keys;

	const struct verify_kind *verify; /* NULL: not asked for */
	enum verdict_format verdict_format;
	bool verdict_format_given; /* --format */
	bool verdict_details;	   /* -V */

	struct object_request object_requests[OBJECT_REQUESTS];
	unsigned object_request_count;

	struct ladder_request ladder;
	bool ladder_whole; /* -V: no run of segments is folded */

	const char *write_path;
	enum capture_format write_format;

	bool ascii, mono, no_mouse, plain, fresh, restore, read_only; /* of the screen */
	const char *theme;   /* "dark", "light"; NULL: guess */
	const char *key_map; /* "vim", "less"; NULL: what is configured */
};

enum option_section {
	SECTION_INPUT,
	SECTION_LIVE,
	SECTION_OUTPUT,
	SECTION_SCREEN,
	SECTION_OTHER,
	SECTIONS
};

/* One of the values that an option takes by name. */
struct choice {
	const char *name;     /* NULL ends a table */
	const char *ending;   /* of the name, if more follows in the same word: ":"; or NULL */
	const char *argument; /* what follows then: "SECONDS", "y|n"; or NULL */
	const char *meaning;  /* a phrase; NULL: the name tells it */
	int value;	      /* for who reads it */
};

struct choices {
	const struct choice *table;
	/* Instead, where another layer has the table; false: there are no more. */
	bool (*nth)(unsigned n, struct choice *choice);
};

struct option_row {
	char letter;	      /* 0: none */
	const char *name;     /* without the dashes; NULL: none */
	const char *argument; /* what it is called; NULL: takes none */
	enum option_section section;
	/* A phrase, where {} stands for the choices with their meanings; NULL: not shown to users.
	 */
	const char *meaning;
	const struct choices *choices; /* may be NULL */
	/* What it does is one of these. */
	enum errand errand;
	size_t flag; /* offset of a bool that it sets */
	size_t text; /* offset of a pointer to its value */
	bool (*apply)(struct options *options, const char *value, struct error *error);
};

extern const struct option_row option_table[];

/* The row behind the last option has neither. */
static inline bool option_row_is_end(const struct option_row *row)
{
	return !row->letter && !row->name;
}

extern const char *const option_section_names[SECTIONS];

void options_init(struct options *options);
void options_free(struct options *options);
bool options_parse(struct options *options, int argc, char **argv, struct error *error);
/* How -w writes. */
struct capture_writing options_writing(const struct options *options);
/* Must it be text, even on a terminal? */
bool options_ask_for_text(const struct options *options);

void help_print(FILE *out);
/* The template (docs/peel.1.in) with its lines @OPTIONS@ and @PROTOCOLS@ replaced. */
void man_page_print(FILE *out, FILE *template);
/* A script for bash. */
void completion_print(FILE *out);
/* `screen`: the version of the library that draws the screen; NULL: not known. */
void version_print(FILE *out, const char *screen);

#endif
