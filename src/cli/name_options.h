/* name_options.h - -N and -H: which names are shown, and where they are from. */
#ifndef CLI_NAME_OPTIONS_H
#define CLI_NAME_OPTIONS_H

#include "cli/options.h"
#include "session/session.h"

extern const struct choices name_kind_choices, name_writing_choices;
bool apply_name_kinds(struct options *options, const char *value, struct error *error);
bool apply_hosts_file(struct options *options, const char *value, struct error *error);
/* One kind of them on or off: of -N's letters. */
bool name_kind_switch(struct options *options, char letter, bool on, struct error *error);
bool apply_name_writing(struct options *options, const char *value, struct error *error);
/* What is asked for of the names that the capture itself gives to addresses.  Scans it to its end.
 */
void names_read_capture(const struct options *options, struct session *session);
/* The same while the packets come: what the next ones may be told by.  NULL: nothing is asked for.
 */
struct names_follower *names_follow(const struct options *options, struct session *session);
void names_follow_packet(struct names_follower *follower);
void names_follow_end(struct names_follower *follower);

#endif
