/* expert_pass.h - the findings of all packets of a session, gathered in short steps.
 *
 * Each packet is taken apart once more, as some findings are made only then: checksums, and what
 * only later packets tell. */
#ifndef SESSION_EXPERT_PASS_H
#define SESSION_EXPERT_PASS_H

#include "session/expert_list.h"
#include "session/session.h"

struct expert_pass;

struct expert_pass *expert_pass_new(struct session *session);
void expert_pass_free(struct expert_pass *pass);

/* Takes in at most `packets` more, and none after packet `last`. */
void expert_pass_step(struct expert_pass *pass, uint32_t packets, uint32_t last);
/* Packets taken in so far. */
uint32_t expert_pass_done(const struct expert_pass *pass);
/* Kinds of findings, with the packets that have them. */
const struct expert_list *expert_pass_list(const struct expert_pass *pass);
/* The worst of a packet; EXPERT_NONE: none, or it was not taken in yet. */
enum expert_severity expert_pass_severity(const struct expert_pass *pass, uint32_t packet);
/* What the finding says in this packet, valid until the next call.  "": it cannot be read. */
const char *expert_pass_words(struct expert_pass *pass, const struct expert_row *row,
			      uint32_t packet);

#endif
