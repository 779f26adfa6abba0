# The sources of src/dissect, one a line; git merges additions by itself.
dissect_sources =
