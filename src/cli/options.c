/* options.c - reading a command line by the table of options. */
#include "option_values.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "dissect/names.h"
#include "filters.h"
#include "left_out.h"
#include "statistics.h"

bool option_number(const char *text, uint64_t most, uint64_t *value)
{
	char *end;

	if (!isdigit((unsigned char)text[0]))
		return false;
	errno = 0;
	*value = strtoull(text, &end, 10);
	return !errno && !*end && *value <= most;
}

void options_init(struct options *options)
{
	*options = (struct options){ .write_format = FORMAT_PCAPNG };
}

void options_free(struct options *options)
{
	field_list_free(options->fields);
	column_list_free(&options->columns);
	statistics_free(options->statistics);
	names_free();
	free(options->live_names);
	free(options->filter_words);
	free(options->more_paths);
}

static bool apply(struct options *options, const struct option_row *row, const char *value,
		  struct error *error)
{
	if (row->apply)
		return row->apply(options, value, error);
	if (row->errand)
		options->errand = row->errand;
	else if (row->text)
		*(const char **)((char *)options + row->text) = value;
	else
		*(bool *)((char *)options + row->flag) = true;
	return true;
}

static const struct option_row *row_of_letter(char letter)
{
	for (const struct option_row *row = option_table; !option_row_is_end(row); row++)
		if (letter && row->letter == letter)
			return row;
	return NULL;
}

static const struct option_row *row_of_name(const char *name, size_t n)
{
	for (const struct option_row *row = option_table; !option_row_is_end(row); row++)
		if (row->name && strlen(row->name) == n && !memcmp(row->name, name, n))
			return row;
	return NULL;
}

struct words {
	char **argv;
	int argc, at;
};

static const char *next_word(struct words *words)
{
	return words->at < words->argc ? words->argv[words->at++] : NULL;
}

/* "--name", "--name value" or "--name=value" */
static bool parse_long(struct options *options, const char *text, struct words *words,
		       struct error *error)
{
	const char *value = strchr(text, '=');
	size_t n = value ? (size_t)(value++ - text) : strlen(text);
	const struct option_row *row = row_of_name(text, n);

	if (!row && !is_left_out_name(text, n, error))
		error_set(error, "unrecognized option: --%.*s (peel --help lists them)", (int)n,
			  text);
	if (!row)
		return false;
	if (!row->argument && value)
		return error_set(error, "--%s takes no value", row->name);
	if (row->argument && !value && !(value = next_word(words)))
		return error_set(error, "--%s wants a value: %s", row->name, row->argument);
	return apply(options, row, value, error);
}

/* "-V", "-Vx", "-c 5" or "-c5" */
static bool parse_letters(struct options *options, const char *text, struct words *words,
			  struct error *error)
{
	for (; *text; text++) {
		const struct option_row *row = row_of_letter(*text);
		if (!row && !is_left_out_letter(*text, error))
			error_set(error, "invalid option -- '%c' (peel --help lists them)", *text);
		if (!row)
			return false;
		if (!row->argument) {
			if (!apply(options, row, NULL, error))
				return false;
			continue;
		}
		const char *value = text[1] ? text + 1 : next_word(words);
		if (!value)
			return error_set(error, "-%c wants a value: %s", row->letter,
					 row->argument);
		return apply(options, row, value, error);
	}
	return true;
}

static char *join_words(char **words, unsigned count)
{
	size_t room = 1;

	for (unsigned i = 0; i < count; i++)
		room += strlen(words[i]) + 1;
	char *joined = must_zeroed(room, 1), *at = joined;
	for (unsigned i = 0; i < count; i++)
		at = stpcpy(stpcpy(at, i ? " " : ""), words[i]);
	return joined;
}

/* Words that are names of files, as long as there are such; what follows is a filter.  What is to
 * be merged is no filter. */
static void take_more_files(struct options *options, char ***words, unsigned *count)
{
	struct stat status;

	options->more_paths = must_zeroed(*count + 1, sizeof *options->more_paths);
	while (*count &&
	       (options->merge || (stat(**words, &status) == 0 && !S_ISDIR(status.st_mode)))) {
		options->more_paths[options->more_count++] = *(*words)++;
		--*count;
	}
}

/* A filter that is typed where the file is expected. */
static bool is_misplaced_filter(const char *word)
{
	return strcmp(word, "-") != 0 && access(word, F_OK) != 0 && filter_is_valid(word);
}

static bool is_plain_for_shells(char c)
{
	return isalnum((unsigned char)c) || strchr("._-:/=", c);
}

static bool suggest_filter(const struct options *options, struct error *error)
{
	const char *word = options->read_path, *quote = "'";

	for (const char *c = word; *quote && (!*c || is_plain_for_shells(*c)); c++)
		if (!*c)
			quote = "";
	return error_set(error, "no file \"%s\"; did you mean: peel -Y %s%s%s %s ?", word, quote,
			 word, quote, options->more_count ? options->more_paths[0] : "FILE");
}

/* A file or more, unless -r named it, and a display filter. */
static bool take_file_words(struct options *options, char **words, unsigned count,
			    struct error *error)
{
	if (!options->read_path) {
		options->path_is_word = true;
		options->read_path = *words++;
		count--;
		take_more_files(options, &words, &count);
		if (options->errand == ERRAND_NONE && is_misplaced_filter(options->read_path))
			return suggest_filter(options, error);
	}
	if (!count)
		return true;
	options->filter_words = join_words(words, count);
	if (options->display_filter)
		return error_set(error, "the display filter is given twice: -Y \"%s\" and \"%s\"",
				 options->display_filter, options->filter_words);
	options->display_filter = options->filter_words;
	return true;
}

/* The words that are no options: a file and a display filter, or after -i a capture filter. */
static bool take_words(struct options *options, char **words, unsigned count, struct error *error)
{
	struct live_options *live = &options->live;

	if (!count)
		return true;
	if (!live->interface_count)
		return take_file_words(options, words, count, error);
	options->filter_words = join_words(words, count);
	for (unsigned i = 0; i < live->interface_count; i++) {
		if (live->filters[i])
			return error_set(error,
					 "the capture filter is given twice: -f \"%s\" and \"%s\"",
					 live->filters[i], options->filter_words);
		live->filters[i] = options->filter_words;
	}
	return true;
}

bool options_parse(struct options *options, int argc, char **argv, struct error *error)
{
	struct words words = { argv, argc, 1 };
	char **others = must_zeroed((size_t)argc + 1, sizeof *others);
	unsigned count = 0;
	bool good = true, ended = false;

	for (const char *word; good && (word = next_word(&words));) {
		if (ended || word[0] != '-' || !word[1])
			others[count++] = argv[words.at - 1];
		else if (!strcmp(word, "--"))
			ended = true;
		else if (word[1] == '-')
			good = parse_long(options, word + 2, &words, error);
		else
			good = parse_letters(options, word + 1, &words, error);
	}
	good = good && take_words(options, others, count, error) && options_check(options, error);
	free(others);
	return good;
}

struct capture_writing options_writing(const struct options *options)
{
	return (struct capture_writing){
		.format = options->write_format,
		.group_read = options->live.group_read,
		.comments = options->live.comments,
		.comment_count = options->live.comment_count,
	};
}

bool options_ask_for_text(const struct options *options)
{
	return options->output_given || options->tree || options->hex || options->summary_too ||
	       options->verify || options->ladder.asked || options->quiet || options->flush_lines ||
	       options->write_path || options->two_passes || options->statistics ||
	       options->match || options->count || options->colour || options->redact ||
	       options->explained || options->object_request_count;
}
