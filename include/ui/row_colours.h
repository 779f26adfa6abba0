/* row_colours.h - which colour a packet's row has: the first rule that holds. */
#ifndef UI_ROW_COLOURS_H
#define UI_ROW_COLOURS_H

#include "dissect/dissection.h"
#include "dissect/path.h"
#include "ui/style.h"

/* Of a packet dissected with WANT_COLUMNS. */
enum style row_style(const struct dissection *d, const struct path_table *paths);

#endif
