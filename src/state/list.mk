# The sources of src/state, one a line; git merges additions by itself.
state_sources =
