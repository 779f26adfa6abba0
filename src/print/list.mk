# The sources of src/print, one a line; git merges additions by itself.
print_sources =
