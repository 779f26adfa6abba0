# The sources of src/base, one a line; git merges additions by itself.
base_sources =
