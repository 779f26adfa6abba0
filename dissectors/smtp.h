/* smtp.h - what the files of the dissector of SMTP share. */
#ifndef DISSECTORS_SMTP_H
#define DISSECTORS_SMTP_H

#include "dissect/text_line.h"

enum {
	SMTP,
	SMTP_REQ,
	SMTP_RSP,
	SMTP_COMMAND_LINE,
	SMTP_REQ_COMMAND,
	SMTP_REQ_PARAMETER,
	SMTP_RESPONSE,
	SMTP_RESPONSE_CODE,
	SMTP_RSP_PARAMETER,
	SMTP_AUTH_USERNAME,
	SMTP_AUTH_PASSWORD,
	SMTP_AUTH_USERNAME_PASSWORD,
	SMTP_AUTH_LINE,
	SMTP_DATA_LINE,
	SMTP_EOM,
	SMTP_DATA_FRAGMENTS,
	SMTP_DATA_FRAGMENT,
	SMTP_DATA_FRAGMENT_COUNT,
	SMTP_DATA_REASSEMBLED_IN,
	SMTP_DATA_REASSEMBLED_LENGTH,
	SMTP_BASE64_DECODE,
	SMTP_RESPONSE_CODE_UNEXPECTED,
	SMTP_DATA_INCOMPLETE,
	SMTP_FIELDS,
};

extern const struct field smtp_fields[SMTP_FIELDS];

/* What the client's next line is while it authenticates itself. */
enum smtp_auth_step { AUTH_NONE, AUTH_USERNAME, AUTH_PASSWORD, AUTH_PLAIN, AUTH_OTHER };

/* AUTH's parameters, and the lines that follow; both move on the `step` (enum smtp_auth_step). */
void smtp_take_auth(struct dissection *d, const struct cursor *c, struct text_part rest,
		    uint8_t *step);
void smtp_show_auth_line(struct dissection *d, const struct cursor *c, const struct text_line *line,
			 uint8_t *step);

#endif
