/* path.h - stacks of protocols, interned: 2 bytes say "eth:ethertype:ip:udp:dns".
 *
 * Only the first pass adds paths; any thread reads those of published packets. */
#ifndef DISSECT_PATH_H
#define DISSECT_PATH_H

#include <stdbool.h>
#include <stdint.h>

enum { PATH_NONE = 0, PATH_LIMIT = 32768, PATH_TEXT_ROOM = 1024 };

struct path_table;

struct path_table *path_table_new(void);
void path_table_free(struct path_table *table);
/* The path that has `name` (a constant) after `path`.  Once PATH_LIMIT are known it stays `path`. */
uint16_t path_extend(struct path_table *table, uint16_t path, const char *name);
/* The same with a name that is no layer of its own. */
uint16_t path_extend_mention(struct path_table *table, uint16_t path, const char *name);
bool path_is_mention(const struct path_table *table, uint16_t path);
/* "eth:ethertype:ip"; cut with "..." when it does not fit.  Returns its length. */
unsigned path_text(const struct path_table *table, uint16_t path, char text[PATH_TEXT_ROOM]);
/* Were names left out, so that a path may not tell all layers of its packet? */
bool path_table_is_cut(const struct path_table *table);
unsigned path_count(const struct path_table *table);
uint16_t path_parent(const struct path_table *table, uint16_t path);
const char *path_name(const struct path_table *table, uint16_t path);

#endif
