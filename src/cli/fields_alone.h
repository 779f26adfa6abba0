/* fields_alone.h - -T fields of what stands in plain headers, without taking packets apart; private
 * to src/cli. */
#ifndef CLI_FIELDS_ALONE_H
#define CLI_FIELDS_ALONE_H

#include "batch_print.h"

/* Prints packets as they are read, if nothing but such fields is wanted of them.  False: it is not
 * so, and nothing was done. */
bool print_fields_alone(struct batch *batch);

#endif
