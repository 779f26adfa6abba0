#!/bin/sh
# Prints the C table of every dissector defined in the files named, in their order.
# Usage: make-table.sh SRCDIR FILE...
set -eu
srcdir=$1
shift
names=$(for file; do
	sed -n 's/^const struct dissector \([a-z0-9_]*_dissector\) *=.*/\1/p' "$srcdir/$file"
done)
echo '/* Made by dissectors/make-table.sh from dissectors/list.mk. */'
echo '#include "dissect/registry.h"'
for name in $names; do echo "extern const struct dissector $name;"; done
echo 'const struct dissector *const dissector_table[] = {'
for name in $names; do echo "	&$name,"; done
printf '\tNULL,\n};\n'
