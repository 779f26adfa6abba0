#!/bin/sh
# Prints the C table of the unit tests in the files named, in their order.
set -eu
echo '/* Made by tests/make-unit-table.sh from tests/list.mk. */'
echo '#include "support/unit_test.h"'
for file; do echo "int $(basename "$file" .c)(void);"; done
echo 'const struct unit_tests unit_table[] = {'
for file; do
	name=$(basename "$file" .c)
	echo "	{ \"$name\", $name },"
done
printf '\t{ NULL, NULL },\n};\n'
