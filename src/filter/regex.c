/* regex.c - regular expressions for `matches`, by PCRE2: bytes, letters of either case alike.
 *
 * Work and memory are limited: a pattern that backtracks without end gives up on the value. */
#ifdef HAVE_PCRE2
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#endif

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "value.h"

#ifdef HAVE_PCRE2

enum { MATCH_LIMIT = 100000, DEPTH_LIMIT = 1000, HEAP_LIMIT_KIB = 8192, PATTERN_LIMIT = 1 << 16 };

struct regex {
	pcre2_code *code;
	pcre2_match_context *limits;
};

struct regex *regex_new(const uint8_t *pattern, uint32_t length, char message[120],
			uint32_t *offset)
{
	int error = 0;
	PCRE2_SIZE at = 0;

	*offset = 0;
	if (length > PATTERN_LIMIT) {
		snprintf(message, 120, "longer than %d bytes", PATTERN_LIMIT);
		return NULL;
	}
	pcre2_code *code = pcre2_compile(pattern, length,
					 PCRE2_CASELESS | PCRE2_NEVER_UTF | PCRE2_NEVER_BACKSLASH_C,
					 &error, &at, NULL);
	if (!code) {
		pcre2_get_error_message(error, (uint8_t *)message, 120);
		*offset = (uint32_t)at;
		return NULL;
	}
	struct regex *regex = must_zeroed(1, sizeof *regex);
	regex->code = code;
	regex->limits = pcre2_match_context_create(NULL);
	if (regex->limits) {
		pcre2_set_match_limit(regex->limits, MATCH_LIMIT);
		pcre2_set_depth_limit(regex->limits, DEPTH_LIMIT);
		pcre2_set_heap_limit(regex->limits, HEAP_LIMIT_KIB);
	}
	/* Where it cannot be, matching is slower. */
	pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
	return regex;
}

void regex_free(struct regex *regex)
{
	if (!regex)
		return;
	pcre2_code_free(regex->code);
	pcre2_match_context_free(regex->limits);
	free(regex);
}

bool regex_matches(const struct regex *regex, const uint8_t *bytes, uint32_t length)
{
	pcre2_match_data *found = pcre2_match_data_create(1, NULL);

	if (!found || !regex->limits) {
		pcre2_match_data_free(found);
		return false;
	}
	int result = pcre2_match(regex->code, length ? bytes : (const uint8_t *)"", length, 0, 0,
				 found, regex->limits);
	pcre2_match_data_free(found);
	return result >= 0;
}

#else

struct regex *regex_new(const uint8_t *pattern, uint32_t length, char message[120],
			uint32_t *offset)
{
	(void)pattern;
	(void)length;
	*offset = 0;
	snprintf(message, 120, "this peel was built without PCRE2, which `matches` needs");
	return NULL;
}

void regex_free(struct regex *regex)
{
	(void)regex;
}

bool regex_matches(const struct regex *regex, const uint8_t *bytes, uint32_t length)
{
	(void)regex;
	(void)bytes;
	(void)length;
	return false;
}

#endif
