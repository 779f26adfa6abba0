# The sources of src/session, one a line; git merges additions by itself.
session_sources =
