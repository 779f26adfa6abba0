# The sources of src/filter, one a line; git merges additions by itself.
filter_sources =
