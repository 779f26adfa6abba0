# The sources of src/capture, one a line; git merges additions by itself.
capture_sources =
